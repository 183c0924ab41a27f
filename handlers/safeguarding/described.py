"""One child or family told from all others without a name: "the lad in Year 9 who …", "the clerk's grandson"."""

from collections.abc import Iterator

from handlers.safeguarding.seen_tokens import phrase_length
from handlers.safeguarding.sentence import SeenSentence

_CERTAIN, _SOME = {"the", "that", "this", "our"}, {"a", "an", "one", "another"}
_HE_OR_SHE = {"boy", "girl", "lad", "lass", "schoolboy", "schoolgirl"}
_ANY = {"every", "each", "any", "no", "all", "per"}
_ONLY = {"only", "single", "sole"}
_NO_SUPERLATIVES = {"latest", "best", "interest", "request", "honest", "modest", "test", "guest", "west", "rest"}
_SINGLED_OUT = {"who", "whose", "with", "from", "in", "at", "under", "whom", "where", "that"}
_CENTRE = {"centre", "heart", "middle", "question", "mind", "room", "table", "general", "all", "every", "each"}
_ADJECTIVES = 3
"""Words between "the" or whoever has them and the child."""
_BESIDE = 5
"""Tokens after "a pupil at" in which a school, a school year or a place tells which."""
_THEIRS = {"his", "her"}


def described(sentence: SeenSentence) -> Iterator[tuple[int, int, str]]:
    """Yield where a child or family is told from all others without a name, and why."""
    one_child = sentence.words.phrases["one_child"]
    words = sentence.words.words["one_child"]
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.low not in one_child and token.low not in words:
            continue
        length = phrase_length(tokens, at, one_child) or int(token.low in words)
        if not length or at in sentence.settled:
            continue
        to = at + length
        if at in sentence.sign_places and (start := _singled_out(sentence, at, to)) is not None:
            yield tokens[start].start, tokens[min(to + 1, len(tokens) - 1)].end, "one child described"
        elif (start := _kin_of(sentence, at)) is not None:
            yield tokens[start].start, tokens[to - 1].end, "somebody’s family"


def _before(sentence: SeenSentence, at: int) -> Iterator[int]:
    """Yield the places of up to three words before a child, nearest first."""
    for place in range(at - 1, max(-1, at - 2 - _ADJECTIVES), -1):
        if not sentence.tokens[place].is_word:
            return
        yield place


def _singled_out(sentence: SeenSentence, at: int, to: int) -> int | None:
    """Return where "the deaf girl in", "a pupil at Larkfield Primary" begins; None where any child may be meant."""
    follows, more = sentence.low(to), sentence.low(to + 1)
    of_a_year = any(one.to == at and one.kind == "year" for one in sentence.signs_near(at, to, 0))
    if of_a_year and (follows in _SINGLED_OUT or sentence.is_a(to, "link") or follows in {",", "has", "had"}):
        return at - 1
    if sentence.low(at) == "family" and follows in {"who", "with", "that"}:
        return None
    told = follows in _SINGLED_OUT and not any(sentence.low(to + step) in _CENTRE for step in (1, 2, 3))
    told = told or (follows in {",", "("} and (sentence.number(to + 1) or 99) < 20)
    for place in _before(sentence, at):
        low = sentence.low(place)
        if low in _ANY:
            return None
        if low in _ONLY or (low.endswith("est") and low not in _NO_SUPERLATIVES):
            return place
        if low in _CERTAIN | _SOME:
            one_of_many = low in _SOME and sentence.low(at) not in _HE_OR_SHE
            if not told or (one_of_many and not (_place_in(sentence, to + 1) and more)):
                return None
            return place
    told = told and (more in _CERTAIN or _place_in(sentence, to + 1))
    return at if sentence.tokens[at].first and told else None


def _place_in(sentence: SeenSentence, start: int) -> bool:
    reach = range(start, min(start + _BESIDE, len(sentence.tokens)))
    places = {place for one in sentence.signs if one.kind in {"school", "year"} for place in range(one.at, one.to)}
    return any(at in places or (sentence.is_a(at, "place") and sentence.tokens[at].is_capital) for at in reach)


def _kin_of(sentence: SeenSentence, at: int) -> int | None:
    """Return where "the clerk's grandson", "her brother", "mum of the twins" begins; None where it is nobody's."""
    if sentence.low(at - 1) == "the" and sentence.low(at - 2) == "of" and sentence.is_a(at - 3, "relative"):
        return at - 3 if sentence.is_a(at, "one_child.many") or at in sentence.sign_places else None
    close = sentence.is_a(at, "one_child.kin")
    if close and sentence.low(at + 1) == "of":
        somebody = sentence.low(at + 2) in {"the", "our", "a", "one"} and not any(
            sentence.is_a(at + step, "organisation") for step in (3, 4, 5)
        )
        return at if somebody or sentence.is_a(at + 2, "role", "title", "title.polite") else None
    for place in _before(sentence, at):
        token = sentence.tokens[place]
        if token.owns:
            person = sentence.is_a(place, "role", "title") or sentence.is_a(place - 1, "title", "title.polite")
            return place if person or (close and not sentence.is_a(place, "organisation", "place")) else None
        if close and token.low in _THEIRS:
            return place
    return None
