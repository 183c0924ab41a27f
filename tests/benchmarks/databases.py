"""The databases that are measured on: written by the product where they are small, else multiplied by SQL.

What is multiplied is copied with all its columns from rows that the product wrote, so that a column added later has its
right value in the copies too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import update

from bot.demo.sandbox import EXAMPLE_PLAN, TEAM
from models.files.import_plan import store_plan
from models.files.planfile import PlanFile, read_plan
from models.storage.base import Base
from models.storage.engine import Database
from models.storage.tables import Board
from models.storage.workspaces import ensure_workspace
from tests.benchmarks.stand_in import conversation, lead
from tests.homes import tables
from tests.yaml_files import read_yaml

STEP = 1_000_000
"""Between the numbers of one workspace's rows and the next one's."""
COPIED = ("plan", "theme", "priority", "organisation", "person", "post", "appointment", "board", "meeting")
FIRST_DAY = datetime.fromisoformat("2020-07-01T09:00+00:00")
"""When the boards of these plans began their reminders."""


def example_of(**changed: Any) -> PlanFile:
    """The example plan with the 33 actions that the Sefton plan has for its themes, and whatever is changed."""
    plan = read_yaml(EXAMPLE_PLAN)
    plan["actions"] = [action for action in plan["actions"] if action.get("theme")]
    # They name actions that were given in meetings.
    plan |= {"risks": [], "assessments": []}
    return as_plan(plan | changed)


def as_plan(plan: dict[str, Any]) -> PlanFile:
    """Plain data as a plan that was read."""
    return read_plan(yaml.safe_dump(plan, allow_unicode=True, sort_keys=False).encode(), "plan.yaml")


def write(path: Path, plan: PlanFile) -> Path:
    """A database with a plan in it, its boards' reminders begun."""
    path.write_bytes(tables())
    database = Database(str(path))
    with database.write(workspace=TEAM) as session:
        ensure_workspace(session, TEAM, FIRST_DAY, is_demo=True)
        store_plan(session, TEAM, plan, FIRST_DAY)
        session.execute(update(Board).values(started_at=FIRST_DAY))
    database.dispose()
    return path


def spread(path: Path, workspaces: int, actions: int) -> Path:
    """The example plan of 33 actions, and so many other workspaces with so many actions each."""
    write(path, example_of())
    with _fast(path) as connection:
        _numbers(connection, workspaces * actions)
        shift = f"+ (n.i + 1) * {STEP}"
        connection.execute(
            f"INSERT INTO workspace ({_names('workspace')}) SELECT "
            f"{_columns('workspace', {'id': there_id('n.i')})} FROM n CROSS JOIN workspace one "
            f"WHERE one.id = '{TEAM}' AND n.i < {workspaces}"
        )
        for table in COPIED:
            _multiply(connection, table, f"one.workspace_id = '{TEAM}' AND n.i < {workspaces}", _moved(table, shift))
        first, many = connection.execute("SELECT min(id), count(*) FROM action").fetchone()
        shift = f"+ (n.i / {actions} + 1) * {STEP}"
        nth = f"(n.i % {actions})"
        moved = _moved("action", shift, there_id(f"(n.i / {actions})")) | {
            "id": f"{nth} + 1 {shift}",
            "position": nth,
            "ref": f"one.ref || '-' || ({nth} / {many})",
            "ref_key": f"one.ref_key || '-' || ({nth} / {many})",
        }
        _multiply(connection, "action", f"one.id = {first} + {nth} % {many} AND n.i < {workspaces * actions}", moved)
    return path


def there_id(number: str) -> str:
    """The SQL for the workspace of this number; `other_workspace` is the same in Python."""
    return f"printf('T%07d', {number})"


def other_workspace(number: int) -> str:
    """One of the workspaces that `spread` adds."""
    return f"T{number:07d}"


