"""Small numbers are held back: as tables, and drawn, so that no withheld figure can be worked out."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.small_numbers import is_small, percentage_withheld, withheld_cells


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


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        ([10, 20, 30], []),
        ([3, 20, 30], [0, 1]),
        ([3, 2, 30], [0, 1]),
        ([1, 1, 30], [0, 1, 2]),
        ([4, 4, 30], [0, 1, 2]),
        ([1, 5, 30], [0, 1, 2]),
        ([3, 0, 0], None),
        ([3], None),
        ([0, 0], []),
    ],
)
def test_a_second_cell_is_withheld_where_the_total_would_give_the_first_away(
    cells: list[int], held: list[int] | None
) -> None:
    found = withheld_cells(cells, total=True)
    assert (None if found is None else sorted(found)) == held
    assert withheld_cells(cells, total=False) == frozenset(at for at, one in enumerate(cells) if 0 < one < 5)


@given(st.lists(st.integers(0, 12), max_size=4))
def test_no_withheld_count_can_be_worked_out(cells: list[int]) -> None:
    held = withheld_cells(cells, total=True)
    small = {at for at, one in enumerate(cells) if 0 < one < 5}
    if held is None:
        assert small
        return
    assert small <= held
    order = sorted(held)
    whole = sum(cells[at] for at in order)
    # What a reader who knows the rule would try: 1 to 4 where it says "fewer than 5", 5 or more elsewhere.
    tried = [range(1, 5) if at in small else range(5, whole + 1) for at in order]
    fitting = [guess for guess in product(*tried) if sum(guess) == whole]
    for place in range(len(order)):
        assert len({guess[place] for guess in fitting}) > 1
