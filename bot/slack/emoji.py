"""Turn the names under which Slack hands on typed emoji into the emoji (dylex/slack-libpurple#185).

A name that not everybody has, a workspace's own, stays as it is written; `handlers.reading.normalise.fold` lets nothing
be read inside it.
"""

import re
from functools import lru_cache

from rich.emoji import Emoji, NoEmoji

_NAME = re.compile(r":([a-z0-9_+'-]{1,60}):(?::skin-tone-([2-6]):)?")
_LINK = re.compile(r"https?://\S+")
# Younger than the table of rich, which has `red_circle`, `large_blue_circle`, `white_circle` and the hearts.
_SHAPES = {
    f"large_{colour}_{shape}": chr(first + number)
    for shape, first, colours in (
        ("circle", 0x1F7E0, ("orange", "yellow", "green", "purple", "brown")),
        ("square", 0x1F7E5, ("red", "blue", "orange", "yellow", "green", "purple", "brown")),
    )
    for number, colour in enumerate(colours)
}


def with_emoji(text: str) -> str:
    """Return typed text with the emoji that its names stand for, outside addresses."""
    if ":" not in text:
        return text
    links = [found.span() for found in _LINK.finditer(text)]
    return _NAME.sub(
        lambda found: found[0] if any(start <= found.start() < end for start, end in links) else _emoji(found), text
    )


def _emoji(found: re.Match[str]) -> str:
    named, tone = _named(found[1]), found[2]
    return f"{named}{chr(0x1F3F9 + int(tone)) if tone else ''}" if named else found[0]


@lru_cache(1000)
def _named(name: str) -> str:
    """Return the emoji of a name, "" where it is nobody's but a workspace's own."""
    if name.isdigit():
        return ""
    try:
        return _SHAPES.get(name) or str(Emoji(name))
    except NoEmoji:
        return ""
