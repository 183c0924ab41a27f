"""Read one call of a Web API method: its arguments, however they came, and the scopes it needs."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from bot.demo.workspace.core import Core, SlackError
from bot.demo.workspace.state import Conversation, Json, User

_T = TypeVar("_T")


@dataclass(frozen=True)
class Call:
    """A call that has passed authentication; `opened_with` says which of the two tokens came with it."""

    core: Core
    args: Json
    opened_with: Literal["bot", "app"]

    def text(self, name: str, default: str = "") -> str:
        """Return an argument as a string."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        """Return an argument as true or false."""
        return str(self.args.get(name, "")).lower() in {"1", "true"}

    def number(self, name: str, default: int, *, error: str = "invalid_limit", most: int = 1000) -> int:
        """Return an argument as a whole number from 1 up."""
        value = self.args.get(name)
        if value in (None, "", 0, "0"):
            return default
        try:
            found = int(str(value))
        except ValueError:
            raise SlackError(error) from None
        if not 1 <= found <= most:
            raise SlackError(error)
        return found

    def structure(self, name: str, error: str) -> Any:
        """Return an argument that is JSON: a structure already, or one inside a string."""
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def require(self, *names: str) -> None:
        """Refuse a call that lacks an argument."""
        missing = [n for n in names if self.args.get(n) in (None, "")]
        if missing:
            raise SlackError("invalid_arguments", tuple(f"[ERROR] missing required field: {name}" for name in missing))

    def need_scope(self, *any_of: str) -> None:
        """Refuse a call whose token has none of these scopes."""
        have = self.core.config.scopes
        if not any(scope in have for scope in any_of):
            raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(have))

    def channel(self, name: str = "channel") -> Conversation:
        """Return the conversation an argument names, one the bot may know of."""
        found = self.core.state.find_channel(self.text(name))
        if found is None or (found.kind == "group" and not found.bot_is_member):
            raise SlackError("channel_not_found")
        return found

    def user(self, name: str = "user") -> User:
        """Return the person an argument names."""
        found = self.core.state.users.get(self.text(name))
        if found is None:
            raise SlackError("user_not_found")
        return found


@dataclass(frozen=True)
class Method:
    """A Web API method: what runs, which token it takes, and the scopes it always needs."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    opens: Literal["bot", "app", "either"] = "bot"


def paginate(call: Call, items: Sequence[_T], default_limit: int, most: int = 1000) -> tuple[list[_T], Json]:
    """Return one page of a list and its `response_metadata` (https://docs.slack.dev/apis/web-api/pagination/)."""
    limit = min(call.number("limit", default_limit), most)
    try:
        start = int(base64.b64decode(call.text("cursor"), validate=True) or 0)
    except ValueError:
        raise SlackError("invalid_cursor") from None
    following = base64.b64encode(str(start + limit).encode()).decode() if start + limit < len(items) else ""
    return list(items[start : start + limit]), {"next_cursor": following}
