"""Whether a board's channel can be posted to, asked of Slack."""

from slack_sdk import WebClient

from bot.slack.meanings import Trouble, call_slack

_ARCHIVED = "is archived: unarchive it"
_LEFT = "does not have this app in it: invite the app there"
_GONE = "is not to be found: if it is private, invite the app there"


def channel_trouble(client: WebClient, channel: str) -> str:
    """Return why a channel cannot be posted to, in words; "" where it can, or where Slack does not say."""
    found = call_slack(lambda: client.conversations_info(channel=channel), lambda answer: dict(answer["channel"]))
    if isinstance(found, Trouble):
        return _GONE if found.is_gone else ""
    return _ARCHIVED if found.get("is_archived") else "" if found.get("is_member", True) else _LEFT
