"""Turn an answer that was read into the command that stores it."""

import re
from datetime import date

from handlers.commands.answers import AnswerCommand, GiveUpdate, NoChange, NotOurs, ProposeClosure, ToFollow, Verbal
from models.enums import AnswerKind, Status

_AT_MEETING = re.compile(r"(?i)^(?:at|on|in) (?:the )?(?:next )?(?:board )?(?:meeting|board|day)(?![^\W_])")


def command_for(ref: str, said: AnswerKind, status: Status | None, words: str, by: date | None) -> AnswerCommand:
    """Return the command for what was answered on a ref; `words` are the other words."""
    if said is AnswerKind.PROPOSED:
        return ProposeClosure(ref, words)
    if said is AnswerKind.NO_CHANGE:
        return NoChange(ref, words)
    if said is AnswerKind.VERBAL:
        # "At the meeting" is where every verbal update is given.
        return Verbal(ref, _AT_MEETING.sub("", words).strip(" ,;:.–—-"))
    if said is AnswerKind.NOT_OURS:
        return NotOurs(ref, words)
    if said is AnswerKind.TO_FOLLOW and by is not None:
        return ToFollow(ref, by, words)
    return GiveUpdate(ref, status, words)
