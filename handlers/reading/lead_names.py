"""Find who leads an action as typed: a post, an organisation with one post, all partners, or several."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.reading.likeness import Likeness
from handlers.reading.matching import NameMatch, find_name
from handlers.reading.normalise import join_words, plain, quoted
from handlers.reading.plan_names import NameKind, PlanName
from handlers.reading.vocabulary import Vocabulary

_LONGEST_NAME = 120
_MOST_SHOWN = 5
_APART = re.compile(r"\s*(?:[,;\n/]|(?<![^\W_])and(?![^\W_])|&)\s*")
_ALL = re.compile(r"(?:all|every|each)(?: of)?(?: the)? (?:our )?(?:partners?|organisations?|partner organisations?)")
_BUT = re.compile(r"[ ,;(]*(?:except|but not|but|apart from|without|not)(?: for)?[ :]*(?P<but>[^()]+?)\)?$")
_LISTED = re.compile(r"(?:the )?partners[ ]?[:(]?[ ]*(?P<names>[^()]+?)\)?$")


@dataclass(frozen=True, slots=True)
class OnePost:
    """A lead: one post. `sure`: it was named in full."""

    post_id: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Partners:
    """All partners, or several: each organisation, with the post that is asked (None: it has none yet)."""

    asked: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class LeadAsk:
    """Nobody in the plan, or several: one sentence that asks."""

    say: str


Lead = OnePost | Partners | LeadAsk


def read_lead(text: str, vocabulary: Vocabulary) -> Lead:
    """Return who leads an action: a post, an organisation with one post, `all partners except police`."""
    typed = plain(text[: _LONGEST_NAME * 4]).removeprefix("the ").strip()
    if found := _ALL.match(typed):
        return _all(typed[found.end() :], vocabulary)
    if found := _LISTED.fullmatch(typed):
        return read_partners(found["names"], vocabulary)
    return read_lead_post(typed, vocabulary)


def partners_listed(text: str, vocabulary: Vocabulary) -> Partners | LeadAsk | None:
    """Return the partners between "all partners:" and the next colon.

    A question where only some of the names are partners; None where none is: then it is part of what is to be done.
    """
    named = read_partners(text, vocabulary)
    if isinstance(named, Partners):
        return named
    known = any(_partner(plain(one), vocabulary) is not None for one in _APART.split(plain(text)) if one.strip())
    return named if known else None


def read_lead_post(text: str, vocabulary: Vocabulary) -> OnePost | LeadAsk:
    """Return the post that is named, or that of an organisation which has only one."""
    typed = plain(text)
    if not typed or len(typed) > _LONGEST_NAME:
        return LeadAsk("Who leads it? Name a post.")
    found = find_name(typed, vocabulary, NameKind.POST)
    if found.one is not None:
        return OnePost(found.one.id, found.sure)
    organisation = _organisation(typed, vocabulary)
    if organisation is not None and not found.names:
        return LeadAsk(f"{organisation.label} has no post in the plan yet, so it can lead nothing.")
    if found.names:
        return _which(found, f"Which post of {organisation.label}" if organisation else "Which post")
    return LeadAsk(f"I do not know the post {quoted(text)}: name one of the plan’s, as it is written there.")


def read_partners(text: str, vocabulary: Vocabulary) -> Partners | LeadAsk:
    """Return several organisations, each with the post that is asked.

    They are typed as `police, CCG and Sefton CVS`, or one a line, with `: POST` where another post is to be asked.
    """
    asked: dict[int, int | None] = {}
    for line in filter(None, (part.strip() for part in re.split(r"[\n;]", text))):
        name, colon, post = line.partition(":")
        organisation = _organisation(plain(name), vocabulary, near=True) if colon else None
        if organisation is not None:
            chosen = read_lead_post(post, vocabulary) if plain(post) not in ("", "no post yet") else None
            if isinstance(chosen, LeadAsk):
                return chosen
            asked[organisation.id] = chosen.post_id if chosen else vocabulary.asked_posts().get(organisation.id)
            continue
        read = _several(plain(line), vocabulary)
        if isinstance(read, LeadAsk):
            return read
        asked.update(read)
    return Partners(tuple(asked.items())) if asked else LeadAsk("Which partners? Name organisations of the plan.")


def _several(typed: str, vocabulary: Vocabulary) -> dict[int, int | None] | LeadAsk:
    """Read names with commas and "and" between them; names may hold those too, so the longest that fits is taken."""
    spans = [*(found.span() for found in _APART.finditer(typed)), (len(typed), len(typed))]
    found: dict[int, int | None] = {}
    start = 0
    while start < len(typed):
        ends = [span for span in spans if span[0] > start]
        read = ((_partner(typed[start : span[0]], vocabulary), span) for span in reversed(ends))
        one, span = next(
            (pair for pair in read if pair[0]), (_partner(typed[start : ends[0][0]], vocabulary, near=True), ends[0])
        )
        if one is None:
            names = join_words([each.name for each in vocabulary.names().organisations[:_MOST_SHOWN]], "and")
            return LeadAsk(f"I do not know the partner {quoted(typed[start : span[0]])}. There are {names}.")
        found[one[0]] = one[1]
        start = span[1]
    return found


def _partner(text: str, vocabulary: Vocabulary, near: bool = False) -> tuple[int, int | None] | None:
    organisation = _organisation(text, vocabulary, near)
    if organisation is not None:
        return organisation.id, vocabulary.asked_posts().get(organisation.id)
    post = find_name(text, vocabulary, NameKind.POST)
    if post.one is None or post.likeness < Likeness.SHORT:
        return None
    of = {one.id: one.organisation.id for one in vocabulary.names().posts}
    return of[post.one.id], post.one.id


def _all(rest: str, vocabulary: Vocabulary) -> Partners | LeadAsk:
    left_out: Iterable[int] = ()
    if rest.strip(" :,;"):
        but = _BUT.fullmatch(rest)
        named = read_partners(rest.strip(" :,;()"), vocabulary) if but is None else None
        if isinstance(named, Partners):
            return named
        if but is None:
            return LeadAsk(f"I do not read {quoted(rest)} after “all partners”: say “all partners except police”.")
        read = read_partners(but["but"], vocabulary)
        if isinstance(read, LeadAsk):
            return read
        left_out = [organisation for organisation, _ in read.asked]
    posts = vocabulary.asked_posts()
    asked = tuple((one.id, posts.get(one.id)) for one in vocabulary.names().organisations if one.id not in left_out)
    return Partners(asked) if asked else LeadAsk("No partner is left to be asked.")


def _organisation(typed: str, vocabulary: Vocabulary, near: bool = False) -> PlanName | None:
    """Return the organisation that has this name in full; `near`: or mistyped."""
    found = find_name(typed, vocabulary, NameKind.ORGANISATION)
    known = found.likeness >= Likeness.SHORT or (near and found.likeness is Likeness.MISTYPED)
    return found.one if known else None


def _which(found: NameMatch, what: str) -> LeadAsk:
    posts = found.names
    more = f" and {len(posts) - _MOST_SHOWN} more" if len(posts) > _MOST_SHOWN else ""
    names = "; ".join(post.label for post in posts[:_MOST_SHOWN])
    return LeadAsk(f"{what} leads it: {names}{more}?")
