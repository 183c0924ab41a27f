"""A PostgreSQL that stops answering without closing: what a person reads, and what is stored once it goes on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from models.storage.deadlines import PEOPLE_HELD
from tests.bot.slack.e2e import EDUCATION, entries, read, when
from tests.local_slack import Sandbox, open_sandbox
from tests.postgres import Server

MOST = 3.0
"""Seconds after which Slack gives up."""
LATEST = PEOPLE_HELD + 5
"""Seconds by which somebody is told who was acknowledged first, on a machine that does other things."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of its own: it is stopped, and the other tests' goes on."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def sandbox(server: Server) -> Iterator[Sandbox]:
    """The demo's plan on it."""
    sandbox = open_sandbox(server.url(server.fresh()), when(8, 17, 9))
    yield sandbox
    sandbox.close()


@contextmanager
def stopped(server: Server, *, whole: bool) -> Iterator[None]:
    """The processes that serve connections stand still; with `whole` so does the one that takes new ones."""
    assert server.process is not None
    serving = server.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")
    pids = [pid for (pid,) in serving if _runs(pid)] + [server.process.pid] * whole
    try:
        for pid in pids:
            # The connection that asked for them has ended since.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in reversed(pids):
            if _runs(pid):
                os.kill(pid, signal.SIGCONT)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("whole", [True, False], ids=["the whole server", "its connections"])
def test_who_writes_meanwhile_is_answered_in_time_and_nothing_they_were_not_told_of_is_stored(
    server: Server, sandbox: Sandbox, whole: bool
) -> None:
    assert "Recorded" in read(sandbox.command(EDUCATION, "update healthy-5 on track, before it stopped"))
    with stopped(server, whole=whole):
        began = time.monotonic()
        answer = sandbox.workspace.command(EDUCATION, "/cypp", "update healthy-5 off track because it stopped")
        said = read(answer)
        # What is not known in time is acknowledged, and answered as soon as it is.
        while not said and time.monotonic() - began < LATEST:
            time.sleep(0.05)
            said = "\n".join(read(one) for one in sandbox.workspace.since(EDUCATION, answer.mark))
    assert answer.elapsed <= MOST
    told = "Recorded for healthy-5" in said
    assert told or "nothing was stored" in said or "look whether it is there" in said, said
    assert "update healthy-5 off track because it stopped" in said or told
    # What the server was about to do it does now, if ever.
    time.sleep(1)
    assert "Recorded" in read(sandbox.command(EDUCATION, "update healthy-5 on track, it goes on"))
    words = [one.words for one in entries(sandbox, "healthy-5")]
    assert words == ["before it stopped", *(["it stopped"] if told else []), "it goes on"]
