"""Render the Home tab as one view within Slack's limits, however many actions there are. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from bot.plain_text import STATUS_KEY
from bot.slack.limits import HOME_ROOM, MESSAGE_ROOM, Block, Cost, cost
from bot.slack.plainer_forms import plainer_page
from bot.slack.render import layout_of, more_said
from bot.slack.render_blocks import CONTAINER, context_block, divider_block
from bot.slack.render_pages import first_page
from bot.slack.render_rows import DATA_TABLE
from handlers.responses import Content

_LEAST_ROOM = Cost(20, 4_000, 6_000)
"""Room kept for each part that is still to come."""


def render_home(parts: Sequence[Content], answer: Content | None = None) -> dict[str, Any]:
    """Return the view of a Home tab, with `answer` to the last press on it at the top."""
    numbers = count()
    shown = [*([answer] if answer else []), *parts]
    keyed = any(part.key for part in shown)
    left = HOME_ROOM.less(cost([context_block(STATUS_KEY)]))
    blocks: list[Block] = []
    for place, part in enumerate(shown):
        if blocks:
            blocks.append(divider_block())
            left = left.less(cost([divider_block()]))
        room = left
        for _ in shown[place + 1 :]:
            room = room.less(_LEAST_ROOM)
        if part is answer:
            room = MESSAGE_ROOM
        # One key serves all, and there is no channel to share in.
        made = _blocks(replace(part, key=False, shareable="", picture=None), room, numbers)
        left = left.less(cost(made))
        blocks += made
    view = {"type": "home", "blocks": [*blocks, *([context_block(STATUS_KEY)] if keyed else [])]}
    # Both stand in messages alone (https://docs.slack.dev/reference/block-kit/blocks).
    return plainer_page(view, {DATA_TABLE, CONTAINER})


def _blocks(part: Content, room: Cost, numbers: "count[int]") -> list[Block]:
    page, left_out = first_page(layout_of(part, numbers), room)
    return page.blocks(cut=more_said(sum(unit.actions for unit in left_out)) if left_out else "")
