"""What follows `/cypp` and answers on several actions, or without the name of a command: read as any other words are.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re

from handlers.commands.answers import AnswerCommand, InParts, ReadAs, Recorded
from handlers.commands.questions import Unclear
from handlers.context import RequestContext
from handlers.conversation.in_parts import answer_in_parts
from handlers.conversation.near_misses import show_reading
from handlers.conversation.whose_actions import whose_actions
from handlers.dispatch import answer_text
from handlers.reading.plain_replies import read_reply
from handlers.responses import Response, response_of

_UPDATE = re.compile(r"(?i)\s*/?(?:cypp\s+)?updates?\s+")


def answer_typed(ctx: RequestContext, text: str) -> Response:
    """Answer words as they follow `/cypp`: a command, or answers on more actions than one, each on its own."""
    command = ctx.parsed(text).command
    if isinstance(command, AnswerCommand | Unclear):
        found = _UPDATE.match(text)
        reading = read_reply(text[found.end() :] if found else text, ctx.vocabulary, whose_actions(ctx), ctx.today)
        if isinstance(reading, ReadAs) and isinstance(command, Unclear):
            return show_reading(ctx, reading, text)
        several = isinstance(reading, Recorded) and (len(reading.commands) > 1 or isinstance(command, Unclear))
        in_parts = isinstance(reading, InParts) and bool(reading.recorded)
        if (several or in_parts) and isinstance(reading, Recorded | InParts):
            return answer_in_parts(ctx, reading, text, "", lambda words: response_of(answer_text, ctx, words))
    return answer_text(ctx, text)
