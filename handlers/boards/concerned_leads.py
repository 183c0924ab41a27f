"""The leads whose actions a meeting's change concerns: how many are told, whom nobody can reach, and what tells them.

Source: docs/explanation/boards-and-dates.md, Changing meetings.
"""

from collections.abc import Sequence

from handlers.context import RequestContext
from handlers.formatting import number_said
from handlers.responses import NoticeOut
from models.enums import NotificationKind
from models.plan.action_filter import ActionFilter
from models.plan.serving import reachable, recipients
from models.records.settings_log import meeting_changes
from models.rules.facts import MeetingFacts
from models.rules.steps import MeetingChanged
from models.storage.tables import Action


def leads_of(ctx: RequestContext, actions: Sequence[Action]) -> dict[int, int]:
    """Return the post that answers for each action; of an action for all partners for each part."""
    ids = {action.id for action in actions}
    views = ctx.views_to_answer(ActionFilter(ids=ids)) if ids else []
    parts = [view for whole in ids for view in ctx.views_to_answer(ActionFilter(parent_id=whole))] if ids else []
    return {view.facts.id: view.facts.lead_post_id for view in (*views, *parts) if view.facts.lead_post_id is not None}


def leads_told(
    ctx: RequestContext, actions: Sequence[Action], meeting: MeetingFacts, leads: dict[int, int] | None = None
) -> list[str]:
    """Say how many leads are told, and whom nobody can reach."""
    posts = set((leads if leads is not None else leads_of(ctx, actions)).values())
    calendar = ctx.where(meeting.id)
    if not posts or calendar is None or calendar.board.started_at is None:
        return []
    can, serving = reachable(ctx.session), recipients(ctx.session, ctx.today)
    known = {post for post in posts if any(one.person_id in can for one in serving.get(post, ()))}
    said = [f"{number_said(len(known), 'lead')} told in working hours."] if known else []
    others = sorted(ctx.posts[post] for post in posts - known)
    return [*said, *([f"Please tell those without an account yourself: {'; '.join(others)}."] if others else [])]


def lead_notices(
    ctx: RequestContext, actions: Sequence[Action], meeting: MeetingFacts, leads: dict[int, int] | None = None
) -> list[NoticeOut]:
    """Return what tells the leads, once for this change."""
    change = MeetingChanged(meeting_changes(ctx.session, meeting.id)[-1].id)
    concerned = leads if leads is not None else leads_of(ctx, actions)
    return [
        NoticeOut(NotificationKind.MEETING, action_id, meeting.id, change, post_id=post)
        for action_id, post in concerned.items()
    ]
