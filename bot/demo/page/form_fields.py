"""Write and read the fields of the page's forms and menus, element by element. Pure.

The names are Slack's own ids: a block's `block_id` and an element's `action_id`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from bot.demo.page.text import cell_html, rich_text_html, text_object_html
from bot.demo.workspace.form_state import initial_state, options_of, state_content
from bot.demo.workspace.state import Json


@dataclass(frozen=True)
class Posted:
    """What a browser sent: every value of each name, in order."""

    values: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, object]]) -> Posted:
        """Return names and values as posted, leaving out what is not text."""
        values: dict[str, list[str]] = {}
        for name, value in pairs:
            if isinstance(value, str):
                values.setdefault(name, []).append(value.replace("\r\n", "\n"))
        return cls(values)

    def get(self, name: str) -> str:
        """Return the first value of a name, "" where there is none."""
        return next(iter(self.values.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        """Return all values of a name."""
        return list(self.values.get(name, ()))


def field_name(block: Json, element: Json) -> str:
    """Return the name of an element's field."""
    return f"f:{block['block_id']}:{element['action_id']}"


def pick_of(block: Json, element: Json) -> str:
    """Return the text that names an element in a button of the page."""
    return json.dumps([block["block_id"], element["action_id"]], separators=(",", ":"))


def read_pick(text: str) -> tuple[str, str]:
    """Return the block_id and action_id that `pick_of` wrote.

    Raises:
        ValueError: the text is no such pick.
    """
    found = json.loads(text)
    match found:
        case [str(block_id), str(action_id)]:
            return block_id, action_id
    raise ValueError("not a pick")


def posted_value(element: Json, posted: Posted, name: str) -> Any:
    """Return what somebody put into an element, in the form the workspace takes."""
    kind = str(element["type"])
    if kind == "checkboxes":
        return [one for one in posted.all(name) if one]
    return posted.get(name) or None


@dataclass(frozen=True)
class Ink:
    """What the templates need to draw the blocks of one message or view: ids, words, and field values."""

    prefix: str
    names: Mapping[str, str]
    typed: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    level: int = 4
    """Level of the headings among the blocks: a message has one of its own above them, a view has none."""

    def text(self, part: Any) -> Markup:
        """Return a text object."""
        return text_object_html(part, self.names)

    def cell(self, cell: Json) -> Markup:
        """Return a cell of a table."""
        return cell_html(cell, self.names)

    def rich(self, block: Json) -> Markup:
        """Return a rich_text block."""
        return rich_text_html(block, self.names)

    def id(self, block: Json, element: Json) -> str:
        """Return the HTML id of an element: the same each time it is drawn."""
        return re.sub(r"[^\w-]", "-", f"{self.prefix}-{block['block_id']}-{element['action_id']}")

    name = staticmethod(field_name)
    pick = staticmethod(pick_of)

    def error(self, block: Json) -> str:
        """Return what is wrong with what was put into a block; "" where nothing is."""
        return self.errors.get(block["block_id"], "")

    def value(self, block: Json, element: Json) -> Any:
        """Return what stands in an element: text, an option's value, or a list of them."""
        if (name := field_name(block, element)) in self.raw:
            return self.raw[name]
        content = self._content(block, element)
        if isinstance(content, dict) and "value" in content:
            return content["value"]
        if isinstance(content, list):
            return [one["value"] if isinstance(one, dict) else one for one in content]
        return "" if content is None else content

    def _content(self, block: Json, element: Json) -> Any:
        return state_content(self.typed.get(block["block_id"], {}).get(element["action_id"]) or initial_state(element))

    def chosen_words(self, block: Json, element: Json) -> str:
        """Return the words of the option that stands in a menu whose options come from the bot."""
        if (name := field_name(block, element)) in self.raw:
            return self.raw[name]
        content = self._content(block, element)
        return str(content["text"]["text"]) if content else ""

    def options(self, element: Json) -> list[tuple[str, list[tuple[str, Markup]]]]:
        """Return the options of a menu by groups (one without a name where there are none): value and words."""
        groups = element.get("option_groups")
        if groups:
            return [(str(self.text(group["label"])), self._pairs(options_of(group))) for group in groups]
        if element["type"] == "users_select":
            some = [(key, Markup.escape(words)) for key, words in self.names.items() if key.startswith("U")]
            return [("", sorted(some, key=lambda one: one[1]))]
        return [("", self._pairs(options_of(element)))]

    def _pairs(self, options: list[Json]) -> list[tuple[str, Markup]]:
        return [(str(option.get("value", "")), self.text(option.get("text"))) for option in options]
