"""A message of several pages, and a delivered one that changes in place (docs/explanation/delivery.md, One pass)."""

from pathlib import Path

import pytest

from schedules.ports import Later, Refused, SendOutcome
from schedules.refreshing import ANSWERED_ABOVE
from tests.schedules.outboxes import BOARDS, EIGHT_LEADS, LATER, REQUEST, SENT, THREE, Killed, world
from tests.schedules.support import (
    MemoryMessenger,
    World,
    a_plan,
    action,
    answers,
    gets_lost,
    lands,
    person,
    post,
)

pytestmark = pytest.mark.usefixtures("on_both")


# Several pages


def pages(town: World) -> list[list[str]]:
    return [one.asked for one in town.messenger.posts]


def test_pages_go_in_order_with_a_mark_each(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    town.messenger.lines_on_a_page = 1
    town.tick(REQUEST)
    uuid = town.message().uuid
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
    uuid = town.message().uuid
    assert f"{uuid}:0" not in [mark for mark, _ in town.messenger.looks]
    assert pages(town) == [["healthy-5"], ["healthy-6"], ["healthy-7"]]
    assert town.states() == [SENT]


def test_a_sender_whose_lease_has_under_ten_seconds_left_does_not_send_the_next_page(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    town.messenger.lines_on_a_page = 1

    def slowly(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
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

    def dies(*_: object) -> SendOutcome:
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
def test_a_change_that_did_not_get_through_is_tried_again(tmp_path: Path, outcome: SendOutcome) -> None:
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
