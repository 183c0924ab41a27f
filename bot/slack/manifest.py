"""Build the app's manifest from the tables the bot works with (https://docs.slack.dev/reference/app-manifest).

`manifest.yaml` beside the README is a copy; a test holds the two together.
"""

from typing import Any

import yaml

from bot.slack.scopes import BOT_SCOPES, EVENTS

_NAME = "CYPP action tracker"
_DESCRIPTION = "Keeps a Children and Young People’s Plan moving: actions, board dates, updates, and what is overdue."
_USAGE = "status priority 7 | mine | due | update REF on track words | help"
_LONG = (
    "Holds every action of a Children and Young People’s Plan with a lead and a due meeting. Leads are asked for "
    "updates before a board’s papers go out, and answer by a button or in their own words. The board’s secretary gets "
    "a digest of what is overdue, and a chair who types /cypp status priority 7 gets an answer that can be read out. "
    "Nothing leaves Slack and the council’s own machine."
)
SHORTCUT = "turn"
"""The callback of the message shortcut *Turn into action*."""


def manifest() -> dict[str, Any]:
    """Return the manifest as plain data."""
    return {
        "display_information": {
            "name": _NAME,
            "description": _DESCRIPTION,
            "background_color": "#1d3557",
            "long_description": _LONG,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "cypp", "always_online": True},
            "shortcuts": [
                {
                    "name": "Turn into action",
                    "type": "message",
                    "callback_id": f"cypp:{SHORTCUT}",
                    "description": "Make an action of this message",
                }
            ],
            "slash_commands": [
                {
                    "command": "/cypp",
                    "description": "Ask and answer about the plan's actions",
                    "usage_hint": _USAGE,
                    "should_escape": True,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def manifest_yaml() -> str:
    """Return the manifest as the text that is pasted into Slack."""
    return "# Paste this at https://api.slack.com/apps, “Create New App”, “From a manifest”.\n" + yaml.safe_dump(
        manifest(), sort_keys=False, allow_unicode=True, width=120
    )
