"""What a log is read against, as the request has it."""

from handlers.context import RequestContext
from handlers.logs.draft import LogPlan
from models.enums import MeetingState
from models.plan.action_reads import words_by_ref
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar


def log_plan(ctx: RequestContext, calendar: BoardCalendar) -> LogPlan:
    """Return the plan's words, a board's meetings and the plan's actions."""
    days = [
        local_day(one.starts_at, ctx.zone)
        for one in calendar.meetings
        if one.starts_at is not None and one.state is not MeetingState.CANCELLED
    ]
    board = calendar.board
    chair = next((one.key for one in ctx.vocabulary.names().posts if one.id == board.chair_post_id), "")
    return LogPlan(ctx.vocabulary, board.key, tuple(sorted(days)), ctx.today, words_by_ref(ctx.session), chair)
