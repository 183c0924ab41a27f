"""Problems of a plan file: where each is and what it is, in words for the file's author."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

ValuePath = tuple[str | int, ...]

SAID_SHOWN = 60
"""How much of a wrong value is shown back, in characters."""

_NEAR = 65.0
_SHORT = 6
MOST_COMPARED = 500
"""With more known words than this no nearest one is looked for: a hostile file would make it slow."""


def path_text(path: ValuePath) -> str:
    """Return a path as text: `actions[3].lead` for `("actions", 3, "lead")`; the file itself is `(file)`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{shorten_value(step)}" if text else shorten_value(step)
    return text or "(file)"


def shorten_value(value: str) -> str:
    """Return a value from the file as one printable line of at most `SAID_SHOWN` characters."""
    start = value[: SAID_SHOWN * 4]
    line = printable_line(start)
    return line if len(line) <= SAID_SHOWN and len(start) == len(value) else line[: SAID_SHOWN - 1] + "…"


def printable_line(text: str) -> str:
    """Return a text in printable characters on one line."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where it is, what the file says there, what is wrong with it, what would be right.

    `cell` is where it is in a workbook (`Actions!F12`), `line` where it is in a file of text.
    """

    path: str
    line: int | None
    said: str | None
    wrong: str
    right: str
    cell: str = ""

    def __str__(self) -> str:
        where = self.cell or (self.path if self.line is None else f"line {self.line}, {self.path}")
        said = "" if self.said is None else f' says "{self.said}"'
        return f"{where}{said}: {self.wrong}; {self.right}"


class Unreadable(Exception):
    """Something in a file that cannot be read: what is wrong, and what would be right."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.wrong, self.right = wrong, right


class PlanFileRefused(Exception):
    """A plan file that cannot be imported, with every problem found in it. None of it was stored."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems: tuple[Problem, ...] = tuple(problems)
        many = "1 problem" if len(self.problems) == 1 else f"{len(self.problems):,} problems"
        super().__init__(f"{name} was not imported, nothing was stored: {many} to put right.")


def value_said(said: object) -> str | None:
    """Return a value of the file as a problem shows it; None for what is not a single value."""
    return shorten_value(said) or None if isinstance(said, str) else str(said) if isinstance(said, int) else None


@dataclass
class Problems:
    """Collect problems and give each the line it is on. `lines` is the document's map from path to line."""

    lines: Mapping[ValuePath, int]
    found: list[Problem] = field(default_factory=list)
    said: set[ValuePath] = field(default_factory=set)
    """Places of which one problem is enough: what other checks find there is not said as well."""

    def line(self, path: ValuePath) -> int | None:
        """Return the line of a path, or of the nearest thing around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return None

    def where(self, path: ValuePath) -> str:
        """Return how a sentence about something else points to a path."""
        return f"line {self.line(path)}"

    def add(self, path: ValuePath, wrong: str, right: str, said: object = None) -> None:
        """Add one problem at `path`; `said` is shown back when it is a single value."""
        if path in self.said:
            return
        self.found.append(
            Problem(path_text(path), self.line(path), value_said(said), printable_line(wrong), printable_line(right))
        )

    def add_once(self, path: ValuePath, wrong: str, right: str, said: object = None) -> None:
        """Add the one problem that there is at `path`."""
        self.add(path, wrong, right, said)
        self.said.add(path)

    def has_names(self, section: str) -> bool:
        """Return whether what a section lists can be named at all; where not, that is a problem already."""
        return True

    def add_at(self, path: ValuePath, line: int, wrong: str, right: str) -> None:
        """Add one problem at `path`, on a line of its own."""
        self.found.append(Problem(path_text(path), line, None, wrong, right))

    def in_order(self) -> tuple[Problem, ...]:
        """Return every problem once, in the order of the file's lines."""
        return tuple(sorted(dict.fromkeys(self.found), key=lambda problem: problem.line or 0))


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word most like an unknown one, if any is near enough."""
    if len(known) > MOST_COMPARED:
        return None
    best = process.extractOne(word[:SAID_SHOWN].casefold(), sorted(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return None if best is None else best[0]


def misspelt(word: str, known: Collection[str]) -> str | None:
    """Return the known word that a word is with one letter wrong, two in a long one; a likeness less close is none."""
    most = 1 if len(word) <= _SHORT else 2
    best = process.extractOne(word.casefold(), sorted(known), scorer=DamerauLevenshtein.distance, score_cutoff=most)
    return None if best is None else best[0]


def did_you_mean(word: str, known: Collection[str], otherwise: str) -> str:
    """Return what would be right: the nearest known word, if there is one, and then `otherwise`."""
    near = nearest(word, known)
    return otherwise if near is None else f"did you mean {near}? {otherwise}"


def one_part_of(section: str) -> str:
    """Return what one part of a section is called: `theme` for `themes`."""
    return {"priorities": "priority"}.get(section, section.removesuffix("s"))


def listing(words: Iterable[str], most: int = 12) -> str:
    """Join words as `a, b and c`, cut after `most` with how many there are."""
    every = list(words)
    if len(every) > most:
        return f"{', '.join(every[:most])} … ({len(every)} in all)"
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)
