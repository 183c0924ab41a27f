"""Read that the plan needs another post: "we need a new post, Head of SEND at the council".

Source: docs/explanation/what-people-write.md, What is changed.
"""

import re

from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.people_commands import WHO
from handlers.reading.plan_names import NameKind
from handlers.reading.vocabulary import Vocabulary

_SMALL = "please|can you|could you|we|i|they|there|now|need|needs|want|have|got|would like|to|us|for me|the plan|hi"
_SAID = re.compile(
    rf"(?i:(?:(?:{_SMALL}|create|add|set up|make|put in)[\s,]+)*(?:an? )?(?:new |another |extra )?(?:post|role))"
    r"(?i:,| of| for| called| as|:| -)?\s+(?i:an? |the )?(?P<title>[A-Z][^\n,.;:?]{2,80}?),? (?:at|in|within|with) "
    r"(?:the )?(?P<organisation>[^\n,.;:?]{2,80})(?P<rest>[,.;:][^?]*)?[.!]?"
)
_NEW = re.compile(r"(?i)\b(?:new|another|extra|create|add|set up)\b")


def new_post_said(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the commands that add a post and make somebody its holder; none where words do not say so plainly."""
    found = _SAID.fullmatch(words.strip())
    if found is None or _NEW.search(words[: found.start("title")]) is None:
        return ()
    organisation = find_name(found["organisation"], vocabulary, NameKind.ORGANISATION)
    if organisation.one is None or organisation.likeness < Likeness.SHORT:
        return ()
    people = {who.group() for who in WHO.finditer(found["rest"] or "")}
    adds = f"new post {found['title']} at {organisation.one.key}"
    if len(people) != 1:
        return (adds,)
    who = people.pop()
    return adds, f"handover {found['title']} to {'' if who[0] in '<@' else 'new person '}{who}"
