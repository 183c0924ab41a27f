"""What a keyboard and a screen reader need of a view, at two widths, light and dark; and the keys that are pressed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import ViewportSize

from tests.browser.conftest import PHONE, WIDE

SMALLEST = 24
"""CSS pixels that a target is wide and high at least (WCAG 2.2, 2.5.8); links within sentences are exempt."""
TARGETS = "button, select, input:not([type=hidden]), summary, .person, .places a"
TOO_SMALL = f"""() => [...document.querySelectorAll("{TARGETS}")]
  .filter((each) => each.checkVisibility())
  .map((each) => [each.textContent.trim().slice(0, 30) || each.id, each.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < {SMALLEST} || box.height < {SMALLEST})).map(([name]) => name)"""


def looks(*sizes: ViewportSize) -> Iterator[tuple[ViewportSize, Literal["light", "dark"]]]:
    """Each size, dark and light; the last is light and the first size."""
    for size in reversed(sizes):
        yield size, "dark"
        yield size, "light"


def find_nothing(tab: Tab, axe: Axe) -> None:
    """Axe finds nothing on what is shown, nothing is wider than the screen, and every target is large enough."""
    for size, scheme in looks(WIDE, PHONE):
        tab.set_viewport_size(size)
        tab.emulate_media(color_scheme=scheme)
        found = axe.run(tab).response["violations"]
        assert not found, [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
        assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert tab.evaluate(TOO_SMALL) == []


def pressed(tab: Tab, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


NAMED = """() => {
  const each = document.activeElement, name = each.type === "checkbox" ? each.labels[0] : each;
  return [name.textContent.trim() || each.id, each.closest(".message")?.textContent || ""]; }"""


def until_focused(tab: Tab, name: str, key: str = "Tab", most: int = 60, within: str = "") -> None:
    """Presses a key until what has the focus is called so, and stands in a message that says `within`."""
    for _ in range(most):
        called, message = tab.evaluate(NAMED)
        if called.startswith(name) and within in message:
            return
        tab.keyboard.press(key)
    raise AssertionError(f"{name} is not reached with {key}")
