"""One child or family told from all others without a name: "the lad in Year 9 who …", "the clerk's grandson"."""

from collections.abc import Iterator

from handlers.safeguarding.seen_tokens import phrase_length
from handlers.safeguarding.sentence import SeenSentence, SeenSign

_CERTAIN, _SOME = {"the", "that", "this", "our"}, {"a", "an", "one", "another"}
_HE_OR_SHE = {"boy", "girl", "lad", "lass", "schoolboy", "schoolgirl"}
_ANY = {"every", "each", "any", "no", "all", "per"}
_ONLY = {"only", "single", "sole", "same"}
_WHO = {"who", "whose", "whom"}
_OF_A_GROUP = frozenset(
    ("member", "rep", "representative", "apprentice", "volunteer", "ambassador", "adviser", "advisor", "trainee",
     "participant", "resident", "tenant", "learner")
)  # fmt: skip
"""Who takes part in something, of whom "young" or "the youngest" tells one."""
_HOME_WITHIN = 12
"""Tokens between one child or family and the street that they are of."""
_MANY = {"children", "kids", "parents", "carers", "boys", "girls", "families", "sons", "daughters"}
_ON = {"on", "in", "at", "from", "off", "over", "down", "along"}
_LIVES = {"lives", "living", "lived", "stays", "staying"}
_CASE = {"case", "file", "record", "referral", "client"}
_FEWEST_CASE_DIGITS = 5
_NO_SUPERLATIVES = {"latest", "best", "interest", "request", "honest", "modest", "test", "guest", "west", "rest"}
_SINGLED_OUT = {"who", "whose", "with", "from", "in", "at", "on", "under", "whom", "where", "that"}
_CENTRE = {"centre", "heart", "middle", "question", "mind", "room", "table", "general", "all", "every", "each"}
_SUPERLATIVE = {"youngest", "eldest", "oldest"}
_ADJECTIVES = 3
"""Words between "the" or whoever has them and the child."""
_BESIDE = 5
"""Tokens after "a pupil at" in which a school, a school year or a place tells which."""
_THEIRS = {"his", "her"}


def described(sentence: SeenSentence) -> Iterator[tuple[int, int, str]]:
    """Yield where a child or family is told from all others without a name, and why."""
    yield from _one_of_a_group(sentence)
    yield from _at_an_address(sentence)
    yield from _cases(sentence)
    one_child = sentence.words.phrases["one_child"]
    words = sentence.words.words["one_child"]
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.low not in one_child and token.low not in words:
            continue
        length = phrase_length(tokens, at, one_child) or int(token.low in words)
        if not length or at in sentence.settled or _is_of_things(sentence, at):
            continue
        to = at + length
        if at in sentence.sign_places and (start := _singled_out(sentence, at, to)) is not None:
            yield tokens[start].start, tokens[min(to + 1, len(tokens) - 1)].end, "one child described"
        elif (start := _kin_of(sentence, at)) is not None:
            yield tokens[start].start, tokens[to - 1].end, "somebody’s family"


def _one_of_a_group(sentence: SeenSentence) -> Iterator[tuple[int, int, str]]:
    """Yield "the youngest member of …", "our young rep who …", "the one who …" beside a sign of a child."""
    tokens = sentence.tokens
    of_a_child = any(one.kind in {"child", "kin", "age", "year"} for one in sentence.signs)
    for at, token in enumerate(tokens):
        if token.low in _OF_A_GROUP and at:
            told = sentence.low(at + 1) in _WHO and any(one.at > at for one in sentence.signs)
            if sentence.low(at - 1) in _SUPERLATIVE or (sentence.low(at - 1) == "young" and told):
                yield tokens[at - 1].start, token.end, "one child described"
        elif sentence.is_a(at, "place") and sentence.low(at - 1) in _CERTAIN and _is_one_child(sentence, at + 1):
            yield tokens[at - 1].start, tokens[at + 1].end, "one child or family described"
        elif token.low in {"a", "an", "one"} and (year := _year_at(sentence, at + 1)):
            if sentence.low(year.to) in _SINGLED_OUT:
                yield token.start, tokens[year.to - 1].end, "one child described"
        elif token.low == "one" and sentence.low(at - 1) in _CERTAIN and of_a_child and sentence.low(at + 1) in _WHO:
            yield tokens[at - 1].start, tokens[at + 1].end, "one child described"


def _is_one_child(sentence: SeenSentence, at: int) -> bool:
    return sentence.is_a(at, "one_child") and at in sentence.sign_places and sentence.low(at) not in _MANY


def _year_at(sentence: SeenSentence, at: int) -> SeenSign | None:
    return next((one for one in sentence.years if one.at == at), None)


def _is_of_things(sentence: SeenSentence, at: int) -> bool:
    """Return whether "the eldest of our contracts" is meant, and not "the eldest of five"."""
    if sentence.low(at) not in _SUPERLATIVE or sentence.low(at + 1) != "of":
        return False
    reach = range(at + 2, at + 6)
    counted = any(sentence.number(place) is not None and not sentence.low(place + 1).isalpha() for place in reach)
    return not counted and not any(place in sentence.sign_places for place in reach)


def _at_an_address(sentence: SeenSentence) -> Iterator[tuple[int, int, str]]:
    """Yield one child or family beside a street or a house number: "the family with seven kids on Knowsley Road"."""
    tokens = sentence.tokens
    lives = [at for at in range(1, len(tokens) - 3) if sentence.low(at) == "at" and sentence.low(at - 1) in _LIVES]
    for at in lives:
        if tokens[at + 1].text.isdigit() and tokens[at + 2].is_capital and sentence.is_a(at + 3, "street"):
            yield tokens[at - 1].start, tokens[at + 3].end, "somebody’s home"
    streets = [
        at
        for at in range(2, len(tokens))
        if (sentence.is_a(at, "street") and tokens[at].is_capital and tokens[at - 1].is_capital)
        or (sentence.number(at) is not None and sentence.low(at - 1) in {"number", "no"})
    ]
    for street in streets:
        reach = range(max(0, street - _HOME_WITHIN), min(len(tokens), street + _HOME_WITHIN))
        theirs = [one.at for one in sentence.signs if one.at in reach and one.kind in {"child", "kin"}]
        theirs = [at for at in theirs if sentence.low(at) not in _MANY]
        led_in = any(sentence.low(at) in _ON for at in (street - 2, street - 3))
        if theirs and led_in:
            first, last = min(theirs[0], street - 1), max(theirs[0], street)
            yield tokens[first].start, tokens[last].end, "one child or family of one street"


def _cases(sentence: SeenSentence) -> Iterator[tuple[int, int, str]]:
    """Yield the number under which somebody's case is kept: "case no 20195533"."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        number = at + 1 + (sentence.low(at + 1) in {"no", "number", "id", "ref", "reference"})
        number += sentence.low(number) in {".", ":", "#"}
        if token.low in _CASE and len(sentence.low(number)) >= _FEWEST_CASE_DIGITS and sentence.low(number).isdigit():
            yield token.start, tokens[number].end, "the number of a case"


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
    if follows == "," and more in _WHO and sentence.low(at - 1) == "one":
        return at - 1
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
