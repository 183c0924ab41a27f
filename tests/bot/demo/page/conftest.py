"""One page for all these tests, put back to its beginning for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.demo.page import Page, open_page
from tests.bot.demo.page.again import Again
from tests.bot.slack.e2e import when


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Again]:
    """A page as it opens."""
    page = open_page()
    yield Again(page, tmp_path_factory.mktemp("page"))
    page.close()


@pytest.fixture(scope="session")
def requested(opened: Again, tmp_path_factory: pytest.TempPathFactory) -> Again:
    """The same page on Mon 17 Aug 2020, when the request for the board of 16 September has gone out."""
    page = opened.back()
    page.town.advance(when(8, 17, 9, 30))
    return Again(page, tmp_path_factory.mktemp("requested"))


@pytest.fixture
def asked(requested: Again) -> Page:
    """The page when the request has gone out."""
    return requested.back()


@pytest.fixture
def page(opened: Again) -> Page:
    """The page as it opens."""
    return opened.back()
