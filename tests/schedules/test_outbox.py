"""The ledger (DESIGN.md section 8): planned once, claimed by one, rechecked, never said twice, whatever happens."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select

from models.db import Database
from models.enums import AskKind, AskState, DeliveryState, Status
from models.importing import store_plan
from models.planfile import read_plan
from models.tables import Board, Person
from models.workspaces import ensure_workspace
from schedules.outbox import Outbox, Timing
from schedules.planning import NOT_THEIRS
from schedules.ports import Later, NoHistory, Outcome, Refused, Sent, Unknown
from schedules.refreshing import ANSWERED_ABOVE
from tests.schedules.support import (
    WORKSPACE,
    MemoryMessenger,
    World,
    a_plan,
    action,
    answers,
    board,
    gets_lost,
    lands,
    local,
    person,
    post,
    slack_id,
    table,
    to,
)

pytestmark = pytest.mark.usefixtures("on_both")

BOARDS = [board("partnership", "2020-09-16", "2020-12-08")]
ONE = a_plan(boards=BOARDS, actions=[action("healthy-5", due="2020-09-16")])
THREE = a_plan(boards=BOARDS, actions=[action(f"healthy-{n}", due="2020-09-16") for n in (5, 6, 7)])
EIGHT_LEADS = a_plan(
    boards=BOARDS,
    posts=[post(f"lead{n}") for n in range(8)],
    actions=[action(f"healthy-{n}", due="2020-09-16", lead=f"lead{n}") for n in range(8)],
)
REQUEST = "2020-08-17 09:30"
SENT, LATER, UNKNOWN, FAILED = DeliveryState.SENT, DeliveryState.LATER, DeliveryState.UNKNOWN, DeliveryState.FAILED
PLANNED, CLAIMED, CANCELLED = DeliveryState.PLANNED, DeliveryState.CLAIMED, DeliveryState.CANCELLED


def world(tmp_path: Path, plan: str = ONE, **more: object) -> World:
    return World(tmp_path, plan, **more)  # type: ignore[arg-type]


def second(town: World) -> Outbox:
    """Another sender on the same database, with an engine of its own."""
    return Outbox(Database(town.database.url), WORKSPACE, town.messenger, town.instant, town.timing)


# Once


def test_what_was_sent_is_not_sent_again_however_often_it_ticks(tmp_path: Path) -> None:
    town = world(tmp_path)
    for minute in range(30, 50):
        town.tick(f"2020-08-17 09:{minute}")
        town.instant.pass_(60)
    assert table(town.messenger.posts, "lead") == [("Mon 17 Aug 09:30", "request healthy-5")]
    (ask,) = town.asks()
    assert (ask.state, ask.said_at) == (AskState.SENT, local(REQUEST))


def test_a_restarted_sender_knows_what_was_said(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick(REQUEST)
    second(town).tick(local("2020-08-17 09:31"))
    assert len(town.messenger.posts) == 1


def test_two_senders_at_the_same_moment_send_each_message_once(tmp_path: Path) -> None:
    town = world(tmp_path, EIGHT_LEADS)
    senders = [town.outbox, *(second(town) for _ in range(3))]
    together = threading.Barrier(len(senders))

    def tick(outbox: Outbox) -> None:
        together.wait(timeout=20)
        outbox.tick(local(REQUEST))

    with ThreadPoolExecutor(len(senders)) as pool:
        for done in [pool.submit(tick, one) for one in senders]:
            done.result(timeout=60)
    assert sorted(one.address for one in town.messenger.posts) == [to(f"lead{n}") for n in range(8)]
    assert set(town.states()) == {SENT}


def test_several_messages_are_on_their_way_at_once_and_are_told_of_in_the_order_of_the_ledger(tmp_path: Path) -> None:
    town = world(tmp_path, EIGHT_LEADS)
    town.outbox.at_once = 4
    together = threading.Barrier(4)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> Outcome:
        together.wait(timeout=20)
        return lands(service, address, page, mark)

    town.messenger.always = behave
    town.tick(REQUEST)
    assert sorted(one.address for one in town.messenger.posts) == [to(f"lead{n}") for n in range(8)]
    assert set(town.states()) == {SENT}
    assert [line.recipient for line in town.lines] == [one.recipient for one in town.deliveries()]


def test_a_copy_that_comes_second_does_not_ask_for_each_message_that_the_first_has_sent(tmp_path: Path) -> None:
    town = world(tmp_path, EIGHT_LEADS)
    asked_for: list[str] = []

    def the_other_sends_the_rest(service: MemoryMessenger, address: str, page: str, mark: str) -> Outcome:
        second(town).tick(local(REQUEST))
        return lands(service, address, page, mark)

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE delivery") and "SELECT" in statement:
            asked_for.append(statement)

    event.listen(town.database.engine, "before_cursor_execute", note)
    town.messenger.script = [the_other_sends_the_rest]
    town.tick(REQUEST)
    assert len(town.messenger.posts) == 8
    assert len(asked_for) == 2, "its own, and the first that was gone"


@pytest.mark.parametrize("at", ["open", "send", "after the send"])
def test_another_sender_that_ticks_in_the_middle_of_a_pass_sends_nothing_twice(tmp_path: Path, at: str) -> None:
    town = world(tmp_path)
    other = second(town)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> Outcome:
        outcome = lands(service, address, page, mark) if at == "after the send" else None
        service.always = lands
        other.tick(local(REQUEST))
        return outcome or lands(service, address, page, mark)

    class Opening(dict[str, Sent | Later | Refused]):
        def get(self, key: str, default: object = None) -> Sent | Later | Refused:  # type: ignore[override]
            town.messenger.opens = {}
            other.tick(local(REQUEST))
            return Sent(f"D{key}")

    if at == "open":
        town.messenger.opens = Opening()
    else:
        town.messenger.always = behave
    town.tick(REQUEST)
    assert len(town.messenger.posts) == 1
    assert town.states() == [SENT]


def test_a_sender_that_was_overtaken_while_it_hung_still_posts_once(tmp_path: Path) -> None:
    """Its lease runs out inside the call; another finds the message in doubt and looks it up; then the call returns."""
    town = world(tmp_path)
    other = second(town)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> Outcome:
        service.always = lands
        town.instant.pass_(66)
        other.tick(local("2020-08-17 09:32"))
        assert town.states() == [UNKNOWN]
        town.instant.pass_(120)
        other.tick(local("2020-08-17 09:34"))
        assert len(service.looks) == 1
        return lands(service, address, page, mark)

    town.messenger.always = behave
    town.tick(REQUEST)
    for minute in range(35, 45):
        town.instant.pass_(60)
        town.tick(f"2020-08-17 09:{minute}")
    assert len(town.messenger.posts) == 1
    assert town.states() == [SENT]


@pytest.mark.parametrize("answer", [Later(0), Unknown("timeout"), Refused("restricted_action"), Sent("other")], ids=str)
def test_what_a_sender_learns_after_its_lease_is_over_is_not_written_over_what_another_found(
    tmp_path: Path, answer: Outcome
) -> None:
    """It was paused inside the call; another found the message in the history meanwhile. Then the call returns."""
    town = world(tmp_path)
    other = second(town)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> Outcome:
        service.always = lands
        service.keep(address, page, mark)
        town.instant.pass_(66)
        other.tick(local("2020-08-17 09:32"))
        town.instant.pass_(120)
        other.tick(local("2020-08-17 09:34"))
        assert town.states() == [SENT]
        return answer

    town.messenger.always = behave
    town.tick(REQUEST)
    assert town.states() == [SENT]
    assert [part.ts for part in town.parts()] == ["1.0"]
    for minute in range(35, 45):
        town.instant.pass_(60)
        town.tick(f"2020-08-17 09:{minute}")
    assert (len(town.messenger.posts), town.states()) == (1, [SENT])


def test_a_sender_that_lost_its_lease_between_two_pages_leaves_the_rest_to_whoever_has_it(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    town.messenger.lines_on_a_page = 1
    other = second(town)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> Outcome:
        service.always = lands
        ts = service.keep(address, page, mark)
        town.instant.pass_(66)
        other.tick(local("2020-08-17 09:32"))
        town.instant.pass_(120)
        other.tick(local("2020-08-17 09:34"))
        return Sent(ts)

    town.messenger.always = behave
    town.tick(REQUEST)
    for minute in range(35, 45):
        town.instant.pass_(60)
        town.tick(f"2020-08-17 09:{minute}")
    uuid = town.delivery().uuid
    assert sorted(one.mark for one in town.messenger.posts) == [f"{uuid}:0", f"{uuid}:1", f"{uuid}:2"]
    assert town.states() == [SENT]


def test_an_answer_that_comes_while_a_message_is_in_the_air_is_shown_on_it(tmp_path: Path) -> None:
    town = world(tmp_path)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> Outcome:
        town.answer("healthy-5", "2020-08-17 09:30")
        return lands(service, address, page, mark)

    town.messenger.script = [behave]
    town.tick(REQUEST)
    (posted,) = town.messenger.posts
    assert posted.asked == ["healthy-5"]
    assert posted.shown["lines"][0]["answered"]


def test_two_copies_that_change_a_message_at_the_same_time_end_with_what_is_true(tmp_path: Path) -> None:
    """One made its page before the second answer came and sends it after the other: it is changed once more."""
    town = world(tmp_path)
    town.tick(REQUEST)
    other = second(town)
    town.answer("healthy-5", "2020-08-17 09:31")
    changing = town.messenger.change

    def slow(address: str, ts: str, page: str) -> Outcome:
        town.messenger.change = changing  # type: ignore[method-assign]
        town.answer("healthy-5", "2020-08-17 09:32", status=Status.OFF_TRACK)
        other.tick(local("2020-08-17 09:33"))
        return changing(address, ts, page)

    town.messenger.change = slow  # type: ignore[method-assign]
    town.tick("2020-08-17 09:32")
    town.tick("2020-08-17 09:34")
    (posted,) = town.messenger.posts
    assert posted.shown == json.loads(town.parts()[0].payload)
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
    town = world(tmp_path)
    with town.database.write() as session:
        ensure_workspace(session, "T0OTHER", local(REQUEST))
        store_plan(session, "T0OTHER", read_plan(ONE, "plan.yaml"), local(REQUEST))
        for row in session.scalars(select(Board)):
            row.started_at = local("2020-06-01 00:00")
    town.tick(REQUEST)
    assert {row.workspace_id for row in town.asks()} == {WORKSPACE}
    assert len(town.messenger.posts) == 1


# The recheck at the claim


def wait_before_the_claim(town: World, *who: str) -> None:
    """Nobody's conversation can be opened for five minutes: messages are planned, and wait."""
    town.messenger.opens = {slack_id(one): Later(300) for one in who or ("lead",)}


