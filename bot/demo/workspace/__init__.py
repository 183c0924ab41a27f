"""A small stand-in for Slack on this machine: the real Web API over HTTP and Socket Mode over a WebSocket.

The unmodified bot runs against it without an account. Its rules are written from Slack's pages and never imported
from the bot, so that a bot that misreads a limit is refused here as it would be there.
"""

from bot.demo.workspace.config import BOT_EVENTS, GRANTED_SCOPES, Config
from bot.demo.workspace.local import LocalWorkspace
from bot.demo.workspace.seen import Answer, CannotDoError, SeenButton, SeenMessage, SeenView, SubmitResult
from bot.demo.workspace.state import Conversation, User

__all__ = [
    "BOT_EVENTS",
    "GRANTED_SCOPES",
    "Answer",
    "CannotDoError",
    "Config",
    "Conversation",
    "LocalWorkspace",
    "SeenButton",
    "SeenMessage",
    "SeenView",
    "SubmitResult",
    "User",
]
