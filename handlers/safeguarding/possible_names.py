"""Who in a sentence may be a child: a run of names, or initials."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.safeguarding.sentence import SeenSentence

_LONGEST = 6
"""Tokens of a name."""

_DOES = frozenset(("did", "was", "has", "is", "had", "never", "wants", "still", "hasnt", "wasnt", "didnt", "isnt"))
"""What stands behind a name that begins a sentence and is a word as well: "Mason did not …"."""
_CONTRACTED = ("m", "ll", "d", "ve", "re", "t", "s")
"""What follows the apostrophe of a contraction: "I'm", "we'll"."""
_NO_NAMES = (
    "role title title.polite organisation place abbreviation venue street unnamed_things staff_verb service_line "
    "private_line school.last"
)
"""Kinds of words that are nobody's name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of tokens that may name a child. `sure`: it can be little else. `initials`: it is letters."""

    at: int
    to: int
    sure: bool
    initials: bool = False
    plain: bool = True


def named(sentence: SeenSentence) -> Iterator[Candidate]:
    """Yield the runs of names in a sentence."""
    school = {at for one in sentence.signs if one.kind == "school" for at in range(one.at, one.to)}
    at = 0
    while at < len(sentence.tokens):
        if at in school or at in sentence.settled or not sentence.tokens[at].is_word:
            at += 1
            continue
        sure = _is_name(sentence, at)
        if sure is None:
            at += 1
            continue
        to = at + 1
        while (
            to < min(len(sentence.tokens), at + _LONGEST)
            and to not in school
            and to not in sentence.settled
            and not sentence.tokens[to - 1].owns
        ):
            if sentence.low(to) == "-" and sentence.tokens[to].glued and to + 1 < len(sentence.tokens):
                to += 2
                sure = sure or sentence.tokens[at].is_capital
                continue
            if not _goes_on(sentence, to):
                break
            sure = True
            to += 1
        to = min(to, len(sentence.tokens))
        if not _is_organisation(sentence, at, to):
            yield Candidate(at, to, sure)
        at = to


def _is_name(sentence: SeenSentence, at: int) -> bool | None:
    """Return whether a token is surely a name (True), may be one (False), or is none (None)."""
    token, words = sentence.tokens[at], sentence.words
    low = token.low
    if len(low) < 2 or (low in words.never_names and not token.is_capital) or at in sentence.sign_places:
        return None
    if len(token.text) > 1 and token.text[:2].isupper() and token.text.rstrip("s").isupper() and not sentence.shouted:
        return None
    ambiguous = low in words.words["ambiguous"]
    bare = low[:-1] if low.endswith("s") and low[:-1] in words.names and low not in words.names else low
    if bare in words.names and not ambiguous and (bare == low or low not in words.ordinary):
        return True
    capital = token.is_capital and not sentence.shouted
    if "'" in token.text and not token.owns and token.low.endswith(_CONTRACTED):
        return None
    if capital and at in sentence.after_named:
        return True
    if ambiguous:
        if capital and low in words.words["given"] and (not token.first or sentence.low(at + 1) in _DOES):
            return True
        if capital and sentence.low(at + 1) == "," and sentence.low(at + 2) in {"who", "whose"}:
            return True
        return False if capital or _framed(sentence, at) else None
    if _is_known_word(sentence, low):
        return None
    if capital:
        return None if token.first and low.endswith(tuple(words.words["ordinary_end"])) else True
    return False if len(low) > 2 and low.isalpha() else None


def _framed(sentence: SeenSentence, at: int) -> bool:
    return (
        sentence.tokens[at].owns
        or sentence.low(at - 1) in {"called", "named", "child", "pupil"}
        or sentence.low(at - 2)
        in {
            "mum",
            "dad",
            "mother",
        }
        or (sentence.is_a(at, "given") and sentence.low(at + 1) in {"in", "from"} and at + 2 in sentence.begin_years)
    )


