"""The form of a measure's figure: the period, the figure, of how many, whether it may still change."""

from collections.abc import Mapping

from handlers.context import RequestContext
from handlers.form_texts import form_response, said_in
from handlers.measures.given import Offered, RecordFigure, check_may_give, record_figure
from handlers.measures.measure_lookup import check_measure_there
from handlers.preconditions import wrong_field
from handlers.press_codec import Day, Number, PressValue
from handlers.reading.measure_words import read_figure
from handlers.responses import Choice, Field, Response
from models.measure_enums import ValueState
from models.plan.measures import MeasureFacts, measures_of
from models.rules.lengths import MAX_REASON
from models.rules.periods import MeasurePeriod, last_ended
from models.storage.tables import PlanMeasure

_PERIODS = 8


class GiveFigureForm(PressValue):
    """*Give figure…*: opens the form of a figure; `seen`: the entry that the form shows."""

    verb = "givefigure"

    measure: Number = 0
    seen: Number = 0
    period: Day = None


def _meant(ctx: RequestContext, value: GiveFigureForm) -> PlanMeasure:
    row = check_measure_there(ctx, value.measure)
    check_may_give(ctx, row)
    return row


def _offered(measure: MeasureFacts, value: GiveFigureForm, last: MeasurePeriod) -> list[MeasurePeriod]:
    periods = [last]
    while len(periods) < _PERIODS:
        periods.append(periods[-1].before)
    return periods


def figure_form(ctx: RequestContext, value: GiveFigureForm) -> Response:
    """Answer *Give figure…*: the form with what stands now for the last period that is over."""
    row = _meant(ctx, value)
    measure = measures_of(ctx.session, ids=(row.id,))[0]
    last = last_ended(row.period, ctx.today)
    standing = measure.values.get(last)
    state = ValueState.FINAL
    if standing is not None and not standing.available:
        state = ValueState.NOT_AVAILABLE
    elif standing is not None and standing.provisional:
        state = ValueState.PROVISIONAL
    periods = [Choice(one.name, one.name[0].upper() + one.name[1:]) for one in _offered(measure, value, last)]
    share = ""
    if standing is not None and standing.numerator is not None and standing.denominator is not None:
        share = f"{standing.numerator} of {standing.denominator}"
    return form_response(
        "Figure",
        GiveFigureForm(measure=row.id, seen=standing.id if standing is not None else 0, period=last.end),
        "Record",
        Field("period", "Period", "choice", initial=last.name, choices=tuple(periods)),
        Field(
            "figure", f"Figure, in {row.unit}", "line", "Leave it empty where there is no figure.", optional=True,
            initial=f"{standing.figure:f}" if standing is not None and standing.figure is not None else "",
            max_length=40,
        ),
        Field("share", "How many of how many", "line", "18 of 25; where it is a share.", share, optional=True,
              max_length=40),
        Field(
            "state", "It is", "choice", initial=str(state),
            choices=tuple(Choice(str(one), str(one).capitalize()) for one in ValueState),
        ),
        Field("note", "Anything worth knowing", "text", initial=standing.note if standing is not None else "",
              optional=True, max_length=MAX_REASON),
        intro=(f"{row.ref}: {row.name}",),
    )  # fmt: skip


def figure_sent(ctx: RequestContext, value: GiveFigureForm, fields: Mapping[str, str]) -> Response:
    """Take in the form."""
    row = _meant(ctx, value)
    figure, share = fields.get("figure", "").strip(), fields.get("share", "").strip()
    absent = fields.get("state") == ValueState.NOT_AVAILABLE
    read = read_figure(figure)
    of_many = read_figure(share)
    if figure and (not read.figure or read.note or read.period):
        raise wrong_field("figure", "Write a number, such as 72 or 72.5.")
    if share and (of_many.share is None or of_many.note):
        raise wrong_field("share", "Write how many of how many, such as 18 of 25.")
    if not (figure or share or absent):
        raise wrong_field("figure", "Write the figure, or choose “Not available”.")
    if figure and absent:
        raise wrong_field("state", "There is a figure, so it is final or provisional.")
    period = fields.get("period", "")
    typed = " ".join(filter(None, (row.ref, period, figure, share)))
    offered = Offered(
        row.id, period, read.figure, str(read.unit or ""), of_many.share or read.share,
        fields.get("state") == ValueState.PROVISIONAL, absent, said_in(fields, "note"), typed, value.seen,
    )  # fmt: skip
    # The form has asked about its words already.
    return record_figure(ctx, row, offered, RecordFigure(sure=True))
