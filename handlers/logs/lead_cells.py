"""Read who leads, by a cell of a log: posts by the one finder of names. What is not plain has a doubt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from handlers.logs.log_questions import LEAD_LEFT_OUT, SEVERAL
from handlers.reading.likeness import Likeness, initials, name_words
from handlers.reading.matching import find_name
from handlers.reading.normalise import fold
from handlers.reading.plan_names import NameKind, PlanName, name_of_post
from handlers.reading.vocabulary import Vocabulary

_APART = re.compile(r"\s*(?:[/;,\n&+()]|(?<![^\W_])(?:and|with|supported by)(?![^\W_]))\s*", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.? ?){2,6}|[A-Z]{2,6}")
_ALL = frozenset(("all", "every", "each", "everyone", "everybody", "various", "several"))
_MANY = frozenset(
    ("partners", "agencies", "organisations", "services", "members", "officers", "leads", "teams", "bodies")
)
_BODIES = _MANY | frozenset(
    ("partner", "agency", "organisation", "service", "member", "lead", "board", "the", "of", "us")
)
"""Words beside "all" that leave nobody out: "all partner agencies", "every member of the board"."""
_STAND_INS = (
    "interim",
    "acting",
    "temporary",
    "temp",
    "maternity cover",
    "cover",
    "vacant",
    "lead",
    "support",
    "joint",
)
"""What stands beside a post and names nobody."""
_NOBODY = frozenset(("tbc", "tba", "n/a", "na", "none", "-", "?", "to be confirmed", "to be agreed", "vacant", "tbd"))
_CHAIRS = frozenset(
    ("chair", "the chair", "chair of the board", "board chair", "chairman", "chairperson", "chairwoman")
)
NO_SUCH_POST = "no post of the plan has that name"
_JOINED = ("&", "and")
_ARTICLES = ("the ", "all ", "our ")


@dataclass(frozen=True, slots=True)
class LeadCell:
    """Who leads: a post's key. `supporting`: keys of organisations of the others.

    `unknown`: names that no post is sure to have, each with the post that is proposed, if one is. `key`: the question
    for the whole log that settles the doubt.
    """

    post: str = ""
    supporting: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = field(default=())
    doubt: str = ""
    whole: bool = False
    key: str = ""


def read_lead_cell(
    text: str, vocabulary: Vocabulary, answers: Mapping[str, str] = {}, *, last: bool = False
) -> LeadCell:
    """Return who leads by the words of a cell.

    `answers`: the post's key that a name stands for; "" for nobody. `last`: of several the last one leads.
    """
    whole = " ".join(text.split())
    if not whole:
        return LeadCell()
    folded = fold(whole).strip(" .:")
    if folded in answers:
        return LeadCell(answers[folded], _of_all(folded, vocabulary))
    if is_group(whole):
        return LeadCell("", _of_all(folded, vocabulary), ((whole, ""),), "it is for several, so one post has to lead")
    if folded in _NOBODY:
        return LeadCell(doubt="it names no lead", key=LEAD_LEFT_OUT)
    post, sure = _post(whole, vocabulary)
    if post is not None and sure:
        return LeadCell(post.key, whole=folded in (fold(post.label), *map(fold, post.names)))
    parts = _parts(text, vocabulary)
    if len(parts) < 2:
        unknown = ((whole, post.key if post else ""),)
        return LeadCell(post.key if post else "", unknown=unknown, doubt=NO_SUCH_POST)
    return _several(parts[::-1] if last else parts, vocabulary, answers)


def with_chair(cell: LeadCell, chair: str) -> LeadCell:
    """Return who leads, with the board's chair proposed where a cell says "Chair" and no more. `chair`: its post."""
    if not chair or not any(fold(name) in _CHAIRS and not post for name, post in cell.unknown):
        return cell
    unknown = tuple((name, post or (chair if fold(name) in _CHAIRS else "")) for name, post in cell.unknown)
    first = cell.key == SEVERAL and cell.post in {post for _, post in cell.unknown} and unknown[0][1] == chair
    return replace(cell, post=chair if first else cell.post or chair, unknown=unknown)


