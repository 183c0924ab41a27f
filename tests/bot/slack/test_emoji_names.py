"""Emoji come from Slack as their names: those of the key are ratings to be confirmed, and no name has words in it.

Seen in Slack: a typed 🟢 is `:large_green_circle:` in `text` (dylex/slack-libpurple#185, tempoxyz/tip.bot#2).
"""

from __future__ import annotations

import pytest

from bot.demo.workspace.typed_emoji import emoji_named, emoji_shown
from bot.slack.typed_text import typed_words
from handlers.reading.lexicon import TokenKind
from handlers.reading.normalise import fold
from handlers.reading.tokens import tokens_of
from models.enums import Status
from tests.bot.slack.e2e import EDUCATION, entries, labels, read
from tests.handlers.reading.plan import EMPTY
from tests.local_slack import Sandbox

TYPED = [
    ("🟢", ":large_green_circle:"),
    ("🔴 late", ":red_circle: late"),
    ("👍🏻", ":+1::skin-tone-2:"),
    ("👍🏿 thanks", ":+1::skin-tone-6: thanks"),
    ("no emoji: 10:30, £5", "no emoji: 10:30, £5"),
    ("2½ days → Friday • “agreed”", "2½ days → Friday • “agreed”"),
]

WORDS = [
    (":large_green_circle: all well", "🟢 all well"),
    (":red_circle:", "🔴"),
    (":large_orange_circle::large_yellow_circle:", "🟠🟡"),
    (":large_purple_square:", "🟪"),
    (":+1::skin-tone-2: thanks", "👍🏻 thanks"),
    (":thumbsup::skin-tone-6:", "👍🏿"),
    (":red_car:", "🚗"),
    (":green_heart:", "💚"),
    ("done:tada:", "done🎉"),
    # Nothing of these is an emoji that everybody has: they stay as they are written.
    (":sefton-green:", ":sefton-green:"),
    (":not_started:", ":not_started:"),
    ("from 10:30 to 11:00: on track", "from 10:30 to 11:00: on track"),
    ("healthy-5:red:late", "healthy-5:red:late"),
    ("ratio 1:100:3", "ratio 1:100:3"),
    ("see https://example.org/:x:y", "see https://example.org/:x:y"),
    (":green heart:", ":green heart:"),
    ("::", "::"),
    (":skin-tone-2:", ":skin-tone-2:"),
]

CIRCLES = [
    (":large_green_circle: posts filled", Status.ON_TRACK),
    (":large_green_square:", Status.ON_TRACK),
    (":large_orange_circle:", Status.SOME_ISSUES),
    (":large_yellow_circle:", Status.SOME_ISSUES),
    (":red_circle:", Status.OFF_TRACK),
    (":large_red_square:", Status.OFF_TRACK),
    (":white_circle:", Status.NOT_STARTED),
    (":red_circle: was :large_green_circle:", None),
    (":red_car:", None),
    (":green_heart:", None),
    (":red_circle_team:", None),
    (":large_blue_circle:", None),
    (":green_apple:", None),
]

NO_RATING = [
    ":red_car:",
    ":green_heart:",
    ":team_on_track:",
    ":on-track:",
    ":rag-red:",
    ":amber:",
    ":done:",
    ":all_done_parrot:",
    ":off_track::skin-tone-3:",
    "healthy-5 :red:",
    "healthy-5 :red_car:",
    "healthy-5 :green_book: read",
    "healthy-5 :no_change:",
    "healthy-5 :not-ours:",
]
"""Messages of somebody who owes an answer: nothing is stored, and no button rates by the word inside the name."""

STILL_READ = [
    ("healthy-5 on track :tada:", Status.ON_TRACK),
    ("healthy-5: on track :rag-red:", Status.ON_TRACK),
    ("healthy-5 :team: amber, no post", Status.SOME_ISSUES),
    ("healthy-5:red:late", Status.OFF_TRACK),
]


@pytest.mark.parametrize(("typed", "sent"), TYPED)
def test_the_local_workspace_sends_names(typed: str, sent: str) -> None:
    assert emoji_named(typed) == sent
    assert emoji_shown(sent) == typed


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_a_name_that_everybody_has_is_its_emoji(text: str, words: str) -> None:
    assert typed_words(text) == words


@pytest.mark.parametrize(("text", "status"), CIRCLES)
def test_a_circle_of_the_key_is_found(text: str, status: Status | None) -> None:
    tokens = tokens_of(fold(typed_words(text)), EMPTY)
    rated = {one.value for one in tokens if one.kind is TokenKind.RATING}
    assert rated == {status} if status is not None else len(rated) != 1


@pytest.mark.parametrize("text", NO_RATING)
def test_nothing_is_read_inside_a_name(asked: Sandbox, text: str) -> None:
    answer = asked.say(EDUCATION, text)
    assert not any(entries(asked, ref) for ref in ("healthy-5", "heard-2"))
    said = read(answer)
    assert "Recorded" not in said
    assert not any(
        "Record" in label and "still" not in label for message in answer.messages for label in labels(message)
    )


@pytest.mark.parametrize(("text", "status"), STILL_READ)
def test_words_beside_a_name_are_read(asked: Sandbox, text: str, status: Status) -> None:
    asked.say(EDUCATION, text)
    assert [entry.status for entry in entries(asked, "healthy-5")] == [status]


def test_a_typed_circle_is_a_rating_and_other_emoji_are_stored_as_they_are(asked: Sandbox) -> None:
    shown = asked.say(EDUCATION, "healthy-5 🟢 all posts filled 👍🏻")
    assert shown.said is not None
    assert shown.said.text == "healthy-5 :large_green_circle: all posts filled :+1::skin-tone-2:"
    [entry] = entries(asked, "healthy-5")
    assert entry.status is Status.ON_TRACK
    assert ":" not in entry.words
    assert entry.words.endswith("all posts filled 👍🏻")


def test_a_command_sends_names_too(asked: Sandbox) -> None:
    asked.command(EDUCATION, "update healthy-5 on track, all well 🎉")
    [entry] = entries(asked, "healthy-5")
    assert entry.words == "all well 🎉"
