"""Senders killed at every step of the ledger and at random: none lost, none twice, on both kinds of database."""

from __future__ import annotations

import logging
import random
import signal
import time

import pytest
from sqlalchemy import select

from bot.slack.messenger import sending_client
from models.enums import AnswerKind, MessageState, Status
from models.records.history import record_update
from models.storage.scope import ALL
from models.storage.tables import Action, Board
from tests.conftest import on_postgresql, on_sqlite
from tests.crash.conftest import MakeRig, Rig, mornings
from tests.local_slack import Fault
from tests.postgres import Server
from tests.schedules.plans import local, slack_id
from tests.schedules.world import signed

log = logging.getLogger(__name__)

POST, OPEN, HISTORY, UPDATE = "chat.postMessage", "conversations.open", "conversations.history", "chat.update"
CLAIMED, PLANNED, UNKNOWN, SENT = (
    MessageState.CLAIMED,
    MessageState.PLANNED,
    MessageState.UNKNOWN,
    MessageState.SENT,
)

STEPS = {
    "planned, the conversation not open yet": (OPEN, Fault.hangs(20), PLANNED, 0, 1.5),
    "claimed, the request not read": (POST, Fault.hangs(20), CLAIMED, 0, 1.5),
    "posted, not answered": (POST, Fault.answers_late(20), CLAIMED, 1, 1.5),
    "asked for, and posted after the sender is gone": (POST, Fault.arrives_late(2), CLAIMED, 0, 4),
}
"""What is called and how it goes, how the message stands then, how many are posted, and the lease in seconds."""


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_of_the_ledger(rig_of: MakeRig, step: str) -> None:
    method, fault, state, posted, lease = STEPS[step]
    rig = rig_of(2)
    calls = len(rig.slack.calls)
    rig.slack.faults.add(method, fault)
    first = rig.start(lease=lease)
    rig.until(lambda: rig.slack.faults.left(method) == 0 and rig.state()[state] and rig.total() == posted)
    first.kill()
    assert len(rig.slack.calls) > calls
    rig.start()
    rig.until(rig.over)
    rig.check_once()


def test_killed_between_two_pages(rig_of: MakeRig) -> None:
    """What the secretary gets after a meeting has several: the first is out and on record, the second hangs."""
    rig = rig_of(1, each=400, now=local("2020-09-17 09:30"))
    rig.slack.faults.add(POST, Fault.hangs(20), when=lambda args: ':1"' in str(args["metadata"]).replace("'", '"'))
    first = rig.start()
    rig.until(lambda: len(rig.pages("clerk")) == 1 and rig.slack.faults.left(POST) == 0)
    first.kill()
    rig.start()
    rig.until(rig.over)
    pages = [mark.partition(":")[2] for mark in rig.pages("clerk")]
    assert pages == [str(number) for number in range(len(pages))]
    assert len(pages) > 1
    assert len({mark.partition(":")[0] for mark in rig.pages("clerk")}) == 1


def test_killed_while_it_looks_a_message_up(rig_of: MakeRig) -> None:
    rig = rig_of(2)
    rig.slack.faults.add(POST, Fault.dropped_applied())
    rig.slack.faults.add(HISTORY, Fault.hangs(20))
    first = rig.start()
    rig.until(lambda: rig.slack.faults.left(HISTORY) == 0 and rig.state()[CLAIMED])
    first.kill()
    rig.start()
    rig.until(rig.over)
    rig.check_once()


def test_killed_while_it_waits_to_plan(rig_of: MakeRig) -> None:
    rig = rig_of(2)
    with rig.database.write(workspace=ALL) as session:
        session.execute(select(Board)).all()
        first = rig.start()
        time.sleep(0.3)
        first.kill()
    rig.start()
    rig.until(rig.over)
    rig.check_once()


def test_killed_while_it_changes_a_message_in_place(rig_of: MakeRig) -> None:
    rig = rig_of(1)
    first = rig.start()
    rig.until(rig.over)
    rig.slack.faults.add(UPDATE, Fault.hangs(20))
    with rig.database.write(workspace=ALL) as session:
        row = session.scalars(select(Action)).one()
        record_update(session, row, AnswerKind.UPDATE, signed(rig.now), status=Status.ON_TRACK, words="Two recruited")
    rig.until(lambda: rig.slack.faults.left(UPDATE) == 0)
    first.kill()
    rig.start()
    rig.until(lambda: rig.slack.dm(slack_id("lead0"))[0].edited)
    assert "Answered by" in rig.slack.dm(slack_id("lead0"))[0].plain()
    rig.check_once()


def test_killed_once_everything_was_said(rig_of: MakeRig) -> None:
    rig = rig_of(2)
    first = rig.start()
    rig.until(rig.over)
    first.kill()
    rig.start()
    time.sleep(0.5)
    rig.check_once()


@on_sqlite
def test_the_history_checker_sees_what_was_repeated_and_what_reads_differently(rig_of: MakeRig) -> None:
    rig = rig_of(2)
    rig.start()
    rig.until(rig.over)
    rig.check_history()
    repeated, other = (rig.slack.dm(slack_id(lead))[0] for lead in rig.leads)
    client = sending_client(rig.slack.bot_token, rig.slack.api_url)
    client.chat_postMessage(channel=repeated.channel, text=repeated.text, metadata=repeated.metadata)
    client.chat_update(channel=other.channel, ts=other.ts, text="Nobody asked you anything")
    verdict = rig.verdict()
    assert not verdict.holds
    assert verdict.unlike == rig.pages("lead1")
    assert set(rig.pages("lead0")) < set(verdict.twice)
    assert verdict.lost == []


