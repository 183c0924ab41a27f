"""Turn an answer that was read into the command that stores it."""

from datetime import date

from handlers.commands.answers import AnswerCommand, GiveUpdate, NoChange, NotOurs, ProposeClosure, ToFollow, Verbal
from handlers.reading.status_phrases import PhraseKind
from models.enums import Status


def command_for(ref: str, said: PhraseKind, status: Status | None, words: str, by: date | None) -> AnswerCommand:
    """Return the command for what was answered on a ref; `words` are the other words."""
    if said is PhraseKind.DONE:
        return ProposeClosure(ref, words)
    if said is PhraseKind.NO_CHANGE:
        return NoChange(ref, words)
    if said is PhraseKind.VERBAL:
        return Verbal(ref, words)
    if said is PhraseKind.NOT_OURS:
        return NotOurs(ref, words)
    if said is PhraseKind.TO_FOLLOW and by is not None:
        return ToFollow(ref, by, words)
    return GiveUpdate(ref, status, words)
