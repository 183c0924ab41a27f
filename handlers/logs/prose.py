"""Find actions in lines of text: minutes in which they are marked, a list of them in a mail, one below the other.

Source: docs/explanation/action-logs.md, Actions in text.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from handlers.logs.column_contents import IsSomebody, bids
from handlers.logs.column_headings import LogColumn
from handlers.logs.due_cells import looks_like_when
from handlers.logs.layout import LogLayout
from handlers.logs.minutes import ACTION_MARK, NO_ACTION
from handlers.logs.text_shapes import text_lines
from handlers.logs.who_acts import names_who_acts, who_acts
from handlers.reading.action_lines import LineRead, read_line
from handlers.reading.lead_names import LeadAsk, OnePost, read_lead
from handlers.reading.matching import PLAIN_RANKS
from handlers.reading.normalise import fold
from handlers.reading.vocabulary import Vocabulary
from models.files.tables import PlainTable, TableRow

_LAYOUT = LogLayout(
    {
        0: LogColumn.REF,
        1: LogColumn.SOURCE,
        2: LogColumn.ACTION,
        3: LogColumn.LEAD,
        4: LogColumn.DUE,
        5: LogColumn.PRINTED,
        6: LogColumn.RATING,
    },
    ("No", "Minute", "Action points", "Action by", "By when", "As written", "Done"),
)
_BULLET = re.compile(r"\s*(?:(?P<tick>[☑✓✔✅☒✗✘❌])|[-*•–—>·o☐□]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_MINUTE = re.compile(r"\s*(?P<number>(?:[A-Z]{1,4} ?)?\d{1,3}(?:[./]\d{1,3})*)[.):]?\s+(?=[A-Z])")
_HEAD = re.compile(
    r"(?:^|.*[.!?]\s)\W*(?:(?:the |our |new |agreed )*(?:actions?|next steps)"
    r"(?: (?:points?|items?|list|log|agreed|arising|required|from|of|at|on|for|the|meeting|board|last|this|today"
    r"|\d[\w./-]*|[A-Z][a-z]+))*)\W*|.*\b(?:actions?|next steps)\b[^:]{0,60}:\s*",
    re.IGNORECASE,
)
"""A line over a list of actions: "Actions agreed", "Thanks. These are the actions I noted:"."""
_DUE = re.compile(
    r"\W*\b(?:(?:deadline|due(?: date)?|by when|timescale|target(?: date)?)\s*[:–-]\s*(?P<due>.+)"
    r"|(?P<soon>as soon as possible|asap|urgently|immediately|ongoing)\W*)$", re.IGNORECASE
)  # fmt: skip
_IN_BRACKETS = re.compile(r"\s*\((?P<due>(?P<soon>[^()]{3,40}))\)\W*$")
_AFTER_BRACKET = re.compile(r"[\])](?:\W|$)")
_BULLETS = " .()-*•–—>·☐□☑✓✔✅☒✗✘❌"
_DASH = re.compile(r"\s+[-–—]+\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|;\s+")
_IS_TO = re.compile(r" (?:is|are|(?:has |have )?(?:agreed|undertaken|promised|offered)|undertook) to ")
_I = re.compile(
    r"I(?: (?:shall|will|am to|have (?:agreed|undertaken|promised|offered) to|agreed to|undertook to)|[’']ll) "
)
_FROM = re.compile(r"From:\s*(?P<who>[^<(\[,]+)")
_FEWEST = 2


def actions_in_text(
    tables: Sequence[PlainTable], vocabulary: Vocabulary, today: date, is_somebody: IsSomebody
) -> tuple[PlainTable, LogLayout] | None:
    """Return the actions in the lines of a text as a table, and what its columns are; None where it has none."""
    lines = [*text_lines(tables)]
    rows = (
        [*_marked(lines, is_somebody)]
        or [*_listed(lines, vocabulary, today, is_somebody)]
        or [*_undertaken(lines, vocabulary, today)]
    )
    if not rows:
        return None
    above = tuple(line for number, line in lines if number < rows[0][0])
    table = tuple(TableRow(number, cells) for number, cells in rows)
    return PlainTable("text" if any(one.above for one in tables) else "", table, above), _LAYOUT


_Row = tuple[int, tuple[str, str, str, str, str, str, str]]


def _marked(lines: Sequence[tuple[int, str]], is_somebody: IsSomebody) -> Iterator[_Row]:
    """Yield what is marked as an action: after the mark, or before it where only a name is behind."""
    minute = before = ""
    for number, line in lines:
        if found := _MINUTE.match(line):
            minute = found["number"]
        marks = [*ACTION_MARK.finditer(line)]
        starts = [one.start() for one in marks]
        for mark, start, end in zip(marks, (0, *starts[1:]), (*starts[1:], len(line)), strict=False):
            said = line[mark.end() : end]
            if "[" in line[: mark.end()] or "(" in mark[0]:
                said = _AFTER_BRACKET.split(said, maxsplit=1)[0]
            said, due = _without_due(said.strip())
            who = (mark["in_brackets"] or mark["said"] or "").strip()
            text = f"{line[start : mark.end()].strip(' [(')} {said}"
            if not who and names_who_acts(said.rstrip("."), is_somebody):
                who, text = said.rstrip("."), line[: marks[0].start()].strip(" [(") or before
            if said and fold(said).strip(" .") not in NO_ACTION:
                yield number, (mark["number"] or "", minute, text, who, due, "", "")
        before = line


def _without_due(said: str) -> tuple[str, str]:
    """Return what is said without its last words, where these say when it is due, and those words."""
    found = _DUE.search(said)
    if found is None and (found := _IN_BRACKETS.search(said)) is not None and not looks_like_when(found["due"]):
        return said, ""
    return (said[: found.start()], (found["due"] or found["soon"]).strip()) if found else (said, "")


def _listed(
    lines: Sequence[tuple[int, str]], vocabulary: Vocabulary, today: date, is_somebody: IsSomebody
) -> Iterator[_Row]:
    """Yield the lines below a line that is over actions; without one those in lists or all, if most say who does it."""
    head = next((at for at, (_, line) in enumerate(lines) if _HEAD.fullmatch(line)), None)
    bullets = [one for one in lines if _BULLET.match(one[1])]
    below = (bullets or lines) if head is None else _one_list(lines[head + 1 :])
    over = _names_over(lines, is_somebody)
    read = [
        (number, line, read_line(f"{over.get(number, '')}{_BULLET.sub('', line, count=1)}", vocabulary, today))
        for number, line in below
    ]
    found = [(number, line, *_parts(one, vocabulary, is_somebody)) for number, line, one in read]
    plain = [one for one in found if one[2] and bids(one[3])]
    if len(plain) < _FEWEST or len(plain) * 3 < len(found) * (1 if head is not None else 2):
        return
    whole = head is not None and all(_BULLET.match(line) for _, line in below)
    for number, line, who, words, due in found if whole else plain:
        marked = _BULLET.match(line)
        ref, tick = (marked[0].strip(_BULLETS), marked["tick"] or "") if marked else ("", "")
        yield number, (ref, "", f"Action: {words}", who, due, line, tick)


def _names_over(lines: Sequence[tuple[int, str]], is_somebody: IsSomebody) -> dict[int, str]:
    """Return who stands alone in a line over lines of a list, for each of these: "Head of Education" over bullets."""
    found: dict[int, str] = {}
    over = ""
    for number, line in lines:
        name = line.strip(" :")
        if _BULLET.match(line):
            found |= {number: f"{over}: "} if over else {}
        else:
            ranked = not PLAIN_RANKS.isdisjoint(name.casefold().split()) and names_who_acts(name, is_somebody)
            over = name if is_somebody(name) or ranked else ""
    return found


def _undertaken(lines: Sequence[tuple[int, str]], vocabulary: Vocabulary, today: date) -> Sequence[_Row]:
    """Return the sentences in which a post or who signs is to do something, where they are several: a letter."""
    sender = _sender(lines, vocabulary)
    read = [
        (number, said, read_line(_IS_TO.sub(" to ", _I.sub(sender and f"{sender} to ", said, 1)), vocabulary, today))
        for number, line in lines
        for said in (one.strip(" .") for one in _SENTENCE_END.split(line))
    ]
    parts = [
        (number, said, *_undertaking(one, vocabulary))
        for number, said, one in read
        if isinstance(one.lead, OnePost) or _I.match(said)
    ]
    rows = [
        (number, ("", "", f"Action: {words}", who, due, typed, ""))
        for number, typed, who, words, due in parts
        if bids(words)
    ]
    return rows if len(rows) >= _FEWEST else ()


def _undertaking(line: LineRead, vocabulary: Vocabulary) -> tuple[str, str, str]:
    """Return who undertakes what, and by when; "" for who writes where that is not known."""
    if line.lead is not None:
        return _parts(line, vocabulary, lambda _: False)
    words, soon = _without_due(line.words)
    return "", words, line.due or soon


def _sender(lines: Sequence[tuple[int, str]], vocabulary: Vocabulary) -> str:
    """Return the post that wrote a letter, by its head or its last line; "" where neither names one."""
    # Of a letter that was forwarded the last head is its own.
    heads = [found["who"].strip() for _, line in reversed(lines) if (found := _FROM.match(line))]
    names = (*heads, lines[-1][1].strip(" ,.")) if lines else ()
    return next((one for one in names if isinstance(read_lead(one, vocabulary), OnePost)), "")


def _one_list(lines: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """Return the lines of the list that some lines begin with; all where they begin with none."""
    end = next((at for at, (_, line) in enumerate(lines) if not _BULLET.match(line)), len(lines))
    return lines[: end or None]


def _parts(line: LineRead, vocabulary: Vocabulary, is_somebody: IsSomebody) -> tuple[str, str, str]:
    """Return who does what a line says, what that is, and by when."""
    said, soon = _without_due(line.words)
    first, *pieces = _DASH.split(said)
    due = line.due or soon or next(filter(looks_like_when, pieces), "")
    pieces = [one for one in pieces if one != due]
    if line.lead is not None and not isinstance(line.lead, LeadAsk):
        titles = {one.id: one.label for one in vocabulary.names().posts}
        return titles.get(getattr(line.lead, "post_id", 0), "All"), " – ".join((first, *pieces)), due
    who = next((one for one in pieces if names_who_acts(one, is_somebody)), "")
    words = " – ".join((first, *(one for one in pieces if one != who)))
    return (who, words, due) if who else (*who_acts(words, is_somebody), due)
