"""What people type and press reaches a real Bolt app over Socket Mode, and what it answers reaches them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App

from bot.demo.workspace import CannotDoError
from tests.bot.demo.conftest import LocalSlack
from tests.bot.demo.sample_bot import button, register

Json = dict[str, Any]
Serve = Callable[..., App]


# -- commands


def test_a_command_is_answered_to_its_asker_alone(peopled: LocalSlack) -> None:
    answer = peopled.ws.command(peopled.head, "/cypp", "status priority 7", peopled.board)
    assert answer.error is None
    assert answer.message.ephemeral_to == "U0HEADED"
    assert answer.message.plain() == ("@Head of Education: status priority 7\n[On track] [Some issues…] [Choose ▾]")
    assert 0 < answer.elapsed < 2
    assert peopled.ws.seen(peopled.secretary, peopled.board) == []


def test_a_command_may_be_answered_in_the_channel(peopled: LocalSlack) -> None:
    peopled.ws.command(peopled.head, "/cypp", "loud", peopled.board)
    assert [m.text for m in peopled.ws.seen(peopled.secretary, peopled.board)] == ["for everybody"]


def test_a_command_may_be_answered_later_by_its_response_url(peopled: LocalSlack) -> None:
    answer = peopled.ws.command(peopled.head, "/cypp", "later", peopled.closed, replies=1)
    assert answer.message.text == "here it is"
    assert answer.message.ephemeral


def test_an_answer_over_the_limits_is_an_error_the_person_sees(peopled: LocalSlack) -> None:
    answer = peopled.ws.command(peopled.head, "/cypp", "broken")
    assert answer.error == "invalid_blocks"
    assert "/blocks/0/text/text" in answer.detail[0]
    assert answer.messages == ()


def test_a_late_acknowledgement_is_an_operation_timeout(make_slack: Callable[..., LocalSlack], serve: Serve) -> None:
    slack = make_slack(ack_timeout=0.2)
    serve(slack, register)
    answer = slack.ws.command(slack.head, "/cypp", "silent")
    assert answer.error == "operation_timeout"
    assert answer.delivered is False
    assert answer.elapsed >= 0.2


def test_with_nobody_connected_a_command_fails_at_once(slack: LocalSlack) -> None:
    assert slack.ws.command(slack.head, "/cypp", "status").error == "dispatch_failed"


def test_partners_and_unregistered_commands_get_no_answer(peopled: LocalSlack) -> None:
    assert peopled.ws.command(peopled.partner, "/cypp", "status", peopled.board).error == "not_a_command"
    assert peopled.ws.command(peopled.head, "/other", "status").error == "not_a_command"


# -- buttons and menus


def test_a_button_changes_its_message_through_the_response_url(peopled: LocalSlack) -> None:
    asked = peopled.ws.command(peopled.head, "/cypp", "status").message
    answer = peopled.ws.press(peopled.head, asked, action_id="go", value="7.1", replies=1)
    assert answer.message.ts == asked.ts
    assert answer.message.text == "recorded 7.1"
    with pytest.raises(CannotDoError, match="no button"):
        peopled.ws.press(peopled.head, asked, action_id="go")
    again = peopled.ws.press(peopled.head, asked, action_id="go", stale=True, settle=0.05)
    assert again.error is None, "a press may be under way while the message changes"


def test_what_is_not_there_or_not_theirs_cannot_be_pressed(peopled: LocalSlack) -> None:
    asked = peopled.ws.command(peopled.head, "/cypp", "status", peopled.board).message
    with pytest.raises(CannotDoError, match="no button with text='Delete'"):
        peopled.ws.press(peopled.head, asked, text="Delete")
    with pytest.raises(CannotDoError, match="2 buttons"):
        peopled.ws.press(peopled.head, asked)
    with pytest.raises(CannotDoError, match="does not see"):
        peopled.ws.press(peopled.secretary, asked, text="On track")


def test_menus_carry_what_was_chosen(peopled: LocalSlack) -> None:
    asked = peopled.ws.command(peopled.head, "/cypp", "status").message
    assert peopled.ws.choose(peopled.head, asked, "amber", action_id="rate", replies=1).message.text == "rated amber"
    with pytest.raises(CannotDoError, match="no option 'red'"):
        peopled.ws.choose(peopled.head, asked, "red", action_id="rate")


def test_a_double_click_reaches_the_bot_twice_with_the_same_ids(slack: LocalSlack, serve: Serve) -> None:
    seen: list[tuple[str, str]] = []

    def listen(app: App) -> None:
        register(app)

        @app.action("once")
        def once(ack: Any, body: Json) -> None:
            ack()
            seen.append((body["trigger_id"], body["actions"][0]["action_ts"]))

    serve(slack, listen)
    blocks = [{"type": "actions", "elements": [button("Once", "once")]}]
    ts = slack.client.chat_postMessage(channel="C0BOARD", text="x", blocks=blocks)["ts"]
    [message] = slack.ws.messages("C0BOARD")
    assert message.ts == ts
    slack.ws.deliver_times = 2
    slack.ws.press(slack.head, message, text="Once")
    slack.ws.wait_for(lambda: len(seen) == 2)
    assert len(set(seen)) == 1


# -- words, home, accounts


def test_a_direct_message_is_heard_and_answered(peopled: LocalSlack) -> None:
    answer = peopled.ws.say(peopled.head, "healthy-5 on track", files=["report.pdf"], replies=1)
    assert answer.delivered
    assert answer.message.text == "heard healthy-5 on track ['report.pdf']"
    assert [m.from_bot for m in peopled.ws.dm(peopled.head)] == [False, True]


def test_a_mention_is_heard_in_a_channel_the_bot_is_in_and_nothing_else_there(peopled: LocalSlack) -> None:
    assert peopled.ws.say(peopled.head, "just talking", peopled.board).delivered is False
    answer = peopled.ws.say(peopled.head, "status", peopled.board, mention=True, replies=1)
    assert answer.said is not None
    assert answer.message.text == "mentioned: <@U0CYPPBOT> status"
    assert answer.message.thread_ts == answer.said.ts
    assert peopled.ws.say(peopled.head, "status", peopled.closed, mention=True).delivered is False
    with pytest.raises(CannotDoError, match="not in"):
        peopled.ws.say(peopled.secretary, "hello", peopled.closed)


def test_ones_own_message_can_be_changed_and_taken_back(peopled: LocalSlack) -> None:
    said = peopled.ws.say(peopled.head, "NHS number", replies=1).said
    assert said is not None
    assert peopled.ws.edit(peopled.head, said, "nothing").delivered
    assert peopled.ws.delete(peopled.head, said).delivered
    assert [m.from_bot for m in peopled.ws.dm(peopled.head)] == [True]


def test_the_home_tab_is_published_when_opened_and_its_buttons_work(peopled: LocalSlack) -> None:
    home = peopled.ws.open_home(peopled.head)
    assert home is not None
    assert home.plain() == "Yours\n[Some issues…]"
    assert peopled.ws.press(peopled.head, home, text="Some issues…").error is None
    assert peopled.ws.wait_for_view(peopled.head, lambda view: view.title == "Update")


def test_a_leaver_is_told_of_and_can_do_nothing_more(peopled: LocalSlack) -> None:
    assert peopled.ws.deactivate(peopled.secretary)
    peopled.ws.wait_for(lambda: [m.text for m in peopled.ws.messages("C0BOARD")] == ["U0SECRET has left"])
    with pytest.raises(CannotDoError, match="no account any more"):
        peopled.ws.command(peopled.secretary, "/cypp", "status")


def test_people_act_at_the_same_time(peopled: LocalSlack) -> None:
    answers: list[str | None] = []

    def ask(n: int) -> None:
        answers.append(peopled.ws.command(peopled.head, "/cypp", f"status {n}").error)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert answers == [None] * 8
    assert len({m.ts for m in peopled.ws.dm(peopled.head)}) == 8
