"""Read what initials stand for, where a log says so itself: "CI – Chief Inspector", "Designated Nurse (DN)"."""

import re
from collections.abc import Callable, Iterable, Iterator

from handlers.reading.normalise import fold
from models.files.tables import TableRow

_BETWEEN = re.compile(r"[;,\n]|\s\|\s")
_BEFORE = re.compile(r"\s*(?:[^:]{0,20}:\s*)?(?P<short>[A-Z][A-Za-z&]{1,5})\s*[–—=:-]\s*(?P<name>\w.{3,80})")
_BEHIND = re.compile(r"\s*(?:[^:]{0,20}:\s*)?(?P<name>\w.{3,80}?)\s*\((?P<short>[A-Z][A-Za-z&]{1,5})\)\s*")
_SHORT = re.compile(r"[A-Z][A-Za-z&]{1,5}")
_MOST_CELLS = 4
"""Cells of a row that lists somebody with initials, no more."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def listed_initials(rows: Iterable[TableRow]) -> Iterator[str]:
    """Yield a line for each name beside initials in a list of those who were present: "Head of Education (HoE)"."""
    for row in rows:
        cells = [row.cells[at] for at in row.filled]
        shorts = [cell for cell in cells if _SHORT.fullmatch(cell) and not cell[1:].islower()]
        if len(shorts) == 1 and 1 < len(cells) <= _MOST_CELLS:
            yield from (f"{_IN_BRACKETS.sub('', cell).strip()} ({shorts[0]})" for cell in cells if cell not in shorts)


def initials_in(lines: Iterable[str], post_of: Callable[[str], str]) -> dict[str, str]:
    """Return the posts that initials stand for by some lines.

    `post_of`: returns the key of the post that a name surely is, or "".
    """
    found = {}
    for line in lines:
        for piece in _BETWEEN.split(line):
            pair = _BEFORE.fullmatch(piece) or _BEHIND.fullmatch(piece)
            if pair is not None and (key := post_of(pair["name"].strip(" ."))):
                found[fold(pair["short"])] = key
    return found
