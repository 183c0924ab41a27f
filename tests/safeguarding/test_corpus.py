"""How many sentences that name a child are noticed, and how many that name nobody are let through.

Rows with an even number were used to write the rules, those with an odd one to measure them.
"""

from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.safeguarding.detection import doubts, refused
from handlers.safeguarding.sentence import known_phrases
from tests.growth import assert_linear, repeated
from tests.yaml_files import read_yaml

HERE = Path(__file__).parent
RECORDED = {
    "developed on": (0.98, 0.97),
    "held back": (0.93, 0.97),
    "another angle": (0.98, 0.97),
    "more rounds": (0.98, 0.95),
}
"""The least recall and precision of each part."""


class Row(TypedDict):
    text: str
    right: str


def _rows(name: str) -> list[Row]:
    rows: list[Row] = read_yaml(HERE / name)
    return rows


CORPUS, UNSEEN, ROUNDS = _rows("corpus.yaml"), _rows("unseen.yaml"), _rows("rounds.yaml")
PARTS = {"developed on": CORPUS[::2], "held back": CORPUS[1::2], "another angle": UNSEEN, "more rounds": ROUNDS}
HARMLESS = [row["text"] for row in CORPUS if row["right"] == "harmless"]
NAMED = [row["text"] for row in CORPUS if row["right"] == "asked"]


def _verdict(text: str) -> str:
    return "refused" if refused(text) else "asked" if doubts(text) else "harmless"


@pytest.mark.parametrize("part", PARTS)
def test_the_shares_are_no_lower_than_recorded(part: str, record_property: object) -> None:
    found = [(row, _verdict(row["text"])) for row in PARTS[part]]
    wanted = [row for row, _ in found if row["right"] != "harmless"]
    noticed = [row for row, said in found if said != "harmless"]
    right = [row for row in noticed if row["right"] != "harmless"]
    recall, precision = len(right) / len(wanted), len(right) / len(noticed)
    print(f"{part}: recall {recall:.1%}, precision {precision:.1%} of {len(found)}")
    assert (recall, precision) >= RECORDED[part]
    assert precision >= RECORDED[part][1]


def test_no_sentence_is_refused_wrongly_and_none_that_must_be_is_let_through() -> None:
    for row in [*CORPUS, *UNSEEN, *ROUNDS]:
        assert (_verdict(row["text"]) == "refused") == (row["right"] == "refused"), row["text"]


NOTICED = [text for text in NAMED if doubts(text)]


@given(st.sampled_from(NOTICED), st.sampled_from(["Hi all, ", "Hello,\n", "Dear Head of Service\n\n"]))
def test_a_greeting_before_and_a_signature_after_change_nothing(text: str, greeting: str) -> None:
    assert doubts(f"{greeting}{text}\nKind regards\nHead of Education, Sefton Council")


@given(st.sampled_from(NOTICED))
def test_typographic_quotes_change_nothing(text: str) -> None:
    assert doubts(text.replace("'", "’"))


@given(st.sampled_from(NOTICED), st.sampled_from(["update one\n", "All posts are filled. "]))
def test_sentences_before_change_nothing(text: str, before: str) -> None:
    assert doubts(before + text[0].upper() + text[1:])


@given(st.sampled_from(["Zofia", "Kacper", "Lubna", "Siân", "Oluwaseun", "Mei Lin", "T.S."]), st.integers(2, 17))
def test_a_name_before_an_age_is_asked_about(name: str, age: int) -> None:
    for said in (f"{name}, {age}, has no place", f"{name} ({age}) has no place", f"{name} is {age} and has no place"):
        assert doubts(said), said


@pytest.mark.parametrize("name", ["zofia", "kacper", "lubna", "imran", "tegan"])
def test_small_letters_without_marks_are_read(name: str) -> None:
    assert doubts(f"{name} in year 6 has no place")
    assert doubts(f"spoke to {name}s mum")


@pytest.mark.parametrize("text", ["Anna Bell, Year 6, EHCP", "we met the Bell Trust family"])
def test_people_and_organisations_of_the_plan_are_no_children(text: str) -> None:
    assert not doubts(text, known_phrases(["Anna Bell", "Bell Trust"]))


@pytest.mark.parametrize(
    "piece", ["Kacper in Year 6 ", "07700 ", "12 Road L22 9ZZ ", "St A ", "Ab Primary ", "+", "she is 9 "]
)
def test_time_grows_with_length(piece: str) -> None:
    assert_linear(doubts, *repeated(piece, 40_000))
