"""One page for all tests of it, put back to a moment for each: its slack, and what it remembers of its visitor.

Its fixtures are imported by the tests of what the page answers and by those in a browser.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.demo.page import DemoPage, open_page
from bot.demo.page.timeline import Timeline
from bot.demo.page.visit import Visit
from tests.bot.slack.e2e import Kept, when
from tests.local_slack import LocalWorkspace, Sandbox


class Again:
    """Keeps a page as it is now."""

    def __init__(self, page: DemoPage) -> None:
        self.page = page
        self.slack = Kept(Sandbox(**vars(page.sandbox)))

    def back(self) -> DemoPage:
        """The page as it was, with a visitor who has done nothing yet."""
        self.slack.back()
        visit = self.page.visit
        fresh = Visit(visit.sandbox, visit.cast, Timeline(visit.sandbox.clock), visit.plan, visit.zone, visit.ict)
        vars(visit).update(vars(fresh))
        return self.page


@pytest.fixture(scope="session", name="opened")
def a_page() -> Iterator[Again]:
    """A page as it opens."""
    page = open_page(workspace_type=LocalWorkspace)
    yield Again(page)
    page.close()


@pytest.fixture(scope="session", name="requested")
def a_page_of_requests(opened: Again) -> Again:
    """The same page on Mon 17 Aug 2020, when the request for the board of 16 September has gone out."""
    page = opened.back()
    page.sandbox.advance(when(8, 17, 9, 30))
    return Again(page)


@pytest.fixture(name="page")
def the_page(opened: Again) -> DemoPage:
    """The page as it opens, for each test."""
    return opened.back()
