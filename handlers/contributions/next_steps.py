"""*Make it an action*: a line of what a partner will do next becomes an action that it leads, given at that meeting."""

from handlers.actions.add_form import add_form
from handlers.context import RequestContext
from handlers.contributions.returns import Returns, parts_given, returns_of
from handlers.permissions import About, NotHere, may
from handlers.preconditions import check_may_of_board
from handlers.press_codec import Number, PressValue, value_menu
from handlers.reading.contribution_words import next_steps
from handlers.responses import LONGEST_LABEL, Group, Response, say
from models.enums import Kind, ReturnPart, Verb
from models.plan.action_filter import ActionFilter
from models.records.return_entries import contribution_by_id
from models.storage.history_tables import Contribution

_MOST_STEPS = 10
_GONE = NotHere("That contribution has changed since, or is not in this plan any more: please look again.")


class MakeAction(PressValue):
    """*Make it an action*: opens the form of a new action; `line`: which line of the return, from 0."""

    verb = "nextstep"

    entry: Number = 0
    line: Number = 0


def step_buttons(ctx: RequestContext, returns: Returns, entry: Contribution) -> tuple[Group, ...]:
    """Return each line of what will be done next, for whoever may add it: its action, or what makes one of it.

    An action is given out at a meeting, so there is none before that has begun.
    """
    if not (returns.meeting.begun(ctx.now) and may(ctx.roles, Verb.ADD, About(board_id=returns.calendar.board.id))):
        return ()
    steps = next_steps(parts_given(entry).get(ReturnPart.NEXT, ""))[:_MOST_STEPS]
    if not steps:
        return ()
    made = {view.words: view.ref for view in ctx.views(ActionFilter(board_id=returns.calendar.board.id))}
    there = tuple(f"{made[_words(step)]}: {step}" for step in steps if _words(step) in made)
    each = [
        (step[:LONGEST_LABEL], MakeAction(entry=entry.id, line=number))
        for number, step in enumerate(steps)
        if _words(step) not in made
    ]
    menu = (value_menu("Make it an action…", each),) if each else ()
    return (Group("Actions by now" if there else "", texts=there, buttons=menu),)


def _words(step: str) -> str:
    """Return a line as an action says it."""
    return " ".join(step.split())


def make_action(ctx: RequestContext, value: MakeAction) -> Response:
    """Answer *Make it an action…* with the form of a new action, filled in."""
    entry = contribution_by_id(ctx.session, value.entry)
    returns = returns_of(ctx, entry.meeting_id) if entry is not None else None
    steps = next_steps(parts_given(entry).get(ReturnPart.NEXT, ""))
    if entry is None or returns is None or value.line >= len(steps) or not returns.meeting.begun(ctx.now):
        return say(_GONE)
    check_may_of_board(ctx, Verb.ADD, returns.calendar.board.id)
    after = returns.calendar.following(returns.meeting) or returns.calendar.next(ctx.now)
    filled = {
        "words": _words(steps[value.line]),
        "kind": Kind.BOARD_ACTION.value,
        "lead": str(entry.post_id),
        "serves": f"theme {returns.theme.key}",
        "board": str(returns.calendar.board.id),
        "due": str(after.id) if after is not None and after.start > ctx.now else "",
        "given": str(returns.meeting.id),
        "source": f"contribution to {returns.theme.name}",
    }
    return add_form(ctx, "", {name: text for name, text in filled.items() if text})
