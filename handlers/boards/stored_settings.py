"""New values of a board's settings are stored: who changed what is on record, and the dates of its meetings follow.

Only steps still ahead are armed, as when a meeting is moved; and what has been said for that meeting is not said again.

Source: docs/reference/settings.md, A board.
"""

from collections.abc import Sequence
from typing import Any

from handlers.boards.board_card import settings_said
from handlers.boards.moved_dates import dates_moved
from handlers.context import RequestContext
from handlers.formatting import meeting_said
from handlers.press_codec import Numbers, PressValue, press_button
from handlers.responses import Button, Content, Response, say
from models.enums import NotificationKind, NotificationState
from models.notifications.lookups import digests_planned
from models.notifications.messages import NewNotification, add_notifications
from models.plan.meeting_rows import note_meeting_moved
from models.records.return_entries import mark_contributions_stale
from models.records.settings_log import record_setting_changes
from models.rules.calendar import at_local
from models.rules.contributions import takes_contributions
from models.rules.facts import BoardCalendar
from models.storage.history_tables import SettingChange
from models.storage.tables import Board

BY_PRESS = "published by press until then"
"""Why a digest that went out before is not published by itself."""

Values = dict[str, Any]
"""Columns of a board and what is to stand in them."""


class UndoSettings(PressValue):
    """*Undo* under the receipt of settings, by their entries."""

    verb = "undosettings"
    old_form = ("changes",)

    changes: Numbers = ()


def undo_changes(changes: Sequence[SettingChange]) -> tuple[Button, ...]:
    """Return *Undo* for what was recorded of settings; none where nothing was."""
    return (press_button("Undo", UndoSettings(changes=tuple(one.id for one in changes))),) if changes else ()


def show_requests_anew(ctx: RequestContext) -> None:
    """Have delivered requests for contributions changed in place, once other partners or posts are asked."""
    for calendar in ctx.calendars.values():
        for meeting in calendar.dated:
            if meeting.start > ctx.now and takes_contributions(meeting):
                mark_contributions_stale(ctx.session, calendar.board.id, meeting.id)


def store(ctx: RequestContext, row: Board, values: Values) -> Response:
    """Store new values of a board's settings; the receipt says what was, what is, and how the dates move."""
    values = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not values:
        return say(f"The {row.name} is set to that already: nothing was changed.")
    before, old, channel = settings_said(ctx, row), ctx.calendars[row.id], row.channel
    changes = record_setting_changes(ctx.session, row, values, ctx.signed())
    ctx.__dict__.pop("calendars", None)
    after, new = settings_said(ctx, row), ctx.calendars[row.id]
    if row.publish_at_once and values.keys() & {"publish_at_once", "channel"}:
        _nothing_earlier(ctx, row)
    changed = [f"{name}: {before[name]} → {after[name]}." for name in after if before[name] != after[name]]
    moved = [] if old.board.rules == new.board.rules else dates_moved(ctx, old, new)
    if not moved and old.board.rules != new.board.rules and (coming := new.next(ctx.now)):
        moved = [f"The dates of {meeting_said(coming, new)} stay as they were."]
    _arm_only_ahead(ctx, old, new)
    if "channel" in values and row.channel:
        moved.append("Invite the bot to that channel, if it is not there yet, so that it can post.")
    channels = tuple(filter(None, (channel, row.channel)))
    undo = undo_changes(changes) if "secretary_post_id" not in values else ()
    publishes = (row.channel, row.key, "chosen") if "channel" in values and row.channel else ()
    intro = (*changed, *moved)
    content = Content(f"Changed: the {row.name}.", intro, channels=channels, buttons=undo, publishes=publishes)
    return Response(content, done=True)


def _arm_only_ahead(ctx: RequestContext, old: BoardCalendar, new: BoardCalendar) -> None:
    """Arm only steps still ahead where the asking for a meeting had begun, or would have by the new dates."""
    for meeting in new.dated:
        if meeting.start <= ctx.now or old.dates(meeting) == new.dates(meeting):
            continue
        first = min((day for dates in (old.dates(meeting), new.dates(meeting)) for _, day in dates.steps), default=None)
        if first is not None and at_local(first, new.zone) <= ctx.now:
            note_meeting_moved(ctx.session, meeting.id, ctx.now)
    ctx.__dict__.pop("calendars", None)


def _nothing_earlier(ctx: RequestContext, row: Board) -> None:
    """Keep digests sent before a board publishes by itself from being published after the event."""
    to = f"channel:{row.channel}"
    notifications = [
        NewNotification(
            NotificationKind.PUBLISH, row.id, meeting_id, day, step, to, None, BY_PRESS, state=NotificationState.LAPSED
        )
        for meeting_id, day, step in digests_planned(ctx.session, row.id)
    ]
    add_notifications(ctx.session, notifications, ctx.now)
