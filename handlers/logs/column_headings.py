"""What the columns of a log may be by the words over them: evidence, which what stands below confirms or not.

Source: docs/explanation/action-logs.md, Which column is which.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from handlers.reading.day_words import MONTH_WORDS
from handlers.reading.likeness import mistypes, stem
from handlers.reading.normalise import fold


class LogColumn(StrEnum):
    """What a column of a log is."""

    REF = "ref"
    SOURCE = "source"
    ACTION = "action"
    LEAD = "lead"
    SUPPORT = "supporting organisations"
    DUE = "due"
    REVISED = "due now"
    UPDATE = "update"
    RATING = "rating"
    PROPOSED = "proposed to open or close"
    CLOSED_ON = "closed on"
    PRIORITY = "priority"
    PRINTED = "kept as printed"


_STRONG, _FAIR, _WEAK = 3.0, 2.0, 1.0
_WORDS: Mapping[LogColumn, Mapping[float, str]] = {
    LogColumn.REF: {
        _STRONG: "ref reference no number nr id code serial",
        _FAIR: "item",
    },
    LogColumn.SOURCE: {
        _STRONG: "source agenda origin",
        _FAIR: "paper meeting minute from",
        _WEAK: "relevant where at",
    },
    LogColumn.ACTION: {
        _STRONG: "task activity step",
        _FAIR: "action what milestone recommendation decision",
        _WEAK: "do agreed will promise promised pledge need needs happen commitment remedy",
    },
    LogColumn.LEAD: {
        _STRONG: "lead owner who whom whose responsible responsibility accountable sro assignee delegated led owned "
        "allocated assigned resp",
        _FAIR: "officer holder directorate member person",
        _WEAK: "by resource job",
    },
    LogColumn.SUPPORT: {_STRONG: "supporting supported support", _FAIR: "partner", _WEAK: "with agency"},
    LogColumn.DUE: {
        _STRONG: "due deadline timescale timeframe timing when until suspense",
        _FAIR: "target date completion finish end original",
        _WEAK: "by required report back planned",
    },
    LogColumn.UPDATE: {
        _STRONG: "update progress comment remark commentary narrative happened far",
        _FAIR: "taken position response feedback note evaluation outcome resolution did story where",
        _WEAK: "now since evidence",
    },
    LogColumn.RATING: {
        _STRONG: "rag brag ragb rating colour status light",
        _FAIR: "assessment state complete completed done finished achieved open closed flag confidence traffic going",
        _WEAK: "implemented implementation progress update position",
    },
    LogColumn.PROPOSED: {_STRONG: "proposed proposal propose", _FAIR: "close", _WEAK: "keep request recommended"},
    LogColumn.CLOSED_ON: {},
    LogColumn.PRIORITY: {_FAIR: "priority objective"},
    LogColumn.PRINTED: {
        5.0: "measure success impact output wanted criteria desired intended expected measured difference know kpi",
        4.0: "cost budget theme workstream category type background finding found concern risk dependency "
        "baseline context why rationale movement notice told said benefit proof",
        _STRONG: "discussion subject topic title issue area organisation summary direction raised added opened "
        "logged start started begin point",
        _FAIR: "accepted evidence",
        _WEAK: "outcome",
    },
}
"""What each word of a heading says of its column, and how surely: the stems."""
_SAYS: dict[str, dict[LogColumn, float]] = {}
for _column, _some in _WORDS.items():
    for _weight, _text in _some.items():
        for _word in _text.split():
            _SAYS.setdefault(stem(_word), {})[_column] = _weight
_DAYS = frozenset(("date", "day", "on", "dated"))
_MOVED = frozenset(("revised", "revision", "extended", "amended", "forecast"))
_MOVED_DATE = frozenset(("new", "now", "updated", "current", "latest", "present"))
_OVER = frozenset(("closed", "completed", "complete", "closure", "actual", "done", "implemented", "achieved"))
"""Beside a date: the one on which an action ended."""
RAISED = frozenset(
    ("raised", "added", "opened", "agreed", "given", "set", "logged", "created", "identified", "reported", "received")
)
"""Beside a date: the one on which an action was given out."""
_BEFORE = frozenset(("previous", "prior", "former", "old"))
"""How something was before is no more."""
_WHICH = _MOVED | _MOVED_DATE | _OVER | RAISED | _BEFORE | _DAYS | {"original", "first", "target"}
"""What brackets may say of a heading."""
_BODIES = frozenset(("mtg", "meeting", "board", "committee"))
_SMALL = frozenset(("the", "of", "a", "an", "and", "to", "for", "be", "is", "are", "s", "dd", "mm", "yy", "yyyy", "we",
                    "our", "it", "will", "has", "have", "must", "in", "on", "at", "by", "from", "or"))  # fmt: skip
"""Words that stand in headings of every sort, and count for none of those that are not known."""
_ABOUT = frozenset(("since", "from", "after", "against", "at", "on", "for", "in"))
"""Words after which a heading says what its column is about: "Progress since last meeting" is no meeting."""
_RISKS = frozenset(("risk", "likelihood", "impact", "score", "probability", "mitigation", "mitigating", "inherent",
                    "residual", "consequence", "severity", "gross", "net"))  # fmt: skip
_NO_MORE_THAN = 0.5
"""What lies so near the best evidence is as good."""
_ENOUGH, _ABOUT_SHARE = 2.0, 0.3
_MOST_WORDS, _MOST_OTHER_WORDS, _LONGEST_HEADING, _FEWEST = 8, 2, 90, 2
_FEWEST_BEGUN, _SHORTEST_MISTYPED, _WORDS_ALONE = 3, 5, 5
_VOWELS = frozenset("aeiou")
_DECIDED = frozenset(map(stem, ("decision", "resolution", "resolved", "decided")))
_SAYS_WHO_OR_WHEN = frozenset(
    (LogColumn.LEAD, LogColumn.DUE, LogColumn.RATING, LogColumn.UPDATE, LogColumn.REVISED, LogColumn.CLOSED_ON)
)
_SAYS_WHOSE = frozenset((LogColumn.LEAD, LogColumn.DUE))
"""Beside what says how it stands and a heading that is not known, these are enough: cells tell what is to be done."""
_NUMBER_SIGNS = frozenset(("#", "№", "nº", "n°"))
_WORD = re.compile(r"[^\W_]+")
_WHOSE = re.compile(r"(?<!\w)\w+'s\s+(?=\w)")
"""Whose something is says nothing of what it is: "Lead's comment"."""
_AT_END = frozenset(("on", "at", "in", "from"))
"""Words at the end of a heading that make what is before them the subject: "Task appears on"."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where one word begins inside another: "ActionDetail"."""
_BRACKETS = re.compile(r"\([^()]*\)")
_LETTERS_APART = re.compile(r"(?<![^\W_])[a-z](?:\s?[./\s-]\s?[a-z](?![^\W_]))+\.?")
"""One word letter by letter: "R/A/G", "R.A.G.", "R A G"."""


