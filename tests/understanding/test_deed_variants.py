"""What a board decided and what is changed, in other dress: what must not change a reading, and what must.

Source: docs/explanation/what-people-write.md, What the board decided; What is changed.
"""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handlers.reading.whose import Sureness
from tests.conftest import examples
from tests.understanding.variants import (
    DEEDS_KEEPING,
    WHEN_PUT_BEFORE,
    Saying,
    changed_in,
    changes,
    decided_in,
    decisions,
)

some_decision = st.deferred(lambda: st.sampled_from(decisions()))
some_change = st.deferred(lambda: st.sampled_from(changes()))
kept = st.sampled_from(list(DEEDS_KEEPING))
before = st.sampled_from(WHEN_PUT_BEFORE)


@settings(max_examples=examples(100))
@given(some_decision, kept)
def test_a_decision_in_another_dress_is_the_same_decision(one: Saying, how: str) -> None:
    assert decided_in(DEEDS_KEEPING[how](one.words)) == decided_in(one.words)


@settings(max_examples=examples(100))
@given(some_decision, before)
def test_a_decision_that_somebody_says_wishes_or_doubts_is_not_plain(one: Saying, put: str) -> None:
    assume(len(decided_in(one.words)) == 1)  # what stands in a sentence of its own is not Mary's
    said = {(refs, kind) for _, refs, kind, *_ in decided_in(one.words)}
    plain = {(refs, kind) for sure, refs, kind, *_ in decided_in(f"{put} {one.words}") if sure is Sureness.PLAIN}
    assert not said & plain


@settings(max_examples=examples(100))
@given(some_change, kept)
def test_a_change_in_another_dress_is_the_same_change(one: Saying, how: str) -> None:
    # Behind “call the Superintendent” it is the capital that tells a name.
    assume(how != "no capitals" or not one.words.startswith("call "))
    assert changed_in(DEEDS_KEEPING[how](one.words), one.today) == changed_in(one.words, one.today)


@settings(max_examples=examples(100))
@given(some_change, before)
def test_a_change_that_somebody_says_wishes_or_doubts_is_not_offered(one: Saying, put: str) -> None:
    assert changed_in(f"{put} {one.words}", one.today) is None


def test_there_are_enough_deeds_to_vary() -> None:
    assert min(len(decisions()), len(changes())) > 30
