"""The form of a partner's return: its parts, with what stands."""

from collections.abc import Mapping

from handlers.context import RequestContext
from handlers.contributions.records import GiveContribution, Given, record_return
from handlers.contributions.returns import Returns, check_may_contribute, parts_given, returns_of
from handlers.form_texts import form_response, said_in
from handlers.permissions import NotHere
from handlers.preconditions import wrong_field
from handlers.responses import Field, NotDone, Response, say
from models.enums import ReturnPart
from models.rules.contributions import GUIDE_WORDS, Contributor

_LONGEST_PART = 3_000
_HINTS = {
    ReturnPart.DID: "What your organisation has done on this theme since the board last looked at it.",
    ReturnPart.EVIDENCE: "A figure and its period; a quotation with where it is from, and “consent noted”; a link.",
    ReturnPart.CHANGED: "What is different for children and young people because of it.",
    ReturnPart.WANTING: "What did not work, or is not there yet.",
    ReturnPart.NEXT: "One thing a line: the board may make actions of them.",
}
_GONE = NotHere("That meeting takes no focus theme any more, so no contribution is wanted for it.")


def _meant(ctx: RequestContext, value: GiveContribution) -> tuple[Returns, Contributor]:
    returns = returns_of(ctx, value.meeting)
    whose = next((one for one in returns.contributors if one.post_id == value.post), None) if returns else None
    if returns is None or whose is None or not value.post:
        raise NotDone(say(_GONE))
    check_may_contribute(ctx, returns, whose)
    return returns, whose


def contribution_form(ctx: RequestContext, value: GiveContribution) -> Response:
    """Answer *Contribute…* and *Change…*: the form with what stands now."""
    returns, whose = _meant(ctx, value)
    entry = returns.given.get(whose.slot)
    standing = parts_given(entry)
    fewest, most = GUIDE_WORDS
    return form_response(
        "Contribution",
        GiveContribution(meeting=value.meeting, post=whose.post_id, seen=entry.id if entry else 0),
        "Record",
        *(
            Field(
                part.name.lower(), f"{part.value[0].upper()}{part.value[1:]}", "text", _HINTS[part],
                initial=standing.get(part, "")[:_LONGEST_PART], optional=part is not ReturnPart.DID,
                max_length=_LONGEST_PART,
            )
            for part in ReturnPart
        ),
        intro=(f"{whose.named}: for the {returns.named}.", f"{fewest} to {most} words in all, as a rule."),
    )  # fmt: skip


def contribution_sent(ctx: RequestContext, value: GiveContribution, fields: Mapping[str, str]) -> Response:
    """Take in the form: what it shows takes the place of what it was opened with."""
    returns, whose = _meant(ctx, value)
    parts = {part.value: words for part in ReturnPart if (words := said_in(fields, part.name.lower()))}
    if not parts:
        raise wrong_field(ReturnPart.DID.name.lower(), "Say what was done.")
    return record_return(ctx, returns, whose, Given(returns.meeting.id, parts, whole=True, seen=value.seen))
