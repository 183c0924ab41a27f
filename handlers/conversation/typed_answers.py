"""What follows `/cypp` and is no command, or answers on several actions: read as any other words are.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re

from handlers.commands.answers import AnswerCommand, InParts, Recorded, ShowBack
from handlers.commands.questions import AskPlan, Help, Pleasantry, ShowMeetings, ShowMine, ShowStatus, Unclear, WhatFits
from handlers.context import RequestContext
from handlers.conversation.direct_messages import (
    KNOWING,
    near_misses,
    outcomes_in_words,
    plain_answers,
    shown_back,
    typed_in_words,
)
from handlers.conversation.incoming_words import IncomingWords
from handlers.conversation.last_reply import remember_reply
from handlers.conversation.whose_actions import whose_actions
from handlers.dispatch import answer, answer_text
from handlers.logs.shown_log import pasted_log
from handlers.reading.changes.change_commands import read_change
from handlers.reading.clauses import ANSWER_PHRASES
from handlers.reading.deeds.wishes import read_wish
from handlers.reading.lexicon import TokenKind
from handlers.reading.normalise import fold
from handlers.reading.paper_commands import PAPERS
from handlers.reading.plain_replies import read_reply
from handlers.reading.questions import sounds_like_a_question
from handlers.reading.ref_finder import ref_at
from handlers.reading.targets import NoTarget, read_target
from handlers.reading.tokens import tokens_of
from handlers.responses import Response

_FEWEST = 5
"""Words after `/cypp` that are no mistyped command."""
_OF_ACTIONS = ANSWER_PHRASES.keys() | {TokenKind.REF, TokenKind.NEAR_REF}
_UPDATE = re.compile(r"(?i)\s*/?(?:cypp\s+)?updates?\s+")


def only_reads(ctx: RequestContext, text: str) -> bool:
    """Return whether words after `/cypp` only ask: a command that reads, or a question, so that nothing is written."""
    command = ctx.parsed(text).command
    if _tells_of_a_meeting(ctx, text):
        return False
    if ctx.registry.grammar.begins(text):
        return ctx.registry.reads(command) and not isinstance(command, Unclear | WhatFits)
    match command:
        case ShowStatus(target, _):
            return not isinstance(read_target(target, ctx.vocabulary), NoTarget)
        case AskPlan(typed, _):
            reading = ctx.questions(typed)
            return reading is not None and bool(reading.asked) and not _means_more(IncomingWords(ctx, text))
        case Help():
            return not _means_more(IncomingWords(ctx, text))
    return isinstance(command, ShowMine | Pleasantry)


def _tells_of_a_meeting(ctx: RequestContext, text: str) -> bool:
    """Return whether words that begin as the list of meetings say that one moved: "meeting on 8 dec is now 15 dec"."""
    command = ctx.parsed(text).command
    return isinstance(command, ShowMeetings) and read_change(text, ctx.vocabulary, ctx.today).plain


def _means_more(said: IncomingWords) -> bool:
    """Return whether what reads as a question is something social, a wish for another meeting, or an answer."""
    if read_wish(said.text, said.ctx.vocabulary, said.ctx.today) is not None:
        return True
    return said.social.asks is not None or said.social.silent or not isinstance(said.reading, ShowBack)


def answer_typed(ctx: RequestContext, text: str) -> Response:
    """Answer words as they follow `/cypp`: a command, or what anybody says in a conversation."""
    command = ctx.parsed(text).command
    words = _UPDATE.sub("", text, 1)
    given = pasted_log(ctx, text)
    if given is not None:
        return given
    named = ctx.registry.grammar.begins(text)
    ref_first = not named and ref_at(fold(words).lstrip(), 0, ctx.vocabulary) is not None
    if isinstance(command, Unclear) and command.nearest != "help" and not ref_first:
        # “papers go out 7 days before” sets a board.
        given = typed_in_words(ctx, words, KNOWING if command.nearest == PAPERS else (plain_answers, near_misses))
    elif _tells_of_a_meeting(ctx, text):
        given = typed_in_words(ctx, words, KNOWING)
    elif not named:
        given = None if only_reads(ctx, text) else typed_in_words(ctx, words, (*KNOWING, _naming_actions))
    elif isinstance(command, AnswerCommand):
        reading = read_reply(words, ctx.vocabulary, whose_actions(ctx), ctx.today)
        several = isinstance(reading, Recorded) and len(reading.commands) > 1
        if several or (isinstance(reading, InParts) and reading.recorded):
            given = typed_in_words(ctx, words, (plain_answers,))
    elif not ctx.registry.reads(command):
        given = typed_in_words(ctx, words, (outcomes_in_words,))
    if given is not None and given.content is None:
        return answer(ctx, Pleasantry())
    given = given or answer_text(ctx, text)
    remember_reply(ctx, text, "", given, ())
    return given


def _naming_actions(said: IncomingWords) -> Response | None:
    """Show words back that name an action or a status, or are no command for their length."""
    if not isinstance(said.reading, ShowBack) or not said.reading.refs:
        return None
    if len(said.text.split()) >= _FEWEST and not sounds_like_a_question(said.text):
        return shown_back(said)
    kinds = {one.kind for one in tokens_of(fold(said.text), said.ctx.vocabulary)}
    return shown_back(said) if kinds & _OF_ACTIONS else None
