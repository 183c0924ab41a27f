"""What a board decided, said in any words: recorded where it is plain, shown where a press must confirm it, else asked.

From a meeting's start until its outcomes are recorded, what its secretary or chair says about what was due at it is an
outcome.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from handlers.actions.taking_back import undo_each
from handlers.buttons import RecordNothing
from handlers.commands.outcomes import RecordOutcome
from handlers.context import RequestContext
from handlers.drafts import keep_draft, latest_draft, named_draft, use_draft
from handlers.formatting import due_said, listed, meeting_said
from handlers.outcomes.asked_outcomes import AsUpdate, ask_what_was_decided, to_which_meeting
from handlers.outcomes.counted_outcomes import counted_refs, none_of_theirs
from handlers.outcomes.decisions import Decision, decide, is_on_record, store_decision
from handlers.outcomes.open_outcomes import SHOWN_OUTCOMES, OpenOutcomes, packed_outcomes, unpacked_outcomes
from handlers.outcomes.shown_outcomes import shown_lines
from handlers.permissions import About, NotHere, may
from handlers.preconditions import check_may
from handlers.press_codec import OnDraft, ask_button, press_button
from handlers.reading.deeds.decided import read_decided
from handlers.reading.deeds.decided_parts import DecidedPart, DecidedReading
from handlers.reading.normalise import fold, quoted
from handlers.reading.tokens import named_in
from handlers.reading.whose import Sureness
from handlers.responses import LONGEST_LABEL, Button, Content, NotDone, NoticeOut, Response, response_of, say
from handlers.safeguarding.confirmation import BY_WORDS, RecordSurely, asked_first
from handlers.safeguarding.detection import refusal, refused
from models.enums import OPEN, OutcomeKind, Status, Verb
from models.storage.tables import Action

_AWAITED = "decided, but why"
_GONE = NotHere("That was recorded already, or a day has passed: nothing was recorded. Please send it again.")
_NEEDS_WHY = {
    OutcomeKind.NOT_AGREED: "What did the board say on {ref}?",
    OutcomeKind.CLOSED_NOT_DONE: "Why was {ref} closed without being done?",
}
_PASTED = 2
"""Ends of lines in a message that is rather pasted than typed."""


class RecordDecided(OnDraft):
    """*Record it*, *Record these three*: outcomes as they were read."""

    verb = "decidedso"


@dataclass
class _Answer:
    """What a message comes to: what is recorded, shown, and asked."""

    recorded: list[Decision] = field(default_factory=list)
    shown: list[Decision] = field(default_factory=list)
    asked: list[Response] = field(default_factory=list)
    only_shown: bool = False
    """Nothing is recorded by the words alone, and what is on record is not shown again."""
    named: tuple[str, ...] = ()
    """The refs that the message names."""
    pasted: bool = False
    """They are lines of minutes, not all of which were read: nothing is recorded by the words alone."""


def decided_in_words(
    ctx: RequestContext,
    words: str,
    topic: tuple[str, ...],
    as_update: AsUpdate,
    *,
    only_shown: bool = False,
) -> Response | None:
    """Answer what a message says a board decided; None where it says nothing of it, or the asker cannot decide.

    Args:
        ctx: who writes, and when.
        words: the message without the furniture of mail.
        topic: what the thread is about.
        as_update: returns the button that records words as an update instead.
        only_shown: they stand in a message that was read before.
    """
    awaited = _awaited(ctx, words) if not only_shown else None
    if awaited is not None:
        return awaited
    outcomes = OpenOutcomes(ctx)
    reading = read_decided(words, ctx.vocabulary, ctx.today, outcomes.titles, topic)
    parts = [part for one in reading.parts if (part := _for_board(ctx, outcomes, one)) is not None]
    if not parts or len(parts) < len(reading.parts):
        return None
    pasted = bool(reading.left) and words.strip().count("\n") >= _PASTED
    found = _Answer(only_shown=only_shown, named=named_in(fold(words), ctx.vocabulary), pasted=pasted)
    what = refused(words)
    if what and (len(parts) == 1 or not any(refused(part.said) for part in parts) or any(map(refused, reading.left))):
        return say(refusal(what), typed=words)
    for part in parts:
        if what := refused(part.said):
            found.asked.append(say(refusal(what)))
            continue
        given = response_of(_sort, ctx, outcomes, part, reading.parts, found, as_update)
        if given.doubtful and len(parts) == 1:
            return given
        if given is not _SORTED:
            asked = asked_first(given, RecordSurely(how=BY_WORDS, words=part.said))
            found.asked.append(_of_its_own(asked, part) if len(parts) > 1 else asked)
    if only_shown and not (found.shown or found.asked):
        return Response(None)
    return _together(ctx, found, reading)


_SORTED = Response(None)


def _of_its_own(asked: Response, part: DecidedPart) -> Response:
    """Return a question beside others with the action it is about on each of its buttons."""
    content = asked.content
    if not isinstance(content, Content) or not part.refs:
        return asked
    refs = listed(list(part.refs))
    own = (one if any(ref in one.label for ref in part.refs) else _labelled(one, refs) for one in content.buttons)
    return replace(asked, content=replace(content, buttons=tuple(own)))


def _labelled(button: Button, refs: str) -> Button:
    return replace(button, label=f"{button.label} ({refs})"[:LONGEST_LABEL])


def _for_board(ctx: RequestContext, outcomes: OpenOutcomes, part: DecidedPart) -> DecidedPart | None:
    """Return a part if it is an outcome that the asker says: of this board, and not what a lead may say as well."""
    if part.counted:
        return part if outcomes.left else None
    actions = [action for ref in part.refs if (action := ctx.action(ref)) is not None]
    if not actions:
        return None
    open_now = [action for action in actions if outcomes.at(action) is not None]
    if open_now:
        return part
    decides = [one for one in actions if may(ctx.roles, Verb.OUTCOME, About(one.lead_post_id, one.board_id))]
    decides_any = bool(ctx.roles.chair_of or ctx.roles.secretary_of)
    if not part.outright or part.kind is OutcomeKind.CARRIED_FORWARD:
        return None
    if not decides and not (part.sure is Sureness.PLAIN and (part.minute or (part.by_board and decides_any))):
        return None
    return part


def _sort(
    ctx: RequestContext,
    outcomes: OpenOutcomes,
    part: DecidedPart,
    parts: Sequence[DecidedPart],
    found: _Answer,
    as_update: AsUpdate,
) -> Response:
    refs = counted_refs(outcomes, part, parts, found.named)
    if part.counted and (not refs or (part.many and part.many != len(refs))):
        return none_of_theirs(ctx, outcomes, part, len(refs))
    actions = [action for ref in refs if (action := ctx.action(ref)) is not None]
    for action in actions:
        if part.sure > Sureness.DOUBTED or outcomes.at(action) is None:
            check_may(ctx, Verb.OUTCOME, action, part.said)
    problem = _not_yet(ctx, outcomes, actions, part) if not (part.near and len(part.refs) > 1) else None
    if problem is not None:
        return problem
    if part.sure is Sureness.DOUBTED:
        return ask_what_was_decided(ctx, outcomes, actions, part, as_update)
    if part.kind is OutcomeKind.CARRIED_FORWARD and not part.to_meeting:
        return to_which_meeting(ctx, actions, part.reason)
    commands = [_command(part, ref) for ref in refs]
    if part.kind in _NEEDS_WHY and not part.reason:
        return _ask_why(ctx, outcomes, commands, part)
    if found.only_shown:
        commands = [one for one in commands if not is_on_record(ctx, one)]
    decisions = [_decided(ctx, outcomes, one, part) for one in commands]
    if part.kind is OutcomeKind.NOT_AGREED and all(one.action.status is not Status.PROPOSED for one in decisions):
        # What nobody proposed to close cannot be disagreed with.
        return ask_what_was_decided(ctx, outcomes, actions, part, as_update)
    for one in decisions:
        plain = part.sure is Sureness.PLAIN and not part.counted
        at_once = one.action.status is Status.PROPOSED or part.kind in (
            OutcomeKind.NO_DECISION,
            OutcomeKind.CARRIED_FORWARD,
        )
        chair = one.by_chair
        if not found.only_shown:
            at_once = plain and (at_once or chair) and not found.pasted
            (found.recorded if at_once else found.shown).append(one)
        elif not is_on_record(ctx, one.command, one.to_meeting):
            found.shown.append(one)
    return _SORTED


def _decided(ctx: RequestContext, outcomes: OpenOutcomes, command: RecordOutcome, part: DecidedPart) -> Decision:
    """Return the decision; a meeting that cannot be is asked about with those that can."""
    try:
        return decide(ctx, command)
    except NotDone as ended:
        content = ended.response.content
        action = ctx.action(command.ref)
        if ended.response.doubtful or not isinstance(content, Content) or content.buttons or action is None:
            raise
        if outcomes.at(action) is not None:
            moves = command.kind is OutcomeKind.CARRIED_FORWARD
            asked = (
                to_which_meeting(ctx, [action], part.reason)
                if moves
                else ask_what_was_decided(ctx, outcomes, [action], part)
            )
            assert isinstance(asked.content, Content)  # noqa: S101 - it asks
            asks = replace(asked.content, intro=(content.headline, *content.intro), typed=content.typed)
            raise NotDone(replace(asked, content=asks)) from None
        shows = ask_button(f"Show {command.ref}", f"status {command.ref}")
        raise NotDone(replace(ended.response, content=replace(content, buttons=(shows,)))) from None


def _command(part: DecidedPart, ref: str) -> RecordOutcome:
    return RecordOutcome(ref, part.kind, part.meeting, part.to_meeting, part.minute, part.reason)


def _not_yet(
    ctx: RequestContext, outcomes: OpenOutcomes, actions: Sequence[Action], part: DecidedPart
) -> Response | None:
    """Return what is said about actions on which the latest meeting held decided nothing that is known here."""
    for action in actions:
        calendar = ctx.calendar(action.board_id)
        if calendar is None or outcomes.at(action) is not None or part.meeting:
            continue
        chair_only = calendar.board.id in ctx.roles.chair_of and calendar.board.id not in ctx.roles.secretary_of
        closes = part.kind in (OutcomeKind.CLOSED, OutcomeKind.CLOSED_NOT_DONE)
        if chair_only and closes and part.sure is not Sureness.DOUBTED:
            continue
        due = ctx.where(action.due_meeting_id)
        when = due_said(ctx.view(action.id), ctx.calendars)
        if action.status not in OPEN:
            continue
        meeting = due.by_id[action.due_meeting_id or 0] if due is not None else None
        if meeting is not None and due is not None and not meeting.begun(ctx.now):
            held = f"{action.ref} is due at the meeting of {meeting_said(meeting, due)}, which has not been held"
        else:
            held = f"{action.ref} was on no list of the latest meeting: {when}"
        return say(
            f"{held}, so nothing was recorded.",
            typed=part.said,
            buttons=(
                ask_button(f"Show {action.ref}", f"status {action.ref}"),
                ask_button("What was due", f"due {calendar.board.key}"),
            ),
        )
    return None


# -- why, which the next words say


def _ask_why(
    ctx: RequestContext, outcomes: OpenOutcomes, commands: Sequence[RecordOutcome], part: DecidedPart
) -> Response:
    for one in commands:
        _decided(ctx, outcomes, replace(one, reason="to be said"), part)
    keep_draft(ctx, _AWAITED, packed_outcomes(commands))
    refs = listed([one.ref for one in commands])
    asks = _NEEDS_WHY[commands[0].kind or OutcomeKind.NOT_AGREED].format(ref=refs)
    kind = commands[0].kind.value if commands[0].kind else ""
    return (
        say(
            f"{asks} Nothing was recorded yet: say it in a few words.",
            buttons=(ask_button("Show it" if len(commands) > 1 else f"Show {refs}", f"status {commands[0].ref}"),),
            typed="",
        )
        if kind
        else say(asks)
    )


def _awaited(ctx: RequestContext, words: str) -> Response | None:
    """Take words that name no action as the reason that was asked for just before."""
    row = latest_draft(ctx, _AWAITED)
    if row is None:
        return None
    use_draft(ctx, row)
    folded = fold(words)
    if (
        not words.strip()
        or "?" in words
        or folded.startswith(("/", "cypp", "undo", "no", "sorry"))
        or len(words) > 1000
    ):
        return None
    if read_decided(words, ctx.vocabulary, ctx.today, {}).parts:
        return None
    commands = [replace(one, reason=words.strip().rstrip(".")) for one in unpacked_outcomes(row.words)]
    done = [decide(ctx, one) for one in commands]
    return _together(ctx, _Answer(recorded=done), DecidedReading())


# -- what is said


def _together(ctx: RequestContext, found: _Answer, reading: DecidedReading) -> Response:
    """Return one message: what was recorded, what is shown to be confirmed, what is asked; words that were not read."""
    receipts = [store_decision(ctx, one) for one in found.recorded]
    replies = [one.content for one in receipts if isinstance(one.content, Content)]
    lines: list[str] = []
    buttons = [*undo_each([(one.action.ref, content) for one, content in zip(found.recorded, replies, strict=True)])]
    for number, content in enumerate(replies):
        lines += [content.headline, *(content.intro[:-1] if number + 1 < len(replies) else content.intro)]
    if found.shown:
        headline, said = shown_lines(found.shown)
        lines += [headline, *said]
        name = keep_draft(ctx, SHOWN_OUTCOMES, packed_outcomes([_named(one) for one in found.shown]))
        count = len(found.shown)
        label = "Record the outcome" if count == 1 else f"Record these {count}"
        buttons += [
            press_button(label, RecordDecided(draft=name), "primary"),
            press_button("Record nothing", RecordNothing()),
        ]
    for one in found.asked:
        if isinstance(one.content, Content):
            lines += [one.content.headline, *one.content.intro]
            buttons += one.content.buttons
    told = {ref for one in reading.parts for ref in one.refs}
    spared = dict.fromkeys(ref for one in reading.parts for ref in one.but if ref not in told)
    lines += [f"Nothing was recorded for {listed(list(spared))}."] if spared else []
    lines += [f"Not read: {quoted(one)}." for one in reading.left]
    typed = next((c.content.typed for c in found.asked if isinstance(c.content, Content) and c.content.typed), "")
    notices: list[NoticeOut] = [notice for one in receipts for notice in one.notices]
    return Response(
        Content(
            lines[0], tuple(filter(None, lines[1:])), buttons=tuple(buttons[:20]), typed=typed if not replies else ""
        ),
        notices,
        done=bool(replies),
    )


def show_decided(ctx: RequestContext, commands: Sequence[RecordOutcome], headline: str) -> Response:
    """Show outcomes as they would be recorded, with one press that does it."""
    decisions = [decide(ctx, one) for one in commands]
    given = _together(ctx, _Answer(shown=decisions), DecidedReading())
    assert isinstance(given.content, Content)  # noqa: S101 - it shows
    return replace(given, content=replace(given.content, headline=headline))


def _named(decided: Decision) -> RecordOutcome:
    to = decided.to_meeting
    if to is None or not to.dated:
        return decided.command
    return replace(decided.command, to_meeting=meeting_said(to, decided.calendar))


def record_decided(ctx: RequestContext, value: RecordDecided) -> Response:
    """Answer *Record it*: everything is checked again, and all or nothing is recorded."""
    row = named_draft(ctx, SHOWN_OUTCOMES, value.draft)
    if row is None:
        return say(_GONE)
    decisions = [decide(ctx, one) for one in unpacked_outcomes(row.words)]
    use_draft(ctx, row)
    return _together(ctx, _Answer(recorded=decisions), DecidedReading())
