"""Risks in the paper of the board that monitors them, as they stand.

Source: docs/explanation/risks.md, In the paper.
"""

from handlers.context import RequestContext
from handlers.formatting import day_said
from handlers.papers.paper import PaperRisk
from handlers.risks.risk_lists import worst_risks_first
from handlers.risks.score_wording import NOT_ASSESSED, score_said
from models.plan.risks import RiskFacts, risks_of


def gather_risks(ctx: RequestContext, board_id: int) -> tuple[PaperRisk, ...]:
    """Return the risks that a board monitors, the highest score first."""
    mine = [one for one in risks_of(ctx.session) if one.monitored_by == board_id]
    return tuple(_printed(ctx, one) for one in worst_risks_first(mine))


def _printed(ctx: RequestContext, risk: RiskFacts) -> PaperRisk:
    return PaperRisk(
        ref=risk.ref,
        title=risk.title,
        score=score_said(risk, risk.now) if risk.now else NOT_ASSESSED,
        moved=risk.moved or "–",
        target=str(risk.target or "–"),
        treatment=risk.treatment,
        owner=ctx.posts.get(risk.owner_post_id or 0, "–"),
        assessed=day_said(risk.now.day) if risk.now else "–",
    )
