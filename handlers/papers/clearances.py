"""`clearance`: who has cleared a meeting's report, who was asked, and what came back. Silence is no consent.

Source: docs/how-to/secretary.md, Clearances.
"""

from handlers.commands.papers import ShowClearances
from handlers.context import RequestContext
from handlers.formatting import day_said, listed
from handlers.papers.front_sheet import capitalised, clearance_said
from handlers.papers.meetings import meeting_of_paper, paper_named
from handlers.papers.report_values import ReportValues, post_said, report_values, wanted_by
from handlers.permissions import About, may
from handlers.press_codec import Number, PressValue, Words, ask_button, press_button
from handlers.responses import Button, Content, Group, Response
from models.enums import CONSULTED, Clearance, Verb
from models.records.report_entries import ClearanceFacts, clearance_in, waiting_clearances
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.history_tables import ReportEntry

_MOST_SHOWN = 8
"""Entries of a clearance's history."""
CLEARANCE_EXAMPLE = "“/cypp clearance finance cleared FD6114/20”"


class AnswerClearance(PressValue):
    """*Cleared…* and *Record…*: opens the form; for one clearance, or for whichever is chosen in it."""

    verb = "clearance"
    meeting: Number = 0
    which: Words = ""


class NotApplicable(PressValue):
    """*Not applicable*: a clearance that a meeting's report does not need."""

    verb = "clearancena"
    meeting: Number = 0
    which: Words = ""


def clearance_of_mark(mark: str) -> Clearance | None:
    """Return the clearance that the ledger, a button or a form names."""
    return next((one for one in Clearance if mark in (one.mark, one.value)), None)


def show_clearances(ctx: RequestContext, command: ShowClearances) -> Response:
    """Answer `clearance [MEETING] [WHICH]`: how each stands, and when it was wanted."""
    calendar, meeting = _meeting_shown(ctx, command)
    kept = report_values(ctx, calendar, meeting)
    keeps = may(ctx.roles, Verb.PAPERS, About(board_id=calendar.board.id))
    own = [one for one, facts in kept.clearances.items() if _is_asked(ctx, facts)]
    if len(command.which) == 1:
        (one,) = command.which
        return _one(ctx, calendar, meeting, kept, one, records=keeps or one in own)
    lines = tuple(clearance_line(ctx, one, facts) for one, facts in kept.clearances.items())
    none = f"None was recorded yet: {CLEARANCE_EXAMPLE} records one."
    waiting = [one.value for one, facts in kept.clearances.items() if facts.is_waiting]
    headline = f"Nothing is waiting for clearance for the {paper_named(calendar, meeting)}."
    if waiting:
        headline = f"Not received for the {paper_named(calendar, meeting)}: {listed(waiting)}."
    return Response(
        Content(
            headline,
            intro=(f"Wanted by {day_said(wanted_by(calendar, meeting))}, 5 working days before the papers.",),
            groups=(Group("Clearances", texts=lines or (none,)),),
            buttons=(_record(meeting), *_send_all(calendar, meeting, kept)) if keeps else (_record(meeting, own[0]),),
            footer=("Silence is not taken as consent: the front sheet prints “not received”.",),
        )
    )


def _meeting_shown(ctx: RequestContext, command: ShowClearances) -> tuple[BoardCalendar, MeetingFacts]:
    """Return the meeting that is meant: the one with something to wait for, where none is named and only one has."""
    waiting = {
        meeting.id: (calendar, meeting)
        for calendar, meeting, one, facts in waiting_ahead(ctx)
        if may(ctx.roles, Verb.CLEARANCE, About(facts.post_id, calendar.board.id)) and one in (command.which or (one,))
    }
    if len(waiting) == 1 and not command.meeting:
        return waiting.popitem()[1]
    which = " and ".join(one.value for one in command.which)
    return meeting_of_paper(
        ctx, command.meeting, "clearance", Verb.PAPERS, which,
        may_too=lambda calendar, meeting: any(
            _is_asked(ctx, facts) for facts in report_values(ctx, calendar, meeting).clearances.values()
        ),
    )  # fmt: skip


def _is_asked(ctx: RequestContext, facts: ClearanceFacts) -> bool:
    """Return whether a post of the asker's was sent the report: then it may know how all its clearances stand."""
    return facts.sent is not None and facts.post_id is not None and facts.post_id in ctx.roles.posts


def _record(meeting: MeetingFacts, one: Clearance | None = None) -> Button:
    return press_button("Record…", AnswerClearance(meeting=meeting.id, which=one.value if one else ""))


def waiting_ahead(ctx: RequestContext) -> list[tuple[BoardCalendar, MeetingFacts, Clearance, ClearanceFacts]]:
    """Return what was sent for clearance and not answered, for the coming meetings of all boards."""
    ahead = {
        meeting.id: (calendar, meeting)
        for calendar in ctx.calendars.values()
        for meeting in calendar.dated
        if meeting.start > ctx.now
    }
    found = waiting_clearances(ctx.session, ahead)
    return [(*ahead[number], one.which, one.facts) for number, some in found.items() for one in some]


def _send_all(calendar: BoardCalendar, meeting: MeetingFacts, kept: ReportValues) -> tuple[Button, ...]:
    unsent = [one for one, facts in kept.clearances.items() if may_be_sent(facts)]
    day = calendar.day(meeting).isoformat()
    return (ask_button("Sent to all today", f"clearance {calendar.board.key} {day} sent"),) if unsent else ()


def may_be_sent(facts: ClearanceFacts) -> bool:
    """Return whether a clearance is wanted, and nothing was sent or came back."""
    return facts.sent is None and facts.cleared is None and facts.is_needed


def clearance_line(ctx: RequestContext, one: Clearance, facts: ClearanceFacts) -> str:
    """Return a clearance in a line: "Finance: Head of Finance, sent Wed 26 Aug 2020. Not received."."""
    who = post_said(ctx, facts)
    sent = f"sent {day_said(facts.sent)}" if facts.sent else ""
    begins = ", ".join(filter(None, (who, sent)))
    answer = clearance_said(facts, is_consulted=one in CONSULTED)
    reference = f", {facts.reference}" if facts.reference else ""
    return f"{capitalised(one.value)}: {f'{begins}. ' if begins else ''}{answer}{reference}."


def _one(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, kept: ReportValues, one: Clearance, *,
    records: bool,
) -> Response:  # fmt: skip
    """Return one clearance with its history."""
    entries = [entry for entry in kept.history if entry.name == one.value][-_MOST_SHOWN:]
    history = tuple(
        f"{day_said(local_day(entry.at, ctx.zone))}, {entry.signature}: {_entry_said(ctx, one, entry)}"
        for entry in entries
    )
    return Response(
        Content(
            f"For the {paper_named(calendar, meeting)}: {clearance_line(ctx, one, kept.clearance(one))}",
            groups=(Group("History", texts=history or ("Nothing was recorded yet.",)),),
            buttons=(_record(meeting, one),) if records else (),
        )
    )


def _entry_said(ctx: RequestContext, one: Clearance, entry: ReportEntry) -> str:
    said = clearance_line(ctx, one, clearance_in(entry.value)) if entry.value else "taken back."
    return f"for every report, {said}" if entry.meeting_id is None else said
