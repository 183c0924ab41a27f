"""What the board decided on several actions in one message: all of them or none."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from handlers.actions.taking_back import undo_each
from handlers.buttons import RecordNothing
from handlers.commands.answers import ProposeClosure
from handlers.commands.outcomes import RecordOutcome, RecordOutcomes
from handlers.context import RequestContext
from handlers.form_texts import ACTION_GONE
from handlers.formatting import listed, meeting_said
from handlers.outcomes.decisions import Decision, can_only_propose, decide, store_decision
from handlers.press_codec import Flag, Numbers, PressValue, Words, press_button
from handlers.responses import Content, NotDone, Response, receipt, say
from handlers.safeguarding.confirmation import fits_a_button
from handlers.updates.answers import record_answer
from models.enums import OPEN, OutcomeKind, Status


class CloseAll(PressValue):
    """*Close both*, *Close heard-9 only*; `sure`: its writer has said that the words identify nobody."""

    verb = "closemany"
    kind: ClassVar[OutcomeKind] = OutcomeKind.CLOSED
    words_in = "reason"
    old_form = ("sure", "actions", "meeting", "minute", "reason")

    sure: Flag = False
    actions: Numbers = ()
    meeting: Words = ""
    minute: Words = ""
    reason: Words = ""


class RecordNotAgreed(CloseAll):
    """*Record it all the same*: not agreed, on what was never proposed."""

    verb = "disagree"
    kind = OutcomeKind.NOT_AGREED


_ASKS = {one.kind: one for one in (CloseAll, RecordNotAgreed)}
"""Outcomes on what was never proposed for closure that are asked about first, and the button that then records them."""
NONE_RECORDED = "None of the others was recorded either."


def record_typed(ctx: RequestContext, command: RecordOutcome) -> Response:
    """Record one outcome as typed; first ask about one on what was never proposed for closure.

    Who names the meeting or the minute that agreed, or is the chair between two meetings, has said that it was agreed.
    Who leads the action and says what shows that it is done proposes it for closure.
    """
    action = ctx.action(command.ref)
    if command.reason and action is not None and can_only_propose(ctx, action, command):
        return record_answer(ctx, ProposeClosure(command.ref, command.reason))
    decided = decide(ctx, command)
    agreed = command.kind is OutcomeKind.CLOSED and (command.meeting or command.minute or decided.by_chair)
    if command.kind in _ASKS and _never_proposed(decided) and not agreed:
        return _which(ctx, [decided], [decided])
    return store_decision(ctx, decided)


def _never_proposed(decided: Decision) -> bool:
    """Return whether an open action awaits no decision; what the same meeting closed may be corrected freely."""
    return decided.action.status in OPEN and decided.action.status is not Status.PROPOSED


def record_outcomes(ctx: RequestContext, command: RecordOutcomes) -> Response:
    """Record the outcomes, or say which one cannot be; ask first about what was never proposed for closure."""
    decided = _decide_all(ctx, command.outcomes)
    never = [one for one in decided if _never_proposed(one)]
    if command.outcomes[0].kind in _ASKS and never:
        return _which(ctx, decided, never)
    return _store_all(ctx, decided)


def asked_pressed(ctx: RequestContext, value: CloseAll) -> Response:
    """Answer *Close both* or *Record it all the same*: everything is checked again, but for what the press answers."""
    ctx.sure = value.sure
    actions = [ctx.action_by_id(one) for one in value.actions]
    closed = [
        RecordOutcome(action.ref, value.kind, value.meeting, minute=value.minute, reason=value.reason)
        for action in actions
        if action is not None
    ]
    if not closed or len(closed) < len(actions):
        return say(ACTION_GONE)
    return _store_all(ctx, _decide_all(ctx, closed))


def _decide_all(ctx: RequestContext, outcomes: Sequence[RecordOutcome]) -> list[Decision]:
    try:
        return [decide(ctx, one, [each.ref for each in outcomes]) for one in outcomes]
    except NotDone as ended:
        content = ended.response.content
        if isinstance(content, Content) and len(outcomes) > 1 and not ended.response.doubtful:
            more = replace(content, intro=(*content.intro, NONE_RECORDED))
            raise NotDone(replace(ended.response, content=more)) from None
        raise


def _which(ctx: RequestContext, decided: Sequence[Decision], never: Sequence[Decision]) -> Response:
    refs = [one.action.ref for one in decided]
    proposed = [one for one in decided if one not in never]
    kind = decided[0].command.kind or OutcomeKind.CLOSED
    closes = kind is OutcomeKind.CLOSED
    everything, only_proposed = (_value(ctx, some, _ASKS[kind]) for some in (decided, proposed or decided))
    label = (_all_said(len(refs)) if refs[1:] else f"Close {refs[0]}") if closes else "Record it all the same"
    buttons = [press_button(label, everything, "primary")]
    if proposed:
        only = listed([one.action.ref for one in proposed])
        label = f"{'Close' if closes else 'Record'} {only} only"
        label = label if len(label) < 66 else f"{'Close' if closes else 'Record'} the {len(proposed)} proposed only"
        buttons.append(press_button(label, only_proposed))
    buttons.append(press_button({1: "Record nothing", 2: "Neither"}.get(len(refs), "None"), RecordNothing()))
    if not fits_a_button(everything):
        return say("That is too long to ask about here, so nothing was recorded: shorten the words, please.")
    names = listed([one.action.ref for one in never])
    was = "was" if len(never) == 1 else "were"
    return say(
        f"{names} {was} never proposed for closure. Nothing was recorded yet: "
        f"what did the board {'agree' if closes else 'not agree'}?",
        *(f"{one.action.ref}: {one.action.status.value}." for one in decided),
        buttons=tuple(buttons),
    )


def _all_said(count: int) -> str:
    return "Close both" if count == 2 else f"Close all {count}"


def _value(ctx: RequestContext, decided: Sequence[Decision], kind: type[CloseAll]) -> CloseAll:
    command = decided[0].command
    return kind(
        sure=ctx.sure,
        actions=tuple(one.action.id for one in decided),
        meeting=command.meeting,
        minute=command.minute,
        reason=command.reason,
    )


def _store_all(ctx: RequestContext, decided: Sequence[Decision]) -> Response:
    answers = [store_decision(ctx, one) for one in decided]
    if len(answers) == 1:
        return answers[0]
    replies = [answer.content for answer in answers if isinstance(answer.content, Content)]
    boards = {
        one.calendar.board.id: f"{one.calendar.board.name}, {meeting_said(one.meeting, one.calendar)}"
        for one in decided
    }
    reason = decided[0].command.reason
    return receipt(
        f"Recorded for {listed([one.action.ref for one in decided])}.",
        *(content.headline.removeprefix("Recorded for ") for content in replies),
        f"“{reason}”" if reason else "",
        f"{'; '.join(boards.values())}.",
        buttons=undo_each([(one.action.ref, content) for one, content in zip(decided, replies, strict=True)]),
        notices=[notice for answer in answers for notice in answer.notices],
    )
