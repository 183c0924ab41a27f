"""A database that is locked, read-only or full while a pass is under way: once it is well again everything has been
said once, by a look into the conversation where a message was posted and could not be recorded."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from models.errors import DatabaseBusy, DatabaseProblem, Refusal
from schedules.ports import Later, Refused, SendOutcome, Sent, SlackAccount
from tests.schedules.messenger import MemoryMessenger, lands
from tests.schedules.plans import a_plan, action, board, post
from tests.schedules.world import World, table

PLAN = a_plan(
    boards=[board("partnership", "2020-09-16", "2020-10-23")],
    posts=[post("second")],
    actions=[action("healthy-5", due="2020-09-16"), action("healthy-6", due="2020-09-16", lead="second")],
)
REQUEST = "2020-08-17 09:30"
REQUESTS = ["request healthy-5", "request healthy-6"]
Trouble = Callable[[World], AbstractContextManager[None]]


@contextmanager
def locked(sandbox: World) -> Iterator[None]:
    """Another program writes, for longer than a pass waits (10 s)."""
    other = sqlite3.connect(sandbox.database.path or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextmanager
def read_only(sandbox: World) -> Iterator[None]:
    """The file is opened read-only from now on."""

    def refuse(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only=ON")

    engine = sandbox.database.engine
    event.listen(engine, "begin", refuse)
    try:
        yield
    finally:
        event.remove(engine, "begin", refuse)
        engine.dispose()


@contextmanager
def full(_: World) -> Iterator[None]:
    """No file can grow beyond its first page: to SQLite that is a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


TROUBLES = [
    pytest.param(locked, DatabaseBusy, id="locked for longer than ten seconds"),
    pytest.param(read_only, DatabaseProblem, id="read-only"),
    pytest.param(full, DatabaseProblem, id="full"),
]


def said(sandbox: World) -> list[str]:
    return sorted(words for _, words in table(sandbox.messenger.posts, "lead", "second"))


@pytest.mark.parametrize(("trouble", "refusal"), TROUBLES)
def test_a_pass_that_cannot_begin_says_why_and_the_next_says_everything_once(
    tmp_path: Path, trouble: Trouble, refusal: type[Refusal]
) -> None:
    sandbox = World(tmp_path, PLAN)
    with trouble(sandbox), pytest.raises(refusal) as refused:
        sandbox.tick(REQUEST)
    assert refused.value.sentence.endswith((".", "!"))
    assert "nothing was stored" in refused.value.sentence
    assert said(sandbox) == []
    sandbox.tick("2020-08-17 09:31")
    assert said(sandbox) == REQUESTS


@pytest.mark.parametrize(("trouble", "refusal"), TROUBLES)
def test_what_was_posted_and_could_not_be_recorded_is_found_and_not_said_again(
    tmp_path: Path, trouble: Trouble, refusal: type[Refusal]
) -> None:
    sandbox = World(tmp_path, PLAN)
    begun: list[AbstractContextManager[None]] = []

    def posts_and_then(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        outcome = lands(service, address, page, mark)
        begun.append(trouble(sandbox))
        begun[-1].__enter__()
        return outcome

    sandbox.messenger.script = [posts_and_then]
    with pytest.raises(refusal):
        sandbox.tick(REQUEST)
    assert len(said(sandbox)) == 1
    begun[0].__exit__(None, None, None)
    for minute in range(31, 40):
        sandbox.instant.pass_(60)
        sandbox.tick(f"2020-08-17 09:{minute}")
    assert said(sandbox) == REQUESTS
    assert len(sandbox.messenger.looks) == 1


def test_no_message_waits_for_a_trouble_that_is_over_when_the_next_pass_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = World(tmp_path, PLAN)
    opens, engine = sandbox.messenger.open, sandbox.database.engine

    def refuse_once(_: Connection) -> None:
        event.remove(engine, "begin", refuse_once)
        raise OperationalError("BEGIN", {}, sqlite3.OperationalError("attempt to write a readonly database"))

    def open_and_refuse(account: SlackAccount) -> Sent | Later | Refused:
        event.listen(engine, "begin", refuse_once)
        return opens(account)

    with monkeypatch.context() as patched:
        patched.setattr(sandbox.messenger, "open", open_and_refuse)
        with pytest.raises(DatabaseProblem):
            sandbox.tick(REQUEST)
    sandbox.tick(REQUEST)
    assert said(sandbox) == REQUESTS
