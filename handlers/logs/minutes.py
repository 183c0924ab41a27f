"""Find the action in what minutes say of an item, where there is no column of actions alone."""

import re
from collections.abc import Sequence
from functools import lru_cache

from handlers.reading.normalise import fold

_SAYS_MINUTES = re.compile(r"\b(?:discussions?|discussed|minutes|points|notes)\b")
ACTION_MARK = re.compile(
    r"(?:^|(?<=[.!?\n;\[(]))\W*(?:agreed )?(?:actions?(?: points?| items?| agreed| required)?|AP)"
    r"(?: ?(?:no\.? ?)?(?P<number>\d{1,3}(?:\.\d{1,3}|\((?:[a-z]|[ivx]{1,4}|\d{1,2})\))*[a-z]?))?"
    r"(?:\s*\((?P<in_brackets>[^()\n]{2,60})\)|\s+(?:for|by|on)(?:\s+(?P<said>[^:\n]{2,60}?))?)?\s*(?::|[–—-](?=\s))\s*",
    re.IGNORECASE,
)
"""What marks an action in what was said: "ACTION:", "Action 3 (Head of Education) –", "[Action by DN:"."""
NO_ACTION = ("", "none", "no action", "no actions", "n/a", "na", "nil", "noted", "total")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n")


@lru_cache(maxsize=256)
def is_of_minutes(heading: str) -> bool:
    """Return whether a column holds what was said, in which the actions stand: "Discussion and decisions"."""
    return bool(_SAYS_MINUTES.search(fold(heading)))


def has_action(text: str) -> bool:
    """Return whether an action is marked in what was said: "ACTION: …"."""
    return bool(ACTION_MARK.search(text))


def action_said(text: str, names: Sequence[str]) -> str:
    """Return the action in what was said: what is marked so, else the last sentence that names one who leads it."""
    marks = list(ACTION_MARK.finditer(text))
    if marks:
        return " ".join(text[marks[-1].end() :].split())
    sentences = [" ".join(one.split()) for one in _SENTENCE.split(text)]
    naming = [one for one in sentences if any(name and name in one for name in names)]
    return naming[-1] if naming else " ".join(text.split())
