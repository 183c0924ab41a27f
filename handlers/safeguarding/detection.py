"""Find personal data in words people record: numbers that are refused, and phrases asked about first.

**Refused** (`refused`): numbers that stand for one person. An NHS number and a UPN count only where their check digits
are right; a National Insurance number where it has the form.

- NHS Data Dictionary, *NHS NUMBER*: ten digits shown 3-3-4, modulus 11. Numbers given out in England and Wales begin
  with 3, 4, 6 or 7 and Scotland's with 0 to 3, so ten digits beginning 0, 1 or 2 are taken for what they mostly are in
  board papers: a telephone number, with or without its zero, or Unix time. Scotland's are the price.
- Department for Education, *Unique pupil numbers: a guide for schools*: check letter, authority, school, year, serial;
  a temporary one ends in a letter. Authorities begin with 2 to 9, the stand-ins are 001 to 005: no telephone does.
- HMRC, National Insurance Manual NIM39110: the letters a prefix may have, and a suffix A to D.

**Asked first** (`doubts`): a birth or an age; a name or initials beside a sign of a child or family (`names.py`); a
count under 5 of children, pupils, young people or families (the usual rule for small numbers in published tables); a
house number with a postcode and a private telephone (`homes.py`). A date alone is nothing, and so is an age range or a
whole group ("children aged 4", "pupils born between …").

Addresses of links are left out; the words a link is given count. Every pattern is bounded, or cannot begin where an
earlier try has been: time grows with the length of the words and no faster.

Source: docs/explanation/data-protection.md, Refused.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from stdnum.gb import nhs, upn

from handlers.reading.lazy_regex import lazy_regex
from handlers.safeguarding.ages import few_in_words, lone_ages
from handlers.safeguarding.described import described
from handlers.safeguarding.homes import homes, telephones
from handlers.safeguarding.names import people_beside_signs
from handlers.safeguarding.seen_tokens import sentences
from handlers.safeguarding.sentence import SeenSentence
from handlers.safeguarding.sign_lexicon import Phrases


class DoubtKind(StrEnum):
    """What a doubt is about."""

    BIRTH = "birth"
    INITIALS = "initials"
    NAME = "name"
    HOME = "home"
    TELEPHONE = "telephone"
    FEW = "few"
    DESCRIBED = "described"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A piece of some words that may identify a child, and why, as a phrase for a sentence ("an age")."""

    kind: DoubtKind
    found: str
    why: str


_Seen = tuple[int, int, DoubtKind, str]
SHOWN_MAX = 3
"""Doubts named in the question; the rest are counted."""
FOUND_MAX = 80
"""Characters of a found piece that are shown."""
_LEAST_DIGITS = 6
"""Digits of the shortest number that is refused."""
_NEAR = 70
"""Characters before or after a find that are read to judge it."""


def refused(words: str) -> str:
    """Return what in some words may not be recorded: "an NHS number", or "" where nothing is found."""
    if sum(map(str.isdecimal, words)) < _LEAST_DIGITS:
        return ""
    seen = _as_seen(words)
    if any(_is_nhs(seen, found) for found in _NHS().finditer(seen)):
        return "an NHS number"
    if any(_is_upn(found[0]) for found in _UPN().finditer(seen)):
        return "a UPN (unique pupil number)"
    if any(_is_ni(found) for found in _NI().finditer(seen)):
        return "a National Insurance number"
    return ""


def refusal(what: str) -> str:
    """Return the sentence for the writer."""
    return (
        f"That seems to hold {what}, so nothing was recorded: please leave it out and send it again, "
        "and please delete your own message too."
    )


def doubts(words: str, known: Phrases | None = None) -> tuple[Doubt, ...]:
    """Return what in some words may identify a child and is asked about before recording, in order."""
    seen = _as_seen(words)
    kept: dict[Doubt, None] = {}
    reached = 0
    read = [SeenSentence(tokens, known or {}) for tokens in sentences(seen)]
    found = [*_births(seen), *_people(seen, read), *_few(seen)]
    if not found:
        found = [(start, end, DoubtKind.DESCRIBED, why) for one in read for start, end, why in described(one)]
    for start, end, kind, why in sorted(found):
        if start >= reached:
            kept[Doubt(kind, _shown(seen, start, end), why)] = None
            reached = end
    return tuple(kept)


