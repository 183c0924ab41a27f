"""What a board is recommended to do: each recommendation begins with a verb, perhaps behind who it asks.

"note the contents", "The Board agree to offer oversight", "That the Committee is asked to approve". A word that is no
verb of a decision ("Progress on the plan") is none.

Source: docs/how-to/secretary.md, The front sheet.
"""

import re

from handlers.reading.normalise import fold

VERBS = frozenset(
    (
        "accept", "acknowledge", "adopt", "advise", "agree", "amend", "appoint", "approve", "ask", "assist",
        "authorise", "authorize", "award", "challenge", "champion", "comment", "commission", "commit",
        "confirm", "congratulate", "consider", "contribute", "create", "declare", "decline", "defer",
        "delegate", "determine", "direct", "discuss", "dissolve", "encourage", "endorse", "ensure", "establish",
        "evaluate", "examine", "explore", "express", "extend", "grant", "hear", "identify", "implement",
        "instruct", "invite", "issue", "lobby", "make", "monitor", "nominate", "note", "observe", "offer",
        "oversee", "permit", "postpone", "present", "progress", "promote", "provide", "publish", "ratify",
        "receive", "recognise", "recognize", "recommend", "record", "refer", "reject", "release", "remit",
        "renew", "request", "require", "resolve", "review", "revise", "revoke", "scrutinise", "scrutinize",
        "set", "sign", "submit", "suggest", "support", "take", "thank", "uphold", "urge", "welcome", "withdraw",
        "write",
    )
)  # fmt: skip
_ADVERBS = frozenset(("formally", "jointly", "also", "hereby", "further", "therefore", "now", "either"))
_NOUNS = frozenset(
    (
        "progress", "support", "review", "request", "offer", "comment", "record", "release", "set", "issue",
        "present", "challenge",
    )
)  # fmt: skip
"""Verbs that are nouns as well: before "for", "of", "on" or "is" they are those."""
_NOUN_FOLLOWS = frozenset(("for", "of", "on", "is", "are", "was", "were", "has", "have", "made", "with", "in"))
_BODIES = frozenset(
    (
        "board", "committee", "cabinet", "council", "members", "member", "panel", "forum", "partnership",
        "executive", "trust", "group", "commission", "governors", "trustees", "subcommittee", "sub-committee",
        "meeting",
    )
)  # fmt: skip
_ASKED = frozenset(
    (
        "is", "are", "be", "should", "to", "asked", "invited", "recommended", "requested", "members", "its",
        "and", "that", "it",
    )
)  # fmt: skip
_MOST_BEFORE = 10
"""Words that name the body."""
_NUMBERED = re.compile(r"\s*(?:[-•*–]|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]|[0-9]{1,2}(?:\.[0-9]{1,2})+)\s+")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def recommendations_in(words: str) -> list[str]:
    """Return recommendations, one a line, without their numbers; a line without one goes on the one before."""
    found: list[str] = []
    numbered = any(_NUMBERED.match(fold(line)) for line in words.splitlines())
    for line in filter(None, map(str.strip, words.splitlines())):
        number = _NUMBERED.match(fold(line))
        said = line[number.end() :].strip() if number else line
        if numbered and number is None and found:
            found[-1] = f"{found[-1]} {said}"
        elif said:
            found.append(said)
    return found


def without_verb(recommendation: str) -> str | None:
    """Return the words that stand where a verb should; None where there is one."""
    words = _WORD.findall(fold(recommendation))
    at = 1 if words[:1] == ["that"] else 0
    if not _is_verb(words, at):
        body = next((n for n, word in enumerate(words[:_MOST_BEFORE]) if word in _BODIES), None)
        if body is not None:
            at = body + 1
            while at < len(words) and (words[at] in _ASKED or words[at] in _BODIES):
                at += 1
    return None if _is_verb(words, at) else " ".join(words[:2]) or recommendation.strip()[:40]


def _is_verb(words: list[str], at: int) -> bool:
    while at < len(words) and words[at] in _ADVERBS:
        at += 1
    if at >= len(words):
        return False
    word = words[at]
    base = next((one for one in (word, word.removesuffix("s"), word.removesuffix("es")) if one in VERBS), None)
    follows = words[at + 1] if at + 1 < len(words) else ""
    return base is not None and not (base in _NOUNS and follows in _NOUN_FOLLOWS)
