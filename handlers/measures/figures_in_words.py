"""Figures of one measure or several in the words of one command.

Source: docs/explanation/measures.md, What people write.
"""

from collections.abc import Collection
from dataclasses import replace
from functools import reduce

from handlers.commands.measures import GiveFigure
from handlers.context import RequestContext
from handlers.measures.given import Offered, RecordFigure, record_figure
from handlers.measures.measure_lookup import measure_named
from handlers.reading.measure_words import figures_within, read_figure
from handlers.responses import Response, answer_beside, response_of
from models.plan.measures import measure_refs
from models.rules.refs import ref_key


def give_figure(ctx: RequestContext, command: GiveFigure) -> Response:
    """Answer `measure REF PERIOD FIGURE`, also of several measures."""
    refs = measure_refs(ctx.session) if read_figure(command.words).note else None
    given = [
        response_of(_give, ctx, ref, words, refs or ())
        for ref, words in figures_within(command.ref, command.words, refs or ())
    ]
    return replace(reduce(answer_beside, given), done=all(one.done for one in given))


def _give(ctx: RequestContext, ref: str, words: str, refs: Collection[str]) -> Response:
    row = measure_named(ctx, ref, f"{ref} {words}")
    offered = Offered.of(row.id, read_figure(words), f"{row.ref} {words}")
    names_another = any(ref_key(one.strip(",;:.()")) in refs for one in offered.note.split())
    return record_figure(ctx, row, replace(offered, is_doubtful=offered.is_doubtful or names_another), RecordFigure())
