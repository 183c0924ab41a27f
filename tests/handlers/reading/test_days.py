"""The one reader of days, by its table of examples and by properties.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.dates import Looking, NoDay
from handlers.reading.day_ranges import DaysFound
from handlers.reading.days import days_in, read_day, read_days
from tests.growth import assert_linear, repeated

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


# -- properties

MONTHS_SHORT = ("Jan", "Feb", "March", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d/%m/%y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: day.isoformat(),
    lambda day: f"{day.day} {MONTHS_SHORT[day.month - 1]} {day.year}",
    lambda day: f"{day.day}{suffix(day.day)} {day:%B %Y}",
    lambda day: f"the {day.day}{suffix(day.day)} of {day:%b} '{day:%y}",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%A} {day.day} {day:%B} {day.year}",
)
COMING: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day.day}/{day.month}",
    lambda day: f"{day.day} {MONTHS_SHORT[day.month - 1]}",
    lambda day: f"{day:%B} {day.day}{suffix(day.day)}",
    lambda day: f"{day:%a} {day.day}{suffix(day.day)} {day:%B}",
    lambda day: f"by the {day.day}{suffix(day.day)} of {day:%b}",
)
FAR = [TODAY + timedelta(days=n) for n in range(-5 * 365 - 30, 5 * 365 + 30)]


def suffix(day: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")


@pytest.mark.parametrize("form", range(len(FORMS)))
def test_each_day_of_ten_years_is_read_in_each_way_of_writing_it(form: int) -> None:
    wrong = [day for day in FAR if read_day(FORMS[form](day), TODAY) != day]
    assert not wrong, FORMS[form](wrong[0])


@pytest.mark.parametrize("form", range(len(COMING)))
@pytest.mark.parametrize("today", [TODAY, date(2020, 2, 28), date(2020, 12, 31), date(2021, 3, 1)])
def test_a_day_without_its_year_is_the_next_such_day(form: int, today: date) -> None:
    for day in (today + timedelta(days=n) for n in range(365)):
        assert read_day(COMING[form](day), today) == day


days_of_ten_years = st.sampled_from(FAR)
forms = st.sampled_from(FORMS)
beside = st.lists(st.one_of(st.sampled_from([row[0] for row in TABLE["texts"]]), st.text(max_size=40)), max_size=2).map(
    " ".join
)


@given(days_of_ten_years, forms, beside, beside)
def test_what_stands_before_and_after_changes_nothing(
    day: date, form: Callable[[date], str], before: str, after: str
) -> None:
    words = form(day)
    start = len(f"{before}\non ")
    found = [one for one in days_in(f"{before}\non {words}\n{after}", TODAY) if one.start <= start < one.end]
    assert [(one.end, one.day) for one in found] == [(start + len(words), day)]


@given(st.sampled_from([row[0] for row in TABLE["texts"]]), st.sampled_from([str.upper, str.title, str.lower]))
def test_capital_letters_change_nothing(text: str, case: Callable[[str], str]) -> None:
    assert [said(one) for one in days_in(case(text), TODAY)] == [said(one) for one in days_in(text, TODAY)]


PIECES = sorted(
    {word for row in (*TABLE["phrases"], *TABLE["texts"]) for word in re.findall(r"\w+|\W", row[0])} | {"2999", "1066"}
)
anything = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(anything, st.sampled_from(FAR), st.sampled_from(list(Looking)))
def test_whatever_is_read_is_near_and_stands_in_the_text(text: str, today: date, looking: Looking) -> None:
    place = 0
    for one in days_in(text, today, looking, absence=True):
        assert place <= one.start < one.end <= len(text)
        place = one.end
        days = [one.first, one.last, *(one.no_day.candidates if one.no_day else ())]
        assert any(days) or one.no_day is not None
        assert all(abs(day.year - today.year) <= 21 for day in days if day)
        if one.first and one.last:
            assert one.first <= one.last
    read = read_days(text, today, looking)
    assert not isinstance(read, NoDay) or (read.say and read.say[-1] in ".?")


HOSTILE = (
    "a week before ", "the ", "1/1 ", "1, ", "end of the ", "7-", "from 7 to ", "last monday after ", "9" * 50, "'",
    "\n", "12 sep to ", "in a ", "12 decembre ", "é ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    assert_linear(lambda text: days_in(text, TODAY, absence=True), *repeated(piece, 12_000))
