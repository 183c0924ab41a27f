"""Which meeting a paper is for, and when its figures are frozen."""

from collections.abc import Callable, Sequence
from datetime import datetime, time

from handlers.context import RequestContext
from handlers.formatting import meeting_said
from handlers.permissions import About, may, why_not
from handlers.preconditions import unclear_meeting
from handlers.press_codec import MOST_BUTTONS, ask_button
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.responses import LONGEST_LABEL, NotDone, say
from models.enums import Verb
from models.rules.calendar import at_local
from models.rules.facts import BoardCalendar, MeetingFacts

FREEZES_AT = time(16)
"""The local time on the day of papers from which their figures stand."""


def paper_named(calendar: BoardCalendar, meeting: MeetingFacts) -> str:
    """Return the meeting that a paper is for: "Partnership Board of Wed 16 Sep 2020"."""
    return f"{calendar.board.name} of {meeting_said(meeting, calendar)}"


def command_line(calendar: BoardCalendar, meeting: MeetingFacts, option: str = "") -> str:
    """Return what writes a meeting's paper on the command line, one word to a shell for the meeting."""
    return f"“cypp papers {calendar.day(meeting).isoformat()}{option}”"


def freezes_at(calendar: BoardCalendar, meeting: MeetingFacts) -> datetime:
    """Return when the figures of a meeting's paper are frozen by themselves."""
    return at_local(calendar.dates(meeting).papers, calendar.zone, FREEZES_AT)


def _again(name: str, calendar: BoardCalendar, meeting: MeetingFacts, rest: str) -> str:
    """Return the words that ask the same about one meeting."""
    named = f"{name} {calendar.board.key} {calendar.day(meeting).isoformat()}" if meeting.dated else name
    return f"{named} {rest}".strip()


def meeting_of_paper(
    ctx: RequestContext,
    typed: str,
    name: str,
    verb: Verb,
    rest: str = "",
    usual: Sequence[tuple[BoardCalendar, MeetingFacts]] = (),
    may_too: Callable[[BoardCalendar, MeetingFacts], bool] = lambda calendar, meeting: False,
) -> tuple[BoardCalendar, MeetingFacts]:
    """Return the meeting whose paper is meant; the request ends where it is not clear, or is not the asker's.

    Of several that fit, the one of a board that the asker may do this for is meant. `rest`: what was typed behind it.
    `usual`: those one of which is meant where nothing was typed; else the next of each board. `may_too`: whether the
    asker may do this for a meeting without keeping its board.
    """
    question = "Which board’s meeting? Say its name or its day."
    if typed:
        found = read_meeting(typed, ctx.vocabulary, ctx.today)
        if isinstance(found, MeetingAsk) and not found.several:
            raise unclear_meeting(ctx, found, f"{name} {{meeting}} {rest}".strip(), f"{name} {typed}", dated=True)
        chosen = ctx.meetings(found.candidates if isinstance(found, MeetingAsk) else (found.meeting_id,))
        question = found.say if isinstance(found, MeetingAsk) else question
    else:
        coming = [(calendar, meeting) for calendar in ctx.calendars.values() if (meeting := calendar.next(ctx.now))]
        chosen = list(usual) or coming
    if not chosen:
        raise NotDone(say("No board has a coming meeting, so there is no paper to make."))
    own = [row for row in chosen if may(ctx.roles, verb, About(board_id=row[0].board.id)) or may_too(*row)]
    again = " ".join(filter(None, (name, typed, rest)))
    if not own:
        keeper = ctx.secretary(chosen[0][0].board.id) if len(chosen) == 1 else ""
        raise NotDone(say(why_not(verb, secretary=keeper), typed=again))
    if len(own) > 1:
        buttons = tuple(
            ask_button(
                f"{calendar.board.name}, {meeting_said(meeting, calendar)}"[:LONGEST_LABEL], _again(name, *row, rest)
            )
            for row in own[:MOST_BUTTONS]
            for calendar, meeting in [row]
        )
        raise NotDone(say(question, typed=again, buttons=buttons))
    calendar, meeting = own[0]
    if not meeting.dated:
        named = meeting_said(meeting, calendar)
        raise NotDone(say(f"There is no paper for the {calendar.board.name} of {named}.", typed=again))
    return calendar, meeting
