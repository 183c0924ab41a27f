"""Whose names say nothing about a child: people, posts, organisations and boards of the plan, and the directory's."""

from collections.abc import Iterable

from handlers.context import RequestContext
from handlers.safeguarding.sentence import known_phrases
from handlers.safeguarding.sign_lexicon import Phrases
from models.plan.people_reads import people_of


def names_of_the_plan(ctx: RequestContext) -> Phrases:
    """Return the names that are known here. A person's first name alone is none: a child may have the same."""
    people = [one.name for one in people_of(ctx.session).values()] + [one.name for one in ctx.accounts_in_use()]
    others = [post.title for post in ctx.plan_names.posts] + [one.board.name for one in ctx.calendars.values()]
    for one in ctx.plan_names.organisations:
        others += [one.name, *one.aliases]
    return known_names(others, people)


def known_names(others: Iterable[str], people: Iterable[str]) -> Phrases:
    """Return names of posts and bodies, and of people those that are whole."""
    return known_phrases([*others, *(name for name in people if " " in name.strip())])
