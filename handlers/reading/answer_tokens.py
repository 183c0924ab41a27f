"""Tokens as they are in an answer: a letter that rates, "neither … nor …" of what has not changed, a request.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.reading.clauses import ENDS, HARD
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.ref_groups import NAMED
from handlers.reading.tokens import TextToken
from models.rules.status_words import LETTERS, PICTURES

GUESSED = 1
"""The value of *no change* where it is put together, so that it is shown first."""
_BEHIND_A_LETTER = frozenset(("now", "again", "still", "today", "overall", "please", "pls", "thanks"))
_NOR = frozenset(("nor", "or", "and"))
_CHANGED = frozenset(("changed", "moved", "shifted", "budged", "altered", "progressed"))
_NAMING = NAMED | {K.COLON, K.DASH}
_LEAST = 2
_PUT = "mark|set|put|record|log|show|rate|register|class|list"
_REQUEST = re.compile(
    r"(?:(?:hi|hello|hey|morning|please|pls|sorry|ok|yes|thanks|also|and|so|,|(?:is there )?any chance) )*(?:"
    r"(?:can|could|would|will) (?:you|u)(?: please| just| kindly| possibly)?"
    rf" (?:{_PUT}|make|change|turn)(?: down)? §|(?:can|could|may) (?:we|i)(?: please| just)? (?:{_PUT})(?: down)? §"
    r"|(?:would|do) you mind (?:marking|setting|putting|recording|logging|showing|rating|making|changing|turning) §"
    r"|(?:(?:can|could|may) §|(?<=chance )§ (?:could|can|might))(?: please)?"
    r" (?:go(?= down)|be (?:put|marked|recorded|shown|logged|set|changed|rated))"
    r")(?: down)?(?: (?:as|to|at|please))*"
)
"""A request to write a status down, up to the status; "§": the action."""
REQUESTED = "could it be put"
"""The text of each word of a request that has to be shown first."""
_ORDERS = ("can you ", "could you ", "would you ", "will you ")
"""What begins the words of a request with its verb, which is as good as an order."""


def as_answered(tokens: Sequence[TextToken]) -> tuple[TextToken, ...]:
    """Return the tokens of a message that may answer."""
    return _requested(_neither_changed(_letters(_said_twice(tokens))))


def _requested(tokens: tuple[TextToken, ...]) -> tuple[TextToken, ...]:
    """Return tokens in which a request to write a status down is small words: "any chance you could put healthy-5 …".

    Must not read: "should I put healthy-5 amber", "can we get healthy-5 back to green".
    """
    found = list(tokens)
    start, rated = 0, False
    for place, one in enumerate(tokens):
        if one.kind in HARD:
            start, rated = place + 1, False
        if rated or one.kind not in (K.RATING, K.LETTER):
            continue
        rated = True
        named = [n for n in range(start, place) if tokens[n].kind is K.REF]
        said = " ".join("§" if n in named else tokens[n].text for n in range(start, place))
        if len(named) == 1 and not requests(tokens[start:place]) and _REQUEST.fullmatch(said):
            small = [n for n in range(start, place) if n not in named and tokens[n].kind not in ENDS]
            for n in small:
                found[n] = replace(tokens[n], kind=K.SMALL, text=REQUESTED)
    return tuple(found)


def requests(tokens: Iterable[TextToken]) -> bool:
    """Return whether some tokens ask for an answer to be written down: "can you put healthy-5 down as red?"."""
    return any(one.text == REQUESTED or (one.kind is K.SMALL and one.text.startswith(_ORDERS)) for one in tokens)


def _said_twice(tokens: Sequence[TextToken]) -> Sequence[TextToken]:
    """Return tokens in which a status that is said again right behind is one: "green 🟢", "red red red"."""
    found: list[TextToken] = []
    for token in tokens:
        before = found[-1] if found else None
        twice = before is not None and before.kind is token.kind is K.RATING and before.value == token.value
        signed = twice and before is not None and (before.text in PICTURES) != (token.text in PICTURES)
        if twice and before is not None and (signed or (len(found) > 1 and found[-2].kind in _NAMING)):
            found[-1] = replace(before, end=token.end)
        else:
            found.append(token)
    return found


def _neither_changed(tokens: Sequence[TextToken]) -> tuple[TextToken, ...]:
    """Return tokens in which "neither healthy-5 nor healthy-8 has changed" says no change of both."""
    found = list(tokens)
    for place, token in enumerate(tokens):
        if token.text != "neither":
            continue
        end = place + 1
        while end < len(tokens) and (tokens[end].kind in NAMED or tokens[end].text in _NOR):
            end += 1
        verb = end + (end < len(tokens) and tokens[end].text in ("has", "have"))
        named = sum(one.kind in NAMED for one in tokens[place:end])
        if named >= _LEAST and verb < len(tokens) and tokens[verb].text in _CHANGED:
            for n in range(place, end):
                kind = K.SMALL if n == place else K.AND if tokens[n].text in _NOR else tokens[n].kind
                found[n] = replace(tokens[n], kind=kind)
            found[verb] = replace(tokens[verb], kind=K.NO_CHANGE, value=GUESSED)
    return tuple(found)


def _letters(tokens: Sequence[TextToken]) -> tuple[TextToken, ...]:
    """Return tokens with a single letter as a rating where it stands as one: "healthy-4 - G", "(R)"."""
    found = list(tokens)
    for place, token in enumerate(tokens):
        if token.text not in LETTERS or token.kind is K.REF or token.glued:
            continue
        before = next((tokens[n] for n in range(place - 1, -1, -1) if tokens[n].kind not in (K.SMALL, K.MARK)), None)
        after = next((one for one in tokens[place + 1 :] if one.text not in _BEHIND_A_LETTER), None)
        opens = before is None or before.kind in (
            *NAMED,
            K.COLON,
            K.DASH,
            K.OPEN,
            K.LINK,
            K.COMMA,
            K.LINE,
            K.ALL,
        )
        opens = opens or (before is not None and before.kind is K.CLOSE and place > 1 and _numbers(tokens, place - 2))
        # "h5 G": an action of which the plan has no such name.
        opens = opens or (before is not None and before.kind is K.WORD and before.text[-1:].isdigit())
        closes = after is None or after.kind in ENDS | {K.REF, K.REASON, K.LINE} or _not_another(tokens, place)
        alone = before is None and after is not None and after.kind not in (K.STOP, K.LINE, K.COMMA)
        if opens and closes and not alone:
            found[place] = replace(token, kind=K.LETTER, value=LETTERS[token.text])
    return tuple(found)


def _not_another(tokens: Sequence[TextToken], place: int) -> bool:
    """Return whether what follows a letter says which it is not: "A not G"."""
    ahead = [one.text for one in tokens[place + 1 : place + 3]]
    return len(ahead) > 1 and tokens[place + 1].kind is K.NEGATION and ahead[1] in LETTERS


def _numbers(tokens: Sequence[TextToken], place: int) -> bool:
    """Return whether the number of a list stands at a place: "1) G"."""
    return tokens[place].kind is K.NUMBER and (not place or tokens[place - 1].kind is K.LINE)
