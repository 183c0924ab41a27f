"""Collect what the page shows at a moment: people, their conversations, messages, a form, the clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from bot.demo.page.cast import Player
from bot.demo.page.form_fields import Ink
from bot.demo.page.guide import STEPS, Visited, step_reached
from bot.demo.page.moves import FURTHEST, said_at
from bot.demo.page.text import mrkdwn_html
from bot.demo.page.visit import Visit
from bot.demo.workspace import CannotDoError, SeenMessage, SeenView
from bot.demo.workspace.plain import mrkdwn_text
from models.rules.calendar import local_day

HOME_PLACE, MESSAGES_PLACE = "home", "messages"
HOME_WAIT = 1.5
"""Seconds for the bot to publish the Home tab that was opened."""
TOGETHER = timedelta(minutes=5)
"""Messages of one author within this time stand together under one name, as in Slack."""


class NotThereError(Exception):
    """There is nobody, or nothing, at this address."""


@dataclass(frozen=True)
class PlaceItem:
    """One conversation in the list of somebody's conversations."""

    key: str
    label: str
    unread: int
    here: bool


@dataclass(frozen=True)
class PersonItem:
    """One person in the list of people."""

    player: Player
    unread: int
    here: bool


@dataclass(frozen=True)
class MessageLine:
    """One message as it is drawn."""

    message: SeenMessage
    ink: Ink
    id: str
    """Its HTML id: a message that began a thread stands in the list and in the thread."""
    author: Player
    sent: datetime
    """When in the story it was sent, in the plan's zone."""
    asked: str
    is_new: bool
    replies: int
    text: Markup
    typed: str = ""
    """The words of a person's own message, to be edited."""
    first_of_day: bool = True
    follows: bool = False
    """Whether it stands under another of the same author, so that who wrote it need not be said again."""

    @property
    def day(self) -> str:
        """The day it was sent: Mon 17 Aug."""
        return f"{self.sent:%a} {self.sent.day} {self.sent:%b}"


def message_id(ts: str, prefix: str = "m") -> str:
    """Return the HTML id of a message with this stamp."""
    return f"{prefix}-{ts.replace('.', '-')}"


def channel_of(place: str) -> str | None:
    """Return the channel id of a place; None for the direct conversation with the bot."""
    return None if place in (HOME_PLACE, MESSAGES_PLACE) else place


def build_scene(visit: Visit, user: str, place: str, thread: str = "", *, peek: bool = False) -> dict[str, Any]:
    """Return everything shown to a visitor who is this person, at this place, by the names the templates use.

    `peek`: the page polls, so the Home tab is not opened anew.

    Raises:
        NotThereError: there is no such person or conversation.
    """
    sandbox, workspace = visit.sandbox, visit.sandbox.workspace
    me = visit.cast.find(user)
    if me is None:
        raise NotThereError(f"Nobody in the plan has the account {user}.")
    channels = {channel.id: channel for channel in workspace.places(user)}
    if place not in (HOME_PLACE, MESSAGES_PLACE) and place not in channels:
        raise NotThereError(f"{me.name} has no such conversation.")
    mark = workspace.mark()
    home = None
    if place == HOME_PLACE:
        home = workspace.home(user) if peek else workspace.open_home(user, HOME_WAIT)
        lines: tuple[MessageLine, ...] = ()
        replies: tuple[MessageLine, ...] = ()
    else:
        lines, replies = _lines(visit, me, place, thread)
    modal = workspace.view(user)
    zone = visit.zone
    now = sandbox.clock()
    today = local_day(now, zone)
    base = f"/as/{user}/{place}"
    bot = workspace.config.bot_name
    return {
        "plan": visit.plan,
        "clock": {
            "said": said_at(now, zone),
            "least": (today + timedelta(days=1)).isoformat(),
            "most": (today + FURTHEST).isoformat(),
        },
        "move": visit.move,
        "just_moved": visit.just_moved,
        "steps": STEPS if visit.guided else (),
        "at": step_reached(
            Visited(today, visit.sent, visit.pressed, {place for _, place in visit.read}, visit.skipped)
        ),
        "me": me,
        "people": tuple(_person(visit, player, user) for player in visit.cast.first),
        "others": tuple(_person(visit, player, user) for player in visit.cast.others),
        "places": tuple(
            PlaceItem(key, label, _unread(visit, user, key), key == place)
            for key, label in (
                (MESSAGES_PLACE, bot),
                (HOME_PLACE, f"{bot}: Home tab"),
                *((channel.id, f"# {channel.name}") for channel in channels.values()),
            )
        ),
        "place": place,
        "title": _title(place, bot, channels[place].name if place in channels else ""),
        "thread": thread,
        "shortcuts": workspace.config.shortcuts,
        "lines": lines,
        "replies": replies,
        "home": home,
        "home_ink": _view_ink(visit, home, "home"),
        "modal": modal,
        "modal_ink": _view_ink(visit, modal, "form"),
        "question": visit.questions.get(user),
        "flash": visit.flash,
        "say": visit.say,
        "seq": mark,
        "path": f"{base}?thread={thread}" if thread else base,
        "base": base,
    }


