"""The front sheet of a meeting's report: what is set for it, else for all the board's, else what the plan says.

Source: docs/how-to/secretary.md, The front sheet.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from handlers.context import RequestContext
from handlers.formatting import day_said, listed, meeting_said
from handlers.papers.files import current_paper
from handlers.papers.front_fields import BY_NAME, FIELDS, HEADING, NOT_STATED, FrontField, headed_lines
from handlers.papers.paper import Paper
from handlers.papers.printing import PaperWords, everything_asked, instant_said, printable, standing_said
from handlers.papers.report_values import ReportValues, post_said, report_values
from handlers.reading.dates import Looking
from handlers.reading.days import days_in
from handlers.safeguarding.publication import Withheld, why_left_out
from models.enums import CONSULTED, Clearance
from models.records.report_entries import ClearanceFacts
from models.rules.facts import BoardCalendar, MeetingFacts

NOT_RECEIVED = "Not received"
FIELD_HELD = "Held: it may identify a child"
_COSTS = ("revenue", "What will it cost and how will it be financed?")
_IMPLIED = ("resource", "legal", "equality")
_IMPLICATIONS = ("resource_implications", "Implications of the Proposals")
_CONSULTED = ("internal", "What consultations have taken place on the proposals and when?")
_ABOVE = dict((_COSTS, _IMPLICATIONS, _CONSULTED))
"""Headings that stand above several fields, by the first of them."""
_UNDER = frozenset(("revenue", "capital", "internal", "external", *(f"{one}_implications" for one in _IMPLIED)))
"""Fields that stand under such a heading."""


def _taken_from_plan(ctx: RequestContext, calendar: BoardCalendar, paper: Paper) -> dict[str, str]:
    """Return what the plan says of a front sheet's fields."""
    plan = ctx.plan.name if ctx.plan else ""
    return {
        "report_to": calendar.board.name,
        "subject": f"{plan}: action log and progress" if plan else "Action log and progress",
        "summary": f"This report gives progress on the actions of {plan or 'the plan'}. {standing_said(paper)}.",
        "recommendations": "\n".join(everything_asked(PaperWords(ctx, paper), paper)),
        "contact_officer": ctx.posts.get(calendar.board.secretary_post_id or 0, ""),
        "appendices": "Action log and progress",
    }


def front_values(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, kept: ReportValues
) -> dict[str, str]:
    """Return the words of each field; "" where nothing is known of it."""
    paper, _ = current_paper(ctx, calendar, meeting)
    plan = _taken_from_plan(ctx, calendar, paper)
    return {one.name: printable(kept.text(one.name) or plan.get(one.name, "")) for one in FIELDS}


FRONT_TEMPLATE_FIELDS: dict[str, Any] = {
    **{name: f"({name})" for name in ("plan", "board", "meeting", "as_at", "edition", "draft", *BY_NAME)},
    "rows": [{name: name for name in ("label", "words")}],
    "sections": [{"heading": "heading", "level": 1, "lines": [{name: name for name in ("heading", "words")}]}],
    "clearances": [{name: name for name in ("name", "post", "sent", "answer", "reference")}],
}
"""Every field that a template of the front sheet may print, with something in it."""


class PrintedFront(NamedTuple):
    """All that a template may print of a front sheet; the fields that nothing is known of; what is held, and why.

    `doubt`: what does not fit together in it, in a sentence.
    """

    fields: dict[str, Any]
    lacking: list[str]
    held: tuple[Withheld, ...]
    doubt: str

    @property
    def held_said(self) -> list[Withheld]:
        """What is held, by the names that people know: "legal implications"."""
        return [replace(one, ref=one.ref.replace("_", " ")) for one in self.held]


