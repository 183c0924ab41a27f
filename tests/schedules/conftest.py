"""The ledger on both kinds of database."""

from __future__ import annotations

import pytest

from tests.homes import Home
from tests.schedules import plans


@pytest.fixture
def on_both(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Every plan of a test is stored in an SQLite file, and then once more on a PostgreSQL."""
    monkeypatch.setattr(plans, "home", home)
    return home
