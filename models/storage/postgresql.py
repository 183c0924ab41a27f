"""How transactions begin on PostgreSQL, where several copies of the program work on one plan with no leader.

On SQLite one writer goes after another, and every handler is written for that: it looks, decides and writes. The same
is promised here by advisory locks, which end with their transaction:

- *alone* (the default): answers, decisions, planning, imports. In one workspace one goes after another, so that what
  was looked at still stands when it is written, two copies that plan at once plan once, and no message is added to
  while it is claimed. Row locks on actions would leave every other thing that a handler looks at (meetings, posts,
  refs, slots) unguarded.
- *beside*: the steps of the ledger (claim, record, look up). They go beside each other, each with its delivery's row
  locked, and never beside one that is alone: what a claim rechecks cannot be answered meanwhile.
- A write that names no workspace (import, migrate, copy) is alone in the whole database.

A write is READ COMMITTED: every statement sees what was committed before it, and so, the lock once had, everything.
(Under REPEATABLE READ it would see the moment before it waited.) A read is REPEATABLE READ: it sees one moment.
"""

from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from sqlalchemy import URL, Connection, Engine, text

from models.storage import deadlines

WHOLE, ONE_WORKSPACE = 1_129_927_760, 1_129_927_761
"""First numbers of the advisory locks: "CYPP" as a number, and the next."""
PAUSED = 60
"""Seconds: a program that is stopped inside a transaction holds the others up no longer than about a lease."""
PEOPLE_PAUSED = 5
"""The same for what somebody waits for: a copy that is cut off leaves its turn to the others so soon."""
CONNECT_TIMEOUT = 3
"""Seconds; Slack gives up on an answer after as many."""

KEPT_OPEN = 12
"""Connections that stay open once they are: each of four senders has one for its step and asks the clock on another,
beside answers. Those beyond are closed after each use, and one costs the server as much as several messages."""


def arguments(url: URL) -> dict[str, Any]:
    """Return the connection's arguments, unless the URL says otherwise."""
    usual = {
        "connect_timeout": CONNECT_TIMEOUT,
        "application_name": "cypp",
        "tcp_user_timeout": 10_000,  # milliseconds: a server that is gone is noticed, not waited for
    }
    return {name: value for name, value in usual.items() if name not in url.query}


def reading(engine: Engine) -> Engine:
    """Return the engine for transactions that only read, and see one moment throughout."""
    # Not READ ONLY as well: putting that back asks for READ WRITE, and a standby refuses to hear it.
    return engine.execution_options(isolation_level="REPEATABLE READ")


def begin(connection: Connection) -> None:
    """Take a writing transaction's turn, waiting no longer than its `wait`."""
    options = connection.get_execution_options()
    if not options.get("write"):
        return
    workspace = str(options.get("workspace", ""))
    locks = f"pg_advisory_xact_lock({WHOLE}, 0)"
    if workspace:
        mode = "" if options.get("alone", True) else "_shared"
        locks = (
            f"pg_advisory_xact_lock_shared({WHOLE}, 0), "
            f"pg_advisory_xact_lock{mode}({ONE_WORKSPACE}, {crc32(workspace.encode()) - 2**31})"
        )
    paused = PEOPLE_PAUSED if options["wait"] <= deadlines.PEOPLE_WAIT else PAUSED
    # The list is worked out from left to right: the wait is bounded before it begins. (0 would be no bound at all.)
    # A claim that a crash of the server forgets is a message sent twice: a commit is waited for, also where the server
    # is set up not to.
    connection.exec_driver_sql(
        f"SELECT set_config('lock_timeout', '{max(1, int(options['wait'] * 1000))}', true), "
        f"set_config('idle_in_transaction_session_timeout', '{paused}s', true), "
        "CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END, "
        f"{locks if options.get('in_turn', True) else 'NULL'}"
    )


def now_there(engine: Engine) -> datetime:
    """Return the time of the database's clock."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        said: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return said.astimezone(UTC)
