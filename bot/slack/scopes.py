"""The bot scopes and events this bot needs, in one place (https://docs.slack.dev/reference/scopes)."""

BOT_SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
    "users:read.email",
)
WITHOUT_SCOPE = {
    "files:read": "a log sent as a file is not read: it can be pasted, or “cypp import FILE --log BOARD” reads it"
}
"""Scopes that an installation may be without, since it is older, and what it cannot do then."""
EVENTS = ("app_home_opened", "app_mention", "message.im", "team_join", "user_change")
