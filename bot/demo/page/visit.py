"""The state of a visit in memory: what was read, what went wrong, where the clock was moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event, RLock
from zoneinfo import ZoneInfo

from bot.demo.page.cast import Cast
from bot.demo.page.ict import IctStory
from bot.demo.page.moves import ClockMove
from bot.demo.page.timeline import Timeline
from bot.demo.sandbox import Sandbox
from bot.demo.workspace.state import Json


@dataclass(frozen=True)
class Flash:
    """One sentence about what went wrong, shown until the next thing is; `typed` comes back into the box."""

    words: str
    typed: str = ""
    thread: str = ""
    """The thread in which it was typed."""


@dataclass(frozen=True)
class Confirmation:
    """A press that is confirmed first (“Are you sure?”), with the fields to send again."""

    confirm: Json
    action: str
    fields: tuple[tuple[str, str], ...]
    button: str


@dataclass
class Visit:
    """One demonstration: the sandbox, and where its visitor has got to."""

    sandbox: Sandbox
    cast: Cast
    timeline: Timeline
    plan: str
    """The plan's name."""
    zone: ZoneInfo
    ict: IctStory
    lock: RLock = field(default_factory=RLock)
    ending: Event = field(default_factory=Event)
    read: dict[tuple[str, str], float] = field(default_factory=dict)
    asked: dict[tuple[str, str], str] = field(default_factory=dict)
    """What was typed for the answer with this channel and stamp: Slack shows only the answer."""
    errors: dict[str, dict[str, str]] = field(default_factory=dict)
    raw: dict[str, dict[str, str]] = field(default_factory=dict)
    """Problems of each form by its id and field, and words put into a menu that fit no option."""
    questions: dict[str, Confirmation] = field(default_factory=dict)
    flash: Flash | None = None
    say: str = ""
    """What a screen reader is told of the last thing that was done."""
    move: ClockMove | None = None
    just_moved: bool = False
    answering: bool = False
    """Whether what is new on the page answers what was just done, and so needs no mark."""
    sent: set[str] = field(default_factory=set)
    pressed: set[tuple[str, str]] = field(default_factory=set)
    """Who pressed buttons of which words; empty for words of one's own."""
    skipped: set[int] = field(default_factory=set)
    """Steps of the guide that were left out."""
    guided: bool = True

    def unread(self, user: str, place: str, stamps: list[str]) -> int:
        """Return how many of the bot's messages with these stamps a person has not seen in a place."""
        seen = self.read.get((user, place), 0.0)
        return sum(float(stamp) > seen for stamp in stamps)
