"""What the bot makes, held against the models of Slack's Python SDK: each is read, is valid, and loses nothing."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.metadata import Metadata
from slack_sdk.models.views import View

from tests.contract.payloads import everything

WRONG = [
    {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
    {"type": "actions", "elements": []} | {"elements": [{"type": "button", "text": "x" * 76, "action_id": "a"}] * 26},
    {"type": "image", "image_url": "https://example.org/a.png"},
    {"type": "section"},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11},
    {"type": "divider", "label": "x"},
]


NOT_MODELLED = ("data_table",)
"""What Slack takes and the SDK has no model of yet: the local workspace checks it, and so do Slack's own types."""


def reread(block: dict[str, Any]) -> dict[str, Any]:
    """A block as the SDK's models read and write it."""
    if block["type"] in NOT_MODELLED:
        return block
    parsed = Block.parse(block)
    assert parsed is not None, block["type"]
    return parsed.to_dict()


def test_every_message_and_view_is_what_the_models_read() -> None:
    messages, views = everything()
    assert len(messages) > 50
    assert len(views) > 30
    for name, message in messages:
        assert [reread(block) for block in message["blocks"]] == message["blocks"], name
        assert Metadata(**message["metadata"]).to_dict() == message["metadata"]
    for name, view in views:
        assert [reread(block) for block in view["blocks"]] == view["blocks"], name
        View(**view).to_dict()


@pytest.mark.parametrize("block", WRONG, ids=lambda block: block["type"])
def test_what_is_wrong_is_found(block: dict[str, Any]) -> None:
    with contextlib.suppress(SlackObjectFormationError, TypeError):
        assert reread(block) != block