def open_again(town: World) -> None:
    town.messenger.opens = {}
    town.instant.pass_(300)


def test_an_ask_that_was_answered_before_it_went_lapses_and_its_empty_message_is_cancelled(tmp_path: Path) -> None:
    town = world(tmp_path)
    wait_before_the_claim(town)
    assert town.tick(REQUEST) == []
    assert town.states() == [PLANNED]
    town.answer("healthy-5", "2020-08-17 09:32")
    open_again(town)
    assert town.tick("2020-08-17 09:35") == []
    assert town.states() == [CANCELLED]
    assert town.asks_on("healthy-5") == [("request", AskState.LAPSED, "answered")]


def test_a_cancelled_message_gives_its_place_in_the_week_back(tmp_path: Path) -> None:
    town = world(tmp_path)
    wait_before_the_claim(town)
    town.tick(REQUEST)
    entry = town.answer("healthy-5", "2020-08-17 09:32")
    open_again(town)
    town.tick("2020-08-17 09:35")
    town.undo(entry, "2020-08-17 09:36")
    assert table(town.tick("2020-08-17 09:37"), "lead") == [("Mon 17 Aug 09:37", "request healthy-5")]
    assert town.states() == [CANCELLED, SENT]


def test_what_is_left_of_a_message_is_sent(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    wait_before_the_claim(town)
    town.tick(REQUEST)
    town.answer("healthy-6", "2020-08-17 09:32")
    open_again(town)
    assert table(town.tick("2020-08-17 09:35"), "lead") == [("Mon 17 Aug 09:35", "request healthy-5, healthy-7")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda town: town.replan("healthy-5", "2020-12-08", "2020-08-17 09:32"), "answered"),
        (
            lambda town: town.move("partnership", "2020-09-16", "2020-09-17", "2020-08-17 09:32"),
            "the meeting was moved or cancelled",
        ),
        (
            lambda town: town.cancel("partnership", "2020-09-16", "2020-08-17 09:32"),
            "the meeting was moved or cancelled",
        ),
        (lambda town: town.snooze("lead", "healthy-5", "2020-08-17 09:32"), "snoozed"),
        (lambda town: town.takes_over("newcomer", "lead"), NOT_THEIRS),
    ],
)
def test_an_ask_that_no_longer_holds_for_another_cause_lapses_too(tmp_path: Path, change: object, reason: str) -> None:
    town = world(tmp_path)
    wait_before_the_claim(town)
    town.tick(REQUEST)
    change(town)  # type: ignore[operator]
    open_again(town)
    town.tick("2020-08-17 09:35")
    assert table(town.messenger.posts, "lead") == []
    assert town.asks_on("healthy-5")[0] == ("request", AskState.LAPSED, reason)


