"""The age of one person, whoever it is ("a 14-year-old", "she is fourteen"), and few in words ("both pupils")."""

from collections.abc import Iterator

from handlers.safeguarding.sentence import SeenSentence

_SAID_OF = {"he", "she", "hes", "shes"}
_NOUNS = {
    *("child", "boy", "girl", "lad", "lass", "kid", "youngster", "teenager", "pupil", "toddler", "baby"),
    *("son", "daughter", "brother", "sister", "twins", "eldest", "oldest", "youngest", "leaver"),
}
_MAY = {"can", "may", "must", "could", "should", "would", "might"}
"""What is said behind "a 16-year-old" of whoever is of that age."""
_TURNS = {"turned", "turns", "turning"}
_IS = {"is", "was", "turned", "turns"}
_SEVERAL = {"children", "pupils", "girls", "boys", "kids", "siblings", "twins", "families", "lads"}
_SERVICES = {"and", "services", "service", "team", "teams"}
_OFFER_WITHIN = 3


def lone_ages(sentence: SeenSentence) -> Iterator[tuple[int, int]]:
    """Yield where the age of one person stands, as places in the words."""
    tokens = sentence.tokens
    for one in sentence.ages:
        aged = tokens[one.at].low in {"age", "aged", "ages"}
        offered = any(sentence.is_a(at, "offered_at_age") for at in range(one.to, one.to + _OFFER_WITHIN))
        if not aged and not offered and not (sentence.low(one.at - 1) == "a" and sentence.low(one.to) in _MAY):
            to = one.to + 1 if sentence.low(one.to) in _NOUNS else one.to
            to = to + 1 if to == one.to and sentence.low(to + 1) in _NOUNS else to
            to = to + 1 if to == one.to + 1 and sentence.low(one.to) not in _NOUNS else to
            yield tokens[one.at].start, tokens[to - 1].end
    for at, token in enumerate(tokens):
        if token.low in _SAID_OF:
            number = at + 1 + (sentence.low(at + 1) in _IS)
            number += sentence.low(number) in {"only", "just", "nearly", "now", "about"}
            said = number > at + 1 or token.owns or token.low in {"hes", "shes"}
        elif token.low in _TURNS:
            number, said = at + 1, not sentence.low(at + 2) or sentence.is_a(at + 2, "after_age")
        elif token.low in _NOUNS and sentence.low(at + 1) in {"of", *_IS}:
            number, said = at + 2, True
        else:
            continue
        years = sentence.number(number) if said else None
        if years and years < 20 and not sentence.is_a(number + 1, "unit"):
            yield token.start, tokens[number].end


def few_in_words(sentence: SeenSentence) -> Iterator[tuple[int, int]]:
    """Yield where a few are counted without a number before them: "both pupils", "a family of four"."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.low == "both" and sentence.low(at + 1) in _SEVERAL and sentence.low(at + 2) not in _SERVICES:
            yield token.start, tokens[at + 1].end
        grouped = token.low in {"family", "group"} and sentence.low(at + 1) == "of"
        counted = sentence.number(at + 2) if grouped else None
        if counted and counted < 10 and sentence.low(at - 1) == ("a" if token.low == "family" else "sibling"):
            yield token.start, tokens[at + 2].end
