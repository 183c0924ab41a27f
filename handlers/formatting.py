"""How things are said, in one place: days, meetings, counts, and one action on one line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import TypeVar

from handlers.responses import NEVER_DUE, ActionLine, Button
from models.enums import OPEN, WORST_FIRST, AnswerKind, Kind, MeetingState, Status
from models.plan.listed_actions import ListedAction
from models.plan.queries import HELD, REDACTED, ActionView
from models.records.partner_parts import PartFacts, counting_parts
from models.rules.calendar import local_day
from models.rules.facts import ActionFacts, BoardCalendar, MeetingFacts
from models.rules.owed import is_awaiting, is_overdue, meetings_missed

Listed = TypeVar("Listed", ActionView, ListedAction)

_RANK = {status: rank for rank, status in enumerate(WORST_FIRST)}
WORDS = 300
LAST_WORDS = 280
"""How much of an action's words and last words a list shows: ten such lines fit a message. Its card shows all."""
OVERDUE_MEANS = (
    "Overdue means: open, past its due meeting by five working days (or with its outcome recorded) and without a new "
    "due meeting; a board action with a date, from the next day."
)
CANCELLED = " (cancelled)"
"""What follows a meeting that was cancelled."""
IN_PAPERS = (
    "Words may be published in board papers and asked for under the Freedom of Information Act. "
    "Do not name or describe a child."
)


@lru_cache(maxsize=512)
def day_said(day: date) -> str:
    """Return a day as it is said: "Wed 16 Sep 2020"."""
    return f"{day:%a} {day.day} {day:%b %Y}"


@lru_cache(maxsize=512)
def short_day(day: date) -> str:
    """Return a day where the year is plain: "Wed 16 Sep"."""
    return f"{day:%a} {day.day} {day:%b}"


def time_said(when: datetime, calendar: BoardCalendar) -> str:
    """Return a local clock time: "14:00"."""
    return f"{when.astimezone(calendar.zone):%H:%M}"


def meeting_said(meeting: MeetingFacts, calendar: BoardCalendar) -> str:
    """Return a meeting in words: its local day, or the month it is expected in, and whether it was cancelled."""
    cancelled = meeting.state is MeetingState.CANCELLED
    if meeting.starts_at is None:
        year, month = meeting.expected.split("-")
        said = f"{date(int(year), int(month), 1):%B %Y}"
        return f"{said}{CANCELLED}" if cancelled else f"{said}, date to be confirmed"
    said = day_said(local_day(meeting.starts_at, calendar.zone))
    return f"{said}{CANCELLED}" if cancelled else said


def meeting_as_typed(meeting: MeetingFacts, calendar: BoardCalendar) -> str:
    """Return the words that name a meeting and no other, as they may stand in a command."""
    day = calendar.day(meeting).isoformat() if meeting.starts_at else meeting_said(meeting, calendar).partition(",")[0]
    return f"{day} {calendar.board.key}"


def updates_and_papers_said(meeting: MeetingFacts, calendar: BoardCalendar) -> str:
    """Return the days before a meeting: "updates due Wed 2 Sep, papers Wed 9 Sep"."""
    dates = calendar.dates(meeting)
    return f"updates due {short_day(dates.updates_due)}, papers {short_day(dates.papers)}"


