"""What was said and decided since a day or since the last meeting, and which actions have no lead."""

import re
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from handlers.commands import ShowChanges, ShowLeaderless
from handlers.context import Round
from handlers.listing import PAGE, page_buttons, paged_reply
from handlers.record import CARD_WORDS, entry_said
from handlers.replies import Answer, Button, Group, Reply, say
from handlers.said.dates import MONTHS, day_at, settle
from handlers.said.text import plain, quoted
from handlers.wording import action_line, day_said, meeting_said, number_said
from models.calendar import at_local
from models.entries import entries_of
from models.enums import AnswerKind, Capacity
from models.history_tables import Outcome, Replan, Update
from models.serving import appointments, in_force
from models.tables import Action

LAST_TIME = re.compile(
    r"(?:the |our )?(?:last|previous) (?:time|meeting|board|board meeting|one)(?: met)?|then|it met|we met"
)
MOST_SAID = 3
"""Entries of one action in such an answer; the others are in its history."""


def show_changes(asked: Round, command: ShowChanges) -> Answer:
    """Answers "what has changed since the last meeting?": each action with what was added to its history since."""
    since = since_when(asked, command.since)
    if since is None:
        return say(
            f"I do not read {quoted(command.since)} as a day that is past.",
            "For instance “what has changed since 9 July?” or “… since the last meeting?”.",
            typed=command.since,
        )
    start, said = since
    ids = _changed_ids(asked, start)
    if not ids:
        earlier = [at.astimezone(asked.zone) for at, _, _ in _held(asked) if at < start]
        return say(
            f"Nothing was recorded since {said}.",
            buttons=tuple(
                Button(f"Since {day_said(at.date())}", "ask", f"what changed since {at:%d/%m/%Y}")
                for at in earlier[-1:]
            ),
        )
    total = len(ids)
    page = min(max(command.page, 0), (total - 1) // PAGE)
    shown = ids[page * PAGE : (page + 1) * PAGE]
    again = f"what changed since {command.since}".removesuffix(" since ")
    return Answer(
        Reply(
            f"{number_said(total, 'action')} {'has' if total == 1 else 'have'} changed since {said}.",
            groups=tuple(_one(asked, action_id, start) for action_id in shown),
            footer=(f"Actions {page * PAGE + 1} to {page * PAGE + len(shown)} of {total}.",) if total > PAGE else (),
            buttons=page_buttons(again, page, total),
            key=True,
            shareable=f"{page}|{again}",
        )
    )


def _one(asked: Round, action_id: int, start: datetime) -> Group:
    action = asked.action_by_id(action_id)
    assert action is not None  # noqa: S101 - an entry is of an action of this plan
    new = [one for one in entries_of(asked.session, action_id) if one.row.at >= start]
    texts = tuple(entry_said(asked, action, one, CARD_WORDS) for one in reversed(new[-MOST_SAID:]))
    more = (f"“/cypp history {action.ref}” shows all.",) if len(new) > MOST_SAID else ()
    line = action_line(asked.view(action_id), asked.calendars, asked.now)
    return Group(texts=(*texts, *more), lines=(line,))


def _changed_ids(asked: Round, start: datetime) -> list[int]:
    found: set[int] = set()
    for table in (Update, Outcome, Replan):
        wanted = select(table.action_id).where(table.workspace_id == asked.workspace_id, table.at >= start)
        if table is Update:
            wanted = wanted.where(Update.kind != AnswerKind.UNDO)
        found.update(asked.session.scalars(wanted))
    rows = select(Action.id).where(Action.workspace_id == asked.workspace_id, Action.id.in_(found))
    return list(asked.session.scalars(rows.order_by(Action.position, Action.id)))


def since_when(asked: Round, typed: str) -> tuple[datetime, str] | None:
    """From when on, and how that is said; None for words that are no day that is past."""
    words = plain(typed)
    if not words or LAST_TIME.fullmatch(words):
        held = _held(asked)
        if held:
            return held[-1][:2]
        return at_local(asked.today - timedelta(days=30), asked.zone), "30 days ago, no meeting having been held"
    day = _past_day(words.removesuffix(" meeting").removeprefix("the "), asked.today)
    return (at_local(day, asked.zone, time(0)), day_said(day)) if day else None


def _held(asked: Round) -> list[tuple[datetime, str, int]]:
    """The last two meetings held: of the asker’s own boards, else of all."""
    held: list[tuple[datetime, str, int]] = [
        (row.starts_at, f"the {calendar.board.name} of {meeting_said(row, calendar)}", calendar.board.id)
        for calendar in asked.calendars.values()
        for row in calendar.meetings
        if row.begun(asked.now) and row.starts_at is not None
    ]
    own = [one for one in held if one[2] in asked.roles.chair_of | asked.roles.secretary_of]
    return sorted(own or held)[-2:]


def _past_day(words: str, today: date) -> date | None:
    """The latest such day: "9 July", "Monday", "the 3rd", "July"; None for words that are none."""
    if words in ("last week", "a week ago"):
        return today - timedelta(days=7)
    if words in ("last month", "a month ago"):
        return today - timedelta(days=30)
    for number, month in enumerate(MONTHS, start=1):
        if words == month:
            return date(today.year if number <= today.month else today.year - 1, number, 1)
    found = day_at(words, 0, today)
    if found is None or found.end != len(words):
        return None
    day = settle(found, today)
    if isinstance(day, date) and day > today:
        if found.fixed is not None and words != "tomorrow":
            day -= timedelta(days=7)
        elif not found.year:
            day = settle(found, today - timedelta(days=365 if found.month else 30))
    return day if isinstance(day, date) and day <= today else None


def show_leaderless(asked: Round, command: ShowLeaderless) -> Answer:
    """Answers "which actions have no lead?": those without a post, and those whose post nobody holds today.

    Of an action for all partners each part has its lead, or none.
    """
    views = asked.views_to_answer(open_only=True)
    held = {
        row.post_id
        for row in appointments(asked.session, asked.workspace_id)
        if row.capacity is Capacity.HOLDER and in_force(row, asked.today)
    }
    without = [view for view in views if not view.facts.lead_post_id]
    vacant = [view for view in views if view.facts.lead_post_id and view.facts.lead_post_id not in held]
    if not without and not vacant:
        return Answer(Reply("Every open action has a lead, and each lead’s post is held."))
    parts = [f"{number_said(len(without), 'action')} without a lead"]
    parts += [f"{number_said(len(vacant), 'action')} whose lead’s post is vacant"] if vacant else []
    groups = [
        Group(heading, lines=tuple(action_line(view, asked.calendars, asked.now) for view in some))
        for heading, some in (("No lead", without), ("The lead’s post is vacant", vacant))
        if some
    ]
    footer = ("“/cypp assign REF to POST” gives one a lead.",)
    headline = f"{', '.join(parts)}."
    return Answer(paged_reply(headline, (), groups, "which actions have no lead", command.page, footer))
