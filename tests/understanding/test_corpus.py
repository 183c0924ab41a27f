"""The corpus of what people write: every row can be read, and what it names is in the plan."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.demo.sandbox import EXAMPLE_PLAN
from tests.test_utterances import KEYS, MOMENTS, OTHERS
from tests.understanding.rows import FILES
from tests.yaml_files import read_yaml

KINDS = {
    *("record", "propose", "shown", "request", "ask", "answer", "answered in part", "tick", "silence", "refused"),
    "several",
}
MORE_KEYS = {"kind", "shows", "must_not", "near", "why", "moment"}
PLAN: dict[str, Any] = read_yaml(EXAMPLE_PLAN)
REFS = {one["ref"] for one in PLAN["actions"]}


def rows_of(path: Path) -> list[dict[str, Any]]:
    moments: dict[str, list[dict[str, Any]]] = read_yaml(path)
    assert set(moments) <= set(MOMENTS), path.name
    return [row for rows in moments.values() for row in rows]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_has_a_writer_words_and_what_is_right(path: Path) -> None:
    for row in rows_of(path):
        assert {"who", "says", "kind"} <= set(row) <= KEYS | MORE_KEYS, row
        assert row["kind"] in KINDS, row
        stored = [row["stored"]] if isinstance(row.get("stored"), str) else row.get("stored", [])
        refs = {line.partition(":")[0] for line in stored if line.partition(":")[0].partition("-")[2].isdigit()}
        assert refs <= REFS, row


def test_half_of_all_rows_are_of_what_must_not_be_read() -> None:
    rows = [row for path in FILES for row in rows_of(path)]
    assert len(rows) >= 800
    assert sum("must_not" in row for row in rows) >= len(rows) / 2


def test_no_message_stands_twice() -> None:
    said = Counter((row["who"], str(row["says"]), row.get("way", "")) for path in FILES for row in rows_of(path))
    assert [one for one, many in said.items() if many > 1] == []


def test_every_writer_is_somebody_of_the_example_plan() -> None:
    people = str(PLAN["posts"]) + str(PLAN["administrators"])
    writers = {row["who"] for path in FILES for row in rows_of(path)} - set(OTHERS)
    assert [who for who in writers if f"'name': {who!r}" not in people] == []
