"""Read what follows `meeting`: add, move, cancel, confirm (docs/explanation/boards-and-dates.md, Changing meetings)."""

import re
from datetime import date

from handlers.commands import Command
from handlers.commands.boards import ChangeMeeting, MeetingVerb
from handlers.commands.questions import ShowMeetings, Unclear
from handlers.reading.command_arguments import CommandText
from handlers.reading.days import days_in
from handlers.reading.normalise import fold

_VERB = re.compile(r"(?P<verb>add|new|move|cancel|confirm)(?![^\W_])[ :]*")
_TO = re.compile(r"(?<![^\W_])(?:to|as|for|on|=>|→)(?![^\W_])")
_PLAINLY_TO = frozenset(("to", "as", "=>", "→"))
_EARLIEST, _LATEST = 7, 20
"""Hours that "at 10" may mean without *am* or minutes."""
_BECAUSE = re.compile(r"(?<![^\W_])(?:because(?: of)?|since|as it)(?![^\W_])|[:;] ?")
_TIME = re.compile(
    r"(?<![0-9:/.-])(?:at )?(?P<hour>[01]?[0-9]|2[0-3])(?:[:.](?P<minute>[0-5][0-9]))? ?(?P<half>am|pm)?(?![0-9:/.-])"
)
_FOCUS = re.compile(r"[,;]? ?\(?focus(?:ing)?(?: on)? (?P<theme>[^\W\d_]+)\)?")
_EXAMPLES = {
    MeetingVerb.ADD: "meeting add partnership 8 Dec 2020 14:00",
    MeetingVerb.MOVE: "meeting move 16 Sep to 23 Sep",
    MeetingVerb.CANCEL: "meeting cancel 16 Sep because the chamber is closed",
    MeetingVerb.CONFIRM: "meeting confirm December as 9 Dec 14:00",
}


def read_meeting_command(given: CommandText) -> Command:
    """Read `add BOARD DATE [TIME]`, `move MEETING to DATE [TIME]`, `cancel MEETING`, `confirm MONTH as DATE`.

    Anything else is a question about the meetings.
    """
    folded = fold(given.rest)
    found = _VERB.match(folded)
    if found is None:
        return ShowMeetings(given.rest.strip(" .?!"))
    verb = MeetingVerb("add" if found["verb"] == "new" else found["verb"])
    rest = given.rest[found.end() :].strip()
    if not rest:
        return Unclear(given.typed, "meeting", f"Say which meeting, for instance “/cypp {_EXAMPLES[verb]}”.")
    if verb is MeetingVerb.CANCEL:
        split = _BECAUSE.search(fold(rest))
        which = rest[: split.start()] if split else rest
        reason = rest[split.end() :] if split else ""
        return ChangeMeeting(verb, which=which.strip(" ,"), reason=reason.strip(" ,"))
    focus = ""
    if theme := _FOCUS.search(fold(rest)):
        focus = theme["theme"]
        rest = (rest[: theme.start()] + rest[theme.end() :]).strip(" ,;")
    if verb is MeetingVerb.ADD:
        rest, time = take_time(rest)
        return ChangeMeeting(verb, when=rest.strip(" ,"), time=time, focus=focus)
    split = _joint(rest, given.today)
    if split is None:
        return Unclear(given.typed, "meeting", f"Say from when to when, for instance “/cypp {_EXAMPLES[verb]}”.")
    which, when = rest[: split.start()].strip(" ,"), rest[split.end() :].strip(" ,")
    when, time = take_time(when)
    if not which or not when.strip():
        return Unclear(given.typed, "meeting", f"Say from when to when, for instance “/cypp {_EXAMPLES[verb]}”.")
    return ChangeMeeting(verb, which=which, when=when.strip(" ,"), time=time, focus=focus)


def _joint(words: str, today: date) -> re.Match[str] | None:
    """Return the word between which meeting and when: "to" rather than another, and none that is a part of a day."""
    days = [day for one in days_in(words, today) for day in one.ends or (one,)]
    joints = [
        found for found in _TO.finditer(fold(words)) if not any(day.start <= found.start() < day.end for day in days)
    ]
    return min(joints, key=lambda found: found.group() not in _PLAINLY_TO, default=None)


def take_time(words: str) -> tuple[str, str]:
    """Split a day and perhaps a clock time into the day's words and the time as "14:00" or ""."""
    for found in _TIME.finditer(fold(words)):
        hour = int(found["hour"])
        by_day = found.group().startswith("at ") and _EARLIEST <= hour <= _LATEST
        if found["minute"] is None and found["half"] is None and not by_day:
            continue
        if found["half"] == "pm" and hour < 12:
            hour += 12
        if found["half"] == "am" and hour == 12:
            hour = 0
        rest = words[: found.start()] + " " + words[found.end() :]
        return rest.strip(" ,"), f"{hour:02}:{int(found['minute'] or 0):02}"
    return words, ""
