"""How risks are said, in one line.

Source: docs/explanation/risks.md, Scores and bands.
"""

from handlers.context import RequestContext
from handlers.formatting import day_said
from models.plan.risks import Assessed, RiskFacts

NOT_ASSESSED = "not assessed yet"


def score_said(risk: RiskFacts, assessed: Assessed) -> str:
    """Return a score and what its board calls it: "3 × 5 = 15, high"."""
    return ", ".join(filter(None, (assessed.score.said, risk.band(assessed.score))))


def stands_said(risk: RiskFacts) -> str:
    """Return how a risk stands: "3 × 5 = 15, high, up from 12"."""
    return ", ".join(filter(None, (score_said(risk, risk.now), risk.moved))) if risk.now else NOT_ASSESSED


def risk_said(ctx: RequestContext, risk: RiskFacts) -> str:
    """Return a risk in a line: its score, its target, whose it is, when it was assessed."""
    said = [
        f"{risk.ref} {risk.title}: {stands_said(risk)}",
        f"target {risk.target}" if risk.target else "",
        ctx.posts.get(risk.owner_post_id or 0, "nobody is named to assess it"),
        f"assessed {day_said(risk.now.day)}" if risk.now else "",
    ]
    return "; ".join(filter(None, said))
