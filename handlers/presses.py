"""Buttons and forms: a press is a command or a form, and a form that is sent in is a command."""

from collections.abc import Callable, Mapping

from handlers.board_meetings import take_actions
from handlers.bundle import show_more
from handlers.closure import outcomes_recorded, record_board_outcome
from handlers.commands import (
    NoChange,
    NotOurs,
    OutcomesRecorded,
    ProposeClosure,
    Publish,
    RecordOutcome,
    Snooze,
    TakeActions,
    Undo,
    Update,
)
from handlers.context import Round
from handlers.digest import publish
from handlers.permissions import About, may, why_not
from handlers.personal_data import refusal, refused
from handlers.replies import Answer, Choice, Field, Form, FormErrors, Reply, say
from handlers.updates import WORDS_MAX, record_answer, snooze, undo
from handlers.wording import IN_PAPERS, MONTHS, meeting_said, status_said
from handlers.words import record_shown
from models.enums import OPEN, AnswerKind, OutcomeKind, Status, Verb
from models.history import record_replan, record_update
from models.tables import Action, Post

GONE = "That button is of an older message and its action is not in this plan any more: “/cypp mine” shows today’s."


def _action(asked: Round, value: str) -> tuple[Action | None, int]:
    action_id, _, meeting_id = value.partition("|")
    return asked.action_by_id(_number(action_id)), _number(meeting_id)


def _meeting_words(asked: Round, action: Action, meeting_id: int) -> str:
    """A meeting's day in a form the grammar reads back."""
    calendar = asked.calendar(action.board_id)
    meeting = calendar.by_id.get(meeting_id) if calendar else None
    return calendar.day(meeting).isoformat() if calendar and meeting and meeting.starts_at else ""


def pressed(asked: Round, verb: str, value: str) -> Answer:
    """What a press of a button does. `verb` and `value` come from outside: everything is checked again here."""
    if not may(asked.roles, Verb.READ):
        return say(why_not(Verb.READ))
    if verb in _WITHOUT_ACTION:
        return _WITHOUT_ACTION[verb](asked, value)
    handler = _ON_ACTION.get(verb)
    if handler is None:
        return say("That button is not known any more: “/cypp help” lists what can be asked.")
    action, meeting_id = _action(asked, value)
    if action is None:
        return say(GONE)
    return handler(asked, action, meeting_id, value)


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 18 else 0


_WITHOUT_ACTION: Mapping[str, Callable[[Round, str], Answer]] = {
    "undo": lambda asked, value: undo(asked, Undo(_number(value))),
    "undoone": lambda asked, value: undo(asked, Undo(_number(value))),
    "recorded": lambda asked, value: outcomes_recorded(asked, OutcomesRecorded(_number(value))),
    "publish": lambda asked, value: publish(asked, Publish(_number(value))),
    "more": show_more,
    "take": lambda asked, value: take_actions(asked, TakeActions(_number(value))),
    "record": record_shown,
    "notupdate": lambda asked, value: say("Not an update: nothing was recorded."),
}


def _may_answer(asked: Round, action: Action) -> Answer | None:
    if not may(asked.roles, Verb.ANSWER, About(action.lead_post_id, action.board_id)):
        lead = asked.posts.get(action.lead_post_id or 0, "")
        return say(why_not(Verb.ANSWER, action.ref, lead, asked.secretary(action.board_id)))
    if action.status not in OPEN:
        return say(f"{action.ref} is {status_said(action.status)} now, so nothing was recorded.")
    return None


def _form_intro(asked: Round, action: Action) -> tuple[str, ...]:
    view = asked.view(action.id)
    return (f"{view.ref}: {view.words}",)


