"""Which actions a decision counts without naming them: "the rest", "all the head of education's ones".

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from collections.abc import Collection, Sequence

from handlers.context import RequestContext
from handlers.formatting import meeting_said, number_said
from handlers.outcomes.open_outcomes import OpenOutcomes
from handlers.press_codec import ask_button
from handlers.reading.deeds.decided_parts import DecidedPart
from handlers.reading.queries.query import QuestionSubject
from handlers.responses import Response, say
from handlers.status.query_selection import Selection
from models.enums import Status


def counted_refs(
    outcomes: OpenOutcomes, part: DecidedPart, parts: Sequence[DecidedPart], named: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the actions that a part is about: those it names, or those it counts that wait for an outcome.

    `named`: the refs of the whole message, read or not: of those something else is said.
    """
    if not part.counted:
        return part.refs
    others = {ref for one in parts if one is not part for ref in one.refs} | {*part.but, *named}
    due_at = [found for ref in others if (one := outcomes.ctx.action(ref)) and (found := outcomes.at(one))]
    _, meeting = max(due_at or outcomes.held.values(), key=lambda found: found[1].order)
    due = {ref for ref, view in outcomes.left.items() if view.facts.due_meeting_id == meeting.id}
    selection = Selection(outcomes.ctx)

    def of(subjects: Sequence[QuestionSubject]) -> set[str]:
        scopes = [selection.scope(one) for one in subjects]
        return {row.ref for row in selection.counted if any(scope.holds(row) for scope in scopes)} if scopes else set()

    theirs = of(part.of) if part.of else due
    if part.proposed:
        theirs = {ref for ref in theirs if outcomes.left[ref].facts.status is Status.PROPOSED}
    others |= of(part.but_of)
    return tuple(ref for ref in outcomes.left if ref in due & theirs and ref not in others)


def none_of_theirs(ctx: RequestContext, outcomes: OpenOutcomes, part: DecidedPart, many: int) -> Response:
    """Say that those who were counted have nothing, or another number, that waits for an outcome."""
    calendar, meeting = next(iter(outcomes.held.values()))
    whose = f" of “{part.of[0].typed}”" if part.of else ""
    waits = (
        f"{number_said(many, 'action')}{whose} {'waits' if many == 1 else 'wait'}" if many else f"Nothing{whose} waits"
    )
    return say(
        f"{waits} for an outcome of {meeting_said(meeting, calendar)}, so nothing was recorded.",
        typed=part.said,
        buttons=(ask_button("What was due", f"due {calendar.board.key}"),),
    )
