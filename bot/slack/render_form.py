"""Render forms as Slack modals, and read what people put into them. Pure: plain dicts in and out."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.plain_text import one_line, paragraphs
from bot.slack import limits
from bot.slack.limits import Block, OverLimitError, clip_at_word, require
from bot.slack.render_blocks import (
    context_block,
    join_texts,
    option_object,
    plain_object,
    rich_block,
    safe_line,
    safe_lines,
    select_element,
)
from handlers.responses import Choice, Field, Form, FormErrors
from handlers.safeguarding.confirmation import SURE, SURE_BOX

_USER = re.compile("[UW][A-Z0-9]{1,31}")
SEARCH_PREFIX = "cypp:search:"
"""Prefix of the action_id of a menu that searches as one types; its source follows."""
_MOST_RADIO = 5
"""At most so many choices are all shown at once; Slack allows 10, a phone's screen fewer."""
_ERROR_LIMIT = 300


def render_form(form: Form) -> dict[str, Any]:
    """Return the modal view of a form.

    Raises:
        OverLimitError: the value or a name, which must come back whole, is over Slack's limits.
    """
    blocks: list[Block] = [
        *(rich_block((text, "")) for text in join_texts(form.intro)),
        *(_question(field) for field in form.fields),
        *(context_block(text) for text in join_texts((form.note,), limits.CONTEXT_TEXT)),
    ]
    names = [field.name for field in form.fields]
    if len(set(names)) != len(names) or "" in names:
        raise OverLimitError(f"the fields of a form need a name each, none twice: {', '.join(names)}")
    if len(blocks) > limits.VIEW_BLOCKS:
        raise OverLimitError(f"a form of {len(blocks)} blocks, at most {limits.VIEW_BLOCKS}")
    return {
        "type": "modal",
        "callback_id": require("the verb of a form", f"cypp:{form.verb}", limits.IDENTIFIER),
        "private_metadata": require("the value of a form", form.value, limits.PRIVATE_METADATA),
        "title": plain_object(_short(form.title, limits.VIEW_TITLE) or "Form"),
        "submit": plain_object(_short(form.submit, limits.VIEW_BUTTON) or "Send"),
        "close": plain_object("Cancel"),
        "blocks": blocks or [rich_block(("Nothing to fill in.", ""))],
    }


def form_verb(callback_id: str) -> str:
    """Return a form's verb from its callback_id; "" for one that is not ours."""
    prefix, _, verb = callback_id.partition(":")
    return verb if prefix == "cypp" else ""


def read_form(view: Mapping[str, Any]) -> dict[str, str]:
    """Return what was put in, by field name; "" where nothing was. Takes a view, or the payload that has one."""
    state = view.get("view", view).get("state") or {}
    return {
        str(name): _answer(element)
        for name, elements in (state.get("values") or {}).items()
        for element in list(elements.values())[:1]
    }


def _answer(element: Mapping[str, Any]) -> str:
    ticked: Any = element.get("selected_options") or ({},)
    chosen = element.get("selected_option") or ticked[0]
    answer = element.get("value") or element.get("selected_date") or element.get("selected_user")
    answer = answer or chosen.get("value") or ""
    return str(answer).strip()


def form_errors(refused: FormErrors) -> dict[str, Any]:
    """Return the acknowledgement that leaves the form open, with one sentence at each field that was refused."""
    if not refused.errors:
        raise OverLimitError("a form is refused with at least one sentence")
    errors = {
        name: safe_line(sentence, _ERROR_LIMIT) or "Please check this." for name, sentence in refused.errors.items()
    }
    return {"response_action": "errors", "errors": errors}


