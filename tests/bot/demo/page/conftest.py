"""One page for all these tests, put back to its beginning for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.demo.page import Page, open_page
from tests.bot.demo.page.again import Again


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Again]:
    """A page as it opens."""
    page = open_page()
    yield Again(page, tmp_path_factory.mktemp("page"))
    page.close()


@pytest.fixture
def page(opened: Again) -> Page:
    """The page as it opens."""
    return opened.back()
