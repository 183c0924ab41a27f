"""The first step of reading: the furniture of mail goes, every word of the writer's own stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.normalise import clean, fold, normalise
from handlers.reading.typed_marks import plain_characters
from handlers.reading.written_lines import Furniture
from tests.growth import assert_linear, repeated
from tests.yaml_files import read_yaml

HERE = Path(__file__).parent
TABLE: dict[str, list[Any]] = read_yaml(HERE / "mail.yaml")
UNDERSTANDING = HERE.parent.parent / "understanding"
BASES = ("answers", "changes", "outcomes", "questions", "several", "social")
"""The files of the corpus whose messages are nothing but their writers' own words."""


def said_in(name: str) -> list[str]:
    moments = read_yaml(UNDERSTANDING / f"{name}.yaml")
    rows = [row["says"] for rows in moments.values() for row in rows]
    return [words for said in rows for words in (said if isinstance(said, list) else [said])]


CORPUS = [words for name in BASES for words in said_in(name)]

BEFORE = (
    "Hi Jane,",
    "Dear all",
    "CAUTION: This email originated from outside of the organisation. Do not click links or open attachments.",
    "Good morning colleagues,\n",
)
AFTER = (
    "\nKind regards\nMair Huws\nHead of Education | Sefton Council\nTel 0151 496 0188",
    "Best wishes,\nMair",
    "\n-- \nMair Huws (she/her)\nSefton Council\nmair@example.org",
    "\nMair Huws\nNurse Consultant, Example NHS Trust\nMagdalen House, Trinity Road, Bootle L20 3NJ\nwww.example.org",
    "Sent from my iPhone",
    "\nGet Outlook for iOS<https://aka.ms/o0ukef>",
    "\nThis email and any files transmitted with it are confidential and intended solely for the use of the addressee.",
    "On Mon, 17 Aug 2020 at 09:30, Action tracker <tracker@example.org> wrote:\n> healthy-5 done?\n> off track?",
    "-----Original Message-----\nFrom: Rhodri Pugh\nSent: 14 August 2020 16:02\nTo: all\nSubject: healthy-8\n\ndone",
    "\nFrom: Rhodri Pugh <r@example.org>\nDate: Friday, 14 August 2020 at 16:02\nSubject: buses\n\noff track",
)
LINES = (
    *(line for said in [*BEFORE, *AFTER] for line in said.split("\n")),
    *(
        "healthy-5 green",
        "*bold*",
        "~struck~",
        "~",
        "```",
        "`",
        "_a_",
        "* b",
        "1. c",
        "> said",
        ">>> d",
        "a\tb",
        "| a | b |",
    ),
    *(
        "Ref,Status,Note",
        'healthy-5,Amber,"a, b"',
        "comma",
        "full stop",
        "new line",
        "Thanks",
        "Regards, Mair",
        "--",
        "----",
    ),
    *(
        "FW: a",
        "RE: RE: b",
        "Subject: c",
        "Hi",
        "no change",
        "?",
        "🟢",
        "[14/08/2020 16:02] Mair",
        "PS more",
        "Making a place",
    ),
)
anything = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(LINES), max_size=12).map("\n".join),
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=6)), max_size=12).map(" ".join),
    st.text(alphabet="*_~`>-.,:& \tab\n", max_size=60),
)


@pytest.mark.parametrize("words", TABLE["keeps"], ids=lambda words: words[:50])
def test_words_that_look_like_furniture_stay(words: str) -> None:
    read = normalise(words)
    assert read.text == words.replace("\n\n", "\n")
    assert read.removed == ()


@pytest.mark.parametrize("row", TABLE["reads"], ids=lambda row: row["says"][:50])
def test_furniture_goes(row: dict[str, Any]) -> None:
    read = normalise(row["says"])
    assert read.text == row.get("text", "")
    assert [one.kind.value for one in read.removed] == row.get("taken", [])


def test_half_of_the_table_is_of_words_that_stay() -> None:
    assert len(TABLE["keeps"]) >= len(TABLE["reads"]) >= 75


@pytest.mark.parametrize("words", CORPUS, ids=lambda words: words[:50])
def test_words_without_furniture_are_unchanged(words: str) -> None:
    assert normalise(words).text == clean(plain_characters(words))


@pytest.mark.parametrize("furniture", AFTER, ids=lambda words: words.strip()[:30])
def test_furniture_behind_any_words_of_the_corpus_goes(furniture: str) -> None:
    changed = {
        words: found
        for words in CORPUS
        if (found := normalise(f"{words}\n{furniture}").text) != (alone := normalise(words).text) and alone
    }
    assert changed == {}


@pytest.mark.parametrize("furniture", BEFORE, ids=lambda words: words[:30])
def test_furniture_before_any_words_of_the_corpus_goes(furniture: str) -> None:
    changed = {
        words: found
        for words in CORPUS
        if (found := normalise(f"{furniture}\n{words}").text) != (alone := normalise(words).text) and alone
    }
    assert changed == {}


@given(anything)
def test_the_text_read_again_is_the_same(raw: str) -> None:
    text = normalise(raw).text
    assert normalise(text).text == text


