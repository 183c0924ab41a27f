"""What sounds like a question in plain words, and what it is about."""

import re

from handlers.reading.normalise import clean, fold

_LONGEST_QUESTION = 200
_POLITE = re.compile(
    r"(?:(?:hi|hello|hey|morning|good morning|good afternoon|please|sorry|ok|so|and|quick question|a question|"
    r"(?:can|could|would) (?:you|someone|anyone) (?:please )?(?:tell|show|remind) me(?: please)?|"
    r"(?:please )?(?:tell|show|remind) me|i(?: would|'d) like to (?:know|see|ask)|i want to (?:know|see)|"
    r"do (?:you|we) know|does anyone know|any idea|i wonder|i was wondering|just wondering)"
    r"(?![^\W_]|')[\s,:!.-]*)+"
)
_STARTS = re.compile(
    r"(?:how(?:'s|s)?|what(?:'s|s|'re)?|who(?:'s|se|s|'ve)?|which|when(?:'s|s)?|where(?:'s|s)?|why(?:'s)?|any|anything|"
    r"anyone|anybody|is|are|has|have|did|does|do|was|were|am)(?![^\W_])"
)
"""Words that a question begins with: what asks for something to be done ("can you …") is not among them."""


def sounds_like_a_question(text: str) -> bool:
    """Return whether a text is one sentence that begins as questions do and ends in a question mark."""
    line = clean(text)
    if len(line) > _LONGEST_QUESTION or not line.endswith("?") or "\n" in line:
        return False
    folded = fold(line)
    start = found.end() if (found := _POLITE.match(folded)) else 0
    return _STARTS.match(folded, start) is not None and not re.search(r"[.!?]\s+\S", line)


_ASKS = re.compile(
    r"(?:what|who|which|when|where|why|how|huh|eh|pardon)(?:'?s|'?re)?"
    r"(?:$| (?:is|are|am|was|were|do|does|did|can|could|should|would|will|shall|has|have|come|about|now|else|so|for|"
    r"not|then|next|on earth)(?![^\W_])| \S+$)"
    r"|(?:is|are|am|was|were|do|does|did|can|could|should|would|will|shall|has|have) "
    r"(?:you|i|we|it|they|that|this|these|those|there|anyone|anybody|someone|somebody)(?![^\W_])"
)


def begins_as_a_question(text: str) -> bool:
    """Return whether words begin as a question does, with or without its mark: "what do you mean", "why"."""
    folded = fold(clean(text))
    start = found.end() if (found := _POLITE.match(folded)) else 0
    return folded.endswith("?") or _ASKS.match(folded.rstrip(" .!"), start) is not None


_ASKING_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        how what whats what's who whos who's whose which when where why any anything anyone is are has have did does do
        was were am will be been there the a an of and for in on to at with our us we i you they it this that
        thats these those my your about from by or if so can could should would may might please tell show me know
        many much still going doing get got done action actions plan board meeting thing things now just
        not next last need needs
        """,
    )
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def content_of(text: str) -> str:
    """Return the words of a question that are about something, as typed, at most six."""
    line = clean(text)[:_LONGEST_QUESTION]
    words = [found.group() for found in _WORD.finditer(line)]
    return " ".join([word for word in words if fold(word) not in _ASKING_WORDS][:6])
