"""A small bot with one of everything, and the form it opens."""

from __future__ import annotations

import time
from typing import Any

from slack_bolt import App

Json = dict[str, Any]


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def section(words: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def button(words: str, action_id: str, value: str = "1") -> Json:
    return {"type": "button", "text": text(words), "action_id": action_id, "value": value}


def options(*values: str) -> list[Json]:
    return [{"text": text(value.title()), "value": value} for value in values]


FORM: Json = {
    "type": "modal",
    "callback_id": "update",
    "title": text("Update"),
    "submit": text("Send"),
    "close": text("Cancel"),
    "private_metadata": "healthy-5",
    "blocks": [
        {
            "type": "input",
            "block_id": "status",
            "label": text("Status"),
            "element": {
                "type": "static_select",
                "action_id": "pick",
                "options": options("on_track", "off_track"),
                "initial_option": options("on_track")[0],
            },
        },
        {
            "type": "input",
            "block_id": "why",
            "label": text("Why"),
            "element": {"type": "plain_text_input", "action_id": "words", "max_length": 20},
        },
        {
            "type": "input",
            "block_id": "by",
            "optional": True,
            "label": text("By"),
            "element": {"type": "datepicker", "action_id": "date"},
        },
        {
            "type": "input",
            "block_id": "flags",
            "optional": True,
            "label": text("Flags"),
            "element": {"type": "checkboxes", "action_id": "ticks", "options": options("held", "verbal")},
        },
    ],
}


def register(app: App) -> None:
    """A small bot with one of everything."""

    @app.command("/cypp")
    def command(ack: Any, command: Json, respond: Any) -> None:
        words = command["text"]
        if words == "loud":
            ack(response_type="in_channel", text="for everybody")
        elif words == "later":
            ack()
            respond("here it is")
        elif words == "broken":
            ack(blocks=[section("")])
        elif words == "silent":
            time.sleep(0.4)
            ack("too late")
        else:
            buttons = [button("On track", "go", "7.1"), button("Some issues…", "form", "7.1")]
            pick = {"type": "static_select", "action_id": "rate", "options": options("green", "amber")}
            ack(
                text=words,
                blocks=[
                    section(f"<@{command['user_id']}>: {words}"),
                    {"type": "actions", "elements": [*buttons, pick]},
                ],
            )

    @app.action("go")
    def go(ack: Any, action: Json, respond: Any) -> None:
        ack()
        respond(text=f"recorded {action['value']}", replace_original=True)

    @app.action("rate")
    def rate(ack: Any, action: Json, body: Json, respond: Any) -> None:
        ack()
        respond(text=f"rated {action['selected_option']['value']}", delete_original=False)

    @app.action("form")
    def form(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("update")
    def update(ack: Any, view: Json, body: Json, client: Any) -> None:
        words = view["state"]["values"]["why"]["words"]["value"]
        if words == "no":
            ack(response_action="errors", errors={"why": "Say more"})
        elif words == "next":
            ack(response_action="update", view={**FORM, "title": text("Second")})
        elif words == "push":
            ack(response_action="push", view={**FORM, "title": text("On top")})
        elif words == "bad":
            ack(response_action="update", view={**FORM, "title": text("x" * 25)})
        else:
            ack()
            client.chat_postMessage(
                channel=body["user"]["id"], text=f"{view['private_metadata']}: {view['state']['values']}"
            )

    @app.event("message")
    def message(event: Json, say: Any) -> None:
        if "subtype" not in event or event["subtype"] == "file_share":
            files = [f["name"] for f in event.get("files", ())]
            say(text=f"heard {event['text']} {files}".strip(), thread_ts=event.get("thread_ts"))

    @app.event("app_mention")
    def mention(event: Json, say: Any) -> None:
        say(text=f"mentioned: {event['text']}", thread_ts=event["ts"])

    @app.event("app_home_opened")
    def home(event: Json, client: Any) -> None:
        blocks = [section("Yours"), {"type": "actions", "elements": [button("Some issues…", "form")]}]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.event("user_change")
    def changed(event: Json, client: Any) -> None:
        if event["user"]["deleted"]:
            client.chat_postMessage(channel="C0BOARD", text=f"{event['user']['id']} has left")
