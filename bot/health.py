"""`GET /healthz`: how the running bot is, for whatever watches over it. Off unless CYPP_HEALTH_PORT is set.

It gives times and counts, and nothing that anybody wrote.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from bot.slack.meanings import token_troubles
from bot.slack.socket_watchdog import SocketWatchdog
from models.errors import Refusal
from models.notifications.lookups import count_queued, reasons_to_wait
from models.notifications.summaries import MessageCounts, count_final, day_bounds
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.storage.engine import Database
from models.storage.tables import Workspace

TICKS_MISSED = 5
"""So many passes late, and the bot is not well."""


class Health:
    """Looks at the bot when asked. `instant`: real time; `every`: seconds between two passes.

    Messages are counted in the database, so those of every copy of the bot are among them: of today in the plan's zone,
    and since this copy started.
    """

    def __init__(
        self,
        database: Database,
        workspace_id: str,
        socket_watchdog: SocketWatchdog,
        instant: Callable[[], datetime],
        every: float,
        last_pass: Callable[[], datetime | None],
    ) -> None:
        self.database, self.workspace_id, self.socket_watchdog = database, workspace_id, socket_watchdog
        self.instant, self.every, self.last_pass = instant, every, last_pass
        self.started = instant()

    def state(self) -> dict[str, Any]:
        """Return the body of `/healthz`. `healthy` is False with the reasons in `why`."""
        why: list[str] = []
        queue: int | None = None
        last_tick: datetime | None = None
        counted: list[MessageCounts] = []
        try:
            with self.database.read(self.workspace_id) as session:
                queue = count_queued(session)
                workspace = session.get(Workspace, self.workspace_id)
                last_tick = workspace.last_tick_at if workspace else None
                zone = zone_of(session, self.workspace_id)
                midnight, _ = day_bounds(local_day(self.instant(), zone), zone)
                counted = count_final(session, midnight, self.started)
                why += token_troubles(reasons_to_wait(session))
        except Refusal as problem:
            why.append(problem.sentence)
        passed = self.last_pass()
        late = timedelta(seconds=self.every * TICKS_MISSED + self.socket_watchdog.deaf_after)
        if passed is None or self.instant() - passed > late:
            why.append("no pass of what is said unasked for too long")
        silence = self.socket_watchdog.silence()
        if self.socket_watchdog.is_stale():
            why.append(f"the socket has brought nothing for {int(silence)} seconds")
        event = self.socket_watchdog.last_event
        return {
            "healthy": not why,
            "why": why,
            "last_tick": _said(last_tick),
            "last_slack_event": _said(datetime.fromtimestamp(event, UTC) if event else None),
            "socket_silent_seconds": round(silence, 1),
            "queue": queue,
            "started": _said(self.started),
            "messages": {
                name: counts._asdict() for name, counts in zip(("today", "since_start"), counted, strict=False)
            },
        }


def _said(instant: datetime | None) -> str | None:
    return instant.isoformat(timespec="seconds") if instant else None


class HealthServer:
    """Serves `/healthz` on an address, in a thread of its own."""

    def __init__(self, health: Health, host: str, port: int) -> None:

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = self.path.partition("?")[0] == "/healthz"
                state = health.state() if found else {"error": "ask for /healthz"}
                body = json.dumps(state).encode()
                self.send_response((200 if state["healthy"] else 503) if found else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Cache-Control", "no-store")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Log nothing: a watcher asks every few seconds."""

        try:
            self._server = ThreadingHTTPServer((host, port), Answer)
        except OSError as error:
            raise Refusal(
                f"/healthz cannot be served on {host}:{port} ({error.strerror}): choose another CYPP_HEALTH_PORT."
            ) from None
        self.port = int(self._server.server_address[1])
        self._thread = Thread(target=self._server.serve_forever, name="cypp-health", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()
