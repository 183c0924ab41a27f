"""`cypp demo`: the page is served until somebody ends it, on the port that was asked for, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.demo.page.open_page import has_screen
from tests.bot.cli.support import CYPP, ROOT, free_port, run

Start = Callable[..., tuple[subprocess.Popen[str], str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a demo; gives the process and the address it prints."""
    started: list[subprocess.Popen[str]] = []

    def begin(*options: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [CYPP, "demo", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1", "DISPLAY": "", "WAYLAND_DISPLAY": ""},
        )
        started.append(process)
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found, said
        return process, found[0]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def test_it_prints_its_address_serves_the_page_and_leaves_nothing_at_sigterm(start: Start, tmp_path: Path) -> None:
    process, address = start()
    with urllib.request.urlopen(address, timeout=10) as got:
        assert "Ask as the chair: /cypp status priority 7" in got.read().decode()
    assert list(tmp_path.iterdir())
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (0, "")
    assert "The demo has ended." in out
    assert list(tmp_path.iterdir()) == []


def test_a_port_may_be_named_and_one_that_is_taken_is_said_in_one_sentence(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        sentence = run("demo", "--port", str(taken)).sentence()
    assert sentence == f"Port {taken} is in use, perhaps by another demo: name another one, or leave --port out."
    port = free_port()
    process, address = start("--port", str(port))
    assert address == f"http://127.0.0.1:{port}/"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (0, "")


def test_it_ends_while_the_clock_is_moving(start: Start) -> None:
    process, address = start()
    data = urllib.parse.urlencode({"how": "date", "date": "2021-07-01", "back": ""}).encode()

    def move() -> None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}clock", data, timeout=60).close()

    moving = threading.Thread(target=move)
    moving.start()
    time.sleep(1)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert time.monotonic() - began < 10
    assert process.returncode == 0
    assert "Traceback" not in err
    moving.join()


@pytest.mark.parametrize("port", ["0", "70000", "x", "-1"])
def test_a_port_that_is_none_is_misuse(port: str) -> None:
    ran = run("demo", "--port", port)
    assert ran.code == 2
    assert "Traceback" not in ran.said


@pytest.mark.parametrize("ci", ["true", ""])
def test_make_demo_tells_the_story_where_nobody_could_end_the_page(ci: str) -> None:
    ran = subprocess.run(
        ["make", "--no-print-directory", "demo", "CYPP=echo"],
        cwd=ROOT,
        env={**os.environ, "CI": ci},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ran.stdout.strip().endswith("demo --story")


@pytest.mark.parametrize(
    ("given", "screen"),
    [({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, True), ({}, False), ({"DISPLAY": ":0", "CI": "1"}, False)],
)
def test_a_browser_is_opened_only_where_somebody_sees_it(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], screen: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "CI"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert has_screen() is (screen or (sys.platform in ("win32", "darwin") and "CI" not in given))
