"""Publish a person's Home tab when it is opened, and again after each press on it with the answer on top."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.slack.event_payloads import HomeOpened
from bot.slack.meanings import Trouble, call_slack
from bot.slack.messenger import HOME_OF
from bot.slack.patience import try_until_taken
from bot.slack.render_home import render_home
from bot.slack.requests import Deps, log_refusal, read_request
from bot.slack.sent_pages import remember_page
from handlers.context import RequestContext
from handlers.responses import Content, Response
from handlers.status.home import show_home
from models.enums import Way
from models.plan.accounts import Actor

log = logging.getLogger(__name__)

HOME_CHANNEL = "home"
"""Stands for the conversation in a form that was opened on the Home tab: its receipt goes there."""


def on_home_opened(body: Mapping[str, Any], deps: Deps) -> None:
    """Make the Home tab for somebody who opened it."""
    try:
        event = HomeOpened.from_body(body)
    except ValidationError:
        return
    if event.tab == HOME_CHANNEL:
        deps.run_in_background(publish_home, deps, Actor(event.team_id, event.user))


def publish_home(deps: Deps, actor: Actor, answer: Content | None = None) -> None:
    """Show somebody their Home tab as it is now; `answer` is the answer to their press on it."""
    try_until_taken(deps, lambda: _publish(deps, actor, answer), repeatable=True)


def _publish(deps: Deps, actor: Actor, answer: Content | None) -> Trouble | None:
    parts: tuple[Content, ...] = ()

    def work(ctx: RequestContext) -> Response:
        nonlocal parts
        parts = show_home(ctx)
        log_refusal(actor, Way.BUTTON, Response(parts[0]))
        return Response(None)

    failed = read_request(deps, actor, Way.BUTTON, work).content
    view = render_home((failed,) if isinstance(failed, Content) else parts, answer)
    published = deps.blocks.give(
        view,
        lambda shown: call_slack(lambda: deps.client.views_publish(user_id=actor.user, view=shown), lambda _: None),
    )
    if published is not None:
        return published
    # What stands there holds people's words, which may be redacted before it is opened again. Under the workspace's
    # name: somebody has one account, and a Home tab in each workspace of their organisation.
    remember_page(deps, f"{HOME_OF}{actor.user}", deps.workspace_id, json.dumps({"view": view}, ensure_ascii=False))
    return None
