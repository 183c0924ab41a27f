"""The bot scopes and events this bot needs, in one place (https://docs.slack.dev/reference/scopes)."""

BOT_SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
    "users:read.email",
)
EVENTS = ("app_home_opened", "app_mention", "message.im", "team_join", "user_change")
