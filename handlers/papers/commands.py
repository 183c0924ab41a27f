"""`papers`, `freeze papers` and `thaw papers`, for whoever keeps the board."""

from collections.abc import Collection

from handlers.commands.papers import FreezePapers, MakePapers, ThawPapers
from handlers.context import RequestContext
from handlers.formatting import day_said, time_said
from handlers.papers.exempt import exempt_offered
from handlers.papers.files import current_paper, paper_file, since_file
from handlers.papers.front_commands import front_on_its_way
from handlers.papers.gathering import gather_paper
from handlers.papers.held_words import SendPaper, clearing, held_in_paper
from handlers.papers.meetings import command_line, freezes_at, meeting_of_paper, paper_named
from handlers.papers.paper import Paper, paper_in, stored_paper
from handlers.papers.printing import standing_said
from handlers.papers.since import changes_of_paper, frozen_said, since_said, standing_paper, standing_papers
from handlers.permissions import About, NotHere, may
from handlers.preconditions import check_may_of_board
from handlers.responses import Content, Group, Response, receipt, say
from models.enums import Verb, Way
from models.records.frozen_papers import freeze_figures, thaw_figures
from models.records.history import Signed
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts


def make_papers(ctx: RequestContext, command: MakePapers) -> Response:
    """Answer `papers [MEETING] [since]`: what the paper asks the board, and the file itself after it."""
    since = "since" if command.since else ""
    usual = _frozen(ctx) if command.since else ()
    calendar, meeting = meeting_of_paper(ctx, command.meeting, "papers", Verb.PAPERS, since, usual)
    if ctx.way is Way.COMMAND_LINE:
        again = command_line(calendar, meeting, " --since" if command.since else "")
        return say(f"On the command line the paper for the {paper_named(calendar, meeting)} is written with {again}.")
    return _since(ctx, calendar, meeting) if command.since else _on_its_way(ctx, calendar, meeting)


def paper_pressed(ctx: RequestContext, value: SendPaper) -> Response:
    """Answer *Send me the paper*."""
    calendar = ctx.where(value.meeting)
    meeting = calendar.by_id[value.meeting] if calendar else None
    if calendar is None or meeting is None or not meeting.dated:
        return say(NotHere("That meeting is not in this plan any more, so there is no paper for it."))
    check_may_of_board(ctx, Verb.PAPERS, calendar.board.id)
    return (front_on_its_way if value.front else _on_its_way)(ctx, calendar, meeting, value.cleared.split())


def _frozen(ctx: RequestContext) -> list[tuple[BoardCalendar, MeetingFacts]]:
    """Return the asker's meetings from today on whose papers are frozen: who names none means one of them."""
    rows = standing_papers(ctx, ctx.today)
    return [row[:2] for row in rows if may(ctx.roles, Verb.PAPERS, About(board_id=row[0].board.id))]


def _on_its_way(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, cleared: Collection[str] = ()
) -> Response:
    paper, edition = current_paper(ctx, calendar, meeting)
    frozen = standing_paper(ctx, calendar, meeting)
    stands = [_not_frozen(ctx, calendar, meeting)]
    if frozen is not None:
        changes = changes_of_paper(ctx, paper)
        stands = [frozen_said(ctx, calendar, frozen), since_said(changes)]
    printed = paper_file(ctx, calendar, meeting, paper, edition, cleared)
    exempt, sends_exempt = exempt_offered(printed.exempt, meeting)
    return Response(
        Content(
            f"The paper for the {paper_named(calendar, meeting)} is on its way to our direct conversation, as a Word "
            "file.",
            intro=tuple(stands),
            groups=(Group("The board is asked to", texts=printed.asked), *held_in_paper(printed.held), *exempt),
            buttons=(*clearing(meeting, printed.held, cleared), *sends_exempt),
            footer=("Updates that are not for publication are held back in it.",),
        ),
        file=printed.file,
    )


def _not_frozen(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> str:
    day = calendar.day(meeting)
    now = f"“/cypp freeze papers {day.day} {day:%b}” freezes them now."
    freezes = freezes_at(calendar, meeting)
    if meeting.begun(ctx.now):
        return "Its figures were never frozen: they are those of now."
    if calendar.board.started_at is None or freezes <= ctx.now:
        return f"A draft: its figures are those of now and may still change. {now}"
    at = f"{day_said(local_day(freezes, ctx.zone))}, {time_said(freezes, calendar)}"
    return f"A draft: its figures are those of now. They stand from {at}; {now}"


def _since(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> Response:
    """Answer `papers MEETING since`: the sheet to table, once the figures are frozen."""
    named = paper_named(calendar, meeting)
    frozen = standing_paper(ctx, calendar, meeting)
    if frozen is None:
        return say(f"The paper for the {named} is not frozen yet, so nothing has changed since.", typed="papers since")
    changes = changes_of_paper(ctx, paper_in(frozen.figures))
    stands = frozen_said(ctx, calendar, frozen)
    if not changes:
        return say(f"{since_said(changes)} {stands}")
    return Response(
        Content(
            f"What has changed since the paper for the {named} is on its way, as a Word file.",
            intro=(stands, since_said(changes)),
        ),
        file=since_file(ctx, calendar, meeting, frozen),
    )


def freeze_papers(ctx: RequestContext, command: FreezePapers) -> Response:
    """Answer `freeze papers [MEETING]`."""
    calendar, meeting = meeting_of_paper(ctx, command.meeting, "freeze papers", Verb.PAPERS)
    named = paper_named(calendar, meeting)
    frozen = standing_paper(ctx, calendar, meeting)
    if frozen is not None:
        return say(f"The paper for the {named} is frozen already. {frozen_said(ctx, calendar, frozen)}")
    if meeting.begun(ctx.now):
        return say(f"The {named} has begun, so its paper was not frozen.", typed="freeze papers")
    paper = freeze(ctx, calendar, meeting, ctx.signed())
    day = calendar.day(meeting)
    return receipt(
        f"Frozen: the paper for the {named} says from now on how things stand at this minute.",
        f"{standing_said(paper)}.",
        "Leads who write are told that it will be a verbal update.",
        f"“/cypp thaw papers {day.day} {day:%b}” takes it back.",
    )


def freeze(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, signed: Signed) -> Paper:
    """Freeze the figures of a paper as they stand now, and return them."""
    paper = gather_paper(ctx, calendar, meeting)
    freeze_figures(ctx.session, meeting.id, calendar.day(meeting), stored_paper(paper), signed)
    return paper


def thaw_papers(ctx: RequestContext, command: ThawPapers) -> Response:
    """Answer `thaw papers [MEETING]`."""
    calendar, meeting = meeting_of_paper(ctx, command.meeting, "thaw papers", Verb.PAPERS, usual=_frozen(ctx))
    named = paper_named(calendar, meeting)
    frozen = standing_paper(ctx, calendar, meeting)
    if frozen is None:
        return say(f"The paper for the {named} is not frozen, so there is nothing to thaw.", typed="thaw papers")
    thaw_figures(ctx.session, meeting.id, ctx.signed())
    return receipt(
        f"Thawed: the figures of the paper for the {named} may change again.",
        f"Frozen again, it is “Revised {frozen.edition + 1}”. Please tell those who have this edition.",
    )
