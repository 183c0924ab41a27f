"""`quiet until 14/9`: somebody is asked for nothing on some days; what falls in them waits for the open day after."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from handlers.commands.people import KeepQuiet
from handlers.context import RequestContext
from handlers.formatting import day_said, listed
from handlers.people.deputies import name_button
from handlers.press_codec import ask_button
from handlers.responses import Response, receipt, say
from models.plan.action_filter import ActionFilter
from models.plan.queries import ActionView
from models.plan.serving import away_spans, end_quiet, keep_quiet
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import is_owed

_LONGEST = 92
"""Days: for longer a deputy or another holder is wanted."""


def be_quiet(ctx: RequestContext, command: KeepQuiet) -> Response:
    """Store the days, or end them."""
    person_id = ctx.roles.person_id
    if person_id is None or not ctx.roles.posts:
        return say("You lead no action in this plan, so nothing is asked of you anyway.")
    if command.off:
        if not end_quiet(ctx.session, person_id, ctx.today):
            return say("You were not quiet: you are asked as usual.")
        return receipt("You are asked again from today on.", _meanwhile_said(ctx, ctx.today))
    if command.last is None:
        return _how_it_is(ctx, person_id)
    first, last = command.first or ctx.today, command.last
    wrong = quiet_wrong(ctx, first, last)
    if wrong:
        return say(wrong)
    first = max(first, ctx.today)
    keep_quiet(ctx.session, person_id, first, last, ctx.today, ctx.now)
    due = due_meanwhile(ctx, first, last)
    since = f"from {day_said(first)} " if first > ctx.today else ""
    intro = [
        f"You are asked again from {day_said(last + timedelta(days=1))} on. What comes in between waits until then."
    ]
    if due:
        intro.append(
            f"Updates are due meanwhile on {listed([ref for ref, _ in due])} ({listed(_days(due))}): "
            "answer before you go, or name a deputy."
        )
    buttons = (*((name_button(first, last),) if due else ()), ask_button("Undo", "quiet off"))
    return receipt(f"Quiet {since}until {day_said(last)}.", *intro, buttons=buttons)


def quiet_wrong(ctx: RequestContext, first: date, last: date) -> str:
    """Return why somebody cannot be left alone on these days; "" where they can."""
    if last < ctx.today:
        return f"{day_said(last)} is past, so nothing was changed: name a coming day, with its year."
    if last < first:
        return f"{day_said(last)} comes before {day_said(first)}, so nothing was changed: say the first day first."
    if (last - ctx.today).days > _LONGEST:
        return (
            "That is longer than three months, so nothing was changed: name a deputy for so long, "
            f"“/cypp deputy @person until {last.day}/{last.month}/{last.year}”."
        )
    return ""


def owed_of(ctx: RequestContext) -> Iterator[tuple[ActionView, MeetingFacts, BoardCalendar]]:
    """Yield the actions of the asker's posts on which an update is owed, each with the meeting it is owed for."""
    for view in ctx.views_to_answer(ActionFilter(lead_posts=ctx.roles.posts, open_only=True)):
        owed = owed_for(ctx, view)
        if owed is not None:
            yield view, *owed


def owed_for(ctx: RequestContext, view: ActionView) -> tuple[MeetingFacts, BoardCalendar] | None:
    """Return the meeting for which an update on an action is owed just now, or None."""
    calendar = ctx.calendar(view.facts.board_id)
    meeting = calendar.next(ctx.now) if calendar else None
    owed = calendar and meeting and is_owed(view.facts, meeting, calendar, ctx.now)
    return (meeting, calendar) if calendar and meeting and owed else None


def due_meanwhile(ctx: RequestContext, first: date, last: date) -> list[tuple[str, date]]:
    """Return the actions on which an update is still owed that is due in these days, with the day."""
    found = [(view.ref, calendar.dates(meeting).updates_due) for view, meeting, calendar in owed_of(ctx)]
    return [(ref, day) for ref, day in found if first <= day <= last]


def _days(due: Sequence[tuple[str, date]]) -> list[str]:
    return [day_said(day) for day in sorted({day for _, day in due})]


def _meanwhile_said(ctx: RequestContext, today: date) -> str:
    due = due_meanwhile(ctx, today, today + timedelta(days=_LONGEST))
    return f"You still owe an update on {listed([ref for ref, _ in due])}." if due else ""


def _how_it_is(ctx: RequestContext, person_id: int) -> Response:
    """Answer `quiet` alone: whether it is quiet, and how to say it."""
    spans = away_spans(ctx.session).get(person_id, ())
    coming = next((span for span in spans if span.last >= ctx.today), None)
    if coming is None:
        return say("Until when? You are asked as usual now.", "For instance “/cypp quiet until 14/9”.")
    since = f"from {day_said(coming.first)} " if coming.first > ctx.today else ""
    return say(f"You are quiet {since}until {day_said(coming.last)}.", buttons=(ask_button("End it", "quiet off"),))
