"""Render blocks as lines a person can read in a terminal. Pure."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.demo.workspace.state import Json
from bot.demo.workspace.typed_emoji import emoji_shown

DisplayNames = Mapping[str, str]

_LINK = re.compile(r"<([^<>\s][^<>]*)>")
_BULLET = re.compile(r"^(\s*(?:[•◦▪–-]|\d+[.)])\s+)")


def mrkdwn_text(text: str, names: DisplayNames | None = None) -> str:
    """Return Slack's mark-up as plain words: names for mentions, addresses of links, entities undone; *bold* stays."""
    known = names or {}
    shown = _LINK.sub(lambda match: _reference(match.group(1), known), text)
    return unescape(emoji_shown(shown))


def unescape(text: str) -> str:
    """Undo Slack's three entities."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _reference(inside: str, names: DisplayNames) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return "@" + (names.get(target[1:]) or label or target[1:])
    if target.startswith("#"):
        return "#" + (label or names.get(target[1:]) or target[1:])
    if target.startswith("!date"):
        return label or target
    if target.startswith("!subteam"):
        return label or "@group"
    if target.startswith("!"):
        return "@" + target[1:]
    address = target.removeprefix("mailto:")
    return f"{label} ({address})" if label and label != address else address


def _text(part: Any, names: DisplayNames) -> str:
    if not isinstance(part, dict):
        return ""
    words = str(part.get("text", ""))
    if part.get("type") == "plain_text":
        return emoji_shown(words)
    return mrkdwn_text(words, names)


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Wrap text to `width`; its own line breaks stay, bullet points keep a hanging indent."""
    lines: list[str] = []
    for line in text.split("\n"):
        if not line.strip():
            lines.append("")
            continue
        point = _BULLET.match(line)
        hanging = " " * len(point.group(1)) if point else ""
        lines += textwrap.wrap(
            line,
            width,
            initial_indent=indent,
            subsequent_indent=indent + hanging,
            break_long_words=False,
            break_on_hyphens=False,
            drop_whitespace=True,
        )
    return lines


def element_text(element: Json, names: DisplayNames | None = None) -> str:
    """Return one element to press or choose: `[On track]`, `[Pick a status ▾]`."""
    known = names or {}
    kind = element.get("type")
    if kind == "button":
        return f"[{_text(element.get('text'), known)}]"
    if kind in ("radio_buttons", "checkboxes"):
        chosen = [element.get("initial_option"), *(element.get("initial_options") or ())]
        marks = ("(•)", "( )") if kind == "radio_buttons" else ("[x]", "[ ]")
        options = element.get("options") or ()
        return "  ".join(f"{marks[0] if o in chosen else marks[1]} {_text(o.get('text'), known)}" for o in options)
    initial = element.get("initial_option")
    shown = (
        _text(initial.get("text"), known)
        if isinstance(initial, dict)
        else str(element.get("initial_value") or element.get("initial_date") or "")
    )
    shown = shown or _text(element.get("placeholder"), known)
    if kind == "plain_text_input":
        return f"[{shown or ' ' * 12}]"
    return f"[{shown or 'Choose'} ▾]"


def _boxes(element: Json, names: DisplayNames, width: int) -> list[str]:
    """Return boxes to tick in a message, each on a line, with what stands small under it."""
    ticked = element.get("initial_options") or ()
    lines: list[str] = []
    for one in element.get("options") or ():
        lines += wrap(f"{'[x]' if one in ticked else '[ ]'} {_text(one.get('text'), names)}", width)
        lines += wrap(_text(one["description"], names), width, "    ") if "description" in one else []
    return lines


def _rich(part: Json, names: DisplayNames) -> str:
    """Return the words of a rich_text block or one part of it."""
    if part.get("type") == "channel":
        return "#" + names.get(part["channel_id"], part["channel_id"])
    between = "\n" if part.get("type") in ("rich_text", "rich_text_list") else ""
    return str(part.get("text", "")) + between.join(_rich(inner, names) for inner in part.get("elements") or ())


def block_lines(block: Json, names: DisplayNames | None = None, width: int = 100) -> list[str]:
    """Return one block as lines."""
    known = names or {}
    match block.get("type"):
        case "header":
            words = _text(block.get("text"), known)
            return [words, "─" * min(len(words), width)]
        case "section":
            return wrap(_text(block.get("text"), known), width)
        case "context":
            parts = [_text(e, known) for e in block.get("elements") or ()]
            return wrap("  ".join(part for part in parts if part), width, "  ")
        case "divider":
            return ["─" * min(width, 40)]
        case "actions":
            elements = block.get("elements") or ()
            boxes = [line for e in elements if e.get("type") == "checkboxes" for line in _boxes(e, known, width)]
            return boxes + _flow([element_text(e, known) for e in elements if e.get("type") != "checkboxes"], width)
        case "input":
            label = _text(block.get("label"), known) + (" (optional)" if block.get("optional") else "")
            lines = [f"{label}:", "  " + element_text(block.get("element") or {}, known)]
            return lines + (wrap(_text(block["hint"], known), width, "  ") if block.get("hint") else [])
        case "image":
            return [f"[picture: {block.get('alt_text', '')}]"]
        case "rich_text":
            return wrap(_rich(block, known), width)
        case "data_table":
            rows = ([_rich(cell, known) for cell in row] for row in block["rows"])
            said = (f"{first}  {' | '.join(rest)}" for first, *rest in rows)
            return [block["caption"], *(line for row in said for line in ("", *wrap(row, width)))]
        case "container":
            mark = "▸" if block.get("default_collapsed") else "▾"
            inside = blocks_text(block["child_blocks"], known, width)
            return [f"{mark} {_text(block['title'], known)}", *inside.split("\n")]
    return []


def _flow(parts: Iterable[str], width: int) -> list[str]:
    """Put parts beside each other, on as many lines as they need, none of them broken."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + 1 + len(part) <= width:
            lines[-1] += " " + part
        else:
            lines.append(part)
    return lines


def blocks_text(blocks: Iterable[Json], names: DisplayNames | None = None, width: int = 100) -> str:
    """Return blocks one below the other, with an empty line where Slack leaves space."""
    parts: list[str] = []
    tight = False
    for block in blocks:
        lines = block_lines(block, names, width)
        if not lines:
            continue
        small = block.get("type") in ("context", "actions")
        if parts and not small and not tight:
            parts.append("")
        parts += lines
        tight = block.get("type") == "header"
    return "\n".join(parts)


def message_text(
    text: str,
    blocks: Sequence[Json],
    files: Sequence[Json] = (),
    *,
    names: DisplayNames | None = None,
    width: int = 100,
) -> str:
    """Return what a message shows: its blocks, or its text where it has none; then files."""
    parts = [blocks_text(blocks, names, width) if blocks else "\n".join(wrap(mrkdwn_text(text, names), width))]
    parts += [f"[file: {file.get('name', '')}]" for file in files]
    return "\n".join(part for part in parts if part)


def view_text(
    title: str,
    blocks: Sequence[Json],
    *,
    submit: str | None = None,
    close: str | None = None,
    names: DisplayNames | None = None,
    width: int = 100,
) -> str:
    """Return what a modal or Home tab shows, its title above and its own buttons below."""
    parts = [f"═ {title} ═"] if title else []
    parts.append(blocks_text(blocks, names, width))
    ends = [f"[{words}]" for words in (close, submit) if words]
    if ends:
        parts.append(" ".join(ends))
    return "\n".join(part for part in parts if part)
