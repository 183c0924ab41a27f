"""What stands loose at the ends of some words: marks, "and", a greeting, thanks."""

import re

from handlers.reading.normalise import fold
from handlers.reading.social_acts import LONGEST_COURTESY, is_courtesy

EDGE = " ,;:-–—\n•*_|=>"
_AND = re.compile(r"(?i)^(?:and|&)\s+(?=\w)")
_MINUS = re.compile(r"(?:^|[\s,;:(])-$")
_SIGNED = re.compile(
    r"(?i)(?:^|(?<=[.,!;\n]))\s*(?:many thanks|thanks|thank you|kind regards|regards|best wishes|best|cheers),?"
    r"\s+[^\W\d_]{2,20}[.!]?\s*$"
)
_PIECE = re.compile(r"[,.!;\n]")
_BEHIND = (
    *("many thanks", "thanks a lot", "thanks very much", "thank you very much", "with thanks", "thank you", "thanks"),
    *("thx", "thnx", "cheers", "ta", "please", "pls", "plz"),
)
_BELONGS_TO_THANKS = {
    *("no", "not", "a", "an", "the", "their", "his", "her", "our", "my", "your", "its", "many", "more"),
    *("for", "of", "to", "with", "and", "or", "but", "say", "says", "said", "saying"),
}


def without_and(words: str) -> str:
    """Return words without the "and" that joined them to what was taken out before them."""
    return _AND.sub("", words)


def trim_words(words: str) -> str:
    """Return words without loose punctuation at either end; a minus stays. "" where nothing but marks is left."""
    whole = words.lstrip(EDGE + ".!?)")
    if whole[:1].isdigit() and _MINUS.search(words[: -len(whole)]):
        whole = words[-len(whole) - 1 :]
    whole = _without_lone_bracket(whole.rstrip(" -–—\n*_•=(;:|"))
    return whole if any(char.isalnum() for char in whole) else ""


def _without_lone_bracket(words: str) -> str:
    """Return words without the bracket at their end that closes what was opened outside them."""
    return words[:-1].rstrip() if words[-1:] == ")" and words.count(")") > words.count("(") else words


def without_courtesies(words: str) -> str:
    """Return words without a greeting before and thanks after them."""
    kept = _SIGNED.sub("", words)
    while (piece := _PIECE.search(kept)) is not None and is_courtesy(kept[: piece.start()]):
        kept = kept[piece.end() :].lstrip(" ,.!;\n")
    while (pieces := list(_PIECE.finditer(kept[-LONGEST_COURTESY:].rstrip(" ,.!;\n")))) and kept:
        place = max(0, len(kept) - LONGEST_COURTESY) + pieces[-1].end()
        if not is_courtesy(kept[place:]):
            break
        kept = kept[: place - 1].rstrip(" ,;\n")
    return "" if is_courtesy(kept) else kept


def without_thanks(words: str) -> str:
    """Return words without the thanks or the please that ends them: "healthy-5 green pls", "who is late? Thanks".

    Must not read: "no thanks", "we said thanks", "waiting for their thanks".
    """
    while (shorter := _one_thanks_less(words)) != words:
        words = shorter
    return words


def _one_thanks_less(words: str) -> str:
    kept = words.rstrip(" .,!\n")
    folded = fold(kept)
    for courtesy in _BEHIND:
        before = folded.removesuffix(courtesy)
        if before != folded and before[-1:].isspace():
            said = before.split()
            if said and (before.endswith("\n") or said[-1] not in _BELONGS_TO_THANKS):
                return kept[: len(before)].rstrip(" ,-\n")
    return words
