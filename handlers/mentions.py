"""The bot mentioned in a channel: what may be shared is answered to all there, everything else to the writer alone.

What would be recorded in the direct conversation is recorded here too, and its receipt is its writer's alone.
"""

from dataclasses import replace

from handlers import READS, answer_words
from handlers.commands import Pleasantry, Unclear, WhatFits
from handlers.context import Round
from handlers.grammar import parse
from handlers.permissions import may, why_not
from handlers.plain_asking import typed_question, unshared
from handlers.replies import Answer, Group, Reply, say
from handlers.said.refs import ref_at
from handlers.said.text import clean, fold
from handlers.words import said_in_words
from models.enums import Verb


def answer_mention(asked: Round, words: str, ts: str = "") -> tuple[Answer, bool]:
    """The words around a mention in; the answer, and whether it is for everybody in the channel, out."""
    if not may(asked.roles, Verb.READ):
        return say(why_not(Verb.READ)), False
    if not _asks(asked, words):
        return unshared(said_in_words(asked, words, ts=ts)), False
    # A round of its own: what was read for one person is not for all, nor the other way round.
    given = answer_words(replace(asked, shared=True), words)
    if isinstance(given.reply, Reply) and given.reply.shareable:
        return replace(given, reply=for_all(given.reply)), True
    return unshared(answer_words(asked, words)), False


def _asks(asked: Round, words: str) -> bool:
    """Whether the words ask something. What begins with a ref and goes on says something about it, unless it asks."""
    command = parse(words, asked.vocabulary, asked.today).command
    if not isinstance(command, READS) or isinstance(command, Unclear | WhatFits | Pleasantry):
        return False
    folded = fold(clean(words))
    seen = ref_at(folded, 0, asked.vocabulary)
    if seen is not None and folded[seen.end :].strip(" .?!"):
        return typed_question(asked, words) is not None
    return True


def for_all(reply: Reply) -> Reply:
    """A reply as a whole channel sees it: without buttons, whose answers would be one person's."""
    groups = tuple(
        Group(group.heading, group.texts, tuple(replace(line, buttons=()) for line in group.lines), group.empty)
        for group in reply.groups
    )
    return replace(reply, groups=groups, buttons=(), shareable="")
