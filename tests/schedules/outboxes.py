"""The plans and the moment of the tests of the outbox, and a world with one of them in it."""

from pathlib import Path
from typing import Any

from models.enums import MessageState
from models.storage.engine import Database
from schedules.outbox import Outbox
from tests.schedules.plans import WORKSPACE, a_plan, action, board, post
from tests.schedules.world import World

BOARDS = [board("partnership", "2020-09-16", "2020-12-08")]
ONE = a_plan(boards=BOARDS, actions=[action("healthy-5", due="2020-09-16")])
THREE = a_plan(boards=BOARDS, actions=[action(f"healthy-{n}", due="2020-09-16") for n in (5, 6, 7)])
EIGHT_LEADS = a_plan(
    boards=BOARDS,
    posts=[post(f"lead{n}") for n in range(8)],
    actions=[action(f"healthy-{n}", due="2020-09-16", lead=f"lead{n}") for n in range(8)],
)
REQUEST = "2020-08-17 09:30"
SENT, LATER, UNKNOWN, FAILED = MessageState.SENT, MessageState.LATER, MessageState.UNKNOWN, MessageState.FAILED
PLANNED, CLAIMED, CANCELLED = MessageState.PLANNED, MessageState.CLAIMED, MessageState.CANCELLED


def world(tmp_path: Path, plan: str = ONE, **more: Any) -> World:
    return World(tmp_path, plan, **more)


def second(sandbox: World) -> Outbox:
    """Another sender on the same database, with an engine of its own."""
    return Outbox(Database(sandbox.database.url), WORKSPACE, sandbox.messenger, sandbox.instant, sandbox.timing)


class Killed(BaseException):
    """The process ends here."""
