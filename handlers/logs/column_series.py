"""Columns that say the same of one time after another: a rating for each month, an update for each meeting."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from handlers.logs.column_headings import LogColumn
from handlers.reading.day_words import MONTH_WORDS, WEEKDAY_WORDS
from handlers.reading.normalise import fold

_DAY = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](?:20)?(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)20(\d\d)(?:[/-]\d\d)?(?!\d)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 10, "winter": 12}
_SMALL = frozenset(("at", "as", "for", "of", "on", "to", "the", "in", "st", "nd", "rd", "th", "term", *WEEKDAY_WORDS))
_TOLD = frozenset((LogColumn.UPDATE, LogColumn.RATING, LogColumn.REVISED))
_FEWEST = 2
_MONTHS_OF_A_YEAR = 12

_Moment = tuple[int, int, int]
"""The year, the month and the day or the number that a heading has, 0 for none."""


def series_of(
    headings: Sequence[str],
    fits: Mapping[int, Sequence[LogColumn]],
    told: Callable[[Sequence[int]], LogColumn | None],
) -> dict[LogColumn, tuple[int, ...]]:
    """Return the places of each column that stands more than once, for one time after another, the latest one last.

    Args:
        headings: the words over each place.
        fits: the columns that the words over each place may mean.
        told: returns what some places with unknown words over them are by what stands in them.
    """
    alike: dict[str, list[tuple[int, _Moment]]] = {}
    for at, heading in enumerate(headings):
        rest, moment = _moment(heading)
        if any(moment):
            alike.setdefault(rest, []).append((at, moment))
    found: dict[LogColumn, tuple[int, ...]] = {}
    for same in alike.values():
        places = [at for at, _ in same]
        meant = {column for at in places for column in fits[at]}
        column = next(iter(meant), None) if meant else told(places)
        if len(same) >= _FEWEST and len(meant) < _FEWEST and column in _TOLD and column not in found:
            found[column] = _in_order(same)
    return found


def names_time(heading: str) -> bool:
    """Return whether a heading has a time or a number."""
    return any(_moment(heading)[1])


def _moment(heading: str) -> tuple[str, _Moment]:
    """Return a heading's other words, and the time or the number that it has."""
    text = fold(heading)
    year = month = day = 0
    if whole := _DAY.search(text):
        day, month, year = map(int, whole.groups())
        text = text.replace(whole[0], " ")
    elif said := _YEAR.search(text):
        year = int(said[1])
        text = text.replace(said[0], " ")
    rest = []
    for token in _TOKEN.findall(text):
        if token.isdecimal() and len(token) < 3:
            # "Jan 24" may be a day or a year: in a row of months both come in the same order.
            year, day = (int(token), day) if month and not year else (year, int(token))
        elif token in MONTH_WORDS or token in _SEASONS:
            month = MONTH_WORDS.get(token) or _SEASONS[token]
        elif token not in _SMALL:
            rest.append(token)
    return " ".join(rest), (year, month, day)


def _in_order(same: Sequence[tuple[int, _Moment]]) -> tuple[int, ...]:
    """Return places by the times over them; those of months without a year as they run, on or back."""
    if all(year for _, (year, _, _) in same) or not any(month for _, (_, month, _) in same):
        return tuple(at for at, _ in sorted(same, key=lambda one: one[1]))
    steps = [(after[1][1] - before[1][1]) % _MONTHS_OF_A_YEAR for before, after in pairwise(same)]
    forward = sum(1 if step <= _MONTHS_OF_A_YEAR // 2 else -1 for step in steps)
    places = [at for at, _ in same]
    return tuple(places if forward >= 0 else places[::-1])
