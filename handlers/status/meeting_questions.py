"""Questions about meetings: when they are, and on which days papers go out and leads are asked."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.context import RequestContext
from handlers.formatting import day_said, listed, meeting_said, number_said, time_said
from handlers.reading.days import read_found
from handlers.reading.meeting_names import MeetingAsk
from handlers.reading.normalise import quoted
from handlers.reading.queries.query import Query, SubjectKind
from handlers.responses import Group
from handlers.status.query_selection import Selection
from models.enums import Step
from models.rules.facts import BoardCalendar, MeetingFacts

_MOST = 6
_STEPS = {"request": Step.REQUEST, "reminder": Step.REMINDER, "last call": Step.LAST_CALL}


@dataclass(frozen=True, slots=True)
class MeetingsAnswer:
    """What is said about meetings. `unread`: days and meetings, as typed, that are none."""

    headline: str
    groups: tuple[Group, ...] = ()
    unread: tuple[str, ...] = ()


def meetings_answer(ctx: RequestContext, query: Query) -> MeetingsAnswer:
    """Answer when the meetings are that a question is about, or what goes out before them on which day."""
    boards = [one.key for one in query.subjects if one.kind is SubjectKind.BOARD]
    if any(one.kind is SubjectKind.OWN and one.key == "ours" for one in query.subjects):
        own = ctx.roles.chair_of | ctx.roles.secretary_of
        boards += [calendar.board.key for number, calendar in ctx.calendars.items() if number in own]
    focus = {theme.id for theme in ctx.themes for one in query.subjects if one.key == theme.key}
    rows = [
        (calendar, meeting)
        for calendar in ctx.calendars.values()
        if not boards or calendar.board.key in boards
        for meeting in calendar.meetings
    ]
    rows.sort(key=lambda row: row[1].order)
    ahead = [row for row in rows if row[1].order > ctx.now and (row[1].dated or row[1].starts_at is None)]
    if focus:
        ahead = [row for row in ahead if row[1].focus_theme_id in focus]
    unread: list[str] = []
    selection, chosen = Selection(ctx), ahead
    for time in query.times:
        found = selection.meeting_of(time.typed, boards[0] if len(boards) == 1 else "")
        if isinstance(found, MeetingAsk) and not found.several:
            day = selection.day_of(time.typed, "")
            if query.about != "meeting" and day is not None:
                return _sent_on(ctx, rows, day)
            if read_found(time.typed, ctx.today) is None:
                unread.append(time.typed)
                continue
            return MeetingsAnswer(_none(ctx, query, time.typed, ahead))
        ids = found.candidates if isinstance(found, MeetingAsk) else (found.meeting_id,)
        chosen = [row for row in rows if row[1].id in ids]
    if query.limit:
        chosen = chosen[: query.limit]
    if not chosen:
        return MeetingsAnswer("No such meeting is planned.", unread=tuple(unread))
    if query.about != "meeting":
        return _days(ctx, query, chosen, tuple(unread))
    said = [_meeting(ctx, calendar, meeting) for calendar, meeting in chosen[:_MOST]]
    if query.until and (left := chosen[0][0].day(chosen[0][1])) is not None:
        said[0] = f"{said[0]}, {_until(ctx, left)}"
    yes = "Yes. " if query.yes_no else ""
    what = "meeting" if query.times or focus else "next meeting"
    headline = f"{yes}The {what} is {said[0]}."
    if query.limit > 1 or query.counts:
        headline = f"{yes}The next {len(said)} meetings are {'; '.join(said)}."
        return MeetingsAnswer(headline, unread=tuple(unread))
    rest = tuple(f"{one[0].upper()}{one[1:]}" for one in said[1:])
    return MeetingsAnswer(
        headline, (Group("After that" if not query.times else "", texts=rest),) if rest else (), tuple(unread)
    )


def _none(ctx: RequestContext, query: Query, typed: str, ahead: list[tuple[BoardCalendar, MeetingFacts]]) -> str:
    no = "No. There" if query.yes_no else "There"
    following = f"; the next is {_meeting(ctx, *ahead[0])}" if ahead else ""
    after = f", then {_meeting(ctx, *ahead[1])}" if len(ahead) > 1 else ""
    more = "".join(f", then {_meeting(ctx, *row)}" for row in ahead[2:4])
    return f"{no} is no meeting in {quoted(typed)}{following}{after}{more}."


def _meeting(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> str:
    at = f", {time_said(meeting.start, calendar)}" if meeting.starts_at is not None else ""
    theme = next((theme.name for theme in ctx.themes if theme.id == meeting.focus_theme_id), "")
    return f"the {calendar.board.name} on {meeting_said(meeting, calendar)}{at}{', focus ' + theme if theme else ''}"


def _days(
    ctx: RequestContext, query: Query, chosen: list[tuple[BoardCalendar, MeetingFacts]], unread: tuple[str, ...]
) -> MeetingsAnswer:
    """Return what goes out before some meetings, with its day: what is asked for first."""
    dated = [row for row in chosen if row[1].dated]
    if not dated:
        calendar, meeting = chosen[0]
        return MeetingsAnswer(
            f"The {calendar.board.name} has no day yet for {meeting_said(meeting, calendar)}.", unread=unread
        )
    step = _STEPS.get(query.about)
    if step is not None and not query.times:
        days = [(calendar.dates(meeting).day_of(step), calendar, meeting) for calendar, meeting in dated]
        coming = sorted(
            (row for row in days if row[0] is not None and row[0] >= ctx.today), key=lambda row: str(row[0])
        )
        if coming:
            day, calendar, meeting = coming[0]
            assert day is not None  # noqa: S101 - those without a day were left out
            met = f"the {calendar.board.name} of {meeting_said(meeting, calendar)}"
            said = f"The next {step.value} goes out on {day_said(day)}, for {met}."
            return MeetingsAnswer(said, (Group(texts=tuple(_all_days(*row) for row in dated[:_MOST])),), unread)
    first = [_all_days(*row) for row in dated[:_MOST]]
    if query.until:
        calendar, meeting = dated[0]
        dates = calendar.dates(meeting)
        what, does, day = (
            ("Updates", "are due", dates.updates_due)
            if query.about == "updates"
            else ("Papers", "go out", dates.papers)
        )
        met = f"the {calendar.board.name} of {meeting_said(meeting, calendar)}"
        first.insert(0, f"{what} for {met} {does} {_until(ctx, day)}: {day_said(day)}")
    return MeetingsAnswer(f"{first[0]}.", (Group(texts=tuple(first[1:])),) if first[1:] else (), unread)


def _until(ctx: RequestContext, day: date) -> str:
    """Return how long it is until a day: "in 22 days", "today", "3 days ago"."""
    days = (day - ctx.today).days
    if days < 0:
        return f"{number_said(-days, 'day')} ago"
    return f"in {number_said(days, 'day')}" if days else "today"


def _all_days(calendar: BoardCalendar, meeting: MeetingFacts) -> str:
    dates = calendar.dates(meeting)
    steps = [f"{step.value} {day_said(day)}" for step, day in dates.steps]
    days = [*steps, f"updates due {day_said(dates.updates_due)}", f"papers {day_said(dates.papers)}"]
    return f"{calendar.board.name} of {meeting_said(meeting, calendar)}: {', '.join(days)}"


def _sent_on(ctx: RequestContext, rows: list[tuple[BoardCalendar, MeetingFacts]], day: date) -> MeetingsAnswer:
    """Return what goes out on a day; "on Monday" said on a Monday is the next."""
    day = day if day != ctx.today else day + timedelta(days=7)
    said = []
    for calendar, meeting in rows:
        if not meeting.dated:
            continue
        dates = calendar.dates(meeting)
        known = [*((step.value, on) for step, on in dates.steps), ("no update received", dates.no_update),
                 ("papers", dates.papers), ("after the meeting", dates.after)]  # fmt: skip
        said += [
            f"{what} for the {calendar.board.name} of {meeting_said(meeting, calendar)}"
            for what, on in known
            if on == day
        ]
    return MeetingsAnswer(f"On {day_said(day)}: {listed(said) if said else 'nothing goes out'}.")
