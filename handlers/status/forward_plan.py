"""`forward plan`: what goes to which meeting within the next twelve months.

Source: docs/explanation/boards-and-dates.md, The forward plan.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from handlers.boards.meeting_focus import taken_twice
from handlers.commands.questions import ShowForwardPlan
from handlers.context import RequestContext
from handlers.formatting import day_said, listed, meeting_said, number_said, short_day
from handlers.people.menus import is_coming
from handlers.preconditions import board_named
from handlers.press_codec import shareable
from handlers.responses import Content, Group, Response, say
from models.plan.action_filter import ActionFilter
from models.rules.calendar import local_day, papers_deadline
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.periods import MeasurePeriod
from models.rules.review_cycles import ASKED_AFTER, ends_year, quarters_to_take, taken_at

_YEAR = timedelta(days=366)


def show_forward_plan(ctx: RequestContext, command: ShowForwardPlan) -> Response:
    """Answer `forward plan [board]`."""
    if ctx.plan is None:
        return say("There is no plan here yet, so nothing goes to any meeting.")
    boards = [board_named(ctx, command.board, "forward plan {key}")] if command.board else [*ctx.calendars.values()]
    due = Counter(view.facts.due_meeting_id for view in ctx.listed(ActionFilter(open_only=True)))
    quarters = quarters_to_take(ctx.today)
    groups, taken = [], 0
    for calendar in boards:
        lines = [line for _, line in sorted(_lines(ctx, calendar, due, quarters))]
        taken += sum(is_coming(ctx, one) and one.order < ctx.now + _YEAR for one in calendar.meetings)
        groups.append(Group(calendar.board.name, texts=tuple(lines), empty="" if lines else "No meeting is planned."))
    twice = [said for theme in ctx.themes if (said := taken_twice(ctx, theme.id))]
    return Response(
        Content(
            f"{number_said(taken, 'meeting')} in the next twelve months, and what goes to each.",
            intro=(*twice, *_ends(ctx)),
            groups=tuple(groups),
            footer=(
                "A quarter goes to the first meeting after its figures and risks are asked for; the last quarter of a "
                "year has the year reported and the plan itself reviewed.",
            ),
            shareable=shareable(f"forward plan {command.board}".strip()),
        )
    )


def _ends(ctx: RequestContext) -> Iterator[str]:
    """Yield that the plan ends, where that is within twelve months."""
    plan = ctx.plan
    if plan is not None and plan.ends is not None and ctx.today <= plan.ends < ctx.today + _YEAR:
        yield f"{plan.name} ends on {day_said(plan.ends)}: “/cypp plan” says what is to be decided before."


def _lines(
    ctx: RequestContext, calendar: BoardCalendar, due: Counter[int | None], quarters: tuple[MeasurePeriod, ...]
) -> Iterator[tuple[date, str]]:
    """Yield what a board's meetings take, and what is asked for between them, each with the day that sorts it."""
    days = [calendar.day(one) for one in calendar.dated]
    working = calendar.board.rules.working
    at = taken_at(days, quarters, working)
    for meeting in calendar.meetings:
        if is_coming(ctx, meeting) and meeting.order < ctx.now + _YEAR:
            mine = [quarter for quarter, day in at.items() if meeting.dated and day == calendar.day(meeting)]
            yield local_day(meeting.order, ctx.zone), _meeting_line(ctx, calendar, meeting, due[meeting.id], mine)
    for quarter in quarters:
        asked = working.shift(quarter.end, ASKED_AFTER)
        if asked >= ctx.today:
            nobody = "" if at[quarter] is not None else ", and no meeting takes them yet"
            yield asked, f"{day_said(asked)}: figures and risks of {quarter.name} are asked for{nobody}."


def _meeting_line(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, due: int, quarters: list[MeasurePeriod]
) -> str:
    theme = next((one.name for one in ctx.themes if one.id == meeting.focus_theme_id), "")
    said = [
        f"focus {theme}" if theme else "",
        f"{number_said(due, 'action')} due" if due else "",
        f"{listed([one.name for one in quarters])}: measures and risks" if quarters else "",
        *(f"the year {one.name[3:]} reported, the plan reviewed" for one in quarters if ends_year(one)),
        f"papers {short_day(papers_deadline(calendar.day(meeting), calendar.board.rules))}" if meeting.dated else "",
    ]
    return f"{meeting_said(meeting, calendar)}: {'; '.join(filter(None, said)) or 'nothing yet'}."
