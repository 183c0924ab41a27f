"""Every kind of scheduled notification, each of its facts once.

What a pass plans, when it wakes, why a notification lapses, what it is counted as and how it is worded follow
from this.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

from handlers.actions.board_transfers import write_other_board
from handlers.boards.meeting_notices import write_meeting_changes
from handlers.boards.secretary_change import write_secretary_change
from handlers.context import RequestContext
from handlers.notifications import (
    after_meeting,
    clearance_notices,
    contribution_requests,
    figure_requests,
    paper_notices,
    plan_end_notices,
    risk_requests,
    secretary_notices,
)
from handlers.notifications.bundle import write_bundle
from handlers.notifications.digest_notices import write_digest
from handlers.notifications.outcome_notices import write_outcomes
from handlers.notifications.wording import Each, Together, Writer
from handlers.people.lead_changes import write_new_for_you
from handlers.people.leavers import write_somebody_left
from handlers.people.passed_on import write_passed_on
from handlers.responses import FileToCome
from models.enums import MessageClass, NotificationKind, Step
from models.notifications.retention import LEDGER_DAYS
from models.plan.candidates import Candidates
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.steps import AboutEntry, MoveDoneForLead, Occasion, occasion_day
from models.storage.notification_tables import Notification
from schedules import clearance_reminders, contribution_reminders, due, figure_reminders, holding, reads, wakes
from schedules.holding import AnyNotification
from schedules.snapshot import Reason, Snapshot


class Subject(Enum):
    """What a notification is about: the row of which its `subject` is the number."""

    ACTION = auto()
    POST = auto()
    MEASURE = auto()
    RISK = auto()
    BOARD = auto()
    PERSON = auto()
    MESSAGE = auto()


class Need(Enum):
    """What may decide whether a notification still holds, besides the boards and the action it is about."""

    RECIPIENTS = auto()
    SNOOZES = auto()
    LEAVERS = auto()
    CLEARANCES = auto()
    CONTRIBUTIONS = auto()
    FIGURES = auto()


@dataclass(frozen=True, slots=True)
class ScheduledNotification:
    """One kind of notification."""

    about: Subject
    """What it is about."""
    write: Writer
    """How it is worded."""
    counted_as: MessageClass
    """What its message is counted as when the limits are kept."""
    counted_at: Mapping[Any, MessageClass] = field(default_factory=dict)
    """The steps, or sorts of step, at which it is counted as something else."""
    comes: Callable[[Snapshot, BoardCalendar, datetime], Iterator[Reason]] | None = None
    """When it comes of itself, for the board of a calendar; None where a press or an event plans it."""
    reads: Callable[[Snapshot, BoardCalendar, datetime], Iterable[Candidates]] | None = None
    """Which actions of a board that was started its coming depends on; the snapshot has no actions yet."""
    wakes: Callable[[Snapshot, BoardCalendar, MeetingFacts], Iterable[datetime]] | None = None
    """The instants at which it may come or lapse for a meeting."""
    wakes_by_day: Callable[[Snapshot, BoardCalendar], Iterable[datetime]] | None = None
    """The same where it is about no meeting."""
    lapses: Callable[[Snapshot, AnyNotification, datetime], str] | None = None
    """Why it no longer holds; "" where it does."""
    needs: frozenset[Need] = frozenset()
    """What `lapses` looks at besides the boards and the action it is about."""
    of_meeting: bool = False
    """Whether it lapses where its meeting is gone, moved or cancelled."""
    until_stopped: bool = False
    """Whether it lapses where the board's reminders were stopped."""
    begins: Callable[[RequestContext, int], None] | None = None
    """What is done for its meeting when it is first written into the ledger, whether anybody can be told or not."""
    file: Callable[[RequestContext, Notification], FileToCome | None] | None = None
    """The file that follows its message; a message whose file was not taken has a button for it."""
    changes_in_place: bool = False
    """Whether a message with it follows what happens afterwards; others stay as sent, but for redacted words."""


_ASKING: Final = {
    Step.REQUEST: MessageClass.BUNDLE,
    Step.REMINDER: MessageClass.BUNDLE,
    Step.LAST_CALL: MessageClass.LAST_CALL,
}

