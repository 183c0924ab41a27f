"""Things for other people that a round brings about: planned in its transaction, sent by the next tick."""

import logging
from collections.abc import Sequence
from datetime import date

from handlers.context import Round
from handlers.replies import NoticeOut
from models.deliveries import NewAsk, plan
from models.enums import AskKind, AskState
from models.facts import BoardCalendar, keepers
from models.ledger_reads import unsaid_about
from models.serving import administrators, reachable, recipients
from models.tables import Action
from models.told import OPPOSITE, told_of

log = logging.getLogger(__name__)

NO_ACCOUNT = "no account"


def plan_notices(asked: Round, notices: Sequence[NoticeOut]) -> None:
    """Writes notices into the ledger: for a board's channel, for those who keep the board, or who act for a post."""
    asks: list[NewAsk] = []
    for notice in notices:
        kind = AskKind(notice.kind)
        board_id = notice.board_id
        if board_id is None:
            action = asked.session.get(Action, notice.subject)
            board_id = notice.subject if kind is AskKind.PUBLISH else action.board_id if action else None
        calendar = asked.calendar(board_id)
        if calendar is None:
            continue
        at = asked.where(notice.meeting_id)
        meeting = at.by_id[notice.meeting_id or 0] if at else None
        day = at.day(meeting) if at and meeting and meeting.starts_at else asked.today
        if kind is AskKind.NEW_LEAD:
            asks += _new_lead(asked, notice, calendar, meeting.id if meeting else 0, day)
            continue
        if kind is AskKind.PUBLISH:
            to = [f"channel:{calendar.board.channel}"]
        else:
            to = [f"person:{one}" for one in _people(asked, calendar, notice.post_id)]
        if kind in (AskKind.OTHER_BOARD, AskKind.KEEPER):
            # It goes to several posts, which one person may hold; and who pressed knows.
            told = {ask.recipient for ask in asks} | {f"person:{asked.roles.person_id}"}
            to = [who for who in to if who not in told]
        meeting_id = meeting.id if meeting else 0
        asks += [
            NewAsk(kind, notice.subject, meeting_id, day, notice.step, who, None, fingerprint=notice.fingerprint)
            for who in to
        ]
    plan(asked.session, asked.workspace_id, asks, asked.now)


def _new_lead(asked: Round, notice: NoticeOut, calendar: BoardCalendar, meeting_id: int, day: date) -> list[NewAsk]:
    """Whoever answers for an action from now on, or did until now, is told, except whoever did it.

    Nobody is told of a change of which they never heard the beginning: what was given away and came back at once.
    """
    if calendar.board.started_at is None:
        return []
    told = told_of(notice.step)
    if notice.person_id is not None:
        people = [notice.person_id]
    else:
        serving = recipients(asked.session, asked.workspace_id, asked.today).get(notice.post_id or 0, ())
        people = [one.person_id for one in serving]
    unsaid = {
        (other.turn, other.post_id, ask.recipient)
        for ask in unsaid_about(asked.session, asked.workspace_id, AskKind.NEW_LEAD, notice.subject)
        for other in [told_of(ask.step)]
    }
    can = reachable(asked.session, asked.workspace_id)
    asks = []
    for one in people:
        who = f"person:{one}"
        if one == asked.roles.person_id or (OPPOSITE[told.turn], told.post_id, who) in unsaid:
            continue
        why = "" if one in can else NO_ACCOUNT
        state = AskState.LAPSED if why else AskState.OPEN
        asks.append(NewAsk(AskKind.NEW_LEAD, notice.subject, meeting_id, day, notice.step, who, None, why, state=state))
    return asks


def _people(asked: Round, calendar: BoardCalendar, post_id: int | None) -> tuple[int, ...]:
    """Who is told: those who act for a post, or keep a board, and can be reached."""
    serving = recipients(asked.session, asked.workspace_id, asked.today)
    can = reachable(asked.session, asked.workspace_id)
    if post_id is not None:
        return tuple(one.person_id for one in serving.get(post_id, ()) if one.person_id in can)
    people = keepers(calendar.board, serving, administrators(asked.session, asked.workspace_id, asked.today), can)
    if not people:
        log.warning("nobody can be told about the %s: no secretary and no administrator", calendar.board.name)
    return people
