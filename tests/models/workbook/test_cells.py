"""What stands in a cell, and what it means: dates, lists, people, names."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.files.planfile.part_names import PartNames, key_from, split_cell
from models.files.planfile.problems import Unreadable
from models.files.planfile.schema import FilePriority
from models.files.planfile.written_dates import normalise_date, normalise_time, normalise_when
from models.files.workbook.cell_lists import (
    closed_from_text,
    closed_text,
    deputy_from_text,
    deputy_text,
    join_cell,
    person_from_text,
    person_text,
)
from models.files.workbook.cells import cell_text, shows_month_only
from models.files.workbook.column_kinds import CellForm
from tests.models.workbook.drawn import TEXT

SEP = "2020-09-16"
VALUES = {
    "themes": [{"key": "heard", "name": "Heard", "aliases": ["voice"]}],
    "organisations": [{"key": "council", "name": "The Council"}, {"key": "cvs", "name": "Sefton CVS"}],
    "posts": [
        {"key": "head", "title": "Head of Education", "organisation": "council"},
        {"key": "lead-1", "title": "Lead", "organisation": "council"},
        {"key": "lead-2", "title": "Lead", "organisation": "cvs"},
    ],
}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("16/09/2020", SEP), ("16/9/20", SEP), ("16.09.2020", SEP), ("16-09-2020", SEP), ("2020-09-16", SEP),
        ("2020-09-16 00:00:00", SEP), ("16 Sep 2020", SEP), ("16 Sept 2020", SEP), ("16 September 2020", SEP),
        ("16th of September, 2020", SEP), ("Wednesday 16th September 2020", SEP), ("Wed, 16 Sep 2020", SEP),
        ("16-Sep-20", SEP), (" 16 / 09 / 2020 ", SEP), ("1/2/2021", "2021-02-01"), ("31/02/2020", "31/02/2020"),
        ("09/16/2020", "09/16/2020"), ("soon", "soon"), ("16 Sepp 2020", "16 Sepp 2020"), ("", ""),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them_and_the_day_comes_first(text: str, read: str) -> None:
    assert normalise_date(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Dec 2020", "2020-12"), ("December 2020", "2020-12"), ("2020-12", "2020-12"), ("12/2020", "2020-12"),
        ("December 2020, date to be confirmed", "2020-12"), ("2020-12 (expected)", "2020-12"),
        ("16/09/2020", SEP), ("13/2020", "13/2020"), ("spring 2020", "spring 2020"),
    ],
)  # fmt: skip
def test_an_expected_meeting_has_its_month(text: str, read: str) -> None:
    assert normalise_when(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [("2pm", "14:00"), ("2.30 p.m.", "14:30"), ("12am", "00:00"), ("14.00", "14:00"), ("14:00:00", "14:00"),
     ("9:05", "09:05"), ("noon", "noon"), ("13pm", "13pm")],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text: str, read: str) -> None:
    assert normalise_time(text) == read


@pytest.mark.parametrize(
    ("shown", "is_month"),
    [("mmm-yy", True), ("[$-809]mmmm yyyy", True), ("dd/mm/yyyy", False), ("General", False), ('"day" mmm yy', True),
     ("hh:mm", False)],
)  # fmt: skip
def test_a_cell_that_shows_a_month_alone_means_the_month(shown: str, is_month: bool) -> None:
    assert shows_month_only(shown) is is_month


@pytest.mark.parametrize(
    ("value", "form", "shown", "text"),
    [
        (None, CellForm.TEXT, "General", ""),
        ("  words ", CellForm.TEXT, "General", "words"), (7, CellForm.CODE, "General", "7"),
        (7.0, CellForm.NUMBER, "General", "7"),
        (7.3, CellForm.CODE, "General", "7.3"), (1.1, CellForm.CODE, "0.00", "1.10"),
        (True, CellForm.TEXT, "General", "TRUE"),
        (datetime(2020, 9, 16, 14), CellForm.DATE, "d/m/y", SEP),  # noqa: DTZ001
        (date(2020, 12, 1), CellForm.WHEN, "mmm-yy", "2020-12"),
        (date(2020, 12, 1), CellForm.WHEN, "d mmm", "2020-12-01"),
        (time(14, 0), CellForm.TIME, "h:mm", "14:00"),
        (timedelta(hours=9, minutes=5), CellForm.TIME, "[h]:mm", "09:05"),
        (date(2020, 9, 16), CellForm.TEXT, "d mmm", SEP),
    ],
)  # fmt: skip
def test_a_cell_gives_the_text_a_plan_file_has(value: Any, form: CellForm, shown: str, text: str) -> None:
    assert cell_text(value, form, shown) == text


@pytest.mark.parametrize(("value", "form"), [("#REF!", CellForm.TEXT), (date(2020, 3, 7), CellForm.CODE),
                                             (date(2020, 3, 7), CellForm.NUMBERS)])  # fmt: skip
def test_a_cell_that_cannot_be_meant_is_refused(value: Any, form: CellForm) -> None:
    with pytest.raises(Unreadable):
        cell_text(value, form, is_error=isinstance(value, str))


def test_what_looks_like_an_error_and_was_typed_is_text() -> None:
    assert cell_text("#NAME?", CellForm.TEXT) == "#NAME?"


@pytest.mark.parametrize(("text", "numbers"), [("1, 3", ["1", "3"]), ("1;3", ["1", "3"]), ("7", ["7"]),
                                               ("p1 and p3", ["1", "3"]),
                                               ("Priority 7", ["7"]), ("1 & 3/4", ["1", "3", "4"]),
                                               ("seven", ["seven"])])  # fmt: skip
def test_priorities_are_read_as_people_list_them(text: str, numbers: list[str]) -> None:
    names = PartNames.of({"priorities": [{"number": number, "title": "A title"} for number in "1347"]})
    assert [names.key("priorities", one) for one in names.split("priorities", text)] == numbers


def test_a_number_may_have_its_word_before_it() -> None:
    priorities = [{"number": number, "title": "A title"} for number in ("7", "8.0", "No. 9", "P10")]
    assert [FilePriority.model_validate(one).number for one in priorities] == [7, 8, 9, 10]
    assert list(PartNames.of({"priorities": priorities}).keys["priorities"]) == ["7", "8", "9", "10"]


@given(st.lists(TEXT, min_size=1))
def test_any_list_is_taken_apart_into_what_it_was_joined_from(items: list[str]) -> None:
    assert split_cell(join_cell(items)) == items
    assert split_cell(join_cell(items, ";\n")) == items


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("A. N. Other", {"name": "A. N. Other"}),
        (
            "Other, A. <a@example.org> (U0ABCDEFG)",
            {"name": "Other, A.", "email": "a@example.org", "slack": "U0ABCDEFG"},
        ),
        ("a@example.org", {"email": "a@example.org"}),
        ("U0ABCDEFG", {"slack": "U0ABCDEFG"}),
        ("Bob bob@example.org", {"name": "Bob", "email": "bob@example.org"}),
        ('"Bob <the> lead" <bob@example.org>', {"name": "Bob <the> lead", "email": "bob@example.org"}),
        ("Bob <nonsense>", {"name": "Bob", "email": "nonsense"}),
    ],
)
def test_people_are_read_as_an_address_book_has_them(text: str, person: dict[str, str]) -> None:
    assert person_from_text(text) == person


PERSON = st.fixed_dictionaries({}, optional={"name": TEXT, "email": st.just("a@b.org"), "slack": st.just("U0ABCDEFG")})


@given(PERSON.filter(bool))
def test_any_person_is_read_back(person: dict[str, str]) -> None:
    assert person_from_text(person_text(person)) == person
    deputy = {**person, "from": "2020-08-24", "to": "2020-09-04"}
    assert deputy_from_text(deputy_text(deputy)) == deputy


def test_a_deputy_without_dates_has_none() -> None:
    assert deputy_from_text("Bob") == {"name": "Bob"}
    assert deputy_from_text("Bob 24 Aug 2020 until 4/9/2020")["to"] == "4/9/2020"


@given(TEXT)
def test_any_closed_dates_are_read_back(why: str) -> None:
    for closed in ({"from": SEP, "to": "2020-09-20", "why": why}, {"from": SEP, "to": SEP}):
        assert closed_from_text(closed_text(closed)) == closed


@pytest.mark.parametrize(
    ("section", "said", "key"),
    [
        ("themes", "HEARD", "heard"), ("themes", "Voice", "heard"), ("themes", "Loud", "Loud"),
        ("posts", "head of  education", "head"), ("posts", "Head of Education, The Council", "head"),
        ("posts", "Lead", "Lead"), ("posts", "Lead, Sefton CVS", "lead-2"), ("posts", "lead-1", "lead-1"),
    ],
)  # fmt: skip
def test_a_name_means_what_it_alone_means(section: str, said: str, key: str) -> None:
    assert PartNames.of(VALUES).key(section, said) == key


def test_what_is_written_for_a_key_is_read_as_that_key() -> None:
    names = PartNames.of(VALUES)
    assert [names.said("posts", key) for key in ("head", "lead-1")] == ["Head of Education", "lead-1"]


def test_several_names_in_one_cell() -> None:
    names = PartNames.of(VALUES)
    assert names.split("organisations", "The Council, Sefton CVS") == ["The Council", "Sefton CVS"]
    assert names.split("organisations", "Councils; cvs") == ["Councils", "cvs"]
    assert names.split("posts", "Head of Education") == ["Head of Education"]
    assert names.split("posts", "Head of Education / lead-1") == ["Head of Education", "lead-1"]
    assert names.split("posts", "Head of Schools and Families") == ["Head of Schools and Families"]


@pytest.mark.parametrize(
    ("name", "key"),
    [("Head of Education", "head-of-education"), ("Children's Board", "childrens-board"),
     ("Ärzte & Co.", "arzte-co"), ("שלום", ""), ("Taken", "taken-2")],
)  # fmt: skip
def test_a_key_is_made_from_a_name(name: str, key: str) -> None:
    assert key_from(name, ["taken"]) == key
