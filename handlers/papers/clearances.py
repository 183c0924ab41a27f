"""`clearance`: who has cleared a meeting's report, who was asked, and what came back. Silence is no consent.

Source: docs/how-to/secretary.md, Clearances.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.commands.papers import ClearanceAnswer, ClearanceWords, RecordClearances, ShowClearances
from handlers.context import RequestContext
from handlers.formatting import day_said, listed, meeting_said
from handlers.papers.front_sheet import NOT_RECEIVED, capitalised, clearance_said
from handlers.papers.meetings import meeting_of_paper, paper_named
from handlers.papers.printing import printable
from handlers.papers.report_undo import undo_report_button
from handlers.papers.report_values import ReportValues, post_said, report_values, wanted_by
from handlers.people.lookup import find_post, match_post
from handlers.permissions import About, may, why_not
from handlers.press_codec import Number, PressValue, Words, ask_button, press_button
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.reading.normalise import fold, quoted
from handlers.responses import Button, Content, Group, NotDone, NoticeOut, Response, receipt, say
from models.enums import CONSULTED, Clearance, NotificationKind, Verb
from models.plan.serving import reachable, recipients
from models.records.report_entries import (
    ClearanceFacts,
    clearance_in,
    references_used,
    set_report_value,
    waiting_clearances,
)
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.steps import ClearanceAsked
from models.storage.history_tables import ReportEntry

_QUOTES = frozenset("\"“”'‘’")
_MOST_SHOWN = 8
"""Entries of a clearance's history."""
_EXAMPLE = "“/cypp clearance finance cleared FD6114/20”"


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


@dataclass(frozen=True, slots=True)
class ClearanceChange:
    """What is said of some clearances of a meeting's report (of every report of the board where `meeting` is None)."""

    calendar: BoardCalendar
    meeting: MeetingFacts | None
    which: tuple[Clearance, ...]
    answer: ClearanceAnswer
    day: date
    reference: str = ""
    post_id: int | None = None
    title: str = ""


def show_clearances(ctx: RequestContext, command: ShowClearances) -> Response:
    """Answer `clearance [MEETING] [WHICH]`: how each stands, and when it was wanted."""
    which = " and ".join(one.value for one in command.which)
    calendar, meeting = meeting_of_paper(ctx, command.meeting, "clearance", Verb.PAPERS, which)
    kept = report_values(ctx, calendar, meeting)
    if len(command.which) == 1:
        return _one(ctx, calendar, meeting, kept, command.which[0])
    lines = tuple(_line(ctx, one, facts) for one, facts in kept.clearances.items())
    waiting = [one.value for one, facts in kept.clearances.items() if facts.is_waiting]
    headline = f"Nothing is waiting for clearance for the {paper_named(calendar, meeting)}."
    if waiting:
        headline = f"Not received for the {paper_named(calendar, meeting)}: {listed(waiting)}."
    return Response(
        Content(
            headline,
            intro=(f"Wanted by {day_said(wanted_by(calendar, meeting))}, 5 working days before the papers.",),
            groups=(Group("Clearances", texts=lines, empty=f"None was recorded yet: {_EXAMPLE} records one."),),
            buttons=(press_button("Record…", AnswerClearance(meeting=meeting.id)), *_send_all(calendar, meeting, kept)),
            footer=("Silence is no consent: the front sheet prints “not received”.",),
        )
    )


def _send_all(calendar: BoardCalendar, meeting: MeetingFacts, kept: ReportValues) -> tuple[Button, ...]:
    unsent = [one for one, facts in kept.clearances.items() if _may_be_sent(facts)]
    day = calendar.day(meeting).isoformat()
    return (ask_button("Sent to all today", f"clearance {calendar.board.key} {day} sent"),) if unsent else ()


def _may_be_sent(facts: ClearanceFacts) -> bool:
    return facts.sent is None and facts.cleared is None and facts.is_needed


