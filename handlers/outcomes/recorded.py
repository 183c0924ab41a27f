"""*Outcomes recorded*: a meeting is settled, its digest comes and leads are told; what has no outcome is asked about.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

from handlers.buttons import RecordNothing
from handlers.commands.outcomes import OfThoseLeft, SettleMeeting
from handlers.context import RequestContext
from handlers.formatting import listed, meeting_said, number_said, short_day
from handlers.outcomes.open_outcomes import OpenOutcomes
from handlers.outcomes.ticked import THAT_MEETING, carry_left, meeting_decided
from handlers.permissions import why_not
from handlers.preconditions import board_named, check_may_of_board
from handlers.press_codec import Number, Numbers, OnMeeting, Words, ask_which, press_button
from handlers.responses import Button, Content, Response, receipt, say
from models.enums import Verb
from models.plan.action_reads import any_action_of_board
from models.plan.meeting_rows import note_outcomes_recorded
from models.plan.queries import ActionView
from models.records.history import mark_stale
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import is_awaiting


class AllRecorded(OnMeeting):
    """*Outcomes recorded*: of which meeting.

    `then`: what becomes of the actions without an outcome (`OfThoseLeft`), and `left`: those that were asked about;
    `to`: the meeting they are carried to.
    """

    verb = "recorded"

    then: Words = ""
    to: Number = 0
    left: Numbers = ()


def settle_meeting(ctx: RequestContext, command: SettleMeeting) -> Response:
    """Answer `outcomes recorded [BOARD]`: the same as the press."""
    held = OpenOutcomes(ctx).held
    if command.board:
        board_id = board_named(ctx, command.board, f"outcomes recorded {{key}} {command.then}".strip()).board.id
        check_may_of_board(ctx, Verb.OUTCOME, board_id, THAT_MEETING)
        held = {number: found for number, found in held.items() if number == board_id}
    if not held:
        return say(_none_held(ctx), "“/cypp meetings” lists the meetings.")
    if len(held) > 1:
        words = f"outcomes recorded {{}} {command.then}".strip()
        asked = [(calendar.board.name, words.format(calendar.board.key)) for calendar, _ in held.values()]
        return say("Which board’s outcomes are all recorded?", buttons=ask_which("Choose a board…", asked))
    calendar, meeting = next(iter(held.values()))
    following = calendar.next(ctx.now)
    left = tuple(view.facts.id for view in OpenOutcomes(ctx).left_at(meeting)) if command.then else ()
    value = AllRecorded(meeting=meeting.id, then=command.then, to=following.id if following else 0, left=left)
    return all_recorded_pressed(ctx, value)


def _none_held(ctx: RequestContext) -> str:
    if not (ctx.roles.secretary_of or ctx.roles.chair_of or ctx.roles.is_administrator):
        return why_not(Verb.OUTCOME, THAT_MEETING)
    return "No meeting waits for outcomes: those of the latest one are recorded, or none has been held."


def all_recorded_pressed(ctx: RequestContext, value: AllRecorded) -> Response:
    """Answer *Outcomes recorded*: first ask what becomes of actions without an outcome, then settle the meeting."""
    calendar, meeting = meeting_decided(ctx, value)
    left = OpenOutcomes(ctx).left_at(meeting)
    if left and not (value.then and {view.facts.id for view in left} <= set(value.left)):
        return what_of_those_left(calendar, meeting, left, calendar.next(ctx.now))
    carried: tuple[str, ...] = ()
    if left and value.then == OfThoseLeft.CARRY:
        given = carry_left(ctx, calendar, meeting, value.to)
        if not isinstance(given.content, Content) or OpenOutcomes(ctx).left_at(meeting):
            return given
        carried, left = (given.content.headline,), []
    note_outcomes_recorded(ctx.session, meeting.id, ctx.author_id, ctx.now)
    # *After the meeting* is changed in place, as for an outcome on any one action of the board.
    action = any_action_of_board(ctx.session, calendar.board.id)
    if action is not None:
        mark_stale(ctx.session, action)
    of_those = carried or _left_said(left, settled=True)
    return receipt(
        f"Outcomes of {meeting_said(meeting, calendar)} recorded.",
        *(of_those or ("Every action due at it has an outcome.",)),
        "The digest comes now; the leads concerned are told in working hours.",
    )


def what_of_those_left(
    calendar: BoardCalendar, meeting: MeetingFacts, left: list[ActionView], following: MeetingFacts | None
) -> Response:
    """Ask what becomes of actions without an outcome, with their refs."""
    ids = tuple(view.facts.id for view in left)
    would_be = not all(is_awaiting(view.facts) for view in left)

    def button(label: str, then: OfThoseLeft, to: int = 0) -> Button:
        return press_button(label, AllRecorded(meeting=meeting.id, then=then, to=to, left=ids))

    words = f"/cypp outcomes recorded {calendar.board.key}"
    them, they = ("it", "It is") if len(left) == 1 else ("them", "They are")
    carries = (
        (button(f"Carry {them} forward to {short_day(calendar.day(following))}", OfThoseLeft.CARRY, following.id),)
        if following is not None
        else ()
    )
    return say(
        f"{number_said(len(left), 'action')} due on {meeting_said(meeting, calendar)} "
        f"{'has' if len(left) == 1 else 'have'} no outcome yet. What becomes of {them}? Nothing was changed.",
        *_left_said(left),
        f"In words: “{words}, {OfThoseLeft.CARRY}” or “… {OfThoseLeft.LEAVE}”.",
        buttons=(
            *carries,
            button(f"{they} overdue" if would_be else f"Leave {them} to the next meeting", OfThoseLeft.LEAVE),
            press_button("Not yet", RecordNothing()),
        ),
    )


def _left_said(left: list[ActionView], *, settled: bool = False) -> tuple[str, ...]:
    """Return what becomes, or became, of actions without an outcome that are not carried forward."""
    said = []
    overdue = [view.ref for view in left if not is_awaiting(view.facts)]
    awaiting = [view.ref for view in left if is_awaiting(view.facts)]
    if overdue and settled:
        are = "is" if len(overdue) == 1 else "are"
        many = number_said(len(overdue), "action")
        said.append(f"{many} due at it had no outcome and {are} overdue now: {', '.join(overdue)}.")
    elif overdue:
        said.append(f"Without an outcome: {listed(overdue)}, which would be overdue.")
    if awaiting:
        waits, are = ("awaits", "is") if len(awaiting) == 1 else ("await", "are")
        said.append(f"Proposed for closure: {listed(awaiting)}, which still {waits} the board and {are} not overdue.")
    return tuple(said)
