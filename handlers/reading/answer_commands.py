"""An answer that was read, as the command that stores it."""

from datetime import date

from handlers.commands import AnswerCommand, NoChange, NotOurs, ProposeClosure, ToFollow, Update, Verbal
from handlers.reading.status_phrases import Said
from models.enums import Status


def command_for(ref: str, said: Said, status: Status | None, words: str, by: date | None) -> AnswerCommand:
    """A ref, what was answered and the other words in; the command out."""
    if said is Said.DONE:
        return ProposeClosure(ref, words)
    if said is Said.NO_CHANGE:
        return NoChange(ref, words)
    if said is Said.VERBAL:
        return Verbal(ref, words)
    if said is Said.NOT_OURS:
        return NotOurs(ref, words)
    if said is Said.TO_FOLLOW and by is not None:
        return ToFollow(ref, by, words)
    return Update(ref, status, words)
