"""Sandboxes for tests: a plan is stored once at a moment, and each test works on a copy of that database."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import bot.demo.sandbox
from bot.demo.sandbox import Sandbox, example_plan, store_demo_plan
from models.files.planfile import PlanFile
from models.storage.engine import Database
from tests.homes import tables

_STORED: dict[tuple[str, datetime, bool], bytes] = {}


def stored_plan(plan: PlanFile, now: datetime, started: bool) -> bytes:
    """Return an SQLite file that holds a plan, stored as a demonstration's at a moment."""
    key = (repr(plan), now, started)
    if key not in _STORED:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "plan.db"
            path.write_bytes(tables())
            database = Database(str(path))
            store_demo_plan(database, plan, now, started=started)
            database.dispose()
            _STORED[key] = path.read_bytes()
    return _STORED[key]


def open_sandbox(
    path: Path, now: datetime, *, plan: PlanFile | None = None, started: bool = True, **options: Any
) -> Sandbox:
    """Start a workspace and the bot in it as `bot.demo.sandbox.open_sandbox` does, on a new SQLite file at `path`."""
    plan = plan or example_plan()
    path.write_bytes(stored_plan(plan, now, started))
    return bot.demo.sandbox.open_sandbox(str(path), now, plan=plan, stored=True, **options)
