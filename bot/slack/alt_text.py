"""What a page says of its picture, and the words that stand for one: what wording needs, and no connection to Slack."""

from dataclasses import asdict
from typing import Any

from bot.drawing import alternative
from bot.slack import limits
from handlers.responses import Picture

PICTURE = "picture"
"""Under which name a page says what its picture is of and before which of its blocks it stands."""


def picture_of_page(picture: Picture, at: int) -> dict[str, Any]:
    """A picture as a page keeps it; it stands before block number `at`."""
    return {"at": at, "of": asdict(picture)}


def alternative_text(picture: Picture) -> str:
    """The words that stand for a picture, as many as Slack takes."""
    return limits.clip(alternative(picture, limits.ALT_TEXT), limits.ALT_TEXT)
