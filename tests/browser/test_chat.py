"""The page looks and behaves like the chat it stands for: rows, threads, the box that takes words, and what is new."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from bot.demo.page import DemoPage
from tests.bot.slack.e2e import EDUCATION, SECRETARY, entries
from tests.browser.conftest import MOST, SHOTS, WIDE
from tests.browser.test_newcomer import as_person
from tests.browser.test_screens import NARROW

SIZES = (WIDE, NARROW)
STANDS = ".top, .clock form, #head, #composer"
PLACES = f"""() => [...document.querySelectorAll("{STANDS}")].map((each) => {{
  const {{ x, y, width, height }} = each.getBoundingClientRect(); return [x, y, width, height].map(Math.round); }})"""
COLOURS = """() => ["body", "#conversation", ".people", ".top", ".message .name"]
  .map((each) => getComputedStyle(document.querySelector(each)).color)"""


def go_to(tab: Tab, day: str) -> None:
    tab.get_by_label("Go to a day").fill(day)
    tab.get_by_role("button", name="Go", exact=True).click()
    expect(tab.locator("#sent-title")).to_be_visible(timeout=60_000)


def say(tab: Tab, words: str) -> None:
    tab.get_by_label("Write as").fill(words)
    tab.get_by_label("Write as").press("Enter")


def test_messages_of_one_author_stand_under_one_name_and_a_day_begins_with_a_line(asked: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(asked, EDUCATION))
    tab.get_by_role("button", name="On track").first.click()
    say(tab, "healthy-8 amber, two colleges have not sent their dates")
    rows = tab.locator("#messages .message")
    expect(rows).to_have_count(4)
    shown = [rows.nth(at).locator(".avatar").is_visible() for at in range(4)]
    assert shown == [True, False, True, True]
    boxes = [row.bounding_box() for row in rows.locator(".said").all()]
    assert len({box["x"] for box in boxes if box}) == 1, "the words of all stand in one column"
    expect(tab.locator(".day")).to_have_text(["Mon 17 Aug"])
    tools = rows.nth(2).locator(".tools")
    expect(tools).to_have_css("opacity", "0")
    rows.nth(2).hover()
    expect(tools).to_have_css("opacity", "1")


def test_nothing_jumps_while_the_story_goes_on(page: DemoPage, tab: Tab) -> None:
    tab.goto(page.address)
    before = tab.evaluate(PLACES)
    tab.locator("#guide-go").click()
    expect(tab.locator(".message")).to_have_count(1)
    assert tab.evaluate(PLACES) == before
    tab.locator("#guide-go").click()
    expect(tab.locator("#sent-title")).to_be_visible(timeout=60_000)
    assert tab.evaluate(PLACES) == before
    tab.locator(".sent summary").click()
    tab.locator("#guide-hide").click()
    expect(tab.get_by_role("button", name="Show the guide")).to_be_focused()
    assert tab.evaluate(PLACES) == before


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_the_box_that_takes_words_is_in_sight_wherever_one_has_scrolled_to(
    asked: DemoPage, tab: Tab, size: dict[str, int]
) -> None:
    tab.set_viewport_size({"width": size["width"], "height": size["height"]})
    tab.goto(as_person(asked, EDUCATION))
    for end in (0, 100_000):
        tab.evaluate(f"[scrollTo(0, {end}), document.getElementById('messages').scrollTo(0, {end})]")
        expect(tab.get_by_label("Write as")).to_be_in_viewport(ratio=1)


def test_a_receipt_out_of_sight_is_said_to_be_below_and_what_was_pressed_stays(asked: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(asked, EDUCATION))
    button = tab.get_by_role("button", name="On track").first
    button.focus()
    row = tab.locator(".message h3").first.bounding_box()
    button.click()
    below = tab.get_by_role("button", name="1 new message below")
    expect(below).to_be_visible()
    assert tab.locator(".message h3").first.bounding_box() == row
    below.click()
    expect(tab.locator(".message").last).to_be_focused()
    expect(tab.locator(".message").last).to_be_in_viewport()
    expect(below).to_be_hidden()


def test_what_was_new_below_is_not_said_to_be_once_the_story_has_gone_on(asked: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(asked, EDUCATION))
    tab.get_by_role("button", name="On track").first.click()
    expect(tab.locator("#below")).to_be_visible()
    tab.locator("#guide-go").click()
    expect(tab.locator("#sent-title")).to_be_visible(timeout=60_000)
    expect(tab.locator("#first-new + .day")).to_have_text("Wed 26 Aug")
    expect(tab.locator("#first-new")).to_be_in_viewport()
    expect(tab.locator("#below")).to_be_hidden()


def test_what_is_ticked_chosen_and_filtered_stays_while_something_else_comes(asked: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(asked, SECRETARY))
    go_to(tab, "2020-09-17")
    ticked = tab.get_by_role("checkbox").nth(3)
    ticked.check()
    tab.get_by_label("Open a card…").last.select_option(index=2)
    tab.get_by_label("Filter").first.fill("healthy")
    closed = "close happy-2 agreed minute 41"
    for words, answer in (("/cypp help", "What you can ask"), (closed, "Recorded for happy-2")):
        say(tab, words)
        expect(tab.locator(".message").last).to_contain_text(answer)
        expect(tab.get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(tab.get_by_label("Filter").first).to_have_value("healthy")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_the_buttons_of_a_form_are_in_sight_however_long_it_is(asked: DemoPage, tab: Tab, size: dict[str, int]) -> None:
    tab.set_viewport_size({"width": size["width"], "height": 600})
    tab.goto(as_person(asked, EDUCATION))
    tab.get_by_role("button", name="Some issues…").first.click()
    expect(tab.locator("#dialog-go")).to_be_in_viewport(ratio=1)
    tab.locator("dialog").evaluate("each => each.scrollTo(0, 100000)")
    expect(tab.locator("#dialog-go")).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_guide_is_a_press_away_and_what_is_typed_stays(asked: DemoPage, tab: Tab) -> None:
    tab.set_viewport_size(NARROW)
    tab.goto(as_person(asked, EDUCATION))
    tab.get_by_label("Write as").fill("half a sentence")
    tab.get_by_role("link", name="To the guide").click()
    expect(tab.get_by_role("heading", name="Step 3 of 15")).to_be_focused()
    expect(tab.get_by_role("heading", name="Step 3 of 15")).to_be_in_viewport()
    expect(tab.get_by_label("Write as")).to_have_value("half a sentence")


def test_what_one_writes_brings_the_answer_into_sight(asked: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(asked, EDUCATION))
    tab.locator("#messages").evaluate("(each) => each.scrollTo(0, 0)")
    say(tab, "healthy-8 amber, two colleges have not sent their dates")
    expect(tab.locator(".message").last).to_contain_text("Recorded for healthy-8")
    expect(tab.locator(".message").last).to_be_in_viewport()
    expect(tab.get_by_label("Write as")).to_be_focused()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_a_thread_opens_beside_the_messages_and_gives_the_focus_back(
    asked: DemoPage, tab: Tab, size: dict[str, int]
) -> None:
    tab.set_viewport_size({"width": size["width"], "height": size["height"]})
    tab.goto(as_person(asked, EDUCATION))
    tab.get_by_label("Write as").fill("half a sentence")
    opener = tab.get_by_role("link", name="Reply in a thread").first
    opener.focus()
    opener.press("Enter")
    thread = tab.get_by_role("region", name="Thread", exact=True)
    expect(thread.get_by_role("heading", name="Thread")).to_be_focused()
    expect(thread.get_by_role("heading", name="Thread")).to_be_in_viewport()
    expect(tab.locator("#below")).to_be_hidden()
    expect(tab.locator("#talk")).to_be_visible(visible=size is WIDE)
    thread.get_by_label("Reply in the thread").fill("healthy-5 on track, two advisors recruited")
    thread.get_by_label("Reply in the thread").press("Enter")
    expect(thread.locator(".message").last).to_contain_text("Recorded for healthy-5: on track")
    expect(thread.get_by_label("Reply in the thread")).to_be_focused()
    assert entries(asked.sandbox, "healthy-5")[-1].words == "two advisors recruited"
    thread.get_by_role("link", name="Close the thread").click()
    expect(thread).to_have_count(0)
    expect(tab.get_by_label("Write as")).to_have_value("half a sentence")
    expect(tab.get_by_role("link", name="2 replies")).to_be_visible()
    expect(tab.locator("#below")).to_be_hidden()


def test_the_lines_of_a_command_are_kept(page: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(page, SECRETARY))
    box = tab.get_by_label("Write as")
    box.fill("/cypp add")
    for words in ("write to every school about transport", "publish the guide"):
        box.press("Shift+Enter")
        box.press_sequentially(f"Head of Education: {words}, by 2 Oct")
    box.press("Enter")
    expect(tab.get_by_role("button", name="Add both")).to_be_visible()


def test_one_may_skip_to_where_one_writes(asked: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(asked, EDUCATION))
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Skip to where you write")).to_be_focused()
    expect(tab.get_by_role("link", name="Skip to where you write")).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Write as")).to_be_focused()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_it_is_light_or_dark_as_the_machine_is(asked: DemoPage, browser: Browser, size: dict[str, int]) -> None:
    seen = []
    for scheme in ("light", "dark"):
        tab = browser.new_page(viewport={"width": size["width"], "height": size["height"]}, locale="en-GB")
        tab.set_default_timeout(MOST)
        tab.emulate_media(color_scheme="light" if scheme == "light" else "dark", reduced_motion="reduce")
        tab.goto(as_person(asked, EDUCATION))
        SHOTS.mkdir(exist_ok=True)
        tab.screenshot(path=SHOTS / f"chat-{size['width']}-{scheme}.png")
        seen.append(tab.evaluate("getComputedStyle(document.getElementById('conversation')).backgroundColor"))
        tab.close()
    light, dark = (sum(map(int, colour.removeprefix("rgb(").removesuffix(")").split(","))) for colour in seen)
    assert light > 600 > 200 > dark


@pytest.mark.parametrize("place", ["messages", "home"])
@pytest.mark.parametrize("sends", [False, True])
def test_a_form_gives_the_focus_back_to_where_it_was_opened(asked: DemoPage, tab: Tab, place: str, sends: bool) -> None:
    tab.goto(as_person(asked, EDUCATION, place))
    opener = tab.get_by_role("button", name="Some issues…").nth(1)
    ref = (opener.get_attribute("aria-label") or "").rpartition(" ")[2]
    at = opener.evaluate("each => each.closest('.message, .home > *').getBoundingClientRect().top")
    opener.press("Enter")
    dialog = tab.get_by_role("dialog")
    dialog.get_by_label("What is the issue").fill("two posts are vacant")
    dialog.get_by_role("button", name="Record" if sends else "Cancel").press("Enter")
    expect(dialog).to_have_count(0)
    if not sends:
        expect(opener).to_be_focused()
        return
    row = tab.evaluate("document.activeElement.closest('.message, .home > *').getBoundingClientRect().top")
    assert abs(row - at) < 40, "what has the focus stands where the form was opened"
    assert entries(asked.sandbox, ref)[-1].words == "two posts are vacant"
