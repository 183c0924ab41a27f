"""The Home tab as one view: its parts under each other, within Slack's limits however many actions there are. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from bot.plain_text import KEY
from bot.slack.limits import HOME_ROOM, MESSAGE_ROOM, Block, Cost, cost
from bot.slack.render import more_said, plan_of
from bot.slack.render_blocks import context, divider
from bot.slack.render_pages import first_page
from handlers.responses import Content

LEAST = Cost(20, 4_000, 6_000)
"""What is kept for each part that is still to come."""


def render_home(parts: Sequence[Content], answer: Content | None = None) -> dict[str, Any]:
    """The view of a Home tab. `answer`: what was answered to the last press on it, above everything else."""
    numbers = count()
    shown = [*([answer] if answer else []), *parts]
    keyed = any(part.key for part in shown)
    left = HOME_ROOM.less(cost([context(KEY)]))
    blocks: list[Block] = []
    for place, part in enumerate(shown):
        if blocks:
            blocks.append(divider())
            left = left.less(cost([divider()]))
        room = left
        for _ in shown[place + 1 :]:
            room = room.less(LEAST)
        if part is answer:
            room = MESSAGE_ROOM
        # One key serves all, and there is no channel to share in.
        made = _blocks(replace(part, key=False, shareable="", picture=None), room, numbers)
        left = left.less(cost(made))
        blocks += made
    return {"type": "home", "blocks": [*blocks, *([context(KEY)] if keyed else [])]}


def _blocks(part: Content, room: Cost, numbers: "count[int]") -> list[Block]:
    page, left_out = first_page(plan_of(part, numbers), room)
    return page.blocks(cut=more_said(sum(unit.actions for unit in left_out)) if left_out else "")
