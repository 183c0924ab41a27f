"""What wants back what was recorded, and what only looks like it."""

from __future__ import annotations

import pytest

from handlers.reading.undo_words import read_undo
from tests.handlers.reading.plan import SEFTON, TODAY

LAST = (
    "undo",
    "Undo!",
    "undo that",
    "please undo that one",
    "can you undo it?",
    "sorry, undo the last one",
    "oops undo",
    "no wait, scrap that",
    "scrap that last one",
    "take that back please",
    "I want to take it back",
    "delete my last message",
    "cancel that outcome",
    "ignore that last update",
    "forget that",
    "reverse that",
    "undo all of them",
    "undo both",
    "undo the carry forward",
    "take back what I just said",
    "put it back as it was",
    "I need to undo that, sorry",
    "undo the lot",
    "please disregard my last answer",
    "undo that last outcome, wrong one",
    "actually scrap the last two",
    "reverse my last entry please",
)
NAMED = (
    ("undo healthy-5", ("healthy-5",)),
    ("undo the closing of happy 2", ("happy-2",)),
    ("can you undo healthy 5 carried forward", ("healthy-5",)),
    ("take the outcome on healthy-5 back", ("healthy-5",)),
    ("cancel my last update on healthy-5", ("healthy-5",)),
    ("healthy-5: undo", ("healthy-5",)),
    ("undo healthy-5 and happy-2", ("healthy-5", "happy-2")),
)
NOTHING = (
    "undo the damage done by the cuts",
    "take that back to the office",
    "take healthy-5 back to the board",
    "take healthy-5 back",
    "take that back to amber",
    "put it back",
    "put it back to December",
    "cancel the meeting",
    "cancel healthy-5",
    "cancel that meeting on the 16th",
    "scrap healthy-5",
    "scrap that its amber, bus company just rang to cancel",
    "delete the file",
    "don't undo that",
    "do not undo it",
    "no need to undo that",
    "never undo that",
    "how do I undo",
    "what did I undo?",
    "forget it, we are on track",
    "ignore that letter from the school",
    "reverse the decision on parking",
    "we are not able to undo that",
    "drop that to amber",
    "remove the barriers",
    "the undo button does not work",
    "bin collection is late",
    "cancel",
    "delete",
    "take back control of it",
    "healthy-5 on track",
    "move healthy-5 back to September",
    "everything was changed",
    "please remove the item from the agenda",
    "undo the knot in the funding",
    "the wrong one was cancelled by the supplier",
    "remove me from this",
)


@pytest.mark.parametrize("words", LAST)
def test_what_wants_the_last_back(words: str) -> None:
    found = read_undo(words, SEFTON, TODAY)
    assert found is not None
    assert found.refs == ()


@pytest.mark.parametrize(("words", "refs"), NAMED)
def test_what_wants_back_what_was_recorded_on_an_action(words: str, refs: tuple[str, ...]) -> None:
    found = read_undo(words, SEFTON, TODAY)
    assert found is not None
    assert found.refs == refs


@pytest.mark.parametrize("words", NOTHING)
def test_what_says_something_else(words: str) -> None:
    assert read_undo(words, SEFTON, TODAY) is None
