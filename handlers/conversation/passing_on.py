"""What the board's secretary has to act on: the reply to its writer, and the notice that tells them.

Source: docs/explanation/what-people-write.md, What is passed on.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from handlers.context import RequestContext
from handlers.formatting import meeting_said
from handlers.people.deputies import name_button
from handlers.people.passed_on import PassedOn, pass_on
from handlers.permissions import NotHere
from handlers.press_codec import OnMeeting, Words, ask_button, press_button
from handlers.reading.meeting_names import MeetingFound, read_meeting
from handlers.reading.social_acts import meeting_missed, names_a_way
from handlers.reading.social_frames import Act
from handlers.responses import Content, Response, say
from models.plan.action_filter import ActionFilter
from models.rules.steps import Wish

_MOST = 5
_WISHES: Mapping[Act, Wish] = {
    Act.LEFT: Wish.HANDOVER,
    Act.RING: Wish.CALL,
    Act.TOLD: Wish.ELSEWHERE,
    Act.BY_MAIL: Wish.CHANNEL,
}
"""What the board's secretary is told of beside the reply."""


def pass_act_on(
    ctx: RequestContext, act: Act, given: Response, refs: tuple[str, ...], typed: str, about: tuple[str, ...]
) -> Response:
    """Return the reply to a social act, with the notice to whoever has to act on it where somebody has.

    `refs`: the actions that it may be about; `about`: those that it names, or its thread.
    """
    wish = _WISHES.get(act)
    if wish is None or (wish is Wish.ELSEWHERE and not names_a_way(typed)):
        return given
    return _with_news(given, pass_on(ctx, wish, about, typed, _boards(ctx, wish, refs)))


def _boards(ctx: RequestContext, wish: Wish, refs: tuple[str, ...]) -> tuple[int, ...]:
    """Return the boards whose secretaries are told: of all that a post leads, or the one that the words are about."""
    own = _own_boards(ctx)
    about = [action.board_id for ref in refs if (action := ctx.action(ref)) is not None]
    found = tuple(dict.fromkeys(one for one in (*about, *own, *ctx.calendars) if one is not None))
    return own or found[:1] if wish is Wish.HANDOVER else found[:1]


def _own_boards(ctx: RequestContext) -> tuple[int, ...]:
    """Return the boards that somebody keeps or chairs, then those of the actions that they lead."""
    mine = {*ctx.roles.posts}
    own = [board.id for board in ctx.boards.values() if mine & {board.chair_post_id, board.secretary_post_id}]
    views = ctx.views_to_answer(ActionFilter(lead_posts=ctx.roles.posts, open_only=True))
    return tuple(dict.fromkeys((*own, *(view.facts.board_id for view in views if view.facts.board_id is not None))))


def _with_news(given: Response, passed: PassedOn) -> Response:
    """Return a reply with the news that somebody has been told, and what tells them."""
    if not passed.said or not isinstance(given.content, Content):
        return given
    content = replace(given.content, intro=(passed.said, *given.content.intro))
    return replace(given, content=content, notices=[*given.notices, *passed.notices])


def send_apologies(ctx: RequestContext, clause: str, typed: str) -> Response | None:
    """Pass apologies for a meeting on, or ask for which of several; None where none of them is to come.

    `clause`: those of the words that name the meeting.
    """
    if not ctx.roles.posts:
        return None
    found = read_meeting(meeting_missed(clause), ctx.vocabulary, ctx.today)
    ids = (found.meeting_id,) if isinstance(found, MeetingFound) else found.candidates
    own = _own_boards(ctx)
    sure = isinstance(found, MeetingFound) or found.several
    day = None if sure else re.search(r"(?<!\d)\d{1,2}(?=st|nd|rd|th|\b)", clause)
    meetings = ctx.meetings(ids)
    meetings = [one for one in meetings if one[0].board.id in own] or meetings
    ahead = [one for one in meetings if not one[1].begun(ctx.now)]
    if day is not None:
        # "The 16th": of the next month that has a meeting on it.
        ahead = [one for one in ahead if one[1].dated and one[0].day(one[1]).day == int(day[0])][:1] or ahead
        sure = len(ahead) == 1
    if not ahead:
        return None
    if len(ahead) == 1 and sure:
        return apologise(ctx, SendApologies(meeting=ahead[0][1].id, words=typed))
    buttons = (
        press_button(
            f"{calendar.board.name}, {meeting_said(one, calendar)}"[:75], SendApologies(meeting=one.id, words=typed)
        )
        for calendar, one in ahead[:_MOST]
    )
    return say(
        "Apologies for which meeting? Nothing was recorded, and nobody has been told yet.", buttons=tuple(buttons)
    )


class SendApologies(OnMeeting):
    """The meeting that somebody sends apologies for, and their words."""

    verb = "apologies"
    words_in = "words"
    old_form = ("meeting", "words")

    words: Words = ""


def apologise(ctx: RequestContext, value: SendApologies) -> Response:
    """Pass apologies on to whoever keeps the board of a meeting."""
    calendar = ctx.where(value.meeting)
    if calendar is None:
        return say(NotHere("That meeting is not in this plan any more, so nobody was told."))
    said = f"{calendar.board.name} of {meeting_said(calendar.by_id[value.meeting], calendar)}"
    passed = pass_on(ctx, Wish.APOLOGIES, (), value.words, (calendar.board.id,), value.meeting)
    given = say(
        f"Your apologies for the {said}. Nothing was recorded.",
        "What you owe an update on is asked for all the same; somebody can stand in.",
        buttons=(ask_button("Its meetings", f"meetings {calendar.board.key}"), name_button(None, None)),
    )
    return _with_news(given, passed)
