"""Presses that type for people: *No, it identifies nobody: record it* does what was typed again, the way it came in."""

from handlers import answer_words
from handlers.context import Round
from handlers.identifying import BY_RECORD, BY_WORDS
from handlers.replies import Answer
from handlers.showing_back import record_shown
from handlers.words import said_in_words


def ask_again(asked: Round, value: str) -> Answer:
    """A command that the bot worded, typed by a press; everything is checked as if it had been typed."""
    return answer_words(asked, value)


def record_surely(asked: Round, value: str) -> Answer:
    """The value of the button in; everything is checked again but for what its writer has answered."""
    asked.sure = True
    how, _, typed = value.partition("|")
    if how == BY_WORDS:
        thread_ts, _, text = typed.partition("|")
        return said_in_words(asked, text, thread_ts)
    return record_shown(asked, typed) if how == BY_RECORD else answer_words(asked, typed)