def _is_known_word(sentence: SeenSentence, low: str) -> bool:
    if low in sentence.words.ordinary or any(low in sentence.words.words[kind] for kind in _NO_NAMES.split()):
        return True
    if f"{low}s" in sentence.words.words["place"]:
        return True
    stems = [low[:-1]] if low.endswith("s") else []
    stems += [low[:-2], low[:-1]] if low.endswith("ed") else []
    stems += [low[:-3], low[:-3] + "e"] if low.endswith("ing") else []
    stems += [low[:-2]] if low.endswith(("es", "ly", "er")) else []
    stems += [low[2:]] if low.startswith(("re", "un")) else []
    stems += [low[3:]] if low.startswith(("non", "pre", "mis")) else []
    return any(stem in sentence.words.ordinary for stem in stems if len(stem) > 2)


def _goes_on(sentence: SeenSentence, at: int) -> bool:
    """Return whether a token after a name goes on with it: a surname."""
    token = sentence.tokens[at]
    if not token.is_word or at in sentence.sign_places:
        return False
    if token.is_capital and not sentence.shouted:
        abbreviation = len(token.text) > 1 and token.text.isupper()
        return not abbreviation and not sentence.is_a(at, "organisation", "title", "role")
    return _is_name(sentence, at) is True


def _is_organisation(sentence: SeenSentence, at: int, to: int) -> bool:
    """Return whether a run of names is, or is part of, the name of an organisation or a place."""
    for place in (at - 1, to):
        capital = 0 <= place < len(sentence.tokens) and sentence.tokens[place].is_capital and not sentence.shouted
        title = capital and sentence.is_a(place, "organisation", "street", "venue")
        if title and not sentence.tokens[place].first:
            return True
    if sentence.low(at) not in sentence.words.names:
        # "Linacre ward", "Crosby Lakeside": a ward, or a part of a place.
        of_place = (
            sentence.is_a(at - 1, "place") and sentence.tokens[at - 1].is_capital and sentence.tokens[at].is_capital
        )
        if sentence.low(to) in {"ward", "wards"} or (of_place and not sentence.shouted):
            return True
    within = any(sentence.is_a(place, "organisation", "place") for place in range(at + 1, to))
    other = to + 1 if sentence.low(to) == "&" else at - 2 if sentence.low(at - 1) == "&" else None
    return within or (other is not None and sentence.low(other) not in sentence.words.names)


def _with_an_initial(sentence: SeenSentence) -> Iterator[Candidate]:
    """Yield a first name with one letter of a surname: "Ollie P", "Mohammed A."; of colleagues nobody writes so."""
    for at, token in enumerate(sentence.tokens[1:], 1):
        letter = token.is_word and len(token.text) == 1 and token.is_capital and token.low != "i"
        first = letter and sentence.tokens[at - 1].is_capital and sentence.low(at - 1) in sentence.words.names
        first = first and not sentence.is_a(at - 1, "organisation", "venue", "street", "place")
        if first and _is_name(sentence, at - 1) is not None and not sentence.shouted and sentence.low(at + 1) != "&":
            yield Candidate(at - 1, at + 1, sure=True, initials=True)