FAULTS = (
    Fault.page(),
    Fault.page(applied=True),
    Fault.page(status=403),
    Fault.page(status=407, applied=True),
    Fault.page("", 302, location="http://login.invalid/", applied=True),
    Fault.page(b"", applied=True),
    Fault.page(b'{"ok": true, "chan', applied=True),
    Fault.http(500, applied=True),
    Fault.dropped_applied(),
    Fault.cut_short(),
    Fault.ratelimited(1),
)
"""What goes wrong with a call, before it was made or after: half of it pages that are not Slack's."""
A_FAULT = 0.01
"""How often a call meets each of them."""
STEPS_OF_A_MEETING = 3


def disturb(rig: Rig, seed: int) -> None:
    """Has each kind of call go wrong in every way, now and then: the same call of a kind with the same seed."""
    for method in (POST, OPEN, HISTORY, UPDATE):
        chance = random.Random(f"{seed} {method}")
        for fault in FAULTS:
            rig.slack.faults.add(
                method,
                fault,
                1_000_000,
                when=lambda _, chance=chance: chance.random() < A_FAULT,  # type: ignore[misc]
            )


def answer_some(rig: Rig) -> None:
    """One lead in eight answers, so that what they were sent for this meeting is changed in place."""
    with rig.database.write(workspace=ALL) as session:
        for row in session.scalars(select(Action).order_by(Action.id)).all()[::8]:
            record_update(session, row, AnswerKind.UPDATE, signed(rig.now), status=Status.ON_TRACK, words="Recruited")


def kill_at_random(rig: Rig, many: int, kills: int, copies: int, seed: int) -> None:
    """Kills one sender after another while so many messages go out, and starts another in its place.

    Each kill comes once a number of messages that was drawn have been sent, so that it does however slow the machine
    is, and a moment later, so that it meets any step. Where a morning's messages are out the plan's time goes on.
    Some answer after the last call. Meanwhile one call in nine goes wrong.
    """
    chance = random.Random(seed)
    disturb(rig, seed)
    at = sorted(chance.randrange(many) for _ in range(kills))
    rig.ready()
    running = [rig.start(every=0.5) for _ in range(copies)]
    for number, morning in enumerate(mornings()[: many // len(rig.leads)], start=1):
        rig.now, enough = morning, number * len(rig.leads)
        while at and at[0] < enough:
            rig.until(lambda: rig.sent() >= at[0], 120, pause=0.1)
            time.sleep(chance.uniform(0, 0.1))
            one = len(at) % copies
            running[one].kill()
            running[one] = rig.start(every=0.5)
            del at[0]
        rig.until(lambda enough=enough: rig.sent() == enough, 120, pause=0.1)  # type: ignore[misc]
        if number % STEPS_OF_A_MEETING == 0:
            answer_some(rig)
    rig.check_once(number)
    verdict = rig.check_history(kills)
    assert set(verdict.faults) == {POST, OPEN, HISTORY, UPDATE}, verdict.line()
    assert verdict.changed, verdict.line()
    log.info("delivery: %s", verdict.line())


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("kind", "copies"), [("sqlite", 1), ("postgresql", 3)], indirect=["kind"])
def test_killed_twenty_times_while_four_hundred_messages_go_out(rig_of: MakeRig, copies: int) -> None:
    kill_at_random(rig_of(40), 400, kills=20, copies=copies, seed=20200817)


@on_postgresql
def test_the_server_is_restarted_and_crashes_while_three_copies_send(rig_of: MakeRig, postgres: Server) -> None:
    rig = rig_of(60)
    for _ in range(3):
        rig.start()
    for how in (signal.SIGINT, signal.SIGQUIT):
        before = rig.total()
        rig.until(lambda before=before: rig.total() > before + 5)  # type: ignore[misc]
        postgres.stop(how)
        time.sleep(0.3)
        postgres.start()
    rig.until(rig.over)
    rig.check_once()


@pytest.mark.parametrize("where", [Fault.answers_late(1.0), Fault.hangs(1.0)], ids=["posted", "not read"])
def test_stopped_inside_a_send_for_less_than_a_lease_and_continued(rig_of: MakeRig, where: Fault) -> None:
    """The others leave its message alone meanwhile; then it goes on as if nothing had been."""
    rig = rig_of(3)
    rig.slack.faults.add(POST, where)
    first = rig.start(lease=60)
    rig.until(lambda: rig.slack.faults.left(POST) == 0)
    first.signal(signal.SIGSTOP)
    rig.start(lease=60)
    rig.until(lambda: rig.state()[SENT] == 2)
    time.sleep(1.2)
    assert rig.state()[CLAIMED] == 1
    first.signal(signal.SIGCONT)
    rig.until(rig.over)
    rig.check_once()


def test_stopped_inside_a_send_for_longer_than_a_lease_what_was_posted_is_found(rig_of: MakeRig) -> None:
    """Another takes the message in hand and finds it; the sender that comes back writes nothing over that."""
    rig = rig_of(2)
    rig.slack.faults.add(POST, Fault.answers_late(1.0))
    first = rig.start(lease=1.5)
    rig.until(lambda: rig.slack.faults.left(POST) == 0)
    first.signal(signal.SIGSTOP)
    rig.start(lease=1.5)
    rig.until(rig.over)
    first.signal(signal.SIGCONT)
    time.sleep(0.5)
    assert rig.over()
    rig.check_once()


@pytest.mark.crash
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("kind", "copies"), [("sqlite", 1), ("postgresql", 3)], indirect=["kind"])
def test_killed_five_hundred_times_while_two_thousand_messages_go_out(rig_of: MakeRig, copies: int) -> None:
    kill_at_random(rig_of(200), 2_000, kills=500, copies=copies, seed=20200916)
