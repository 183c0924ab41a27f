"""Read what somebody gives for a measure: which period, the figure, of how many, whether it may still change.

Source: docs/explanation/measures.md, What people write.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from models.measure_enums import MeasureUnit
from models.rules.periods import names_a_period
from models.rules.refs import ref_key

_MOST_TOKENS = 6
"""Words of a period: "12 months to the end of September 2020" has more, and is written shorter."""
_JOINS = frozenset(
    ("for", "in", "of", "to", "at", "is", "was", "=", ":", "-", "–", "the", "now", "stands", "are", "were")
)
_FIGURE = re.compile(
    r"(?P<figure>-?(?:(?P<grouped>[1-9][0-9]{0,2}(?:,[0-9]{3})+)|[0-9]+)(?:\.[0-9]+)?|-?\.[0-9]+|"
    r"-?[0-9]+,[0-9]{1,2}|-?0,[0-9]+)"
    r"(?![.,]?[0-9])[ ]?(?P<unit>%|per ?cent|pc|percent|days?|per 10,?000)?(?![^\W_])",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\(?(?:n ?= ?)?(?P<some>[0-9][0-9,]*) ?(?:of|out of|/) ?(?:the )?(?P<all>[0-9][0-9,]*)\)?", re.IGNORECASE
)
_ABSENT = re.compile(
    r"(?:is |was |are )?(?:not (?:yet )?available|unavailable|n/?a|no (?:data|figure|figures)(?: available)?|"
    r"data not available|not (?:collected|published|recorded)(?: yet)?)(?![^\W_])",
    re.IGNORECASE,
)
_PROVISIONAL = re.compile(
    r"[(\[]?(?<![^\W_])"
    r"(?:not (?:yet )?final|provisional(?:ly)?|prov\.?|estimated?|to be confirmed|tbc)(?![^\W_])[)\]]?",
    re.IGNORECASE,
)
_FINAL = re.compile(r"[(\[]?(?<![^\W_])final(?![^\W_])[)\]]?", re.IGNORECASE)
_UNITS = {"%": MeasureUnit.PERCENT, "p": MeasureUnit.PERCENT, "d": MeasureUnit.DAYS}
_EDGES = " \t\n,;:.()–—-"
_OTHER = re.compile(
    r"(?:[,;&]|(?<=\s)and(?=\s)|(?<=[0-9%)])(?=\s))\s*"
    r"(?:and\s+)?(?:measure\s+)?(?P<ref>[^\s,:;=&]{1,64}?)(?=[,:;=]?\s)",
    re.IGNORECASE,
)
_UNREAD = re.compile(r"[0-9%‰?£<>]|(?<![^\W_])(?:or|per ?cent)(?![^\W_])", re.IGNORECASE)
"""What in a note may be part of the figure."""
_BESIDE = re.compile(r"(?!(?:and|or|to) )[^\W\d_][^,;:.()–—]*")
"""Words straight behind a figure: what is counted."""


@dataclass(frozen=True, slots=True)
class FigureRead:
    """What some words give for a measure.

    `period`: the words that name it, "" for none. `figure`: the number as written, "" for none. `unit`: what is written
    after it, None for nothing. `share`: how many of how many. `note`: what is left. `counted`: the words of it that
    stand straight behind a figure without a unit.
    """

    period: str = ""
    figure: str = ""
    unit: MeasureUnit | None = None
    share: tuple[int, int] | None = None
    is_provisional: bool = False
    is_absent: bool = False
    note: str = ""
    counted: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether what is left may be part of the figure, so that it is no mere note."""
        return _UNREAD.search(self.note) is not None


def read_figure(words: str) -> FigureRead:
    """Read a period and a figure, in either order, with or without small words between them."""
    period, rest = _period_in(words)
    provisional, rest = _without(_PROVISIONAL, rest)
    _, rest = _without(_FINAL, rest)
    rest = _trimmed(rest)
    absent = _ABSENT.match(rest)
    if absent is not None:
        return FigureRead(period, is_absent=True, note=rest[absent.end() :].strip(_EDGES))
    share = found = beside = None
    while match := (not share and _SHARE.match(rest)) or (not found and _FIGURE.match(rest)):
        share, found = (match, found) if match.re is _SHARE else (share, match)
        beside = _BESIDE.match(rest[match.end() :].lstrip()) if match is found and not found["unit"] else None
        rest = rest[match.end() :].lstrip(" ,;:(–—-")
    if found is None and share is None:
        return FigureRead(period, is_provisional=provisional, note=rest.strip(_EDGES))
    if not period:
        # "72% in Q2": the period after the figure.
        period, rest = _period_in(rest)
        beside = None if period else beside
    return FigureRead(
        period, *_amount(found), _counts(share) if share else None, provisional, note=rest.strip(_EDGES),
        counted=beside[0].strip() if beside else "",
    )  # fmt: skip


def _amount(found: re.Match[str] | None) -> tuple[str, MeasureUnit | None]:
    """Return a figure with a decimal point, and its unit."""
    if found is None:
        return "", None
    written = (found["unit"] or "").lower()
    unit = MeasureUnit.RATE if written.startswith("per 1") else _UNITS.get(written[:1])
    figure = found["figure"].replace(",", "" if found["grouped"] else ".").replace("-.", "-0.")
    return f"0{figure}" if figure.startswith(".") else figure, unit


def _counts(share: re.Match[str]) -> tuple[int, int]:
    some, whole = (int(share[name].replace(",", "")[:9]) for name in ("some", "all"))
    return some, whole


def _period_in(words: str) -> tuple[str, str]:
    """Return the words at the beginning that name a period, the most of them, and the rest."""
    tokens = _trimmed(words).split()
    for many in range(min(_MOST_TOKENS, len(tokens)), 0, -1):
        named = " ".join(tokens[:many]).strip(_EDGES + "=")
        if named and names_a_period(named):
            return named, " ".join(tokens[many:])
    return "", " ".join(tokens)


def _trimmed(words: str) -> str:
    tokens = words.strip(" \t\n,;:=–—").split()
    while tokens and tokens[0].lower().strip(",;:") in _JOINS:
        tokens.pop(0)
    return " ".join(tokens)


def _without(shape: re.Pattern[str], words: str) -> tuple[bool, str]:
    found = shape.search(words)
    if found is None:
        return False, words
    return True, f"{words[: found.start()].rstrip()}, {words[found.end() :].lstrip()}".strip(" ,;")


def figures_within(ref: str, words: str, refs: Collection[str]) -> list[tuple[str, str]]:
    """Return each measure that some words give a figure for, with its words: "24%; m7.2 35%" gives two."""
    others = []
    for other in reversed(list(_OTHER.finditer(words))):
        read = read_figure(words[other.end() :])
        if ref_key(other["ref"]) in refs and (read.figure or read.share or read.is_absent):
            others.append((other["ref"], words[other.end() :].strip(" ,:;=")))
            words = words[: other.start()].rstrip(_EDGES)
    return [(ref, words), *reversed(others)]
