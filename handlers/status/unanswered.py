"""Who did not answer for a meeting: why nobody was asked, what chases them, e-mails for leads without an account."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from handlers.context import RequestContext
from handlers.formatting import day_said, meeting_said, short_day, worst_first
from handlers.people.leavers import has_left
from handlers.press_codec import ask_button, ask_menu
from handlers.responses import Button
from models.enums import NotificationState
from models.plan.people_reads import person_by_id
from models.plan.queries import ActionView
from models.plan.serving import reachable, recipients
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
    who = recipients(ctx.session, ctx.today).get(view.facts.lead_post_id, ())
    if not who:
        return "nobody holds the post"
    someone = [person_by_id(ctx.session, one.person_id) for one in who]
    if all(one is not None and has_left(one) for one in someone):
        return "its holder left"
    if not any(one.person_id in reachable(ctx.session) for one in who):
        return "no account"
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
    can = reachable(ctx.session)
    serving = recipients(ctx.session, ctx.today)
    for view in views:
        who = serving.get(view.facts.lead_post_id or 0, ())
        if who and not any(one.person_id in can for one in who):
            by_person.setdefault(who[0].person_id, []).append(view)
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
