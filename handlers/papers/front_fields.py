"""The fields of a report's front sheet: how each is called, printed and checked. Pure.

Source: docs/how-to/secretary.md, The front sheet.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from handlers.reading.normalise import fold, quoted
from handlers.reading.recommendations import recommendations_in, without_verb
from models.rules.exempt_paragraphs import EXEMPT_PARAGRAPHS, paragraphs_said

LONGEST_FIELD = 3000
"""Characters of a field."""
NOT_STATED = "Not stated"
_YES, _NO = frozenset(("yes", "y", "true")), frozenset(("no", "n", "none", "not", "false", "n/a"))
_WORD = re.compile(r"[^\W_]+")
_NUMBERS = re.compile(r"[0-9]+")
_SCHEDULE = re.compile(r"(?:schedule|sch\.?) *12a?|12a|part 1|(?:local government )?act(?: 1972)?|1972")


class FieldError(ValueError):
    """Why some words cannot be a field's, in a sentence."""


def _kept(words: str) -> str:
    return words


def _whether(words: str) -> str:
    """Return "Yes" or "No".

    Raises:
        FieldError: the words say neither.
    """
    said = fold(words).strip(" .")
    if said in _YES | _NO:
        return "Yes" if said in _YES else "No"
    raise FieldError(f"I do not read {quoted(words)} as yes or no.")


def _listed(words: str) -> str:
    """Return "No", "Yes", or "Yes" with the reference that was given."""
    said = fold(words).strip(" .")
    if said in _YES | _NO:
        return _whether(words)
    rest = re.sub(r"^\W*(?:yes|reference|ref)\b[ :.,]*", "", words, flags=re.IGNORECASE).strip()
    return f"Yes, {rest}" if rest else "Yes"


def _exempt(words: str) -> str:
    """Return "No", or "Yes" with the paragraphs of Schedule 12A.

    Raises:
        FieldError: no paragraph is named, or one that there is not.
    """
    said = _SCHEDULE.sub(" ", fold(words))
    if said.strip(" .") in _NO or "not exempt" in said:
        return "No"
    numbers = sorted({int(one) for one in _NUMBERS.findall(said)})
    wrong = [one for one in numbers if one not in EXEMPT_PARAGRAPHS]
    if wrong or not numbers:
        which = f"there is no paragraph {wrong[0]}" if wrong else "say which paragraph"
        raise FieldError(f"Schedule 12A has the paragraphs 1 to 7: {which}, or write “no”.")
    return f"Yes, {paragraphs_said(numbers)} of Part 1 of Schedule 12A to the Local Government Act 1972"


def _recommended(words: str) -> str:
    """Return recommendations, one a line, without their numbers.

    Raises:
        FieldError: one does not begin with a verb.
    """
    every = recommendations_in(words)
    for number, one in enumerate(every, start=1):
        if (first := without_verb(one)) is not None:
            raise FieldError(
                f"Recommendation {number} begins with {quoted(first)}: begin it with what the board is to do, such as "
                "note, agree or approve."
            )
    return "\n".join(every)


@dataclass(frozen=True, slots=True)
class FrontField:
    """One field.

    Attributes:
        name: how it is stored, and called in a form.
        label: how it is printed.
        part: which form has it.
        called: what else people call it.
        read: returns the words as they are kept, or raises `FieldError`.
        is_long: several lines.
        headed: its lines are "heading: words".
        hint: what stands under it in a form.
    """

    name: str
    label: str
    part: str
    called: tuple[str, ...] = ()
    read: Callable[[str], str] = _kept
    is_long: bool = False
    headed: bool = False
    hint: str = ""

    @property
    def called_short(self) -> str:
        """Its name in a sentence: "key decision"."""
        return self.name.replace("_", " ")


HEADING, ASKED, COSTS, REST = (
    "Heading",
    "Summary and recommendations",
    "Costs and implications",
    "Consultation and more",
)
PARTS = (HEADING, ASKED, COSTS, REST)

