"""The newcomer's minute, a lead's answers, and the clock from request to digest, in a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from bot.demo.page import DemoPage
from models.enums import Status
from tests.bot.slack.e2e import CHAIR, COMMISSIONING, EDUCATION, HEALTH, SECRETARY, action, entries
from tests.browser.pictures import AGAIN, latest, said_in, words_of

Keep = Callable[[str], None]
MINUTE = 60


def as_person(page: DemoPage, user: str, place: str = "messages") -> str:
    """The address of somebody's conversation."""
    return f"{page.address}as/{user}/{place}"


def test_a_newcomer_has_a_chairs_answer_within_a_minute_and_moves_the_clock(
    page: DemoPage, tab: Tab, shot: Keep
) -> None:
    began = time.monotonic()
    tab.goto(page.address)
    shot("1-first-view")
    tab.get_by_role("button", name="Ask as the chair: /cypp status priority 7").click()
    answer = tab.locator(".message").last
    expect(answer).to_contain_text("Priority 7 shares the 9 actions of theme Healthy (priorities 7–9)")
    expect(answer).to_contain_text("Only visible to you")
    assert time.monotonic() - began < MINUTE
    shot("2-the-chairs-answer")
    assert said_in("answer") == words_of(latest(page, CHAIR, "Priority 7")), f"it has changed: {AGAIN}"
    tab.get_by_role("region", name="what to do next").get_by_role("button", name="Go on to Mon 17 Aug").click()
    expect(tab.get_by_role("heading", name="It is now Mon 17 Aug 2020, 09:30. 9 messages were sent")).to_be_visible()
    expect(tab.locator("#now")).to_have_text("Mon 17 Aug 2020, 09:30")
    shot("3-the-clock-moved")
    tab.get_by_role("link", name="Be the Head of Education").click()
    expect(tab.locator(".message").last).to_contain_text("3 actions of yours need an update by Tue 1 Sep 2020")
    tab.get_by_role("button", name="On track").first.click()
    expect(tab.locator(".message").last).to_contain_text("Recorded for")


@pytest.mark.parametrize(
    ("user", "ref", "label", "typed", "said", "status"),
    [
        (EDUCATION, "healthy-5", "On track", {}, "Recorded for healthy-5: on track", Status.ON_TRACK),
        (
            HEALTH,
            "healthy-4",
            "Some issues…",
            {"What is the issue": "Two profiles are done"},
            "Recorded for healthy-4: some issues",
            Status.SOME_ISSUES,
        ),
        (EDUCATION, "healthy-8", "No change", {}, "Recorded for healthy-8: no change", Status.ON_TRACK),
        (
            COMMISSIONING,
            "heard-10",
            "Done…",
            {"": "Contract signed on 24 August"},
            "Recorded for heard-10: proposed for closure",
            Status.PROPOSED,
        ),
        (COMMISSIONING, "happy-2", "Not ours", {"": "This sits with the CCG"}, "happy-2", Status.SOME_ISSUES),
        (EDUCATION, "9sep-2", "Snooze", {}, "9sep-2", Status.NOT_STARTED),
    ],
)
def test_a_reminder_is_answered_by_each_of_its_buttons(
    asked: DemoPage, tab: Tab, user: str, ref: str, label: str, typed: dict[str, str], said: str, status: Status
) -> None:
    tab.goto(as_person(asked, user))
    row = tab.locator(f".rich:has(strong:text-is('{ref}')) + .actions")
    if label in ("Not ours", "Snooze"):
        row.locator("select").select_option(label=label)
        row.get_by_role("button", name="Choose").click()
    else:
        row.get_by_role("button", name=label).click()
    dialog = tab.get_by_role("dialog")
    if typed:
        for name, words in typed.items():
            dialog.get_by_role("textbox", name=name).first.fill(words)
        dialog.locator("#dialog-go").click()
        expect(dialog).to_have_count(0)
    expect(tab.locator(".message").last).to_contain_text(said)
    assert action(asked.sandbox, ref).status == status


def test_a_form_that_fails_keeps_what_was_typed_and_marks_the_field(asked: DemoPage, tab: Tab, shot: Keep) -> None:
    tab.goto(as_person(asked, EDUCATION))
    opener = tab.get_by_role("button", name="Some issues…").first
    opener.click()
    dialog = tab.get_by_role("dialog", name="Update healthy-5")
    dialog.get_by_label("off track").check()
    words = dialog.get_by_label("What is the issue")
    dialog.get_by_role("button", name="Record").click()
    expect(words).to_be_focused()
    expect(words).to_have_accessible_description(re.compile("complete this required field"))
    words.fill("the number 943 476 5919 was named")
    dialog.get_by_role("button", name="Record").click()
    expect(words).to_have_accessible_description(re.compile("NHS number"))
    expect(words).to_have_value("the number 943 476 5919 was named")
    expect(words).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_label("off track")).to_be_checked()
    shot("4-a-form-with-an-error")
    assert not entries(asked.sandbox, "healthy-5")
    words.fill("the post is vacant")
    dialog.get_by_role("button", name="Record").click()
    expect(dialog).to_have_count(0)
    expect(tab.locator(".message").last).to_contain_text("Recorded for healthy-5: off track")


