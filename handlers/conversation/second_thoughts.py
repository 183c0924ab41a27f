"""Words about what was just said: "undo", "sorry, I meant amber".

What they mean depends on what came before, so nothing is stored by them alone: they bring the button, or the reading to
confirm.
"""

import re
from datetime import timedelta

from handlers.buttons import UNDO_MINUTES
from handlers.commands.answers import ReadAs, Recorded, ShowBack
from handlers.context import RequestContext
from handlers.conversation.confirmations import show_back
from handlers.conversation.near_misses import show_reading
from handlers.outcomes.put_right import latest_outcome_undone
from handlers.press_codec import press_button
from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.normalise import clean, fold
from handlers.reading.plain_replies import read_reply
from handlers.reading.whose import Whose
from handlers.responses import Response, say
from handlers.updates.answers import UndoAnswer
from models.records.entry_reads import action_of_update, updates_since
from models.storage.history_tables import Update

_LONGEST = 1000
_UNDO = re.compile(
    r"(?:please |sorry,? |oops,? |no,? |wait,? |actually,? |can you )*"
    r"(?:undo|take (?:that|it) back|(?:delete|remove|cancel|scrap|ignore|forget) "
    r"(?:that|it|this|my last (?:one|message|update)))(?: (?:that|it|please|my last (?:one|message|update)))*[ .!?]*$"
)
_MEANT = lazy_regex(
    r"(?:(?:sorry|oops|no|actually|wait|apologies|my mistake)(?![^\W_])[,.!: -]*)*"
    r"(?:i meant?(?: to (?:say|put|write))?|i should have (?:said|put)|correction|make (?:that|it)|"
    r"that should (?:be|say)|it should (?:be|say)|should (?:be|say|have been))(?![^\W_])[,: -]*"
    r"|(?:sorry|oops|no|wait|hang on|actually)(?![^\W_])[,.!: -]*(?:(?:no|wait|actually)(?![^\W_])[,.!: -]*)*"
    r"(?=(?:it's |it is |make it |that's )?"
    r"(?:amber|red|green|grey|on track|off track|some issues|at risk|not started)(?![^\W_]))"
)


def on_second_thoughts(ctx: RequestContext, text: str) -> Response | None:
    """Return the answer to words of these kinds in the direct conversation; None for all others."""
    words = clean(text)
    if len(words) > _LONGEST:
        return None
    folded = fold(words)
    undo, meant = _UNDO.match(folded), _MEANT().match(folded)
    if undo is None and meant is None:
        return None
    latest = _latest(ctx)
    if undo is not None:
        return _take_back(ctx, latest)
    rest = words[meant.end() :] if meant else ""
    if latest is None or not rest:
        return None
    action = action_of_update(ctx.session, latest)
    reading = read_reply(rest, ctx.vocabulary, Whose((action.ref,), (action.ref,)), ctx.today)
    if isinstance(reading, Recorded):
        return show_reading(ctx, ReadAs(reading.commands, ()), rest)
    return show_back(ctx, reading, rest) if isinstance(reading, ShowBack) else None


def _latest(ctx: RequestContext) -> Update | None:
    """Return the asker's own latest entry of the last ten minutes, if nothing took it back."""
    since = ctx.now - timedelta(minutes=UNDO_MINUTES)
    rows = [row for row in updates_since(ctx.session, since) if ctx.wrote(row)]
    undone = {row.undoes_id for row in rows}
    return next((row for row in rows if row.undoes_id is None and row.id not in undone), None)


def _take_back(ctx: RequestContext, latest: Update | None) -> Response:
    decided = latest_outcome_undone(ctx)
    if decided is not None and (latest is None or latest.at <= decided[0].at):
        return decided[1]
    if latest is None:
        return say(
            f"You recorded nothing in the last {UNDO_MINUTES} minutes, so there is nothing to take back.",
            "An earlier entry is put right with “/cypp correct REF ENTRY …”; “/cypp history REF” numbers them.",
        )
    ref = action_of_update(ctx.session, latest).ref
    return say(
        f"Shall your last answer, on {ref}, be taken back? Nothing was changed yet.",
        buttons=(press_button("Undo", UndoAnswer(entry=latest.id)),),
    )
