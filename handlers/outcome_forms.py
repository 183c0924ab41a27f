"""What the board decided, by a press under *After the meeting* or by the form behind *Other…*."""

from collections.abc import Callable, Mapping

from handlers.closure import record_board_outcome
from handlers.commands import RecordOutcome
from handlers.context import Round
from handlers.menus import coming
from handlers.permissions import About, may, why_not
from handlers.pressed_on import form_intro, meeting_words, number_in
from handlers.replies import Answer, Choice, Field, Form, FormErrors, say
from handlers.updates import WORDS_MAX
from handlers.wording import IN_PAPERS, MONTHS
from models.enums import OutcomeKind, Status, Verb
from models.tables import Action


def outcome_form(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    """*Other…* or *Not agreed…* was pressed."""
    if not may(asked.roles, Verb.OUTCOME, About(action.lead_post_id, action.board_id)):
        return say(why_not(Verb.OUTCOME, action.ref, secretary=asked.secretary(action.board_id)))
    calendar = asked.calendar(action.board_id)
    ahead = coming(asked, str(calendar.board.id)) if calendar else ()
    kinds = [kind for kind in OutcomeKind if kind is not OutcomeKind.CARRIED_FORWARD or ahead]
    fields = [
        Field(
            "kind",
            "What did the board decide?",
            kind="choice",
            initial=OutcomeKind.NOT_AGREED.value if action.status is Status.PROPOSED else "",
            choices=tuple(Choice(kind.value, kind.value) for kind in kinds),
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
                source=f"coming/{action.board_id}",
                optional=True,
            )
        )
    fields += [
        Field("reason", "The board’s words", optional=True, max_length=WORDS_MAX),
        Field("minute", "Minute reference", kind="line", optional=True, max_length=60),
    ]
    return Answer(
        Form(
            title=f"Outcome: {action.ref}",
            verb="outcome",
            value=value,
            submit="Record",
            intro=form_intro(asked, action),
            fields=tuple(fields),
            note=IN_PAPERS,
        )
    )


def carried_pressed(asked: Round, action: Action, meeting_id: int, value: str) -> Answer:
    """*Carry forward to DAY*: to that meeting, whenever the button is pressed."""
    calendar = asked.calendar(action.board_id)
    to = calendar.by_id.get(number_in(value.rpartition("|")[2])) if calendar else None
    if calendar is None or to is None or not to.dated or to.start <= asked.now:
        return say(
            f"{action.ref} was not carried forward: that meeting is past or cancelled. Press “Other…” to name another."
        )
    at, forward = meeting_words(asked, action, meeting_id), meeting_words(asked, action, to.id)
    return record_board_outcome(asked, RecordOutcome(action.ref, OutcomeKind.CARRIED_FORWARD, at, forward))


def outcome_pressed(kind: OutcomeKind) -> Callable[[Round, Action, int, str], Answer]:
    """What a press of the button of an outcome that needs no words does: *Closed*, *No decision*."""

    def handle(asked: Round, action: Action, meeting_id: int, _value: str) -> Answer:
        at = meeting_words(asked, action, meeting_id)
        return record_board_outcome(asked, RecordOutcome(action.ref, kind, meeting=at))

    return handle


def outcome_sent(asked: Round, action: Action, meeting_id: int, fields: Mapping[str, str]) -> Answer:
    """*Other…* was sent in."""
    reason = fields.get("reason", "").strip()
    try:
        kind = OutcomeKind(fields.get("kind", ""))
    except ValueError:
        return Answer(FormErrors({"kind": "Choose what the board decided."}))
    if kind in (OutcomeKind.NOT_AGREED, OutcomeKind.CLOSED_NOT_DONE) and not reason:
        return Answer(FormErrors({"reason": "The board’s words are needed for this outcome."}))
    to = meeting_words(asked, action, number_in(fields.get("to", "")))
    calendar = asked.calendar(action.board_id)
    chosen = calendar.by_id.get(number_in(fields.get("to", ""))) if calendar else None
    if chosen is not None and chosen.starts_at is None:
        year, _, month = chosen.expected.partition("-")
        to = f"{MONTHS[int(month) - 1]} {year}"
    return record_board_outcome(
        asked,
        RecordOutcome(
            action.ref,
            kind,
            meeting=meeting_words(asked, action, meeting_id),
            to_meeting=to if kind is OutcomeKind.CARRIED_FORWARD else "",
            minute=fields.get("minute", "").strip(),
            reason=reason,
        ),
    )
