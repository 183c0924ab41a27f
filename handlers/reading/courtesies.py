"""Recognise words that are no answer and need none: thanks, ok, an emoji, an automatic reply.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re

from handlers.reading.normalise import fold

LONGEST_COURTESY = 120

_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff"

_COURTESY = (
    "thanks|thank you|many thanks|thanks a lot|thank you so much|thanks so much|thx|ta|cheers|much appreciated|"
    "appreciated|ok|okay|okey dokey|k|kk|will do|on it|got it|noted|understood|great|good|perfect|lovely|brilliant|"
    "excellent|super|fab|cool|nice|nice one|well done|fine|sure|of course|no problem|no worries|you're welcome|"
    "welcome|hi|hello|hey|hiya|dear|good morning|morning|good afternoon|afternoon|good evening|kind regards|regards|"
    "best wishes|best|bye|sorry|apologies|sorry for the delay|will do that|i will|i'll do that|leave it with me|"
    "happy to|very much|very|so much|all|everyone|team|both|again|too|that's|that is|and|for this|for that|"
    "for the reminder|for letting me know|for your help|speak soon|have a good (?:day|weekend)|please|tomorrow|today|"
    "later|this week"
)
_NAMED = re.compile(
    r"(?:hi|hello|hey|dear|thanks|thank you|morning|cheers|good morning|regards|kind regards),? [^\W\d_]{2,20}$"
)
_SIGNED = re.compile(
    r"(?i)(?:^|(?<=[.,!;\n]))\s*(?:many thanks|thanks|thank you|kind regards|regards|best wishes|best|cheers),?"
    r"\s+[^\W\d_]{2,20}[.!]?\s*$"
)
_WHOLE = re.compile(rf"(?:(?:{_COURTESY})(?![^\W_]|['-][^\W_])[\s,.!:;()/&-]*)+")
_FACES = re.compile(rf":[a-z0-9_+'-]{{1,60}}:|[{_EMOJI}]|[:;]-?[)(dp](?![^\W_])")
_PIECE = re.compile(r"[,.!;\n]")

_AUTOMATIC_START = re.compile(
    r"(?:(?:subject|re)\s*:\s*)?"
    r"(?:automatic reply|auto(?:matic)?[- ]?(?:response|reply)|autoreply|out of (?:the )?office|"
    r"ooo(?:[ :]|$)|this is an automat(?:ed|ic)|thank you for your (?:e-?mail|message)[.,]? (?:i|we) (?:am|are))"
)
_AUTOMATIC = re.compile(
    r"(?:i am|i'm|i will be|i'll be|we are) (?:currently |now |away and )?"
    r"(?:out of (?:the )?office|on (?:annual |sick |maternity |paternity |parental |study )?leave|away|on holiday)"
    r"(?![^\W_])"
)
_AUTOMATIC_MORE = re.compile(
    r"(?<![^\W_])(?:until|returning|return on|return to|back on|back in|on my return|no access|limited access|"
    r"not be (?:checking|reading|monitoring)|in my absence|if (?:it is|your|this is|you)|urgent|"
    r"please contact|monitored)"
)

_BEHIND = (
    *("many thanks", "thanks a lot", "thanks very much", "thank you very much", "with thanks", "thank you", "thanks"),
    *("thx", "thnx", "cheers", "ta", "please", "pls", "plz"),
)
_BELONGS_TO_THANKS = {
    *("no", "not", "a", "an", "the", "their", "his", "her", "our", "my", "your", "its", "many", "more"),
    *("for", "of", "to", "with", "and", "or", "but", "say", "says", "said", "saying"),
}


def is_pleasantry(text: str) -> bool:
    """Return whether a text is nothing but thanks, a greeting, a yes-I-will or an emoji."""
    if len(text) > LONGEST_COURTESY:
        return False
    folded = fold(text).strip()
    bare = _FACES.sub(" ", folded).strip(" ,.!:;()-\n")
    if not bare:
        return folded != bare and _FACES.search(folded) is not None
    return "?" not in bare and (_WHOLE.fullmatch(bare) is not None or _NAMED.match(bare) is not None)


def without_courtesies(words: str) -> str:
    """Return words without a greeting before and thanks after them."""
    kept = _SIGNED.sub("", words)
    while (piece := _PIECE.search(kept)) is not None and is_pleasantry(kept[: piece.start()]):
        kept = kept[piece.end() :].lstrip(" ,.!;\n")
    while (pieces := list(_PIECE.finditer(kept[-LONGEST_COURTESY:].rstrip(" ,.!;\n")))) and kept:
        place = max(0, len(kept) - LONGEST_COURTESY) + pieces[-1].end()
        if not is_pleasantry(kept[place:]):
            break
        kept = kept[: place - 1].rstrip(" ,;\n")
    return "" if is_pleasantry(kept) else kept


def without_thanks(words: str) -> str:
    """Return words without the thanks or the please that ends them: "healthy-5 green pls", "who is late? Thanks".

    Must not read: "no thanks", "we said thanks", "waiting for their thanks".
    """
    while (shorter := _one_thanks_less(words)) != words:
        words = shorter
    return words


def _one_thanks_less(words: str) -> str:
    kept = words.rstrip(" .,!\n")
    folded = fold(kept)
    for courtesy in _BEHIND:
        before = folded.removesuffix(courtesy)
        if before != folded and before[-1:].isspace():
            said = before.split()
            if said and (before.endswith("\n") or said[-1] not in _BELONGS_TO_THANKS):
                return kept[: len(before)].rstrip(" ,-\n")
    return words


def is_automatic(text: str) -> bool:
    """Return whether a text begins as only a machine begins: "Automatic reply: …"."""
    return _AUTOMATIC_START.match(fold(text[:LONGEST_COURTESY]).strip(" *_[]\n")) is not None


def sounds_automatic(text: str) -> bool:
    """Return whether a text says that somebody is away, and until when or whom to ask."""
    folded = fold(text[:2000])
    return _AUTOMATIC.search(folded) is not None and _AUTOMATIC_MORE.search(folded) is not None
