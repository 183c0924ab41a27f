"""Read what initials stand for, where a log says so itself: "CI – Chief Inspector", "Designated Nurse (DN)"."""

import re
from collections.abc import Callable, Iterable

from handlers.reading.normalise import fold

_BETWEEN = re.compile(r"[;,\n]|\s\|\s")
_BEFORE = re.compile(r"\s*(?:[^:]{0,20}:\s*)?(?P<short>[A-Z][A-Za-z&]{1,5})\s*[–—=:-]\s*(?P<name>\w.{3,80})")
_BEHIND = re.compile(r"\s*(?:[^:]{0,20}:\s*)?(?P<name>\w.{3,80}?)\s*\((?P<short>[A-Z][A-Za-z&]{1,5})\)\s*")


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
