"""What the board decided on an action: closed, carried forward, not agreed, closed not done, no decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.actions.taking_back import undo_button
from handlers.buttons import Done
from handlers.commands.outcomes import RecordOutcome, Reopen
from handlers.context import RequestContext
from handlers.formatting import day_said, due_said, meeting_said, status_said
from handlers.people.menus import is_coming
from handlers.permissions import About, may
from handlers.preconditions import action_named, check_may, unclear_meeting
from handlers.press_codec import press_button
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.responses import Content, NotDone, NoticeOut, Response, receipt, say
from handlers.safeguarding.confirmation import check_reason
from models.enums import OPEN, AnswerKind, Kind, NotificationKind, OutcomeKind, Verb
from models.records.entry_reads import latest_outcome, latest_update
from models.records.history import record_outcome, record_update
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import is_overdue
from models.rules.steps import ChairDecision, Occasion
from models.storage.history_tables import Outcome
from models.storage.tables import Action

_NOTHING = "Nothing was recorded for {}."


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome that nothing speaks against. `by_chair`: between meetings, to be reported at `meeting`."""

    action: Action
    command: RecordOutcome
    calendar: BoardCalendar
    meeting: MeetingFacts
    to_meeting: MeetingFacts | None
    by_chair: bool


def record_board_outcome(ctx: RequestContext, command: RecordOutcome) -> Response:
    """Record one outcome, at the meeting that was named or at the latest that was held."""
    return store_decision(ctx, decide(ctx, command))


def can_only_propose(ctx: RequestContext, action: Action, command: RecordOutcome) -> bool:
    """Return whether who asks to close an open action leads it, and may record no outcome."""
    about = About(action.lead_post_id, action.board_id)
    own = may(ctx.roles, Verb.ANSWER, about) and not may(ctx.roles, Verb.OUTCOME, about)
    return command.kind is OutcomeKind.CLOSED and own and action.status in OPEN


def decide(ctx: RequestContext, command: RecordOutcome, refs: Sequence[str] = ()) -> Decision:
    """Return what is to be recorded; nothing is stored. `refs`: of all the actions that the same is said of."""
    action = action_named(ctx, command.ref, command.reason or command.ref)
    try:
        check_may(ctx, Verb.OUTCOME, action, command.reason)
    except NotDone as ended:
        raise _its_lead_proposes(ctx, action, command, ended) from ended
    calendar = ctx.calendar(action.board_id)
    if calendar is None:
        why = f"{action.ref} has no home board, so no outcome can be recorded for it."
        raise NotDone(say(why, typed=command.reason))
    if command.kind is None:
        raise NotDone(
            say(
                f"What did the board decide on {action.ref}? Nothing was recorded yet.",
                f"Say “/cypp outcome {action.ref} closed”, “… carried forward to next”, “… not agreed because …”, "
                "“… withdrawn because …” or “… no decision”.",
            )
        )
    meeting, by_chair = _meeting_of_outcome(ctx, calendar, command, refs)
    problem = None if _puts_right(ctx, action, command) else _problem(action, command)
    if problem is not None:
        raise NotDone(problem)
    check_reason(ctx, f"{command.reason} {command.minute}".strip())
    problem = _not_then(ctx, action, command, calendar, meeting)
    if problem is not None:
        raise NotDone(problem)
    forward = command.kind is OutcomeKind.CARRIED_FORWARD
    to_meeting = _forward_to(ctx, calendar, command, meeting, refs) if forward else None
    return Decision(action, command, calendar, meeting, to_meeting, by_chair)


def _its_lead_proposes(ctx: RequestContext, action: Action, command: RecordOutcome, ended: NotDone) -> NotDone:
    """Return how a request to close ends that came from the lead's side: they can propose it."""
    content = ended.response.content
    if not can_only_propose(ctx, action, command) or not isinstance(content, Content):
        return ended
    proposes = press_button("Done…", Done(action=action.id, seen=ctx.view(action.id).entries))
    intro = (*content.intro, "Its lead proposes it, with what shows that it is done:")
    return NotDone(replace(ended.response, content=replace(content, intro=intro, buttons=(proposes,))))


def is_on_record(ctx: RequestContext, command: RecordOutcome, to_meeting: MeetingFacts | None = None) -> bool:
    """Return whether the outcome that counts says the same."""
    action = ctx.action(command.ref)
    row = latest_outcome(ctx.session, action.id) if action is not None else None
    says = (command.kind, command.minute, command.reason, to_meeting.id if to_meeting else None)
    return row is not None and says == (row.kind, row.minute, row.reason, row.to_meeting_id)