def test_a_newcomer_in_the_post_is_asked_instead(tmp_path: Path) -> None:
    town = world(tmp_path)
    wait_before_the_claim(town)
    town.tick(REQUEST)
    town.takes_over("newcomer", "lead")
    open_again(town)
    assert table(town.tick("2020-08-17 09:35"), "lead", "newcomer") == [("Mon 17 Aug 09:35", "request healthy-5")]
    assert town.messenger.posts[0].address == to("newcomer")


def test_what_is_owed_more_while_a_message_waits_joins_it(tmp_path: Path) -> None:
    town = world(tmp_path, a_plan(boards=BOARDS, actions=[action("x-1", due="2020-09-16"), action("x-2")]))
    wait_before_the_claim(town)
    town.tick(REQUEST)
    town.replan("x-2", "2020-09-16", "2020-08-17 09:32")
    open_again(town)
    assert table(town.tick("2020-08-17 09:35"), "lead") == [("Mon 17 Aug 09:35", "request x-1, x-2")]


# Later, refused


def test_a_message_that_is_put_off_waits_as_long_as_the_service_says(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.script = [answers(Later(30))]
    assert town.tick(REQUEST) == []
    assert town.states() == [LATER]
    town.instant.pass_(29)
    assert town.tick("2020-08-17 09:31") == []
    town.instant.pass_(1)
    assert len(town.tick("2020-08-17 09:32")) == 1
    assert (town.states(), town.delivery().attempts) == ([SENT], 2)


def test_a_refused_message_has_failed_and_the_secretary_is_told_once(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.script = [answers(Refused("restricted_action"))]
    assert town.tick(REQUEST) == []
    assert town.asks_on("healthy-5") == [("request", AskState.FAILED, "restricted_action")]
    (told,) = town.tick("2020-08-17 09:31")
    assert told.address == to("clerk")
    assert told.headline == "A message to lead about healthy-5 did not arrive."
    assert "The reason given: restricted action. Please tell them yourself." in told.page["intro"]
    later = town.run("2020-08-17 09:32", "2020-08-25 12:00")
    assert later == []


def test_a_notice_to_the_only_secretary_that_is_refused_is_told_to_the_administrators(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.script = [answers(Refused("restricted_action"))]
    seen = town.run("2020-09-02 09:30", "2020-09-04 12:00")
    assert table(seen, "admin", "clerk") == [("Thu 3 Sep 09:30", "not delivered")]
    assert seen[0].address == to("admin")


def test_somebody_who_cannot_be_written_to_is_on_record_and_the_secretary_is_told(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.opens = {slack_id("lead"): Refused("user_disabled")}
    assert town.tick(REQUEST) == []
    assert table(town.tick("2020-08-17 09:31"), "clerk") == [("Mon 17 Aug 09:31", "not delivered")]
    with town.database.read() as session:
        assert session.scalars(select(Person).where(Person.name == "lead")).one().unreachable == "user_disabled"
    town.run("2020-08-17 09:32", "2020-09-01 12:00")
    assert table(town.messenger.posts, "lead") == []
    assert town.asks_on("healthy-5")[1:] == [
        ("reminder", AskState.LAPSED, "no account"),
        ("last call", AskState.LAPSED, "no account"),
    ]


def test_a_notice_that_is_refused_itself_is_told_to_nobody_for_ever(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.always = answers(Refused("restricted_action"))
    for minute in range(30, 40):
        town.tick(f"2020-08-17 09:{minute}")
        town.instant.pass_(60)
    assert [ask.kind for ask in town.asks()] == [AskKind.UPDATE, AskKind.FAILED]
    assert town.states() == [FAILED, FAILED]


# Unknown


def doubt(town: World, *, posted: bool) -> None:
    town.messenger.script = [gets_lost(posted=posted)]
    town.tick(REQUEST)
    assert town.states() == [UNKNOWN]


def test_a_doubtful_message_is_looked_up_no_sooner_than_two_minutes_later_and_found(tmp_path: Path) -> None:
    town = world(tmp_path)
    doubt(town, posted=True)
    town.instant.pass_(119)
    town.tick("2020-08-17 09:32")
    assert town.messenger.looks == []
    town.instant.pass_(1)
    town.tick("2020-08-17 09:33")
    assert len(town.messenger.looks) == 1
    assert town.states() == [SENT]
    town.run("2020-08-17 09:34", "2020-08-24 12:00")
    assert len(town.messenger.sends) == 1
    assert town.asks_on("healthy-5") == [("request", AskState.SENT, "")]


def test_absent_it_is_looked_up_again_a_minute_later_and_only_then_sent_again(tmp_path: Path) -> None:
    town = world(tmp_path)
    doubt(town, posted=False)
    attempt = town.instant()
    town.instant.pass_(120)
    town.tick("2020-08-17 09:33")
    town.instant.pass_(59)
    town.tick("2020-08-17 09:34")
    assert len(town.messenger.looks) == 1
    town.instant.pass_(1)
    town.tick("2020-08-17 09:35")
    assert [since for _, since in town.messenger.looks] == [attempt - timedelta(minutes=5)] * 2
    assert (len(town.messenger.sends), town.messenger.posts) == (1, [])
    town.tick("2020-08-17 09:36")
    assert (len(town.messenger.sends), len(town.messenger.posts)) == (2, 1)
    assert town.states() == [SENT]


def test_a_message_that_shows_up_late_is_found_by_the_second_look(tmp_path: Path) -> None:
    town = world(tmp_path)
    doubt(town, posted=False)
    town.instant.pass_(120)
    town.tick("2020-08-17 09:33")
    (address, mark), page = town.messenger.sends[0], town.parts()[0].payload
    town.messenger.keep(address, page, mark)
    town.instant.pass_(60)
    town.tick("2020-08-17 09:34")
    town.run("2020-08-17 09:35", "2020-08-20 12:00")
    assert (len(town.messenger.posts), town.states()) == (1, [SENT])


def test_every_look_goes_back_to_the_first_attempt_however_many_there_were(tmp_path: Path) -> None:
    town = world(tmp_path)
    first = town.instant()
    town.messenger.script = [gets_lost(posted=False), gets_lost(posted=False), gets_lost(posted=False)]
    for _ in range(16):
        town.tick("2020-08-17 12:00")
        town.instant.pass_(60)
    assert {since for _, since in town.messenger.looks} == {first - timedelta(minutes=5)}
    assert (len(town.messenger.posts), town.states()) == (1, [SENT])
    assert town.delivery().attempts == 4


def test_what_was_answered_while_a_lost_message_was_looked_for_is_not_sent_again(tmp_path: Path) -> None:
    town = world(tmp_path)
    doubt(town, posted=False)
    town.answer("healthy-5", "2020-08-17 09:32")
    for _ in range(6):
        town.instant.pass_(60)
        town.tick("2020-08-17 09:40")
    assert (town.messenger.posts, town.states()) == ([], [CANCELLED])


def test_without_a_history_a_doubtful_message_stays_uncertain_and_the_secretary_is_told(tmp_path: Path) -> None:
    town = world(tmp_path)
    doubt(town, posted=False)
    town.messenger.history = NoHistory("missing_scope")
    town.instant.pass_(120)
    town.tick("2020-08-17 09:33")
    assert town.states() == [DeliveryState.UNCERTAIN]
    assert town.asks_on("healthy-5") == [("request", AskState.FAILED, "missing_scope")]
    (told,) = town.run("2020-08-17 09:34", "2020-08-20 12:00")
    assert (told.address, told.headline) == (to("clerk"), "A message to lead about healthy-5 may not have arrived.")
    assert len(town.messenger.sends) == 2


def test_a_history_that_is_busy_is_asked_again_when_it_says_so(tmp_path: Path) -> None:
    town = world(tmp_path)
    doubt(town, posted=True)
    town.messenger.history = Later(30)
    town.instant.pass_(120)
    town.tick("2020-08-17 09:33")
    town.messenger.history = None
    town.instant.pass_(29)
    town.tick("2020-08-17 09:34")
    assert town.states() == [UNKNOWN]
    town.instant.pass_(1)
    town.tick("2020-08-17 09:35")
    assert town.states() == [SENT]


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("posted", [True, False])
def test_a_sender_killed_in_the_middle_leaves_a_message_in_doubt_once_its_lease_is_over(
    tmp_path: Path, posted: bool
) -> None:
    town = world(tmp_path)

    def dies(service: MemoryMessenger, address: str, page: str, mark: str) -> Outcome:
        if posted:
            service.keep(address, page, mark)
        raise Killed

    town.messenger.script = [dies]
    with pytest.raises(Killed):
        town.tick(REQUEST)
    assert town.states() == [CLAIMED]
    fresh = second(town)
    town.instant.pass_(64)
    fresh.tick(local("2020-08-17 09:31"))
    assert (town.states(), len(town.messenger.sends)) == ([CLAIMED], 1)
    town.instant.pass_(1)
    fresh.tick(local("2020-08-17 09:32"))
    assert (town.states(), town.messenger.looks) == ([UNKNOWN], [])
    for minute in range(33, 40):
        town.instant.pass_(60)
        fresh.tick(local(f"2020-08-17 09:{minute}"))
    assert (town.states(), len(town.messenger.posts)) == ([SENT], 1)
    assert len(town.messenger.sends) == (1 if posted else 2)


def test_a_sender_killed_while_it_looks_something_up_leaves_it_in_doubt(tmp_path: Path) -> None:
    town = world(tmp_path)
    doubt(town, posted=True)
    looking = town.messenger.find

    def dies(*_: object) -> None:
        raise Killed

    town.messenger.find = dies  # type: ignore[method-assign, assignment]
    town.instant.pass_(120)
    with pytest.raises(Killed):
        town.tick("2020-08-17 09:33")
    town.messenger.find = looking  # type: ignore[method-assign]
    for minute in range(34, 42):
        town.instant.pass_(60)
        town.tick(f"2020-08-17 09:{minute}")
    assert (town.states(), len(town.messenger.posts)) == ([SENT], 1)


# Several pages


def pages(town: World) -> list[list[str]]:
    return [one.asked for one in town.messenger.posts]


def test_pages_go_in_order_with_a_mark_each(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    town.messenger.lines_on_a_page = 1
    town.tick(REQUEST)
    uuid = town.delivery().uuid
    assert [one.mark for one in town.messenger.posts] == [f"{uuid}:0", f"{uuid}:1", f"{uuid}:2"]
    assert pages(town) == [["healthy-5"], ["healthy-6"], ["healthy-7"]]


def test_pages_that_were_put_off_half_way_go_on_where_they_stopped_as_they_were_frozen(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    town.messenger.lines_on_a_page = 1
    town.messenger.script = [lands, answers(Later(30))]
    town.tick(REQUEST)
    assert pages(town) == [["healthy-5"]]
    town.answer("healthy-7", "2020-08-17 09:31")
    town.instant.pass_(30)
    before = len(town.messenger.posts)
    town.tick("2020-08-17 09:32")
    assert pages(town)[before:] == [["healthy-6"], ["healthy-7"]]
    assert town.states() == [SENT]


@pytest.mark.parametrize("posted", [True, False])
def test_a_page_in_doubt_is_looked_up_by_its_own_mark_and_the_rest_follows(tmp_path: Path, posted: bool) -> None:
    town = world(tmp_path, THREE)
    town.messenger.lines_on_a_page = 1
    town.messenger.script = [lands, gets_lost(posted=posted)]
    town.tick(REQUEST)
    for minute in range(31, 40):
        town.instant.pass_(60)
        town.tick(f"2020-08-17 09:{minute}")
    uuid = town.delivery().uuid
    assert f"{uuid}:0" not in [mark for mark, _ in town.messenger.looks]
    assert pages(town) == [["healthy-5"], ["healthy-6"], ["healthy-7"]]
    assert town.states() == [SENT]


def test_a_sender_whose_lease_has_under_ten_seconds_left_does_not_send_the_next_page(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    town.messenger.lines_on_a_page = 1

    def slowly(service: MemoryMessenger, address: str, page: str, mark: str) -> Outcome:
        town.instant.pass_(56)
        return lands(service, address, page, mark)

    town.messenger.script = [slowly]
    town.tick(REQUEST)
    assert pages(town) == [["healthy-5"]]
    assert town.states() == [LATER]
    town.tick("2020-08-17 09:31")
    assert pages(town) == [["healthy-5"], ["healthy-6"], ["healthy-7"]]


def test_a_sender_killed_after_the_last_page_was_recorded_has_sent_it(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    town.messenger.lines_on_a_page = 1

    def dies(*_: object) -> Outcome:
        raise Killed

    town.messenger.script = [lands, lands, dies]
    with pytest.raises(Killed):
        town.tick(REQUEST)
    (address, mark), page = town.messenger.sends[2], town.parts()[2].payload
    town.messenger.keep(address, page, mark)
    for minute in range(31, 40):
        town.instant.pass_(60)
        town.tick(f"2020-08-17 09:{minute}")
    assert pages(town) == [["healthy-5"], ["healthy-6"], ["healthy-7"]]
    assert town.states() == [SENT]


# Changed in place


def test_a_delivered_message_is_changed_in_place_for_everybody_after_an_answer(tmp_path: Path) -> None:
    plan = a_plan(
        boards=BOARDS,
        posts=[post("head", contact_officers=[person("officer")])],
        actions=[action("healthy-5", due="2020-09-16", lead="head")],
    )
    town = world(tmp_path, plan)
    town.tick(REQUEST)
    assert [one.asked for one in town.messenger.posts] == [["healthy-5"], ["healthy-5"]]
    town.answer("healthy-5", "2020-08-17 10:00")
    town.tick("2020-08-17 10:01")
    for one in town.messenger.posts:
        (line,) = one.shown["lines"]
        assert line["buttons"] == []
        assert line["answered"].startswith("Answered by The lead, The Council on Mon 17 Aug 2020")
    town.tick("2020-08-17 10:02")
    assert [len(one.changes) for one in town.messenger.posts] == [1, 1]


def test_an_answer_that_is_taken_back_brings_the_buttons_back(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick(REQUEST)
    entry = town.answer("healthy-5", "2020-08-17 10:00")
    town.tick("2020-08-17 10:01")
    town.undo(entry, "2020-08-17 10:02")
    town.tick("2020-08-17 10:03")
    (one,) = town.messenger.posts
    assert [bool(change["lines"][0]["buttons"]) for change in one.changes] == [False, True]


def test_a_message_that_has_become_shorter_keeps_its_pages(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    town.messenger.lines_on_a_page = 1
    town.tick(REQUEST)
    town.messenger.lines_on_a_page = 2
    town.answer("healthy-5", "2020-08-17 10:00")
    town.tick("2020-08-17 10:01")
    shown = [(one.shown["headline"], [line["ref"] for line in one.shown["lines"]]) for one in town.messenger.posts]
    assert [refs for _, refs in shown] == [["healthy-6", "healthy-7"], ["healthy-5"], []]
    assert shown[2][0] == ANSWERED_ABOVE


def test_a_message_that_cannot_be_worded_again_does_not_stop_the_pass(tmp_path: Path) -> None:
    town = world(tmp_path, EIGHT_LEADS)
    town.tick(REQUEST)
    for number in (0, 1):
        town.answer(f"healthy-{number}", "2020-08-17 10:00")
    town.messenger.unspeakable = "healthy-0"
    town.tick("2020-08-17 10:01")
    assert {one.asked[0]: len(one.changes) for one in town.messenger.posts if one.changes} == {"healthy-1": 1}
    town.messenger.unspeakable = ""
    town.tick("2020-08-17 10:02")
    assert {one.asked[0] for one in town.messenger.posts if one.changes} == {"healthy-0", "healthy-1"}


@pytest.mark.parametrize("outcome", [Later(1), gets_lost(posted=False)(None, "", "", "")])  # type: ignore[arg-type]
def test_a_change_that_did_not_get_through_is_tried_again(tmp_path: Path, outcome: Outcome) -> None:
    town = world(tmp_path)
    town.tick(REQUEST)
    town.answer("healthy-5", "2020-08-17 10:00")
    town.messenger.on_change = [outcome]
    town.tick("2020-08-17 10:01")
    assert town.messenger.posts[0].changes == []
    town.tick("2020-08-17 10:02")
    assert len(town.messenger.posts[0].changes) == 1


def test_a_change_that_is_refused_is_left(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick(REQUEST)
    town.answer("healthy-5", "2020-08-17 10:00")
    town.messenger.on_change = [Refused("edit_window_closed")]
    for minute in (1, 2, 3):
        town.tick(f"2020-08-17 10:0{minute}")
    assert town.messenger.posts[0].changes == []
    assert town.states() == [SENT]


# The loop lives on


def test_a_message_that_cannot_be_worded_does_not_stop_the_others(tmp_path: Path) -> None:
    town = world(tmp_path, EIGHT_LEADS)
    town.messenger.unspeakable = "healthy-0"
    seen = town.tick(REQUEST)
    assert sorted(one.address for one in seen) == [to(f"lead{n}") for n in range(1, 8)]
    town.messenger.unspeakable = ""
    town.instant.pass_(3600)
    assert [one.address for one in town.tick("2020-08-17 09:31")] == [to("lead0")]


def test_a_refusal_for_one_does_not_stop_the_others(tmp_path: Path) -> None:
    town = world(tmp_path, EIGHT_LEADS)
    town.messenger.script = [answers(Refused("x")), answers(Later(5)), gets_lost(posted=True)]
    assert len(town.tick(REQUEST)) == 6
    assert sorted(town.states()) == sorted([FAILED, LATER, UNKNOWN, *[SENT] * 5])


def test_a_sender_that_is_told_to_stop_stops_after_the_message_it_is_at(tmp_path: Path) -> None:
    town = world(tmp_path, EIGHT_LEADS)

    def stops(service: MemoryMessenger, address: str, page: str, mark: str) -> Outcome:
        town.outbox.stopping.set()
        return lands(service, address, page, mark)

    town.messenger.script = [stops]
    assert len(town.tick(REQUEST)) == 1
    assert sorted(town.states()) == sorted([SENT, *[PLANNED] * 7])
    second(town).tick(local("2020-08-17 09:31"))
    assert len(town.messenger.posts) == 8


def test_a_preview_says_what_would_go_and_leaves_no_trace(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    (line,) = town.outbox.preview(local(REQUEST))
    assert (line.kinds, line.steps, len(line.subjects)) == ((AskKind.UPDATE,), ("request",), 3)
    assert (town.asks(), town.deliveries(), town.messenger.sends) == ([], [], [])


def test_a_preview_names_nothing_that_waits_for_the_morning(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.script = [answers(Later(60))]
    assert town.tick("2020-08-17 17:29") == []
    town.instant.pass_(60)
    assert town.outbox.preview(local("2020-08-17 17:31")) == []
    assert town.tick("2020-08-17 17:31") == []


def test_leases_and_waits_are_settings(tmp_path: Path) -> None:
    one = timedelta(seconds=1)
    town = world(tmp_path, timing=Timing(lease=one, lease_left=one / 10, look_after=one, look_again=one))
    town.messenger.script = [gets_lost(posted=False)]
    for _ in range(4):
        town.tick("2020-08-17 10:00")
        town.instant.pass_(1)
    assert (town.states(), len(town.messenger.posts)) == ([SENT], 1)
