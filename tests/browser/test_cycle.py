"""A board's whole round as the guide leads through it: by keyboard alone, seen by axe, presses and screens counted."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, ViewportSize, expect
from playwright.sync_api import Page as Tab

from bot.demo.page import DemoPage
from bot.demo.page.guide import STEPS
from models.enums import Status
from tests.bot.slack.e2e import action
from tests.browser.accessibility import find_nothing, looks, pressed, until_focused
from tests.browser.conftest import SHOTS, WIDE
from tests.browser.test_screens import NARROW

SEP_16 = "Wed 16 Sep 2020"
SILENT, PAPER = f"{SEP_16}: no update received", "The paper for"
AFTER, DIGEST = f"After the meeting of {SEP_16}", "overdue."
SAID_OF = {
    SILENT: "*No update received*: ",
    PAPER: "The paper: ",
    AFTER: "*After the meeting*: ",
    DIGEST: "The digest: ",
}
"""How the figures of each message begin."""
FIGURES = Path(__file__).parents[2] / "docs" / "reference" / "figures.md"
CLOSED = ("16sep-3", "16sep-1", "healthy-5")
MOST_PRESSES = 6
"""For twelve actions, after a meeting."""
NEARLY = 0.3
"""Screens by which a machine with other letters may differ."""
A_MOVE = 60_000
MOST_TABS = 400


@dataclass
class Secretary:
    """Presses keys, and counts what is pressed and how many screens each message takes to its last button."""

    tab: Tab
    size: ViewportSize
    presses: dict[str, int] = field(default_factory=dict)
    screens: dict[str, list[float]] = field(default_factory=dict)

    def message(self, within: str) -> Locator:
        return self.tab.locator(".message", has_text=within).last

    def looks(self, within: str) -> None:
        """Measures a message as it is come to."""
        expect(self.message(within)).to_be_visible(timeout=A_MOVE)
        seen = []
        for size in (WIDE, NARROW):
            self.tab.set_viewport_size(size)
            top = self.message(within).bounding_box()
            last = self.message(within).locator(".actions").last.bounding_box()
            assert top is not None
            assert last is not None
            seen.append(round((last["y"] + last["height"] - top["y"]) / size["height"], 1))
        self.tab.set_viewport_size(self.size)
        self.screens[within] = seen

    def press(self, name: str, within: str, key: str = "Enter") -> None:
        """Comes to something with Tab, and presses it."""
        until_focused(self.tab, name, most=MOST_TABS, within=within)
        pressed(self.tab, key)
        self.presses[within] = self.presses.get(within, 0) + 1


@dataclass
class Newcomer:
    """Does what the guide says, and looks at each step."""

    tab: Tab
    axe: Axe
    size: ViewportSize
    step: int = 0

    def goes_on(self) -> None:
        """Presses the guide's own button, where the step has one that is not here."""
        if not self.tab.locator("#guide-go").count():
            return
        until_focused(self.tab, STEPS[self.step].label, most=MOST_TABS)
        with self.tab.expect_navigation() if STEPS[self.step].kind in ("press", "look") else nullcontext():
            pressed(self.tab, "Enter")

    def comes_to(self, step: int) -> None:
        """The guide is at a step, numbered from 1; nothing is wrong with what is shown."""
        expect(self.tab.locator("#guide-title")).to_contain_text(f"Step {step} of {len(STEPS)}", timeout=A_MOVE)
        self.step = step - 1
        if self.size == WIDE:
            self.looks_at_each_size(step)

    def looks_at_each_size(self, step: int) -> None:
        find_nothing(self.tab, self.axe)
        SHOTS.mkdir(exist_ok=True)
        for size, scheme in looks(WIDE, NARROW):
            self.tab.set_viewport_size(size)
            self.tab.emulate_media(color_scheme=scheme)
            self.tab.screenshot(path=SHOTS / f"cycle-{step:02d}-{size['width']}-{scheme}.png")


def figures_of(within: str) -> tuple[int, list[float]]:
    """The presses and the screens that stand in the docs for a message."""
    row = next(line for line in FIGURES.read_text().splitlines() if line.startswith(f"| {SAID_OF[within]}"))
    presses, screens = row.strip("| ").split(" | ")[2:5:2]
    return int(presses), [float(one) for one in re.findall(r"[\d.]+", screens)]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "phone"])
def test_a_whole_round_by_keyboard_alone(page: DemoPage, tab: Tab, axe: Axe, size: ViewportSize) -> None:
    """Every step is looked at in each size once; the keys are pressed, and the presses counted, in both."""
    tab.set_viewport_size(size)
    newcomer, secretary = Newcomer(tab, axe, size), Secretary(tab, size)
    tab.goto(page.address)
    newcomer.goes_on()
    newcomer.comes_to(2)
    newcomer.goes_on()
    newcomer.comes_to(3)
    newcomer.goes_on()
    until_focused(tab, "On track", most=MOST_TABS)
    pressed(tab, "Enter")
    newcomer.comes_to(4)
    newcomer.goes_on()
    newcomer.comes_to(5)
    newcomer.goes_on()
    secretary.looks(SILENT)
    secretary.press("Chase all", SILENT)
    newcomer.comes_to(6)
    newcomer.goes_on()
    newcomer.comes_to(7)
    newcomer.goes_on()
    secretary.looks(PAPER)
    secretary.press("Send me the paper", PAPER)
    newcomer.comes_to(8)
    newcomer.goes_on()
    newcomer.comes_to(9)
    newcomer.goes_on()
    secretary.looks(AFTER)
    expect(secretary.message(AFTER)).to_contain_text("12 of 12 actions wait for an outcome")
    for ref in CLOSED:
        secretary.press(ref, AFTER, "Space")
    secretary.press("Closed", AFTER)
    newcomer.comes_to(10)
    secretary.press("Carry forward all", AFTER)
    newcomer.comes_to(11)
    secretary.press("Outcomes recorded", AFTER)
    newcomer.comes_to(12)
    secretary.looks(DIGEST)
    secretary.press("Publish", DIGEST)
    newcomer.comes_to(13)
    newcomer.goes_on()
    newcomer.comes_to(14)
    newcomer.goes_on()
    newcomer.comes_to(15)
    assert {action(page.sandbox, ref).status for ref in CLOSED} == {Status.COMPLETE}
    assert action(page.sandbox, "heard-10").replans == 1
    assert secretary.presses[AFTER] <= MOST_PRESSES
    for message, presses in secretary.presses.items():
        said, screens = figures_of(message)
        assert presses == said, message
        assert secretary.screens[message] == pytest.approx(screens, abs=NEARLY), message
