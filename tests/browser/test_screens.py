"""How long a digest is for somebody who reads it: in a table, and in two lines an action; pictures are kept of both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from bot.demo.page import DemoPage, open_page
from bot.demo.workspace import SeenMessage
from tests.bot.slack.e2e import SECRETARY, when
from tests.browser.conftest import MOST, SHOTS, WIDE
from tests.local_slack import LocalWorkspace, Sandbox

OVERDUE = 25
MORE = 6
"""Actions beside those that the example has overdue by then."""
NARROW: ViewportSize = {"width": 390, "height": 844}
SCREENS = ((WIDE, 2), (NARROW, 4))
FORMS = ("table", "lines")


@pytest.fixture(scope="module")
def digests() -> Iterator[tuple[DemoPage, dict[str, SeenMessage]]]:
    """A page where the secretary has a digest of 25 overdue actions, with tables and where they are refused."""
    page = open_page(workspace_type=LocalWorkspace)
    sandbox = Sandbox(**vars(page.sandbox))
    sandbox.advance(when(9, 17, 10))
    lines = [f"Head of Education: write to every school about transport, part {n}, by 2 Oct" for n in range(MORE)]
    shown = sandbox.command(SECRETARY, "\n".join(("add", *lines)))
    sandbox.workspace.press(SECRETARY, shown.message, text="Add all six", replies=1)
    sandbox.clock.move(when(11, 5, 10))
    with_table = sandbox.command(SECRETARY, "digest partnership").message
    sandbox.workspace.refuse_blocks("data_table")
    sandbox.bot.deps.blocks.ask(sandbox.bot.deps.client)
    yield page, dict(zip(FORMS, (with_table, sandbox.command(SECRETARY, "digest partnership").message), strict=True))
    page.close()


@pytest.mark.parametrize("form", FORMS)
def test_a_digest_of_25_overdue_fits_two_screens_and_on_a_phone_four(
    browser: Browser, digests: tuple[DemoPage, dict[str, SeenMessage]], form: str
) -> None:
    page, messages = digests
    assert f": {OVERDUE} actions overdue." in messages[form].text
    for size, screens in SCREENS:
        tab = browser.new_page(viewport=size, locale="en-GB", reduced_motion="reduce")
        tab.set_default_timeout(MOST)
        tab.goto(f"{page.address}as/{SECRETARY}/messages")
        message = tab.locator(f"#m-{messages[form].ts.replace('.', '-')}")
        expect(message).to_be_visible()
        overdue = message.locator(".blocks > .actions").first
        box, end = message.bounding_box(), overdue.bounding_box()
        assert box is not None
        assert end is not None
        SHOTS.mkdir(exist_ok=True)
        tab.set_viewport_size({**size, "height": screens * size["height"]})
        tab.screenshot(path=SHOTS / f"digest-{form}-{size['width']}.png")
        assert end["y"] + end["height"] - box["y"] <= screens * size["height"], (form, size)
        tab.close()
