"""The page by keyboard alone, for a screen reader, at two widths (WCAG 2.2 AA); axe finds nothing on any view."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from bot.demo.page import DemoPage
from tests.bot.demo.page.browsing import post_blocks
from tests.bot.demo.page.test_page_blocks import EVERYTHING
from tests.bot.slack.e2e import CHAIR, EDUCATION, SECRETARY
from tests.browser.accessibility import find_nothing, pressed, until_focused
from tests.browser.test_newcomer import as_person

View = Callable[[DemoPage, Tab], None]


def first(page: DemoPage, tab: Tab) -> None:
    tab.goto(page.address)


def answered(page: DemoPage, tab: Tab) -> None:
    """Also the plan as a picture, under the answer."""
    tab.goto(page.address)
    tab.get_by_role("button", name="Ask as the chair").click()
    expect(tab.locator(".message")).to_be_visible()
    tab.get_by_label("Write as").fill("/cypp status")
    tab.get_by_role("button", name="Send").click()
    tab.get_by_role("button", name="Show as picture").click()
    expect(tab.get_by_role("img", name="Bars of status by theme and priority")).to_be_visible()


def bundle(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, EDUCATION))


def thread(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, EDUCATION))
    tab.get_by_role("link", name="Reply in a thread").first.click()
    expect(tab.get_by_role("link", name="Close the thread")).to_be_visible()


def form(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, EDUCATION))
    tab.get_by_role("button", name="Some issues…").first.click()
    expect(tab.get_by_role("dialog")).to_be_visible()


def form_with_errors(page: DemoPage, tab: Tab) -> None:
    form(page, tab)
    tab.locator("#dialog-go").click()
    expect(tab.locator(".error")).to_be_visible()


def every_block(page: DemoPage, tab: Tab) -> None:
    post_blocks(page, CHAIR, EVERYTHING)
    tab.goto(as_person(page, CHAIR))


def sure(page: DemoPage, tab: Tab) -> None:
    every_block(page, tab)
    tab.get_by_role("button", name="Careful").click()
    expect(tab.get_by_role("dialog")).to_be_visible()


def home(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, SECRETARY, "home"))
    expect(tab.get_by_role("button", name="Send digest now").first).to_be_visible()


def channel(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, SECRETARY, "C0PARTNER"))


def sent(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, CHAIR))
    tab.locator("#clock-next").click()
    expect(tab.locator("#sent-title")).to_be_visible()


def hints(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, CHAIR))
    tab.get_by_label("Write as").press_sequentially("/cypp")
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_role("listbox", name="Commands")).to_be_visible()


def help_and_everybody(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, CHAIR))
    tab.get_by_text("What can I type?").click()
    if not tab.locator("#people").is_visible():
        tab.locator("#people-box > summary").click()
    tab.get_by_text("15 more people").click()


def wrong(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, CHAIR))
    tab.get_by_label("Write as").fill("/remind me")
    tab.get_by_role("button", name="Send").click()
    expect(tab.locator("#flash")).to_be_visible()


def lost(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, CHAIR, "C0HOME"))


VIEWS: tuple[View, ...] = (
    first,
    answered,
    bundle,
    thread,
    form,
    form_with_errors,
    every_block,
    sure,
    home,
    channel,
    sent,
    hints,
    help_and_everybody,
    wrong,
    lost,
)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_axe_finds_nothing_and_all_is_in_reach_at_two_widths(
    request: pytest.FixtureRequest, tab: Tab, axe: Axe, view: View
) -> None:
    view(request.getfixturevalue("page" if view in (first, answered) else "asked"), tab)
    find_nothing(tab, axe)


def test_everything_is_done_by_keyboard_alone(page: DemoPage, tab: Tab) -> None:
    tab.goto(page.address)
    pressed(tab, "Tab", "Enter")
    expect(tab.locator("#words-or-messages")).to_be_focused()
    tab.goto(page.address)
    until_focused(tab, "Ask as the chair")
    pressed(tab, "Enter")
    expect(tab.locator(".message")).to_have_count(1)
    expect(tab.locator("#said")).to_contain_text("Priority 7 shares the 9 actions of theme Healthy")
    until_focused(tab, "words")
    tab.keyboard.type("/cypp ov")
    pressed(tab, "ArrowDown", "Tab")
    expect(tab.get_by_label("Write as")).to_have_value("/cypp overdue")
    expect(tab.get_by_label("Write as")).to_be_focused()
    pressed(tab, "Enter")
    expect(tab.locator(".message")).to_have_count(2)
    expect(tab.get_by_label("Write as")).to_have_value("")
    expect(tab.get_by_label("Write as")).to_be_focused()
    until_focused(tab, "Go on to Mon 17 Aug", "Shift+Tab")
    pressed(tab, "Enter")
    expect(tab.locator("#said")).to_contain_text("It is now Mon 17 Aug 2020, 09:30")
    expect(tab.get_by_role("link", name="Be the Head of Education")).to_be_focused()
    until_focused(tab, "15 more people")
    pressed(tab, "Enter")
    until_focused(tab, "E")
    with tab.expect_navigation():
        pressed(tab, "Enter")
    until_focused(tab, "Some issues…")
    pressed(tab, "Space")
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(12):
        pressed(tab, "Tab")
        assert tab.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    pressed(tab, "Escape")
    expect(dialog).to_have_count(0)
    expect(tab.get_by_role("button", name="Some issues…").first).to_be_focused()
    until_focused(tab, "On track", "Shift+Tab")
    pressed(tab, "Enter")
    expect(tab.locator("#said")).to_contain_text("Recorded for")
    assert tab.evaluate("!!document.activeElement.closest('.message')")


def test_what_has_the_focus_is_seen_and_not_covered(asked: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(asked, EDUCATION))
    seen = """() => {
      const each = document.activeElement, style = getComputedStyle(each), box = each.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + Math.min(box.width / 2, 40), box.y + Math.min(box.height / 2, 20));
      return [style.outlineStyle !== "none" || style.boxShadow !== "none", each.contains(top) || !top]; }"""
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement !== document.body"):
            assert tab.evaluate(seen) == [True, True], tab.evaluate("document.activeElement.outerHTML.slice(0, 200)")
