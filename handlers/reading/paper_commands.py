"""Read what follows `papers`: which meeting is meant."""

import re

from handlers.commands.papers import MakePapers
from handlers.reading.command_arguments import CommandText, Parsed
from handlers.reading.question_commands import subject_of

_SMALL = re.compile(r"(?:(?:the|for|of|paper|papers|meeting|board)(?![^\W_])[ ,]*)+", re.IGNORECASE)


def meeting_meant(given: CommandText) -> str:
    """Return the meeting as typed, without small words before it."""
    words = subject_of(given)
    small = _SMALL.match(words)
    return words[small.end() :].strip() if small else words


def read_papers(given: CommandText) -> Parsed:
    """Read `[MEETING]`."""
    return Parsed(MakePapers(meeting_meant(given)))
