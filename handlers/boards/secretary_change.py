"""A board changes hands: asked first, and both secretaries are told.

Whoever keeps a board may give it away, and no press of theirs brings it back: so it is said before who loses it, who
gets it, and what that changes.
"""

from dataclasses import replace

from handlers.boards.stored_settings import Values, store
from handlers.context import RequestContext
from handlers.formatting import day_said, meeting_said
from handlers.permissions import NotHere
from handlers.preconditions import check_may_of_board
from handlers.press_codec import Number, PressValue, press_button
from handlers.responses import Content, NotDone, NoticeOut, Response, say
from models.enums import NotificationKind, Verb
from models.records.settings_log import last_setting_change, setting_change_by_id
from models.rules.calendar import local_day
from models.rules.steps import LeadChange, Side, narrow_step
from models.storage.notification_tables import Notification
from models.storage.tables import Board

BOARD_GONE = NotHere("That board is not in this plan any more, so nothing was changed.")


def board_to_change(ctx: RequestContext, board_id: int) -> Board:
    """Return a board that a press names, for somebody who may change it."""
    row = ctx.boards.get(board_id)
    if row is None:
        raise NotDone(say(BOARD_GONE))
    check_may_of_board(ctx, Verb.BOARD, row.id)
    return row


def change(ctx: RequestContext, row: Board, values: Values) -> Response:
    """Store new values of a board's settings; ask first where another post would keep the board."""
    before, post_id = row.secretary_post_id, values.get("secretary_post_id", row.secretary_post_id)
    if before is None or post_id == before:
        return store(ctx, row, values)
    rest = {name: value for name, value in values.items() if name != "secretary_post_id"}
    question = _question(ctx, row, post_id)
    if all(getattr(row, name) == value for name, value in rest.items()):
        return Response(question)
    stored = store(ctx, row, rest)
    if isinstance(stored.content, Content):
        also = (*stored.content.intro, question.headline, *question.intro)
        stored = replace(stored, content=replace(stored.content, intro=also, buttons=question.buttons))
    return stored


class ChangeSecretary(PressValue):
    """*Change the secretary*: the post that keeps the board, and the one that is to, 0 for none."""

    verb = "keeper"
    old_form = ("board", "before", "after")

    board: Number = 0
    before: Number = 0
    after: Number = 0


class LeaveSecretary(PressValue):
    """*Leave as it is*."""

    verb = "asitis"


def _question(ctx: RequestContext, row: Board, post_id: int | None) -> Content:
    """Return who loses the board, who gets it, what it changes, and two buttons."""
    old, new = ctx.posts[row.secretary_post_id or 0], ctx.posts.get(post_id or 0, "")
    change = ChangeSecretary(board=row.id, before=row.secretary_post_id or 0, after=post_id or 0)
    yes, no = (press_button("Change the secretary", change, "danger"), press_button("Leave as it is", LeaveSecretary()))
    if not new:
        would = f"{old} could then change nothing of it any more, and what is said to its secretary would go to the "
        return Content(
            f"Shall the {row.name} have no secretary? {old} keeps it now; nothing was changed yet.",
            (f"{would}administrators.",),
            buttons=(yes, no),
        )
    own = " You could not change it back yourself." if _loses(ctx, row, post_id) else ""
    would = f"{old} would then record no outcomes, add no actions and change no meetings or settings of it any more, "
    return Content(
        f"Shall {new} keep the {row.name} from now on, in place of {old}? Nothing was changed yet.",
        (f"{would}and {new} would get its digests and notices.{own} Both are told.",),
        buttons=(yes, no),
    )


def _loses(ctx: RequestContext, row: Board, post_id: int | None) -> bool:
    roles = ctx.roles
    return row.secretary_post_id in roles.posts and post_id not in roles.posts and not roles.is_administrator


def keeper_pressed(ctx: RequestContext, value: ChangeSecretary) -> Response:
    """Answer *Change the secretary*: everything is checked again, and that the board is kept as the question said."""
    before, after = value.before, value.after
    row = board_to_change(ctx, value.board)
    if row.secretary_post_id != before or (after and after not in ctx.posts):
        now = ctx.posts.get(row.secretary_post_id or 0, "Nobody")
        return say(f"{now} keeps the {row.name} by now, so nothing was changed: ask again if it should be another.")
    stored = store(ctx, row, {"secretary_post_id": after or None})
    changed = last_setting_change(ctx.session, row)
    if not stored.done or changed is None:
        return stored
    number = changed.id
    notices = [_notice(row, LeadChange(Side.FORMER, before, number), before)]
    notices += [_notice(row, LeadChange(Side.NEW, after, number), after)] if after else []
    return replace(stored, notices=notices)


def _notice(row: Board, change: LeadChange, post_id: int) -> NoticeOut:
    return NoticeOut(NotificationKind.KEEPER, row.id, step=change, board_id=row.id, post_id=post_id)


def write_secretary_change(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write what the post that kept a board, and the one that keeps it now, are told."""
    change, calendar = narrow_step(notification.step, LeadChange), ctx.calendars.get(notification.subject)
    entry = setting_change_by_id(ctx.session, change.number)
    if calendar is None or entry is None or entry.board_id != calendar.board.id:
        return None
    board, post = calendar.board, ctx.posts.get(change.post_id, "that post")
    signed = f"Changed by {entry.signature} on {day_said(local_day(entry.at, ctx.zone))}."
    if change.moved_away:
        now = ctx.posts.get(int(entry.after or 0), "")
        by = f"{now} does now" if now else "nobody does now"
        return Content(
            f"{post} does not keep the {board.name} any more: {by}.",
            intro=(signed, "If that is a slip, ask them or an administrator to change it back."),
        )
    coming = calendar.next(ctx.now)
    ahead = f"Its next meeting is on {meeting_said(coming, calendar)}." if coming else "It has no coming meeting yet."
    return Content(
        f"{post} keeps the {board.name} from now on.",
        intro=(signed, ahead, f"“/cypp board {board.key}” shows its settings, “/cypp help” what a secretary can do."),
    )
