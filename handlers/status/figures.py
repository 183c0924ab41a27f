"""The figures a council asks for: how messages were read, and how many leads answered before papers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from handlers.commands.questions import ShowFigures
from handlers.context import RequestContext
from handlers.formatting import day_said, meeting_said, number_said
from handlers.permissions import may, why_not
from handlers.reading.normalise import quoted
from handlers.responses import Content, Group, Response, say
from handlers.status.changes import since_when
from models.enums import MessageKind, MessageStage, Verb
from models.records.lead_figures import MeetingFigures, meeting_figures
from models.records.message_counts import PRESS_COUNTS_DAYS, Counted, counted_between
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar
from models.storage.sessions import Session

FIGURE_DAYS = 90
"""How many days back, where nobody says since when."""
_GIVEN_UP, _STILL_WAITING = "given up", "waiting"
READINGS: Mapping[str, str] = {
    MessageStage.AT_ONCE: "right at once",
    MessageStage.CONFIRMED: "shown and confirmed",
    MessageStage.SETTLED: "asked about and answered",
    _GIVEN_UP: "given up",
    MessageStage.UNDONE: "undone",
    _STILL_WAITING: "waiting",
}
"""What became of a message, in the order of the table: every message is one of these."""
_MEANINGS = (
    "right at once: recorded or answered without a press. shown and confirmed, asked about and answered: by a press.",
    "given up: nothing was pressed by the end of the next day. waiting: it may still be. undone: by Undo.",
)


@dataclass(frozen=True, slots=True)
class FigureDays:
    """Some local days, both included."""

    since: date
    until: date

    def __str__(self) -> str:
        return f"from {day_said(self.since)} to {day_said(self.until)}"


def readings_by_kind(counters: Iterable[Counted], today: date) -> dict[MessageKind, dict[str, int]]:
    """Return how many messages of each kind came to what; kinds that nobody wrote are left out."""
    found: dict[MessageKind, dict[str, int]] = {}
    for one in counters:
        waits = one.stage in (MessageStage.SHOWN, MessageStage.ASKED)
        gone = today - one.day > timedelta(PRESS_COUNTS_DAYS)
        what = (_GIVEN_UP if gone else _STILL_WAITING) if waits else one.stage.value
        row = found.setdefault(one.kind, dict.fromkeys(READINGS, 0))
        row[what] += one.messages
    return {kind: found[kind] for kind in MessageKind if kind in found and any(found[kind].values())}


def figures_said(
    rows: Mapping[MessageKind, Mapping[str, int]], meetings: Sequence[MeetingFigures], period: FigureDays
) -> list[str]:
    """Return all figures as sentences, the news first."""
    if not rows and not meetings:
        return [f"There are no figures {period}: no message was counted, and no papers wanted an answer."]
    return [*_messages_said(rows, period), *_leads_said(meetings, period)]


def _messages_said(rows: Mapping[MessageKind, Mapping[str, int]], period: FigureDays) -> list[str]:
    if not rows:
        return [f"No message was counted {period}."]
    every = sum(sum(row.values()) for row in rows.values())
    at_once = sum(row[MessageStage.AT_ONCE] for row in rows.values())
    headline = f"{number_said(every, 'message')} {period}: {at_once} right at once ({share_said(at_once, every)})."
    kinds = (
        f"{kind.value}, {number_said(sum(row.values()), 'message')}: {_counts(row)}." for kind, row in rows.items()
    )
    return [headline, *kinds, *_MEANINGS]


def _counts(row: Mapping[str, int]) -> str:
    return ", ".join(f"{many} {READINGS[what]}" for what, many in row.items() if many)


def _leads_said(meetings: Sequence[MeetingFigures], period: FigureDays) -> list[str]:
    if not meetings:
        return [f"No papers went out {period} for which an answer was wanted."]
    waits = [wait for one in meetings for wait in one.waits]
    took = f"; the median time from request to answer was {time_taken(waits)}" if waits else ""
    found = [f"{_answered(meetings)}, over {number_said(len(meetings), 'meeting')}{took}."]
    for one in meetings if len(meetings) > 1 else ():
        median_said = f"; median time {time_taken(one.waits)}" if one.waits else ""
        found.append(f"{_meeting_named(one)}: {_answered([one])}{median_said}.")
    return found


def _answered(meetings: Sequence[MeetingFigures]) -> str:
    leads, answered = sum(one.leads for one in meetings), sum(one.answered for one in meetings)
    return f"{answered} of {number_said(leads, 'lead')} ({share_said(answered, leads)}) answered before papers"


def figure_rows(
    rows: Mapping[MessageKind, Mapping[str, int]], meetings: Iterable[MeetingFigures]
) -> list[tuple[str, str, str, str]]:
    """Return all figures for a spreadsheet: what they are about, of what, the figure's name, the number."""
    found = [
        ("messages", kind.value, READINGS[what], str(many)) for kind, row in rows.items() for what, many in row.items()
    ]
    for one in meetings:
        named = _meeting_named(one)
        found.append(("leads", named, "leads", str(one.leads)))
        found.append(("leads", named, "answered before papers", str(one.answered)))
        if one.waits:
            hours = _median_seconds(one.waits) / 3600
            found.append(("leads", named, "median hours from request to answer", f"{hours:.1f}"))
    return found


