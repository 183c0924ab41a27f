"""Open, push, update and close modals and Home tabs."""

from __future__ import annotations

import copy
import secrets
from typing import Any

from bot.demo.workspace.core import Core, SlackError
from bot.demo.workspace.refusals import check_view
from bot.demo.workspace.state import Json, StoredView, User, pairs_of, with_ids

MODAL_STACK = 3


def _spec(core: Core, view: Any, kind: str, *, instead_of: StoredView | None = None) -> Json:
    refusal = check_view(view, kinds=(kind,))
    if refusal:
        raise SlackError.of(refusal)
    spec: Json = copy.deepcopy(view)
    spec["blocks"] = with_ids(spec.get("blocks") or [])
    external_id = spec.get("external_id")
    if external_id:
        other = core.state.view_by_external_id(external_id)
        if other is not None and other is not instead_of:
            raise SlackError("duplicate_external_id")
    return spec


def _new_hash(core: Core) -> str:
    return f"{core.state.new_ts().split('.')[0]}.{secrets.token_hex(4)}"


def _new_view(core: Core, user_id: str, view: Any, kind: str) -> StoredView:
    spec = _spec(core, view, kind)
    view_id = "V" + secrets.token_hex(5).upper()
    core.busy()
    return StoredView(view_id, user_id, spec, _new_hash(core), root_id=view_id, seq=core.state.next_seq())


def open_modal(core: Core, user_id: str, view: Any) -> StoredView:
    """Open a modal over whatever is there.

    Raises:
        SlackError: Slack would refuse it.
    """
    opened = _new_view(core, user_id, view, "modal")
    core.state.modals[user_id] = [opened]
    return opened


def push_modal(core: Core, user_id: str, view: Any) -> StoredView:
    """Put a modal on top of the one in front, three at most.

    Raises:
        SlackError: Slack would refuse it.
    """
    stack = core.state.modals.get(user_id) or []
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= MODAL_STACK:
        raise SlackError("push_limit_reached")
    pushed = _new_view(core, user_id, view, "modal")
    pushed.root_id, pushed.previous_id = stack[0].id, stack[-1].id
    stack.append(pushed)
    return pushed


def update_view(core: Core, current: StoredView, view: Any) -> StoredView:
    """Replace what a view shows; what was typed in places that stay (same ids) stays.

    Raises:
        SlackError: Slack would refuse it.
    """
    current.spec = _spec(core, view, str(current.spec.get("type")), instead_of=current)
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


def close_modal(core: Core, view: StoredView) -> None:
    """Close one modal; the one beneath comes to the front."""
    stack = core.state.modals.get(view.user) or []
    if view in stack:
        stack.remove(view)
    if not stack:
        core.state.modals.pop(view.user, None)
    core.busy()


def close_all(core: Core, user_id: str) -> None:
    """Close every modal of a person."""
    core.state.modals.pop(user_id, None)
    core.busy()


def front_modal(core: Core, user_id: str) -> StoredView | None:
    """Return the modal a person has in front."""
    stack = core.state.modals.get(user_id)
    return stack[-1] if stack else None


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
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "state": {"values": state_values},
        "hash": view.hash,
        "clear_on_close": False,
        "notify_on_close": False,
    }
    return body | spec
