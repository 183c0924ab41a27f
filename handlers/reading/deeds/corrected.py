"""Read what puts an outcome right that was said before: its minute, where it was carried to, its kind, its action.

Every word has to be explained: "sorry that was minute 9 not 7", "oh, 16sep-3 was 8.1", "no sorry december", "sorry,
that should be carried forward to October", "no wait it was healthy-8".

Source: docs/explanation/what-people-write.md, What the board decided.
"""

import re
from dataclasses import dataclass
from datetime import date

from handlers.reading.clauses import HARD, SOFT
from handlers.reading.deeds.deed_words import DONE_TOO
from handlers.reading.deeds.pieces import BESIDE_DECISIONS, pieces_of
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.ref_groups import refs_of
from handlers.reading.vocabulary import Vocabulary
from models.enums import OutcomeKind

_DOTTED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,2}")
_SMALL = frozenset(
    ways("no|not|sorry|oh|oops|was|were|should|be|should be|should have been|meant|i meant|wait|hang on|hold on|it")
)
_SAYS_SO = frozenset(ways("no|sorry|oh|oops|should be|i meant|should have been|wait|hang on"))


@dataclass(frozen=True, slots=True)
class OutcomePutRight:
    """What an outcome should say instead. `ref` "": the latest that its writer recorded; `meeting` as typed.

    `kind`: another one was decided. `other`: it was decided on the action of `ref`, and not on the one before.
    """

    ref: str = ""
    minute: str = ""
    meeting: str = ""
    kind: OutcomeKind | None = None
    other: bool = False


def read_put_right(words: str, vocabulary: Vocabulary, today: date) -> OutcomePutRight | None:
    """Return what a message puts right and nothing else; None where any word of it says something else."""
    if len(words) > 200:
        return None
    pieces = pieces_of(words, vocabulary, today)
    ref = minute = meeting = ""
    kind: OutcomeKind | None = None
    says_so = False
    for n, one in enumerate(pieces.tokens):
        before = pieces.tokens[n - 1].text if n else ""
        of_it = one.text == "of" and n + 1 < len(pieces.tokens) and pieces.tokens[n + 1].kind is K.REF
        if of_it or one.text in _SMALL or one.kind in BESIDE_DECISIONS | SOFT | HARD - {K.QUESTION}:
            says_so = says_so or one.text in _SAYS_SO
        elif one.kind is K.REF and not ref and len(refs_of(one)) == 1:
            ref = refs_of(one)[0]
        elif one.kind is K.MINUTE and isinstance(one.value, tuple):
            if before != "not" and minute:
                return None
            minute = minute or one.value[0]
            says_so = True
        elif (one.kind is K.NUMBER or _DOTTED.fullmatch(one.text)) and before == "not":
            continue
        elif not minute and (_DOTTED.fullmatch(one.text) or (one.kind is K.NUMBER and says_so)):
            # "6.2" is a minute here, never the sixth of February.
            minute = one.text
        elif one.kind is K.WHEN and not meeting:
            meeting = one.text
        elif isinstance(one.value, OutcomeKind) and kind is None and one.text not in DONE_TOO:
            kind = one.value
        else:
            return None
    if kind is not None or (ref and not minute and not meeting):
        return OutcomePutRight(ref, minute, meeting, kind, other=kind is None) if says_so else None
    if minute and not meeting and (says_so or ref):
        return OutcomePutRight(ref, minute)
    if meeting and not minute and not ref and says_so:
        return OutcomePutRight(meeting=meeting)
    return None
