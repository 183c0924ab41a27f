"""Sandboxes in a local workspace that can be disturbed.

A plan is stored once at a moment, and each test works on a copy of that database.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Barrier
from typing import Any

from bot.demo import sandbox
from bot.demo.sandbox import example_plan, store_demo_plan
from bot.demo.workspace import Answer
from models.files.planfile import PlanFile
from models.storage.engine import Database
from tests.homes import tables
from tests.local_slack.workspace import LocalWorkspace

_STORED: dict[tuple[str, datetime, bool], bytes] = {}


@dataclass
class Sandbox(sandbox.Sandbox):
    """A running test."""

    workspace: LocalWorkspace

    def command(self, user: str, text: str) -> Answer:
        """Types `/cypp …` as somebody; all that follows from the answer is done when it returns."""
        answer = self.workspace.command(user, "/cypp", text)
        finish_pool(self.bot.deps.later)
        return self.then_tick(answer)

    def change_meeting(self, user: str, text: str) -> Answer:
        """Types `/cypp meeting …`, and makes the change that is shown first."""
        asked = self.command(user, f"meeting {text}")
        does = [one for one in asked.message.buttons() if one.action_id.startswith("cypp:domeeting:")]
        return self.press_in(user, asked.message, does[-1].text) if does else asked


def finish_pool(later: ThreadPoolExecutor) -> None:
    """Waits until all that the bot does after an acknowledgement is done."""
    together = Barrier(later._max_workers + 1)
    for _ in range(later._max_workers):
        later.submit(together.wait, 20)
    together.wait(20)


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
    place: Path | str,
    now: datetime,
    *,
    plan: PlanFile | None = None,
    started: bool = True,
    lease: float = 65,
    look_after: float = 120,
    look_again: float = 60,
    **options: Any,
) -> Sandbox:
    """Start a workspace, with any `options` of its, and the bot in it, on a new SQLite file or an empty database.

    `lease`, `look_after` and `look_again` are the ledger's real-time spans in seconds.
    """
    plan = plan or example_plan()
    if isinstance(place, Path):
        place.write_bytes(stored_plan(plan, now, started))
    else:
        store_demo_plan(Database(place), plan, now, started=started)
    opened = sandbox.start_sandbox(
        str(place),
        now,
        LocalWorkspace(sandbox.DEMO, **options),
        plan,
        cypp_lease_seconds=lease,
        cypp_look_after_seconds=look_after,
        cypp_look_again_seconds=look_again,
    )
    return Sandbox(**vars(opened))
