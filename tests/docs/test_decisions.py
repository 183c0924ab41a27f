"""Each decision stands in one file, with why and what follows, and in the list of all."""

import re
from datetime import date
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
PARTS = ["Context", "Decision", "Consequences"]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: str(path.stem))
def test_a_decision_has_a_number_a_date_and_its_three_parts(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    first, _, dated, *_ = text.split("\n")
    assert first.startswith(f"# {int(decision.name[:4])}. ")
    assert dated.startswith("Date: ")
    assert date.fromisoformat(dated.removeprefix("Date: ")) >= date(2026, 11, 22)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    for part in re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]:
        assert len(part.split()) >= 5


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_list_of_decisions_has_each_with_its_title_and_date() -> None:
    listed = re.findall(
        r"^\| (\d{4}) \| \[(.+)\]\((.+)\) \| ([\d-]+) \|$", (FOLDER / "README.md").read_text("utf-8"), re.M
    )
    there = []
    for path in DECISIONS:
        first, _, dated, *_ = path.read_text(encoding="utf-8").split("\n")
        there.append((path.name[:4], first.partition(". ")[2], path.name, dated.removeprefix("Date: ")))
    assert listed == there
