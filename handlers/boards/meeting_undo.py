"""*Undo* of a meeting that was moved, cancelled or added: by a new entry, while nothing newer is known of it.

Source: docs/explanation/what-people-write.md, What is taken back.
"""

from datetime import datetime, timedelta

from handlers.boards.concerned_leads import lead_notices, leads_told
from handlers.buttons import UNDO_HOURS
from handlers.context import RequestContext
from handlers.formatting import CANCELLED, day_said, listed, meeting_said, number_said, time_said
from handlers.permissions import NotHere
from handlers.preconditions import check_may_of_board
from handlers.press_codec import Number, PressValue, press_button
from handlers.responses import Button, Response, receipt, say
from models.enums import MeetingState, Verb
from models.plan import meeting_rows
from models.plan.action_filter import ActionFilter
from models.plan.action_reads import actions_due_at, count_actions
from models.records.history import undo_replans_of
from models.records.message_counts import count_undo
from models.records.settings_log import changes_since, meeting_changes
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.history_tables import MeetingChange
from models.storage.sessions import keep_if

_UNDONE_WITHIN = timedelta(hours=UNDO_HOURS)


class UndoMeeting(PressValue):
    """*Undo* under the receipt of a meeting's change, by the entry that says so."""

    verb = "undomeeting"
    old_form = ("meeting", "change")

    meeting: Number = 0
    change: Number = 0


def undo_latest(ctx: RequestContext, meeting_id: int) -> Button:
    """Return *Undo* for what was recorded last of a meeting."""
    return press_button("Undo", UndoMeeting(meeting=meeting_id, change=meeting_changes(ctx.session, meeting_id)[-1].id))


def undo_meeting(ctx: RequestContext, value: UndoMeeting) -> Response:
    """Answer *Undo*: the meeting is on its day again, is held after all, or is not."""
    calendar = ctx.where(value.meeting)
    history = meeting_changes(ctx.session, value.meeting)
    place = next((number for number, one in enumerate(history) if one.id == value.change), None)
    if calendar is None or place is None:
        return say(NotHere("That meeting is not in this plan, so nothing was changed."))
    check_may_of_board(ctx, Verb.MEETINGS, calendar.board.id)
    change, before, later = history[place], history[place - 1] if place else None, history[place + 1 :]
    meeting = calendar.by_id[value.meeting]
    said = meeting_said(meeting, calendar).removesuffix(CANCELLED)
    if later:
        return say(f"Nothing was undone: {_since(ctx, calendar, history, later[-1])}.")
    if ctx.now - change.at > _UNDONE_WITHIN:
        return say(
            f"That was more than a day ago, so the meeting of {said} stays as it is: “/cypp meeting move …”, "
            "“… cancel …” or “… add …” changes it."
        )
    if change.state is MeetingState.CANCELLED:
        return _is_held_after_all(ctx, calendar, meeting, change)
    return _not_added(ctx, calendar, meeting, change) if before is None else _on_its_day(ctx, calendar, meeting, before)


def _since(ctx: RequestContext, calendar: BoardCalendar, history: list[MeetingChange], later: MeetingChange) -> str:
    """Say what became of a meeting since, by whom and when."""
    day = day_said(local_day(later.starts_at, calendar.zone)) if later.starts_at else "a month"
    before = history[history.index(later) - 1]
    did = f"cancelled the meeting of {day}" if later.state is MeetingState.CANCELLED else f"moved it to {day}"
    if before.state is MeetingState.CANCELLED:
        did = f"put the meeting of {day} back"
    return f"{later.signature} {did} since, {day_said(local_day(later.at, ctx.zone))}"


def _taken(calendar: BoardCalendar, meeting: MeetingFacts, day_of: MeetingFacts | MeetingChange) -> Response | None:
    if day_of.starts_at is None:
        return None
    day = local_day(day_of.starts_at, calendar.zone)
    if all(calendar.day(one) != day for one in calendar.dated if one.id != meeting.id):
        return None
    return say(f"The {calendar.board.name} has another meeting on {day_said(day)} now, so nothing was undone.")


