"""Suggest to a newcomer what to do next, one step at a time. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.demo.sandbox import CHAIR, SECRETARY


@dataclass(frozen=True)
class Suggestion:
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


_QUESTION = "/cypp status priority 7"
_NEXT_LABEL = "To the next thing that happens"


def next_suggestion(
    *,
    asked: bool,
    moved: bool,
    pressed: bool,
    digest: bool,
    waiting: tuple[str, str] | None,
    here: bool,
    secretary: bool,
) -> Suggestion:
    """Return the step after those done: a question asked, the clock moved, a request answered, a digest sent."""
    if not asked:
        return Suggestion(
            "You are the chair. Ask how priority 7 stands.", f"Ask as the chair: {_QUESTION}", CHAIR, _QUESTION
        )
    if not moved:
        return Suggestion("That is what a chair gets. Now let time pass: leads are asked for updates.", _NEXT_LABEL)
    if digest and secretary:
        return Suggestion(
            "This is the secretary’s side. At the foot of the digest, Publish sends it to the board’s channel."
        )
    if digest:
        return Suggestion(
            "The secretary has the digest of overdue actions, ready to publish to the board’s channel.",
            "Be the secretary and read it",
            link=f"/as/{SECRETARY}/messages",
        )
    if not pressed and waiting is not None:
        if here:
            return Suggestion("Answer it: press a button under an action, or write a few plain words below.")
        user, name = waiting
        return Suggestion(
            "A lead has been asked for an update. Be that lead, and answer.",
            f"Be the {name}",
            link=f"/as/{user}/messages",
        )
    return Suggestion("Go on: reminders, the last call, outcomes, the digest.", _NEXT_LABEL)
