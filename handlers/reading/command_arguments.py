"""Read what follows a command that is about one action: its ref, and then the answer, outcome or move."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from handlers.commands import Command
from handlers.commands.actions import AddForm, AddLines, Move
from handlers.commands.outcomes import RecordOutcome, RecordOutcomes
from handlers.commands.questions import Unclear
from handlers.reading.deeds.decided_parts import DecidedPart
from handlers.reading.deeds.outcome_slots import read_move, read_outcome
from handlers.reading.normalise import fold, quoted
from handlers.reading.ref_finder import RefGuess, guess_at, like_ref_at, no_such_ref, ref_at
from handlers.reading.vocabulary import Vocabulary, letters_of, typed_parts
from handlers.reading.whose import Sureness
from models.enums import OutcomeKind

_MOST_AT_ONCE = 30
"""Actions that one message may decide on."""
SEPARATORS = " ,;:.=-–—\n"
_LEAD = re.compile(r"(?:(?:the|action|ref|for|of|on|re) )*[\"'(\[*]?(?:(?:the|action|ref) )*")
_ANOTHER = re.compile(r"[ ]?(?:,|;|&|\+|/|and(?![^\W_]))[ ]?(?:and )?")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command, and each near miss that was taken for a ref: (as typed, as understood)."""

    command: Command
    corrections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CommandText:
    """What a reader works with: all that was typed, the plan's words, today, and what follows the command.

    `names`: every word a command may begin with, and the command's own name.
    """

    typed: str
    vocabulary: Vocabulary
    today: date
    rest: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """The ref a command begins with, what follows it, and the near misses taken for refs; `others`: further refs."""

    ref: str
    tail: str
    corrections: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()

    @property
    def refs(self) -> tuple[str, ...]:
        """Every ref, each once."""
        return tuple(dict.fromkeys((self.ref, *self.others)))


def read_close(given: CommandText) -> Parsed:
    """Read `REF [agreed MEETING] [minute NUMBER]`."""
    return _decided(given, "close", "close {ref} agreed 23/10 minute 41", "close")


def read_not_agreed(given: CommandText) -> Parsed:
    """Read `REF because …`."""
    return _decided(given, "not agreed", "not agreed {ref} because the funding ended", "not agreed")


def read_withdraw(given: CommandText) -> Parsed:
    """Read `REF because …`: closed, not done."""
    return _decided(given, "withdraw", "withdraw {ref} because the funding ended", "withdraw")


def read_decision(given: CommandText) -> Parsed:
    """Read `REF what the board decided`; nothing after the ref leaves the kind open, and the handler asks."""
    return _decided(given, "outcome", "outcome {ref} carried forward to next", "")


def _decided(given: CommandText, name: str, example: str, says: str) -> Parsed:
    """Read what follows a command's name. `says`: the words with which it decides already."""
    taken = take_ref(given, name, example, several=True)
    if isinstance(taken, Parsed):
        return taken
    part = read_outcome(f"{says} {taken.tail}".strip(), given.vocabulary, given.today)
    return Parsed(_outcome(given, taken, part, name), taken.corrections)


def read_replan(given: CommandText) -> Parsed:
    """Read `REF to MEETING because …`; both are needed."""
    taken = take_ref(given, "move", "move {ref} to 23 Oct because the post is vacant")
    if isinstance(taken, Parsed):
        return taken
    words = read_move(taken.tail, given.vocabulary, given.today)
    if not words.to_meeting:
        reason = words.reason or "the post is vacant"
        say = f"Say which meeting {taken.ref} moves to: “/cypp move {taken.ref} to next because {reason}”."
        return Parsed(Unclear(given.typed, "move", say), taken.corrections)
    if not words.reason:
        say = f"Say why {taken.ref} moves: “/cypp move {taken.ref} to {words.to_meeting} because …”."
        return Parsed(Unclear(given.typed, "move", say), taken.corrections)
    return Parsed(Move(taken.ref, words.to_meeting, words.reason), taken.corrections)


def take_ref(given: CommandText, name: str, example: str, *, several: bool = False) -> Taken | Parsed:
    """Take the ref that `rest` begins with, a near miss of one action included, or return the `Unclear` to answer."""
    folded = fold(given.rest)
    if not folded.strip(SEPARATORS):
        say = f"Say which action, for instance {_shown(given, example)}."
        return Parsed(Unclear(given.typed, name, say))
    start = lead.end() if (lead := _LEAD.match(folded)) else 0
    seen = ref_at(folded, start, given.vocabulary)
    if seen is not None:
        tail = given.rest[seen.end :]
        found = Taken(seen.ref, tail.lstrip("\"')]*”’") if folded[:start].strip() else tail)
        return _more(given, name, found) if several else _one(given, name, found)
    guess = guess_at(folded, start, given.vocabulary)
    if guess is not None and guess.certain:
        typed = given.rest[guess.start : guess.end]
        found = Taken(guess.near[0], given.rest[guess.end :], ((typed, guess.near[0]),))
        return _more(given, name, found) if several else _one(given, name, found)
    if guess is not None:
        return Parsed(no_such_action(given, name, guess))
    unknown = like_ref_at(folded, start)
    say = no_such_ref(unknown, ()) if unknown else "I do not see which action you mean."
    say += f" Put its ref after {quoted(name)}, for instance {_shown(given, example)}."
    return Parsed(Unclear(given.typed, name, say))


