"""Read a partner's return from plain words: headings in any usual form, five numbered parts, or one paragraph.

Words without a heading are what was done: nothing is refused for its form, and nothing is lost.

Source: docs/explanation/what-people-write.md, Contributions.
"""

import re
from collections.abc import Mapping

from models.enums import ReturnPart

_HEADINGS: Mapping[ReturnPart, str] = {
    ReturnPart.DID: (
        "what (?:we|we have|we've|our (?:team|service|organisation) has|they|has been|was) (?:did|done|do|doing)|"
        "what is being done|actions? taken|our work(?: so far)?|work so far|progress(?: so far)?|activity|activities|"
        "overview|summary of (?:our )?work|(?:our )?contribution (?:to date|so far)"
    ),
    ReturnPart.EVIDENCE: (
        "(?:the |our )?(?:evidence|data|figures)(?: and (?:data|figures|quotations|quotes|evidence))?|"
        "how (?:do )?we know|what the data (?:says|tells us|shows)|evidence of impact|quotes|quotations|"
        "(?:the )?(?:youth|young people'?s|children'?s|child's) (?:voices?|views|words)|"
        "(?:the )?(?:voices?|views|words) of (?:the )?(?:young people|children|child|young|youth)|"
        "what (?:the )?(?:young people|children|youth) (?:said|say|told us|tell us)"
    ),
    ReturnPart.CHANGED: (
        "what (?:has |is )?(?:changed|different)(?: for (?:the )?children(?: and (?:young people|families))?)?|"
        "(?:the |our )?(?:impact|outcomes?)(?: (?:on|for) (?:the )?children(?: and (?:young people|families))?)?|"
        "(?:what )?difference(?: (?:it|we|this|has it))?(?: (?:has )?made)?(?: (?:to|for) (?:the )?children)?|so what"
    ),
    ReturnPart.WANTING: (
        "what (?:was|is|we) found (?:to be )?wanting|found wanting|what (?:is not|isn't|has not been) (?:working|done)|"
        "(?:the |our )?(?:gaps|challenges|barriers|weaknesses|areas for (?:improvement|development))|"
        "(?:issues|concerns|problems)|what (?:could|should) be better|what we (?:have )?learn(?:ed|t)|"
        "lessons(?: learn(?:ed|t))?|learning"
    ),
    ReturnPart.NEXT: (
        "(?:what )?(?:we )?(?:will|are going to|plan to|intend to) do(?: next)?|what(?: is|'s)? next|"
        "(?:our )?next(?: steps?)?|(?:our )?(?:commitments?|further work|future (?:work|plans)|plans)|"
        "(?:actions? )?(?:to (?:be taken|take) forward|going forward|moving forward)|what happens next"
    ),
}
_HEADING = "|".join(f"(?P<{part.name}>{words})" for part, words in _HEADINGS.items())
_BEFORE = r"[#*_>\-–—•·\s]*(?:(?:\(?[1-5a-eA-E][.)]|part [1-5]:?)[*_\s]*)?"
_AT_LINE = re.compile(rf"(?im)^{_BEFORE}(?:{_HEADING})[ \t]*[*_]*[ \t]*(?:[:?–—-]+[*_]*(?=\s|$)|$)[*_ \t]*")
_IN_LINE = re.compile(rf"(?i)(?<=[.!?;])[ \t]+(?:[1-5][.)] )?(?:{_HEADING})\s?:[ \t]*")
_NUMBERED = re.compile(r"(?m)^[ \t]*\(?(?P<number>[1-9])[.)][ \t]+")
_MARKED = re.compile(r"^[\s#>]*(?:[-–—*•·]|\(?\d{1,2}[.)])\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])|\s*;\s+")


def read_return(text: str) -> dict[ReturnPart, str]:
    """Return what some words say of each part, in the order of the parts; what has no heading is what was done."""
    headings = sorted(
        {one.start(): one for pattern in (_IN_LINE, _AT_LINE) for one in pattern.finditer(text)}.values(),
        key=lambda one: one.start(),
    )
    if not headings:
        numbered = list(_NUMBERED.finditer(text))
        if [one["number"] for one in numbered] != ["1", "2", "3", "4", "5"] or text[: numbered[0].start()].strip():
            return _filled({ReturnPart.DID: [text]})
        ends = [*(one.start() for one in numbered[1:]), len(text)]
        return _filled(
            {part: [text[one.end() : end]] for part, one, end in zip(ReturnPart, numbered, ends, strict=True)}
        )
    found: dict[ReturnPart, list[str]] = {ReturnPart.DID: [text[: headings[0].start()]]}
    ends = [*(one.start() for one in headings[1:]), len(text)]
    for one, end in zip(headings, ends, strict=True):
        part = next(part for part in ReturnPart if one[part.name] is not None)
        found.setdefault(part, []).append(text[one.end() : end])
    return _filled(found)


def _filled(found: Mapping[ReturnPart, list[str]]) -> dict[ReturnPart, str]:
    joined = {part: "\n".join(filter(None, map(str.strip, found.get(part, [])))) for part in ReturnPart}
    return {part: words for part, words in joined.items() if words}


def begins_as_heading(words: str) -> bool:
    """Return whether words before a colon are the heading of a part."""
    return _AT_LINE.match(f"{words.strip()}:") is not None


def headed_parts(text: str) -> int:
    """Return how many parts have a heading of their own in some words."""
    found = [*_AT_LINE.finditer(text), *_IN_LINE.finditer(text)]
    return len({part for one in found for part in ReturnPart if one[part.name] is not None})


def next_steps(words: str) -> tuple[str, ...]:
    """Return each line of what will be done next; of one line, each sentence."""
    lines = [_MARKED.sub("", line).strip() for line in words.splitlines() if line.strip()]
    if len(lines) == 1:
        lines = [one.strip() for one in _SENTENCE.split(lines[0])]
    return tuple(line for line in lines if line)


def words_counted(parts: Mapping[ReturnPart, str]) -> int:
    """Return how many words a return has."""
    return sum(len(words.split()) for words in parts.values())
