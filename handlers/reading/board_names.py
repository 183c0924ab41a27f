"""Find which board somebody means; where none is named, the only one there is."""

from dataclasses import dataclass

from handlers.reading.likeness import SMALL_WORDS, Likeness, name_words
from handlers.reading.matching import find_name
from handlers.reading.normalise import join_words, plain, quoted
from handlers.reading.plan_names import GENERIC, NameKind
from handlers.reading.vocabulary import BoardWords, Vocabulary

_MOST_NAMED = 8
"""Boards that are named in a question; more stand in its menu alone."""
_LONGEST_NAME = 120


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
    found = find_name(typed, vocabulary, NameKind.BOARD)
    if found.one is not None:
        near = found.likeness is Likeness.MISTYPED
        return BoardFound(found.one.key, corrected_from=text.strip()[:_LONGEST_NAME] if near else "")
    if found.names:
        fitting = {name.key for name in found.names}
        return _which(tuple(board for board in boards if board.key in fitting))
    if not names_some_board(typed):
        return BoardFound(boards[0].key) if len(boards) == 1 else _which(boards)
    names = join_words([board.name for board in boards[:5]], "and")
    verb = "is" if len(boards) == 1 else "are"
    return BoardAsk(f"I do not know the board {quoted(text)}. There {verb} {names}.")


def names_some_board(text: str) -> bool:
    """Return whether words say more than that a board or a meeting is meant."""
    return any(word not in GENERIC[NameKind.BOARD] and word not in SMALL_WORDS for word in name_words(text))


def _which(boards: tuple[BoardWords, ...]) -> BoardAsk:
    named = join_words(board.name for board in boards)
    said = f"Which board: {named}?" if len(boards) <= _MOST_NAMED else f"Which of {len(boards)} boards?"
    return BoardAsk(said, tuple(board.key for board in boards))
