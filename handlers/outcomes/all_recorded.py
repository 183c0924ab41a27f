"""That a meeting's outcomes are all recorded, said in words: what has none is shown, and one press says so.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from handlers.commands.outcomes import SettleMeeting
from handlers.context import RequestContext
from handlers.formatting import listed, meeting_said
from handlers.outcomes.open_outcomes import OpenOutcomes
from handlers.outcomes.recorded import AllRecorded, settle_meeting, what_of_those_left
from handlers.press_codec import press_button
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.lexicon import ways
from handlers.reading.normalise import fold
from handlers.reading.source_words import plain_tokens
from handlers.responses import Response, say

_OUTCOMES = frozenset(ways("outcome|outcomes|decision|decisions"))
_DONE = frozenset(ways("done|recorded|in|finished|complete|completed|entered|logged|up to date"))
_SMALL = frozenset(
    ways(
        "that|that's|thats|is|are|was|all|the|every|everything|now|i|i've|ive|have|we|we've|weve|our|so|ok|right|for|from|of"
        "|at|on|board|meeting|board's|lot|yesterday|yesterday's|been|got|think|here|there|you|go|thanks|please|last|night"
    )
)
_ASKS = frozenset(ways("is|are|was|have"))


def all_recorded_said(ctx: RequestContext, words: str) -> Response | None:
    """Show what has no outcome yet, where words say that all outcomes are recorded; None where they do not."""
    asked = ctx.parsed(words).command if fold(words).startswith("outcomes recorded") and "?" not in words else None
    if isinstance(asked, SettleMeeting) and (
        not asked.board or isinstance(read_board(asked.board, ctx.vocabulary), BoardFound)
    ):
        return settle_meeting(ctx, asked)
    said = [one.text for one in plain_tokens(words) if one.text[0].isalnum()]
    if _OUTCOMES.isdisjoint(said) or _DONE.isdisjoint(said) or said[0] in _ASKS or "?" in fold(words):
        return None
    outcomes = OpenOutcomes(ctx)
    held = tuple(outcomes.held.values())
    if others := [one for one in said if one not in _OUTCOMES | _DONE | _SMALL]:
        board = read_board(" ".join(others), ctx.vocabulary)
        held = tuple(one for one in held if isinstance(board, BoardFound) and one[0].board.key == board.key)
    if not held:
        return None
    meetings = [f"{calendar.board.name}, {meeting_said(meeting, calendar)}" for calendar, meeting in held]
    if len(held) == 1 and (of_it := outcomes.left_at(held[0][1])):
        calendar, meeting = held[0]
        return what_of_those_left(calendar, meeting, of_it, calendar.next(ctx.now))
    left = f"Without an outcome: {listed(list(outcomes.left))}." if outcomes.left else ""
    return say(
        f"Are all the outcomes of the {listed(meetings)} recorded? Nothing was changed yet.",
        left or "Everything that was due has one.",
        buttons=tuple(
            press_button(
                f"Outcomes recorded: {calendar.board.key}" if held[1:] else "Outcomes recorded",
                AllRecorded(meeting=meeting.id),
            )
            for calendar, meeting in held
        ),
    )
