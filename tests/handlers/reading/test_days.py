"""The one reader of days, by its table of examples and by properties.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from datetime import date
from pathlib import Path

import pytest
import yaml

from handlers.reading.dates import Looking, NoDay
from handlers.reading.day_ranges import DaysFound
from handlers.reading.days import days_in, read_days

TODAY = date(2020, 9, 2)
TABLE = yaml.load((Path(__file__).parent / "days.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


def said(found: DaysFound | NoDay) -> str:
    """Return what was read as the table writes it."""
    no_day = found if isinstance(found, NoDay) else found.no_day
    if no_day is not None:
        if not no_day.time_meant:
            return "no"
        if "names no" in no_day.say or "can mean" in no_day.say:
            return " ".join(("?", *(day.isoformat() for day in no_day.candidates)))
        return f"! {no_day.say}"
    assert isinstance(found, DaysFound)
    if found.first == found.last is not None:
        return found.last.isoformat()
    return f"{found.first or ''}..{found.last or ''}"


@pytest.mark.parametrize(("phrase", "right", "looking"), [(*row, "ahead")[:3] for row in TABLE["phrases"]])
def test_a_whole_answer_is_read_asked_about_or_no_day(phrase: str, right: str, looking: str) -> None:
    read = said(read_days(phrase, TODAY, Looking(looking)))
    assert read.startswith(right) if right.startswith("!") else read == right


@pytest.mark.parametrize(("text", "right"), TABLE["texts"])
def test_days_are_found_in_a_sentence_and_nothing_else_is(text: str, right: dict[str, str]) -> None:
    read = {text[one.start : one.end]: said(one) for one in days_in(text, TODAY)}
    assert list(read) == list(right)
    for words, day in right.items():
        assert read[words].startswith(day) if day.startswith("!") else read[words] == day
