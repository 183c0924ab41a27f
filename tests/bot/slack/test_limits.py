"""Clipping and measuring against Slack's limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import limits
from bot.slack.limits import Block, OverLimitError, clip, clip_at_word, size
from tests.bot.slack.samples import HOSTILE
from tests.bot.slack.slack_rules import length

FAMILY = "👩\u200d👩\u200d👧"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("", 5, ""),
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("two words", 5, "two…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
        ("cafe\u0301 noir", 5, "caf…"),
        ("cafe\u0301 noir", 6, "cafe\u0301…"),
        ("😀😀😀", 4, "😀…"),
        (f"a{FAMILY}b", 8, "a…"),
        (f"a{FAMILY}bc", 10, f"a{FAMILY}…"),
        ("a👍🏽bc", 4, "a…"),
        ("🇬🇧🇫🇷", 7, "🇬🇧…"),
        ("🇬🇧🇫🇷", 5, "🇬🇧…"),
        (f"{ENGLAND}b", 9, "…"),
        ("a&b", 5, "a…"),
        ("a&b", 7, "a&b"),
    ],
)
def test_a_clip_keeps_visible_characters_whole(text: str, limit: int, clipped: str) -> None:
    assert clip(text, limit) == clipped


@given(st.text() | st.sampled_from(sorted(HOSTILE)).map(HOSTILE.__getitem__), st.integers(0, 60))
def test_a_clip_is_a_beginning_within_the_limit(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert size(clipped) <= limit
    assert clipped == text or not clipped or (clipped[-1] == "…" and text.startswith(clipped[:-1]))


@given(st.text(st.characters(codec="utf-8")))
def test_size_is_the_longest_slack_may_find(text: str) -> None:
    assert size(text) == length(text)


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("Record an update", 24, "Record an update"),
        ("Record an update on healthy-5", 24, "Record an update on…"),
        ("Recordanupdateonhealthy-5now", 24, "Recordanupdateonhealthy…"),
        ("A Recordanupdateonhealthy-5now", 24, "A Recordanupdateonhealt…"),
        ("Record an update on it now", 24, "Record an update on it…"),
    ],
)
def test_a_title_is_clipped_between_words_where_that_keeps_half(text: str, limit: int, clipped: str) -> None:
    assert clip_at_word(text, limit) == clipped


def sections(characters: int, many: int) -> list[Block]:
    """So many paragraphs of so many characters."""
    return [{"type": "section", "text": {"type": "plain_text", "text": "x" * characters, "emoji": False}}] * many


def test_a_message_as_measured_in_the_wild_is_judged_the_careful_way() -> None:
    """bolt-js #2867: 11,341 characters in 45 blocks are refused."""
    assert not limits.cost(sections(252, 45)).fits(limits.MESSAGE_ROOM)
    assert limits.cost(sections(215, 45)).weight == 12825
    assert not limits.cost(sections(215, 45)).fits(limits.MESSAGE_ROOM)
    assert limits.cost(sections(200, 45)).fits(limits.MESSAGE_ROOM)


def test_what_must_come_back_whole_is_refused_where_it_is_too_long() -> None:
    assert limits.require("a value", "x" * 9, 9) == "x" * 9
    with pytest.raises(OverLimitError, match="a value of 10 characters, at most 9"):
        limits.require("a value", "x" * 10, 9)
