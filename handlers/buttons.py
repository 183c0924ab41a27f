"""The buttons under an action that somebody is asked about, and under one the board decides on."""

from collections.abc import Iterable
from datetime import date

from handlers.commands.questions import DAY_MEANT
from handlers.formatting import day_said
from handlers.press_codec import Number, OnAction, PressValue, ask_which, press_button
from handlers.responses import Button
from models.enums import OutcomeKind, Status
from models.plan.queries import ActionView

UNDO_MINUTES = 10
"""How long *Undo* takes an answer back."""
UNDO_HOURS = 24
"""How long it takes a change back."""


class RecordNothing(PressValue):
    """*Neither*, *Record nothing*."""

    verb = "nothing"


class OnTrack(OnAction):
    """*On track*."""

    verb = "ontrack"


class SomeIssues(OnAction):
    """*Some issues…*, and its form."""

    verb = "issues"


class NothingChanged(OnAction):
    """*No change*."""

    verb = "nochange"


class Done(OnAction):
    """*Done…*, and its form."""

    verb = "done"


class NotOursHere(OnAction):
    """*Not ours*, and its form."""

    verb = "notours"


class SnoozeIt(OnAction):
    """*Snooze*."""

    verb = "snooze"


class Closed(OnAction):
    """*Closed*."""

    verb = "closed"
    kind = OutcomeKind.CLOSED


class CarryForward(OnAction):
    """*Carry forward to DAY*."""

    verb = "carried"
    old_form = ("action", "meeting", "to")

    to: Number = 0


class NotAgreed(OnAction):
    """*Not agreed…*, which opens the form of *Other…*."""

    verb = "notagreed"


class NoDecision(OnAction):
    """*No decision*."""

    verb = "nodecision"
    kind = OutcomeKind.NO_DECISION


class OtherOutcome(OnAction):
    """*Other…*, and its form."""

    verb = "outcome"


class AssignIt(OnAction):
    """*Assign…*, and its form."""

    verb = "assign"


def answer_buttons(view: ActionView, meeting_id: int, snooze: bool = False) -> tuple[Button, ...]:
    """Return the buttons to answer an action, with *Snooze* where that is before updates are due."""
    action, seen = view.facts.id, view.entries
    buttons = [
        press_button("On track", OnTrack(action=action, meeting=meeting_id, seen=seen), "primary"),
        press_button("Some issues…", SomeIssues(action=action, meeting=meeting_id, seen=seen)),
        press_button("No change", NothingChanged(action=action, meeting=meeting_id, seen=seen)),
        press_button("Done…", Done(action=action, meeting=meeting_id, seen=seen)),
        press_button("Not ours", NotOursHere(action=action, meeting=meeting_id, seen=seen)),
    ]
    if snooze:
        buttons.append(press_button("Snooze", SnoozeIt(action=action, meeting=meeting_id, seen=seen)))
    return tuple(buttons)


def outcome_buttons(view: ActionView, meeting_id: int, following: tuple[int, str] | None) -> tuple[Button, ...]:
    """Return what the board may have decided. `following`: the board's next meeting, its id and label."""
    action, seen, proposed = view.facts.id, view.entries, view.facts.status is Status.PROPOSED
    buttons = [
        press_button("Closed", Closed(action=action, meeting=meeting_id, seen=seen), "primary" if proposed else "")
    ]
    if following is not None:
        to, said = following
        carry = CarryForward(action=action, meeting=meeting_id, to=to, seen=seen)
        buttons.append(press_button(f"Carry forward to {said}", carry))
    if proposed:
        buttons.append(press_button("Not agreed…", NotAgreed(action=action, meeting=meeting_id, seen=seen)))
    else:
        buttons.append(press_button("No decision", NoDecision(action=action, meeting=meeting_id, seen=seen)))
    buttons.append(press_button("Other…", OtherOutcome(action=action, meeting=meeting_id, seen=seen)))
    return tuple(buttons)


def day_buttons(days: Iterable[date], again: str, label: str = DAY_MEANT) -> tuple[Button, ...]:
    """Return a button for each day that some words may mean.

    Args:
        days: the days.
        again: the words that are typed when one is chosen, with `DAY_MEANT` in its place.
        label: what a press does, with `DAY_MEANT` for the day.
    """
    asked = [(label.replace(DAY_MEANT, day_said(day)), again.replace(DAY_MEANT, day.isoformat())) for day in days]
    return ask_which("Choose a day…", asked)
