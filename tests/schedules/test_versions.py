"""A page that may be sent with more than its words: whatever goes wrong with that, the message is said once."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import select

from models.enums import MessageState, NotificationState
from models.storage.notification_tables import MessagePart
from models.storage.scope import ALL
from schedules.outbox import Timing
from schedules.ports import Refused, SendOutcome
from schedules.sending import MOST_ADORNED
from tests.schedules.messenger import MemoryMessenger, answers, gets_lost, lands
from tests.schedules.outboxes import ONE, REQUEST
from tests.schedules.world import World

NOT_YET = answers(Refused("invalid_blocks"))


def adorned(page: str) -> str:
    """A page with a picture."""
    return json.dumps({**json.loads(page), "picture": "bars"})


def world(tmp_path: Path) -> World:
    sandbox = World(tmp_path, ONE)
    sandbox.messenger.better = [adorned, adorned]
    return sandbox


def kept(sandbox: World) -> list[bool]:
    """Whether each page is kept with its picture."""
    with sandbox.database.read(ALL) as session:
        return ["picture" in json.loads(page) for page in session.scalars(select(MessagePart.payload))]


def test_a_page_is_sent_as_it_looks_best_and_kept_as_it_was_sent(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick(REQUEST)
    assert [one.page.get("picture") for one in sandbox.messenger.posts] == ["bars"]
    assert kept(sandbox) == [True]


def test_what_is_refused_for_its_picture_is_tried_again_and_then_goes_without(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [NOT_YET, NOT_YET]
    sandbox.tick(REQUEST)
    assert [one.page.get("picture") for one in sandbox.messenger.posts] == [None]
    assert len({mark for _, mark in sandbox.messenger.sends}) == 1
    assert (kept(sandbox), sandbox.states()) == ([False], [MessageState.SENT])
    assert sandbox.asks_on("healthy-5") == [("request", NotificationState.SENT, "")]


def test_what_may_have_been_posted_is_looked_up_and_not_tried_without_its_picture(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [gets_lost(posted=True)]
    sandbox.tick(REQUEST)
    sandbox.instant.pass_(120)
    sandbox.tick("2020-08-17 09:33")
    assert (len(sandbox.messenger.sends), sandbox.states()) == (1, [MessageState.SENT])


def test_a_picture_that_takes_as_long_as_the_lease_does_not_keep_its_message_back(tmp_path: Path) -> None:
    sandbox = world(tmp_path)

    def slow(page: str) -> str:
        sandbox.instant.pass_(Timing().lease.seconds - 1)
        return adorned(page)

    sandbox.messenger.better = [slow]
    for _ in range(MOST_ADORNED):
        sandbox.tick(REQUEST)
        assert sandbox.messenger.sends == [], "too little of the lease is left to send"
    sandbox.tick(REQUEST)
    assert [one.page.get("picture") for one in sandbox.messenger.posts] == [None]
    assert sandbox.states() == [MessageState.SENT]


def test_words_redacted_while_a_page_is_in_the_air_are_not_kept_with_its_picture(tmp_path: Path) -> None:
    sandbox = world(tmp_path)

    def behave(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        with sandbox.database.write(workspace=ALL) as session:
            part = session.scalars(select(MessagePart)).one()
            part.payload = part.payload.replace("healthy-5", "[redacted]")
        return lands(service, address, page, mark)

    sandbox.messenger.script = [behave]
    sandbox.tick(REQUEST)
    with sandbox.database.read(ALL) as session:
        assert "healthy-5" not in session.scalars(select(MessagePart.payload)).one()
