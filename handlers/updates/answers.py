"""What a lead answers: update, no change, verbal, to follow, proposed for closure, not ours; snooze and undo."""

from datetime import timedelta

from handlers.actions.partners import answering
from handlers.buttons import UNDO_MINUTES, Done, NothingChanged, OffTrack, OnTrack, SnoozeIt, SomeIssues
from handlers.commands.answers import AnswerCommand, GiveUpdate, NoChange, ProposeClosure, SnoozeAction, ToFollow
from handlers.context import RequestContext
from handlers.formatting import day_said, last_said, meeting_said, status_said
from handlers.permissions import NotHere
from handlers.preconditions import action_named, check_may
from handlers.press_codec import Number, PressValue, press_button
from handlers.reading.board_asks import ASK_LABEL, ask_kept
from handlers.responses import Button, Content, NotDone, NoticeOut, Response, receipt, say
from handlers.safeguarding.confirmation import objection
from handlers.safeguarding.detection import refusal, refused
from handlers.updates.sources import SourcedWords, what_was_said
from models.enums import ANSWERS, NEEDS_REASON, OPEN, AnswerKind, Kind, NotificationKind, Status, Verb
from models.notifications.received import forget_presses
from models.plan.queries import HELD
from models.records.entry_reads import action_of_update, latest_update, update_by_id, updates_of_action
from models.records.frozen_papers import entries_written, frozen_paper
from models.records.history import post_signature, record_undo, record_update
from models.records.message_counts import count_undo
from models.records.named_mentions import name_mentions
from models.records.snoozes import record_snooze
from models.rules.calendar import at_local
from models.rules.owed import is_owed
from models.rules.steps import AboutEntry
from models.storage.history_tables import Update as UpdateRow
from models.storage.tables import Action

WORDS_MAX = 3000
SNOOZE_DAYS = 2
FOLLOW_DAYS = 92
_DUPLICATE_WINDOW = timedelta(minutes=1)
"""The same words by the same person within it are one message that was sent twice; two people's answers both stand."""
_NOT_PUT = "The paper asks the board only for what has some issues or is off track: what you ask stays in your words."


class UndoAnswer(PressValue):
    """*Undo* under a receipt."""

    verb = "undo"
    old_form = ("entry",)

    entry: Number = 0


class UndoOne(UndoAnswer):
    """*Undo REF* under the receipt of several: the others stay, and so does the message."""

    verb = "undoone"


def on_track_pressed(ctx: RequestContext, action: Action, _value: OnTrack) -> Response:
    """Answer the button *On track*."""
    return record_answer(ctx, GiveUpdate(action.ref, Status.ON_TRACK))


def no_change_pressed(ctx: RequestContext, action: Action, _value: NothingChanged) -> Response:
    """Answer the button *No change*."""
    return record_answer(ctx, NoChange(action.ref))


def snooze_pressed(ctx: RequestContext, action: Action, value: SnoozeIt) -> Response:
    """Answer the button *Snooze*."""
    return snooze(ctx, SnoozeAction(action.ref, value.meeting))


def record_answer(ctx: RequestContext, command: AnswerCommand) -> Response:
    """Record one answer, or say in one sentence why nothing was recorded, with what was typed."""
    action = answering(ctx, command.ref)
    if isinstance(action, Response):
        return action
    if action is None:
        return say(f"There is no action {command.ref}.", "“/cypp mine” lists yours.", typed=command.words)
    return store_answer(ctx, action, command, words_to_record(ctx, action, command))


def words_to_record(ctx: RequestContext, action: Action, command: AnswerCommand) -> SourcedWords:
    """Return the words of an answer; the request ends where it cannot be recorded."""
    words = command.words
    check_may(ctx, Verb.ANSWER, action, words)
    if action.status not in OPEN:
        why = f"{action.ref} is {status_said(action.status)}, so nothing was recorded"
        raise NotDone(say(f"{why}: “/cypp status” shows how it was closed.", typed=words))
    try:
        said = what_was_said(ctx, action, command)
    except NotDone:
        if what := refused(words):
            raise NotDone(say(refusal(what), typed=words)) from None
        raise
    problem = refuse_words(ctx, action, command, said.words, words)
    if problem is not None:
        raise NotDone(problem)
    return said


