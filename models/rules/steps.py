"""The step of a notification: which occasion of its kind it is. Pure.

A step is a value of one of the types below, and stands in the ledger as a text that `write_step` makes and `read_step`
reads. The text never changes for a sort of step: it is part of what makes a notification unique for ever, and of the
mark that goes to Slack with its message, by which a plan restored from an older backup finds what was sent.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar

from models.enums import MessageState, OutcomeKind, Step, Word


class Occasion(Word):
    """What comes once for what a notification is about."""

    ONLY = ""
    NO_UPDATE = "no update received"
    AFTER_MEETING = "after the meeting"
    OUTCOME = "outcome"
    PAPERS = "papers"
    """Of a paper that is ready, and of the chair's brief."""
    OUTCOMES_RECORDED = "digest, outcomes recorded"
    """The digest that the secretary's *Outcomes recorded* brings at once."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """A lead is asked again after putting an action off until a day."""

    until: date


@dataclass(frozen=True, slots=True)
class Promised:
    """A lead is asked for the update that was to follow by a day."""

    by: date


@dataclass(frozen=True, slots=True)
class Chased:
    """A lead is asked by a secretary's press; `post_id`: of the secretary who signs it, 0 for an administrator."""

    day: date
    post_id: int


@dataclass(frozen=True, slots=True)
class FirstDigest:
    """The first digest after a meeting, on its day, where nobody recorded the outcomes before."""

    day: date


@dataclass(frozen=True, slots=True)
class WeeklyDigest:
    """A later digest, sent only if something in it changed."""

    day: date


@dataclass(frozen=True, slots=True)
class Published:
    """A digest of a day that somebody published by a press."""

    day: date


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that was refused, or of which nobody knows whether it arrived."""

    state: MessageState


@dataclass(frozen=True, slots=True)
class ChairDecision:
    """A secretary is told what the chair decided between meetings."""

    outcome: OutcomeKind


@dataclass(frozen=True, slots=True)
class AboutEntry:
    """A secretary is told of an entry in the history."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class MoveRequested:
    """Another board's secretary is asked to take an action; `due_mark` is that of the action at the time."""

    entry_id: int
    due_mark: str


@dataclass(frozen=True, slots=True)
class MoveDone:
    """Both secretaries are told that an action moved to another board."""

    replan_id: int


@dataclass(frozen=True, slots=True)
class MoveDoneForLead:
    """A lead is told that an action moved to another board."""

    replan_id: int


@dataclass(frozen=True, slots=True)
class MoveDeclined:
    """Those who asked another board to take an action are told that it did not."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class SomebodyLeft:
    """A board's secretary is told that the account of somebody who leads actions of it was closed."""

    board_id: int


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    """Whoever acts for a lead is told that a meeting was moved, cancelled or added, by the entry that says so."""

    change_id: int


@dataclass(frozen=True, slots=True)
class ClearanceAsked:
    """Who clears a report is told that it was sent, or so many working days later that nothing came back."""

    clearance: str
    sent: date
    days: int


@dataclass(frozen=True, slots=True)
class PlanEnded:
    """Whoever acts for a lead is told what became of their actions when a plan ended."""

    plan_id: int


@dataclass(frozen=True, slots=True)
class PlanFollowed:
    """Whoever acts for a lead is told how what a plan left open goes on, once the next plan is in."""

    plan_id: int


@dataclass(frozen=True, slots=True)
class PlanResumed:
    """Whoever was told that a plan ended is told that it runs again."""

    plan_id: int


class Wish(StrEnum):
    """What somebody's words ask a board's secretary for."""

    HANDOVER = "handover"
    CALL = "call"
    ELSEWHERE = "elsewhere"
    """An update was given in another way, and is to be taken from there."""
    CHANNEL = "channel"
    """To be written to in another way."""
    APOLOGIES = "apologies"


@dataclass(frozen=True, slots=True)
class Wished:
    """A board's secretary is told what somebody wrote; `mark` is that of their words."""

    wish: Wish
    board_id: int
    mark: str


class Side(StrEnum):
    """Which side of a change of lead or holder somebody is on."""

    NEW = "new"
    FORMER = "former"
    HOLDS = "holds"
    HELD = "held"


OPPOSITE: Final = {Side.NEW: Side.FORMER, Side.FORMER: Side.NEW, Side.HOLDS: Side.HELD, Side.HELD: Side.HOLDS}


