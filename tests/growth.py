"""Whether work grows with its size, and no faster: speed is never asserted in seconds, which a busy machine decides."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Size = TypeVar("Size")
Done = TypeVar("Done")

FACTOR = 4
MOST = 8.0
"""Four times the work may take so many times as long: what is linear takes four, what is quadratic sixteen."""
TRIES = 3
TOO_SHORT = 0.02
"""Seconds of CPU under which a clock says little: shorter work counts as this long."""


def assert_linear(work: Callable[[Size], Done], small: Size, large: Size) -> Done:
    """Work on something, and on the same four times as large: the CPU time of this process, the best of three tries.

    Gives what the work on the larger one gave.
    """
    least = [float("inf"), float("inf")]
    for _ in range(TRIES):
        for at, size in enumerate((small, large)):
            began = time.process_time()
            done = work(size)
            least[at] = min(least[at], time.process_time() - began)
        if least[1] < MOST * max(least[0], TOO_SHORT):
            return done
    raise AssertionError(f"{FACTOR} times the work took {least[1]:.3f} s of CPU after {least[0]:.3f} s")


def repeated(piece: str, length: int) -> tuple[str, str]:
    """A text of so many characters made of one piece, behind its first quarter."""
    whole = (piece * (length // len(piece) + 1))[:length]
    return whole[: length // FACTOR], whole
