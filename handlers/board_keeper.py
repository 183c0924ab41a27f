"""A board changes hands: asked first, and both secretaries are told.

Whoever keeps a board may give it away, and no press of theirs brings it back: so it is said before who loses it, who
gets it, and what that changes.
"""

from dataclasses import replace

from handlers.board_storing import Values, may_not, store
from handlers.context import Round
from handlers.permissions import NotHere
from handlers.pressed_on import number_in
from handlers.replies import Answer, Button, NoticeOut, Reply, say
from handlers.wording import day_said, meeting_said
from models.calendar import local_day
from models.enums import AskKind
from models.history_tables import SettingChange
from models.ledger_tables import Ask
from models.settings_log import last_change
from models.tables import Board
from models.told import Told, Turn, told_of

AS_IT_IS = "Left as it is: nothing was changed."
GONE = NotHere("That board is not in this plan any more, so nothing was changed.")


def change(asked: Round, row: Board, values: Values) -> Answer:
    """Stores new values of a board's settings; that another post keeps the board is asked about first."""
    before, post_id = row.secretary_post_id, values.get("secretary_post_id", row.secretary_post_id)
    if before is None or post_id == before:
        return store(asked, row, values)
    rest = {name: value for name, value in values.items() if name != "secretary_post_id"}
    question = _question(asked, row, post_id)
    if all(getattr(row, name) == value for name, value in rest.items()):
        return Answer(question)
    stored = store(asked, row, rest)
    if isinstance(stored.reply, Reply):
        also = (*stored.reply.intro, question.headline, *question.intro)
        stored = replace(stored, reply=replace(stored.reply, intro=also, buttons=question.buttons))
    return stored


def _question(asked: Round, row: Board, post_id: int | None) -> Reply:
    """Who loses the board, who gets it, what it changes, and two buttons."""
    old, new = asked.posts[row.secretary_post_id or 0], asked.posts.get(post_id or 0, "")
    value = f"{row.id}|{row.secretary_post_id}|{post_id or 0}"
    yes, no = Button("Change the secretary", "keeper", value, style="danger"), Button("Leave as it is", "asitis", "-")
    if not new:
        would = f"{old} could then change nothing of it any more, and what is said to its secretary would go to the "
        return Reply(
            f"Shall the {row.name} have no secretary? {old} keeps it now; nothing was changed yet.",
            (f"{would}administrators.",),
            buttons=(yes, no),
        )
    own = " You could not change it back yourself." if _loses(asked, row, post_id) else ""
    would = f"{old} would then record no outcomes, add no actions and change no meetings or settings of it any more, "
    return Reply(
        f"Shall {new} keep the {row.name} from now on, in place of {old}? Nothing was changed yet.",
        (f"{would}and {new} would get its digests and notices.{own} Both are told.",),
        buttons=(yes, no),
    )


def _loses(asked: Round, row: Board, post_id: int | None) -> bool:
    roles = asked.roles
    return row.secretary_post_id in roles.posts and post_id not in roles.posts and not roles.is_administrator


def keeper_pressed(asked: Round, value: str) -> Answer:
    """*Change the secretary*: everything is checked again, and that the board is kept as the question said."""
    board_id, before, after = (number_in(one) for one in [*value.split("|"), "", "", ""][:3])
    row = asked.boards.get(board_id)
    if row is None:
        return say(GONE)
    problem = may_not(asked, asked.calendars[row.id])
    if problem is not None:
        return problem
    if row.secretary_post_id != before or (after and after not in asked.posts):
        now = asked.posts.get(row.secretary_post_id or 0, "Nobody")
        return say(f"{now} keeps the {row.name} by now, so nothing was changed: ask again if it should be another.")
    stored = store(asked, row, {"secretary_post_id": after or None})
    changed = last_change(asked.session, row)
    if not stored.done or changed is None:
        return stored
    number = changed.id
    notices = [_notice(row, Told(Turn.FORMER, before, number), before)]
    notices += [_notice(row, Told(Turn.NEW, after, number), after)] if after else []
    return replace(stored, notices=notices)


def _notice(row: Board, told: Told, post_id: int) -> NoticeOut:
    return NoticeOut(AskKind.KEEPER.value, row.id, step=told.step, board_id=row.id, post_id=post_id)


def keeper_said(round_: Round, ask: Ask) -> Reply | None:
    """What the post that keeps a board no more, and the one that keeps it now, are told."""
    told, calendar = told_of(ask.step), round_.calendars.get(ask.subject)
    entry = round_.session.get(SettingChange, told.number)
    if calendar is None or entry is None or entry.board_id != calendar.board.id:
        return None
    board, post = calendar.board, round_.posts.get(told.post_id, "that post")
    signed = f"Changed by {entry.signature} on {day_said(local_day(entry.at, round_.zone))}."
    if told.moved_away:
        now = round_.posts.get(int(entry.after or 0), "")
        by = f"{now} does now" if now else "nobody does now"
        return Reply(
            f"{post} does not keep the {board.name} any more: {by}.",
            intro=(signed, "If that is a slip, ask them or an administrator to change it back."),
        )
    coming = calendar.next(round_.now)
    ahead = f"Its next meeting is on {meeting_said(coming, calendar)}." if coming else "No meeting of it is ahead yet."
    return Reply(
        f"{post} keeps the {board.name} from now on.",
        intro=(signed, ahead, f"“/cypp board {board.key}” shows its settings, “/cypp help” what a secretary can do."),
    )
