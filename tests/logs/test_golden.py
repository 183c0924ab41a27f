"""Golden logs of many shapes: nothing is read wrongly without a question, and the shares do not fall."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handlers.logs.beside import tables_apart
from handlers.reading.normalise import fold
from models.errors import Refusal
from tests.logs.golden import ASKED, FILES, RIGHT, WRONG, judge, load, shares

RIGHT_AT_LEAST, ASKED_AT_MOST = 125, 288
"""Rows of the golden logs: more right only."""

_WORD = re.compile(r"[^\W_]+")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_row_is_wrong_without_a_question(path: Path) -> None:
    assert [one.why for one in judge(load(path)) if one.verdict == WRONG] == []


def test_the_shares_do_not_fall() -> None:
    counts, wrong = shares()
    assert wrong == []
    assert counts[RIGHT] >= RIGHT_AT_LEAST
    assert counts[ASKED] <= ASKED_AT_MOST


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_word_of_every_cell_of_an_action_survives(path: Path) -> None:
    """A word stands in a field or as printed, unless the cell is the field: a plain day, status letter or post."""
    golden = load(path)
    try:
        draft = golden.read()
    except Refusal:
        return
    titles = {one.key: one.title for one in golden.plan.vocabulary.names().posts}
    rows = {table.place(row): row for table in tables_apart(golden.tables()) for row in table.rows}
    for row in draft.rows:
        action = row.action
        days = [one for one in (action.meeting, action.day, action.first_meeting) if one]
        kept = " ".join(
            (action.ref, action.words, action.update, action.evidence, action.source, action.printed,
             titles.get(action.lead, ""), str(action.status), str(action.number or ""))
        )  # fmt: skip
        kept += " ".join(f" {day:%d %m %Y %y %B %b} {day.day} {day.month} {day.isoformat()}" for day in days)
        known = {word.lstrip("0") for word in _WORD.findall(fold(kept))}
        lost = [
            word
            for cell in rows[action.place].cells
            for word in _WORD.findall(fold(cell))
            if word.lstrip("0") not in known
        ]
        assert [word for word in lost if len(word) > 1] == []