def _line(ctx: RequestContext, one: Clearance, facts: ClearanceFacts) -> str:
    """Return a clearance in a line: "Finance: Head of Finance, sent Wed 26 Aug 2020. Not received."."""
    who = post_said(ctx, facts)
    sent = f"sent {day_said(facts.sent)}" if facts.sent else ""
    begins = ", ".join(filter(None, (who, sent)))
    answer = clearance_said(facts, is_consulted=one in CONSULTED)
    reference = f", {facts.reference}" if facts.reference else ""
    return f"{capitalised(one.value)}: {f'{begins}. ' if begins else ''}{answer}{reference}."


def _one(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, kept: ReportValues, one: Clearance
) -> Response:
    """Return one clearance with its history."""
    entries = [entry for entry in kept.history if entry.name == one.value][-_MOST_SHOWN:]
    history = tuple(
        f"{day_said(local_day(entry.at, ctx.zone))}, {entry.signature}: {_entry_said(ctx, one, entry)}"
        for entry in entries
    )
    return Response(
        Content(
            f"For the {paper_named(calendar, meeting)}: {_line(ctx, one, kept.clearance(one))}",
            groups=(Group("History", texts=history, empty="Nothing was recorded yet."),),
            buttons=(press_button("Record…", AnswerClearance(meeting=meeting.id, which=one.value)),),
        )
    )


def _entry_said(ctx: RequestContext, one: Clearance, entry: ReportEntry) -> str:
    said = _line(ctx, one, clearance_in(entry.value)) if entry.value else "taken back."
    return f"for every report, {said}" if entry.meeting_id is None else said


def record_clearances(ctx: RequestContext, command: RecordClearances) -> Response:
    """Answer `clearance [MEETING] WHICH sent|cleared|n/a …`."""
    words = command.words
    if words.no_day:
        raise NotDone(say(f"{words.no_day} Nothing was recorded."))
    if words.answer is None or (not words.which and words.answer is not ClearanceAnswer.SENT):
        raise NotDone(say(f"Say which clearance, and what came back: {_EXAMPLE}."))
    if len(words.references) > 1 or (words.references and len(words.which) > 1):
        raise NotDone(say("Each clearance has a reference of its own, so please record them one by one."))
    if words.usual or words.answer is ClearanceAnswer.BY_POST:
        return record_clearance(ctx, _usual_change(ctx, words))
    calendar, meeting = _meeting_of_clearance(ctx, words)
    which = words.which
    if not which:
        kept = report_values(ctx, calendar, meeting)
        which = tuple(one for one, facts in kept.clearances.items() if _may_be_sent(facts))
        if not which:
            raise NotDone(
                say(f"No clearance of the {paper_named(calendar, meeting)} is left to be sent: name it to send it.")
            )
    again = f"clearance {calendar.board.key} {calendar.day(meeting).isoformat()} {which[0].value} sent to"
    post, title = _post(ctx, words.post, again) if words.post else (None, "")
    reference = words.references[0] if words.references else ""
    return record_clearance(
        ctx, ClearanceChange(calendar, meeting, which, words.answer, words.day or ctx.today, reference, post, title)
    )


def _post(ctx: RequestContext, typed: str, again: str) -> tuple[int | None, str]:
    """Return the post that is meant, or the title of one that is not in the plan, as it is printed.

    `again`: the words that say the same before a post. A title in quotation marks is printed as it stands.
    """
    if typed[0] in _QUOTES and typed[-1] in _QUOTES and typed[1:-1].strip():
        return None, printable(typed[1:-1])
    found = match_post(ctx, typed)
    if found.one is None and not found.names and not found.nearest:
        return None, printable(typed)
    try:
        return find_post(ctx, typed, lambda key: f"{again} {key}", "Who is asked? ").post.id, ""
    except NotDone as asks:
        content = asks.response.content
        as_printed = ask_button("Not in the plan: print it as written", f"{again} “{printable(typed)}”")
        if isinstance(content, Content) and not found.names:
            content = replace(content, buttons=(*content.buttons, as_printed))
        raise NotDone(replace(asks.response, content=content)) from None


