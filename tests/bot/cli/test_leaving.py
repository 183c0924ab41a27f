"""A process is told to leave at any moment of its waiting, and leaves."""

from __future__ import annotations

import subprocess
import sys

import pytest

WAITS = """
import signal, sys, threading
from bot.cli.leaving import until_told_to_leave

at, seen = int(sys.argv[1]), 0
wait = until_told_to_leave()
threading.Timer(0.5, lambda: signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)).start()


def trace(frame, event, arg):
    global seen
    seen += event == "line"
    if seen == at:
        sys.settrace(None)
        signal.raise_signal(signal.SIGTERM)
    return trace


sys.settrace(trace)
wait()
sys.settrace(None)
print("left")
"""


@pytest.mark.parametrize("step", range(1, 9))
def test_it_leaves_at_whatever_step_of_its_waiting_it_is_told(step: int) -> None:
    """With an Event of `threading` it waits for ever from the third step on: its lock is held."""
    done = subprocess.run(
        [sys.executable, "-c", WAITS, str(step)], capture_output=True, text=True, check=True, timeout=20
    )
    assert done.stdout == "left\n"
