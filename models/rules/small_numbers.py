"""Hold back small numbers, so that nobody can be recognised by them or work them out.

Source: docs/explanation/measures.md, Small numbers.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

FEWER_THAN = 5
FEWER_SAID = "fewer than 5"
WITHHELD = "withheld"
"""What is printed for a figure that would give a small number away."""
LEAST_OF = 10
"""A percentage of fewer than these is withheld."""


def is_small(count: int) -> bool:
    """Return whether a count is withheld."""
    return 0 < count < FEWER_THAN


def percentage_withheld(figure: Decimal, numerator: int | None, denominator: int | None) -> bool:
    """Return whether a percentage is withheld: over too few, or such that it gives a small number away."""
    if denominator is None:
        return numerator is not None and is_small(numerator)
    if denominator < LEAST_OF:
        return True
    counted = (figure * denominator / 100).quantize(Decimal(1), ROUND_HALF_UP)
    return is_small(int(counted)) or (numerator is not None and is_small(numerator))


def withheld_cells(cells: Sequence[int], *, total: bool) -> frozenset[int] | None:
    """Return which of some counts are withheld, by their place, where each is known to add to what is printed.

    Args:
        cells: the counts.
        total: whether their sum is printed beside them.

    Returns:
        None where the sum has to be withheld as well: then the small ones alone.
    """
    small = frozenset(at for at, count in enumerate(cells) if is_small(count))
    if not total:
        return small
    held = small
    while held and _gives_away(cells, held, small):
        others = [at for at in range(len(cells)) if at not in held and cells[at]]
        if not others:
            return None
        held |= {min(others, key=lambda at: (cells[at], at))}
    return held


def _gives_away(cells: Sequence[int], held: frozenset[int], small: frozenset[int]) -> bool:
    """Return whether a withheld count can be worked out from the sum and what is known of the others."""
    whole = sum(cells[at] for at in held)
    least = {at: 1 if at in small else FEWER_THAN for at in held}
    most = {at: FEWER_THAN - 1 if at in small else whole for at in held}
    for at in held:
        low = max(least[at], whole - sum(most[one] for one in held if one != at))
        high = min(most[at], whole - sum(least[one] for one in held if one != at))
        if low >= high:
            return True
    return False
