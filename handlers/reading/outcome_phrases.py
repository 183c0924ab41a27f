"""Read what the board decided, and where an action is moved to: what follows the ref in `outcome`, `close`, `move`."""

import re
from dataclasses import dataclass
from datetime import date

from handlers.reading.meeting_names import MeetingFound, read_meeting
from handlers.reading.normalise import fold
from handlers.reading.vocabulary import Vocabulary
from models.enums import OutcomeKind

_KIND_WORDS: tuple[tuple[str, OutcomeKind], ...] = (
    (r"not (?:yet )?agreed|not closed|rejected|refused|sent back", OutcomeKind.NOT_AGREED),
    (
        r"(?:as )?closed,?(?: as)? not (?:done|completed?|finished)|(?:as )?not (?:done|completed?|finished)"
        r"|(?:as )?withdrawn|withdraw|dropped",
        OutcomeKind.CLOSED_NOT_DONE,
    ),
    (r"no decision|not decided|not discussed|not reached|not taken", OutcomeKind.NO_DECISION),
    (
        r"carr(?:y|ied) (?:it )?(?:forward|over)|c/?fwd|c/f|cf|rolled (?:over|forward)|deferred|defer|postponed",
        OutcomeKind.CARRIED_FORWARD,
    ),
    (r"closed,? as(?= agreed)|as(?= agreed)|closed|close|agreed|completed?|done|finished", OutcomeKind.CLOSED),
)
_KINDS = tuple((re.compile(rf"(?:{pattern})(?![^\W_])"), kind) for pattern, kind in _KIND_WORDS)
_REASON_IS_KIND = re.compile(r"(?:as |closed,? )?(?:replaced by|moved to|now everyday work|everyday work)(?![^\W_])")
_MOVED = re.compile(r"(?:moved|deferred|postponed|put back) to ")
_BECAUSE = re.compile(r"[,;:.-]?\s*(?<![^\W_])(?:because|since|due to|owing to|as)(?![^\W_])[\s:,]*")
_PLAINLY_BECAUSE = re.compile(
    r"[,;:.-]?\s*(?<![^\W_])(?:because|due to|owing to)(?![^\W_])[\s:,]*|\s*[:;]\s*|,\s*|\s-\s"
)
_MINUTE = re.compile(
    r"[,;(]?\s*(?<![^\W_])(?:minute|minutes|min|item)(?: ?(?:ref|reference|no|number)\.?)?[ :.#]*"
    r"(?P<ref>to be added|tba|tbc|[a-z]{0,4}[0-9][a-z0-9./()-]{0,18})\)?"
)
_NO_NUMBER = re.compile(r"(?:minute|minutes|min|item)(?: ?(?:ref|reference|no|number))?\.?")
_AT = re.compile(r"(?<![^\W_])(?:agreed (?:at|on|by)|agreed|at|on|by)(?: the)?(?![^\W_]) ?")
_TO = re.compile(r"(?<![^\W_])(?:in)?to(?: the)?(?![^\W_]) ?")
_EDGE = " ,;:.-–—\n"


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """The parts of an outcome. `kind` None: the words are none of the five. Meetings are as typed."""

    kind: OutcomeKind | None
    meeting: str = ""
    to_meeting: str = ""
    minute: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MoveWords:
    """The parts of a move: the meeting as typed, and why."""

    meeting: str
    reason: str = ""


