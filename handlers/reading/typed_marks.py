"""Characters that stand for others, and marks of formatting: entities, emoji names, *bold*, ~struck out~.

Source: https://docs.slack.dev/messaging/formatting-message-text, Visual styles.
"""

import re
from unicodedata import is_normalized, normalize

from handlers.reading.lazy_regex import lazy_regex

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
"""What no reader sees: zero width, direction, control."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ENTITY = lazy_regex(
    r"(?:(?m:^)&(?P<mark>gt)(?=;\s)|&(?P<and>amp)(?=;(?:\s|$))|&(?P<than>lt|gt)(?=;\s?[0-9£])|"
    r"&(?P<other>nbsp|quot|apos|#39|#34|#160));"
)
"""What a mail leaves in pasted words. Slack's own are undone before; what somebody typed so may stand for a mention."""
_ENTITIES = {
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "nbsp": " ",
    "quot": '"',
    "#34": '"',
    "apos": "'",
    "#39": "'",
    "#160": " ",
}
_EMOJI = lazy_regex(r":([a-z0-9_+-]{1,40}):(?::skin-tone-([2-6]):)?")
_SHAPES = {
    f"large_{colour}_{shape}": chr(first + number)
    for shape, first, colours in (
        ("circle", 0x1F7E0, ("orange", "yellow", "green", "purple", "brown")),
        ("square", 0x1F7E5, ("red", "blue", "orange", "yellow", "green", "purple", "brown")),
    )
    for number, colour in enumerate(colours)
}
_EMOJI_NAMES = _SHAPES | {
    "red_circle": "🔴",
    "large_blue_circle": "🔵",
    "white_check_mark": "✅",
    "heavy_check_mark": "✔",
    "ballot_box_with_check": "☑",
    "x": "❌",
    "+1": "👍",
    "thumbsup": "👍",
    "-1": "👎",
    "thumbsdown": "👎",
    "ok_hand": "👌",
    "pray": "🙏",
    "tada": "🎉",
    "warning": "⚠",
    "construction": "🚧",
}
"""The names that say something about an action; every other name is opaque (`handlers.reading.normalise.fold`)."""
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LONGEST_ACCENTS = lazy_regex("([\u0300-\u036f]{30})[\u0300-\u036f]+")
"""More combining marks on one letter are no word, and putting them in order takes the square of their number."""
_ADDRESS = lazy_regex(r"[A-Za-z]{1,12}://\S+")
_MARKS = "*_~`"


def plain_characters(text: str) -> str:
    r"""Return a text with `\n` as its line end, each entity and known emoji name as the character it stands for.

    What is invisible goes; figures and letters of full width are plain ones; accents are composed (NFC).
    """
    text = _LINE_ENDS.sub("\n", text)
    if "&" in text:
        text = _ENTITY().sub(lambda found: _ENTITIES[found[found.lastgroup or 0]], text)
    text = INVISIBLE.sub("", text)
    if not text.isascii():
        text = _LONGEST_ACCENTS().sub(r"\1", text.translate(_FULL_WIDTH))
        text = text if is_normalized("NFC", text) else normalize("NFC", text)
    if ":" in text:
        text = _EMOJI().sub(_emoji, text)
    return text


def _emoji(found: re.Match[str]) -> str:
    named, tone = _EMOJI_NAMES.get(found[1]), found[2]
    return f"{named}{chr(0x1F3F9 + int(tone)) if tone else ''}" if named else found[0]


def without_marks(line: str) -> tuple[str, str]:
    """Return a line without its marks of formatting and what they strike out, and the words struck out.

    A mark counts in a pair: the first before a word, the last behind one, neither amid a word or an address.
    """
    if not any(mark in line for mark in _MARKS):
        return line, ""
    pairs = _pairs(line)
    if not pairs:
        return line, ""
    out = {place for pair in pairs for place in pair}
    struck: list[str] = []
    until = -1
    for first, last in sorted(pairs):
        if line[first] == "~" and first > until:
            struck.append(line[first + 1 : last].strip(_MARKS))
            until = last
            out.update(range(first, last + 1))
    return "".join(char for place, char in enumerate(line) if place not in out), " ".join(struck)


def _pairs(line: str) -> list[tuple[int, int]]:
    """Return the places of the marks that belong together."""
    inside = {place for found in _ADDRESS().finditer(line) for place in range(*found.span())}
    open_marks: dict[str, list[tuple[int, int]]] = {mark: [] for mark in _MARKS}
    pairs: list[tuple[int, int]] = []
    seen = 0
    for place, char in enumerate(line):
        if char not in _MARKS:
            seen += not char.isspace()
            continue
        before, after = line[place - 1 : place] if place else " ", line[place + 1 : place + 2] or " "
        waiting = open_marks[char]
        if place in inside:
            continue
        if waiting and not before.isspace() and not after.isalnum() and waiting[-1][1] < seen:
            pairs.append((waiting.pop()[0], place))
        elif not before.isalnum() and not after.isspace():
            waiting.append((place, seen))
    return pairs
