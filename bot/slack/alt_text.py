"""Put a page's picture, and the words that stand for one, into the page. Needs no connection to Slack."""

from dataclasses import asdict
from typing import Any

from bot.drawing import alternative_words
from bot.slack import limits
from handlers.responses import Picture
from models.charts.chart import Chart

PICTURE_KEY = "picture"
"""The key under which a page keeps what its picture shows."""


def page_picture(picture: Picture | Chart) -> dict[str, Any]:
    """Return a picture as a page keeps it."""
    return {"of": asdict(picture)}


def alternative_text(picture: Picture | Chart) -> str:
    """Return the words that stand for a picture, as many as Slack takes."""
    return limits.clip(alternative_words(picture, limits.ALT_TEXT), limits.ALT_TEXT)