def store_decision(ctx: RequestContext, decided: Decision) -> Response:
    """Store an outcome, and say what was stored."""
    command, to_meeting = decided.command, decided.to_meeting
    assert command.kind is not None  # noqa: S101 - `decide` asks for it
    row = record_outcome(
        ctx.session,
        decided.action,
        decided.meeting.id,
        command.kind,
        ctx.signed(),
        to_meeting_id=to_meeting.id if to_meeting else None,
        minute=command.minute,
        reason=command.reason,
        by_chair=decided.by_chair,
    )
    return _receipt(decided, row)


def _meeting_of_outcome(
    ctx: RequestContext, calendar: BoardCalendar, command: RecordOutcome, refs: Sequence[str]
) -> tuple[MeetingFacts, bool]:
    """Return an outcome's meeting, and whether the chair decides between meetings, to be reported at it."""
    board_id = calendar.board.id
    chair_only = board_id in ctx.roles.chair_of and board_id not in ctx.roles.secretary_of
    if command.meeting:
        found = read_meeting(command.meeting, ctx.vocabulary, ctx.today, calendar.board.key, looking_back=True)
        if isinstance(found, MeetingAsk):
            again = _again(refs, command, "{meeting}", command.to_meeting)
            did = f"{command.kind.value.capitalize() if command.kind else 'Decided'} at the meeting of"
            raise unclear_meeting(ctx, found, again, command.meeting, _NOTHING.format(command.ref), does=did)
        meeting = calendar.by_id.get(found.meeting_id)
        if meeting is None:
            why = f"That is no meeting of the {calendar.board.name}, which keeps {command.ref}: nothing was recorded."
            raise NotDone(say(why, "“/cypp meetings” lists them.", typed=command.meeting))
        if not meeting.begun(ctx.now):
            why = f"The meeting of {meeting_said(meeting, calendar)} has not been held, so it has decided nothing yet."
            raise NotDone(say(why, typed=command.meeting))
        return meeting, False
    held = calendar.latest_held(ctx.now)
    for_it = held is not None and held.outcomes_recorded_at is None and ctx.today <= calendar.dates(held).last_day
    if chair_only and not for_it:
        coming = calendar.next(ctx.now)
        if coming is not None and command.kind in (OutcomeKind.CLOSED, OutcomeKind.CLOSED_NOT_DONE):
            return coming, True
    if held is None:
        raise NotDone(say(f"The {calendar.board.name} has held no meeting yet, so there is no outcome to record."))
    return held, False


def _again(refs: Sequence[str], command: RecordOutcome, meeting: str, to_meeting: str) -> str:
    """Return the words that say the same of some actions, with these meetings."""
    slots = (("to", to_meeting), ("at", meeting), ("minute", command.minute), ("because", command.reason))
    said = (f"{word} {words}" for word, words in slots if words)
    kind = command.kind.value if command.kind else ""
    return " ".join(("outcome", *(refs or (command.ref,)), kind, *said))


def _puts_right(ctx: RequestContext, action: Action, command: RecordOutcome) -> bool:
    """Return whether an outcome is recorded again with another minute."""
    before = latest_outcome(ctx.session, action.id)
    return before is not None and before.kind is command.kind and command.minute not in ("", before.minute)


def _problem(action: Action, command: RecordOutcome) -> Response | None:
    if action.kind is Kind.STANDING and command.kind in (OutcomeKind.CLOSED, OutcomeKind.CARRIED_FORWARD):
        return say(
            f"{action.ref} is a standing commitment, which is reviewed and never complete, so nothing was recorded: "
            "“no decision” or “withdrawn because …” will do.",
            typed=command.reason,
        )
    if action.status not in OPEN and command.kind in (OutcomeKind.CLOSED, OutcomeKind.CLOSED_NOT_DONE):
        return say(f"{action.ref} is {status_said(action.status)} already, so nothing was recorded.")
    if command.kind in (OutcomeKind.NOT_AGREED, OutcomeKind.CLOSED_NOT_DONE) and not command.reason:
        asks = "What did the board say" if command.kind is OutcomeKind.NOT_AGREED else "Why was it closed"
        return say(
            f"{asks} on {action.ref}? Nothing was recorded yet.",
            f"Say for instance “/cypp outcome {action.ref} {command.kind.value} because the figures are missing”.",
        )
    return None


