"""What Slack accepts, written down once more from its documentation for the tests.

Deliberately not from bot.slack.limits: a wrong number there must fail here. Text is counted the careful way: UTF-16
units after escaping & < >.
"""

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

STYLES = {"bold", "italic", "strike", "code"}


def length(text: str) -> int:
    """The longest length Slack may find."""
    return len(html.escape(text, quote=False).encode("utf-16-le")) // 2


def refusals(text: str, blocks: list[dict[str, Any]]) -> list[str]:
    """Why chat.postMessage or chat.update would refuse this message; nothing when it would not."""
    found = list(_message_refusals(text, blocks))
    for number, block in enumerate(blocks):
        found += [f"{number} {block.get('type')}: {why}" for why in _block(block, in_view=False)]
    return found + list(_ids(blocks)) + list(_everywhere(blocks))


def view_refusals(view: dict[str, Any]) -> list[str]:
    """Why views.open would refuse this view."""
    found = [] if view.get("type") == "modal" else ["not a modal"]
    blocks = view["blocks"]
    found += [] if 1 <= len(blocks) <= 100 else [f"{len(blocks)} blocks"]
    found += [] if len(json.dumps(view).encode()) <= 250_000 else ["over 250 KB"]
    found += [] if 1 <= len(view["callback_id"]) <= 255 else ["callback_id"]
    found += [] if len(view.get("private_metadata", "")) <= 3000 else ["private_metadata"]
    for name in ("title", "close", "submit"):
        if name in view:
            found += [f"{name}: {why}" for why in _plain(view[name], 24)]
    if any(block["type"] == "input" for block in blocks) and "submit" not in view:
        found.append("inputs but no submit")
    for block in blocks:
        found += [f"{block['type']}: {why}" for why in _block(block, in_view=True)]
    return found + list(_ids(blocks)) + list(_everywhere(view))


def home_refusals(view: dict[str, Any]) -> list[str]:
    """Why views.publish would refuse this view."""
    blocks = view["blocks"]
    found = [] if set(view) == {"type", "blocks"} and view["type"] == "home" else ["not a Home tab"]
    found += [] if 1 <= len(blocks) <= 100 else [f"{len(blocks)} blocks"]
    found += [] if len(json.dumps(view).encode()) <= 250_000 else ["over 250 KB"]
    for block in blocks:
        found += [f"{block['type']}: {why}" for why in _block(block, in_view=True)]
    return found + list(_ids(blocks)) + list(_everywhere(view))


def _message_refusals(text: str, blocks: list[dict[str, Any]]) -> Iterator[str]:
    if not text.strip():
        yield "no text"
    if len(text.encode()) > 4000:
        yield "text over what chat.update takes"
    if len(text) > 3000:
        yield "text over 3,000"
    if (
        "<" in text
        or ">" in text
        or html.unescape(html.escape(html.unescape(text), quote=False)) != html.unescape(text)
    ):
        yield "text with markup"
    if len(blocks) > 50:
        yield f"{len(blocks)} blocks"
    total = sum(length(words) for words in all_texts(blocks))
    # 13,200 in all, and each block counts for up to 72 (bolt-js #2867).
    if total > 10_000 or total + 72 * len(blocks) > 13_200:
        yield f"msg_blocks_too_long: {total} characters in {len(blocks)} blocks"


def _ids(blocks: list[dict[str, Any]]) -> Iterator[str]:
    actions = [
        element["action_id"] for block in blocks for element in block.get("elements", []) if "action_id" in element
    ]
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(actions)) != len(actions):
        yield "action_id twice"
    if len(set(names)) != len(names):
        yield "block_id twice"
    if any(not 1 <= len(name) <= 255 for name in actions + names):
        yield "id length"


def _everywhere(node: Any) -> Iterator[str]:
    """What must stand nowhere: mrkdwn (ours), halves of surrogate pairs and control characters in what is shown."""
    if any(part.get("type") == "mrkdwn" for part in objects(node)):
        yield "mrkdwn"
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


