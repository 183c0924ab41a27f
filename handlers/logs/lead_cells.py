"""Read who leads, by a cell of a log: posts by the one finder of names. What is not plain has a doubt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.normalise import fold
from handlers.reading.plan_names import NameKind, PlanName
from handlers.reading.vocabulary import Vocabulary
from handlers.reading.written_lines import phrases_of

_APART = re.compile(r"\s*(?:[/;,\n&+()]|(?<![^\W_])(?:and|with|supported by)(?![^\W_]))\s*", re.IGNORECASE)
_GROUPS = phrases_of(
    "all|everyone|all partners|all members|members|lead officers|all leads|all agencies|various|board members",
    "all board members|partners|each partner|all organisations|all services|officers",
)
_NOBODY = frozenset(("tbc", "tba", "n/a", "na", "none", "-", "?", "to be confirmed", "to be agreed", "vacant", "tbd"))
_ARTICLES = ("the ", "all ", "our ")


@dataclass(frozen=True, slots=True)
class LeadCell:
    """Who leads: a post's key. `supporting`: keys of organisations of the others.

    `unknown`: names that no post is sure to have, each with the post that is proposed, if one is.
    """

    post: str = ""
    supporting: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = field(default=())
    doubt: str = ""
    whole: bool = False


def read_lead_cell(text: str, vocabulary: Vocabulary, answers: Mapping[str, str] = {}) -> LeadCell:
    """Return who leads by the words of a cell. `answers`: the post's key that a name stands for; "" for nobody."""
    whole = " ".join(text.split())
    if not whole:
        return LeadCell()
    folded = fold(whole).strip(" .:")
    if folded in _GROUPS:
        return LeadCell(doubt="it is for several, so one post has to lead")
    if folded in _NOBODY:
        return LeadCell(doubt="it names no lead")
    if folded in answers:
        return LeadCell(answers[folded])
    post, sure = _post(whole, vocabulary)
    if post is not None and sure:
        return LeadCell(post.key, whole=folded in (fold(post.label), *map(fold, post.names)))
    parts = [part for part in _APART.split(text) if part.strip(" .:") and fold(part).strip() not in _ARTICLES]
    if len(parts) < 2:
        unknown = ((whole, post.key if post else ""),)
        return LeadCell(post.key if post else "", unknown=unknown, doubt="no post of the plan is called so")
    return _several(parts, vocabulary, answers)


def _several(parts: Sequence[str], vocabulary: Vocabulary, answers: Mapping[str, str]) -> LeadCell:
    organisations = {one.key: one.organisation.key for one in vocabulary.names().posts}
    lead, beside, unknown = "", [], []
    for part in (one.strip(" .:") for one in parts):
        folded = fold(part)
        if folded in (*_GROUPS, *_NOBODY):
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
    return LeadCell(lead, tuple(dict.fromkeys(filter(None, beside))), tuple(unknown), "it names several, and one leads")


def _post(text: str, vocabulary: Vocabulary) -> tuple[PlanName | None, bool]:
    """Return the post that some words name, and whether they are sure to."""
    organisation = find_name(text, vocabulary, NameKind.ORGANISATION)
    post = find_name(text, vocabulary, NameKind.POST)
    by_organisation = organisation.one is not None and organisation.likeness >= Likeness.SHORT
    if post.one is None:
        return None, False
    return post.one, post.likeness >= Likeness.OTHER and not by_organisation
