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
from models.notifications.lookups import people_at
from models.plan.plan_ends import EndFate, end_fates, ended_plans
from models.plan.serving import reachable, recipients
from models.rules.steps import PlanEnded, PlanFollowed, PlanResumed
from models.storage.history_tables import EndedPlan
from models.storage.notification_tables import Notification
from models.storage.tables import Action

_WORDS_SHOWN = 90
_FOOTER = ("“/cypp mine” shows all your actions.", "“/cypp old healthy-3” shows one as it was.")


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


def end_undone_notices(ctx: RequestContext, ended: EndedPlan) -> list[NoticeOut]:
    """Return whom to tell that a plan runs again: whoever was told that it ended, or is about to be."""
    people = people_at(ctx.session, NotificationKind.PLAN_ENDED, PlanEnded(ended.id), sent=False)
    board = next((number for number, one in ctx.calendars.items() if one.board.started_at is not None), None)
    can, step = reachable(ctx.session), PlanResumed(ended.id)
    kind = NotificationKind.PLAN_ENDED
    return [NoticeOut(kind, one, step=step, board_id=board, person_id=one) for one in people if board and one in can]


def _is_started(ctx: RequestContext, action: Action) -> bool:
    calendar = ctx.calendar(action.board_id)
    return calendar is not None and calendar.board.started_at is not None


def write_plan_end(ctx: RequestContext, notifications: Sequence[Notification]) -> Written:
    """Write what became of somebody's actions; nothing where the end of their plan was taken back.

    Whoever was told of that end is told that it was.
    """
    steps = [one.step for one in notifications if isinstance(one.step, PlanEnded | PlanFollowed | PlanResumed)]
    latest = max(one.plan_id for one in steps)
    ended = next((one for one in ended_plans(ctx.session) if one.id == latest), None)
    person = int(notifications[0].recipient.partition(":")[2] or 0)
    if ended is None:
        told = people_at(ctx.session, NotificationKind.PLAN_ENDED, PlanEnded(latest), sent=True)
        if ctx.plan is None or PlanResumed(latest) not in steps or person not in told:
            return Written(None, unsaid=frozenset(one.id for one in notifications))
        headline = f"{ctx.plan.name} runs again: that it ended was taken back."
        return Written(Content(headline, intro=("Your actions stand as they did before.",), footer=_FOOTER[:1]))
    whole = PlanEnded(latest) in steps
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
    return Written(Content(f"{headline} of yours.", groups=groups, footer=(" ".join(_FOOTER),)))


def _line(action: Action, fate: EndFate) -> str:
    return f"{action.ref} ({clipped(action.words, _WORDS_SHOWN)}): {became_said(fate)}."
