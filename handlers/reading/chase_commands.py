"""Read what follows `chase`: whom, and for which meeting or board.

A title may hold "for" itself ("Public Health Lead for Children"), so the whole is tried as a name first.
"""

import re

from handlers.commands.questions import ChaseLeads
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.command_arguments import SEPARATORS, CommandText, Parsed
from handlers.reading.matching import find_name
from handlers.reading.meeting_names import MeetingFound, read_meeting
from handlers.reading.normalise import fold, plain
from handlers.reading.plan_names import NameKind
from handlers.reading.ref_finder import ref_at

_ABOUT = re.compile(r"(?:^|(?<= ))(?:for|about|on|re) ")
_ANYWAY = re.compile(r"[ ,]*(?<![^ ,])(?:anyway|all the same|again)$")
_EVERYONE = frozenset(
    ("everyone", "everybody", "anyone", "all", "them", "those", "whoever", "who", "people", "leads", "partners",
     "stragglers", "rest", "others", "ones", "late", "of", "the", "that", "has", "have", "hasn't", "hasnt", "haven't",
     "havent", "not", "still", "yet", "is", "are", "owe", "owes", "owing", "an", "answer", "answered", "replied",
     "responded", "outstanding", "else", "now", "please")
)  # fmt: skip
"""Words that name nobody. Must not read: "all at education"."""


def read_chase(given: CommandText) -> Parsed:
    """Read `[lead or organisation] [for MEETING or BOARD]`; a ref is its lead, and one behind "about" adds nothing."""
    words = given.rest.strip(SEPARATORS).rstrip(".?! ")
    anyway = _ANYWAY.search(fold(words))
    words = words[: anyway.start()] if anyway else words
    whom, about = words, ""
    if not find_name(words, given.vocabulary, NameKind.POST, NameKind.ORGANISATION).sure:
        for found in _ABOUT.finditer(fold(words)):
            tail = words[found.end() :]
            if ref_at(fold(tail), 0, given.vocabulary) is not None:
                whom = words[: found.start()].strip(SEPARATORS) or tail
                break
            if _is_a_meeting(tail, given):
                whom, about = words[: found.start()].strip(SEPARATORS), tail
                break
        if small := _ABOUT.match(fold(whom)):
            whom = whom[small.end() :]
    return Parsed(ChaseLeads("" if set(plain(whom).split()) <= _EVERYONE else whom, about, anyway is not None))


def _is_a_meeting(words: str, given: CommandText) -> bool:
    board = read_board(words, given.vocabulary)
    meeting = read_meeting(words, given.vocabulary, given.today)
    named = isinstance(board, BoardFound) and not board.corrected_from
    return named or isinstance(meeting, MeetingFound) or meeting.several
