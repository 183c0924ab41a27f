"""The Home tab of one person: published when it is opened, and again after each press on it with the answer on top."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.slack.messenger import HOME_OF
from bot.slack.payloads import HomeOpened
from bot.slack.render_home import render_home
from bot.slack.rounds import Deps, note_refusal, read_round
from bot.slack.spoken import remember_page
from bot.slack.trouble import TROUBLE
from handlers.context import Round
from handlers.home import show_home
from handlers.replies import Answer, Reply
from models.accounts import Actor
from models.enums import Way

log = logging.getLogger(__name__)

HOME = "home"
"""What stands for the conversation in a form that was opened on the Home tab: its receipt goes there."""


def on_home_opened(body: Mapping[str, Any], deps: Deps) -> None:
    """Somebody opened the app: its Home tab is made for them."""
    try:
        event = HomeOpened.from_body(body)
    except ValidationError:
        return
    if event.tab == HOME:
        deps.afterwards(publish_home, deps, Actor(event.team_id, event.user))


def publish_home(deps: Deps, actor: Actor, answer: Reply | None = None) -> None:
    """Shows somebody their Home tab as it is now; `answer`: what was answered to their press on it."""
    parts: tuple[Reply, ...] = ()

    def work(asked: Round) -> Answer:
        nonlocal parts
        parts = show_home(asked)
        note_refusal(actor, Way.BUTTON, Answer(parts[0]))
        return Answer(None)

    failed = read_round(deps, actor, Way.BUTTON, work).reply
    view = render_home((failed,) if isinstance(failed, Reply) else parts, answer)
    try:
        deps.client.views_publish(user_id=actor.user, view=view)
    except TROUBLE as error:
        log.warning("a Home tab could not be shown: %s", type(error).__name__)
        return
    # What stands there holds people's words, which may be redacted before it is opened again. Under the workspace's
    # name: somebody has one account, and a Home tab in each workspace of their organisation.
    remember_page(deps, f"{HOME_OF}{actor.user}", deps.workspace_id, json.dumps({"view": view}, ensure_ascii=False))
