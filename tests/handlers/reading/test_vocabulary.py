"""Refs and their near misses (docs/explanation/what-people-write.md, Which action is meant)."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from handlers.reading.tokens import tokens_of
from handlers.reading.vocabulary import PlainRefBook
from tests.growth import assert_linear
from tests.handlers.reading.plan import NUMBERED, SEFTON


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("healthy-5", "healthy-5"),
        ("Healthy 5", "healthy-5"),
        ("HEALTHY5", "healthy-5"),
        ("healthy/5", "healthy-5"),
        ("health 5", "healthy-5"),
        ("being healthy 5", "healthy-5"),
        ("16-sep-3", "16sep-3"),
        ("helthy 5", None),
        ("healthy 55", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_a_ref_is_found_in_any_spelling_and_by_its_themes_other_names(text: str, ref: str | None) -> None:
    assert SEFTON.exact_ref(text) == ref


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("helthy 5", ("healthy-5",)),
        ("hapy-12", ("happy-12",)),
        ("hea 5", ("heard-5", "healthy-5")),
        ("16 sept 3", ("16sep-3",)),
        ("healthy 55", ("healthy-5",)),
        ("healthy 0", ()),
        ("5", ("heard-5", "happy-5", "healthy-5")),
        ("zebra 5", ()),
        ("healthy", ()),
        ("", ()),
    ],
)
def test_what_is_near_a_ref(text: str, near: tuple[str, ...]) -> None:
    assert SEFTON.refs.near(text) == near


def test_numbers_written_together_are_near_but_not_the_same() -> None:
    assert "1.12" in NUMBERED.refs.near("11.2")
    assert NUMBERED.exact_ref("11.2") is None


class OneByOne(PlainRefBook):
    """Counts the looks that a book behind a database takes: one for all that is expected, else one for each."""

    looks = 0

    def __init__(self, refs: Iterable[str]) -> None:
        super().__init__(refs)
        self.known: set[str] = set()

    def expect(self, keys: Iterable[str]) -> None:
        new = set(keys) - self.known
        self.known |= new
        self.looks += bool(new)

    def exact(self, key: str) -> str | None:
        self.expect((key,))
        return super().exact(key)


@pytest.mark.parametrize(
    "text",
    [
        "healthy-5 some issues, recruitment for healthy-5 is slow",
        "heard 3 on track; happy 4: off track because 2 of 3 posts are vacant",
        "healthy-5 done. heard-7 to follow by 3 october",
    ],
)
def test_the_refs_of_a_message_are_looked_up_together(text: str) -> None:
    book = OneByOne(["healthy-5", "heard-3", "happy-4", "heard-7"])
    tokens_of(text, replace(SEFTON, refs=book, kept={}))
    assert book.looks <= 2


def test_never_names_more_than_five() -> None:
    book = PlainRefBook([f"{letters}-1" for letters in ("heard", "heare", "hears", "heart", "hearx", "heary", "hearz")])
    assert len(book.near("hear-1")) == 5


@pytest.mark.parametrize("end", ["!", "¾", "_¬", "\u200b?"])
def test_what_cannot_be_a_ref_takes_no_more_than_its_length(end: str) -> None:
    def look(length: int) -> None:
        for _ in range(100):
            assert SEFTON.exact_ref("a" * length + end) is None
            assert SEFTON.refs.near("a" * (length - 1) + "1" + end) == ()

    assert_linear(look, 10, 40)


def test_what_is_no_ref_is_left_out_of_the_book() -> None:
    assert PlainRefBook(["", "!!", "a-1"]).near("a 1") == ("a-1",)
