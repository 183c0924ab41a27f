"""Makes the pictures of README and docs from the running demo: `make pictures`. Each holds its words, for the tests.

The page, the chair's answer, a lead's reminder and the secretary's digest, in the order of the story; then the paper.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import FloatRect, ViewportSize, expect, sync_playwright
from playwright.sync_api import Page as Tab

from bot.demo.page import DemoPage, open_page
from bot.demo.sandbox import DEMO, example_plan, open_sandbox
from bot.demo.workspace import LocalWorkspace, SeenMessage
from tests.bot.slack.e2e import CHAIR, EDUCATION, SECRETARY
from tests.browser.conftest import MOST, NAMES, QUIET, WIDE
from tests.browser.paper_picture import FROM, keep_paper, paper_of_the_example

FOLDER = Path(__file__).parents[2] / "bot" / "demo" / "pictures"
NARROW: ViewportSize = {"width": 800, "height": 900}
"""Pixels: the page scrolls as a whole then, so a message can be taken whole."""
TALLEST = 1100
"""Pixels of a message that are shown, at most: it ends after a whole block."""
ENDS = """each => [...each.querySelectorAll(".blocks > *"), each]
  .map((part) => part.getBoundingClientRect().bottom - each.getBoundingClientRect().top)"""
COLOURS = 160
SAID = "said"
AGAIN = "say “make pictures”"
A_CLOCK = 60_000


def words_of(message: SeenMessage) -> str:
    """What a message says, as it is kept in its picture; but for the record's head, which no two plans share."""
    return re.sub(r"(?<=Record so far: )[0-9a-f ]+", "… ", message.plain(100))


def said_in(name: str) -> str:
    """What the picture of this name showed when it was made."""
    with Image.open(FOLDER / f"{name}.png") as image:
        return str(image.info[SAID])


def latest(page: DemoPage, user: str, words: str) -> SeenMessage:
    """The latest message to somebody that says these words."""
    return next(one for one in reversed(page.sandbox.workspace.dm(user)) if words in one.text)


def _keep(name: str, png: bytes, said: str) -> None:
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
    about = PngInfo()
    about.add_itxt(SAID, said)
    FOLDER.mkdir(exist_ok=True)
    image.save(FOLDER / f"{name}.png", optimize=True, pnginfo=about)


def _message(tab: Tab, name: str, seen: SeenMessage) -> None:
    """The picture of one message, from its author down."""
    shown = tab.locator(f"#m-{seen.ts.replace('.', '-')}")
    expect(shown).to_be_visible()
    for image in shown.locator("img").all():
        expect(image).to_have_js_property("complete", True)
    # It stays in sight over whatever is behind it.
    tab.locator("#composer").evaluate("each => { each.hidden = true; }")
    box = shown.bounding_box()
    assert box is not None
    height = max(end for end in shown.evaluate(ENDS) if end <= TALLEST)
    clip: FloatRect = {
        "x": box["x"],
        "y": box["y"] + tab.evaluate("scrollY"),
        "width": box["width"],
        "height": height + 8,
    }
    _keep(name, tab.screenshot(full_page=True, clip=clip), words_of(seen))


def _go(tab: Tab, page: DemoPage, user: str, day: str) -> None:
    """Somebody looks at their messages on a day of the story."""
    tab.goto(f"{page.address}as/{user}/messages")
    if day:
        tab.get_by_label("Go to a day").fill(day)
        tab.get_by_role("button", name="Go", exact=True).click()
        expect(tab.locator("#sent-title")).to_be_visible(timeout=A_CLOCK)
        tab.goto(f"{page.address}as/{user}/messages")


def make(page: DemoPage, tab: Tab) -> None:
    """Goes through the story and keeps the four pictures."""
    tab.set_viewport_size(NARROW)
    tab.goto(page.address)
    tab.get_by_role("button", name="Ask as the chair: /cypp status priority 7").click()
    expect(tab.locator(".message")).to_be_visible()
    _message(tab, "answer", latest(page, CHAIR, "Priority 7"))
    _go(tab, page, EDUCATION, "2020-08-17")
    _go(tab, page, EDUCATION, "2020-08-26")
    reminder = latest(page, EDUCATION, "Reminder")
    _message(tab, "reminder", reminder)
    tab.set_viewport_size(WIDE)
    _go(tab, page, EDUCATION, "")
    _keep("page", tab.screenshot(), words_of(reminder))
    tab.set_viewport_size(NARROW)
    _go(tab, page, SECRETARY, "2020-09-24")
    _message(tab, "digest", latest(page, SECRETARY, "Children and Young People's Partnership Board: 1"))


def main() -> None:
    """Makes them all. Ends with a word where there is no Chromium."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise SystemExit("There is no Chromium here: “make browser” installs it where it may.")
    page = open_page()
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=found, args=QUIET, env={**os.environ, "LANGUAGE": "en_GB"})
            tab = browser.new_page(locale="en-GB", reduced_motion="reduce")
            tab.set_default_timeout(MOST)
            make(page, tab)
            browser.close()
    finally:
        page.close()
    with TemporaryDirectory() as folder:
        sandbox = open_sandbox(f"{folder}/paper.db", FROM, LocalWorkspace(DEMO), example_plan())
        try:
            paper = paper_of_the_example(sandbox)
        finally:
            sandbox.close()
    keep_paper(paper, FOLDER / "paper.png", paper.text)


if __name__ == "__main__":
    main()
