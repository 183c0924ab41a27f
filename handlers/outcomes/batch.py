"""What the board decided on several actions in one message: all of them or none."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.commands import RecordOutcome
from handlers.commands.records import RecordOutcomes
from handlers.context import RequestContext
from handlers.formatting import listed, meeting_said
from handlers.outcomes.decisions import Decision, decide, store_decision
from handlers.press_values import ACTION_GONE, number_in
from handlers.responses import Button, Content, Response, say
from handlers.safeguarding.confirmation import fits_a_button
from models.enums import OPEN, OutcomeKind, Status

_ASKS = {OutcomeKind.CLOSED: "closemany", OutcomeKind.NOT_AGREED: "disagree"}
"""Outcomes on what was never proposed for closure that are asked about first, and the verb of the button."""
NONE_RECORDED = "None of the others was recorded either."


def record_typed(ctx: RequestContext, command: RecordOutcome) -> Response:
    """One outcome as it was typed; *not agreed* on what was never proposed for closure is asked about first."""
    decided = decide(ctx, command)
    if isinstance(decided, Response):
        return decided
    if command.kind is OutcomeKind.NOT_AGREED and _never_proposed(decided):
        return _which(ctx, [decided], [decided])
    return store_decision(ctx, decided)


def _never_proposed(decided: Decision) -> bool:
    """Whether an open action awaits no decision; what the same meeting closed may be put right without a question."""
    return decided.action.status in OPEN and decided.action.status is not Status.PROPOSED


def record_outcomes(ctx: RequestContext, command: RecordOutcomes) -> Response:
    """Records the outcomes, or says which one cannot be; what was never proposed for closure is asked about first."""
    decided = _decide_all(ctx, command.outcomes)
    if isinstance(decided, Response):
        return decided
    never = [one for one in decided if _never_proposed(one)]
    if command.outcomes[0].kind in _ASKS and never:
        return _which(ctx, decided, never)
    return _store_all(ctx, decided)


def close_pressed(ctx: RequestContext, value: str) -> Response:
    """*Close both*, *Close heard-9 only*."""
    return _pressed(ctx, OutcomeKind.CLOSED, value)


def disagree_pressed(ctx: RequestContext, value: str) -> Response:
    """*Record it all the same*: not agreed, on what was never proposed."""
    return _pressed(ctx, OutcomeKind.NOT_AGREED, value)


def _pressed(ctx: RequestContext, kind: OutcomeKind, value: str) -> Response:
    """Everything is checked again, but for what the press answers."""
    sure, ids, meeting, minute, reason = [*value.split("|", 4), "", "", "", ""][:5]
    ctx.sure = sure == "s"
    actions = [ctx.action_by_id(number_in(one)) for one in ids.split(",")]
    closed = [
        RecordOutcome(action.ref, kind, meeting, minute=minute, reason=reason)
        for action in actions
        if action is not None
    ]
    if len(closed) < len(actions):
        return say(ACTION_GONE)
    decided = _decide_all(ctx, closed)
    return decided if isinstance(decided, Response) else _store_all(ctx, decided)


def _decide_all(ctx: RequestContext, outcomes: Sequence[RecordOutcome]) -> list[Decision] | Response:
    decisions = []
    for one in outcomes:
        decided = decide(ctx, one)
        if isinstance(decided, Response):
            content = decided.content
            if isinstance(content, Content) and len(outcomes) > 1 and not decided.doubtful:
                return replace(decided, content=replace(content, intro=(*content.intro, NONE_RECORDED)))
            return decided
        decisions.append(decided)
    return decisions


def _which(ctx: RequestContext, decided: Sequence[Decision], never: Sequence[Decision]) -> Response:
    refs = [one.action.ref for one in decided]
    proposed = [one for one in decided if one not in never]
    kind = decided[0].command.kind or OutcomeKind.CLOSED
    verb, closes = _ASKS[kind], kind is OutcomeKind.CLOSED
    label = _all_said(len(refs)) if closes else "Record it all the same"
    buttons = [Button(label, verb, _value(ctx, decided), style="primary")]
    if proposed:
        only = listed([one.action.ref for one in proposed])
        label = f"{'Close' if closes else 'Record'} {only} only"
        label = label if len(label) < 66 else f"{'Close' if closes else 'Record'} the {len(proposed)} proposed only"
        buttons.append(Button(label, verb, _value(ctx, proposed)))
    buttons.append(Button({1: "Record nothing", 2: "Neither"}.get(len(refs), "None"), "nothing", "-"))
    if not all(fits_a_button(button.value) for button in buttons):
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


def _value(ctx: RequestContext, decided: Sequence[Decision]) -> str:
    command = decided[0].command
    ids = ",".join(str(one.action.id) for one in decided)
    meeting, minute = (text.replace("|", " ") for text in (command.meeting, command.minute))
    return f"{'s' if ctx.sure else ''}|{ids}|{meeting}|{minute}|{command.reason}"


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
    return Response(
        Content(
            f"Recorded for {listed([one.action.ref for one in decided])}.",
            intro=(
                *(content.headline.removeprefix("Recorded for ") for content in replies),
                *((f"“{reason}”",) if reason else ()),
                f"{'; '.join(boards.values())}.",
            ),
        ),
        notices=[notice for answer in answers for notice in answer.notices],
        done=True,
    )
