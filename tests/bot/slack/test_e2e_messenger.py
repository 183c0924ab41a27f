"""Slack as the outbox's messenger, against a Slack in trouble: what came of each call, and that none is repeated."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.clients import SlackClient
from bot.slack.messenger import SEND_TIMEOUT, SlackMessenger, sending_client
from handlers.responses import ActionLine, Content, Group
from models.enums import Status
from schedules.ports import Absent, FoundMessage, Later, NoHistory, Refused, Sent, SlackAccount, Unknown
from tests.bot.slack.e2e import OpenAt, bundle_of, when
from tests.bot.slack.test_meanings import PAGES
from tests.local_slack import Fault, LocalWorkspace

PAGE = json.dumps({"text": "hello", "blocks": []})
AGES_AGO = datetime(2020, 1, 1, tzinfo=UTC)
POST, HISTORY, OPEN, UPDATE = "chat.postMessage", "conversations.history", "conversations.open", "chat.update"


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.at, self.slept = 100.0, list[float]()

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


class Line:
    """A workspace with one person and two channels, and a messenger to it."""

    def __init__(self, workspace: LocalWorkspace) -> None:
        self.workspace, self.time = workspace, Time()
        self.messenger = self.to()

    def to(self, timeout: int = 5, page: int = 200) -> SlackMessenger:
        client = SlackClient(
            token=self.workspace.bot_token, base_url=self.workspace.api_url, timeout=timeout, retry_handlers=[]
        )
        return SlackMessenger(client, clock=self.time.now, sleep=self.time.sleep, page=page)


@pytest.fixture
def line() -> Iterator[Line]:
    with LocalWorkspace(burst=10_000, ping_interval=0.05) as workspace:
        workspace.add_user("U0LEAD", "A Lead")
        workspace.add_channel("C0BOARD", "board", members=["U0LEAD"])
        workspace.add_channel("C0OTHER", "other", members=["U0LEAD"])
        workspace.add_channel("C0CLOSED", "closed", members=["U0LEAD"], bot_is_member=False)
        yield Line(workspace)


def test_a_page_is_sent_with_its_opaque_mark_and_found_again_by_it(line: Line) -> None:
    sent = line.messenger.send("C0BOARD", PAGE, "uuid-1:0")
    assert isinstance(sent, Sent)
    (message,) = line.workspace.messages("C0BOARD")
    assert message.metadata == {"event_type": "cypp_message", "event_payload": {"id": "uuid-1:0"}}
    assert message.thread_ts is None
    assert line.messenger.find("C0BOARD", "uuid-1:0", AGES_AGO) == FoundMessage(sent.ts)
    assert line.messenger.find("C0BOARD", "uuid-1:1", AGES_AGO) == Absent()
    assert line.messenger.find("C0OTHER", "uuid-1:0", AGES_AGO) == Absent()


def test_slack_says_when_to_come_back(line: Line) -> None:
    line.workspace.faults.add(POST, Fault.ratelimited(17))
    assert line.messenger.send("C0BOARD", PAGE, "m") == Later(17.0)
    assert line.time.slept == [], "a claim is not held asleep"
    assert line.workspace.messages("C0BOARD") == []


@pytest.mark.parametrize(
    ("fault", "posted"),
    [
        (Fault.http(500), 0),
        (Fault.http(503), 0),
        (Fault.http(500, applied=True), 1),
        (Fault.dropped_unread(), 0),
        (Fault.dropped_applied(), 1),
        (Fault.hangs(20), 0),
        (Fault.answers_late(3), 1),
        (Fault.error("internal_error"), 0),
        (Fault.error("internal_error", applied=True), 1),
        (Fault.error("fatal_error", applied=True), 1),
        (Fault.error("service_unavailable"), 0),
    ],
    ids=lambda value: str(getattr(value, "kind", value)),
)
def test_what_may_have_been_posted_is_unknown_and_is_not_posted_again(line: Line, fault: Fault, posted: int) -> None:
    messenger = line.to(timeout=1)
    line.workspace.faults.add(POST, fault)
    assert isinstance(messenger.send("C0BOARD", PAGE, "m"), Unknown)
    assert len(line.workspace.calls_of(POST)) == 1, "one call, never a retry"
    assert len(line.workspace.messages("C0BOARD")) == posted
    looked = messenger.find("C0BOARD", "m", AGES_AGO)
    assert isinstance(looked, FoundMessage if posted else Absent)


@pytest.mark.parametrize("applied", [False, True], ids=["not posted", "posted"])
@pytest.mark.parametrize("status", [200, 403, 407])
def test_a_page_of_somebody_elses_is_unknown_and_is_looked_up(line: Line, status: int, applied: bool) -> None:
    line.workspace.faults.add(POST, Fault.page(status=status, applied=applied))
    assert line.messenger.send("C0BOARD", PAGE, "m") == Unknown(f"no answer of Slack's (HTTP {status})")
    looked = line.messenger.find("C0BOARD", "m", AGES_AGO)
    assert isinstance(looked, FoundMessage if applied else Absent)


def test_a_page_in_the_place_of_a_history_or_a_conversation_passes(line: Line) -> None:
    for method in (OPEN, HISTORY, UPDATE):
        line.workspace.faults.add(method, Fault.page())
    assert isinstance(line.messenger.open(SlackAccount("T0DEMO", "U0LEAD")), Later)
    assert isinstance(line.messenger.find("C0BOARD", "m", AGES_AGO), Later)
    assert isinstance(line.messenger.change("C0BOARD", "1.1", PAGE), Unknown)


@pytest.mark.parametrize("name", ["invalid_auth", "token_revoked", "account_inactive"])
def test_a_look_without_a_good_token_is_taken_again_later(line: Line, name: str) -> None:
    line.workspace.faults.add(HISTORY, Fault.error(name))
    assert line.messenger.find("C0BOARD", "m", AGES_AGO) == Later(300.0)


def test_a_limited_look_goes_on_where_it_stopped(line: Line) -> None:
    """A page of history a minute: what Slack allows to apps that are sold outside its Marketplace."""
    sent = line.messenger.send("C0BOARD", PAGE, "the first")
    for number in range(8):
        line.workspace.say("U0LEAD", f"chat {number}", "C0BOARD")
    messenger = line.to(page=3)
    for _ in range(2):
        line.workspace.faults.add(HISTORY, Fault.ratelimited(60), when=lambda args: bool(args.get("cursor")))
        assert messenger.find("C0BOARD", "the first", AGES_AGO) == Later(60.0)
    assert messenger.find("C0BOARD", "the first", AGES_AGO) == FoundMessage(sent.ts)  # type: ignore[union-attr]
    pages = [call.args.get("cursor", "") for call in line.workspace.calls_of(HISTORY) if call.fault is None]
    assert len(pages) == len(set(pages)) == 3


def test_the_history_of_an_app_that_is_sold_comes_fifteen_messages_a_minute() -> None:
    """A minute takes a fifth of a second here."""
    with LocalWorkspace(burst=10_000, ping_interval=0.05, limited_history=0.2) as workspace:
        workspace.add_user("U0LEAD", "A Lead")
        workspace.add_channel("C0BOARD", "board", members=["U0LEAD"])
        line = Line(workspace)
        sent = line.messenger.send("C0BOARD", PAGE, "the first")
        for number in range(40):
            workspace.say("U0LEAD", f"chat {number}", "C0BOARD")
        looks = []
        while isinstance(look := line.messenger.find("C0BOARD", "the first", AGES_AGO), Later):
            looks.append(look)
            time.sleep(0.2)
        assert look == FoundMessage(sent.ts)  # type: ignore[union-attr]
        assert looks == [Later(1.0)] * 2
        assert [call.status for call in workspace.calls_of(HISTORY)] == [200, 429, 200, 429, 200]


def test_a_post_that_arrives_after_the_timeout_is_found_later(line: Line) -> None:
    messenger = line.to(timeout=1)
    line.workspace.faults.add(POST, Fault.arrives_late(1.3))
    assert isinstance(messenger.send("C0BOARD", PAGE, "m"), Unknown)
    assert messenger.find("C0BOARD", "m", AGES_AGO) == Absent()
    line.workspace.wait_for(lambda: line.workspace.messages("C0BOARD"), 3)
    assert isinstance(messenger.find("C0BOARD", "m", AGES_AGO), FoundMessage)


@pytest.mark.parametrize(
    "name",
    ["channel_not_found", "not_in_channel", "is_archived", "invalid_blocks", "msg_too_long"],
)
def test_what_slack_will_not_take_is_refused_by_its_own_word(line: Line, name: str) -> None:
    line.workspace.faults.add(POST, Fault.error(name))
    assert line.messenger.send("C0BOARD", PAGE, "m") == Refused(name)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_somebody_elses_is_taken_for_a_success_a_refusal_or_an_absence(line: Line, page: str) -> None:
    for method in (POST, OPEN, HISTORY, UPDATE):
        line.workspace.faults.add(method, PAGES[page])
    assert isinstance(line.messenger.send("C0BOARD", PAGE, "m"), Unknown)
    assert isinstance(line.messenger.open(SlackAccount("T0DEMO", "U0LEAD")), Later)
    assert isinstance(line.messenger.find("C0BOARD", "m", AGES_AGO), Later)
    assert isinstance(line.messenger.change("C0BOARD", "1.1", PAGE), Unknown)
    if not page.startswith("ok, and"):
        line.workspace.faults.add("views.publish", PAGES[page])
        home = json.dumps({"view": {"type": "home", "blocks": []}})
        assert isinstance(line.messenger.change("home:U0LEAD", "1", home), Unknown)
    assert isinstance(line.messenger.send("C0BOARD", PAGE, "m"), Sent)


def test_a_history_that_is_no_list_is_no_absence(line: Line) -> None:
    for messages in ("{}", "null", '""', "[[]]"):
        body = f'{{"ok": true, "messages": {messages}}}'
        line.workspace.faults.add(HISTORY, Fault.page(body, content_type="application/json"))
        assert isinstance(line.messenger.find("C0BOARD", "m", AGES_AGO), Later), messages


@pytest.mark.parametrize("name", ["invalid_auth", "token_revoked", "account_inactive"])
def test_a_token_that_is_not_accepted_is_no_fault_of_the_message(line: Line, name: str) -> None:
    line.workspace.faults.add(POST, Fault.error(name))
    assert line.messenger.send("C0BOARD", PAGE, "m") == Later(300.0)
    assert isinstance(line.messenger.send("C0BOARD", PAGE, "m"), Sent)


def test_the_workspaces_own_refusals_are_refusals_too(line: Line) -> None:
    assert line.messenger.send("C0CLOSED", PAGE, "m") == Refused("not_in_channel")
    assert line.messenger.send("C0NOWHERE", PAGE, "m") == Refused("channel_not_found")


def test_nobody_at_home_is_no_doubt(line: Line) -> None:
    line.workspace.stop()
    assert isinstance(line.messenger.send("C0BOARD", PAGE, "m"), Later)
    assert isinstance(line.messenger.find("C0BOARD", "m", AGES_AGO), Later)
    assert isinstance(line.messenger.open(SlackAccount("T0DEMO", "U0LEAD")), Later)


# -- looking up


def test_a_message_is_found_over_pages(line: Line) -> None:
    messenger = line.to(page=3)
    sent = messenger.send("C0BOARD", PAGE, "the first")
    for number in range(10):
        line.workspace.say("U0LEAD", f"chat {number}", "C0BOARD")
    assert isinstance(sent, Sent)
    line.workspace.forget_calls()
    assert messenger.find("C0BOARD", "the first", AGES_AGO) == FoundMessage(sent.ts)
    assert len(line.workspace.calls_of(HISTORY)) == 4
    assert messenger.find("C0BOARD", "another", AGES_AGO) == Absent()


def test_what_lies_deeper_than_one_looks_is_not_called_absent(line: Line) -> None:
    messenger = line.to(page=1)
    messenger.send("C0BOARD", PAGE, "the first")
    for number in range(25):
        line.workspace.say("U0LEAD", f"chat {number}", "C0BOARD")
    assert isinstance(messenger.find("C0BOARD", "the first", AGES_AGO), NoHistory)


def test_what_was_said_before_the_first_attempt_is_not_looked_at(line: Line) -> None:
    line.messenger.send("C0BOARD", PAGE, "m")
    since = datetime.now(UTC) + timedelta(days=365 * 50)
    assert line.messenger.find("C0BOARD", "m", since) == Absent()


@pytest.mark.parametrize("name", ["missing_scope", "channel_not_found", "not_in_channel"])
def test_where_there_is_no_history_to_be_had_that_is_said(line: Line, name: str) -> None:
    line.workspace.faults.add(HISTORY, Fault.error(name))
    assert line.messenger.find("C0BOARD", "m", AGES_AGO) == NoHistory(name)


@pytest.mark.parametrize(
    ("fault", "after"),
    [(Fault.ratelimited(9), 9.0), (Fault.http(502), 60), (Fault.error("internal_error"), 60), (Fault.hangs(9), 60)],
    ids=["rate", "502", "internal", "hang"],
)
def test_a_look_that_fails_is_taken_again_later(line: Line, fault: Fault, after: float) -> None:
    line.workspace.faults.add(HISTORY, fault)
    assert line.to(timeout=1).find("C0BOARD", "m", AGES_AGO) == Later(after)


# -- opening and changing


def test_a_conversation_is_opened_or_refused(line: Line) -> None:
    opened = line.messenger.open(SlackAccount("T0DEMO", "U0LEAD"))
    assert isinstance(opened, Sent)
    assert isinstance(line.messenger.send(opened.ts, PAGE, "m"), Sent)
    assert len([one for one in line.workspace.dm("U0LEAD") if one.metadata]) == 1
    line.workspace.deactivate("U0LEAD")
    assert line.messenger.open(SlackAccount("T0DEMO", "U0LEAD")) == Refused("user_disabled")
    assert isinstance(line.messenger.open(SlackAccount("T0DEMO", "U0NOBODY")), Refused)


def test_opening_again_does_no_harm_so_doubt_is_only_later(line: Line) -> None:
    line.workspace.faults.add(OPEN, Fault.dropped_applied())
    assert line.messenger.open(SlackAccount("T0DEMO", "U0LEAD")) == Later(60)
    line.workspace.faults.add(OPEN, Fault.ratelimited(4))
    assert line.messenger.open(SlackAccount("T0DEMO", "U0LEAD")) == Later(4.0)


def test_a_page_is_changed_in_place(line: Line) -> None:
    sent = line.messenger.send("C0BOARD", PAGE, "m")
    assert isinstance(sent, Sent)
    other = json.dumps({"text": "changed", "blocks": []})
    for _ in range(2):
        assert line.messenger.change("C0BOARD", sent.ts, other) == Sent(sent.ts)
    (message,) = line.workspace.messages("C0BOARD")
    assert message.text == "changed"
    assert message.metadata is not None, "what was changed can still be found"
    assert line.messenger.change("C0BOARD", "1.1", other) == Refused("message_not_found")
    line.workspace.faults.add(UPDATE, Fault.http(500))
    assert isinstance(line.messenger.change("C0BOARD", sent.ts, other), Unknown)


# -- one a second a channel, and no retries


def test_one_message_a_second_a_channel(line: Line) -> None:
    for number in range(3):
        line.messenger.send("C0BOARD", PAGE, f"m{number}")
    assert line.time.slept == [1.0, 1.0]
    line.messenger.send("C0OTHER", PAGE, "x")
    assert line.time.slept == [1.0, 1.0], "another channel need not wait"
    line.time.at += 5
    line.messenger.send("C0BOARD", PAGE, "m9")
    assert line.time.slept == [1.0, 1.0]


def test_the_second_counts_from_the_answer_since_a_post_may_be_held_up_on_its_way(line: Line) -> None:
    line.workspace.faults.add(POST, Fault.answers_late(0.3))
    begun = time.monotonic()
    messenger = SlackMessenger(
        line.messenger.client, clock=lambda: time.monotonic() - begun + sum(line.time.slept), sleep=line.time.sleep
    )
    messenger.send("C0BOARD", PAGE, "late")
    messenger.send("C0BOARD", PAGE, "next")
    assert sum(line.time.slept) > 0.8, "from when it was sent, it would be 0.7 s"


def test_the_real_clock_keeps_the_pace_that_slack_asks_for() -> None:
    with LocalWorkspace(rate=1.0, burst=2, ping_interval=0.05) as workspace:
        workspace.add_channel("C0BOARD", "board")
        messenger = SlackMessenger(sending_client(workspace.bot_token, workspace.api_url))
        assert [type(messenger.send("C0BOARD", PAGE, str(number))) for number in range(3)] == [Sent, Sent, Sent]


def test_the_client_for_keyed_messages_never_retries_and_gives_up_after_five_seconds() -> None:
    client = sending_client("xoxb-x", "http://127.0.0.1:9/api/")
    assert client.retry_handlers == []
    assert client.timeout == SEND_TIMEOUT == 5


def test_the_running_bots_messages_are_not_retried(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 9))
    sandbox.workspace.faults.add(POST, Fault.dropped_applied())
    sandbox.advance(when(8, 17, 9, 30))
    marks = [json.dumps(call.args.get("metadata")) for call in sandbox.workspace.calls_of(POST)]
    assert len(marks) == len(set(marks)) > 5
    asked = [one for user, _ in sandbox.people() for one in sandbox.workspace.dm(user) if one.metadata]
    assert len(asked) == len(marks)
    assert bundle_of(sandbox, "U0HEADEDU").text.startswith("3 actions of yours need an update")


def test_pages_of_a_long_reply_are_each_ready_to_be_kept_and_sent(line: Line) -> None:
    rows = tuple(ActionLine(f"ref-{number}", "words " * 40, Status.ON_TRACK) for number in range(120))
    pages = line.messenger.pages(Content("Many actions.", groups=(Group(lines=rows),)))
    assert len(pages) > 1
    results = [line.messenger.send("C0BOARD", page, f"m:{number}") for number, page in enumerate(pages)]
    assert all(isinstance(result, Sent) for result in results)
    assert sum(one.plain(10_000).count("ref-") for one in line.workspace.messages("C0BOARD")) == 120


REASONS = ("0f3a", "77bc")
FOUND_BY = ["page-1:0", "0f3a", "77bc"]
NOT_FOUND_BY = ["0f3", "f3a", "77bc 0f3a", "0f3a 77bc", "", "id", "page-1"]


def test_reasons_are_one_text_in_the_metadata_and_each_is_found(line: Line) -> None:
    sent = line.messenger.send("C0BOARD", PAGE, "page-1:0", REASONS)
    assert isinstance(sent, Sent)
    [posted] = line.workspace.messages("C0BOARD")
    assert posted.metadata == {
        "event_type": "cypp_message",
        "event_payload": {"id": "page-1:0", "for": "0f3a 77bc"},
    }
    for mark in FOUND_BY:
        assert line.messenger.find("C0BOARD", mark, AGES_AGO) == FoundMessage(sent.ts)
    for mark in NOT_FOUND_BY:
        assert line.messenger.find("C0BOARD", mark, AGES_AGO) == Absent()


def test_reasons_that_an_older_version_listed_are_found_too(line: Line) -> None:
    sent = line.messenger.send("C0BOARD", PAGE, "page-1:0")
    assert isinstance(sent, Sent)
    old = {"event_type": "cypp_message", "event_payload": {"id": "page-1:0", "for": list(REASONS)}}
    message = line.workspace._core.state.find_message("C0BOARD", sent.ts)
    assert message is not None
    message.metadata = old
    assert line.messenger.find("C0BOARD", "77bc", AGES_AGO) == FoundMessage(sent.ts)
    assert line.messenger.find("C0BOARD", "77", AGES_AGO) == Absent()
