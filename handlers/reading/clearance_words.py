"""Read what is said of a report's clearances: which × what × reference × day × for which meeting.

Every word has to be a part of it: "finance cleared FD6114/20" is a clearance, "finance cleared the backlog" is none,
and neither is what is denied, to come, asked, or said of an action.

Source: docs/explanation/what-people-write.md, Clearances.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.commands.papers import ClearanceAnswer, ClearanceWords
from handlers.reading.dates import Looking
from handlers.reading.days import days_in
from handlers.reading.normalise import clean, fold
from models.enums import Clearance

_WHICH: Mapping[Clearance, tuple[str, ...]] = {
    Clearance.FINANCE: ("finance", "financial", "section 151 officer", "section 151", "s151 officer", "s151"),
    Clearance.LEGAL: ("legal services", "legal", "monitoring officer"),
    Clearance.GOVERNANCE: ("governance",),
    Clearance.HR_AND_ICT: (
        "hr and ict", "hr & ict", "hr/ict", "ict and hr", "hr and it", "human resources", "hr", "ict",
    ),
    Clearance.PROPERTY: ("property", "estates"),
    Clearance.PROCUREMENT: ("procurement",),
    Clearance.SENIOR_MANAGER: ("senior manager", "senior management"),
    Clearance.CABINET_MEMBER: ("cabinet member", "portfolio holder", "cabinet lead"),
    Clearance.LOCAL_MEMBER: (
        "local members", "local member", "ward members", "ward member", "ward councillors", "ward councillor",
        "local councillors", "local councillor",
    ),
    Clearance.OPPOSITION: (
        "opposition spokesperson", "opposition spokesman", "opposition spokeswoman", "opposition lead", "opposition",
    ),
    Clearance.SCRUTINY: ("scrutiny chair", "chair of scrutiny", "scrutiny"),
}  # fmt: skip
_ANSWERS: Mapping[ClearanceAnswer, tuple[str, ...]] = {
    ClearanceAnswer.NOT_APPLICABLE: (
        "n/a", "n / a", "n.a", "not applicable", "does not apply", "doesn't apply", "do not apply", "is not needed",
        "are not needed", "not needed", "is not required", "not required", "none needed",
    ),
    ClearanceAnswer.TAKEN_BACK: ("taken back", "take back"),
    ClearanceAnswer.CLEARED: ("cleared", "clears", "consulted", "signed it off", "signed off", "signs off"),
    ClearanceAnswer.SENT: ("sent", "submitted"),
}  # fmt: skip
_SMALL = frozenset(
    (
        "the", "a", "has", "have", "had", "been", "was", "were", "is", "are", "it", "its", "by", "with", "and",
        "also", "please", "pls", "thanks", "now", "on", "at", "to", "from", "as", "of", "we", "i", "they",
        "this", "that", "report", "paper", "papers", "front", "sheet", "clearance", "clearances", "ref",
        "reference", "no", "number",
    )
)  # fmt: skip
_USUAL = ("always", "every time", "for every meeting", "every meeting", "as a rule", "by default")
_NO_LETTERS = frozenset(
    (
        "on", "by", "for", "to", "at", "of", "in", "the", "minute", "minutes", "min", "item", "items", "para",
        "paragraph", "page", "action", "actions", "ref", "reference", "no", "number", "sent", "cleared", "and",
        "is", "was", "from", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct",
        "nov", "dec", "priority",
    )
)  # fmt: skip
"""Words before "62/17" that make no reference of it."""
_REFERENCE = re.compile(
    r"(?<![\w/])(?P<letters>[^\W\d_]{1,6})(?P<rest>[ .:\-]{0,2}[0-9]{1,6} ?/ ?[0-9]{1,4}|(?:/[0-9]{1,6}){1,2})(?![\w/])"
)
_FOR = re.compile(r"(?<![^\W_])for(?![^\W_])(?: the)? +(?P<meeting>[^,;.\n]+)")
_TO = re.compile(r"(?<![^\W_])to(?![^\W_])(?: the)? +(?P<post>[^,;.\n]+)")
_BY = re.compile(r"(?<![^\W_])(?:is )?by(?![^\W_])(?: the)? +(?P<post>[^;\n]+)")
_DAY_BEFORE = ("on ", "today", "yesterday", "this morning")
"""What begins a day on which something happened, and no meeting."""
_LONGEST = 160
_QUESTION = "?"
_ASKS = re.compile(r"(?:has|have|had|did|do|does|is|are|was|were|can|could|will|would|should|if|when|once)(?![^\W_])")
"""What begins a question, or a condition."""
_FOR_CLEARANCE = re.compile(r"(?<![^\W_])for (?:their |its )?clearances?(?![^\W_])")
_SENT_TO = re.compile(r"(?:sent|submitted)[^.;\n]* to |for clearance")
_TOKENS = re.compile(r"[^\W_]+(?:[-'’/.][^\W_]+)*|[?!]")


_APART = re.compile(r"[;\n]+|,(?: and(?![^\W_]))?|\.(?=\s)")
_AND = re.compile(r"(?<![^\W_])and(?![^\W_])")


def _phrases(table: Mapping[Any, tuple[str, ...]]) -> re.Pattern[str]:
    every = sorted((word for words in table.values() for word in words), key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, every))})(?![\w/]|-[\w])")


CLEARANCE_NAMES = tuple(sorted((word for words in _WHICH.values() for word in words), key=len, reverse=True))
"""What clearances are called, the longest first."""
_WHICH_AT, _ANSWER_AT = _phrases(_WHICH), _phrases(_ANSWERS)
_WHICH_BY = {word: one for one, words in _WHICH.items() for word in words}
_ANSWER_BY = {word: one for one, words in _ANSWERS.items() for word in words}
_USUAL_AT = _phrases({"": _USUAL})


def may_be_clearance(text: str) -> bool:
    """Return whether a text is short enough for a clearance, and says something that is said of one."""
    folded = fold(text[: _LONGEST + 1])
    if len(folded) > _LONGEST or (found := _ANSWER_AT.search(folded)) is None:
        return False
    return _ANSWER_BY[found.group()] is not ClearanceAnswer.SENT or _SENT_TO.search(folded) is not None


class _Words:
    """Text from which the parts that were understood are taken out, one after the other."""

    def __init__(self, text: str) -> None:
        self.text, self.folded = text, fold(text)

    def take(self, start: int, end: int) -> str:
        """Return what stands at a place, and leave a comma there, across which nothing goes together."""
        taken = self.text[start:end]
        gap = "," + " " * (end - start - 1)
        self.text = self.text[:start] + gap + self.text[end:]
        self.folded = self.folded[:start] + gap + self.folded[end:]
        return taken

    def all_of(self, pattern: re.Pattern[str]) -> list[str]:
        """Take out all that a pattern finds, folded."""
        found = []
        while (at := pattern.search(self.folded)) is not None:
            found.append(at.group())
            self.take(*at.span())
        return found


def read_clearances(text: str, today: date) -> tuple[ClearanceWords, ...]:
    """Return each thing that some words say of clearances; as one with what is `left`, where they say more."""
    whole = read_clearance_words(text, today)
    if whole.left == _QUESTION or not (whole.left or whole.references[1:]):
        return (whole,)
    return _read_apart(text, today) or _each_its_own(whole)


def _read_apart(text: str, today: date) -> tuple[ClearanceWords, ...]:
    """Return what each part of a text says of clearances; nothing where one of them says anything else."""
    parts: list[str] = []
    waiting = ""
    for piece, read in _pieces(clean(text), today):
        if read.left or (not read.which and (read.answer or read.references or read.meeting)):
            return ()
        if not read.which:
            continue
        if read.answer is not None:
            parts.append(f"{waiting}{piece}")
            waiting = ""
        elif parts and read.references:
            # "Finance cleared FD6114/20, legal LD4306/20": what came back stands before.
            parts[-1] = f"{parts[-1]}, {piece}"
        elif parts:
            return ()
        else:
            waiting = f"{waiting}{piece}, "
    each = [one for part in parts for one in _each_its_own(read_clearance_words(part, today))]
    if waiting or any(one.left for one in each):
        return ()
    meetings = {one.meeting for one in each if one.meeting}
    return tuple(replace(one, meeting=meetings.copy().pop()) if len(meetings) == 1 else one for one in each)


def _pieces(text: str, today: date) -> Iterator[tuple[str, ClearanceWords]]:
    """Yield what stands apart in a text, each as it reads; "and" parts what does not read as one."""
    for piece in _cut(text, _APART):
        read = read_clearance_words(piece, today)
        for one in _cut(piece, _AND) if read.left else (piece,):
            yield one, read_clearance_words(one, today)


def _cut(text: str, at: re.Pattern[str]) -> list[str]:
    """Return a text in pieces; "HR and ICT" and "FD. 6114/20" stay whole."""
    folded = fold(text)
    whole = [found.span() for one in (_WHICH_AT, _REFERENCE) for found in one.finditer(folded)]
    cuts = [one.span() for one in at.finditer(folded) if not any(a <= one.start() < b for a, b in whole)]
    begins, ends = (0, *(end for _, end in cuts)), (*(start for start, _ in cuts), len(text))
    return [piece for a, b in zip(begins, ends, strict=True) if (piece := text[a:b].strip())]


def _each_its_own(read: ClearanceWords) -> tuple[ClearanceWords, ...]:
    """Return several clearances with a reference each, in their order; as one where it is not plain whose each is."""
    pairs = tuple(zip(read.which, read.references, strict=False))
    begins = {one.value[0].casefold(): one for one in read.which}
    strays = any(begins.get(fold(reference)[0], one) is not one for one, reference in pairs)
    if len(pairs) < 2 or strays or len(read.which) != len(read.references):
        return (read,)
    day = f" on {read.day.isoformat()}" if read.day else ""
    return tuple(
        replace(read, which=(one,), references=(reference,), typed=f"{one.value} cleared {reference}{day}")
        for one, reference in pairs
    )


def read_clearance_words(text: str, today: date) -> ClearanceWords:
    """Return what some words say of clearances; what is no part of it is `left`."""
    words = _Words(clean(text))
    if len(words.text) != len(words.folded):
        return ClearanceWords(left=text)
    if _ASKS.match(words.folded) or "?" in text:
        return ClearanceWords(left=_QUESTION)
    words.all_of(_FOR_CLEARANCE)
    typed = words.text.strip(" ,")
    references = _take_references(words)
    meeting = _take_leading_meeting(words)
    if meeting and typed.startswith(meeting):
        typed = typed[len(meeting) :].strip(" ,:")
    usual = bool(words.all_of(_USUAL_AT))
    answers = dict.fromkeys(_ANSWER_BY[one] for one in words.all_of(_ANSWER_AT))
    post = ""
    if not answers and (found := _BY.search(words.folded)) is not None:
        answers, post = {ClearanceAnswer.BY_POST: None}, _taken(words, found, "post")
    elif not meeting and (found := _FOR.search(words.folded)) is not None:
        meeting = _taken(words, found, "meeting")
    day, no_day = _take_day(words, today)
    found = _TO.search(words.folded) if ClearanceAnswer.SENT in answers else None
    if found is not None and _left(_Words(_WHICH_AT.sub(" ", found["post"]))):
        post = _trimmed(_taken(words, found, "post"))
    which = tuple(dict.fromkeys(_WHICH_BY[one] for one in words.all_of(_WHICH_AT)))
    left = _left(words)
    if len(answers) > 1:
        left = f"{left} {' '.join(one.value for one in answers)}".strip()
    return ClearanceWords(which, next(iter(answers), None), references, day, no_day, meeting, post, usual, typed, left)


def _taken(words: _Words, found: re.Match[str], group: str) -> str:
    """Take out what a pattern found; return one group of it as typed."""
    begin = found.start()
    return words.take(*found.span())[found.start(group) - begin : found.end(group) - begin].strip(" ,()")


def _trimmed(post: str) -> str:
    """Return a post without the small word that a day left behind it."""
    return re.sub(r"(?i)\s+(?:on|at|by|of)$", "", post).strip()


def _take_day(words: _Words, today: date) -> tuple[date | None, str]:
    """Take out the first day, the nearest such; return it, or why it is none."""
    for one in days_in(words.text, today, Looking.NEAR)[:1]:
        words.take(one.start, one.end)
        return one.day, "" if one.day else (one.no_day.say if one.no_day else "Which one day is meant?")
    return None, ""


def _take_leading_meeting(words: _Words) -> str:
    """Take out the meeting that stands before everything else: "16 Sep finance cleared"."""
    places = [found.start() for one in (_WHICH_AT, _ANSWER_AT) if (found := one.search(words.folded)) is not None]
    first = min(places, default=len(words.text))
    before = words.folded[:first].strip(" ,:")
    if not before or before.startswith(_DAY_BEFORE) or not set(_TOKENS.findall(before)) - _SMALL:
        return ""
    return re.sub(r"(?i)^clearances?\b", "", words.take(0, first)).strip(" ,:")


def _take_references(words: _Words) -> tuple[str, ...]:
    found, at = [], 0
    while (seen := _REFERENCE.search(words.text, at)) is not None:
        at = seen.start("rest")
        if fold(seen["letters"]) not in _NO_LETTERS:
            found.append(words.take(*seen.span()).strip())
    return tuple(found)


def _left(words: _Words) -> str:
    return " ".join(one for one in _TOKENS.findall(words.text) if fold(one) not in _SMALL)
