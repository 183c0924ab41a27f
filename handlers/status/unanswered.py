"""Who did not answer for a meeting: why nobody was asked, what chases them, e-mails for leads without an account."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from handlers.buttons import AssignIt
from handlers.context import RequestContext
from handlers.formatting import day_said, meeting_said, short_day, worst_first
from handlers.people.lookup import hand_over_words
from handlers.permissions import About, may
from handlers.press_codec import ask_button, ask_menu, value_menu
from handlers.responses import Button
from models.enums import NotificationState, Verb
from models.plan.people_reads import person_by_id
from models.plan.queries import ActionView
from models.plan.serving import Unserved, recipients, unserved
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.notification_tables import Notification

Row = TypeVar("Row")


def not_asked_because(ctx: RequestContext, view: ActionView, notifications: Sequence[Notification]) -> str:
    """Return why nobody was asked about an action; "" where somebody was."""
    mine = [notification for notification in notifications if notification.subject == view.facts.id]
    if any(notification.state is NotificationState.SENT for notification in mine):
        return ""
    if view.facts.lead_post_id is None:
        return "no lead"
    if why := unserved(ctx.session, ctx.today, (view.facts.lead_post_id,)):
        return why[view.facts.lead_post_id].value
    who = recipients(ctx.session, ctx.today).get(view.facts.lead_post_id, ())
    calendar = ctx.calendar(view.facts.board_id)
    meeting = calendar.by_id.get(mine[0].meeting_id) if mine and calendar else None
    meeting = meeting or (calendar.next(ctx.now) if calendar else None)
    if calendar and meeting and (away := away_until(ctx, view, meeting, calendar)):
        return away
    reasons = [notification.reason for notification in mine if notification.reason]
    if reasons:
        return reasons[-1]
    if any(span.first <= ctx.today for one in who for span in one.closed):
        return "the organisation was closed"
    return "came too late to be asked"


def away_until(ctx: RequestContext, view: ActionView, meeting: MeetingFacts, calendar: BoardCalendar) -> str:
    """Return "away until Mon 14 Sep" where everybody asked about an action is away on a day of asking."""
    who = recipients(ctx.session, ctx.today).get(view.facts.lead_post_id or 0, ())
    days = [day for _, day in calendar.dates(meeting).steps] if meeting.dated else []
    spans = [[span for span in one.away if any(day in span for day in days)] for one in who]
    if not spans or not all(spans):
        return ""
    return f"away until {short_day(max(span.last for some in spans for span in some))}"


def emails_ready(
    ctx: RequestContext, views: Sequence[ActionView], meeting: MeetingFacts, calendar: BoardCalendar
) -> tuple[str, ...]:
    """Return an e-mail text, ready to copy, for each lead who cannot be written to here."""
    by_person: dict[int, list[ActionView]] = {}
    serving = recipients(ctx.session, ctx.today)
    lacking = unserved(ctx.session, ctx.today, {view.facts.lead_post_id or 0 for view in views})
    for view in views:
        post_id = view.facts.lead_post_id or 0
        if lacking.get(post_id) in (Unserved.NO_ACCOUNT, Unserved.LEFT):
            by_person.setdefault(serving[post_id][0].person_id, []).append(view)
    texts = []
    papers = day_said(calendar.dates(meeting).papers)
    for person_id, mine in by_person.items():
        someone = person_by_id(ctx.session, person_id)
        items = "\n".join(f"- {view.ref}: {view.words}" for view in mine)
        name, email = (someone.name, someone.email) if someone else ("", "")
        to = email or f"{name or mine[0].lead} (no e-mail address on record)"
        texts.append(
            f"To: {to}\n"
            f"Subject: Update wanted for the {calendar.board.name} of {meeting_said(meeting, calendar)}\n"
            f"The papers go out on {papers}. Could you say in a line or two how these stand "
            f"(on track, some issues, off track or done)?\n{items}"
        )
    return tuple(texts)


def unserved_said(ctx: RequestContext, view: ActionView) -> tuple[str, ...]:
    """Return why nobody can be asked about an action, with what changes that for those who may; () where somebody can.

    Its card has *Assign…* for them.
    """
    post_id = view.facts.lead_post_id
    if view.parts:
        return ()
    may_assign = not ctx.shared and may(ctx.roles, Verb.ASSIGN, About(post_id, view.facts.board_id))
    if post_id is None:
        return ("Nobody leads it, so nobody is asked" + (": “Assign…” gives it a lead." if may_assign else "."),)
    why = unserved(ctx.session, ctx.today, (post_id,)).get(post_id)
    if why is None:
        return ()
    said = f"Nobody is asked: {_WHY_NOBODY[why]}."
    if not may_assign:
        return (said,)
    if why is Unserved.NO_ACCOUNT:
        return (said, f"“/cypp update {view.ref} STATUS words, by e-mail of 4 Sep” records an answer for them.")
    return (said, f"“Assign…” gives it to another post; {hand_over_words(ctx, post_id)} says who holds this one.")


_WHY_NOBODY = {
    Unserved.VACANT: "the post that leads it is vacant",
    Unserved.LEFT: "the holder of the post that leads it has left",
    Unserved.NO_ACCOUNT: "its lead has no account here",
}


def asks_nobody(post_id: int | None, lacking: Mapping[int, Unserved]) -> bool:
    """Return whether another lead is wanted: there is none, or nobody holds the post any more."""
    return not post_id or lacking.get(post_id) in (Unserved.VACANT, Unserved.LEFT)


def assign_menu(leaderless: Sequence[tuple[str, int]]) -> tuple[Button, ...]:
    """Return the menu that gives another lead to actions that nobody can be asked about.

    Args:
        leaderless: what each is called, and its number.
    """
    each = [(name, AssignIt(action=action_id)) for name, action_id in leaderless]
    return (value_menu("Assign…", each),) if each else ()


def chase_words(whom: str, about: str) -> str:
    """Return what is typed to chase somebody, "" for everyone, for a meeting or board."""
    return f"chase {whom or 'everyone'}{f' for {about}' if about else ''}"


def chase_buttons(ctx: RequestContext, leads: Mapping[int, str], about: str, *, again: bool) -> tuple[Button, ...]:
    """Return what chases all of some leads, and a menu that chases one.

    Args:
        ctx: the request.
        leads: what each is called, by the number of their post.
        about: for which meeting or board, as it is typed.
        again: whether anybody was asked for it before.
    """
    if not leads:
        return ()
    keys = {post.id: post.key for post in ctx.plan_names.posts}
    each = [(label, chase_words(keys[post_id], about)) for post_id, label in leads.items() if post_id in keys]
    everyone = ask_button("Chase all" if again else "Ask now", chase_words("", about))
    return (everyone, ask_menu("Chase one lead…" if again else "Ask one lead…", each)) if each else (everyone,)


def leads_together(
    rows: Sequence[Row], view_of: Callable[[Row], ActionView], calendars: dict[int, BoardCalendar], now: datetime
) -> list[Row]:
    """Return rows with those of one lead beside each other, the lead with most meetings missed first."""
    ordered = {view.facts.id: n for n, view in enumerate(worst_first(map(view_of, rows), calendars, now))}
    first: dict[str, int] = {}
    for row in rows:
        view = view_of(row)
        first[view.lead] = min(first.get(view.lead, len(rows)), ordered[view.facts.id])
    return sorted(rows, key=lambda row: (first[view_of(row).lead], ordered[view_of(row).facts.id]))
