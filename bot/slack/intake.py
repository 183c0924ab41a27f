"""Take in what people do: at once where nothing waits, else noted, acknowledged, and worked in order of arrival.

One thing at a time is done as it comes, and its response is the acknowledgement. What comes while another is being done
is noted, many in one transaction, and acknowledged; a thread then works it, oldest first. What was noted survives the
process: it is worked after the next start, or by another copy.

Source: docs/explanation/delivery.md, A burst.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.slack.requests import (
    Deps,
    Request,
    failure_in_words,
    failures_in_words,
    meet_all,
    request_context,
    write_request,
)
from handlers.responses import Form, FormErrors, Response
from models.errors import DatabaseBusy, DatabaseProblem, DatabaseUnsure, Refusal
from models.notifications.accepted import (
    AcceptedPayload,
    any_accepted,
    list_accepted,
    note_accepted,
    still_accepted,
    take_accepted,
)
from models.notifications.received import was_dealt_with
from models.plan.accounts import asker_of, known_actors
from models.storage.database_errors import BUSY
from models.storage.deadlines import ACKNOWLEDGED_WAIT
from models.storage.engine import WouldWrite
from models.storage.tracebacks import log_error

log = logging.getLogger(__name__)

WAIT_AT_ONCE = 1.0
"""Seconds that what comes alone waits for a lock before it is noted instead."""
WAIT_TO_NOTE = 0.5
"""Seconds that noting waits for a lock: with the wait before, what Slack's three seconds leave."""
WAIT_FOR_NOTE = 2.3
"""Seconds a listener waits until what it took in is noted."""
LOOK_EVERY = 10.0
"""Seconds between two looks for what a copy that ended has left."""
BETWEEN_LOOKS, AFTER_TROUBLE, GIVE_WAY = 0.005, 5.0, 0.5
LONGEST_STAND_BACK = 1.0
"""Seconds that what is noted waits at most while others are acknowledged."""
MOST_TOGETHER = 50
SHORTEST_TOGETHER, LONGEST_TOGETHER = 0.1, 0.5
"""Requests, and seconds, that one transaction works at most: others wait for it."""
CHECKING = 4
"""Requests that are looked at beside each other."""
MOST_TRIES = 5
"""How often a request that the database fails on is tried before whoever sent it is told so: others wait behind it."""


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
        self._working = self._worked = self._leaving = False
        self._in_hand = 0
        self._counting = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._ready: dict[str, Request] = {}
        self._unreadable: set[str] = set()
        self._tries: Counter[str] = Counter()

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
        """Return whether nothing is taken in, or waits to be worked."""
        return not self._threads or not (self._in_hand or self._working or self._left_over.is_set())

    # -- what listeners call

    def take(self, request: Request) -> Uptake:
        """Do what somebody asks, or note that it is to be done."""
        with self._counting:
            alone = not self._threads or not (self._in_hand or self._left_over.is_set())
            self._in_hand += 1
        try:
            return self._take(request, alone)
        finally:
            with self._counting:
                self._in_hand -= 1

    def _take(self, request: Request, alone: bool) -> Uptake:
        given = failures_in_words(lambda: self._at_once(request), request.text) if alone else None
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
                if any_accepted(session, self._unreadable):
                    self._left_over.set()
                    return None
                given = write_request(self.deps, session, request, self.deps.now())
        except DatabaseUnsure:
            raise
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
            arrivals = [self._arrived.get()]
            with suppress(Empty):
                while True:
                    arrivals.append(self._arrived.get_nowait())
            try:
                self._note([one for one in arrivals if one is not None])
            except Exception as error:  # noqa: BLE001 - what comes next is to be noted
                log_error(log, error)

    def _note(self, arrivals: Sequence[_Arrival]) -> None:
        """Note in one transaction what has arrived; whoever gave up waiting was told that nothing was stored."""
        waited_for = [one for one in arrivals if one.noted.set_running_or_notify_cancel()]
        if not waited_for:
            return
        now = self.deps.now()
        try:
            rows = [
                AcceptedPayload(one.request.key, one.request.kind, one.request.payload.model_dump_json(), now)
                for one in waited_for
            ]
            # SQLite has one writer: this thread takes its turn after whoever works.
            with self._turn if self.deps.database.is_sqlite else nullcontext(), self._noting() as session:
                note_accepted(session, rows)
        except Exception as error:  # noqa: BLE001 - each listener says it in its own words
            for one in waited_for:
                one.noted.set_exception(error)
            return
        for one in waited_for:
            one.noted.set_result(None)
        if told := [one.request.key for one in waited_for if one.gave_up]:
            with suppress(DatabaseProblem), self._noting() as session:
                take_accepted(session, told)
        self._left_over.set()

    def _noting(self) -> AbstractContextManager[Session]:
        return self.deps.database.write(WAIT_TO_NOTE, workspace=self.deps.workspace_id, wakes=False, in_turn=False)

    def _work_what_waits(self) -> None:
        while not self._leaving:
            self._left_over.wait(LOOK_EVERY)
            self._stand_back()
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

    def _stand_back(self) -> None:
        """Leave the processor, and SQLite's one writer, to whoever waits to be acknowledged."""
        ends = time.monotonic() + LONGEST_STAND_BACK
        while self._in_hand and not self._leaving and time.monotonic() < ends:
            time.sleep(BETWEEN_LOOKS)

    def _work_oldest(self) -> None:
        """Work what waits longest, several in one transaction, and answer once that is committed."""
        deps = self.deps
        self._left_over.clear()
        with deps.database.read(deps.workspace_id) as session:
            waiting = list_accepted(session, MOST_TOGETHER, self._unreadable)
        if not waiting:
            if self._worked:
                # A pass reads the whole plan: what was done may have made something due, and is told of together.
                self._worked = False
                deps.wake()
            return
        self._left_over.set()
        self._make_ready(waiting)
        done: list[tuple[AcceptedPayload, Response | None]] = []
        trouble: Exception | None = None
        with self._turn, deps.writing(ACKNOWLEDGED_WAIT) as session:
            began = time.monotonic()
            there = still_accepted(session, self._ready)
            # Where another copy has worked meanwhile it goes on alone: to take turns is slower.
            others = self._ready.keys() - there
            for one in waiting:
                if others or one.key not in there:
                    continue
                try:
                    done.append((one, self._work(session, one)))
                except (DatabaseProblem, DBAPIError) as error:
                    trouble = error
                    break
                longest = SHORTEST_TOGETHER if self._in_hand else LONGEST_TOGETHER
                if self._leaving or time.monotonic() - began > longest:
                    break
            take_accepted(session, [one.key for one, _ in done])
        for one, given in done:
            if given is not None:
                deps.run_in_background(self._ready[one.key].answer, given)
        self._worked = self._worked or bool(done)
        if others:
            time.sleep(GIVE_WAY)
        if trouble is not None:
            log.warning("what was noted is tried again: %s", type(trouble).__name__)

    def _make_ready(self, waiting: Sequence[AcceptedPayload]) -> None:
        """Read what waits, and look up whoever it is of or mentions: that may ask Slack, which no transaction does."""
        deps = self.deps
        fresh = {one.key: self._read(one) for one in waiting if one.key not in self._ready}
        requests = [request for request in fresh.values() if request is not None]
        with deps.database.read(deps.workspace_id) as session:
            known = known_actors(session, deps.workspace_id, [request.actor for request in requests])
            unmet = [
                request
                for request in requests
                if request.actor not in known
                or not deps.directory.has_met_mentioned(session, request.mentions or request.text)
            ]
        for request in unmet:
            meet_all(deps, request)
        keys, ready = {one.key for one in waiting}, self._ready | fresh
        self._ready = {key: request for key, request in ready.items() if request is not None and key in keys}
        self._unreadable |= {key for key, request in fresh.items() if request is None}

    def _read(self, noted: AcceptedPayload) -> Request | None:
        """Return the request that was noted; None where it is left to a version of the program that can read it."""
        try:
            return self.readers[noted.kind](self, noted.payload)
        except (KeyError, ValidationError):
            log.error("what was noted as %s at %s cannot be read by this version", noted.kind, noted.at)
            return None

    def _work(self, session: Session, noted: AcceptedPayload) -> Response | None:
        """Work one request in a transaction of several: what goes wrong with it is its own.

        Raises:
            DatabaseProblem, DBAPIError: the database's fault: it is tried again.
        """
        request = self._ready[noted.key]
        try:
            return write_request(self.deps, session, request, noted.at)
        except Exception as error:
            if isinstance(error, DatabaseProblem | DBAPIError):
                self._tries[noted.key] += 1
                if self._tries[noted.key] < MOST_TRIES:
                    raise
            return failure_in_words(error, request.text)
        finally:
            # The next one reads what this one wrote, as if it had a transaction of its own.
            session.expunge_all()
