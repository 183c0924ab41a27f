"""Read actions that are to be added in whatever words: "hwb: add …, lead …", "one more for the log: POST to …".

What stands before them says that they are actions, or for which board; each line names its lead. They come back as the
lines that `add` reads (`handlers.reading.action_lines`).

Source: docs/explanation/what-people-write.md, What is changed.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from handlers.reading.action_lines import read_line
from handlers.reading.changes.change_tokens import LONGEST_CHANGE, ChangeToken, change_tokens
from handlers.reading.changes.change_words import W
from handlers.reading.day_words import MONTH_WORDS
from handlers.reading.lead_names import OnePost, Partners
from handlers.reading.names_in_text import NameSeen
from handlers.reading.normalise import NUMBER_WORDS
from handlers.reading.plan_names import NameKind
from handlers.reading.vocabulary import Vocabulary

_LISTS = frozenset(("log", "list", "minutes", "tracker", "register", "minute", "agenda"))
_HEAD = (W.BOARD, W.ADD, W.EXTRA, W.MORE, W.ACTION, W.SMALL, W.POLITE, W.TO, W.ME, W.GATHERING, W.NUMBER, W.DAY)
_MINUTE = re.compile(r"(?P<minute>[0-9]{1,2}(?:\.[0-9]{1,2})+)\s+")
_AT_THE_NEXT = re.compile(
    r" (?:to|at|for) (?:the )?(?P<when>next (?:meeting|board)|[a-z]+ (?:meeting|board)|[a-z]+)$", re.IGNORECASE
)
_HEAD_MINUTE = re.compile(r"(?i)(?<![^\W_])min(?:ute)?s? (?P<minute>[0-9]{1,2}(?:\.[0-9]{1,2})*)")
_LEADS = re.compile(r" ?(?:to|will|should|must|shall)(?![^\W_])|\s*[:–—-]")


def lines_to_add(words: str, vocabulary: Vocabulary, today: date) -> str | None:
    """Return actions that a message adds as `add` reads them; None where it adds none."""
    if len(words) > LONGEST_CHANGE * 3:
        return None
    tokens = change_tokens(words, vocabulary, today)
    place, marked = _head_of(tokens)
    head = tokens[:place]
    said = [one for one in head if not one.has(W.MARK, W.LINE)]
    adds = any(one.has(W.ADD) or one.text in _LISTS for one in said) or (
        any(one.has(W.EXTRA) for one in said) and (marked or any(one.has(W.ACTION) for one in said))
    )
    boards = {
        name.key for one in said if one.has(W.BOARD) and isinstance(one.value, NameSeen) for name in one.value.names
    }
    if not said or place >= len(tokens) or not (adds or (boards and marked)) or len(boards) > 1:
        return None
    lines = [one.strip() for one in words[tokens[place].start :].split("\n") if one.strip()]
    # "New action: …" says that it is one; without a lead it is asked for that.
    named = marked and _says_new_action(said)
    read = [_read_line(one, vocabulary, today) or (one if named else None) for one in lines]
    if not all(read):
        return None
    board = f"to {boards.pop()}: " if boards else ""
    more = "".join(_said_in_head(words[: tokens[place].start], said))
    return "add" + ("\n" if len(read) > 1 else " ") + "\n".join(f"{board}{one}{more}" for one in read)


def _said_in_head(words: str, said: Sequence[ChangeToken]) -> Iterator[str]:
    """Yield what the words before the actions say of each: for which meeting it is, under which minute."""
    days = [one.text.removeprefix("the ") for one in said if one.has(W.DAY)]
    if len(days) == 1 and any(one.has(W.GATHERING) for one in said):
        yield f", due {days[0]}"
    minute = _HEAD_MINUTE.search(words)
    if minute is not None:
        yield f", minute {minute['minute']}"


def _head_of(tokens: Sequence[ChangeToken]) -> tuple[int, bool]:
    """Return where the words end that stand before the actions, and whether a mark divides them."""
    place = 0
    while place < len(tokens) and (
        tokens[place].has(W.MARK, W.LINE, *_HEAD) or tokens[place].text in _LISTS or tokens[place].text in NUMBER_WORDS
    ):
        if tokens[place].has(W.POST, W.ORGANISATION) or (tokens[place].has(W.NUMBER) and _leads_a_line(tokens, place)):
            break
        place += 1
        if tokens[place - 1].has(W.MARK, W.LINE) and _says_new_action(tokens[:place]):
            break
    marked = place > 0 and tokens[place - 1].has(W.MARK, W.LINE)
    while place and not marked and tokens[place - 1].kinds <= {W.SMALL}:
        place -= 1
    return place, marked


def _says_new_action(tokens: Sequence[ChangeToken]) -> bool:
    return any(one.has(W.ACTION) for one in tokens) and any(one.has(W.EXTRA, W.ADD) for one in tokens)


def _leads_a_line(tokens: Sequence[ChangeToken], place: int) -> bool:
    return place > 0 and tokens[place - 1].has(W.LINE)


def _read_line(line: str, vocabulary: Vocabulary, today: date) -> str | None:
    """Return a line with its lead, its minute and its meeting where `add` reads them; None where nobody leads it."""
    number = _MINUTE.match(line)
    words = (line[number.end() :] if number else line).rstrip(" .")
    tokens = change_tokens(words, vocabulary, today)
    first = next((one for one in tokens if one.text not in ("the", "-", "•", "*")), None)
    leads = _LEADS.match(words, first.end) if first is not None and first.has(W.POST, W.ORGANISATION) else None
    if first is not None and leads is not None:
        words = f"{_lead_said(first)}: {words[leads.end() :].strip()}"
    elif not isinstance(read_line(words, vocabulary, today).lead, OnePost | Partners):
        return None
    when = _AT_THE_NEXT.search(words)
    if when is not None and (when["when"].lower().startswith("next") or _is_month(when["when"])):
        words = f"{words[: when.start()]}, due {when['when']}"
    return f"{words}, minute {number['minute']}" if number else words


def _lead_said(token: ChangeToken) -> str:
    """Return a lead as the plan calls it, where one post is meant, else as typed."""
    seen = token.value
    sure = isinstance(seen, NameSeen) and len(seen.names) == 1 and seen.kind is NameKind.POST
    return seen.names[0].label if sure and isinstance(seen, NameSeen) else token.text


def _is_month(words: str) -> bool:
    return words.lower().split()[0] in MONTH_WORDS
