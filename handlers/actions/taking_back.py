"""*Undo* of what a board decided on actions, and of re-plans: taken back by new entries, nothing is deleted.

Source: docs/explanation/what-people-write.md, What is taken back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.actions.history_view import CARD_WORDS, entry_said, outcome_said
from handlers.buttons import UNDO_HOURS, UNDO_MINUTES
from handlers.context import RequestContext
from handlers.formatting import CANCELLED, day_said, due_said, meeting_said, number_said, status_said
from handlers.permissions import NotHere
from handlers.preconditions import check_may
from handlers.press_codec import Numbers, PressValue, press_button
from handlers.responses import Button, Content, NoticeOut, Response, receipt, response_of, say
from models.enums import MeetingState, NotificationKind, OutcomeKind, Verb
from models.notifications.lookups import people_told
from models.notifications.received import forget_presses
from models.records.entries import entries_of
from models.records.entry_reads import latest_outcome, outcome_by_id, replan_by_id
from models.records.history import record_undo
from models.records.message_counts import count_undo
from models.rules.calendar import local_day
from models.rules.steps import AboutEntry
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import Action

_MOST_BUTTONS = 8
_GONE = NotHere("That entry is not in this plan, so nothing was changed.")


class UndoEntries(PressValue):
    """*Undo*, *Undo all*: which entries."""

    old_form = ("entries",)

    entries: Numbers = ()


class UndoOutcomes(UndoEntries):
    """*Undo* under the receipt of outcomes."""

    verb = "undooutcomes"


class UndoOneOutcome(UndoEntries):
    """*Undo REF*: the others stay, and so does the message."""

    verb = "undooutcome"


class UndoReplans(UndoEntries):
    """*Undo* under the receipt of re-plans."""

    verb = "undoreplans"


class UndoOneReplan(UndoEntries):
    """*Undo REF*, of a re-plan."""

    verb = "undoreplan"


_OF_SEVERAL: Mapping[str, type[UndoEntries]] = {UndoOutcomes.verb: UndoOneOutcome, UndoReplans.verb: UndoOneReplan}


def undo_button(row: Outcome | Replan) -> Button:
    """Return *Undo* for the receipt of one entry."""
    kind = UndoOutcomes if isinstance(row, Outcome) else UndoReplans
    return press_button("Undo", kind(entries=(row.id,)))


def undo_each(receipts: Sequence[tuple[str, Content]]) -> tuple[Button, ...]:
    """Return the *Undo* of receipts that stand in one message, each named by its ref, and one for all.

    Args:
        receipts: each with the ref that it is about.
    """
    found = [(ref, one) for ref, content in receipts for one in content.buttons if one.verb in _OF_SEVERAL]
    if len(found) < 2:
        return tuple(one for _, one in found)
    each = tuple(replace(one, label=f"Undo {ref}", verb=_OF_SEVERAL[one.verb].verb) for ref, one in found)
    if len({one.verb for one in each}) > 1:
        return each[:_MOST_BUTTONS]
    entries = tuple(number for _, one in found for number in UndoEntries.decode(one.value).entries)
    every = replace(found[0][1], label=f"Undo all {len(found)}", value=UndoEntries(entries=entries).encode())
    return (*each[:_MOST_BUTTONS], every)


def undo_outcomes(ctx: RequestContext, value: UndoEntries) -> Response:
    """Answer *Undo* of outcomes."""
    return _take_all_back(ctx, [outcome_by_id(ctx.session, one) for one in value.entries])


def undo_replans(ctx: RequestContext, value: UndoEntries) -> Response:
    """Answer *Undo* of re-plans."""
    return _take_all_back(ctx, [replan_by_id(ctx.session, one) for one in value.entries])


def _take_all_back(ctx: RequestContext, rows: Sequence[Outcome | Replan | None]) -> Response:
    """Take each entry back that can be; the others are named."""
    given = [response_of(_take_back, ctx, row) for row in rows if row is not None]
    if not given:
        return say(_GONE)
    done = [one.content for one in given if one.done and isinstance(one.content, Content)]
    if len(given) == 1 or not done:
        return given[0]
    left = [one.content for one in given if not one.done and isinstance(one.content, Content)]
    return receipt(
        f"Undone: {number_said(len(done), 'entry', 'entries')}{f' of {len(given)}' if left else ''}.",
        *(content.headline for content in (*done, *left)),
        "All entries stay in the history.",
        notices=[notice for one in given for notice in one.notices],
    )


def _take_back(ctx: RequestContext, row: Outcome | Replan) -> Response:
    action = ctx.action_by_id(row.action_id)
    if action is None:
        return say(_GONE)
    check_may(ctx, Verb.OUTCOME if isinstance(row, Outcome) else Verb.REPLAN, action)
    problem = why_not_undone(ctx, action, row)
    if problem:
        return say(problem)
    undo = record_undo(ctx.session, action, row, ctx.signed())
    count_undo(ctx.session, row.message, ctx.zone)
    # What was undone may be pressed again.
    forget_presses(ctx.session, action.id)
    view = ctx.view(action.id)
    return receipt(
        f"Undone: {action.ref} stands as before: {status_said(view.facts.status)}, {due_said(view, ctx.calendars)}.",
        _counts_again(ctx, action, row),
        "Both entries stay in the history.",
        notices=_told(ctx, action, row, undo) if isinstance(row, Outcome) else (),
    )


def _told(ctx: RequestContext, action: Action, row: Outcome, undo: Update) -> list[NoticeOut]:
    """Return notices to those who were told of an outcome; what was not sent yet lapses."""
    return [
        NoticeOut(kind, action.id, row.meeting_id, AboutEntry(undo.id), action.board_id, person_id=person_id)
        for kind in (NotificationKind.OUTCOME, NotificationKind.REPORTED)
        for person_id in people_told(ctx.session, kind, action.id, row.meeting_id)
        if person_id != ctx.author_id
    ]


def _counts_again(ctx: RequestContext, action: Action, row: Outcome | Replan) -> str:
    """Say which outcome of the same meeting counts again, if any does."""
    before = latest_outcome(ctx.session, action.id) if isinstance(row, Outcome) else None
    calendar = ctx.where(before.meeting_id) if before is not None else None
    if before is None or calendar is None or not isinstance(row, Outcome) or before.meeting_id != row.meeting_id:
        return ""
    return f"What the board decided before counts again: {outcome_said(before, calendar)}."


def why_not_undone(ctx: RequestContext, action: Action, row: Outcome | Replan) -> str:
    """Return why an entry stays: it was undone, something newer is on record, or too much time has passed; else ""."""
    history = entries_of(ctx.session, action.id)
    mine = next(one for one in history if one.row is row)
    if mine.undone:
        undo = next(one for one in history if one.undoes == mine.number)
        on = day_said(local_day(undo.row.at, ctx.zone))
        return f"That was undone already by {undo.row.signature}, {on}: {action.ref} is {status_said(action.status)}."
    later = [one for one in history[mine.number :] if one.is_decision]
    if later:
        said = entry_said(ctx, action, later[-1], CARD_WORDS).rstrip(".")
        return f"{action.ref} has changed since, so nothing was undone: entry {said}."
    meeting_id = row.meeting_id if isinstance(row, Outcome) else row.from_meeting_id
    calendar = ctx.where(meeting_id)
    meeting = calendar.by_id[meeting_id or 0] if calendar is not None else None
    if calendar is not None and meeting is not None and meeting.state is MeetingState.CANCELLED:
        when = meeting_said(meeting, calendar).removesuffix(CANCELLED)
        return f"The meeting of {when} was cancelled since, so nothing was undone for {action.ref}."
    age = ctx.now - row.at
    if isinstance(row, Replan):
        if age > timedelta(hours=UNDO_HOURS):
            return f"{action.ref} was moved more than a day ago, so it stays: “/cypp move {action.ref} to …”."
        return ""
    settled = row.by_chair or meeting is None or meeting.outcomes_recorded_at is not None
    if settled and age > timedelta(minutes=UNDO_MINUTES):
        closes = row.kind in (OutcomeKind.CLOSED, OutcomeKind.CLOSED_NOT_DONE)
        how = f"reopen {action.ref} because …” opens it again" if closes else f"outcome {action.ref} …” records another"
        return f"The outcome on {action.ref} is more than {UNDO_MINUTES} minutes old, so it stays: “/cypp {how}."
    return ""
