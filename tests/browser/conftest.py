"""A Chromium a module, one page for all tests in a browser; screenshots stay in `tests/browser/screenshots`."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Playwright, ViewportSize, sync_playwright
from playwright.sync_api import Page as Tab

from bot.demo.page import DemoPage
from tests.bot.demo.page.again import Again, a_page, a_page_of_requests, the_page  # noqa: F401 - fixtures

SHOTS = Path(__file__).parent / "screenshots"
NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 320, "height": 640}
MOST = 15_000
"""Milliseconds after which something awaited has not come."""
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--lang=en-GB",
]


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives the browser. It ends with its module: its event loop is in the way of others' `asyncio.run`."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium. Skips where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("there is no Chromium here: “make browser” installs it where it may (apt-get install chromium)")
    browser = playwright.chromium.launch(executable_path=found, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Deque's axe."""
    return Axe()


@pytest.fixture
def asked(requested: Again) -> DemoPage:
    """The page when the request has gone out, for each test."""
    return requested.back()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """A tab that fails the test where a script fails or anything is asked of another place."""
    context = browser.new_context(viewport=WIDE, locale="en-GB", reduced_motion="reduce")
    yield from _watched(context)


@pytest.fixture
def tab_without_script(browser: Browser) -> Iterator[Tab]:
    """A tab that runs no script."""
    yield from _watched(browser.new_context(viewport=WIDE, java_script_enabled=False))


def _watched(context: BrowserContext) -> Iterator[Tab]:
    tab = context.new_page()
    tab.set_default_timeout(MOST)
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    # A page that is not there is said to be so by the page itself.
    tab.on("console", lambda said: wrong.append(said.text) if said.type == "error" and "404" not in said.text else None)
    tab.on("request", lambda asked: wrong.append(asked.url) if _elsewhere(asked.url) else None)
    yield tab
    context.close()
    assert not wrong


def _elsewhere(url: str) -> bool:
    return not re.match(r"http://127\.0\.0\.1:\d+/|data:", url)


@pytest.fixture
def shot(tab: Tab, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keeps a screenshot under a name."""
    SHOTS.mkdir(exist_ok=True)

    def keep(name: str) -> None:
        tab.screenshot(path=SHOTS / f"{name}.png")

    return keep
