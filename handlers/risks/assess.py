"""Score a risk: from words, from the form or by a press; what puts it right is a new entry.

Source: docs/explanation/risks.md, Entries.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from handlers.buttons import UNDO_HOURS
from handlers.commands.risks import AssessRisk
from handlers.context import RequestContext
from handlers.form_texts import form_response, said_in
from handlers.formatting import day_said
from handlers.permissions import About, NotHere, may, why_not
from handlers.preconditions import wrong_field
from handlers.press_codec import Number, PressValue, ask_button, press_button
from handlers.reading.normalise import quoted
from handlers.responses import LONGEST_LABEL, Button, Choice, Field, NotDone, Response, receipt, say
from handlers.risks.score_wording import stands_said
from handlers.safeguarding.confirmation import objection
from models.enums import NotificationKind, Verb
from models.measure_enums import PeriodKind
from models.plan.owed_figures import mark_figure_asks_stale
from models.plan.risks import RiskFacts, risk_by_id, risk_by_ref, risks_of
from models.records.entry_reads import recorded_since
from models.records.message_counts import count_undo
from models.records.risk_assessments import assessment_by_id, assessment_entries, record_assessment
from models.rules.lengths import MAX_REASON
from models.rules.periods import last_ended
from models.rules.risk_scores import HIGHEST, LOWEST, RiskScore, refused_score
from models.storage.history_tables import RiskAssessment
from models.storage.tables import PlanRisk

_GONE = NotHere("That risk is not in this plan any more: “/cypp risks” shows today’s.")
_NUMBERS = tuple(Choice(str(one), str(one)) for one in range(LOWEST, HIGHEST + 1))


class AssessRiskForm(PressValue):
    """*Assess…*: opens the form of a risk, with a score where one was typed already."""

    verb = "assessrisk"

    risk: Number = 0
    likelihood: Number = 0
    impact: Number = 0


class StillRisk(PressValue):
    """*Still 3 × 5 = 15*: the same score, assessed anew."""

    verb = "stillrisk"

    risk: Number = 0
    likelihood: Number = 0
    impact: Number = 0


class UndoRisk(PressValue):
    """*Undo* under a score that was recorded."""

    verb = "undorisk"
    entry: Number = 0


def risk_named(ctx: RequestContext, ref: str, typed: str = "") -> PlanRisk:
    """Return a risk by its ref; the request ends where the plan has none."""
    row = risk_by_ref(ctx.session, ref)
    if row is None:
        raise NotDone(say(f"There is no risk {quoted(ref)}: “/cypp risks” lists them.", typed=typed or ref))
    return row


def may_assess(ctx: RequestContext, owner_post_id: int | None) -> bool:
    """Return whether the asker acts for the post that assesses a risk, or for a board's secretary."""
    return may(ctx.roles, Verb.RISK, About(lead_post_id=owner_post_id))


def _check_may(ctx: RequestContext, row: PlanRisk, typed: str = "") -> None:
    if not may_assess(ctx, row.owner_post_id):
        raise NotDone(say(why_not(Verb.RISK, row.ref, ctx.posts.get(row.owner_post_id or 0, "")), typed=typed))


def _meant(ctx: RequestContext, number: int) -> PlanRisk:
    row = risk_by_id(ctx.session, number)
    if row is None:
        raise NotDone(say(_GONE))
    _check_may(ctx, row)
    return row


def assess_buttons(risk: RiskFacts, label: str = "Assess…") -> tuple[Button, ...]:
    """Return what says that a score still stands, and what opens the form."""
    form = press_button(label, AssessRiskForm(risk=risk.id))
    if risk.now is None:
        return (form,)
    still = StillRisk(risk=risk.id, likelihood=risk.now.score.likelihood, impact=risk.now.score.impact)
    return press_button(f"Still {risk.now.score.said}", still), form


def assess_risk(ctx: RequestContext, command: AssessRisk) -> Response:
    """Answer `risk REF 4 x 5 because …`."""
    row = risk_named(ctx, command.ref, command.typed)
    _check_may(ctx, row, command.typed)
    if wrong := refused_score(command.likelihood, command.impact, command.printed):
        return say(f"{wrong} Nothing was recorded for {row.ref}.", typed=command.typed)
    if len(command.reason) > MAX_REASON:
        long = f"A reason holds {MAX_REASON:,} characters, and that is {len(command.reason):,}"
        return say(f"{long}: nothing was recorded for {row.ref}.", typed=command.typed)
    score = RiskScore(command.likelihood, command.impact)
    now = risks_of(ctx.session, ids=(row.id,))[0].now
    if now is not None and now.score != score and not command.reason:
        form = AssessRiskForm(risk=row.id, likelihood=score.likelihood, impact=score.impact)
        return say(
            f"Why is {row.ref} {score.said} now? It was {now.score.said}, and nothing is recorded yet.",
            f"Say for instance “/cypp risk {row.ref} {score.likelihood} x {score.impact} because …”.",
            typed=command.typed,
            buttons=(press_button("Say why…", form),),
        )
    if command.reason and (objected := objection(ctx, command.reason, command.typed)) is not None:
        return objected
    return _record(ctx, row, score, command.reason)


def still_so(ctx: RequestContext, value: StillRisk) -> Response:
    """Answer *Still 3 × 5 = 15*: where that stands no more, nothing is recorded."""
    row = _meant(ctx, value.risk)
    risk = risks_of(ctx.session, ids=(row.id,))[0]
    score = RiskScore(value.likelihood, value.impact)
    if risk.now is None or risk.now.score != score:
        return say(f"{row.ref} is {stands_said(risk)}, so “Still {score.said}” was not recorded.")
    return _record(ctx, row, score, "")


