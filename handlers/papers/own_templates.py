"""The template of a board's papers: ours to be changed, and a board's own, which is checked and used from then on."""

import re

from handlers.commands.papers import ShowTemplate, UseOurTemplate
from handlers.context import RequestContext
from handlers.formatting import listed
from handlers.permissions import why_not
from handlers.preconditions import board_named, check_may_of_board
from handlers.responses import Content, FileToCome, Response, receipt, say
from models.enums import Verb, Way
from models.files.papers.printed_fields import CheckedTemplate
from models.records.frozen_papers import keep_template, template_of
from models.rules.facts import BoardCalendar
from models.storage.sessions import Session

_IS_FOR_TEMPLATE = re.compile(r"(?:board )?(?P<board>.*?),? ?papers? template\.?", re.IGNORECASE)


def show_template(ctx: RequestContext, command: ShowTemplate) -> Response:
    """Answer `template papers`: our own template as a Word file."""
    if not (ctx.roles.secretary_of or ctx.roles.is_administrator):
        return say(why_not(Verb.PAPERS), typed="template papers")
    if ctx.way is Way.COMMAND_LINE:
        return say("On the command line the template is written with “cypp template papers.docx”.")
    return Response(
        Content(
            "The template of the paper is on its way to our direct conversation, as a Word file.",
            intro=(
                "Change it in Word; what stands in braces is filled in.",
                "Send it back here with “board partnership papers template”: it is checked, and used for that board.",
            ),
        ),
        file=FileToCome(
            "Papers template.docx",
            "Template of the paper",
            _ours,
            "The template could not be sent. Please try again, or ask the administrator for "
            "“cypp template papers.docx”, which writes the same file.",
        ),
    )


def _ours(session: Session) -> bytes:
    from models.files.papers.own_template import paper_template

    return paper_template()


def use_our_template(ctx: RequestContext, command: UseOurTemplate) -> Response:
    """Answer `template papers ours [BOARD]`."""
    calendar = _board_meant(ctx, command.board)
    name, content = template_of(ctx.session, calendar.board.id)
    if not content:
        return say(f"The papers of the {calendar.board.name} are made from our template already.")
    keep_template(ctx.session, calendar.board.id, "", b"", ctx.signed())
    return receipt(
        f"The papers of the {calendar.board.name} are made from our template again, not from {name}.",
        f"{name} sent here with “board {calendar.board.key} papers template” is used again.",
    )


def _board_meant(ctx: RequestContext, board: str) -> BoardCalendar:
    """Return the board whose template is meant, of those whose papers the asker may make; else the request ends."""
    own = [number for number in ctx.roles.secretary_of if number in ctx.calendars]
    calendar = ctx.calendars[own[0]] if not board and len(own) == 1 else board_named(ctx, board)
    check_may_of_board(ctx, Verb.PAPERS, calendar.board.id)
    return calendar


def board_of_template(words: str) -> str | None:
    """Return the board that some words beside a file name as one of its papers' template; None where they do not."""
    found = _IS_FOR_TEMPLATE.fullmatch(" ".join(words.split()))
    return found["board"].strip() if found else None


def keep_own_template(ctx: RequestContext, board: str, name: str, content: bytes, checked: CheckedTemplate) -> Response:
    """Keep a Word file that was checked as the template of a board's papers."""
    calendar = _board_meant(ctx, board)
    keep_template(ctx.session, calendar.board.id, name, content, ctx.signed())
    return receipt(
        f"{name} is the template of the papers of the {calendar.board.name} from now on.",
        *said_of_template(checked),
        f"“/cypp papers” shows how it looks; “/cypp template papers ours {calendar.board.key}” goes back to ours.",
    )


def said_of_template(checked: CheckedTemplate) -> tuple[str, ...]:
    """Return what a template prints, and which of its pictures need words."""
    prints = f"It prints {', '.join(checked.prints)}." if checked.prints else "It prints none of the paper’s fields."
    if not checked.unworded:
        return (prints,)
    return (
        prints,
        f"Some people cannot see {listed(checked.unworded)}, and no words say what is there. In Word choose View Alt "
        "Text, say what it shows or mark it as decorative, and send the template again.",
    )
