"""Run one in-memory job that calls `Outbox.tick` every minute. The database says what has been sent.

The only import of APScheduler. It has no job store: a store shared by two processes would run jobs twice.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from models.errors import Refusal
from models.storage.tracebacks import format_traceback
from schedules.outbox import Outbox

log = logging.getLogger(__name__)


def _real_now() -> datetime:
    """Return the real time, aware, in UTC."""
    return datetime.now(UTC)


class Runner:
    """Tick an outbox until stopped.

    `now`: the plan's time; `every`: seconds between two ticks.
    """

    def __init__(self, outbox: Outbox, now: Callable[[], datetime], every: float) -> None:
        self.outbox, self.now, self.every = outbox, now, every
        # misfire_grace_time is one second and ignored unless given here; None means a late tick is still a tick.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1), "beside": ThreadPoolExecutor(1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self.last_pass: datetime | None = None
        """When the last pass ended, real time; None before the first."""
        self._job = self._scheduler.add_job(self._tick, "interval", seconds=every, next_run_time=_real_now())

    def add_job(self, work: Callable[[], None], every: float) -> None:
        """Run something else every so many seconds, beside the passes."""
        self._scheduler.add_job(work, "interval", seconds=every, executor="beside")

    def start(self) -> None:
        """Begin; the first tick comes at once."""
        self._scheduler.start()

    def wake(self) -> None:
        """Make the next pass run now, not at the next minute."""
        if self._scheduler.running and not self.outbox.stopping.is_set():
            self._job.modify(next_run_time=_real_now())

    def stop(self) -> None:
        """Stop; a pass under way ends after its present message, and the rest continues at the next start."""
        self.outbox.stopping.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _tick(self) -> None:
        try:
            self.outbox.tick(self.now())
        except Refusal as refusal:
            log.warning("a pass was put off: %s", refusal.sentence)
        except Exception as error:  # noqa: BLE001 - the next pass starts afresh
            log.error("a pass failed: %s", format_traceback(error))
        else:
            self.last_pass = _real_now()
