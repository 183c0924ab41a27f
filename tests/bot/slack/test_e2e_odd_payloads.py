"""Payloads that Slack sends, or may send, and that nobody expects: nothing breaks, nothing is recorded by mistake.

Whoever waits for an answer gets one sentence. Each goes through the real socket, and what comes back through HTTP.
"""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.demo.sandbox import TEAM
from bot.demo.workspace import Answer
from bot.demo.workspace.sockets import EnvelopeKind
from bot.demo.workspace.state import StoredMessage
from tests.bot.slack.e2e import CHANNEL, EDUCATION, Kept, OpenAt, finish, finished, read, stored, when
from tests.local_slack import Sandbox

Sent = tuple[EnvelopeKind, dict[str, Any]]
DM = f"D{EDUCATION[1:]}"
TS = "1597651200.000100"
LONG = "x" * 40_000
PRESS = {"type": "button", "action_id": "cypp:ontrack:0", "block_id": "b", "value": '{"action":1}', "action_ts": TS}
VALUES = {"b": {"words": {"type": "plain_text_input", "value": None}}}
INPUT = {
    "type": "input", "block_id": "b", "label": {"type": "plain_text", "text": "x"},
    "element": {"type": "plain_text_input", "action_id": "words"},
}  # fmt: skip
DROP = object()
"""Stands for a key that is missing."""


def command(**changes: Any) -> Sent:
    usual = {
        "team_id": TEAM, "user_id": EDUCATION, "channel_id": DM, "channel_name": "directmessage", "command": "/cypp",
        "text": "help", "trigger_id": "1.2.a", "is_enterprise_install": "false",
    }  # fmt: skip
    return "slash_commands", changed(usual, changes)


def event(**changes: Any) -> Sent:
    names = ("team_id", "event_id", "event")
    envelope: dict[str, Any] = {name: changes.pop(name) for name in names if name in changes}
    usual = {
        "type": "message", "channel": DM, "channel_type": "im", "user": EDUCATION, "text": "", "ts": TS, "event_ts": TS,
        "team": TEAM,
    }  # fmt: skip
    body = {
        "type": "event_callback", "team_id": TEAM, "api_app_id": "A0CYPP", "event_id": "Ev0ODD", "event_time": 1,
        "event": changed(usual, changes), "authorizations": [],
    }  # fmt: skip
    return "events_api", changed(body, envelope)


def press(**changes: Any) -> Sent:
    usual = {
        "type": "block_actions", "trigger_id": "1.2.b",
        "team": {"id": TEAM}, "user": {"id": EDUCATION, "team_id": TEAM},
        "container": {"type": "message", "message_ts": TS, "channel_id": DM}, "channel": {"id": DM},
        "message": {"ts": TS, "text": "x"}, "actions": [PRESS], "response_url": "URL",
    }  # fmt: skip
    return "interactive", changed(usual, changes)


def form(**changes: Any) -> Sent:
    view = {
        "id": "V0ODD", "type": "modal", "callback_id": "cypp:done", "private_metadata": f"{DM}\n{{}}",
        "state": {"values": VALUES}, "blocks": [INPUT],
    }  # fmt: skip
    usual = {
        "type": "view_submission", "team": {"id": TEAM}, "user": {"id": EDUCATION, "team_id": TEAM},
        "view": changed(view, changes.pop("view", {})),
    }  # fmt: skip
    return "interactive", changed(usual, changes)


def changed(usual: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (usual | changes).items() if value is not DROP}


def interactive(**payload: Any) -> Sent:
    return "interactive", {"team": {"id": TEAM}, "user": {"id": EDUCATION, "team_id": TEAM}, **payload}


