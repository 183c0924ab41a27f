"""*Turn into action*: somebody's message becomes the words of a new action, its address the source."""

from handlers.actions.add_form import add_form
from handlers.actions.new_actions import kept_boards
from handlers.context import RequestContext
from handlers.permissions import may, why_not
from handlers.responses import Response, say
from models.enums import Verb
from models.records.named_mentions import name_mentions


def turn_into_action(ctx: RequestContext, words: str, link: str) -> Response:
    """Return the form of a new action with a message and its address filled in, for those who may add one."""
    if not kept_boards(ctx):
        return say(why_not(Verb.ADD if may(ctx.roles, Verb.READ) else Verb.READ))
    return add_form(ctx, "", {"words": name_mentions(ctx.session, words, ctx.today), "source": link})