def test_a_form_put_away_gives_the_focus_back_and_records_nothing(asked: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(asked, EDUCATION))
    opener = tab.get_by_role("button", name="Done…").first
    opener.click()
    expect(tab.get_by_role("dialog")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()
    assert not entries(asked.sandbox, "healthy-5")


def test_the_clock_goes_on_to_last_call_and_digest_and_the_digest_is_published(
    asked: DemoPage, tab: Tab, shot: Keep
) -> None:
    tab.goto(as_person(asked, EDUCATION))
    for day, said in (("2020-08-26", "Wed 26 Aug"), ("2020-09-01", "Tue 1 Sep")):
        tab.get_by_label("Go to a day").fill(day)
        tab.get_by_role("button", name="Go", exact=True).click()
        expect(tab.locator("#sent-title")).to_contain_text(f"{said} 2020, 09:30", timeout=60_000)
    reminder = words_of(latest(asked, EDUCATION, "Reminder"))
    assert said_in("reminder") == said_in("page") == reminder, f"it has changed: {AGAIN}"
    expect(tab.locator("#sent-title")).to_contain_text("Tue 1 Sep 2020, 09:30", timeout=60_000)
    expect(tab.locator(".message").last).to_contain_text("Last call")
    tab.get_by_label("Go to a day").fill("2020-09-24")
    tab.get_by_role("button", name="Go", exact=True).click()
    expect(tab.locator("#sent-title")).to_contain_text("Thu 24 Sep 2020, 09:30", timeout=60_000)
    shot("5-the-clock-at-the-digest")
    link = tab.locator(".sent li", has_text="overdue").get_by_role("link")
    link.last.click()
    digest = tab.locator(".message", has_text=re.compile("overdue")).last
    expect(digest).to_be_visible()
    assert SECRETARY in tab.url
    shot("6-the-digest")
    words = words_of(latest(asked, SECRETARY, "Children and Young People's Partnership Board: 1"))
    assert said_in("digest") == words, f"it has changed: {AGAIN}"
    digest.get_by_role("button", name="Publish").click()
    tab.get_by_role("link", name="# partnership").click()
    expect(tab.locator(".message").last).to_contain_text("overdue")
    shot("7-in-the-boards-channel")


def test_a_message_is_turned_into_an_action(asked: DemoPage, tab: Tab, shot: Keep) -> None:
    tab.goto(as_person(asked, SECRETARY, "C0PARTNER"))
    tab.get_by_label("Write as").fill("Head of Education to publish the guide")
    tab.get_by_role("button", name="Send").click()
    tab.get_by_role("button", name="Turn into action").click()
    dialog = tab.get_by_role("dialog")
    expect(dialog.get_by_role("textbox").first).to_have_value("Head of Education to publish the guide")
    shot("8-turn-into-action")
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("button", name="Turn into action")).to_be_focused()


def test_a_clock_moved_backwards_says_so_and_stays(asked: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(asked, EDUCATION))
    tab.get_by_label("Go to a day").fill("2020-08-01")
    tab.get_by_role("button", name="Go", exact=True).click()
    expect(tab.locator("#flash")).to_have_text(
        "The clock only moves forward, and it is Mon 17 Aug 2020, 09:30 already: pick a later day."
    )
    expect(tab.locator("#flash")).to_be_focused()


def test_it_works_without_script(page: DemoPage, tab_without_script: Tab) -> None:
    tab = tab_without_script
    tab.goto(page.address)
    tab.get_by_role("button", name="Ask as the chair").click()
    expect(tab.locator(".message")).to_contain_text("theme Healthy")
    tab.locator("#clock-next").click()
    tab.get_by_role("link", name="Executive Director", exact=True).click()
    tab.get_by_role("button", name="Some issues…").click()
    tab.get_by_role("dialog").get_by_label("What is the issue").fill("the post is vacant")
    tab.get_by_role("button", name="Record").click()
    expect(tab.locator(".message").last).to_contain_text("some issues")


def test_what_comes_from_elsewhere_appears_by_itself_and_leaves_what_is_typed(asked: DemoPage, tab: Tab) -> None:
    tab.goto(as_person(asked, EDUCATION))
    tab.get_by_label("Write as").fill("half a sentence")
    asked.sandbox.say(EDUCATION, "healthy-5 on track, said in another window")
    expect(tab.locator(".message").last).to_contain_text("Recorded for healthy-5: on track")
    expect(tab.get_by_label("Write as")).to_have_value("half a sentence")
    expect(tab.get_by_label("Write as")).to_be_focused()
