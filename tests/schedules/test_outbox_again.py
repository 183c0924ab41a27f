"""What failed for a cause that has gone is sent again by itself, once.

Source: docs/explanation/delivery.md, What failed.
"""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.enums import MessageState, NotificationState
from models.notifications.messages import take_up_again
from models.storage.notification_tables import Message, Notification
from models.storage.tables import Board, Person
from schedules.outbox import Outbox
from schedules.ports import Later, NoHistory, Refused
from tests.schedules.outboxes import FAILED, LATER, REQUEST, SENT, THREE, world
from tests.schedules.support import (
    WORKSPACE,
    Behaviour,
    Posted,
    World,
    gets_lost,
    lands,
    slack_id,
    to,
)

pytestmark = pytest.mark.usefixtures("on_both")

UNCERTAIN = MessageState.UNCERTAIN


def refuses(why: str, *, gone: bool = False) -> Behaviour:
    return lambda *_: Refused(why, gone=gone)


def posts_to(town: World, who: str, now: str) -> list[Posted]:
    """What somebody is sent by a pass."""
    return [one for one in town.tick(now) if one.address == to(who)]


def make_reachable(town: World, who: str, user: str = "") -> None:
    with town.database.write(workspace=WORKSPACE) as session:
        values = {"unreachable": ""} | ({"slack_user": user, "channel": ""} if user else {})
        session.execute(update(Person).where(Person.slack_user == slack_id(who)).values(**values))


def started_again(town: World) -> Outbox:
    town.outbox = Outbox(town.database, WORKSPACE, town.messenger, town.instant, town.timing)
    return town.outbox


def closed_account(town: World) -> None:
    town.messenger.opens[slack_id("lead")] = Refused("user_disabled", gone=True)
    town.tick(REQUEST)
    assert town.states() == [FAILED]
    town.tick("2020-08-17 09:31")


def test_a_person_whose_account_is_open_again_gets_what_failed(tmp_path: Path) -> None:
    town = world(tmp_path)
    closed_account(town)
    for minute in range(2, 6):
        assert posts_to(town, "lead", f"2020-08-17 09:0{minute}") == []
    del town.messenger.opens[slack_id("lead")]
    make_reachable(town, "lead")
    assert len(posts_to(town, "lead", "2020-08-17 09:40")) == 1
    assert town.asks_on("healthy-5") == [("request", NotificationState.SENT, "")]
    assert posts_to(town, "lead", "2020-08-17 09:41") == []


def test_a_person_linked_to_another_account_gets_it_there(tmp_path: Path) -> None:
    town = world(tmp_path)
    closed_account(town)
    make_reachable(town, "lead", "U0ANOTHER")
    town.tick("2020-08-17 09:40")
    assert [one.address for one in town.messenger.posts if "U0ANOTHER" in one.address] == ["DU0ANOTHER"]


def test_what_was_answered_meanwhile_is_not_sent(tmp_path: Path) -> None:
    town = world(tmp_path)
    closed_account(town)
    del town.messenger.opens[slack_id("lead")]
    town.answer("healthy-5", "2020-08-17 09:35")
    make_reachable(town, "lead")
    assert posts_to(town, "lead", "2020-08-17 09:40") == []


def test_what_failed_last_week_comes_within_this_weeks_limit(tmp_path: Path) -> None:
    town = world(tmp_path)
    closed_account(town)
    del town.messenger.opens[slack_id("lead")]
    make_reachable(town, "lead")
    town.run("2020-08-24 09:00", "2020-08-24 09:40")
    assert len([one for one in town.messenger.posts if one.address == to("lead")]) == 1


