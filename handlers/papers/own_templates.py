"""The templates of a board's documents: ours to be changed, and a board's own, which is checked and used from then on.

A board may have one of its papers and one of the front sheets of its reports.
"""

import re
from typing import Any, NamedTuple

from handlers.commands.papers import ShowTemplate, UseOurTemplate
from handlers.context import RequestContext
from handlers.formatting import listed
from handlers.papers.front_sheet import FRONT_TEMPLATE_FIELDS
from handlers.permissions import why_not
from handlers.preconditions import board_named, check_may_of_board
from handlers.responses import Content, FileToCome, Response, receipt, say
from models.enums import Verb, Way
from models.files.papers.printed_fields import CheckedTemplate
from models.files.papers.rendering import TEMPLATE_FIELDS, TemplateAtFault, check_template
from models.records.frozen_papers import keep_template, template_of
from models.rules.facts import BoardCalendar
from models.storage.sessions import Session


class BoardDocument(NamedTuple):
    """What a board may have its own template of.

    Attributes:
        fields: every field that a template may print, with something in it.
        one: what one of them is called.
        many: several.
        typed: how its commands name it.
        option: how the command line does.
        hint: what else to know of its fields.
    """

    fields: dict[str, Any]
    one: str
    many: str
    typed: str
    option: str = ""
    hint: str = ""


DOCUMENTS = {
    "paper": BoardDocument(TEMPLATE_FIELDS, "paper", "papers", "papers"),
    "front": BoardDocument(
        FRONT_TEMPLATE_FIELDS,
        "front sheet",
        "front sheets",
        "front sheet",
        " --front",
        f"Each field may stand by itself, as {{{{ wards }}}}: {', '.join(FRONT_TEMPLATE_FIELDS)}.",
    ),
}
"""By the sort of page that `models.files.papers.rendering` makes of them."""
_IS_FOR_TEMPLATE = re.compile(
    r"(?:board )?(?P<board>.*?),? ?(?:(?P<front>front(?: ?sheets?| page)?)|papers?) template\.?", re.IGNORECASE
)


def show_template(ctx: RequestContext, command: ShowTemplate) -> Response:
    """Answer `template papers` or `template front sheet`: our own template as a Word file."""
    of = DOCUMENTS[command.document]
    written = f"“cypp template {of.typed.replace(' ', '-')}.docx{of.option}”"
    if not (ctx.roles.secretary_of or ctx.roles.is_administrator):
        return say(why_not(Verb.PAPERS), typed=f"template {of.typed}")
    if ctx.way is Way.COMMAND_LINE:
        return say(f"On the command line the template is written with {written}.")

    def ours(session: Session) -> bytes:
        from models.files.papers.templates import TEMPLATES

        return TEMPLATES[command.document]()

    return Response(
        Content(
            f"The template of the {of.one} is on its way to our direct conversation, as a Word file.",
            intro=(
                "Change it in Word; what stands in braces is filled in.",
                *filter(None, (of.hint,)),
                f"Send it back here with “board partnership {of.typed} template”: it is checked, and used for that "
                "board.",
            ),
        ),
        file=FileToCome(
            f"{of.typed.capitalize()} template.docx",
            f"Template of the {of.one}",
            ours,
            "The template could not be sent. Please try again, or ask the administrator for "
            f"{written}, which writes the same file.",
        ),
    )


def use_our_template(ctx: RequestContext, command: UseOurTemplate) -> Response:
    """Answer `template papers ours [BOARD]` or `template front sheet ours [BOARD]`."""
    of = DOCUMENTS[command.document]
    calendar = _board_meant(ctx, command.board, f"template {of.typed} ours {{key}}")
    name, content = template_of(ctx.session, calendar.board.id, command.document)
    if not content:
        return say(f"The {of.many} of the {calendar.board.name} are made from our template already.")
    keep_template(ctx.session, calendar.board.id, command.document, "", b"", ctx.signed())
    return receipt(
        f"The {of.many} of the {calendar.board.name} are made from our template again, not from {name}.",
        f"{name} sent here with “board {calendar.board.key} {of.typed} template” is used again.",
    )


def _board_meant(ctx: RequestContext, board: str, again: str = "") -> BoardCalendar:
    """Return the board whose template is meant, of those whose papers the asker may make; else the request ends."""
    calendar = board_named(ctx, board, again)
    check_may_of_board(ctx, Verb.PAPERS, calendar.board.id)
    return calendar


def template_named(words: str) -> tuple[str, str] | None:
    """Return the board and the document that some words beside a file name as its template; None where they do not."""
    found = _IS_FOR_TEMPLATE.fullmatch(" ".join(words.split()))
    return (found["board"].strip(), "front" if found["front"] else "paper") if found else None


def check_own_template(document: str, content: bytes) -> CheckedTemplate:
    """Return what a template of a document prints.

    Raises:
        TemplateAtFault: with what is wrong with it.
    """
    of = DOCUMENTS[document]
    checked = check_template(content, of.fields)
    if not checked.prints:
        raise TemplateAtFault(
            f"The template cannot be used: no field stands in it, so all {of.many} would be as it is now. "
            f"“/cypp template {of.typed}” sends ours, which has them."
        )
    return checked


def keep_own_template(
    ctx: RequestContext, board: str, document: str, name: str, content: bytes, checked: CheckedTemplate
) -> Response:
    """Keep a Word file that was checked as a board's template of a document."""
    of = DOCUMENTS[document]
    calendar = _board_meant(ctx, board)
    keep_template(ctx.session, calendar.board.id, document, name, content, ctx.signed())
    return receipt(
        f"{name} is the template of the {of.many} of the {calendar.board.name} from now on.",
        *said_of_template(checked),
        f"“/cypp {of.typed}” shows how it looks; “/cypp template {of.typed} ours {calendar.board.key}” goes back to "
        "ours.",
    )


def said_of_template(checked: CheckedTemplate) -> tuple[str, ...]:
    """Return what a template prints, and which of its pictures need words."""
    prints = f"It prints {', '.join(checked.prints)}."
    if not checked.unworded:
        return (prints,)
    return (
        prints,
        f"Some people cannot see {listed(checked.unworded)}, and no words say what is there. In Word choose View Alt "
        "Text, say what it shows or mark it as decorative, and send the template again.",
    )
