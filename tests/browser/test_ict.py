"""The second story, in a browser: the colleague from ICT checks, links and starts, by keyboard alone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from bot.demo.page import DemoPage
from bot.demo.page.ict import COMMANDS
from tests.bot.demo.page.browsing import fetch
from tests.browser.accessibility import find_nothing, pressed, until_focused
from tests.browser.conftest import SHOTS
from tests.browser.test_screens import NARROW

A_COMMAND = 180_000
SAYS = (
    "18 of 19 linked to accounts",
    "no e-mail address on record",
    "Superintendent, Sefton is linked to U0SUPERIN now.",
    "Nothing is stored. On Mon 17 Aug 2020 this would be said",
    "begin on Fri 7 Aug 2020.",
    "reminders since Fri 7 Aug 2020",
)


@pytest.mark.timeout(600)
def test_the_colleague_from_ict_checks_links_and_starts_by_keyboard_alone(page: DemoPage, tab: Tab, axe: Axe) -> None:
    tab.goto(page.address)
    until_focused(tab, "The colleague from ICT")
    pressed(tab, "Enter")
    expect(tab.get_by_text("Step 1 of 6")).to_be_visible()
    find_nothing(tab, axe)
    for at, (command, says) in enumerate(zip(COMMANDS, SAYS, strict=True), 1):
        until_focused(tab, f"Type: {command.shown}")
        pressed(tab, "Enter")
        expect(tab.get_by_role("status")).to_have_text("It runs, as it would in a terminal …")
        pressed(tab, "Enter")
        said = tab.get_by_role("region", name=f"What {command.shown} said, {at}")
        expect(said).to_contain_text(says, timeout=A_COMMAND)
        expect(tab.locator(f"#ran-{at}")).to_be_focused()
        find_nothing(tab, axe)
    assert not any(one.failed for one in page.visit.ict.ran)
    expect(tab.locator("#next")).to_contain_text("It runs.")
    SHOTS.mkdir(exist_ok=True)
    tab.set_viewport_size(NARROW)
    tab.screenshot(path=SHOTS / "ict-390.png", full_page=True)
    until_focused(tab, "Begin this story again")
    pressed(tab, "Enter")
    expect(tab.get_by_text("Step 1 of 6")).to_be_visible()
    assert not page.visit.ict.ran


def test_a_press_that_comes_twice_or_out_of_turn_runs_nothing(page: DemoPage) -> None:
    for at in ("1", "99"):
        assert "Step 1 of 6" in fetch(page, "/ict", {"at": at}).text
    assert not page.visit.ict.ran
