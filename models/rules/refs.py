"""Read an action's ref however it is written: `heard-1`, `Heard 1` and `HEARD1` are one ref.

A ref is a list of letter runs and numbers. Separators are interchangeable and may be left out, except
between two numbers, where leaving one out would make another number: `1.12`, `11.2` and `112` are three refs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_REF = 40
"""The most characters of a ref, and of a text that is read as one."""

REF_SEPARATORS = " -./_#()\u2010\u2011\u2012\u2013\u2014\u2212"
"""What may stand between parts: space, hyphen, dot, slash, underscore, hash, brackets, and word processors' dashes."""

_PART = re.compile(r"\d+|[^\W\d_]+")
_WHOLE = re.compile(rf"[\w{re.escape(REF_SEPARATORS)}]+")


@lru_cache(maxsize=20_000)
def ref_parts(text: str) -> tuple[str | int, ...]:
    """Return the letter runs (case folded) and numbers of a ref, or `()` when `text` cannot be one.

    It cannot be one when it holds anything but letters, digits and separators, or is longer than a ref may be.
    Leading zeros do not count: `7.03` is `7.3`.
    """
    trimmed = text.strip()
    if len(trimmed) > MAX_REF:
        return ()
    plain = unicodedata.normalize("NFKC", trimmed).casefold()
    if not _WHOLE.fullmatch(plain):
        return ()
    return tuple(int(part) if part.isdecimal() else part for part in _PART.findall(plain))


def ref_key(text: str) -> str:
    """Return the form in which refs are stored and compared (`HEARD 1` -> `heard-1`), or `""` for no ref."""
    return "-".join(str(part) for part in ref_parts(text))
