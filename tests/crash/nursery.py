"""Starts senders in no time: a process that has imported everything, and forks one whenever it is told to.

A sender is the outbox, Slack's messenger and the runner, put together as `bot.app` does. The plan's time is in a file:
it stands still until the test writes another. Nothing in a sender knows that it is to be killed. Orders come on stdin,
a line of JSON each; each is answered with the sender's number.
"""

from __future__ import annotations

import ctypes
import gc
import json
import logging
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import configure_mappers

from bot.slack.messenger import SlackMessenger, sending_client
from models.db import Database
from schedules.outbox import AT_ONCE, Outbox, Timing
from schedules.runner import Runner, real_now
from tests.postgres import PR_SET_PDEATHSIG


def send(order: dict[str, Any]) -> None:
    """Ticks until it is killed."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    database = Database(order["database"])
    clock = Path(order["clock"])
    timing = Timing(
        lease=timedelta(seconds=order["lease"]),
        look_after=timedelta(seconds=order["look_after"]),
        look_again=timedelta(seconds=order["look_again"]),
    )
    messenger = SlackMessenger(sending_client(order["token"], order["api"]))
    outbox = Outbox(database, order["workspace"], messenger, database.clock(real_now), timing, AT_ONCE)
    Runner(outbox, lambda: datetime.fromisoformat(clock.read_text()), order["every"]).start()
    while True:
        signal.pause()


def main() -> None:
    """Forks a sender for every line; what has ended is cleared away by itself."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # What is imported is never garbage: no sender looks through it.
    configure_mappers()
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            # However the tests end, no sender outlives them.
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            devnull = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1):
                os.dup2(devnull, stream)
            send(json.loads(line))
        print(number, flush=True)


if __name__ == "__main__":
    main()
