"""What the page remembers of its visitor: what was read, what went wrong, what was moved. In memory only."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event, RLock
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.page.cast import Cast
from bot.demo.page.moves import Move
from bot.demo.page.timeline import Timeline
from bot.demo.sandbox import Sandbox

Json = dict[str, Any]


@dataclass(frozen=True)
class Flash:
    """One sentence about what went wrong, shown until the next thing is; `typed` comes back into the box."""

    words: str
    typed: str = ""


@dataclass(frozen=True)
class Question:
    """“Are you sure?”: a press that is confirmed first, with the fields to send again."""

    confirm: Json
    action: str
    fields: tuple[tuple[str, str], ...]
    button: str


@dataclass
class Visit:
    """One demonstration: the town, and where its visitor has got to."""

    town: Sandbox
    cast: Cast
    timeline: Timeline
    plan: str
    """The plan's name."""
    zone: ZoneInfo
    lock: RLock = field(default_factory=RLock)
    ending: Event = field(default_factory=Event)
    read: dict[tuple[str, str], float] = field(default_factory=dict)
    asked: dict[tuple[str, str], str] = field(default_factory=dict)
    """What was typed for the answer with this channel and stamp: Slack shows only the answer."""
    errors: dict[str, dict[str, str]] = field(default_factory=dict)
    raw: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of each form by its id: what is wrong at each field, and words put into a menu that fit no option."""
    questions: dict[str, Question] = field(default_factory=dict)
    flash: Flash | None = None
    say: str = ""
    """What a screen reader is told of the last thing that was done."""
    move: Move | None = None
    just_moved: bool = False
    answering: bool = False
    """Whether what is new on the page is the answer to what was just done, which needs no mark."""
    has_asked: bool = False
    has_pressed: bool = False
    hints: bool = True

    def unread(self, user: str, place: str, stamps: list[str]) -> int:
        """How many of the bot's messages with these stamps a person has not seen in a place."""
        seen = self.read.get((user, place), 0.0)
        return sum(float(stamp) > seen for stamp in stamps)
