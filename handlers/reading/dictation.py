"""Marks that were spoken into a telephone and written out as words: "comma", "full stop", "new line".

They are read only in what is plainly dictated, and never after a word that makes a thing of them ("the comma",
"a question mark over funding").
"""

import re

from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.written_lines import words_of

_SPOKEN = {
    "comma": ",",
    "full stop": ".",
    "question mark": "?",
    "exclamation mark": "!",
    "semicolon": ";",
    "semi colon": ";",
    "colon": ":",
    "dash": " -",
    "hyphen": " -",
    "new line": "\n",
    "newline": "\n",
    "new paragraph": "\n",
}
_SURE = words_of("comma|full stop|question mark|exclamation mark|semicolon|semi colon|new paragraph")
"""What is hardly ever said of anything else; the others are marks only beside these."""
_MARK = lazy_regex(
    rf"(?<![\w'’.-])(?:{'|'.join(sorted(_SPOKEN, key=len, reverse=True))})(?![\w'’-])", flags=re.IGNORECASE
)
_A_THING = words_of(
    "a|an|the|this|that|each|every|no|another|any|one|its|our|my|your|missing|extra|second|first|last|final",
    "double|add|remove|insert|delete|put",
)
"""A word before a mark that makes it a thing: "the comma", "add comma"."""
_GOES_ON = {
    "question mark": {"over", "about", "around", "on", "against", "hangs"},
    "new line": {"manager", "managers", "management", "of", "up"},
    "colon": {"cancer", "screening", "surgery", "health"},
    "dash": {"board", "boards", "cam", "cams"},
}
"""Words behind a mark with which it is something else."""
_WORD = lazy_regex(r"[^\W_]+")
_TYPED = lazy_regex(r"[,;!?](?=\s|$)|\.(?=\s|$)")
_SURE_AMID_TYPED = 3


def written_out(text: str) -> str:
    """Return a text with its dictated marks as marks; the text itself where it is not plainly dictated."""
    low = text.lower()
    if not any(phrase in low for phrase in _SURE):
        return text
    found = [one for one in _MARK().finditer(text) if _is_mark(text, one)]
    sure = [one for one in found if one[0].lower() in _SURE]
    if not sure or not _dictated(text, sure):
        return text
    parts: list[str] = []
    end = 0
    for one in found:
        parts += [text[end : one.start()].rstrip(" "), _SPOKEN[one[0].lower()]]
        end = one.end()
    return "".join([*parts, text[end:]])


def _dictated(text: str, sure: list[re.Match[str]]) -> bool:
    """Return whether nobody typed a mark here, or far fewer than were spoken; one alone stands between words."""
    typed = len(_TYPED().findall(text))
    if typed:
        return len(sure) >= max(_SURE_AMID_TYPED, typed)
    if sure[0][0].lower() in ("question mark", "full stop") and not text[sure[0].end() :].strip():
        return True  # nobody ends a message without a mark with these words otherwise
    amid = _WORD().search(text, 0, sure[0].start()) and _WORD().search(text, sure[0].end())
    return len(sure) > 1 or bool(amid)


def _is_mark(text: str, one: re.Match[str]) -> bool:
    spoken = one[0].lower()
    before = text[max(0, one.start() - 20) : one.start()].lower().split()
    behind = _WORD().search(text, one.end(), one.end() + 20)
    if before and before[-1] in _A_THING:
        return False
    return behind is None or behind[0].lower() not in _GOES_ON.get(spoken, ())
