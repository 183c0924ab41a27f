"""A measure that a request names, by its ref or by its number."""

from handlers.context import RequestContext
from handlers.permissions import NotHere
from handlers.reading.normalise import quoted
from handlers.responses import NotDone, say
from models.plan.measures import measure_by_id, measure_by_ref
from models.storage.tables import PlanMeasure


def measure_named(ctx: RequestContext, ref: str, typed: str = "") -> PlanMeasure:
    """Return a measure by its ref; the request ends where the plan has none."""
    row = measure_by_ref(ctx.session, ref)
    if row is None:
        raise NotDone(say(f"There is no measure {quoted(ref)}: “/cypp measures” lists them.", typed=typed or ref))
    return row


def check_measure_there(ctx: RequestContext, number: int) -> PlanMeasure:
    """Return a measure by its number; the request ends where the plan has none."""
    row = measure_by_id(ctx.session, number)
    if row is None:
        raise NotDone(say(NotHere("That measure is not in this plan any more: “/cypp measures” shows today’s.")))
    return row
