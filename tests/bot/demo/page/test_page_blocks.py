"""Blocks, forms, pictures and Home drawn on the page, and pressed there."""

from __future__ import annotations

import html
import json
import re
import urllib.parse
import urllib.request
from typing import Any

import pytest

from bot.demo.page import DemoPage
from bot.demo.workspace.views import open_modal
from tests.bot.demo.page.browsing import (
    CHAIRS,
    HOSTILE,
    fetch,
    picks,
    post_blocks,
    publish_home,
    slack_of,
    stamps,
    text,
)
from tests.bot.slack.e2e import CHAIR, SECRETARY, bot_client

OPTIONS = [{"text": text("One"), "value": "1"}, {"text": text("Two <b>"), "value": "2"}]
SURE = {"title": text("Sure?"), "text": text("It goes *out*.", "mrkdwn"), "confirm": text("Send"), "deny": text("No")}
EVERYTHING: list[dict[str, Any]] = [
    {"type": "header", "text": text("A header")},
    {"type": "section", "text": text("*bold* words", "mrkdwn")},
    {"type": "context", "elements": [text("small print")]},
    {"type": "divider"},
    {
        "type": "actions",
        "block_id": "acts",
        "elements": [
            {
                "type": "button",
                "action_id": "cypp:sure:0",
                "text": text("Careful"),
                "style": "danger",
                "confirm": SURE,
            },
            {"type": "static_select", "action_id": "cypp:menu:0", "placeholder": text("Pick one"), "options": OPTIONS},
            {"type": "datepicker", "action_id": "cypp:day:0", "initial_date": "2020-09-16"},
            {"type": "users_select", "action_id": "cypp:who:0"},
            {"type": "checkboxes", "action_id": "cypp:boxes:0", "options": OPTIONS, "initial_options": OPTIONS[:1]},
            {"type": "external_select", "action_id": "cypp:far:0", "min_query_length": 0},
            {"type": "button", "action_id": "cypp:url:0", "text": text("Leave"), "url": "https://example.org/"},
        ],
    },
]


def test_every_block_is_drawn_with_a_name_for_all_that_can_be_pressed(page: DemoPage) -> None:
    post_blocks(page, CHAIR, EVERYTHING)
    got = fetch(page, CHAIRS)
    assert '<h4 class="header">A header</h4>' in got.text
    assert "<strong>bold</strong> words" in got.text
    assert 'class="danger"' in got.text
    assert "<hr>" in got.text
    elements = re.findall(r'<(?:select|input type="(?:date|time|text)")[^>]* id="(m-[^"]+)"', got.text)
    assert len(elements) == 4
    assert all(f'for="{element}"' in got.text for element in elements)
    assert picks(got, "Careful")


def test_a_press_to_be_confirmed_is_confirmed_first(page: DemoPage) -> None:
    post_blocks(page, CHAIR, EVERYTHING)
    got = fetch(page, CHAIRS)
    asked = fetch(page, f"{CHAIRS}/press", {"ts": stamps(got)[0], "press": picks(got, "Careful")[0]})
    assert "<dialog" in asked.text
    assert "It goes <strong>out</strong>." in asked.text
    unsure = fetch(page, f"{CHAIRS}/unsure", {"thread": ""})
    assert "<dialog" not in unsure.text
    fetch(page, f"{CHAIRS}/press", {"ts": stamps(got)[0], "press": picks(got, "Careful")[0], "confirmed": "1"})
    last = slack_of(page).hub.last
    assert last is not None
    assert last.payload["actions"][0]["action_id"] == "cypp:sure:0"


@pytest.mark.parametrize(
    ("action", "label", "given", "sent"),
    [
        ("menu", "Choose: Pick one", ["2"], {"selected_option": OPTIONS[1]}),
        ("day", "Choose: Pick a day", ["2020-10-23"], {"selected_date": "2020-10-23"}),
    ],
)
def test_what_is_chosen_in_a_menu_reaches_the_bot(
    page: DemoPage, action: str, label: str, given: Any, sent: Any
) -> None:
    post_blocks(page, CHAIR, EVERYTHING)
    got = fetch(page, CHAIRS)
    pick = json.dumps(["acts", f"cypp:{action}:0"], separators=(",", ":"))
    assert pick in picks(got, label)
    fetch(page, f"{CHAIRS}/press", {"ts": stamps(got)[0], "choose": pick, f"f:acts:cypp:{action}:0": given})
    last = slack_of(page).hub.last
    assert last is not None
    chosen = last.payload["actions"][0]
    assert chosen["action_id"] == f"cypp:{action}:0"
    assert json.dumps(sent) in json.dumps({key: chosen[key] for key in sent})


def test_what_is_ticked_in_a_message_goes_along_with_the_press_of_a_button(page: DemoPage) -> None:
    post_blocks(page, CHAIR, EVERYTHING)
    got = fetch(page, CHAIRS)
    press = {"ts": stamps(got)[0], "press": picks(got, "Careful")[0]}
    fetch(page, f"{CHAIRS}/press", {**press, "f:acts:cypp:boxes:0": ["2"]})
    fetch(page, f"{CHAIRS}/press", {**press, "confirmed": "1"})
    last = slack_of(page).hub.last
    assert last is not None
    assert last.payload["actions"][0]["action_id"] == "cypp:sure:0"
    assert last.payload["state"]["values"]["acts"]["cypp:boxes:0"]["selected_options"] == [OPTIONS[1]]


