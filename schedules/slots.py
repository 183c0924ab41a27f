"""Which reasons to speak go into which message, and which wait: the limits of section 6. Pure.

One bundle a person a week (Monday to Sunday), the last call exempt; one unasked message a day to a secretary; what a
person's own press causes is not counted and waits for no hour.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.calendar import WorkingDays, local_day, may_speak, monday_of
from models.enums import DIGEST_FIRST, DIGEST_PRESSED, DIGEST_WEEKLY, AskKind, DeliveryClass, Step

HELD_WEEKLY = "weekly limit"
HELD_DAILY = "one message a day"
HELD_HOURS = "out of hours"


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """A reason to speak that hangs on no message yet."""

    id: int
    kind: AskKind
    step: str
    recipient: str


class Slot(NamedTuple):
    """One place for a message; unique in the ledger."""

    klass: DeliveryClass
    recipient: str
    day: date
    n: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """What goes where: the asks by slot, and why the others wait."""

    into: Mapping[Slot, tuple[int, ...]]
    held: Mapping[int, str]


def class_of(kind: AskKind, step: str) -> DeliveryClass:
    """What a reason to speak is counted as."""
    if kind is AskKind.UPDATE:
        if step == Step.LAST_CALL.value:
            return DeliveryClass.LAST_CALL
        return DeliveryClass.BUNDLE if step in (Step.REQUEST.value, Step.REMINDER.value) else DeliveryClass.PRESSED
    if kind is AskKind.DIGEST and step == DIGEST_PRESSED:
        return DeliveryClass.PRESSED
    if kind in (AskKind.OUTCOME, AskKind.NEW_LEAD) or (kind is AskKind.OTHER_BOARD and step.startswith("told ")):
        return DeliveryClass.TOLD
    return DeliveryClass.CHANNEL if kind is AskKind.PUBLISH else DeliveryClass.SECRETARY


def of_itself(step: str) -> bool:
    """Whether a digest comes on its day, without a press."""
    return step.startswith((DIGEST_FIRST, DIGEST_WEEKLY))


def place(asks: Iterable[OpenAsk], taken: Mapping[Slot, bool], now: datetime, zone: ZoneInfo) -> Placed:
    """Puts open asks into slots.

    Args:
        asks: the open asks, in the order they arose.
        taken: the slots that have a message, and whether it can still be added to (planned, not yet claimed).
        now: the plan's time.
        zone: the plan's zone.

    1. A last call takes everything else along that the person is to be asked.
    2. Requests and reminders share the week's one bundle; where it has gone, they wait for a last call or next week.
    3. What somebody's own press causes goes at once, each in a place of its own.
    4. A secretary's messages of one day are one message.
    5. Out of hours all but what was pressed waits; what the week's limit holds as well keeps that as its reason.
    """
    today = local_day(now, zone)
    speak = may_speak(now, zone, WorkingDays())
    into: dict[Slot, list[int]] = defaultdict(list)
    held: dict[int, str] = {}
    by_person: dict[str, dict[DeliveryClass, list[OpenAsk]]] = defaultdict(lambda: defaultdict(list))
    for ask in asks:
        by_person[ask.recipient][class_of(ask.kind, ask.step)].append(ask)

    def put(klass: DeliveryClass, recipient: str, day: date, some: list[OpenAsk], *, fresh: bool) -> bool:
        slot = Slot(klass, recipient, day)
        while slot in taken and not taken[slot] and fresh:
            slot = Slot(klass, recipient, day, slot.n + 1)
        if slot in taken and not taken[slot]:
            return False
        into[slot] += [ask.id for ask in some]
        return True

    def hold(some: list[OpenAsk], why: str) -> None:
        held.update({ask.id: why for ask in some})

    for recipient, kinds in by_person.items():
        # What an earlier press arranged (a snooze that is over, an update to follow) keeps the hours.
        pressed = [ask for ask in kinds[DeliveryClass.PRESSED] if speak or ask.kind is not AskKind.UPDATE]
        hold([ask for ask in kinds[DeliveryClass.PRESSED] if ask not in pressed], HELD_HOURS)
        if pressed:
            put(DeliveryClass.PRESSED, recipient, today, pressed, fresh=True)
        published = [ask for ask in kinds[DeliveryClass.CHANNEL] if speak or not of_itself(ask.step)]
        if published:
            put(DeliveryClass.CHANNEL, recipient, today, published, fresh=True)
        if not speak:
            gone = Slot(DeliveryClass.BUNDLE, recipient, monday_of(today))
            limited = gone in taken and not taken[gone] and not kinds[DeliveryClass.LAST_CALL]
            hold(kinds[DeliveryClass.BUNDLE], HELD_WEEKLY if limited else HELD_HOURS)
            for klass in (DeliveryClass.LAST_CALL, DeliveryClass.TOLD, DeliveryClass.SECRETARY):
                hold(kinds[klass], HELD_HOURS)
            hold([ask for ask in kinds[DeliveryClass.CHANNEL] if of_itself(ask.step)], HELD_HOURS)
            continue
        if kinds[DeliveryClass.LAST_CALL]:
            together = kinds[DeliveryClass.LAST_CALL] + kinds[DeliveryClass.BUNDLE]
            put(DeliveryClass.LAST_CALL, recipient, today, together, fresh=True)
        elif kinds[DeliveryClass.BUNDLE] and not put(
            DeliveryClass.BUNDLE, recipient, monday_of(today), kinds[DeliveryClass.BUNDLE], fresh=False
        ):
            hold(kinds[DeliveryClass.BUNDLE], HELD_WEEKLY)
        # *After the meeting* changes in place and a digest must not, so they are not in one message.
        secretary = kinds[DeliveryClass.SECRETARY]
        if any(ask.kind is AskKind.AFTER_MEETING for ask in secretary):
            hold([ask for ask in secretary if ask.kind is AskKind.DIGEST], HELD_DAILY)
            secretary = [ask for ask in secretary if ask.kind is not AskKind.DIGEST]
        for klass, some in ((DeliveryClass.TOLD, kinds[DeliveryClass.TOLD]), (DeliveryClass.SECRETARY, secretary)):
            if some and not put(klass, recipient, today, some, fresh=False):
                hold(some, HELD_DAILY)
    return Placed({slot: tuple(ids) for slot, ids in into.items()}, held)
