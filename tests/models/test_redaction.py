"""Words found wherever a renderer may have written them: whole, clipped, escaped, with other spaces; and for good."""

import json
from datetime import UTC, datetime

import pytest

from bot.slack.messenger import page_of
from bot.slack.render import render_one
from handlers.responses import ActionLine, Content, Group
from models.enums import MessageClass, Status
from models.notifications.messages import parts_of, record_change
from models.records.redaction import redact_everywhere, scrub_json, scrub_text
from models.storage.engine import Database
from models.storage.notification_tables import Message, MessagePart
from models.storage.scope import ALL
from models.storage.workspaces import ensure_workspace

NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)

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
    assert scrub_text(text, WORDS) == clean


SHORT = [
    ("“ok” Mon 17 Aug", "“[redacted]” Mon 17 Aug"),
    ("“the board: ok” Mon", "“the board: [redacted]” Mon"),
    ("looked ok to us", "looked ok to us"),
    ("ok", "[redacted]"),
    ("“all ok”", "“all ok”"),
]


@pytest.mark.parametrize(("text", "clean"), SHORT)
def test_short_words_are_taken_out_only_where_they_are_quoted(text: str, clean: str) -> None:
    assert scrub_text(text, "ok") == clean


@pytest.mark.parametrize("words", [WORDS, "x" * 3000, "a & b " * 300, "سلام " * 40, "👩‍👩‍👧 " * 50, "e\u0301" * 40])
def test_nothing_is_left_in_a_message_as_slack_gets_it(words: str) -> None:
    words = words.strip()
    last = f"“{words[:280].rstrip()}…” Mon 17 Aug"
    line = ActionLine("healthy-5", "An action", Status.ON_TRACK, last=last, answered=f"The board: “{words}”")
    content = Content("Recorded for healthy-5.", intro=(f"“{words}”",), groups=(Group("A", lines=(line,)),))
    page = page_of(render_one(content))
    clean = scrub_json(page, words)
    seen = json.dumps(json.loads(clean), ensure_ascii=False)
    assert "[redacted]" in seen
    assert words[:12] not in seen
    assert "healthy-5" in seen
    assert scrub_json(clean, words) == clean, "once is enough"


def test_a_page_without_the_words_stays_as_it_is() -> None:
    page = page_of(render_one(Content("Recorded for healthy-5.", intro=("“two advisors”",))))
    assert scrub_json(page, WORDS) is page


# -- what is kept of messages


def kept_page(database: Database, payload: str) -> int:
    """A message that was delivered with one page; its number."""
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, "T", NOW)
        sent = Message(
            workspace_id="T",
            uuid=payload[:36],
            message_class=MessageClass.CHANNEL,
            recipient="channel:C1",
            planned_at=NOW,
        )
        session.add(sent)
        session.flush()
        session.add(MessagePart(message_id=sent.id, number=0, payload=payload, ts="1.1"))
        return sent.id


def redact_in(database: Database, words: str) -> None:
    with database.write(workspace=ALL) as session:
        redact_everywhere(session, 0, words, "because", NOW)


def stored(database: Database, message_id: int) -> tuple[str, int]:
    with database.read(ALL) as session:
        (part,) = parts_of(session, message_id)
        return part.payload, part.stale


def test_words_that_are_redacted_while_their_message_is_being_changed_do_not_come_back(database: Database) -> None:
    """Words of one page are redacted twice within a minute; the first change is on its way when the second comes."""
    page = '"Mia of number twelve said it; Ben of number seven did it"'
    message_id = kept_page(database, page)
    redact_in(database, "Mia of number twelve")
    shown, seen = stored(database, message_id)
    redact_in(database, "Ben of number seven")
    with database.write(workspace=ALL) as session:
        record_change(session, message_id, 0, seen, shown, shown)
    assert stored(database, message_id) == ('"[redacted] said it; [redacted] did it"', 1)


def test_a_clipped_beginning_without_two_letters_on_end_is_found_too(database: Database) -> None:
    message_id = kept_page(database, '"“é à ü ö – M…” Mon 17 Aug"')
    redact_in(database, "é à ü ö – Mollie is at another school")
    assert stored(database, message_id) == ('"“[redacted]” Mon 17 Aug"', 1)