def assess_form(ctx: RequestContext, value: AssessRiskForm) -> Response:
    """Answer *Assess…* with the form, filled in with what stands."""
    row = _meant(ctx, value.risk)
    now = risks_of(ctx.session, ids=(row.id,))[0].now
    typed = RiskScore(value.likelihood, value.impact)
    shown = typed if value.likelihood and not refused_score(*typed) else now.score if now else None
    likelihood, impact = (str(one) for one in shown) if shown else ("", "")
    return form_response(
        "Assess a risk",
        AssessRiskForm(risk=row.id),
        "Record",
        Field("likelihood", "Likelihood", "choice", "1 is least, 5 is most.", likelihood, choices=_NUMBERS),
        Field("impact", "Impact", "choice", "1 is least, 5 is most.", impact, choices=_NUMBERS),
        Field("because", "Why?", "text", "Needed where the score changes.", optional=True, max_length=MAX_REASON),
        intro=(f"{row.ref}: {row.title}", *((f"It stands at {now.score.said}.",) if now else ())),
    )


def assessment_sent(ctx: RequestContext, value: AssessRiskForm, fields: Mapping[str, str]) -> Response:
    """Take in the form."""
    row = _meant(ctx, value.risk)
    numbers = {str(one): one for one in range(LOWEST, HIGHEST + 1)}
    for name in ("likelihood", "impact"):
        if fields.get(name, "") not in numbers:
            raise wrong_field(name, f"Choose a number from {LOWEST} to {HIGHEST}.")
    score = RiskScore(numbers[fields["likelihood"]], numbers[fields["impact"]])
    reason = said_in(fields, "because")
    now = risks_of(ctx.session, ids=(row.id,))[0].now
    if now is not None and now.score != score and not reason:
        raise wrong_field("because", f"It was {now.score.said}: say why it is {score.said} now.")
    # The form has asked about its words already.
    return _record(ctx, row, score, reason)


def _record(ctx: RequestContext, row: PlanRisk, score: RiskScore, reason: str) -> Response:
    """Record a score for today, and say what it comes to."""
    before = risks_of(ctx.session, ids=(row.id,))[0].now
    if before is not None and (before.day, before.score) == (ctx.today, score) and reason in ("", before.reason):
        return say(f"{row.ref} is {score.said} since today already: nothing was changed.")
    entry = record_assessment(ctx.session, row.id, ctx.today, score, reason, ctx.signed(row.owner_post_id))
    _mark_asks_stale(ctx, row)
    after = risks_of(ctx.session, ids=(row.id,))[0]
    changed = ""
    if before is not None and before.score != score:
        who = ", ".join(filter(None, (before.signature, day_said(before.day))))
        changed = f"It was {before.score.said} ({who}); that entry stays in the history."
    target = f"The target is {after.target}." if after.target else ""
    return receipt(
        f"Assessed: {row.ref} is {stands_said(after)}.",
        row.title,
        f"“{reason}”" if reason else "",
        changed,
        target,
        f"Signed {entry.signature}, {day_said(ctx.today)}.",
        buttons=(
            press_button("Undo", UndoRisk(entry=entry.id)),
            ask_button(f"Show {row.ref}"[:LONGEST_LABEL], f"risk {row.ref}"),
        ),
    )


def _mark_asks_stale(ctx: RequestContext, row: PlanRisk) -> None:
    quarter = last_ended(PeriodKind.QUARTER, ctx.today)
    mark_figure_asks_stale(ctx.session, row.id, quarter.end, NotificationKind.RISK)


def undo_risk(ctx: RequestContext, value: UndoRisk) -> Response:
    """Answer *Undo*: what stood before stands again, by a new entry; while nothing newer is known."""
    entry = assessment_by_id(ctx.session, value.entry)
    row = risk_by_id(ctx.session, entry.risk_id) if entry is not None else None
    if entry is None or row is None:
        return say(_GONE)
    if not ctx.wrote(entry):
        return say(f"Only whoever wrote it can undo it: the score of {row.ref} was not changed.")
    if ctx.now - entry.at > timedelta(hours=UNDO_HOURS):
        return say("That was more than a day ago, so it stays on record: assess the risk again instead.")
    entries = assessment_entries(ctx.session, row.id)
    if entries[-1].id != entry.id or entry.likelihood is None:
        return say(f"Something newer is on record for {row.ref}, so nothing was undone.")
    earlier = [one for one in entries[:-1] if one.day == entry.day]
    score, reason = None, ""
    if earlier and earlier[-1].likelihood and earlier[-1].impact:
        score, reason = RiskScore(earlier[-1].likelihood, earlier[-1].impact), earlier[-1].reason
    record_assessment(ctx.session, row.id, entry.day, score, reason, ctx.signed(row.owner_post_id))
    _mark_asks_stale(ctx, row)
    count_undo(ctx.session, entry.message, ctx.zone)
    after = risks_of(ctx.session, ids=(row.id,))[0]
    return receipt(f"Undone: {row.ref} is {stands_said(after)}, as before.", "Both entries stay in the history.")


def latest_assessment_undone(ctx: RequestContext) -> tuple[datetime, str, Button] | None:
    """Return when the asker last scored a risk within a day, what that is, and its *Undo*; None for none."""
    seen: set[int] = set()
    for entry in recorded_since(ctx.session, RiskAssessment, ctx.now - timedelta(hours=UNDO_HOURS)):
        row = risk_by_id(ctx.session, entry.risk_id)
        if entry.risk_id not in seen and row and ctx.wrote(entry) and entry.likelihood is not None:
            return entry.at, f"the score of {row.ref}", press_button("Undo", UndoRisk(entry=entry.id))
        seen.add(entry.risk_id)
    return None
