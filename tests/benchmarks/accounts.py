"""What Slack tells of an account, for each status that somebody sets, in a workspace of many members."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from slack_sdk import WebClient

from bot.demo.sandbox import TEAM
from bot.slack.directory import Directory
from models.plan.accounts import AccountSeen
from models.plan.directory_rows import remember
from models.storage.engine import Database
from tests.benchmarks.databases import FIRST_DAY, example_of, write
from tests.benchmarks.measure import Figure, in_turn
from tests.benchmarks.run import Run


def _members(count: int, path: Path) -> Path:
    write(path, example_of())
    database = Database(str(path))
    with database.write(workspace=TEAM) as session:
        remember(session, TEAM, [AccountSeen(TEAM, f"U{number:07}") for number in range(count)], FIRST_DAY)
    database.dispose()
    return path


def accounts(run: Run) -> Iterator[Figure]:
    """A status that somebody of very many sets, beside one of few: one row is read, and nothing is written."""
    sizes = run.sizes
    works = []
    for name, count in (("many", sizes.members_many), ("few", sizes.members_few)):
        path = run.databases.get(f"members-{name}.db", partial(_members, count))
        directory = Directory(WebClient(token=""), Database(str(path)), TEAM, lambda: FIRST_DAY)
        told = {"id": "U0000001", "team_id": TEAM, "profile": {"status_text": "in a call"}}
        works.append(partial(directory.changed, told))
    many, few = in_turn(sizes.rounds, sizes.calls, *works)
    what = f"a status that one of {sizes.members_many:,} members sets, as Slack tells of it"
    yield Figure("accounts", what, f"of {sizes.members_few:,}", "ms", many, few, 1.5)
