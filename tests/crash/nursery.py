"""Starts senders in no time: a process that has imported everything, and forks one whenever it is told to.

A sender is the outbox, Slack's messenger and the runner, put together as `bot.app` does. The plan's time is in a file:
it stands still until the test writes another. Nothing in a sender knows that it is to be killed. Orders come on stdin,
a line of JSON each; each is answered with the sender's number. An order to get `ready` brings none: what senders on
that database say to it is put together here, once for all of them, which is half of what a new one costs.
"""

from __future__ import annotations

import ctypes
import gc
import json
import logging
import os
import signal
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, configure_mappers

from bot.__main__ import real_now
from bot.slack.messenger import SlackMessenger, sending_client
from models.enums import Status
from models.storage.engine import Database
from models.storage.tables import Action
from schedules.outbox import MAX_IN_FLIGHT, Outbox, Timing
from schedules.preview import preview_pass
from schedules.runner import Runner
from tests.postgres import PR_SET_PDEATHSIG


def outbox_of(order: dict[str, Any], database: Database) -> Outbox:
    """The outbox of a sender."""
    timing = Timing(
        lease=timedelta(seconds=order["lease"]),
        look_after=timedelta(seconds=order["look_after"]),
        look_again=timedelta(seconds=order["look_again"]),
    )
    client = sending_client(order["token"], order["api"])
    messenger = SlackMessenger(client, look_wait=order["look_again"])
    return Outbox(database, order["workspace"], messenger, database.clock(real_now), timing, MAX_IN_FLIGHT)


def plan_time(order: dict[str, Any]) -> datetime:
    """What the plan's clock says."""
    return datetime.fromisoformat(Path(order["clock"]).read_text())


def make_ready(order: dict[str, Any], database: Database) -> None:
    """Looks at what would be sent to one lead, and stores nothing; no connection is handed on to a sender."""

    def one_lead(session: Session) -> None:
        others = Action.id > select(func.min(Action.id)).scalar_subquery()
        session.execute(update(Action).where(others).values(status=Status.COMPLETE))

    preview_pass(outbox_of(order, database), plan_time(order), one_lead)
    database.dispose()
    gc.freeze()


def send(order: dict[str, Any], database: Database) -> None:
    """Ticks until it is killed."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    Runner(outbox_of(order, database), lambda: plan_time(order), order["every"]).start()
    while True:
        signal.pause()


def reap(*_: object) -> None:
    """Clears away what has ended, so that what it cost is counted with the tests."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def main() -> None:
    """Forks a sender for every line."""
    signal.signal(signal.SIGCHLD, reap)
    # What is imported is never garbage: no sender looks through it.
    configure_mappers()
    gc.collect()
    gc.freeze()
    known: dict[str, Database] = {}
    for line in sys.stdin:
        order = json.loads(line)
        database = known.get(order["database"]) or Database(order["database"])
        if order.get("ready"):
            known[database.url] = database
            make_ready(order, database)
            print(0, flush=True)
            continue
        number = os.fork()
        if number == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            # However the tests end, no sender outlives them.
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            devnull = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1):
                os.dup2(devnull, stream)
            send(order, database)
        print(number, flush=True)


if __name__ == "__main__":
    main()
