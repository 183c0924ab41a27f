"""Words cut into tokens and sentences, so that rules read kinds of words and not characters."""

import re
from dataclasses import dataclass

from handlers.safeguarding.sign_lexicon import Phrases

_TOKEN = re.compile(r"\n|[^\W\d_]+(?:'[^\W\d_]+)*'?|\d+|[^\s]")
_LONG = 60
"""Tokens from which a sentence is not joined by another."""
_PRONOUNS = {"he", "she", "his", "her", "hes", "shes", "they", "mum", "mam", "dad", "nan", "him", "their", "family"}
_ENDS = {"\n", ";", "!", "?"}


@dataclass(slots=True)  # one that is frozen takes three times as long to make, and a plan has a million
class SeenToken:
    """A word, a number or a mark: where it stands, its own letters, and small ones without apostrophe and possessive.

    `first`: it begins a sentence. `owns`: it ends in 's or s'. `glued`: nothing stands between it and the one before.
    `is_word`: it is made of letters.
    """

    start: int
    end: int
    text: str
    low: str
    first: bool
    owns: bool
    glued: bool
    is_word: bool

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


def sentences(seen: str) -> list[list[SeenToken]]:
    """Return the tokens of some words, by sentence: a line, or what ends in a stop that is no abbreviation's."""
    found: list[list[SeenToken]] = [[]]
    reached, first = 0, True
    for each in _TOKEN.finditer(seen):
        text = each[0]
        now = found[-1]
        glued = bool(now) and each.start() == reached
        reached = each.end()
        ends = text in _ENDS or (text == "." and _is_stop(seen, each.end(), now))
        if ends:
            first = True
            if now:
                found.append([])
            continue
        low, owns = text.lower(), False
        if "'" in text:
            owns = len(text) > 2 and low.endswith(("'s", "s'"))
            low = low.removesuffix("'s" if owns else "").replace("'", "")
        is_word = text[0].isalpha()
        now.append(SeenToken(each.start(), reached, text, low, first, owns, glued, is_word))
        first = first and not is_word
    return _with_pronouns(seen, [one for one in found if one])


def _with_pronouns(seen: str, found: list[list[SeenToken]]) -> list[list[SeenToken]]:
    """Return the sentences, one that goes on about somebody ("She is in Year 9") joined to the one before it."""
    joined: list[list[SeenToken]] = []
    for each in found:
        between = seen[joined[-1][-1].end : each[0].start] if joined else "\n"
        same_line = len(between) <= len(". ") and "\n" not in between
        if same_line and len(joined[-1]) < _LONG and each[0].low in _PRONOUNS:
            joined[-1] += each
        else:
            joined.append(each)
    return joined


def _is_stop(seen: str, end: int, before: list[SeenToken]) -> bool:
    if end < len(seen) and not seen[end].isspace():
        return False
    last = before[-1] if before else None
    if last is None or not last.is_word:
        return True
    # "T.S. in Year 6", "St. Mary's", "Yr. 6", "initials A. B."
    initial = len(last.text) == 1 and (last.is_capital or (len(before) > 1 and before[-2].text == "."))
    return not (initial or last.low in _SHORTENED)


_SHORTENED = {"st", "yr", "dr", "mr", "mrs", "ms", "no", "nr", "tel", "mob", "prof", "rev", "cllr", "supt", "sgt", "b"}


def phrase_length(tokens: list[SeenToken], at: int, phrases: Phrases) -> int:
    """Return how many tokens from a place make a phrase; hyphens within it count as spaces; 0 where none does."""
    for phrase in phrases.get(tokens[at].low, ()):
        reached = at + 1
        for word in phrase[1:]:
            if reached < len(tokens) and tokens[reached].text == "-":
                reached += 1
            if reached >= len(tokens) or tokens[reached].low != word:
                break
            reached += 1
        else:
            return reached - at
    return 0
