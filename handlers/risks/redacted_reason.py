"""`risk redact`: the reason of a risk's last assessment is emptied everywhere; its score, date and signature stay."""

from handlers.actions.redact import NOT_CHANGED
from handlers.commands.risks import RedactRisk
from handlers.context import RequestContext
from handlers.formatting import day_said, number_said
from handlers.preconditions import check_may_of_board
from handlers.responses import Response, receipt, say
from handlers.risks.assess import risk_named
from handlers.safeguarding.confirmation import check_reason
from models.enums import Verb
from models.plan.risks import risks_of
from models.records.risk_assessments import assessment_entries, redact_reason


def redact_risk(ctx: RequestContext, command: RedactRisk) -> Response:
    """Empty the last reason on record of a risk; said again, the one before it."""
    row = risk_named(ctx, command.ref)
    monitored_by = risks_of(ctx.session, ids=(row.id,))[0].monitored_by or 0
    check_may_of_board(ctx, Verb.REDACT, monitored_by, row.ref, typed=command.reason)
    entry = next((one for one in reversed(assessment_entries(ctx.session, row.id)) if one.reason), None)
    if entry is None:
        return say(f"No reason stands for {row.ref}, so there is nothing to redact.")
    if not command.reason:
        return say(
            f"Why is the last reason of {row.ref} redacted? Nothing was changed yet.",
            f"Say for instance “/cypp risk redact {row.ref} because it describes a child”.",
        )
    check_reason(ctx, command.reason)
    why = f"{command.reason} ({ctx.signed().signature}, {day_said(ctx.today)})"
    messages = redact_reason(ctx.session, entry, why, ctx.now).messages
    return receipt(
        f"Redacted: the reason of {row.ref} of {day_said(entry.day)} is emptied.",
        f"“{command.reason}”",
        "Its score, date and signature stay; said again, the reason before it is emptied.",
        f"Changed: {number_said(messages, 'message')} of this bot, within a minute." if messages else "",
        NOT_CHANGED,
    )
