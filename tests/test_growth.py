"""The measure of growth itself: what is linear passes, what is quadratic does not."""

import pytest

from tests.growth import assert_linear, repeated


def test_what_is_linear_passes_and_gives_what_it_did() -> None:
    assert assert_linear(lambda size: sum(range(size)), 100_000, 400_000) == 79_999_800_000


def test_what_is_quadratic_fails() -> None:
    with pytest.raises(AssertionError, match="4 times the work took"):
        assert_linear(lambda size: sum(1 for _ in range(size * size)), 1000, 4000)


def test_a_text_and_its_first_quarter() -> None:
    assert repeated("ab", 12) == ("aba", "ab" * 6)
