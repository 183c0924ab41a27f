"""Names and initials beside a sign of a child or family, sentence by sentence.

1. Who may be a child (`possible_names.py`).
2. Who is not: people of the plan, a title or a post beside them, what staff do after them.
3. Which of them stands near enough to a sign; a name that is also a word must touch it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.safeguarding.possible_names import Candidate, initialled, named
from handlers.safeguarding.sentence import SeenSentence, SeenSign

_NEAR = 16
"""Tokens between a name and a sign in one sentence."""
_CLOSE = 6
_TOUCH = 3
_YOUNGEST_BARE = 3
"""A number over it may be an age without anything that says so; smaller ones count things."""
_THEIRS_WITHIN = 9
"""Tokens after a name in which "her" is still that person's."""
_PLURAL_GROUPS = {"children", "twins", "brothers", "sisters", "siblings"}
_THEIRS = {"their", "his", "her", "and"}
_GROUPS = {
    "family",
    "children",
    "twins",
    "brothers",
    "sisters",
    "siblings",
    "household",
    "kids",
    "boys",
    "girls",
    "baby",
    "child",
}


@dataclass(frozen=True, slots=True)
class SeenBeside:
    """A person beside a sign, as places in the words, and why that is asked about."""

    start: int
    end: int
    initials: bool
    why: str


def people_beside_signs(sentence: SeenSentence) -> Iterator[SeenBeside]:
    """Yield each name or initials that stand beside a sign of a child or family."""
    people = [*initialled(sentence), *named(sentence)]
    for person in sorted(people, key=lambda one: one.at):
        sign = _sign_for(sentence, person)
        if sign is not None:
            tokens = sentence.tokens
            noun = any(
                one.to == person.at and one.kind == "child" for one in sentence.signs_near(person.at, person.to, 1)
            )
            start = min(tokens[person.at - noun].start, tokens[sign.at].start)
            end = max(tokens[person.to - 1].end, tokens[sign.to - 1].end)
            what = "initials" if person.initials else "a name"
            yield SeenBeside(start, end, person.initials, f"{what} beside {sign.why}")


# --- who is not -------------------------------------------------------------------------------------------------------


def _is_staff(sentence: SeenSentence, person: Candidate) -> bool:
    before = person.at - 1
    if sentence.low(before) == "@" or sentence.is_a(before, "title", "role"):
        return True
    if sentence.is_a(before, "title.polite"):
        return True
    if sentence.low(before) in {",", "-", ":", "is", "called", "named"} and sentence.is_a(before - 1, "role"):
        return True
    if sentence.low(before - 1) + " " + sentence.low(before) == "social worker" and not sentence.tokens[before].owns:
        return True
    after = person.to
    opening = sentence.low(after)
    if opening in {"from", "in", "at"} and after + 1 < len(sentence.tokens):
        inside = after + 1 + (sentence.low(after + 1) in {"the", "our"})
        named = sentence.is_a(inside, "abbreviation") and inside not in sentence.sign_places
        if named or sentence.is_a(inside, "department"):
            return True
    if opening in {",", "(", "-", "is", "our", "the", "as", "/"}:
        for place in range(after + 1, min(after + 8, len(sentence.tokens))):
            low = sentence.low(place)
            if (
                low in {",", ")", "has", "was", "only", "with", "whose", "who", "not", "saw", "told"}
                or sentence.number(place) is not None
            ):
                break
            if sentence.tokens[place].owns:
                break
            if sentence.is_a(place, "role") or (low in {"worker", "visitor"} and opening != "is"):
                return True
            if place in sentence.sign_places and sentence.low(place + 1) not in {"worker", "visitor"}:
                break
    return False


