"""Add assessments of risks. An entry is never edited: what puts one right, or takes it back, is a new one."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.history import Signed
from models.records.redaction import RedactionCounts, redact_everywhere
from models.rules.risk_scores import RiskScore
from models.storage.history_tables import RiskAssessment


def record_assessment(
    session: Session, risk_id: int, day: date, score: RiskScore | None, reason: str, signed: Signed
) -> RiskAssessment:
    """Add how a risk is scored on a day; None takes back what stands for it."""
    likelihood, impact = score or (None, None)
    row = RiskAssessment(
        risk_id=risk_id, day=day, likelihood=likelihood, impact=impact, reason=reason, **signed.columns()
    )
    session.add(row)
    session.flush()
    return row


def assessment_entries(session: Session, risk_id: int) -> list[RiskAssessment]:
    """Return every entry about a risk, the first entry first."""
    of_risk = select(RiskAssessment).where(RiskAssessment.risk_id == risk_id)
    return list(session.scalars(of_risk.order_by(RiskAssessment.id)))


def redact_reason(session: Session, entry: RiskAssessment, why: str, now: datetime) -> RedactionCounts:
    """Empty the reason of an entry wherever the bot wrote it; its score, and who gave it when, stay."""
    words, entry.reason, entry.redaction = entry.reason, "", why
    for other in assessment_entries(session, entry.risk_id):
        if other.reason == words:
            # An entry that took another back says the same again.
            other.reason, other.redaction = "", why
    return redact_everywhere(session, 0, words, why, now)


def assessment_by_id(session: Session, number: int) -> RiskAssessment | None:
    """Return an entry by its number."""
    return session.get(RiskAssessment, number)
