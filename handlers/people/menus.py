"""Menus that search as one types: posts, meetings and actions, however many the plan has.

A form gives all the choices of such a menu, and its source; where they are more than one menu may hold, the service
asks for those that fit what was typed so far (`suggest`), by the same source.
"""

from collections.abc import Callable, Mapping

from rapidfuzz import fuzz

from handlers.context import RequestContext
from handlers.formatting import meeting_said
from handlers.people.deputies import deputised
from handlers.permissions import may
from handlers.reading.normalise import fold
from handlers.responses import Choice
from models.enums import MeetingState, Verb
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.refs import ref_key

MOST_CHOICES = 100
"""Choices offered for what was typed."""
ALIKE = 60
"""How alike, of 100, a choice must be to what was typed."""
ALL_ACTIONS, NO_LEAD_CHOICE, NO_POST = "all", "none", "0"
"""The choices of a lead or post that are none: all partners, no lead yet, nobody."""


def posts(ctx: RequestContext) -> tuple[Choice, ...]:
    """Return the posts of the plan, by name."""
    return tuple(Choice(str(post_id), label) for post_id, label in sorted(ctx.posts.items(), key=lambda row: row[1]))


def leads(ctx: RequestContext) -> tuple[Choice, ...]:
    """Return who may lead a new action."""
    return (Choice(ALL_ACTIONS, "All partners"), Choice(NO_LEAD_CHOICE, "No lead yet"), *posts(ctx))


def holders(ctx: RequestContext) -> tuple[Choice, ...]:
    """Return who may hold a role of a board: a post of the plan, or nobody."""
    return (Choice(NO_POST, "nobody"), *posts(ctx))


def is_coming(ctx: RequestContext, meeting: MeetingFacts) -> bool:
    """Return whether something may become due at a meeting: it is planned and has not begun."""
    if meeting.state is MeetingState.CANCELLED:
        return False
    return meeting.starts_at is None or meeting.start > ctx.now


def coming(ctx: RequestContext, value: str = "") -> tuple[Choice, ...]:
    """Return the coming meetings of every board; of one alone ("3"), or of that one before the others ("3,")."""
    first, comma, _ = value.partition(",")
    several = len(ctx.calendars) > 1 and value in ("", f"{first},")
    ordered = sorted(ctx.calendars.items(), key=lambda row: str(row[0]) != first) if comma else ctx.calendars.items()
    return tuple(
        Choice(str(meeting.id), _said(calendar, meeting, several))
        for board_id, calendar in ordered
        if not value or comma or str(board_id) == value
        for meeting in calendar.meetings
        if is_coming(ctx, meeting)
    )


def changeable(ctx: RequestContext, value: str) -> tuple[Choice, ...]:
    """Return the meetings of a board that may be moved or cancelled, the coming ones first."""
    calendar = next((one for board_id, one in ctx.calendars.items() if str(board_id) == value), None)
    if calendar is None:
        return ()
    rows = [meeting for meeting in calendar.meetings if meeting.state is not MeetingState.CANCELLED]
    ahead = [meeting for meeting in rows if is_coming(ctx, meeting)]
    begun = [meeting for meeting in reversed(rows) if meeting not in ahead]
    return (
        *(Choice(str(meeting.id), _said(calendar, meeting, False)) for meeting in ahead),
        *(Choice(str(meeting.id), f"{_said(calendar, meeting, False)} (begun)") for meeting in begun),
    )


def _said(calendar: BoardCalendar, meeting: MeetingFacts, several: bool) -> str:
    said = meeting_said(meeting, calendar)
    return f"{said}, {calendar.board.key}" if several else said


def actions(ctx: RequestContext) -> tuple[Choice, ...]:
    """Return every action by ref and words, in the order of the plan."""
    return tuple(Choice(str(one.id), f"{one.ref}: {one.words}") for one in ctx.findables)


SOURCES: Mapping[str, Callable[[RequestContext, str], tuple[Choice, ...]]] = {
    "actions": lambda ctx, _value: actions(ctx),
    "posts": lambda ctx, _value: posts(ctx),
    "leads": lambda ctx, _value: leads(ctx),
    "holders": lambda ctx, _value: holders(ctx),
    "deputised": lambda ctx, _value: deputised(ctx),
    "coming": coming,
    "changeable": changeable,
}
"""What can be searched: the name of the source, and what takes the value behind it ("coming/3")."""


def suggest(ctx: RequestContext, source: str, typed: str) -> tuple[Choice, ...]:
    """Return what fits what was typed so far into a menu of this source, best first, as many as a menu holds."""
    name, _, value = source.partition("/")
    if name not in SOURCES or not may(ctx.roles, Verb.READ):
        return ()
    return fitting_choices(SOURCES[name](ctx, value), typed)


def fitting_choices(choices: tuple[Choice, ...], typed: str) -> tuple[Choice, ...]:
    """Return the choices most like what was typed, best first.

    A ref in any spelling, a beginning, any part, then what is nearly the same.
    """
    wanted = " ".join(fold(typed).split())
    if not wanted:
        return choices[:MOST_CHOICES]
    key = ref_key(wanted)
    scored = []
    for place, choice in enumerate(choices):
        score = _score(" ".join(fold(choice.label).split()), wanted, key)
        if score >= ALIKE:
            scored.append((-score, place, choice))
    return tuple(choice for _, _, choice in sorted(scored, key=lambda row: row[:2])[:MOST_CHOICES])


def _score(label: str, wanted: str, key: str) -> float:
    ref, colon, _ = label.partition(":")
    if colon and key and ref_key(ref) == key:
        return 400
    if colon and key and ref_key(ref).startswith(key):
        return 300
    if label.startswith(wanted):
        return 250
    if all(word in label for word in wanted.split()):
        return 200
    return fuzz.WRatio(wanted, label)
