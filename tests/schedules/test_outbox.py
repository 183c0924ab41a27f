"""The ledger: planned once, claimed by one, never said twice; its loop lives on.

Source: docs/explanation/delivery.md, One pass.
"""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select

from models.enums import NotificationKind, NotificationState, Status
from models.files.import_plan import store_plan
from models.files.planfile import read_plan
from models.storage.scope import ALL
from models.storage.tables import Board
from models.storage.workspaces import ensure_workspace
from schedules.outbox import Outbox, Timing
from schedules.ports import Later, Refused, SendOutcome, Sent, Unknown
from schedules.preview import preview_pass
from tests.schedules.messenger import MemoryMessenger, answers, gets_lost, lands
from tests.schedules.outboxes import (
    EIGHT_LEADS,
    FAILED,
    LATER,
    ONE,
    PLANNED,
    REQUEST,
    SENT,
    THREE,
    UNKNOWN,
    second,
    world,
)
from tests.schedules.plans import WORKSPACE, local
from tests.schedules.world import table, to

pytestmark = pytest.mark.usefixtures("on_both")


# Once


def test_what_was_sent_is_not_sent_again_however_often_it_ticks(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    for minute in range(30, 50):
        sandbox.tick(f"2020-08-17 09:{minute}")
        sandbox.instant.pass_(60)
    assert table(sandbox.messenger.posts, "lead") == [("Mon 17 Aug 09:30", "request healthy-5")]
    (notification,) = sandbox.notifications()
    assert (notification.state, notification.said_at) == (NotificationState.SENT, local(REQUEST))


def test_a_restarted_sender_knows_what_was_said(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick(REQUEST)
    second(sandbox).tick(local("2020-08-17 09:31"))
    assert len(sandbox.messenger.posts) == 1


def test_two_senders_at_the_same_moment_send_each_message_once(tmp_path: Path) -> None:
    sandbox = world(tmp_path, EIGHT_LEADS)
    senders = [sandbox.outbox, *(second(sandbox) for _ in range(3))]
    together = threading.Barrier(len(senders))

    def tick(outbox: Outbox) -> None:
        together.wait(timeout=20)
        outbox.tick(local(REQUEST))

    with ThreadPoolExecutor(len(senders)) as pool:
        for done in [pool.submit(tick, one) for one in senders]:
            done.result(timeout=60)
    assert sorted(one.address for one in sandbox.messenger.posts) == [to(f"lead{n}") for n in range(8)]
    assert set(sandbox.states()) == {SENT}


def test_several_messages_are_on_their_way_at_once_and_are_told_of_in_the_order_of_the_ledger(tmp_path: Path) -> None:
    sandbox = world(tmp_path, EIGHT_LEADS)
    sandbox.outbox.at_once = 4
    together = threading.Barrier(4)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        together.wait(timeout=20)
        return lands(service, address, page, mark)

    sandbox.messenger.always = behave
    sandbox.tick(REQUEST)
    assert sorted(one.address for one in sandbox.messenger.posts) == [to(f"lead{n}") for n in range(8)]
    assert set(sandbox.states()) == {SENT}
    assert [line.recipient for line in sandbox.lines] == [one.recipient for one in sandbox.messages()]


def test_a_copy_that_comes_second_does_not_ask_for_each_message_that_the_first_has_sent(tmp_path: Path) -> None:
    sandbox = world(tmp_path, EIGHT_LEADS)
    asked_for: list[str] = []

    def the_other_sends_the_rest(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        second(sandbox).tick(local(REQUEST))
        return lands(service, address, page, mark)

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE message") and "SELECT" in statement:
            asked_for.append(statement)

    event.listen(sandbox.database.engine, "before_cursor_execute", note)
    sandbox.messenger.script = [the_other_sends_the_rest]
    sandbox.tick(REQUEST)
    assert len(sandbox.messenger.posts) == 8
    assert len(asked_for) == 2, "its own, and the first that was gone"


@pytest.mark.parametrize("at", ["open", "send", "after the send"])
def test_another_sender_that_ticks_in_the_middle_of_a_pass_sends_nothing_twice(tmp_path: Path, at: str) -> None:
    sandbox = world(tmp_path)
    other = second(sandbox)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        outcome = lands(service, address, page, mark) if at == "after the send" else None
        service.always = lands
        other.tick(local(REQUEST))
        return outcome or lands(service, address, page, mark)

    class Opening(dict[str, Sent | Later | Refused]):
        def get(self, key: str, default: object = None) -> Sent | Later | Refused:
            sandbox.messenger.opens = {}
            other.tick(local(REQUEST))
            return Sent(f"D{key}")

    if at == "open":
        sandbox.messenger.opens = Opening()
    else:
        sandbox.messenger.always = behave
    sandbox.tick(REQUEST)
    assert len(sandbox.messenger.posts) == 1
    assert sandbox.states() == [SENT]


def test_a_sender_that_was_overtaken_while_it_hung_still_posts_once(tmp_path: Path) -> None:
    """Its lease runs out inside the call; another finds the message in doubt and looks it up; then the call returns."""
    sandbox = world(tmp_path)
    other = second(sandbox)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        service.always = lands
        sandbox.instant.pass_(66)
        other.tick(local("2020-08-17 09:32"))
        assert sandbox.states() == [UNKNOWN]
        sandbox.instant.pass_(120)
        other.tick(local("2020-08-17 09:34"))
        assert len(service.looks) == 1
        return lands(service, address, page, mark)

    sandbox.messenger.always = behave
    sandbox.tick(REQUEST)
    for minute in range(35, 45):
        sandbox.instant.pass_(60)
        sandbox.tick(f"2020-08-17 09:{minute}")
    assert len(sandbox.messenger.posts) == 1
    assert sandbox.states() == [SENT]


@pytest.mark.parametrize("answer", [Later(0), Unknown("timeout"), Refused("restricted_action"), Sent("other")], ids=str)
def test_what_a_sender_learns_after_its_lease_is_over_is_not_written_over_what_another_found(
    tmp_path: Path, answer: SendOutcome
) -> None:
    """It was paused inside the call; another found the message in the history meanwhile. Then the call returns."""
    sandbox = world(tmp_path)
    other = second(sandbox)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        service.always = lands
        service.keep(address, page, mark)
        sandbox.instant.pass_(66)
        other.tick(local("2020-08-17 09:32"))
        sandbox.instant.pass_(120)
        other.tick(local("2020-08-17 09:34"))
        assert sandbox.states() == [SENT]
        return answer

    sandbox.messenger.always = behave
    sandbox.tick(REQUEST)
    assert sandbox.states() == [SENT]
    assert [part.ts for part in sandbox.parts()] == ["1.0"]
    for minute in range(35, 45):
        sandbox.instant.pass_(60)
        sandbox.tick(f"2020-08-17 09:{minute}")
    assert (len(sandbox.messenger.posts), sandbox.states()) == (1, [SENT])


def test_a_sender_that_lost_its_lease_between_two_pages_leaves_the_rest_to_whoever_has_it(tmp_path: Path) -> None:
    sandbox = world(tmp_path, THREE)
    sandbox.messenger.lines_on_a_page = 1
    other = second(sandbox)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        service.always = lands
        ts = service.keep(address, page, mark)
        sandbox.instant.pass_(66)
        other.tick(local("2020-08-17 09:32"))
        sandbox.instant.pass_(120)
        other.tick(local("2020-08-17 09:34"))
        return Sent(ts)

    sandbox.messenger.always = behave
    sandbox.tick(REQUEST)
    for minute in range(35, 45):
        sandbox.instant.pass_(60)
        sandbox.tick(f"2020-08-17 09:{minute}")
    uuid = sandbox.message().uuid
    assert sorted(one.mark for one in sandbox.messenger.posts) == [f"{uuid}:0", f"{uuid}:1", f"{uuid}:2"]
    assert sandbox.states() == [SENT]


def test_an_answer_that_comes_while_a_message_is_in_the_air_is_shown_on_it(tmp_path: Path) -> None:
    sandbox = world(tmp_path)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        sandbox.answer("healthy-5", "2020-08-17 09:30")
        return lands(service, address, page, mark)

    sandbox.messenger.script = [behave]
    sandbox.tick(REQUEST)
    (posted,) = sandbox.messenger.posts
    assert posted.asked == ["healthy-5"]
    assert posted.shown["lines"][0]["answered"]


def test_two_copies_that_change_a_message_at_the_same_time_end_with_what_is_true(tmp_path: Path) -> None:
    """One made its page before the second answer came and sends it after the other: it is changed once more."""
    sandbox = world(tmp_path)
    sandbox.tick(REQUEST)
    other = second(sandbox)
    sandbox.answer("healthy-5", "2020-08-17 09:31")
    changing = sandbox.messenger.change

    def slow(address: str, ts: str, page: str) -> SendOutcome:
        sandbox.messenger.change = changing  # type: ignore[method-assign]
        sandbox.answer("healthy-5", "2020-08-17 09:32", status=Status.OFF_TRACK)
        other.tick(local("2020-08-17 09:33"))
        return changing(address, ts, page)

    sandbox.messenger.change = slow  # type: ignore[method-assign]
    sandbox.tick("2020-08-17 09:32")
    sandbox.tick("2020-08-17 09:34")
    (posted,) = sandbox.messenger.posts
    assert posted.shown == json.loads(sandbox.parts()[0].payload)
    fresh = world(tmp_path_of(tmp_path))
    fresh.tick(REQUEST)
    fresh.answer("healthy-5", "2020-08-17 09:31")
    fresh.answer("healthy-5", "2020-08-17 09:32", status=Status.OFF_TRACK)
    fresh.tick("2020-08-17 09:34")
    assert posted.shown["lines"] == fresh.messenger.posts[0].shown["lines"]


def tmp_path_of(tmp_path: Path) -> Path:
    """A folder beside, for another world."""
    there = tmp_path / "beside"
    there.mkdir()
    return there


def test_only_its_own_workspace_is_ticked(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    with sandbox.database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0OTHER", local(REQUEST))
    with sandbox.database.write(workspace="T0OTHER") as session:
        store_plan(session, "T0OTHER", read_plan(ONE, "plan.yaml"), local(REQUEST))
        for row in session.scalars(select(Board)):
            row.started_at = local("2020-06-01 00:00")
    sandbox.tick(REQUEST)
    assert {row.workspace_id for row in sandbox.notifications()} == {WORKSPACE}
    assert len(sandbox.messenger.posts) == 1


# The loop lives on


def test_a_message_that_cannot_be_worded_does_not_stop_the_others(tmp_path: Path) -> None:
    sandbox = world(tmp_path, EIGHT_LEADS)
    sandbox.messenger.unspeakable = "healthy-0"
    seen = sandbox.tick(REQUEST)
    assert sorted(one.address for one in seen) == [to(f"lead{n}") for n in range(1, 8)]
    sandbox.messenger.unspeakable = ""
    sandbox.instant.pass_(3600)
    assert [one.address for one in sandbox.tick("2020-08-17 09:31")] == [to("lead0")]


def test_a_refusal_for_one_does_not_stop_the_others(tmp_path: Path) -> None:
    sandbox = world(tmp_path, EIGHT_LEADS)
    sandbox.messenger.script = [answers(Refused("x")), answers(Later(5)), gets_lost(posted=True)]
    assert len(sandbox.tick(REQUEST)) == 6
    assert sorted(sandbox.states()) == sorted([FAILED, LATER, UNKNOWN, *[SENT] * 5])


def test_a_sender_that_is_told_to_stop_stops_after_the_message_it_is_at(tmp_path: Path) -> None:
    sandbox = world(tmp_path, EIGHT_LEADS)

    def stops(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        sandbox.outbox.stopping.set()
        return lands(service, address, page, mark)

    sandbox.messenger.script = [stops]
    assert len(sandbox.tick(REQUEST)) == 1
    assert sorted(sandbox.states()) == sorted([SENT, *[PLANNED] * 7])
    second(sandbox).tick(local("2020-08-17 09:31"))
    assert len(sandbox.messenger.posts) == 8


def test_a_preview_says_what_would_go_and_leaves_no_trace(tmp_path: Path) -> None:
    sandbox = world(tmp_path, THREE)
    (line,) = preview_pass(sandbox.outbox, local(REQUEST))
    assert (line.kinds, line.steps, len(line.subjects)) == ((NotificationKind.UPDATE,), ("request",), 3)
    assert (sandbox.notifications(), sandbox.messages(), sandbox.messenger.sends) == ([], [], [])


def test_a_preview_names_nothing_that_waits_for_the_morning(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [answers(Later(60))]
    assert sandbox.tick("2020-08-17 17:29") == []
    sandbox.instant.pass_(60)
    assert preview_pass(sandbox.outbox, local("2020-08-17 17:31")) == []
    assert sandbox.tick("2020-08-17 17:31") == []


def test_leases_and_waits_are_settings(tmp_path: Path) -> None:
    one = timedelta(seconds=1)
    sandbox = world(tmp_path, timing=Timing(lease=one, lease_left=one / 10, look_after=one, look_again=one))
    sandbox.messenger.script = [gets_lost(posted=False)]
    for _ in range(4):
        sandbox.tick("2020-08-17 10:00")
        sandbox.instant.pass_(1)
    assert (sandbox.states(), len(sandbox.messenger.posts)) == ([SENT], 1)
