"""*After the meeting*: what was due at it, to be ticked and decided several at once; what is recorded, with its *Undo*.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from handlers.actions.history_view import outcome_said
from handlers.actions.taking_back import UndoOneOutcome
from handlers.context import RequestContext
from handlers.formatting import clipped, due_said, meeting_said, number_said, short_day, worst_first
from handlers.list_rows import action_row
from handlers.outcomes.recorded import AllRecorded
from handlers.outcomes.ticked import CarryLeft, ticked_buttons
from handlers.press_codec import ask_menu, press_button, tick_of
from handlers.responses import ActionLine, Button, Content, Group
from models.enums import Kind, Status
from models.plan.action_filter import ActionFilter
from models.plan.queries import ActionView
from models.records.action_state import counting_outcomes
from models.records.entry_reads import outcomes_at_meeting
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import is_awaiting, is_open, meetings_missed
from models.storage.history_tables import Outcome
from models.storage.notification_tables import Notification

MOST_TICKED = 30
"""Boxes that stand together with the buttons that deal with them: a message holds them, whatever they say."""
_HOW = "Tick what the board decided alike, then press the outcome:"
_SHORT_WORDS = 60
_MOST_CARDS = 50
"""Cards that the menu opens: Slack takes a hundred options, and a message holds no more words than these have."""


def write_after_meeting(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write what was due at a meeting: first what waits for an outcome, then what has one."""
    board_id, meeting_id = notification.subject, notification.meeting_id
    calendar = ctx.calendars.get(board_id)
    if calendar is None or meeting_id not in calendar.by_id:
        return None
    meeting = calendar.by_id[meeting_id]
    outcomes = _counting(ctx, meeting_id)
    # An action that has moved to another board since stays in the list of the board that decided on it.
    views = [
        view
        for view in ctx.views(ActionFilter(board_id=board_id, or_decided_at=meeting_id))
        if view.facts.id in outcomes
        or (view.facts.due_meeting_id == meeting_id and is_open(view.facts) and view.facts.kind is not Kind.STANDING)
        or is_awaiting(view.facts)
    ]
    waiting = _by_lead(ctx, calendar, [view for view in views if view.facts.id not in outcomes])
    decided = [view for view in views if view.facts.id in outcomes]
    following = calendar.next(ctx.now)
    recorded = meeting.outcomes_recorded_at is not None
    verb = "waits" if len(waiting) == 1 else "wait"
    counted = f"{len(waiting)} of {number_said(len(views), 'action')} {verb} for an outcome"
    waits = counted if waiting else "every action due at it has an outcome"
    return Content(
        f"After the meeting of {meeting_said(meeting, calendar)}: {'outcomes recorded' if recorded else waits}.",
        intro=(f"{calendar.board.name}. Nothing is carried forward by itself.",),
        groups=(
            *_waiting(ctx, calendar, meeting, waiting, following, recorded=recorded),
            *_decided(calendar, decided, outcomes, recorded=recorded, next_to_see=not waiting),
        ),
        buttons=() if recorded else _for_all(meeting, calendar, waiting, following),
        footer=() if recorded else _in_words(waiting),
    )


def _counting(ctx: RequestContext, meeting_id: int) -> dict[int, Outcome]:
    """Return the outcome of a meeting that counts for each action."""
    by_action: dict[int, list[Outcome]] = {}
    for outcome in outcomes_at_meeting(ctx.session, meeting_id):
        by_action.setdefault(outcome.action_id, []).append(outcome)
    found = {number: counting_outcomes(some).get(meeting_id) for number, some in by_action.items()}
    return {number: outcome for number, outcome in found.items() if outcome is not None}


def _by_lead(ctx: RequestContext, calendar: BoardCalendar, views: Sequence[ActionView]) -> list[ActionView]:
    """Sort what was proposed for closure before the rest, and each by lead, most meetings missed and worst first."""

    def key(view: ActionView) -> tuple[bool, str, int]:
        return not is_awaiting(view.facts), view.lead or "", -meetings_missed(view.facts, calendar, ctx.now)

    return sorted(worst_first(views, ctx.calendars, ctx.now), key=key)