def test_a_new_start_tries_again_what_was_the_messages_fault_and_tells_nobody_twice(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.always = refuses("invalid_blocks")
    town.tick(REQUEST)
    town.tick("2020-08-17 09:31")
    sends = len(town.messenger.sends)
    town.tick("2020-08-17 09:32")
    assert len(town.messenger.sends) == sends, "the same version does not try for ever"
    started_again(town)
    town.tick("2020-08-17 09:33")
    assert len(town.messenger.sends) > sends
    assert FAILED in town.states()
    town.messenger.always = lands
    started_again(town)
    assert len(posts_to(town, "lead", "2020-08-17 09:34")) == 1
    started_again(town)
    assert posts_to(town, "lead", "2020-08-17 09:35") == []


def test_what_an_earlier_version_took_for_a_refusal_is_looked_up(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.script = [gets_lost(posted=True)]
    town.tick(REQUEST)
    with town.database.write(workspace=WORKSPACE) as session:
        failed = {"state": FAILED, "reason": "Received a response in a non-JSON format: <html>", "not_before": None}
        session.execute(update(Message).values(**failed))
        session.execute(update(Notification).values(state=NotificationState.FAILED))
    started_again(town)
    town.tick("2020-08-17 09:33")
    assert town.states() == [SENT]
    assert len(town.messenger.posts) == 1


def test_a_message_with_a_page_out_goes_on_with_the_rest(tmp_path: Path) -> None:
    town = world(tmp_path, THREE)
    town.messenger.lines_on_a_page = 1
    town.messenger.script = [lands, refuses("invalid_blocks")]
    town.tick(REQUEST)
    assert town.states() == [FAILED]
    started_again(town)
    town.tick("2020-08-17 09:32")
    pages = [one.mark.partition(":")[2] for one in town.messenger.posts if one.address == to("lead")]
    assert pages == ["0", "1", "2"]


def test_a_token_at_fault_stops_the_pass_and_everything_goes_once_it_is_right(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.script = [lambda *_: Later(300, "token_revoked", for_all=True)]
    town.tick(REQUEST)
    assert [(one, town.message().reason) for one in town.states()] == [(LATER, "token_revoked")]
    town.instant.pass_(300)
    town.tick("2020-08-17 09:36")
    assert town.states() == [SENT]


def test_an_uncertain_message_is_looked_for_again_for_a_day(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.script = [gets_lost(posted=True)]
    town.tick(REQUEST)
    town.messenger.history = NoHistory("not_in_channel", passes=True)
    town.instant.pass_(120)
    town.tick("2020-08-17 09:33")
    assert town.states()[0] is UNCERTAIN
    town.messenger.history = None
    town.instant.pass_(300)
    town.tick("2020-08-17 09:40")
    assert town.states()[0] is SENT
    assert town.asks_on("healthy-5") == [("request", NotificationState.SENT, "")]


def test_after_a_day_an_uncertain_message_is_left_to_people(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.script = [gets_lost(posted=False)]
    town.tick(REQUEST)
    town.messenger.history = NoHistory("not_in_channel", passes=True)
    town.instant.pass_(120)
    town.tick("2020-08-17 09:33")
    town.instant.pass_(86_400)
    town.tick("2020-08-18 09:33")
    town.messenger.history = None
    looks = len(town.messenger.looks)
    for _ in range(5):
        town.instant.pass_(86_400)
        town.tick("2020-08-18 09:40")
    assert len(town.messenger.looks) == looks
    assert town.states()[0] is UNCERTAIN


def test_whoever_asks_has_a_message_sent_again_once(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.messenger.script = [refuses("a_new_code")]
    town.tick(REQUEST)
    number = town.message().id
    for expected in (True, False):
        with town.database.write(workspace=WORKSPACE) as session:
            assert take_up_again(session, number) is expected
    town.tick("2020-08-17 09:32")
    town.tick("2020-08-17 09:33")
    assert town.states() == [SENT]
    assert len([one for one in town.messenger.posts if one.address == to("lead")]) == 1


def test_a_channel_is_tried_again_until_the_bot_is_let_in(tmp_path: Path) -> None:
    """Twelve hours in which it is archived; the secretary is told once, and the digest is in it once."""
    town = world(tmp_path)
    with town.database.write(workspace=WORKSPACE) as session:
        row = session.scalars(select(Board)).one()
        row.channel, row.publish_at_once = "C0BOARD", True
    town.tick(REQUEST)
    for one in town.messages():
        assert one.state is SENT, one.reason
    closed = [True]
    town.messenger.always = lambda service, address, page, mark: (
        Refused("is_archived", gone=True) if closed[0] and address == "C0BOARD" else lands(service, address, page, mark)
    )
    town.recorded("partnership", "2020-09-16", "2020-09-17 10:00")
    for _ in range(72):
        town.instant.pass_(600)
        town.tick("2020-09-17 10:05")
    tries = [address for address, _ in town.messenger.sends if address == "C0BOARD"]
    assert 8 < len(tries) < 25
    closed[0] = False
    town.instant.pass_(3600)
    town.tick("2020-09-17 10:10")
    for _ in range(5):
        town.instant.pass_(600)
        town.tick("2020-09-17 10:15")
    assert len([one for one in town.messenger.posts if one.address == "C0BOARD"]) == 1
    told = [one for one in town.messenger.posts if "did not arrive" in one.headline]
    assert len(told) <= 1
