"""Turn typed emoji into their names, as Slack does before an app sees them, and names into emoji for who reads."""

from __future__ import annotations

import re
import unicodedata

SHORTCODES = {
    "white_circle": "⚪",
    "large_green_circle": "🟢",
    "large_orange_circle": "🟠",
    "large_yellow_circle": "🟡",
    "red_circle": "🔴",
    "large_purple_circle": "🟣",
    "large_blue_circle": "🔵",
    "white_large_square": "⬜",
    "white_check_mark": "✅",
    "heavy_check_mark": "✔",
    "warning": "⚠",
    "hourglass_flowing_sand": "⏳",
    "date": "📅",
    "calendar": "📆",
    "bell": "🔔",
    "lock": "🔒",
    "memo": "📝",
    "+1": "👍",
    "pray": "🙏",
    "tada": "🎉",
    "heart": "❤️",
    "car": "🚗",
    "green_heart": "💚",
}
"""The names that are drawn; others stay as they are written."""
_NAMES = {char: name for name, char in SHORTCODES.items()}
_TONES = {chr(0x1F3FB + number): f"skin-tone-{number + 2}" for number in range(5)}
_DRAWN = SHORTCODES | {name: char for char, name in _TONES.items()}
_NAME = re.compile(r":([a-z0-9_+-]+):")
_CHARACTER = re.compile(f"{'|'.join(_NAMES)}|[\U0001f300-\U0001faff]\ufe0f?")


def emoji_named(text: str) -> str:
    """Return typed text as Slack hands it on: `🟢` as `:large_green_circle:`, `👍🏻` as `:+1::skin-tone-2:`.

    Seen in dylex/slack-libpurple#185 and tempoxyz/tip.bot#2.
    """
    return _CHARACTER.sub(lambda found: f":{_name_of(found[0])}:", text)


def _name_of(char: str) -> str:
    bare = char.rstrip("\ufe0f")
    return _NAMES.get(char) or _TONES.get(bare) or re.sub("[^a-z0-9]+", "_", unicodedata.name(bare, "unnamed").lower())


def emoji_shown(text: str) -> str:
    """Return text with the emoji that names stand for."""
    return _NAME.sub(lambda found: _DRAWN.get(found[1], found[0]), text)
