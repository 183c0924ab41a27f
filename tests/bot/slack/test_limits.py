"""Clipping and checking against Slack's limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import limits
from bot.slack.limits import Block, OverLimitError, clip, clip_at_word, limit_problems, size
from bot.slack.render import SlackMessage
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


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def press(text: str = "Go", action_id: str = "cypp:go:0", value: str = "") -> Block:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": value}


def row(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


SECTION: Block = {"type": "section", "text": plain("x" * 3000)}


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ([{"type": "divider"}] * 51, "51 blocks"),
        ([SECTION] * 4, "12000 characters over all blocks"),
        ([{"type": "section", "text": plain("x" * 3001)}], "text of 3001"),
        ([{"type": "section", "text": plain("")}], "an empty text"),
        ([{"type": "header", "text": plain("x" * 151)}], "text of 151"),
        ([{"type": "context", "elements": [plain("x")] * 11}], "11 elements"),
        ([{"type": "context", "elements": [plain("x" * 2001)]}], "text of 2001"),
        ([row()], "0 elements"),
        ([row(*(press(action_id=str(n)) for n in range(26)))], "26 elements"),
        ([row(press("x" * 76))], "button text of 76"),
        ([row(press(value="x" * 2001))], "value of 2001"),
        ([row(press(action_id="x" * 256))], "action_id of 256"),
        ([row(press()), row(press())], "appears twice"),
        ([{"type": "table"}], "not used in messages"),
    ],
)
def test_each_limit_is_found(blocks: list[Block], problem: str) -> None:
    assert any(problem in found for found in limit_problems(blocks))
    with pytest.raises(OverLimitError, match=problem):
        limits.check_within_limits(SlackMessage("Text.", blocks))


@pytest.mark.parametrize(
    ("text", "problem"), [("", "empty"), (" ", "empty"), ("é" * 2000, "bytes"), ("<!here>", "escaped")]
)
def test_a_plain_text_is_there_and_short_and_escaped(text: str, problem: str) -> None:
    with pytest.raises(OverLimitError, match=problem):
        limits.check_within_limits(SlackMessage(text, []))


def test_blocks_at_the_limits_are_no_problem() -> None:
    blocks = [SECTION, SECTION, row(*(press("x" * 75, str(n), "x" * 2000) for n in range(25)))]
    assert limit_problems(blocks) == []
    limits.check_within_limits(SlackMessage("Text.", blocks))


def test_a_message_as_measured_in_the_wild_is_judged_the_careful_way() -> None:
    """bolt-js #2867: 11,341 characters in 45 blocks are refused."""
    assert limit_problems([{"type": "section", "text": plain("x" * 252)}] * 45)
    assert limit_problems([{"type": "section", "text": plain("x" * 215)}] * 45) == [
        "blocks, buttons and characters weigh 12825, at most 12500"
    ]
    assert not limit_problems([{"type": "section", "text": plain("x" * 200)}] * 45)
