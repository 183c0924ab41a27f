"""What a newcomer might do next: one step at a time. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A suggestion, and the one thing to press: words to send as somebody, a move of the clock, or a link."""

    words: str
    label: str
    user: str = ""
    text: str = ""
    link: str = ""

    @property
    def kind(self) -> str:
        """`say`, `clock` or `link`."""
        return "say" if self.text else "link" if self.link else "clock"


CHAIR, SECRETARY, LEAD = "U0CHAIRPB", "U0DEMSERV", "U0HEADEDU"
QUESTION = "/cypp status priority 7"


def next_step(*, asked: bool, moved: bool, pressed: bool, digest: bool) -> Step:
    """The step after what was done so far: a question asked, the clock moved, a request answered, a digest sent."""
    if digest:
        return Step(
            "The secretary now has the digest of overdue actions, ready to publish to the board’s channel.",
            "Be the secretary and read it",
            link=f"/as/{SECRETARY}/messages",
        )
    if not asked:
        return Step("You are the chair. Ask how priority 7 stands.", f"Ask as the chair: {QUESTION}", CHAIR, QUESTION)
    if not moved:
        return Step(
            "That is what a chair gets. Now let time pass: the bot asks the leads for updates before the next board.",
            "To the next thing that happens",
        )
    if not pressed:
        return Step(
            "Leads have been asked. Answer as one of them: every action has its buttons, and plain words will do too.",
            "Be the Head of Education and answer",
            link=f"/as/{LEAD}/messages",
        )
    return Step(
        "Go on: the reminder, the last call, who did not answer, the board’s outcomes, the digest of what is overdue.",
        "To the next thing that happens",
    )
