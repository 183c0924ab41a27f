"""The figures of papers that were frozen, and boards' own templates."""

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.history import Signed
from models.storage.history_tables import FrozenPaper, PaperTemplate, Update
from models.storage.rare_rows import none_yet, one_more


@dataclass(frozen=True, slots=True)
class FrozenFigures:
    """A paper whose figures stand: which edition, since when, by whom ("" at the deadline), and the figures."""

    edition: int
    at: datetime
    by: str
    figures: str

    @property
    def latest(self) -> int:
        """The number of the latest update that it knows of."""
        return int(json.loads(self.figures)["latest"])


def frozen_paper(session: Session, meeting_id: int, meeting_day: date) -> FrozenFigures | None:
    """Return the paper that stands for a meeting on a day; None where it was thawed, or the meeting has moved since."""
    row = _latest(session, meeting_id)
    if row is None or row.thawed_at is not None or row.meeting_day != meeting_day:
        return None
    return FrozenFigures(row.edition, row.at, row.signature, row.figures)


def meetings_with_papers(session: Session, since: date) -> list[int]:
    """Return the meetings, on a day or later, of which a paper was frozen and not thawed."""
    if none_yet(session, FrozenPaper):
        return []
    wanted = select(FrozenPaper.meeting_id).where(FrozenPaper.meeting_day >= since, FrozenPaper.thawed_at.is_(None))
    return sorted(set(session.scalars(wanted)))


def next_edition(session: Session, meeting_id: int) -> int:
    """Return the number of the edition that is frozen next for a meeting."""
    row = _latest(session, meeting_id)
    return row.edition + 1 if row is not None else 1


def freeze_figures(session: Session, meeting_id: int, meeting_day: date, figures: str, signed: Signed) -> None:
    """Freeze the figures of a meeting's paper as its next edition."""
    one_more(session, FrozenPaper)
    session.add(
        FrozenPaper(
            meeting_id=meeting_id,
            edition=next_edition(session, meeting_id),
            meeting_day=meeting_day,
            figures=figures,
            **signed.columns(),
        )
    )
    session.flush()


def thaw_figures(session: Session, meeting_id: int, signed: Signed) -> None:
    """Let the figures of a meeting's paper change again."""
    row = _latest(session, meeting_id)
    if row is not None:
        row.thawed_at, row.thawed_by = signed.at, signed.signature
        session.flush()


def entries_written(session: Session, person_id: int, after: int, most: int) -> int:
    """Count what somebody wrote after the update of a number, up to `most`."""
    wanted = select(Update.id).where(Update.person_id == person_id, Update.id > after)
    return len(session.scalars(wanted.limit(most)).all())


def _latest(session: Session, meeting_id: int) -> FrozenPaper | None:
    wanted = select(FrozenPaper).where(FrozenPaper.meeting_id == meeting_id)
    return session.scalars(wanted.order_by(FrozenPaper.edition.desc()).limit(1)).first()


def keep_template(session: Session, board_id: int, document: str, name: str, content: bytes, signed: Signed) -> None:
    """Keep a board's own template of a document; without content it has ours again."""
    session.add(
        PaperTemplate(
            board_id=board_id,
            document=document,
            name=name,
            content=base64.b64encode(content).decode(),
            **signed.columns(),
        )
    )
    session.flush()


def template_of(session: Session, board_id: int, document: str) -> tuple[str, bytes]:
    """Return a board's own template of a document with its name, or nothing where it has ours."""
    of_board = select(PaperTemplate).where(PaperTemplate.board_id == board_id, PaperTemplate.document == document)
    row = session.scalars(of_board.order_by(PaperTemplate.id.desc()).limit(1)).first()
    return (row.name, base64.b64decode(row.content)) if row is not None else ("", b"")
