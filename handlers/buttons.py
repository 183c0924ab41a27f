"""The buttons under an action that somebody is asked about, and under one the board decides on."""

from handlers.responses import Button
from models.enums import Status
from models.plan.queries import ActionView

UNDO_MINUTES = 10
"""How long *Undo* takes an answer back."""
MARK = "~"
"""Between what a button is about and how many entries its action had when it was shown."""


def with_mark(value: str, view: ActionView) -> str:
    """The value of a button that notices when its action has changed since (`handlers.actions.stale_buttons`)."""
    return f"{value}{MARK}{view.entries}"


def answer_buttons(view: ActionView, meeting_id: int, snooze: bool = False) -> tuple[Button, ...]:
    """*On track*, *Some issues…*, *No change*, *Done…*, *Not ours*, and *Snooze* where that is before updates due."""
    value = with_mark(f"{view.facts.id}|{meeting_id}", view)
    buttons = [
        Button("On track", "ontrack", value, style="primary"),
        Button("Some issues…", "issues", value),
        Button("No change", "nochange", value),
        Button("Done…", "done", value),
        Button("Not ours", "notours", value),
    ]
    if snooze:
        buttons.append(Button("Snooze", "snooze", value))
    return tuple(buttons)


def outcome_buttons(view: ActionView, meeting_id: int, following: tuple[int, str] | None) -> tuple[Button, ...]:
    """What the board may have decided. `following`: the board's next meeting, its id and how it is said."""
    about = f"{view.facts.id}|{meeting_id}"
    value = with_mark(about, view)
    buttons = [
        Button("Closed", "closed", value, style="primary" if view.facts.status is Status.PROPOSED else ""),
    ]
    if following is not None:
        buttons.append(
            Button(f"Carry forward to {following[1]}", "carried", with_mark(f"{about}|{following[0]}", view))
        )
    if view.facts.status is Status.PROPOSED:
        buttons.append(Button("Not agreed…", "notagreed", value))
    else:
        buttons.append(Button("No decision", "nodecision", value))
    buttons.append(Button("Other…", "outcome", value))
    return tuple(buttons)