def initialled(sentence: SeenSentence) -> Iterator[Candidate]:
    """Yield the initials in a sentence."""
    yield from _with_an_initial(sentence)
    at = 0
    tokens = sentence.tokens
    while at < len(tokens):
        to = _dotted(sentence, at) if len(tokens[at].low) == 1 else 0
        if to:
            letters = "".join(token.low for token in tokens[at:to] if token.is_word)
            if letters not in {"eg", "ie", "am", "pm", "ad", "mad", "dob"} and at not in sentence.settled:
                while (
                    to < min(len(tokens), at + 10)
                    and tokens[to].is_word
                    and tokens[to].is_capital
                    and to not in sentence.sign_places
                ):
                    to += 1
                yield Candidate(at, to, sure=True, initials=True)
            at = to
            continue
        token = tokens[at]
        said = at in sentence.after_named
        upper = token.is_word and (token.text.isupper() or (token.owns and token.text[:-2].isupper()))
        if not (upper or said):
            at += 1
            continue
        noun = sentence.is_a(at - 1, "noun") or (
            sentence.low(at - 1) in {":", "(", "-"} and sentence.is_a(at - 2, "noun")
        )
        length = len(token.low)
        if at + 1 < len(tokens) and tokens[at + 1].glued and tokens[at + 1].text.isdigit():
            upper = noun = False
        known = token.low in sentence.words.words["abbreviation"] or at in sentence.settled
        if (token.is_word and said and length <= 3) or (
            upper and token.owns and length == 1 and sentence.is_a(at + 1, "relative")
        ):
            yield Candidate(at, at + 1, sure=True, initials=True)
        elif (
            upper
            and not sentence.shouted
            and (noun or said)
            and length <= 3
            and (length == 1 or not known or _acts(sentence, at))
        ):
            if not (length == 1 and token.low == "i"):
                yield Candidate(at, at + 1, sure=True, initials=True)
        elif (
            upper
            and not sentence.shouted
            and (
                (length == 2 and (not known or _is_he_or_she(sentence, at)))
                or (length == 1 and (_listed_letter(sentence, at) or _goes_on_after_stop(sentence, at)))
            )
        ):
            yield Candidate(at, at + 1, sure=False, initials=True, plain=False)
        at += 1


def _acts(sentence: SeenSentence, at: int) -> bool:
    """Return whether a known abbreviation does something, so that it is somebody: "young person JD was"."""
    return len(sentence.low(at)) == 2 and sentence.is_a(at + 1, "after_initials")


def _is_he_or_she(sentence: SeenSentence, at: int) -> bool:
    """Return whether a known abbreviation is somebody further on: "ES was excluded before his plan was done"."""
    reach = range(at + 2, min(at + 9, len(sentence.tokens)))
    return _acts(sentence, at) and any(sentence.low(place) in {"his", "her", "he", "she"} for place in reach)


def _goes_on_after_stop(sentence: SeenSentence, at: int) -> bool:
    """Return whether a letter has a stop that ends no sentence: "say that P. in set 2", but not "section B."."""
    if sentence.tokens[at].first or sentence.low(at + 1) != "." or at + 2 >= len(sentence.tokens):
        return False
    beside = sentence.tokens[at - 1].is_capital or sentence.tokens[at + 2].is_capital
    return sentence.tokens[at].low != "i" and not beside and sentence.tokens[at + 2].is_word


def _dotted(sentence: SeenSentence, at: int) -> int:
    """Return where initials with stops end that begin at a place: "T.S.", "T. S.", "t.s."; 0 where there are none."""
    tokens = sentence.tokens
    to, letters = at, 0
    while (
        to + 1 < len(tokens)
        and letters < 5
        and tokens[to].is_word
        and len(tokens[to].low) == 1
        and tokens[to + 1].text == "."
    ):
        if letters and not tokens[to].glued and not tokens[to].is_capital:
            break
        letters += 1
        to += 2
    if to < len(tokens) and tokens[to].is_word and len(tokens[to].low) == 1 and letters and tokens[to].glued:
        letters += 1
        to += 1
    return to if letters > 1 and to - at <= 8 else 0


def _listed_letter(sentence: SeenSentence, at: int) -> bool:
    def single(place: int) -> bool:
        return (
            0 <= place < len(sentence.tokens)
            and len(sentence.tokens[place].text) == 1
            and sentence.tokens[place].text.isupper()
        )

    if (
        "&" in (sentence.low(at + 1), sentence.low(at - 1))
        and sentence.tokens[at + (sentence.low(at + 1) == "&")].glued
    ):
        return False  # "A&E"
    near = (sentence.low(at + 1) in {",", "and", "&"} and single(at + 2)) or (
        sentence.low(at - 1) in {",", "and", "&"} and single(at - 2)
    )
    pair = single(at + 1) and sentence.low(at + 2) in {",", "("}
    return near or pair or (single(at - 1) and sentence.low(at + 1) in {",", "("})
