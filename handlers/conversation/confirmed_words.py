"""Presses that type for people: *No, it identifies nobody: record it* does what was typed again, the way it came in."""

from handlers.context import RequestContext
from handlers.conversation.confirmations import record_shown
from handlers.conversation.direct_messages import said_in_words
from handlers.dispatch import answer_text
from handlers.responses import Response
from handlers.safeguarding.confirmation import BY_RECORD, BY_WORDS


def ask_again(ctx: RequestContext, value: str) -> Response:
    """A command that the bot worded, typed by a press; everything is checked as if it had been typed."""
    return answer_text(ctx, value)


def record_surely(ctx: RequestContext, value: str) -> Response:
    """The value of the button in; everything is checked again but for what its writer has answered."""
    ctx.sure = True
    how, _, typed = value.partition("|")
    if how == BY_WORDS:
        thread_ts, _, text = typed.partition("|")
        return said_in_words(ctx, text, thread_ts)
    return record_shown(ctx, typed) if how == BY_RECORD else answer_text(ctx, typed)
