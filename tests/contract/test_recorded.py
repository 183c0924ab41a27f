"""What `make contract` checks of the end-to-end tests: what the local workspace took, written once each."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.local_slack import LocalWorkspace
from tests.local_slack.recorded import FOLDER, recorded

HOME = {"type": "home", "blocks": [{"type": "divider"}]}
METADATA = {"event_type": "x", "event_payload": {"id": "1"}}


def test_messages_and_views_that_were_taken_are_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    with LocalWorkspace() as workspace:
        workspace.add_user("U0LEAD", "A Lead")
        client = WebClient(token=workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
        for _ in range(2):
            client.chat_postMessage(channel="U0LEAD", text="{Hello}", blocks=[{"type": "divider"}], metadata=METADATA)
            client.views_publish(user_id="U0LEAD", view=HOME)
        with suppress(SlackApiError):
            client.chat_postMessage(channel="U0LEAD", text="x", blocks=[{"type": "no such thing"}])
        client.conversations_open(users="U0LEAD")
    assert [(kind, made) for kind, _, made in recorded(tmp_path)] == [
        ("message", {"text": "{Hello}", "blocks": [{"type": "divider"}], "metadata": METADATA}),
        ("view", HOME),
    ]
