"""Convert what people put into inputs and menus to the form payloads carry (`state.values`, `actions`).

Source: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload/.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.demo.workspace.seen import CannotDoError
from bot.demo.workspace.state import Json, pairs_of
from bot.demo.workspace.typed_emoji import emoji_named

REQUIRED = "Please complete this required field."

_ONE_OPTION = {"static_select", "external_select", "radio_buttons"}
_HELD: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    **dict.fromkeys(_ONE_OPTION, ("selected_option", "initial_option")),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "datepicker": ("selected_date", "initial_date"),
}
"""Under which name the state of an element holds what was put into it, and under which the element what it begins with.
"""


def options_of(element: Json) -> list[Json]:
    """Return the options of an element, those in groups included."""
    grouped = [o for group in element.get("option_groups") or () for o in group.get("options") or ()]
    return list(element.get("options") or ()) + grouped


def find_option(element: Json, wanted: str | Json) -> Json:
    """Return the option with this value, or else with these words.

    Raises:
        CannotDoError: there is none.
    """
    options = options_of(element)
    if isinstance(wanted, dict):
        return wanted
    for option in options:
        if option.get("value") == wanted:
            return copy.deepcopy(option)
    for option in options:
        if option.get("text", {}).get("text") == wanted:
            return copy.deepcopy(option)
    there = ", ".join(repr(o.get("value")) for o in options)
    raise CannotDoError(f"there is no option {wanted!r}; there are {there}")


def initial_state(element: Json) -> Json:
    """Return what an element holds before anybody has touched it."""
    kind = str(element["type"])
    held, initial = _HELD[kind]
    return {"type": kind, held: copy.deepcopy(element.get(initial)) or ([] if kind == "checkboxes" else None)}


def state_for(element: Json, given: Any) -> Json:
    """Return what an element holds once somebody has put `given` into it; None empties it.

    Options are given by value or by their words, several as a list; dates as `2026-09-12`, a `date` or None.

    Raises:
        CannotDoError: there is no such option.
    """
    kind = str(element["type"])
    if isinstance(given, date):
        given = given.isoformat()
    if kind == "checkboxes":
        given = [given] if isinstance(given, str | dict) else list(given or ())
        given = [find_option(element, each) for each in given]
    elif kind == "plain_text_input":
        given = None if given is None or given == "" else emoji_named(str(given))
    elif kind in _ONE_OPTION:
        given = None if given is None else find_option(element, given)
    return {"type": kind, _HELD[kind][0]: given}


def state_values(blocks: Iterable[Json], typed: Mapping[str, Mapping[str, Json]]) -> Json:
    """Return `state.values` of a view or message: what was typed, else what each element began with."""
    values: Json = {}
    for block, element in pairs_of(blocks):
        if element["type"] != "button":
            action_id = element["action_id"]
            entered = typed.get(block["block_id"], {}).get(action_id)
            values.setdefault(block["block_id"], {})[action_id] = copy.deepcopy(entered or initial_state(element))
    return values


def state_content(state: Json) -> Any:
    """Return the one thing in an element's state that is not its type."""
    return next((value for name, value in state.items() if name != "type"), None)


def field_error(block: Json, state: Json) -> str | None:
    """Return what Slack's own form says about one input block before sending it, or None."""
    content = state_content(state)
    empty = content in (None, "", [])
    if empty:
        return None if block.get("optional") else REQUIRED
    element = block["element"]
    match element["type"]:
        case "plain_text_input":
            least, most = int(element.get("min_length") or 0), int(element.get("max_length") or 3000)
            if len(content) < least:
                return f"Please enter at least {least} characters."
            if len(content) > most:
                return f"Please enter no more than {most} characters."
        case "datepicker":
            try:
                date.fromisoformat(content)
            except ValueError:
                return "Please enter a valid date."
    return None


def action_of(block: Json, element: Json, given: Any, action_ts: str) -> Json:
    """Return one entry of `actions` in a block_actions payload: a press or a choice."""
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": action_ts,
    }
    if element["type"] == "button":
        action["text"] = {"emoji": True, **element["text"]}
        action |= {name: element[name] for name in ("value", "url", "style") if name in element}
        return action
    if "placeholder" in element:
        action["placeholder"] = copy.deepcopy(element["placeholder"])
    return action | state_for(element, given)
