"""Open, update and close modals and Home tabs."""

from __future__ import annotations

import copy
import secrets
from typing import Any

from bot.demo.workspace.core import Core, SlackError
from bot.demo.workspace.refusals import check_view
from bot.demo.workspace.state import Json, StoredView, User, pairs_of, with_ids


def _spec(core: Core, view: Any, kind: str) -> Json:
    refusal = check_view(view, kinds=(kind,)) or core.refuses_types(view.get("blocks"), "/view/blocks")
    if refusal:
        raise SlackError.of(refusal)
    spec: Json = copy.deepcopy(view)
    spec["blocks"] = with_ids(spec.get("blocks") or [])
    return spec


def _new_hash(core: Core) -> str:
    return f"{core.state.new_ts().split('.')[0]}.{secrets.token_hex(4)}"


def _new_view(core: Core, user_id: str, view: Any, kind: str) -> StoredView:
    spec = _spec(core, view, kind)
    view_id = "V" + secrets.token_hex(5).upper()
    core.busy()
    return StoredView(view_id, user_id, spec, _new_hash(core), seq=core.state.next_seq())


def open_modal(core: Core, user_id: str, view: Any) -> StoredView:
    """Open a modal in place of whatever is there.

    Raises:
        SlackError: Slack would refuse it.
    """
    opened = _new_view(core, user_id, view, "modal")
    core.state.modals[user_id] = opened
    return opened


def update_view(core: Core, current: StoredView, view: Any) -> StoredView:
    """Replace what a view shows; what was typed in places that stay (same ids) stays.

    Raises:
        SlackError: Slack would refuse it.
    """
    current.spec = _spec(core, view, str(current.spec.get("type")))
    current.hash = _new_hash(core)
    kept = {(b["block_id"], e["action_id"]) for b, e in pairs_of(current.blocks)}
    current.typed = {
        block_id: here
        for block_id, actions in current.typed.items()
        if (here := {a: v for a, v in actions.items() if (block_id, a) in kept})
    }
    current.seq = core.state.next_seq()
    core.busy()
    return current


def put_home(core: Core, user: User, view: Any) -> StoredView:
    """Show a Home tab to one person.

    Raises:
        SlackError: Slack would refuse it.
    """
    current = core.state.homes.get(user.id)
    if current is not None:
        return update_view(core, current, view)
    home = core.state.homes[user.id] = _new_view(core, user.id, view, "home")
    return home


def close_modal(core: Core, user_id: str) -> None:
    """Close the modal of a person."""
    core.state.modals.pop(user_id, None)
    core.busy()


def view_json(core: Core, view: StoredView, state_values: Json) -> Json:
    """Return the view object, as the Web API and payloads give it (https://docs.slack.dev/reference/views/)."""
    config = core.config
    spec = copy.deepcopy(view.spec)
    body: Json = {
        "id": view.id,
        "team_id": config.team_id,
        "app_id": config.app_id,
        "app_installed_team_id": config.team_id,
        "bot_id": config.bot_id,
        "title": {"type": "plain_text", "text": config.bot_name, "emoji": True},
        "close": None,
        "submit": None,
        "blocks": [],
        "previous_view_id": None,
        "root_view_id": view.id,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "state": {"values": state_values},
        "hash": view.hash,
        "clear_on_close": False,
        "notify_on_close": False,
    }
    return body | spec