def _does_staff_work(sentence: SeenSentence, person: Candidate) -> bool:
    owns = sentence.tokens[person.to - 1].owns
    if owns and sentence.is_a(person.to, "work"):
        return True
    verbs = sentence.words.phrases["staff_verb"]
    # "Sam's sent the list" is Sam's work, "KW's advocate sent the list" the advocate's.
    for place in range(person.to, min(person.to + (1 if owns else 5), len(sentence.tokens))):
        low = sentence.low(place)
        for phrase in verbs.get(low, ()):
            if all(sentence.low(place + step) == word for step, word in enumerate(phrase)):
                return True
        if sentence.tokens[place].owns or low in {",", "who", "whose", "because", "was", "were", "his", "her"}:
            break
    return False


# --- beside which sign ------------------------------------------------------------------------------------------------


def _sign_for(sentence: SeenSentence, person: Candidate) -> SeenSign | None:
    """Return the sign that a person stands beside, the plainest first; None where there is none."""
    polite = sentence.is_a(person.at - 1, "title.polite")
    staff = _is_staff(sentence, person)
    owns = sentence.tokens[person.to - 1].owns or _bare_owner(sentence, person)
    if not staff and (age := _age_after(sentence, person) or _age_apart(sentence, person)):
        return age
    if not staff and (family := _family_of(sentence, person)):
        return family
    if not staff and owns and _owns_no_work(sentence, person):
        return SeenSign(person.to, person.to + 1, "theirs", "what is somebody’s own")
    found = sentence.signs_near(person.at, person.to, _NEAR)
    if staff:
        kept = [one for one in found if one.kind in {"kin", "child"} and one.at >= person.to and polite]
        theirs = kept and any(sentence.low(at) in _THEIRS for at in range(max(0, person.at - 4), kept[0].at))
        return kept[0] if kept and (theirs or (owns and _gap(kept[0], person) <= _TOUCH)) else None
    works = _does_staff_work(sentence, person)
    if person.initials and person.to - person.at == 2 and sentence.low(person.at) in sentence.words.names and not works:
        return SeenSign(person.at, person.to, "named", "one letter of a surname")
    if (
        not works
        and (_is_first_name(sentence, person) or (person.initials and person.plain))
        and (befell := _befalls(sentence, person))
    ):
        return befell
    best: tuple[int, int, SeenSign] | None = None
    for one in found:
        if _counts(sentence, person, one, owns=owns, works=works):
            rank = ("age", "year", "school", "child", "kin", "care", "named", "theirs").index(one.kind)
            if best is None or (rank, _gap(one, person)) < best[:2]:
                best = (rank, _gap(one, person), one)
    return best[2] if best else None if works else _told_of(sentence, person)


def _told_of(sentence: SeenSentence, person: Candidate) -> SeenSign | None:
    """Return what a first name alone is told of that is no work: "Callum got a job", "Mia, who has stopped talking"."""
    if not (_is_first_name(sentence, person) and sentence.tokens[person.at].is_capital):
        return None
    tokens, at = sentence.tokens, person.to
    rest = range(at, min(at + _NEAR, len(tokens)))
    if any(sentence.is_a(place, "work", "role", "department", "staff_word") for place in rest):
        return None
    described = sentence.low(at) == "," and sentence.low(at + 1) in {"who", "whose"}
    begins = person.at == 0 or tokens[person.at].first or sentence.is_a(person.at - 1, "clause_before")
    lives = sentence.is_a(at, "lives") or (sentence.low(at).endswith("ed") and len(sentence.low(at)) > 4)
    if described or (begins and lives and not sentence.is_a(at, "befalls.work")):
        return SeenSign(at, min(at + 1 + described, len(tokens)), "care", "what is told of one person")
    return None


def _is_first_name(sentence: SeenSentence, person: Candidate) -> bool:
    return person.sure and person.to - person.at == 1 and sentence.low(person.at) in sentence.words.names


def _known_name(sentence: SeenSentence, person: Candidate) -> bool:
    low = sentence.low(person.at)
    return low in sentence.words.names or low in sentence.words.words["given"]


