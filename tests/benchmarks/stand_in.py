"""The local workspace in a process of its own, so that what it does is not counted as the bot's.

`python -m tests.benchmarks.stand_in LEADS`: prints where it is, then answers orders on stdin until that is closed.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections import defaultdict
from functools import partial
from typing import Any

from tests.local_slack import Fault, LocalWorkspace

CALLS = 1_000_000
METHOD = "chat.postMessage"
CHAIR, SECRETARY = "U0CHAIRPB", "U0DEMSERV"
"""Those who ask; in the example plan too."""


class StandIn:
    """A handle on the workspace in its process."""

    def __init__(self, leads: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.stand_in", str(leads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        told = self._read()
        self.api_url: str = told["api_url"]
        self.bot_token: str = told["bot_token"]
        self.app_token: str = told["app_token"]

    def slow(self, answer_after: float) -> None:
        """From now on a post is answered after so many seconds; 0 for at once."""
        self._order({"slow": answer_after})

    def posted(self) -> tuple[int, float | None]:
        """How many messages came since this was last asked, and the least seconds between two to one channel."""
        told = self._order({"posted": True})
        return told["posts"], told["least_gap"]

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def _order(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


def lead(number: int) -> str:
    """The account of the lead of this number."""
    return f"U0L{number:07d}"


def conversation(number: int) -> str:
    """The direct conversation with the lead of this number."""
    return "D" + lead(number)[1:]


def main() -> None:
    """Serves until stdin is closed."""
    with LocalWorkspace(burst=5) as workspace:
        for account in (CHAIR, SECRETARY):
            workspace.add_user(account, account)
        for number in range(int(sys.argv[1])):
            someone = workspace.add_user(lead(number), f"Lead {number}")
            workspace._look(partial(workspace._core.state.open_dm, someone))
        tokens = {"bot_token": workspace.bot_token, "app_token": workspace.app_token}
        print(json.dumps({"api_url": workspace.api_url, **tokens}), flush=True)
        for line in sys.stdin:
            order = json.loads(line)
            if "slow" in order:
                workspace.faults.clear()
                if order["slow"]:
                    workspace.faults.add(METHOD, Fault.answers_late(order["slow"]), times=CALLS)
                print("{}", flush=True)
            else:
                print(json.dumps(_posted(workspace)), flush=True)


def _posted(workspace: LocalWorkspace) -> dict[str, Any]:
    """Counts what was posted, by the stamps of its arrival, and forgets it."""

    def look() -> dict[str, list[float]]:
        state = workspace._core.state
        stamps: defaultdict[str, list[float]] = defaultdict(list)
        for channel, messages in state.messages.items():
            stamps[channel] += [float(message.ts) for message in messages]
        state.messages.clear()
        workspace.log.calls.clear()
        return stamps

    by_channel = workspace._look(look)
    gaps = [later - sooner for stamps in by_channel.values() for sooner, later in itertools.pairwise(stamps)]
    return {"posts": sum(map(len, by_channel.values())), "least_gap": min(gaps, default=None)}


if __name__ == "__main__":
    main()