def _issues(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    refused_ = _may_answer(asked, action)
    if refused_ is not None:
        return refused_
    return Answer(
        Form(
            title=f"Update {action.ref}",
            verb="issues",
            value=value,
            submit="Record",
            intro=_form_intro(asked, action),
            fields=(
                Field(
                    "status",
                    "Status",
                    kind="choice",
                    initial=Status.SOME_ISSUES.value,
                    choices=tuple(
                        Choice(status.value, label)
                        for status, label in (
                            (Status.SOME_ISSUES, "🟠 some issues"),
                            (Status.OFF_TRACK, "🔴 off track"),
                            (Status.ON_TRACK, "🟢 on track"),
                        )
                    ),
                ),
                Field("words", "What is the matter, and what happens next?", max_length=WORDS_MAX),
            ),
            note=IN_PAPERS,
        )
    )


def _done(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    refused_ = _may_answer(asked, action)
    if refused_ is not None:
        return refused_
    return Answer(
        Form(
            title=f"Done: {action.ref}",
            verb="done",
            value=value,
            submit="Propose for closure",
            intro=(*_form_intro(asked, action), "You propose, the board agrees."),
            fields=(Field("words", "What shows that it is done? Words or a link", max_length=WORDS_MAX),),
            note=IN_PAPERS,
        )
    )


def _not_ours(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    refused_ = _may_answer(asked, action)
    if refused_ is not None:
        return refused_
    return Answer(
        Form(
            title=f"Not ours: {action.ref}",
            verb="notours",
            value=value,
            submit="Tell the secretary",
            intro=_form_intro(asked, action),
            fields=(Field("words", "Whose is it, as far as you know?", optional=True, max_length=WORDS_MAX),),
            note=IN_PAPERS,
        )
    )


def _outcome_form(asked: Round, action: Action, meeting_id: int, value: str) -> Answer:
    if not may(asked.roles, Verb.OUTCOME, About(action.lead_post_id, action.board_id)):
        return say(why_not(Verb.OUTCOME, action.ref, secretary=asked.secretary(action.board_id)))
    calendar = asked.calendar(action.board_id)
    coming = [
        Choice(str(meeting.id), meeting_said(meeting, calendar))
        for meeting in (calendar.meetings if calendar else ())
        if calendar and ((meeting.dated and meeting.start > asked.now) or (meeting.starts_at is None))
    ]
    kinds = [kind for kind in OutcomeKind if kind is not OutcomeKind.CARRIED_FORWARD or coming]
    fields = [
        Field(
            "kind",
            "What did the board decide?",
            kind="choice",
            initial=OutcomeKind.NOT_AGREED.value if action.status is Status.PROPOSED else "",
            choices=tuple(Choice(kind.value, kind.value) for kind in kinds),
        )
    ]
    if coming:
        fields.append(
            Field(
                "to", "Carried forward to", kind="choice", initial=coming[0].value, choices=tuple(coming), optional=True
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
            intro=_form_intro(asked, action),
            fields=tuple(fields),
            note=IN_PAPERS,
        )
    )


def _carried(asked: Round, action: Action, meeting_id: int, value: str) -> Answer:
    """*Carry forward to DAY*: to that meeting, whenever the button is pressed."""
    calendar = asked.calendar(action.board_id)
    to = calendar.by_id.get(_number(value.rpartition("|")[2])) if calendar else None
    if calendar is None or to is None or not to.dated or to.start <= asked.now:
        return say(
            f"{action.ref} was not carried forward: that meeting is past or cancelled. Press “Other…” to name another."
        )
    at, forward = _meeting_words(asked, action, meeting_id), _meeting_words(asked, action, to.id)
    return record_board_outcome(asked, RecordOutcome(action.ref, OutcomeKind.CARRIED_FORWARD, at, forward))


def _outcome(kind: OutcomeKind) -> Callable[[Round, Action, int, str], Answer]:
    def handle(asked: Round, action: Action, meeting_id: int, _value: str) -> Answer:
        at = _meeting_words(asked, action, meeting_id)
        return record_board_outcome(asked, RecordOutcome(action.ref, kind, meeting=at))

    return handle


def _assign_form(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    if not may(asked.roles, Verb.ASSIGN, About(action.lead_post_id, action.board_id)):
        return say(why_not(Verb.ASSIGN, action.ref, secretary=asked.secretary(action.board_id)))
    choices = tuple(Choice(str(post_id), label) for post_id, label in sorted(asked.posts.items(), key=lambda p: p[1]))
    return Answer(
        Form(
            title=f"Assign {action.ref}",
            verb="assign",
            value=value,
            submit="Assign",
            intro=_form_intro(asked, action),
            fields=(Field("post", "Who leads it?", kind="choice", choices=choices[:100]),),
        )
    )


def _leave(asked: Round, action: Action, _meeting: int, _value: str) -> Answer:
    lead = asked.posts.get(action.lead_post_id or 0, "no lead")
    return say(f"Left as it is: {action.ref}, {lead}. Nothing was changed.")


def _replan(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    """The secretary agrees to a lead's wish; the lead's words are the reason."""
    from models.history_tables import Update as UpdateRow

    if not may(asked.roles, Verb.REPLAN, About(action.lead_post_id, action.board_id)):
        return say(why_not(Verb.REPLAN, action.ref, secretary=asked.secretary(action.board_id)))
    _, meeting_id, entry_id = [*value.split("|"), "", ""][:3]
    calendar = asked.calendar(action.board_id)
    meeting = calendar.by_id.get(_number(meeting_id)) if calendar else None
    entry = asked.session.get(UpdateRow, _number(entry_id))
    if calendar is None or meeting is None or entry is None or entry.action_id != action.id:
        return say(GONE)
    if action.due_meeting_id == meeting.id:
        return say(f"{action.ref} is due {meeting_said(meeting, calendar)} already.")
    if action.status not in OPEN or (
        meeting.starts_at is not None and (not meeting.dated or meeting.start <= asked.now)
    ):
        return say(f"{action.ref} cannot move to {meeting_said(meeting, calendar)} any more, so nothing was changed.")
    record_replan(asked.session, action, meeting.id, entry.words, asked.signed())
    return Answer(
        Reply(f"Moved {action.ref} to {meeting_said(meeting, calendar)}.", intro=(f"“{entry.words}”",)), done=True
    )


_ON_ACTION: Mapping[str, Callable[[Round, Action, int, str], Answer]] = {
    "ontrack": lambda asked, action, _m, _v: record_answer(asked, Update(action.ref, Status.ON_TRACK)),
    "nochange": lambda asked, action, _m, _v: record_answer(asked, NoChange(action.ref)),
    "snooze": lambda asked, action, meeting, _v: snooze(asked, Snooze(action.ref, meeting)),
    "issues": _issues,
    "done": _done,
    "notours": _not_ours,
    "closed": _outcome(OutcomeKind.CLOSED),
    "nodecision": _outcome(OutcomeKind.NO_DECISION),
    "carried": _carried,
    "notagreed": _outcome_form,
    "outcome": _outcome_form,
    "assign": _assign_form,
    "leave": _leave,
    "replan": _replan,
}


def submitted(asked: Round, verb: str, value: str, fields: Mapping[str, str]) -> Answer:
    """What a form that was sent in does; `FormErrors` where a field must be put right, with everything typed kept."""
    if not may(asked.roles, Verb.READ):
        return say(why_not(Verb.READ))
    action, meeting_id = _action(asked, value)
    if action is None:
        return say(GONE)
    words = fields.get("words", "").strip()
    reason = fields.get("reason", "").strip()
    for name, text in (("words", words), ("reason", reason), ("minute", fields.get("minute", ""))):
        identifies = refused(text)
        if identifies:
            return Answer(FormErrors({name: refusal(identifies)}))
    match verb:
        case "issues":
            try:
                status = Status(fields.get("status", ""))
            except ValueError:
                return Answer(FormErrors({"status": "Choose one of the three."}))
            if not words and status is not Status.ON_TRACK:
                return Answer(FormErrors({"words": f"{status.value.capitalize()} needs a reason."}))
            return record_answer(asked, Update(action.ref, status, words))
        case "done":
            if not words:
                return Answer(FormErrors({"words": "A few words or a link are needed."}))
            return record_answer(asked, ProposeClosure(action.ref, words))
        case "notours":
            return record_answer(asked, NotOurs(action.ref, words))
        case "outcome":
            return _outcome_submitted(asked, action, meeting_id, fields, reason)
        case "assign":
            return _assigned(asked, action, fields.get("post", ""))
    return say("That form is not known any more, so nothing was recorded.")


def _outcome_submitted(asked: Round, action: Action, meeting_id: int, fields: Mapping[str, str], reason: str) -> Answer:
    try:
        kind = OutcomeKind(fields.get("kind", ""))
    except ValueError:
        return Answer(FormErrors({"kind": "Choose what the board decided."}))
    if kind in (OutcomeKind.NOT_AGREED, OutcomeKind.CLOSED_NOT_DONE) and not reason:
        return Answer(FormErrors({"reason": "The board’s words are needed for this outcome."}))
    to = _meeting_words(asked, action, _number(fields.get("to", "")))
    calendar = asked.calendar(action.board_id)
    chosen = calendar.by_id.get(_number(fields.get("to", ""))) if calendar else None
    if chosen is not None and chosen.starts_at is None:
        year, _, month = chosen.expected.partition("-")
        to = f"{MONTHS[int(month) - 1]} {year}"
    return record_board_outcome(
        asked,
        RecordOutcome(
            action.ref,
            kind,
            meeting=_meeting_words(asked, action, meeting_id),
            to_meeting=to if kind is OutcomeKind.CARRIED_FORWARD else "",
            minute=fields.get("minute", "").strip(),
            reason=reason,
        ),
    )


def _assigned(asked: Round, action: Action, post: str) -> Answer:
    if not may(asked.roles, Verb.ASSIGN, About(action.lead_post_id, action.board_id)):
        return say(why_not(Verb.ASSIGN, action.ref, secretary=asked.secretary(action.board_id)))
    row = asked.session.get(Post, _number(post))
    if row is None or row.workspace_id != asked.workspace_id:
        return Answer(FormErrors({"post": "Choose a post of this plan."}))
    before = asked.posts.get(action.lead_post_id or 0, "no lead")
    action.lead_post_id = row.id
    record_update(asked.session, action, AnswerKind.ASSIGNED, asked.signed(), words=f"{before} → {asked.posts[row.id]}")
    return Answer(Reply(f"{action.ref} is led by {asked.posts[row.id]} now.", intro=(f"Before: {before}.",)), done=True)