@given(anything)
def test_places_agree_and_nothing_stands_that_was_not_typed(raw: str) -> None:
    read = normalise(raw)
    assert len(read.folded) == len(read.text)
    assert read.folded == fold(read.text)
    assert all(0 <= one.at <= len(read.text) + 1 for one in read.removed)
    if raw.isascii() and "&" not in raw and not any(mark in raw for mark in ("comma", "full stop", "new line", ":")):
        typed = iter(raw)
        assert all(char in typed for char in read.text if not char.isspace())


@given(anything)
def test_lines_and_cells_stand_in_the_text_in_order(raw: str) -> None:
    read = normalise(raw)
    end = 0
    for line in read.lines:
        assert end <= line.start <= line.end
        places = [place for cell in line.cells for place in (cell.start, cell.end)]
        assert places == sorted(places)
        assert line.start <= places[0]
        assert places[-1] <= line.end
        end = line.end


def test_what_was_forwarded_is_a_quotation() -> None:
    read = normalise("From: Rhodri Pugh\nSent: 14 August 2020 16:02\n\nhealthy-5 done\nKind regards\nRhodri")
    assert read.text == ""
    assert [(one.kind, one.words) for one in read.quotations] == [
        (Furniture.FORWARDED, "healthy-5 done\nKind regards\nRhodri")
    ]


def test_a_quotation_knows_the_words_it_stood_before() -> None:
    read = normalise("> healthy-5 how?\ngreen\n> healthy-8 how?\namber, bus late")
    assert [(one.words, read.text[one.at :].split("\n")[0]) for one in read.quotations] == [
        ("> healthy-5 how?", "green"),
        ("> healthy-8 how?", "amber, bus late"),
    ]


ROWS = {
    "healthy-5\tAmber\tpost vacant": [["healthy-5", "Amber", "post vacant"]],
    "heard-10\tGreen\t\nhappy-2\tAmber\t": [["heard-10", "Green"], ["happy-2", "Amber"]],
    "\tAmber\tpost vacant": [["", "Amber", "post vacant"]],
    "| healthy-5 | G | plans in |": [["healthy-5", "G", "plans in"]],
    "healthy-8 | A | buses": [["healthy-8", "A", "buses"]],
    'Ref,Status,Comment\nhealthy-5,Amber,"late, again"': [
        ["Ref", "Status", "Comment"],
        ["healthy-5", "Amber", "late, again"],
    ],
    "Ref;RAG;Note\nhealthy-5;R;buses": [["Ref", "RAG", "Note"], ["healthy-5", "R", "buses"]],
    "healthy-5, amber, post vacant": [["healthy-5, amber, post vacant"]],
    "status, comments, notes and the rest are done": [["status, comments, notes and the rest are done"]],
    "1. healthy-5 green": [["healthy-5 green"]],
    "- healthy-5 green": [["healthy-5 green"]],
    "a) status: green": [["status: green"]],
    "☐ healthy-5 (to do)": [["healthy-5 (to do)"]],
    "-5 % on last year": [["-5 % on last year"]],
    "(see note 3)": [["(see note 3)"]],
    "7.3 green": [["7.3 green"]],
    "1 on track": [["1 on track"]],
    "16.9. met the heads": [["16.9. met the heads"]],
    "a green light": [["a green light"]],
    "I. healthy-5": [["healthy-5"]],
}


@pytest.mark.parametrize("words", ROWS)
def test_lists_and_tables_have_cells(words: str) -> None:
    read = normalise(words)
    assert [[read.text[cell.start : cell.end] for cell in line.cells] for line in read.lines] == ROWS[words]


def test_a_heading_is_no_row_of_answers() -> None:
    read = normalise("| Action | RAG last time | RAG now | Note |\n|---|---|---|---|\n| healthy-5 | A | G | plans in |")
    assert [line.heading for line in read.lines] == [True, False]
    assert [line.heading for line in normalise("healthy-5\tupdate\tgreen").lines] == [False]


HOSTILE = (
    *(
        "a\n",
        "> a\n",
        "From: x\n",
        "from: a\nto: b\n",
        "On x:\n",
        "on 1:11 a\n",
        "--\n",
        "thanks\n",
        "Kind regards\nMair\n",
    ),
    *(
        "*a*",
        "*",
        "_a ",
        "~a~ ",
        "`a` ",
        "```a```",
        "&amp;",
        "&",
        "comma ",
        "full stop ",
        "new line ",
        "|",
        "a|b\n",
        "\t",
        ",",
    ),
    *(
        " Sent from ",
        "This email\n",
        "Mair Huws 0151 496 0188\n",
        "0151 ",
        "a@b.c ",
        "http://",
        "www.a ",
        ":a:",
        "FW: a\n",
    ),
    *(
        "[14/08/2020 16:02] x\n",
        "Hi Jane\n",
        "\u0301\u0323",
        "：",
        "From: a Sent: b To: c Subject: d ",
        "_____\nFrom: a\n",
    ),
    *('"a","b"\n', ">>>a\n", "Making a\n", "A1 1AA ", ". Kind regards, A", "(", "0", "-", " ", "she/her "),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_reading_takes_no_longer_than_its_length_deserves(piece: str) -> None:
    assert_linear(normalise, *repeated(piece, 20_000))
