"""*Turn into action*: somebody's message becomes the words of a new action, its address the source."""

import re

from sqlalchemy import select

from handlers.add_form import add_form
from handlers.context import Round
from handlers.new_actions import kept_boards
from handlers.permissions import may, why_not
from handlers.replies import Answer, say
from models.enums import Capacity, Verb
from models.serving import appointments, in_force
from models.tables import Person, Post

MENTION = re.compile(r"<@([UW][A-Z0-9]{1,31})(?:\|[^<>]*)?>")
SOMEBODY = "a colleague"


def turn_into_action(asked: Round, words: str, link: str) -> Answer:
    """A message and its address in; the form of a new action with both filled in, for those who may add one."""
    if not kept_boards(asked):
        return say(why_not(Verb.ADD if may(asked.roles, Verb.READ) else Verb.READ))
    return add_form(asked, "", {"words": _by_post(asked, words), "source": link})


def _by_post(asked: Round, words: str) -> str:
    """The words with the post of whoever is mentioned in place of the mention: an action names posts, no people."""
    mentioned = set(MENTION.findall(words))
    if not mentioned:
        return words
    accounts = {
        row.id: row.slack_user
        for row in asked.session.scalars(
            select(Person).where(Person.workspace_id == asked.workspace_id, Person.slack_user.in_(mentioned))
        )
    }
    titles: dict[str, str] = {}
    for row in appointments(asked.session, asked.workspace_id):
        if row.person_id in accounts and row.capacity is Capacity.HOLDER and in_force(row, asked.today):
            titles.setdefault(accounts[row.person_id], asked.session.get_one(Post, row.post_id).title)
    return MENTION.sub(lambda found: titles.get(found[1], SOMEBODY), words)
