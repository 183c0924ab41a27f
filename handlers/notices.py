"""Things for other people that a round brings about: planned in its transaction, sent by the next tick."""

import logging
from collections.abc import Sequence

from handlers.context import Round
from handlers.replies import NoticeOut
from models.deliveries import NewAsk, plan
from models.enums import AskKind
from models.facts import keepers
from models.queries import administrators, reachable, recipients
from models.tables import Action

log = logging.getLogger(__name__)


def plan_notices(asked: Round, notices: Sequence[NoticeOut]) -> None:
    """Writes notices into the ledger: to a board's channel, or to whoever keeps the board's actions."""
    asks = []
    for notice in notices:
        kind = AskKind(notice.kind)
        board_id = notice.board_id
        if board_id is None:
            action = asked.session.get(Action, notice.subject)
            board_id = notice.subject if kind is AskKind.PUBLISH else action.board_id if action else None
        calendar = asked.calendar(board_id)
        if calendar is None:
            continue
        meeting = calendar.by_id.get(notice.meeting_id or 0)
        day = calendar.day(meeting) if meeting and meeting.starts_at else asked.today
        if kind is AskKind.PUBLISH:
            to = [f"channel:{calendar.board.channel}"]
        else:
            people = keepers(
                calendar.board,
                recipients(asked.session, asked.workspace_id, asked.today),
                administrators(asked.session, asked.workspace_id),
                reachable(asked.session, asked.workspace_id),
            )
            to = [f"person:{one}" for one in people]
            if not people:
                log.warning("nobody can be told about the %s: no secretary and no administrator", calendar.board.name)
        meeting_id = meeting.id if meeting else 0
        asks += [NewAsk(kind, notice.subject, meeting_id, day, notice.step, who, None) for who in to]
    plan(asked.session, asked.workspace_id, asks, asked.now)
