"""The bot mentioned in a channel: what may be shared is answered to all there, everything else to the writer alone.

What would be recorded in the direct conversation is recorded here too, and its receipt is its writer's alone.
"""

from dataclasses import replace

from handlers.commands.questions import Pleasantry, Unclear, WhatFits
from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.conversation.plain_requests import typed_question, unshared
from handlers.dispatch import answer_text
from handlers.permissions import may, why_not
from handlers.reading.normalise import fold, normalise
from handlers.reading.ref_finder import ref_at
from handlers.responses import Content, Response, say
from handlers.safeguarding.publication import leave_out_doubtful
from models.enums import Verb


def answer_mention(ctx: RequestContext, words: str, ts: str = "") -> tuple[Response, bool]:
    """Return the answer to the words around a mention, and whether it is for everybody in the channel."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ)), False
    if not _asks(ctx, words):
        return unshared(said_in_words(ctx, words, ts=ts)), False
    # A round of its own: what was read for one person is not for all, nor the other way round.
    public = replace(ctx, shared=True)
    given = answer_text(public, words)
    if isinstance(given.content, Content) and given.content.shareable:
        return replace(given, content=for_all(leave_out_doubtful(public, given.content)[0])), True
    return unshared(answer_text(ctx, words)), False


def _asks(ctx: RequestContext, words: str) -> bool:
    """Return whether the words ask something; what begins with a ref and continues says something unless it asks."""
    command = ctx.parsed(words).command
    if not ctx.registry.reads(command) or isinstance(command, Unclear | WhatFits | Pleasantry):
        return False
    folded = fold(normalise(words).text)
    seen = ref_at(folded, 0, ctx.vocabulary)
    if seen is not None and folded[seen.end :].strip(" .?!"):
        return typed_question(ctx, words) is not None
    return True


def for_all(content: Content) -> Content:
    """Return a reply as a whole channel sees it: without buttons, whose answers would be one person's."""
    groups = tuple(
        replace(group, lines=tuple(replace(line, buttons=()) for line in group.lines), buttons=(), folds="")
        for group in content.groups
    )
    return replace(content, groups=groups, buttons=(), shareable="")