def _not_then(
    ctx: RequestContext, action: Action, command: RecordOutcome, calendar: BoardCalendar, meeting: MeetingFacts
) -> Response | None:
    """Return why a meeting cannot have decided this: it was before the action existed, or after it was closed."""
    when = meeting_said(meeting, calendar)
    if not command.meeting and meeting.begun(action.created_at) and _was_added(ctx, action):
        return say(
            f"The meeting of {when} was before {action.ref} was added, so nothing was recorded: at which meeting was "
            "it decided?",
            f"“/cypp outcome {action.ref} … at {day_said(calendar.day(meeting))}” records it there all the same.",
            typed=command.reason,
        )
    if action.status not in OPEN and action.closed_meeting_id != meeting.id:
        return say(
            f"{action.ref} is {status_said(action.status)}, so nothing was recorded for the meeting of {when}: "
            f"“/cypp reopen {action.ref} because …” opens it again.",
            typed=command.reason,
        )
    return None


def _was_added(ctx: RequestContext, action: Action) -> bool:
    """Return whether an action was added here, not loaded with a plan whose meetings may be past."""
    return latest_update(ctx.session, action.id, (AnswerKind.ADDED,)) is not None


def _forward_to(
    ctx: RequestContext, calendar: BoardCalendar, command: RecordOutcome, after: MeetingFacts, refs: Sequence[str]
) -> MeetingFacts:
    """Return the meeting an action is carried forward to."""
    if not command.to_meeting:
        following = calendar.next(ctx.now)
        if following is None:
            why = f"The {calendar.board.name} has no later meeting planned, so {command.ref} was not carried forward"
            raise NotDone(say(f"{why}: name the meeting, or add one first."))
        return following
    found = read_meeting(command.to_meeting, ctx.vocabulary, ctx.today, calendar.board.key)
    if isinstance(found, MeetingAsk):
        again = _again(refs, command, command.meeting, "{meeting}")
        raise unclear_meeting(
            ctx, found, again, command.to_meeting, _NOTHING.format(command.ref), does="Carry forward to"
        )
    meeting = calendar.by_id.get(found.meeting_id)
    if meeting is None or meeting.order <= after.order or not is_coming(ctx, meeting):
        why = f"{command.ref} cannot be carried forward to {command.to_meeting}: it needs a coming meeting of the "
        why += f"{calendar.board.name}. “/cypp meetings {calendar.board.key}” lists them."
        raise NotDone(say(why, typed=command.to_meeting))
    return meeting


def _receipt(decided: Decision, row: Outcome) -> Response:
    action, command, calendar, to_meeting = decided.action, decided.command, decided.calendar, decided.to_meeting
    when = meeting_said(decided.meeting, calendar)
    said = {
        OutcomeKind.CLOSED: f"closed, minute {command.minute or 'reference to be added'}",
        OutcomeKind.CARRIED_FORWARD: f"carried forward to {meeting_said(to_meeting, calendar)}" if to_meeting else "",
        OutcomeKind.NOT_AGREED: f"not agreed, back to {action.status.value}",
        OutcomeKind.CLOSED_NOT_DONE: "closed, not done",
        OutcomeKind.NO_DECISION: "no decision",
        None: "",
    }[command.kind]
    by_chair = decided.by_chair
    where = f"Decided by the chair, to be reported on {when}." if by_chair else f"{calendar.board.name}, {when}."
    step = ChairDecision(command.kind) if command.kind else Occasion.ONLY
    reported = NoticeOut(NotificationKind.REPORTED, action.id, decided.meeting.id, step)
    reason = f"“{command.reason}”" if command.reason else ""
    return receipt(
        f"Recorded for {action.ref}: {said}.",
        reason,
        where,
        buttons=(undo_button(row),),
        notices=[reported] if by_chair else [],
    )


def reopen_action(ctx: RequestContext, command: Reopen) -> Response:
    """Open a closed action again, at the rating it had last, still due where it was."""
    action = action_named(ctx, command.ref, command.reason or command.ref)
    check_may(ctx, Verb.OUTCOME, action, command.reason)
    if action.status in OPEN:
        return say(f"{action.ref} is open already: {status_said(action.status)}.", typed=command.reason)
    if not command.reason:
        return say(
            f"Why is {action.ref} opened again? Nothing was changed yet.",
            f"Say for instance “/cypp reopen {action.ref} because the report was withdrawn”.",
        )
    check_reason(ctx, command.reason)
    before = action.status
    record_update(ctx.session, action, AnswerKind.REOPENED, ctx.signed(), words=command.reason)
    view = ctx.view(action.id)
    due = due_said(view, ctx.calendars)
    past = is_overdue(view.facts, ctx.calendars[action.board_id], ctx.now) if action.board_id else False
    return receipt(
        f"Reopened {action.ref}: {action.status.value} again.",
        f"“{command.reason}”",
        f"It was {status_said(before)}. Now: {due}{', and so overdue' if past else ''}.",
        f"“/cypp move {action.ref} to next because …” moves it." if past else "",
    )
