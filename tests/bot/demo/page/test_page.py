"""The page over HTTP: what it shows, what it lets nobody do, and that it works without script."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from typing import Any

import pytest

from bot.demo.page import DemoPage
from tests.bot.demo.page.browsing import (
    CHAIRS,
    HOSTILE,
    LEADS,
    fetch,
    picks,
    slack_of,
    stamps,
    words,
)
from tests.bot.slack.e2e import CHAIR, SECRETARY, entries, finish
from tests.local_slack import Fault

# -- who may look, and what every answer says ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", CHAIRS, "/static/page.css", "/static/page.js", "/seq", "/ict", "/as/NOBODY/messages"]
)
def test_every_answer_allows_nothing_from_elsewhere(page: DemoPage, path: str) -> None:
    got = fetch(page, path)
    policy = got.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?://(?!127\.0\.0\.1)", policy)
    assert got.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_on_the_page_is_loaded_from_elsewhere_or_written_inline(page: DemoPage) -> None:
    got = fetch(page, "/")
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", got.text)
    assert "<style" not in got.text
    assert not re.search(r"<script(?![^>]* src=)", got.text)
    assert not re.search(r"\son\w+=|\sstyle=", got.text)


@pytest.mark.parametrize(
    ("headers", "posted", "status"),
    [
        ({"Host": "evil.example"}, None, 403),
        ({"Host": "evil.example"}, {"how": "day"}, 403),
        ({"Origin": "http://evil.example"}, {"how": "day"}, 403),
        ({"Origin": "null"}, {"how": "day"}, 403),
    ],
)
def test_a_page_of_another_site_can_neither_look_nor_act(
    page: DemoPage, headers: Any, posted: Any, status: int
) -> None:
    before = page.sandbox.clock()
    assert fetch(page, "/clock" if posted else "/", posted, headers).status == status
    assert page.sandbox.clock() == before


@pytest.mark.parametrize(
    "path",
    [
        "/as/NOBODY/messages",
        f"/as/{CHAIR}/C0NOWHERE",
        f"/as/{CHAIR}/messages?thread=1.1",
        "/static/..%2froutes.py",
        "/files/F1",
    ],
)
def test_what_is_not_there_is_said_in_one_sentence_with_the_way_back(page: DemoPage, path: str) -> None:
    got = fetch(page, path)
    assert got.status == 404
    assert "Back to the beginning" in got.text
    assert "Traceback" not in got.text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/as/", "/as\\evil"])
def test_a_form_leads_back_to_the_page_and_nowhere_else(page: DemoPage, back: str) -> None:
    assert fetch(page, "/guide", {"how": "hide", "back": back}).url == page.address


# -- asking, pressing, moving, all without script -----------------------------------------------------------------


def test_the_first_view_says_what_it_is_and_has_one_obvious_thing_to_press(page: DemoPage) -> None:
    got = fetch(page, "/")
    assert got.text.count('id="guide-go"') == 1
    assert "Ask as the chair: /cypp status priority 7" in words(got)
    assert "Today in the story Fri 7 Aug 2020, 10:00" in words(got)


def test_a_chair_asks_and_the_answer_is_for_the_chair_alone(page: DemoPage) -> None:
    got = fetch(page, f"{CHAIRS}/say", {"text": "/cypp status priority 7"})
    assert "Only visible to you" in words(got)
    assert "Priority 7 shares the 9 actions of theme Healthy" in words(got)
    assert "you typed /cypp status priority 7" in words(got)
    assert "Priority 7" not in words(fetch(page, f"/as/{SECRETARY}/messages"))


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        (CHAIRS, "", "Write something first"),
        (CHAIRS, "/cyp status", "/cyp is not a command here"),
        (CHAIRS, "/cypp mnie", "mine"),
    ],
)
def test_words_that_cannot_be_sent_come_back_with_one_sentence(
    page: DemoPage, path: str, typed: str, said: str
) -> None:
    got = fetch(page, f"{path}/say", {"text": typed})
    assert said in words(got)
    if "not a command" in said:
        assert f">{typed}</textarea>" in got.text


def test_a_command_is_not_typed_in_a_thread_but_words_are(asked: DemoPage) -> None:
    ts = stamps(fetch(asked, LEADS))[0]
    refused = fetch(asked, f"{LEADS}/say", {"text": "/cypp mine", "thread": ts})
    assert "cannot be typed in a thread" in words(refused)
    said = fetch(asked, f"{LEADS}/say", {"text": "healthy-5 on track, two advisors recruited", "thread": ts})
    assert said.url.endswith(f"?thread={ts}")
    assert "Recorded for healthy-5: on track" in words(said)
    assert entries(asked.sandbox, "healthy-5")[-1].words == "two advisors recruited"
    assert "2 replies" in words(fetch(asked, LEADS))


def test_what_is_typed_reaches_the_bot_as_slack_sends_it(page: DemoPage) -> None:
    got = fetch(page, f"{LEADS}/say", {"text": f"/cypp update healthy-5 on track {HOSTILE}"})
    assert HOSTILE in entries(page.sandbox, "healthy-5")[-1].words
    assert "<script>alert" not in got.text


def test_a_button_is_pressed_and_the_receipt_comes_at_once(asked: DemoPage) -> None:
    before = fetch(asked, LEADS)
    got = fetch(asked, f"{LEADS}/press", {"ts": stamps(before)[0], "press": picks(before, "On track")[0]})
    assert "Recorded for healthy-5: on track" in words(got)
    assert "Answered by Head of Education" in words(got)


def test_a_button_that_has_gone_says_so_and_shows_how_it_stands(asked: DemoPage) -> None:
    before = fetch(asked, LEADS)
    press = {"ts": stamps(before)[0], "press": picks(before, "On track")[0]}
    fetch(asked, f"{LEADS}/press", press)
    again = fetch(asked, f"{LEADS}/press", press)
    assert "This has changed since it was drawn" in words(again)
    assert len(entries(asked.sandbox, "healthy-5")) == 1


def test_a_message_is_turned_into_an_action(page: DemoPage) -> None:
    channel = f"/as/{SECRETARY}/C0PARTNER"
    said = fetch(page, f"{channel}/say", {"text": "Head of Education to publish the guide"})
    taken = {"ts": stamps(said)[0], "shortcut": "cypp:turn"}
    opened = fetch(page, f"{channel}/shortcut", taken)
    assert "<dialog" in opened.text
    assert "Head of Education to publish the guide</textarea>" in opened.text
    gone = fetch(page, f"{channel}/shortcut", {**taken, "ts": "1.1"})
    assert "That message is not there any more" in words(gone)
    assert fetch(page, f"{channel}/shortcut", {**taken, "shortcut": "cypp:other"}).status == 404


def test_ones_own_message_is_edited_and_deleted(page: DemoPage) -> None:
    said = fetch(page, f"{LEADS}/say", {"text": "healthy-5 on track, two & a half advisors"})
    ts = stamps(said)[0]
    assert "two &amp; a half advisors</textarea>" in said.text
    changed = {"ts": ts, "how": "edit", "text": "healthy-5 on track, three & a half advisors"}
    got = fetch(page, f"{LEADS}/change", changed)
    assert "You changed your message; the record still has what it said before." in words(got)
    assert len(entries(page.sandbox, "healthy-5")) == 1
    fetch(page, f"{LEADS}/press", {"ts": stamps(got)[-1], "press": picks(got, "Replace: on track")[0]})
    assert entries(page.sandbox, "healthy-5")[-1].words == "three & a half advisors"
    gone = fetch(page, f"{LEADS}/change", {"ts": ts, "how": "delete"})
    assert "You deleted your message; what it said stays on record." in words(gone)
    again = fetch(page, f"{LEADS}/change", {"ts": ts, "how": "delete"})
    assert "That message is not there any more: nothing was changed." in words(again)
    bots = fetch(page, f"{LEADS}/change", {"ts": stamps(again)[0], "how": "edit", "text": "x"})
    assert "nothing was changed" in words(bots)


def test_a_picture_of_the_bot_is_shown_with_the_words_that_stand_for_it(page: DemoPage) -> None:
    got = fetch(page, f"{CHAIRS}/say", {"text": "/cypp status"})
    fetch(page, f"{CHAIRS}/press", {"ts": stamps(got)[0], "press": picks(got, "Show as picture")[0]})
    finish(page.sandbox)
    address, said = re.findall(r'<img src="(/files/F\w+)" alt="([^"]+)">', fetch(page, CHAIRS).text)[0]
    assert said.startswith("Bars of status by theme and priority, Fri 7 Aug 2020. Heard: 21 actions.")
    with urllib.request.urlopen(page.address.rstrip("/") + address, timeout=30) as answer:
        assert (answer.headers["Content-Type"], answer.read(8)) == ("image/png", b"\x89PNG\r\n\x1a\n")


def test_a_press_that_is_none_is_refused(asked: DemoPage) -> None:
    ts = stamps(fetch(asked, LEADS))[0]
    for press in ("", "x", "[1,2,3]", '["a"]', "null"):
        assert fetch(asked, f"{LEADS}/press", {"ts": ts, "press": press}).status == 404


def test_a_form_that_fails_keeps_what_was_typed_and_says_so_at_the_field(asked: DemoPage) -> None:
    before = fetch(asked, LEADS)
    opened = fetch(asked, f"{LEADS}/press", {"ts": stamps(before)[0], "press": picks(before, "Some issues…")[0]})
    view = re.search(r'name="view" value="([^"]+)"', opened.text)
    assert view
    names = dict.fromkeys(re.findall(r'name="(f:[^"]+)"', opened.text))
    typed = "the number 943 476 5919 was named"
    fields = {name: {"words": typed, "status": "some issues"}.get(name.rpartition(":")[2], "") for name in names}
    got = fetch(asked, f"{LEADS}/view", {"view": view[1], "submit": "1", **fields})
    assert re.search(r'<p class="error"[^>]*>[\s\S]*NHS number', got.text)
    assert typed in got.text
    assert not entries(asked.sandbox, "healthy-5")
    closed = fetch(asked, f"{LEADS}/view", {"view": view[1], "close": "1"})
    assert "<dialog" not in closed.text
    gone = fetch(asked, f"{LEADS}/view", {"view": view[1], "submit": "1", **fields})
    assert "not open any more" in words(gone)


def test_moving_the_clock_sends_what_is_due_and_lists_it_with_links(page: DemoPage) -> None:
    got = fetch(page, "/clock", {"how": "next", "back": LEADS})
    assert "It is now Mon 10 Aug 2020, 09:30. 1 message was sent, to 1 person." in words(got)
    got = fetch(page, "/clock", {"how": "date", "date": "2020-08-18", "back": LEADS})
    assert "It is now Tue 18 Aug 2020, 09:30." in words(got)
    links = re.findall(r'<a href="(/as/\w+/\w+)#(m-[\d-]+)">', got.text)
    assert len(links) == 8
    for path, anchor in links:
        assert f'id="{anchor}"' in fetch(page, path).text
    assert "Mon 17 Aug, 09:30" in words(fetch(page, LEADS))


def test_a_clock_moved_backwards_is_refused_in_one_sentence(page: DemoPage) -> None:
    before = page.sandbox.clock()
    got = fetch(page, "/clock", {"how": "date", "date": "2020-08-01", "back": CHAIRS})
    assert "The clock only moves forward, and it is Fri 7 Aug 2020, 10:00 already: pick a later day." in words(got)
    assert page.sandbox.clock() == before


def test_the_next_working_day_comes_even_when_nothing_is_said(page: DemoPage) -> None:
    fetch(page, "/clock", {"how": "next", "back": CHAIRS})
    got = fetch(page, "/clock", {"how": "day", "back": CHAIRS})
    assert "It is now Tue 11 Aug 2020, 09:30. Nothing was sent on the way." in words(got)


def test_messages_are_unread_until_somebody_looks(page: DemoPage) -> None:
    fetch(page, "/clock", {"how": "date", "date": "2020-08-17", "back": CHAIRS})
    assert "Head of Education Lead · Sefton Council 1 unread" in words(fetch(page, CHAIRS))
    fetch(page, LEADS)
    assert "Head of Education Lead · Sefton Council 1 unread" not in words(fetch(page, CHAIRS))


def test_a_bot_that_does_not_answer_is_said_to(asked: DemoPage) -> None:
    slack_of(asked).faults.add("views.open", Fault.error("internal_error"))
    before = fetch(asked, LEADS)
    got = fetch(asked, f"{LEADS}/press", {"ts": stamps(before)[0], "press": picks(before, "Some issues…")[0]})
    assert "could not be opened" in words(got)


def test_what_goes_wrong_unforeseen_is_one_sentence_with_a_reference(
    page: DemoPage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page.visit, "read", None)
    got = fetch(page, CHAIRS)
    assert got.status == 500
    found = re.search(r"under reference (\w{8})", got.text)
    assert found
    assert found[1] in caplog.text
    assert "Traceback" not in got.text
