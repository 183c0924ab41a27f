"""Wait until the process is told to leave."""

import signal
from collections.abc import Callable
from queue import SimpleQueue


def until_told_to_leave() -> Callable[[], object]:
    """Take SIGTERM and Ctrl-C from now on, and return what waits for the first of them."""
    # The handler runs in the thread that waits, between any two of its steps: there an Event may hold its own lock, and
    # setting it would wait for ever. Putting into a SimpleQueue is reentrant.
    told: SimpleQueue[None] = SimpleQueue()
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda *_: told.put(None))
    return told.get
