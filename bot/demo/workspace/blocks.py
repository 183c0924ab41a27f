"""Define what Slack accepts as a block or an element, type by type.

The numbers are those of https://docs.slack.dev/reference/block-kit/ (blocks, block elements, composition objects),
as they stood in 2026. They are kept here on purpose and not shared with the bot: a bot that misreads a limit must
be refused.
"""

from __future__ import annotations

from typing import Any

from bot.demo.workspace.rules import (
    Rule,
    RuleReport,
    all_of,
    anything,
    array,
    boolean,
    integer,
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
CLOCK_TIME = string(5, 5, r"([01]\d|2[0-3]):[0-5]\d")
CONFIRM = object_of(
    {"title": plain_rule(100), "text": text_rule(300), "confirm": plain_rule(30), "deny": plain_rule(30)},
    {"style": STYLE},
)
FILE = object_of({}, {"url": url(), "id": string(255, 1, r"F[A-Z0-9]{8,}")})
"""https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object"""
PLAIN_OPTION = object_of({"text": plain_rule(75), "value": string(150, 1)}, {"description": plain_rule(75)})
OVERFLOW_OPTION = object_of(
    {"text": plain_rule(75), "value": string(150, 1)}, {"description": plain_rule(75), "url": url()}
)
RICH_OPTION = object_of({"text": text_rule(75), "value": string(150, 1)}, {"description": text_rule(75)})
OPTION_GROUP = object_of({"label": plain_rule(75), "options": array(PLAIN_OPTION, 1, 100)})
DISPATCH = object_of({}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})


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


def _image_is_named(image: Any, pointer: str, report: RuleReport) -> None:
    """Require an address or a Slack file, not both; of a file, its address or its id, not both."""
    file = image.get("slack_file")
    if bool(image.get("image_url")) == bool(file):
        report.add(pointer, "must provide exactly one of image_url and slack_file")
    elif file and bool(file.get("url")) == bool(file.get("id")):
        report.add(f"{pointer}/slack_file", "must provide exactly one of url and id")


def _element(required: dict[str, Rule], optional: dict[str, Rule]) -> Rule:
    return object_of(required, {"action_id": ACTION_ID, **optional})


_FIELDS: dict[str, Rule] = {
    "placeholder": plain_rule(150),
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH,
}


def _input(optional: dict[str, Rule]) -> Rule:
    return _element({}, {**_FIELDS, "confirm": CONFIRM, **optional})


def _multi(optional: dict[str, Rule]) -> Rule:
    return _input({"max_selected_items": integer(1, 10_000), **optional})


_IDS = array(string(255, 1), 0, 1000)
_STATIC: dict[str, Rule] = {"options": array(PLAIN_OPTION, 1, 100), "option_groups": array(OPTION_GROUP, 1, 100)}
_CONVERSATION: dict[str, Rule] = {"default_to_current_conversation": boolean, "filter": anything}
_PICKED: dict[str, Rule] = {"response_url_enabled": boolean}

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
    "overflow": all_of(
        _element({"options": array(OVERFLOW_OPTION, 1, 5)}, {"confirm": CONFIRM}),
        _options_make_sense,
    ),
    "static_select": all_of(_input({**_STATIC, "initial_option": PLAIN_OPTION}), _options_make_sense),
    "multi_static_select": all_of(
        _multi({**_STATIC, "initial_options": array(PLAIN_OPTION, 1, 100)}), _options_make_sense
    ),
    "external_select": _input({"min_query_length": integer(0, 1000), "initial_option": PLAIN_OPTION}),
    "multi_external_select": _multi(
        {"min_query_length": integer(0, 1000), "initial_options": array(PLAIN_OPTION, 1, 100)}
    ),
    "users_select": _input({"initial_user": string(255, 1)}),
    "multi_users_select": _multi({"initial_users": _IDS}),
    "conversations_select": _input({"initial_conversation": string(255, 1), **_CONVERSATION, **_PICKED}),
    "multi_conversations_select": _multi({"initial_conversations": _IDS, **_CONVERSATION}),
    "channels_select": _input({"initial_channel": string(255, 1), **_PICKED}),
    "multi_channels_select": _multi({"initial_channels": _IDS}),
    "radio_buttons": all_of(
        _input({"options": array(RICH_OPTION, 1, 10), "initial_option": RICH_OPTION}), _options_make_sense
    ),
    "checkboxes": all_of(
        _input({"options": array(RICH_OPTION, 1, 10), "initial_options": array(RICH_OPTION, 1, 10)}),
        _options_make_sense,
    ),
    "datepicker": _input({"initial_date": DATE}),
    "timepicker": _input({"initial_time": CLOCK_TIME, "timezone": string(255, 1)}),
    "datetimepicker": _input({"initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    "plain_text_input": _input(
        {
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        }
    ),
    "url_text_input": _input({"initial_value": string(3000)}),
    "email_text_input": _input({"initial_value": string(3000)}),
    "number_input": _element(
        {"is_decimal_allowed": boolean},
        {**_FIELDS, **dict.fromkeys(("initial_value", "min_value", "max_value"), string(64))},
    ),
    "rich_text_input": _input({"initial_value": anything}),
    "file_input": _input({"filetypes": array(string(32, 1), 1, 100), "max_files": integer(1, 10)}),
    "image": all_of(
        object_of({"alt_text": string(2000, 1)}, {"image_url": url(), "slack_file": FILE}),
        _image_is_named,
    ),
}
"""Every element by its type."""

_SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_MULTI_SELECTS = tuple(f"multi_{name}" for name in _SELECTS)
_PICKERS = ("datepicker", "timepicker")
_BOXES = ("radio_buttons", "checkboxes")
_TYPED_IN = ("plain_text_input", "url_text_input", "email_text_input", "number_input", "rich_text_input", "file_input")
IN_SECTION = ("button", "overflow", "image", *_SELECTS, *_MULTI_SELECTS, *_PICKERS, *_BOXES)
IN_ACTIONS = ("button", "overflow", *_SELECTS, *_MULTI_SELECTS, *_PICKERS, "datetimepicker", *_BOXES, "rich_text_input")
IN_INPUT = (*_SELECTS, *_MULTI_SELECTS, *_PICKERS, "datetimepicker", *_BOXES, *_TYPED_IN)


def _section_says_something(block: Any, pointer: str, report: RuleReport) -> None:
    if not block.get("text") and not block.get("fields"):
        report.add(pointer, "missing required field: text or fields")


def _ids_differ(block: Any, pointer: str, report: RuleReport) -> None:
    """Require each action_id once in its block."""
    seen: set[str] = set()
    for index, element in enumerate(block.get("elements") or ()):
        action_id = element.get("action_id") if isinstance(element, dict) else None
        if action_id and action_id in seen:
            report.add(f"{pointer}/elements/{index}/action_id", f"`action_id` {action_id} already exists in this block")
        seen.add(str(action_id))


def _context_item(value: Any, pointer: str, report: RuleReport) -> None:
    """Check an image or a text object."""
    if isinstance(value, dict) and value.get("type") == "image":
        ELEMENTS["image"](value, pointer, report)
    else:
        text_rule(2000)(value, pointer, report)


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


_RICH = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
_RICH_PARTS: dict[str, Rule] = {
    name: object_of(
        {"elements": array(anything, 0, 5000)}, dict.fromkeys(("style", "indent", "offset", "border"), anything)
    )
    for name in _RICH
}

BLOCKS: dict[str, Rule] = {
    "section": all_of(
        _block(
            {},
            {
                "text": text_rule(3000),
                "fields": array(text_rule(2000), 1, 10),
                "accessory": typed(ELEMENTS, *IN_SECTION),
                "expand": boolean,
            },
        ),
        _section_says_something,
    ),
    "header": _block({"text": plain_rule(150)}),
    "divider": _block({}),
    "context": _block({"elements": array(_context_item, 1, 10)}),
    "actions": all_of(_block({"elements": array(typed(ELEMENTS, *IN_ACTIONS), 1, 25)}), _ids_differ),
    "image": all_of(
        _block(
            {"alt_text": string(2000, 1)},
            {"image_url": url(), "slack_file": FILE, "title": plain_rule(2000)},
        ),
        _image_is_named,
    ),
    "input": all_of(
        _block(
            {"label": plain_rule(2000), "element": typed(ELEMENTS, *IN_INPUT)},
            {"hint": plain_rule(2000), "optional": boolean, "dispatch_action": boolean},
        ),
        _length_range,
    ),
    "rich_text": _block({"elements": array(typed(_RICH_PARTS), 1, 500)}),
    "markdown": _block({"text": string(12_000, 1)}),
    "table": _block(
        {"rows": array(array(anything, 1, 20), 1, 100)},
        {"column_settings": array(anything, 0, 20)},
    ),
}
"""Every block by its type."""

ANY_BLOCK = typed(BLOCKS)


def check_blocks(blocks: Any, pointer: str, maximum: int, report: RuleReport) -> None:
    """Check a list of blocks by Slack's rules: how many, each one's form, and block_ids that differ."""
    array(ANY_BLOCK, 0, maximum)(blocks, pointer, report)
    if not isinstance(blocks, list):
        return
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id") if isinstance(block, dict) else None
        if isinstance(block_id, str) and block_id in seen:
            report.add(f"{pointer}/{index}/block_id", f"`block_id` {block_id} already exists")
        seen.add(str(block_id))