def _usual_change(ctx: RequestContext, words: ClearanceWords) -> ClearanceChange:
    """Return what is usual for every report of a board, from whoever keeps it."""
    if words.answer not in (ClearanceAnswer.BY_POST, ClearanceAnswer.NOT_APPLICABLE, ClearanceAnswer.TAKEN_BACK):
        raise NotDone(say("Only who clears it, or that it does not apply, is kept for every report."))
    calendar, _ = meeting_of_paper(ctx, words.meeting, "clearance", Verb.CLEARANCE, words.typed)
    if len(words.which) != 1:
        raise NotDone(say("Say which clearance: “/cypp clearance finance by Head of Finance”."))
    again = f"clearance {calendar.board.key} {words.which[0].value} by"
    post, title = _post(ctx, words.post, again) if words.post else (None, "")
    return ClearanceChange(calendar, None, words.which, words.answer, ctx.today, post_id=post, title=title)


def clearances_of_asker(ctx: RequestContext) -> list[tuple[BoardCalendar, MeetingFacts, Clearance]]:
    """Return what waits for an answer from a post of the asker's, at the coming meetings."""
    return [
        (calendar, meeting, one)
        for calendar, meeting, one, facts in _waiting(ctx)
        if facts.post_id is not None and facts.post_id in ctx.roles.posts
    ]


def _waiting(ctx: RequestContext) -> list[tuple[BoardCalendar, MeetingFacts, Clearance, ClearanceFacts]]:
    ahead = {
        meeting.id: (calendar, meeting)
        for calendar in ctx.calendars.values()
        for meeting in calendar.dated
        if meeting.start > ctx.now
    }
    found = waiting_clearances(ctx.session, ahead)
    return [(*ahead[number], one.which, one.facts) for number, some in found.items() for one in some]


def _meeting_of_clearance(ctx: RequestContext, words: ClearanceWords) -> tuple[BoardCalendar, MeetingFacts]:
    """Return the meeting whose report is meant: the one that waits for this, where only one does.

    The request ends where it is not clear, or where the asker neither keeps the board nor was asked.
    """
    keeps = bool(ctx.roles.secretary_of) or ctx.roles.is_administrator
    rows = [row for row in _waiting(ctx) if row[2] in words.which]
    own = [row for row in rows if _may_answer(ctx, row[0], row[3])]
    if words.meeting:
        found = read_meeting(words.meeting, ctx.vocabulary, ctx.today)
        if isinstance(found, MeetingAsk) and not found.several:
            raise NotDone(say(f"{found.say} Nothing was recorded."))
        named = found.candidates if isinstance(found, MeetingAsk) else (found.meeting_id,)
        own = [row for row in own if row[1].id in named]
    meetings = {row[1].id: (row[0], row[1]) for row in own}
    if len(meetings) == 1 and words.answer is not ClearanceAnswer.SENT:
        return next(iter(meetings.values()))
    if keeps:
        return meeting_of_paper(ctx, words.meeting, "clearance", Verb.CLEARANCE, words.typed)
    if meetings:
        choices = [f"{calendar.board.name} of {meeting_said(one, calendar)}" for calendar, one in meetings.values()]
        raise NotDone(say(f"For which meeting: {listed(choices)}? Write “for” and its day behind it."))
    raise NotDone(say(why_not(Verb.CLEARANCE)))


def _may_answer(ctx: RequestContext, calendar: BoardCalendar, facts: ClearanceFacts) -> bool:
    return may(ctx.roles, Verb.CLEARANCE, About(facts.post_id, calendar.board.id))


