"""A board's meetings from June to December 2020, and actions that are due at them: what the rules are tried on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.enums import Kind, Status
from models.rules.facts import ActionFacts, BoardCalendar, BoardFacts, MeetingFacts

LONDON = ZoneInfo("Europe/London")
HEARD, HAPPY = 1, 2
JUNE, SEPTEMBER, OCTOBER, DECEMBER, EXPECTED = 1, 11, 12, 13, 14


def local(text: str) -> datetime:
    """A local clock time in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def meeting(id_: int, when: str, **more: Any) -> MeetingFacts:
    return MeetingFacts(id_, board_id=1, starts_at=local(f"{when}T14:00"), **more)


MEETINGS = (
    meeting(JUNE, "2020-06-10"),
    meeting(SEPTEMBER, "2020-09-16"),
    meeting(OCTOBER, "2020-10-23", focus_theme_id=HEARD),
    meeting(DECEMBER, "2020-12-08", focus_theme_id=HAPPY),
    MeetingFacts(EXPECTED, board_id=1, starts_at=None, expected="2021-02"),
)
BOARD = BoardFacts(1, "partnership", "Partnership Board")
CALENDAR = BoardCalendar(BOARD, MEETINGS, LONDON)


def changed(id_: int, **fields: Any) -> BoardCalendar:
    """The calendar with one meeting changed."""
    return replace(CALENDAR, meetings=tuple(replace(m, **fields) if m.id == id_ else m for m in MEETINGS))


def action(**fields: Any) -> ActionFacts:
    """A deliverable on track, due on 16 September."""
    given: dict[str, Any] = {
        "id": 1,
        "ref": "healthy-5",
        "kind": Kind.DELIVERABLE,
        "status": Status.ON_TRACK,
        "board_id": 1,
        "due_meeting_id": SEPTEMBER,
    }
    return ActionFacts(**(given | fields))


def standing(**fields: object) -> ActionFacts:
    return action(**({"kind": Kind.STANDING, "due_meeting_id": None, "theme_id": HEARD} | fields))


def on_a_date(day: date, **fields: object) -> ActionFacts:
    return action(**({"kind": Kind.BOARD_ACTION, "due_meeting_id": None, "due_date": day} | fields))
