"""What stands loose at the ends of some words."""

import re

EDGE = " ,;:-–—\n•*_|=>"
_MINUS = re.compile(r"(?:^|[\s,;:(])-$")


def trim_words(words: str) -> str:
    """Return words without loose punctuation at either end; a minus stays. "" where nothing but marks is left."""
    whole = words.lstrip(EDGE + ".!)")
    if whole[:1].isdigit() and _MINUS.search(words[: -len(whole)]):
        whole = words[-len(whole) - 1 :]
    whole = whole.rstrip(" -–—\n*_•=(;:")
    return whole if any(char.isalnum() for char in whole) else ""