def refuse_words(
    ctx: RequestContext, action: Action, command: AnswerCommand, words: str, typed: str
) -> Response | None:
    """Return why an answer cannot be recorded for its words, whoever says it; `typed`: all that was said."""
    if len(words) > WORDS_MAX:
        return say(
            f"That is {len(words):,} characters and an update holds {WORDS_MAX:,}, so nothing was recorded: "
            "please shorten it, or give a link.",
            typed=words,
        )
    identifies = refused(typed)
    if identifies:
        return say(refusal(identifies), typed=typed)
    if isinstance(command, GiveUpdate):
        if command.status is None:
            return say(
                f"What is the status of {action.ref}? Nothing was recorded yet.",
                f"Say for instance “/cypp update {action.ref} on track, {words or 'two advisors recruited'}”.",
                typed=words,
            )
        if command.status in NEEDS_REASON and not words:
            off_track = command.status is Status.OFF_TRACK
            form = _asks(ctx, action, *(("Off track…", OffTrack) if off_track else ("Some issues…", SomeIssues)))
            return say(
                f"{command.status.value.capitalize()} needs a reason, so nothing was recorded for {action.ref}.",
                f"Say for instance “/cypp update {action.ref} {command.status.value}, the survey is a month late”, "
                "or press:",
                buttons=(form,),
            )
        if command.status not in (Status.NOT_STARTED, Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK):
            return say(
                f"The board decides that, so nothing was recorded: say “/cypp done {action.ref}” with the evidence "
                "to propose it for closure.",
                typed=words,
            )
    if isinstance(command, ProposeClosure):
        if action.kind is Kind.STANDING:
            return say(
                f"{action.ref} is a standing commitment, which is reviewed and never complete: "
                f"say “/cypp update {action.ref} on track” with a few words instead.",
                typed=words,
            )
        if not words:
            return say(
                f"What shows that {action.ref} is done? A few words or a link; nothing was recorded yet.",
                f"Say for instance “/cypp done {action.ref} report published, link to the page”, or press:",
                buttons=(_asks(ctx, action, "Done…", Done),),
            )
    if isinstance(command, ToFollow) and command.by < ctx.today:
        return say(
            f"{day_said(command.by)} is past, so nothing was recorded: when will the update follow?", typed=words
        )
    if isinstance(command, ToFollow) and (command.by - ctx.today).days > FOLLOW_DAYS:
        # "by 4/9" on 17 September is next year's: a slip that would end the asking for a year.
        return say(
            f"{day_said(command.by)} is more than three months away, so nothing was recorded for {action.ref}: "
            "when will the update follow?",
            typed=words,
        )
    return objection(ctx, typed)


def _asks(ctx: RequestContext, action: Action, label: str, form: type[SomeIssues | OffTrack | Done]) -> Button:
    """Ask for missing words by a button: what is typed next could be about anything."""
    return press_button(label, form(action=action.id, seen=ctx.view(action.id).entries))


