"""Single rows by their number, of one workspace."""

from typing import TypeVar

from sqlalchemy.orm import Session

from models.storage.tables import Scoped

Row = TypeVar("Row", bound=Scoped)


def own_row(session: Session, workspace_id: str, table: type[Row], number: int) -> Row | None:
    """Return the row of this number; None where there is none, or it is another workspace's."""
    row = session.get(table, number)
    return row if row is not None and row.workspace_id == workspace_id else None
