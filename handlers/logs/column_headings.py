"""What the columns of a log are: by the words over them, then by what stands below.

Source: docs/explanation/action-logs.md, Which column is which.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from handlers.reading.day_words import MONTH_WORDS
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


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(one.split()) for one in text.split("|"))


_HEADINGS: Mapping[LogColumn, tuple[tuple[str, ...], ...]] = {
    LogColumn.REF: _phrases(
        "ref|reference|no|number|nr|id|action ref|action no|action number|action id|action reference|item no|item|"
        "item number|log no|s n|minute no|minute ref|minute number|minute reference|serial"
    ),
    LogColumn.SOURCE: _phrases(
        "source|paper|agenda item|origin|meeting|minute|relevant item|agenda no|agenda ref|report title|where from|"
        "raised at"
    ),
    LogColumn.ACTION: _phrases(
        "action|actions|decision|decisions|recommendation|recommendations|what will it do|what will we do|"
        "what will be done|task|tasks|milestone|milestones|activity|activities|action to be taken|"
        "actions to be taken|what|what are we going to do|what we will do|steps|what needs to happen|what was agreed|"
        "what we agreed|what is to be done|what has to be done|what has to happen|what must be done"
    ),
    LogColumn.LEAD: _phrases(
        "lead|leads|lead officer|owner|action owner|responsibility|responsible|directorate|who|whom|officer|"
        "allocated to|assigned to|accountable|owned by|action by|owners|delegated to|by|post holder|sro"
    ),
    LogColumn.SUPPORT: _phrases("supporting|supported by|support|partners|partner agencies|working with|with whom"),
    LogColumn.DUE: _phrases(
        "due|target date|timescale|timescales|time scale|by when|when|when by|deadline|completion date|target|"
        "date for completion|original|timeframe|time frame|to be completed by|report back|reporting date|complete by|"
        "date to be completed|due meeting|planned completion|expected completion|timing|date required|required by|"
        "when will it be done|date|by|milestone date"
    ),
    LogColumn.REVISED: _phrases(
        "revised|new date|revised target date|revised due date|new target date|extended to|revised timescale|"
        "revised deadline|new deadline|now due|updated target date|current due date|present due date|"
        "current target date|latest date|forecast date|forecast completion|due now|amended date"
    ),
    LogColumn.UPDATE: _phrases(
        "status comment|progress|update|updates|action taken|actions taken|commentary|evaluation|comments|comment|"
        "position|narrative|response|feedback|status update|status and comments|what has happened|where are we now|"
        "officer update|evidence of progress|action update|outcome|note|notes"
    ),
    LogColumn.RATING: _phrases(
        "rag|brag|status|assessment|rating|colour|action status|ragb|progress rating|traffic light|confidence|"
        "open closed|open or closed|complete|completed|state|done|finished|achieved|implemented|implementation|flag"
    ),
    LogColumn.PROPOSED: _phrases(
        "proposed|propose to close|close|proposed status|proposal|propose to open close|recommended to close|"
        "keep open or close|request to close"
    ),
    LogColumn.CLOSED_ON: _phrases(
        "date completed|closed|completed on|actual completion date|actual date|date complete|date done|"
        "actual completion|completed date|date of closure|closure date"
    ),
    LogColumn.PRIORITY: _phrases("priority|priorities|objective"),
    LogColumn.PRINTED: _phrases(
        "as printed|to be looked at|points|outcome wanted|output|outcome measurement|success measure|"
        "success measures|impact|outcome measure|expected outcome|intended outcome|success criteria|desired outcome|"
        "how measured|measure of success|notes of discussion|discussion|subject|topic|title|issue|issues|date added|"
        "date opened|raised|date of meeting|meeting date|cost|costs|resources|budget|accepted|commitment|theme|"
        "workstream|category|type|background|evidence|what difference will it make|finding|findings|concern|area|"
        "organisation|agency|risks|risk|dependencies|kpi|baseline|decision type|date agreed|date set|date of action|"
        "start|date started|date logged|summary|context|outputs|outcomes|outcome we want|why|rationale|direction|"
        "movement"
    ),
}
"""The words over each column, whole. A heading may have more words, if few: the longest phrase in it counts."""
_BY_PHRASE: dict[tuple[str, ...], tuple[LogColumn, ...]] = {}
for _column, _some in _HEADINGS.items():
    for _phrase in _some:
        _BY_PHRASE[_phrase] = (*_BY_PHRASE.get(_phrase, ()), _column)
_LONGEST_PHRASE = max(map(len, _BY_PHRASE))
_WHOLE = frozenset(
    phrase for phrase in _phrases("what|done|finished|achieved|date|item|no|by|who|when|target|close|number")
)
"""Words that say what a column is only alone: "Mtg date" is no due date."""
_ABBREVIATED = {
    "resp": "responsible", "min": "minute", "off": "officer", "rec": "recommendation", "org": "organisation",
    "compl": "completion", "prog": "progress", "comm": "comment", "dir": "directorate",
}  # fmt: skip
"""Words over columns that are cut short, with a stop: "Resp."."""
_SMALL = frozenset(("the", "of", "a", "an", "and", "to", "for", "be", "is", "s", "dd", "mm", "yy", "yyyy", "please"))
_ABOUT = frozenset(("since", "from", "after", "against", "at", "on", "of", "for"))
"""Words after which a heading says what its column is about: "Progress since last meeting" is no meeting."""
_RISKS = frozenset(("risk", "likelihood", "impact", "score", "probability", "mitigation", "mitigating", "inherent",
                    "residual", "consequence", "severity", "gross", "net"))  # fmt: skip
_MOST_WORDS = 7
_LONGEST_HEADING = 90
_MOST_OTHER_WORDS = 2
_FEWEST = 2
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_HEADING_WORDS = {word for phrase in _BY_PHRASE for word in phrase} - _SMALL | _ABBREVIATED.keys()
_SAYS_WHO_OR_WHEN = frozenset(
    (LogColumn.LEAD, LogColumn.DUE, LogColumn.RATING, LogColumn.UPDATE, LogColumn.REVISED, LogColumn.CLOSED_ON)
)
_SAYS_WHOSE = frozenset((LogColumn.LEAD, LogColumn.DUE))
"""Beside what says how it stands and a heading that is not known, these are enough: cells tell what is to be done."""
_NUMBER_SIGNS = frozenset(("#", "№", "nº"))
_WORD = re.compile(r"[^\W_]+")
_WHOSE = re.compile(r"(?<!\w)\w+'s\s+(?=\w)")
"""Whose something is says nothing of what it is: "Lead's comment"."""
_AT_END = frozenset(("on", "at", "in", "from"))
"""Words at the end of a heading that make what is before them the subject: "Task appears on"."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where one word begins inside another: "ActionDetail"."""
_BRACKETS = re.compile(r"\([^()]*\)")


