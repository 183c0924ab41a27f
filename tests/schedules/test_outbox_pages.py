"""A message of several pages, and a delivered one that changes in place (docs/explanation/delivery.md, One pass)."""

from pathlib import Path

import pytest

from schedules.ports import Later, Refused, SendOutcome
from schedules.refreshing import ANSWERED_ABOVE
from tests.schedules.messenger import MemoryMessenger, answers, gets_lost, lands
from tests.schedules.outboxes import BOARDS, EIGHT_LEADS, LATER, REQUEST, SENT, THREE, Killed, world
from tests.schedules.plans import a_plan, action, person, post
from tests.schedules.world import World

pytestmark = pytest.mark.usefixtures("on_both")


# Several pages


def pages(sandbox: World) -> list[list[str]]:
    return [one.asked for one in sandbox.messenger.posts]


def test_pages_go_in_order_with_a_mark_each(tmp_path: Path) -> None:
    sandbox = world(tmp_path, THREE)
    sandbox.messenger.lines_on_a_page = 1
    sandbox.tick(REQUEST)
    uuid = sandbox.message().uuid
    assert [one.mark for one in sandbox.messenger.posts] == [f"{uuid}:0", f"{uuid}:1", f"{uuid}:2"]
    assert pages(sandbox) == [["healthy-5"], ["healthy-6"], ["healthy-7"]]


def test_pages_that_were_put_off_half_way_go_on_where_they_stopped_as_they_were_frozen(tmp_path: Path) -> None:
    sandbox = world(tmp_path, THREE)
    sandbox.messenger.lines_on_a_page = 1
    sandbox.messenger.script = [lands, answers(Later(30))]
    sandbox.tick(REQUEST)
    assert pages(sandbox) == [["healthy-5"]]
    sandbox.answer("healthy-7", "2020-08-17 09:31")
    sandbox.instant.pass_(30)
    before = len(sandbox.messenger.posts)
    sandbox.tick("2020-08-17 09:32")
    assert pages(sandbox)[before:] == [["healthy-6"], ["healthy-7"]]
    assert sandbox.states() == [SENT]


@pytest.mark.parametrize("posted", [True, False])
def test_a_page_in_doubt_is_looked_up_by_its_own_mark_and_the_rest_follows(tmp_path: Path, posted: bool) -> None:
    sandbox = world(tmp_path, THREE)
    sandbox.messenger.lines_on_a_page = 1
    sandbox.messenger.script = [lands, gets_lost(posted=posted)]
    sandbox.tick(REQUEST)
    for minute in range(31, 40):
        sandbox.instant.pass_(60)
        sandbox.tick(f"2020-08-17 09:{minute}")
    uuid = sandbox.message().uuid
    assert f"{uuid}:0" not in [mark for mark, _ in sandbox.messenger.looks]
    assert pages(sandbox) == [["healthy-5"], ["healthy-6"], ["healthy-7"]]
    assert sandbox.states() == [SENT]


