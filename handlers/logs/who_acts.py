"""Find who is to do something in the words that say so: "Head of Education to write to schools"."""

import re
from collections.abc import Sequence

from handlers.logs.column_contents import IsSomebody, bids
from handlers.logs.deed_verbs import DEED_VERBS

_WHO = re.compile(
    r"(?P<who>[^:.;\n]{2,80}?)(?:(?:,? who)? (?:is to|are to|(?:has |have )?agreed to|to|will|shall|should|must)(?= \w)"
    r"|\s*:\s|\s+[–—-]\s)"
)
"""Who does something, before what is to be done: "Head of Education to write to schools", "DN: circulate it"."""
_LIKE_A_NAME = re.compile(
    r"(?:[A-Z][\w’'.&-]*|of|for|and|the|all|&|/|,)(?:\s(?:[A-Z][\w’'.&-]*|of|for|and|the|all|&|/))*"
)
_LONGEST_NAME = 9
_NOBODY = DEED_VERBS.union(("we", "it", "they", "you", "this", "that", "there", "he", "she", "which", "who"))
"""What stands before "to" and names nobody: "we", and a verb ("Write to schools")."""


def who_acts(said: str, is_somebody: IsSomebody) -> tuple[str, str]:
    """Return who is to do something and what, by words that begin with somebody; "" and all words where none do."""
    found = _WHO.match(said)
    if found is None or not names_who_acts(found["who"], is_somebody):
        return "", said
    deed = said[found.end() :].strip()
    return found["who"], deed[:1].upper() + deed[1:]


def acts_apart(said: str, is_somebody: IsSomebody) -> Sequence[str]:
    """Return the lines of a cell where each says who is to do what; the whole cell where one does not."""
    lines = said.split("\n")
    return lines if len(lines) > 1 and all(who_acts(line, is_somebody)[0] for line in lines) else (said,)


def names_who_acts(text: str, is_somebody: IsSomebody) -> bool:
    """Return whether some words name who acts: somebody of the plan, or what is written like a name."""
    short = 0 < len(text.split()) <= _LONGEST_NAME and text.casefold() not in _NOBODY
    return short and (is_somebody(text) or bool(_LIKE_A_NAME.fullmatch(text.strip()))) and not bids(text)
