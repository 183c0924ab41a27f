"""Collect what the page shows at a moment: people, their conversations, messages, a form, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from bot.demo.page.cast import Player
from bot.demo.page.form_fields import Ink
from bot.demo.page.moves import FURTHEST, said_at, short_at
from bot.demo.page.suggestions import Suggestion, next_suggestion
from bot.demo.page.text import mrkdwn_html
from bot.demo.page.visit import Visit
from bot.demo.sandbox import SECRETARY
from bot.demo.workspace import CannotDoError, SeenMessage, SeenView
from bot.demo.workspace.plain import mrkdwn_text
from models.rules.calendar import local_day

HOME_PLACE, MESSAGES_PLACE = "home", "messages"
HOME_WAIT = 1.5
"""Seconds for the bot to publish the Home tab that was opened."""


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
    author: str
    initials: str
    when: str
    asked: str
    is_new: bool
    replies: int
    text: Markup
    typed: str = ""
    """The words of a person's own message, to be edited."""

    @property
    def id(self) -> str:
        """The HTML id of the message."""
        return message_id(self.message.ts)


def message_id(ts: str) -> str:
    """Return the HTML id of a message with this stamp."""
    return "m-" + ts.replace(".", "-")


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
    else:
        lines = _lines(visit, me, place, thread)
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
        "step": _step(visit, user) if visit.hints else None,
        "welcome": not visit.has_asked,
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


def _lines(visit: Visit, me: Player, place: str, thread: str) -> tuple[MessageLine, ...]:
    seen = visit.sandbox.workspace.seen(me.id, channel_of(place))
    if thread:
        if all(message.ts != thread for message in seen):
            raise NotThereError("That message is not there any more.")
        shown = [message for message in seen if thread in (message.ts, message.thread_ts)]
    else:
        shown = [message for message in seen if message.thread_ts in (None, message.ts)]
    before = visit.read.get((me.id, place), 0.0)
    replies: dict[str, int] = {}
    for message in seen:
        if message.thread_ts not in (None, message.ts):
            replies[str(message.thread_ts)] = replies.get(str(message.thread_ts), 0) + 1
    unread = [m.ts for m in shown if m.from_bot and float(m.ts) > before]
    first_new = unread[0] if unread and before and not visit.answering else ""
    if seen:
        visit.read[me.id, place] = max(before, *(float(message.ts) for message in seen))
    return tuple(_line(visit, message, replies.get(message.ts, 0), message.ts == first_new) for message in shown)


def _line(visit: Visit, message: SeenMessage, replies: int, is_new: bool) -> MessageLine:
    author = visit.cast.find(message.user)
    name = (
        visit.sandbox.workspace.config.bot_name if message.from_bot else message.names.get(message.user, message.user)
    )
    return MessageLine(
        message,
        Ink(message_id(message.ts), message.names),
        name,
        "CY" if message.from_bot else author.initials if author else name[:2],
        short_at(visit.timeline.of(message.ts), visit.zone),
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


def _step(visit: Visit, user: str) -> Suggestion:
    workspace = visit.sandbox.workspace
    everybody = (*visit.cast.first, *visit.cast.others)
    asked = {one.id: [m.text.split("\n")[0] for m in workspace.dm(one.id) if m.metadata] for one in everybody}
    leads = [one for one in everybody if one.id != SECRETARY and asked[one.id]]
    waiting = next((one for one in leads if one.id == user), leads[0] if leads else None)
    return next_suggestion(
        asked=visit.has_asked,
        moved=visit.move is not None,
        pressed=visit.has_pressed,
        digest=any("overdue" in line.casefold() for line in asked.get(SECRETARY, ())),
        waiting=(waiting.id, waiting.name) if waiting else None,
        here=waiting is not None and waiting.id == user,
        secretary=user == SECRETARY,
    )
