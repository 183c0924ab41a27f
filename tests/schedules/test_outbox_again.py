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
from tests.schedules.messenger import Behaviour, Posted, answers, gets_lost, lands
from tests.schedules.outboxes import FAILED, LATER, REQUEST, SENT, THREE, world
from tests.schedules.plans import WORKSPACE, slack_id
from tests.schedules.world import World, to

pytestmark = pytest.mark.usefixtures("on_both")

UNCERTAIN = MessageState.UNCERTAIN


def refuses(why: str, *, gone: bool = False) -> Behaviour:
    return lambda *_: Refused(why, gone=gone)


def posts_to(sandbox: World, who: str, now: str) -> list[Posted]:
    """What somebody is sent by a pass."""
    return [one for one in sandbox.tick(now) if one.address == to(who)]


def make_reachable(sandbox: World, who: str, user: str = "") -> None:
    with sandbox.database.write(workspace=WORKSPACE) as session:
        values = {"unreachable": ""} | ({"slack_user": user, "channel": ""} if user else {})
        session.execute(update(Person).where(Person.slack_user == slack_id(who)).values(**values))


def started_again(sandbox: World) -> Outbox:
    sandbox.outbox = Outbox(sandbox.database, WORKSPACE, sandbox.messenger, sandbox.instant, sandbox.timing)
    return sandbox.outbox


def closed_account(sandbox: World) -> None:
    sandbox.messenger.opens[slack_id("lead")] = Refused("user_disabled", gone=True)
    sandbox.tick(REQUEST)
    assert sandbox.states() == [FAILED]
    sandbox.tick("2020-08-17 09:31")


