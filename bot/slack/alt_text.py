"""Put a page's picture, and the words that stand for one, into the page. Needs no connection to Slack."""

from dataclasses import asdict
from typing import Any

from bot.drawing import alternative_words
from bot.slack import limits
from handlers.responses import Picture

PICTURE_KEY = "picture"
"""The key under which a page keeps what its picture shows and before which of its blocks it stands."""


def page_picture(picture: Picture, at: int) -> dict[str, Any]:
    """Return a picture as a page keeps it; it stands before block number `at`."""
    return {"at": at, "of": asdict(picture)}


def alternative_text(picture: Picture) -> str:
    """Return the words that stand for a picture, as many as Slack takes."""
    return limits.clip(alternative_words(picture, limits.ALT_TEXT), limits.ALT_TEXT)
