"""What Slack refuses of a message or a view: the local workspace's rules, and what is asked of ours beyond them.

Slack does not say what it counts. The local workspace counts code points; here each text is also taken at its longest,
in UTF-16 units after escaping & < >.
"""

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.demo.workspace.refusals import SLACK_VIEW_BYTES, UPDATE_TEXT, SlackRefusal, check_message, check_view
from bot.demo.workspace.state import pairs_of

LISTS = {"rich_text_list"}
STYLES = {"bold", "italic", "strike", "code"}


def length(text: str) -> int:
    """The longest length Slack may find."""
    return len(html.escape(text, quote=False).encode("utf-16-le")) // 2


def at_its_longest(node: Any) -> Any:
    """A payload with each text as long as Slack may find it."""
    if isinstance(node, Mapping):
        return {
            name: "x" * length(value) if name == "text" and isinstance(value, str) else at_its_longest(value)
            for name, value in node.items()
        }
    return [at_its_longest(each) for each in node] if isinstance(node, list | tuple) else node


def refusals(text: str, blocks: list[dict[str, Any]]) -> list[str]:
    """Why chat.postMessage or chat.update would refuse this message; nothing when it would not."""
    found = [
        *_said(check_message(text, blocks, longest_text=UPDATE_TEXT)),
        *_said(check_message(text, at_its_longest(blocks), longest_text=UPDATE_TEXT)),
    ]
    return [*found, *_message_refusals(text, blocks), *_ids(blocks), *_everywhere(blocks)]


def view_refusals(view: dict[str, Any], kind: str = "modal") -> list[str]:
    """Why views.open would refuse this view."""
    found = [*_said(check_view(view, kinds=(kind,))), *_said(check_view(at_its_longest(view), kinds=(kind,)))]
    found += [] if view["blocks"] else ["no blocks"]
    found += [] if len(json.dumps(view)) <= SLACK_VIEW_BYTES else ["over 250 KB where each letter is escaped"]
    return [*found, *_ids(view["blocks"]), *_everywhere(view)]


def home_refusals(view: dict[str, Any]) -> list[str]:
    """Why views.publish would refuse this view."""
    return view_refusals(view, "home") + ([] if set(view) == {"type", "blocks"} else ["more than its blocks"])


def _said(refusal: SlackRefusal | None) -> list[str]:
    return [] if refusal is None else [f"{refusal.error} {refusal.messages}"]


def _message_refusals(text: str, blocks: list[dict[str, Any]]) -> Iterator[str]:
    if not text.strip():
        yield "no text"
    if len(text.encode()) > UPDATE_TEXT:
        yield "text over what chat.update takes"
    if len(text) > 3000:
        yield "text over 3,000"
    if (
        "<" in text
        or ">" in text
        or html.unescape(html.escape(html.unescape(text), quote=False)) != html.unescape(text)
    ):
        yield "text with markup"
    total = sum(length(words) for words in all_texts(blocks))
    # 13,200 in all, and each block counts for up to 72 (bolt-js #2867).
    if total > 10_000 or total + 72 * len(blocks) > 13_200:
        yield f"msg_blocks_too_long: {total} characters in {len(blocks)} blocks"


def _ids(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Slack wants a name once in its block; ours stands once in the whole message."""
    names = [element["action_id"] for _, element in pairs_of(blocks)]
    if len(set(names)) != len(names):
        yield "action_id twice"


def _everywhere(node: Any) -> Iterator[str]:
    """What must stand nowhere: mrkdwn and emoji codes, halves of surrogate pairs and control characters."""
    for part in objects(node):
        if part.get("type") == "mrkdwn":
            yield "mrkdwn"
        if part.get("type") == "plain_text" and part.get("emoji") is not False:
            yield "emoji is not off"
        if part.get("type") == "rich_text":
            yield from _rich(part)
    for text in all_texts(node):
        if any((ord(character) < 32 and character != "\n") or 0x7F <= ord(character) < 0xA0 for character in text):
            yield f"control character in {text[:40]!r}"
        if any(0xD800 <= ord(character) < 0xE000 for character in text):
            yield "half a surrogate pair"
        yield from isolation_faults(text)


def isolation_faults(text: str) -> Iterator[str]:
    """Direction marks that could reorder what stands beside a text: overrides, or isolates that are not closed."""
    if any(mark in text for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067"):
        yield "a direction override"
    for line in text.split("\n"):
        depth = 0
        for character in line:
            depth += (character == "\u2068") - (character == "\u2069")
            if depth not in (0, 1):
                yield f"isolates cross in {line[:40]!r}"
        if depth:
            yield f"an isolate left open in {line[:40]!r}"


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in a payload."""
    if isinstance(node, Mapping):
        yield dict(node)
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from objects(value)


def all_texts(node: Any) -> Iterator[str]:
    """Every text that is shown."""
    for part in objects(node):
        if isinstance(part.get("text"), str):
            yield part["text"]


def _rich(block: dict[str, Any]) -> Iterator[str]:
    """The local workspace takes every part of a rich text; ours are sections of texts, and lists of such."""
    parts = [item for part in block["elements"] for item in (part["elements"] if part["type"] in LISTS else [part])]
    for section in parts:
        if section["type"] != "rich_text_section" or not section["elements"]:
            yield "an empty or unknown rich_text element"
        for element in section["elements"]:
            if element["type"] != "text" or not element["text"]:
                yield f"a {element['type']} in rich_text, or an empty one"
            if not set(element.get("style", {})) <= STYLES or element.get("style") == {}:
                yield "style"
