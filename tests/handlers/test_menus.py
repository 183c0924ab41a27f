"""Menus that search as one types: what fits what was typed, best first."""

import pytest

from handlers.people.menus import MOST_CHOICES, fitting_choices
from handlers.responses import Choice

ACTIONS = tuple(
    Choice(str(number), label)
    for number, label in enumerate(
        (
            "healthy-4: Fewer waits for help with emotional health",
            "healthy-5: Act on the emotional health survey",
            "healthy-51: Publish the guide",
            "heard-1: Hear what children say",
            "16sep-2: Report on school readiness",
        )
    )
)
POSTS = tuple(
    Choice(str(number), label)
    for number, label in enumerate(("Head of Education, Sefton Council", "Public Health Lead, Sefton Council", "Chair"))
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("healthy-5", ["1", "2"]),
        ("Healthy 5", ["1", "2"]),
        ("HEALTHY5", ["1", "2"]),
        ("healthy", ["0", "1", "2"]),
        ("emotional", ["0", "1"]),
        ("survey health", ["1"]),
        ("readiness", ["4"]),
        ("guide", ["2"]),
    ],
)
def test_actions_are_found_by_ref_in_any_spelling_and_by_their_words(typed: str, found: list[str]) -> None:
    assert [one.value for one in fitting_choices(ACTIONS, typed)][: len(found)] == found


@pytest.mark.parametrize(
    ("typed", "first"), [("education", "0"), ("head of ed", "0"), ("publc health", "1"), ("CHAIR", "2")]
)
def test_posts_are_found_by_any_part_and_by_what_is_nearly_the_same(typed: str, first: str) -> None:
    assert fitting_choices(POSTS, typed)[0].value == first


def test_nothing_typed_offers_the_first_and_nonsense_offers_nothing() -> None:
    many = tuple(Choice(str(number), f"Post {number}") for number in range(500))
    assert fitting_choices(many, " ") == many[:MOST_CHOICES]
    assert len(fitting_choices(many, "post")) == MOST_CHOICES
    assert fitting_choices(many, "qqqqqq") == ()
    assert fitting_choices(many, "<&>\u202e😀" * 40) == ()
