"""Clearances by buttons and in a form: for the post that is asked, and for whoever keeps the board."""

from collections.abc import Mapping
from datetime import date

from handlers.commands.papers import ClearanceAnswer
from handlers.context import RequestContext
from handlers.form_texts import form_response
from handlers.formatting import day_said
from handlers.papers.clearance_records import ClearanceChange, record_clearance, why_not_so
from handlers.papers.clearances import AnswerClearance, NotApplicable, clearance_of_mark
from handlers.papers.front_sheet import capitalised
from handlers.papers.meetings import paper_named
from handlers.papers.report_values import report_values
from handlers.people.menus import NO_POST, holders
from handlers.permissions import About, NotHere, may, why_not
from handlers.preconditions import wrong_field
from handlers.press_codec import number_in
from handlers.responses import Choice, Field, NotDone, Response, say
from models.enums import Clearance, Verb
from models.rules.facts import BoardCalendar, MeetingFacts

_ANSWERS = {
    "cleared": (ClearanceAnswer.CLEARED, "Cleared, or consulted"),
    "na": (ClearanceAnswer.NOT_APPLICABLE, "Not applicable"),
    "sent": (ClearanceAnswer.SENT, "Sent"),
    "back": (ClearanceAnswer.TAKEN_BACK, "Nothing yet: take it back"),
}
_OF_THE_ASKED = ("cleared", "na")
_GONE = NotHere("That meeting is not in this plan any more, so there is nothing to clear for it.")


def _meeting(ctx: RequestContext, number: int) -> tuple[BoardCalendar, MeetingFacts]:
    calendar = ctx.where(number)
    if calendar is None or not calendar.by_id[number].dated:
        raise NotDone(say(_GONE))
    return calendar, calendar.by_id[number]


def _keeps(ctx: RequestContext, calendar: BoardCalendar) -> bool:
    return may(ctx.roles, Verb.PAPERS, About(board_id=calendar.board.id))


def clearance_form(ctx: RequestContext, value: AnswerClearance) -> Response:
    """Answer *Cleared…* and *Record…* with the form."""
    calendar, meeting = _meeting(ctx, value.meeting)
    kept = report_values(ctx, calendar, meeting)
    one = clearance_of_mark(value.which)
    keeps = _keeps(ctx, calendar)
    facts = kept.clearance(one) if one is not None else None
    if not keeps and (facts is None or not may(ctx.roles, Verb.CLEARANCE, About(facts.post_id, calendar.board.id))):
        raise NotDone(say(why_not(Verb.CLEARANCE, secretary=ctx.secretary(calendar.board.id))))
    offered = [Choice(each, label) for each, (_, label) in _ANSWERS.items() if keeps or each in _OF_THE_ASKED]
    fields = [
        Field("answer", "What came back", "choice", initial="cleared", choices=tuple(offered)),
        Field("day", "On", "date", initial=ctx.today.isoformat()),
        Field(
            "reference", "Reference, as printed", "line", "Such as FD6114/20",
            initial=facts.reference if facts else "", optional=True, max_length=60,
        ),
    ]  # fmt: skip
    if keeps:
        named = tuple(Choice(each.value, capitalised(each.value)) for each in Clearance)
        initial = one.value if one is not None else Clearance.FINANCE.value
        fields.insert(0, Field("which", "Clearance", "choice", initial=initial, choices=named))
        post = str(facts.post_id or NO_POST) if facts else NO_POST
        fields.append(Field("post", "Who is asked", "choice", initial=post, choices=holders(ctx), source="holders"))
    title = capitalised(one.value) if one is not None else "Clearance"
    return form_response(title[:24], value, "Record", *fields, intro=(paper_named(calendar, meeting),))


def clearance_sent(ctx: RequestContext, value: AnswerClearance, fields: Mapping[str, str]) -> Response:
    """Take in the form."""
    calendar, meeting = _meeting(ctx, value.meeting)
    one = clearance_of_mark(fields.get("which", "") if _keeps(ctx, calendar) else value.which)
    if one is None:
        raise wrong_field("which", "Choose a clearance.")
    answer, _ = _ANSWERS.get(fields.get("answer", ""), _ANSWERS["cleared"])
    try:
        day = date.fromisoformat(fields.get("day", ""))
    except ValueError:
        raise wrong_field("day", "Choose a day.") from None
    reference = " ".join(fields.get("reference", "").split()).rstrip(".")
    post = number_in(fields.get("post", ""))
    change = ClearanceChange(calendar, meeting, (one,), answer, day, reference, post if post in ctx.posts else None)
    if wrong := why_not_so(ctx, change, one, report_values(ctx, calendar, meeting).clearance(one)):
        raise wrong_field("reference" if day_said(day) not in wrong else "day", wrong)
    return record_clearance(ctx, change)


def not_applicable_pressed(ctx: RequestContext, value: NotApplicable) -> Response:
    """Answer *Not applicable*."""
    calendar, meeting = _meeting(ctx, value.meeting)
    one = clearance_of_mark(value.which)
    if one is None:
        raise NotDone(say(_GONE))
    return record_clearance(ctx, ClearanceChange(calendar, meeting, (one,), ClearanceAnswer.NOT_APPLICABLE, ctx.today))
