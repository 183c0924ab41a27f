"""What a request may not do, and what it names that is not there: it ends with the sentence that says so."""

from handlers.context import RequestContext
from handlers.permissions import About, may, why_not
from handlers.responses import FormErrors, NotDone, Response, say
from models.enums import Verb
from models.storage.tables import Action


def action_named(ctx: RequestContext, ref: str, typed: str = "", *more: str) -> Action:
    """Return an action by its ref; the request ends where the plan has none. `typed`: what is given back then."""
    action = ctx.action(ref)
    if action is None:
        raise NotDone(say(f"There is no action {ref}.", *more, typed=typed))
    return action


def check_may(ctx: RequestContext, verb: Verb, action: Action, typed: str = "") -> None:
    """End the request of somebody who may not do this to an action: whose it is, and whom to turn to."""
    if not may(ctx.roles, verb, About(action.lead_post_id, action.board_id)):
        lead = ctx.posts.get(action.lead_post_id or 0, "")
        raise NotDone(say(why_not(verb, action.ref, lead, ctx.secretary(action.board_id)), typed=typed))


def check_may_of_board(ctx: RequestContext, verb: Verb, board_id: int, ref: str = "", typed: str = "") -> None:
    """End the request of somebody who may not do this to a board, or to what of it is called `ref`."""
    if not may(ctx.roles, verb, About(board_id=board_id)):
        raise NotDone(say(why_not(verb, ref, secretary=ctx.secretary(board_id)), typed=typed))


def wrong_field(name: str, sentence: str) -> NotDone:
    """Return what ends a form that was sent in with something that must be put right at one field."""
    return NotDone(Response(FormErrors({name: sentence})))
