"""Young people's own words that lack where they are from or consent, as a table.

Source: docs/explanation/data-protection.md, Young people's words.
"""

from __future__ import annotations

import pytest

from handlers.reading.child_quotes import unsourced_quotes, without_quotes

SAID = "I miss my friends every day"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        # A child's words without anything behind them.
        (f"A pupil said “{SAID}”.", True),
        (f'A young person told us: "{SAID}"', True),
        (f"“{SAID}” (care leaver)", True),
        (f"“{SAID}”, a girl of Year 9 wrote", True),
        # Nobody is named, and it speaks of itself.
        (f"“{SAID}”", True),
        # One of the two is not enough.
        (f"A pupil said “{SAID}” (survey, June 2020).", True),
        (f"A pupil said “{SAID}” (consent noted).", True),
        # Both, before or behind.
        (f"A pupil said “{SAID}” (survey, June 2020, consent noted).", False),
        (f"“{SAID}” (young carer, forum of May 2020; consent noted)", False),
        (f"In the survey of June 2020 a pupil, with consent, said “{SAID}”.", False),
        # Both, but of the quotation after.
        (f"A pupil said “{SAID}”. A pupil said “we need a place to meet” (survey, consent noted).", True),
        # What others wrote of children.
        ("The inspection found “very good use of children's voices”.", False),
        ("The letter said “good evidence that planning met need”.", False),
        # A name, a title, a term.
        ("The “Hello Yellow” campaign reached every pupil.", False),
        ("We held “Make your mark”.", False),
        # No quotation.
        ("A pupil missed friends every day.", False),
        ("", False),
    ],
)
def test_which_quotation_is_held(text: str, held: bool) -> None:
    assert bool(unsourced_quotes(text)) is held
    if held:
        assert unsourced_quotes(text) == (SAID,)


def test_only_what_is_held_is_taken_out() -> None:
    text = f"A pupil said “{SAID}”. The letter said “good use”."
    assert without_quotes(text, (SAID,), "[held]") == "A pupil said [held]. The letter said “good use”."
    assert without_quotes(f'A pupil said "{SAID}".', (SAID,), "[held]") == "A pupil said [held]."