SILENT: dict[str, Sent] = {
    "a message without user": event(user=DROP, text="healthy-5 on track"),
    "a message of nobody": event(user=None, text="healthy-5 on track"),
    "a bot's message": event(user=DROP, bot_id="B1", subtype="bot_message", username="x", text="healthy-5 on track"),
    "a bot user's message": event(bot_id="B1", bot_profile={"id": "B1"}, text="healthy-5 on track"),
    "a workflow's message": event(user=None, bot_id="B2", app_id="A2", metadata=None, text="healthy-5 on track"),
    "a join": event(subtype="channel_join", text=f"<@{EDUCATION}> has joined"),
    "a reminder of Slackbot's": event(user="USLACKBOT", subtype="reminder_add", text="healthy-5 on track"),
    "a group conversation": event(channel_type="mpim", channel="G0GROUP", text="healthy-5 on track"),
    "a channel's message": event(channel_type="channel", channel=CHANNEL, text="healthy-5 on track"),
    "a message without ts": event(ts=DROP, text="healthy-5 on track"),
    "a ts that is a number": event(ts=1597651200, text="healthy-5 on track"),
    "a change without a message": event(subtype="message_changed", message=DROP, user=DROP),
    "a change to nothing": event(subtype="message_changed", message=None, previous_message=None),
    "a change without a user": event(subtype="message_changed", message={"ts": TS, "text": "healthy-5 on track"}),
    "a change that is a list": event(subtype="message_changed", message=[1, 2]),
    "a change of a bot's": event(
        subtype="message_changed", message={"ts": TS, "bot_id": "B1", "text": "healthy-5 on track"}
    ),
    "a deletion without a message": event(subtype="message_deleted", deleted_ts=TS, user=DROP),
    "a deletion of a mark": event(
        subtype="message_deleted", previous_message={"subtype": "tombstone", "user": "USLACKBOT", "ts": TS}
    ),
    "a reply's notice": event(subtype="message_replied", message={"ts": TS, "reply_count": 1}, user=DROP),
    "a new subtype": event(subtype="sparkles", text="healthy-5 on track"),
    "no event": event(event=None),
    "an event that is a list": event(event=["message"]),
    "an event without a type": event(type=DROP),
    "an unknown event": event(type="sparkles_added", item={"type": "message"}),
    "a reaction": event(type="reaction_added", reaction="+1", item={"type": "message", "channel": DM, "ts": TS}),
    "a function that was executed": event(type="function_executed", function={"id": "Fn1"}, inputs={}),
    "an assistant's thread": event(type="assistant_thread_started", assistant_thread={"user_id": EDUCATION}),
    "tokens revoked": event(type="tokens_revoked", tokens={"bot": []}),
    "no event id": event(event_id=DROP, text="healthy-5 on track"),
    "no team": event(team_id=DROP, text="healthy-5 on track"),
    "an event id of another kind": event(event_id=12345, text="healthy-5 on track"),
    "a mention of a bot's": event(
        type="app_mention", bot_id="B1", channel=CHANNEL, text="<@U0CYPPBOT> healthy-5 on track"
    ),
    "a mention without a channel": event(type="app_mention", channel=DROP, text="<@U0CYPPBOT> status"),
    "Home without a user": event(type="app_home_opened", user=None, tab="home"),
    "Home's messages": event(type="app_home_opened", tab="messages"),
    "Home of no tab": event(type="app_home_opened", tab=None),
    "a change of nobody": event(type="user_change", user=None),
    "a change of a name": event(type="user_change", user="U0NAME"),
    "a change without a profile": event(type="user_change", user={"id": "U0BARE0", "team_id": TEAM, "profile": None}),
    "a member without an id": event(type="team_join", user={"name": "x", "profile": {}}),
    "a member of numbers": event(
        type="team_join", user={"id": "U0NUMS00", "name": 5, "profile": {"email": 7, "real_name": []}}
    ),
    "a closed view": interactive(type="view_closed", view={"id": "V1", "callback_id": "cypp:done"}, is_cleared=False),
    "another's shortcut": interactive(type="shortcut", callback_id="x", trigger_id="1.2.c"),
    "an old workflow's step": interactive(type="workflow_step_edit", callback_id="x", workflow_step={}),
    "letters for no menu": interactive(type="block_suggestion", action_id="x", block_id="b", value=None),
}
ANSWERED: dict[str, Sent] = {
    "a command without text": command(text=DROP),
    "a command of nothing": command(text=None),
    "a command of a number": command(text=7),
    "a command of invisible signs": command(text="\u200b\u2060 \ufeff"),
    "a long command": command(text=LONG),
    "half a pair": command(text="update healthy-5 \ud83d"),
    "a command of nobody": command(user_id=None),
    "a command without a channel": command(channel_id=DROP),
    "a command of an organisation": command(team_id="E0ORG", text="update healthy-5 on track"),
    "a command without a trigger": command(trigger_id=DROP, response_url=None),
    "a command of a whole organisation": command(team_id=None, is_enterprise_install="true", enterprise_id="E0ORG"),
    "a long message": event(text=LONG, ts="1597651201.000100", event_id="Ev0LONG"),
    "a message without text": event(
        text=None, blocks=[{"type": "rich_text"}], ts="1597651202.000100", event_id="Ev0NONE"
    ),
    "half an emoji": event(text="what \ud83d now?", ts="1597651203.000100", event_id="Ev0HALF"),
    "files of nothing": event(subtype="file_share", files=[None], text="", ts="1597651204.000100", event_id="Ev0FILE"),
    "files that are none": event(subtype="file_share", files=None, text="", ts="1597651205.000100", event_id="Ev0NULL"),
    "a hidden file": event(
        subtype="file_share",
        files=[{"id": "F1", "file_access": "check_file_info"}],
        ts="1597651206.000100",
        event_id="Ev0HIDE",
    ),
    "a hundred people": event(
        text="who is " + " ".join(f"<@U0NOBODY{n}>" for n in range(100)), ts="1597651207.000100", event_id="Ev0MANY"
    ),
    "a broadcast": event(
        subtype="thread_broadcast", root={"ts": TS}, text="what?", ts="1597651208.000100", event_id="Ev0CAST"
    ),
    "a /me": event(subtype="me_message", text="wonders", ts="1597651209.000100", event_id="Ev0ME"),
    "an edited one": event(edited={"user": None, "ts": None}, text="what?", ts="1597651210.000100", event_id="Ev0EDIT"),
    "a press of nothing": press(actions=[]),
    "a press that is missing": press(actions=None),
    "a press without a name": press(actions=[{"type": "button", "value": "x"}]),
    "a press of null": press(actions=[PRESS | {"value": None}]),
    "a press of a number": press(actions=[PRESS | {"value": 7}]),
    "a press of much": press(actions=[PRESS | {"value": "9" * 40_000}]),
    "a press of another's": press(actions=[PRESS | {"action_id": "other:x"}]),
    "a press of nobody": press(user=None),
    "a press without a container": press(container=None),
    "a press without a message": press(message=None, container={"type": "message", "channel_id": DM}),
    "a press of an organisation": press(team=None, user={"id": EDUCATION}, enterprise={"id": "E0ORG"}),
    "a choice of nothing": press(
        actions=[{"type": "static_select", "action_id": "cypp:ontrack:0", "selected_option": None}]
    ),
    "a form without a state": form(view={"state": None}),
    "a form without values": form(view={"state": {"values": None}}),
    "a form without an id": form(view={"id": DROP}),
    "a form of another's": form(view={"callback_id": "other"}),
    "a form that is not known": form(view={"callback_id": "cypp:sparkles"}),
    "a form of nowhere": form(view={"private_metadata": None}),
    "a form of nobody": form(user=None),
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory, open_for_all: OpenAt) -> Kept:
    sandbox = open_for_all(when(8, 17, 9), burst=10_000)
    sandbox.workspace.dm(EDUCATION)
    return Kept(sandbox)


