"""What stands loose at the ends of some words."""

import re

EDGE = " ,;:-–—\n•*_|=>"
_AND = re.compile(r"(?i)^(?:and|&)\s+(?=\w)")
_MINUS = re.compile(r"(?:^|[\s,;:(])-$")


def without_and(words: str) -> str:
    """Return words without the "and" that joined them to what was taken out before them."""
    return _AND.sub("", words)


def trim_words(words: str) -> str:
    """Return words without loose punctuation at either end; a minus stays. "" where nothing but marks is left."""
    whole = words.lstrip(EDGE + ".!)")
    if whole[:1].isdigit() and _MINUS.search(words[: -len(whole)]):
        whole = words[-len(whole) - 1 :]
    whole = whole.rstrip(" -–—\n*_•=(;:")
    return whole if any(char.isalnum() for char in whole) else ""
