"""*Undo* of settings of a board or an organisation: set back by a new entry, while nothing newer is known of them.

A board that changed hands is not among them: both sides were asked and told.

Source: docs/explanation/what-people-write.md, What is taken back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from handlers.boards.stored_settings import UndoSettings, show_requests_anew, store, undo_changes
from handlers.buttons import UNDO_HOURS
from handlers.context import RequestContext
from handlers.formatting import day_said
from handlers.permissions import NotHere, may, why_not
from handlers.preconditions import check_may_of_board
from handlers.responses import Button, Content, NotDone, Response, receipt, say
from models.enums import Verb
from models.plan.people_reads import organisation_by_id
from models.records.message_counts import count_undo
from models.records.settings_log import (
    last_change_of,
    record_setting_changes,
    setting_change_by_id,
    settings_since,
    stored_value,
)
from models.rules.calendar import local_day
from models.storage.history_tables import SettingChange
from models.storage.tables import Board, Organisation

_GONE = NotHere("That setting is not in this plan any more, so nothing was changed.")
_KEEPER = "secretary_post_id"


def undo_settings(ctx: RequestContext, value: UndoSettings) -> Response:
    """Answer *Undo* of settings: each is as it was."""
    changes = [one for number in value.changes if (one := setting_change_by_id(ctx.session, number)) is not None]
    row = _row_of(ctx, changes[0]) if changes else None
    if row is None:
        return say(_GONE)
    if isinstance(row, Board):
        check_may_of_board(ctx, Verb.BOARD, row.id)
    elif not may(ctx.roles, Verb.ORGANISATION):
        raise NotDone(say(why_not(Verb.ORGANISATION)))
    for one in changes:
        newer = last_change_of(ctx.session, row, one.setting)
        if newer is not None and newer.id != one.id:
            on = day_said(local_day(newer.at, ctx.zone))
            return say(f"{row.name} was changed again by {newer.signature}, {on}, so nothing was undone.")
    if ctx.now - changes[0].at > timedelta(hours=UNDO_HOURS):
        return say(f"That was more than a day ago, so {row.name} stays as it is: say what it should be instead.")
    lines = _set_back(ctx, row, {one.setting: stored_value(one.setting, one.before) for one in changes})
    for one in changes:
        count_undo(ctx.session, one.message, ctx.zone)
    return receipt(f"Undone: {row.name} is set as before.", *lines)


def _set_back(ctx: RequestContext, row: Board | Organisation, values: dict[str, Any]) -> Sequence[str]:
    """Store values as they were; return what is to be said of the dates that follow from them."""
    if isinstance(row, Board):
        given = store(ctx, row, values).content
        return given.intro if isinstance(given, Content) else ()
    record_setting_changes(ctx.session, row, values, ctx.signed())
    show_requests_anew(ctx)
    for name in ("posts", "plan_names", "vocabulary"):
        ctx.__dict__.pop(name, None)
    return ()


def _row_of(ctx: RequestContext, change: SettingChange) -> Board | Organisation | None:
    if change.board_id is not None:
        return ctx.boards.get(change.board_id)
    return organisation_by_id(ctx.session, change.organisation_id) if change.organisation_id is not None else None


def latest_setting_undone(ctx: RequestContext) -> tuple[datetime, str, Button] | None:
    """Return when the asker last changed settings within a day, what those are, and their *Undo*; None for none."""
    mine = [one for one in settings_since(ctx.session, ctx.now - timedelta(hours=UNDO_HOURS)) if ctx.wrote(one)]
    latest = next((one for one in mine if one.setting != _KEEPER and not _is_undo(one, mine)), None)
    row = _row_of(ctx, latest) if latest is not None else None
    if latest is None or row is None:
        return None
    same = (latest.at, latest.board_id, latest.organisation_id)
    together = [one for one in mine if (one.at, one.board_id, one.organisation_id) == same and one.setting != _KEEPER]
    button = undo_changes(together)
    what = ", ".join(sorted({one.setting.removesuffix("_post_id").replace("_", " ") for one in together}))
    return (latest.at, f"{row.name}, {what}", button[0]) if button else None


def _is_undo(change: SettingChange, mine: Sequence[SettingChange]) -> bool:
    """Return whether a change set another back, or was set back."""
    return any(
        (one.setting, one.board_id, one.organisation_id) == (change.setting, change.board_id, change.organisation_id)
        and (one.before, one.after) == (change.after, change.before)
        for one in mine
    )
