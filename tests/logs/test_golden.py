"""Golden logs of many shapes: nothing is read wrongly without a question, and the shares do not fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.errors import Refusal
from tests.logs.golden import ASKED, FILES, RIGHT, WRONG, judge, load, lost_words, shares

RIGHT_AT_LEAST, ASKED_AT_MOST = 454, 1017
"""Rows of the golden logs: more right only."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_row_is_wrong_without_a_question(path: Path) -> None:
    assert [one.why for one in judge(load(path)) if one.verdict == WRONG] == []


def test_the_shares_do_not_fall() -> None:
    counts, wrong = shares()
    assert wrong == []
    assert counts[RIGHT] >= RIGHT_AT_LEAST
    assert counts[ASKED] <= ASKED_AT_MOST


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("answered", ["not", "as proposed", "otherwise"])
def test_every_word_of_every_cell_of_an_action_survives(path: Path, answered: str) -> None:
    """A word stands in a field or as printed, whatever is answered to what is asked."""
    golden = load(path)
    try:
        draft = golden.read() if answered == "not" else golden.answered(last=answered == "otherwise")
    except Refusal:
        return
    assert lost_words(draft, golden.tables()) == []
