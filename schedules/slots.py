"""Which reasons to speak go into which message, and which wait: the limits on what is sent. Pure.

One bundle a person a week (Monday to Sunday), the last call exempt; one unasked message a day to a secretary; what a
person's own press causes is not counted and waits for no hour.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.enums import MessageClass, NotificationKind
from models.notifications.assignment import Unassigned
from models.rules.calendar import WorkingDays, local_day, may_notify, monday_of
from models.rules.steps import FirstDigest, LedgerStep, Promised, PutOff, WeeklyDigest
from schedules.registry import NOTIFICATIONS

FOLLOWS_ANSWERS = (NotificationKind.NO_UPDATE, NotificationKind.AFTER_MEETING)
HELD_WEEKLY = "weekly limit"
HELD_DAILY = "one message a day"
HELD_HOURS = "out of hours"


class Slot(NamedTuple):
    """One place for a message; unique in the ledger."""

    message_class: MessageClass
    recipient: str
    day: date
    n: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """What goes where: the notifications by slot, and why the others wait."""

    into: Mapping[Slot, tuple[int, ...]]
    held: Mapping[int, str]


def message_class_of(kind: NotificationKind, step: LedgerStep) -> MessageClass:
    """Return what a notification is counted as."""
    entry = NOTIFICATIONS[kind]
    return entry.counted_at.get(step) or entry.counted_at.get(type(step)) or entry.counted_as


def of_itself(step: LedgerStep) -> bool:
    """Return whether a digest comes on its day, without a press."""
    return isinstance(step, FirstDigest | WeeklyDigest)


def place_notifications(
    notifications: Iterable[Unassigned],
    taken: Mapping[Slot, bool],
    now: datetime,
    zone: ZoneInfo,
    paper_to_come: Collection[str] = (),
    working: Iterable[WorkingDays] = (WorkingDays(),),
    shut: Collection[int] = (),
) -> Placed:
    """Put open notifications into slots.

    Args:
        notifications: the open notifications, in the order they arose.
        taken: the slots that have a message, and whether it can still be added to (planned, not yet claimed).
        now: the plan's time.
        zone: the plan's zone.
        paper_to_come: to whom a paper goes later today.
        working: the days on which messages go out: those on which one of these works.
        shut: the meetings of boards that have a bank holiday today.

    1. A last call takes everything else along that the person is to be asked.
    2. Requests and reminders share the week's one bundle; where it has gone, they wait for a last call or next week.
    3. What somebody's own press causes goes at once, beside what went before.
    4. A secretary's messages of one day are one message. On the day papers go out what comes by itself waits for the
       paper, which comes whatever went before: that of somebody's press, which waits for nothing.
    5. Out of hours all but what was pressed waits; what the week's limit holds as well keeps that as its reason. Where
       every board that a person is to hear of has a bank holiday, that day is out of hours for that person.
    """
    today = local_day(now, zone)
    in_hours = may_notify(now, zone, working)
    monday = monday_of(today)
    into: dict[Slot, tuple[int, ...]] = {}
    held: dict[int, str] = {}
    by_person: dict[str, dict[MessageClass, list[Unassigned]]] = {}
    for notification in notifications:
        message_class = message_class_of(notification.kind, notification.step)
        by_person.setdefault(notification.recipient, {}).setdefault(message_class, []).append(notification)

    def put(message_class: MessageClass, recipient: str, day: date, some: Iterable[Unassigned], *, fresh: bool) -> bool:
        slot = Slot(message_class, recipient, day)
        while fresh and not taken.get(slot, True):
            slot = Slot(message_class, recipient, day, slot.n + 1)
        if not taken.get(slot, True):
            return False
        ids = tuple([notification.id for notification in some])
        into[slot] = into[slot] + ids if slot in into else ids
        return True

    def hold(some: Iterable[Unassigned], why: str) -> None:
        held.update({notification.id: why for notification in some})

    none: list[Unassigned] = []
    for recipient, kinds in by_person.items():
        speak = in_hours and any(one.meeting_id not in shut for some in kinds.values() for one in some)
        bundle, last_call = kinds.get(MessageClass.BUNDLE, none), kinds.get(MessageClass.LAST_CALL, none)
        told, secretary = kinds.get(MessageClass.TOLD, none), kinds.get(MessageClass.SECRETARY, none)
        for notification in kinds.get(MessageClass.PRESSED, ()):
            # Reminders that an earlier press arranged (a snooze that is over, an update to follow) keep the hours.
            if speak or not isinstance(notification.step, PutOff | Promised):
                put(MessageClass.PRESSED, recipient, today, [notification], fresh=True)
            else:
                hold([notification], HELD_HOURS)
        for notification in kinds.get(MessageClass.CHANNEL, ()):
            if speak or not of_itself(notification.step):
                put(MessageClass.CHANNEL, recipient, today, [notification], fresh=True)
            else:
                hold([notification], HELD_HOURS)
        if not speak:
            gone = not taken.get(Slot(MessageClass.BUNDLE, recipient, monday), True)
            hold(bundle, HELD_WEEKLY if gone and not last_call else HELD_HOURS)
            hold((*last_call, *told, *secretary), HELD_HOURS)
            continue
        if last_call:
            put(MessageClass.LAST_CALL, recipient, today, last_call + bundle, fresh=True)
        elif bundle and not put(MessageClass.BUNDLE, recipient, monday, bundle, fresh=False):
            hold(bundle, HELD_WEEKLY)
        # What follows the answers changes in place and a digest must not, so they are not in one message.
        if any(notification.kind in FOLLOWS_ANSWERS for notification in secretary):
            hold(
                [notification for notification in secretary if notification.kind is NotificationKind.DIGEST], HELD_DAILY
            )
            secretary = [notification for notification in secretary if notification.kind is not NotificationKind.DIGEST]
        paper = any(notification.kind is NotificationKind.PAPERS for notification in secretary)
        if recipient in paper_to_come and not paper:
            scheduled = [one for one in secretary if NOTIFICATIONS[one.kind].comes is not None]
            hold(scheduled, HELD_DAILY)
            secretary = [one for one in secretary if one not in scheduled]
        for message_class, some in ((MessageClass.TOLD, told), (MessageClass.SECRETARY, secretary)):
            fresh = paper and message_class is MessageClass.SECRETARY
            if some and not put(message_class, recipient, today, some, fresh=fresh):
                hold(some, HELD_DAILY)
    return Placed(into, held)
