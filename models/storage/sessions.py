"""The type of a transaction, for those who only hand it on; and a part of one that is kept or not."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

_Made = TypeVar("_Made")

__all__ = ["Session", "keep_if"]


def keep_if(session: Session, work: Callable[[], _Made], kept: Callable[[_Made], bool]) -> _Made:
    """Return what `work` makes of a transaction; what it wrote stays only where `kept` says so of that."""
    part = session.begin_nested()
    made = work()
    if kept(made):
        part.commit()
    else:
        part.rollback()
    return made