def _is_held_after_all(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, change: MeetingChange
) -> Response:
    taken = _taken(calendar, meeting, meeting)
    if taken is not None:
        return taken
    meeting_rows.set_meeting_planned(ctx.session, meeting.id, ctx.signed())
    back, stay = undo_replans_of(ctx.session, meeting.id, change.at, ctx.signed())
    stays = "has changed since, and stays as it is" if len(stay) == 1 else "have changed since, and stay as they are"
    return _undone(
        ctx,
        meeting,
        change,
        f"{number_said(len(back), 'open action')} due at it again." if back else "",
        f"{listed(stay)} {stays}." if stay else "",
    )


def _on_its_day(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, before: MeetingChange) -> Response:
    start = before.starts_at
    if start is None or start <= ctx.now or meeting.begun(ctx.now):
        return say("That day is past by now, so nothing was undone: “/cypp meeting move …” moves a coming meeting.")
    taken = _taken(calendar, meeting, before)
    if taken is not None:
        return taken
    change = meeting_changes(ctx.session, meeting.id)[-1]
    meeting_rows.set_meeting_start(ctx.session, meeting.id, start, ctx.signed(), ctx.now)
    return _undone(ctx, meeting, change)


def _not_added(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, change: MeetingChange) -> Response:
    said = meeting_said(meeting, calendar)
    due = ActionFilter(due_meeting_id=meeting.id)
    taken = keep_if(
        ctx.session,
        lambda: undo_replans_of(ctx.session, meeting.id, change.at, ctx.signed(), taken=True)[0],
        lambda _: not count_actions(ctx.session, due),
    )
    if many := count_actions(ctx.session, due):
        return say(
            f"{number_said(many, 'action')} due at the meeting of {said} by now, so it stays: "
            "“/cypp meeting cancel … because …” carries them to the next."
        )
    meeting_rows.set_meeting_cancelled(ctx.session, meeting.id, "added by mistake", ctx.signed())
    count_undo(ctx.session, change.message, ctx.zone)
    back = f"Due again as before: {listed(taken)}." if taken else ""
    return receipt(f"Undone: the {calendar.board.name} does not meet on {said}.", "It is listed as cancelled.", back)


def _undone(ctx: RequestContext, meeting: MeetingFacts, change: MeetingChange, *lines: str) -> Response:
    """Return the receipt, with how the meeting stands now."""
    count_undo(ctx.session, change.message, ctx.zone)
    ctx.__dict__.pop("calendars", None)
    calendar = ctx.where(meeting.id)
    assert calendar is not None  # noqa: S101 - it was there before
    now = calendar.by_id[meeting.id]
    when = meeting_said(now, calendar)
    at = f", {time_said(now.start, calendar)}" if now.starts_at is not None else ""
    met = "met" if now.begun(ctx.now) else "meets"
    due = actions_due_at(ctx.session, meeting.id)
    return receipt(
        f"Undone: the {calendar.board.name} {met} on {when}{at}, as before.",
        *lines,
        *leads_told(ctx, due, now),
        notices=lead_notices(ctx, due, now),
    )


def latest_meeting_undone(ctx: RequestContext) -> tuple[datetime, str, Button] | None:
    """Return when the asker last changed a meeting within a day, what that was, and its *Undo*; None where nothing."""
    change = next((one for one in changes_since(ctx.session, ctx.now - _UNDONE_WITHIN) if ctx.wrote(one)), None)
    calendar = ctx.where(change.meeting_id) if change is not None else None
    history = meeting_changes(ctx.session, change.meeting_id) if change is not None else []
    if change is None or calendar is None or history[-1] is not change:
        return None
    said = meeting_said(calendar.by_id[change.meeting_id], calendar).removesuffix(CANCELLED)
    moved = "added" if len(history) == 1 else "moved there"
    did = "cancelled" if change.state is MeetingState.CANCELLED else moved
    return change.at, f"the meeting of {said}, {did}", undo_latest(ctx, change.meeting_id)
