"""Read how somebody scores a risk: “4 x 5 because two carers left”.

Source: docs/explanation/risks.md, What people write.
"""

import re
from dataclasses import dataclass

_SCORE = re.compile(
    r"(?:(?:is |now |at |scores? |scored |assessed |re-?scored |= ?|: ?|likelihood (?:of )?|l ?=? ?)*)"
    r"(?P<likelihood>[0-9]{1,6})"
    r" ?(?:x|×|✕|\*|by|times|,? ?(?:and )?impact(?: of)?|,? ?i ?=?) ?"
    r"(?P<impact>[0-9]{1,6})(?![0-9.])"
    r"(?: ?(?:=|is|->|→|\() ?(?P<printed>[0-9]{1,6})\)?)?(?![^\W_])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:(?:is|now|at|score|scored|=|:) ?)*[0-9]{1,3}(?![^\W_])", re.IGNORECASE)
_BECAUSE = re.compile(r"[ ,;:.()–—-]*(?:because|since|as|due to|reason:?|why:?)?(?![^\W_])[ :,]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RiskRead:
    """A score as written, and why; `is_number`: a number stands where a score should."""

    likelihood: int | None = None
    impact: int | None = None
    printed: int | None = None
    reason: str = ""
    is_number: bool = False


def read_score(words: str) -> RiskRead:
    """Read a likelihood, an impact and why; without both there is no score."""
    words = words.strip()
    found = _SCORE.match(words)
    if found is None:
        return RiskRead(is_number=_NUMBER.match(words) is not None)
    rest = words[found.end() :]
    because = _BECAUSE.match(rest)
    return RiskRead(
        int(found["likelihood"]),
        int(found["impact"]),
        int(found["printed"]) if found["printed"] else None,
        rest[because.end() if because else 0 :].strip(" ,;:–—"),
    )
