"""Payloads as Slack sends them: what is read of them, what is tolerated, what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.slack.event_payloads import AppMention, MessageEvent, UserChange
from bot.slack.payloads import BlockActions, SlashCommand, ViewSubmission
from bot.slack.render_form import read_form
from bot.slack.typed_text import plain_words, typed_words

COMMAND: dict[str, Any] = {
    "token": "gIkuvaNzQIHg97ATvDxqgjtO",
    "team_id": "T0001",
    "team_domain": "sefton",
    "enterprise_id": None,
    "channel_id": "C2147483705",
    "channel_name": "partnership",
    "user_id": "U2147483697",
    "user_name": "steve",
    "command": "/cypp",
    "text": "update healthy-5 on track, advice &amp; help for <@U2147483698|jane>",
    "api_app_id": "A1",
    "is_enterprise_install": "false",
    "response_url": "https://hooks.slack.com/commands/1234/5678",
    "trigger_id": "13345224609.738474920.8088930838d88f008e0",
}
PRESS: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": "U1A", "username": "steve", "name": "steve", "team_id": "T0002"},
    "api_app_id": "A1",
    "container": {"type": "message", "message_ts": "1599123456.000200", "channel_id": "D1A", "is_ephemeral": False},
    "trigger_id": "1.2.abc",
    "team": {"id": "T0001", "domain": "sefton"},
    "channel": {"id": "D1A", "name": "directmessage"},
    "message": {"ts": "1599123456.000200", "text": "…", "blocks": []},
    "response_url": "https://hooks.slack.com/actions/1/2/3",
    "actions": [
        {
            "action_id": "cypp:rate:3",
            "block_id": "Xy1",
            "text": {"type": "plain_text", "text": "On track"},
            "value": "healthy-5|3",
            "type": "button",
            "action_ts": "1599123460.123456",
        }
    ],
}
SUBMISSION: dict[str, Any] = {
    "type": "view_submission",
    "team": {"id": "T0001", "domain": "sefton"},
    "user": {"id": "U1A", "username": "steve", "team_id": "T0001"},
    "view": {
        "id": "VNHU13V36",
        "type": "modal",
        "callback_id": "cypp:update",
        "private_metadata": "healthy-5|3",
        "hash": "156663117.cd33ad1f",
        "state": {
            "values": {
                "words": {"words": {"type": "plain_text_input", "value": "Two advisors"}},
                "status": {
                    "status": {"type": "radio_buttons", "selected_option": {"text": {}, "value": "some issues"}}
                },
                "by": {"by": {"type": "datepicker", "selected_date": None}},
            }
        },
    },
    "response_urls": [],
}
MESSAGE: dict[str, Any] = {
    "token": "x",
    "team_id": "T0001",
    "api_app_id": "A1",
    "event_id": "Ev08MFMKH6",
    "event_time": 1599123456,
    "type": "event_callback",
    "event": {
        "type": "message",
        "channel": "D1A",
        "channel_type": "im",
        "user": "U1A",
        "team": "T0001",
        "text": "healthy-5 on track, 3 &lt; 5",
        "ts": "1599123456.000200",
        "thread_ts": "1599123000.000100",
        "blocks": [],
        "files": [{"id": "F1", "name": "report.pdf", "permalink": "https://council.slack.com/files/U1A/F1/report.pdf"}],
    },
}
MENTION = MESSAGE | {
    "event": {"type": "app_mention", "channel": "C1A", "user": "U1A", "text": "<@U0BOT> status", "ts": "1.1"}
}
CHANGE = MESSAGE | {
    "event": {
        "type": "user_change",
        "user": {
            "id": "U1A",
            "team_id": "T0001",
            "deleted": True,
            "is_bot": False,
            "updated": 1599123456,
            "profile": {"email": "head@example.org", "real_name": "A Head", "display_name": ""},
        },
    }
}


def message(**changes: Any) -> MessageEvent:
    return MessageEvent.from_body(MESSAGE | {"event": MESSAGE["event"] | changes})


def test_a_command_is_read() -> None:
    command = SlashCommand.model_validate(COMMAND)
    assert (command.team_id, command.user_id, command.channel_id) == ("T0001", "U2147483697", "C2147483705")
    assert command.words == "update healthy-5 on track, advice & help for <@U2147483698>"
    assert (command.actor_team, command.actor_user) == ("T0001", "U2147483697")


def test_a_command_without_words_has_none() -> None:
    command = SlashCommand.model_validate({name: COMMAND[name] for name in ("team_id", "user_id", "channel_id")})
    assert (command.text, command.trigger_id, command.response_url) == ("", "", "")


def test_a_press_is_read() -> None:
    press = BlockActions.model_validate(PRESS)
    assert (press.press.action_id, press.press.chosen) == ("cypp:rate:3", "healthy-5|3")
    assert (press.channel_id, press.message_ts) == ("D1A", "1599123456.000200")


def test_who_pressed_belongs_to_their_own_team() -> None:
    assert BlockActions.model_validate(PRESS).actor_team == "T0002"
    assert BlockActions.model_validate(PRESS | {"user": {"id": "U1A"}}).actor_team == "T0001"
    assert BlockActions.model_validate(PRESS | {"user": {"id": "U1A", "team_id": None}}).actor_team == "T0001"
    assert message(user_team="T0009", source_team="T0009").actor_team == "T0009"
    assert message(team=None).actor_team == "T0001"


def test_a_press_in_an_ephemeral_message_has_its_place_from_the_container() -> None:
    here = {"type": "message", "message_ts": "5.1", "channel_id": "C1A", "is_ephemeral": True}
    press = BlockActions.model_validate(
        {n: v for n, v in PRESS.items() if n not in ("message", "channel")} | {"container": here}
    )
    assert (press.channel_id, press.message_ts, press.container.is_ephemeral) == ("C1A", "5.1", True)


def test_a_choice_is_what_was_chosen() -> None:
    chosen = {"action_id": "cypp:pick:0", "selected_option": {"text": {}, "value": "7.3"}, "type": "static_select"}
    assert BlockActions.model_validate(PRESS | {"actions": [chosen]}).press.chosen == "7.3"


def test_a_form_is_read() -> None:
    submission = ViewSubmission.model_validate(SUBMISSION)
    assert (submission.view.id, submission.view.callback_id) == ("VNHU13V36", "cypp:update")
    assert submission.view.private_metadata == "healthy-5|3"
    answers = read_form(submission.view.model_dump())
    assert answers == read_form(SUBMISSION) == {"words": "Two advisors", "status": "some issues", "by": ""}


def test_a_message_is_read() -> None:
    event = message()
    assert (event.event_id, event.team_id, event.channel_type) == ("Ev08MFMKH6", "T0001", "im")
    assert (event.words, event.thread_ts) == ("healthy-5 on track, 3 < 5", "1599123000.000100")
    assert event.links == ("https://council.slack.com/files/U1A/F1/report.pdf",)
    assert event.from_person


@pytest.mark.parametrize(
    "changes",
    [{"bot_id": "B1"}, {"subtype": "message_changed", "user": None}, {"subtype": "channel_join"}, {"user": ""}],
)
def test_what_no_person_wrote_just_now_is_known(changes: dict[str, Any]) -> None:
    assert not message(**changes).from_person


@pytest.mark.parametrize(
    "changes", [{"text": None}, {"text": 7}, {"text": ["x"]}, {"subtype": "something_new", "text": {}}]
)
def test_a_message_without_text_has_none(changes: dict[str, Any]) -> None:
    assert message(**changes).text == ""


def test_a_text_is_kept_to_what_slack_lets_people_type() -> None:
    assert len(message(text="x" * 50_000).text) == 40_000


def test_half_a_surrogate_pair_is_dropped() -> None:
    assert message(text="half \ud83d a pair").text == "half  a pair"


def test_the_envelope_says_which_workspace_and_event_it_is() -> None:
    event = message(team_id="T0666", event_id="EvFORGED")
    assert (event.team_id, event.event_id) == ("T0001", "Ev08MFMKH6")


def test_a_mention_is_read() -> None:
    assert AppMention.from_body(MENTION).words == "<@U0BOT> status"


def test_a_leaver_is_read() -> None:
    event = UserChange.from_body(CHANGE)
    assert event.user.id == "U1A"


def test_payloads_cannot_be_changed() -> None:
    command = SlashCommand.model_validate(COMMAND)
    with pytest.raises(ValidationError, match="frozen"):
        command.text = "other"


BAD_IDS = ["", "lower", "U1A; DROP TABLE", "U1A\n", "U" + "A" * 40, "U1é", "X1A", 7, None, {"id": "U1A"}]


@pytest.mark.parametrize("bad", BAD_IDS)
def test_an_id_that_is_none_is_refused(bad: Any) -> None:
    for name in ("team_id", "user_id", "channel_id"):
        with pytest.raises(ValidationError):
            SlashCommand.model_validate(COMMAND | {name: bad})
    with pytest.raises(ValidationError):
        BlockActions.model_validate(PRESS | {"user": {"id": bad}})
    with pytest.raises(ValidationError):
        ViewSubmission.model_validate(SUBMISSION | {"view": SUBMISSION["view"] | {"id": bad}})
    with pytest.raises(ValidationError):
        MessageEvent.from_body(MESSAGE | {"event_id": bad})
    with pytest.raises(ValidationError):
        message(ts=bad)


@pytest.mark.parametrize(
    "changes",
    [
        {"actions": []},
        {"actions": [{"value": "x"}]},
        {"actions": [{"action_id": "x" * 256}]},
        {"response_url": "file:///etc/passwd"},
        {"trigger_id": "a b"},
        {"container": {"message_ts": "soon"}},
    ],
)
def test_an_odd_press_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        BlockActions.model_validate(PRESS | changes)


def test_a_body_without_an_event_is_refused() -> None:
    with pytest.raises(ValidationError):
        MessageEvent.from_body({"event_id": "Ev1", "team_id": "T0001", "event": "message"})


@pytest.mark.parametrize(
    ("escaped", "typed"),
    [
        ("plain words", "plain words"),
        ("fish &amp; chips", "fish & chips"),
        ("3 &lt; 5 &gt; 4", "3 < 5 > 4"),
        ("&amp;lt;", "&lt;"),
        ("&amp;amp;", "&amp;"),
        ("&quot;", "&quot;"),
        ("<@U123ABC>", "<@U123ABC>"),
        ("<@U123ABC|jane>", "<@U123ABC>"),
        ("<@W123ABC> and <@U2>", "<@W123ABC> and <@U2>"),
        ("<@nobody>", "<@nobody>"),
        ("<#C123|partnership>", "#partnership"),
        ("<#C123|>", "#C123"),
        ("<#C123>", "#C123"),
        ("<https://x.example|https://x.example>", "https://x.example"),
        ("<https://x.example>", "https://x.example"),
        ("<http://sefton.gov.uk|sefton.gov.uk>", "http://sefton.gov.uk"),
        ("<https://x.example/?a=1&amp;b=2>", "https://x.example/?a=1&b=2"),
        ("<https://x.example/report|the report>", "the report (https://x.example/report)"),
        ("<mailto:a@x.example|a@x.example>", "a@x.example"),
        ("<mailto:a@x.example>", "a@x.example"),
        ("<tel:+44151496|0151 496>", "0151 496"),
        ("<!here>", "@here"),
        ("<!channel|channel>", "@channel"),
        ("<!subteam^S123|@heads>", "@heads"),
        ("<!subteam^S123>", "@subteam"),
        ("<!date^1599123456^{date}|3 Sep 2020>", "3 Sep 2020"),
        ("“smart” ‘quotes’ – kept…", "“smart” ‘quotes’ – kept…"),
        ("*bold* _x_ ~y~ `z`", "*bold* _x_ ~y~ `z`"),
        ("<>", "<>"),
        ("a < b", "a < b"),
        ("", ""),
    ],
)
def test_slacks_escaping_is_turned_back_into_what_was_typed(escaped: str, typed: str) -> None:
    assert plain_words(escaped) == typed


@given(st.text())
def test_any_words_come_back_from_slacks_escaping(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert plain_words(escaped) == typed


@pytest.mark.parametrize(
    ("escaped", "typed"),
    [
        ("board partnership channel <#C0PARTNER|partnership>", "board partnership channel <#C0PARTNER>"),
        ("/cypp board R&amp;D channel <#G0HIDDEN>", "/cypp board R&D channel <#G0HIDDEN>"),
        ("update healthy-5 on track see <#C0PARTNER|partnership>", "update healthy-5 on track see #partnership"),
    ],
)
def test_a_channel_that_is_to_be_set_keeps_its_id_and_elsewhere_it_is_read_by_name(escaped: str, typed: str) -> None:
    assert typed_words(escaped) == typed
