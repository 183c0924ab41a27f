"""The explanation states the rules that the code keeps: the table of dates, and the statuses."""

import re

from bot.drawing import STYLES
from bot.plain_text import circled
from models.enums import NEEDS_REASON, Status
from tests.docs.test_links import ROOT
from tests.models.test_calendar import DATES_OF_MEETINGS

PAGE = (ROOT / "docs" / "explanation" / "boards-and-dates.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its own headings."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_the_table_of_dates_is_the_one_that_the_rules_are_tested_by() -> None:
    written = []
    for meeting, *steps in rows("The dates around a meeting"):
        day, _, previous = meeting.partition(", previous ")
        written.append((day.removesuffix(" 2020"), previous, *(step.split(" → ")[-1] for step in steps)))
    assert written == DATES_OF_MEETINGS


def test_every_status_stands_with_its_colour_and_what_it_needs() -> None:
    table = rows("Statuses")
    assert [status for status, *_ in table] == [status.value for status in Status]
    for word, _, colour, needs in table:
        status = Status(word)
        assert circled(status) == f"{colour.split(' ')[0]} {word}"
        assert (needs == "a reason") == (status in NEEDS_REASON or status is Status.CLOSED_NOT_DONE)
        for code in re.findall(r"#[0-9a-f]{6}", colour):
            assert code.upper() == STYLES[status].fill.upper()
