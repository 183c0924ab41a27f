"""Read that somebody wants back what was recorded: "undo that", "scrap the last one", "undo the closing of happy-2".

Every word has to be explained. What must not be read: "take it back to the office", "undo the damage", "cancel the
meeting", "don't undo that", "how do I undo".

Source: docs/explanation/what-people-write.md, Second thoughts.
"""

from dataclasses import dataclass
from datetime import date

from handlers.commands.questions import Unclear
from handlers.commands.records import UndoLast
from handlers.reading.clauses import HARD, SOFT
from handlers.reading.command_arguments import CommandText, Parsed
from handlers.reading.deeds.pieces import pieces_of
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.ref_groups import refs_of
from handlers.reading.vocabulary import Vocabulary

_LONGEST = 120
_UNDOES = frozenset(ways("undo|undoing|reverse|revert|retract|unrecord|unsay"))
_DROPS = frozenset(ways("scrap|delete|remove|cancel|ignore|forget|discard|bin|drop|disregard"))
"""What takes back only what was recorded: with an action it says something else."""
_TAKES = frozenset(ways("take|taking|roll"))
"""What takes back with "back" alone."""
_BRINGS = frozenset(ways("put|change|set|move"))
"""What takes back with "back as it was" alone: "put it back" is another meeting."""
_RECORDED = frozenset(
    ways(
        "one|ones|entry|entries|message|messages|update|updates|answer|answers|outcome|outcomes|decision|decisions|press|"
        "change|changes|move|replan|plan|re|closing|closure|record|recording|bit|lot|thing|reply|carry|carrying|forward"
    )
)
_POINTS = frozenset(
    ways("that|it|this|them|those|these|both|all|last|latest|previous|two|three|four|whole|everything|what")
)
_AROUND = frozenset(
    ways(
        "the|my|our|a|of|on|for|about|just|now|please|pls|plz|can|could|would|will|you|i|we|want|need|like|lets|let's|sorry|oops|"
        "whoops|no|wait|hang|actually|ok|okay|thanks|thank|cheers|by|mistake|again|straight|away|as|was|before|oh|ah|"
        "argh|hmm|yes|and|so|sent|said|wrote|pressed|recorded|put|what|from|minute|ago|apologies|soz|wrong|accident|accidentally"
    )
)
_ASKS = frozenset(ways("what|how|why|when|who|did|was|were|where"))
_WANTS = frozenset(ways("want|need|like|wanted"))
_KNOWN = _UNDOES | _DROPS | _TAKES | _BRINGS | _RECORDED | _POINTS | _AROUND | _WANTS | {"back", "to"}
_SAYS_WHAT = frozenset((K.OUTCOME, K.SHIFT, K.RATING, K.DONE, K.NO_CHANGE, K.VERBAL, K.TO_FOLLOW))


@dataclass(frozen=True, slots=True)
class UndoAsked:
    """What is wanted back: what was recorded last, on some actions where they are named."""

    refs: tuple[str, ...] = ()


def read_undo(words: str, vocabulary: Vocabulary, today: date) -> UndoAsked | None:
    """Return what a message wants back and nothing else; None where any word of it says something else."""
    if len(words) > _LONGEST or "\n" in words.strip():
        return None
    refs: list[str] = []
    said: list[str] = []
    described = False
    for one in pieces_of(words, vocabulary, today).tokens:
        spoken = one.text.replace("/", " ").split()
        if one.kind is K.REF:
            refs += refs_of(one)
        elif one.kind is not K.NO_CHANGE and _KNOWN.issuperset(spoken):
            said += spoken
        elif one.kind in _SAYS_WHAT:
            described = True
        elif one.kind not in SOFT | HARD | {K.MARK, K.PICTURE}:
            return None
    seen = frozenset(said)
    if not said or said[0] in _ASKS or {"no", "need"} <= seen or ("to" in seen and not seen & _WANTS):
        return None
    named = bool(seen & _RECORDED) or {"what", "i"} <= seen
    if seen & _UNDOES:
        return UndoAsked(tuple(dict.fromkeys(refs)))
    as_it_was = "back" in seen and described and not refs
    takes = bool(seen & _DROPS) or ("back" in seen and bool(seen & _TAKES))
    wanted = takes and not described and (named or (bool(seen & _POINTS) and not refs))
    return UndoAsked(tuple(dict.fromkeys(refs))) if wanted or (as_it_was and bool(seen & _BRINGS)) else None


def read_undo_asked(given: CommandText) -> Parsed:
    """Read `[REF]`, and words that say the same."""
    asked = read_undo(f"undo {given.rest}", given.vocabulary, given.today)
    if asked is None:
        return Parsed(Unclear(given.typed, "undo", "Say “/cypp undo”, or “/cypp undo REF”, alone."))
    return Parsed(UndoLast(asked.refs))