def asking(found: tuple[Doubt, ...]) -> str:
    """Return the question to the writer, naming the pieces found; "" where there are none. "No" means: record it."""
    pieces = [f"“{doubt.found}” ({doubt.why})" for doubt in found[:SHOWN_MAX]]
    if not pieces:
        return ""
    if len(found) > SHOWN_MAX:
        pieces.append(f"{len(found) - SHOWN_MAX} more like it")
    named = f"{', '.join(pieces[:-1])} or {pieces[-1]}" if pieces[1:] else pieces[0]
    return f"Nothing is recorded yet: could {named} tell a reader which child or family is meant?"


def _people(seen: str, read: list[SeenSentence]) -> Iterator[_Seen]:
    for sentence in read:
        for one in people_beside_signs(sentence):
            yield one.start, one.end, DoubtKind.INITIALS if one.initials else DoubtKind.NAME, one.why
        for span in lone_ages(sentence):
            yield *span, DoubtKind.BIRTH, "an age"
        for span in few_in_words(sentence):
            yield *span, DoubtKind.FEW, "a number under 5"
        for span in homes(sentence, seen):
            yield *span, DoubtKind.HOME, "a house number with a postcode"
        for span in telephones(sentence, seen):
            yield *span, DoubtKind.TELEPHONE, "a private telephone"


def _shown(seen: str, start: int, end: int) -> str:
    found = seen[start:end].strip(" ,;:-")
    if found.count("(") > found.count(")") and seen[end : end + 1] == ")":
        found += ")"
    return found if len(found) <= FOUND_MAX else f"{found[: FOUND_MAX - 1]}…"


def _any_case(*parts: str) -> Callable[[], re.Pattern[str]]:
    return lazy_regex(*parts, flags=re.IGNORECASE)


# --- the words as a reader sees them ----------------------------------------------------------------------------------

_SLACK = _any_case(r"<(?=https?://|mailto:|tel:|www\.|[@#!]\w)([^<>|\n]*)(?:\|([^<>\n]*))?>")
# No possessive groups, (…)++: before 3.11.5 Python matched them wrongly, and these cannot backtrack for long anyway.
_ADDRESS = _any_case(
    r"""(?:https?://|mailto:|(?<!\w)www\.)[^\s<>|"]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+""",
    r"""|(?<![\w.-])(?:[a-z][\w-]*\.)+[a-z]{2,}/[^\s<>|"]*""",
)
_SPACES = re.compile(" {2,}")
_SEEN_AS_IT_IS = re.compile(r"(?!.*www\.)[ !-)+-.0-9;=?A-^a-}]*", re.IGNORECASE)
"""Words without a mark, an address or a character to be made plain: most of them."""
_MARKUP = re.compile(r"[*~`]+|(?<![^\W_])_+|_+(?![^\W_])")
_CLEAR = {"Zs": " ", "Pd": "-", "−": "-", "‘": "'", "’": "'", "ʼ": "'"}
_CLEAR |= dict.fromkeys(("Cc", "Zl", "Zp"), "\n") | dict.fromkeys(("Cf", "Cs", "Me", "Mn"), "")


def _as_seen(words: str) -> str:
    """Return the words with plain digits, spaces, dashes and quotes, without what links hide.

    1. Each character by itself: Unicode's own normalisation of a whole text is not linear for long runs of marks.
    2. Slack's marks for bold, italic and code go; its `<address|label>` becomes the label.
    3. Mentions, and addresses alone or typed out, go: what a link is added to means what it meant before.
    """
    if _SEEN_AS_IT_IS.fullmatch(words):
        return _SPACES.sub(" ", words)
    plain = {ord(char): _plain(char) for char in set(words) if not " " <= char <= "~"}
    shown = _SLACK().sub(_label, _MARKUP.sub("", words.translate(plain)))
    return _SPACES.sub(" ", _ADDRESS().sub(" ", shown))


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "No":
        # A footnote's mark is not part of the word before it; a fraction or a circled number is no digit.
        return " " if unicodedata.decomposition(char).startswith("<super>") else char
    return _CLEAR.get(char, _CLEAR.get(category, unicodedata.normalize("NFKC", char)))


def _label(token: re.Match[str]) -> str:
    address, label = token[1], token[2]
    if address[0] in "@#!":
        return " "
    # Slack lays a telephone link under any long number, so what it shows is the number itself.
    return label or (address[4:] if address[:4].lower() == "tel:" else " ")


def _around(seen: str, found: re.Match[str]) -> tuple[str, str]:
    return seen[max(0, found.start() - _NEAR) : found.start()], seen[found.end() : found.end() + _NEAR]


# --- numbers that are refused -----------------------------------------------------------------------------------------

