"""How an action's ref is read, whichever way somebody writes it: `heard-1`, `Heard 1` and `HEARD1` are one ref.

A ref is a list of letter runs and numbers. Separators are interchangeable and may be left out, except
between two numbers, where leaving one out would make another number: `1.12`, `11.2` and `112` are three refs.
"""

from __future__ import annotations

import re
import unicodedata

MAX_REF = 40
"""Longest ref a plan may use, in characters, and the longest text that is read as one."""

SEPARATORS = " -./_#\u2010\u2011\u2012\u2013\u2014\u2212"
"""What may stand between the parts: space, hyphen, dot, slash, underline, hash, and the dashes word processors make."""

_PART = re.compile(r"\d+|[^\W\d_]+")
_WHOLE = re.compile(rf"(?:\d|[^\W\d_]|[{re.escape(SEPARATORS)}])+")


def ref_parts(text: str) -> tuple[str | int, ...]:
    """Any text in; its letter runs (case folded) and numbers out, or `()` when it cannot be a ref.

    It cannot be one when it holds anything but letters, digits and separators, or is longer than a ref may be.
    Leading noughts do not count: `7.03` is `7.3`.
    """
    trimmed = text.strip()
    if len(trimmed) > MAX_REF:
        return ()
    plain = unicodedata.normalize("NFKC", trimmed).casefold()
    if not _WHOLE.fullmatch(plain):
        return ()
    return tuple(int(part) if part.isdecimal() else part for part in _PART.findall(plain))


def ref_key(text: str) -> str:
    """Any text in; the form refs are stored and compared in out (`HEARD 1` -> `heard-1`), or `""` for no ref."""
    return "-".join(str(part) for part in ref_parts(text))
