"""The list of risks, the forward plan and the plan on a page in plain words, which could be taken for a change.

“Risks in the timetable are in hand” asks for no list.
"""

import re

from handlers.commands.questions import ShowForwardPlan, ShowPlanPage
from handlers.commands.risks import ShowRisks
from handlers.context import RequestContext
from handlers.conversation.incoming_words import IncomingWords
from handlers.dispatch import answer_text
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.normalise import clean, fold
from handlers.reading.targets import NoTarget, read_target
from handlers.responses import Response

_LIST = re.compile(
    r"(?:show (?:me )?)?(?:the )?(?:risks|risk register|forward plan(?:ner)?|forward programme|work programme|"
    r"plan on (?:a|one) page)(?![^\W_])"
)


def list_in_words(said: IncomingWords) -> Response | None:
    """Answer one of these lists; None for other words."""
    words = clean(said.text)
    return answer_text(said.ctx, words) if _LIST.match(fold(words)) and _is_asked(said.ctx, words) else None


def _is_asked(ctx: RequestContext, words: str) -> bool:
    match ctx.parsed(words).command:
        case ShowRisks(target=target):
            return not isinstance(read_target(target, ctx.vocabulary), NoTarget)
        case ShowForwardPlan(board=board):
            return not board or isinstance(read_board(board, ctx.vocabulary), BoardFound)
        case ShowPlanPage():
            return True
    return False