_NHS = _any_case(
    r"(?:(?<!\w)|(?<=\bnhs))(?:\d{3}(?: ?- ?|[ .])?\d{3}(?: ?- ?|[ .])?\d{4}|(?:\d ){9}\d)(?!\w|-\w|\.\d)",
)
_NOT_NHS = _any_case(
    r"(?:(?<!\bnhs)(?<!\bno)(?<!\bnumber)(?<=\w)-|[£$€] ?|\d[.,/]|\+\d{1,3} ?(?:\(0\))? ?|\b00\d\d |\b(?:tel|telephone",
    r"|phone|mobile|fax|isbn|po|(?:order|invoice|policy|contract|account|charity|company) (?:no|number|ref))[.:#]? ?)$",
)
_UPN = lazy_regex(
    r"(?<!\w)(?:[A-HJ-NP-RT-Z][ -]?|[a-hj-np-rt-z])(?=[2-9]|00[1-5])(?:\d[ -]?){10}\d"
    r"(?:[A-HJ-NP-RT-Za-hj-np-rt-z]|[ -]?\d)(?!\w)"
)
_NI = _any_case(
    r"(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)(?P<prefix>[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])(?P<gap>[ -]?)",
    r"\d{2}[ -]?\d{2}[ -]?\d{2}(?P<last>[ -]?)(?P<suffix>[A-D])(?!\w|/C\b)",
)
_SHORT_WORDS = {"am", "an", "as", "at", "be", "by", "ex", "he", "me", "my", "on", "or", "pm", "re", "we"}


def _is_nhs(seen: str, found: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", found[0])
    if digits[0] in "012" or len(set(digits)) == 1 or not nhs.is_valid(digits):
        return False
    return not _NOT_NHS().search(_around(seen, found)[0])


def _is_upn(written: str) -> bool:
    # The check letter alone decides: the library's list of local authorities ends in 2011.
    number = re.sub(r"[ -]", "", written).upper()
    return bool(upn.calc_check_digit(number[1:]) == number[0])


def _is_ni(found: re.Match[str]) -> bool:
    # "on 12-10-20 a report", "charity SC 12 34 56 a grant": the article after a date or a reference is no suffix.
    if not found["last"] or found["suffix"].isupper():
        return True
    return found["prefix"].islower() and not (found["gap"] and found["prefix"] in _SHORT_WORDS)


# --- a birth or an age ------------------------------------------------------------------------------------------------

_WORD = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
_NUMBER = rf"(?:\d{{1,2}}(?:\.\d|[½¼¾])?|{_WORD})"
_ONE = (
    "(?:child|pupil|student|boy|girl|baby|toddler|teenager|sibling|family|young (?:person|man|woman)|care leaver|yp|kid"
    "|lad|lass)"
)
_MANY = (
    "(?:children|pupils|students|boys|girls|babies|toddlers|teenagers|siblings|families|care leavers"
    "|young (?:people|persons|men|women)|yp|kids|lads|lasses|twins|sisters|brothers|cousins|grandchildren)"
)
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:(?<=n)uary|ruary|ch|il|ust|ember|ober)?"
_DATE = (
    rf"(?:\d{{4}}-\d\d?-\d\d?|\d\d?[./ -]\d\d?[./ -]\d{{2,4}}|\d\d?/\d\d?|(?:19|20)\d\d"
    rf"|\d\d?(?:st|nd|rd|th)?(?: of)? ?{_MONTH}\b(?:,? \d{{2,4}})?|{_MONTH}\.? \d{{1,4}}\b(?:,? \d{{4}})?)(?![\w%])"
)
_DOB = r"(?<!\w)(?:d\.?o\.?b(?!\w)\.?|dates? of birth|birth ?-?dates?|birthday|b\.)"
_DOB_DATE = _any_case(
    rf"{_DOB}[ :=(-]{{0,4}}(?:(?:is|was|of|on|as|the|recorded|given|file|record|held)[ :(]{{1,2}}){{0,3}}",
    rf"(?:{_DATE}|\d{{1,4}}(?![\w%]))",
    rf"(?! (?:of|records|fields|forms|cases|pupils|children|per ?cent)\b)|{_DATE} ?[(=:-] ?{_DOB}",
)
_BORN = _any_case(
    r"(?<![\w-])born[:,]?(?P<on>(?: (?!born)[a-z]{1,15}){0,5}?)[ (]{1,2}",
    rf"(?:(?P<date>{_DATE})|{_NUMBER}(?![\w%]|[.,]\d))",
)
_BORN_RANGE = _any_case(r"\b(?:between|since|after|before|from|to|into|and|until|or|with|of)\b")
_AGED = _any_case(
    rf"(?<![\w-])(?:aged[:,]?|{_ONE}[ ,(]{{1,2}}age:?) (?:just |only |about |around |nearly )?{_NUMBER}(?![\w%]|[.,]\d)"
)
_RANGE_AFTER = _any_case(
    rf" ?(?:(?:-|to|until|or|/) ?(?:\d|{_WORD}\b)|up to|\+|-?plus\b|upwards",
    r"|(?:and|or) (?:over|under|above|below|up\b|older|younger))",
)
_GROUP = _any_case(
    rf"(?<!\w)(?:(?P<many>{_MANY}|(?:any|every|each|per|no) (?:{_ONE}|person)|people|infants|learners|those|adults",
    "|carers|residents|leavers|cohort|everyone|anyone|places|members|volunteers|advisors|ambassadors|participants|parents",
    "|mothers|idea|plan|forum|partnership|project|programme|initiative|group|network|scheme|campaign|service|board|charity",
    rf"|vision|strategy|hub|app|toolkit)|{_ONE}|person|son|daughter|brother|sister|he|she)(?!\w)",
)
_WITHIN = re.compile(r"(?:in|at|from|on|of|across|living|attending|receiving|eligible|who|with|within)\b")


