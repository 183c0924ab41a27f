"""What must not change which name is found, and what may never be one, whatever is typed."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise, product
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.likeness import Likeness, ordinary_words
from handlers.reading.matching import find_name
from handlers.reading.name_books import name_book
from handlers.reading.names_in_text import names_in
from handlers.reading.plan_names import NameKind
from handlers.reading.vocabulary import PlanNames, Vocabulary
from tests.growth import assert_linear, repeated
from tests.handlers.reading.names_plan import SEFTON_NAMES, TOWN_NAMES

KINDS = (NameKind.POST, NameKind.ORGANISATION, NameKind.BOARD, NameKind.THEME, NameKind.PRIORITY)
PLANS = (SEFTON_NAMES, TOWN_NAMES)
TYPED = [
    (plan, kind, typed)
    for plan in PLANS
    for kind in KINDS
    for name in name_book(plan, kind).names
    for typed in (*name.names, *name.others, name.label if kind is NameKind.POST else name.names[0])
]
plans = st.sampled_from(PLANS)


def _plural(text: str) -> str:
    return text if text.endswith(("s", "y")) or len(text) < 4 else f"{text}s"


CHANGES: dict[str, Callable[[str, st.DataObject], str]] = {
    "capitals": lambda text, _: text.upper(),
    "small letters": lambda text, _: text.lower(),
    "spaces": lambda text, _: "  " + text.replace(" ", " \t ") + " ",
    "hyphens": lambda text, _: text.replace(" ", "-"),
    "the": lambda text, _: f"the {text}",
    "a possessive": lambda text, _: f"{text}’s",
    "a plural": lambda text, _: _plural(text),
    "a full stop": lambda text, _: f"{text}.",
    "apostrophes left out": lambda text, _: text.replace("'", "").replace("’", ""),
    "another order": lambda text, data: " ".join(data.draw(st.permutations(text.split()))),
}


def _found(plan: Vocabulary, kind: NameKind, typed: str) -> list[str]:
    return sorted(name.key for name in find_name(typed, plan, kind).names)


@pytest.mark.parametrize("change", CHANGES)
@given(st.sampled_from(TYPED), st.data())
def test_how_it_is_written_does_not_change_which_name_it_is(
    change: str, row: tuple[Vocabulary, NameKind, str], data: st.DataObject
) -> None:
    plan, kind, typed = row
    assert _found(plan, kind, typed), typed
    changed = CHANGES[change](typed, data)
    assert _found(plan, kind, changed) == _found(plan, kind, typed), changed


@pytest.mark.parametrize("plan", PLANS)
def test_two_letters_are_a_name_only_where_they_are_given_as_one(plan: Vocabulary) -> None:
    given_as = {other.lower() for kind in KINDS for name in name_book(plan, kind).names for other in name.others}
    for letters in {*map("".join, product(ascii_lowercase, repeat=2))} - given_as:
        assert not any(find_name(letters, plan, kind).names for kind in KINDS), letters
        assert not names_in(letters, plan), letters


@given(plans, st.sampled_from(KINDS), st.sampled_from(sorted(ordinary_words())))
def test_an_english_word_mistypes_nothing_and_is_no_name_for_sure(plan: Vocabulary, kind: NameKind, word: str) -> None:
    assert find_name(word, plan, kind).likeness is not Likeness.MISTYPED
    assert all(one.possible for one in names_in(word, plan))
    assert all(one.possible for one in names_in(f"we are {word} of it", plan))


PIECES = (
    "Head of Education", "head of ed", "Supt", "the", "police", "healthy-5", "healthy 5", "7.3", "priority 7", "p7",
    "priorities 7, 8 and", "@Mary West", "<@U0TOMASZ>", "of", "and", ",", ".", "\n", "–", "Merseyside Police", "MASH",
    "team manager", "theme", "heard", "hwb", "board",
    "I\u0307stanbul", "ß", "🟢", "https://x.org/head-of-education", "1",
)  # fmt: skip
anything = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=25).map("".join),
)


@given(anything, plans)
def test_any_text_has_names_in_order_and_none_inside_another(text: str, plan: Vocabulary) -> None:
    seen = names_in(text, plan)
    assert all(one.end <= other.start for one, other in pairwise(seen))
    assert all(text[one.start : one.end] == one.typed and one.names for one in seen)
    assert names_in(text, plan) == seen
    for kind in (*KINDS, NameKind.PERSON):
        assert find_name(text, plan, kind).typed == text


@pytest.mark.parametrize(
    "piece",
    ["a ", "head of ", "manager ", "Zebraxx ", "healthy 5, ", "1 ", "x-", "p7 ", "priority 1, 2, ", "@a ", "<@U1> ",
     "é", "the police, ", "director of children's ", "7.3 "],
)  # fmt: skip
def test_a_long_text_takes_no_more_than_its_length(piece: str) -> None:
    assert_linear(lambda text: names_in(text, TOWN_NAMES), *repeated(piece, 3_000))


@pytest.mark.parametrize(
    "text",
    ["how is priority 7 going?", "status p7", "healthy-5 on track", "healthy-5 and happy 2 are on track", "thanks", "",
     "what is due next week", "which ones are red or amber", "who has not answered"],
)  # fmt: skip
def test_most_messages_need_no_posts_to_be_read(text: str) -> None:
    def looked_up() -> PlanNames:
        raise AssertionError("posts were read for nothing")

    plan = replace(SEFTON_NAMES, names=looked_up)
    assert isinstance(names_in(text, plan), tuple)
