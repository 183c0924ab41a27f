"""Words found wherever a renderer may have written them: whole, clipped, escaped, with other spaces (a table)."""

import json

import pytest

from bot.slack.messenger import page_of
from bot.slack.render import render_one
from handlers.replies import ActionLine, Group, Reply
from models.enums import Status
from models.redaction import scrubbed, scrubbed_json

WORDS = "the boy from number 12 & his sister <Mia> moved  to\nanother school in June, and nobody was told about it"
READ = "the boy from number 12 & his sister <Mia> moved to another school in June, and nobody was told about it"
ESCAPED = READ.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
FOUND = [
    (f"“{WORDS}” Mon 17 Aug", "“[redacted]” Mon 17 Aug"),
    (READ, "[redacted]"),
    (f"“{ESCAPED}”", "“[redacted]”"),
    ("“the boy from number 12 & his sister…” Mon", "“[redacted]” Mon"),
    ("“the boy fr…” and “the boy from number…”", "“[redacted]” and “[redacted]”"),
    ("\u2068“the boy from number 12 &amp; his\u2060 sister…”\u2069", "\u2068“[redacted]”\u2069"),
    ("a boy from number 12 was here", "a boy from number 12 was here"),
    ("the boy…", "[redacted]"),
    ("the girl… moved", "the girl… moved"),
    ("wait…", "wait…"),
]


@pytest.mark.parametrize(("text", "clean"), FOUND, ids=lambda value: value[:30])
def test_words_are_found_however_they_were_written(text: str, clean: str) -> None:
    assert scrubbed(text, WORDS) == clean


SHORT = [
    ("“ok” Mon 17 Aug", "“[redacted]” Mon 17 Aug"),
    ("“the board: ok” Mon", "“the board: [redacted]” Mon"),
    ("looked ok to us", "looked ok to us"),
    ("ok", "[redacted]"),
    ("“all ok”", "“all ok”"),
]


@pytest.mark.parametrize(("text", "clean"), SHORT)
def test_short_words_are_taken_out_only_where_they_are_quoted(text: str, clean: str) -> None:
    assert scrubbed(text, "ok") == clean


@pytest.mark.parametrize("words", [WORDS, "x" * 3000, "a & b " * 300, "سلام " * 40, "👩‍👩‍👧 " * 50, "e\u0301" * 40])
def test_nothing_is_left_in_a_message_as_slack_gets_it(words: str) -> None:
    words = words.strip()
    last = f"“{words[:280].rstrip()}…” Mon 17 Aug"
    line = ActionLine("healthy-5", "An action", Status.ON_TRACK, last=last, answered=f"The board: “{words}”")
    reply = Reply("Recorded for healthy-5.", intro=(f"“{words}”",), groups=(Group("A", lines=(line,)),))
    page = page_of(render_one(reply))
    clean = scrubbed_json(page, words)
    seen = json.dumps(json.loads(clean), ensure_ascii=False)
    assert "[redacted]" in seen
    assert words[:12] not in seen
    assert "healthy-5" in seen
    assert scrubbed_json(clean, words) == clean, "once is enough"


def test_a_page_without_the_words_stays_as_it_is() -> None:
    page = page_of(render_one(Reply("Recorded for healthy-5.", intro=("“two advisors”",))))
    assert scrubbed_json(page, WORDS) is page
