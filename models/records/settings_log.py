"""Who changed the settings of a board, an organisation or a person: every write is on record (design, section 5)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.history import Signed
from models.storage.history_tables import SettingChange
from models.storage.tables import Board, Organisation, Person


def note_changes(
    session: Session, row: Board | Organisation, values: Mapping[str, Any], signed: Signed
) -> list[SettingChange]:
    """Columns of a board or an organisation and what is to stand in them in; sets those that differ, each with an
    entry of who did it, and gives the entries out."""
    entries = []
    for name, value in values.items():
        before = getattr(row, name)
        if before == value:
            continue
        setattr(row, name, value)
        entries.append(
            SettingChange(
                workspace_id=row.workspace_id,
                board_id=row.id if isinstance(row, Board) else None,
                organisation_id=row.id if isinstance(row, Organisation) else None,
                setting=name,
                before=_plain(before),
                after=_plain(value),
                person_id=signed.person_id,
                signature=signed.signature,
                way=signed.way,
                at=signed.at,
            )
        )
    session.add_all(entries)
    session.flush()
    return entries


def note_about(session: Session, someone: Person, setting: str, before: Any, after: Any, signed: Signed) -> None:
    """What a person's own setting was and is, somebody else having changed it; the entry names whose it is."""
    session.add(
        SettingChange(
            workspace_id=someone.workspace_id,
            setting=setting,
            before={"of": someone.id, "was": _plain(before)},
            after={"of": someone.id, "is": _plain(after)},
            person_id=signed.person_id,
            signature=signed.signature,
            way=signed.way,
            at=signed.at,
        )
    )


def last_change(session: Session, row: Board | Organisation) -> SettingChange | None:
    """The latest change of its settings, if there was one."""
    of = SettingChange.board_id if isinstance(row, Board) else SettingChange.organisation_id
    wanted = select(SettingChange).where(SettingChange.workspace_id == row.workspace_id, of == row.id)
    return session.scalars(wanted.order_by(SettingChange.id.desc()).limit(1)).first()


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date | datetime) else value
