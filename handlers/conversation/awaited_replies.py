"""What is answered while an answer or a change waits for its words.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

from dataclasses import replace

from handlers.commands.answers import AnswerCommand, ShowBack
from handlers.conversation.awaited_words import (
    asks_for_words,
    await_words,
    awaited_answer,
    awaited_commands,
    lets_be,
    may_be_awaited,
)
from handlers.conversation.changes_in_words import offer_changes
from handlers.conversation.in_parts import said_surely
from handlers.conversation.incoming_words import IncomingWords
from handlers.press_codec import ask_button
from handlers.reading.normalise import fold
from handlers.reading.tokens import named_in
from handlers.responses import Response, response_of, say
from handlers.safeguarding.confirmation import asked_first
from handlers.updates.answers import record_answer


def let_be(said: IncomingWords) -> Response | None:
    """Answer "never mind" while something waits for words: it is recorded no more."""
    if said.awaited is None or not lets_be(said.text):
        return None
    return say("Nothing was recorded.", typed=said.text, buttons=(ask_button("My actions", "mine"),))


def ask_words_again(said: IncomingWords, awaited: AnswerCommand) -> Response:
    """Ask again for what an answer lacks, where "ok" or a thumb is all that came."""
    await_words(said.ctx, awaited, said.thread_ts)
    return asks_for_words(response_of(record_answer, said.ctx, replace(awaited, words="")))


def read_awaited(said: IncomingWords) -> Response | None:
    """Take words that name no action and no status for what the answer or the re-plan before them lacks."""
    reading = said.reading
    if not isinstance(reading, ShowBack) or reading.doubted or reading.no_day:
        return None
    if (
        said.awaited is None
        or named_in(fold(said.text), said.ctx.vocabulary)
        or not may_be_awaited(said.ctx, said.text)
    ):
        return None
    if (moved := awaited_commands(said.awaited, said.text.strip())) is not None:
        return asked_first(offer_changes(said.ctx, *moved), said.again)
    command = awaited_answer(said.awaited, said.whole.strip())
    if command is None:
        return None
    given = asked_first(response_of(record_answer, said.ctx, command), said_surely(command))
    if not given.done:
        await_words(said.ctx, command, said.thread_ts)
    return given
