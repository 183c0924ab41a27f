"""The chair's brief: one screen, and one page of Word. It names organisations, and whom the secretary put in it.

Source: docs/how-to/chair.md.
"""

from dataclasses import dataclass
from typing import Any

from handlers.commands.papers import ShowBrief
from handlers.context import RequestContext
from handlers.formatting import clipped, meeting_said, number_said
from handlers.measures.scorecard import NO_MOVEMENT, moved_nothing
from handlers.papers.brief_lines import put_in_said, silent_before
from handlers.papers.files import current_paper, word_file
from handlers.papers.meetings import meeting_of_paper, paper_named
from handlers.papers.paper import Paper, PaperAction
from handlers.papers.printing import PaperWords, considered, instant_said, standing_said
from handlers.papers.since import changed_since_paper
from handlers.permissions import About, may
from handlers.responses import Content, FileToCome, Group, Response
from models.enums import OPEN, WORST_FIRST, Status, Verb
from models.plan.measures import measures_of
from models.rules.facts import BoardCalendar, MeetingFacts

BRIEF_LINES = 4
"""Lines under a heading: with all its headings the brief is one page."""
_LONGEST = 160
"""Characters of what a lead asks of the board; the paper has it whole."""
_LONGEST_WORDS = 60
"""Characters of what an action says."""
WORST = 3
"""Actions that the brief gives the chair a question for."""
_BUT_PUT_IN = "It names organisations, and leads where the secretary put them in."
_RATED_BADLY = (Status.OFF_TRACK, Status.SOME_ISSUES)


@dataclass(frozen=True, slots=True)
class Brief:
    """What a chair is told before a meeting; each list is of sentences."""

    standing: str
    decisions: tuple[str, ...]
    worst: tuple[str, ...]
    put_in: tuple[str, ...]
    silent: tuple[str, ...]
    verbal: tuple[str, ...]
    again: tuple[str, ...]
    idle: tuple[str, ...]
    since: tuple[str, ...]

    @property
    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The lists under their headings, without those that are empty."""
        every = (
            ("Decisions that will be asked for", self.decisions),
            ("The worst, and what to ask", self.worst),
            ("Put in by the secretary", self.put_in),
            ("Not heard from", self.silent),
            ("Verbal updates", self.verbal),
            ("Asked for last time as well, and never came", self.again),
            (NO_MOVEMENT, self.idle),
            ("Since papers", self.since),
        )
        return tuple((heading, _few(some)) for heading, some in every if some)


def show_brief(ctx: RequestContext, command: ShowBrief) -> Response:
    """Answer `brief [MEETING]`: the brief, and a page of Word after it."""
    calendar, meeting = meeting_of_paper(ctx, command.meeting, "brief", Verb.BRIEF)
    content = brief_content(ctx, calendar, meeting)
    return Response(content, file=brief_file(ctx, calendar, meeting))


def brief_file(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> FileToCome:
    """Return the brief of a meeting as a page of Word."""
    return word_file(calendar, meeting, _fields(ctx, calendar, meeting), "brief", "the chair’s brief")


def brief_content(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> Content:
    """Return the brief of a meeting as a message."""
    brief = _brief(ctx, calendar, meeting)
    footer = [
        "It names organisations only." if not brief.put_in else _BUT_PUT_IN,
        "“/cypp status REF” shows an action.",
    ]
    if may(ctx.roles, Verb.PAPERS, About(board_id=calendar.board.id)):
        footer.append("“/cypp brief add REF” puts an action in, with its lead and their words.")
    return Content(
        f"Brief for the {paper_named(calendar, meeting)}.",
        intro=(f"{brief.standing}.",),
        groups=tuple(Group(heading, texts=some) for heading, some in brief.parts),
        footer=(" ".join(footer),),
    )


def _fields(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> dict[str, Any]:
    brief = _brief(ctx, calendar, meeting)
    return {
        "plan": ctx.plan.name if ctx.plan else "",
        "board": calendar.board.name,
        "meeting": meeting_said(meeting, calendar),
        "as_at": instant_said(ctx, ctx.now, calendar),
        "edition": "",
        "standing": f"{brief.standing}.",
        "parts": [{"heading": heading, "lines": list(some)} for heading, some in brief.parts],
    }


def _brief(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> Brief:
    paper, _ = current_paper(ctx, calendar, meeting)
    actions, before = paper.by_number, silent_before(ctx, calendar, meeting)
    words = PaperWords(ctx, paper)
    named = {number: _named(one, words) for number, one in actions.items()}
    return Brief(
        standing=standing_said(paper),
        decisions=(
            *(clipped(f"{one[0].upper()}{one[1:]}", _LONGEST) for one in considered(words, _organisation)),
            *(f"Close {named[number]}, {_organisation(actions[number])}." for number in paper.closures),
            *(f"Move {named[one.action]} to {one.to}." for one in paper.new_meetings),
        ),
        worst=tuple(_asked(one, named[one.number]) for one in _worst(paper)),
        put_in=put_in_said(ctx, calendar, meeting, paper, before),
        silent=tuple(f"{one.heading}: {number_said(len(one.actions), 'action')}." for one in paper.silent),
        verbal=tuple(f"{named[number]}, {_organisation(actions[number])}." for number in paper.verbal),
        again=tuple(
            f"{actions[number].ref}: {one.heading}."
            for one in paper.silent
            for number in one.actions
            if number in before
        ),
        idle=tuple(
            f"{one}." for one in moved_nothing(ctx, measures_of(ctx.session), calendar.board.id, BRIEF_LINES - 1)
        ),
        since=tuple(one.removeprefix("Since papers: ") for one in changed_since_paper(ctx, calendar, meeting)),
    )


def _named(one: PaperAction, words: PaperWords) -> str:
    """Return an action by its ref and what is to be done: a chair does not know refs by heart."""
    said = clipped(words.of_action(one.number), _LONGEST_WORDS)
    return f"{one.ref} “{said}”" if said else one.ref


def _organisation(one: PaperAction) -> str:
    return one.organisation or "its lead"


def _few(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return as many lines as there is room for on one page."""
    if len(lines) <= BRIEF_LINES:
        return lines
    return (*lines[: BRIEF_LINES - 1], f"And {len(lines) - BRIEF_LINES + 1} more, in the paper.")


def _worst(paper: Paper) -> list[PaperAction]:
    """Return what the board should look at first: overdue, then off track, then some issues."""
    found = [one for one in paper.actions if one.status in OPEN and (one.late or one.status in _RATED_BADLY)]
    found.sort(key=lambda one: (-one.missed, not one.late, WORST_FIRST.index(one.status)))
    return found[:WORST]


def _asked(one: PaperAction, named: str) -> str:
    """Return an action in a line, with a question to ask about it."""
    stands = ", ".join(filter(None, (one.status.value, one.late)))
    by = f" by {one.due}" if one.has_day else ""
    question = f"What would bring {one.ref} back on track{by}?"
    if one.late:
        question = f"What keeps {one.ref} from being done, and which meeting should it now come to?"
    elif one.status is Status.SOME_ISSUES:
        question = f"What does {one.ref} need from the board to be done{by}?"
    return f"{named}, {_organisation(one)}: {stands}. Ask: “{question}”"
