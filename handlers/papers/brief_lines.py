"""*Put in the brief*: the secretary has the chair told of an action's lead, its missed updates, and an update's words.

Source: docs/how-to/secretary.md, Before the papers.
"""

from collections.abc import Collection
from dataclasses import asdict, replace
from typing import Any, NamedTuple

from handlers.actions.history_view import find_entry
from handlers.commands.papers import PutInBrief, TakeOutOfBrief
from handlers.context import RequestContext
from handlers.formatting import clipped, day_said, listed, time_said
from handlers.papers.files import current_paper
from handlers.papers.meetings import freezes_at, meeting_of_paper, paper_named
from handlers.papers.paper import Paper, PaperAction, WordsAt, paper_in
from handlers.papers.printing import PaperWords, printable
from handlers.papers.report_undo import undo_report_button
from handlers.papers.since import standing_paper
from handlers.permissions import NotHere
from handlers.preconditions import action_named, check_may, check_may_of_board
from handlers.press_codec import Number, OnAction, Words, ask_button, press_button
from handlers.responses import NotDone, Response, receipt, say
from handlers.safeguarding.publication import CLEARED, LEFT_OUT, why_left_out
from models.enums import ANSWERS, OPEN, Verb
from models.records.entries import entries_of
from models.records.paper_reads import void_updates
from models.records.report_entries import brief_line_name, brief_lines, set_report_value
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.history_tables import ReportEntry, Update
from models.storage.tables import Action

MOST_PUT_IN = 3
"""Actions put in a brief, which is one page."""
_LONGEST = 120
"""Characters of words in a line."""
_TAKEN_BACK = "The words put in were taken back or put right since"


class _Words(NamedTuple):
    """A lead's words, where they stand, and the number of their entry: 0 for those an action was loaded with."""

    entry: int
    at: WordsAt
    words: str


class PutIn(OnAction):
    """*No, it identifies nobody: put it in*, *Put it in without the words*; `doubtful`: which. `entry`: its number."""

    verb = "inbrief"

    entry: Number = 0
    doubtful: Words = ""


def put_in_brief(ctx: RequestContext, command: PutInBrief) -> Response:
    """Answer `brief add REF [ENTRY] [for MEETING]`: with the latest words, where no entry is named."""
    action = action_named(ctx, command.ref, command.ref)
    calendar, meeting = _meeting(ctx, action, command.meeting, "brief add")
    return _put_in(ctx, action, _words(ctx, action, command.entry), calendar, meeting)


def put_in_pressed(ctx: RequestContext, action: Action, value: PutIn) -> Response:
    """Answer what was asked of words that may identify a child."""
    calendar = ctx.where(value.meeting)
    if calendar is None:
        return say(NotHere("That meeting is not in this plan any more, so it has no brief."))
    check_may_of_board(ctx, Verb.PAPERS, calendar.board.id)
    words = _words(ctx, action, value.entry) if value.doubtful != LEFT_OUT else None
    return _put_in(ctx, action, words, calendar, calendar.by_id[value.meeting], cleared=value.doubtful == CLEARED)


def take_out_of_brief(ctx: RequestContext, command: TakeOutOfBrief) -> Response:
    """Answer `brief remove REF [for MEETING]`."""
    action = action_named(ctx, command.ref, command.ref)
    calendar, meeting = _meeting(ctx, action, command.meeting, "brief remove")
    named = paper_named(calendar, meeting)
    if action.id not in brief_lines(ctx.session, calendar.board.id, meeting.id):
        return say(f"{action.ref} was not put in the brief for the {named}, so there is nothing to take out.")
    undo = undo_report_button([_store(ctx, action, calendar, meeting, None)])
    return receipt(f"{action.ref} is out of the brief for the {named} again.", buttons=(undo,))


def put_in_said(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, paper: Paper, before: Collection[int]
) -> tuple[str, ...]:
    """Return what the secretary put in a meeting's brief, a line for each action.

    `before`: those that no update was received on for the last meeting either.
    """
    put_in, actions = brief_lines(ctx.session, calendar.board.id, meeting.id), paper.by_number
    silent = {number for one in paper.silent for number in one.actions}
    void = void_updates(ctx.session, put_in) if put_in else frozenset()
    lines = [
        replace(actions[number], last=WordsAt(**at) if at else None)
        for number, at in put_in.items()
        if number in actions
    ]
    # The secretary has said of these words that they identify nobody.
    shown = replace(paper, actions=tuple(lines), new_meetings=(), closed=())
    words = PaperWords(ctx, shown, [one.ref for one in lines], _quoted)

    def said(one: PaperAction) -> str:
        missed = ""
        if one.number in silent:
            missed = f"; no update received{' for two meetings running' if one.number in before else ''}"
        stands = f"{one.ref}, {one.lead}: {', '.join(filter(None, (one.status.value, one.late)))}{missed}."
        if one.last is None:
            return stands
        is_void = one.last.sort == "update" and one.last.number in void
        return f"{stands} {_TAKEN_BACK if is_void else words.at(one.last, one.number)}."

    return tuple(map(said, lines))


