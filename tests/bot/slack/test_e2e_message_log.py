"""One record in the log for each message: to which role, about how many actions, and nobody's words or name."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.sandbox import TEAM
from models.enums import MessageClass, MessageState
from models.notifications.messages import record_result
from models.storage.notification_tables import Message
from models.storage.tables import Action, Person
from tests.bot.slack.e2e import HEALTH, OpenAt, when
from tests.local_slack import Fault


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[], list[Any]]:
    """The records of messages so far."""
    caplog.set_level(logging.INFO)
    return lambda: [record for record in caplog.records if getattr(record, "event", "") == "message"]


def test_each_message_tells_as_what_somebody_got_it_and_about_how_many_actions(
    open_at: OpenAt, told: Callable[[], list[Any]], caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = open_at(when(8, 17, 9))
    channel = f"D{HEALTH[1:]}"
    sandbox.workspace.faults.add(
        "chat.postMessage", Fault.error("restricted_action"), times=9, when=lambda args: args["channel"] == channel
    )
    sandbox.advance(when(8, 17, 9, 30))
    requests, others = [one for one in told() if "update" in one.kinds], len(told())
    assert (len(requests), others) == (8, 9)
    assert [one.role for one in told() if one.kinds == ["message not delivered"]] == ["secretary"]
    (refused,) = [one for one in requests if one.state != "sent"]
    assert refused.levelname == "WARNING"
    assert refused.getMessage() == "message refused: update, 2 actions, to lead (restricted_action)"
    assert sorted((one.role, one.actions) for one in requests if one.state == "sent") == [
        ("contact officer", 2),
        ("lead", 1),
        ("lead", 1),
        ("lead", 1),
        ("lead", 1),
        ("lead", 2),
        ("lead", 3),
    ]
    sandbox.advance(when(9, 2, 10))
    later = told()[others:]
    assert {one.role for one in later} == {"lead", "contact officer", "deputy", "secretary", "chair"}
    notices = [one for one in later if one.kinds == ["no update received"]]
    assert {(one.role, one.message_class, hasattr(one, "actions")) for one in notices} == {
        ("secretary", "secretary", False)
    }
    lines = "\n".join(one.getMessage() for one in told())
    with sandbox.database.read(TEAM) as session:
        for someone in session.scalars(select(Person)):
            assert someone.name not in lines
        for action in session.scalars(select(Action)):
            assert action.words not in lines


def test_a_message_that_is_not_stored_as_sent_is_not_logged_as_sent(
    open_at: OpenAt, told: Callable[[], list[Any]]
) -> None:
    sandbox = open_at(when(8, 17, 9))

    with sandbox.database.write(workspace=TEAM) as session:
        message = Message(
            workspace_id=TEAM,
            uuid="one",
            message_class=MessageClass.CHANNEL,
            recipient="channel:C0BOARD",
            planned_at=when(8, 17, 9),
        )
        session.add(message)
        session.flush()
        record_result(session, message, MessageState.SENT, when(8, 17, 9))
        assert told() == []
        session.rollback()
    assert told() == []
