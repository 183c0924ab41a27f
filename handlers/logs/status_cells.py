"""Read how something stands, by a cell of a log: the lexicon's statuses, and what else logs say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.reading.lexicon import TokenKind
from handlers.reading.normalise import fold
from handlers.reading.tokens import tokens_of
from handlers.reading.vocabulary import Vocabulary
from models.enums import Status
from models.rules.status_words import LETTERS, PICTURES, RATING_WORDS

_NO_PLAN = Vocabulary()
_ON, _SOME, _OFF, _NOT, _DONE = (
    Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK, Status.NOT_STARTED, Status.PROPOSED
)  # fmt: skip


def _said(*lines: tuple[Status | None, str]) -> dict[str, Status | None]:
    return {word: status for status, words in lines for word in words.split("|")}


_LOG_STATUSES = _said(
    (None, "open|new|outstanding|not yet due|not due|overdue|due|live|to do|n/a|na|-|tbc|verbal|verbal update|current"),
    (
        None,
        "verbal update to be given|verbal update at meeting|verbal update at the meeting|to follow|active|keep open",
    ),
    (None, "remain open|remains open"),
    (_NOT, "not yet started"),
    (_ON, "on target|on schedule|on time"),
    (_DONE, "complete|completed|closed|done|finished|achieved|delivered|close|discharged|implemented|done and dusted"),
    (_DONE, "action complete|action completed|action closed|proposed for closure|propose to close"),
)
"""Statuses as logs say them. None: it says that the action is open, and nothing of how it stands."""
_ASKED_STATUSES = _said(
    (_ON, "in progress|ongoing|on-going|underway|under way|started|doing|in hand|progressing|on course"),
    (_ON, "partially complete|partly complete|part complete"),
    (_SOME, "on hold|delayed|paused|late|partially met|slipped|amber/green|amber green|some slippage"),
    (_OFF, "not met|not achieved|not implemented|not delivered|amber/red|amber red|not on course|stalled"),
    (_DONE, "b|blue|purple|p|c|met"),
    (_NOT, "w|white|grey|n|superseded|withdrawn|cancelled|deferred"),
)
"""Statuses that councils mean different things by: asked once, with what is proposed."""
_SIGNS = PICTURES | dict.fromkeys("✔✓✅☑", _DONE)
_ASKED_SIGNS: Mapping[str, Status | None] = (
    dict.fromkeys("🔵🟦●", _DONE) | dict.fromkeys("◔◑◕", _ON) | {"○": _NOT} | dict.fromkeys("✖✗✘❌✕", None)
)
_YES_OR_NO: Mapping[str, Status | None] = {"y": _DONE, "yes": _DONE, "part": _ON, "partly": _ON, "n": _NOT, "no": _NOT}
"""What stands under "Done?": asked once, with what is proposed."""
_NUMBERED = re.compile(r"^\(?\d{1,2} *[).:–—-]+ *(?=[^\W\d])")
"""The number before a choice: "(1) Green", "2 - Amber"."""
_PERCENT = re.compile(r"(\d{1,3}) ?(?:%|per ?cent)(?: (?:complete|completed|done))?")
"""How far an action is: asked once, with what is proposed."""
_SIGN = re.compile(rf"(?P<sign>[{''.join((*_SIGNS, *_ASKED_SIGNS))}])\ufe0f?\s*(?P<rest>.*)", re.DOTALL)
_AFTER_STATUS = re.compile(r"\s*(?:[-–—:;,.]|\()\s*")
_GOES_ON = re.compile(
    r"(?P<status>[\w-]+(?: [\w-]+)?) "
    r"(?P<rest>(?:until|till|since|while|because|pending|awaiting|in time|as|and|at|by) .*)"
)
"""A status that words follow without a stop: "On hold until the audit"."""
_TO_COME = ("complete", "close")
"""What has to be done, where "by" follows: "Complete by March"."""
_TRAILING = " .;:!*↑↓↗↘→⬆⬇▲▼"
_SURE_STOP = re.compile(r"\s*[:.(;]|\s+[–—-]\s|\s*\n")
"""What divides a status from the words about it."""
_UNSETTLING = frozenset(
    (TokenKind.NEGATION, TokenKind.HEDGE, TokenKind.EXCEPTION, TokenKind.REMAINDER, TokenKind.CONDITION, TokenKind.WISH,
     TokenKind.BUT, TokenKind.TO_FOLLOW, TokenKind.ASKING, TokenKind.QUESTION, TokenKind.REPORTED, TokenKind.OPINION)
)  # fmt: skip
"""Kinds of words beside "complete" by which it may not be."""
_RATED = frozenset((TokenKind.RATING, TokenKind.NEAR_RATING, TokenKind.LIKELY, TokenKind.DONE))
_AGREED = frozenset(
    ("agreed", "meeting", "board", "committee", "minute", "minutes", "superseded", "withdrawn", "replaced")
)
"""Words beside "closed" by which the board may have agreed it already, or it is closed and not done."""
_SAYS_OPEN = frozenset(("open", "outstanding", "overdue", "not due", "not yet due", "live", "active"))


@dataclass(frozen=True, slots=True)
class StatusCell:
    """How something stands. `said`: it says that it is open or more. `rest`: the words after the status.

    `word`: by which it was told. `ask`: a word whose meaning is asked once; then `status` is what is proposed.
    """

    said: bool = False
    status: Status | None = None
    rest: str = ""
    ask: str = ""
    doubt: str = ""
    word: str = ""


def read_status_cell(text: str, meanings: Mapping[str, Status | None] = {}) -> StatusCell:
    """Return how something stands by the words of a cell. `meanings`: what somebody said some of them mean."""
    whole = _NUMBERED.sub("", fold(text).strip(_TRAILING))
    if not whole:
        return StatusCell()
    if (known := _known(whole, meanings)) is not None:
        return known
    if (signed := _SIGN.match(text.strip())) is not None:
        return _by_sign(signed["sign"], signed["rest"], meanings)
    parted = _AFTER_STATUS.search(text)
    if parted is not None and (known := _known(fold(text[: parted.start()]).strip(), meanings)) is not None:
        rest = text[parted.end() :].rstrip(")")
        word = fold(text[: parted.start()]).strip()
        again = _known(fold(rest).strip(_TRAILING), meanings)
        if again is not None and again.status is known.status and not again.ask:
            return replace(again, word=word)
        stops = _SURE_STOP.match(parted[0]) or known.status is _DONE
        doubt = "" if stops and _settles(word, known, rest, before=False) else "words follow the status"
        return replace(known, rest=rest, doubt=doubt)
    goes_on = _GOES_ON.fullmatch(whole)
    if goes_on is not None and not (goes_on["status"] in _TO_COME and goes_on["rest"].startswith("by ")):
        known = _known(goes_on["status"], meanings)
        if known is not None and known.status is not None:
            return replace(known, rest=text.strip(), doubt="words follow the status")
    either = [one for part in text.split(" / ") if (one := _known(fold(part).strip(_TRAILING), meanings)) is not None]
    if " / " in text and len(either) == 1 and either[0].status is not None:
        # One language beside the other: "Gwyrdd / Green".
        return replace(either[0], doubt="other words stand beside the status")
    first, _, rest = whole.partition(" ")
    before, _, last = re.sub(r"[:;–—]|(?<= )-(?= )", ".", text.rstrip(_TRAILING)).rpartition(".")
    ends = text[len(before) : len(before) + 1] in (".", ";")
    for word, other in ((first, rest if not any(map(str.isalpha, rest)) else ""), (fold(last).strip(), before)):
        known = _known(word, meanings) if other else None
        if known is not None and known.status is not None:
            sure = word not in LETTERS and (other is rest or (ends and _settles(word, known, other, before=True)))
            doubt = "" if sure else "other words stand beside the status"
            return replace(known, rest=other.strip(), doubt=doubt)
    return StatusCell()


def _by_sign(sign: str, rest: str, meanings: Mapping[str, Status | None]) -> StatusCell:
    """Return how something stands by a sign at the head of words; what the words rate otherwise is a doubt."""
    if sign in _ASKED_SIGNS and sign not in meanings:
        return StatusCell(True, _ASKED_SIGNS[sign], rest, ask=sign, word=sign)
    status = meanings[sign] if sign in meanings else _SIGNS[sign]
    said = read_status_cell(rest).status if rest else None
    doubt = "words about it say something else" if said not in (None, status) else ""
    return StatusCell(True, status, rest, doubt=doubt, word=sign)


def is_figure(text: str) -> bool:
    """Return whether a cell is a number or a percentage, and nothing else."""
    folded = fold(text).strip()
    return folded.isdecimal() or _PERCENT.fullmatch(folded) is not None


def says_yes_or_no(text: str) -> bool:
    """Return whether a cell says yes, no or in part, and nothing else."""
    return fold(text).strip(_TRAILING) in _YES_OR_NO


def read_yes_or_no(text: str, meanings: Mapping[str, Status | None]) -> StatusCell:
    """Return how something stands by the answer to "Done?"; what it means is asked once."""
    word = fold(text).strip(_TRAILING)
    if word not in _YES_OR_NO or word in meanings:
        return StatusCell()
    return StatusCell(True, _YES_OR_NO[word], ask=word, word=word)


def _settles(word: str, known: StatusCell, beside: str, *, before: bool) -> bool:
    """Return whether a status is plain beside other words: they rate nothing, and take nothing of it back.

    `before`: they stand before it.
    """
    if len(word) < 3 or known.ask or (known.status is None and word not in _SAYS_OPEN):
        return False
    tokens = tokens_of(fold(beside), _NO_PLAN)
    kinds = {token.kind for at, token in enumerate(tokens) if not (at and tokens[at - 1].kind is TokenKind.PAST)}
    if known.status is _DONE and _AGREED & {token.text for token in tokens}:
        return False
    return not kinds & (_RATED if word in RATING_WORDS and not before else _RATED | _UNSETTLING)


def _known(word: str, meanings: Mapping[str, Status | None]) -> StatusCell | None:
    if word in meanings:
        return StatusCell(True, meanings[word], word=word)
    if word in _ASKED_STATUSES:
        return StatusCell(True, _ASKED_STATUSES[word], ask=word, word=word)
    if word in _LOG_STATUSES:
        return StatusCell(True, _LOG_STATUSES[word], word=word)
    rated = RATING_WORDS.get(word) or LETTERS.get(word)
    if rated is not None:
        return StatusCell(True, rated, word=word)
    if (far := _PERCENT.fullmatch(word)) is not None:
        return StatusCell(True, {0: _NOT, 100: _DONE}.get(int(far[1]), _ON), ask=word, word=word)
    if word.isdecimal() and len(word) < 3:
        return StatusCell(True, None, ask=word, word=word)
    return None


def suggested_status(text: str) -> Status | None:
    """Return the one status that some words suggest without being one: "going well", "slipping"."""
    tokens = tokens_of(fold(text), _NO_PLAN)
    likely = {token.value for token in tokens if token.kind is TokenKind.LIKELY}
    likely |= {_DONE for token in tokens if token.kind is TokenKind.DONE}
    one = likely.pop() if len(likely) == 1 else None
    unsettled = any(token.kind in _UNSETTLING for token in tokens)
    return one if isinstance(one, Status) and not unsettled else None


def looks_like_status(text: str) -> bool:
    """Return whether a cell says how something stands, and little else."""
    return len(text) <= 120 and read_status_cell(text).said
