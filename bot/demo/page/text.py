"""Turn the words of Slack's blocks into escaped HTML. Pure.

What stands in a `plain_text` object and in the text parts of a `rich_text` block is shown as it is; `mrkdwn` is read
the way Slack reads it (https://docs.slack.dev/messaging/formatting-message-text/). Only http, https and mailto links
are followed.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from bot.demo.workspace.plain import DisplayNames, unescape
from bot.demo.workspace.state import Json
from bot.demo.workspace.typed_emoji import emoji_shown

DOTS = {"⚪": "white", "🟢": "green", "🟠": "orange", "🟡": "yellow", "🔴": "red", "🟣": "purple", "🔵": "blue"}
"""Signs drawn by the stylesheet, so that they look the same whatever fonts the machine has."""
SQUARES = {"⬜": "white"}
"""Drawn by the stylesheet, so that they look the same whatever letters the machine has."""

_PICTURE = re.compile("[" + "".join((*DOTS, *SQUARES)) + "]")
_TOKEN = re.compile(r"(```[\s\S]+?```|`[^`\n]+`|<[^<>\s][^<>]*>)")
_STYLES = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]*?[^\s*])\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]*?[^\s_])_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]*?[^\s~])~(?![\w~])"), "s"),
)
_SAFE_LINK = re.compile(r"(?i)(?:https?://|mailto:)")


def escape_typed(text: str) -> str:
    """Return what somebody types, as Slack's own client sends it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_html(text: str) -> Markup:
    """Return words as HTML: escaped, their lines kept, status colours drawn."""
    return Markup("<br>").join(_drawn(line) for line in text.split("\n"))


def _drawn(text: str) -> Markup:
    return Markup(_PICTURE.sub(_dot, str(escape(text))))  # noqa: S704 - escaped just before


def _dot(match: re.Match[str]) -> str:
    sign = match.group()
    shape, colour = ("dot", DOTS[sign]) if sign in DOTS else ("square", SQUARES[sign])
    return f'<span class="{shape} {shape}-{colour}" aria-hidden="true"></span>'


def text_object_html(part: Any, names: DisplayNames) -> Markup:
    """Return a text object as HTML (https://docs.slack.dev/reference/block-kit/composition-objects/text-object/)."""
    if not isinstance(part, dict):
        return Markup()
    words = str(part.get("text", ""))
    if part.get("type") == "plain_text":
        return plain_html(emoji_shown(words) if part.get("emoji", True) else words)
    return mrkdwn_html(words, names)


def mrkdwn_html(text: str, names: DisplayNames) -> Markup:
    """Return Slack's mark-up as HTML: bold, italic, struck, code, links, mentions, and quotations (lines with >)."""
    lines = []
    for line in _whole_lines(text):
        quoted = re.match(r"(?:&gt;|>)\s?", line)
        inside = _inline(line[quoted.end() :] if quoted else line, names)
        lines.append(Markup('<span class="quote">{}</span>').format(inside) if quoted else inside)
    return Markup("<br>").join(lines)


def _whole_lines(text: str) -> list[str]:
    """Split into lines, keeping a block of code together on one."""
    lines: list[str] = []
    for part in re.split(r"(```[\s\S]+?```)", text):
        pieces = [part] if part.startswith("```") and len(part) > 6 else part.split("\n")
        if lines and pieces:
            lines[-1] += pieces[0]
            lines += pieces[1:]
        else:
            lines += pieces
    return lines


def _inline(text: str, names: DisplayNames) -> Markup:
    return Markup("").join(_token(part, names) for part in _TOKEN.split(text) if part)


def _token(part: str, names: DisplayNames) -> Markup:
    if part.startswith("```") and len(part) > 6:
        return Markup("<code>{}</code>").format(plain_html(unescape(part[3:-3]).strip("\n")))
    if len(part) > 2 and part[0] == part[-1] == "`":
        return Markup("<code>{}</code>").format(unescape(part[1:-1]))
    if len(part) > 2 and part[0] == "<" and part[-1] == ">":
        return _reference(part[1:-1], names)
    styled = str(plain_html(emoji_shown(unescape(part))))
    # Our own tags hold none of these signs around words, so only what was typed can match.
    for pattern, tag in _STYLES:
        styled = pattern.sub(rf"<{tag}>\1</{tag}>", styled)
    return Markup(styled)  # noqa: S704 - escaped by as_is


def _reference(inside: str, names: DisplayNames) -> Markup:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return mention_html("@" + (names.get(target[1:]) or unescape(label) or target[1:]))
    if target.startswith("#"):
        return mention_html("#" + (unescape(label) or names.get(target[1:]) or target[1:]))
    if target.startswith(("!date", "!subteam")):
        return plain_html(unescape(label) or target)
    if target.startswith("!"):
        return mention_html("@" + target[1:])
    return link_html(unescape(target), unescape(label))


def mention_html(words: str) -> Markup:
    """Return a named person, channel or group as HTML."""
    return Markup('<span class="mention">{}</span>').format(words)


def link_html(address: str, words: str = "") -> Markup:
    """Return a link that opens in a new tab; only its words where the address is not safe."""
    shown = words or address.removeprefix("mailto:")
    if not _SAFE_LINK.match(address):
        return plain_html(shown)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, plain_html(shown))


# -- rich text ---------------------------------------------------------------------------------------------------


def rich_text_html(block: Any, names: DisplayNames) -> Markup:
    """Return a rich_text block as HTML (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block/)."""
    return Markup("").join(_part(part, names) for part in block["elements"])


def _part(part: Json, names: DisplayNames) -> Markup:
    if part["type"] == "rich_text_list":
        items = (Markup("<li>{}</li>").format(_pieces(item, names)) for item in part["elements"])
        return Markup("<ul>{}</ul>").format(Markup("").join(items))
    return Markup("<p>{}</p>").format(_pieces(part, names))


def _pieces(section: Json, names: DisplayNames) -> Markup:
    return Markup("").join(_piece(piece, names) for piece in section["elements"])


def cell_html(cell: Json, names: DisplayNames) -> Markup:
    """Return a cell of a table as HTML (https://docs.slack.dev/reference/block-kit/blocks/data-table-block/)."""
    return rich_text_html(cell, names) if cell["type"] == "rich_text" else plain_html(cell["text"])


_TAGS = {
    "bold": Markup("<strong>{}</strong>"),
    "italic": Markup("<em>{}</em>"),
    "strike": Markup("<s>{}</s>"),
    "code": Markup("<code>{}</code>"),
}


def _piece(piece: Json, names: DisplayNames) -> Markup:
    if piece["type"] == "channel":
        return mention_html("#" + names.get(piece["channel_id"], piece["channel_id"]))
    shown = plain_html(piece["text"])
    for name, tag in _TAGS.items():
        if (piece.get("style") or {}).get(name):
            shown = tag.format(shown)
    return shown
