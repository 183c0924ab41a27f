"""Days as people write them. Today is Wednesday 2 September 2020.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from datetime import date

import pytest

from handlers.reading.dates import NoDay
from handlers.reading.days import read_day
from tests.handlers.reading.plan import TODAY

SEP12 = date(2020, 9, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/9", SEP12),
        ("12/09/20", SEP12),
        ("12/09/2020", SEP12),
        ("12/09/26", date(2026, 9, 12)),
        ("12.9.2020", SEP12),
        ("2020-09-12", SEP12),
        ("12 Sep", SEP12),
        ("12 sept.", SEP12),
        ("12th September", SEP12),
        ("the 12th of September 2020", SEP12),
        ("Sep 12", SEP12),
        ("September 12, 2020", SEP12),
        ("Saturday 12 September", SEP12),
        ("by 12/9", SEP12),
        ("the 12th", SEP12),
        ("1st", date(2020, 10, 1)),
        ("31st", date(2020, 10, 31)),
        ("2/9", TODAY),
        ("1/9", date(2021, 9, 1)),
        ("29/2", date(2024, 2, 29)),
        ("today", TODAY),
        ("tomorrow", date(2020, 9, 3)),
        ("Friday", date(2020, 9, 4)),
        ("this fri", date(2020, 9, 4)),
        ("wednesday", TODAY),
    ],
)
def test_reads_a_day_as_the_next_such_day(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("12/9 or 19/9", (SEP12, date(2020, 9, 19))),
        ("Mon 7th, Tues 8th or Fri 11th", (date(2020, 9, 7), date(2020, 9, 8), date(2020, 9, 11))),
        ("either the 12th or the 19th", (SEP12, date(2020, 9, 19))),
        ("next friday", (date(2020, 9, 4), date(2020, 9, 11))),
        ("7/9 to 12/9", (date(2020, 9, 7), SEP12)),
        ("9/16", (date(2020, 9, 16),)),
        ("Monday 15 Sep", (date(2020, 9, 14), date(2020, 9, 15))),
        ("Monday the 31st", (date(2020, 9, 7), date(2020, 10, 31))),
        ("31/9", ()),
        ("12/9 or so", ()),
        ("two or three", ()),
    ],
)
def test_several_days_are_asked_about(text: str, candidates: tuple[date, ...]) -> None:
    read = read_day(text, TODAY)
    assert isinstance(read, NoDay)
    assert read.candidates == candidates


def test_a_day_said_twice_is_one() -> None:
    assert read_day("12 September (Saturday)", TODAY) == SEP12
    assert read_day("12/9, 12 Sep", TODAY) == SEP12


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/9", "September has 30 days."),
        ("29 Feb 2021", "February has 28 days."),
        ("0/9", "September has 30 days."),
        ("9/16", "Write the day first: 16/9."),
        ("99/99", "There is no month 99."),
        ("4/9/1066", "too far"),
        ("4/9/2999", "too far"),
        ("Thursday 4 September 2020", "is a Friday, not a Thursday"),
        ("next friday", "can mean two days"),
        ("45th", "No month has a day 45."),
        ("soon", "names no day"),
        ("later on", "day first"),
        ("", "day first"),
        ("12/9 or so", "day first"),
        ("٣/٤", "day first"),
        ("9" * 5000, "day first"),
    ],
)
def test_says_why_words_are_no_day(text: str, reason: str) -> None:
    read = read_day(text, TODAY)
    assert isinstance(read, NoDay)
    assert reason in read.say
