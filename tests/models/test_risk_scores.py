"""How risks are scored, in tables: bounds, products, bands, movement."""

from __future__ import annotations

import pytest

from models.rules.risk_scores import (
    Band,
    RiskScore,
    band_of,
    is_score,
    moved_said,
    overlapping,
    read_band,
    refused_score,
)

BANDS = (Band("low", 1, 6), Band("medium", 8, 12), Band("high", 15, 25))


@pytest.mark.parametrize(
    ("likelihood", "impact", "printed", "said"),
    [
        (1, 1, None, ""),
        (5, 5, 25, ""),
        (3, 5, 15, ""),
        (3, 5, 16, "3 × 5 = 15, and 16 is given."),
        (0, 6, None, "A risk is scored 1 to 5 × 1 to 5, so 0 × 6 is no score."),
        (0, 5, 0, "A risk is scored 1 to 5 × 1 to 5, so 0 × 5 is no score."),
        (5, 6, 30, "A risk is scored 1 to 5 × 1 to 5, so 5 × 6 is no score."),
        (1000, 1, None, "A risk is scored 1 to 5 × 1 to 5, so 1,000 × 1 is no score."),
    ],
)
def test_a_score_is_two_numbers_from_one_to_five(likelihood: int, impact: int, printed: int | None, said: str) -> None:
    assert refused_score(likelihood, impact, printed) == said


def test_a_score_is_computed_and_said() -> None:
    assert RiskScore(3, 5).said == "3 × 5 = 15"
    assert [number for number in range(27) if is_score(number)] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 20, 25]


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("high 15–25", Band("high", 15, 25)),
        ("15-25: high", Band("high", 15, 25)),
        ("Very high (20 to 25)", Band("Very high", 20, 25)),
        ("25 extreme", Band("extreme", 25, 25)),
        ("1-4 low", Band("low", 1, 4)),
        ("high", None),
        ("15–25", None),
        ("high 25–15", None),
        ("high 0–5", None),
        ("high 15–26", None),
    ],
)
def test_a_band_is_a_name_and_its_scores(text: str, band: Band | None) -> None:
    assert read_band(text) == band
    assert band is None or read_band(band.said) == band


@pytest.mark.parametrize(
    ("score", "name"), [(1, "low"), (6, "low"), (7, ""), (8, "medium"), (12, "medium"), (25, "high")]
)
def test_a_score_is_called_what_the_board_calls_it(score: int, name: str) -> None:
    assert band_of(score, BANDS) == name


def test_bands_that_share_a_score_are_found() -> None:
    assert overlapping(BANDS) is None
    assert overlapping((*BANDS, Band("odd", 12, 15))) == Band("odd", 12, 15)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(15, None, ""), (15, 12, "up from 12"), (8, 12, "down from 12"), (12, 12, "as before")],
)
def test_movement_is_against_the_assessment_before(now: int, before: int | None, said: str) -> None:
    assert moved_said(now, before) == said
