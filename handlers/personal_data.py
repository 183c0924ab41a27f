"""Numbers that identify a child, refused in words people record (design, section 4).

An NHS number and a UPN count only where their check digits are right, and not inside a link; a National Insurance
number where it has the form. Sources: NHS Data Dictionary, NHS NUMBER (modulus 11); Department for Education, *Unique
pupil numbers: a guide for schools* (check letter); HMRC manual NIM39110 (format of a National Insurance number).
"""

import re

from stdnum.gb import nhs, upn

_LINK = re.compile(r"https?://\S+|<https?://[^>]*>")
_NHS = re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])")
_UPN = re.compile(r"(?<!\w)[A-HJ-NP-RT-Z][ -]?(?:\d[ -]?){11}[\dA-HJ-NP-RT-Z](?!\w)", re.IGNORECASE)
_NI = re.compile(
    r"(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?!\w)",
    re.IGNORECASE,
)


def refused(words: str) -> str:
    """What in some words may not be recorded: "an NHS number", or "" where nothing is found."""
    bare = _LINK.sub(" ", words)
    if any(nhs.is_valid(found.group()) for found in _NHS.finditer(bare)):
        return "an NHS number"
    if any(_is_upn(found.group()) for found in _UPN.finditer(bare)):
        return "a UPN (unique pupil number)"
    if _NI.search(bare):
        return "a National Insurance number"
    return ""


def _is_upn(written: str) -> bool:
    # The check letter alone decides: the library's list of local authorities ends in 2011.
    number = upn.compact(written).upper()
    return bool(upn.calc_check_digit(number[1:]) == number[0])


def refusal(what: str) -> str:
    """The sentence for the writer."""
    return (
        f"That seems to hold {what}, so nothing was recorded: please leave it out and send it again, "
        "and please delete your own message too."
    )
