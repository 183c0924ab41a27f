"""What monthly figures usually do, and which are out of the usual: tables of figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.measure_enums import Signal
from models.rules.process_limits import flagged_figures, process_limits

EVEN = [10, 12] * 6


def decimals(figures: list[int]) -> list[Decimal]:
    return [Decimal(one) for one in figures]


@pytest.mark.parametrize(
    ("figures", "most", "limits"),
    [
        (EVEN[:11], None, None),
        ([], None, None),
        (EVEN, None, ("11", "5.68", "16.32")),
        ([5] * 12, None, ("5", "5", "5")),
        ([0, 2] * 6, None, ("1", "0", "6.32")),
        ([98, 100] * 6, 100, ("99", "93.68", "100")),
    ],
)
def test_limits_are_2_66_mean_moving_ranges_from_the_mean_of_twelve(
    figures: list[int], most: int | None, limits: tuple[str, str, str] | None
) -> None:
    found = process_limits(decimals(figures), Decimal(most) if most else None)
    expected = tuple(map(Decimal, limits)) if limits else None
    assert (None if found is None else (found.mean, found.lower, found.upper)) == expected


def flagged_in(figures: list[int]) -> dict[int, tuple[Signal, bool]]:
    limits = process_limits(decimals(figures))
    assert limits is not None
    found = flagged_figures(decimals(figures), limits)
    return {at: (one.signal, one.up) for at, one in enumerate(found) if one}


OUT, NEAR, SHIFT, TREND = Signal.OUTSIDE, Signal.NEAR_LIMIT, Signal.SHIFT, Signal.TREND


@pytest.mark.parametrize(
    ("figures", "flagged"),
    [
        (EVEN, {}),
        ([10] * 12, {}),
        ([20, 30] * 6 + [70], {12: (OUT, True)}),
        ([70, 80] * 6 + [30], {12: (OUT, False)}),
        ([10, 11] * 6 + [13, 13, 10], {12: (NEAR, True), 13: (NEAR, True)}),
        ([10, 14] * 4 + [11, 11, 11, 11, 11, 11, 11], dict.fromkeys(range(8, 15), (SHIFT, False))),
        ([10, 14] * 4 + [11, 11, 11, 11, 11, 11], {}),
        ([10, 14] * 5 + [10, 11, 12, 13, 14, 15, 16], dict.fromkeys(range(10, 17), (TREND, True))),
        ([10, 14] * 5 + [13, 11, 12, 13, 14, 15, 16], {}),
        ([14, 10] * 5 + [16, 15, 14, 13, 12, 11, 10], dict.fromkeys(range(10, 17), (TREND, False))),
    ],
)
def test_what_is_out_of_the_usual_is_flagged_by_the_rule_and_the_way(
    figures: list[int], flagged: dict[int, tuple[Signal, bool]]
) -> None:
    assert flagged_in(figures) == flagged
    turned = {at: (signal, not up) for at, (signal, up) in flagged.items()}
    assert flagged_in([1000 - one for one in figures]) == turned, "the other way round, the other way"
