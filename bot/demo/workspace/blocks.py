"""Define what Slack accepts as a block or an element, for the types that the bot makes; others are refused.

The numbers are those of https://docs.slack.dev/reference/block-kit/ (blocks, block elements, composition objects),
as they stood in 2026. They are kept here on purpose and not shared with the bot: a bot that misreads a limit must
be refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.demo.workspace.rules import (
    Rule,
    RuleReport,
    all_of,
    anything,
    array,
    boolean,
    integer,
    number,
    object_of,
    one_of,
    plain_rule,
    string,
    text_rule,
    typed,
    url,
)

BLOCK_ID = string(255, 1)
ACTION_ID = string(255, 1)
STYLE = one_of("primary", "danger")
DATE = string(10, 10, r"\d{4}-\d{2}-\d{2}")
CONFIRM = object_of(
    {"title": plain_rule(100), "text": text_rule(300), "confirm": plain_rule(30), "deny": plain_rule(30)},
    {"style": STYLE},
)
FILE = object_of({"id": string(255, 1, r"F[A-Z0-9]{8,}")})
"""https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object"""
PLAIN_OPTION = object_of({"text": plain_rule(75), "value": string(150, 1)}, {"description": plain_rule(75)})
RICH_OPTION = object_of({"text": text_rule(75), "value": string(150, 1)}, {"description": text_rule(75)})
OPTION_GROUP = object_of({"label": plain_rule(75), "options": array(PLAIN_OPTION, 1, 100)})


def _known_options(element: dict[str, Any]) -> list[Any]:
    groups = element.get("option_groups") or ()
    grouped = [option for group in groups if isinstance(group, dict) for option in group.get("options") or ()]
    return list(element.get("options") or ()) + grouped


def _options_make_sense(element: Any, pointer: str, report: RuleReport) -> None:
    """Require options or groups, not both; each value once; an initial choice that is among them."""
    if ("options" in element) == ("option_groups" in element):
        report.add(pointer, "must have exactly one of options and option_groups")
    known = _known_options(element)
    values = [o.get("value") for o in known if isinstance(o, dict)]
    if len(values) != len(set(map(str, values))):
        report.add(f"{pointer}/options", "option values must be unique")
    chosen = [element["initial_option"]] if element.get("initial_option") else []
    chosen += element.get("initial_options") or []
    if any(option not in known for option in chosen):
        report.add(pointer, "initial option(s) must match one of the provided options")


def _element(required: dict[str, Rule], optional: dict[str, Rule]) -> Rule:
    return object_of(required, {"action_id": ACTION_ID, **optional})


def _input(optional: dict[str, Rule]) -> Rule:
    return _element({}, {"placeholder": plain_rule(150), "confirm": CONFIRM, **optional})


ELEMENTS: dict[str, Rule] = {
    "button": _element(
        {"text": plain_rule(75)},
        {
            "value": string(2000),
            "url": url(),
            "style": STYLE,
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "static_select": all_of(
        _input(
            {
                "options": array(PLAIN_OPTION, 1, 100),
                "option_groups": array(OPTION_GROUP, 1, 100),
                "initial_option": PLAIN_OPTION,
            }
        ),
        _options_make_sense,
    ),
    "external_select": _input({"min_query_length": integer(0, 1000), "initial_option": PLAIN_OPTION}),
    "users_select": _input({"initial_user": string(255, 1)}),
    "radio_buttons": all_of(
        _input({"options": array(RICH_OPTION, 1, 10), "initial_option": RICH_OPTION}), _options_make_sense
    ),
    "checkboxes": all_of(
        _input({"options": array(RICH_OPTION, 1, 10), "initial_options": array(RICH_OPTION, 1, 10)}),
        _options_make_sense,
    ),
    "datepicker": _input({"initial_date": DATE}),
    "plain_text_input": _input(
        {
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        }
    ),
}
"""Every element by its type."""

IN_ACTIONS = tuple(kind for kind in ELEMENTS if kind != "plain_text_input")
IN_INPUT = tuple(kind for kind in ELEMENTS if kind != "button")


def _ids_differ(block: Any, pointer: str, report: RuleReport) -> None:
    """Require each action_id once in its block."""
    seen: set[str] = set()
    for index, element in enumerate(block.get("elements") or ()):
        action_id = element.get("action_id") if isinstance(element, dict) else None
        if action_id and action_id in seen:
            report.add(f"{pointer}/elements/{index}/action_id", f"`action_id` {action_id} already exists in this block")
        seen.add(str(action_id))


def _length_range(block: Any, pointer: str, report: RuleReport) -> None:
    """Refuse a text input whose least length is over its greatest: it can never be filled in."""
    element = block.get("element")
    if not isinstance(element, dict):
        return
    least, most = element.get("min_length"), element.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        report.add(f"{pointer}/element/min_length", "must not be greater than max_length")


def _block(required: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Rule:
    return object_of(required, {"block_id": BLOCK_ID, **(optional or {})})


_RICH_PIECES: dict[str, Rule] = {
    "text": object_of({"text": string(40_000, 1)}, {"style": anything}),
    "channel": object_of({"channel_id": string(255, 1)}),
}
_SECTION = object_of({"elements": array(typed(_RICH_PIECES), 0, 5000)})
_RICH_PARTS: dict[str, Rule] = {
    "rich_text_section": _SECTION,
    "rich_text_list": object_of(
        {"style": one_of("bullet", "ordered"), "elements": array(typed({"rich_text_section": _SECTION}), 1, 500)}
    ),
}
_RICH_TEXT = object_of({"elements": array(typed(_RICH_PARTS), 1, 500)}, {"block_id": BLOCK_ID})
_CELLS: dict[str, Rule] = {
    "raw_text": object_of({"text": string(10_000, 1)}),
    "raw_number": object_of({"value": number, "text": string(10_000, 1)}),
    "rich_text": _RICH_TEXT,
}
_ROWS = array(array(typed(_CELLS), 1, 20), 2, 101)
IN_MESSAGES_ONLY = frozenset({"data_table", "container"})
TABLE_TEXT = 10_000
"""Characters of all cells of a table, and of all tables of a message."""


def cell_characters(block: Any) -> int:
    """Return the characters of all cells of a table."""
    return sum(len(words) for row in block["rows"] for cell in row for words in _texts_in(cell))


def _texts_in(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from [part["text"]] if isinstance(part.get("text"), str) else []
        yield from _texts_in(part.get("elements"))
    elif isinstance(part, list):
        yield from (words for each in part for words in _texts_in(each))


def _is_even_table(block: Any, pointer: str, report: RuleReport) -> None:
    """Require headings without rich text, rows of one length, and a row header that is one of the columns."""
    columns = len(block["rows"][0])
    for index, row in enumerate(block["rows"]):
        if len(row) != columns:
            report.add(f"{pointer}/rows/{index}", "all rows must have the same number of values")
    for index, cell in enumerate(block["rows"][0]):
        if cell["type"] == "rich_text":
            report.add(f"{pointer}/rows/0/{index}/type", "rich_text cannot be used for header cells")
    if block.get("row_header_column_index", 0) >= columns:
        report.add(f"{pointer}/row_header_column_index", "must be one of the columns")
    if cell_characters(block) > TABLE_TEXT:
        report.add(f"{pointer}/rows", f"must be less than {TABLE_TEXT + 1} characters in all cells")


def _folds(block: Any, pointer: str, report: RuleReport) -> None:
    """Refuse a container that begins collapsed and cannot be opened."""
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        report.add(f"{pointer}/default_collapsed", "requires is_collapsible")


BLOCKS: dict[str, Rule] = {
    "section": _block({"text": text_rule(3000)}),
    "header": _block({"text": plain_rule(150)}),
    "divider": _block({}),
    "context": _block({"elements": array(text_rule(2000), 1, 10)}),
    "actions": all_of(_block({"elements": array(typed(ELEMENTS, *IN_ACTIONS), 1, 25)}), _ids_differ),
    "image": _block({"alt_text": string(2000, 1), "slack_file": FILE}, {"title": plain_rule(2000)}),
    "input": all_of(
        _block(
            {"label": plain_rule(2000), "element": typed(ELEMENTS, *IN_INPUT)},
            {"hint": plain_rule(2000), "optional": boolean},
        ),
        _length_range,
    ),
    "rich_text": _RICH_TEXT,
    "data_table": all_of(
        _block(
            {"caption": string(10_000, 1), "rows": _ROWS},
            {"page_size": integer(1, 100), "row_header_column_index": integer(0, 19)},
        ),
        _is_even_table,
    ),
}
"""Every block by its type."""
IN_CONTAINER = ("section", "header", "divider", "context", "actions", "image")
"""Of what the reference lists for a container, what Slack's validator is reported to take: no rich_text, no input."""
BLOCKS["container"] = all_of(
    _block(
        {"title": plain_rule(150), "child_blocks": array(typed(BLOCKS, *IN_CONTAINER), 1, 10)},
        {"is_collapsible": boolean, "default_collapsed": boolean},
    ),
    _folds,
)

ANY_BLOCK = typed(BLOCKS)


def check_blocks(blocks: Any, pointer: str, maximum: int, report: RuleReport) -> None:
    """Check a list of blocks by Slack's rules: how many, each one's form, and block_ids that differ."""
    array(ANY_BLOCK, 0, maximum)(blocks, pointer, report)
    if not isinstance(blocks, list):
        return
    if not report.problems and sum(cell_characters(one) for one in blocks if one["type"] == "data_table") > TABLE_TEXT:
        report.add(pointer, f"must be less than {TABLE_TEXT + 1} characters in all tables")
    seen: set[str] = set()
    for place, block in placed_blocks(blocks):
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id in seen:
            report.add(f"{pointer}{place}/block_id", f"`block_id` {block_id} already exists")
        seen.add(str(block_id))


def placed_blocks(blocks: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each block with where it stands, those inside a container too."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else ()):
        if isinstance(block, dict):
            yield f"{pointer}/{index}", block
            yield from placed_blocks(block.get("child_blocks"), f"{pointer}/{index}/child_blocks")
