"""A page put back to a moment of it: its town, and what it remembers of its visitor."""

from __future__ import annotations

from pathlib import Path

from bot.demo.page import Page
from bot.demo.page.timeline import Timeline
from bot.demo.page.visit import Visit
from tests.bot.slack.e2e import Kept


class Again:
    """Keeps a page as it is now."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.town = Kept(page.town, folder)

    def back(self) -> Page:
        """The page as it was, with a visitor who has done nothing yet."""
        self.town.back()
        visit = self.page.visit
        fresh = Visit(visit.town, visit.cast, Timeline(visit.town.clock), visit.plan, visit.zone)
        vars(visit).update(vars(fresh))
        return self.page