def read_outcome(text: str, vocabulary: Vocabulary, today: date, otherwise: OutcomeKind | None = None) -> OutcomeWords:
    """Return the parts of `carried forward to next because …` or `closed agreed 23/10 minute 41`.

    `otherwise` is what it is when the words name no outcome (`close REF` means closed).
    """
    rest = text.strip(_EDGE)
    folded = fold(rest)
    if (found := _MOVED.match(folded)) is not None and _is_meeting(rest[found.end() :], vocabulary, today):
        rest = f"carried forward {rest[found.end() - len('to ') :]}"
        folded = fold(rest)
    if _REASON_IS_KIND.match(folded) is not None:
        reason = re.sub(r"^(?:as |closed,? )", "", rest, flags=re.IGNORECASE)
        rest, minute = _take_minute(reason)
        return OutcomeWords(OutcomeKind.CLOSED_NOT_DONE, minute=minute, reason=rest.strip(_EDGE))
    kind = otherwise
    for pattern, named in _KINDS:
        found = pattern.match(folded)
        if found is not None:
            kind = named
            rest = rest[0 if found.group() == "agreed" else found.end() :].strip(_EDGE)
            break
    if kind is None:
        return OutcomeWords(None)
    before, reason = _split(rest, _BECAUSE)
    before, minute = _take_minute(before)
    if not minute:
        reason, minute = _take_minute(reason, at_end=True)
    if kind is OutcomeKind.CARRIED_FORWARD:
        to_meeting, meeting = _where_to(before)
        return OutcomeWords(kind, meeting, to_meeting, minute, reason)
    if not reason:
        before, reason = _at_then_why(before, vocabulary, today)
    meeting, left = _meeting_in(before, vocabulary, today)
    said = _joined(left, reason)
    # "Minute" without its number is no reason: the number is to be added.
    return OutcomeWords(kind, meeting, "", minute, "" if _NO_NUMBER.fullmatch(fold(said)) else said)


def read_move(text: str) -> MoveWords:
    """Return the meeting and the reason of `to 23 oct because …`."""
    before, reason = _split(text.strip(_EDGE), _PLAINLY_BECAUSE)
    if not reason:
        before, reason = _split(text.strip(_EDGE), _BECAUSE)
    folded = fold(before)
    found = _TO.search(folded)
    meeting = (
        before[found.end() :] if found is not None and (found.start() == 0 or folded.startswith("from ")) else before
    )
    return MoveWords(meeting.strip(_EDGE), reason)


def _split(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    found = pattern.search(fold(text))
    if found is None:
        return text.strip(_EDGE), ""
    return text[: found.start()].strip(_EDGE), text[found.end() :].strip(" \n")


def _at_then_why(text: str, vocabulary: Vocabulary, today: date) -> tuple[str, str]:
    """Split `at 16 sep: too thin` into meeting and reason. Without a meeting the words stay together."""
    before, reason = _split(text, _PLAINLY_BECAUSE)
    if reason and (_AT.match(fold(before)) or _is_meeting(before, vocabulary, today)):
        return before, reason
    return text, ""


def _take_minute(text: str, at_end: bool = False) -> tuple[str, str]:
    found = _MINUTE.search(fold(text))
    if found is None or (at_end and text[found.end() :].strip(_EDGE)):
        return text, ""
    ref = text[found.start("ref") : found.end("ref")].rstrip(".)")
    minute = "to be added" if fold(ref) in ("tba", "tbc") else ref
    return f"{text[: found.start()]} {text[found.end() :]}".strip(_EDGE), minute


def _where_to(text: str) -> tuple[str, str]:
    """Split `to december at 23/10` into where to, and the meeting that decided it."""
    folded = fold(text)
    to, at = _TO.search(folded), _AT.search(folded)
    if to is None:
        return (text, "") if at is None else ("", text[at.end() :].strip(_EDGE))
    if at is None:
        return text[to.end() :].strip(_EDGE), ""
    if at.start() > to.start():
        return text[to.end() : at.start()].strip(_EDGE), text[at.end() :].strip(_EDGE)
    return text[to.end() :].strip(_EDGE), text[at.end() : to.start()].strip(_EDGE)


def _meeting_in(text: str, vocabulary: Vocabulary, today: date) -> tuple[str, str]:
    """Split what stands between outcome and reason into the meeting as typed and the other words."""
    if not text:
        return "", ""
    found = _AT.match(fold(text))
    if found is not None:
        return text[found.end() :].strip(_EDGE), ""
    return (text, "") if _is_meeting(text, vocabulary, today) else ("", text)


def _is_meeting(text: str, vocabulary: Vocabulary, today: date) -> bool:
    """Return whether words, up to their reason, name a meeting or ask which of several."""
    before, _ = _split(text, _BECAUSE)
    read = read_meeting(_take_minute(before)[0], vocabulary, today, looking_back=True)
    return isinstance(read, MeetingFound) or read.say.startswith("Which meeting:")


def _joined(left: str, reason: str) -> str:
    return ". ".join(part for part in (left.strip(_EDGE), reason) if part)
