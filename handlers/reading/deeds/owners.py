"""Read whose actions are counted: "all the head of education's ones", "everything the police had", "both of health's".

Somebody's name alone is no owner: "all schools closed". It is one where it possesses, where a word for actions follows
it, or where "everything" is what they had.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.reading.deeds.pieces import Pieces
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.names_in_text import NameSeen, names_in
from handlers.reading.plan_names import NameKind
from handlers.reading.queries.query import QuestionSubject, SubjectKind
from handlers.reading.vocabulary import Vocabulary

_KINDS = {
    NameKind.POST: SubjectKind.POST,
    NameKind.ORGANISATION: SubjectKind.ORGANISATION,
    NameKind.THEME: SubjectKind.THEME,
    NameKind.PRIORITY: SubjectKind.PRIORITIES,
}
_SKIPPED = frozenset((K.SMALL, K.LINK, K.DETERMINER, K.TARGET))
_ACTIONS = frozenset(ways("ones|items|actions|action|things|stuff|bits|item|update|updates|s"))
_HAD = frozenset(ways("had|has|brought|leads|led|owns|owned"))
EVERYTHING = frozenset(("everything", "whatever", "anything", "the lot"))


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose actions are meant, and the place behind the words that say so."""

    subjects: tuple[QuestionSubject, ...]
    stop: int


def owners_named(words: str, vocabulary: Vocabulary) -> Mapping[int, NameSeen]:
    """Return what a message names that may own actions, by where the name begins."""
    return {one.start: one for one in names_in(words, vocabulary) if one.kind in _KINDS}


def owner_at(pieces: Pieces, place: int, names: Mapping[int, NameSeen]) -> Owner | None:
    """Return whose actions the words behind a quantifier say, or None."""
    tokens = pieces.tokens
    n, linked = place + 1, False
    while n < len(tokens) and tokens[n].start not in names:
        if tokens[n].kind not in _SKIPPED and tokens[n].text not in ("of", "that"):
            return None
        linked = linked or tokens[n].text in ("for", "from", "of", "on", "under")
        n += 1
    if n == len(tokens):
        return None
    name = names[tokens[n].start]
    while n < len(tokens) and tokens[n].start < name.end:
        n += 1
    everything = tokens[place].text in EVERYTHING
    owns = "'" in pieces.folded[name.end - 2 : name.end + 1] or (everything and linked)
    owning = _ACTIONS | _HAD if everything else _ACTIONS
    while n < len(tokens) and tokens[n].text in owning:
        owns, n = True, n + 1
    if not owns or (n < len(tokens) and tokens[n].kind is K.WORD):
        return None
    keys = [",".join(one.key for one in name.names)] if name.together else [one.key for one in name.names]
    return Owner(tuple(QuestionSubject(_KINDS[name.kind], key, name.typed) for key in keys), n)
