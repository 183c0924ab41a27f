"""Take in at the socket what no listener could read: acknowledge it, and tell whoever waits in one sentence.

Slack adds kinds of events and payloads without notice. What is not acknowledged comes again, three times; a form that
is acknowledged without a word closes and looks as if it had been stored.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.slack.payloads import (
    BlockActions,
    BlockSuggestion,
    MaybeUrl,
    MessageShortcut,
    Payload,
    PayloadUser,
    SlashCommand,
    ViewSubmission,
)

log = logging.getLogger(__name__)

_Model = TypeVar("_Model", bound=Payload)

UNREADABLE = "Slack sent something this bot cannot read, so nothing was recorded: please try again."
HEARD_EVENTS = frozenset({"message", "app_mention", "app_home_opened", "user_change", "team_join"})
"""The events that somebody listens to (`bot.slack.listeners`)."""
_INTERACTIONS: Final[Mapping[str, type[Payload]]] = {
    "block_actions": BlockActions,
    "block_suggestion": BlockSuggestion,
    "message_action": MessageShortcut,
    "view_submission": ViewSubmission,
}


class _Address(Payload):
    response_url: MaybeUrl = ""


class _Account(Payload):
    user: PayloadUser


class GuardedHandler(SocketModeHandler):
    """A handler that gives Bolt only what listeners can read. `tell`: sends an account, or an address, a sentence."""

    tell: Callable[[str, str, str], object] = staticmethod(lambda user, url, sentence: None)

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Handle one envelope."""
        if can_be_read(req.type, req.payload):
            super().handle(client, req)
            return
        log.warning("an envelope of Slack's could not be read: %s", req.type)
        answer = odd_answer(req.type, req.payload)
        if not answer and isinstance(req.payload, Mapping) and _waits(req.type, req.payload):
            address, account = _read(_Address, req.payload), _read(_Account, req.payload)
            url, user = address.response_url if address else "", account.user.id if account else ""
            if url or user:
                self.tell(user, url, UNREADABLE)
        client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id, payload=answer))


def can_be_read(kind: str, payload: Any) -> bool:
    """Return whether a listener reads what an envelope of this kind holds."""
    if not isinstance(payload, Mapping):
        return False
    if kind == "events_api":
        event = payload.get("event")
        return isinstance(event, Mapping) and event.get("type") in HEARD_EVENTS
    model = SlashCommand if kind == "slash_commands" else _INTERACTIONS.get(str(payload.get("type")))
    return model is not None and _read(model, payload) is not None


def odd_answer(kind: str, payload: Any) -> dict[str, Any]:
    """Return the acknowledgement of what cannot be read; of a form, one that keeps it open with what was typed."""
    if kind == "slash_commands":
        return {"text": UNREADABLE, "response_type": "ephemeral"}
    if not isinstance(payload, Mapping):
        return {}
    if payload.get("type") == "block_suggestion":
        return {"options": []}
    view = payload.get("view")
    blocks = view.get("blocks") if isinstance(view, Mapping) and payload.get("type") == "view_submission" else None
    fields = [one for one in blocks if isinstance(one, Mapping)] if isinstance(blocks, list) else []
    name = next((one.get("block_id") for one in fields if one.get("type") == "input"), None)
    return {"response_action": "errors", "errors": {name: UNREADABLE}} if isinstance(name, str) else {}


def _waits(kind: str, payload: Mapping[str, Any]) -> bool:
    """Return whether somebody did something and waits for what comes of it."""
    return kind == "interactive" and payload.get("type") in _INTERACTIONS


def _read(model: type[_Model], payload: Mapping[str, Any]) -> _Model | None:
    try:
        return model.model_validate(payload)
    except ValidationError:
        return None
