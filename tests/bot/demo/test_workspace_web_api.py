"""The Web API, driven with the real slack_sdk client."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.demo.workspace import GRANTED_SCOPES
from tests.bot.demo.conftest import LocalSlack


def refusal(call: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as caught:
        call()
    return str(caught.value.response["error"])


def modal(title: str = "Update") -> dict[str, Any]:
    return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": []}


# -- tokens and scopes


def test_auth_test_names_the_team_and_the_bot_and_gives_the_scopes(slack: LocalSlack) -> None:
    answer = slack.client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0DEMO", "U0CYPPBOT", "B0CYPP")
    assert answer.headers["x-oauth-scopes"].split(",") == list(GRANTED_SCOPES)


def test_refuses_no_token_a_wrong_token_and_the_wrong_kind(slack: LocalSlack) -> None:
    url = slack.ws.api_url
    assert refusal(WebClient(base_url=url).auth_test) == "not_authed"
    assert refusal(WebClient(token="xoxb-stolen", base_url=url).auth_test) == "invalid_auth"
    app_client = WebClient(token=slack.ws.app_token, base_url=url)
    assert refusal(lambda: app_client.chat_postMessage(channel="C0BOARD", text="x")) == "not_allowed_token_type"
    assert refusal(lambda: slack.client.apps_connections_open(app_token=slack.ws.bot_token)) == "not_allowed_token_type"


def test_an_unknown_method_is_refused(slack: LocalSlack) -> None:
    assert refusal(lambda: slack.client.api_call("chat.shout")) == "unknown_method"


def test_a_missing_scope_is_named(make_slack: Callable[..., LocalSlack]) -> None:
    slack = make_slack(scopes=("im:history", "users:read"))
    with pytest.raises(SlackApiError) as caught:
        slack.client.chat_postMessage(channel=slack.board.id, text="x")
    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "chat:write"
    assert caught.value.response["provided"] == "im:history,users:read"
    assert refusal(lambda: slack.client.conversations_history(channel=slack.board.id)) == "missing_scope"


def test_forms_json_and_get_are_all_understood(slack: LocalSlack) -> None:
    body = json.dumps({"channel": "C0BOARD", "text": "by hand"}).encode()
    headers = {"Authorization": f"Bearer {slack.ws.bot_token}", "Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(slack.ws.api_url + "chat.postMessage", body, headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert json.load(answer)["ok"] is True
    with urllib.request.urlopen(f"{slack.ws.api_url}users.info?user=U0HEADED&token={slack.ws.bot_token}") as answer:
        assert json.load(answer)["user"]["real_name"] == "Head of Education"
    slack.client.api_call(
        "chat.postMessage", data={"channel": "C0BOARD", "blocks": json.dumps([{"type": "divider"}]), "text": "form"}
    )
    assert [m.text for m in slack.ws.messages("C0BOARD")] == ["by hand", "form"]


# -- messages


def test_posts_into_a_channel_a_direct_message_and_by_user_id(slack: LocalSlack) -> None:
    dm = slack.client.conversations_open(users=slack.head.id)["channel"]["id"]
    assert dm.startswith("D")
    first = slack.client.chat_postMessage(channel=dm, text="one")
    second = slack.client.chat_postMessage(channel=slack.head.id, text="two")
    assert second["channel"] == dm
    assert first["ts"] < second["ts"]
    assert second["message"]["bot_id"] == "B0CYPP"
    assert [m.text for m in slack.ws.dm(slack.head)] == ["one", "two"]


def test_refuses_places_it_cannot_write_to(slack: LocalSlack) -> None:
    def post(channel: str) -> Callable[[], Any]:
        return lambda: slack.client.chat_postMessage(channel=channel, text="x")

    old = slack.ws.add_channel("C0OLD", "old", members=[slack.head], archived=True)
    secret = slack.ws.add_channel("G0SECRET", "secret", members=[slack.head], private=True, bot_is_member=False)
    assert refusal(post("C0NOWHERE")) == "channel_not_found"
    assert refusal(post(slack.closed.id)) == "not_in_channel"
    assert refusal(post(old.id)) == "is_archived"
    assert refusal(post(secret.id)) == "channel_not_found"


def test_an_update_keeps_blocks_only_without_text_and_metadata_unless_it_is_given(slack: LocalSlack) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "asked"}}]
    metadata = {"event_type": "cypp_delivery", "event_payload": {"id": "d-1"}}
    ts = slack.client.chat_postMessage(channel="C0BOARD", text="asked", blocks=blocks, metadata=metadata)["ts"]
    slack.client.chat_update(channel="C0BOARD", ts=ts, blocks=[*blocks, {"type": "divider"}], text="asked again")
    [message] = slack.ws.messages("C0BOARD")
    assert len(message.blocks) == 2
    assert message.metadata == metadata
    slack.client.chat_update(channel="C0BOARD", ts=ts, text="answered", metadata={})
    [message] = slack.ws.messages("C0BOARD")
    assert (message.text, message.blocks, message.metadata, message.edited) == ("answered", (), None, True)


def test_only_its_own_messages_can_be_changed(slack: LocalSlack) -> None:
    said = slack.ws.say(slack.head, "hello", slack.board).said
    assert said is not None
    client = slack.client
    assert refusal(lambda: client.chat_update(channel="C0BOARD", ts=said.ts, text="x")) == "cant_update_message"
    assert refusal(lambda: client.chat_update(channel="C0BOARD", ts="1.000001", text="x")) == "message_not_found"
    assert [m.text for m in slack.ws.messages("C0BOARD")] == ["hello"]


def test_an_ephemeral_message_is_seen_by_one_person_and_kept_out_of_history(slack: LocalSlack) -> None:
    slack.client.chat_postEphemeral(channel="C0BOARD", user=slack.head.id, text="only you")
    assert [m.text for m in slack.ws.seen(slack.head, "C0BOARD") if m.ephemeral] == ["only you"]
    assert slack.ws.seen(slack.secretary, "C0BOARD") == []
    assert slack.client.conversations_history(channel="C0BOARD")["messages"] == []
    outsider = slack.ws.add_user("U0OUT", "Somebody")
    error = refusal(lambda: slack.client.chat_postEphemeral(channel="C0BOARD", user=outsider.id, text="x"))
    assert error == "user_not_in_channel"


def test_the_second_post_a_second_in_one_channel_is_told_to_wait(make_slack: Callable[..., LocalSlack]) -> None:
    slack = make_slack(rate=1.0, burst=1)
    slack.client.chat_postMessage(channel="C0BOARD", text="one")
    with pytest.raises(SlackApiError) as caught:
        slack.client.chat_postMessage(channel="C0BOARD", text="two")
    assert caught.value.response.status_code == 429
    assert caught.value.response["error"] == "ratelimited"
    assert caught.value.response.headers["Retry-After"] == "1"
    slack.client.chat_postMessage(channel=slack.head.id, text="another channel")
    assert [m.text for m in slack.ws.messages("C0BOARD")] == ["one"]


def test_a_burst_is_let_through_and_then_held_to_the_rate(make_slack: Callable[..., LocalSlack]) -> None:
    slack = make_slack(rate=20.0, burst=3)
    for n in range(3):
        slack.client.chat_postMessage(channel="C0BOARD", text=str(n))
    assert refusal(lambda: slack.client.chat_postMessage(channel="C0BOARD", text="x")) == "ratelimited"
    time.sleep(0.06)
    assert slack.client.chat_postMessage(channel="C0BOARD", text="x")["ok"]


# -- history


def test_history_pages_newest_first_after_a_stamp(make_slack: Callable[..., LocalSlack]) -> None:
    slack = make_slack(burst=50)
    stamps = [slack.client.chat_postMessage(channel="C0BOARD", text=str(n))["ts"] for n in range(7)]
    first = slack.client.conversations_history(channel="C0BOARD", limit=3)
    assert [m["text"] for m in first["messages"]] == ["6", "5", "4"]
    assert first["has_more"] is True
    texts = [
        m["text"]
        for answer in slack.client.conversations_history(channel="C0BOARD", limit=3)
        for m in answer["messages"]
    ]
    assert texts == ["6", "5", "4", "3", "2", "1", "0"]
    later = slack.client.conversations_history(channel="C0BOARD", oldest=stamps[4])
    assert [m["text"] for m in later["messages"]] == ["6", "5"]
    assert refusal(lambda: slack.client.conversations_history(channel="C0BOARD", cursor="zzz")) == "invalid_cursor"


def test_history_shows_metadata_only_when_asked(slack: LocalSlack) -> None:
    metadata = {"event_type": "cypp_delivery", "event_payload": {"id": "d-1"}}
    slack.client.chat_postMessage(channel="C0BOARD", text="x", metadata=metadata)
    [bare] = slack.client.conversations_history(channel="C0BOARD")["messages"]
    assert "metadata" not in bare
    [whole] = slack.client.conversations_history(channel="C0BOARD", include_all_metadata=True)["messages"]
    assert whole["metadata"] == metadata


def test_replies_stay_out_of_history(slack: LocalSlack) -> None:
    parent = slack.client.chat_postMessage(channel="C0BOARD", text="parent")["ts"]
    slack.client.chat_postMessage(channel="C0BOARD", text="reply", thread_ts=parent)
    [top] = slack.client.conversations_history(channel="C0BOARD")["messages"]
    assert top["text"] == "parent"


# -- people


def test_the_list_of_users_pages_and_holds_closed_accounts(slack: LocalSlack) -> None:
    slack.ws.deactivate(slack.secretary)
    pages = [list(page["members"]) for page in slack.client.users_list(limit=2)]
    members = [member for page in pages for member in page]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {m["id"] for m in members} == {"U0CYPPBOT", "USLACKBOT", "U0HEADED", "U0SECRET", "U0POLICE"}
    assert [m["id"] for m in members if m["deleted"]] == ["U0SECRET"]


def test_the_email_is_shown_only_with_its_scope(make_slack: Callable[..., LocalSlack]) -> None:
    with_email, without = make_slack(), make_slack(scopes=("users:read",))
    assert with_email.client.users_info(user="U0HEADED")["user"]["profile"]["email"] == "head@sefton.example"
    assert "email" not in without.client.users_info(user="U0HEADED")["user"]["profile"]


def test_nobody_is_found_by_an_unknown_id(slack: LocalSlack) -> None:
    assert refusal(lambda: slack.client.users_info(user="U0NOBODY")) == "user_not_found"


def test_no_conversation_is_opened_with_closed_unknown_or_invisible_people(slack: LocalSlack) -> None:
    slack.ws.add_user("U0GHOST", "Ghost", is_stranger=True, team_id="T0FAR")
    dm = slack.client.conversations_open(users="U0SECRET")["channel"]["id"]
    slack.ws.deactivate(slack.secretary)
    assert refusal(lambda: slack.client.conversations_open(users="U0SECRET")) == "user_disabled"
    assert refusal(lambda: slack.client.conversations_open(users="U0NOBODY")) == "user_not_found"
    assert refusal(lambda: slack.client.conversations_open(users="U0GHOST")) == "user_not_visible"
    assert refusal(lambda: slack.client.conversations_open(users="USLACKBOT")) == "cannot_dm_bot"
    assert slack.client.chat_postMessage(channel=dm, text="into the void")["ok"], "as python-slack-sdk #1156 found"


def test_a_channel_says_whether_the_bot_is_in_it(slack: LocalSlack) -> None:
    info = slack.client.conversations_info(channel="C0OTHER")["channel"]
    assert (info["is_member"], info["is_private"]) == (False, False)


# -- views and files


def test_a_view_needs_a_trigger_that_was_given_out(slack: LocalSlack) -> None:
    assert refusal(lambda: slack.client.views_open(trigger_id="1.2.x", view=modal())) == "invalid_trigger_id"


def test_a_home_tab_is_published_and_replaced(slack: LocalSlack) -> None:
    def home(words: str) -> dict[str, Any]:
        return {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": words}}]}

    slack.client.views_publish(user_id="U0HEADED", view=home("one"))
    slack.client.views_publish(user_id="U0HEADED", view=home("two"))
    shown = slack.ws.home(slack.head)
    assert shown is not None
    assert shown.plain() == "two\n───"
    assert refusal(lambda: slack.client.views_publish(user_id="U0HEADED", view=modal())) == "invalid_arguments"


def test_a_file_is_uploaded_in_three_steps_and_shown(slack: LocalSlack) -> None:
    slack.client.files_upload_v2(
        channel="C0BOARD", filename="papers.csv", content="ref,status\n7.1,on track\n", initial_comment="The papers"
    )
    [message] = slack.ws.messages("C0BOARD")
    assert message.plain() == "The papers\n[file: papers.csv]"
    assert slack.ws.file("papers.csv") == b"ref,status\n7.1,on track\n"


PNG = b"\x89PNG\r\n\x1a\n and so on"


def shows(slack: LocalSlack, file_id: str) -> str:
    """What comes of posting a message that shows a file: "" where it is taken."""
    image = {"type": "image", "alt_text": "a chart", "slack_file": {"id": file_id}}
    try:
        slack.client.chat_postMessage(channel="C0BOARD", text="x", blocks=[image])
    except SlackApiError as error:
        return str(error.response["response_metadata"]["messages"][0])
    return ""


def test_a_block_shows_a_picture_that_was_uploaded_and_nothing_else(make_slack: Callable[..., LocalSlack]) -> None:
    slack = make_slack(looking_over=0.0)
    invalid = "[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"
    picture = slack.client.files_upload_v2(filename="chart.png", content=PNG, alt_txt="a chart")["files"][0]["id"]
    papers = slack.client.files_upload_v2(filename="papers.csv", content="ref,status")["files"][0]["id"]
    begun = slack.client.files_getUploadURLExternal(filename="chart.png", length=len(PNG))["file_id"]
    assert [shows(slack, one) for one in (picture, papers, begun, "F0UNKNOWN0")] == ["", invalid, invalid, invalid]
    assert len(slack.ws.messages("C0BOARD")) == 1
    words = "x" * 1001
    begin = partial(slack.client.files_getUploadURLExternal, filename="chart.png", length=5, alt_txt=words)
    assert refusal(begin) == "invalid_arguments"


def test_a_picture_is_not_shown_before_it_has_been_looked_over(make_slack: Callable[..., LocalSlack]) -> None:
    slack = make_slack()
    assert slack.ws.config.looking_over > 0
    picture = slack.client.files_upload_v2(filename="chart.png", content=PNG)["files"][0]["id"]
    assert "invalid slack file" in shows(slack, picture)


def test_every_call_is_logged_with_its_arguments_and_result(slack: LocalSlack) -> None:
    slack.client.chat_postMessage(channel="C0BOARD", text="x")
    [call] = slack.ws.calls_of("chat.postMessage")
    assert call.args["text"] == "x"
    assert call.result is not None
    assert call.result["ok"] is True
    assert call.status == 200


# -- clocks and odd arguments


def test_messages_are_stamped_by_the_given_clock_and_never_alike(make_slack: Callable[..., LocalSlack]) -> None:
    moment = datetime(2020, 9, 9, 9, 30, tzinfo=UTC)
    slack = make_slack(now=lambda: moment)
    stamps = [slack.client.chat_postMessage(channel="C0BOARD", text=str(n))["ts"] for n in range(3)]
    assert len(set(stamps)) == 3
    assert {ts.split(".")[0] for ts in stamps} == {str(int(moment.timestamp()))}


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("chat.postMessage", {"channel": ["C0BOARD"], "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0BOARD", "blocks": 5}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "C0BOARD", "text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "C0BOARD", "text": "x", "metadata": "x"}, "invalid_metadata_format"),
        ("chat.postMessage", {"channel": "C0BOARD", "text": "x", "thread_ts": "1"}, "cannot_reply_to_message"),
        ("chat.postMessage", {"channel": "C0BOARD", "text": "x", "attachments": [{}]}, "invalid_attachments"),
        ("chat.update", {"channel": "C0BOARD"}, "invalid_arguments"),
        ("conversations.history", {"channel": "C0BOARD", "oldest": "noon"}, "invalid_ts_oldest"),
        ("conversations.history", {"channel": "C0BOARD", "limit": "many"}, "invalid_limit"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": "U0HEADED,U0SECRET"}, "missing_scope"),
        ("views.publish", {"user_id": "U0HEADED", "view": "home"}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [{"id": "F0"}]}, "file_not_found"),
    ],
)
def test_odd_arguments_are_refused_and_nothing_is_said(
    slack: LocalSlack, method: str, args: dict[str, Any], error: str
) -> None:
    slack.client.chat_postMessage(channel="C0BOARD", text="first")
    assert refusal(lambda: slack.client.api_call(method, json=args)) == error
    assert [m.text for m in slack.ws.messages("C0BOARD")] == ["first"]
