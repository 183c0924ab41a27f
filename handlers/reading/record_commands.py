"""What follows the commands about one action's record, and `outcomes recorded`."""

import re

from handlers.commands import Command
from handlers.commands.answers import GiveUpdate, NoChange, NotOurs, ProposeClosure, ToFollow, Verbal
from handlers.commands.outcomes import OfThoseLeft, RecordOutcome, Reopen, SettleMeeting
from handlers.commands.questions import Unclear
from handlers.commands.records import LATEST, Correct, Redact, ShowHistory, Withhold
from handlers.reading.answer_readers import read_tail
from handlers.reading.command_arguments import SEPARATORS, CommandText, Parsed, Taken, no_such_action, take_ref
from handlers.reading.normalise import fold
from handlers.reading.ref_finder import guess_at, like_ref_at, no_such_ref, ref_at
from models.enums import OutcomeKind

_ENTRY = re.compile(
    r"[ ,:]*(?:the )?"
    r"(?:(?:entry|number|no\.?|nr\.?)? ?#? ?(?P<number>[0-9]{1,5})(?:st|nd|rd|th)?(?: entry)?(?![^\W_]|[/.][0-9])"
    r"|(?P<last>last|latest)(?: entry| one)?(?![^\W_]))"
)
_BECAUSE = re.compile(r"[\s,:;.–-]*(?:(?:because|since|due to|owing to|reason|as)(?![^\W_])[\s:,]*)?")
_THOSE_LEFT = re.compile(
    r"[\s,:;.–-]*(?:and |then )?(?:(?P<carry>(?:carry|carried|take|taken) (?:[^\W_]+ ){0,4}?(?:forward|over))"
    r"|(?P<leave>(?:(?:they|it|that|those|these|the|all|others|other|rest|ones|left) )*(?:are |is |as )?overdue))"
    r"[\s.!]*$"
)
_REPLACED_BY = re.compile(r"[\s,]*(?:is |was |has been )?(?:replaced )?(?:by|with) (?:the )?(?:action )?")


def read_history(given: CommandText) -> Parsed:
    """Read `REF`."""
    taken = take_ref(given, "history", "history {ref}")
    return taken if isinstance(taken, Parsed) else Parsed(ShowHistory(taken.ref), taken.corrections)


def read_correct(given: CommandText) -> Parsed:
    """Read `REF ENTRY STATUS words`; without a status the entry keeps the one it has."""
    taken = _take_entry(given, "correct", "on track three advisors recruited, not two")
    if isinstance(taken, Parsed):
        return taken
    where, number, tail = taken
    if not tail:
        say = f"Say what entry {_said(number)} should say: “/cypp correct {where.ref} {_said(number)} on track …”."
        return Parsed(Unclear(given.typed, "correct", say), where.corrections)
    answer = read_tail(given, where.ref, tail)
    if isinstance(answer, GiveUpdate | NoChange | Verbal | ToFollow | ProposeClosure | NotOurs):
        return Parsed(Correct(where.ref, number, answer), where.corrections)
    return Parsed(answer, where.corrections)


def read_withhold(given: CommandText) -> Parsed:
    """Read `REF ENTRY because …`; the handler asks for a missing reason."""
    taken = _take_entry(given, "withhold", "because the tender is open")
    if isinstance(taken, Parsed):
        return taken
    where, number, tail = taken
    return Parsed(Withhold(where.ref, number, _reason(tail)), where.corrections)


def read_redact(given: CommandText) -> Parsed:
    """Read `REF ENTRY reason`; the handler asks for a missing reason."""
    taken = _take_entry(given, "redact", "because it names a child")
    if isinstance(taken, Parsed):
        return taken
    where, number, tail = taken
    return Parsed(Redact(where.ref, number, _reason(tail)), where.corrections)


def read_reopen(given: CommandText) -> Parsed:
    """Read `REF because …`; the handler asks for a missing reason."""
    taken = take_ref(given, "reopen", "reopen {ref} because the funding is back")
    return taken if isinstance(taken, Parsed) else Parsed(Reopen(taken.ref, _reason(taken.tail)), taken.corrections)


def read_settled(given: CommandText) -> Command:
    """Read `[BOARD] [carry them forward|they are overdue]`."""
    found = _THOSE_LEFT.search(fold(given.rest))
    board = given.rest[: found.start()] if found else given.rest
    then = OfThoseLeft.ASK if found is None else OfThoseLeft.CARRY if found["carry"] else OfThoseLeft.LEAVE
    return SettleMeeting(re.sub(r"^(?:for|of|at) (?:the )?", "", board.strip(" ,.!?:;"), flags=re.IGNORECASE), then)


def read_replace(given: CommandText) -> Parsed:
    """Read `REF by REF2 [because …]`: closed, not done, with the other action named in the reason."""
    taken = take_ref(given, "replace", "replace {ref} by happy-2 because they are one now")
    if isinstance(taken, Parsed):
        return taken
    by = _REPLACED_BY.match(fold(taken.tail))
    example = f"“/cypp replace {taken.ref} by {given.vocabulary.example_ref} because …”"
    if by is None:
        return Parsed(
            Unclear(given.typed, "replace", f"Say by which action {taken.ref} is replaced: {example}."),
            taken.corrections,
        )
    folded, start = fold(taken.tail), by.end()
    other, corrections, end = "", taken.corrections, start
    if seen := ref_at(folded, start, given.vocabulary):
        other, end = seen.ref, seen.end
    elif (guess := guess_at(folded, start, given.vocabulary)) and guess.certain:
        other, end = guess.near[0], guess.end
        corrections = (*corrections, (taken.tail[guess.start : guess.end], guess.near[0]))
    elif guess:
        return Parsed(no_such_action(given, "replace", guess), corrections)
    if not other:
        unknown = like_ref_at(folded, start)
        say = f"{no_such_ref(unknown, ())} " if unknown else ""
        return Parsed(Unclear(given.typed, "replace", f"{say}Say by which action: {example}."), corrections)
    if other == taken.ref:
        say = f"{other} cannot be replaced by itself. Say by which action: {example}."
        return Parsed(Unclear(given.typed, "replace", say), corrections)
    why = _reason(taken.tail[end:])
    reason = f"replaced by {other}" + (f": {why}" if why else "")
    return Parsed(RecordOutcome(taken.ref, OutcomeKind.CLOSED_NOT_DONE, reason=reason), corrections)


def _take_entry(given: CommandText, name: str, rest: str) -> tuple[Taken, int, str] | Parsed:
    """Return the ref, the number of the entry and what follows, or the sentence that asks for what is missing."""
    taken = take_ref(given, name, f"{name} {{ref}} 3 {rest}")
    if isinstance(taken, Parsed):
        return taken
    found = _ENTRY.match(fold(taken.tail))
    if found is None:
        say = (
            f"Say which entry of {taken.ref}, by its number: “/cypp history {taken.ref}” shows them. "
            f"For instance “/cypp {name} {taken.ref} 3 {rest}”."
        )
        return Parsed(Unclear(given.typed, name, say), taken.corrections)
    number = int(found["number"]) if found["number"] else LATEST
    return taken, number, taken.tail[found.end() :].strip(SEPARATORS)


def _said(number: int) -> str:
    return "last" if number == LATEST else str(number)


def _reason(tail: str) -> str:
    found = _BECAUSE.match(fold(tail))
    return tail[found.end() if found else 0 :].strip(" \n")
