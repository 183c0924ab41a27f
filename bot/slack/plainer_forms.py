"""A plainer form of each kind of block, for workspaces that do not take it yet. Pure.

Kinds of block come to Slack by stages: a workspace without one answers `invalid_blocks` and shows nothing. What stands
in for a kind is said by `plainer_block` alone; a new kind gets its line there.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.slack import limits
from bot.slack.limits import Block
from bot.slack.meanings import AtFault
from bot.slack.render_blocks import (
    actions_block,
    bold_block,
    button_element,
    container_block,
    context_block,
    divider_block,
    header_block,
    rich_block,
    section_block,
    split_text,
    tick_element,
)
from bot.slack.render_rows import table_block, two_line_rows
from handlers.responses import ActionLine, Button, Choice, RowCells
from models.enums import Status

_STEP = re.compile(r"/([A-Za-z0-9_]+)")
_KIND = "/type"
NOT_IN_CONTAINERS = frozenset({"rich_text", "data_table"})
"""What stands inside a container in its plainer form: Slack's validator is reported to refuse it there."""
EACH_KIND: Sequence[Block] = (
    header_block("x"),
    section_block("x"),
    rich_block(("x", "")),
    context_block("x"),
    divider_block(),
    table_block([(ActionLine("x", "x", Status.ON_TRACK), RowCells("x", "x", 0, 0))], "x"),
    actions_block(button_element(Button("x", "ask"), 1)),
    actions_block(button_element(Button("x", "ask", searches="x"), 1)),
    actions_block(button_element(Button("x", "ask", choices=(Choice("x", "x"),)), 1)),
    actions_block(tick_element([("x", "x", "")], 1)),
    container_block("x", [section_block("x")], opened=True),
)
"""One block of each kind that messages are made of; pictures aside, which a file has to be there for."""


def plainer_page(page: Mapping[str, Any], refused: Collection[str]) -> dict[str, Any]:
    """Return a message or a view without the kinds of block and element that are refused."""
    if not refused or "blocks" not in page:
        return dict(page)
    return {**page, "blocks": [one for block in page["blocks"] for one in _without(block, refused)]}


def bare_page(page: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message with its plain text alone, which every workspace takes."""
    return {**page, "blocks": []}


def plainer_block(block: Block) -> list[Block]:
    """Return what stands in for a block: its words; nothing for what has none, or only something to press."""
    match block["type"]:
        case "data_table":
            return [two_line_rows(block)]
        case "container":
            return [bold_block(block["title"]["text"]), *block["child_blocks"]]
        case "header" | "section" | "context" | "rich_text":
            words = "".join(_words(block)).strip()
            # Safe already where it fits; a split may cut a line in two.
            fits = 0 < limits.size(words) <= limits.TEXT_OBJECT
            return [section_block(part) for part in ([words] if fits else split_text(words, limits.TEXT_OBJECT))]
    return []


def refused_kinds(page: Mapping[str, Any], at: Sequence[AtFault]) -> set[str]:
    """Return the kinds of block or element that Slack says it does not take, by where it says so."""
    found = set()
    for pointer, _ in at:
        if not pointer.endswith(_KIND):
            continue
        part: Any = page
        for step in _STEP.findall(pointer.removeprefix("/view").removesuffix(_KIND)):
            part = _inside(part, step)
        if isinstance(part, Mapping) and isinstance(part.get("type"), str):
            found.add(part["type"])
    return found


def _inside(part: Any, step: str) -> Any:
    if isinstance(part, Mapping):
        return part.get(step)
    return part[int(step)] if isinstance(part, list) and step.isdecimal() and int(step) < len(part) else None


def _without(block: Block, refused: Collection[str]) -> list[Block]:
    if not _kinds(block).isdisjoint(refused):
        others = (one for one in plainer_block(block) if one["type"] != block["type"])
        return [kept for one in others for kept in _without(one, refused)]
    if inside := block.get("child_blocks"):
        left = [one for child in inside for one in _without(child, refused)]
        return [{**block, "child_blocks": left}] if left else []
    elements = block.get("elements")
    if block["type"] != "actions" or not isinstance(elements, list):
        return [block]
    kept = [one for one in elements if one.get("type") not in refused]
    if len(kept) == len(elements):
        return [block]
    # What was only to be ticked is still to be read.
    rows = "\n".join("".join(_words(option)) for one in elements if one not in kept for option in _rows(one))
    said = [section_block(part) for part in split_text(rows, limits.TEXT_OBJECT)]
    return [*said, *([{**block, "elements": kept}] if kept else [])]


def _rows(element: Mapping[str, Any]) -> Sequence[Any]:
    return element.get("options") or () if element.get("type") == "checkboxes" else ()


def _kinds(block: Block) -> set[str]:
    """Return the kind of a block, and those of its cells: a table without one of them is none."""
    return {block["type"], *(cell["type"] for row in block.get("rows", ()) for cell in row)}


def _words(part: Any) -> Iterator[str]:
    """Yield the words of a block in order, and those alone."""
    if isinstance(part, list):
        for number, one in enumerate(part):
            yield "\n" if number and isinstance(one, Mapping) and "elements" in one else ""
            yield from _words(one)
    elif isinstance(part, Mapping):
        text = part.get("text")
        if isinstance(text, str):
            yield text
        else:
            yield from _words(text)
        yield from _words(part.get("fields") or part.get("elements"))
