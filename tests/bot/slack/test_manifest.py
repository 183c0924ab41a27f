"""The manifest: within Slack's limits, the same as the file, and asking for exactly what the code uses."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import yaml
from click.testing import CliRunner

from bot.cli.manifest import manifest_command
from bot.slack.manifest import manifest, manifest_yaml
from bot.slack.scopes import BOT_SCOPES, EVENTS

ROOT = Path(__file__).parents[3]
NEEDS = {
    "auth_test": set(),
    "apps_connections_open": set(),
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
    "chat_postMessage": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_getPermalink": set(),
    "conversations_open": {"im:write"},
    "conversations_history": {"im:history", "channels:history", "groups:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "files_upload_v2": {"files:write"},
    "users_list": {"users:read", "users:read.email"},
    "users_info": {"users:read", "users:read.email"},
}
"""The scopes that Slack's pages name for each method (https://docs.slack.dev/reference/methods)."""
EVENT_NEEDS = {
    "message.im": {"im:history"},
    "app_mention": {"app_mentions:read"},
    "app_home_opened": set(),
    "team_join": {"users:read"},
    "user_change": {"users:read"},
}


def called() -> set[str]:
    """The Web API methods that the bot's own code calls; the local workspace is Slack's side."""
    found: set[str] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        if "demo" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and re.fullmatch(
                r"(?:auth|apps|views|chat|conversations|files|users|reactions|pins)_\w+", node.attr
            ):
                found.add(node.attr)
    return found


def listened() -> set[str]:
    """The events that a listener is hung on."""
    text = (ROOT / "bot/slack/listeners.py").read_text(encoding="utf-8")
    return {{"message": "message.im"}.get(name, name) for name in re.findall(r"app\.event\(\"(\w+)\"\)", text)}


def test_the_file_is_what_the_code_gives() -> None:
    assert (ROOT / "manifest.yaml").read_text(encoding="utf-8") == manifest_yaml()
    assert yaml.safe_load(manifest_yaml()) == manifest()


def test_the_command_line_prints_the_file() -> None:
    printed = CliRunner().invoke(manifest_command)
    assert (printed.exit_code, printed.output) == (0, (ROOT / "manifest.yaml").read_text(encoding="utf-8"))


def test_it_asks_for_exactly_the_scopes_that_are_used() -> None:
    assert called() <= set(NEEDS), "a method whose scopes nobody has looked up"
    # A log that is sent as a file is fetched from its address, by no method.
    wanted = {"commands", "files:read"}.union(
        *(NEEDS[method] for method in called()), *(EVENT_NEEDS[event] for event in EVENTS)
    )
    # Where a board's channel is private or public, a digest published there is looked up again.
    assert set(BOT_SCOPES) == wanted
    assert list(BOT_SCOPES) == sorted(BOT_SCOPES)


def test_it_asks_for_exactly_the_events_that_are_heard() -> None:
    assert listened() == set(EVENTS)


def test_it_keeps_to_slacks_limits() -> None:
    shown = manifest()["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    (command,) = manifest()["features"]["slash_commands"]
    assert len(command["command"]) <= 32
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000
    (shortcut,) = manifest()["features"]["shortcuts"]
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150
