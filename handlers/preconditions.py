"""What a request may not do, and what it names that is not there: it ends with the sentence that says so."""

from handlers.context import RequestContext
from handlers.formatting import meeting_as_typed, meeting_said
from handlers.permissions import About, may, why_not
from handlers.press_codec import ask_button, ask_which
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.responses import FormErrors, NotDone, Response, say
from models.enums import MeetingState, Verb
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.tables import Action

LONGEST_AGAIN = 1000
"""Words that are longer than a button can carry are said again by hand."""


def action_named(ctx: RequestContext, ref: str, typed: str = "", *more: str) -> Action:
    """Return an action by its ref; the request ends where the plan has none. `typed`: what is given back then."""
    action = ctx.action(ref)
    if action is None:
        raise NotDone(say(f"There is no action {ref}.", *more, typed=typed))
    return action


def board_named(ctx: RequestContext, words: str, again: str = "") -> BoardCalendar:
    """Return the board somebody means: as typed, else the one they keep or chair, else the only one.

    `again`: the words that ask it again for one board, for the buttons where several fit, or none does.
    """
    own = ctx.roles.secretary_of or ctx.roles.chair_of
    if not words and len(own) == 1:
        return ctx.calendars[next(iter(own))]
    found = read_board(words, ctx.vocabulary)
    if isinstance(found, BoardFound):
        return calendar_of_key(ctx, found.key)
    names = {board.key: board.name for board in ctx.boards.values()}
    keys = (found.keys or tuple(names)) if 0 < len(again) < LONGEST_AGAIN else ()
    buttons = ask_which("Choose a board…", [(names[key], again.replace("{key}", key)) for key in keys])
    raise NotDone(say(found.say, typed=words, buttons=buttons))


def calendar_of_key(ctx: RequestContext, key: str) -> BoardCalendar:
    """Return the board of a key that the plan has."""
    return next(calendar for calendar in ctx.calendars.values() if calendar.board.key == key)


def meetings_named(
    ctx: RequestContext, typed: str, again: str, after: str = ""
) -> list[tuple[BoardCalendar, MeetingFacts]]:
    """Return the meetings that some words mean, which may be one of each board; the request ends where there is none.

    `again`, `after`: as in `unclear_meeting`.
    """
    found = read_meeting(typed, ctx.vocabulary, ctx.today)
    if isinstance(found, MeetingAsk) and not found.several:
        raise unclear_meeting(ctx, found, again, typed, after)
    return ctx.meetings(found.candidates if isinstance(found, MeetingAsk) else (found.meeting_id,))


def unclear_meeting(
    ctx: RequestContext,
    asked: MeetingAsk,
    again: str,
    typed: str = "",
    after: str = "",
    *,
    dated: bool = False,
    does: str = "",
) -> NotDone:
    """Return what ends a request that does not say which meeting: the question, and a button for each that may be.

    `again`: the words that ask it again for one meeting, "{meeting}", or "" where they cannot be said; `after`: what
    the question ends with; `dated`: one that is only expected will not do; `does`: what a press does with a meeting of
    the one board that may be meant ("Move to"), since no button stores what it does not name.
    """
    rows = ctx.meetings(asked.candidates) if 0 < len(again) < LONGEST_AGAIN else []
    choices = [
        (
            f"{does} {said}" if does else f"{said}, {calendar.board.name}",
            again.replace("{meeting}", meeting_as_typed(meeting, calendar)),
        )
        for calendar, meeting in rows
        if meeting.state is MeetingState.PLANNED and (meeting.dated or not dated)
        for said in [meeting_said(meeting, calendar)]
    ]
    # What stands on the buttons is not said in words as well.
    asks = f"{asked.why} Which meeting is meant?" if choices else asked.say
    buttons = ask_which("Choose a meeting…", choices) or (ask_button("Meetings", "meetings"),)
    return NotDone(say(f"{asks} {after}".strip(), typed=typed, buttons=buttons))


def check_may(ctx: RequestContext, verb: Verb, action: Action, typed: str = "") -> None:
    """End the request of somebody who may not do this to an action: whose it is, and whom to turn to."""
    if not may(ctx.roles, verb, About(action.lead_post_id, action.board_id)):
        lead = ctx.posts.get(action.lead_post_id or 0, "")
        raise NotDone(say(why_not(verb, action.ref, lead, ctx.secretary(action.board_id)), typed=typed))


def check_may_of_board(ctx: RequestContext, verb: Verb, board_id: int, ref: str = "", typed: str = "") -> None:
    """End the request of somebody who may not do this to a board, or to what of it is called `ref`."""
    if not may(ctx.roles, verb, About(board_id=board_id)):
        raise NotDone(say(why_not(verb, ref, secretary=ctx.secretary(board_id)), typed=typed))


def wrong_field(name: str, sentence: str) -> NotDone:
    """Return what ends a form that was sent in with something that must be put right at one field."""
    return NotDone(Response(FormErrors({name: sentence})))
