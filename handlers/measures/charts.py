"""The chart of a measure: which periods it shows, what they are beside, and which figures are out of the usual.

Source: docs/explanation/measures.md, Charts.
"""

from collections.abc import Sequence
from decimal import Decimal

from handlers.context import RequestContext
from handlers.measures.measure_lookup import check_measure_there
from handlers.measures.measure_rows import Scored
from handlers.measures.said import amount_said, figure_said, finding_said
from handlers.press_codec import Number, PressValue
from handlers.responses import Content, Response, say
from models.charts.chart import BETTER, WORSE, Chart, ChartPoint
from models.measure_enums import GoodIs, MeasureUnit, PeriodKind
from models.plan.measures import MeasureFacts, measures_of
from models.rules.periods import MeasurePeriod, last_ended
from models.rules.process_limits import Flagged, ProcessLimits, flagged_figures, process_limits

_MOST = 20
"""Periods, which is what Slack's own charts hold."""
_LEAST = 2
"""Figures; one alone is no line."""
_HUNDRED = Decimal(100)


class ShowChart(PressValue):
    """*Show as chart*."""

    verb = "chart"

    measure: Number = 0


def show_chart(ctx: RequestContext, value: ShowChart) -> Response:
    """Answer *Show as chart*: the chart of a measure, as a message of its own to the asker alone."""
    row = check_measure_there(ctx, value.measure)
    measure = measures_of(ctx.session, ids=(row.id,))[0]
    chart = chart_of(measure, last_ended(measure.period, ctx.today))
    if chart is None:
        return say(f"{row.ref} has fewer than two figures that can be shown, so there is nothing to draw.")
    return Response(
        Content(
            "The chart is on its way to you.",
            ("It comes as a message of this app in our direct conversation, to you alone.",),
        ),
        message=Content(
            f"{row.ref}: {chart.title}.", footer=(f"“/cypp measure {row.ref}” says the same in words.",), picture=chart
        ),
    )


def chart_of(measure: MeasureFacts, until: MeasurePeriod) -> Chart | None:
    """Return the chart of a measure's figures up to a period; None where too few can be shown."""
    periods = _periods(measure, until)
    if sum(one in measure.figures for one in periods) < _LEAST:
        return None
    row = Scored(measure, periods[-1])
    limits, flags = _usual(measure, periods)
    most = _HUNDRED if measure.unit is MeasureUnit.PERCENT else None
    target, floor = row.wanted
    return Chart(
        title=finding_said(measure, row.period),
        name=measure.name,
        points=tuple(_point(measure, period, flags.get(period, "")) for period in periods),
        stands=", ".join(filter(None, (str(row.attained), row.moved))),
        target=target,
        floor=floor,
        limits=(float(limits.lower), float(limits.mean), float(limits.upper)) if limits else None,
        usual=f"{_rounded(limits.lower):f} to {figure_said(measure.unit, _rounded(limits.upper))}" if limits else "",
        mean=figure_said(measure.unit, _rounded(limits.mean)) if limits else "",
        most=float(most) if most else None,
    )


def _rounded(figure: Decimal) -> Decimal:
    return Decimal(f"{figure.quantize(Decimal('0.1')):f}".removesuffix(".0"))


def _periods(measure: MeasureFacts, until: MeasurePeriod) -> list[MeasurePeriod]:
    """Return the periods that are shown, the earliest first: from the first that has a figure to the last."""
    shown = [period for period in measure.figures if period <= until]
    periods = [max(shown)] if shown else []
    while periods and periods[0] > min(shown) and len(periods) < _MOST:
        periods.insert(0, periods[0].before)
    return periods


def _usual(
    measure: MeasureFacts, periods: Sequence[MeasurePeriod]
) -> tuple[ProcessLimits | None, dict[MeasurePeriod, str]]:
    """Return the limits of the last months without a gap, and which of them are out of the usual, and which way."""
    comparable = measure.period is PeriodKind.MONTH and not measure.seasonal
    first = max((at + 1 for at, one in enumerate(periods) if one not in measure.figures), default=0)
    months = periods[first:] if comparable else ()
    figures = [measure.figures[one] for one in months]
    limits = process_limits(figures, _HUNDRED if measure.unit is MeasureUnit.PERCENT else None)
    if limits is None:
        return None, {}
    flagged = zip(months, figures, flagged_figures(figures, limits), strict=True)
    return limits, {
        month: BETTER if _is_better(measure, figure, limits.mean, flag) else WORSE
        for month, figure, flag in flagged
        if flag is not None
    }


def _is_better(measure: MeasureFacts, figure: Decimal, mean: Decimal, flag: Flagged) -> bool:
    if measure.goal.good_is is GoodIs.NEAR:
        return measure.goal.gain(figure, mean) > 0
    return flag.up == (measure.goal.good_is is GoodIs.HIGH)


def _point(measure: MeasureFacts, period: MeasurePeriod, flag: str) -> ChartPoint:
    goal, figure = measure.goal_at(period), measure.figures.get(period)
    target, floor = (float(one) if one is not None else None for one in (goal.target, goal.floor))
    return ChartPoint(
        label=period.short_name,
        period=period.name,
        figure=float(figure) if figure is not None else None,
        said=amount_said(measure, measure.values[period]) if figure is not None else "",
        target=target,
        floor=floor,
        flag=flag,
    )
