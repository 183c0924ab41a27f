"""Find where somebody names a plan that has ended: "the old plan", "2015 healthy-3", "healthy-3 of the last plan".

It is composed of closed kinds of words. Nothing is read here where no plan has ended.

Source: docs/explanation/boards-and-dates.md, A plan after a plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.reading.normalise import fold
from handlers.reading.ref_finder import ref_at
from handlers.reading.vocabulary import PlainRefBook, RefBook, Vocabulary, typed_parts

BEFORE_WORDS = frozenset(("old", "previous", "former", "prior", "preceding", "expired", "ended", "last", "earlier"))
"""What says that the plan before is meant. Must not read: "the old building", "last week"."""
_NO_REFS = frozenset(("last", "earlier"))
"""Those that are not said of one action: "last healthy-3" is its last update."""
PLAN_NOUNS = frozenset(("plan", "plans", "cypp"))
_ITS_KIND = frozenset(("the", "children", "child", "young", "people", "persons", "and", "s", "’", "'", "cyp", "&"))
"""What may stand between: "the previous children and young people's plan"."""
_OWN_PLAN = frozenset(("to", "for", "b", "a", "with", "of"))
"""What follows a plan that somebody had of their own. Must not read: "the old plan to recruit", "last plan for it"."""
_ARTICLES = frozenset(("the", "our", "that", "this"))
_JOINS = frozenset(("of", "in", "from", "under", "(", "[", ",", "for", "on", "the"))
"""What joins a ref to its plan: "healthy-3 of the old plan", "healthy-3 (2015–2020)"."""
_CLOSERS = frozenset((")", "]", ",", ":", "’", "'", "s"))
_DASHES = frozenset(("-", "–", "—", "/", "to"))
_TOKEN = re.compile(r"[^\W_]+|[^\s]")
_LETTERS_OF_A_THEME = 4


@dataclass(frozen=True, slots=True)
class EndedPlanWords:
    """A plan that has ended: its name, the years in which it began and was to end, and its refs."""

    id: int
    name: str
    starts: int
    ends: int
    refs: RefBook


@dataclass(frozen=True, slots=True)
class EndedMention:
    """A plan that has ended is named. `rest`: the words as they would be said while it ran; `bare`: without its name.

    `ref`: the action of it that the words are about, where one stands beside the name. `firm`: they are about that plan
    whatever they say; else only where they ask.
    """

    plan: EndedPlanWords
    rest: str
    ref: str = ""
    firm: bool = False
    bare: str = ""
    mixed: bool = False


class _Tokens:
    def __init__(self, text: str) -> None:
        self.text, self.folded = text, fold(text)
        found = [(one.group(), one.start(), one.end()) for one in _TOKEN.finditer(self.folded)]
        self.words = [word for word, _, _ in found]
        self.starts, self.ends = [start for _, start, _ in found], [end for _, _, end in found]

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""


THE_ONE_BEFORE = EndedPlanWords(0, "", -1, -1, PlainRefBook(()))
"""The plan before the one that runs, where there is none."""


def may_name_an_ended_plan(text: str) -> bool:
    """Return whether words hold a sign of a plan before: one of the closed words, or a year."""
    words = set(_TOKEN.findall(fold(text)))
    return (
        bool(words & BEFORE_WORDS)
        or any(word.isdecimal() and len(word) == 4 for word in words)
        or ("before" in words and bool(words & PLAN_NOUNS))
    )


def ended_mention(text: str, plans: Sequence[EndedPlanWords], vocabulary: Vocabulary) -> EndedMention | None:
    """Return where words name one of the plans that have ended, the last first; None where they name none."""
    tokens = _Tokens(text)
    for at in range(len(tokens.words)):
        for plan in plans:
            end = _named_at(tokens, at, plan, latest=plan is plans[0])
            if end is None:
                continue
            first = at - 1 if tokens.word(at - 1) in _ARTICLES else at
            found = _mention(tokens, first, end, plan, replace(vocabulary, refs=plan.refs))
            if found is not None:
                return found
    return None


def ref_of_ended(text: str, plans: Sequence[EndedPlanWords], vocabulary: Vocabulary) -> EndedMention | None:
    """Return the first ref in some words that only a plan that has ended has; `mixed`: they name some that runs too."""
    tokens = _Tokens(text)
    found: EndedMention | None = None
    mixed = False
    place = 0
    for start in tokens.starts:
        if start < place:
            continue
        if (now := ref_at(tokens.folded, start, vocabulary)) is not None:
            mixed = mixed or any(char.isdecimal() for char in now.typed)
            continue
        for plan in plans:
            seen = ref_at(tokens.folded, start, replace(vocabulary, refs=plan.refs), numbered=True)
            head = typed_parts(seen.typed)[0] if seen is not None else ""
            is_theme = isinstance(head, str) and len(head) >= _LETTERS_OF_A_THEME
            if seen is not None and isinstance(head, str) and (" " not in seen.typed or is_theme):
                found, place = found or EndedMention(plan, text, seen.ref, firm=True), seen.end
                break
    return replace(found, mixed=mixed) if found is not None else None


def _named_at(tokens: _Tokens, at: int, plan: EndedPlanWords, *, latest: bool) -> int | None:
    """Return after which token the name of a plan ends that begins at one; None where none begins there."""
    name = fold(plan.name)
    if name and tokens.folded.startswith(name, tokens.starts[at]):
        return next(
            (end for end in range(at, len(tokens.words)) if tokens.ends[end] >= tokens.starts[at] + len(name)), None
        )
    word = tokens.word(at)
    if latest and word in BEFORE_WORDS:
        end = at + 1
        while tokens.word(end) in _ITS_KIND:
            end += 1
        if tokens.word(end) in PLAN_NOUNS:
            return end if tokens.word(end + 1) not in _OWN_PLAN else None
        return at if word not in _NO_REFS and _ref_begins(tokens, at + 1, plan) else None
    if latest and word in PLAN_NOUNS and tokens.word(at + 1) == "before":
        last = at + 2 if tokens.word(at + 2) in ("this", "that") else at + 1
        last += tokens.word(last + 1) == "one"
        return last if not tokens.word(last + 1)[:1].isalnum() else None
    if word == str(plan.starts):
        return _years_end(tokens, at, plan)
    if word in PLAN_NOUNS:
        year = at + 1 + (tokens.word(at + 1) in ("of", "from", "for"))
        return _years_end(tokens, year, plan) if tokens.word(year) == str(plan.starts) else None
    return None


def _years_end(tokens: _Tokens, at: int, plan: EndedPlanWords) -> int | None:
    """Return after which token the years of a plan end: both of them, or the first beside the plan or its ref."""
    both = tokens.word(at + 1) in _DASHES and tokens.word(at + 2) in (str(plan.ends), str(plan.ends)[2:])
    end = at + 2 if both else at
    if tokens.word(end + 1) in PLAN_NOUNS and tokens.word(end + 2) not in _OWN_PLAN:
        return end + 1
    if both:
        return end
    beside = tokens.word(at - 1) in PLAN_NOUNS or (
        tokens.word(at - 1) in ("of", "from", "for") and tokens.word(at - 2) in PLAN_NOUNS
    )
    return end if beside or _ref_begins(tokens, end + 1, plan) or _ref_before(tokens, at, plan) else None


def _ref_begins(tokens: _Tokens, at: int, plan: EndedPlanWords) -> bool:
    if at >= len(tokens.words):
        return False
    return ref_at(tokens.folded, tokens.starts[at], Vocabulary(refs=plan.refs), numbered=True) is not None


def _ref_before(tokens: _Tokens, at: int, plan: EndedPlanWords) -> bool:
    return bool(_ref_ending(tokens, at, Vocabulary(refs=plan.refs))[0])


def _ref_ending(tokens: _Tokens, at: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """Return the ref that ends before a token, but for what joins it to its plan; and the token after the ref."""
    last = at - 1
    while tokens.word(last) in _JOINS:
        last -= 1
    for start in range(max(0, last - 6), last + 1):
        seen = ref_at(tokens.folded, tokens.starts[start], vocabulary, numbered=True)
        if seen is not None and seen.end == tokens.ends[last]:
            return seen.ref, last + 1
    return "", at


def _mention(
    tokens: _Tokens, first: int, end: int, plan: EndedPlanWords, vocabulary: Vocabulary
) -> EndedMention | None:
    """Return what is said of a plan that is named from one token to another."""
    text = tokens.text
    after = end + 1
    while tokens.word(after) in _CLOSERS:
        after += 1
    tail = text[tokens.starts[after] :] if after < len(tokens.words) else ""
    follows = ref_at(tokens.folded, tokens.starts[after], vocabulary, numbered=True) if tail else None
    if follows is not None:
        return EndedMention(plan, (text[: tokens.starts[first]] + tail).strip(), follows.ref, firm=True)
    ref, cut = _ref_ending(tokens, first, vocabulary)
    if ref:
        head = text[: tokens.ends[cut - 1]]
        return EndedMention(plan, f"{head} {tail}".strip(), ref, firm=True)
    seen = (ref_at(tokens.folded, start, vocabulary, numbered=True) for start in tokens.starts)
    ref = next((one.ref for one in seen if one is not None), "")
    if first == 0 and tokens.word(end + 1) in (":", ","):
        return EndedMention(plan, tail, ref, firm=True)
    head, rest = text[: tokens.starts[first]], text[tokens.ends[end] :]
    before = first
    while tokens.word(before - 1) in _JOINS:
        before -= 1
    bare = f"{text[: tokens.starts[before]]} {tail}".strip()
    return EndedMention(plan, f"{head}the plan{rest}".strip(), ref, bare=bare)