@pytest.fixture
def sandbox(odd: Kept) -> Sandbox:
    return odd.back()


def send(sandbox: Sandbox, sent: Sent, caplog: pytest.LogCaptureFixture) -> tuple[bool, list[str]]:
    """What somebody got: whether it was acknowledged, and every sentence that they read."""
    kind, payload = sent
    if payload.get("response_url") == "URL":
        payload = payload | {"response_url": sandbox.workspace.response_url(EDUCATION)}
    said = payload.get("event")
    if isinstance(said, dict) and isinstance(said.get("ts"), str):
        there = StoredMessage(said["ts"], DM, EDUCATION, by_bot=False)
        sandbox.workspace._look(lambda: sandbox.workspace._core.state.add_message(there))
    before, mark = stored(sandbox), sandbox.workspace.mark()
    with caplog.at_level(logging.WARNING):
        ack = sandbox.workspace.send_payload(kind, payload)
        finish(sandbox)
    assert [one for one in caplog.records if one.exc_info or one.levelno >= logging.ERROR] == []
    assert {name: rows for name, rows in stored(sandbox).items() if rows != before[name] and name not in NOTED} == {}
    got = [read(one) for one in finished(sandbox, EDUCATION, Answer(mark=mark)).messages]
    if ack.payload:
        got += [str(ack.payload.get("text") or ack.payload.get("errors") or "")] if "options" not in ack.payload else []
    return ack.ok, got


NOTED = ("said_message", "draft", "account")
"""What may be noted of a message, a reading or a member without anything being recorded."""


@pytest.mark.parametrize("name", SILENT)
def test_what_nobody_waits_for_is_acknowledged_and_that_is_all(
    sandbox: Sandbox, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert send(sandbox, SILENT[name], caplog) == (True, [])


@pytest.mark.parametrize("name", ANSWERED)
def test_whoever_waits_gets_one_sentence_and_nothing_is_recorded(
    sandbox: Sandbox, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    acknowledged, got = send(sandbox, ANSWERED[name], caplog)
    assert acknowledged
    assert len(list(filter(None, got))) == 1, got
