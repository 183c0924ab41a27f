"""Report on a valid plan file: what was counted, assumed, or left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from models.enums import Kind, MeetingState, Status
from models.files.planfile.problems import listing
from models.files.planfile.schema import FileAction, FileBoard, FileMeeting, FilePost, PlanFile
from models.rules.calendar import Span, WorkingDays

ODD_DAYS = "Meetings on a weekend, a bank holiday or a closed day: please check the date"


def meeting_start(plan: PlanFile, meeting: FileMeeting) -> datetime | None:
    """Return the instant a meeting of a plan starts (UTC); None while its date is to be confirmed."""
    if meeting.date is None:
        return None
    local = datetime.combine(meeting.date, meeting.time, tzinfo=ZoneInfo(plan.plan.zone))
    return local.astimezone(UTC)


def was_held(plan: PlanFile, meeting: FileMeeting, now: datetime) -> bool:
    """Return whether a meeting has begun by `now` and is not cancelled."""
    start = meeting_start(plan, meeting)
    return start is not None and start <= now and meeting.state is not MeetingState.CANCELLED


@dataclass(frozen=True)
class PlanReport:
    """What was read: what was counted, and the rest by the words that its sentence begins with.

    Refs, post keys and meetings are in the order of the file.
    """

    counted: str
    told: Mapping[str, tuple[str, ...]]

    def sentences(self) -> tuple[str, ...]:
        """Return the report in words, one sentence for each thing there is to say."""
        return (self.counted, *self.about(*self.told))

    def about(self, *words: str) -> tuple[str, ...]:
        """Return the sentences that begin with some words, where there is something to say."""
        some = ((one, self.told[one]) for one in words)
        return tuple(f"{one} ({len(found):,}): {listing(found, 40)}." for one, found in some if found)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _counted(plan: PlanFile) -> str:
    number = Counter(action.kind for action in plan.actions)
    kinds = listing(_count(number[kind], str(kind)) for kind in Kind if number[kind])
    return (
        f"{plan.plan.name}: {_count(len(plan.themes), 'theme')}, "
        f"{_count(len(plan.priorities), 'priority', 'priorities')}, {_count(len(plan.actions), 'action')}"
        + (f" ({kinds})." if kinds else ".")
    )


def _lacks_due(action: FileAction) -> bool:
    return action.kind is not Kind.STANDING and action.due is None and action.due_date is None


def report_on(plan: PlanFile, now: datetime) -> PlanReport:
    """Return the report on a plan."""
    themes = {priority.number: priority.theme for priority in plan.priorities}
    served = {action.theme for action in plan.actions}
    served |= {themes[each] for action in plan.actions for each in action.priorities}
    leads = {action.lead for action in plan.actions}
    posts = [post for post in plan.posts if post.key in leads]
    meetings = [(board, meeting) for board in plan.boards for meeting in board.meetings]

    def refs(holds: Callable[[FileAction], object]) -> tuple[str, ...]:
        return tuple(action.ref for action in plan.actions if holds(action))

    def unwritten(kind: Kind) -> tuple[str, ...]:
        return refs(lambda one: one.kind_written is None and one.kind is kind)

    unsaid = "No kind is given, and there is"
    deliverables = f"{unsaid} a due meeting: taken as deliverables, which can be finished"
    given_out = f"{unsaid} a date or the meeting that gave it: taken as board actions, which a meeting gives out"
    standing = "No kind is given, nor when it is due: taken as standing commitments, never late and never complete"
    told = {
        "Themes without actions": tuple(theme.name for theme in plan.themes if theme.key not in served),
        deliverables: unwritten(Kind.DELIVERABLE),
        given_out: unwritten(Kind.BOARD_ACTION),
        standing: unwritten(Kind.STANDING),
        "Without a lead": refs(lambda one: one.lead is None),
        "Without a due meeting": refs(_lacks_due),
        "Board actions that do not say which meeting gave them": refs(
            lambda one: one.kind is Kind.BOARD_ACTION and one.given is None
        ),
        "Statuses without a date, dated today": refs(
            lambda one: one.status is not Status.NOT_STARTED and not one.status_date
        ),
        "Leads whose post is vacant": tuple(post.key for post in posts if post.holder is None),
        "Leads without an account": tuple(post.key for post in posts if _unreachable(post)),
        "Boards without a secretary: the administrators are told instead": tuple(
            board.key for board in plan.boards if board.secretary is None
        ),
        "Meetings already held": tuple(_name(board, one) for board, one in meetings if was_held(plan, one, now)),
        ODD_DAYS: tuple(_name(board, one) for board, one in meetings if _is_odd(board, one)),
        "Meetings with the date to be confirmed": tuple(_name(board, one) for board, one in meetings if one.expected),
    }
    return PlanReport(_counted(plan), told)


def _is_odd(board: FileBoard, meeting: FileMeeting) -> bool:
    """Return whether a meeting is on a day on which nobody works, often a slip."""
    closed, opened = (tuple(Span(one.starts, one.ends) for one in some) for some in (board.closed, board.opened))
    working = WorkingDays(closed, board.nation, opened)
    planned = meeting.date is not None and meeting.state is not MeetingState.CANCELLED
    return planned and meeting.date is not None and not working.is_working(meeting.date)


def _unreachable(post: FilePost) -> bool:
    return post.holder is not None and not post.holder.has_account


def _name(board: FileBoard, meeting: FileMeeting) -> str:
    return f"{board.key} {meeting.date or meeting.expected}"
