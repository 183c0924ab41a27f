"""The page for each test, as it opens and when the request has gone out."""

from __future__ import annotations

import pytest

from bot.demo.page import DemoPage
from tests.bot.demo.page.again import Again, a_page, a_page_of_requests, the_page  # noqa: F401 - fixtures


@pytest.fixture
def asked(requested: Again) -> DemoPage:
    """The page when the request has gone out."""
    return requested.back()
