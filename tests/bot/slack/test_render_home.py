"""The Home tab: within Slack's limits at every size and with every hostile text, and nothing pressing is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.plain_text import STATUS_KEY
from bot.slack.render import verb_of
from bot.slack.render_home import render_home
from handlers.responses import Button, Content, Group
from tests.bot.slack.samples import HOSTILE, SIZES, hostile, listing
from tests.bot.slack.slack_rules import all_texts, home_refusals, objects

BOARDS = Content(
    "You keep 40 boards.",
    groups=tuple(
        Group(f"Board {number}", texts=("3 open actions.",), buttons=(Button("Send digest now", "digestnow", "1"),))
        for number in range(40)
    ),
)


def said(view: dict[str, Any]) -> str:
    return "\n".join(all_texts(view))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("parts", [1, 2, 3])
def test_any_number_of_actions_is_within_slacks_limits(size: int, parts: int) -> None:
    shown = [listing(size, groups=3, presses=5) for _ in range(parts)]
    view = render_home(shown, listing(size, presses=2))
    assert home_refusals(view) == []
    if size <= 1:
        assert "more action" not in said(view)
    if size == 500:
        assert "more actions." in said(view)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_everywhere_is_accepted(name: str) -> None:
    view = render_home([hostile(HOSTILE[name]), hostile(HOSTILE[name])], hostile(HOSTILE[name]))
    assert home_refusals(view) == []


def test_text_that_takes_twelve_bytes_a_character_is_still_under_250_kilobytes() -> None:
    line = listing(1).groups[0].lines[0]
    lines = tuple(replace(line, words="👍" * 3000, last="é" * 3000) for _ in range(40))
    assert home_refusals(render_home([Content("Many.", groups=(Group(lines=lines),))] * 3)) == []


def test_every_part_is_begun_however_long_those_before_it_are() -> None:
    view = render_home([listing(500, presses=5), BOARDS, Content("The plan.", ("By priority.",))], listing(33))
    assert home_refusals(view) == []
    for words in ("You keep 40 boards.", "The plan.", "By priority.", "Board 0"):
        assert words in said(view)


def test_the_answer_to_a_press_stands_on_top_with_its_buttons() -> None:
    answer = Content("Recorded for healthy-5: on track.", buttons=(Button("Undo", "undo", "7"),))
    view = render_home([listing(33, presses=5)], answer)
    assert view["blocks"][0]["text"]["text"] == "Recorded for healthy-5: on track."
    assert verb_of(view["blocks"][1]["elements"][0]["action_id"]) == "undo"


def test_buttons_of_different_parts_are_told_apart_and_nothing_is_to_be_shared() -> None:
    view = render_home([replace(listing(3, presses=5), shareable="0|mine")] * 2)
    names = [one["action_id"] for one in objects(view) if "action_id" in one]
    assert len(names) == len(set(names)) > 10
    assert "Share in channel" not in said(view)


def test_the_key_stands_once_at_the_end() -> None:
    view = render_home([listing(3), listing(3)])
    assert said(view).count(STATUS_KEY) == 1
    assert STATUS_KEY in said({"blocks": view["blocks"][-1:]})
