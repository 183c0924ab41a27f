"""Read what follows `papers`, `freeze papers`, `thaw papers` and `brief`: which meeting is meant."""

import re
from collections.abc import Callable

from handlers.commands.papers import (
    FreezePapers,
    MakePapers,
    ShowBrief,
    ShowExempt,
    ShowTemplate,
    ThawPapers,
    UseOurTemplate,
)
from handlers.commands.questions import Unclear
from handlers.reading.command_arguments import CommandText, Parsed
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.reading.question_commands import subject_of

PAPERS = "papers"
"""The name of the command."""
_SMALL = re.compile(r"(?:(?:the|for|of|paper|papers|meeting|board)(?![^\W_])[ ,]*)+", re.IGNORECASE)
_SINCE = re.compile(r"(?:(?P<before>.*?)[ ,]*)(?<![^\W_])since(?: (?:then|papers|the papers))?$", re.IGNORECASE)


def _meeting_meant(words: str) -> str:
    small = _SMALL.match(words)
    return words[small.end() :].strip() if small else words


def read_papers(given: CommandText) -> Parsed:
    """Read `[MEETING] [since]`; what names no meeting may be when papers go out, and is not read here."""
    words = subject_of(given)
    since = _SINCE.match(words)
    meeting = _meeting_meant(since["before"] if since else words)
    found = read_meeting(meeting, given.vocabulary, given.today) if meeting else None
    if isinstance(found, MeetingAsk) and not found.several:
        return Parsed(Unclear(given.typed, PAPERS, found.say))
    return Parsed(MakePapers(meeting, since is not None))


def reads_meeting(
    command: Callable[[str], FreezePapers | ThawPapers | ShowBrief | ShowExempt],
) -> Callable[[CommandText], Parsed]:
    """Return the reader of `[MEETING]` for a command."""
    return lambda given: Parsed(command(_meeting_meant(subject_of(given))))


def read_our_template(given: CommandText) -> Parsed:
    """Read `template papers ours [BOARD]`."""
    return Parsed(UseOurTemplate(subject_of(given)))


def read_template(_given: CommandText) -> Parsed:
    """Read `template papers`, whatever follows it."""
    return Parsed(ShowTemplate())