_SAYS_BIRTH = re.compile(r"d\.?o\.?b|birth|b\.", re.IGNORECASE)
"""What a date of birth cannot do without, found much sooner than the date."""


def _births(seen: str) -> Iterator[_Seen]:
    low = seen.lower()
    for found in _DOB_DATE().finditer(seen) if _SAYS_BIRTH.search(seen) else ():
        yield *found.span(), DoubtKind.BIRTH, "a date of birth"
    for found in _BORN().finditer(seen) if "born" in low else ():
        beside = found["date"] or found["on"].strip() in {"", "on", "at", "on the", "at the"}
        if beside and not _BORN_RANGE().search(found["on"]) and not _of_a_group(seen, found.start()):
            yield *found.span(), DoubtKind.BIRTH, "a birth"
    for found in _AGED().finditer(seen) if "age" in low else ():
        aged = found.start() + found[0].lower().rindex("age")
        if not _RANGE_AFTER().match(_around(seen, found)[1]) and not _of_a_group(seen, aged):
            yield *found.span(), DoubtKind.BIRTH, "an age"


def _of_a_group(seen: str, start: int) -> bool:
    """Return whether the last noun before is a group or a thing, with no name between ("and Jordan, aged 9")."""
    before = re.split(r"\n|[.!?;] ", seen[max(0, start - _NEAR) : start])[-1]
    nouns = list(_GROUP().finditer(before))
    if not nouns or nouns[-1]["many"] is None or nouns[-1][0].lower() in {"siblings", "twins"}:
        return False
    between = before[nouns[-1].end() :].strip(" ,;:(-")
    return not (re.search(r"\band [A-Z]", between) or (re.search("[A-Z,.;]", between) and not _WITHIN.match(between)))


# --- a few children ---------------------------------------------------------------------------------------------------