def test_a_person_whose_account_is_open_again_gets_what_failed(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    closed_account(sandbox)
    for minute in range(2, 6):
        assert posts_to(sandbox, "lead", f"2020-08-17 09:0{minute}") == []
    del sandbox.messenger.opens[slack_id("lead")]
    make_reachable(sandbox, "lead")
    assert len(posts_to(sandbox, "lead", "2020-08-17 09:40")) == 1
    assert sandbox.asks_on("healthy-5") == [("request", NotificationState.SENT, "")]
    assert posts_to(sandbox, "lead", "2020-08-17 09:41") == []


def test_a_person_linked_to_another_account_gets_it_there(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    closed_account(sandbox)
    make_reachable(sandbox, "lead", "U0ANOTHER")
    sandbox.tick("2020-08-17 09:40")
    assert [one.address for one in sandbox.messenger.posts if "U0ANOTHER" in one.address] == ["DU0ANOTHER"]


def test_what_was_answered_meanwhile_is_not_sent(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    closed_account(sandbox)
    del sandbox.messenger.opens[slack_id("lead")]
    sandbox.answer("healthy-5", "2020-08-17 09:35")
    make_reachable(sandbox, "lead")
    assert posts_to(sandbox, "lead", "2020-08-17 09:40") == []


def test_what_failed_last_week_comes_within_this_weeks_limit(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    closed_account(sandbox)
    del sandbox.messenger.opens[slack_id("lead")]
    make_reachable(sandbox, "lead")
    sandbox.run("2020-08-24 09:00", "2020-08-24 09:40")
    assert len([one for one in sandbox.messenger.posts if one.address == to("lead")]) == 1


def test_a_new_start_tries_again_what_was_the_messages_fault_and_tells_nobody_twice(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.always = refuses("invalid_blocks")
    sandbox.tick(REQUEST)
    sandbox.tick("2020-08-17 09:31")
    sends = len(sandbox.messenger.sends)
    sandbox.tick("2020-08-17 09:32")
    assert len(sandbox.messenger.sends) == sends, "the same version does not try for ever"
    started_again(sandbox)
    sandbox.tick("2020-08-17 09:33")
    assert len(sandbox.messenger.sends) > sends
    assert FAILED in sandbox.states()
    sandbox.messenger.always = lands
    started_again(sandbox)
    assert len(posts_to(sandbox, "lead", "2020-08-17 09:34")) == 1
    started_again(sandbox)
    assert posts_to(sandbox, "lead", "2020-08-17 09:35") == []


def test_what_an_earlier_version_took_for_a_refusal_is_looked_up(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [gets_lost(posted=True)]
    sandbox.tick(REQUEST)
    with sandbox.database.write(workspace=WORKSPACE) as session:
        failed = {"state": FAILED, "reason": "Received a response in a non-JSON format: <html>", "not_before": None}
        session.execute(update(Message).values(**failed))
        session.execute(update(Notification).values(state=NotificationState.FAILED))
    started_again(sandbox)
    sandbox.tick("2020-08-17 09:33")
    assert sandbox.states() == [SENT]
    assert len(sandbox.messenger.posts) == 1


def test_a_message_with_a_page_out_goes_on_with_the_rest(tmp_path: Path) -> None:
    sandbox = world(tmp_path, THREE)
    sandbox.messenger.lines_on_a_page = 1
    sandbox.messenger.script = [lands, refuses("invalid_blocks")]
    sandbox.tick(REQUEST)
    assert sandbox.states() == [FAILED]
    started_again(sandbox)
    sandbox.tick("2020-08-17 09:32")
    pages = [one.mark.partition(":")[2] for one in sandbox.messenger.posts if one.address == to("lead")]
    assert pages == ["0", "1", "2"]


def test_a_token_at_fault_stops_the_pass_and_everything_goes_once_it_is_right(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [lambda *_: Later(300, "token_revoked", for_all=True)]
    sandbox.tick(REQUEST)
    assert [(one, sandbox.message().reason) for one in sandbox.states()] == [(LATER, "token_revoked")]
    sandbox.instant.pass_(300)
    sandbox.tick("2020-08-17 09:36")
    assert sandbox.states() == [SENT]


def test_an_uncertain_message_is_looked_for_again_for_a_day(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [gets_lost(posted=True)]
    sandbox.tick(REQUEST)
    sandbox.messenger.history = NoHistory("not_in_channel", passes=True)
    sandbox.instant.pass_(120)
    sandbox.tick("2020-08-17 09:33")
    assert sandbox.states()[0] is UNCERTAIN
    sandbox.messenger.history = None
    sandbox.instant.pass_(300)
    sandbox.tick("2020-08-17 09:40")
    assert sandbox.states()[0] is SENT
    assert sandbox.asks_on("healthy-5") == [("request", NotificationState.SENT, "")]


def test_after_a_day_an_uncertain_message_is_left_to_people(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [gets_lost(posted=False)]
    sandbox.tick(REQUEST)
    sandbox.messenger.history = NoHistory("not_in_channel", passes=True)
    sandbox.instant.pass_(120)
    sandbox.tick("2020-08-17 09:33")
    sandbox.instant.pass_(86_400)
    sandbox.tick("2020-08-18 09:33")
    sandbox.messenger.history = None
    looks = len(sandbox.messenger.looks)
    for _ in range(5):
        sandbox.instant.pass_(86_400)
        sandbox.tick("2020-08-18 09:40")
    assert len(sandbox.messenger.looks) == looks
    assert sandbox.states()[0] is UNCERTAIN


def test_whoever_asks_has_a_message_sent_again_once(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [refuses("a_new_code")]
    sandbox.tick(REQUEST)
    number = sandbox.message().id
    for expected in (True, False):
        with sandbox.database.write(workspace=WORKSPACE) as session:
            assert take_up_again(session, number) is expected
    sandbox.tick("2020-08-17 09:32")
    sandbox.tick("2020-08-17 09:33")
    assert sandbox.states() == [SENT]
    assert len([one for one in sandbox.messenger.posts if one.address == to("lead")]) == 1


def test_a_channel_is_tried_again_until_the_bot_is_let_in(tmp_path: Path) -> None:
    """Twelve hours in which it is archived; the secretary is told once, and the digest is in it once."""
    sandbox = world(tmp_path)
    with sandbox.database.write(workspace=WORKSPACE) as session:
        row = session.scalars(select(Board)).one()
        row.channel, row.publish_at_once = "C0BOARD", True
    sandbox.tick(REQUEST)
    for one in sandbox.messages():
        assert one.state is SENT, one.reason
    closed = [True]
    sandbox.messenger.always = lambda service, address, page, mark: (
        Refused("is_archived", gone=True) if closed[0] and address == "C0BOARD" else lands(service, address, page, mark)
    )
    sandbox.recorded("partnership", "2020-09-16", "2020-09-17 10:00")
    for _ in range(72):
        sandbox.instant.pass_(600)
        sandbox.tick("2020-09-17 10:05")
    tries = [address for address, _ in sandbox.messenger.sends if address == "C0BOARD"]
    assert 8 < len(tries) < 25
    closed[0] = False
    sandbox.instant.pass_(3600)
    sandbox.tick("2020-09-17 10:10")
    for _ in range(5):
        sandbox.instant.pass_(600)
        sandbox.tick("2020-09-17 10:15")
    assert len([one for one in sandbox.messenger.posts if one.address == "C0BOARD"]) == 1
    told = [one for one in sandbox.messenger.posts if "did not arrive" in one.headline]
    assert len(told) <= 1


def told_of_failure(sandbox: World) -> Posted:
    """The secretary is told that a message to the lead was refused."""
    sandbox.messenger.script = [refuses("a_new_code")]
    sandbox.tick(REQUEST)
    (told,) = posts_to(sandbox, "clerk", "2020-08-17 09:31")
    assert told.headline == "A message to lead about healthy-5 did not arrive."
    return told


def resend(sandbox: World, number: int) -> None:
    """What `cypp resend` does."""
    with sandbox.database.write(workspace=WORKSPACE) as session:
        assert take_up_again(session, number)


def test_a_notice_that_a_message_did_not_arrive_is_taken_back_when_it_has(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    told = told_of_failure(sandbox)
    resend(sandbox, sandbox.messages()[0].id)
    sandbox.run("2020-08-17 09:32", "2020-08-17 09:35")
    (change,) = told.changes
    assert change["headline"] == "A message to lead about healthy-5 arrived after all."
    assert change["intro"] == ["It was sent again, so you need not tell them."]
    assert len([one for one in sandbox.messenger.posts if one.address == to("clerk")]) == 1


def test_what_was_found_after_all_is_taken_back_too(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    told = told_of_failure(sandbox)
    number = sandbox.messages()[0].id
    sandbox.messenger.script = [gets_lost(posted=True)]
    resend(sandbox, number)
    sandbox.tick("2020-08-17 09:32")
    sandbox.instant.pass_(600)
    sandbox.run("2020-08-17 09:33", "2020-08-17 09:35")
    sandbox.instant.pass_(600)
    sandbox.run("2020-08-17 09:36", "2020-08-17 09:40")
    assert sandbox.messages()[0].state is SENT
    assert told.changes[-1]["headline"] == "A message to lead about healthy-5 arrived after all."


def test_what_is_delivered_before_the_secretary_was_told_is_no_news(tmp_path: Path) -> None:
    """Slack had asked to wait with the notice."""
    sandbox = world(tmp_path)
    sandbox.messenger.script = [refuses("a_new_code"), answers(Later(30))]
    sandbox.tick(REQUEST)
    sandbox.tick("2020-08-17 09:31")
    assert sandbox.states() == [FAILED, LATER]
    resend(sandbox, sandbox.messages()[0].id)
    sandbox.tick("2020-08-17 09:32")
    sandbox.instant.pass_(30)
    sandbox.tick("2020-08-17 09:33")
    assert sandbox.states() == [SENT, MessageState.CANCELLED]
    assert [one for one in sandbox.messenger.posts if one.address == to("clerk")] == []