@lru_cache(maxsize=4096)
def says_when_raised(heading: str) -> bool:
    """Return whether the days of a column that is no field may be those on which its actions were given out."""
    words = set(_words(heading)[0])
    return words == {"date"} or not (RAISED | _BODIES).isdisjoint(words)


@lru_cache(maxsize=4096)
def is_of_decisions(heading: str) -> bool:
    """Return whether a heading says that below it stands what was decided, and nothing of what is to be done."""
    words = {stem(word) for word in _words(heading)[0]}
    return bool(words & _DECIDED) and not words & {stem("action"), stem("task")}


@lru_cache(maxsize=4096)
def heading_evidence(text: str) -> Mapping[LogColumn, float]:
    """Return what a heading says of its column: how surely it is each that its words speak of."""
    words, _ = _words(text)
    found: dict[LogColumn, float] = {}
    about = False
    for at, word in enumerate(words):
        about = about or (word in _ABOUT and bool(found) and at + 1 < len(words))
        for column, weight in _said_of(word).items():
            found[column] = found.get(column, 0.0) + weight * (_ABOUT_SHARE if about else 1.0)
    return _together(found, words)


def _together(found: dict[LogColumn, float], words: Sequence[str]) -> dict[LogColumn, float]:
    """Return what the words of a heading say together: a date that is another's, by whom or when, what was done."""
    there, due = set(words), found.get(LogColumn.DUE, 0.0)
    dated = not _DAYS.isdisjoint(there)
    if dated and due <= _FAIR and found.get(LogColumn.UPDATE, 0.0) >= _FAIR:
        # "Latest note date": the day of another column.
        return {LogColumn.PRINTED: _STRONG + _FAIR}
    if not _MOVED.isdisjoint(there) or (due and not _MOVED_DATE.isdisjoint(there)):
        found[LogColumn.REVISED] = due + _FAIR
    if (dated or "actual" in there) and not _OVER.isdisjoint(there):
        found[LogColumn.CLOSED_ON] = _STRONG + max(found.values(), default=0.0)
    if dated and due and due <= _FAIR and not (RAISED | _BODIES).isdisjoint(there):
        found[LogColumn.PRINTED] = _STRONG + due
    if words and words[-1] == "by" and (len(words) == 1 or {LogColumn.ACTION, LogColumn.RATING} & {*found}):
        for column in (LogColumn.LEAD, LogColumn.DUE):
            found[column] = found.get(column, 0.0) + _FAIR
    if "outcome" in there and len(words) > 1 and found.get(LogColumn.UPDATE, 0.0) <= _FAIR:
        found[LogColumn.PRINTED] = _STRONG + _FAIR
    if LogColumn.REF in found and found.get(LogColumn.PRINTED, 0.0) >= _STRONG:
        # "Issue no": of what the action is about.
        found[LogColumn.REF] -= _FAIR
    if not _BEFORE.isdisjoint(there) or (words and words[-1] in _AT_END):
        found = {column: weight / 2 for column, weight in found.items()}
    return found


