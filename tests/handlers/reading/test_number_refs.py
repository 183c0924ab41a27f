"""Refs that are figures alone, as many plans have them: where they name an action, and where they are amounts."""

from __future__ import annotations

import pytest

from handlers.reading.lexicon import TokenKind
from handlers.reading.normalise import fold
from handlers.reading.tokens import tokens_of
from tests.handlers.reading.plan import NUMBERED

NAMED = {
    "7.3 on track": ["7.3"],
    "7.3 closed, minute 4": ["7.3"],
    "7.3 has slipped": ["7.3"],
    "7.3 needs more time": ["7.3"],
    "close 7.3": ["7.3"],
    "carry 1.1 and 7.3 forward to october": ["1.1", "7.3"],
    "1.1, 7.3 and 7.4 carried forward": ["1.1", "7.3", "7.4"],
    "both 1.1 and 7.3 on track": ["1.1", "7.3"],
    "move 7.3 to october, the tender is late": ["7.3"],
    "postpone 7.3 until october": ["7.3"],
    "7.3 agreed, 7.4 not agreed": ["7.3", "7.4"],
}
AMOUNTS = (
    "we need 7.3 million",
    "budget of 7.3 this year",
    "carry 7.3 tonnes",
    "rates of 7.3 by ward",
    "version 7.3 was sent",
    "7.3 million to spend",
    "waits rose by 7.3 days",
    "it costs £7.3 to send",
    "move 7.3 miles to the north",
    "a mean of 1.1 children",
)


def named(words: str) -> list[str]:
    tokens = tokens_of(fold(words), NUMBERED)
    return [ref for one in tokens if one.kind is TokenKind.REF and isinstance(one.value, tuple) for ref in one.value]


@pytest.mark.parametrize("words", NAMED)
def test_figures_that_are_a_ref_of_the_plan_name_an_action(words: str) -> None:
    assert named(words) == NAMED[words]


@pytest.mark.parametrize("words", AMOUNTS)
def test_amounts_name_no_action(words: str) -> None:
    assert named(words) == []
