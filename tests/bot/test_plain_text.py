"""People's words made safe, and replies for a terminal."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.plain_text import CIRCLES, STATUS_KEY, as_text, isolate, one_line, paragraphs
from handlers.responses import ActionLine, Button, Choice, Content, Field, Form, Group
from models.enums import Status
from tests.bot.slack.samples import HOSTILE, SIZES, choosing, hostile, hostile_form, listing
from tests.conftest import examples


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("two words", "two words"),
        ("  two \t\n words  ", "two words"),
        ("ring\x07 \x1b[31mred\x1b[0m", "ring [31mred[0m"),
        ("nul\x00l", "null"),
        ("\x9b31mred", "31mred"),
        ("line\u2028break", "line break"),
        ("app\u202erevo", "apprevo"),
        ("\u2066a\u2069", "a"),
        ("in\u200bvis\u2060ible\ufeff\u00ad", "invisible"),
        ("👩\u200d👧 🏴\U000e0067\U000e0062\U000e007f", "👩\u200d👧 🏴\U000e0067\U000e0062\U000e007f"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("half \ud83d pair", "half pair"),
        ("Z" + "\u0301" * 50, "Z" + "\u0301" * 4),
        ("<!channel> *b* &amp;", "<!channel> *b* &amp;"),
    ],
)
def test_words_lose_what_nobody_sees(typed: str, clean: str) -> None:
    assert one_line(typed) == clean


def test_paragraphs_keep_their_lines_and_drop_empty_ones() -> None:
    assert paragraphs("one\r\n\n\n  two  \x0bthree\u2029\n") == "one\ntwo\nthree"


@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (one_line, paragraphs):
        assert clean(clean(text)) == clean(text)
        assert clean(isolate(clean(text))) == clean(text)


def test_only_lines_with_right_to_left_letters_are_isolated() -> None:
    assert isolate("plain\nאבג 9\ncafé") == "plain\n\u2068אבג 9\u2069\ncafé"


def test_no_right_to_left_letter_of_any_script_is_overlooked() -> None:
    letters = map(chr, range(sys.maxunicode + 1))
    right_to_left = [one for one in letters if unicodedata.bidirectional(one) in ("R", "AL", "AN")]
    assert len(right_to_left) > 2000
    assert [one for one in right_to_left if isolate(one) == one] == []


def test_every_status_has_a_colour_and_the_key_names_it() -> None:
    assert set(CIRCLES) == set(Status)
    assert all(f"{CIRCLES[status]} {status.value}" in STATUS_KEY for status in Status)


def test_a_reply_reads_well_in_a_terminal() -> None:
    line = ActionLine(
        "healthy-5",
        "Recruit two advisors",
        Status.ON_TRACK,
        ("Head of Education", "due 16 Sep 2020"),
        "“Two recruited.” 4 Sep",
        (Button("On track", "rate"), Button("Some issues…", "rate")),
    )
    content = Content(
        "One action is overdue.",
        ("The next board is on 16 Sep 2020.",),
        (Group("Overdue", ("Most missed first.",), (line,)), Group("No lead", empty="None.")),
        ("Small print.",),
        (Button("Publish", "publish"),),
        typed="/cypp overdeu",
        shareable="overdue",
    )
    assert as_text(content) == (
        "One action is overdue.\n"
        "The next board is on 16 Sep 2020.\n"
        "You typed: /cypp overdeu\n"
        "\n"
        "Overdue\n"
        "───────\n"
        "Most missed first.\n"
        "healthy-5  🟢 on track\n"
        "    Recruit two advisors\n"
        "    Head of Education · due 16 Sep 2020\n"
        "    | “Two recruited.” 4 Sep\n"
        "    [On track]  [Some issues…]\n"
        "\n"
        "No lead\n"
        "───────\n"
        "None.\n"
        "\n"
        "[Publish]  [Share in channel]\n"
        "\n"
        "Small print."
    )


def test_a_form_reads_well_in_a_terminal() -> None:
    form = Form(
        "Update healthy-5",
        "update",
        "healthy-5",
        "Record",
        ("Recruit two advisors",),
        (
            Field(
                "status", "Status", "choice", initial="a", choices=(Choice("a", "on track"), Choice("b", "off track"))
            ),
            Field("words", "What has been done?", "text", hint="Two sentences will do.", optional=True),
        ),
        "Kept for ever.",
    )
    assert as_text(form) == (
        "Update healthy-5\n"
        "────────────────\n"
        "Recruit two advisors\n"
        "\n"
        "Status\n"
        "    (•) on track\n"
        "    ( ) off track\n"
        "\n"
        "What has been done? (optional)\n"
        "    ____________________\n"
        "    Two sentences will do.\n"
        "\n"
        "Kept for ever.\n"
        "\n"
        "[Record]  [Cancel]"
    )


def test_an_answered_action_shows_the_answer_and_what_may_still_be_pressed() -> None:
    line = ActionLine("7.3", "Words", Status.ON_TRACK, buttons=(Button("Undo", "u"),), answered="Answered on 4 Sep")
    text = as_text(Content("Head.", groups=(Group(lines=(line,)),)))
    assert "Answered on 4 Sep" in text
    assert "[Undo]" in text


@pytest.mark.parametrize("size", SIZES)
def test_every_size_shows_each_action_once(size: int) -> None:
    text = as_text(listing(size, groups=3, presses=2))
    assert sorted(re.findall(r"(?m)^healthy-\d+", text)) == sorted(f"healthy-{n}" for n in range(size))
    assert ("closed, not done · " in text or "⬜ closed, not done" in text) == bool(size)
    assert as_text(choosing(size)).count("( )") == size


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("width", [1, 40, 100])
def test_hostile_text_reaches_no_terminal(name: str, width: int) -> None:
    for content in (hostile(HOSTILE[name]), hostile_form(HOSTILE[name])):
        text = as_text(content, width)
        assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        assert all(len(line) <= max(width, 16) for line in text.split("\n"))


@settings(max_examples=examples(50))
@given(st.text(st.characters(codec=None)), st.integers(20, 120))
def test_whatever_is_said_keeps_to_the_width(text: str, width: int) -> None:
    assert all(len(line) <= width for line in as_text(hostile(text), width).split("\n"))
