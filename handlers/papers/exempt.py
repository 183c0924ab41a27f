"""What is not for publication, in a file of its own: for the board's secretary, its chair and administrators.

Source: docs/how-to/secretary.md, Before the papers.
"""

from collections.abc import Sequence
from typing import Any

from handlers.commands.papers import ShowExempt
from handlers.context import RequestContext
from handlers.formatting import meeting_said
from handlers.papers.files import current_paper, word_file
from handlers.papers.meetings import command_line, meeting_of_paper, paper_named
from handlers.papers.paper import Paper
from handlers.papers.printing import ExemptItem, PaperWords, instant_said
from handlers.permissions import NotHere
from handlers.preconditions import check_may_of_board
from handlers.press_codec import Number, PressValue, press_button
from handlers.responses import Button, Content, FileToCome, Group, Response, say
from models.enums import Verb, Way
from models.rules.exempt_paragraphs import EXEMPT_PARAGRAPHS, exempt_paragraphs, paragraphs_said
from models.rules.facts import BoardCalendar, MeetingFacts


class SendExempt(PressValue):
    """*Send me the exempt items*: those of a meeting's paper."""

    verb = "exempt"
    meeting: Number = 0


def exempt_offered(items: Sequence[ExemptItem], meeting: MeetingFacts) -> tuple[tuple[Group, ...], tuple[Button, ...]]:
    """Return what a secretary is told of a paper's exempt items, and the button that sends them."""
    if not items:
        return (), ()
    return _without_paragraph(items), (press_button("Send me the exempt items", SendExempt(meeting=meeting.id)),)


def show_exempt(ctx: RequestContext, command: ShowExempt) -> Response:
    """Answer `exempt [MEETING]`: what the paper holds back, as a Word file."""
    calendar, meeting = meeting_of_paper(ctx, command.meeting, "exempt", Verb.EXEMPT)
    if ctx.way is Way.COMMAND_LINE:
        again = command_line(calendar, meeting, " --exempt")
        return say(f"On the command line what is not for publication is written with {again}.")
    return _on_its_way(ctx, calendar, meeting)


def exempt_pressed(ctx: RequestContext, value: SendExempt) -> Response:
    """Answer *Send me the exempt items*."""
    calendar = ctx.where(value.meeting)
    if calendar is None:
        return say(NotHere("That meeting is not in this plan any more, so there is no paper for it."))
    check_may_of_board(ctx, Verb.EXEMPT, calendar.board.id)
    return _on_its_way(ctx, calendar, calendar.by_id[value.meeting])


def _on_its_way(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> Response:
    file, items = exempt_file(ctx, calendar, meeting)
    named = paper_named(calendar, meeting)
    if file is None:
        return say(f"Nothing in the paper for the {named} is not for publication, so there is no file of it.")
    content = Content(
        f"The exempt items of the paper for the {named} are on their way to our direct conversation, as a Word file.",
        intro=("They are not for publication: send them to those alone who may read them.",),
        groups=_without_paragraph(items),
    )
    return Response(content, file=file)


def exempt_file(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts
) -> tuple[FileToCome | None, tuple[ExemptItem, ...]]:
    """Return what a paper holds back as a file, None where it holds nothing back; and the items."""
    paper, edition = current_paper(ctx, calendar, meeting)
    words = PaperWords(ctx, paper)
    items = tuple(words.exempt())
    fields = _fields(ctx, calendar, meeting, paper, words)
    file = word_file(calendar, meeting, fields, "exempt", "what is not for publication", edition)
    return (file if items else None), items


def _without_paragraph(items: Sequence[ExemptItem]) -> tuple[Group, ...]:
    lines = tuple(
        f"{one.ref}: no paragraph. “/cypp withhold {one.ref} last because paragraph 3” adds it."
        for one, read in items
        if not exempt_paragraphs(read.withheld)
    )
    return (Group("Exempt by which paragraph of Schedule 12A?", texts=lines),) if lines else ()


def _fields(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, paper: Paper, words: PaperWords
) -> dict[str, Any]:
    items = tuple(words.exempt())
    numbers = sorted({number for _, read in items for number in exempt_paragraphs(read.withheld)})
    by = f"by virtue of {paragraphs_said(numbers)} of" if numbers else "under"
    return {
        "plan": ctx.plan.name if ctx.plan else "",
        "board": calendar.board.name,
        "meeting": meeting_said(meeting, calendar),
        "as_at": instant_said(ctx, paper.as_at, calendar),
        "edition": "Not for publication",
        "grounds": f"These items are not for publication {by} Part 1 of Schedule 12A to the Local Government Act 1972.",
        "exempt": [
            {
                "ref": one.ref,
                "action": words.of_action(one.number),
                "lead": one.lead,
                "status": one.status.value,
                "words": words.whole(read, one.number),
                "why": read.withheld,
                "paragraph": paragraphs_said(exempt_paragraphs(read.withheld)).partition(" ")[2] or "to be added",
            }
            for one, read in items
        ],
        "paragraphs": [{"number": str(number), "covers": EXEMPT_PARAGRAPHS[number]} for number in numbers],
    }