def test_hostile_words_stay_words_wherever_they_stand(page: DemoPage) -> None:
    said = text(HOSTILE)
    options = [{"text": said, "value": HOSTILE}]
    post_blocks(
        page,
        CHAIR,
        [
            {"type": "header", "text": said},
            {"type": "section", "text": text(HOSTILE, "mrkdwn")},
            {"type": "context", "elements": [said]},
            {
                "type": "actions",
                "elements": [
                    {"type": "button", "action_id": HOSTILE, "value": HOSTILE, "text": said},
                    {"type": "static_select", "action_id": f"2{HOSTILE}", "placeholder": said, "options": options},
                ],
            },
            {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [said | {"type": "text"}]}]},
            {
                "type": "input",
                "label": said,
                "hint": said,
                "element": {"type": "plain_text_input", "initial_value": HOSTILE},
            },
        ],
    )
    got = fetch(page, CHAIRS)
    assert got.text.count("<script") == 3
    assert "<img src=x" not in got.text
    assert "onerror" not in re.sub(r'"[^"]*"|>[^<]*<', "", got.text)
    assert "{{7*7}}" in html.unescape(got.text)


def test_the_home_tab_is_shown_as_the_bot_publishes_it(page: DemoPage) -> None:
    publish_home(page, SECRETARY, EVERYTHING)
    got = fetch(page, f"/as/{SECRETARY}/home", headers={"X-Peek": "1"})
    assert '<h3 class="header">A header</h3>' in got.text
    assert picks(got, "Careful")


def test_a_picture_the_bot_uploaded_is_shown_and_can_run_nothing(page: DemoPage) -> None:
    client = bot_client(page.sandbox)
    client.files_upload_v2(channel="C0PARTNER", filename="bars.svg", content="<svg/>", title="Bars by priority")
    got = fetch(page, f"/as/{CHAIR}/C0PARTNER")
    source = re.search(r'<img src="(/files/[^"]+)" alt="Bars by priority">', got.text)
    assert source
    file = fetch(page, source[1])
    assert file.text == "<svg/>"
    assert file.headers["Content-Type"] == "image/svg+xml"
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


FORM: list[dict[str, Any]] = [
    {
        "type": "input",
        "block_id": "lead",
        "label": text("Lead"),
        "element": {"type": "external_select", "action_id": "far", "min_query_length": 0},
    },
    {
        "type": "input",
        "block_id": "kind",
        "label": text("Kind"),
        "element": {"type": "radio_buttons", "action_id": "kind", "options": OPTIONS},
    },
    {
        "type": "input",
        "block_id": "day",
        "optional": True,
        "label": text("Day"),
        "element": {"type": "datepicker", "action_id": "day"},
    },
    {
        "type": "input",
        "block_id": "some",
        "optional": True,
        "label": text("Some"),
        "hint": text("As many as you like"),
        "element": {"type": "checkboxes", "action_id": "some", "options": OPTIONS},
    },
    {
        "type": "input",
        "block_id": "words",
        "label": text("Words"),
        "element": {"type": "plain_text_input", "action_id": "words", "multiline": True},
    },
]


@pytest.fixture
def form(page: DemoPage) -> str:
    """The id of a form with one of everything, in front of the chair; one menu gets its lines from the bot."""
    core, app = page.sandbox.workspace._core, page.sandbox.bot.app
    leads = {"Head of Education": "3", "Early Help Manager": "4"}
    app.options(re.compile("^far"))(
        lambda ack, payload: ack(
            options=[{"text": text(name), "value": value} for name, value in leads.items() if payload["value"] in name]
        )
    )
    # Before the bot's own, which answers whatever it is asked.
    app._listeners.insert(0, app._listeners.pop())
    view = {"type": "modal", "title": text("A form"), "submit": text("Send"), "callback_id": "cypp:x", "blocks": FORM}
    return page.sandbox.workspace._look(lambda: open_modal(core, CHAIR, view)).id


def test_a_menu_of_the_bot_offers_what_fits_the_letters(page: DemoPage, form: str) -> None:
    pick = urllib.parse.quote('["lead","far"]')
    got = fetch(page, f"{CHAIRS}/suggest?pick={pick}&typed=Early")
    assert json.loads(got.text) == [{"value": "4", "text": "Early Help Manager"}]
    unknown = urllib.parse.quote('["a","b"]')
    for nothing in ("pick=x&typed=E", f"pick={unknown}&typed=E", ""):
        assert json.loads(fetch(page, f"{CHAIRS}/suggest?{nothing}").text) == []


def test_a_form_keeps_all_that_was_put_in_when_one_field_is_wrong(page: DemoPage, form: str) -> None:
    fields = {
        "f:lead:far": "Head of Edukation",
        "f:kind:kind": "2",
        "f:day:day": "2020-10-23",
        "f:some:some": ["1", "2"],
        "f:words:words": "two\r\nlines",
    }
    got = fetch(page, f"{CHAIRS}/view", {"view": form, "submit": "1", **fields})
    assert re.search(r'<p class="error"[^>]*>[^<]*<span[^>]*>Error: </span>Choose one of the suggestions\.', got.text)
    assert 'value="Head of Edukation"' in got.text
    assert re.search(r'type="radio"[^>]*value="2" checked', got.text)
    assert 'type="date"' in got.text
    assert 'value="2020-10-23"' in got.text
    assert len(re.findall(r'type="checkbox"[^>]* checked', got.text)) == 2
    assert "two\nlines</textarea>" in got.text
    fetch(page, f"{CHAIRS}/view", {"view": form, "submit": "1", **fields, "f:lead:far": "Head of Education"})
    last = slack_of(page).hub.last
    assert last is not None
    values = last.payload["view"]["state"]["values"]
    assert values["lead"]["far"]["selected_option"]["value"] == "3"
    assert values["day"]["day"]["selected_date"] == "2020-10-23"
    assert [one["value"] for one in values["some"]["some"]["selected_options"]] == ["1", "2"]
    assert values["words"]["words"]["value"] == "two\nlines"
