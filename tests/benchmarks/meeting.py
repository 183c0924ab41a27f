"""Moving a meeting at which much is due, beside one at which little is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import cycle

from bot.app import Bot
from tests.benchmarks.answering import ask, command, opened
from tests.benchmarks.databases import FIRST_DAY, one_plan
from tests.benchmarks.measure import Figure, in_turn
from tests.benchmarks.run import Run
from tests.benchmarks.stand_in import SECRETARY

NOW = FIRST_DAY + timedelta(days=2)
DAYS = ("16 Sep", "23 Sep")


def moving(run: Run) -> Iterator[Figure]:
    """`/cypp meeting move`, which tries it and takes it back to say what happens, dispatch to acknowledgement."""
    sizes = run.sizes
    few = run.databases.get("due-few.db", partial(one_plan, leads=sizes.due_few, due=sizes.due_few, later=0))
    many = run.databases.get("due-many.db", partial(one_plan, leads=sizes.due_few, due=sizes.due_many, later=0))
    with opened(run, few, NOW) as little, opened(run, many, NOW) as much:
        mine, its = in_turn(sizes.rounds, min(sizes.calls, 10), move(much), move(little))
    what = f"/cypp meeting move, with {sizes.due_many:,} actions due at it, dispatch to acknowledgement"
    yield Figure("moving", what, f"the same with {sizes.due_few} actions", "ms", mine, its, 3)


def move(bot: Bot) -> Callable[[], None]:
    """Asks each time it is called what moving the meeting by a week would do."""
    came, goes = DAYS
    moves = cycle([ask(bot.app, command(f"meeting move {came} to {goes}", user=SECRETARY), "Move the meeting of ")])
    return lambda: next(moves)()
