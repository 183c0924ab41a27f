"""What questions cost where much has happened, and in a large plan: beside the same with little, and with a tenth.

`python -m tests.benchmarks.history_figures WHERE` is a process that has just started: it says how long its first
question took.
"""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from time import thread_time
from types import SimpleNamespace
from typing import Any

from bot.app import Bot
from bot.demo.sandbox import TEAM
from bot.slack.render_home import render_home
from bot.slack.requests import read_command, read_request
from bot.slack.responding import one_message
from handlers.context import RequestContext
from handlers.responses import Response
from handlers.status.home import show_home
from models.enums import Way
from models.plan.accounts import Actor
from tests.benchmarks.answering import open_bot, opened
from tests.benchmarks.history import ASKED_AT, LEAD, with_history
from tests.benchmarks.measure import Figure, in_turn, seconds
from tests.benchmarks.run import Run
from tests.benchmarks.stand_in import CHAIR, SECRETARY

QUESTIONS = {
    "status": ("status", CHAIR, "actions"),
    "priority": ("status priority 1", CHAIR, "Priority 1"),
    "overdue": ("overdue", CHAIR, "overdue"),
    "owing": ("owing", SECRETARY, "owe"),
    "mine": ("mine", LEAD, "action"),
    "digest": ("digest board-0", SECRETARY, "Board 0"),
    "search": ("find advisors", CHAIR, "advisors"),
    "history": ("history 1.2", CHAIR, "1.2"),
}
"""What is asked, by whom, and what stands in the answer; Home is opened beside them."""
MOST_MS = 1_000


def questions(bot: Bot) -> dict[str, Callable[[], object]]:
    """Every question, ready to be asked: from the words to the rendered message or Home tab.

    Not from dispatch to acknowledgement: what takes over a second and a half is acknowledged first.
    """
    asked: dict[str, Callable[[], object]] = {
        name: partial(_ask, bot, Actor(TEAM, user), text, said) for name, (text, user, said) in QUESTIONS.items()
    }
    return asked | {"home": partial(_home, bot, SECRETARY), "home-lead": partial(_home, bot, LEAD)}


def _ask(bot: Bot, actor: Actor, text: str, said: str) -> None:
    answered = read_command(bot.deps, actor, text)
    message = one_message(answered) if answered else None
    if message is None or said not in message.text:
        raise AssertionError(f"“{text}” was answered: {message and message.text[:200]}")


def _home(bot: Bot, user: str) -> None:
    parts: list[Any] = []

    def work(ctx: RequestContext) -> Response:
        parts.extend(show_home(ctx))
        return Response(None)

    read_request(bot.deps, Actor(TEAM, user), Way.BUTTON, work)
    if not render_home(tuple(parts))["blocks"]:
        raise AssertionError("an empty Home tab")


def history(run: Run) -> Iterator[Figure]:
    """Each question over actions with many entries, beside the same over as many actions with few."""
    sizes = run.sizes
    plan = partial(with_history, actions=sizes.asked_actions)
    few = run.databases.get("history-few.db", partial(plan, entries=sizes.few_entries))
    many = run.databases.get("history-many.db", partial(plan, entries=sizes.many_entries))
    with opened(run, few, ASKED_AT) as little, opened(run, many, ASKED_AT) as much:
        beside = questions(little)
        for name, mine in questions(much).items():
            taken = in_turn(sizes.rounds, min(sizes.calls, 8), mine, beside[name])
            what = f"{_said(name)}, {sizes.asked_actions:,} actions with {sizes.many_entries} entries each"
            than = f"the same with {sizes.few_entries} entries each"
            yield Figure(f"history-{name}", what, than, "ms", taken[0], taken[1], 1.5)


def large(run: Run) -> Iterator[Figure]:
    """Each question in a large plan, beside a plan of a tenth of it: when asked again, and first in a new process.

    By what it takes of the processor: the bounds are in seconds, and a machine that does other things is no slower so.
    """
    sizes = run.sizes
    tenth = max(1, sizes.large_actions // 10), max(1, sizes.large_boards // 10), max(1, sizes.large_people // 10)
    paths = []
    for actions, boards, people in (tenth, (sizes.large_actions, sizes.large_boards, sizes.large_people)):
        make = partial(with_history, actions=actions, entries=sizes.large_entries, boards=boards, people=people)
        paths.append(run.databases.get(f"large-{actions}.db", make))
    with opened(run, paths[0], ASKED_AT) as little, opened(run, paths[1], ASKED_AT) as much:
        beside = questions(little)
        # Each in a process of its own, where it is to be measured and not only tried.
        together = _first(run, paths[1], beside) if sizes.rounds == 1 else {}

        def alone(name: str) -> float:
            return together[name] if together else _first(run, paths[1], (name,))[name]

        for name, mine in questions(much).items():
            first = [alone(name) for _ in range(min(sizes.rounds, 2))]
            mine_ms, its_ms = in_turn(min(sizes.rounds, 3), min(sizes.calls, 3), mine, beside[name], clock=thread_time)
            what = f"{_said(name)}, {sizes.large_actions:,} actions, {sizes.large_boards} boards"
            also = {
                "median_ms": round(statistics.median(mine_ms), 1),
                "first_in_a_process_ms": round(statistics.median(first), 1),
            }
            within = dict.fromkeys(also, MOST_MS)
            yield Figure(
                f"large-{name}",
                what,
                "the same in a plan of a tenth",
                "ms",
                mine_ms,
                its_ms,
                15,
                also=also,
                within=within,
            )


def _said(name: str) -> str:
    return f"/cypp {QUESTIONS[name][0]}" if name in QUESTIONS else "the Home tab"


def _first(run: Run, path: Path, names: Iterable[str]) -> dict[str, float]:
    """Asks some questions in a process that has just started; the milliseconds of each."""
    tokens = {one: getattr(run.stand_in, one) for one in ("bot_token", "app_token", "api_url")}
    where = json.dumps({"path": str(path), "names": list(names), **tokens})
    words = (sys.executable, "-m", "tests.benchmarks.history_figures", where)
    found: dict[str, float] = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return found


def main() -> None:
    """Prints how many milliseconds the first questions to a bot took that was just put together."""
    where = json.loads(sys.argv[1])
    run: Any = SimpleNamespace(stand_in=SimpleNamespace(**where))
    bot = open_bot(run, Path(where["path"]), ASKED_AT)
    gc.freeze()
    asked = questions(bot)
    print(json.dumps({name: seconds(asked[name], thread_time) * 1000 for name in where["names"]}))
    bot.deps.later.shutdown()
    bot.deps.database.dispose()


if __name__ == "__main__":
    main()
