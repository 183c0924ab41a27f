"""Answer auth.*, apps.* and views.*: what belongs to the app itself, and the forms it shows."""

from __future__ import annotations

import time

from bot.demo.workspace.calls import Call, Method
from bot.demo.workspace.core import SlackError
from bot.demo.workspace.form_state import state_values
from bot.demo.workspace.state import Json, StoredTrigger, StoredView
from bot.demo.workspace.views import open_modal, put_home, view_json


def auth_test(call: Call) -> Json:
    """Answer auth.test (https://docs.slack.dev/reference/methods/auth.test/)."""
    config = call.core.config
    if call.opened_with == "app":
        return {"app_id": config.app_id, "app_name": config.bot_name}
    return {
        "url": f"https://{config.team_domain}.slack.com/",
        "team": config.team_name,
        "user": "cypp",
        "team_id": config.team_id,
        "user_id": config.bot_user_id,
        "bot_id": config.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    """Answer apps.connections.open with the address of one WebSocket."""
    core = call.core
    if "connections:write" not in core.config.app_scopes:
        raise SlackError("missing_scope", needed="connections:write", provided=",".join(core.config.app_scopes))
    address = core.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={core.hub.new_ticket()}&app_id={core.config.app_id}"}


def _trigger(call: Call) -> StoredTrigger:
    """Return the act of a person that allows a view to be shown: once, within three seconds."""
    call.require("trigger_id")
    trigger = call.core.state.triggers.get(call.text("trigger_id"))
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if time.monotonic() - trigger.issued > call.core.config.trigger_lifetime:
        raise SlackError("expired_trigger_id")
    return trigger


def _shown(call: Call, view: StoredView) -> Json:
    return {"view": view_json(call.core, view, state_values(view.blocks, view.typed))}


def views_open(call: Call) -> Json:
    """Answer views.open."""
    call.require("view")
    trigger = _trigger(call)
    view = open_modal(call.core, trigger.user, call.structure("view", "invalid_arguments"))
    trigger.used = True
    return _shown(call, view)


def views_publish(call: Call) -> Json:
    """Answer views.publish: the Home tab of one person."""
    call.require("view", "user_id")
    user = call.user("user_id")
    if user.is_bot:
        raise SlackError("invalid_arguments", ("[ERROR] invalid user_id",))
    return _shown(call, put_home(call.core, user, call.structure("view", "invalid_arguments")))


METHODS: dict[str, Method] = {
    "auth.test": Method(auth_test, opens="either"),
    "apps.connections.open": Method(connections_open, opens="app"),
    "views.open": Method(views_open),
    "views.publish": Method(views_publish),
}
