"""Turn an answer that was read into the command that stores it."""

from datetime import date

from handlers.commands.answers import AnswerCommand, GiveUpdate, NoChange, NotOurs, ProposeClosure, ToFollow, Verbal
from models.enums import AnswerKind, Status


def command_for(ref: str, said: AnswerKind, status: Status | None, words: str, by: date | None) -> AnswerCommand:
    """Return the command for what was answered on a ref; `words` are the other words."""
    if said is AnswerKind.PROPOSED:
        return ProposeClosure(ref, words)
    if said is AnswerKind.NO_CHANGE:
        return NoChange(ref, words)
    if said is AnswerKind.VERBAL:
        return Verbal(ref, words)
    if said is AnswerKind.NOT_OURS:
        return NotOurs(ref, words)
    if said is AnswerKind.TO_FOLLOW and by is not None:
        return ToFollow(ref, by, words)
    return GiveUpdate(ref, status, words)
