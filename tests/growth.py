"""Whether work grows with its size and no faster: measured side by side, in processor time, never in seconds."""

import time
from collections.abc import Callable

SMALL, LARGE = 10_000, 40_000
SLACK = 3
"""How much dearer, for its size, the larger piece may be: a machine that does other things is not steady."""
NOISE = 0.02
"""Seconds of processor time below which nothing can be told apart."""


def stays_in_proportion(work: Callable[[int], object], small: int = SMALL, large: int = LARGE) -> None:
    """Does the work at two sizes, three times each; the best of the larger may cost its share, and some slack."""
    costs = {size: min(_cost(work, size) for _ in range(3)) for size in (small, large)}
    most = (costs[small] + NOISE) * SLACK * large / small
    assert costs[large] <= most, f"{small}: {costs[small]:.3f} s, {large}: {costs[large]:.3f} s"


def _cost(work: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    work(size)
    return time.process_time() - began
