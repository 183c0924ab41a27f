"""What stands over rows of a log: titles, sections that name a meeting or a priority, and a key of ratings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.logs.draft import LogPlan
from handlers.logs.due_cells import looks_like_when
from handlers.logs.status_cells import read_status_cell, suggested_status
from handlers.reading.dates import MonthWords
from handlers.reading.days import days_in, read_found
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.normalise import fold
from handlers.reading.plan_names import NameKind
from models.enums import Status
from models.files.tables import TableRow
from models.rules.status_words import LETTERS, RATING_WORDS

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_GAVE = re.compile(
    r"\b(?:minutes|decisions|actions? (?:from|arising|agreed)|matters arising|meeting (?:of|on|held)|held on"
    r"|agreed (?:at|on))\b"
)
_AS_AT = re.compile(r"\b(?:as at|as of|updated|log|tracker|printed)\b")
_NUMBERED = re.compile(r"(?:(?:strategic )?(?:priority|priorities|objective|theme|aim|outcome)\s*)?(?:no\.?\s*)?"
                       r"(?P<number>\d{1,3})?(?P<letter>[a-z])?\b[\s:.)–—-]*(?P<title>.*)")  # fmt: skip
_KEY = re.compile(r"^\s*(?P<mark>[A-Za-z]|\d{1,2}|[A-Za-z]{3,6})\s*[=:–-]\s*(?P<words>[^=:]+?)\s*$")
_LISTED = re.compile(r"^[^:]{0,30}:\s*(?=\d{1,2}\s+[^\W\d])")
"""What stands before a key without signs: "Assessment: 1 achieved, 2 on track"."""
_BETWEEN_PAIRS = re.compile(r"[\n;,]|\.?\s+(?=\w{1,6}\s*=\s)")
_NOTE = re.compile(r"\s*(?:[*†‡]|(?:notes?|n\.?b\.?|key|legend)\s*[:.–-])\s*(?:\S.*)?", re.IGNORECASE | re.DOTALL)
_FEWEST_IN_KEY, _LONGEST_MARK, _IN_KEY = 2, 6, "=:–-"
_PART = re.compile(
    r"(?:part|section|strand|stream|work ?stream|objective|priority|theme|aim|outcome|group|phase|area|sheet|list)"
    r"\s+(?:[a-z]|\d{1,2}|[ivx]{1,4})(?![^\W_])"
)
_COUNTED = re.compile(r"[^\W\d_]+:?\s+\d+|\d+\s+[^\W\d_]+")
_ABOUT_THE_LOG = re.compile(
    r"(?:signed|signature|total|totals|questions\?|carried (?:over|forward) (?:to|from) page|page \d|continued|end of"
    r"|date of (?:the )?next meeting|next meeting|apologies|printed|distribution|circulation|minutes by)(?![^\W_])"
)
_MAIL = re.compile(
    r"(?:from|sent|to|cc|bcc|date|importance|attachments): |(?:dear|hi|hello|good \w+)(?: [\w’']+)*,", re.I
)
"""The head of a mail and its greeting, which stand in no record."""
_SUBJECT = re.compile(r"(?:(?:subject|re|fwd?): )+", re.I)
_FOR_MEETING = re.compile(
    r"(?:for|to) (?:information|not(?:e|ing)|decision|decide|approv(?:e|al)|discuss(?:ion)?|agree(?:ment)?|review|"
    r"receive|consider(?:ation)?|endorse(?:ment)?|ratify|comment|assurance|update)"
    r"|(?:[01]?\d|2[0-3])[.:][0-5]\d(?: ?[ap]m)?"
)
"""What an agenda says of its items: what they are for, and at what time they come."""
_LATE = {Status.SOME_ISSUES, Status.OFF_TRACK}
"""What "late" may be, so that it makes no other rating of red or amber."""
_FEWEST_SHOUTED = 5
_COLOUR_FIRST = re.compile(r"(\w+) ?[:=–—-] ?")
_MEANING = re.compile(r"\b(?:meaning|means|key|definition|description)\b")


@dataclass(frozen=True, slots=True)
class SectionMeaning:
    """What stands over rows: the day of a meeting, whether that meeting gave the actions, the priority they serve.

    `doubt`: why the priority is not plain.
    """

    text: str
    day: date | None = None
    gave: bool = False
    priority: int | None = None
    doubt: str = ""


def read_section(text: str, plan: LogPlan) -> SectionMeaning:
    """Return what a title or a section says."""
    day, gave = _meeting(text, plan)
    if day is not None:
        return SectionMeaning(text, day, gave)
    priority, doubt = _priority(text, plan)
    return SectionMeaning(text, priority=priority, doubt=doubt)


def _meeting(text: str, plan: LogPlan) -> tuple[date | None, bool]:
    folded = fold(text)
    year = _YEAR.search(folded)
    around = date(int(year[1]), 7, 1) if year else plan.today
    whole = read_found(text, around)
    found = [whole] if whole is not None else list(days_in(text, around))
    days = [one for one in found if one.day is not None and one.has_year]
    gave = (bool(_GAVE.search(folded)) and not _AS_AT.search(folded)) or whole is not None
    if len(days) == 1:
        return days[0].day, gave
    months = [one.written for one in found if isinstance(one.written, MonthWords) and one.written.year]
    if len(months) == 1 and not days:
        there = [day for day in plan.meetings if (day.year, day.month) == (months[0].year, months[0].month)]
        if len(there) == 1:
            return there[0], gave
        return date(months[0].year, months[0].month, 1), False
    return None, False


def _priority(text: str, plan: LogPlan) -> tuple[int | None, str]:
    """Return the priority that a section names: by its number and its title, which have to agree."""
    known = plan.vocabulary.priorities
    parted = _NUMBERED.fullmatch(fold(text))
    named = any(word in fold(text) for word in ("priority", "objective", "theme"))
    called = [one.number for one in known if fold(text).strip(" .:") in map(fold, (one.title, *one.aliases))]
    if len(called) == 1:
        return called[0], ""
    if not known or parted is None or not (parted["number"] or named):
        return None, ""
    number = int(parted["number"]) if parted["number"] else None
    title = find_name(parted["title"], plan.vocabulary, NameKind.PRIORITY) if parted["title"] else None
    by_title = int(title.one.key) if title is not None and title.one is not None else None
    sure = title is not None and title.likeness >= Likeness.OTHER
    if by_title is not None and number in (None, by_title) and sure and not parted["letter"]:
        return by_title, ""
    if by_title is not None and (sure or by_title == number):
        return by_title, "its number and its words are not those of one priority of the plan"
    if number is None or not any(one.number == number for one in known):
        return None, ""
    if not parted["title"]:
        return number, "it is named by its number alone"
    meant = fold(text).startswith("priority ") and not parted["letter"]
    return (number, "its words are not the title of that priority") if meant else (None, "")


def key_of_ratings(rows: Iterable[TableRow]) -> dict[str, str]:
    """Return what the marks of a key mean, as printed: `1` is "done"; empty where there is no key."""
    found: dict[str, str] = {}
    for row in rows:
        if sum(map(" ".join(row.cells).count, _IN_KEY)) < _FEWEST_IN_KEY and not _LISTED.match(row.cells[0]):
            continue
        lines = [line for cell in row.cells for line in _BETWEEN_PAIRS.split(cell)]
        if listed := _LISTED.match(row.cells[0]):
            pieces = row.cells[0][listed.end() :].split(",")
            lines = [re.sub(r"^\s*(\d+) ", r"\1 = ", one) for one in pieces]
        pairs = [pair for line in lines if (pair := _KEY.match(line)) and not looks_like_when(line)]
        if len(pairs) >= _FEWEST_IN_KEY and len(pairs) * 2 >= len(row.filled):
            found |= {fold(pair["mark"]): pair["words"] for pair in pairs}
    return found


def is_key_row(row: TableRow) -> bool:
    """Return whether a row is a key of ratings."""
    return bool(key_of_ratings([row]))


def is_note(text: str) -> bool:
    """Return whether a line is a footnote, or says that it is a note or a key."""
    return bool(_NOTE.fullmatch(text))


def is_heading_line(text: str) -> bool:
    """Return whether a line alone in its row, in a column of actions, stands over others: "Strand B. Belonging"."""
    letters = [char for char in text if char.isalpha()]
    shouted = len(letters) > _FEWEST_SHOUTED and all(char.isupper() for char in letters)
    return shouted or text.rstrip().endswith(":") or bool(_PART.match(fold(text)))


def is_about_the_log(text: str, *, last: bool) -> bool:
    """Return whether a line alone in its row says something of the log: a count of its rows, a signature, a page.

    `last`: no action follows it.
    """
    folded = fold(text).strip()
    counts = _COUNTED.findall(folded)
    # "Meeting held 14 November 2023" counts nothing.
    dated = any(days_in(text, date(2000, 1, 1)))
    counted = len(counts) > 1 and sum(map(len, counts)) * 3 > len(folded) * 2 and not dated
    bracketed = folded.startswith("(") and folded.endswith(")")
    return counted or bracketed or (last and bool(_ABOUT_THE_LOG.match(folded)))


def key_table(rows: Sequence[TableRow]) -> dict[str, str]:
    """Return what the marks of a key mean that is a table of its own, with "meaning" over its second column."""
    pairs = [row.cells for row in rows if row.filled == (0, 1)]
    if len(pairs) < len(rows) or len(rows) <= _FEWEST_IN_KEY or not _MEANING.search(fold(pairs[0][1])):
        return {}
    return {fold(mark): words for mark, words in pairs[1:] if len(mark) <= _LONGEST_MARK}


def meant_by_key(key: Mapping[str, str]) -> dict[str, tuple[Status | None, bool]]:
    """Return what each mark of a key means and whether that is sure; nothing for a mark that means what it always does.

    It is not sure where the words only suggest a status, or where the mark is a rating and they say another.
    """
    found: dict[str, tuple[Status | None, bool]] = {}
    for mark, words in key.items():
        usual = RATING_WORDS.get(mark) or LETTERS.get(mark)
        # "B" is "Blue - not yet started".
        coloured = _COLOUR_FIRST.match(fold(words))
        rest = words[coloured.end() :] if coloured is not None and coloured[1].startswith(mark) else ""
        words = rest if read_status_cell(rest).status is not None else words
        said = read_status_cell(words)
        sure = said.status is not None and not (said.ask or said.doubt or mark.isdecimal())
        status = said.status if sure else suggested_status(words) or said.status
        if usual is None:
            found[mark] = status, sure
        elif status is not None and status is not usual and (sure or {status, usual} != _LATE):
            found[mark] = status, False
    return found


def titles_of(rows: Sequence[TableRow]) -> list[str]:
    """Return the lines over a heading, one for each cell that says something; of a mail's head its subject alone."""
    lines = [" ".join(cell.split()) for row in rows if not is_key_row(row) for cell in row.cells if cell]
    return [_SUBJECT.sub("", line) for line in lines if not _MAIL.match(line)]


def is_agenda(rows: Sequence[TableRow]) -> bool:
    """Return whether most rows say that something is to be noted, discussed or decided at a meeting."""
    said = [row for row in rows if any(_FOR_MEETING.fullmatch(fold(cell)) for cell in row.cells)]
    return len(said) * 2 > sum(1 for row in rows if len(row.filled) > 1)


def names_priority(text: str) -> bool:
    """Return whether a section calls itself a priority, an objective or the like."""
    return fold(text).startswith(("priority", "objective", "theme", "aim ", "outcome "))
