"""Small numbers are held back, as tables."""

from decimal import Decimal

import pytest

from models.rules.small_numbers import is_small, percentage_withheld


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False), (50, False)])
def test_one_to_four_are_small(count: int, small: bool) -> None:
    assert is_small(count) is small


@pytest.mark.parametrize(
    ("figure", "numerator", "denominator", "held"),
    [
        ("50", 3, 6, True),
        ("50", None, 9, True),
        ("100", 9, 9, True),
        ("50", 5, 10, False),
        ("30", None, 10, True),
        ("30", 3, 10, True),
        ("0", 0, 10, False),
        ("72", None, None, False),
        ("72", 4, None, True),
        ("4.6", None, 100, False),
        ("4.4", None, 100, True),
    ],
)
def test_a_percentage_that_gives_a_few_away_is_withheld(
    figure: str, numerator: int | None, denominator: int | None, held: bool
) -> None:
    assert percentage_withheld(Decimal(figure), numerator, denominator) is held
