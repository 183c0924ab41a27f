"""Take in what people do: at once where nothing waits, else noted, acknowledged, and worked in order of arrival.

One thing at a time is done as it comes, and its response is the acknowledgement. What comes while another is being done
is noted, many in one transaction, and acknowledged; a thread then works it, oldest first. What was noted survives the
process: it is worked after the next start, or by another copy.

Source: docs/explanation/delivery.md, A burst.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from pydantic import ValidationError
from sqlalchemy.orm import Session

from bot.slack.requests import Deps, Request, failures_in_words, meet_all, request_context, write_request
from handlers.responses import Form, FormErrors, Response
from models.errors import DatabaseBusy, DatabaseProblem, Refusal
from models.notifications.accepted import (
    AcceptedPayload,
    any_accepted,
    forget_accepted,
    list_accepted,
    note_accepted,
    take_accepted,
)
from models.notifications.received import was_dealt_with
from models.plan.accounts import asker_of, knows
from models.storage.database_errors import BUSY
from models.storage.engine import WouldWrite
from models.storage.tracebacks import log_error

log = logging.getLogger(__name__)

WAIT_AT_ONCE = 1.0
"""Seconds that what comes alone waits for a lock before it is noted instead."""
WAIT_TO_NOTE = 0.5
"""Seconds that noting waits for a lock: with the wait before, what Slack's three seconds leave."""
WAIT_TO_WORK = 0.5
WAIT_FOR_NOTE = 2.3
"""Seconds a listener waits until what it took in is noted."""
LOOK_EVERY = 10.0
"""Seconds between two looks for what a copy that ended has left."""
BETWEEN_TURNS, AFTER_TROUBLE = 0.002, 5.0
MOST_TOGETHER = 50
LONGEST_TOGETHER = 0.5
"""Requests, and seconds, that one transaction works at most: others wait for it."""
CHECKING = 4
"""Requests that are looked at beside each other."""


@dataclass(frozen=True)
class Uptake:
    """What became of a request: its response (None: dealt with before), or `noted`, to be worked soon."""

    response: Response | None = None
    noted: bool = False


@dataclass
class _Arrival:
    """A request that waits to be noted, and whoever waits for that."""

    request: Request
    noted: Future[None] = field(default_factory=Future)
    gave_up: bool = False