def _parts(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return the names in a cell; a comma inside a post's own name divides nothing: "Chair / Superintendent, North"."""
    pieces = re.split(f"({_APART.pattern})", text, flags=re.IGNORECASE)
    parts = pieces[::2]
    for at in range(len(parts) - 1, 0, -1):
        mark, both = pieces[at * 2 - 1], f"{parts[at - 1]}{pieces[at * 2 - 1]}{parts[at]}"
        # "Learning & Improvement Officer": one post that nobody knows.
        one = mark.strip().casefold() in _JOINED and not any(
            _post(part, vocabulary)[0] for part in parts[at - 1 : at + 1]
        )
        if one or (mark.strip() == "," and _post(both, vocabulary)[1]):
            parts[at - 1 : at + 1] = [both]
    return [part for part in parts if part.strip(" .:") and fold(part).strip() not in _ARTICLES]


def is_group(name: str) -> bool:
    """Return whether a name stands for several: it is never another name of one post."""
    words = fold(name).strip(" .:").split()
    return bool(words) and (words[0] in _ALL or (words[-1] in _MANY and _BODIES.issuperset(words)))


def _of_all(folded: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the keys of all organisations that have a post, where a name leaves none of them out."""
    words = set(folded.split())
    if not is_group(folded) or words & {"various", "several", "officers"} or not words <= _ALL | _BODIES:
        return ()
    return tuple(dict.fromkeys(one.organisation.key for one in vocabulary.names().posts))


def organisations_in(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the keys of the organisations that a cell names, or of the posts that it surely does."""
    of = {one.key: one.organisation.key for one in vocabulary.names().posts}
    found = []
    for part in _parts(text, vocabulary):
        post, sure = _post(part, vocabulary)
        named = find_name(part, vocabulary, NameKind.ORGANISATION)
        if post is not None and (sure or (named.one is not None and named.likeness >= Likeness.SHORT)):
            found.append(of[post.key])
    return tuple(dict.fromkeys(found))


def _several(parts: Sequence[str], vocabulary: Vocabulary, answers: Mapping[str, str]) -> LeadCell:
    organisations = {one.key: one.organisation.key for one in vocabulary.names().posts}
    lead, beside, unknown = "", list[str](), []
    for part in (one.strip(" .:") for one in parts):
        folded = fold(part)
        if is_group(part):
            beside += _of_all(folded, vocabulary)
            continue
        if folded in (*_NOBODY, *_STAND_INS):
            continue
        if folded in answers:
            key, sure = answers[folded], True
        else:
            post, sure = _post(part, vocabulary)
            key = post.key if post is not None else ""
            if not sure:
                unknown.append((part, key))
        if key and sure and not lead:
            lead = key
        elif key and sure:
            beside.append(organisations.get(key, ""))
    if not lead and unknown:
        lead = next((key for _, key in unknown if key), "")
    others = tuple(dict.fromkeys(filter(None, beside)))
    if not others and not unknown and lead:
        return LeadCell(lead)
    why = "it names several, and one leads"
    return LeadCell(lead, others, tuple(unknown), why, key=SEVERAL)


def _post(text: str, vocabulary: Vocabulary) -> tuple[PlanName | None, bool]:
    """Return the post that some words name, and whether they are sure to."""
    organisation = find_name(text, vocabulary, NameKind.ORGANISATION)
    post = find_name(text, vocabulary, NameKind.POST)
    by_organisation = organisation.one is not None and organisation.likeness >= Likeness.SHORT
    if post.one is None:
        return _short_for(text, vocabulary), False
    return post.one, post.likeness >= Likeness.OTHER and not by_organisation


def _short_for(text: str, vocabulary: Vocabulary) -> PlanName | None:
    """Return the only post that letters may be short for: in its title one after the other, or its holder's name.

    "DCS" in "Executive Director of Children's Social Care", "MW" and "M Webb" for Mary Webb.
    """
    letters = _INITIALS.fullmatch(text.strip())
    short = "".join(filter(str.isalpha, text)).casefold() if letters else ""
    found = [
        post
        for post in vocabulary.names().posts
        if (short and any(short in initials(words) for words in _ways(post.title)))
        or (post.holder and _is_short_name(short, name_words(text), name_words(post.holder)))
    ]
    return name_of_post(found[0]) if len(found) == 1 else None


def _ways(title: str) -> Sequence[Sequence[str]]:
    """Return the words of a title with and without its small ones."""
    return fold(title).replace("-", " ").split(), name_words(title)


def _is_short_name(short: str, typed: Sequence[str], name: Sequence[str]) -> bool:
    """Return whether letters are a person's, or words a name of which all but the last is begun: "M Webb"."""
    if short:
        return len(name) > 1 and short == initials(name)
    begun = all(whole.startswith(one) for one, whole in zip(typed, name, strict=False))
    return len(typed) > 1 < len(name) and begun and typed[-1] == name[-1]
