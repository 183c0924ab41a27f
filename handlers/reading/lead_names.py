"""Find whom somebody means by a post or an organisation: by title, by name, by a short name, or by a near miss."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from handlers.reading.board_names import significant
from handlers.reading.normalise import join_words, plain, quoted

_NEAR_NAME = 82
"""How alike, of 100, a mistyped name must be, and no other may be."""
_LONGEST_NAME = 120
_MOST_SHOWN = 5
_APART = re.compile(r"\s*(?:[,;\n/]|(?<![^\W_])and(?![^\W_])|&)\s*")
_ALL = re.compile(r"(?:all|every|each)(?: of)?(?: the)? (?:our )?(?:partners?|organisations?|partner organisations?)")
_BUT = re.compile(r"[ ,;(]*(?:except|but not|but|apart from|without|not)(?: for)?[ :]*(?P<but>[^()]+?)\)?$")
_LISTED = re.compile(r"(?:the )?partners[ ]?[:(]?[ ]*(?P<names>[^()]+?)\)?$")


@dataclass(frozen=True, slots=True)
class LeadPostWords:
    """A post: its title, its organisation, and what its holder is called."""

    id: int
    title: str
    organisation_id: int
    organisation: str
    holder: str = ""

    @property
    def label(self) -> str:
        """The post in full."""
        return f"{self.title}, {self.organisation}"


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """An organisation. `post_id`: the post that is asked for it; None while it has none."""

    id: int
    key: str
    name: str
    aliases: tuple[str, ...] = ()
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class LeadBook:
    """The posts and the organisations of one plan."""

    posts: tuple[LeadPostWords, ...] = ()
    organisations: tuple[OrganisationWords, ...] = ()


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


def read_lead(text: str, book: LeadBook) -> Lead:
    """Return who leads an action: a post, an organisation with one post, `all partners except police`."""
    typed = plain(text[: _LONGEST_NAME * 4]).removeprefix("the ").strip()
    if found := _ALL.match(typed):
        return _all(typed[found.end() :], book)
    if found := _LISTED.fullmatch(typed):
        return read_partners(found["names"], book)
    return read_lead_post(typed, book)


def partners_listed(text: str, book: LeadBook) -> Partners | LeadAsk | None:
    """Return the partners between "all partners:" and the next colon.

    A question where only some of the names are partners; None where none is: then it is part of what is to be done.
    """
    named = read_partners(text, book)
    if isinstance(named, Partners):
        return named
    known = any(_partner(plain(one), book) is not None for one in _APART.split(plain(text)) if one.strip())
    return named if known else None


def read_lead_post(text: str, book: LeadBook) -> OnePost | LeadAsk:
    """Return the post with this title, with or without its organisation, or of an organisation that has only one."""
    typed = plain(text).removeprefix("the ")
    if not typed or len(typed) > _LONGEST_NAME:
        return LeadAsk("Who leads it? Name a post.")
    exact = [post for post in book.posts if typed in _names(post)]
    if len(exact) == 1:
        return OnePost(exact[0].id)
    if exact:
        return _which(exact)
    organisation = _organisation(typed, book)
    if organisation is not None:
        own = [post for post in book.posts if post.organisation_id == organisation.id]
        if len(own) == 1:
            return OnePost(own[0].id)
        if own:
            return _which(own, f"Which post of {organisation.name}")
        return LeadAsk(f"{organisation.name} has no post in the plan yet, so it can lead nothing.")
    words = set(significant(typed))
    fitting = [post for post in book.posts if words and words <= set(significant(plain(post.label)))]
    if len(fitting) == 1:
        return OnePost(fitting[0].id, sure=len(words) > 1)
    if fitting:
        return _which(fitting)
    near = [post for post in book.posts if max(fuzz.ratio(typed, name) for name in _names(post) if name) >= _NEAR_NAME]
    if len(near) == 1:
        return OnePost(near[0].id, sure=False)
    if near:
        return _which(near)
    return LeadAsk(f"I do not know the post {quoted(text)}: name one of the plan’s, as it is written there.")


def read_partners(text: str, book: LeadBook) -> Partners | LeadAsk:
    """Return several organisations, each with the post that is asked.

    They are typed as `police, CCG and Sefton CVS`, or one a line, with `: POST` where another post is to be asked.
    """
    asked: dict[int, int | None] = {}
    for line in filter(None, (part.strip() for part in re.split(r"[\n;]", text))):
        name, colon, post = line.partition(":")
        organisation = _organisation(plain(name), book, near=True) if colon else None
        if organisation is not None:
            chosen = read_lead_post(post, book) if plain(post) not in ("", "no post yet") else None
            if isinstance(chosen, LeadAsk):
                return chosen
            asked[organisation.id] = chosen.post_id if chosen else organisation.post_id
            continue
        read = _several(plain(line), book)
        if isinstance(read, LeadAsk):
            return read
        asked.update(read)
    return Partners(tuple(asked.items())) if asked else LeadAsk("Which partners? Name organisations of the plan.")


def _several(typed: str, book: LeadBook) -> dict[int, int | None] | LeadAsk:
    """Read names with commas and "and" between them; names may hold those too, so the longest that fits is taken."""
    spans = [*(found.span() for found in _APART.finditer(typed)), (len(typed), len(typed))]
    found: dict[int, int | None] = {}
    start = 0
    while start < len(typed):
        ends = [span for span in spans if span[0] > start]
        read = ((_partner(typed[start : span[0]], book), span) for span in reversed(ends))
        one, span = next(
            (pair for pair in read if pair[0]), (_partner(typed[start : ends[0][0]], book, near=True), ends[0])
        )
        if one is None:
            names = join_words([each.name for each in book.organisations[:_MOST_SHOWN]], "and")
            return LeadAsk(f"I do not know the partner {quoted(typed[start : span[0]])}. There are {names}.")
        found[one[0]] = one[1]
        start = span[1]
    return found


def _partner(text: str, book: LeadBook, near: bool = False) -> tuple[int, int | None] | None:
    typed = text.strip().removeprefix("the ")
    organisation = _organisation(typed, book, near)
    if organisation is not None:
        return organisation.id, organisation.post_id
    exact = [post for post in book.posts if typed in _names(post)]
    return (exact[0].organisation_id, exact[0].id) if len(exact) == 1 else None


def _all(rest: str, book: LeadBook) -> Partners | LeadAsk:
    left_out: Iterable[int] = ()
    if rest.strip(" :,;"):
        but = _BUT.fullmatch(rest)
        named = read_partners(rest.strip(" :,;()"), book) if but is None else None
        if isinstance(named, Partners):
            return named
        if but is None:
            return LeadAsk(f"I do not read {quoted(rest)} after “all partners”: say “all partners except police”.")
        read = read_partners(but["but"], book)
        if isinstance(read, LeadAsk):
            return read
        left_out = [organisation for organisation, _ in read.asked]
    asked = tuple((one.id, one.post_id) for one in book.organisations if one.id not in left_out)
    return Partners(asked) if asked else LeadAsk("No partner is left to be asked.")


def _organisation(typed: str, book: LeadBook, near: bool = False) -> OrganisationWords | None:
    def names(one: OrganisationWords) -> list[str]:
        return [plain(name).removeprefix("the ") for name in (one.name, one.key, *one.aliases)]

    typed = typed.strip().removeprefix("the ")
    exact = [one for one in book.organisations if typed in names(one)]
    if not exact and near and len(typed) > 3:
        exact = [one for one in book.organisations if max(fuzz.ratio(typed, name) for name in names(one)) >= _NEAR_NAME]
    return exact[0] if len(exact) == 1 else None


def _names(post: LeadPostWords) -> tuple[str, ...]:
    title, organisation = plain(post.title), plain(post.organisation)
    return (
        title,
        f"{title}, {organisation}",
        f"{title} {organisation}",
        f"{title} ({organisation})",
        f"{organisation} {title}",
        plain(post.holder),
    )


def _which(posts: list[LeadPostWords], what: str = "Which post") -> LeadAsk:
    more = f" and {len(posts) - _MOST_SHOWN} more" if len(posts) > _MOST_SHOWN else ""
    names = "; ".join(post.label for post in posts[:_MOST_SHOWN])
    return LeadAsk(f"{what} leads it: {names}{more}?")
