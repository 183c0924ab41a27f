"""Answer users.* and conversations.*: who there is, where they talk, and what was said there."""

from __future__ import annotations

from bot.demo.workspace.calls import Call, Method, decode_cursor, encode_cursor, paginate
from bot.demo.workspace.core import SlackError
from bot.demo.workspace.state import SLACKBOT, Conversation, Json, StoredMessage, User

_KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_PREFIX = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


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


def users_lookup_by_email(call: Call) -> Json:
    """Answer users.lookupByEmail; a closed account is not found."""
    call.require("email")
    wanted = call.text("email").strip().lower()
    for user in call.core.state.users.values():
        if user.email and user.email.lower() == wanted and not user.deleted:
            return {"user": _user_json(call, user)}
    raise SlackError("users_not_found")


def conversations_open(call: Call) -> Json:
    """Answer conversations.open: the direct message with one person (several need mpim:write)."""
    named = [part.strip() for part in call.text("users").split(",") if part.strip()]
    if not named:
        if not call.text("channel"):
            raise SlackError("users_list_not_supplied")
        channel = call.channel()
        return _opened(call, channel, was_new=False)
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
    return _opened(call, channel, was_new=was_new)


def _opened(call: Call, channel: Conversation, *, was_new: bool) -> Json:
    shown: Json = channel.to_json(call.core.config) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({} if was_new else {"no_op": True, "already_open": True})


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


def _between(call: Call, messages: list[StoredMessage]) -> list[StoredMessage]:
    """Return the messages from `oldest` to `latest`; the two ends count only with `inclusive`."""
    oldest, latest = call.text("oldest"), call.text("latest")
    inclusive = call.flag("inclusive")
    low = _micros(oldest, "invalid_ts_oldest") if oldest else None
    high = _micros(latest, "invalid_ts_latest") if latest else None

    def wanted(message: StoredMessage) -> bool:
        at = _micros(message.ts, "invalid_ts_latest")
        after = low is None or at > low or (inclusive and at == low)
        before = high is None or at < high or (inclusive and at == high)
        return after and before

    return [m for m in messages if wanted(m)]


def conversations_history(call: Call) -> Json:
    """Answer conversations.history: newest first, no ephemeral messages, no thread replies."""
    channel = _readable(call, "history")
    limit = call.number("limit", 100, most=999)
    there = [m for m in _said_in(call, channel) if not m.thread_ts]
    found = sorted(_between(call, there), key=lambda m: m.ts, reverse=True)
    if cursor := call.text("cursor"):
        below = decode_cursor(cursor, "next_ts")
        found = [m for m in found if _micros(m.ts, "invalid_cursor") <= below]
    return _history(call, found[:limit], found[limit:]) | {"pin_count": 0}


def conversations_replies(call: Call) -> Json:
    """Answer conversations.replies: a message and what was said under it, oldest first."""
    channel = _readable(call, "history")
    call.require("ts")
    limit = call.number("limit", 1000, most=1000)
    parent = call.core.state.find_message(channel.id, call.text("ts"))
    if parent is None or parent.ephemeral_to:
        raise SlackError("thread_not_found")
    root = parent.thread_ts or parent.ts
    thread = [m for m in _said_in(call, channel) if root in (m.ts, m.thread_ts)]
    found = sorted(_between(call, thread), key=lambda m: m.ts)
    if cursor := call.text("cursor"):
        above = decode_cursor(cursor, "next_ts")
        found = [m for m in found if _micros(m.ts, "invalid_cursor") >= above]
    return _history(call, found[:limit], found[limit:])


def _said_in(call: Call, channel: Conversation) -> list[StoredMessage]:
    said = call.core.state.messages.get(channel.id, ())
    return [m for m in said if not m.deleted and not m.ephemeral_to]


def _history(call: Call, chosen: list[StoredMessage], rest: list[StoredMessage]) -> Json:
    config = call.core.config
    with_metadata = call.flag("include_all_metadata")
    body: Json = {
        "messages": [m.to_json(config, with_metadata=with_metadata) for m in chosen],
        "has_more": bool(rest),
    }
    if rest:
        body["response_metadata"] = {"next_cursor": encode_cursor("next_ts", _micros(rest[0].ts, "invalid_cursor"))}
    return body


def conversations_info(call: Call) -> Json:
    """Answer conversations.info."""
    channel = _readable(call, "read")
    return {"channel": channel.to_json(call.core.config)}


def conversations_members(call: Call) -> Json:
    """Answer conversations.members, including the bot."""
    channel = _readable(call, "read")
    members = channel.members + ([call.core.config.bot_user_id] if channel.bot_is_member else [])
    chosen, more = paginate(call, members, 100)
    return {"members": chosen, "response_metadata": more}


def _kinds(call: Call) -> list[str]:
    """Return the kinds of conversation asked for, each of which needs its scope."""
    asked = [t.strip() for t in call.text("types", "public_channel").split(",") if t.strip()]
    if any(t not in _KINDS for t in asked):
        raise SlackError("invalid_types")
    kinds = [_KINDS[t] for t in asked]
    for kind in kinds:
        call.need_scope(f"{_PREFIX[kind]}:read")
    return kinds


def _listed(call: Call, channels: list[Conversation]) -> Json:
    if call.flag("exclude_archived"):
        channels = [c for c in channels if not c.archived]
    chosen, more = paginate(call, channels, 100)
    return {"channels": [c.to_json(call.core.config) for c in chosen], "response_metadata": more}


def conversations_list(call: Call) -> Json:
    """Answer conversations.list: public channels, and the private ones the bot is in."""
    kinds = _kinds(call)
    known = call.core.state.channels.values()
    return _listed(call, [c for c in known if c.kind in kinds and (c.kind == "channel" or c.bot_is_member)])


def users_conversations(call: Call) -> Json:
    """Answer users.conversations: those a person (by default the bot) is in."""
    kinds = _kinds(call)
    wanted = call.text("user") or call.core.config.bot_user_id
    if wanted not in call.core.state.users:
        raise SlackError("user_not_found")
    known = [c for c in call.core.state.channels.values() if c.kind in kinds]
    if wanted == call.core.config.bot_user_id:
        return _listed(call, [c for c in known if c.bot_is_member])
    visible = [c for c in known if c.kind == "channel" or c.bot_is_member]
    return _listed(call, [c for c in visible if wanted in c.members])


METHODS: dict[str, Method] = {
    "users.list": Method(users_list, ("users:read",)),
    "users.info": Method(users_info, ("users:read",)),
    "users.lookupByEmail": Method(users_lookup_by_email, ("users:read.email",)),
    "users.conversations": Method(users_conversations),
    "conversations.open": Method(conversations_open, ("im:write",)),
    "conversations.history": Method(conversations_history),
    "conversations.replies": Method(conversations_replies),
    "conversations.info": Method(conversations_info),
    "conversations.members": Method(conversations_members),
    "conversations.list": Method(conversations_list),
}
