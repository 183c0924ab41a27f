"""How long this program waits for PostgreSQL: a server that stops answering, without closing, holds nobody up for long.

No setting of the server's bounds that: a server that is stopped, or cut off from us, keeps no time limits of ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, event

if TYPE_CHECKING:
    from psycopg import Connection as DriverConnection

PEOPLE_WAIT = 1.5
"""Seconds an interactive write waits for a lock before it answers "busy, nothing stored"."""
PEOPLE_HELD = 2.2
"""Seconds that a person's request may wait for the server in all; Slack gives up after three."""
ACKNOWLEDGED_WAIT, ACKNOWLEDGED_HELD = 2.0, 10.0
"""The same for what was acknowledged, or is before it is answered."""
OTHERS_HELD = 60.0
"""Seconds that anything else may wait for one answer of it."""
LEAST_TO_CONNECT = 2
"""Seconds: the driver takes fewer as so many."""
SETTLING = 0.5
"""Seconds within which is found out what became of a commit that was not answered."""

_left: ContextVar[list[float] | None] = ContextVar("left", default=None)


def held_for(wait: float) -> float | None:
    """Return how many seconds a transaction may wait for a server in all, by how long it waits for its turn."""
    if wait <= PEOPLE_WAIT:
        return PEOPLE_HELD
    return ACKNOWLEDGED_HELD if wait <= ACKNOWLEDGED_WAIT else None


@contextmanager
def held_until(seconds: float | None) -> Iterator[None]:
    """Have what is waited for PostgreSQL in here be so many seconds at most, in all; None for no bound in all.

    What this program takes itself does not count: a slow machine is no silent server.
    """
    token = _left.set(None if seconds is None else [seconds])
    try:
        yield
    finally:
        _left.reset(token)


@contextmanager
def _waiting() -> Iterator[float]:
    """Yield how many seconds may still be waited for an answer; what is waited in here is taken off."""
    left, began = _left.get(), monotonic()
    try:
        yield OTHERS_HELD if left is None else left[0]
    finally:
        if left is not None:
            left[0] -= monotonic() - began


def bound_waits(engine: Engine) -> None:
    """Have an engine's connections wait no longer than that; what was under way on one that does is cut off."""
    import psycopg

    class Bounded(psycopg.Connection[Any]):
        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                with _waiting() as left:
                    return super().wait(gen, interval, max(left, 0.001) if timeout is None else timeout)
            except psycopg.errors._WaitTimeout as error:
                # The server is told nothing more: when it goes on it finds nobody here, and rolls back.
                self.pgconn.finish()
                raise psycopg.OperationalError("the server did not answer in time") from error

    def connect(_dialect: Any, _record: Any, given: Any, named: dict[str, Any]) -> "DriverConnection[Any]":
        with _waiting() as left:
            if left <= 0:
                raise psycopg.OperationalError("the server did not answer in time")
            if _left.get() is not None:
                named["connect_timeout"] = LEAST_TO_CONNECT
            return Bounded.connect(*given, **named)

    event.listen(engine, "do_connect", connect)


def transaction_number(connection: Connection) -> str:
    """Return the number that the server gave a transaction; "" where it has written nothing."""
    found = connection.exec_driver_sql("SELECT pg_current_xact_id_if_assigned()::text").scalar()
    return str(found or "")


def became_of(engine: Engine, number: str) -> str:
    """Return what became of a transaction: "committed", "aborted", or "" where that cannot be known soon."""
    found: list[str] = []

    def ask() -> None:
        with (
            suppress(Exception),  # whatever stands in the way, it is not known
            held_until(SETTLING),
            engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            said = connection.exec_driver_sql(f"SELECT pg_xact_status('{int(number)}'::xid8)").scalar()
            found.append(str(said))

    # Beside this one: to connect may take longer than may be waited for.
    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(SETTLING)
    return next((said for said in found if said in ("committed", "aborted")), "")
