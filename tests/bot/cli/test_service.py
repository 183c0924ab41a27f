"""The systemd unit: how little it leaves open, and that the bot calls nothing that it forbids.

No systemd runs where the tests run, so it is asked what it thinks of the unit, and the kernel what the bot calls.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.bot.cli.support import CHAIR, EDUCATION, SECRETARY, Process, tokens
from tests.local_slack import LocalWorkspace

UNIT = Path("bot/install/cypp.service")
ANALYZE, TRACE = "systemd-analyze", "strace"
SETTING = re.compile(r"^([A-Z]\w+)=(.*)$", re.MULTILINE)
CALL = re.compile(r"^[0-9]+ +(\w+)\((.*)$")
WRITES_AND_RUNS = re.compile(r"PROT_WRITE\|PROT_EXEC")
FAMILY = re.compile(r"^(AF_\w+)")

pytestmark = pytest.mark.skipif(shutil.which(ANALYZE) is None, reason=f"there is no {ANALYZE} on this machine")


def analyze(*words: str | Path) -> str:
    """What systemd says of it."""
    done = subprocess.run([ANALYZE, *words], check=True, capture_output=True, text=True, timeout=60)
    return done.stdout


def settings() -> list[tuple[str, str]]:
    """The unit's settings, in order."""
    return SETTING.findall(UNIT.read_text())


@cache
def members(name: str) -> frozenset[str]:
    """The calls of a set, those of the sets in it among them."""
    listed = [line.strip() for line in analyze("syscall-filter", name).splitlines()[1:]]
    sets = [one for one in listed if one.startswith("@")]
    return frozenset(one for one in listed if re.fullmatch(r"\w+", one)).union(*map(members, sets))


def allowed() -> frozenset[str]:
    """The calls that the unit leaves to the bot."""
    found = members("@default")
    for words in (value for key, value in settings() if key == "SystemCallFilter"):
        named = frozenset[str]().union(*map(members, words.lstrip("~").split()))
        found = found - (named - members("@default")) if words.startswith("~") else found | named
    return found


@pytest.fixture
def calls(plan: Path, slack: LocalWorkspace, tmp_path: Path) -> list[tuple[str, str]]:
    """What the bot calls from its start to its end: a question, an answer, a picture, a paper in between."""
    if shutil.which(TRACE) is None:
        pytest.skip(f"there is no {TRACE} on this machine")
    slack.add_user(SECRETARY, "Democratic Services Officer", email="democratic.services@example.org")
    trace = tmp_path / "trace.txt"
    bot = Process(
        ["serve", "--db", plan], tokens(slack), tmp_path, under=(TRACE, "-f", "-qq", "-s", "0", "-o", str(trace))
    )
    try:
        slack.wait_until_connected(120)
        answer = slack.command(CHAIR, "/cypp", "status").messages[0]
        slack.press(CHAIR, answer, text="Show as picture")
        assert slack.command(EDUCATION, "/cypp", "update healthy-5 on track, two advisors recruited").messages
        assert slack.command(SECRETARY, "/cypp", "papers 16 Sep").messages
        os.kill(int(trace.read_text().split(maxsplit=1)[0]), signal.SIGTERM)
        assert bot.process.wait(60) == 0
    finally:
        bot.close()
    return [(found[1], found[2]) for line in trace.read_text().splitlines() if (found := CALL.match(line))]


def test_little_is_left_open() -> None:
    said = analyze("security", "--offline=yes", "--threshold=30", UNIT)
    exposure = re.search(r"Overall exposure level for cypp\.service: ([0-9.]+)", said)
    assert exposure is not None
    assert float(exposure[1]) <= 3.0


def test_every_setting_is_one_that_systemd_knows() -> None:
    done = subprocess.run([ANALYZE, "verify", UNIT], check=False, capture_output=True, text=True, timeout=60)
    unknown = [
        line for line in done.stderr.splitlines() if "cypp is not executable" not in line and "cypp.service" in line
    ]
    assert unknown == []


def test_the_bot_calls_nothing_that_the_unit_forbids(calls: list[tuple[str, str]]) -> None:
    assert len(calls) > 1000
    # SQLite calls it where root runs it, to leave a journal to whom the database belongs.
    of_root = {"fchown"} if os.geteuid() == 0 else set[str]()
    assert {name for name, _ in calls} - allowed() - of_root == set()
    families = {found[1] for name, words in calls if name == "socket" and (found := FAMILY.match(words))}
    (named,) = (value.split() for key, value in settings() if key == "RestrictAddressFamilies")
    assert families <= {*named}
    # What may be written is never run: MemoryDenyWriteExecute.
    assert not [words for name, words in calls if name in ("mmap", "mprotect") and WRITES_AND_RUNS.search(words)]
