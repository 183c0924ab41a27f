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
from handlers.logs.who_acts import names_who_acts, who_acts
from handlers.reading.action_lines import LineRead, read_line
from handlers.reading.lead_names import LeadAsk
from handlers.reading.normalise import fold
from handlers.reading.vocabulary import Vocabulary
from models.files.tables import PlainTable, TableRow

_LAYOUT = LogLayout(
    {0: LogColumn.REF, 1: LogColumn.SOURCE, 2: LogColumn.ACTION, 3: LogColumn.LEAD, 4: LogColumn.DUE},
    ("No", "Minute", "Action points", "Action by", "By when"),
)
_BULLET = re.compile(r"\s*(?:[-*•–—>·o]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_MINUTE = re.compile(r"\s*(?P<number>(?:[A-Z]{1,4} ?)?\d{1,3}(?:[./]\d{1,3})*)[.):]?\s+(?=[A-Z])")
_HEAD = re.compile(
    r"(?:^|.*[.!?]\s)\W*(?:(?:the |our |new |agreed )*(?:actions?|next steps)"
    r"(?: (?:points?|items?|list|log|agreed|arising|required|from|of|at|on|for|the|meeting|board|last|this|today"
    r"|\d[\w./-]*|[A-Z][a-z]+))*)\W*|.*\b(?:actions?|next steps)\b[^:]{0,60}:\s*",
    re.IGNORECASE,
)
"""A line over a list of actions: "Actions agreed", "Thanks. These are the actions I noted:"."""
_DUE = re.compile(
    r"\W*\b(?:deadline|due(?: date)?|by when|timescale|target(?: date)?)\s*[:–-]\s*(?P<due>.+)$", re.IGNORECASE
)
_AFTER_BRACKET = re.compile(r"[\])](?:\W|$)")
_DASH = re.compile(r"\s+[-–—]+\s+")
_FEWEST = 2


def actions_in_text(
    tables: Sequence[PlainTable], vocabulary: Vocabulary, today: date, is_somebody: IsSomebody
) -> tuple[PlainTable, LogLayout] | None:
    """Return the actions in the lines of a text as a table, and what its columns are; None where it has none."""
    lines = [*_lines(tables)]
    rows = [*_marked(lines, is_somebody)] or [*_listed(lines, vocabulary, today, is_somebody)]
    if not rows:
        return None
    above = tuple(line for number, line in lines if number < rows[0][0])
    table = tuple(TableRow(number, cells) for number, cells in rows)
    return PlainTable("text" if any(one.above for one in tables) else "", table, above), _LAYOUT


_Row = tuple[int, tuple[str, str, str, str, str]]


def _lines(tables: Sequence[PlainTable]) -> Iterator[tuple[int, str]]:
    number = 0
    for table in tables:
        for line in table.above:
            number += 1
            yield number, line
        for row in table.rows:
            number = max(number + 1, row.number)
            yield number, ", ".join(filter(None, row.cells)).replace("\n", " ")


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
                yield number, (mark["number"] or "", minute, text, who, due)
        before = line


def _without_due(said: str) -> tuple[str, str]:
    """Return what is said without its last words, where these are headed by when it is due, and those words."""
    found = _DUE.search(said)
    return (said[: found.start()], found["due"].strip()) if found else (said, "")


def _listed(
    lines: Sequence[tuple[int, str]], vocabulary: Vocabulary, today: date, is_somebody: IsSomebody
) -> Iterator[_Row]:
    """Yield the lines below a line that is over actions; without one all that say who is to do what, if most do."""
    head = next((at for at, (_, line) in enumerate(lines) if _HEAD.fullmatch(line)), None)
    below = lines if head is None else _one_list(lines[head + 1 :])
    read = [(number, read_line(line, vocabulary, today)) for number, line in below]
    found = [(number, line, *_parts(line, vocabulary, is_somebody)) for number, line in read]
    plain = [one for one in found if one[2] and bids(one[3])]
    if len(plain) < _FEWEST or len(plain) * 3 < len(found) * (1 if head is not None else 2):
        return
    whole = head is not None and all(_BULLET.match(line) for _, line in below)
    for number, line, who, words, due in found if whole else plain:
        marked = _BULLET.match(line.typed)
        yield number, (marked[0].strip(" .()-*•–—>·") if marked else "", "", f"Action: {words}", who, due)


def _one_list(lines: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """Return the lines of the list that some lines begin with; all where they begin with none."""
    end = next((at for at, (_, line) in enumerate(lines) if not _BULLET.match(line)), len(lines))
    return lines[: end or None]


def _parts(line: LineRead, vocabulary: Vocabulary, is_somebody: IsSomebody) -> tuple[str, str, str]:
    """Return who does what a line says, what that is, and by when."""
    if line.lead is not None and not isinstance(line.lead, LeadAsk):
        titles = {one.id: one.label for one in vocabulary.names().posts}
        return titles.get(getattr(line.lead, "post_id", 0), "All"), line.words, line.due
    pieces = _DASH.split(line.words)
    who = next((one for one in pieces[1:] if names_who_acts(one, is_somebody)), "")
    due = line.due or next((one for one in pieces[1:] if one != who and looks_like_when(one)), "")
    if who or due:
        return who, " – ".join(one for one in pieces if one not in (who, due)), due
    return *who_acts(line.words, is_somebody), line.due
