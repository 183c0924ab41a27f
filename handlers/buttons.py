"""The buttons under an action that somebody is asked about, and under one the board decides on."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from handlers.commands.questions import DAY_MEANT
from handlers.formatting import day_said
from handlers.press_codec import Number, OnAction, PressValue, ask_which, press_button, value_menu
from handlers.responses import Button
from models.enums import Kind, OutcomeKind, Status
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


class OffTrack(OnAction):
    """*Off track…*, which opens the form of *Some issues…*."""

    verb = "offtrack"


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


class Another(StrEnum):
    """What the menu *Other…* under an action offers."""

    NOT_OURS = "Not ours"
    VERBAL = "Verbal update at the meeting"
    FOLLOWS = "To follow…"
    MEETING = "Ask for another meeting…"
    SNOOZE = "Snooze"


class OtherAnswer(OnAction):
    """One choice of the menu *Other…*, by its place in `Another`."""

    verb = "otheranswer"

    which: Number = 0

    @property
    def label(self) -> str:
        """What was chosen."""
        return self.chosen.value

    @property
    def chosen(self) -> Another:
        """What was chosen."""
        return tuple(Another)[min(self.which, len(Another) - 1)]


class UpdateFollows(OnAction):
    """The form of *To follow…*."""

    verb = "follows"


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
    """Return what answers an action, with *Snooze* where that is before updates are due; nothing leads the hand.

    A standing commitment is never done.
    """
    about = {"action": view.facts.id, "meeting": meeting_id, "seen": view.entries}
    standing = view.facts.kind is Kind.STANDING
    left_out = {Another.SNOOZE} if not snooze else set()
    if standing:
        left_out.add(Another.MEETING)
    others = [(one, which) for which, one in enumerate(Another) if one not in left_out]
    return (
        press_button("On track", OnTrack(**about)),
        press_button("Some issues…", SomeIssues(**about)),
        press_button("Off track…", OffTrack(**about)),
        press_button("No change", NothingChanged(**about)),
        *(() if standing else (press_button("Done…", Done(**about)),)),
        value_menu("Other…", [(one.value, OtherAnswer(**about, which=which)) for one, which in others]),
    )


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
