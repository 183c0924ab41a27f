"""What stands in forms, and in what is said about one action."""

from collections.abc import Mapping

from handlers.context import RequestContext
from handlers.formatting import IN_PAPERS, action_line
from handlers.permissions import NotHere
from handlers.press_codec import PressValue
from handlers.reading.normalise import normalise
from handlers.responses import Button, Content, Field, Form, Group, Response
from models.plan.queries import ActionView
from models.storage.tables import Action

ACTION_GONE = NotHere(
    "That button is of an older message and its action is not in this plan any more: “/cypp mine” shows today’s."
)


def meeting_words(ctx: RequestContext, action: Action, meeting_id: int) -> str:
    """Return a meeting's day in a form the grammar reads back; "" where it has none."""
    calendar = ctx.calendar(action.board_id)
    meeting = calendar.by_id.get(meeting_id) if calendar else None
    return calendar.day(meeting).isoformat() if calendar and meeting and meeting.starts_at else ""


def form_intro(ctx: RequestContext, action: Action) -> tuple[str, ...]:
    """Return what stands above the questions of a form: the ref and the words of the action."""
    view = ctx.view(action.id)
    return (f"{view.ref}: {view.words}",)


def about_action(
    ctx: RequestContext, view: ActionView, headline: str, *intro: str, buttons: tuple[Button, ...] = ()
) -> Content:
    """Return what somebody is told about one action, with its line and buttons under it."""
    groups = (Group(lines=(action_line(view, ctx.calendars, ctx.now, buttons),)),)
    return Content(headline, tuple(filter(None, intro)), groups)


def said_in(fields: Mapping[str, str], name: str) -> str:
    """Return what somebody wrote in a field, read as a message is; where all of it is somebody else's words, those."""
    typed = fields.get(name, "").strip()
    read = normalise(typed)
    return read.text or read.forwarded or typed


def one_line_in(fields: Mapping[str, str], name: str) -> str:
    """Return the same on one line: an action's own words."""
    return " ".join(said_in(fields, name).split())


def form_response(
    title: str, value: PressValue, submit: str, *fields: Field, intro: tuple[str, ...] = (), note: str = ""
) -> Response:
    """Return a form. `value` comes back with the answers; `note` begins the small print under the questions."""
    form = Form(title, value.verb, value.encode(), submit, intro, fields, note=f"{note} {IN_PAPERS}".strip())
    return Response(form)
