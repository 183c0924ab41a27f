"""Build the few blocks of messages and forms: plain_text and rich_text only.

People's words never stand in `mrkdwn`, so nothing they type can become a mention, a link or formatting: a plain_text
object with `emoji: false` and the text elements of a rich_text block are shown as they are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.plain_text import isolate, one_line, paragraphs
from bot.slack import limits
from bot.slack.limits import Block
from handlers.press_codec import TickBox
from handlers.responses import Button, Choice

RICH_TEXT = 3000
"""Characters of one text in a rich_text block: what one form field can hold."""

CONTAINER = "container"
CHANNEL_STYLE = "channel"
Piece = tuple[str, str]
"""A text and its style: "" plain, "bold" or "italic"; or the id of a channel and "channel"."""


def safe_line(text: str, limit: int) -> str:
    """Return people's words on one line, safe to show, within the limit."""
    return _isolated(one_line(text), limit)


def safe_lines(text: str, limit: int) -> str:
    """Return people's words with their line breaks, safe to show, within the limit."""
    return _isolated(paragraphs(text), limit)


def _isolated(text: str, limit: int) -> str:
    """Clip, then isolate: a clip must not cut the end of an isolate off."""
    whole = isolate(text)
    if limits.size(whole) <= limit:
        return whole
    # Two marks a line; no text can need more than half of the limit for them.
    marks = len(whole) - len(text)
    return isolate(limits.clip(text, max(limit - marks, limit // 2 - 1)))


def plain_object(text: str) -> Block:
    """Return a plain_text object; `text` must be safe already."""
    return {"type": "plain_text", "text": text, "emoji": False}


def rich_block(*pieces: Piece) -> Block:
    """Return a rich_text block of one section; `pieces` must be safe already and hold their own newlines."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": text_elements(pieces)}]}


def text_elements(pieces: Iterable[Piece]) -> list[Block]:
    """Return pieces as the elements of a section of rich text."""
    elements: list[Block] = []
    for text, style in pieces:
        if style == CHANNEL_STYLE:
            elements.append({"type": "channel", "channel_id": text})
            continue
        element: Block = {"type": "text", "text": text}
        elements += [element | ({"style": {style: True}} if style else {})] if text else []
    return elements


def with_channels(text: str, channels: Sequence[str]) -> Iterator[Piece]:
    """Yield a safe text in pieces, with ids of these channels as mentions, for which Slack shows names."""
    if not channels:
        yield text, ""
        return
    parts = re.split(rf"\b({'|'.join(map(re.escape, channels))})\b", text)
    for at, part in enumerate(parts):
        # Every second part is an id.
        yield part, CHANNEL_STYLE if at % 2 else ""


def bold_block(text: str) -> Block:
    """Return a line of its own in bold."""
    return rich_block((text, "bold"))


def header_block(text: str) -> Block:
    """Return a headline: a header block where Slack allows one, else bold."""
    return (
        {"type": "header", "text": plain_object(text)} if limits.size(text) <= limits.HEADER_TEXT else bold_block(text)
    )


def context_block(text: str) -> Block:
    """Return small print."""
    return {"type": "context", "elements": [plain_object(text)]}


def section_block(text: str) -> Block:
    """Return a paragraph of plain text."""
    return {"type": "section", "text": plain_object(text)}


def divider_block() -> Block:
    """Return a rule between groups."""
    return {"type": "divider"}


def container_block(title: str, blocks: Sequence[Block], *, opened: bool) -> Block:
    """Return blocks that the reader folds away and opens under a title, which must be safe already."""
    return {
        "type": CONTAINER,
        "title": plain_object(title),
        "child_blocks": list(blocks),
        "is_collapsible": True,
        "default_collapsed": not opened,
    }


def actions_block(*elements: Block) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def join_texts(texts: Iterable[str], limit: int = RICH_TEXT) -> Iterator[str]:
    """Join texts by newlines into as few as keep within the limit each."""
    held = ""
    for text in filter(None, (safe_lines(text, limit) for text in texts)):
        if held and limits.size(held) + 1 + limits.size(text) > limit:
            yield held
            held = ""
        held = f"{held}\n{text}" if held else text
    if held:
        yield held


def split_text(text: str, limit: int = RICH_TEXT) -> Iterator[str]:
    """Yield the whole of a text in parts within the limit: what people typed is given back uncut."""
    rest = paragraphs(text)
    while rest:
        # Half, since isolates may double it; the "…" of the clip is not wanted here. Where one visible character is
        # longer than that (joiners can make it so), it is cut.
        head = rest if limits.size(rest) <= limit // 2 else limits.clip(rest, limit // 2)[:-1] or rest[: limit // 10]
        yield isolate(head)
        rest = rest[len(head) :].lstrip()


def button_element(press: Button, number: int, about: str = "") -> Block:
    """Return a button whose action_id holds its verb and is unique within its message.

    `about`: what it is about, for who cannot see it, where the same label stands under several things.
    """
    label = safe_line(press.label, limits.BUTTON_TEXT) or "…"
    name = limits.require("the verb of a button", f"cypp:{press.verb}:{number}", limits.IDENTIFIER)
    if press.searches:
        return {"type": "external_select", "placeholder": plain_object(label), "action_id": name, "min_query_length": 0}
    if press.choices:
        options = [option_object(one) for one in press.choices]
        under = [safe_line(one.under, limits.OPTION_TEXT) for one in press.choices]
        return {**select_element(options, under), "placeholder": plain_object(label), "action_id": name}
    element: dict[str, Any] = {"type": "button", "text": plain_object(label), "action_id": name}
    if about and about not in press.label:
        element["accessibility_label"] = safe_line(f"{press.label}, {about}", limits.BUTTON_SPOKEN)
    if press.value:
        element["value"] = limits.require(f"the value of {label!r}", press.value, limits.BUTTON_VALUE)
    if press.url:
        element["url"] = limits.require(f"the address of {label!r}", press.url, limits.BUTTON_URL)
    if press.style:
        element["style"] = press.style
    if words := safe_lines(press.confirm, limits.CONFIRM_TEXT):
        element["confirm"] = {
            "title": plain_object("Are you sure?"),
            "text": plain_object(words),
            "confirm": plain_object(safe_line(press.label, limits.CONFIRM_BUTTON) or "Yes"),
            "deny": plain_object("Cancel"),
            **({"style": press.style} if press.style else {}),
        }
    return element


def tick_element(rows: Sequence[tuple[str, str, str]], number: int) -> Block:
    """Return a column of boxes to tick; of each row what it carries, its words, and what stands small under them."""
    return {
        "type": "checkboxes",
        "action_id": f"cypp:{TickBox.verb}:{number}",
        "options": [
            {
                "text": plain_object(safe_line(words, limits.OPTION_TEXT) or "…"),
                "value": limits.require("what a box carries", carried, limits.OPTION_VALUE),
                **({"description": plain_object(said)} if (said := safe_line(small, limits.OPTION_TEXT)) else {}),
            }
            for carried, words, small in rows
        ],
    }


def select_element(options: list[Block], under: Sequence[str] = ()) -> Block:
    """Return a menu of these options, in numbered lists where they are more than one list may have.

    `under`: the heading of each, where they all have one; it stands once over those that share it.
    """
    headed: dict[str, list[Block]] = {}
    for heading, option in zip(under, options, strict=False):
        headed.setdefault(heading, []).append(option)
    fits = len(headed) <= limits.OPTION_GROUPS and all(len(some) <= limits.OPTIONS for some in headed.values())
    if all(headed) and headed and fits:
        groups = [{"label": plain_object(heading), "options": some} for heading, some in headed.items()]
        return {"type": "static_select", "option_groups": groups}
    if len(options) <= limits.OPTIONS:
        return {"type": "static_select", "options": options}
    return {"type": "static_select", "option_groups": list(_grouped(options))}


def option_object(choice: Choice) -> Block:
    """Return an option of a menu."""
    value = limits.require("the value of a choice", choice.value, limits.OPTION_VALUE)
    if not value:
        raise limits.OverLimitError(f"the choice {choice.label!r} needs a value")
    return {
        "text": plain_object(
            safe_line(choice.label, limits.OPTION_TEXT) or safe_line(value, limits.OPTION_TEXT) or "…"
        ),
        "value": value,
    }


def _grouped(options: list[Block]) -> Iterator[Block]:
    """Yield numbered lists of more options than one list may have."""
    if len(options) > limits.OPTIONS * limits.OPTION_GROUPS:
        raise limits.OverLimitError(f"{len(options)} choices, at most {limits.OPTIONS * limits.OPTION_GROUPS}")
    for start in range(0, len(options), limits.OPTIONS):
        part = options[start : start + limits.OPTIONS]
        yield {"label": plain_object(f"{start + 1} to {start + len(part)} of {len(options)}"), "options": part}
