"""Hold back small numbers, so that nobody can be recognised by them or work them out.

Source: docs/explanation/measures.md, Small numbers.
"""

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
