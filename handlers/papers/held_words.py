"""Words that a paper or a front sheet holds until the secretary has looked at them, and the button that prints them.

Source: docs/explanation/data-protection.md, Before it is published.
"""

from collections.abc import Collection, Sequence

from handlers.press_codec import Number, PressValue, Words, press_button
from handlers.responses import Button, Group
from handlers.safeguarding.publication import Withheld
from models.rules.facts import MeetingFacts

_MOST_CLEARED = 1_500
"""Characters of refs that a button carries."""


class SendPaper(PressValue):
    """*Send me the paper*: that of a meeting, or the front sheet of its report.

    `cleared`: what identifies nobody, with spaces between: refs of actions, or names of fields.
    """

    verb = "paper"
    meeting: Number = 0
    cleared: Words = ""
    front: Number = 0


def held_in_paper(held: Sequence[Withheld]) -> tuple[Group, ...]:
    """Return what the secretary is told of words that a paper does not print: whose and why, never the words."""
    lines = tuple(f"{one.ref}: {one.why}" for one in held)
    return (Group("Held in it, as a reader may tell which child or family is meant", texts=lines),) if held else ()


def clearing(
    meeting: MeetingFacts, held: Sequence[Withheld], cleared: Collection[str] = (), front: int = 0
) -> tuple[Button, ...]:
    """Return what prints the words that a paper, or a front sheet, holds, once the secretary has looked at them."""
    refs = " ".join(dict.fromkeys((*cleared, *(one.ref for one in held))))
    # What stands for one person is held whatever is pressed.
    if all(one.ref in cleared for one in held) or len(refs) > _MOST_CLEARED:
        return ()
    again = SendPaper(meeting=meeting.id, cleared=refs, front=front)
    return (press_button("They identify nobody: send it with them", again),)
