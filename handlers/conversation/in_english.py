"""What is answered to words in another language: what can be read, in one sentence, and buttons that need no words.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

from dataclasses import replace

from handlers.commands.answers import ShowBack
from handlers.commands.questions import WhatFits
from handlers.context import RequestContext
from handlers.conversation.awaited_words import awaited_answer
from handlers.conversation.incoming_words import IncomingWords
from handlers.conversation.open_questions import what_fits
from handlers.conversation.plain_requests import typed_question
from handlers.conversation.social_replies import likely_answers, may_answer
from handlers.reading.normalise import fold
from handlers.reading.other_languages import is_other_language
from handlers.reading.tokens import named_in
from handlers.responses import Content, Response, say

ENGLISH_ALONE = "I read only English."


def _in_english_please(ctx: RequestContext, refs: tuple[str, ...], named: tuple[str, ...], typed: str) -> Response:
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


def read_other_language(said: IncomingWords) -> Response | None:
    """Tell in one sentence what can be read, and offer what needs no words; the words are stored by no button."""
    if not isinstance(said.reading, ShowBack) or not is_other_language(said.text):
        return None
    if awaited_answer(said.awaited, said.whole) is not None:
        return None
    named = named_in(fold(said.text), said.ctx.vocabulary)
    return _in_english_please(said.ctx, named or said.whose.topic or said.whose.owed, named, said.text)