def _clipped(word: str) -> str:
    """Return a word as it is written short without its vowels: "ld", "nts"."""
    return word[:1] + "".join(letter for letter in word[1:] if letter not in _VOWELS)


@lru_cache(maxsize=4096)
def _said_of(word: str) -> Mapping[LogColumn, float]:
    """Return what one word says: as it is known, as it is cut short ("resp.", "prog", "nts"), or mistyped."""
    stemmed = stem(word.rstrip("."))
    if stemmed in _SAYS:
        return _SAYS[stemmed]
    if word.endswith(".") and len(stemmed) >= _FEWEST_BEGUN:
        begun = [known for known in _SAYS if known.startswith(stemmed)]
        return _SAYS[begun[0]] if begun else {}
    if len(stemmed) > 1 and _VOWELS.isdisjoint(stemmed) and word not in _SMALL:
        return next((says for known, says in _SAYS.items() if _clipped(known) == stemmed.rstrip("s")), {})
    if len(stemmed) < _SHORTEST_MISTYPED:
        begun = [known for known in _SAYS if known.startswith(stemmed) and len(stemmed) > _FEWEST_BEGUN]
        return _SAYS[begun[0]] if begun else {}
    return next((says for known, says in _SAYS.items() if mistypes(stemmed, known)), {})


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, ...], int]:
    """Return the words of a heading, those cut short with their stop, and how many of them are not known."""
    if text.strip() in _NUMBER_SIGNS:
        return ("no",), 0
    folded = _WHOSE.sub("", fold(_HUMP.sub(" ", text)))
    folded = folded.replace("to date", " ")
    folded = _LETTERS_APART.sub(lambda found: "".join(_WORD.findall(found[0])), folded)
    every = _WORD.findall(_BRACKETS.sub(_in_brackets, folded)) or _WORD.findall(folded)
    for at in range(len(every) - 1, 0, -1):
        if stem(both := every[at - 1] + every[at]) in _SAYS:
            # "Dead line", "Time-scale".
            every[at - 1 : at + 1] = [both]
    # "Update for 12 March 2019", "RAG Q2".
    every = [word for word in every if not word.isdecimal() and word not in MONTH_WORDS] or every
    words = tuple(f"{word}." if f"{word}." in folded and stem(word) not in _SAYS else word for word in every)
    return words, sum(1 for word in words if word not in _SMALL and not _said_of(word))


def _in_brackets(found: re.Match[str]) -> str:
    """Return what brackets in a heading say of it, "By when (revised)"; " " where that is a form or a list."""
    words = _WORD.findall(found[0])
    return found[0] if len([one for one in words if one not in _DAYS]) == 1 and _WHICH.issuperset(words) else " "


@lru_cache(maxsize=4096)
def heading_match(text: str) -> tuple[LogColumn, ...]:
    """Return the columns that a heading says it is, equally surely; none for words that are no heading."""
    if len(text) > _LONGEST_HEADING:
        return ()
    words, unknown = _words(text)
    if not 0 < len(words) <= _MOST_WORDS or unknown > _MOST_OTHER_WORDS:
        return ()
    evidence = heading_evidence(text)
    best = max(evidence.values(), default=0.0)
    if best < _ENOUGH:
        return ()
    return tuple(column for column in LogColumn if evidence.get(column, 0.0) >= best - _NO_MORE_THAN)


def is_heading_row(cells: Sequence[str]) -> bool:
    """Return whether a row stands over columns: one says what is to be done, and another who, when or how it stands.

    Where every cell is a heading, "Key points" and "Actions" are enough.
    """
    filled = [cell for cell in cells if cell]
    if sum(map(len, filled)) > _LONGEST_HEADING * max(len(filled), 1) // 2:
        return False
    known: list[tuple[LogColumn, ...]] = []
    for at, cell in enumerate(filled):
        if at > _FEWEST and not known:
            return False
        if columns := heading_match(cell):
            known.append(columns)
    if len(known) < _FEWEST or (len(known) == _FEWEST and len(known) * 2 < len(filled)):
        return False
    kinds = {column for columns in known for column in columns}
    if any(map(str.isdigit, "".join(filled))) and LogColumn.ACTION not in kinds:
        return False
    if len(known) > _FEWEST and len(known) < len(filled) and kinds & _SAYS_WHOSE and len(kinds & _SAYS_WHO_OR_WHEN) > 1:
        return True
    short = max(len(cell.split()) for cell in filled) <= _WORDS_ALONE
    return LogColumn.ACTION in kinds and (bool(kinds & _SAYS_WHO_OR_WHEN) or (len(known) == len(filled) and short))


def is_sub_heading(cells: Sequence[str]) -> bool:
    """Return whether a row has nothing but headings: the second row of two, "Original" and "Revised" under "Date"."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(heading_match(cell) for cell in filled)


def risk_words(cells: Sequence[str]) -> int:
    """Return how many cells of a row have words that stand over the columns of a risk register."""
    return sum(1 for cell in cells if _RISKS & set(_WORD.findall(fold(cell))))
