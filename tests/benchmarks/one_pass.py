"""Passes over one database, in a process of its own, so that its memory is its own and too much of it ends only that.

`python -m tests.benchmarks.one_pass DATABASE WORKSPACE MOST_MEMORY`: for each instant on stdin a pass that plans and
does not send; prints how long it took, the most memory that the process ever had, and how many messages are planned.
"""

from __future__ import annotations

import json
import resource
import select
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_rows

from bot.__main__ import real_now
from bot.slack.messenger import SlackMessenger, sending_client
from models.storage.engine import Database
from models.storage.notification_tables import Message
from schedules.outbox import Outbox

MB = 1024


class Passes:
    """A handle on such a process."""

    def __init__(self, path: Path, workspace: str, most_memory: int, longest: float) -> None:
        self.longest = longest
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.one_pass", str(path), workspace, str(most_memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def at(self, now: datetime) -> dict[str, Any] | None:
        """One pass; None where it came to no end within its time and memory, and then the process is gone."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        if self._process.poll() is not None:
            return None
        stdin.write(now.isoformat() + "\n")
        stdin.flush()
        ready, _, _ = select.select([stdout], [], [], self.longest)
        line = stdout.readline() if ready else ""
        if not line:
            self.close()
            return None
        told: dict[str, Any] = json.loads(line)
        return told

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait(30)


def main() -> None:
    """Passes until stdin is closed."""
    path, workspace, most_memory = sys.argv[1], sys.argv[2], int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (most_memory * MB * MB, most_memory * MB * MB))
    database = Database(path)
    messenger = SlackMessenger(sending_client("none", "http://127.0.0.1/"))
    outbox = Outbox(database, workspace, messenger, database.clock(real_now))
    # It plans, and looks at what could be sent; nothing is.
    outbox.stopping.set()
    for line in sys.stdin:
        began = time.perf_counter()
        outbox.tick(datetime.fromisoformat(line.strip()))
        taken = time.perf_counter() - began
        with database.read(workspace) as session:
            planned = session.scalar(select_rows(func.count()).select_from(Message))
        print(json.dumps({"seconds": taken, "peak_mb": round(peak_mb()), "planned": planned}), flush=True)


def peak_mb() -> float:
    """The most memory this program ever had; `ru_maxrss` counts what the one that started it had then as well."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / MB


if __name__ == "__main__":
    main()
