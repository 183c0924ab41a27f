"""Lead a newcomer through a whole round of a board, step by step: who to be, what to press, what is seen. Pure."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from bot.demo.sandbox import BOARD_CHANNEL, CHAIR, SECRETARY

_LEAD = "U0HEADEDU"


@dataclass(frozen=True)
class StoryStep:
    """One step, done by sending `text`, by a move of the clock to `day`, by a press, or by a look into `place`.

    `press` begins the button's words; where it is empty, whatever `user` presses or writes will do. `label` is on the
    button of the page that does it, or leads there.
    """

    words: str
    label: str = ""
    user: str = ""
    text: str = ""
    press: str | None = None
    day: date | None = None
    place: str = "messages"

    @property
    def kind(self) -> str:
        """`say`, `clock`, `press` or `look`."""
        return "say" if self.text else "clock" if self.day else "look" if self.press is None else "press"

    @property
    def link(self) -> str:
        """Where it is done."""
        return f"/as/{self.user}/{self.place}" if self.user else self.place


@dataclass(frozen=True)
class Visited:
    """What a visitor has done: the day they are at, what they sent and pressed as whom, and where they have looked."""

    today: date
    sent: Set[str] = frozenset()
    pressed: Set[tuple[str, str]] = frozenset()
    looked: Set[str] = frozenset()
    skipped: Set[int] = frozenset()


_BE_SECRETARY = "Be the Democratic Services Officer"
STEPS = (
    StoryStep(
        "You are the chair. Ask how priority 7 stands.",
        "Ask as the chair: /cypp status priority 7",
        CHAIR,
        text="/cypp status priority 7",
    ),
    StoryStep(
        "That is what a chair gets, and nobody else sees it. Let time pass until leads are asked for updates.",
        "Go on to Mon 17 Aug",
        day=date(2020, 8, 17),
    ),
    StoryStep(
        "The Head of Education is asked about three actions. Press On track under one, or write a few plain words.",
        "Be the Head of Education",
        _LEAD,
        press="",
    ),
    StoryStep(
        "The receipt says what was recorded, with Undo. Reminder and last call go to those who still owe an answer.",
        "Go on to Wed 2 Sep",
        day=date(2020, 9, 2),
    ),
    StoryStep(
        "The board’s secretary has No update received for Wed 16 Sep: who has not answered, by lead. Press Chase all.",
        _BE_SECRETARY,
        SECRETARY,
        press="Chase",
    ),
    StoryStep(
        "Each of those leads gets one message, signed by the secretary. Next, the papers go out.",
        "Go on to Wed 9 Sep",
        day=date(2020, 9, 9),
    ),
    StoryStep(
        "The paper is there as a Word file, its figures frozen. Press Send me the paper for one with what came since.",
        _BE_SECRETARY,
        SECRETARY,
        press="Send me the paper",
    ),
    StoryStep("Now the board meets, on Wed 16 Sep.", "Go on to Thu 17 Sep", day=date(2020, 9, 17)),
    StoryStep(
        "The secretary has After the meeting of Wed 16 Sep. Tick two actions that the board closed, and press Closed.",
        _BE_SECRETARY,
        SECRETARY,
        press="Closed",
    ),
    StoryStep(
        "Each outcome can be undone. Press Carry forward all that is left: those actions are due on Fri 23 Oct then.",
        _BE_SECRETARY,
        SECRETARY,
        press="Carry forward all",
    ),
    StoryStep(
        "Press Outcomes recorded: the leads are told what became of their actions, and the digest comes.",
        _BE_SECRETARY,
        SECRETARY,
        press="Outcomes recorded",
    ),
    StoryStep(
        "The digest says what is overdue and what waits. Press Publish: it goes to the board’s channel, without names.",
        _BE_SECRETARY,
        SECRETARY,
        press="Publish",
    ),
    StoryStep(
        "Everybody on the board can read it in the channel.",
        "Look into # partnership",
        CHAIR,
        place=BOARD_CHANNEL,
    ),
    StoryStep("That was one round. The next begins by itself.", "Go on to Thu 24 Sep", day=date(2020, 9, 24)),
    StoryStep(
        "The leads of what is due on Fri 23 Oct are asked now. Go on as you like, or see how a board is started.",
        "Be the colleague from ICT",
        place="/ict",
    ),
)


def step_reached(done: Visited, steps: Sequence[StoryStep] = STEPS) -> int:
    """Return the number of the first step that is left, from 0; the last one stays.

    What stands before a day that has come is over: the clock does not go back.
    """
    reached = max((at for at, step in enumerate(steps) if step.day and step.day <= done.today), default=-1)
    left = (at for at in range(reached + 1, len(steps)) if at not in done.skipped and not _is_done(steps[at], done))
    return next(left, len(steps) - 1)


def _is_done(step: StoryStep, done: Visited) -> bool:
    if step.press is not None:
        return any(user == step.user and label.startswith(step.press) for user, label in done.pressed)
    return step.text in done.sent or (step.kind == "look" and step.place in done.looked)