FIELDS: tuple[FrontField, ...] = (
    FrontField("report_to", "Report to", HEADING),
    FrontField("subject", "Subject", HEADING, ("title",)),
    FrontField("report_of", "Report of", HEADING, ("report from", "report by")),
    FrontField("wards", "Wards affected", HEADING, ("wards", "ward affected", "ward")),
    FrontField("portfolio", "Portfolio", HEADING, ("cabinet portfolio",)),
    FrontField("key_decision", "Is this a key decision", HEADING, ("key decision", "key"), _whether, hint="Yes or no"),
    FrontField(
        "forward_plan", "Included in Forward Plan", HEADING,
        ("forward plan reference", "forward plan ref", "forward plan"), _listed, hint="No, yes, or the reference",
    ),
    FrontField(
        "exempt", "Exempt / confidential report", HEADING,
        ("exempt paragraph", "exempt", "confidential", "exempt report"), _exempt,
        hint="No, or the paragraph of Schedule 12A, 1 to 7",
    ),
    FrontField("summary", "Summary", ASKED, is_long=True),
    FrontField(
        "recommendations", "Recommendation(s)", ASKED, ("recommendations", "recommendation"), _recommended,
        is_long=True, hint="One a line, each beginning with a verb",
    ),
    FrontField(
        "reasons", "Reasons for the Recommendation(s)", ASKED, ("reasons", "reason", "reasons for recommendations"),
        is_long=True,
    ),
    FrontField(
        "alternatives", "Alternative Options Considered and Rejected (including any Risk Implications)", ASKED,
        ("alternatives", "alternative options", "options considered", "options"), is_long=True,
    ),
    FrontField("revenue", "(A) Revenue Costs", COSTS, ("revenue costs", "revenue"), is_long=True),
    FrontField("capital", "(B) Capital Costs", COSTS, ("capital costs", "capital"), is_long=True),
    FrontField(
        "resource_implications", "Resource Implications (Financial, IT, Staffing and Assets)", COSTS,
        ("resource implications", "resources"), is_long=True,
    ),
    FrontField("legal_implications", "Legal Implications", COSTS, ("legal implications",), is_long=True),
    FrontField(
        "equality_implications", "Equality Implications", COSTS, ("equality implications", "equality", "equalities"),
        is_long=True,
    ),
    FrontField(
        "core_purpose", "Contribution to the Council’s Core Purpose", COSTS,
        ("core purpose", "contribution to the core purpose", "contribution"), is_long=True, headed=True,
        hint="One a line: the heading, a colon, and what the report does for it",
    ),
    FrontField(
        "internal", "(A) Internal Consultations", REST, ("internal consultations", "internal consultation", "internal"),
        is_long=True, hint="Those who cleared it, and their references, are printed before this",
    ),
    FrontField(
        "external", "(B) External Consultations", REST, ("external consultations", "external consultation", "external"),
        is_long=True,
    ),
    FrontField(
        "implementation", "Implementation Date for the Decision", REST,
        ("implementation date", "implementation"),
    ),
    FrontField("contact_officer", "Contact officer", REST, ("contact officers", "contact")),
    FrontField("appendices", "Appendices", REST, ("appendix",), is_long=True, hint="One a line"),
    FrontField("background", "Background Papers", REST, ("background papers", "background"), is_long=True),
)  # fmt: skip
"""In the order in which they are printed."""
BY_NAME = {one.name: one for one in FIELDS}
_CALLED = {fold(word): one for one in FIELDS for word in (one.name.replace("_", " "), one.label, *one.called)}
_LONGEST_FIRST = sorted(_CALLED, key=len, reverse=True)


def field_at(words: str) -> tuple[FrontField, str] | None:
    """Return the field whose name some words begin with, and the words behind it; None where they name none."""
    folded = fold(words)
    for word in _LONGEST_FIRST:
        after = folded[len(word) :]
        if folded.startswith(word) and (not after or not (after[0].isalnum() or after[0] == "_")):
            return _CALLED[word], words[len(word) :].strip(" :=-–\n\t")
    return None


def field_in(words: str) -> tuple[str, FrontField, str] | None:
    """Return what stands before a field's name ("16 Sep wards: All wards"), the field, and its words; else None."""
    found = field_at(words)
    if found is not None:
        return "", *found
    head, colon, _ = words.partition(":")
    for place in (one.start() for one in _WORD.finditer(head) if colon):
        found = field_at(words[place:])
        if found is not None and field_at(f"{head[place:]}:") == (found[0], ""):
            return head[:place].strip(" ,"), *found
    return None


def headed_lines(words: str) -> list[tuple[str, str]]:
    """Return lines as heading and words: "Cleaner Greener: Not applicable"; "" for a line without a heading."""
    rows = []
    for line in words.splitlines():
        heading, colon, said = line.partition(":")
        rows.append((heading.strip(), said.strip()) if colon and len(heading) <= 80 else ("", line.strip()))
    return rows