def _meeting_named(one: MeetingFigures) -> str:
    """Return a meeting with its board."""
    return f"{one.calendar.board.name}, {meeting_said(one.meeting, one.calendar)}"


def share_said(some: int, every: int) -> str:
    """Return a share in whole per cent; one that is not all is never said as 100 %, nor one that is some as 0 %."""
    share = round(100 * some / every)
    return f"{min(max(share, int(some > 0)), 100 if some == every else 99)} %"


def time_taken(waits: Collection[timedelta]) -> str:
    """Return the median of some times in words: "3 days 4 hours", "20 minutes"; "" of none."""
    if not waits:
        return ""
    minutes = round(_median_seconds(waits) / 60)
    days, hours, left = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "day"), (hours, "hour")] if days else [(hours, "hour"), (left, "minute")]
    return " ".join(number_said(many, unit) for many, unit in parts if many) or "less than a minute"


def _median_seconds(waits: Collection[timedelta]) -> float:
    """Return the median of some times, in seconds."""
    return median(wait.total_seconds() for wait in waits)


def read_figures(
    session: Session, calendars: Mapping[int, BoardCalendar], period: FigureDays, now: datetime, *, leads_only: bool
) -> tuple[dict[MessageKind, dict[str, int]], list[MeetingFigures]]:
    """Return the messages of some days by kind and what they came to, and the meetings whose papers went out in them.

    Args:
        session: reads in one workspace.
        calendars: the boards that count.
        period: the days.
        now: the plan's time.
        leads_only: without the messages, which are counted for the whole plan.
    """
    today = local_day(now, next(iter(calendars.values())).zone) if calendars else now.date()
    rows = {} if leads_only else readings_by_kind(counted_between(session, period.since, period.until), today)
    return rows, meeting_figures(session, calendars, period.since, period.until, now)


def show_figures(ctx: RequestContext, command: ShowFigures) -> Response:
    """Answer `figures [since DAY]`: as on the command line, for secretaries and administrators."""
    if not may(ctx.roles, Verb.FIGURES):
        return say(why_not(Verb.FIGURES))
    first = ctx.today - timedelta(FIGURE_DAYS - 1)
    if command.since:
        since = since_when(ctx, command.since)
        if since is None:
            why = f"I do not read {quoted(command.since)} as a day that is past."
            return say(why, f"“/cypp figures” shows the last {FIGURE_DAYS} days.", typed=command.since)
        first = local_day(since[0], ctx.zone)
    period = FigureDays(first, ctx.today)
    headline, *lines = figures_said(
        *read_figures(ctx.session, ctx.calendars, period, ctx.now, leads_only=False), period
    )
    return Response(Content(headline, groups=(Group(texts=tuple(lines)),) if lines else ()))
