"""Presses that type for people: *No, it identifies nobody: record it* does what was typed again, the way it came in."""

from collections.abc import Mapping

from handlers.context import RequestContext
from handlers.conversation.confirmations import RecordWords, record_shown
from handlers.conversation.direct_messages import said_in_words
from handlers.conversation.near_misses import ReadAgain, forget_reading
from handlers.dispatch import answer_text
from handlers.press_codec import Typed
from handlers.responses import Response, say
from handlers.safeguarding.confirmation import BY_RECORD, BY_WORDS, RecordSurely
from handlers.updates.sources import AskAgain


def ask_again(ctx: RequestContext, value: AskAgain) -> Response:
    """Answer a command that the bot worded; everything is checked as if somebody had typed it."""
    return answer_text(ctx, value.words)


def typed_by_press(ctx: RequestContext, value: Typed) -> Response:
    """Answer what a button types; everything is checked as if somebody had typed it."""
    return answer_text(ctx, value.words, value.page)


def record_surely(ctx: RequestContext, value: RecordSurely) -> Response:
    """Check everything again but for what its writer has answered, and record it."""
    ctx.sure = True
    if value.how == BY_WORDS:
        return said_in_words(ctx, value.words, value.thread)
    if value.how == BY_RECORD:
        return record_shown(ctx, RecordWords(action=value.action, status=value.status, words=value.words))
    return answer_text(ctx, value.words)


def reread(ctx: RequestContext, value: ReadAgain, fields: Mapping[str, str]) -> Response:
    """Read the words of the form *Change…* like any others."""
    given = said_in_words(ctx, forget_reading(ctx, value, fields))
    return given if given.content is not None else say("Nothing was recorded.")
