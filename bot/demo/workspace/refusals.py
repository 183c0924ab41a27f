"""Decide what Slack refuses of a message or a view, with its own error codes. Pure: nothing is stored or sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.demo.workspace.blocks import IN_MESSAGES_ONLY, check_blocks
from bot.demo.workspace.rules import Rule, RuleReport, anything, object_of, plain_rule, string

SLACK_MESSAGE_BLOCKS = 50
SLACK_VIEW_BLOCKS = 100
POST_TEXT = 40_000
UPDATE_TEXT = 4_000
ALL_BLOCKS_TEXT = 13_200
"""Undocumented; reported by users of Bolt for JavaScript (issue 2509)."""
SLACK_VIEW_BYTES = 250_000
METADATA_BYTES = 16_000
CALLBACK_ID = 255


@dataclass(frozen=True)
class SlackRefusal:
    """Why Slack would not take something: the error code, and the sentences naming each place."""

    error: str
    messages: tuple[str, ...] = ()


def check_message(text: Any, blocks: Any, *, longest_text: int = POST_TEXT) -> SlackRefusal | None:
    """Say what Slack refuses in a message, or None when it would be taken.

    The rules are those of https://docs.slack.dev/reference/methods/chat.postMessage/ and of the Block Kit reference.
    """
    if text is not None and not isinstance(text, str):
        return SlackRefusal("invalid_arguments", ("[ERROR] must be a string [json-pointer:/text]",))
    if blocks is not None and not (isinstance(blocks, list) and all(isinstance(b, dict) for b in blocks)):
        return SlackRefusal("invalid_blocks_format")
    if not text and not blocks:
        return SlackRefusal("no_text")
    if text and len(text) > longest_text:
        return SlackRefusal("msg_too_long")
    report = RuleReport()
    check_blocks(blocks or [], "/blocks", SLACK_MESSAGE_BLOCKS, report)
    if report.problems:
        return SlackRefusal("invalid_blocks", tuple(report.problems))
    if report.characters > ALL_BLOCKS_TEXT:
        return SlackRefusal("msg_blocks_too_long")
    return None


def check_metadata(metadata: Any) -> SlackRefusal | None:
    """Say what Slack refuses in a message's metadata (https://docs.slack.dev/messaging/message-metadata/)."""
    if metadata is None or metadata == {}:
        return None
    if not isinstance(metadata, dict):
        return SlackRefusal("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        return SlackRefusal("invalid_metadata_schema", ("[ERROR] missing required field: event_type",))
    if not isinstance(metadata.get("event_payload"), dict):
        return SlackRefusal("invalid_metadata_schema", ("[ERROR] missing required field: event_payload",))
    if bad := [name for name, value in metadata["event_payload"].items() if not _is_payload_value(value)]:
        where = f"[json-pointer:/metadata/event_payload/{bad[0]}]"
        return SlackRefusal("invalid_metadata_format", (f"[ERROR] must be a scalar or objects {where}",))
    if len(json.dumps(metadata)) > METADATA_BYTES:
        return SlackRefusal("metadata_too_large")
    return None


def _is_payload_value(value: Any) -> bool:
    """Return whether Slack's own types have it as a value: a scalar, an object, or a list of objects.

    `MessageMetadataEventPayloadObject` of the npm package @slack/types.
    """
    if isinstance(value, list):
        return all(isinstance(one, dict) for one in value)
    return isinstance(value, str | int | float | bool | dict)


# The blocks are looked at by themselves.
_SHAPES: dict[str, Rule] = {
    "modal": object_of(
        {"title": plain_rule(24), "blocks": anything},
        {
            "private_metadata": string(3000),
            "callback_id": string(CALLBACK_ID),
            "submit": plain_rule(24),
            "close": plain_rule(24),
        },
    ),
    "home": object_of({"blocks": anything}),
}


def check_view(view: Any, *, kinds: tuple[str, ...]) -> SlackRefusal | None:
    """Say what Slack refuses in a view, or None; `kinds` are the types the method takes (`modal`, `home`).

    The rules are those of https://docs.slack.dev/reference/views/. Slack answers `invalid_arguments` here, with the
    place in the messages, where a message would be answered `invalid_blocks`.
    """
    if not isinstance(view, dict):
        return SlackRefusal("invalid_arguments", ("[ERROR] must provide an object [json-pointer:/view]",))
    if len(json.dumps(view, ensure_ascii=False).encode()) > SLACK_VIEW_BYTES:
        return SlackRefusal("view_too_large")
    kind = view.get("type")
    if kind not in kinds:
        return SlackRefusal("invalid_arguments", (f"[ERROR] unsupported type: {kind} [json-pointer:/view/type]",))
    report = RuleReport()
    _SHAPES[kind](view, "/view", report)
    blocks = view.get("blocks")
    check_blocks(blocks if blocks is not None else [], "/view/blocks", SLACK_VIEW_BLOCKS, report)
    for index, block in enumerate(blocks if isinstance(blocks, list) else ()):
        if isinstance(block, dict) and block.get("type") in IN_MESSAGES_ONLY:
            report.add(f"/view/blocks/{index}/type", f"unsupported type: {block['type']}")
    if kind == "modal" and not view.get("submit") and _has_input(blocks):
        report.add("/view", "missing required field: submit, needed where there are input blocks")
    return SlackRefusal("invalid_arguments", tuple(report.problems)) if report.problems else None


def _has_input(blocks: Any) -> bool:
    return isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)


def check_options(payload: Any) -> SlackRefusal | None:
    """Say what Slack refuses in the answer to a block_suggestion: up to 100 options, or groups of them."""
    if not isinstance(payload, dict) or ("options" in payload) == ("option_groups" in payload):
        return SlackRefusal("invalid_options")
    element = {"type": "static_select", **payload}
    report = RuleReport()
    if payload.get("options") == []:
        return None
    check_blocks([{"type": "actions", "elements": [element]}], "", 1, report)
    return SlackRefusal("invalid_options", tuple(report.problems)) if report.problems else None
