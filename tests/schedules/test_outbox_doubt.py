"""A message of which nobody knows whether it went: looked up before it is sent again.

Source: docs/explanation/delivery.md, Doubt.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from models.enums import MessageState, NotificationState
from schedules.ports import Later, NoHistory, SendOutcome
from tests.schedules.outboxes import CANCELLED, CLAIMED, REQUEST, SENT, UNKNOWN, Killed, second, world
from tests.schedules.support import (
    MemoryMessenger,
    World,
    gets_lost,
    local,
    to,
)

pytestmark = pytest.mark.usefixtures("on_both")


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
    assert town.asks_on("healthy-5") == [("request", NotificationState.SENT, "")]


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
    assert town.message().attempts == 4


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
    assert town.states() == [MessageState.UNCERTAIN]
    assert town.asks_on("healthy-5") == [("request", NotificationState.FAILED, "missing_scope")]
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


@pytest.mark.parametrize("posted", [True, False])
def test_a_sender_killed_in_the_middle_leaves_a_message_in_doubt_once_its_lease_is_over(
    tmp_path: Path, posted: bool
) -> None:
    town = world(tmp_path)

    def dies(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
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