def store_answer(
    ctx: RequestContext, action: Action, command: AnswerCommand, said_: SourcedWords, corrects: UpdateRow | None = None
) -> Response:
    """Store an answer, or a correction of an earlier one, and say what was stored."""
    stored = as_entry(ctx, command, said_)
    kind, status, words, follow_by = stored.kind, stored.status, stored.words, stored.follow_by
    signed = said_.signed(ctx.signed(action.lead_post_id))
    same = _said_already(ctx, action, stored)
    if same is not None and corrects is None:
        return Response(
            Content(
                f"That is on record for {action.ref} already, so it was not recorded a second time.",
                intro=(f"Signed {post_signature(same.signature)}, {day_said(ctx.today)}.",),
                buttons=(press_button("Undo", UndoAnswer(entry=same.id)),),
            )
        )
    beside = _just_before(ctx, action) if corrects is None else ()
    entry = record_update(
        ctx.session,
        action,
        kind,
        signed,
        status=status,
        words=words,
        follow_by=follow_by,
        corrects_id=corrects.id if corrects else None,
        heard=said_.heard,
        withheld=said_.withheld,
    )
    notices = (
        [NoticeOut(NotificationKind.IN_QUESTION, action.id, step=AboutEntry(entry.id), board_id=action.board_id)]
        if kind is AnswerKind.NOT_OURS
        else []
    )
    view = ctx.view(action.id)
    said = {
        AnswerKind.UPDATE: status.value if status else view.facts.status.value,
        AnswerKind.NO_CHANGE: f"no change, still {view.facts.status.value}",
        AnswerKind.VERBAL: "verbal update at the meeting",
        AnswerKind.TO_FOLLOW: f"update to follow by {day_said(follow_by)}" if follow_by else "",
        AnswerKind.PROPOSED: "proposed for closure. The board decides; you will not be asked about it meanwhile",
        AnswerKind.NOT_OURS: "not yours. You will not be asked again, and the secretary has been told",
    }[kind]
    plain, ask = ask_kept(words)
    intro = [f"“{plain}”"] if plain else []
    if ask:
        intro.append(f"{ASK_LABEL}: {ask}.{'' if said_.withheld else ' The paper asks it for you.'}")
    elif said_.asks:
        intro.append(_NOT_PUT)
    if said_.withheld:
        intro.append(f"Not for publication, because {said_.withheld}. Elsewhere it says “{HELD}”.")
    intro.append(f"Signed {post_signature(signed.signature)}, {day_said(ctx.today)}.")
    intro += beside
    intro += _after_papers(ctx, action) if corrects is None else ()
    return receipt(
        f"Recorded for {action.ref}: {said}.",
        *intro,
        buttons=(press_button("Undo", UndoAnswer(entry=entry.id)),),
        notices=notices,
    )


def _after_papers(ctx: RequestContext, action: Action) -> tuple[str, ...]:
    """Return, once for each paper, that an update which comes after it was frozen will be a verbal update."""
    calendar = ctx.calendar(action.board_id)
    meeting = calendar.next(ctx.now) if calendar else None
    if calendar is None or meeting is None or ctx.roles.person_id is None:
        return ()
    if action.lead_post_id not in ctx.roles.posts:
        return ()
    frozen = frozen_paper(ctx.session, meeting.id, calendar.day(meeting))
    if frozen is None or entries_written(ctx.session, ctx.roles.person_id, frozen.latest, most=2) > 1:
        return ()
    named = f"{calendar.board.name} of {meeting_said(meeting, calendar)}"
    return (f"The paper for the {named} is out, so this will be a verbal update: it is on the sheet to table.",)


def as_entry(ctx: RequestContext, command: AnswerCommand, said_: SourcedWords) -> UpdateRow:
    """Return what an answer says as an entry, which is not stored."""
    status = command.status if isinstance(command, GiveUpdate) else None
    return UpdateRow(
        kind=command.kind,
        status=Status.PROPOSED if isinstance(command, ProposeClosure) else status,
        words=name_mentions(ctx.session, said_.words, ctx.today),
        follow_by=command.by if isinstance(command, ToFollow) else None,
        heard=said_.heard,
        withheld=said_.withheld,
    )


def says_same(one: UpdateRow, other: UpdateRow) -> bool:
    """Return whether two entries say the same, whoever wrote them and when."""
    told = ("kind", "status", "words", "follow_by", "heard", "withheld")
    return all((getattr(one, name) or None) == (getattr(other, name) or None) for name in told)


