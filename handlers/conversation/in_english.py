"""What is answered to words in another language: what can be read, in one sentence, and buttons that need no words.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

from dataclasses import replace

from handlers.commands.questions import WhatFits
from handlers.context import RequestContext
from handlers.conversation.open_questions import what_fits
from handlers.conversation.plain_requests import typed_question
from handlers.conversation.social_replies import likely_answers, may_answer
from handlers.responses import Content, Response, say

ENGLISH_ALONE = "I read English alone."


def in_english_please(ctx: RequestContext, refs: tuple[str, ...], named: tuple[str, ...], typed: str) -> Response:
    """Return the answer to words in another language.

    Args:
        ctx: who wrote them.
        refs: the actions that they may be about.
        named: those that they name: whoever may not answer for one is shown it.
        typed: the words, given back.
    """
    mine = may_answer(ctx, refs)
    if mine:
        asks = f"How does {mine[0]} stand, in a few words of English" if len(mine) == 1 else "Which action is it about"
        return say(f"{ENGLISH_ALONE} {asks}? Nothing was recorded yet.", typed=typed, buttons=likely_answers(mine))
    card = typed_question(ctx, named[0]) if named else None
    given = card or what_fits(ctx, WhatFits(typed))
    if not isinstance(given.content, Content):
        return say(ENGLISH_ALONE, typed=typed)
    return replace(given, content=replace(given.content, intro=(ENGLISH_ALONE, *given.content.intro)))
