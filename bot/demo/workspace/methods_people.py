"""Answer users.* and conversations.*: who there is, where they talk, and what was said there."""

from __future__ import annotations

from bot.demo.workspace.calls import Call, Method, paginate
from bot.demo.workspace.core import SlackError
from bot.demo.workspace.state import SLACKBOT, Conversation, Json, User

_LIMITED_PAGE = 15
_PREFIX = {"channel": "channels", "group": "groups", "im": "im"}


def _user_json(call: Call, user: User) -> Json:
    return user.to_json(with_email="users:read.email" in call.core.config.scopes)


def users_list(call: Call) -> Json:
    """Answer users.list with everybody, deactivated accounts and partners in shared channels too, in pages."""
    people = [u for u in call.core.state.users.values() if not u.is_stranger]
    chosen, more = paginate(call, people, 1000)
    return {
        "members": [_user_json(call, user) for user in chosen],
        "cache_ts": int(call.core.config.now().timestamp()),
        "response_metadata": more,
    }


def users_info(call: Call) -> Json:
    """Answer users.info."""
    call.require("user")
    return {"user": _user_json(call, call.user())}


def conversations_open(call: Call) -> Json:
    """Answer conversations.open: the direct message with one person (several need mpim:write)."""
    named = [part.strip() for part in call.text("users").split(",") if part.strip()]
    if not named:
        raise SlackError("users_list_not_supplied")
    if len(named) > 1:
        call.need_scope("mpim:write")
        raise SlackError("method_not_supported_for_channel_type")
    user = call.core.state.users.get(named[0])
    if user is None:
        raise SlackError("user_not_found")
    if user.is_stranger:
        raise SlackError("user_not_visible")
    if user.deleted:
        raise SlackError("user_disabled")
    if user.is_bot or user.id == SLACKBOT:
        raise SlackError("cannot_dm_bot")
    channel, was_new = call.core.state.open_dm(user)
    return {"channel": {"id": channel.id}} | ({} if was_new else {"no_op": True, "already_open": True})


def _readable(call: Call, prefix: str) -> Conversation:
    """Return the conversation, once its kind's scope is checked."""
    call.require("channel")
    every = [f"{name}:{prefix}" for name in ("channels", "groups", "mpim", "im")]
    call.need_scope(*every)
    channel = call.channel()
    call.need_scope(f"{_PREFIX[channel.kind]}:{prefix}")
    if prefix == "history" and not channel.bot_is_member:
        raise SlackError("not_in_channel")
    return channel


def _micros(ts: str, error: str) -> int:
    seconds, _, rest = ts.partition(".")
    try:
        return int(seconds or 0) * 1_000_000 + int((rest + "000000")[:6])
    except ValueError:
        raise SlackError(error) from None


def conversations_history(call: Call) -> Json:
    """Answer conversations.history: newest first, after `oldest`, no ephemeral messages, no thread replies."""
    channel = _readable(call, "history")
    said = call.core.state.messages.get(channel.id, ())
    oldest = _micros(call.text("oldest"), "invalid_ts_oldest")
    there = [
        m
        for m in said
        if not m.deleted and not m.ephemeral_to and not m.thread_ts and _micros(m.ts, "invalid_ts_oldest") > oldest
    ]
    if wait := call.core.rates.wait_for_history():
        raise SlackError("ratelimited", retry_after=wait)
    most = _LIMITED_PAGE if call.core.config.limited_history else 1000
    chosen, more = paginate(call, sorted(there, key=lambda m: m.ts, reverse=True), 100, most)
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [m.to_json(call.core.config, with_metadata=with_metadata) for m in chosen],
        "has_more": bool(more["next_cursor"]),
        "pin_count": 0,
        "response_metadata": more,
    }


def conversations_info(call: Call) -> Json:
    """Answer conversations.info."""
    channel = _readable(call, "read")
    return {"channel": channel.to_json(call.core.config)}


METHODS: dict[str, Method] = {
    "users.list": Method(users_list, ("users:read",)),
    "users.info": Method(users_info, ("users:read",)),
    "conversations.open": Method(conversations_open, ("im:write",)),
    "conversations.history": Method(conversations_history),
    "conversations.info": Method(conversations_info),
}