def _quoted(words: str) -> str:
    # A redaction finds few words in a message only between such marks.
    return f"“{clipped(' '.join(printable(words).split()), _LONGEST)}”"


def silent_before(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> frozenset[int]:
    """Return the actions that no update was received on for the last meeting, as its paper said."""
    previous = calendar.previous(meeting)
    frozen = standing_paper(ctx, calendar, previous) if previous else None
    silent = paper_in(frozen.figures).silent if frozen else ()
    return frozenset(number for one in silent for number in one.actions)


def _meeting(ctx: RequestContext, action: Action, typed: str, name: str) -> tuple[BoardCalendar, MeetingFacts]:
    """Return the meeting in whose brief an action is put: the next of its board, where none is named."""
    check_may(ctx, Verb.PAPERS, action)
    home = ctx.calendar(action.board_id)
    return meeting_of_paper(ctx, typed or (f"next {home.board.key}" if home else ""), name, Verb.PAPERS)


def _words(ctx: RequestContext, action: Action, number: int) -> _Words | None:
    """Return the words of an entry, or the lead's latest; None where there are none.

    The request ends where the entry that is named has no words of a lead.
    """
    entries = [find_entry(ctx, action, number)] if number > 0 else reversed(entries_of(ctx.session, action.id))
    for entry in entries if number else ():
        row = entry.row
        if isinstance(row, Update) and row.kind in ANSWERS and row.words and not (entry.undone or entry.corrected_by):
            return _Words(entry.number, WordsAt("update", row.id), row.words)
    if number > 0:
        raise NotDone(say(f"Entry {number} of {action.ref} holds no words of a lead that count, so it was not put in."))
    return _Words(0, WordsAt("first", action.id), action.first_words) if action.first_words else None


def _put_in(
    ctx: RequestContext,
    action: Action,
    words: _Words | None,
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    *,
    cleared: bool = False,
) -> Response:
    if action.status not in OPEN:
        raise NotDone(say(f"{action.ref} is {action.status.value}, so it was not put in the brief."))
    named = f"the brief for the {paper_named(calendar, meeting)}"
    paper, _ = current_paper(ctx, calendar, meeting)
    there = brief_lines(ctx.session, calendar.board.id, meeting.id)
    value = asdict(words.at) if words else {}
    if meeting.begun(ctx.now):
        return say(f"The {paper_named(calendar, meeting)} has begun, so nothing was put in its brief.")
    if action.id not in paper.by_number:
        return say(f"{action.ref} is not in the paper for the {paper_named(calendar, meeting)}, nor in its brief.")
    if there.get(action.id) == value:
        out = ask_button(f"Take {action.ref} out", f"brief remove {action.ref} for {calendar.day(meeting).isoformat()}")
        return say(f"{action.ref} is in {named} already.", buttons=(out,))
    if len(there) >= MOST_PUT_IN and action.id not in there:
        refs = listed([paper.by_number[number].ref for number in there if number in paper.by_number])
        return say(f"{refs} are in {named}, which is one page: take one out first. {action.ref} was not put in.")
    if words is not None and (why := why_left_out(ctx, words.words, cleared=cleared)):
        sure = PutIn(action=action.id, meeting=meeting.id, entry=words.entry)
        return say(
            f"{action.ref} is not in the brief yet: the words of entry {words.entry} hold {why}, which may tell which "
            "child or family is meant.",
            buttons=(
                press_button("No, it identifies nobody: put it in", replace(sure, doubtful=CLEARED)),
                press_button("Put it in without the words", replace(sure, doubtful=LEFT_OUT)),
            ),
        )
    stored = _store(ctx, action, calendar, meeting, value)
    (said,) = [
        one
        for one in put_in_said(ctx, calendar, meeting, paper, silent_before(ctx, calendar, meeting))
        if one.startswith(f"{action.ref},")
    ]
    return receipt(
        f"{action.ref} is in {named}.",
        f"It says: {said}",
        _when_told(ctx, calendar, meeting),
        f"“/cypp brief remove {action.ref}” takes it out again.",
        buttons=(undo_report_button([stored]),),
    )


def _store(
    ctx: RequestContext, action: Action, calendar: BoardCalendar, meeting: MeetingFacts, value: dict[str, Any] | None
) -> ReportEntry:
    name = brief_line_name(action.id)
    return set_report_value(ctx.session, calendar.board.id, meeting.id, name, value, ctx.signed())


def _when_told(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> str:
    at = freezes_at(calendar, meeting)
    if calendar.board.started_at is None or at <= ctx.now:
        return "The chair sees it in “/cypp brief”; the brief is not sent again."
    return f"The chair is sent the brief on {day_said(local_day(at, ctx.zone))}, {time_said(at, calendar)}."
