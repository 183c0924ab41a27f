"""Homes and private telephones: a house number with a postcode, and a number that is somebody's own."""

import re
from collections.abc import Iterator

from handlers.safeguarding.seen_tokens import SeenToken, phrase_length
from handlers.safeguarding.sentence import SeenSentence

_POSTCODE = re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}")
_STREET_WORDS = 9
"""Tokens between a house number and its postcode."""
_HOUSE_DIGITS = 4
_BEFORE = 8
"""Tokens before or after a telephone that say whose it is."""
_MOBILE, _LANDLINE = (11, 11), (10, 11)


def homes(sentence: SeenSentence, seen: str) -> Iterator[tuple[int, int]]:
    """Yield where a house number with a postcode stands, as places in the words."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if not token.is_word or len(token.text) > 2:
            continue
        code = _POSTCODE.match(seen, token.start)
        if code is None or (code.end() < len(seen) and seen[code.end()].isalnum()):
            continue
        number = _house_number(sentence, at)
        after = range(at + 1, min(at + 8, len(tokens)))
        if number is not None and not any(sentence.is_a(place, "venue.used") for place in after):
            yield tokens[number].start, code.end()


def _house_number(sentence: SeenSentence, code: int) -> int | None:
    """Return the place of the house number before a postcode; None where there is none, or a venue stands there."""
    found = None
    for at in range(code - 1, max(-1, code - 1 - _STREET_WORDS), -1):
        if sentence.is_a(at, "venue") and not (sentence.low(at) == "house" and found is None):
            return None
        number = sentence.tokens[at].text
        if number.isdigit() and len(number) <= _HOUSE_DIGITS and not _is_label(sentence, at):
            found = at
    if found is not None:
        before = range(max(0, found - 5), found)
        if any(
            (sentence.is_a(at, "venue") and sentence.tokens[at].is_capital) or sentence.is_a(at, "venue.used")
            for at in before
        ):
            return None
    return found


def _is_label(sentence: SeenSentence, at: int) -> bool:
    after = sentence.low(at + 1)
    return sentence.low(at - 1) in {"/", "."} or after in {"/", ".", "%", ":", "am", "pm", "st", "nd", "rd", "th"}


def telephones(sentence: SeenSentence, seen: str) -> Iterator[tuple[int, int]]:
    """Yield where a telephone stands that is somebody's own: a mobile that no service owns, or one said to be."""
    at = 0
    while at < len(sentence.tokens):
        to, digits = _digits(sentence.tokens, at, seen)
        if to and _is_private(sentence, at, to, digits):
            yield sentence.tokens[at].start, sentence.tokens[to - 1].end
        at = to or at + 1


def _digits(tokens: list[SeenToken], at: int, seen: str) -> tuple[int, str]:
    """Return where a number that begins at a place ends, and its digits, "+44" and "0044" as "0"; (0, "") if none."""
    first = tokens[at].text
    if first not in {"+", "("} and not first.isdigit():
        return 0, ""
    to, digits = at, ""
    while to < len(tokens) and len(digits) < 16:
        text = tokens[to].text
        if text.isdigit():
            digits += text
        elif text not in {"-", "(", ")", ".", "+"} or to - at > len(digits) + 4:
            break
        to += 1
    while to > at and not tokens[to - 1].text.isdigit():
        to -= 1
    if first == "+" and digits.startswith("44"):
        digits = "0" + digits[2:].removeprefix("0")
    elif digits.startswith("0044"):
        digits = "0" + digits[4:]
    return (to, digits) if to > at else (0, "")


def _is_private(sentence: SeenSentence, at: int, to: int, digits: str) -> bool:
    mobile = len(digits) == 11 and digits.startswith("07")
    landline = len(digits) in _LANDLINE and digits.startswith(("01", "02"))
    if not (mobile or landline) or sentence.is_a(at - 1, "reference"):
        return False
    before = range(max(0, at - _BEFORE), at)
    after = range(to, min(len(sentence.tokens), to + _BEFORE))
    service = _says(sentence, before, "service_line") or _says(sentence, after, "service_line")
    whose = _says(sentence, before, "private_line") or _says(sentence, after, "private_line")
    if mobile:
        return bool(whose) or not service
    return bool(whose) and not service


def _says(sentence: SeenSentence, places: range, kind: str) -> bool:
    phrases = sentence.words.phrases.get(kind, {})
    return any(sentence.is_a(at, kind) or phrase_length(sentence.tokens, at, phrases) for at in places)