def _befalls(sentence: SeenSentence, person: Candidate) -> SeenSign | None:
    """Return what befalls ("was taken to …", "to exclude …") or is theirs ("under her bed"); work is neither."""
    before = sentence.low(person.at - 1)
    stem = before.removesuffix("ing").removesuffix("e")
    if before in sentence.words.ordinary and sentence.words.care_verbs & {f"{stem}ed", f"{before}ed"}:
        return SeenSign(person.at - 1, person.at, "care", "what happened to somebody")
    at = person.to
    while sentence.low(at) in {
        "has",
        "have",
        "had",
        "is",
        "are",
        "be",
        "to",
        "s",
        "also",
        "then",
        "still",
        "now",
        "not",
        "just",
    }:
        at += 1
    done = sentence.low(at + 1 + (sentence.low(at + 1) in {"not", "also", "then", "again", "just", "never"}))
    suffers = sentence.low(at) in {"was", "were", "got", "been", "being", "gets"}
    suffers = suffers and (done.endswith(("ed", "en")) or sentence.is_a(at + 1, "befalls"))
    if suffers and not any(sentence.is_a(at + step, "befalls.work") for step in (1, 2)):
        return SeenSign(at, at + 2, "care", "what happened to somebody")
    for at in range(person.to, min(person.to + _THEIRS_WITHIN, len(sentence.tokens) - 1)):
        if sentence.low(at) in {"his", "her"} and not sentence.is_a(at + 1, "work") and sentence.tokens[at + 1].is_word:
            return SeenSign(at, at + 2, "care", "what is somebody’s own")
    return None


def _owns_no_work(sentence: SeenSentence, person: Candidate) -> bool:
    """Return whether a first name alone owns what is no work: "Miriam's scarf", but not "Miriam's slides"."""
    reach = range(person.to, min(person.to + 3, len(sentence.tokens)))
    return (
        _is_first_name(sentence, person)
        and sentence.tokens[person.at].owns
        and bool(reach)
        and sentence.tokens[person.to].is_word
        and not sentence.is_a(person.to, "after_is")
        and not any(
            sentence.is_a(at, "work", "organisation", "venue", "role") for at in reach if sentence.low(at) != "head"
        )
        and not sentence.tokens[person.to].is_capital
    )


def _bare_owner(sentence: SeenSentence, person: Candidate) -> bool:
    low = sentence.low(person.to - 1)
    return low.endswith("s") and low[:-1] in sentence.words.names and low not in sentence.words.names


def _gap(sign: SeenSign, person: Candidate) -> int:
    return sign.at - person.to if sign.at >= person.to else person.at - sign.to


def _counts(sentence: SeenSentence, person: Candidate, sign: SeenSign, *, owns: bool, works: bool) -> bool:
    gap = _gap(sign, person)
    after = sign.at >= person.to
    between = [sentence.low(at) for at in (range(person.to, sign.at) if after else range(sign.to, person.at))]
    linked = all(low in sentence.words.words["link"] or low in {",", "(", "-", ":", ")", "'", "s"} for low in between)
    if sign.kind == "named":
        things = any(sentence.is_a(at, "unnamed_things", "role") for at in range(max(0, sign.at - 4), sign.at))
        return not after and not between and not things
    if sign.kind == "age" and not linked and works:
        return False
    if sign.kind in {"kin", "child"} and _is_part_of_a_title(sentence, sign):
        return False
    if sign.kind == "school" and not after and between[:1] in (["and"], [","], ["&"]):
        return False  # another school of a list
    attached = linked and gap <= _TOUCH
    owned = owns and after and gap <= _TOUCH and not sentence.is_a(person.to, "work")
    if sign.kind == "theirs":
        return owned and not sentence.is_a(person.to, "after_is")
    of_kin = not after and between in (["of"], ["to"], []) and sign.kind in {"kin", "child"}
    if not person.initials and not person.sure:
        if sentence.tokens[person.at].is_capital:
            kin = sign.kind == "kin" and after and gap <= _TOUCH and not sentence.tokens[person.at].first
            return owned or of_kin or kin or (sign.kind in {"age", "year"} and attached)
        return (
            (owned and sign.kind in {"kin", "care", "child"})
            or (of_kin and sign.kind in {"kin", "child"} and bool(between))
            or (sign.kind in {"age", "kin"} and after and not between)
            or (sign.kind == "year" and after and between in ([], ["in"], ["from"]) and _known_name(sentence, person))
        )
    if person.initials and not person.plain:
        if sign.kind == "school":
            return gap <= _CLOSE and linked and bool(set(between) - {",", "(", "-", "and"})
        if works or gap > _CLOSE:
            return False
        return linked or owned or of_kin or sign.kind in {"kin", "care", "age", "child", "year"}
    return not works or owned or of_kin


