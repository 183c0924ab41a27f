"""Read lines of actions as a secretary writes them after a meeting: who is to do what, by when.

`Head of Education: publish the guide by 8 Dec`, `Head of Education to publish the guide, next meeting`, `publish the
guide (Head of Education) due 8 Dec, minute 4.2, priority 7`, `all partners except police: send the figures by Friday`.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.dates import MonthWords
from handlers.reading.day_ranges import DaysFound
from handlers.reading.days import days_in, read_found
from handlers.reading.lead_names import Lead, LeadAsk, OnePost, Partners, partners_listed, read_lead
from handlers.reading.meeting_names import MeetingFound, read_meeting
from handlers.reading.normalise import clean, fold, plain
from handlers.reading.targets import PriorityTarget, ThemeTarget, read_target
from handlers.reading.vocabulary import Vocabulary

MOST_LINES = 30
LONGEST_LEAD = 160
LONGEST_TAIL = 200

_KEYWORD = re.compile(
    r"(?:(?:please )?add(?: (?:these|the|an|new))*(?: actions?)?|actions?(?: points?)?)(?![^\W_])[ :,-]*"
)
_BEGINS = re.compile(
    r"(?:please )?add(?![^\W_'-])(?! up(?![^\W_]))|actions?(?: points?)?(?![^\W_'-])[^:\n]{0,100}(?::|\n)"
)
_MARK = re.compile(r"(?:[-*•–—>]|\(?[0-9]{1,2}[.)]|\(?[a-z][.)])\s+")
_BOARD = re.compile(r"(?:to|for) (?:the )?(?P<board>[^:\n]{2,80}?) ?:\s*")
_HEADER = re.compile(r"(?:from|of|at|to|for|given (?:out )?(?:at|by)) (?:the )?(?P<what>[^\n]{2,100}?)[ :]*")
_TO = re.compile(r" (?:to|will|should|shall|must) ")
_TAILS = re.compile(
    r"\s*(?P<sep>[,;|\t(\[]|\s[–—-](?=\s)|\.(?=\s))\s*(?P<word>{words})?|(?<=\s)(?P<bare>{words})".replace(
        "{words}",
        r"(?:(?:to be )?led by|lead(?:s|er)?(?: is)?(?: by)?|action by|responsible|due(?: (?:by|at|on|for))?|"
        r"by|before|until|for|at|in|under|serves)(?![^\W_])[ :]*",
    )
)
_LEADS = ("led by", "to be led by", "lead", "leads", "leader", "lead is", "lead by", "action by", "responsible", "by")
_DUES = ("due", "due by", "due at", "due on", "due for", "by", "before", "until")
_MINUTE = re.compile(
    r"(?:minutes?|min|item|minute item)(?: ref(?:erence)?)?\.? ?(?:no\.? ?|number )?(?P<minute>[0-9][\w./-]{0,12})"
)
_SERVES = re.compile(r"(?:p[0-9]{1,3}$|priorit|prio |theme )")
_COLON = re.compile(r":(?=\s|$)")
_PERIOD = re.compile(r"(?<![^\W_])(?:next|weeks?|months?|term|year|quarter|meeting|board|20[0-9]{2})(?![^\W_])")


@dataclass(frozen=True, slots=True)
class LineRead:
    """One line: `typed` as it was, its words, and what it says of lead, due meeting or day, board, minute, priorities.

    `due`, `board`: as typed, "" for nothing. `lead`: None where nobody is named.
    """

    typed: str
    words: str
    lead: Lead | None = None
    due: str = ""
    board: str = ""
    minute: str = ""
    serves: PriorityTarget | ThemeTarget | None = None


@dataclass(frozen=True, slots=True)
class LinesRead:
    """Several lines, and what stands over them: the board they are for, the meeting that gave them, as typed."""

    lines: tuple[LineRead, ...]
    board: str = ""
    given: str = ""


def begins_adding(text: str) -> bool:
    """Return whether a message means to add actions: it begins with "add" or "actions:"."""
    return _BEGINS.match(fold(clean(text))) is not None


def read_lines(text: str, vocabulary: Vocabulary, today: date) -> LinesRead:
    """Read what was typed after `add`, or pasted, line by line."""
    # A row of a table is pasted with tabs.
    words = clean(re.sub(r"(?<=\S)\t+(?=\S)", " | ", text))
    found = _KEYWORD.match(fold(words))
    words = words[found.end() :] if found else words
    lines = [line.strip() for line in words.split("\n") if line.strip(" \t:-–—*•")]
    board = given = ""
    if len(lines) > 1 and (header := _HEADER.fullmatch(fold(lines[0]))):
        what = lines[0][header.start("what") : header.end("what")]
        if isinstance(read_board(what, vocabulary), BoardFound):
            board, lines = what, lines[1:]
        elif lines[0].endswith(":") or isinstance(
            read_meeting(what, vocabulary, today, looking_back=True), MeetingFound
        ):
            given, lines = what, lines[1:]
    return LinesRead(tuple(read_line(line, vocabulary, today) for line in lines[:MOST_LINES]), board, given)


def read_line(text: str, vocabulary: Vocabulary, today: date) -> LineRead:
    """Read one line: the board before it, then the lead before it, then its endings, taken off from the right."""
    words = clean(text).replace("\n", " ")
    if mark := _MARK.match(fold(words)):
        words = words[mark.end() :]
    read = LineRead(text.strip(), words)
    if (found := _BOARD.match(fold(words))) and isinstance(read_board(found["board"], vocabulary), BoardFound):
        read = replace(read, board=found["board"], words=words[found.end() :])
    read = _lead_before(read, vocabulary)
    for _ in range(8):
        shorter = _without_tail(read, vocabulary, today)
        if shorter is None:
            break
        read = shorter
    return replace(read, words=_tidy(read.words))


def _lead_before(read: LineRead, vocabulary: Vocabulary) -> LineRead:
    """Take the lead off `LEAD: words` or `LEAD to do it` where one is surely meant."""
    folded = fold(read.words)
    asks: LeadAsk | None = None
    colon = re.search(r":(?=\s|$)| [–—-] ", folded[:LONGEST_LEAD])
    while colon is not None:
        before = folded[: colon.start()]
        lead = read_lead(before, vocabulary)
        if isinstance(lead, Partners) and (further := _COLON.search(folded, colon.end(), LONGEST_LEAD)) is not None:
            # "all partners: police, CCG and CVS: send the figures" is these three.
            listed = partners_listed(folded[colon.end() : further.start()], vocabulary)
            if listed is not None:
                return replace(read, lead=listed, words=read.words[further.end() :].strip())
        if not isinstance(lead, LeadAsk):
            return replace(read, lead=lead, words=read.words[colon.end() :].strip())
        asks = asks or lead
        colon = _COLON.search(folded, colon.end(), LONGEST_LEAD)
    for found in _TO.finditer(folded[:LONGEST_LEAD]):
        lead = read_lead(folded[: found.start()], vocabulary)
        if not isinstance(lead, LeadAsk) and (not isinstance(lead, OnePost) or lead.sure):
            return replace(read, lead=lead, words=read.words[found.end() :].strip())
    if asks is not None and ":" in folded[:LONGEST_LEAD]:
        return replace(read, lead=asks)
    return read


def _without_tail(read: LineRead, vocabulary: Vocabulary, today: date) -> LineRead | None:
    """Return the line without the last thing said about it; None where nothing more is said at its end."""
    words = read.words.rstrip(" \t,;.|)]")
    folded = fold(words)
    for found in _TAILS.finditer(folded, max(1, len(folded) - LONGEST_TAIL)):
        said = " ".join((found["word"] or found["bare"] or "").replace(":", " ").split())
        tail = words[found.end() :].strip(" \t,;:.|()[]–—-")
        if not tail:
            continue
        known = _tail(read, said, tail, vocabulary, today)
        if known is not None:
            return replace(known, words=words[: found.start()])
    return None


def _tail(read: LineRead, said: str, tail: str, vocabulary: Vocabulary, today: date) -> LineRead | None:
    typed = plain(tail)
    if not read.minute and said in ("", "at") and (minute := _MINUTE.fullmatch(typed)):
        return replace(read, minute=minute["minute"])
    if read.serves is None and said in ("", "for", "under", "serves") and _SERVES.match(typed):
        target = read_target(tail, vocabulary)
        if isinstance(target, PriorityTarget | ThemeTarget) and not target.corrected_from:
            return replace(read, serves=target)
    if not read.due and said not in _LEADS[:-1] and _is_due(said, typed, vocabulary, today):
        return replace(read, due=tail)
    nobody = read.lead is None or isinstance(read.lead, LeadAsk)
    if nobody and said in ("", *_LEADS):
        lead = read_lead(tail, vocabulary)
        if not isinstance(lead, LeadAsk) and (said in _LEADS[:-1] or not isinstance(lead, OnePost) or lead.sure):
            return replace(read, lead=lead)
    return None


def _is_due(said: str, typed: str, vocabulary: Vocabulary, today: date) -> bool:
    """Return whether a tail says when: after "by" or "due" any time, elsewhere only a day or a meeting."""
    if len(typed) > 60:
        return False
    day = read_found(typed, today)
    meeting = isinstance(read_meeting(typed, vocabulary, today), MeetingFound)
    times = days_in(typed, today)
    if typed == "next" or _is_of_meeting(typed, times):
        return True
    if not (times or day or _PERIOD.search(typed)):
        return False
    readable = meeting or (day is not None and day.day is not None)
    if said in _DUES:
        return readable or day is not None or not _TAILS.search(typed)
    return readable and (said not in ("in", "for") or re.search(r"meeting|board|next", typed) is not None)


def _is_of_meeting(typed: str, times: tuple[DaysFound, ...]) -> bool:
    """Return whether a tail is "next meeting" or "the October board" and no more."""
    month = next((one for one in times if isinstance(one.written, MonthWords)), None)
    rest = (f"{typed[: month.start]} next {typed[month.end :]}" if month is not None else typed).split()
    return "next" in rest and rest[-1] in ("board", "meeting") and set(rest) <= {"the", "next", "board", "meeting"}


def _tidy(words: str) -> str:
    """Return the words of an action without what joined them to the rest, beginning with a capital letter."""
    whole = words.strip(" \t,;:.|–—-([")
    for small in ("to ", "will ", "should ", "must "):
        if whole.lower().startswith(small):
            whole = whole[len(small) :]
    return whole[:1].upper() + whole[1:]