RAISED = frozenset(
    ("raised", "added", "opened", "agreed", "given", "set", "logged", "created", "identified", "reported", "received")
)
_AT_MEETING = frozenset(("mtg", "meeting"))


@lru_cache(maxsize=256)
def says_when_raised(heading: str) -> bool:
    """Return whether the days of a column that is no field may be those on which its actions were given out."""
    words = _WORD.findall(fold(heading))
    return words == ["date"] or not (RAISED | _AT_MEETING).isdisjoint(words)


@lru_cache(maxsize=4096)
def heading_match(text: str) -> tuple[LogColumn, ...]:
    """Return the columns whose words fit a heading equally well; none for words that are no heading."""
    if len(text) > _LONGEST_HEADING:
        return ()
    if text.strip() in _NUMBER_SIGNS:
        return (LogColumn.REF,)
    folded = _WHOSE.sub("", fold(_HUMP.sub(" ", text)))
    every = _WORD.findall(_BRACKETS.sub(" ", folded)) or _WORD.findall(folded)
    # "Update for 12 March 2019", "RAG Q2".
    every = [word for word in every if not word.isdecimal() and word not in MONTH_WORDS] or every
    every = [_ABBREVIATED.get(word, word) if f"{word}." in folded else word for word in every]
    words = [word for word in every if word not in _SMALL] or every
    if not 0 < len(words) <= _MOST_WORDS:
        return ()
    best: dict[LogColumn, int] = {}
    for phrase in {*_runs(every), *_runs(words)} & _BY_PHRASE.keys():
        length = sum(1 for word in phrase if word not in _SMALL) or 1
        if every[-1] in _AT_END and phrase[-1] != every[-1]:
            continue
        if len(words) - length <= (0 if phrase in _WHOLE else _MOST_OTHER_WORDS):
            best |= {one: length for one in _BY_PHRASE[phrase] if length > best.get(one, 0)}
    most = max(best.values(), default=0)
    fitting = tuple(column for column in LogColumn if best.get(column, 0) == most > 0)
    about = next((at for at, word in enumerate(every) if word in _ABOUT), 0)
    if len(fitting) > 1 and about and (first := heading_match(" ".join(every[:about]))):
        return first
    if len(fitting) > 1 and LogColumn.PRINTED in fitting:
        return tuple(column for column in fitting if column is not LogColumn.PRINTED)
    return fitting


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield all words that stand one after the other, up to the longest phrase that is known."""
    return (
        tuple(words[at : at + many])
        for at in range(len(words))
        for many in range(1, min(_LONGEST_PHRASE, len(words) - at) + 1)
    )


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
        if _may_head(cell) and (columns := heading_match(cell)):
            known.append(columns)
    if len(known) < _FEWEST or (len(known) == _FEWEST and len(known) * 2 < len(filled)):
        return False
    kinds = {column for columns in known for column in columns}
    if len(known) > _FEWEST and len(known) < len(filled) and kinds & _SAYS_WHOSE and len(kinds & _SAYS_WHO_OR_WHEN) > 1:
        return True
    return LogColumn.ACTION in kinds and (bool(kinds & _SAYS_WHO_OR_WHEN) or len(known) == len(filled))


def _may_head(cell: str) -> bool:
    """Return whether a cell has a word such as stands over columns, and few others; quick, because most have none."""
    plain = cell if " " in cell else _HUMP.sub(" ", cell)
    words = set(_BETWEEN_WORDS.sub(" ", plain.casefold()).split())
    if words.isdisjoint(_HEADING_WORDS):
        return False
    others = words - _HEADING_WORDS - _SMALL - MONTH_WORDS.keys()
    return sum(1 for word in others if not word.isdecimal()) <= _MOST_OTHER_WORDS


def is_sub_heading(cells: Sequence[str]) -> bool:
    """Return whether a row has nothing but headings: the second row of two, "Original" and "Revised" under "Date"."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(heading_match(cell) for cell in filled)


def risk_words(cells: Sequence[str]) -> int:
    """Return how many cells of a row have words that stand over the columns of a risk register."""
    return sum(1 for cell in cells if _RISKS & set(_WORD.findall(fold(cell))))
