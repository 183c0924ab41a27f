"""*Turn into action*: somebody's message becomes the words of a new action, its address the source."""

import re

from handlers.actions.add_form import add_form
from handlers.actions.new_actions import kept_boards
from handlers.context import RequestContext
from handlers.permissions import may, why_not
from handlers.responses import Response, say
from models.enums import Capacity, Verb
from models.plan.people_reads import people_with_accounts, post_by_id
from models.plan.serving import appointments, in_force

MENTION = re.compile(r"<@([UW][A-Z0-9]{1,31})(?:\|[^<>]*)?>")
SOMEBODY = "a colleague"


def turn_into_action(ctx: RequestContext, words: str, link: str) -> Response:
    """Return the form of a new action with a message and its address filled in, for those who may add one."""
    if not kept_boards(ctx):
        return say(why_not(Verb.ADD if may(ctx.roles, Verb.READ) else Verb.READ))
    return add_form(ctx, "", {"words": _by_post(ctx, words), "source": link})


def _by_post(ctx: RequestContext, words: str) -> str:
    """Return the words with posts in place of mentions: an action names posts, not people."""
    mentioned = set(MENTION.findall(words))
    if not mentioned:
        return words
    accounts = {row.id: row.slack_user for row in people_with_accounts(ctx.session, mentioned)}
    titles: dict[str, str] = {}
    for row in appointments(ctx.session):
        if row.person_id in accounts and row.capacity is Capacity.HOLDER and in_force(row, ctx.today):
            post = post_by_id(ctx.session, row.post_id)
            titles.setdefault(accounts[row.person_id], post.title if post else SOMEBODY)
    return MENTION.sub(lambda found: titles.get(found[1], SOMEBODY), words)
