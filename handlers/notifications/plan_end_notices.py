"""What leads are told when a plan has ended: which of their actions go on, under which ref, and which were closed.

One message each. Where the next plan comes in later than that, they are told then how what was carried goes on.

Source: docs/explanation/boards-and-dates.md, A plan after a plan.
"""

from collections.abc import Sequence

from handlers.context import RequestContext
from handlers.formatting import clipped, day_said, number_said
from handlers.old_plans import became_said
from handlers.responses import Content, Group, NoticeOut, Written
from models.enums import AtPlanEnd, NotificationKind
from models.plan.plan_ends import EndFate, end_fates, ended_plans
from models.plan.serving import reachable, recipients
from models.rules.steps import PlanEnded, PlanFollowed
from models.storage.history_tables import EndedPlan
from models.storage.notification_tables import Notification
from models.storage.tables import Action

_WORDS_SHOWN = 90


def plan_end_notices(ctx: RequestContext, ended: EndedPlan, *, later: bool) -> list[NoticeOut]:
    """Return whom to tell that a plan has ended; `later`: that the next one is in, where it ended before that.

    Nothing is told of a board that was never started.
    """
    step = PlanFollowed(ended.id) if later else PlanEnded(ended.id)
    can, serving = reachable(ctx.session), recipients(ctx.session, ctx.today)
    people: dict[int, int] = {}
    for action, fate in end_fates(ctx.session, ended.id):
        if not later or fate.ref:
            for who in serving.get(action.lead_post_id or 0, ()):
                if who.person_id in can and _is_started(ctx, action):
                    people.setdefault(who.person_id, action.board_id or 0)
    kind = NotificationKind.PLAN_ENDED
    return [NoticeOut(kind, one, step=step, board_id=board, person_id=one) for one, board in people.items()]


def _is_started(ctx: RequestContext, action: Action) -> bool:
    calendar = ctx.calendar(action.board_id)
    return calendar is not None and calendar.board.started_at is not None


def write_plan_end(ctx: RequestContext, notifications: Sequence[Notification]) -> Written:
    """Write what became of somebody's actions; nothing where the end of their plan was taken back."""
    steps = [one.step for one in notifications if isinstance(one.step, PlanEnded | PlanFollowed)]
    latest = max(one.plan_id for one in steps)
    ended = next((one for one in ended_plans(ctx.session) if one.id == latest), None)
    if ended is None:
        return Written(None, unsaid=frozenset(one.id for one in notifications))
    whole = PlanEnded(latest) in steps
    person = int(notifications[0].recipient.partition(":")[2] or 0)
    serving = recipients(ctx.session, ctx.today)
    mine = {post for post, people in serving.items() if any(one.person_id == person for one in people)}
    rows = [
        (action, fate)
        for action, fate in end_fates(ctx.session, latest)
        if action.lead_post_id in mine and (whole or fate.ref)
    ]
    headline = f"{ended.name} ended on {day_said(ended.ended_on)}: what becomes of {number_said(len(rows), 'action')}"
    groups = tuple(
        Group(how.value.capitalize(), texts=texts)
        for how in AtPlanEnd
        if (texts := tuple(_line(action, fate) for action, fate in rows if fate.decision.how is how))
    )
    footer = ("“/cypp mine” shows all your actions, and “/cypp old healthy-3” one as it was.",)
    return Written(Content(f"{headline} of yours.", groups=groups, footer=footer))


def _line(action: Action, fate: EndFate) -> str:
    return f"{action.ref} ({clipped(action.words, _WORDS_SHOWN)}): {became_said(fate)}."
