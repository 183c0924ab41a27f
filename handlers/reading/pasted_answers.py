"""Bring what was pasted into the order it is said in: answers between quoted lines, columns of ratings, mail handed on.

"> healthy-5 …" over "green" is "healthy-5: green"; of "last time" and "now" the latter counts.

Source: docs/explanation/what-people-write.md, Which words are the writer's.
"""

from collections.abc import Sequence
from datetime import date

from handlers.reading.clauses import ANSWER_PHRASES
from handlers.reading.dates import Looking
from handlers.reading.day_words import MONTH_WORDS
from handlers.reading.days import days_in
from handlers.reading.heard import source_in
from handlers.reading.lexicon import ways
from handlers.reading.normalise import Text, fold
from handlers.reading.text_lines import TextLine
from handlers.reading.tokens import named_in, tokens_of
from handlers.reading.vocabulary import Vocabulary
from handlers.reading.written_lines import Furniture
from models.rules.status_words import LETTERS, PICTURES, RATING_WORDS

_MOST_LINES = 60
_NOW = frozenset(ways("now|current|currently|latest|today|new|this"))
_NOT_NOW = frozenset(
    ways("last|previous|previously|before|prior|old|earlier|target|aim|aimed|expected|forecast|planned|next|predicted")
)
"""What heads a column whose ratings are not how an action stands."""
_POLITE = frozenset(("pls", "please", "ta", "thanks"))
_RATED = frozenset((*LETTERS, *PICTURES, *RATING_WORDS))


def answers_between(read: Text, vocabulary: Vocabulary) -> str:
    """Return the writer's words with the one action that is quoted over each of them, or "" where that is not plain."""
    pieces: list[str] = []
    over: tuple[str, ...] = ()
    place = 0
    composed = False
    for at, quoted in [*((one.at, one.words) for one in read.removed if one.kind is Furniture.QUOTED), (None, "")]:
        words = read.text[place:at].strip()
        named = named_in(fold(words), vocabulary)
        if words and len(over) == 1 and not named:
            pieces.append(f"{over[0]}: {words}")
            composed = True
        elif words and (named or over):
            if not named:
                return ""
            pieces.append(words)
        elif any(one.kind in ANSWER_PHRASES for one in tokens_of(fold(words), vocabulary)):
            return ""
        over, place = named_in(fold(quoted), vocabulary), at or 0
    return "\n".join(pieces) if composed else ""


def rated_now(read: Text, vocabulary: Vocabulary) -> tuple[str, bool] | None:
    """Return a pasted table with its ratings of now alone, and whether it is plain which those are.

    None where there is no table, or one column of ratings whose heading says nothing else.
    """
    rows = [line for line in read.lines[:_MOST_LINES] if line.is_row]
    cells = [_cells(read.text, line) for line in rows]
    of_actions = [one for one in cells if any(named_in(fold(cell), vocabulary) for cell in one)]
    if not of_actions or cells[0] in of_actions or len({len(one) for one in cells}) > 1:
        return None
    heading = [fold(one) for one in cells[0]]
    rated = [n for n in range(len(heading)) if any(_is_rating(one[n]) for one in of_actions)]
    kept = _column_of_now(rated, heading)
    if len(rated) == 1 and kept is not None:
        return None
    gone = set(rated) - {kept} if kept is not None else set()
    lines = [" | ".join(cell for n, cell in enumerate(one) if n not in gone and cell) for one in of_actions]
    around = [read.text[line.start : line.end] for line in read.lines[:_MOST_LINES] if not line.is_row]
    return "\n".join((*around, *lines)), kept is not None


def unframed(read: Text) -> str:
    """Return a text with the rows that bars frame bare of them and of empty cells, without their heading and rules."""
    if "|" not in read.text or not any(line.is_row and read.text[line.start] == "|" for line in read.lines):
        return read.text
    rows = (" | ".join(filter(None, _cells(read.text, line))) for line in read.lines if not line.heading)
    return "\n".join(row for row in rows if set(row) - set("|-: "))


def _cells(text: str, line: TextLine) -> tuple[str, ...]:
    return tuple(text[cell.start : cell.end] for cell in line.cells)


def _is_rating(cell: str) -> bool:
    words = fold(cell).split()
    return " ".join(words[:-1] if words and words[-1] in _POLITE else words).strip(" .") in _RATED


def _column_of_now(rated: Sequence[int], heading: Sequence[str]) -> int | None:
    """Return which of some columns of ratings says how actions stand now: by its name, or as the latest month."""
    said = {n: set(heading[n].replace("-", " ").split()) for n in rated}
    left = [n for n in rated if not said[n] & _NOT_NOW]
    now = [n for n in left if said[n] & _NOW] or left
    if len(now) == 1:
        return now[0]
    months = [next((MONTH_WORDS[word] for word in said[n] if word in MONTH_WORDS), 0) for n in now]
    if all(months) and months in (sorted(months), sorted(months, reverse=True)):
        return max(zip(months, now, strict=True))[1] if len(set(months)) > 1 else None
    return None


def mail_source(read: Text, vocabulary: Vocabulary, today: date) -> str:
    """Return from whom and of which day a mail is that was handed on, to stand behind its words; "" without a day."""
    heads = "\n".join(one.words for one in read.removed if one.kind is Furniture.HEADER).split("\n")
    said = {fold(name): value.strip() for name, _, value in (line.lstrip("*> ").partition(":") for line in heads)}
    dated = said.get("sent") or said.get("date") or next((one for one in heads if fold(one).startswith("on ")), "")
    day = next((one.day for one in days_in(dated, today, Looking.BACK)), None)
    if day is None:
        return ""
    sender = f"e-mail from {said.get('from', '').partition('<')[0].strip()}, {day:%-d %b %Y}"
    told = source_in(sender, vocabulary, today)
    return sender if told is not None and told.heard.who is not None else f"e-mail of {day:%-d %b %Y}"
