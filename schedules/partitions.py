"""How work is gone through: several things at once, or very many with nothing in between."""

import gc
import random
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

_Thing = TypeVar("_Thing")
Result = TypeVar("Result")

# Of the system's own: copies that were seeded alike would mix alike.
_MIXED = random.SystemRandom()
FEWEST = 8
"""So many lanes are worth several threads: a few messages are sent one after the other."""


def run_partitioned(
    things: Sequence[_Thing],
    lane: Callable[[_Thing], Hashable],
    do: Callable[[_Thing], Result],
    stopping: Event,
    at_once: int,
) -> list[Result]:
    """Run `work` on each item in parallel; return the results in the order of the items."""
    lanes: dict[Hashable, list[int]] = {}
    for at, thing in enumerate(things):
        lanes.setdefault(lane(thing), []).append(at)
    done: dict[int, Result] = {}

    def along(numbers: Sequence[int]) -> None:
        for at in numbers:
            if stopping.is_set():
                return
            done[at] = do(things[at])

    if at_once < 2 or len(lanes) < FEWEST:
        along(range(len(things)))
    else:
        with ThreadPoolExecutor(at_once, thread_name_prefix="sending") as pool:
            mixed = _MIXED.sample(list(lanes.values()), len(lanes))
            for ended in [pool.submit(along, numbers) for numbers in mixed]:
                ended.result()
    return [done[at] for at in sorted(done)]


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause garbage collection: over a large plan it took a fifth to a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