NOTIFICATIONS: Final[Mapping[NotificationKind, ScheduledNotification]] = {
    NotificationKind.UPDATE: ScheduledNotification(
        about=Subject.ACTION,
        write=Together(write_bundle),
        counted_as=MessageClass.PRESSED,
        counted_at=_ASKING,
        comes=due.ask_for_updates,
        reads=reads.what_is_asked,
        wakes=wakes.wake_to_ask,
        lapses=holding.why_not_asked,
        needs=frozenset({Need.RECIPIENTS, Need.SNOOZES}),
        of_meeting=True,
        until_stopped=True,
        changes_in_place=True,
    ),
    NotificationKind.CONTRIBUTION: ScheduledNotification(
        about=Subject.POST,
        write=Together(contribution_requests.write_contribution_requests),
        counted_as=MessageClass.PRESSED,
        counted_at=_ASKING,
        comes=contribution_reminders.ask_for_contributions,
        wakes=wakes.wake_to_ask,
        lapses=holding.why_contributed,
        needs=frozenset({Need.CONTRIBUTIONS}),
        of_meeting=True,
        until_stopped=True,
        changes_in_place=True,
    ),
    NotificationKind.FIGURE: ScheduledNotification(
        about=Subject.MEASURE,
        write=Together(figure_requests.write_figure_requests),
        counted_as=MessageClass.PRESSED,
        counted_at=_ASKING,
        comes=figure_reminders.ask_for_figures,
        wakes_by_day=figure_reminders.wake_for_figures,
        lapses=holding.why_figure_given,
        needs=frozenset({Need.FIGURES}),
        changes_in_place=True,
    ),
    NotificationKind.RISK: ScheduledNotification(
        about=Subject.RISK,
        write=Together(risk_requests.write_risk_requests),
        counted_as=MessageClass.PRESSED,
        counted_at=_ASKING,
        comes=figure_reminders.ask_for_scores,
        wakes_by_day=figure_reminders.wake_for_figures,
        lapses=holding.why_figure_given,
        needs=frozenset({Need.FIGURES}),
        changes_in_place=True,
    ),
    NotificationKind.OUTCOME: ScheduledNotification(
        about=Subject.ACTION,
        write=Together(write_outcomes),
        counted_as=MessageClass.TOLD,
        comes=due.tell_outcomes,
        reads=reads.what_was_decided,
        wakes=wakes.wake_to_tell_outcomes,
        lapses=holding.why_decided_otherwise,
        of_meeting=True,
        until_stopped=True,
        changes_in_place=True,
    ),
    NotificationKind.NEW_LEAD: ScheduledNotification(
        about=Subject.ACTION,
        write=Together(write_new_for_you),
        counted_as=MessageClass.TOLD,
        lapses=holding.why_lead_changed_again,
        needs=frozenset({Need.RECIPIENTS}),
    ),
    NotificationKind.MEETING: ScheduledNotification(
        about=Subject.ACTION,
        write=Together(write_meeting_changes),
        counted_as=MessageClass.TOLD,
        until_stopped=True,
    ),
    NotificationKind.PLAN_ENDED: ScheduledNotification(
        about=Subject.PERSON,
        write=Together(plan_end_notices.write_plan_end),
        counted_as=MessageClass.TOLD,
    ),
    NotificationKind.NO_UPDATE: ScheduledNotification(
        about=Subject.BOARD,
        write=Each(secretary_notices.write_no_update),
        counted_as=MessageClass.SECRETARY,
        comes=due.report_no_update,
        reads=reads.what_concerns,
        wakes=wakes.wake_for_no_update,
        of_meeting=True,
        until_stopped=True,
        changes_in_place=True,
    ),
    NotificationKind.AFTER_MEETING: ScheduledNotification(
        about=Subject.BOARD,
        write=Each(after_meeting.write_after_meeting),
        counted_as=MessageClass.SECRETARY,
        comes=due.ask_for_outcomes,
        reads=reads.what_awaits_outcomes,
        wakes=wakes.wake_for_outcomes,
        lapses=holding.why_outcomes_recorded,
        of_meeting=True,
        until_stopped=True,
        changes_in_place=True,
    ),
    NotificationKind.DIGEST: ScheduledNotification(
        about=Subject.BOARD,
        write=Each(write_digest),
        counted_as=MessageClass.SECRETARY,
        counted_at={Occasion.OUTCOMES_RECORDED: MessageClass.PRESSED},
        comes=due.send_digest,
        wakes=wakes.wake_for_digest,
        of_meeting=True,
        until_stopped=True,
    ),
    NotificationKind.PUBLISH: ScheduledNotification(
        about=Subject.BOARD,
        write=Each(write_digest),
        counted_as=MessageClass.CHANNEL,
        comes=due.publish_digest,
        wakes=wakes.wake_for_digest,
        of_meeting=True,
    ),
    NotificationKind.PAPERS: ScheduledNotification(
        about=Subject.BOARD,
        write=Each(paper_notices.write_paper_ready),
        counted_as=MessageClass.SECRETARY,
        comes=due.send_papers,
        wakes=wakes.wake_for_papers,
        begins=paper_notices.freeze_at_deadline,
        file=paper_notices.file_of_paper,
        of_meeting=True,
        until_stopped=True,
    ),
    NotificationKind.CLEARANCE: ScheduledNotification(
        about=Subject.BOARD,
        write=Each(clearance_notices.write_clearance),
        counted_as=MessageClass.TOLD,
        counted_at={AboutEntry: MessageClass.SECRETARY},
        comes=clearance_reminders.remind_of_clearances,
        wakes=wakes.wake_for_clearances,
        lapses=holding.why_cleared,
        needs=frozenset({Need.CLEARANCES}),
        of_meeting=True,
        until_stopped=True,
    ),
    NotificationKind.BRIEF: ScheduledNotification(
        about=Subject.BOARD,
        write=Each(paper_notices.write_brief),
        counted_as=MessageClass.TOLD,
        comes=due.brief_the_chair,
        wakes=wakes.wake_for_papers,
        of_meeting=True,
        until_stopped=True,
    ),
    NotificationKind.IN_QUESTION: ScheduledNotification(
        about=Subject.ACTION,
        write=Each(secretary_notices.write_in_question),
        counted_as=MessageClass.SECRETARY,
        lapses=holding.why_lead_answers,
    ),
    NotificationKind.REPLAN: ScheduledNotification(
        about=Subject.ACTION,
        write=Each(secretary_notices.write_replan_request),
        counted_as=MessageClass.SECRETARY,
        lapses=holding.why_replanned,
    ),
    NotificationKind.REPORTED: ScheduledNotification(
        about=Subject.ACTION,
        write=Each(secretary_notices.write_decided_by_chair),
        counted_as=MessageClass.SECRETARY,
        lapses=holding.why_open_again,
    ),
    NotificationKind.OTHER_BOARD: ScheduledNotification(
        about=Subject.ACTION,
        write=Each(write_other_board),
        counted_as=MessageClass.SECRETARY,
        counted_at={MoveDoneForLead: MessageClass.TOLD},
        lapses=holding.why_transfer_settled,
    ),
    NotificationKind.KEEPER: ScheduledNotification(
        about=Subject.BOARD,
        write=Each(write_secretary_change),
        counted_as=MessageClass.SECRETARY,
        lapses=holding.why_secretary_changed_again,
    ),
    NotificationKind.LEFT: ScheduledNotification(
        about=Subject.PERSON,
        write=Each(write_somebody_left),
        counted_as=MessageClass.SECRETARY,
        comes=due.tell_of_leavers,
        reads=reads.what_leavers_led,
        lapses=holding.why_back,
        needs=frozenset({Need.LEAVERS}),
    ),
    NotificationKind.PASSED_ON: ScheduledNotification(
        about=Subject.PERSON,
        write=Each(write_passed_on),
        counted_as=MessageClass.SECRETARY,
    ),
    NotificationKind.FAILED: ScheduledNotification(
        about=Subject.MESSAGE,
        write=Each(secretary_notices.write_undelivered),
        counted_as=MessageClass.SECRETARY,
        changes_in_place=True,
    ),
}
"""In the order in which what is worded together stands in a message."""

WRITERS: Final[Mapping[NotificationKind, Writer]] = {kind: entry.write for kind, entry in NOTIFICATIONS.items()}


def find_reasons(snapshot: Snapshot, now: datetime) -> list[Reason]:
    """Return every reason to speak that stands at `now`, whether it has been acted on or not: the ledger knows that.

    It does for `LEDGER_DAYS`; what is of a day before that is no reason any more.
    """
    started = [
        calendar
        for calendar in snapshot.calendars.values()
        if calendar.board.started_at is not None and calendar.board.started_at <= now
    ]
    return [
        reason
        for calendar in started
        for entry in NOTIFICATIONS.values()
        if entry.comes is not None
        for reason in entry.comes(snapshot, calendar, now)
        if occasion_day(reason.step, reason.meeting_day) >= local_day(now, calendar.zone) - timedelta(LEDGER_DAYS)
    ]
