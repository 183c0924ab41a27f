"""Several things at once, and one after the other where they belong together."""

from threading import Barrier, Event, Lock

from schedules.partitions import FEWEST, run_partitioned


def test_those_of_one_lane_go_one_after_the_other_and_what_came_of_all_is_in_their_order() -> None:
    things = [(lane, n) for n in range(3) for lane in range(FEWEST)]
    begun: list[tuple[int, int]] = []
    lock, at_first = Lock(), Barrier(4)

    def do(thing: tuple[int, int]) -> tuple[int, int]:
        with lock:
            begun.append(thing)
        if len(begun) <= 4:
            at_first.wait(timeout=20)
        return thing

    assert run_partitioned(things, lambda thing: thing[0], do, Event(), 4) == things
    for lane in range(FEWEST):
        assert [n for one, n in begun if one == lane] == [0, 1, 2]


def test_once_it_is_to_stop_no_other_is_begun() -> None:
    stopping = Event()

    def do(thing: int) -> int:
        stopping.set()
        return thing

    for at_once in (1, 2):
        stopping.clear()
        assert 1 <= len(run_partitioned(range(100), lambda thing: thing, do, stopping, at_once)) <= at_once
