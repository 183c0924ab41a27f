"""The paper, and the sheet of what has changed since, as files that follow an answer."""

from collections.abc import Callable, Collection
from dataclasses import asdict
from typing import Any, NamedTuple

from handlers.context import RequestContext
from handlers.formatting import meeting_said
from handlers.papers.gathering import gather_paper
from handlers.papers.meetings import command_line
from handlers.papers.paper import Paper, paper_in
from handlers.papers.printed_measures import print_measures
from handlers.papers.printed_returns import print_returns
from handlers.papers.printing import Edition, ExemptItem, print_paper, print_since
from handlers.papers.since import standing_paper
from handlers.responses import FileToCome
from handlers.safeguarding.publication import Withheld
from models.records.frozen_papers import FrozenFigures, next_edition, template_of
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.sessions import Session

_PLAIN = Edition(is_frozen=True)
_CALLED = {"exempt": "exempt items"}


class PrintedPaper(NamedTuple):
    """A paper as a file that follows an answer; whose words are held in it, what it asks the board, what is exempt."""

    file: FileToCome
    held: tuple[Withheld, ...]
    asked: tuple[str, ...]
    exempt: tuple[ExemptItem, ...]


def current_paper(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> tuple[Paper, Edition]:
    """Return the paper for a meeting, frozen or as things stand now, and which edition it is."""
    frozen = standing_paper(ctx, calendar, meeting)
    if frozen is not None:
        return paper_in(frozen.figures), Edition(frozen.edition, is_frozen=True)
    return gather_paper(ctx, calendar, meeting), Edition(next_edition(ctx.session, meeting.id))


def paper_file(
    ctx: RequestContext,
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    paper: Paper,
    edition: Edition,
    cleared: Collection[str] = (),
) -> PrintedPaper:
    """Return the paper as it is printed. `cleared`: refs whose words identify nobody, as the secretary has said."""
    _, template = template_of(ctx.session, calendar.board.id, "paper")
    fields, words = print_paper(ctx, paper, calendar, meeting, edition, cleared)
    fields |= print_returns(ctx, paper, words.checked) | print_measures(paper)
    fields["risks"] = list(map(asdict, paper.risks))
    file = FileToCome(
        name=_file_name(calendar, meeting, edition),
        title=f"{calendar.board.name}, {meeting_said(meeting, calendar)}: action log and progress",
        make=_maker(fields, template),
        failed="The paper could not be sent. Please try again, or ask the administrator for "
        f"{command_line(calendar, meeting)}, which writes the same file.",
    )
    asked = tuple(f"{one[0].upper()}{one[1:]}" for one in fields["asked"])
    return PrintedPaper(file, tuple(words.left_out), asked, tuple(words.exempt()))


def since_file(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, frozen: FrozenFigures
) -> FileToCome:
    """Return the sheet of what has changed since a paper was frozen, as a file that follows an answer."""
    fields = print_since(ctx, paper_in(frozen.figures), gather_paper(ctx, calendar, meeting), calendar, meeting)
    return FileToCome(
        name=_file_name(calendar, meeting, Edition(frozen.edition, is_frozen=True), " since papers"),
        title=f"{calendar.board.name}, {meeting_said(meeting, calendar)}: since papers",
        make=_maker(fields, sort="since"),
        failed="The sheet could not be sent. Please try again, or ask the administrator for "
        f"{command_line(calendar, meeting, ' --since')}, which writes the same file.",
    )


def word_file(
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    fields: dict[str, Any],
    sort: str,
    called: str,
    edition: Edition = _PLAIN,
    template: bytes = b"",
) -> FileToCome:
    """Return a page of a sort about a meeting, from our template or the board's, as a file that follows an answer."""
    return FileToCome(
        name=_file_name(calendar, meeting, edition, f" {_CALLED.get(sort, sort)}"),
        title=f"{calendar.board.name}, {meeting_said(meeting, calendar)}: {called}",
        make=_maker(fields, template, sort),
        failed=f"The file with {called} could not be sent; please try again.",
    )


def _file_name(calendar: BoardCalendar, meeting: MeetingFacts, edition: Edition, sort: str = "") -> str:
    revised = f" revised {edition.number}" if edition.number > 1 else ""
    draft = "" if edition.is_frozen else " draft"
    name = calendar.board.name.replace("'", "").replace("’", "")
    board = "".join(char if char.isalnum() or char in " -" else "-" for char in name)
    return f"{board[:80]} {calendar.day(meeting).isoformat()}{sort}{revised}{draft}.docx"


def _maker(fields: dict[str, Any], template: bytes = b"", sort: str = "paper") -> Callable[[Session], bytes]:
    def made(session: Session) -> bytes:
        from models.files.papers.rendering import render_document

        return render_document(fields, template, sort)

    return made