def _waiting(
    ctx: RequestContext,
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    waiting: Sequence[ActionView],
    following: MeetingFacts | None,
    *,
    recorded: bool,
) -> Iterator[Group]:
    """Yield what waits for an outcome: to be ticked, with the outcomes; once all are recorded, only to be seen."""
    carry_to = (following.id, short_day(calendar.day(following))) if following else None
    for start in range(0, len(waiting), MOST_TICKED):
        lines = tuple(_row(ctx, view, meeting, recorded) for view in waiting[start : start + MOST_TICKED])
        part = f": {start + 1} to {start + len(lines)}" if len(waiting) > MOST_TICKED else ""
        heading = f"{'No outcome' if recorded else 'To decide'} ({len(waiting)}){part}"
        texts = () if recorded else (_HOW,)
        buttons = () if recorded else ticked_buttons(meeting, carry_to)
        yield Group(heading, texts, lines, buttons=buttons, folds="closed" if start else "open")


def _row(ctx: RequestContext, view: ActionView, meeting: MeetingFacts, recorded: bool) -> ActionLine:
    """Return an action in two lines: when it is due is known where that is this meeting."""
    line = action_row(view, ctx.calendars, ctx.now)
    known = due_said(view, ctx.calendars) if view.facts.due_meeting_id == meeting.id else ""
    facts = tuple(one for one in line.facts if one not in (known, "awaiting the board"))
    tick = "" if recorded else tick_of(view.facts.id, view.entries)
    return ActionLine(line.ref, line.words, line.status, facts, tick=tick)


def _decided(
    calendar: BoardCalendar,
    decided: Sequence[ActionView],
    outcomes: dict[int, Outcome],
    *,
    recorded: bool,
    next_to_see: bool,
) -> Iterator[Group]:
    """Yield what has an outcome, each with its *Undo* until all are recorded; open where nothing is left to decide."""
    if not decided:
        return
    said = {view.ref: outcome_said(outcomes[view.facts.id], calendar).rstrip(".") for view in decided}
    for start in range(0, len(decided), MOST_TICKED):
        some = decided[start : start + MOST_TICKED]
        texts = tuple(f"{view.ref}, {clipped(view.words, _SHORT_WORDS)}: {said[view.ref]}." for view in some)
        buttons = tuple(
            press_button(f"Undo {view.ref}", UndoOneOutcome(entries=(outcomes[view.facts.id].id,))) for view in some
        )
        heading = f"Recorded ({len(decided)})" if not start else "Recorded as well"
        folds: Literal["open", "closed"] = "open" if next_to_see and not start else "closed"
        yield Group(heading, texts=texts, buttons=() if recorded else buttons, folds=folds)


def _for_all(
    meeting: MeetingFacts, calendar: BoardCalendar, waiting: Sequence[ActionView], following: MeetingFacts | None
) -> tuple[Button, ...]:
    """Return what deals with all that is left, what settles the meeting, and the menu that opens a card."""
    left = [view for view in waiting if view.facts.due_meeting_id == meeting.id]
    buttons = []
    if left and following is not None:
        label = f"Carry forward all that is left to {short_day(calendar.day(following))}"
        buttons.append(press_button(label, CarryLeft(meeting=meeting.id, to=following.id)))
    buttons.append(press_button("Outcomes recorded", AllRecorded(meeting=meeting.id)))
    if waiting:
        cards = [(f"{v.ref}: {v.words}", f"status {v.ref}") for v in waiting[:_MOST_CARDS]]
        buttons.append(ask_menu("Open a card…", cards))
    return tuple(buttons)


def _in_words(waiting: Sequence[ActionView]) -> tuple[str, ...]:
    """Return how outcomes are typed, with the first action that still waits for one; nothing where none does."""
    if not waiting:
        return ()
    first = waiting[0]
    other = "not agreed because …" if first.facts.status is Status.PROPOSED else "no decision"
    return (f"In words: “/cypp close {first.ref} agreed minute 41”, “/cypp outcome {first.ref} {other}”.",)
