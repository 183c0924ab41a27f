"""What people typed, turned back from Slack’s escaping (https://docs.slack.dev/messaging/formatting-message-text)."""

import re

from bot.slack.emoji import with_emoji

_NAMES_A_CHANNEL = re.compile(
    r"\s*(?:/?cypp\s+)?(?:please\s+)?(?:the\s+)?(?:board|settings)\b.*\bchannel\b", re.I | re.S
)
"""A command that sets a channel: its name, which is what people see, would not tell which one is meant."""
_LINKED_CHANNEL = re.compile(r"<#([CG][A-Z0-9]{1,31})(?:\|[^<>\n]*)?>")


def typed_words(text: str) -> str:
    """Return what a person typed; where a channel is to be set it stays as `<#C…>`, as mentions stay."""
    if not _NAMES_A_CHANNEL.match(text):
        return with_emoji(plain_words(text)).strip()
    parts = _LINKED_CHANNEL.split(text)
    # Every second part is the id of a channel.
    return "".join(f"<#{part}>" if at % 2 else plain_words(part) for at, part in enumerate(parts)).strip()


_TOKEN = re.compile(r"<([^<>\n]*)>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_LITERAL = re.compile(r"&lt;(@[UW][A-Z0-9]{1,31}(?:\|[^<>&\n]*)?)&gt;")
"""What looks like a mention and was typed letter by letter: Slack escapes its brackets, and nobody is meant."""
_MENTION = re.compile(r"@([UW][A-Z0-9]{1,31})(?:\|.*)?")


def plain_words(text: str) -> str:
    """Undo Slack's escaping; mentions stay as `<@U…>` for the directory, and what is only typed like one does not."""
    text = _LITERAL.sub(r"‹\1›", text)
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], _TOKEN.sub(lambda found: _token(found[1], found[0]), text))


def _token(inside: str, whole: str) -> str:
    if mention := _MENTION.fullmatch(inside):
        return f"<@{mention[1]}>"
    target, _, label = inside.partition("|")
    match target[:1]:
        case "" | "@":
            return whole
        case "#":
            return f"#{label}" if label else target
        case "!":
            return _special(target[1:], label)
        case _:
            return _link(target, label)


def _special(target: str, label: str) -> str:
    """Return the words of `<!here>`, `<!subteam^S123|@heads>` or `<!date^1392734382^{date}|18 Feb>`."""
    if target.startswith("date^"):
        return label
    name = label or target.partition("^")[0]
    return name if name.startswith("@") else f"@{name}"


def _link(target: str, label: str) -> str:
    """Return the address, with the words it was given, if any."""
    bare = re.sub("^(?:mailto|tel):", "", target)
    if bare != target:
        return label or bare
    same = {target, target.rstrip("/"), re.sub("^https?://", "", target), re.sub("^https?://", "", target).rstrip("/")}
    return target if not label or label in same else f"{label} ({target})"
