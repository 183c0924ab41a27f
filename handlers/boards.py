"""`board`: one board's settings in plain words, and the dates that follow from them."""

from datetime import date

from handlers.context import Round
from handlers.permissions import About, may
from handlers.replies import Answer, Button, Group, Reply, say
from handlers.said.boards import BoardAsk, BoardFound, read_board
from handlers.secretary_commands import ShowBoard
from handlers.wording import day_said, meeting_said, number_said, short_day, time_said
from models.calendar import local_day
from models.enums import Verb
from models.facts import BoardCalendar
from models.settings_log import last_change
from models.tables import Board

NONE_AHEAD = "none ahead"


def show_board(asked: Round, command: ShowBoard) -> Answer:
    """Answers `board [BOARD]`."""
    calendar = board_meant(asked, command.board, "board {key}")
    if isinstance(calendar, Answer):
        return calendar
    row = asked.boards[calendar.board.id]
    said = settings_said(asked, row)
    groups = [Group("Settings", texts=tuple(f"{name}: {value}" for name, value in said.items()))]
    coming = calendar.next(asked.now)
    if coming is not None:
        heading = f"Next meeting {meeting_said(coming, calendar)}, {time_said(coming.start, calendar)}"
        groups.append(Group(heading, texts=(steps_said(calendar, coming.id),)))
    else:
        groups.append(Group("Next meeting", texts=("No meeting with a date is ahead.",)))
    buttons: tuple[Button, ...] = ()
    footer: tuple[str, ...] = ()
    changed = last_change(asked.session, row)
    if changed is not None:
        day = day_said(local_day(changed.at, asked.zone))
        groups.append(Group(texts=(f"Last changed by {changed.signature} on {day}.",)))
    if may(asked.roles, Verb.BOARD, About(board_id=row.id)):
        buttons = (Button("Change…", "board", str(row.id)),)
        footer = (f"In words, for instance: “/cypp board {row.key} closed 28/12 to 1/1 because the offices are shut”.",)
    return Answer(
        Reply(
            f"{row.name}: papers {said['Papers']}; updates due {said['Updates due']}.",
            groups=tuple(groups),
            footer=footer,
            buttons=buttons,
            channels=tuple(filter(None, (row.channel,))),
            shareable=f"0|board {row.key}",
        )
    )


def board_meant(asked: Round, words: str, again: str) -> BoardCalendar | Answer:
    """The board somebody means: as typed, else the one they keep or chair, else the only one.

    `again`: the words that ask it again for one board, for the buttons where several fit.
    """
    if not words:
        own = asked.roles.secretary_of or asked.roles.chair_of
        if len(own) == 1:
            return asked.calendars[next(iter(own))]
    found = read_board(words, asked.vocabulary)
    if isinstance(found, BoardFound):
        return next(calendar for calendar in asked.calendars.values() if calendar.board.key == found.key)
    return which_board(asked, found, words, again)


def which_board(asked: Round, found: BoardAsk, words: str, again: str) -> Answer:
    """The question which board is meant, with a button for each that fits."""
    names = {board.key: board.name for board in asked.boards.values()}
    # Words that are longer than a button can carry are said again by hand.
    keys = found.keys[:5] if len(again) < 1000 else ()
    buttons = tuple(Button(names[key], "ask", again.replace("{key}", key)) for key in keys)
    return say(found.say, typed=words, buttons=buttons)


def settings_said(asked: Round, row: Board) -> dict[str, str]:
    """A board's settings, each by its name."""
    chair = asked.posts.get(row.chair_post_id or 0, "nobody yet")
    if row.chair_post_id and row.chair_until:
        over = ", over" if row.chair_until < asked.today else ""
        chair += f" (until {day_said(row.chair_until)}{over})"
    sort = "working" if row.papers_working else "calendar"
    started = (
        f"since {day_said(local_day(row.started_at, asked.zone))}" if row.started_at else "not started: it is quiet"
    )
    if row.started_at and row.started_at > asked.now:
        started = f"from {day_said(local_day(row.started_at, asked.zone))} on"
    return {
        "Secretary": asked.posts.get(row.secretary_post_id or 0, "nobody yet"),
        "Chair": chair,
        "Channel": row.channel or "none",
        "Papers": f"{number_said(row.papers_days, f'clear {sort} day')} before the meeting",
        "Updates due": f"{number_said(row.updates_days, 'working day')} before the papers"
        if row.updates_days
        else "on the day of the papers",
        "Leads are asked for": "all its open deliverables" if row.ask_all else "what is due or overdue",
        "Digest published": "at once" if row.publish_at_once else "when Publish is pressed",
        "Closed days": closed_said(row.closed, asked),
        "Reminders": started,
    }


def closed_said(stored: list[list[str]], asked: Round) -> str:
    """Closed dates as they are stored, those that are over left out, in words."""
    ahead = sorted(row for row in stored if row[1] >= asked.today.isoformat())
    return "; ".join(span_said(row) for row in ahead) or NONE_AHEAD


def span_said(row: list[str]) -> str:
    """One span of closed dates: "Mon 28 Dec 2020 to Fri 1 Jan 2021 (Christmas)"."""
    first, last = date.fromisoformat(row[0]), date.fromisoformat(row[1])
    days = day_said(first) if first == last else f"{day_said(first)} to {day_said(last)}"
    return f"{days} ({row[2]})" if len(row) > 2 and row[2] else days


def steps_said(calendar: BoardCalendar, meeting_id: int) -> str:
    """The days around one meeting, in order."""
    dates = calendar.dates(calendar.by_id[meeting_id])
    steps = [f"{step.value} {short_day(day)}" for step, day in dates.steps]
    return f"{', '.join([*steps, f'updates due {short_day(dates.updates_due)}', f'papers {short_day(dates.papers)}'])}."
