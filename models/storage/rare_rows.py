"""What most workspaces have none of, known from the asker's own statement, so that nothing more is read for it."""

from sqlalchemy import ColumnElement, bindparam, literal, select
from sqlalchemy.orm import Session

from models.storage.base import core_table
from models.storage.history_tables import Contribution, EndedPlan, FrozenPaper
from models.storage.tables import PlanMeasure, PlanRisk

_RARE = (EndedPlan, FrozenPaper, Contribution, PlanMeasure, PlanRisk)
NoneYet = type[EndedPlan] | type[FrozenPaper] | type[Contribution] | type[PlanMeasure] | type[PlanRisk]


def rare_columns() -> list[ColumnElement[bool]]:
    """Return whether the workspace bound as `workspace` has each of them, as columns of a statement."""
    return [
        select(literal(1)).where(core_table(one).c.workspace_id == bindparam("workspace")).exists() for one in _RARE
    ]


def keep_rare(session: Session, there: tuple[bool, ...]) -> None:
    """Keep for this transaction what a statement said of `rare_columns`."""
    session.info.update({(one, "none"): not is_there for one, is_there in zip(_RARE, there, strict=True)})


def none_yet(session: Session, table: NoneYet) -> bool:
    """Return whether the workspace is known to have none, so that there is nothing to read."""
    return bool(session.info.get((table, "none"), False))


def one_more(session: Session, table: NoneYet) -> None:
    """Have it read again in this transaction, which adds one."""
    session.info.pop((table, "none"), None)
