"""What the board decided, by a press under *After the meeting* or by the form behind *Other…*."""

from collections.abc import Callable, Mapping

from handlers.buttons import CarryForward, Closed, NoDecision, NotAgreed, OtherOutcome
from handlers.commands.outcomes import RecordOutcome
from handlers.context import RequestContext
from handlers.form_texts import form_intro, form_response, meeting_words, said_in
from handlers.outcomes.decisions import record_board_outcome
from handlers.people.menus import coming
from handlers.preconditions import check_may, wrong_field
from handlers.press_codec import number_in
from handlers.reading.day_words import MONTHS
from handlers.responses import Choice, Field, Response, say
from handlers.updates.answers import WORDS_MAX
from models.enums import OutcomeKind, Status, Verb
from models.rules.facts import BoardCalendar
from models.storage.tables import Action


def outcome_form(ctx: RequestContext, action: Action, value: NotAgreed | OtherOutcome) -> Response:
    """Answer the button *Other…* or *Not agreed…*."""
    check_may(ctx, Verb.OUTCOME, action)
    return form_response(
        f"Outcome: {action.ref}",
        OtherOutcome(action=action.id, meeting=value.meeting),
        "Record",
        *outcome_fields(ctx, action.board_id, OutcomeKind.NOT_AGREED.value if action.status is Status.PROPOSED else ""),
        intro=form_intro(ctx, action),
    )


def outcome_fields(ctx: RequestContext, board_id: int | None, kind: str) -> list[Field]:
    """Return what is asked about an outcome; `kind`: what stands in it at first."""
    calendar = ctx.calendar(board_id)
    ahead = coming(ctx, str(calendar.board.id)) if calendar else ()
    kinds = [one for one in OutcomeKind if one is not OutcomeKind.CARRIED_FORWARD or ahead]
    fields = [
        Field(
            "kind",
            "What did the board decide?",
            kind="choice",
            initial=kind,
            choices=tuple(Choice(one.value, one.value) for one in kinds),
        )
    ]
    if ahead:
        fields.append(
            Field(
                "to",
                "Carried forward to",
                kind="choice",
                initial=ahead[0].value,
                choices=ahead,
                source=f"coming/{board_id}",
                optional=True,
            )
        )
    return [
        *fields,
        Field("reason", "The board’s words", optional=True, max_length=WORDS_MAX),
        Field("minute", "Minute reference", "line", optional=True, max_length=60),
    ]


def carried_pressed(ctx: RequestContext, action: Action, value: CarryForward) -> Response:
    """Answer *Carry forward to DAY*: to that meeting, whenever the button is pressed."""
    check_may(ctx, Verb.OUTCOME, action)
    calendar = ctx.calendar(action.board_id)
    to = calendar.by_id.get(value.to) if calendar else None
    if calendar is None or to is None or not to.dated or to.start <= ctx.now:
        return say(
            f"{action.ref} was not carried forward: that meeting is past or cancelled. Press “Other…” to name another."
        )
    at, forward = meeting_words(ctx, action, value.meeting), meeting_words(ctx, action, to.id)
    return record_board_outcome(ctx, RecordOutcome(action.ref, OutcomeKind.CARRIED_FORWARD, at, forward))


def decided_pressed(ctx: RequestContext, action: Action, value: Closed | NoDecision) -> Response:
    """Answer the button *Closed* or *No decision*."""
    at = meeting_words(ctx, action, value.meeting)
    return record_board_outcome(ctx, RecordOutcome(action.ref, value.kind, meeting=at))


def outcome_sent(ctx: RequestContext, action: Action, value: OtherOutcome, fields: Mapping[str, str]) -> Response:
    """Take in the form *Other…*."""
    at = meeting_words(ctx, action, value.meeting)
    return record_board_outcome(ctx, read_outcome_fields(ctx, ctx.calendar(action.board_id), fields, at)(action.ref))


def read_outcome_fields(
    ctx: RequestContext, calendar: BoardCalendar | None, fields: Mapping[str, str], at: str
) -> Callable[[str], RecordOutcome]:
    """Return what makes the outcome of a ref from the form; `at`: the day of the meeting that decided."""
    reason = said_in(fields, "reason")
    try:
        kind = OutcomeKind(fields.get("kind", ""))
    except ValueError:
        raise wrong_field("kind", "Choose what the board decided.") from None
    if kind in (OutcomeKind.NOT_AGREED, OutcomeKind.CLOSED_NOT_DONE) and not reason:
        raise wrong_field("reason", "The board’s words are needed for this outcome.")
    chosen = calendar.by_id.get(number_in(fields.get("to", ""))) if calendar else None
    to = ""
    if calendar is not None and chosen is not None and kind is OutcomeKind.CARRIED_FORWARD:
        year, _, month = chosen.expected.partition("-")
        to = calendar.day(chosen).isoformat() if chosen.starts_at else f"{MONTHS[int(month) - 1]} {year}"
    minute = said_in(fields, "minute")
    return lambda ref: RecordOutcome(ref, kind, at, to, minute, reason)