@dataclass(frozen=True, slots=True)
class LeadChange:
    """An action, or a board, came to a post or went from it, or a post changed hands.

    `number` is the history entry's, the setting change's or, where the post changed hands, the appointment's.
    """

    side: Side
    post_id: int
    number: int

    @property
    def moved_away(self) -> bool:
        """Whether this is the side that answers no more."""
        return self.side in (Side.FORMER, Side.HELD)

    @property
    def by_action(self) -> bool:
        """Whether the action changed its lead, and not the post its holder."""
        return self.side in (Side.NEW, Side.FORMER)


LedgerStep = (
    Step
    | Occasion
    | PutOff
    | Promised
    | Chased
    | FirstDigest
    | WeeklyDigest
    | Published
    | Undelivered
    | ChairDecision
    | AboutEntry
    | MoveRequested
    | MoveDone
    | MoveDoneForLead
    | MoveDeclined
    | SomebodyLeft
    | MeetingChanged
    | ClearanceAsked
    | PlanEnded
    | PlanFollowed
    | PlanResumed
    | Wished
    | LeadChange
)

Sort = TypeVar("Sort")

FORMS: Final[Mapping[type[Any], str]] = {
    PutOff: "snoozed to {until}",
    Promised: "to follow by {by}",
    Chased: "chased {day} by {post_id}",
    FirstDigest: "first digest of {day}",
    WeeklyDigest: "digest of {day}",
    Published: "pressed {day}",
    AboutEntry: "update {entry_id}",
    MoveRequested: "update {entry_id} {due_mark}",
    MoveDone: "moved {replan_id}",
    MoveDoneForLead: "told {replan_id}",
    MoveDeclined: "left {entry_id}",
    SomebodyLeft: "left board {board_id}",
    MeetingChanged: "meeting change {change_id}",
    ClearanceAsked: "clearance {clearance} sent {sent} after {days}",
    PlanEnded: "plan {plan_id} ended",
    PlanFollowed: "plan {plan_id} followed",
    PlanResumed: "plan {plan_id} resumed",
    Wished: "{wish} board {board_id} {mark}",
    LeadChange: "{side} {post_id} {number}",
}
"""The stored text of each sort of step that has parts."""

STEP_BY_TEXT: Final[Mapping[str, LedgerStep]] = {
    **{step.value: step for step in (*Step, *Occasion)},
    **{state.value: Undelivered(state) for state in (MessageState.FAILED, MessageState.UNCERTAIN)},
    **{kind.value: ChairDecision(kind) for kind in OutcomeKind},
}
"""The steps that are stored as one word or phrase."""

_PARTS: Final[Mapping[Any, tuple[str, Callable[[str], Any]]]] = {
    int: (r"\d+", int),
    date: (r"\d{4}-\d\d-\d\d", date.fromisoformat),
    str: (r"\S+", str),
    Side: ("|".join(Side), Side),
    Wish: ("|".join(Wish), Wish),
}
_TEXTS: Final = {step: text for text, step in STEP_BY_TEXT.items()}
_PATTERNS: Final = tuple(
    (
        sort,
        re.compile(form.format_map({part.name: f"({_PARTS[part.type][0]})" for part in fields(sort)})),
        tuple(_PARTS[part.type][1] for part in fields(sort)),
    )
    for sort, form in FORMS.items()
)


@lru_cache(maxsize=4096)
def write_step(step: LedgerStep) -> str:
    """Return a step as it stands in the ledger."""
    if (text := _TEXTS.get(step)) is not None:
        return text
    return FORMS[type(step)].format_map(asdict(step))  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def read_step(text: str) -> LedgerStep:
    """Return the step that stands in the ledger as a text.

    Raises:
        ValueError: no sort of step is written so.
    """
    if text in STEP_BY_TEXT:
        return STEP_BY_TEXT[text]
    for sort, pattern, parts in _PATTERNS:
        if found := pattern.fullmatch(text):
            step: LedgerStep = sort(*(read(part) for read, part in zip(parts, found.groups(), strict=True)))
            return step
    raise ValueError(f"{text!r} is no step of the ledger")


def occasion_day(step: LedgerStep, meeting_day: date) -> date:
    """Return the day that a reason to speak is of: the one its step names, else that of its meeting."""
    match step:
        case PutOff(day) | Promised(day) | Chased(day) | FirstDigest(day) | WeeklyDigest(day) | Published(day):
            return day
    return meeting_day


def narrow_step(step: LedgerStep, sort: type[Sort]) -> Sort:
    """Return a step as the sort that it must be.

    Raises:
        ValueError: it is of another sort.
    """
    if not isinstance(step, sort):
        raise ValueError(f"{write_step(step)!r} is no {sort.__name__}")
    return step