def record_clearance(ctx: RequestContext, change: ClearanceChange) -> Response:
    """Record what is said of some clearances, where nothing speaks against it."""
    kept = report_values(ctx, change.calendar, change.meeting)
    keeps = may(ctx.roles, Verb.PAPERS, About(board_id=change.calendar.board.id))
    is_answer = change.answer in (ClearanceAnswer.CLEARED, ClearanceAnswer.NOT_APPLICABLE)
    for one in change.which:
        before = kept.clearance(one)
        if not keeps and not (change.meeting and is_answer and _may_answer(ctx, change.calendar, before)):
            keeper = ctx.secretary(change.calendar.board.id)
            raise NotDone(say(why_not(Verb.CLEARANCE, lead=post_said(ctx, before), secretary=keeper)))
        if wrong := why_not_so(ctx, change, one, before):
            raise NotDone(say(f"{wrong} Nothing was recorded."))
    entries, notices = [], []
    for one in change.which:
        before = kept.clearance(one)
        after = _changed(change, before)
        if after == before:
            continue
        meeting_id, board_id = change.meeting.id if change.meeting else None, change.calendar.board.id
        value = after.stored() if after is not None else None
        signed = ctx.signed(before.post_id if is_answer else None)
        entries.append(set_report_value(ctx.session, board_id, meeting_id, one.value, value, signed))
        if after is not None and change.answer is ClearanceAnswer.SENT and after.sent == ctx.today:
            notices.append(_asking(change, one, after))
    if not entries:
        return say("That stands so already: nothing was recorded.")
    return _recorded(ctx, change, entries, notices)


def _changed(change: ClearanceChange, before: ClearanceFacts) -> ClearanceFacts | None:
    """Return a clearance as it stands afterwards; None where all that was recorded is taken back."""
    match change.answer:
        case ClearanceAnswer.TAKEN_BACK:
            return None
        case ClearanceAnswer.NOT_APPLICABLE:
            return replace(before, is_needed=False, cleared=None)
        case ClearanceAnswer.CLEARED:
            reference = change.reference or before.reference
            return replace(before, is_needed=True, cleared=change.day, reference=reference)
        case ClearanceAnswer.SENT:
            sent = replace(before, is_needed=True, cleared=None, sent=change.day)
            sent = replace(sent, reference=change.reference or before.reference)
            named = change.post_id or change.title
            return replace(sent, post_id=change.post_id, title=change.title) if named else sent
    return replace(before, is_needed=True, post_id=change.post_id, title=change.title)


def why_not_so(ctx: RequestContext, change: ClearanceChange, one: Clearance, before: ClearanceFacts) -> str:
    """Return what speaks against recording something, in a sentence; "" where nothing does."""
    named = capitalised(one.value)
    if change.answer in (ClearanceAnswer.SENT, ClearanceAnswer.CLEARED) and change.day > ctx.today:
        return f"{day_said(change.day)} is still to come: say what has happened by now."
    if change.answer is ClearanceAnswer.CLEARED and before.sent and change.day < before.sent:
        return f"{named} was sent on {day_said(before.sent)}, so it was not cleared on {day_said(change.day)}."
    if change.reference and (other := _whose_scheme(ctx, change, one)):
        return f"{quoted(change.reference)} is a reference such as {other}, and not {one.value}: please look again."
    return ""


def scheme_of(reference: str) -> str:
    """Return the letters that references of one office begin with: "FD" of `FD6114/20` and of `FD.6174/20` alike."""
    found = re.match(r"[^\W\d_]+", fold(reference))
    return found.group() if found else ""


def same_reference(reference: str) -> str:
    """Return what two ways to write one reference have in common."""
    return re.sub(r"[^a-z0-9/]", "", fold(reference))


def _whose_scheme(ctx: RequestContext, change: ClearanceChange, one: Clearance) -> str:
    """Return the other clearance whose references begin as this one does; "" where it may be this one's own."""
    scheme, whose = scheme_of(change.reference), set()
    for entry in references_used(ctx.session, change.calendar.board.id):
        if scheme_of(clearance_in(entry.value).reference) == scheme:
            whose.add(entry.name)
    return f"{sorted(whose)[0]} uses" if scheme and whose and one.value not in whose else ""