def _title(place: str, bot: str, channel: str) -> str:
    if place == HOME_PLACE:
        return f"{bot}: Home tab"
    return f"Messages with {bot}" if place == MESSAGES_PLACE else f"# {channel}"


def _view_ink(visit: Visit, view: SeenView | None, prefix: str) -> Ink | None:
    if view is None:
        return None
    return Ink(prefix, view.names, view.typed, visit.errors.get(view.id, {}), visit.raw.get(view.id, {}), level=3)


def _lines(
    visit: Visit, me: Player, place: str, thread: str
) -> tuple[tuple[MessageLine, ...], tuple[MessageLine, ...]]:
    """Return the messages of a conversation, and those of the thread that is open beside it."""
    seen = visit.sandbox.workspace.seen(me.id, channel_of(place))
    if thread and all(message.ts != thread for message in seen):
        raise NotThereError("That message is not there any more.")
    answers = Counter(message.thread_ts for message in seen if message.thread_ts != message.ts)
    before = visit.read.get((me.id, place), 0.0)
    shown = [message for message in seen if message.thread_ts in (None, message.ts)]
    unread = [m.ts for m in shown if m.from_bot and float(m.ts) > before]
    first_new = unread[0] if unread and before and not visit.answering else ""
    if seen:
        visit.read[me.id, place] = max(before, *(float(message.ts) for message in seen))
    return (
        _grouped([_line(visit, one, "m", answers[one.ts], one.ts == first_new) for one in shown]),
        _grouped([_line(visit, one, "t") for one in seen if thread and thread in (one.ts, one.thread_ts)]),
    )


def _grouped(lines: Sequence[MessageLine]) -> tuple[MessageLine, ...]:
    """Return the lines with each day's first marked, and those that follow another of the same author at once."""
    return tuple(
        replace(
            line,
            first_of_day=before is None or before.sent.date() != line.sent.date(),
            follows=before is not None
            and not line.is_new
            and (before.author, before.message.ephemeral) == (line.author, line.message.ephemeral)
            and line.sent - before.sent < TOGETHER,
        )
        for before, line in pairwise((None, *lines))
        if line is not None
    )


def _line(visit: Visit, message: SeenMessage, prefix: str, replies: int = 0, is_new: bool = False) -> MessageLine:
    html_id = message_id(message.ts, prefix)
    name = visit.sandbox.workspace.config.bot_name if message.from_bot else message.names.get(message.user, "")
    return MessageLine(
        message,
        Ink(html_id, message.names),
        html_id,
        visit.cast.find(message.user) or Player(message.user, name or message.user, ""),
        visit.timeline.of(message.ts).astimezone(visit.zone),
        visit.asked.get((message.channel, message.ts), ""),
        is_new,
        replies,
        mrkdwn_html(message.text, message.names),
        "" if message.from_bot else mrkdwn_text(message.text, message.names),
    )


def _unread(visit: Visit, user: str, place: str) -> int:
    if place == HOME_PLACE:
        return 0
    try:
        seen = visit.sandbox.workspace.seen(user, channel_of(place))
    except CannotDoError:
        return 0
    return visit.unread(user, place, [message.ts for message in seen if message.from_bot])


def _person(visit: Visit, player: Player, user: str) -> PersonItem:
    return PersonItem(player, _unread(visit, player.id, MESSAGES_PLACE), player.id == user)