def _said_already(ctx: RequestContext, action: Action, said: UpdateRow) -> UpdateRow | None:
    """Return the latest entry where the same person said the same within the last minute: sent twice."""
    latest = latest_update(ctx.session, action.id)
    if latest is None or not ctx.wrote(latest):
        return None
    if not timedelta() <= ctx.now - latest.at < _DUPLICATE_WINDOW or latest.redaction or action.status not in OPEN:
        return None
    if latest.kind is AnswerKind.UPDATE and action.status is not latest.status:
        return None
    return latest if says_same(latest, said) else None


def _just_before(ctx: RequestContext, action: Action) -> tuple[str, ...]:
    """Return what somebody else answered for the same action within the last minute: both entries stand."""
    other = latest_update(ctx.session, action.id, ANSWERS, ctx.now - _DUPLICATE_WINDOW)
    if other is None or ctx.wrote(other):
        return ()
    what = other.status.value if other.status else other.kind.value
    return (f"Less than a minute before, {other.signature} answered: {what}. Both stand; yours is the later.",)


def undo_pressed(ctx: RequestContext, value: UndoAnswer) -> Response:
    """Answer *Undo*: take an answer back by a new entry, by its writer, within ten minutes, before anything newer."""
    entry = update_by_id(ctx.session, value.entry)
    if entry is None:
        return say(NotHere("That entry is not in this plan, so nothing was changed."))
    action = action_of_update(ctx.session, entry)
    if not ctx.wrote(entry):
        return say(f"Only whoever wrote it can undo it: nothing was changed for {action.ref}.")
    newer = updates_of_action(ctx.session, action.id, since=entry)
    if any(other.undoes_id == entry.id for other in newer):
        return say(f"That was undone already: {action.ref} is {action.status.value}.")
    if ctx.now > entry.at + timedelta(minutes=UNDO_MINUTES):
        return say(
            f"That entry is more than {UNDO_MINUTES} minutes old, so it stays on record: "
            f"“/cypp update {action.ref} …” adds a newer one."
        )
    if any(other.id > entry.id for other in newer) or action.status not in OPEN:
        return say(
            f"Something newer is on record for {action.ref}, so nothing was undone: "
            f"“/cypp status {action.ref}” shows it."
        )
    record_undo(ctx.session, action, entry, ctx.signed(action.lead_post_id))
    count_undo(ctx.session, entry.message, ctx.zone)
    # The button that was undone may be pressed again.
    forget_presses(ctx.session, action.id)
    view = ctx.view(action.id)
    last = last_said(view)
    return receipt(
        f"Undone: {action.ref} is {view.facts.status.value} again.",
        f"Last words: {last}" if last else "",
        "Both entries stay in the history.",
    )


def snooze(ctx: RequestContext, command: SnoozeAction) -> Response:
    """Put one action off for two working days, for this person alone, where that is before updates are due."""
    action = action_named(ctx, command.ref, command.ref)
    calendar = ctx.calendar(action.board_id)
    if calendar is None:
        return say(f"There is no action {command.ref}.", typed=command.ref)
    check_may(ctx, Verb.SNOOZE, action)
    assert ctx.roles.person_id is not None  # noqa: S101 - somebody acts for its lead
    meeting = calendar.by_id.get(command.meeting_id) or calendar.next(ctx.now)
    if meeting is None or not is_owed(ctx.view(action.id).facts, meeting, calendar, ctx.now):
        return say(f"Nothing is asked about {action.ref} just now, so there is nothing to snooze.")
    until = at_local(calendar.board.rules.working.shift(ctx.today, SNOOZE_DAYS), calendar.zone)
    updates_due = calendar.dates(meeting).updates_due
    if until.astimezone(calendar.zone).date() >= updates_due:
        return say(
            f"Updates are due {day_said(updates_due)}, too soon to put {action.ref} off: "
            "“No change” or “verbal update at the meeting” will do."
        )
    record_snooze(ctx.session, action, ctx.roles.person_id, meeting.id, until, ctx.now)
    return receipt(
        f"Snoozed {action.ref}: you will be asked again on {day_said(until.astimezone(calendar.zone).date())}.",
        f"Updates are due {day_said(updates_due)} for the meeting of {meeting_said(meeting, calendar)}.",
    )