def no_such_action(given: CommandText, name: str, guess: RefGuess) -> Unclear:
    """Return what is answered where a ref is none, with the same words for each that may be meant."""
    place = fold(given.typed).find(guess.typed)
    behind = given.typed[place + len(guess.typed) :]
    offers = tuple(f"{given.typed[:place]}{near}{behind}" for near in guess.near) if place >= 0 else ()
    return Unclear(given.typed, name, no_such_ref(guess.typed, guess.near), offers=offers)


def _shown(given: CommandText, example: str) -> str:
    """Return an example with a ref of this plan, which has to be looked up."""
    return f"“/cypp {example.format(ref=given.vocabulary.example_ref)}”"


def _one(given: CommandText, name: str, taken: Taken) -> Taken | Parsed:
    """Return the same, unless a second ref follows: the command is about one action."""
    folded = fold(taken.tail)
    another = _ANOTHER.match(folded)
    if another is not None and ref_at(folded, another.end(), given.vocabulary) is not None:
        say = f"One action at a time, please: “/cypp {name} {taken.ref} …”, then the next."
        return Parsed(Unclear(given.typed, name, say))
    return Taken(taken.ref, taken.tail.lstrip(SEPARATORS).rstrip(), taken.corrections)


def _more(given: CommandText, name: str, taken: Taken) -> Taken | Parsed:
    """Add the refs that follow, near misses of one action included; one that is none is named."""
    tail, others, corrections = taken.tail, taken.others, taken.corrections
    while len(others) < _MOST_AT_ONCE:
        folded = fold(tail)
        between = _ANOTHER.match(folded)
        start = between.end() if between else len(folded) - len(folded.lstrip(" \n"))
        seen = ref_at(folded, start, given.vocabulary, numbered=True)
        guess = guess_at(folded, start, given.vocabulary) if seen is None and between else None
        if seen is not None:
            others, tail = (*others, seen.ref), tail[seen.end :]
        elif guess is not None and guess.certain:
            others = (*others, guess.near[0])
            corrections, tail = (*corrections, (tail[guess.start : guess.end], guess.near[0])), tail[guess.end :]
        elif guess is not None:
            return Parsed(no_such_action(given, name, guess), corrections)
        elif between and (unknown := like_ref_at(folded, start)) and _alike(unknown, taken.ref):
            return Parsed(Unclear(given.typed, name, no_such_ref(unknown, ())), corrections)
        else:
            return Taken(taken.ref, tail.lstrip(SEPARATORS).rstrip(), corrections, others)
    return Parsed(Unclear(given.typed, name, f"At most {_MOST_AT_ONCE} actions at once, please."), corrections)


def _alike(unknown: str, ref: str) -> bool:
    """Return whether something is written like a ref: "heard 99" beside heard-9, but not "minute 41"."""
    return bool(letters_of(typed_parts(ref))) and letters_of(typed_parts(unknown)) == letters_of(typed_parts(ref))


def _outcome(given: CommandText, taken: Taken, words: DecidedPart | None, name: str) -> Command:
    ref = " ".join(taken.refs)
    if words is None and not taken.tail:
        words = DecidedPart((), None, Sureness.PLAIN)
    if words is None:
        say = (
            f"Say what the board decided on {ref}: closed, carried forward to a meeting, not agreed because …, "
            f"withdrawn because …, or no decision. For instance “/cypp outcome {ref} closed minute 41”."
        )
        return Unclear(given.typed, "outcome", say)
    if words.kind is OutcomeKind.CARRIED_FORWARD and not words.to_meeting:
        say = f"Say to which meeting {ref} is carried forward: “/cypp outcome {ref} carried forward to next”."
        return Unclear(given.typed, name, say)
    if words.kind in (OutcomeKind.NOT_AGREED, OutcomeKind.CLOSED_NOT_DONE) and not words.reason:
        said = "not agreed" if words.kind is OutcomeKind.NOT_AGREED else "withdrawn"
        again = f"{name} {ref}" if name in ("not agreed", "withdraw") else f"outcome {ref} {said}"
        say = f"Give the board’s reason on {ref}: “/cypp {again} because …”."
        return Unclear(given.typed, name, say)
    outcomes = tuple(
        RecordOutcome(one, words.kind, words.meeting, words.to_meeting, words.minute, words.reason)
        for one in taken.refs
    )
    return outcomes[0] if len(outcomes) == 1 else RecordOutcomes(outcomes)


def as_parsed(read: Callable[[CommandText], Command]) -> Callable[[CommandText], Parsed]:
    """Return a reader of a command that names no action, and so corrects no ref."""
    return lambda given: Parsed(read(given))


def read_add(given: CommandText) -> Parsed:
    """Read the actions to add, as typed; with none the form is wanted."""
    return Parsed(AddLines(given.rest) if given.rest else AddForm())
