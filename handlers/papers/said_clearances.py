"""Clearances said in plain words: "finance cleared FD6114/20", "legal n/a". Nothing said about an action is one.

Source: docs/explanation/what-people-write.md, Clearances.
"""

from dataclasses import replace

from handlers.commands.papers import ClearanceAnswer, RecordClearances
from handlers.context import RequestContext
from handlers.papers.clearances import clearances_of_asker, record_clearances
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.clearance_words import may_be_clearance, read_clearance_words
from handlers.reading.days import read_found
from handlers.responses import Response, response_of

_IN_WORDS = (ClearanceAnswer.CLEARED, ClearanceAnswer.NOT_APPLICABLE, ClearanceAnswer.SENT)


def _names_meeting(ctx: RequestContext, words: str) -> bool:
    """Return whether words are a day or a board and nothing else: "our deputy head of", before "legal", is neither."""
    if not words or read_found(words, ctx.today) is not None:
        return True
    return isinstance(read_board(words, ctx.vocabulary), BoardFound)


def clearance_in_words(ctx: RequestContext, text: str) -> Response | None:
    """Return the answer to a clearance from whoever keeps a board, or was asked for it; None for any other words."""
    if not may_be_clearance(text):
        return None
    keeps = bool(ctx.roles.secretary_of) or ctx.roles.is_administrator
    asked = () if keeps or not ctx.roles.posts else tuple(clearances_of_asker(ctx))
    if not keeps and not asked:
        return None
    words = read_clearance_words(text, ctx.today)
    if words.left or words.answer not in _IN_WORDS or not _names_meeting(ctx, words.meeting):
        return None
    if not words.which and words.references and words.answer is ClearanceAnswer.CLEARED:
        # "Cleared, FD6114/20", from somebody of whom one clearance is asked.
        theirs = asked or tuple(clearances_of_asker(ctx))
        words = replace(words, which=tuple({one for _, _, one in theirs}) if len(theirs) == 1 else ())
    if not words.which or not (keeps or all(any(one is row[2] for row in asked) for one in words.which)):
        return None
    return response_of(record_clearances, ctx, RecordClearances(words))