def one_plan(path: Path, leads: int, due: int, later: int) -> Path:
    """One workspace: leads, and actions spread evenly over them, some due on 16 September, the rest in December."""
    write(path, _pattern())
    with _fast(path) as connection:
        _numbers(connection, max(leads, due, later))
        person, post, appointment = (
            connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
            for table in ("person", "post", "appointment")
        )
        accounts = {
            "name": "'Lead ' || n.i",
            "email": "'lead' || n.i || '@example.org'",
            "slack_user": f"printf('{lead(0)[:3]}%07d', n.i)",
            "slack_team": f"'{TEAM}'",
            "channel": f"printf('{conversation(0)[:3]}%07d', n.i)",
        }
        posts = {"key": "'lead-' || n.i", "title": "'Lead ' || n.i"}
        _multiply(
            connection, "person", f"one.id = {person} AND n.i < {leads}", {"id": f"{person} + 1 + n.i"} | accounts
        )
        _multiply(connection, "post", f"one.id = {post} AND n.i < {leads}", {"id": f"{post} + 1 + n.i"} | posts)
        serves = {"id": f"{appointment} + 1 + n.i", "post_id": f"{post} + 1 + n.i", "person_id": f"{person} + 1 + n.i"}
        _multiply(connection, "appointment", f"one.id = {appointment} AND n.i < {leads}", serves)
        for pattern, many, at in (("due", due, 0), ("later", later, due)):
            (first,) = connection.execute("SELECT max(id) FROM action").fetchone()
            changed = {
                "id": f"{first} + 1 + n.i",
                "position": f"{at} + n.i",
                "lead_post_id": f"{post} + 1 + n.i % {leads}",
                "ref": f"'{pattern}-' || (n.i + 1)",
                "ref_key": "one.ref_key || '-' || (n.i + 1)",
            }
            _multiply(connection, "action", f"one.ref = '{pattern}-0' AND n.i < {many}", changed)
        # The two patterns are nobody's: they would be asked of the post that keeps the board.
        connection.execute("UPDATE action SET lead_post_id = NULL WHERE ref IN ('due-0', 'later-0')")
    return path


def _pattern() -> PlanFile:
    """A plan with one action of each sort, to be multiplied."""
    clerk = {"name": "Clerk", "email": "clerk@example.org", "slack": "U0DEMSERV"}
    someone = {"name": "Lead", "email": "lead@example.org", "slack": "U0LEADONE"}
    action = {"kind": "deliverable", "words": "Have two advisors in every school", "theme": "healthy"}
    action |= {"board": "partnership", "lead": "lead", "status": "on track"}
    days = [{"date": day, "time": "14:00"} for day in (date(2020, 6, 10), date(2020, 9, 16), date(2020, 12, 8))]
    board = {"key": "partnership", "name": "Partnership Board", "secretary": "clerk", "meetings": days}
    return as_plan(
        {
            "plan": {"name": "A large plan", "area": "Sefton", "from": "2020-04-01", "to": "2025-03-31"},
            "themes": [{"key": "healthy", "name": "Healthy"}],
            "priorities": [{"number": 7, "title": "Good health", "theme": "healthy"}],
            "organisations": [{"key": "council", "name": "The Council"}],
            "posts": [
                {"key": "clerk", "title": "Clerk", "organisation": "council", "holder": clerk},
                {"key": "lead", "title": "Lead", "organisation": "council", "holder": someone},
            ],
            "administrators": [],
            "boards": [board],
            "actions": [
                action | {"ref": "due-0", "due": date(2020, 9, 16)},
                action | {"ref": "later-0", "due": date(2020, 12, 8)},
            ],
        }
    )


def copy_of(path: Path, name: str) -> Path:
    """The same database in another file, as it stands."""
    target = path.with_name(name)
    for left in target.parent.glob(f"{name}*"):
        left.unlink()
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
    return target


class Databases:
    """The databases of one run, in its folder: each is made when it is first asked for."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder, self._say = folder, say

    def get(self, name: str, make: Callable[[Path], Path]) -> Path:
        """The database of this name, by `make` where it is not there yet."""
        path = self.folder / name
        if not path.exists():
            self._say(f"writing {name}")
            make(path)
        return path


@contextmanager
def _fast(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cares for nothing but speed; the file is not in use yet."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-200000")
        connection.execute("BEGIN")
        yield connection
        connection.execute("DROP TABLE temp.n")
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


def _numbers(connection: sqlite3.Connection, many: int) -> None:
    connection.execute("CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)")
    connection.execute(
        "INSERT INTO n WITH RECURSIVE up(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM up WHERE i + 1 < ?) "
        "SELECT i FROM up",
        (many,),
    )


def _multiply(connection: sqlite3.Connection, table: str, where: str, changed: dict[str, str]) -> None:
    """One more row for every number, copied from `one` but for what is changed (SQL by column)."""
    connection.execute(
        f"INSERT INTO {table} ({_names(table)}) SELECT {_columns(table, changed)} "
        f"FROM n CROSS JOIN {table} one WHERE {where}"
    )


def _names(table: str) -> str:
    return ", ".join(f'"{column.name}"' for column in Base.metadata.tables[table].columns)


def _columns(table: str, changed: dict[str, str]) -> str:
    names = [column.name for column in Base.metadata.tables[table].columns]
    return ", ".join(changed.get(name, f'one."{name}"') for name in names)


def _moved(table: str, shift: str, workspace: str = there_id("n.i")) -> dict[str, str]:
    """A row in another workspace: its own number, and those of what it points to, all moved by as much."""
    changed: dict[str, str] = {}
    for column in Base.metadata.tables[table].columns:
        if column.name == "workspace_id":
            changed[column.name] = workspace
        elif column.name == "id" or column.foreign_keys:
            changed[column.name] = f'one."{column.name}" {shift}'
    return changed
