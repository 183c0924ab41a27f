"""The front sheet of a meeting's report and its clearances, as they were set: the latest entry of each name counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.enums import Clearance
from models.records.history import Signed
from models.storage.history_tables import ReportEntry


@dataclass(frozen=True, slots=True)
class ClearanceFacts:
    """One clearance of a meeting's report.

    Attributes:
        post_id: the post of the plan that is asked; None for one that is not in it, or where none was named.
        title: who is asked, as printed, where it is no post of the plan.
        sent: the day it was sent.
        cleared: the day it was cleared.
        is_needed: False where it does not apply.
        reference: the reference as printed.
    """

    post_id: int | None = None
    title: str = ""
    sent: date | None = None
    cleared: date | None = None
    is_needed: bool = True
    reference: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether it was sent and nobody has answered."""
        return self.sent is not None and self.cleared is None and self.is_needed

    def stored(self) -> dict[str, Any]:
        """Return it as JSON can hold it, without what says nothing."""
        said = {
            "post": self.post_id,
            "title": self.title,
            "sent": self.sent.isoformat() if self.sent else "",
            "cleared": self.cleared.isoformat() if self.cleared else "",
            "not applicable": not self.is_needed,
            "reference": self.reference,
        }
        return {name: value for name, value in said.items() if value}


def clearance_in(value: Any) -> ClearanceFacts:
    """Return the clearance that a stored value is; one of which nothing is known where it is None."""
    value = value or {}
    sent, cleared = (value.get(name) for name in ("sent", "cleared"))
    return ClearanceFacts(
        post_id=value.get("post"),
        title=value.get("title", ""),
        sent=date.fromisoformat(sent) if sent else None,
        cleared=date.fromisoformat(cleared) if cleared else None,
        is_needed=not value.get("not applicable"),
        reference=value.get("reference", ""),
    )


def set_report_value(
    session: Session, board_id: int, meeting_id: int | None, name: str, value: Any, signed: Signed
) -> ReportEntry:
    """Set a field or a clearance of a meeting's report, or, where no meeting is given, of all a board's reports."""
    entry = ReportEntry(board_id=board_id, meeting_id=meeting_id, name=name, value=value, **signed.columns())
    session.add(entry)
    session.flush()
    return entry


def report_entries(session: Session, board_id: int, meeting_id: int | None) -> list[ReportEntry]:
    """Return what was set for a board's reports and for that of one meeting, the first entry first."""
    of = or_(ReportEntry.meeting_id.is_(None), ReportEntry.meeting_id == meeting_id)
    return list(
        session.scalars(select(ReportEntry).where(ReportEntry.board_id == board_id, of).order_by(ReportEntry.id))
    )


def report_entry_by_id(session: Session, number: int) -> ReportEntry | None:
    """Return an entry by its number."""
    return session.get(ReportEntry, number)


def report_entries_since(session: Session, since: datetime) -> list[ReportEntry]:
    """Return what was set since an instant, the latest first."""
    return list(session.scalars(select(ReportEntry).where(ReportEntry.at >= since).order_by(ReportEntry.id.desc())))


def references_used(session: Session, board_id: int) -> list[ReportEntry]:
    """Return every entry of a board's clearances for a meeting, the first entry first."""
    names = ReportEntry.name.in_([one.value for one in Clearance])
    wanted = select(ReportEntry).where(ReportEntry.board_id == board_id, ReportEntry.meeting_id.is_not(None), names)
    return list(session.scalars(wanted.order_by(ReportEntry.id)))


class WaitingClearance(NamedTuple):
    """A clearance that was sent and not answered, and when that was recorded."""

    which: Clearance
    facts: ClearanceFacts
    at: datetime


def waiting_clearances(session: Session, meeting_ids: Collection[int]) -> dict[int, tuple[WaitingClearance, ...]]:
    """Return which clearances of some meetings' reports nobody has answered, by meeting."""
    if not meeting_ids:
        return {}
    latest: dict[tuple[int, str], ReportEntry] = {}
    wanted = select(ReportEntry).where(
        ReportEntry.meeting_id.in_(meeting_ids), ReportEntry.name.in_([one.value for one in Clearance])
    )
    for row in session.scalars(wanted.order_by(ReportEntry.id)):
        latest[row.meeting_id or 0, row.name] = row
    found: dict[int, list[WaitingClearance]] = {}
    for (meeting_id, name), row in latest.items():
        facts = clearance_in(row.value)
        if facts.is_waiting:
            found.setdefault(meeting_id, []).append(WaitingClearance(Clearance(name), facts, row.at))
    return {meeting_id: tuple(some) for meeting_id, some in found.items()}


_IN_BRIEF = "brief "


def brief_line_name(action_id: int) -> str:
    """Return the name of an action's line in a brief."""
    return f"{_IN_BRIEF}{action_id}"


def action_of_brief_line(name: str) -> int | None:
    """Return the action whose line in a brief is called so; None where the name is another's."""
    return int(name.removeprefix(_IN_BRIEF)) if name.startswith(_IN_BRIEF) else None


def brief_lines(session: Session, board_id: int, meeting_id: int) -> dict[int, dict[str, Any]]:
    """Return the actions that were put in a meeting's brief, each with where its words stand, {} for none."""
    found: dict[int, dict[str, Any]] = {}
    for entry in report_entries(session, board_id, meeting_id):
        action_id = action_of_brief_line(entry.name)
        if action_id is not None:
            found.pop(action_id, None)
            if entry.value is not None:
                found[action_id] = entry.value
    return found