class Intake:
    """Take requests in. `readers`: by the kind of a noted payload, what makes a request of it again."""

    def __init__(self, deps: Deps, readers: Mapping[str, Callable[["Intake", str], Request]]) -> None:
        self.deps, self.readers = deps, readers
        self._arrived: SimpleQueue[_Arrival | None] = SimpleQueue()
        self._turn = threading.Lock()
        self._checking = threading.BoundedSemaphore(CHECKING)
        self._left_over = threading.Event()
        self._left_over.set()
        self._noting = self._working = self._leaving = False
        self._threads: list[threading.Thread] = []
        self._looked_up: set[str] = set()
        self._read_already: dict[str, Request | None] = {}

    def start(self) -> None:
        """Begin to note what comes, and to work what is noted, what an earlier process left among it."""
        for run in (self._note_what_comes, self._work_what_waits):
            self._threads.append(threading.Thread(target=run, name="cypp-intake", daemon=True))
            self._threads[-1].start()

    def stop(self) -> None:
        """End after what is under way; the rest stays noted."""
        self._leaving = True
        self._arrived.put(None)
        self._left_over.set()
        for thread in self._threads:
            thread.join()

    def is_idle(self) -> bool:
        """Return whether nothing waits to be noted or worked."""
        busy = self._noting or self._working or self._left_over.is_set() or self._turn.locked()
        return not self._threads or (self._arrived.empty() and not busy)

    # -- what listeners call

    def take(self, request: Request) -> Uptake:
        """Do what somebody asks, or note that it is to be done."""
        given = failures_in_words(lambda: self._at_once(request), request.text) if self.is_idle() else None
        if given is not None:
            return given if isinstance(given, Uptake) else Uptake(given)
        if request.opens:
            looked = self._look(request)
            if looked is not None:
                return looked
        noted = failures_in_words(lambda: self._wait_until_noted(request), request.text)
        return Uptake(noted=True) if noted is None else Uptake(noted)

    def _at_once(self, request: Request) -> Uptake | None:
        """Do it now; None where something waits that came before it, or the lock cannot be had."""
        meet_all(self.deps, request)
        if not self._turn.acquire(blocking=False):
            return None
        try:
            with self.deps.writing(WAIT_AT_ONCE) as session:
                if any_accepted(session):
                    self._left_over.set()
                    return None
                given = write_request(self.deps, session, request, self.deps.now())
        except DatabaseBusy:
            return None
        finally:
            self._turn.release()
        if given is not None:
            self.deps.wake()
        return Uptake(given)

    def _look(self, request: Request) -> Uptake | None:
        """Return the form, or the errors in one, that a request comes to before it writes anything; None otherwise."""
        try:
            with self._checking, self.deps.database.read_until_write(self.deps.workspace_id) as session:
                if was_dealt_with(session, {request.delivery, request.once}):
                    return Uptake()
                asker = asker_of(session, self.deps.workspace_id, request.actor)
                ctx = request_context(self.deps, session, asker, request.way, self.deps.now())
                given = request.work(ctx)
        except Exception as error:  # noqa: BLE001 - what goes wrong is said when it is worked
            if not isinstance(error, WouldWrite | Refusal):
                log.info("what was asked could not be looked at: %s", type(error).__name__)
            return None
        return Uptake(given) if isinstance(given.content, Form | FormErrors) else None

    def _wait_until_noted(self, request: Request) -> None:
        if not self._threads:
            raise DatabaseBusy(BUSY)
        arrival = _Arrival(request)
        self._arrived.put(arrival)
        try:
            arrival.noted.result(WAIT_FOR_NOTE)
        except TimeoutError:
            arrival.gave_up = not arrival.noted.cancel()
            raise DatabaseBusy(BUSY) from None

    # -- the two threads

    def _note_what_comes(self) -> None:
        while not self._leaving:
            first = self._arrived.get()
            self._noting = True
            arrivals = [first]
            with suppress(Empty):
                while True:
                    arrivals.append(self._arrived.get_nowait())
            try:
                self._note([one for one in arrivals if one is not None])
            except Exception as error:  # noqa: BLE001 - what comes next is to be noted
                log_error(log, error)
            self._noting = False

    def _note(self, arrivals: Sequence[_Arrival]) -> None:
        """Note in one transaction what has arrived; whoever gave up waiting was told that nothing was stored."""
        waited_for = [one for one in arrivals if one.noted.set_running_or_notify_cancel()]
        database, workspace, now = self.deps.database, self.deps.workspace_id, self.deps.now()
        if not waited_for:
            return
        try:
            rows = [
                AcceptedPayload(one.request.key, one.request.kind, one.request.payload.model_dump_json(), now)
                for one in waited_for
            ]
            # SQLite has one writer: this thread takes its turn after whoever works.
            with (
                self._turn if database.is_sqlite else nullcontext(),
                database.write(WAIT_TO_NOTE, workspace=workspace, wakes=False, in_turn=False) as session,
            ):
                note_accepted(session, rows)
        except Exception as error:  # noqa: BLE001 - each listener says it in its own words
            for one in waited_for:
                one.noted.set_exception(error)
            return
        for one in waited_for:
            one.noted.set_result(None)
        if told := [one.request.key for one in waited_for if one.gave_up]:
            with (
                suppress(DatabaseProblem),
                database.write(WAIT_TO_NOTE, workspace=workspace, wakes=False, in_turn=False) as session,
            ):
                forget_accepted(session, told)
        self._left_over.set()

    def _work_what_waits(self) -> None:
        while not self._leaving:
            self._left_over.wait(LOOK_EVERY)
            while self._noting and self.deps.database.is_sqlite:
                time.sleep(BETWEEN_TURNS)
            self._working = True
            try:
                if not self._leaving:
                    self._work_oldest()
            except DatabaseBusy:
                continue
            except Exception as error:  # noqa: BLE001 - what is noted is worked in the end
                if isinstance(error, DatabaseProblem):
                    log.warning("what was noted cannot be worked yet: %s", type(error).__name__)
                else:
                    log_error(log, error)
                time.sleep(AFTER_TROUBLE)
            finally:
                self._working = False

    def _work_oldest(self) -> None:
        """Work what waits longest, several in one transaction, and answer once that is committed."""
        deps = self.deps
        self._left_over.clear()
        with deps.database.read(deps.workspace_id) as session:
            waiting = list_accepted(session, MOST_TOGETHER)
        if not waiting:
            return
        self._left_over.set()
        # To read words may ask Slack what they mention, which no transaction waits for.
        self._read_already = {one.key: self._read_already.get(one.key) or self._read(one) for one in waiting}
        requests = [(one, self._read_already[one.key]) for one in waiting]
        done: list[tuple[Request, Response | None]] = []
        unmet: Request | None = None
        with self._turn, deps.writing(WAIT_TO_WORK) as session:
            ends = time.monotonic() + LONGEST_TOGETHER
            for one, request in requests:
                if request is None:
                    take_accepted(session, one.id)
                    continue
                if not self._is_met(session, request):
                    unmet = request
                    break
                if take_accepted(session, one.id):
                    done.append((request, self._work(session, request, one)))
                if self._leaving or time.monotonic() > ends or (self._noting and deps.database.is_sqlite):
                    break
        for request, given in done:
            if given is not None:
                deps.run_in_background(request.answer, given)
        if done:
            deps.wake()
        if unmet is not None:
            self._looked_up.add(unmet.key)
            meet_all(deps, unmet)

    def _read(self, noted: AcceptedPayload) -> Request | None:
        """Return the request that was noted; None where this version of the program cannot read it."""
        try:
            return self.readers[noted.kind](self, noted.payload)
        except (KeyError, ValidationError):
            log.error("what was noted as %s at %s cannot be read and is dropped", noted.kind, noted.at)
            return None

    def _is_met(self, session: Session, request: Request) -> bool:
        """Return whether whoever asks, and whoever is mentioned, was looked up: that is done outside a transaction."""
        if request.key in self._looked_up:
            self._looked_up.discard(request.key)
            return True
        known = knows(session, self.deps.workspace_id, request.actor)
        return known and self.deps.directory.has_met_mentioned(session, request.mentions or request.text)

    def _work(self, session: Session, request: Request, noted: AcceptedPayload) -> Response | None:
        """Work one request in a transaction of several: what goes wrong with it is its own."""
        savepoint = session.begin_nested()

        def work() -> Response | None:
            try:
                given = write_request(self.deps, session, request, noted.at)
                session.flush()
            except BaseException:
                savepoint.rollback()
                raise
            savepoint.commit()
            return given

        given = failures_in_words(work, request.text)
        # The next one reads what this one wrote, as if it had a transaction of its own.
        session.expunge_all()
        return given
