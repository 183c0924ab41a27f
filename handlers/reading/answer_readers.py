"""Read an answer that follows `/cypp`: its command and ref say what it is, its other words are read as any others are.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from collections.abc import Callable

from handlers.commands import Command
from handlers.commands.answers import (
    AnswerCommand,
    GiveUpdate,
    NoChange,
    NotOurs,
    ProposeClosure,
    ReadAs,
    Recorded,
    ShowBack,
    SnoozeAction,
    ToFollow,
    Verbal,
)
from handlers.commands.questions import DAY_MEANT, Unclear
from handlers.reading.answer_parts import holds_code
from handlers.reading.command_arguments import SEPARATORS, CommandText, Parsed, take_ref
from handlers.reading.lexicon import TokenKind
from handlers.reading.normalise import fold, quoted
from handlers.reading.plain_replies import read_reply
from handlers.reading.promises import NAMES_NO_DAY
from handlers.reading.tokens import tokens_of
from handlers.reading.trimming import trim_words
from handlers.reading.vocabulary import Vocabulary
from handlers.reading.whose import Whose
from models.enums import Status
from models.rules.status_words import LETTERS

_LETTER = re.compile(r"(?:(?:is|are|as|now|still|status|=)[ :]*)*(?P<letter>[gar])(?![^\W_]|['/&-])")
_BOARD_WORD = re.compile(r"(?:closed|agreed)(?=$|[ ]?[.,;:!\n])")
_LONGEST_FOLLOW = 9
"""Words of "to follow by the end of next week"."""


def read_update(given: CommandText) -> Parsed:
    """Read `REF STATUS words`."""
    taken = take_ref(given, "update", "update {ref} on track two advisors recruited")
    if isinstance(taken, Parsed):
        return taken
    return Parsed(read_tail(given, taken.ref, taken.tail), taken.corrections)


def read_answer(given: CommandText, ref: str) -> AnswerCommand | None:
    """Return the one plain answer on an action that words without the name of a command give, or None."""
    reading = read_reply(given.rest, given.vocabulary, Whose((), (ref,)), given.today)
    return reading.commands[0] if isinstance(reading, Recorded) and len(reading.commands) == 1 else None


def read_tail(given: CommandText, ref: str, tail: str) -> Command:
    """Return the command for what follows the ref of an update, or the `Unclear` to answer."""
    folded = fold(tail)
    letter = _LETTER.match(folded)
    if letter is not None:
        return GiveUpdate(ref, LETTERS[letter["letter"]], tail[letter.end() :].strip(SEPARATORS))
    if _BOARD_WORD.match(folded):
        say = f"The board closes an action. To propose it: “/cypp done {ref} and the evidence”."
        return Unclear(given.typed, "done", say)
    whose = Whose((), (ref,))
    reading = read_reply(f"{ref} {tail}", given.vocabulary, whose, given.today)
    if isinstance(reading, ShowBack) and not reading.no_day and folded.startswith("to follow"):
        # The command says what it is: what follows the day are its words, comma or none.
        ends = [found.end() for found in re.finditer(r"\S+", tail)][2:_LONGEST_FOLLOW]
        for end in reversed(ends):
            match read_reply(f"{ref} {tail[:end]}", given.vocabulary, whose, given.today):
                case Recorded((ToFollow(by=day),)):
                    return ToFollow(ref, day, tail[end:].strip(SEPARATORS))
    match reading:
        case Recorded((one,)) | ReadAs((one,), ()):
            return one
        case ReadAs((GiveUpdate(_, Status() as status, words), *_), ((typed, _), *_)):
            meant = " ".join(filter(None, ("/cypp update", ref, status.value, words)))
            say = f"I do not know the status {quoted(typed)}. Did you mean {quoted(meant)}?"
            return Unclear(given.typed, "update", say, meant.removeprefix("/cypp "))
        case ShowBack(no_day=str(why), days=days) if why:
            asked = "Say by which day." if why == NAMES_NO_DAY else why
            again = f"{ref} to follow by {DAY_MEANT}"
            say = f"{asked} For instance “/cypp update {ref} to follow by 4/9”."
            return Unclear(given.typed, "update", say, days=days, label=again, again=f"update {again}")
    doubted = isinstance(reading, ShowBack) and reading.doubted and not holds_code(folded)
    if not doubted and (rated := _rated_first(folded, given.vocabulary)):
        status, end = rated
        return GiveUpdate(ref, status, trim_words(tail[end:]))
    return GiveUpdate(ref, None, tail)


def _rated_first(folded: str, vocabulary: Vocabulary) -> tuple[Status, int] | None:
    """Return the status that words begin with, small words before it or not, and where it ends."""
    first = next((one for one in tokens_of(folded, vocabulary) if one.kind is not TokenKind.SMALL), None)
    return (first.value, first.end) if first is not None and isinstance(first.value, Status) else None


def read_done(given: CommandText) -> Parsed:
    """Read `REF evidence`; without evidence the handler asks for it."""
    return _short(given, "done", ProposeClosure, "done {ref} both advisors started on 1 September")


def read_no_change(given: CommandText) -> Parsed:
    """Read `REF words`."""
    return _short(given, "no change", NoChange)


def read_verbal(given: CommandText) -> Parsed:
    """Read `REF words`."""
    return _short(given, "verbal", Verbal)


def read_not_ours(given: CommandText) -> Parsed:
    """Read `REF why`."""
    return _short(given, "not ours", NotOurs)


def read_snooze(given: CommandText) -> Parsed:
    """Read `REF`; the words cannot say when it is asked about again."""
    taken = take_ref(given, "snooze", "snooze {ref}")
    return taken if isinstance(taken, Parsed) else Parsed(SnoozeAction(taken.ref), taken.corrections)


def _short(given: CommandText, name: str, make: Callable[[str, str], AnswerCommand], example: str = "") -> Parsed:
    """Read a command that says what the answer is, unless its other words put that in doubt."""
    taken = take_ref(given, name, example or f"{name} {{ref}}")
    if isinstance(taken, Parsed):
        return taken
    reading = read_reply(f"{name} {taken.ref}: {taken.tail}", given.vocabulary, Whose((), (taken.ref,)), given.today)
    doubted = isinstance(reading, ShowBack) and reading.doubted
    command = GiveUpdate(taken.ref, None, f"{name}, {taken.tail}") if doubted else make(taken.ref, taken.tail)
    return Parsed(command, taken.corrections)
