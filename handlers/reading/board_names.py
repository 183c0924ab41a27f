"""Find which board somebody means, by its name, a short name, initials or a near miss."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from handlers.reading.normalise import join_words, plain, quoted
from handlers.reading.vocabulary import BoardWords, Vocabulary

_MOST_NAMED = 8
"""Boards that are named in a question; more stand in its menu alone."""
_NEAR_NAME = 80
"""How alike, of 100, a mistyped name must be."""
_LONGEST_NAME = 120

_WORD = re.compile(r"[^\W_]+")
_LEFT_OUT = frozenset(
    ("the", "a", "of", "and", "for", "s", "board", "boards", "committee", "meeting", "meetings", "on", "at", "in", "to")
)


@dataclass(frozen=True, slots=True)
class BoardFound:
    """One board. `corrected_from`: what was typed, when it was a near miss."""

    key: str
    corrected_from: str = ""


@dataclass(frozen=True, slots=True)
class BoardAsk:
    """No board, or several: one sentence that asks, and the keys of those that fit."""

    say: str
    keys: tuple[str, ...] = ()


def read_board(text: str, vocabulary: Vocabulary) -> BoardFound | BoardAsk:
    """Return the board with this name. No name finds the only board there is, else asks."""
    boards = vocabulary.boards
    if not boards:
        return BoardAsk("The plan has no boards yet.")
    typed = plain(text[:_LONGEST_NAME])
    if not typed:
        return BoardFound(boards[0].key) if len(boards) == 1 else _which(boards)
    exact = [board for board in boards if typed in _names(board)]
    if len(exact) == 1:
        return BoardFound(exact[0].key)
    words = significant(typed)
    if not words:
        return BoardFound(boards[0].key) if len(boards) == 1 else _which(boards)
    fitting = [board for board in boards if any(_fits(words, name) for name in _names(board))]
    if len(fitting) == 1:
        return BoardFound(fitting[0].key)
    if fitting:
        return _which(tuple(fitting))
    near = [board for board in boards if any(_near(words, name) for name in _names(board))]
    if len(near) == 1:
        return BoardFound(near[0].key, corrected_from=text.strip()[:_LONGEST_NAME])
    if near:
        return _which(tuple(near))
    names = join_words([board.name for board in boards[:5]], "and")
    verb = "is" if len(boards) == 1 else "are"
    return BoardAsk(f"I do not know the board {quoted(text)}. There {verb} {names}.")


def significant(text: str) -> tuple[str, ...]:
    """Return those folded words that tell one board from another."""
    return tuple(word for word in _WORD.findall(text) if word not in _LEFT_OUT)


def _names(board: BoardWords) -> tuple[str, ...]:
    names = [plain(name) for name in (board.key, board.name, *board.aliases)]
    words = _WORD.findall(names[1])
    for leave_out in (frozenset(("s",)), frozenset(("s", "and", "of", "the", "for"))):
        initials = "".join(word[0] for word in words if word not in leave_out)
        if len(initials) > 1:
            names.append(initials)
    return tuple(names)


def _fits(words: tuple[str, ...], name: str) -> bool:
    known = set(significant(name))
    return bool(known) and known.issuperset(words)


def _near(words: tuple[str, ...], name: str) -> bool:
    known = significant(name)
    if all(any(_same_word(word, other) for other in known) for word in words):
        return True
    return len(words) == len(known) and fuzz.ratio(" ".join(words), " ".join(known)) >= _NEAR_NAME


def _same_word(typed: str, known: str) -> bool:
    if typed == known or (len(typed) >= 4 and known.startswith(typed)):
        return True
    return len(typed) >= 4 and OSA.normalized_similarity(typed, known) * 100 >= _NEAR_NAME


def _which(boards: tuple[BoardWords, ...]) -> BoardAsk:
    named = join_words(board.name for board in boards)
    said = f"Which board: {named}?" if len(boards) <= _MOST_NAMED else f"Which of {len(boards)} boards?"
    return BoardAsk(said, tuple(board.key for board in boards))
