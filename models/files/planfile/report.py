"""Report on a valid plan file: what was counted, assumed, or left open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from models.enums import Kind, MeetingState, Status
from models.files.planfile.problems import listing
from models.files.planfile.schema import FileAction, FileBoard, FileMeeting, FilePost, PlanFile


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


def _listed(words: str) -> tuple[str, ...]:
    """Return a field of the report that is told as a sentence beginning with some words."""
    return cast(tuple[str, ...], field(metadata={"words": words}))


@dataclass(frozen=True)
class PlanReport:
    """What was read. Refs, post keys and meetings are in the order of the file."""

    counted: str
    themes_without_actions: tuple[str, ...] = _listed("Themes without actions")
    taken_as_standing: tuple[str, ...] = _listed("Taken as standing commitments, because no kind is given")
    due_left_out: tuple[str, ...] = _listed("Their due meetings were left out, because a standing commitment has none")
    without_lead: tuple[str, ...] = _listed("Without a lead")
    without_due: tuple[str, ...] = _listed("Without a due meeting")
    without_giving_meeting: tuple[str, ...] = _listed("Board actions that do not say which meeting gave them")
    undated_status: tuple[str, ...] = _listed("Statuses without a date, dated today")
    vacant_leads: tuple[str, ...] = _listed("Leads whose post is vacant")
    leads_without_account: tuple[str, ...] = _listed("Leads without an account")
    boards_without_secretary: tuple[str, ...] = _listed(
        "Boards without a secretary: the administrators are told instead"
    )
    meetings_held: tuple[str, ...] = _listed("Meetings already held")
    meetings_expected: tuple[str, ...] = _listed("Meetings with the date to be confirmed")

    def sentences(self) -> tuple[str, ...]:
        """Return the report in words, one sentence for each thing there is to say."""
        told = [(info.metadata["words"], getattr(self, info.name)) for info in fields(self) if info.metadata]
        return (
            self.counted,
            *(f"{words} ({len(found):,}): {listing(found, 40)}." for words, found in told if found),
        )


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
    actions = plan.actions
    themes = {priority.number: priority.theme for priority in plan.priorities}
    served = {action.theme for action in actions} | {themes[each] for action in actions for each in action.priorities}
    leads = {action.lead for action in actions}
    posts = [post for post in plan.posts if post.key in leads]
    meetings = [(board, meeting) for board in plan.boards for meeting in board.meetings]
    return PlanReport(
        counted=_counted(plan),
        themes_without_actions=tuple(theme.name for theme in plan.themes if theme.key not in served),
        taken_as_standing=tuple(action.ref for action in actions if action.kind_written is None),
        due_left_out=tuple(action.ref for action in actions if action.due_written and action.due is None),
        without_lead=tuple(action.ref for action in actions if action.lead is None),
        without_due=tuple(action.ref for action in actions if _lacks_due(action)),
        without_giving_meeting=tuple(
            action.ref for action in actions if action.kind is Kind.BOARD_ACTION and action.given is None
        ),
        undated_status=tuple(
            action.ref for action in actions if action.status is not Status.NOT_STARTED and not action.status_date
        ),
        vacant_leads=tuple(post.key for post in posts if post.holder is None),
        leads_without_account=tuple(post.key for post in posts if _unreachable(post)),
        boards_without_secretary=tuple(board.key for board in plan.boards if board.secretary is None),
        meetings_held=tuple(_name(board, one) for board, one in meetings if was_held(plan, one, now)),
        meetings_expected=tuple(_name(board, one) for board, one in meetings if one.expected),
    )


def _unreachable(post: FilePost) -> bool:
    return post.holder is not None and not post.holder.has_account


def _name(board: FileBoard, meeting: FileMeeting) -> str:
    return f"{board.key} {meeting.date or meeting.expected}"
