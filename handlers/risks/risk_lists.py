"""`risks`: how the risks of the plan, of a priority or of a theme are scored; and one risk with its history.

Source: docs/explanation/risks.md.
"""

from collections import Counter
from collections.abc import Sequence

from handlers.commands.risks import ShowRisks
from handlers.context import RequestContext
from handlers.formatting import action_line, day_said, number_said, span_said
from handlers.press_codec import ask_which, shareable
from handlers.reading.targets import PriorityTarget, ThemeTarget, WholePlan, read_target
from handlers.responses import Button, Content, Group, Response, say
from handlers.risks.assess import assess_buttons, may_assess, risk_named
from handlers.risks.score_wording import NOT_ASSESSED, risk_said, score_said, stands_said
from models.measure_enums import PeriodKind
from models.plan.action_filter import ActionFilter
from models.plan.owed_figures import scores_asked
from models.plan.queries import REDACTED
from models.plan.risks import RiskFacts, risk_by_ref, risks_of
from models.rules.periods import last_ended

_MOST = 40
"""Risks in one answer."""
_MOST_BUTTONS = 5
_MOST_ENTRIES = 12
NO_RISKS = "This plan has no risks yet: they stand in its plan file and in the sheet Risks of its workbook."


def worst_risks_first(risks: Sequence[RiskFacts]) -> list[RiskFacts]:
    """Return risks, the highest score first; those that were never assessed stand last."""
    return sorted(risks, key=lambda one: -(one.now.score.product if one.now else 0))


def show_risks(ctx: RequestContext, command: ShowRisks) -> Response:
    """Answer `risks [priority, theme or risk]`."""
    if command.target and (row := risk_by_ref(ctx.session, command.target)) is not None:
        return _one(ctx, risks_of(ctx.session, ids=(row.id,))[0])
    every = risks_of(ctx.session)
    target = read_target(command.target, ctx.vocabulary)
    match target:
        case WholePlan():
            found, what = every, "The plan"
        case PriorityTarget(numbers):
            within = {one.id for one in ctx.priorities if one.number in numbers}
            found, what = [one for one in every if one.priority_id in within], span_said(numbers)
        case ThemeTarget(key):
            theme = next(one for one in ctx.themes if one.key == key)
            within = {one.id for one in ctx.priorities if one.theme_id == theme.id}
            found, what = [one for one in every if one.priority_id in within], f"theme {theme.name}"
        case _:
            risk_named(ctx, command.target)
            found, what = [], ""
    what = what[:1].upper() + what[1:]
    if not found:
        return say(NO_RISKS if not every else f"{what} has no risk of its own: “/cypp risks” lists the plan’s.")
    return _list(ctx, command, what, worst_risks_first(found))


def _list(ctx: RequestContext, command: ShowRisks, what: str, found: Sequence[RiskFacts]) -> Response:
    quarter = last_ended(PeriodKind.QUARTER, ctx.today)
    late = [one for one in found if one.now is None or one.now.day <= quarter.end]
    counts = Counter(one.band(one.now.score) or "scored" if one.now else NOT_ASSESSED for one in found)
    headline = f"{what} has {number_said(len(found), 'risk')}: "
    headline += ", ".join(f"{many} {band}" for band, many in counts.items())
    headline += f"; {len(late)} not assessed since {quarter.name} ended." if late else "."
    mine = [one for one in late if one.owner_post_id in ctx.roles.posts]
    more = len(found) - _MOST
    buttons: list[Button] = []
    for one in mine[:_MOST_BUTTONS]:
        buttons += assess_buttons(one, f"Assess {one.ref}…")[-1:]
    return Response(
        Content(
            headline,
            groups=(Group(texts=tuple(risk_said(ctx, one) for one in found[:_MOST])),),
            buttons=(
                *buttons,
                *ask_which("Show a risk…", [(one.ref, f"risk {one.ref}") for one in found[:_MOST]]),
            ),
            footer=(
                *((f"And {more} more: “/cypp risks priority 7” shows those of one priority.",) if more > 0 else ()),
                "“/cypp risk ORG0009 4 x 5 because …” scores one: likelihood × impact, each 1 to 5.",
            ),
            shareable=shareable(f"risks {command.target}".strip()),
        )
    )


def risks_wanted(ctx: RequestContext) -> tuple[Group, ...]:
    """Return each risk that the asker's posts were asked to assess and have not, with its buttons."""
    asked = dict(scores_asked(ctx.session, ctx.roles.posts)) if ctx.roles.posts else {}
    risks = risks_of(ctx.session, ids=asked) if asked else []
    return tuple(
        Group(f"Risk {one.ref}: {one.title}", texts=(f"It stands at {stands_said(one)}.",), buttons=assess_buttons(one))
        for one in risks
        if one.now is None or one.now.day <= asked[one.id]
    )


def _one(ctx: RequestContext, risk: RiskFacts) -> Response:
    """Return one risk, with what brings it about, what is done about it, and its history."""
    priority = next((one for one in ctx.priorities if one.id == risk.priority_id), None)
    owner = ctx.posts.get(risk.owner_post_id or 0, "")
    facts = (
        f"Priority {priority.number}. {priority.title}." if priority else "Of the plan as a whole.",
        f"Cause: {risk.cause}." if risk.cause else "",
        f"Event: {risk.event}." if risk.event else "",
        f"Effect: {risk.effect}." if risk.effect else "",
        f"Target score {risk.target}." if risk.target else "No target score is set.",
        f"Treatment: {risk.treatment}." if risk.treatment else "",
        f"Assessed each quarter by {owner}." if owner else "Nobody is named to assess it.",
        f"Monitored by {risk.board}." if risk.board else "",
    )
    texts = []
    for one in reversed(risk.assessed[-_MOST_ENTRIES:]):
        words = f"“{one.reason}”" if one.reason else f"{REDACTED}: {one.redaction}" if one.redaction else ""
        said = (f"{day_said(one.day)}: {score_said(risk, one)}.", f"{one.signature}." if one.signature else "", words)
        texts.append(" ".join(filter(None, said)))
    return Response(
        Content(
            f"{risk.ref} {risk.title}: {stands_said(risk)}.",
            intro=tuple(filter(None, facts)),
            groups=(
                Group("Assessments", texts=tuple(texts), empty="" if texts else "None yet."),
                *_mitigation(ctx, risk),
            ),
            buttons=assess_buttons(risk) if may_assess(ctx, risk.owner_post_id) else (),
            shareable=shareable(f"risk {risk.ref}"),
        )
    )


def _mitigation(ctx: RequestContext, risk: RiskFacts) -> tuple[Group, ...]:
    """Return the actions that are to bring a risk to its target, as they stand."""
    named = [action for ref in risk.mitigated_by[:_MOST_BUTTONS] if (action := ctx.action(ref)) is not None]
    views = ctx.views(ActionFilter(ids={one.id for one in named})) if named else []
    more = len(risk.mitigated_by) - _MOST_BUTTONS
    if not views:
        return ()
    lines = tuple(action_line(view, ctx.calendars, ctx.now) for view in views)
    return (Group("Mitigated by", lines=lines, texts=(f"And {more} more.",) if more > 0 else ()),)
