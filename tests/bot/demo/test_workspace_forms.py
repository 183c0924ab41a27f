"""Forms, from the trigger that opens them to the answer that closes them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from bot.demo.workspace import CannotDoError, SeenView
from tests.bot.demo.conftest import LocalSlack
from tests.bot.demo.sample_bot import FORM, options, text

Json = dict[str, Any]
Serve = Callable[..., App]


def open_form(slack: LocalSlack) -> SeenView:
    answer = slack.ws.command(slack.head, "/cypp", "status")
    assert slack.ws.press(slack.head, answer.message, text="Some issues…").error is None
    return slack.ws.wait_for_view(slack.head, lambda view: view.title == "Update")


def test_a_form_is_opened_filled_and_sent(peopled: LocalSlack) -> None:
    view = open_form(peopled)
    values = {"words": "two advisors", "by": "2020-09-16", "ticks": ["verbal"]}
    result = peopled.ws.submit(peopled.head, view, values, replies=1)
    assert result.ok
    assert result.closed
    assert peopled.ws.view(peopled.head) is None
    said = result.messages[0].text
    assert said.startswith("healthy-5: ")
    for part in ("'value': 'on_track'", "two advisors", "2020-09-16", "verbal"):
        assert part in said


def test_slack_itself_keeps_back_a_form_that_is_not_filled_in(peopled: LocalSlack) -> None:
    view = open_form(peopled)
    peopled.ws.forget_calls()
    result = peopled.ws.submit(peopled.head, view, {})
    assert result.errors == {"why": "Please complete this required field."}
    result = peopled.ws.submit(peopled.head, view, {"why": "x" * 21})
    assert result.errors == {"why": "Please enter no more than 20 characters."}
    assert peopled.ws.view(peopled.head) is not None


def test_a_form_shows_the_errors_of_the_bot_and_stays(peopled: LocalSlack) -> None:
    view = open_form(peopled)
    result = peopled.ws.submit(peopled.head, view, {"why": "no"})
    assert result.errors == {"why": "Say more"}
    assert result.closed is False
    assert result.view_after is not None
    assert result.view_after.typed["why"]["words"]["value"] == "no"


def test_a_form_is_replaced_as_the_bot_says(peopled: LocalSlack) -> None:
    view = open_form(peopled)
    replaced = peopled.ws.submit(peopled.head, view, {"why": "next"}).view_after
    assert replaced is not None
    assert (replaced.title, replaced.id) == ("Second", view.id)
    peopled.ws.close_view(peopled.head, replaced)
    assert peopled.ws.view(peopled.head) is None
    with pytest.raises(CannotDoError, match="does not have this view open"):
        peopled.ws.submit(peopled.head, replaced)


def test_a_form_is_not_put_over_another(peopled: LocalSlack) -> None:
    refused = peopled.ws.submit(peopled.head, open_form(peopled), {"why": "push"})
    assert (refused.error, refused.closed) == ("invalid_response_action", False)


def test_an_update_over_the_limits_leaves_the_form_with_an_error(peopled: LocalSlack) -> None:
    result = peopled.ws.submit(peopled.head, open_form(peopled), {"why": "bad"})
    assert result.error == "invalid_arguments"
    assert "/view/title/text" in result.detail[0]
    assert result.closed is False


def test_a_trigger_opens_one_view_within_its_time(make_slack: Callable[..., LocalSlack], serve: Serve) -> None:
    slack = make_slack(trigger_lifetime=0.6)
    errors: list[str] = []
    view = {"type": "modal", "title": text("T"), "blocks": []}

    def listen(app: App) -> None:
        @app.command("/cypp")
        def command(ack: Any, client: Any, command: Json) -> None:
            ack()
            time.sleep(float(command["text"]))
            for _ in range(2):
                try:
                    client.views_open(trigger_id=command["trigger_id"], view=view)
                except SlackApiError as error:
                    errors.append(error.response["error"])

    serve(slack, listen)
    slack.ws.command(slack.head, "/cypp", "0")
    slack.ws.wait_for(lambda: errors == ["exchanged_trigger_id"])
    slack.ws.command(slack.head, "/cypp", "0.7")
    slack.ws.wait_for(lambda: errors[1:] == ["expired_trigger_id", "expired_trigger_id"])


def test_a_menu_is_filled_by_the_bot_as_one_types(slack: LocalSlack, serve: Serve) -> None:
    element = {"type": "external_select", "action_id": "who", "min_query_length": 0}

    def listen(app: App) -> None:
        @app.command("/cypp")
        def command(ack: Any, client: Any, command: Json) -> None:
            block = {"type": "input", "block_id": "lead", "label": text("Lead"), "element": element}
            client.views_open(
                trigger_id=command["trigger_id"],
                view={**FORM, "callback_id": "assign", "blocks": [block]},
            )
            ack()

        @app.options("who")
        def who(ack: Any, payload: Json) -> None:
            ack(options=[o for o in options("head", "nurse") if payload["value"] in o["value"]])

        @app.view("assign")
        def assign(ack: Any, view: Json, body: Json, client: Any) -> None:
            ack()
            chosen = view["state"]["values"]["lead"]["who"]["selected_option"]["value"]
            client.chat_postMessage(channel=body["user"]["id"], text=chosen)

    serve(slack, listen)
    slack.ws.command(slack.head, "/cypp")
    view = slack.ws.view(slack.head)
    assert view is not None
    assert [o["value"] for o in slack.ws.suggest(slack.head, view, "nur")] == ["nurse"]
    assert slack.ws.submit(slack.head, view, {"who": "nurse"}, replies=1).messages[0].text == "nurse"