_PLACES = "(?:centres?|hubs?|homes|hospitals?|teams?|services?|boards?|forums?|panels?|networks?|groups?|workers?)"
_FOR = r"(?: (?:and|&) (?:young people|families|family|children|carers)(?:'s|s'|')?)?"
_PLACE = _any_case(rf"{_FOR} {_PLACES}(?!\w)")
_ROLE = _any_case(
    rf"{_FOR} (?:{_PLACES}|protection|support|practice|premium|referral|voice|plans?|courts?|safeguarding|social|help",
    "|intervention|liaison|nurses?|learning|members?|friendly|places?|parliament|council|rooms?|sessions?|placements?",
    r"|development|care|approach|focus|reviews?|matters|life|health|minders?|surveys?|events?)(?!\w)",
)
_ADJECTIVE = (
    "(?:more|new|further|additional|other|different|individual|vulnerable|disabled|local|missing|older|younger|young"
    "|eligible|autistic|deaf|refugee|homeless|unaccompanied|asylum seeking|looked after|cared for|remaining|known"
    r"|primary|secondary|infant|junior|nursery|reception|school|foster|send?|lac|neet|y(?:ea)?r \d\d?|y\d\d?|ks\d"
    rf"|key stage \d|at risk|[a-z]{{2,20}}-[a-z]{{2,20}}|[a-z]{{2,20}}ed|(?!{_MONTH}\b)(?-i:[A-Z][a-z]{{2,20}}))"
)
_FEW = _any_case(
    r"(?<![\w/£$€#+])(?<!\w[-'])(?<!\d[.,:])(?:(?P<least>[1-3]|one|two|three)(?: ?- ?| to | or ))?",
    r"(?P<count>[1-4]|one|two|three|four)(?: ?\([1-4]\))?(?: ?x(?= ))?",
    rf"(?P<of>(?P<out> out)? of(?: (?:the|our|their|those|these|its))?(?: (?P<total>\d{{1,3}}|{_WORD}))?)?",
    rf"(?: {_ADJECTIVE}){{0,3}} (?:(?P<many>{_MANY})|{_ONE})(?!\w|-\w)",
)
_FEW_AFTER = _any_case(rf"(?<!\w){_MANY}(?: [a-z]{{1,20}}){{0,2}} ?[:=] ?[1-4](?= ?(?:[;,)]|\.?(?:\n|\Z)))")
_LABELLED = _any_case(
    r"(?P<said>\b(?:this|last|next|first|second|third|final|each|that|academic|school|financial|previous|same|full|one",
    r"|a|past|per|early) (?-i:(?=[a-z])))?(?<!\w)(?:(?:year|yr\.?|y|key stage|ks|stage|tier|level|band|priority|phase",
    r"|step|table|figure|item|appendix|theme|section|article|page|no\.?|number|action|recommendation|objective|outcome",
    r"|option|paragraph|minute|category|ages?|aged)|(?-i:Group|Cohort|Class|Week|Term|Day|Part|Wave|Quarter|Ward)) ?",
    rf"(?:(?:\d\d?|{_WORD}) (?:and|&|or|to) )?$",
    r"|\b(?:years|yrs|key stages|stages|tiers|levels|bands|priorities|phases|steps|items|themes|sections|ages) ",
    rf"(?:(?:\d\d?|{_WORD})(?:,? and|,? &| or| to|-|,) ?){{1,6}}$",
)
_NO_COUNT = _any_case(
    rf"(?:(?<![\w/.-])(?:\d\d?|{_WORD}|many) (?:in|in every|out of|for every) |\b0 ?(?:-|to) ?|\b(?:one|1)[- ]to[- ]",
    r"|\b(?:no|any|each|every|at least|up to|more than|maximum of|(?:groups?|classes|pairs) of) )$",
)
_RATE = _any_case(
    rf",? (?:in|out of) (?:every )?(?:\d\d?|{_WORD})(?= ?(?:[.,;)\n]|$|(?:is|are|has|have|will|was|were|and)\b))",
    r"| (?:per|(?:in|from|of|for) (?:each|every)|at a time|a week|a month|a term|a session)\b",
    r"|,? one (?:plan|team|worker|assessment|story|vision|approach)\b",
)
_OWN = _any_case(r"'s? (?:cases?|files?|placements?|parents|mothers?|deaths?|names?|plans?|records|ehcps?)(?!\w)")


def _few(seen: str) -> Iterator[_Seen]:
    for found in _FEW().finditer(seen):
        if _counts(found) and _counts_there(found, seen):
            yield *found.span(), DoubtKind.FEW, "a number under 5"
    for found in _FEW_AFTER().finditer(seen):
        yield *found.span(), DoubtKind.FEW, "a number under 5"


def _counts(found: re.Match[str]) -> bool:
    """Return whether number and noun agree ("one families use" do not), and it is no rate ("3 out of 4 families")."""
    count, least, total = found["count"].lower(), (found["least"] or "").lower(), found["total"] or ""
    if least == count or (found["out"] and (not total.isdigit() or int(total) <= 10)):
        return False
    return (count != "one" or bool(found["of"])) if found["many"] else (count in {"1", "one"} and not least)


def _counts_there(found: re.Match[str], seen: str) -> bool:
    """Return False in "Year 3 pupils", "1 in 3 children", "one family hub", "3 children's centres"."""
    before, after = _around(seen, found)
    label = _LABELLED().search(before + found[0][: found.start("count") - found.start()])
    if (label and not label["said"]) or _NO_COUNT().search(before):
        return False
    if after.startswith("'"):
        return bool(_OWN().match(after)) if found["many"] else not _ROLE().match(re.sub("^'s?", "", after))
    return not (_PLACE if found["many"] else _ROLE)().match(after) and not _RATE().match(after)
