"""Clearances said in plain words: "finance cleared FD6114/20", "legal n/a". Nothing said about an action is one.

Source: docs/explanation/what-people-write.md, Clearances.
"""

from dataclasses import replace

from handlers.commands.papers import ClearanceAnswer, RecordClearances
from handlers.context import RequestContext
from handlers.papers.clearance_records import clearances_of_asker, record_clearances
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.clearance_words import may_be_clearance, read_clearances
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
    each = read_clearances(text, ctx.today)
    if any(one.left or one.answer not in _IN_WORDS or not _names_meeting(ctx, one.meeting) for one in each):
        return None
    first = each[0]
    if not first.which and first.references and first.answer is ClearanceAnswer.CLEARED:
        # "Cleared, FD6114/20", from somebody of whom one clearance is asked.
        mine = {row[2] for row in asked or clearances_of_asker(ctx)}
        each = (replace(first, which=tuple(mine) if len(mine) == 1 else ()), *each[1:])
    theirs = {row[2] for row in asked}
    if not all(one.which for one in each) or not (keeps or any(theirs & set(one.which) for one in each)):
        return None
    return response_of(record_clearances, ctx, RecordClearances(each))