def _asking(change: ClearanceChange, one: Clearance, facts: ClearanceFacts) -> NoticeOut:
    step = ClearanceAsked(one.mark, change.day, 0)
    return NoticeOut(
        NotificationKind.CLEARANCE, change.calendar.board.id, change.meeting.id if change.meeting else None, step,
        board_id=change.calendar.board.id, post_id=facts.post_id or 0,
    )  # fmt: skip


def clearance_of_mark(mark: str) -> Clearance | None:
    """Return the clearance that the ledger, a button or a form names."""
    return next((one for one in Clearance if mark in (one.mark, one.value)), None)


def _recorded(
    ctx: RequestContext, change: ClearanceChange, entries: Sequence[ReportEntry], notices: Sequence[NoticeOut]
) -> Response:
    names = listed([entry.name for entry in entries])
    what = {
        ClearanceAnswer.SENT: f"sent on {day_said(change.day)}",
        ClearanceAnswer.CLEARED: f"cleared on {day_said(change.day)}",
        ClearanceAnswer.NOT_APPLICABLE: "not applicable",
        ClearanceAnswer.TAKEN_BACK: "taken back",
        ClearanceAnswer.BY_POST: f"cleared by {change.title or ctx.posts.get(change.post_id or 0, '')}",
    }[change.answer]
    reference = f", {change.reference}" if change.reference else ""
    undo = (undo_report_button(entries),)
    if change.meeting is None:
        said = f"Recorded for every report of the {change.calendar.board.name}: {names}, {what}."
        return receipt(said, buttons=undo)
    kept = report_values(ctx, change.calendar, change.meeting)
    waiting = [_line(ctx, one, facts) for one, facts in kept.clearances.items() if facts.is_waiting]
    wanted = f"Wanted by {day_said(wanted_by(change.calendar, change.meeting))}."
    return receipt(
        f"Recorded for the {paper_named(change.calendar, change.meeting)}: {names}, {what}{reference}.",
        *_told(ctx, change, kept),
        wanted if change.answer is ClearanceAnswer.SENT else "",
        _used_before(ctx, change, entries),
        groups=(Group(f"{NOT_RECEIVED} yet", texts=tuple(waiting)),) if waiting else (),
        buttons=undo,
        notices=notices,
    )


def _told(ctx: RequestContext, change: ClearanceChange, kept: ReportValues) -> Iterable[str]:
    """Yield who is written to, where the report was sent, and who has to be reminded by hand."""
    if change.answer is not ClearanceAnswer.SENT:
        return
    serving, can = recipients(ctx.session, ctx.today), reachable(ctx.session)
    reached: list[str] = []
    others: list[str] = []
    for one in change.which:
        facts = kept.clearance(one)
        people = [who.person_id for who in serving.get(facts.post_id or 0, ()) if who.person_id in can]
        (reached if people else others).append(post_said(ctx, facts) or one.value)
    if reached:
        yield f"{listed(reached)} will be reminded on the second and the fourth working day."
    if others:
        yield f"No account is known for {listed(others)}: please remind them yourself."


def _used_before(ctx: RequestContext, change: ClearanceChange, entries: Sequence[ReportEntry]) -> str:
    """Return that a reference was used for another report, as a sentence."""
    if not change.reference or change.meeting is None:
        return ""
    same = same_reference(change.reference)
    for entry in references_used(ctx.session, change.calendar.board.id):
        other = clearance_in(entry.value).reference
        if entry.meeting_id != change.meeting.id and other and same_reference(other) == same:
            meeting = change.calendar.by_id.get(entry.meeting_id or 0)
            if meeting is not None:
                return f"{other} was recorded for the meeting of {meeting_said(meeting, change.calendar)} as well."
    return ""
