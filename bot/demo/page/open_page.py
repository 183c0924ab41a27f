"""Open the page: a sandbox on the example plan, in a temporary folder."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo.page.cast import cast_of
from bot.demo.page.ict import IctStory
from bot.demo.page.routes import DemoRoutes
from bot.demo.page.timeline import Timeline
from bot.demo.page.visit import Visit
from bot.demo.sandbox import DEMO, Sandbox, example_plan, open_sandbox
from bot.demo.workspace import LocalWorkspace
from models.errors import Refusal
from models.rules.calendar import at_local

_BEGINS = (date(2020, 8, 7), time(10))
"""Local day and time at which the story begins: ten days before the first requests."""


@dataclass
class DemoPage:
    """A page that is being served."""

    sandbox: Sandbox
    visit: Visit
    _ending: ExitStack

    @property
    def address(self) -> str:
        """The URL of the page."""
        return f"{self.sandbox.workspace.base_url}/"

    def close(self) -> None:
        """Stop serving and delete the folder; a move of the clock under way stops where it is."""
        self.visit.ending.set()
        self._ending.close()


def open_page(port: int = 0, workspace_type: type[LocalWorkspace] = LocalWorkspace) -> DemoPage:
    """Serve the page on loopback, on a free port where `port` is 0.

    Raises:
        Refusal: the port cannot be had.
    """
    plan = example_plan()
    zone = ZoneInfo(plan.plan.zone)
    begins = at_local(_BEGINS[0], zone, _BEGINS[1])
    pages = DemoRoutes()
    with ExitStack() as opening:
        folder = opening.enter_context(tempfile.TemporaryDirectory(prefix="cypp-demo-"))
        try:
            sandbox = open_sandbox(
                str(Path(folder) / "demo.db"),
                begins,
                workspace_type(DEMO, port=port, routes=pages.routes()),
                plan,
            )
        except OSError as error:
            raise Refusal(_no_port(port, error)) from None
        opening.callback(sandbox.close)
        ict = IctStory(plan, begins)
        opening.callback(ict.close)
        pages.visit = Visit(sandbox, cast_of(plan), Timeline(sandbox.clock), plan.plan.name, zone, ict)
        return DemoPage(sandbox, pages.visit, opening.pop_all())


def _no_port(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use, perhaps by another demo: name another one, or leave --port out."
    if error.errno == errno.EACCES:
        return f"Port {port} is not for everybody on this machine: name one above 1023, or leave --port out."
    return f"The page cannot be served ({os.strerror(error.errno or 0)}): leave --port out."


def has_screen() -> bool:
    """Return whether a browser can be opened where somebody sees it."""
    if os.environ.get("CI"):
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
