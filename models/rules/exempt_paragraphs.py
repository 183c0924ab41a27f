"""The paragraphs by which an item is not for publication, and how people name them.

Source: Local Government Act 1972, Schedule 12A, Part 1 (England).
"""

import re
from collections.abc import Mapping, Sequence

EXEMPT_PARAGRAPHS: Mapping[int, str] = {
    1: "information relating to any individual",
    2: "information which is likely to reveal the identity of an individual",
    3: "information relating to the financial or business affairs of any particular person, the authority included",
    4: "information relating to consultations or negotiations on labour relations",
    5: "information on which legal professional privilege could be claimed",
    6: "information that an authority proposes to give a notice, or to make an order or direction, under an enactment",
    7: "information on action to prevent, investigate or prosecute crime",
}
"""What each paragraph covers, in short."""
_TOKEN = re.compile(r"[a-z0-9]+|[^\w\s]")
_NAMES = frozenset(("paragraph", "paragraphs", "para", "paras"))
_SCHEDULE = frozenset(("12a",))
_JOINS, _MARKS = frozenset((",", "and", "&", "or", "to")), frozenset((".", "(", ":"))
_OF_THE_ACT = (["part"], ["schedule"], ["sch"], ["12a"])


def exempt_paragraphs(why: str) -> tuple[int, ...]:
    """Return the paragraphs of the Schedule that a reason names: "exempt under paras 1 and 2".

    Must not read: "paragraph 3 of the report", "para 12", "3 bidders".
    """
    tokens = _TOKEN.findall(why.lower())
    found: list[int] = []
    for at, token in enumerate(tokens):
        if token not in _NAMES | _SCHEDULE:
            continue
        place, numbers = at + 1, list[int]()
        while place < len(tokens) and tokens[place] in _MARKS:
            place += 1
        if token in _SCHEDULE and place == at + 1:
            continue
        while place < len(tokens) and ((tokens[place] in _JOINS and numbers) or tokens[place].isdecimal()):
            if tokens[place].isdecimal():
                numbers.append(int(tokens[place]))
            place += 1
        after = [one for one in tokens[place : place + 3] if one != "the"]
        if after[:1] != ["of"] or after[1:2] in _OF_THE_ACT:
            found += [one for one in numbers if one in EXEMPT_PARAGRAPHS]
    return tuple(dict.fromkeys(found))


def paragraphs_said(numbers: Sequence[int]) -> str:
    """Return paragraphs as they are said: "paragraphs 1 and 3"; "" for none."""
    *some, last = map(str, numbers or ("",))
    return f"paragraph{'s' * bool(some)} {' and '.join(filter(None, (', '.join(some), last)))}" if numbers else ""
