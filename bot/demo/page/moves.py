"""Move the story's clock, and collect what was sent to whom on the way."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

from bot.demo.page.cast import Cast
from bot.demo.page.timeline import Timeline
from bot.demo.sandbox import Sandbox
from bot.demo.workspace.plain import unescape
from handlers.formatting import number_said
from models.rules.calendar import WorkingDays, at_local, local_day

FURTHEST = timedelta(days=366)
"""The furthest single move: each working day of the story is gone through, and a year takes half a minute."""
FIRST_LINE = 140


class CannotMoveError(Exception):
    """The clock cannot go there; the words say why."""


@dataclass(frozen=True)
class SentLine:
    """One message that was sent on the way."""

    when: str
    to: str
    words: str
    user: str
    place: str
    ts: str


@dataclass(frozen=True)
class ClockMove:
    """How a move turned out."""

    reached: str
    sent: tuple[SentLine, ...]

    @property
    def sentence(self) -> str:
        """The move in a sentence."""
        count = len(self.sent)
        if not count:
            return f"It is now {self.reached}. Nothing was sent on the way."
        places = {line.to for line in self.sent}
        channels = sum(place.startswith("#") for place in places)
        to = [
            number_said(number, one, many)
            for number, one, many in ((len(places) - channels, "person", "people"), (channels, "channel", "channels"))
            if number
        ]
        where = f", to {' and '.join(to)}"
        return f"It is now {self.reached}. {number_said(count, 'message was', 'messages were')} sent{where}."


def said_at(when: datetime, zone: ZoneInfo) -> str:
    """Return a time of the story as text: Mon 17 Aug 2020, 09:30."""
    local = when.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def short_at(when: datetime, zone: ZoneInfo) -> str:
    """Return a time of the story without its year: Mon 17 Aug, 09:30."""
    local = when.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b, %H:%M}"


def next_working_day(now: datetime, zone: ZoneInfo) -> datetime:
    """Return 09:30 on the next working day."""
    return at_local(WorkingDays().shift(local_day(now, zone), 1), zone)


def day_to_go(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return 09:30 on the day that was picked.

    Raises:
        CannotMoveError: it is no day, before today, or too far off.
    """
    today = local_day(now, zone)
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise CannotMoveError("Pick a day to go to first, such as 2020-09-17.") from None
    if day < today:
        raise CannotMoveError(
            f"The clock only moves forward, and it is {said_at(now, zone)} already: pick a later day."
        )
    if day - today > FURTHEST:
        raise CannotMoveError("That is more than a year ahead: go there in several moves.")
    target = at_local(day, zone)
    if target <= now:
        raise CannotMoveError(f"It is {said_at(now, zone)} already: pick a later day.")
    return target


def move_clock(
    sandbox: Sandbox, cast: Cast, timeline: Timeline, how: str, picked: str, zone: ZoneInfo, ending: Event
) -> ClockMove:
    """Move the clock, ticking the real outbox at every instant at which something may happen.

    `how` is `day` (the next working day), `next` (until something is sent) or `date` (`picked`).

    Raises:
        CannotMoveError: the clock cannot go there, or the demonstration is `ending`.
    """

    def moved() -> None:
        timeline.note()
        if ending.is_set():
            raise CannotMoveError("The demo is ending.")

    now = sandbox.clock()
    mark = sandbox.workspace.mark()
    began = time.time()
    match how:
        case "next":
            sandbox.advance_until_said(now + FURTHEST, moved)
        case "day":
            sandbox.advance(next_working_day(now, zone), moved)
        case _:
            sandbox.advance(day_to_go(picked, now, zone), moved)
    sent = [
        SentLine(
            short_at(timeline.of(message.ts), zone),
            f"#{message.names[message.channel]}" if message.channel in message.names else player.name,
            first_line(message.text),
            player.id,
            "messages" if message.channel.startswith("D") else message.channel,
            message.ts,
        )
        for player in (*cast.first, *cast.others)
        for message in sandbox.workspace.since(player.id, mark)
        if float(message.ts) > began
    ]
    return ClockMove(said_at(sandbox.clock(), zone), tuple(_each_once(sorted(sent, key=lambda line: float(line.ts)))))


def _each_once(lines: Iterable[SentLine]) -> list[SentLine]:
    """Drop repetitions: a message in a channel is seen by many and was sent once."""
    return list({line.ts: line for line in reversed(list(lines))}.values())[::-1]


def first_line(text: str) -> str:
    """Return what a notification would show of a message."""
    line = unescape(text.strip().split("\n")[0])
    return line if len(line) <= FIRST_LINE else line[: FIRST_LINE - 1] + "…"