def number_said(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 action", "3 actions"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def times_said(count: int) -> str:
    """Return "once", "twice" or "3 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def listed(some: Sequence[str]) -> str:
    """Join words as "a, b and c"."""
    return some[0] if len(some) == 1 else f"{', '.join(some[:-1])} and {some[-1]}" if some else ""


def span_said(numbers: Sequence[int]) -> str:
    """Return "priority 7", "priorities 7–9" or "priorities 1, 3 and 5"."""
    if len(numbers) == 1:
        return f"priority {numbers[0]}"
    if list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"priorities {numbers[0]}–{numbers[-1]}"
    return f"priorities {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def counts_said(views: Iterable[ActionView | ListedAction]) -> str:
    """Return how many stand where, worst first: "1 off track, 2 some issues, 5 on track"."""
    return statuses_said(view.facts.status for view in views)


def statuses_said(statuses: Iterable[Status]) -> str:
    """Return how many of some statuses there are, worst first."""
    counted = Counter(statuses)
    return ", ".join(f"{counted[status]} {status.value}" for status in WORST_FIRST if counted[status])


def overdue_among(views: Iterable[Listed], calendars: dict[int, BoardCalendar], now: datetime) -> list[Listed]:
    """Return the overdue ones: most meetings missed first, then worst rating, then due, then as printed in the plan."""
    found = []
    for view in views:
        calendar = calendars.get(view.facts.board_id or 0)
        if calendar is not None and is_overdue(view.facts, calendar, now):
            found.append((-meetings_missed(view.facts, calendar, now), _by_rating(view, calendars), view))
    return [view for _, _, view in sorted(found, key=itemgetter(0, 1))]


def worst_first(
    views: Iterable[Listed],
    calendars: dict[int, BoardCalendar],
    now: datetime,
    overdue: list[Listed] | None = None,
) -> list[Listed]:
    """Sort overdue ones first, most meetings missed before others, then by rating, due, and as printed in the plan."""
    views = list(views)
    overdue = overdue_among(views, calendars, now) if overdue is None else overdue
    ids = {view.facts.id for view in overdue}
    rest = (view for view in views if view.facts.id not in ids)
    return overdue + sorted(rest, key=lambda view: _by_rating(view, calendars))


def _by_rating(view: ActionView | ListedAction, calendars: dict[int, BoardCalendar]) -> tuple[int, int, int]:
    return _RANK[view.facts.status], due_order(view.facts, calendars), view.position


def due_order(facts: ActionFacts, calendars: dict[int, BoardCalendar]) -> int:
    """Return a number that sorts by when an action is due: its day, or the end of an expected month."""
    calendar = calendars.get(facts.board_id or 0)
    meeting = calendar.by_id.get(facts.due_meeting_id or 0) if calendar else None
    day = facts.due_date or (calendar.day(meeting) if calendar and meeting and meeting.starts_at else None)
    if day is not None:
        return int(f"{day:%Y%m%d}")
    return int(f"{meeting.expected.replace('-', '')}99") if meeting is not None else NEVER_DUE


def to_begin_said(calendar: BoardCalendar, now: datetime) -> str:
    """Return the day on which a board's reminders begin, where that is still to come; else ""."""
    started = calendar.board.started_at
    return day_said(local_day(started, calendar.zone)) if started is not None and started > now else ""


_KIND_MEANS = {
    Kind.DELIVERABLE: "it can be finished, and is due at a meeting",
    Kind.STANDING: "never late, never complete; looked at once a year",
    Kind.BOARD_ACTION: "given out in a meeting; due at one or on a day",
}


def kind_said(kind: Kind) -> str:
    """Return a kind of action with what it means; short enough for a menu."""
    return f"{kind.value}: {_KIND_MEANS[kind]}"


def due_said(view: ActionView, calendars: dict[int, BoardCalendar]) -> str:
    """Return when an action is due, as it is said."""
    facts = view.facts
    if facts.kind is Kind.STANDING:
        return "standing commitment"
    if facts.due_date is not None:
        return f"due {day_said(facts.due_date)}"
    calendar = calendars.get(facts.board_id or 0)
    meeting = calendar.by_id.get(facts.due_meeting_id or 0) if calendar else None
    if calendar is None or meeting is None:
        return "no due meeting"
    return f"{'due' if facts.status in OPEN else 'was due'} {meeting_said(meeting, calendar)}"


def progress_said(parts: Sequence[PartFacts]) -> str:
    """Return how far the partners of an action are: "5 of 8 done; outstanding: police, CCG"."""
    counted = counting_parts(parts)
    left = [part for part in counted if not part.is_done]
    said = f"{len(counted) - len(left)} of {len(counted)} done"
    return f"{said}; outstanding: {', '.join(part.organisation for part in left)}" if left else said


def facts_said(view: ActionView, calendars: dict[int, BoardCalendar], now: datetime) -> tuple[str, ...]:
    """Return the short facts under an action: lead, due meeting, overdue, re-plans."""
    facts = view.facts
    said = [view.lead or "no lead", due_said(view, calendars)]
    if facts.lead_in_question:
        said[0] += " (in question)"
    calendar = calendars.get(facts.board_id or 0)
    if calendar is not None and is_overdue(facts, calendar, now):
        missed = meetings_missed(facts, calendar, now)
        said.append(f"overdue, {number_said(missed, 'meeting')} missed" if missed else "overdue")
    if is_awaiting(facts):
        said.append("awaiting the board")
    if view.parts:
        said.append(progress_said(view.parts))
    if view.replans:
        said.append(f"re-planned {times_said(view.replans)}")
    if view.last_kind is AnswerKind.NO_CHANGE:
        running = _meetings_for(view, calendar)
        said.append(f"no change, {_ordinal(running)} meeting running" if running > 1 else "no change")
    elif view.last_kind is AnswerKind.VERBAL:
        said.append("verbal update at the meeting")
    elif view.last_kind is AnswerKind.TO_FOLLOW and facts.follow_by:
        said.append(f"update to follow by {short_day(facts.follow_by)}")
    return tuple(said)


def _meetings_for(view: ActionView, calendar: BoardCalendar | None) -> int:
    """Count for how many meetings running *no change* was said.

    Two answers for one meeting count as one, and a meeting without an answer ends the run.
    """
    meetings = [calendar.next(at) for at in view.no_changes] if calendar else []
    said = {meeting.id for meeting in meetings if meeting is not None}
    latest, running = meetings[0] if meetings else None, 0
    while calendar is not None and latest is not None and latest.id in said:
        latest, running = calendar.previous(latest), running + 1
    return running


def _ordinal(count: int) -> str:
    words = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    return words.get(count, f"{count}th")


def clipped(words: str, limit: int) -> str:
    """Return words cut to so many characters, with an ellipsis where something was cut."""
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def last_said(view: ActionView, limit: int = LAST_WORDS) -> str:
    """Return the last words with their date and signature; "" where nobody has said anything."""
    if not view.last_words:
        return ""
    signed = ", ".join(filter(None, (short_day(view.last_on) if view.last_on else "", view.last_by)))
    if view.last_words in (HELD, REDACTED):
        return f"{view.last_words}, {signed}".rstrip(", ")
    held = " (not for publication)" if view.held_words else ""
    whose = "The board: " if view.last_is_the_boards else ""
    return f"{whose}“{clipped(view.last_words, limit)}”{held} {signed}".rstrip()


def action_line(
    view: ActionView,
    calendars: dict[int, BoardCalendar],
    now: datetime,
    buttons: tuple[Button, ...] = (),
    answered: str = "",
    *,
    whole: bool = False,
) -> ActionLine:
    """Return one action in a list; `whole`: with all its words."""
    return ActionLine(
        ref=view.ref,
        words=view.words if whole else clipped(view.words, WORDS),
        status=view.facts.status,
        facts=facts_said(view, calendars, now),
        last=last_said(view, len(view.last_words) if whole else LAST_WORDS),
        buttons=buttons,
        answered=answered,
    )


def status_said(status: Status) -> str:
    """Return the word for a status, as in "is on track"."""
    return {Status.COMPLETE: "complete: closed by the board"}.get(status, status.value)
