"""A message of which nobody knows whether it went: looked up before it is sent again.

Source: docs/explanation/delivery.md, Doubt.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from models.enums import MessageState, NotificationState
from schedules.ports import Later, NoHistory, SendOutcome
from tests.schedules.messenger import MemoryMessenger, gets_lost
from tests.schedules.outboxes import CANCELLED, CLAIMED, REQUEST, SENT, UNKNOWN, Killed, second, world
from tests.schedules.plans import local
from tests.schedules.world import World, to

pytestmark = pytest.mark.usefixtures("on_both")


# Unknown


def doubt(sandbox: World, *, posted: bool) -> None:
    sandbox.messenger.script = [gets_lost(posted=posted)]
    sandbox.tick(REQUEST)
    assert sandbox.states() == [UNKNOWN]


def test_a_doubtful_message_is_looked_up_no_sooner_than_two_minutes_later_and_found(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    doubt(sandbox, posted=True)
    sandbox.instant.pass_(119)
    sandbox.tick("2020-08-17 09:32")
    assert sandbox.messenger.looks == []
    sandbox.instant.pass_(1)
    sandbox.tick("2020-08-17 09:33")
    assert len(sandbox.messenger.looks) == 1
    assert sandbox.states() == [SENT]
    sandbox.run("2020-08-17 09:34", "2020-08-24 12:00")
    assert len(sandbox.messenger.sends) == 1
    assert sandbox.asks_on("healthy-5") == [("request", NotificationState.SENT, "")]


def test_absent_it_is_looked_up_again_a_minute_later_and_only_then_sent_again(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    doubt(sandbox, posted=False)
    attempt = sandbox.instant()
    sandbox.instant.pass_(120)
    sandbox.tick("2020-08-17 09:33")
    sandbox.instant.pass_(59)
    sandbox.tick("2020-08-17 09:34")
    assert len(sandbox.messenger.looks) == 1
    sandbox.instant.pass_(1)
    sandbox.tick("2020-08-17 09:35")
    assert [since for _, since in sandbox.messenger.looks] == [attempt - timedelta(minutes=5)] * 2
    assert (len(sandbox.messenger.sends), sandbox.messenger.posts) == (1, [])
    sandbox.tick("2020-08-17 09:36")
    assert (len(sandbox.messenger.sends), len(sandbox.messenger.posts)) == (2, 1)
    assert sandbox.states() == [SENT]


def test_a_message_that_shows_up_late_is_found_by_the_second_look(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    doubt(sandbox, posted=False)
    sandbox.instant.pass_(120)
    sandbox.tick("2020-08-17 09:33")
    (address, mark), page = sandbox.messenger.sends[0], sandbox.parts()[0].payload
    sandbox.messenger.keep(address, page, mark)
    sandbox.instant.pass_(60)
    sandbox.tick("2020-08-17 09:34")
    sandbox.run("2020-08-17 09:35", "2020-08-20 12:00")
    assert (len(sandbox.messenger.posts), sandbox.states()) == (1, [SENT])


def test_every_look_goes_back_to_the_first_attempt_however_many_there_were(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    first = sandbox.instant()
    sandbox.messenger.script = [gets_lost(posted=False), gets_lost(posted=False), gets_lost(posted=False)]
    for _ in range(16):
        sandbox.tick("2020-08-17 12:00")
        sandbox.instant.pass_(60)
    assert {since for _, since in sandbox.messenger.looks} == {first - timedelta(minutes=5)}
    assert (len(sandbox.messenger.posts), sandbox.states()) == (1, [SENT])
    assert sandbox.message().attempts == 4


def test_what_was_answered_while_a_lost_message_was_looked_for_is_not_sent_again(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    doubt(sandbox, posted=False)
    sandbox.answer("healthy-5", "2020-08-17 09:32")
    for _ in range(6):
        sandbox.instant.pass_(60)
        sandbox.tick("2020-08-17 09:40")
    assert (sandbox.messenger.posts, sandbox.states()) == ([], [CANCELLED])


def test_without_a_history_a_doubtful_message_stays_uncertain_and_the_secretary_is_told(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    doubt(sandbox, posted=False)
    sandbox.messenger.history = NoHistory("missing_scope")
    sandbox.instant.pass_(120)
    sandbox.tick("2020-08-17 09:33")
    assert sandbox.states() == [MessageState.UNCERTAIN]
    assert sandbox.asks_on("healthy-5") == [("request", NotificationState.FAILED, "missing_scope")]
    (told,) = sandbox.run("2020-08-17 09:34", "2020-08-20 12:00")
    assert (told.address, told.headline) == (to("clerk"), "A message to lead about healthy-5 may not have arrived.")
    assert len(sandbox.messenger.sends) == 2


def test_a_history_that_is_busy_is_asked_again_when_it_says_so(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    doubt(sandbox, posted=True)
    sandbox.messenger.history = Later(30)
    sandbox.instant.pass_(120)
    sandbox.tick("2020-08-17 09:33")
    sandbox.messenger.history = None
    sandbox.instant.pass_(29)
    sandbox.tick("2020-08-17 09:34")
    assert sandbox.states() == [UNKNOWN]
    sandbox.instant.pass_(1)
    sandbox.tick("2020-08-17 09:35")
    assert sandbox.states() == [SENT]


@pytest.mark.parametrize("posted", [True, False])
def test_a_sender_killed_in_the_middle_leaves_a_message_in_doubt_once_its_lease_is_over(
    tmp_path: Path, posted: bool
) -> None:
    sandbox = world(tmp_path)

    def dies(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        if posted:
            service.keep(address, page, mark)
        raise Killed

    sandbox.messenger.script = [dies]
    with pytest.raises(Killed):
        sandbox.tick(REQUEST)
    assert sandbox.states() == [CLAIMED]
    fresh = second(sandbox)
    sandbox.instant.pass_(64)
    fresh.tick(local("2020-08-17 09:31"))
    assert (sandbox.states(), len(sandbox.messenger.sends)) == ([CLAIMED], 1)
    sandbox.instant.pass_(1)
    fresh.tick(local("2020-08-17 09:32"))
    assert (sandbox.states(), sandbox.messenger.looks) == ([UNKNOWN], [])
    for minute in range(33, 40):
        sandbox.instant.pass_(60)
        fresh.tick(local(f"2020-08-17 09:{minute}"))
    assert (sandbox.states(), len(sandbox.messenger.posts)) == ([SENT], 1)
    assert len(sandbox.messenger.sends) == (1 if posted else 2)


def test_a_sender_killed_while_it_looks_something_up_leaves_it_in_doubt(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    doubt(sandbox, posted=True)
    looking = sandbox.messenger.find

    def dies(*_: object) -> None:
        raise Killed

    sandbox.messenger.find = dies  # type: ignore[method-assign, assignment]
    sandbox.instant.pass_(120)
    with pytest.raises(Killed):
        sandbox.tick("2020-08-17 09:33")
    sandbox.messenger.find = looking  # type: ignore[method-assign]
    for minute in range(34, 42):
        sandbox.instant.pass_(60)
        sandbox.tick(f"2020-08-17 09:{minute}")
    assert (sandbox.states(), len(sandbox.messenger.posts)) == ([SENT], 1)
