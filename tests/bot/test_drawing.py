"""The picture of status by priority: what it shows, and the words that stand for it. Pure."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace

import pytest
from PIL import Image, ImageFont

from bot.drawing import _HEADING, _LABEL, _LATE, _TITLE, _WORDS, STYLES, WIDTH, alternative_words, draw
from handlers.responses import Bar, Picture
from models.charts.lettering import INK, PAPER, QUIET_INK, drawable
from models.enums import WORST_FIRST, Status

LONG = "Children with special educational needs and disabilities get the right help at the right time and place"


def picture(priorities: int, each: int = 2) -> Picture:
    """A picture of so many priorities, every status in each but the third, which has none."""
    bars = tuple(
        Bar(f"{n}. {LONG}", f"priority {n}", () if n == 3 else tuple((status, each) for status in WORST_FIRST))
        for n in range(1, priorities + 1)
    )
    return Picture("The plan 2020–2025, by priority", "Bars of status by priority.", bars, "Counted once.")


def drawn(some: Picture) -> Image.Image:
    return Image.open(io.BytesIO(draw(some)))


def test_it_is_drawn_with_none_one_twelve_and_thirty_priorities() -> None:
    heights = []
    for priorities in (0, 1, 12, 30):
        image = drawn(picture(priorities))
        assert (image.format, image.width) == ("PNG", WIDTH)
        heights.append(image.height)
    assert heights == sorted(set(heights))
    assert len(draw(picture(30))) < 500_000


def test_bars_are_as_long_as_their_counts() -> None:
    one = Picture("t", "l", (Bar("1", "1", ((Status.ON_TRACK, 6),)), Bar("2", "2", ((Status.OFF_TRACK, 3),))))
    image = drawn(one).convert("RGB")
    green = sum(image.getpixel((x, y)) == (0, 0x70, 0x3C) for y in range(image.height) for x in range(300, 360))
    assert green > 60 * 25, "the longer one is filled"
    right = image.crop((400, 0, WIDTH, image.height))
    assert {(0, 0x70, 0x3C)} <= {colour for _, colour in right.getcolors(10_000) or ()}
    colours = [colour for _, colour in right.getcolors(10_000) or () if isinstance(colour, tuple)]
    assert colours
    assert not any(colour[0] > 180 > colour[1] for colour in colours), "the shorter ends before"


def test_no_two_statuses_differ_in_colour_alone() -> None:
    assert set(STYLES) == set(Status)
    assert len({(style.hatch, style.fill == PAPER) for style in STYLES.values()}) == len(Status)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ink", [INK, QUIET_INK, _LATE])
def test_every_word_can_be_read_on_a_phone(ink: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1. Letters of twelve pixels where the picture is 300 wide, as at 390 beside an avatar."""
    light, dark = sorted((luminance(PAPER), luminance(ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
    assert min(_TITLE, _HEADING, _LABEL, _WORDS) * 300 / WIDTH >= 12


def test_a_heading_is_said_once_with_its_total_and_what_is_overdue_is_marked() -> None:
    bars = tuple(
        Bar(f"{n}. Safe", f"priority {n}", ((Status.OFF_TRACK, n),), overdue=n - 1, under="Happy: 3 actions, 1 overdue")
        for n in (1, 2)
    )
    some = Picture("t", "Bars.", (*bars, Bar("3. Well", "priority 3", (), under="Healthy: 0 actions")))
    assert alternative_words(some, 2000) == (
        "Bars. Happy: 3 actions, 1 overdue. Priority 1: 1 off track. Priority 2: 2 off track, 1 of them overdue. "
        "Healthy: 0 actions. Priority 3: none that serves it alone."
    )
    dark = [colour for _, colour in drawn(some).convert("RGB").getcolors(100_000) or ()]
    assert (0x94, 0x25, 0x14) in dark
    unmarked = replace(some, bars=tuple(replace(bar, overdue=0) for bar in some.bars))
    assert (0x94, 0x25, 0x14) not in [colour for _, colour in drawn(unmarked).convert("RGB").getcolors(100_000) or ()]


def test_the_words_that_stand_for_it_say_every_count() -> None:
    said = alternative_words(picture(3, each=4), 2000)
    assert said.startswith(
        "Bars of status by priority. Priority 1: 4 off track, 4 some issues, 4 not started, 4 on track, "
        "4 proposed for closure, 4 complete, 4 closed, not done. Priority 2: 4 off track"
    )
    assert said.endswith("Priority 3: none that serves it alone.")


def test_words_that_are_too_long_end_after_a_whole_bar_and_say_how_many_are_left() -> None:
    said = alternative_words(picture(30), 2000)
    assert len(said) <= 2000
    shown = said.count("Priority ")
    assert said.endswith(f"closed, not done. And {30 - shown} more.")


def test_every_letter_that_is_drawn_has_a_shape() -> None:
    font = ImageFont.load_default(_TITLE)
    none = bytes(font.getmask("\uffff"))
    folded = drawable("Ynys Môn – “café”, Sørby’s ~ 50 % ⚪ 計 …" + "".join(map(chr, range(0x20, 0x250))))
    assert folded.startswith("Ynys Mon - “cafe”, Sorby’s - 50 % ? ? ...")
    assert [char for char in set(folded) - {" "} if bytes(font.getmask(char)) == none] == []


def test_what_draws_nothing_does_not_load_the_drawing() -> None:
    code = "import bot.__main__, bot.app, bot.cli.ask, bot.cli.tick, sys; print('PIL' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
