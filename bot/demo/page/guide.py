"""What a newcomer might do next: one step at a time. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A suggestion, and the one thing to press, if any: words to send as somebody, a move of the clock, or a link."""

    words: str
    label: str = ""
    user: str = ""
    text: str = ""
    link: str = ""

    @property
    def kind(self) -> str:
        """`say`, `clock`, `link`, or `words` where nothing is to be pressed."""
        return "say" if self.text else "link" if self.link else "clock" if self.label else "words"


CHAIR, SECRETARY = "U0CHAIRPB", "U0DEMSERV"
QUESTION = "/cypp status priority 7"
ON = "To the next thing that happens"


def next_step(
    *,
    asked: bool,
    moved: bool,
    pressed: bool,
    digest: bool,
    waiting: tuple[str, str] | None,
    here: bool,
    secretary: bool,
) -> Step:
    """The step after what was done so far: a question asked, the clock moved, a request answered, a digest sent.

    `waiting` is who was asked for an update (Slack id and name), `here` whether the visitor is that person already,
    `secretary` whether the visitor is the secretary.
    """
    if not asked:
        return Step("You are the chair. Ask how priority 7 stands.", f"Ask as the chair: {QUESTION}", CHAIR, QUESTION)
    if not moved:
        return Step("That is what a chair gets. Now let time pass: leads are asked for updates.", ON)
    if digest and secretary:
        return Step("This is the secretary’s side. At the foot of the digest, Publish sends it to the board’s channel.")
    if digest:
        return Step(
            "The secretary has the digest of overdue actions, ready to publish to the board’s channel.",
            "Be the secretary and read it",
            link=f"/as/{SECRETARY}/messages",
        )
    if not pressed and waiting is not None:
        if here:
            return Step("Answer it: press a button under an action, or write a few plain words below.")
        user, name = waiting
        return Step(
            "A lead has been asked for an update. Be that lead, and answer.",
            f"Be the {name}",
            link=f"/as/{user}/messages",
        )
    return Step("Go on: reminders, the last call, outcomes, the digest.", ON)