def _is_part_of_a_title(sentence: SeenSentence, sign: SeenSign) -> bool:
    """Return whether a sign is a part of what is called so: "Holy Family", but not "the Hassan Family"."""
    if sentence.shouted or sign.at == 0 or not sentence.tokens[sign.at].is_capital:
        return False
    before = sentence.tokens[sign.at - 1]
    return before.is_capital and not before.first and not before.owns and before.low in sentence.words.ordinary


def _age_after(sentence: SeenSentence, person: Candidate) -> SeenSign | None:
    """Return a bare age that touches a name: "Imran, 12,", "Aoife is 8 and", "Kacper (14)"."""
    at = person.to
    steps = 0
    while sentence.is_a(at, "age_link") and steps < 4:
        at += 1
        steps += 1
    number = sentence.number(at)
    low_sure = person.sure or sentence.low(person.to) in {"(", ",", "is", "turned"}
    if number is None or not steps or not low_sure or number > 19 or number == 0:
        return None
    small = not person.sure and not person.initials and not sentence.tokens[person.at].is_capital
    if small and (sentence.low(person.to) != "(" or sentence.is_a(person.at, "organisation")):
        return None
    if person.initials and not person.plain and sentence.low(person.to) == "(":
        return None
    written = next((one for one in sentence.ages if one.at <= at < one.to), None)
    if written is not None:
        return written
    follows = sentence.low(at + 1)
    plainly = any(
        sentence.low(place) in {"only", "just", "nearly", "turned", "almost"} for place in range(person.to, at)
    )
    if follows and not sentence.is_a(at + 1, "after_age") and not plainly:
        return None
    if follows in {".", ",", "-", "and", "or"} and sentence.number(at + 2) is not None:
        return None
    if follows == "in" and sentence.number(at + 2) is not None:
        return None
    return SeenSign(at, at + 1, "age", "an age")


def _age_apart(sentence: SeenSentence, person: Candidate) -> SeenSign | None:
    """Return a bare age that stands by itself further on: "Lily, new to the unit and seventeen, is off"."""
    if not _is_first_name(sentence, person):
        return None
    for at in range(person.to + 1, min(person.to + _THEIRS_WITHIN, len(sentence.tokens))):
        number = sentence.number(at)
        alone = not any(sentence.number(at + step) for step in (-2, 2))
        apart = sentence.low(at - 1) in {",", "and", "("} and sentence.low(at + 1) in {",", ")", "", "."}
        if number is not None and _YOUNGEST_BARE < number < 20 and alone and apart:
            return SeenSign(at, at + 1, "age", "an age")
    return None


def _family_of(sentence: SeenSentence, person: Candidate) -> SeenSign | None:
    """Return "family" in "the Okonkwo family", "the Hassan twins"."""
    if sentence.low(person.at - 1) not in {"the", "both", "a"} and not person.sure:
        return None
    at = person.to
    sure = sentence.tokens[person.at].is_capital or person.sure or sentence.low(at) in _PLURAL_GROUPS
    known = sentence.low(at) in _GROUPS and at in sentence.sign_places
    return SeenSign(at, at + 1, "kin", "a sign of a child or family") if sure and known else None
