"""What was said and decided since a day or since the last meeting, and which actions have no lead."""

import re
from datetime import date, datetime, time, timedelta

from handlers.actions.history_view import entry_said
from handlers.commands.questions import ShowChanges, ShowLeaderless
from handlers.context import RequestContext
from handlers.formatting import clipped, day_said, meeting_said, number_said
from handlers.list_rows import action_row, rows_group, with_news
from handlers.pagination import LONG_LINES, ListPage, existing_page, page_buttons, page_footer, paged_reply
from handlers.press_codec import ask_button, shareable
from handlers.reading.dates import Looking, MonthWords, month_days
from handlers.reading.days import read_found
from handlers.reading.meeting_names import MeetingFound, read_meeting
from handlers.reading.normalise import plain, quoted
from handlers.responses import ActionLine, Content, Response, say
from models.enums import Capacity
from models.plan.action_filter import EVERY_OPEN_ACTION
from models.plan.action_reads import actions_changed_since
from models.plan.serving import appointments, in_force
from models.records.entries import entries_of
from models.rules.calendar import at_local

LAST_TIME = re.compile(
    r"(?:the |our )?(?:last|previous) (?:time|meeting|board|board meeting|one)(?: met)?|then|it met|we met"
)
MOST_SAID = 3
"""Entries of one action in such an answer; the others are in its history."""
_NEWS_WORDS = 240
"""Characters of what is said of one action."""


def show_changes(ctx: RequestContext, command: ShowChanges) -> Response:
    """Answer "what has changed since the last meeting?": each action with what was added to its history since."""
    since = since_when(ctx, command.since)
    if since is None:
        return say(
            f"I do not read {quoted(command.since)} as a day that is past.",
            "For instance “what has changed since 9 July?” or “… since the last meeting?”.",
            typed=command.since,
        )
    start, said = since
    ids = actions_changed_since(ctx.session, start)
    if not ids:
        earlier = [at.astimezone(ctx.zone) for at, _, _ in _held(ctx) if at < start]
        return say(
            f"Nothing has changed since {said}.",
            buttons=tuple(
                ask_button(f"Since {day_said(at.date())}", f"what changed since {at:%d/%m/%Y}") for at in earlier[-1:]
            ),
        )
    total = len(ids)
    page = existing_page(command.page, total, LONG_LINES)
    shown = ids[page * LONG_LINES : (page + 1) * LONG_LINES]
    again = f"what changed since {command.since}".removesuffix(" since ")
    return Response(
        Content(
            f"{number_said(total, 'action')} {'has' if total == 1 else 'have'} changed since {said}.",
            groups=(rows_group("", [_changed(ctx, action_id, start) for action_id in shown]),),
            footer=page_footer(page, total, LONG_LINES),
            buttons=page_buttons(again, page, total, LONG_LINES),
            shareable=shareable(again, page),
        )
    )


def _changed(ctx: RequestContext, action_id: int, start: datetime) -> ActionLine:
    """Return an action with what was added to its history, the newest first."""
    action = ctx.action_by_id(action_id)
    assert action is not None  # noqa: S101 - an entry is of an action of this plan
    new = [one for one in entries_of(ctx.session, action_id) if one.row.at >= start]
    most = _NEWS_WORDS // min(len(new), MOST_SAID)
    said = [clipped(entry_said(ctx, action, one, most), most) for one in reversed(new[-MOST_SAID:])]
    more = (f"“/cypp history {action.ref}” shows all.",) if len(new) > MOST_SAID else ()
    return with_news(action_row(ctx.view(action_id), ctx.calendars, ctx.now), " ".join((*said, *more)))


def since_when(ctx: RequestContext, typed: str) -> tuple[datetime, str] | None:
    """Return from when on, and how that is said; None for words that are no past day."""
    words = plain(typed)
    if not words or LAST_TIME.fullmatch(words):
        held = _held(ctx)
        if held:
            return held[-1][:2]
        return at_local(ctx.today - timedelta(days=30), ctx.zone), "30 days ago, as no meeting has been held"
    if words.endswith((" meeting", " board")):
        met = read_meeting(words, ctx.vocabulary, ctx.today, looking_back=True)
        rows = ctx.meetings((met.meeting_id,)) if isinstance(met, MeetingFound) else []
        if rows and rows[0][1].begun(ctx.now):
            calendar, meeting = rows[0]
            return meeting.start, f"the {calendar.board.name} of {meeting_said(meeting, calendar)}"
    day = _past_day(words.removesuffix(" meeting").removeprefix("the "), ctx.today)
    return (at_local(day, ctx.zone, time(0)), day_said(day)) if day else None


def _held(ctx: RequestContext) -> list[tuple[datetime, str, int]]:
    """Return the last two meetings held: of the asker’s own boards, else of all."""
    held: list[tuple[datetime, str, int]] = [
        (row.starts_at, f"the {calendar.board.name} of {meeting_said(row, calendar)}", calendar.board.id)
        for calendar in ctx.calendars.values()
        for row in calendar.meetings
        if row.begun(ctx.now) and row.starts_at is not None
    ]
    own = [one for one in held if one[2] in ctx.roles.chair_of | ctx.roles.secretary_of]
    return sorted(own or held)[-2:]


def _past_day(words: str, today: date) -> date | None:
    """Return the latest such day: "9 July", "Monday", "the 3rd", "July"; None for other words."""
    if words in ("last week", "last month"):
        return today - timedelta(days=7 if words == "last week" else 30)
    found = read_found(words, today, Looking.BACK)
    if found is None:
        return None
    written = found.written
    day = month_days(written, today, Looking.BACK)[0] if isinstance(written, MonthWords) else found.first
    return day if day is not None and day <= today else None


def show_leaderless(ctx: RequestContext, command: ShowLeaderless) -> Response:
    """Answer "which actions have no lead?": those without a post, and those whose post nobody holds today.

    Of an action for all partners each part has its lead, or none.
    """
    listed = ctx.listed_to_answer(EVERY_OPEN_ACTION)
    held = {
        row.post_id for row in appointments(ctx.session) if row.capacity is Capacity.HOLDER and in_force(row, ctx.today)
    }
    without = [one for one in listed if not one.facts.lead_post_id]
    vacant = [one for one in listed if one.facts.lead_post_id and one.facts.lead_post_id not in held]
    if not without and not vacant:
        return Response(Content("Every open action has a lead, and somebody holds each lead’s post."))
    parts = [f"{number_said(len(without), 'action')} without a lead"]
    parts += [f"{number_said(len(vacant), 'action')} whose lead’s post is vacant"] if vacant else []
    groups = [
        ListPage(heading, some, lambda view: action_row(view, ctx.calendars, ctx.now))
        for heading, some in (("No lead", without), ("The lead’s post is vacant", vacant))
        if some
    ]
    footer = ("“/cypp assign REF to POST” gives one a lead.",)
    headline = f"{', '.join(parts)}."
    words = "which actions have no lead"
    return Response(paged_reply(headline, (), groups, words, command.page, ctx.read_listed, footer))