def test_a_sender_whose_lease_has_under_ten_seconds_left_does_not_send_the_next_page(tmp_path: Path) -> None:
    sandbox = world(tmp_path, THREE)
    sandbox.messenger.lines_on_a_page = 1

    def slowly(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        sandbox.instant.pass_(56)
        return lands(service, address, page, mark)

    sandbox.messenger.script = [slowly]
    sandbox.tick(REQUEST)
    assert pages(sandbox) == [["healthy-5"]]
    assert sandbox.states() == [LATER]
    sandbox.tick("2020-08-17 09:31")
    assert pages(sandbox) == [["healthy-5"], ["healthy-6"], ["healthy-7"]]


def test_a_sender_killed_after_the_last_page_was_recorded_has_sent_it(tmp_path: Path) -> None:
    sandbox = world(tmp_path, THREE)
    sandbox.messenger.lines_on_a_page = 1

    def dies(*_: object) -> SendOutcome:
        raise Killed

    sandbox.messenger.script = [lands, lands, dies]
    with pytest.raises(Killed):
        sandbox.tick(REQUEST)
    (address, mark), page = sandbox.messenger.sends[2], sandbox.parts()[2].payload
    sandbox.messenger.keep(address, page, mark)
    for minute in range(31, 40):
        sandbox.instant.pass_(60)
        sandbox.tick(f"2020-08-17 09:{minute}")
    assert pages(sandbox) == [["healthy-5"], ["healthy-6"], ["healthy-7"]]
    assert sandbox.states() == [SENT]


# Changed in place


def test_a_delivered_message_is_changed_in_place_for_everybody_after_an_answer(tmp_path: Path) -> None:
    plan = a_plan(
        boards=BOARDS,
        posts=[post("head", contact_officers=[person("officer")])],
        actions=[action("healthy-5", due="2020-09-16", lead="head")],
    )
    sandbox = world(tmp_path, plan)
    sandbox.tick(REQUEST)
    assert [one.asked for one in sandbox.messenger.posts] == [["healthy-5"], ["healthy-5"]]
    sandbox.answer("healthy-5", "2020-08-17 10:00")
    sandbox.tick("2020-08-17 10:01")
    for one in sandbox.messenger.posts:
        (line,) = one.shown["lines"]
        assert line["buttons"] == []
        assert line["answered"].startswith("Answered by The lead, The Council on Mon 17 Aug 2020")
    sandbox.tick("2020-08-17 10:02")
    assert [len(one.changes) for one in sandbox.messenger.posts] == [1, 1]


def test_an_answer_that_is_taken_back_brings_the_buttons_back(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick(REQUEST)
    entry = sandbox.answer("healthy-5", "2020-08-17 10:00")
    sandbox.tick("2020-08-17 10:01")
    sandbox.undo(entry, "2020-08-17 10:02")
    sandbox.tick("2020-08-17 10:03")
    (one,) = sandbox.messenger.posts
    assert [bool(change["lines"][0]["buttons"]) for change in one.changes] == [False, True]


def test_a_message_that_has_become_shorter_keeps_its_pages(tmp_path: Path) -> None:
    sandbox = world(tmp_path, THREE)
    sandbox.messenger.lines_on_a_page = 1
    sandbox.tick(REQUEST)
    sandbox.messenger.lines_on_a_page = 2
    sandbox.answer("healthy-5", "2020-08-17 10:00")
    sandbox.tick("2020-08-17 10:01")
    shown = [(one.shown["headline"], [line["ref"] for line in one.shown["lines"]]) for one in sandbox.messenger.posts]
    assert [refs for _, refs in shown] == [["healthy-6", "healthy-7"], ["healthy-5"], []]
    assert shown[2][0] == ANSWERED_ABOVE


def test_a_message_that_cannot_be_worded_again_does_not_stop_the_pass(tmp_path: Path) -> None:
    sandbox = world(tmp_path, EIGHT_LEADS)
    sandbox.tick(REQUEST)
    for number in (0, 1):
        sandbox.answer(f"healthy-{number}", "2020-08-17 10:00")
    sandbox.messenger.unspeakable = "healthy-0"
    sandbox.tick("2020-08-17 10:01")
    assert {one.asked[0]: len(one.changes) for one in sandbox.messenger.posts if one.changes} == {"healthy-1": 1}
    sandbox.messenger.unspeakable = ""
    sandbox.tick("2020-08-17 10:02")
    assert {one.asked[0] for one in sandbox.messenger.posts if one.changes} == {"healthy-0", "healthy-1"}


@pytest.mark.parametrize("outcome", [Later(1), gets_lost(posted=False)(None, "", "", "")])  # type: ignore[arg-type]
def test_a_change_that_did_not_get_through_is_tried_again(tmp_path: Path, outcome: SendOutcome) -> None:
    sandbox = world(tmp_path)
    sandbox.tick(REQUEST)
    sandbox.answer("healthy-5", "2020-08-17 10:00")
    sandbox.messenger.on_change = [outcome]
    sandbox.tick("2020-08-17 10:01")
    assert sandbox.messenger.posts[0].changes == []
    sandbox.tick("2020-08-17 10:02")
    assert len(sandbox.messenger.posts[0].changes) == 1


def test_a_change_that_is_refused_is_left(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick(REQUEST)
    sandbox.answer("healthy-5", "2020-08-17 10:00")
    sandbox.messenger.on_change = [Refused("edit_window_closed")]
    for minute in (1, 2, 3):
        sandbox.tick(f"2020-08-17 10:0{minute}")
    assert sandbox.messenger.posts[0].changes == []
    assert sandbox.states() == [SENT]
