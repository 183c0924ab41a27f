"""What is said of clearances, one or several in a message (`clearances.yaml`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handlers.commands.papers import ClearanceWords
from handlers.reading.clearance_words import read_clearances
from tests.yaml_files import read_yaml

TODAY = date(2020, 9, 1)
ROWS = read_yaml(Path(__file__).with_name("clearances.yaml"))


def said(one: ClearanceWords) -> str:
    answer = one.answer.value if one.answer else ""
    day = one.day.isoformat() if one.day else ""
    return " ".join(filter(None, ("+".join(each.value for each in one.which), answer, *one.references, day)))


@pytest.mark.parametrize(("words", "read"), [(words, read) for rows in ROWS.values() for words, read in rows.items()])
def test_it_is_read_as(words: str, read: list[str] | str | None) -> None:
    found = read_clearances(words, TODAY)
    if isinstance(read, list):
        assert [said(one) for one in found] == read
        assert not any(one.left for one in found)
        return
    if read == "ask":
        (whole,) = found
        assert max(len(whole.which), len(whole.references)) > 1
        return
    # A meeting is looked up by whoever records it: "healthy-5" is none.
    assert any(one.left or one.meeting or not one.which or one.answer is None for one in found)
