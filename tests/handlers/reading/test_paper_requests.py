"""What is asked of a paper in plain words (`paper_requests.yaml`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from handlers.reading.paper_requests import paper_request
from tests.handlers.reading.plan import SEFTON

TODAY = date(2020, 9, 7)
ROWS = yaml.safe_load(Path(__file__).with_name("paper_requests.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("words", "read"), [(words, read) for rows in ROWS.values() for words, read in rows.items()])
def test_it_is_read_as(words: str, read: str | None) -> None:
    assert paper_request(words, SEFTON, TODAY) == (read or "")
