"""Tell words in another language from English ones: by their letters, and by the small words that no English one is.

English that is terse, dictated, mistyped or full of jargon has none of them, and a name has one or two at most ("La
Leche League", "Ysgol y Deri").

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import unicodedata

from handlers.reading.lexicon import ways
from handlers.reading.normalise import fold

_LONGEST = 1500
_FEWEST = 2
"""Words: of one nothing is told."""

_SMALL = frozenset(
    (
        # Welsh
        *ways("mae|yn|yr|ddim|gyda|gyda'r|wedi|a'r|i'r|o'r|dydy|rwy|rydym|nid|hyn|bod|ond|gan|ein|eich|nhw|sydd|oedd"),
        *ways("rydyn|ni'n|dw|ydy|heb|eto|bydd|beth|pryd|diolch|mewn|am y|angen|dim|hwn|hefyd"),
        # Polish
        *ways("jest|nie|się|sie|że|ze|dla|przez|już|juz|jeszcze|ale|jak|wszystko|bardzo|będzie|bedzie|nam|mamy|są|tylko"),
        *ways("dobrze|zgodnie|oraz|przed|został|mam|w tym|od|pani"),
        # French
        *ways("le|les|est|une|des|pas|avec|pour|nous|vous|sont|dans|mais|c'est|n'est|ce|et|sera|aux|du|sur|qui|que"),
        *ways("bien|tout|encore|semaine|je|il|elle|notre|avons|été|très|la|en|oui"),
        # German
        *ways("der|die|das|und|ist|nicht|wir|mit|für|fur|ein|eine|noch|auf|wird|aber|sind|haben|auch|läuft|mehr|zum"),
        *ways("ich|wie|es|um|steht|alles|kein|keine|brauchen|gut|schon|heute"),
        # Spanish, Portuguese, Italian, Romanian
        *ways("el|los|las|está|esta|por|para|con|pero|muy|todavía|no está|según|hemos|una|unos|del|bien|sin|más|y"),
        *ways("não|nao|está|mas|com|uma|são|muito|ainda|já|foi|temos|isso|tudo"),
        *ways("il|gli|della|non|sono|che|ancora|tutto|abbiamo|però|molto|è|nel|alla|siamo"),
        *ways("este|nu|sunt|pentru|cu|și|si|mai|foarte|avem|toate|dar|încă|bine"),
        # Urdu, Punjabi and Hindi in Latin letters; Somali; Turkish
        *ways("hai|hain|nahi|nahin|kaam|raha|rahi|rahe|mein|aur|ho|abhi|sab|theek|thik|karna|kya"),
        *ways("waa|iyo|ma|waxaa|laakiin|aad|bir|ve|değil|çok|için|var|yok|henüz|iyi"),
    )
)  # fmt: skip
"""Small words of other languages, and common ones; a few are English words too, and so one alone tells nothing."""
_ENGLISH = frozenset(
    ways(
        "the|an|is|are|was|were|be|been|has|have|had|does|did|will|would|can|could|should|may|and|or|but|not|of|for|"
        "from|with|by|at|in|as|it|its|this|that|these|those|we|you|she|they|our|your|my|their|all|there|here|what|when|"
        "which|who|how|why|if|because|so|up|out|off|still|just|now|new|being|than|then|done|next|last|week|month|about|"
        "into|over|after|before|until|more|some|any|yes|please|thanks|good|ok|also|going|track|green|amber|red|update|"
        "complete|started|waiting|meeting|board|them|us|him|her|one|two"
    )
)


def is_other_language(text: str) -> bool:
    """Return whether a text is in another language than English.

    Must not read: a name of any letters in an English sentence, abbreviations, mistyped or dictated English.
    """
    words = _words(text[:_LONGEST])
    if len(words) < _FEWEST:
        return False
    other = sum(not _is_latin(one) for one in words)
    if other:
        return other * 2 > len(words) and not any(one in _ENGLISH for one in words)
    foreign = {one for one in words if one in _SMALL and one not in _ENGLISH}
    odd = sum(_has_odd_letters(one) for one in words)
    if not foreign or len(foreign) + odd < _FEWEST:
        return False
    known = sum(one in _SMALL for one in words)
    english = sum(one in _ENGLISH for one in words)
    if english and (len(foreign) <= _FEWEST or english > known / 2):
        return False
    return (known + odd) * 4 >= len(words)


def _words(text: str) -> list[str]:
    """Return the words of a text without those with figures in them, which no language has for its own."""
    found = (one.strip('.,;:!?()[]"“”*_…-–—') for one in fold(text).split())
    return [one for one in found if one and any(each.isalpha() for each in one) and not any(map(str.isdigit, one))]


def _is_latin(word: str) -> bool:
    """Return whether a word has a letter of ours: some that look like them may stand among them."""
    return any("LATIN" in unicodedata.name(each, "") for each in word if each.isalpha())


def _has_odd_letters(word: str) -> bool:
    """Return whether a word has letters that English has not."""
    return any(each.isalpha() and not each.isascii() for each in word)
