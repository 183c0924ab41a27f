"""Whether words without a status tell how something stands, or may as well want something.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from collections.abc import Iterable

from handlers.reading.clauses import ANSWER_PHRASES
from handlers.reading.lexicon import TokenKind, ways
from handlers.reading.near_status import near_statuses
from handlers.reading.normalise import fold
from handlers.reading.tokens import tokens_of
from handlers.reading.vocabulary import Vocabulary

_LONGEST_WISH = 12
_MOST_LETTERS = 200
"""Words, and characters: who writes more than these tells something, whatever the form."""
_FEWEST_COUNTED = 3
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_COMMON_LETTERS = 4
_COUNTED = re.compile(r"[0-9]+ (?:of|out of) [0-9]+|[0-9]%|£")
_LIKE_A_REF = re.compile(r"(?:[a-z]{4,}[ -]?|[0-9]{1,2}[a-z]{3}-)[0-9]{1,2}(?![^\W_])")
_HAPPENED = re.compile(r"[a-z]{2,}(?:ed|ing|'d)")
_NOT_HAPPENED = frozenset(
    ("need", "feed", "speed", "indeed", "seed", "meeting", "thing", "nothing", "anything", "something", "everything",
     "during", "including", "regarding", "morning", "evening", "training", "reporting", "briefing", "heading")
)  # fmt: skip
"""Words that end as those do that say what happened, and say nothing of the kind."""
_WENT = frozenset(
    ways(
        "is|are|sent|left|went|gone|came|come|held|met|got|had|been|was|were|made|done|told|said|spoke|spoken|wrote|written"
        "|gave|given|took|taken|began|begun|ran|found|lost|won|built|bought|brought|kept|paid|set|sold|taught|thought|saw|seen"
        "|chosen|drawn|fallen|grown|shown|broke|broken|has|have|due|ready|underway|under way|waiting|slow|quiet|busy"
        "|behind|ahead|short|still|yet|already|until|since|because|we|they|will|delay|delays|problem|problems|issue|issues"
    )
)
"""Words that say how something stands, or what happened."""
_WANTS = frozenset(
    ways(
        "put|send|resend|show|print|give|get|help|tell|export|list|change|open|run|explain|remind|add|remove|stop|start"
        "|speak|talk|call|ring|email|summarise|summary|what|who|when|where|why|how|which|can|could|would|may|should"
        "|i want|i need|i would like|i'd like|i do not|i don't|i am the|i'm the|i am a|i'm a|i am new|i'm new"
        "|i should not|i shouldn't|my boss|my manager|my director|my email|my new|my name"
    )
)
"""What begins the words of somebody who wants something, or speaks of themselves."""
_POLITE = re.compile(r"(?:(?:please|pls|hi|hello|sorry|ok|just|thanks)(?![^\W_])[ ,.!-]*)+")


def may_be_a_report(words: str, vocabulary: Vocabulary, titles: Iterable[str]) -> bool:
    """Return whether words may tell how an action stands.

    They do where they say that something happened or holds, count something, name an action, or have a word of one of
    the actions (`titles`, their words) in them. "agenda", "top 3 risks" and "send me the form" do not.
    """
    folded = fold(words)
    if (polite := _POLITE.match(folded)) is not None:
        folded = folded[polite.end() :]
    said = _WORD.findall(folded)
    if len(said) > _LONGEST_WISH or len(words) > _MOST_LETTERS or "\n" in words.strip():
        return True
    kinds = {one.kind for one in tokens_of(folded, vocabulary)}
    if (
        _LIKE_A_REF.match(folded)
        or near_statuses(folded.strip(" .!"))
        or not kinds.isdisjoint(ANSWER_PHRASES.keys() | {TokenKind.REF, TokenKind.NEAR_REF})
    ):
        return True
    happened = sum(
        word in _WENT or (_HAPPENED.fullmatch(word) is not None and word not in _NOT_HAPPENED) for word in said
    )
    if any(" ".join(said[:count]) in _WANTS for count in range(1, 5)):
        return happened > 1
    if happened or (len(said) >= _FEWEST_COUNTED and _COUNTED.search(folded)):
        return True
    known = {word for title in titles for word in _WORD.findall(fold(title)) if len(word) > _COMMON_LETTERS}
    return any(word in known for word in said)
