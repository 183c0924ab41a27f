"""How long a digest and *No update received* are: in a table, and in lines where it is refused; pictures are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, ViewportSize, expect

from bot.demo.page import DemoPage, open_page
from bot.demo.workspace import SeenMessage
from tests.bot.slack.e2e import SECRETARY, labels, message_with, when
from tests.browser.conftest import MOST, SHOTS, WIDE
from tests.local_slack import LocalWorkspace, Sandbox

OVERDUE = SILENT = 25
MORE, MORE_SILENT = 6, 14
"""Actions beside those that the example has overdue, or without an update, by then."""
NARROW: ViewportSize = {"width": 390, "height": 844}
SCREENS = ((WIDE, 2), (NARROW, 4))
FORMS = ("table", "lines")
LEADS = ("Head of Education", "Public Health Lead for Children", "Communications Manager", "Active Sefton Manager")

Shown = tuple[DemoPage, SeenMessage]


def opened(form: str) -> tuple[DemoPage, Sandbox]:
    """A page of the example, where tables are taken or refused."""
    page = open_page(workspace_type=LocalWorkspace)
    sandbox = Sandbox(**vars(page.sandbox))
    sandbox.workspace.refuse_blocks(*(() if form == "table" else ("data_table",)))
    sandbox.bot.deps.blocks.ask(sandbox.bot.deps.client)
    return page, sandbox


def add(sandbox: Sandbox, many: int, by: str) -> None:
    """The secretary adds so many actions, due by a day."""
    lines = [f"{LEADS[n % len(LEADS)]}: write to every school, part {n}, by {by}" for n in range(many)]
    shown = sandbox.command(SECRETARY, "\n".join(("add", *lines))).message
    button = next(one for one in labels(shown) if one.startswith("Add all"))
    sandbox.workspace.press(SECRETARY, shown, text=button, replies=1)


@pytest.fixture(scope="module", params=FORMS)
def digest(request: pytest.FixtureRequest) -> Iterator[Shown]:
    """A page where the secretary has a digest of 25 overdue actions."""
    page, sandbox = opened(request.param)
    sandbox.advance(when(9, 17, 10))
    add(sandbox, MORE, "2 Oct")
    sandbox.clock.move(when(11, 5, 10))
    yield page, sandbox.command(SECRETARY, "digest partnership").message
    page.close()


@pytest.fixture(scope="module", params=FORMS)
def no_update(request: pytest.FixtureRequest) -> Iterator[Shown]:
    """A page where the secretary has *No update received* on 25 actions."""
    page, sandbox = opened(request.param)
    sandbox.advance(when(8, 10, 10))
    add(sandbox, MORE_SILENT, "16 Sep")
    sandbox.advance(when(9, 2, 10))
    yield page, message_with(sandbox, SECRETARY, "Wed 16 Sep 2020: no update received on")
    page.close()


def heights(browser: Browser, shown: Shown, end: str) -> Iterator[tuple[int, int, float]]:
    """From the top of a message to the end of a part of it: the width, the height that it may have and has."""
    page, seen = shown
    form = FORMS["data_table" not in {block["type"] for block in seen.blocks}]
    for size, screens in SCREENS:
        tab = browser.new_page(viewport=size, locale="en-GB", reduced_motion="reduce")
        tab.set_default_timeout(MOST)
        tab.goto(f"{page.address}as/{SECRETARY}/messages")
        message: Locator = tab.locator(f"#m-{seen.ts.replace('.', '-')}")
        expect(message).to_be_visible()
        box, last = message.bounding_box(), message.locator(end).bounding_box()
        assert box is not None
        assert last is not None
        SHOTS.mkdir(exist_ok=True)
        tab.set_viewport_size({**size, "height": screens * size["height"]})
        what = "digest" if "overdue" in seen.text.partition(".")[0] else "no-update"
        tab.screenshot(path=SHOTS / f"{what}-{form}-{size['width']}.png")
        yield size["width"], screens * size["height"], last["y"] + last["height"] - box["y"]
        tab.close()


def test_a_digest_of_25_overdue_fits_two_screens_and_on_a_phone_four(browser: Browser, digest: Shown) -> None:
    assert f": {OVERDUE} actions overdue." in digest[1].text
    for width, most, height in heights(browser, digest, ".blocks > .actions >> nth=0"):
        assert height <= most, width


def test_no_update_received_on_25_fits_two_screens_and_on_a_phone_four(browser: Browser, no_update: Shown) -> None:
    assert f": no update received on {SILENT} of " in no_update[1].text
    for width, most, height in heights(browser, no_update, ".blocks"):
        assert height <= most, width
