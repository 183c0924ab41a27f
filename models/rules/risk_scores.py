"""How a risk is scored: likelihood × impact, each 1 to 5, and the band that a board puts a score in. Pure.

Source: docs/explanation/risks.md, Scores and bands.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

LOWEST, HIGHEST = 1, 5
"""Of a likelihood and of an impact."""
MAX_SCORE = HIGHEST * HIGHEST
_BAND = re.compile(r"(?P<name>.*?)[ :,]*\(?(?P<low>[0-9]{1,2})(?: ?(?:[-–—]|to) ?(?P<high>[0-9]{1,2}))?\)?", re.DOTALL)
_BAND_LAST = re.compile(r"(?P<low>[0-9]{1,2})(?: ?(?:[-–—]|to) ?(?P<high>[0-9]{1,2}))?[ :,]+(?P<name>.*)", re.DOTALL)


class RiskScore(NamedTuple):
    """How likely a risk is, and how much it would do."""

    likelihood: int
    impact: int

    @property
    def product(self) -> int:
        """What it comes to: computed, never typed."""
        return self.likelihood * self.impact

    @property
    def said(self) -> str:
        """How it is printed: "3 × 5 = 15"."""
        return f"{self.likelihood} × {self.impact} = {self.product}"


class Band(NamedTuple):
    """What a board calls the scores from one to another."""

    name: str
    low: int
    high: int

    @property
    def said(self) -> str:
        """How it is written in a plan file: "high 15–25"."""
        return f"{self.name} {self.low}–{self.high}" if self.high != self.low else f"{self.name} {self.low}"


def refused_score(likelihood: int, impact: int, printed: int | None = None) -> str:
    """Return why a score cannot be, in a sentence; "" where it can. `printed`: what is given as their product."""
    if not (LOWEST <= likelihood <= HIGHEST and LOWEST <= impact <= HIGHEST):
        return f"A risk is scored 1 to 5 × 1 to 5, so {likelihood:,} × {impact:,} is no score."
    score = RiskScore(likelihood, impact)
    if printed is not None and printed != score.product:
        return f"{score.said}, and {printed:,} is given."
    return ""


def is_score(number: int) -> bool:
    """Return whether a number is a likelihood times an impact."""
    return any(number % one == 0 and number // one <= HIGHEST for one in range(LOWEST, HIGHEST + 1)) and number > 0


def read_band(text: str) -> Band | None:
    """Read "high 15–25" or "15-25: high"; None where it is no band."""
    found = _BAND_LAST.fullmatch(text.strip()) or _BAND.fullmatch(text.strip())
    if found is None or not found["name"].strip():
        return None
    low, high = int(found["low"]), int(found["high"] or found["low"])
    return Band(found["name"].strip(), low, high) if LOWEST <= low <= high <= MAX_SCORE else None


def overlapping(bands: Sequence[Band]) -> Band | None:
    """Return the first band that shares a score with one before it; None for none."""
    for at, band in enumerate(bands):
        if any(band.low <= other.high and other.low <= band.high for other in bands[:at]):
            return band
    return None


def band_of(score: int, bands: Iterable[Band]) -> str:
    """Return what a score is called; "" where no band holds it."""
    return next((band.name for band in bands if band.low <= score <= band.high), "")


def moved_said(now: int, before: int | None) -> str:
    """Return which way a score went since the assessment before: "up from 12"; "" for the first."""
    if before is None:
        return ""
    if now == before:
        return "as before"
    return f"{'up' if now > before else 'down'} from {before}"
