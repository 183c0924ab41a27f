"""Risks and their assessments between a plan file and the database, both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Refusal
from models.files.plan_measures import filled, text_of
from models.files.planfile import PlanFile
from models.files.planfile.schema import FileAssessment, FileRisk
from models.plan.risks import risks_of
from models.records.history import Signed
from models.records.risk_assessments import record_assessment
from models.rules.refs import ref_key
from models.rules.risk_scores import RiskScore
from models.storage.rare_rows import one_more
from models.storage.tables import PlanRisk

RiskColumns = tuple[FileRisk, dict[str, Any], dict[str, Any]]


def risk_columns(
    file: PlanFile, priorities: Mapping[int, int], posts: Mapping[str, int], boards: Mapping[str, int]
) -> Iterator[RiskColumns]:
    """Yield each risk of a file with the columns by which it is known, and those that may change."""
    for position, one in enumerate(file.risks):
        values = {
            "ref": one.ref,
            "title": one.title,
            "priority_id": priorities.get(one.priority or 0),
            "cause": one.cause or "",
            "event": one.event or "",
            "effect": one.effect or "",
            "target": one.target,
            "treatment": one.treatment or "",
            "mitigated_by": list(one.mitigated_by),
            "owner_post_id": posts.get(one.owner or ""),
            "board_id": boards.get(one.board or ""),
        }
        yield one, {"ref_key": ref_key(one.ref), "position": position}, values


def as_computed(file: PlanFile) -> tuple[FileAssessment, ...]:
    """Return the assessments of a file, each with its risk's ref as printed and its score."""
    refs = {ref_key(one.ref): one.ref for one in file.risks}
    return tuple(
        one.model_copy(update={"risk": refs[ref_key(one.risk)], "score": one.likelihood * one.impact})
        for one in file.assessments
    )


def add_assessments(
    session: Session, file: PlanFile, wanted: Callable[[str], bool], signed: Signed, today: date
) -> None:
    """Add the assessments of a file whose part is wanted; its risks are stored already.

    Raises:
        Refusal: a day is still to come.
    """
    one_more(session, PlanRisk)
    rows = {row.ref_key: row for row in session.scalars(select(PlanRisk))}
    for one in as_computed(file):
        if not wanted(f"assessments {ref_key(one.risk)} {one.day}"):
            continue
        if one.day > today:
            raise Refusal(f"{one.risk}, {one.day}: that day is still to come, so nothing was assessed on it yet.")
        score = RiskScore(one.likelihood, one.impact)
        record_assessment(session, rows[ref_key(one.risk)].id, one.day, score, one.because or "", signed)


def stored_risks(
    session: Session, priorities: Mapping[int, int], posts: Mapping[int, str], boards: Mapping[int, str]
) -> dict[str, list[dict[str, Any]]]:
    """Return the raw values of the sections `risks:` and `assessments:` of a plan file, as the database has them."""
    risks: list[dict[str, Any]] = []
    assessments: dict[int, dict[str, Any]] = {}
    for row in risks_of(session):
        risks.append({
            "ref": row.ref, "title": row.title, "priority": text_of(priorities.get(row.priority_id or 0)),
            "cause": row.cause, "event": row.event, "effect": row.effect, "target": text_of(row.target),
            "treatment": row.treatment, "mitigated_by": list(row.mitigated_by),
            "owner": posts.get(row.owner_post_id or 0), "board": boards.get(row.board_id or 0),
        })  # fmt: skip
        for one in row.assessed:
            assessments[one.id] = {
                "risk": row.ref, "day": one.day.isoformat(), "likelihood": str(one.score.likelihood),
                "impact": str(one.score.impact), "score": str(one.score.product),
                "because": " ".join(one.reason.split()),
            }  # fmt: skip
    in_order = [assessments[number] for number in sorted(assessments)]
    return {"risks": [filled(one) for one in risks], "assessments": [filled(one) for one in in_order]}
