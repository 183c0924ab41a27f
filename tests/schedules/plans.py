"""Small plans, and how they are stored: for the tests of `schedules`."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from models.files.import_plan import store_plan
from models.files.planfile import read_plan
from models.storage.engine import Database
from models.storage.scope import ALL
from models.storage.workspaces import ensure_workspace
from tests.homes import Files, Home

WORKSPACE = "T0TESTS"
LONDON = ZoneInfo("Europe/London")


def local(text: str) -> datetime:
    """A local clock time in London: "2020-08-10 09:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def said_at(instant: datetime) -> str:
    """An instant as the tables write it: "Mon 10 Aug 09:30"."""
    there = instant.astimezone(LONDON)
    return f"{there:%a} {there.day} {there:%b %H:%M}"


# Plans


def person(key: str) -> dict[str, str]:
    """Somebody with an account; `key` is how the tests call them."""
    return {"name": key, "email": f"{key}@example.org", "slack": slack_id(key)}


def slack_id(key: str) -> str:
    """The Slack id of somebody: "lead" → U0LEADXXXX."""
    return "U0" + key.upper().replace("-", "").ljust(8, "X")[:12]


def post(key: str, *, organisation: str = "council", holder: bool | str = True, **more: object) -> dict[str, Any]:
    """A post held by somebody of the same name; `holder`: False for nobody, "no account" for one without Slack."""
    given: dict[str, Any] = {"key": key, "title": f"The {key}", "organisation": organisation, **more}
    if holder == "no account":
        given["holder"] = {"name": key}
    elif holder:
        given["holder"] = person(key)
    return given


def board(key: str, *meetings: str | Mapping[str, object], **more: object) -> dict[str, Any]:
    """A board with its meetings (14:00), kept by the clerk: a day, a month for an expected one, or all of a meeting."""
    rows: list[dict[str, object]] = []
    for meeting in meetings:
        if not isinstance(meeting, str):
            rows.append({"time": "14:00", **meeting})
        else:
            rows.append({"expected": meeting} if len(meeting) == 7 else {"date": meeting, "time": "14:00"})
    return {"key": key, "name": f"{key.capitalize()} Board", "secretary": "clerk", "meetings": rows, **more}


def action(ref: str, **more: object) -> dict[str, Any]:
    """A deliverable on track, led by "lead", of the partnership board and the theme Healthy."""
    given: dict[str, Any] = {"ref": ref, "kind": "deliverable", "words": f"Do {ref}", "board": "partnership"}
    given |= {"theme": "healthy", "lead": "lead", "status": "on track"} | more
    return {name: value for name, value in given.items() if value is not None}


def a_plan(
    *,
    boards: Sequence[dict[str, Any]],
    actions: Sequence[dict[str, Any]] = (),
    posts: Sequence[dict[str, Any]] = (),
    closed: Sequence[tuple[str, str]] = (),
    administrators: Sequence[str] = ("admin",),
    measures: Sequence[dict[str, Any]] = (),
) -> str:
    """A plan file. `closed`: the dates on which the schools, one of its organisations, are closed."""
    mine = {given["key"] for given in posts}
    usual = [post(key) for key in ("lead", "clerk") if key not in mine]
    spans = [{"from": first, "to": last} for first, last in closed]
    return yaml.safe_dump(
        {
            "plan": {"name": "Our plan", "area": "Sefton", "from": "2020-04-01", "to": "2025-03-31"},
            "themes": [{"key": "healthy", "name": "Healthy"}, {"key": "heard", "name": "Heard"}],
            "organisations": [
                {"key": "council", "name": "The Council"},
                {"key": "schools", "name": "Schools", "closed": spans},
            ],
            "posts": [*usual, *posts],
            "administrators": [person(key) for key in administrators],
            "boards": list(boards),
            "actions": list(actions),
            "measures": list(measures),
        },
        sort_keys=False,
    )


home: Home = Files()
"""Where the databases live; `tests/schedules/conftest.py` puts another in its place for a test."""


def store(folder: Path, plan: str, now: datetime, name: str = "plan.db") -> Database:
    """A database with a plan in it."""
    if isinstance(home, Files):
        (folder / name).write_bytes(_stored(plan, now))
        return Database(str(folder / name))
    return _fill(Database(home.new(folder, name)), plan, now)


def _fill(database: Database, plan: str, now: datetime) -> Database:
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, WORKSPACE, now)
        store_plan(session, WORKSPACE, read_plan(plan, "plan.yaml"), now)
    return database


@lru_cache(maxsize=64)
def _stored(plan: str, now: datetime) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        database = _fill(Database(Files().new(Path(folder))), plan, now)
        database.dispose()
        return (Path(folder) / "plan.db").read_bytes()


# A chat service
