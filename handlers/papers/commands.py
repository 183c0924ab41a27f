"""`papers`: the board's paper as a Word file, sent to whoever keeps the board."""

from functools import partial

from handlers.commands.papers import MakePapers
from handlers.context import RequestContext
from handlers.formatting import meeting_said
from handlers.papers.gathering import gather_paper
from handlers.papers.paper import Paper
from handlers.papers.printing import Edition, asked_of_board, print_paper, table_numbers
from handlers.permissions import About, may, why_not
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.responses import Content, FileToCome, Group, NotDone, Response, say
from models.enums import Verb, Way
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.sessions import Session


def make_papers(ctx: RequestContext, command: MakePapers) -> Response:
    """Answer `papers [MEETING]`: what the paper asks the board, and the file itself after it."""
    calendar, meeting = meeting_of_paper(ctx, command.meeting, "papers", Verb.PAPERS)
    paper, edition = current_paper(ctx, calendar, meeting)
    named = f"{calendar.board.name} of {meeting_said(meeting, calendar)}"
    if ctx.way is Way.COMMAND_LINE:
        again = f"cypp papers {command.meeting or 'next'}"
        return say(f"On the command line the paper for the {named} is written with “{again}”.")
    asked = tuple(asked_of_board(paper, table_numbers(paper)))
    return Response(
        Content(
            f"The paper for the {named} is on its way to our direct conversation, as a Word file.",
            groups=(Group("It asks the board to", texts=asked),),
            footer=("Updates that are not for publication are held back in it.",),
        ),
        file=paper_file(ctx, calendar, meeting, paper, edition),
    )


def meeting_of_paper(ctx: RequestContext, typed: str, name: str, verb: Verb) -> tuple[BoardCalendar, MeetingFacts]:
    """Return the meeting whose paper is meant; the request ends where it is not clear, or is not the asker's.

    Of several that fit, the one of a board that the asker may do this for is meant.
    """
    if typed:
        found = read_meeting(typed, ctx.vocabulary, ctx.today)
        if isinstance(found, MeetingAsk) and not found.several:
            raise NotDone(say(found.say, typed=f"{name} {typed}"))
        chosen = ctx.meetings(found.candidates if isinstance(found, MeetingAsk) else (found.meeting_id,))
        question = found.say if isinstance(found, MeetingAsk) else ""
    else:
        chosen = [(calendar, meeting) for calendar in ctx.calendars.values() if (meeting := calendar.next(ctx.now))]
        question = "Which board’s meeting? Say its name or its day."
    if not chosen:
        raise NotDone(say("No board has a meeting ahead, so there is no paper to make."))
    own = [row for row in chosen if may(ctx.roles, verb, About(board_id=row[0].board.id))]
    if not own:
        keeper = ctx.secretary(chosen[0][0].board.id) if len(chosen) == 1 else ""
        raise NotDone(say(why_not(verb, secretary=keeper), typed=f"{name} {typed}".strip()))
    if len(own) > 1:
        raise NotDone(say(question, typed=f"{name} {typed}".strip()))
    calendar, meeting = own[0]
    if not meeting.dated:
        raise NotDone(say(f"The {calendar.board.name} has no day for {meeting_said(meeting, calendar)}: no paper yet."))
    return calendar, meeting


def current_paper(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> tuple[Paper, Edition]:
    """Return the paper for a meeting and which edition it is."""
    return gather_paper(ctx, calendar, meeting), Edition()


def paper_file(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, paper: Paper, edition: Edition
) -> FileToCome:
    """Return the paper as a file that follows an answer."""
    fields = print_paper(ctx, paper, calendar, meeting, edition)
    return FileToCome(
        name=paper_name(calendar, meeting, edition),
        title=f"{calendar.board.name}, {meeting_said(meeting, calendar)}: action log and progress",
        make=partial(_made, fields=fields),
        failed="The paper could not be sent. Please try again, or ask the administrator for "
        f"“cypp papers {calendar.day(meeting).isoformat()}”, which writes the same file.",
    )


def paper_name(calendar: BoardCalendar, meeting: MeetingFacts, edition: Edition) -> str:
    """Return the name of a paper's file."""
    revised = f" revised {edition.number}" if edition.number > 1 else ""
    draft = "" if edition.is_frozen else " draft"
    board = "".join(char if char.isalnum() or char in " -" else "-" for char in calendar.board.name)
    return f"{board[:80]} {calendar.day(meeting).isoformat()}{revised}{draft}.docx"


def _made(session: Session, *, fields: dict[str, object]) -> bytes:
    from models.files.papers.rendering import render_document

    return render_document(fields)