def form_asking(shown: Mapping[str, Any], asked: FormErrors) -> dict[str, Any]:
    """Return the acknowledgement that asks under each field whether its words identify a child.

    It has a box to say they do not. `shown`: the view as it was sent in. What was typed stays, since the fields keep
    their names.
    """
    kept = [dict(block) for block in shown.get("blocks") or () if not str(block.get("block_id")).startswith(SURE)]
    blocks: list[Block] = []
    last = 0
    for block in kept:
        blocks.append(block)
        if sentence := safe_lines(asked.errors.get(str(block.get("block_id")), ""), limits.TEXT_OBJECT):
            blocks.append(rich_block((sentence, "bold")) | {"block_id": f"{SURE}:{block['block_id']}"})
            last = len(blocks)
    blocks.insert(last, _sure_box())
    view = {name: shown[name] for name in _VIEW_KEEPS if shown.get(name)} | {"blocks": blocks}
    return {"response_action": "update", "view": view}


_VIEW_KEEPS = ("type", "callback_id", "private_metadata", "title", "submit", "close")


def _sure_box() -> Block:
    option = {"text": plain_object(SURE_BOX), "value": SURE}
    return {
        "type": "input",
        "block_id": SURE,
        "label": plain_object("Does it?"),
        "element": {"type": "checkboxes", "action_id": SURE, "options": [option]},
        "optional": True,
    }


def _short(text: str, limit: int) -> str:
    """Return a title or a button: one line, clipped between words."""
    return safe_line(clip_at_word(one_line(text), limit), limit)


def _question(field: Field) -> Block:
    if field.kind == "choice" and not field.choices:
        return rich_block((f"{safe_line(field.label, limits.TEXT_OBJECT - 50)}: there is nothing to choose from.", ""))
    block: Block = {
        "type": "input",
        "block_id": require("the name of a field", field.name, limits.IDENTIFIER),
        "label": plain_object(
            safe_line(field.label, limits.INPUT_LABEL) or safe_line(field.name, limits.INPUT_LABEL) or "…"
        ),
        "element": {"action_id": field.name} | _element(field),
        "optional": field.optional,
    }
    if hint := safe_lines(field.hint, limits.INPUT_HINT):
        block["hint"] = plain_object(hint)
    return block


def _element(field: Field) -> Block:
    match field.kind:
        case "choice":
            return _choices(field) if len(field.choices) <= limits.OPTIONS or not field.source else _search(field)
        case "date":
            return {"type": "datepicker"} | ({"initial_date": field.initial} if _is_day(field.initial) else {})
        case "person":
            return {"type": "users_select"} | (
                {"initial_user": field.initial} if _USER.fullmatch(field.initial) else {}
            )
        case _:
            return _text_input(field)


def _text_input(field: Field) -> Block:
    most = min(max(field.max_length, 1), limits.INPUT_VALUE)
    element: Block = {"type": "plain_text_input", "multiline": field.kind == "text", "max_length": most}
    # Not isolated: it comes back as what the person typed.
    tidy = paragraphs if field.kind == "text" else one_line
    if initial := limits.clip(tidy(field.initial), most):
        element["initial_value"] = initial
    return element


def _choices(field: Field) -> Block:
    options = [option_object(choice) for choice in field.choices]
    chosen = next((option for option in options if option["value"] == field.initial), None)
    initial = {"initial_option": chosen} if chosen else {}
    # A radio button once pressed cannot be let go, so an optional choice is a menu.
    if len(options) <= _MOST_RADIO and not field.optional:
        return {"type": "radio_buttons", "options": options} | initial
    return select_element(options) | initial


def _search(field: Field) -> Block:
    """Return a menu that asks for its options as one types."""
    chosen = next((choice for choice in field.choices if choice.value == field.initial), None)
    return {
        "type": "external_select",
        "action_id": require("the source of a menu", f"{SEARCH_PREFIX}{field.source}", limits.IDENTIFIER),
        "placeholder": plain_object("Type to search"),
        "min_query_length": 0,
    } | ({"initial_option": option_object(chosen)} if chosen else {})


def menu_options(choices: Sequence[Choice]) -> dict[str, Any]:
    """Return the acknowledgement that offers options for what was typed into a menu."""
    return {"options": [option_object(choice) for choice in choices[: limits.OPTIONS]]}


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
