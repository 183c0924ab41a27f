"""Refs of figures alone ("7.3", "62/17"): where they name an action, and where they are an amount.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

import re

from handlers.reading.ref_finder import RefSeen

STANDS = re.compile(
    r" ?(?:$|[\n:;,)&+=-]|(?:and|is|now|still|on|off|at|not|done|all|both|no|some|verbal|complete|finished|"
    r"green|amber|red|[gar])(?![^\W_]))"
)
"""What may follow a ref without letters, which else is an amount: "7.3 on track", not "7.3 million"."""
_STANDS_DIVIDED = re.compile(
    r" (?:closed?|agreed|carr(?:y|ied|ies)|c/f|cfwd|forward|deferred|withdrawn|replaced|reopened|moved?|moves|goes"
    r"|slipped|delayed|to|has|have|was|were|will|won't|wont|needs?|hasn't|hasnt|isn't|isnt|can't|cant|should|over|because"
    r"|by|until)(?![^\W_])"
)
"""What may follow one of several numbers ("7.3", "62/17") as well; amounts are seldom written so."""
DEALT_WITH = frozenset(
    ("carry", "close", "move", "defer", "reopen", "withdraw", "chase", "assign", "push", "postpone", "update", "replan")
)
"""Verbs behind which such a ref may stand."""


def figures_stand(text: str, seen: RefSeen, begins: bool, dealt_with: bool) -> bool:
    """Return whether figures are a ref where they stand, and no amount."""
    divided = any(mark in seen.typed for mark in "./")
    stands = STANDS.match(text, seen.end) or (divided and _STANDS_DIVIDED.match(text, seen.end))
    return bool(stands) and (begins or (divided and dealt_with))
