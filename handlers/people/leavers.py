"""Somebody left: the board's secretary is told once which actions their posts lead, with *Assign…* under each."""

from collections.abc import Sequence

from handlers.buttons import AssignIt
from handlers.context import RequestContext
from handlers.formatting import action_line, listed, number_said
from handlers.people.lookup import hand_over_words, name_of
from handlers.press_codec import press_button
from handlers.responses import Content, Group
from models.enums import NotificationState
from models.plan.accounts import CLOSED
from models.plan.action_filter import ActionFilter
from models.plan.people_reads import person_by_id
from models.plan.serving import leavers, reachable, recipients
from models.rules.steps import SomebodyLeft, narrow_step
from models.storage.notification_tables import Notification
from models.storage.tables import Person

STILL_THERE = "Every open action of theirs has somebody to answer for it now."


def write_somebody_left(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write what a secretary is told; None where nobody needs to be told any more."""
    board_id = narrow_step(notification.step, SomebodyLeft).board_id
    calendar, someone = ctx.calendar(board_id), person_by_id(ctx.session, notification.subject)
    if calendar is None or someone is None:
        return None
    posts = leavers(ctx.session, ctx.today).get(someone.id, ())
    views = ctx.views_to_answer(ActionFilter(board_id=board_id, lead_posts=posts, open_only=True)) if posts else []
    name = name_of(someone)
    if not views:
        return None if notification.state is NotificationState.OPEN else Content(f"{name} left.", intro=(STILL_THERE,))
    held = sorted({view.lead for view in views})
    lines = tuple(
        action_line(view, ctx.calendars, ctx.now, (press_button("Assign…", AssignIt(action=view.facts.id)),))
        for view in views
    )
    return Content(
        f"{name} left: {number_said(len(views), 'open action')} of the {calendar.board.name} led by {listed(held)}.",
        intro=(_who_is_asked(ctx, posts), f"To pass a post on whole: {hand_over_words(ctx, posts[0])}."),
        groups=(Group(lines=lines),),
    )


def _who_is_asked(ctx: RequestContext, posts: Sequence[int]) -> str:
    """Return who gets the requests meanwhile."""
    can = reachable(ctx.session)
    serving = recipients(ctx.session, ctx.today)
    others = [one.person_id for post in posts for one in serving.get(post, ()) if one.person_id in can]
    if not others:
        return "Nobody is asked about them until somebody else leads them."
    names = [name_of(person_by_id(ctx.session, one)) for one in dict.fromkeys(others)]
    return f"Meanwhile {listed(names)} {'gets' if len(names) == 1 else 'get'} the requests."


def has_left(someone: Person) -> bool:
    """Return whether somebody's account was closed."""
    return someone.unreachable == CLOSED
