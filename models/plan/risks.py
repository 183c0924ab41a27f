"""Reads of a plan's risks and how each was assessed: in one statement, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models.rules.refs import ref_key
from models.rules.risk_scores import Band, RiskScore, band_of, moved_said, read_band
from models.storage.history_tables import RiskAssessment
from models.storage.rare_rows import none_yet
from models.storage.tables import Board, PlanRisk


class Assessed(NamedTuple):
    """How a risk was scored on a day, as that stands: the latest entry of the day."""

    id: int
    day: date
    score: RiskScore
    reason: str
    redaction: str
    signature: str
    at: datetime


@dataclass(frozen=True)
class RiskFacts:
    """One risk, with how it was assessed, the earliest day first."""

    id: int
    ref: str
    title: str
    priority_id: int | None
    cause: str
    event: str
    effect: str
    target: int | None
    treatment: str
    mitigated_by: tuple[str, ...]
    owner_post_id: int | None
    board_id: int | None
    """The board it names; `monitored_by` is that, else the plan's first."""
    monitored_by: int | None
    board: str
    bands: tuple[Band, ...]
    assessed: tuple[Assessed, ...]

    @property
    def now(self) -> Assessed | None:
        """How it stands; None where it was never assessed."""
        return self.assessed[-1] if self.assessed else None

    @property
    def moved(self) -> str:
        """Which way it went since the day before: "up from 12"; "" where there is no such day."""
        before = self.assessed[-2].score.product if self.assessed[1:] else None
        return moved_said(self.assessed[-1].score.product, before) if self.assessed else ""

    def band(self, score: RiskScore) -> str:
        """Return what the board that monitors it calls a score; "" for nothing."""
        return band_of(score.product, self.bands)


def risks_of(session: Session, ids: Collection[int] | None = None) -> list[RiskFacts]:
    """Return the plan's risks in its order, all or some by number, each with how it was assessed."""
    if none_yet(session, PlanRisk):
        return []
    board, first = aliased(Board), select(func.min(Board.id)).scalar_subquery()
    wanted = (
        select(PlanRisk, board, RiskAssessment)
        .select_from(PlanRisk)
        .outerjoin(board, board.id == func.coalesce(PlanRisk.board_id, first))
        .outerjoin(RiskAssessment, RiskAssessment.risk_id == PlanRisk.id)
        .order_by(PlanRisk.position, PlanRisk.id, RiskAssessment.day, RiskAssessment.id)
    )
    found: dict[int, tuple[PlanRisk, Board | None, dict[date, RiskAssessment]]] = {}
    for risk, monitored_by, entry in session.execute(wanted if ids is None else wanted.where(PlanRisk.id.in_(ids))):
        _, _, latest = found.setdefault(risk.id, (risk, monitored_by, {}))
        if entry is not None:
            latest[entry.day] = entry
    return [_facts(*one) for one in found.values()]


def risk_refs(session: Session) -> frozenset[str] | None:
    """Return the keys of all refs of risks; None where the plan has none."""
    if none_yet(session, PlanRisk):
        return None
    return frozenset(session.scalars(select(PlanRisk.ref_key))) or None


def risk_by_ref(session: Session, ref: str) -> PlanRisk | None:
    """Return a risk by its ref, in any spelling."""
    return session.scalars(select(PlanRisk).where(PlanRisk.ref_key == ref_key(ref))).first()


def risk_by_id(session: Session, number: int) -> PlanRisk | None:
    """Return a risk by its number."""
    return session.scalars(select(PlanRisk).where(PlanRisk.id == number)).first()


def _facts(row: PlanRisk, board: Board | None, entries: Mapping[date, RiskAssessment]) -> RiskFacts:
    written: list[Any] = board.risk_bands if board is not None else []
    return RiskFacts(
        row.id, row.ref, row.title, row.priority_id, row.cause, row.event, row.effect, row.target, row.treatment,
        tuple(row.mitigated_by), row.owner_post_id, row.board_id, board.id if board is not None else None,
        board.name if board is not None else "",
        tuple(band for text in written if (band := read_band(text)) is not None),
        tuple(
            Assessed(
                one.id, one.day, RiskScore(one.likelihood, one.impact), one.reason, one.redaction, one.signature, one.at
            )
            for one in entries.values()
            if one.likelihood is not None and one.impact is not None
        ),
    )  # fmt: skip
