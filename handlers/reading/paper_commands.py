"""Read what follows `papers`, `freeze papers`, `thaw papers` and `brief`: which meeting is meant."""

import re
from collections.abc import Callable

from handlers.commands.papers import (
    FreezePapers,
    MakePapers,
    PutInBrief,
    RecordClearances,
    SetFront,
    ShowBrief,
    ShowClearances,
    ShowExempt,
    ShowFront,
    ShowTemplate,
    TakeOutOfBrief,
    ThawPapers,
    UseOurTemplate,
)
from handlers.commands.questions import Unclear
from handlers.commands.records import LATEST
from handlers.reading.clearance_words import read_clearances
from handlers.reading.command_arguments import CommandText, Parsed, take_ref
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.reading.normalise import fold, quoted
from handlers.reading.question_commands import subject_of

PAPERS = "papers"
"""The name of the command."""
_SMALL = re.compile(r"(?:(?:the|for|of|paper|papers|meeting|board)(?![^\W_])[ ,]*)+", re.IGNORECASE)
_SINCE = re.compile(r"(?:(?P<before>.*?)[ ,]*)(?<![^\W_])since(?: (?:then|papers|the papers))?$", re.IGNORECASE)

_FRONT = re.compile(r"(?<![^\W_])front(?: sheet| page)?(?![^\W_])")
_LINE = re.compile(
    r"[ ,]*(?:entry |no\.? ?|#)?(?P<entry>[0-9]{1,5}|last|latest)?(?: entry)?"
    r"(?:[ ,]*(?:for|of)(?![^\W_])(?P<meeting>.+))?"
)
_ALWAYS = re.compile(r"(?<![^\W_])(?:default|defaults|always|for every report|every report)(?![^\W_])")


def _meeting_meant(words: str) -> str:
    small = _SMALL.match(words)
    return words[small.end() :].strip() if small else words


def read_papers(given: CommandText) -> Parsed:
    """Read `[MEETING] [since]`; what names no meeting may be when papers go out, and is not read here."""
    front = _FRONT.search(fold(given.rest))
    if front is not None:
        return _front(_meeting_meant(given.rest[: front.start()].strip(" ,:")), given.rest[front.end() :])
    words = subject_of(given)
    since = _SINCE.match(words)
    meeting = _meeting_meant(since["before"] if since else words)
    found = read_meeting(meeting, given.vocabulary, given.today) if meeting else None
    if isinstance(found, MeetingAsk) and not found.several:
        by_id = {row.id: row for row in given.vocabulary.meetings}
        ahead = [by_id[number] for number in found.candidates if by_id[number].date]
        tail = " since" if since else ""
        offers = tuple(f"{PAPERS} {row.date} {row.board}{tail}" for row in ahead)
        say = f"{found.why} Which meeting is meant?" if offers else found.say
        return Parsed(Unclear(given.typed, PAPERS, say, offers=offers))
    return Parsed(MakePapers(meeting, since is not None))


def read_front(given: CommandText) -> Parsed:
    """Read what follows `front sheet`: `[MEETING] [always] [FIELD: words]`."""
    meeting, colon, _ = given.rest.partition(":")
    return _front("", given.rest) if colon else Parsed(ShowFront(_meeting_meant(meeting.strip())))


def _front(meeting: str, rest: str) -> Parsed:
    words = rest.strip(" ,:\n\t")
    head, colon, _ = words.partition(":")
    usual = _ALWAYS.search(fold(head if colon else words))
    words = f"{words[: usual.start()]} {words[usual.end() :]}".strip(" ,:") if usual else words
    return Parsed(SetFront(meeting, words, usual is not None) if words else ShowFront(meeting))


def read_clearance(given: CommandText) -> Parsed:
    """Read `[MEETING] [WHICH] [sent|cleared|n/a] [REFERENCE] [on DAY]`."""
    each = read_clearances(given.rest, given.today)
    words = each[0]
    if words.answer is None and not words.references and not words.post:
        # Where nothing came back a day is the meeting's.
        meeting = words.meeting or words.left or (words.day.isoformat() if words.day else "")
        return Parsed(ShowClearances(_meeting_meant(meeting), words.which))
    if words.left:
        say = (
            f"I do not read {quoted(words.left)} in what is said of a clearance, so nothing was recorded. Write it as "
            "“/cypp clearance finance cleared FD6114/20”."
        )
        return Parsed(Unclear(given.typed, "clearance", say))
    return Parsed(RecordClearances(each))


def reads_meeting(
    command: Callable[[str], FreezePapers | ThawPapers | ShowBrief | ShowExempt],
) -> Callable[[CommandText], Parsed]:
    """Return the reader of `[MEETING]` for a command."""
    return lambda given: Parsed(command(_meeting_meant(subject_of(given))))


def reads_brief_line(name: str) -> Callable[[CommandText], Parsed]:
    """Return the reader of `REF [ENTRY] [for MEETING]` for `brief add`; `brief remove` takes no entry."""

    def read(given: CommandText) -> Parsed:
        taken = take_ref(given, name, f"{name} {{ref}}")
        if isinstance(taken, Parsed):
            return taken
        found = _LINE.fullmatch(fold(taken.tail))
        if found is None:
            say = f"I do not read {quoted(taken.tail)}. Write it as “/cypp {name} {taken.ref}”."
            return Parsed(Unclear(given.typed, name, say), taken.corrections)
        meeting = _meeting_meant((found["meeting"] or "").strip())
        number = int(found["entry"]) if (found["entry"] or "").isdecimal() else LATEST
        command = PutInBrief(taken.ref, number, meeting) if name == "brief add" else TakeOutOfBrief(taken.ref, meeting)
        return Parsed(command, taken.corrections)

    return read


def reads_our_template(document: str) -> Callable[[CommandText], Parsed]:
    """Return the reader of `[BOARD]` behind `template papers ours`."""
    return lambda given: Parsed(UseOurTemplate(subject_of(given), document))


def reads_template(document: str) -> Callable[[CommandText], Parsed]:
    """Return the reader of `template papers`, whatever follows it."""
    return lambda given: Parsed(ShowTemplate(document))
