"""Refs as logs print them, and those that are made where there is none."""

import re
from collections.abc import Iterable, Sequence

from handlers.logs.draft import LogPlan
from models.rules.refs import ref_key, ref_parts

_LEADING = re.compile(r"\(?((?:[A-Z]{1,5}[ .-]?)?\d+(?:\.\d+)*[a-z]?)(?:[.):](?=\s)|(?=\s+[A-Z(\"“]))[.):]*\s*")
_BARE = re.compile(r"\d+\s+$")
"""A number that nothing divides from the words after it: "3 Year strategy"."""
NOT_IN_REFS = re.compile(r"[^\w\s./#()-]+")


def leading_ref(words: str, *, numbered: bool = True) -> re.Match[str] | None:
    """Return the ref that the words of an action begin with. `numbered`: those of every action of the table do."""
    found = _LEADING.match(words)
    return None if found is None or (not numbered and _BARE.fullmatch(found[0])) else found


def are_numbered(texts: Sequence[str]) -> bool:
    """Return whether all of some actions begin with a number."""
    return len(texts) > 1 and all(_LEADING.match(text) for text in texts)


def is_under(ref: str, over: str) -> bool:
    """Return whether one ref is under another: `D1.1` under `D1`."""
    one, other = ref_parts(NOT_IN_REFS.sub(" ", ref)), ref_parts(NOT_IN_REFS.sub(" ", over))
    return bool(other) and len(one) > len(other) and one[: len(other)] == other


class NextNumbers:
    """The refs that are made for actions without one: the board's key and the next number."""

    def __init__(self, plan: LogPlan, printed: Iterable[int | None]) -> None:
        self._board = plan.board
        start = ref_key(f"{plan.board}-1")[:-1]
        of_plan = [key[len(start) :] for key in plan.actions if key.startswith(start)]
        self._last = max([0, *(int(one) for one in of_plan if one.isdecimal()), *(one for one in printed if one)])

    def next(self) -> str:
        """Return a ref that no action has."""
        self._last += 1
        return f"{self._board}-{self._last}"