def print_front(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, cleared: Collection[str] = ()
) -> PrintedFront:
    """Return a front sheet as it is printed; `cleared`: fields and clearances whose words identify nobody."""
    kept = report_values(ctx, calendar, meeting)
    held: list[Withheld] = []

    def checked(name: str, words: str) -> str:
        why = why_left_out(ctx, words, cleared=name in cleared)
        if why:
            held.append(Withheld(name, why))
        return FIELD_HELD if why else words

    values = {name: checked(name, words) for name, words in front_values(ctx, calendar, meeting, kept).items()}
    _, edition = current_paper(ctx, calendar, meeting)
    day = calendar.day(meeting)
    asked = {one: checked(one.mark, post_said(ctx, facts)) for one, facts in kept.clearances.items()}
    lines = {one.name: _lines(one, values[one.name]) for one in FIELDS}
    if consulted := _consulted(kept, asked):
        lines["internal"] = [_line(consulted), *(lines["internal"] if values["internal"] else [])]
    words = {name: "\n".join(": ".join(filter(None, line.values())) for line in said) for name, said in lines.items()}
    rows = [{"label": one.label, "words": words[one.name]} for one in FIELDS if one.part == HEADING]
    rows.insert(1, {"label": "Date of meeting", "words": f"{day:%A} {day.day} {day:%B %Y}"})
    fields = words | {
        "plan": ctx.plan.name if ctx.plan else "",
        "board": calendar.board.name,
        "meeting": meeting_said(meeting, calendar),
        "as_at": instant_said(ctx, ctx.now, calendar),
        "edition": f"Revised {edition.number}" if edition.number > 1 else "",
        "draft": "" if edition.is_frozen else "Draft: it may still change",
        "rows": rows,
        "sections": list(_sections(lines)),
        "clearances": [
            {
                "name": capitalised(one.value),
                "post": asked[one] or NOT_STATED,
                "sent": day_said(facts.sent) if facts.sent else "",
                "answer": clearance_said(facts, is_consulted=one in CONSULTED),
                "reference": facts.reference,
            }
            for one, facts in kept.clearances.items()
        ],
    }
    lacking = [one.called_short for one in FIELDS if words[one.name] == NOT_STATED]
    return PrintedFront(fields, lacking, tuple(held), too_early(values["implementation"], calendar, meeting))


def too_early(implementation: str, calendar: BoardCalendar, meeting: MeetingFacts) -> str:
    """Return that a decision would be carried out before it is made, in a sentence; "" where it would not."""
    of_meeting = calendar.day(meeting)
    early = [one.day for one in days_in(implementation, of_meeting, Looking.NEAR) if one.day and one.day < of_meeting]
    if not early:
        return ""
    return f"Please look: the implementation date ({day_said(early[0])}) is before the meeting."


def clearance_said(facts: ClearanceFacts, *, is_consulted: bool) -> str:
    """Return what came back: silence is no consent."""
    if not facts.is_needed:
        return "Not applicable"
    if facts.cleared is not None:
        return f"{'Consulted' if is_consulted else 'Cleared'} {day_said(facts.cleared)}"
    return NOT_RECEIVED if facts.sent is not None else "Not sent"


def capitalised(name: str) -> str:
    """Return words with their first letter large, the others as they are."""
    return f"{name[0].upper()}{name[1:]}"


def _sections(lines: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterable[dict[str, Any]]:
    for one in FIELDS:
        if one.part == HEADING:
            continue
        if one.name in _ABOVE:
            yield {"heading": _ABOVE[one.name], "level": 1, "lines": []}
        yield {"heading": one.label, "level": 2 if one.name in _UNDER else 1, "lines": lines[one.name]}


def _lines(one: FrontField, words: str) -> list[dict[str, str]]:
    if one.headed and words:
        return [_line(said, heading) for heading, said in headed_lines(words)]
    lines = words.splitlines() or [NOT_STATED]
    if one is BY_NAME["recommendations"]:
        return [_line(f"({number}) {line}") for number, line in enumerate(lines, start=1)]
    if one is BY_NAME["appendices"] and lines[1:]:
        return [_line(f"{number}. {line}") for number, line in enumerate(lines, start=1)]
    return [_line(line) for line in lines]


def _line(words: str, heading: str = "") -> dict[str, str]:
    return {"heading": heading, "words": words}


def _consulted(kept: ReportValues, asked: Mapping[Clearance, str]) -> str:
    """Return who has been consulted, with their references; "" where nobody has answered."""
    answered = [
        f"the {asked[one] or one.value}{f' ({facts.reference})' if facts.reference else ''}"
        for one, facts in kept.clearances.items()
        if facts.cleared is not None and facts.is_needed
    ]
    if not answered:
        return ""
    return f"{capitalised(listed(answered))} {'have' if answered[1:] else 'has'} been consulted."
