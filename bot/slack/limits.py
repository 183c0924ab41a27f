"""Slack's limits, where each is written, and the measures that keep messages and forms within them.

Slack leaves two things open, and each is read the strict way. Whether it counts code points or UTF-16 units, and
whether it counts before or after escaping & < >: `size` counts the longest of them. What a whole message may weigh:
see PAGE_CHARACTERS and PAGE_WEIGHT.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

Block = dict[str, Any]

# https://docs.slack.dev/reference/block-kit/blocks (a modal or Home; a message has 50, see PAGE_BLOCKS)
VIEW_BLOCKS = 100
# https://docs.slack.dev/reference/block-kit/blocks/header-block and actions-block
HEADER_TEXT = 150
ACTIONS_ELEMENTS = 25
# https://docs.slack.dev/reference/block-kit/composition-objects/text-object: 1 to 3,000
TEXT_OBJECT = 3000
CONTEXT_TEXT = 2000
"""The careful way round: Slack's pages give every text object 3,000; lists that others keep say 2,000 here."""
# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
BUTTON_URL = 3000
BUTTON_SPOKEN = 75
# https://docs.slack.dev/reference/block-kit/blocks/image-block and reference/methods/files.getUploadURLExternal
ALT_TEXT = 2000
FILE_ALT_TEXT = 1000
# https://docs.slack.dev/reference/block-kit/blocks/data-table-block: rows beside that of headings; a page of them
TABLE_ROWS = 100
TABLE_PAGE = 10
# https://docs.slack.dev/reference/block-kit/blocks/container-block: its title has at most 150 characters
CONTAINER_BLOCKS = 10
# block_id, action_id, callback_id
IDENTIFIER = 255
# https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
# https://docs.slack.dev/reference/views/modal-views
VIEW_TITLE = 24
VIEW_BUTTON = 24
PRIVATE_METADATA = 3000
# https://docs.slack.dev/reference/block-kit/blocks/input-block and the elements it takes
INPUT_LABEL = 2000
INPUT_HINT = 2000
INPUT_VALUE = 3000
OPTIONS = 100
OPTION_GROUPS = 100
BOXES = 10
OPTION_TEXT = 75
OPTION_VALUE = 150
# https://docs.slack.dev/changelog/2018-04-truncating-really-long-messages: what a person can type, at most
TYPED_TEXT = 40_000

FALLBACK_CHARACTERS = 3000
"""Our own limit on the plain `text` of a message: it is heard by users of screen readers."""
FALLBACK_BYTES = 3900
"""chat.update refuses a `text` over 4,000 and has been seen to count UTF-8 bytes; posted messages are updated later."""

PAGE_BLOCKS = 45
"""Under the 50 blocks of a message, so that something may be added to a message without splitting it."""
PAGE_CHARACTERS = 10_000
"""Undocumented: some 13,200 characters over all blocks give `msg_blocks_too_long` (bolt-js #2509)."""
BLOCK_WEIGHT = 70
PAGE_WEIGHT = 12_500
"""The same limit counts something for each block too.

Measured in bolt-js #2867: 9,597 characters in 50 blocks are accepted and 11,341 in 45 refused, so a block counts for
41 to 72 characters.
"""
ELEMENT_WEIGHT = 20
"""Buttons are not in those measurements; this much is set aside for each."""


class OverLimitError(ValueError):
    """Slack would refuse it; says what is over the limit, and how far."""


class Cost(NamedTuple):
    """What some blocks count for against the limits of one message."""

    blocks: int = 0
    characters: int = 0
    weight: int = 0

    def plus(self, other: "Cost") -> "Cost":
        """Return the sum of both."""
        return Cost(self.blocks + other.blocks, self.characters + other.characters, self.weight + other.weight)

    def fits(self, room: "Cost") -> bool:
        """Return whether `room` has space for this."""
        return self.blocks <= room.blocks and self.characters <= room.characters and self.weight <= room.weight

    def less(self, other: "Cost") -> "Cost":
        """Return what is left after taking `other` away."""
        return Cost(self.blocks - other.blocks, self.characters - other.characters, self.weight - other.weight)


MESSAGE_ROOM = Cost(PAGE_BLOCKS, PAGE_CHARACTERS, PAGE_WEIGHT)
"""What one message holds."""
CONTAINER_ROOM = Cost(CONTAINER_BLOCKS, 6_000, 7_500)
"""What one container holds: half of a message and no more, so that two of them stand in one."""
HOME_ROOM = Cost(VIEW_BLOCKS, 30_000, 40_000)
"""What the Home tab holds: a character may be six bytes of its 250 KB (`\\u2019`), one of two UTF-16 units twelve."""


def size(text: str) -> int:
    """Return how long Slack may find a text: in UTF-16 units, with & < > counted as the entities they may become."""
    units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
    return units + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def clip(text: str, limit: int) -> str:
    """Return the text, or as much as fits with "…" at the end, never cutting inside one visible character."""
    if size(text) <= limit:
        return text
    if limit < 1:
        return ""
    low, high = 0, min(len(text), limit - 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= limit - 1 else (low, middle - 1)
    return text[: _boundary(text, low)].rstrip() + "…"


def clip_at_word(text: str, limit: int) -> str:
    """Clip like `clip`, and between words where that keeps at least half."""
    clipped = clip(text, limit)
    if clipped == text or text[len(clipped) - 1 : len(clipped)].isspace():
        return clipped
    head = clipped[:-1].rpartition(" ")[0].rstrip()
    return f"{head}…" if len(head) >= limit // 2 else clipped


def _boundary(text: str, at: int) -> int:
    """Return the last place at or before `at` where a visible character ends."""
    while 0 < at < len(text) and _joined(text, at):
        at -= 1
    return at


def _joined(text: str, at: int) -> bool:
    """Return whether the characters either side of `at` make one visible character."""
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M" or after == "\u200d" or before == "\u200d":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if not (_is_flag_half(before) and _is_flag_half(after)):
        return False
    run = 0
    while run < at and _is_flag_half(text[at - 1 - run]):
        run += 1
    return run % 2 == 1


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def cost(blocks: Sequence[Block]) -> Cost:
    """Return what these blocks count for in a message; a container counts beside what it holds."""
    characters = sum(size(text) for block in blocks for text in _texts(block))
    each = [one for block in blocks for one in (block, *block.get("child_blocks", ()))]
    elements = sum(len(block["elements"]) for block in each if block["type"] == "actions")
    return Cost(len(each), characters, characters + BLOCK_WEIGHT * len(each) + ELEMENT_WEIGHT * elements)


def _texts(node: Any) -> Iterator[str]:
    """Yield every string under a key "text", however deep."""
    left = [node]
    while left:
        one = left.pop()
        if isinstance(one, list):
            left.extend(one)
        elif isinstance(one, dict):
            for key, value in one.items():
                if key == "text" and isinstance(value, str):
                    yield value
                elif isinstance(value, dict | list):
                    left.append(value)


def require(name: str, text: str, limit: int) -> str:
    """Return the text itself: for what must come back from Slack whole, and so cannot be clipped.

    Half a surrogate pair, which UTF-8 cannot carry, is dropped.

    Raises:
        OverLimitError: it is too long.
    """
    if size(text) > limit:
        raise OverLimitError(f"{name} of {size(text)} characters, at most {limit}")
    return text.encode("utf-8", "ignore").decode()
