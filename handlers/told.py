"""What leads are told once a board's outcomes are recorded: closed, carried forward, not agreed."""

from collections.abc import Sequence

from sqlalchemy import select

from handlers.context import Round
from handlers.replies import Group, Reply
from handlers.wording import action_line, meeting_said, number_said
from models.enums import OutcomeKind
from models.facts import BoardCalendar
from models.history import counting_outcomes
from models.history_tables import Outcome
from models.ledger_tables import Ask
from models.tables import Action


def outcome_said(outcome: Outcome, calendar: BoardCalendar, *, words: bool = True) -> str:
    """An outcome in a few words: "carried forward to Fri 23 Oct 2020"; without the board's own where not `words`."""
    said = outcome.kind.value
    to_meeting = calendar.by_id.get(outcome.to_meeting_id or 0)
    if to_meeting is not None:
        said += f" to {meeting_said(to_meeting, calendar)}"
    if outcome.kind is OutcomeKind.CLOSED:
        said += f", minute {outcome.minute or 'reference to be added'}"
    if outcome.by_chair:
        said += " by the chair, to be reported"
    if outcome.reason and words:
        said += f": “{outcome.reason}”"
    return said


def outcomes_told(round_: Round, asks: Sequence[Ask]) -> Reply:
    """The outcomes on one lead's actions, in one message."""
    views = round_.views_to_answer(Action.id.in_({ask.subject for ask in asks}))
    by_action: dict[int, list[Outcome]] = {}
    for outcome in round_.session.scalars(
        select(Outcome).where(Outcome.action_id.in_({view.facts.id for view in views}))
    ):
        by_action.setdefault(outcome.action_id, []).append(outcome)
    meetings = {ask.subject: ask.meeting_id for ask in asks}
    lines, boards = [], []
    for view in views:
        # By the meeting: another board may keep the action by now.
        calendar = round_.where(meetings[view.facts.id])
        outcome = counting_outcomes(by_action.get(view.facts.id, [])).get(meetings[view.facts.id])  # type: ignore[assignment]
        if calendar is None or outcome is None:
            continue
        meeting = calendar.by_id[outcome.meeting_id]
        boards.append(f"the {calendar.board.name} of {meeting_said(meeting, calendar)}")
        said = outcome_said(outcome, calendar)
        lines.append(action_line(view, round_.calendars, round_.now, answered=f"The board: {said}".rstrip(".") + "."))
    where = " and ".join(dict.fromkeys(boards))
    return Reply(
        f"What {where} decided on {number_said(len(lines), 'action')} of yours.",
        groups=(Group(lines=tuple(lines)),),
        footer=("“/cypp mine” shows all your actions.",),
    )
