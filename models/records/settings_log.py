"""Record who changed the settings of a board, an organisation or a person (docs/explanation/architecture.md)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models.enums import Nation
from models.records.history import Signed, count_missed_anew, order_of
from models.storage.history_tables import MeetingChange, Replan, SettingChange, signed_tables
from models.storage.scope import workspace_of
from models.storage.tables import Action, Board, Meeting, Organisation, Person, Post


def record_setting_changes(
    session: Session, row: Board | Organisation | Post, values: Mapping[str, Any], signed: Signed
) -> list[SettingChange]:
    """Set the columns that differ on a board, organisation or post; return one entry for each, with who did it.

    An entry about a post names it by its key.
    """
    entries = []
    for name, value in values.items():
        before = getattr(row, name)
        if before == value:
            continue
        setattr(row, name, value)
        plain = (_plain(before), _plain(value))
        was, now = ({"post": row.key, "is": one} for one in plain) if isinstance(row, Post) else plain
        entries.append(
            SettingChange(
                workspace_id=row.workspace_id,
                board_id=row.id if isinstance(row, Board) else None,
                organisation_id=row.id if isinstance(row, Organisation) else None,
                setting=name,
                before=was,
                after=now,
                **signed.columns(),
            )
        )
    session.add_all(entries)
    session.flush()
    return entries


def record_person_setting(
    session: Session, someone: Person, setting: str, before: Any, after: Any, signed: Signed
) -> None:
    """Record that somebody changed a person's own setting; the entry names whose it is."""
    session.add(
        SettingChange(
            workspace_id=someone.workspace_id,
            setting=setting,
            before={"of": someone.id, "was": _plain(before)},
            after={"of": someone.id, "is": _plain(after)},
            **signed.columns(),
        )
    )


def record_command(session: Session, what: str, about: Any, signed: Signed) -> None:
    """Record that a command changed something of a workspace that no entry of an action or setting shows."""
    session.add(SettingChange(workspace_id=workspace_of(session), setting=what, after=about, **signed.columns()))


def newest_signatures(session: Session) -> list[int | None]:
    """Return the number of the newest row in each table of what somebody wrote and signed."""
    return [session.scalar(select(func.max(table.id))) for table in signed_tables()]


def record_meeting(session: Session, row: Meeting, signed: Signed) -> None:
    """Record that a meeting was added, moved or cancelled, and by whom."""
    session.flush()
    noted = MeetingChange(meeting_id=row.id, starts_at=row.starts_at, state=row.state, **signed.columns())
    noted.workspace_id = row.workspace_id
    session.add(noted)
    session.flush()


def meeting_changes(session: Session, meeting_id: int) -> list[MeetingChange]:
    """Return what was recorded of a meeting, the first entry first."""
    mine = select(MeetingChange).where(MeetingChange.meeting_id == meeting_id)
    return list(session.scalars(mine.order_by(MeetingChange.id)))


def changes_since(session: Session, since: datetime) -> list[MeetingChange]:
    """Return what was recorded of meetings since an instant, the latest first."""
    return list(
        session.scalars(select(MeetingChange).where(MeetingChange.at >= since).order_by(MeetingChange.id.desc()))
    )


def record_meeting_in_use(session: Session, row: Meeting, signed: Signed, was: datetime | None = None) -> None:
    """Record the same where there are actions already, and what they missed by it; `was`: when it began before."""
    record_meeting(session, row, signed)
    earliest = min(order_of(row), was or order_of(row))
    # Of what was moved after it alone: what others have missed is counted when somebody asks.
    was_due = exists().where(Replan.action_id == Action.id, Replan.from_meeting_id == Meeting.id)
    moved_since = select(Action).where(Action.moved_at > earliest, was_due.where(Meeting.board_id == row.board_id))
    for action in session.scalars(moved_since).all():
        count_missed_anew(session, action)
    session.flush()


def last_setting_change(session: Session, row: Board | Organisation) -> SettingChange | None:
    """Return the latest change of a row's settings, if any."""
    of = SettingChange.board_id if isinstance(row, Board) else SettingChange.organisation_id
    wanted = select(SettingChange).where(of == row.id)
    return session.scalars(wanted.order_by(SettingChange.id.desc()).limit(1)).first()


def setting_change_by_id(session: Session, number: int) -> SettingChange | None:
    """Return an entry by its number."""
    return session.get(SettingChange, number)


def last_change_of(session: Session, row: Board | Organisation, setting: str) -> SettingChange | None:
    """Return the latest change of one setting of a row, if any."""
    of = SettingChange.board_id if isinstance(row, Board) else SettingChange.organisation_id
    wanted = select(SettingChange).where(of == row.id, SettingChange.setting == setting)
    return session.scalars(wanted.order_by(SettingChange.id.desc()).limit(1)).first()


def settings_since(session: Session, since: datetime) -> list[SettingChange]:
    """Return what was recorded of boards' and organisations' settings since an instant, the latest first."""
    whose = SettingChange.board_id.is_not(None) | SettingChange.organisation_id.is_not(None)
    wanted = select(SettingChange).where(SettingChange.at >= since, whose)
    return list(session.scalars(wanted.order_by(SettingChange.id.desc())))


_FROM_JSON = {
    "chair_until": date.fromisoformat,
    "last_day": date.fromisoformat,
    "started_at": datetime.fromisoformat,
    "nation": Nation,
}


def stored_value(setting: str, recorded: Any) -> Any:
    """Return what a setting's column holds for what was recorded of it."""
    return _FROM_JSON[setting](recorded) if recorded and setting in _FROM_JSON else recorded


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date | datetime) else value
