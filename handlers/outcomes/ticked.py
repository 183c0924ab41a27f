"""One outcome for several actions: those that are ticked under *After the meeting*, or all that is left.

What cannot be recorded is named with why; the rest is recorded.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

from collections.abc import Callable, Iterable, Mapping

from handlers.actions.stale_buttons import newer_entries
from handlers.actions.taking_back import UndoEntries, UndoOutcomes
from handlers.commands.outcomes import RecordOutcome
from handlers.context import RequestContext
from handlers.form_texts import form_response
from handlers.formatting import day_said, listed, meeting_said
from handlers.outcomes.decisions import decide, store_decision
from handlers.outcomes.forms import outcome_fields, read_outcome_fields
from handlers.outcomes.open_outcomes import OpenOutcomes
from handlers.people.menus import is_coming
from handlers.permissions import NotHere
from handlers.preconditions import check_may_of_board
from handlers.press_codec import Number, OnMeeting, OnTicked, Words, press_button
from handlers.responses import Button, Content, NotDone, Response, receipt, response_of, say
from models.enums import OutcomeKind, Verb
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.tables import Action

THAT_MEETING = "that meeting"
NONE_TICKED = "Nothing is ticked, so nothing was recorded: tick what the board decided alike, then press the outcome."


class RecordTicked(OnTicked):
    """*Closed*, *Carry forward to DAY*, *No decision*: the same outcome for all that is ticked."""

    verb = "ticked"

    kind: Words = ""
    to: Number = 0


class DescribeTicked(OnTicked):
    """*Not agreed…*, *Other…* for all that is ticked, and their form; `kind`: what stands in it at first."""

    verb = "tickedform"

    kind: Words = ""


class CarryLeft(OnMeeting):
    """*Carry forward all that is left to DAY*."""

    verb = "carryleft"

    to: Number = 0


def ticked_buttons(meeting: MeetingFacts, following: tuple[int, str] | None) -> tuple[Button, ...]:
    """Return what the board may have decided on what is ticked. `following`: the next meeting, its id and day."""

    def records(kind: OutcomeKind, to: int = 0) -> RecordTicked:
        return RecordTicked(meeting=meeting.id, kind=kind.value, to=to)

    carries = (
        (press_button(f"Carry forward to {following[1]}", records(OutcomeKind.CARRIED_FORWARD, following[0])),)
        if following
        else ()
    )
    not_agreed = DescribeTicked(meeting=meeting.id, kind=OutcomeKind.NOT_AGREED.value)
    return (
        press_button("Closed", records(OutcomeKind.CLOSED)),
        *carries,
        press_button("Not agreed…", not_agreed),
        press_button("No decision", records(OutcomeKind.NO_DECISION)),
        press_button("Other…", DescribeTicked(meeting=meeting.id)),
    )


def ticked_pressed(ctx: RequestContext, value: RecordTicked) -> Response:
    """Answer an outcome that needs no words."""
    calendar, meeting = meeting_decided(ctx, value)
    chosen = _chosen(ctx, value)
    try:
        kind = OutcomeKind(value.kind)
    except ValueError:
        return say(NotHere("That button does not work any more, so nothing was recorded."))
    to = day_carried_to(ctx, calendar, value.to) if kind is OutcomeKind.CARRIED_FORWARD else ""
    at = calendar.day(meeting).isoformat()
    return record_each(ctx, calendar, meeting, chosen, lambda ref: RecordOutcome(ref, kind, at, to))


def ticked_form(ctx: RequestContext, value: DescribeTicked) -> Response:
    """Answer *Not agreed…* or *Other…*: one form for all that is ticked."""
    calendar, _ = meeting_decided(ctx, value)
    refs = [action.ref for action in _chosen(ctx, value)]
    title = f"Outcome: {refs[0]}" if len(refs) == 1 else f"Outcome: {len(refs)} actions"
    return form_response(
        title, value, "Record", *outcome_fields(ctx, calendar.board.id, value.kind), intro=(f"{listed(refs)}.",)
    )


def ticked_sent(ctx: RequestContext, value: DescribeTicked, fields: Mapping[str, str]) -> Response:
    """Take in the form."""
    calendar, meeting = meeting_decided(ctx, value)
    chosen = _chosen(ctx, value)
    command = read_outcome_fields(ctx, calendar, fields, calendar.day(meeting).isoformat())
    return record_each(ctx, calendar, meeting, chosen, command)


def carry_left_pressed(ctx: RequestContext, value: CarryLeft) -> Response:
    """Answer *Carry forward all that is left*."""
    calendar, meeting = meeting_decided(ctx, value)
    return carry_left(ctx, calendar, meeting, value.to)


def carry_left(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, to: int) -> Response:
    """Carry forward what was due at a meeting and has no outcome."""
    left = OpenOutcomes(ctx).left_at(meeting)
    if not left:
        return say(f"Every action due at the meeting of {meeting_said(meeting, calendar)} has an outcome already.")
    day, at = day_carried_to(ctx, calendar, to), calendar.day(meeting).isoformat()
    chosen = {action: view.entries for view in left if (action := ctx.action(view.ref)) is not None}

    def carried(ref: str) -> RecordOutcome:
        return RecordOutcome(ref, OutcomeKind.CARRIED_FORWARD, at, day)

    return record_each(ctx, calendar, meeting, chosen, carried)


def meeting_decided(ctx: RequestContext, value: OnMeeting) -> tuple[BoardCalendar, MeetingFacts]:
    """Return the meeting whose outcomes the asker may record, while they may be recorded."""
    calendar = ctx.where(value.meeting)
    if calendar is None:
        raise NotDone(say(NotHere("That meeting is not in this plan, so nothing was changed.")))
    meeting = calendar.by_id[value.meeting]
    check_may_of_board(ctx, Verb.OUTCOME, calendar.board.id, THAT_MEETING)
    when = meeting_said(meeting, calendar)
    if not meeting.begun(ctx.now):
        raise NotDone(say(f"The meeting of {when} has not been held, so nothing was recorded."))
    if meeting.outcomes_recorded_at is not None:
        raise NotDone(say(f"The outcomes of {when} were recorded already."))
    return calendar, meeting


def day_carried_to(ctx: RequestContext, calendar: BoardCalendar, meeting_id: int) -> str:
    """Return the day of a meeting to which something may be carried, in a form that is read back."""
    meeting = calendar.by_id.get(meeting_id)
    if meeting is None or not meeting.dated or not is_coming(ctx, meeting):
        raise NotDone(say("Nothing was carried forward: that meeting is past or cancelled. “Other…” names another."))
    return calendar.day(meeting).isoformat()


def _chosen(ctx: RequestContext, value: OnTicked) -> dict[Action, int]:
    """Return the actions that are ticked, each with how many entries it had when it was shown."""
    found = {action: seen for number, seen in value.shown.items() if (action := ctx.action_by_id(number)) is not None}
    if not found:
        raise NotDone(say(NONE_TICKED))
    return found


def record_each(
    ctx: RequestContext,
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    chosen: Mapping[Action, int],
    command: Callable[[str], RecordOutcome],
) -> Response:
    """Record an outcome for each action that it is possible for, and name the others.

    Args:
        ctx: who records it, and when.
        calendar: the board that decided.
        meeting: when it did.
        chosen: the actions, each with how many entries it had when it was shown.
        command: returns the outcome for a ref.
    """
    given = {one.ref: response_of(_record, ctx, meeting, one, seen, command) for one, seen in chosen.items()}
    done = {ref: one for ref, one in given.items() if one.done}
    left = [one.content.headline for one in given.values() if not one.done and isinstance(one.content, Content)]
    if not done:
        return next(iter(given.values())) if len(given) == 1 else say("Nothing was recorded.", *left)
    by_said: dict[str, list[str]] = {}
    contents = {ref: one.content for ref, one in done.items() if isinstance(one.content, Content)}
    for ref, content in contents.items():
        by_said.setdefault(content.headline.removeprefix(f"Recorded for {ref}: "), []).append(ref)
    lines = [f"Recorded for {listed(refs)}: {said}" for said, refs in by_said.items()]
    reason = next(iter(contents.values())).intro[0] if command("").reason else ""
    return receipt(
        *lines,
        reason,
        *left,
        f"{calendar.board.name}, {meeting_said(meeting, calendar)}.",
        buttons=(_undo(contents.values()),),
        notices=[notice for one in done.values() for notice in one.notices],
    )


def _undo(contents: Iterable[Content]) -> Button:
    entries = [
        number for one in contents for button in one.buttons for number in UndoEntries.decode(button.value).entries
    ]
    label = "Undo" if len(entries) == 1 else f"Undo all {len(entries)}"
    return press_button(label, UndoOutcomes(entries=tuple(entries)))


def _record(
    ctx: RequestContext, meeting: MeetingFacts, action: Action, seen: int, command: Callable[[str], RecordOutcome]
) -> Response:
    if meeting.id in ctx.view(action.id).facts.outcome_meetings:
        return say(f"{action.ref} has an outcome already, which stays: undo that one first.")
    newer = newer_entries(ctx, action, seen)
    if newer:
        row = newer[-1].row
        on = day_said(local_day(row.at, ctx.zone))
        return say(
            f"{action.ref} was changed by {row.signature}, {on}, after it was shown: nothing was recorded for it."
        )
    return store_decision(ctx, decide(ctx, command(action.ref)))
