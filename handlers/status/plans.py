"""Which plan runs, which have ended, and what became of what they left open."""

from handlers.commands.questions import ShowPlans
from handlers.context import RequestContext
from handlers.formatting import day_said, number_said
from handlers.responses import Content, Response
from models.enums import WORST_FIRST, Status
from models.plan.plan_ends import end_counts, ended_plans, status_counts
from models.storage.scope import RUNNING_PLAN

_ENDED_WHERE = (
    "A plan is ended on the command line, by whoever runs the bot: “cypp plan end”. The next one comes in with “cypp "
    "import --next FILE”."
)


def show_plans(ctx: RequestContext, command: ShowPlans) -> Response:
    """Answer `plan`: the one that runs, those that have ended, and where one is ended."""
    first, *rest = plans_said(ctx)
    asks = ("To ask about one that ended: “/cypp status old plan”, “/cypp status old healthy-3”.",) if rest else ()
    return Response(Content(first, intro=tuple(rest), footer=(*asks, _ENDED_WHERE)))


def plans_said(ctx: RequestContext) -> list[str]:
    """Return a sentence for each plan, the one that runs first."""
    ended = ended_plans(ctx.session)
    said = []
    if ctx.plan is not None:
        days = ""
        if ctx.plan.starts and ctx.plan.ends:
            days = f" from {day_said(ctx.plan.starts)} to {day_said(ctx.plan.ends)}"
        said.append(f"{ctx.plan.name} runs{days}: {_counts_said(status_counts(ctx.session, RUNNING_PLAN))}.")
    elif ended:
        said.append("No plan is running now: the administrator loads the next one with “cypp import --next FILE”.")
    else:
        said.append("There is no plan here yet: the administrator loads it with “cypp import FILE”.")
    for one in ended:
        left = [f"{many} {how.value}" for how, many in end_counts(ctx.session, one.id).items()]
        of_open = f" Of what was open: {', '.join(left)}." if left else ""
        counts = _counts_said(status_counts(ctx.session, one.id))
        said.append(f"{one.name} ended on {day_said(one.ended_on)}: {counts}.{of_open}")
    return said


def _counts_said(counts: dict[Status, int]) -> str:
    total = number_said(sum(counts.values()), "action")
    each = [f"{counts[status]} {status.value}" for status in reversed(WORST_FIRST) if counts.get(status)]
    return f"{total}: {', '.join(each)}" if each else total
