"""What is asked about before it is recorded, and the many things in board papers that are not.

Source: docs/explanation/data-protection.md, Asked about.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.sandbox import EXAMPLE_PLAN
from handlers.safeguarding.detection import FOUND_MAX, Doubt, DoubtKind, asking, doubts, refused
from tests.growth import assert_linear, repeated
from tests.handlers.personal_data_words import ASKED, DATED, FEW, NOT_ASKED


@pytest.mark.parametrize("text", [*DATED, "\n".join(DATED), " ".join(DATED)], ids=lambda text: text[:40])
def test_dates_as_plans_reports_and_minutes_write_them_are_no_birth_and_no_number(text: str) -> None:
    assert refused(text) == ""
    assert doubts(text) == ()


ALL = [words for words, _, _ in ASKED] + NOT_ASKED


@pytest.mark.parametrize(("words", "kind", "found"), ASKED)
def test_what_may_identify_a_child_is_asked_about(words: str, kind: DoubtKind, found: str) -> None:
    first = doubts(words)[:1]
    assert [(doubt.kind, doubt.found.removesuffix(")")) for doubt in first] == [(kind, found.removesuffix(")"))]


@pytest.mark.parametrize("words", NOT_ASKED)
def test_what_board_papers_are_full_of_is_not(words: str) -> None:
    assert doubts(words) == ()


def test_nothing_in_the_example_plan_is_refused_or_asked_about() -> None:
    """Drawn from a published plan and its board's minutes: dates, references, ages of whole groups, names of posts."""
    texts = [line.strip() for line in EXAMPLE_PLAN.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(texts) > 300
    assert [(text, refused(text), doubts(text)) for text in texts if refused(text) or doubts(text)] == []


def test_every_piece_is_found_once_in_its_order() -> None:
    found = doubts("2 pupils; J.S., aged 9; DOB 12/9/2011; 2 pupils again")
    assert [doubt.found for doubt in found] == ["2 pupils", "J.S., aged 9", "DOB 12/9/2011"]
    assert [doubt.why for doubt in found] == ["a number under 5", "initials beside an age", "a date of birth"]


def test_a_bracket_that_was_opened_is_closed() -> None:
    assert [doubt.found for doubt in doubts("Year 6 (J.S.) and 12/09/2011 (DOB)")] == [
        "Year 6 (J.S.)",
        "12/09/2011 (DOB)",
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("JS (Year 4)", "initials beside a year group"),
        ("JS at Meadow Primary", "initials beside a school"),
        ("J.S. (9)", "initials beside an age"),
        ("aged 9", "an age"),
        ("born 3 May 2012", "a birth"),
        ("DOB 2012", "a date of birth"),
        ("two families", "a number under 5"),
    ],
)
def test_why_is_a_phrase_for_a_sentence(words: str, why: str) -> None:
    assert [doubt.why for doubt in doubts(words)] == [why]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("all posts filled", ""),
        (
            "3 children excluded",
            "Nothing is recorded yet: could “3 children” (a number under 5) "
            "tell a reader which child or family is meant?",
        ),
        (
            "2 pupils and J.S., aged 9",
            "Nothing is recorded yet: could “2 pupils” (a number under 5) or “J.S., aged 9” (initials beside an age) "
            "tell a reader which child or family is meant?",
        ),
    ],
)
def test_the_question_names_what_was_found(words: str, said: str) -> None:
    assert asking(doubts(words)) == said


def test_the_question_stays_short() -> None:
    many = tuple(Doubt(FEW, f"{number} children", "a number under 5") for number in range(9))
    assert asking(many).count("“") == 3
    assert "or 6 more like it tell a reader" in asking(many)
    (long,) = doubts("JS at " + " ".join(["A" + "a" * 29] * 4) + " Primary")
    assert len(long.found) == FOUND_MAX


@given(st.text())
def test_no_words_make_it_fail(words: str) -> None:
    assert isinstance(asking(doubts(words)), str)


PIECES = st.sampled_from(
    re.findall(
        r"\S+|\n",
        "3 2 one two 4 children pupils family of in to and the aged born DOB 9 12/9/2011 J.S. JS Year Years 4, (Year "
        "was Meadow Primary 2012 a boy . , : - ( ) 's at least <https://x.uk|children> Priority pupil 1 < \n",
    )
)
LINKS = st.sampled_from(
    ["https://sefton.gov.uk/aged-9", "<https://sefton.gov.uk/3/children>", "www.x.uk/J.S./Year-4", "a.b@x.uk"]
)


@given(st.lists(PIECES, max_size=12), LINKS, st.data())
def test_a_link_added_changes_nothing(pieces: list[str], link: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(pieces)))
    assert doubts(" ".join([*pieces[:at], link, *pieces[at:]])) == doubts(" ".join(pieces))


@given(st.sampled_from(ALL), st.sampled_from(ALL))
def test_what_stands_on_another_line_changes_nothing(above: str, below: str) -> None:
    assert {doubt.found for doubt in doubts(f"{above}\n{below}")} == {
        doubt.found for words in (above, below) for doubt in doubts(words)
    }


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "3 ",
            "one of ",
            "J.S. ",
            "JS (",
            "JS at A",
            "Aa ",
            "pupil AB ",
            "born ",
            "born a ",
            "aged 9 ",
            "DOB ",
            "12/9/20 ",
        ),
        *(
            "Years 2, ",
            "children ",
            "two looked after ",
            "3 children ",
            "young ",
            "9-year-old ",
            "Primary ",
            "a.",
            "_",
            "(",
        ),
        *(
            "x" * 100,
            "A" * 99 + " ",
            "young people aged 9 and Jordan aged 9, ",
            "pupil AB was is at the A of A of A & A ",
        ),
    ],
)
def test_long_texts_take_no_more_than_their_length(piece: str) -> None:
    assert_linear(doubts, *repeated(piece, 40_000))