def _plain(node: Any, limit: int) -> Iterator[str]:
    if not isinstance(node, dict) or node.get("type") != "plain_text":
        yield "not plain_text"
    elif not 1 <= length(node["text"]) <= limit:
        yield f"{length(node['text'])} characters, 1 to {limit}"
    elif node.get("emoji") is not False:
        yield "emoji is not off"


def _block(block: dict[str, Any], *, in_view: bool) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield from _plain(block["text"], 150)
        case "section":
            yield from _plain(block["text"], 3000)
        case "divider":
            pass
        case "context":
            if not 1 <= len(block["elements"]) <= 10:
                yield "elements"
            for element in block["elements"]:
                yield from _plain(element, 3000)
        case "actions":
            if not 1 <= len(block["elements"]) <= 25:
                yield "elements"
            for element in block["elements"]:
                yield from _button(element)
        case "rich_text":
            yield from _rich(block)
        case "input" if in_view:
            yield from _input(block)
        case other:
            yield f"a block of type {other}"


def _button(element: dict[str, Any]) -> Iterator[str]:
    if element["type"] == "external_select":
        yield from _plain(element["placeholder"], 150)
        return
    if element["type"] != "button":
        yield f"an element of type {element['type']}"
    yield from _plain(element["text"], 75)
    if len(element.get("value", "")) > 2000:
        yield "value"
    if element.get("style", "primary") not in {"primary", "danger"}:
        yield "style"
    if confirm := element.get("confirm"):
        for name, limit in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from (f"confirm {name}: {why}" for why in _plain(confirm[name], limit))
        if confirm.get("style", "primary") not in {"primary", "danger"}:
            yield "confirm style"


def _rich(block: dict[str, Any]) -> Iterator[str]:
    if not block["elements"]:
        yield "no elements"
    for section in block["elements"]:
        if section["type"] != "rich_text_section" or not section["elements"]:
            yield "an empty or unknown rich_text element"
        for element in section["elements"]:
            if element["type"] != "text":
                yield f"a {element['type']} in rich_text"
            if not element["text"]:
                yield "an empty text"
            if not set(element.get("style", {})) <= STYLES or element.get("style") == {}:
                yield "style"


def _input(block: dict[str, Any]) -> Iterator[str]:
    yield from _plain(block["label"], 2000)
    if "hint" in block:
        yield from _plain(block["hint"], 2000)
    element = block["element"]
    if not 1 <= len(element["action_id"]) <= 255 or not 1 <= len(block["block_id"]) <= 255:
        yield "ids"
    match element["type"]:
        case "plain_text_input":
            if not 1 <= element.get("max_length", 3000) <= 3000:
                yield "max_length"
            if len(element.get("initial_value", "")) > element.get("max_length", 3000):
                yield "initial_value"
        case "datepicker":
            if "initial_date" in element and len(element["initial_date"]) != 10:
                yield "initial_date"
        case "users_select":
            if "initial_user" in element and not element["initial_user"].startswith(("U", "W")):
                yield "initial_user"
        case "radio_buttons":
            yield from _options(element["options"], 10)
            yield from _initial(element, element["options"])
        case "static_select":
            groups = element.get("option_groups", [])
            if ("options" in element) == bool(groups) or len(groups) > 100:
                yield "options or option_groups"
            lists = [element["options"]] if "options" in element else [group["options"] for group in groups]
            for options in lists:
                yield from _options(options, 100)
            for group in groups:
                yield from _plain(group["label"], 75)
            yield from _initial(element, [option for options in lists for option in options])
        case "external_select":
            yield from _plain(element["placeholder"], 150)
            if "initial_option" in element:
                yield from _options([element["initial_option"]], 1)
        case other:
            yield f"an input of type {other}"


def _options(options: list[dict[str, Any]], most: int) -> Iterator[str]:
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options"
    for option in options:
        yield from _plain(option["text"], 75)
        if not 1 <= len(option["value"]) <= 150:
            yield "option value"


def _initial(element: dict[str, Any], options: list[dict[str, Any]]) -> Iterator[str]:
    if "initial_option" in element and element["initial_option"] not in options:
        yield "initial_option is none of the options"
