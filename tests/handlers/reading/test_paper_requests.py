"""What is asked of a paper in plain words (`paper_requests.yaml`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handlers.reading.paper_requests import paper_request
from tests.handlers.reading.plan import SEFTON
from tests.yaml_files import read_yaml

TODAY = date(2020, 9, 7)
ROWS = read_yaml(Path(__file__).with_name("paper_requests.yaml"))


@pytest.mark.parametrize(("words", "read"), [(words, read) for rows in ROWS.values() for words, read in rows.items()])
def test_it_is_read_as(words: str, read: str | None) -> None:
    assert paper_request(words, SEFTON, TODAY) == (read or "")
