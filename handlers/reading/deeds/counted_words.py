"""Read which actions a decision counts without naming them: "the rest", "all carried forward", "all that was proposed".

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from collections.abc import Sequence

from handlers.reading.clauses import ENDS
from handlers.reading.deeds.decision_tails import DECISIONS
from handlers.reading.deeds.deed_words import PROPOSED_ONES
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.ref_groups import NAMED
from handlers.reading.tokens import TextToken
from models.enums import OutcomeKind

_ALL_OF_THEM = frozenset(("everything", "all of them", "all", "the lot", *PROPOSED_ONES))
_REST = frozenset(("rest", "remainder", "others"))
"""Without an article, where a decision follows at once: "rest roll over to Oct"."""


def counts_actions(tokens: Sequence[TextToken], place: int, stop: int) -> bool:
    """Return whether a token counts actions that nobody named."""
    token, before = tokens[place], tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if token.text in _REST and (before is None or before.kind in ENDS | {K.AND}):
        return after is not None and after.kind in DECISIONS
    if token.kind is not K.REST and token.text not in _ALL_OF_THEM:
        return False
    if (before is not None and before.kind in NAMED | {K.WORD}) or (after is not None and after.kind is K.WORD):
        return False
    return token.text != "all" or after is None or after.kind is K.EXCEPTION or _all_decided(tokens, place + 1, stop)


def _all_decided(tokens: Sequence[TextToken], place: int, stop: int) -> bool:
    """Return whether "all" is what was decided on: "all carried forward", not "all agreed to close 16sep-3"."""
    first = next((one for one in tokens[place:stop] if one.kind in DECISIONS | {K.WORD}), None)
    behind = next((one for one in tokens[place:stop] if one.kind in NAMED | {K.EXCEPTION}), None)
    moved = first is not None and first.value is OutcomeKind.CARRIED_FORWARD
    closed = first is not None and first.text.partition(" ")[0] in ("closed", "withdrawn")
    return (moved or closed) and (behind is None or behind.kind is K.EXCEPTION)
