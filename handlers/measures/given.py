"""Record a measure's figure for a period: from words, from the form or by a press; what puts it right is a new entry.

What is not plain is asked about, one question at a time; what cannot be is refused in a sentence.

Source: docs/explanation/measures.md, Entries.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from handlers.buttons import UNDO_HOURS
from handlers.context import RequestContext
from handlers.drafts import keep_draft, named_draft, use_draft
from handlers.formatting import day_said
from handlers.measures.improvement import improvement_buttons
from handlers.measures.said import amount_said, comes_to, figure_said
from handlers.permissions import About, NotHere, may, why_not
from handlers.press_codec import Day, Flag, Number, OnDraft, PressValue, Words, ask_button, press_button
from handlers.reading.measure_words import FigureRead
from handlers.responses import LONGEST_LABEL, Content, NotDone, Response, receipt, say
from handlers.safeguarding.confirmation import REWORD_LABEL, SURE_LABEL, objection
from models.enums import Verb
from models.measure_enums import MeasureUnit, NoFigure
from models.plan.measures import MeasureFacts, ValueFacts, measure_by_id, measures_of
from models.plan.owed_figures import mark_figure_asks_stale
from models.records.measure_values import (
    GivenValue,
    given_in,
    record_value,
    value_by_id,
    value_entries,
)
from models.records.message_counts import count_undo
from models.rules.attainment import doubted_figure, refused_figure
from models.rules.calendar import local_day
from models.rules.periods import MeasurePeriod, last_ended, period_containing, read_period
from models.storage.history_tables import MeasureValue
from models.storage.tables import PlanMeasure

_KIND = "figure"
"""Of drafts: a figure that was not stored yet."""
_OFFERED_PERIODS = 4
_CLOSE = Decimal("0.51")
"""How far a percentage may be from its share, which is rounded."""
_GONE = NotHere("That figure is not in this plan any more, or was taken care of: nothing was changed.")


class RecordFigure(OnDraft):
    """Stores a figure that was asked about, with what has been answered of it.

    `period`: the last day of its period; `hundredfold`: 0.72 was meant as 72; `odd`: it is right though unusual;
    `wanted`: the target that stood then; `over`: it takes the place of somebody else's; `sure`: it names nobody.
    """

    verb = "figure"

    period: Day = None
    hundredfold: Flag = False
    odd: Flag = False
    wanted: Words = ""
    over: Flag = False
    sure: Flag = False


class DropFigure(OnDraft):
    """*Record nothing*, *Leave theirs*, *Let me reword*: a figure that was asked about is not stored."""

    verb = "dropfigure"


class UndoFigure(PressValue):
    """*Undo* under a figure that was recorded."""

    verb = "undofigure"
    entry: Number = 0


@dataclass(frozen=True, slots=True)
class Offered:
    """A figure as somebody gives it; `seen`: the entry that the form showed, 0 for none or where it is no form."""

    measure: int
    period: str = ""
    figure: str = ""
    unit: str = ""
    share: tuple[int, int] | None = None
    is_provisional: bool = False
    is_absent: bool = False
    note: str = ""
    typed: str = ""
    seen: int = 0
    counted: str = ""
    is_doubtful: bool = False

    @classmethod
    def of(cls, measure: int, read: FigureRead, typed: str) -> "Offered":
        """Return what was read of somebody's words."""
        return cls(
            measure, read.period, read.figure, str(read.unit or ""), read.share, read.is_provisional, read.is_absent,
            read.note, typed, counted=read.counted, is_doubtful=read.is_doubtful,
        )  # fmt: skip


def check_may_give(ctx: RequestContext, row: PlanMeasure, typed: str = "") -> None:
    """End the request of somebody who acts neither for the post that gives the figures nor for a board's secretary."""
    if not may(ctx.roles, Verb.MEASURE, About(lead_post_id=row.provider_post_id)):
        provider = ctx.posts.get(row.provider_post_id or 0, "")
        raise NotDone(say(why_not(Verb.MEASURE, row.ref, provider), typed=typed))


def record_figure(ctx: RequestContext, row: PlanMeasure, offered: Offered, answers: RecordFigure) -> Response:
    """Record a figure where nothing speaks against it; else ask, or say why not."""
    check_may_give(ctx, row, offered.typed)
    measure = measures_of(ctx.session, ids=(row.id,))[0]
    ask = _Asking(ctx, offered, answers)
    period = _period_meant(ask, measure)
    given = _given(ask, measure, period)
    entries = value_entries(ctx.session, measure.id, period.end)
    before = measure.values.get(period)
    if entries and given_in(entries[-1]) == replace(given, target=entries[-1].target, floor=entries[-1].floor):
        return say(f"{measure.ref} has that for {period.name} already: nothing was changed.")
    _check_doubts(ask, measure, period, given, before)
    given = replace(given, target=_wanted(ask, measure, period, before))
    if offered.note and (asked := _personal_data(ask, offered.note)) is not None:
        return asked
    # A figure without a signature came with the plan's file: that is nobody's whose figure is replaced.
    theirs = before is not None and before.signature and not ctx.wrote(entries[-1])
    if before is not None and theirs and not (answers.over or offered.seen == before.id):
        raise NotDone(ask.question(
            f"{before.signature} gave {amount_said(measure, before)} for {period.name} on "
            f"{day_said(local_day(before.at, ctx.zone))}: nothing of yours is stored yet.",
            ("Put mine in its place", replace(ask.answers, period=period.end, over=True)),
            nothing="Leave theirs",
        ))  # fmt: skip
    entry = record_value(ctx.session, row, period.end, given, ctx.signed(row.provider_post_id))
    mark_figure_asks_stale(ctx.session, row.id, period.end)
    after = measures_of(ctx.session, ids=(row.id,))[0]
    return _receipt(ctx, after, period, entry, before)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What a question needs: who asks, the figure as it was given, and what was answered of it so far."""

    ctx: RequestContext
    offered: Offered
    answers: RecordFigure

    def question(
        self,
        sentence: str,
        *choices: tuple[str, RecordFigure],
        nothing: str = "Record nothing",
        more: tuple[str, ...] = (),
    ) -> Response:
        """Return a question; what was given is kept until it is answered."""
        draft = keep_draft(self.ctx, _KIND, json.dumps(asdict(self.offered)))
        buttons = [press_button(label[:LONGEST_LABEL], replace(answers, draft=draft)) for label, answers in choices]
        buttons.append(press_button(nothing, DropFigure(draft=draft)))
        return say(sentence, *more, typed=self.offered.typed, buttons=tuple(buttons))

    def refused(self, sentence: str) -> NotDone:
        """Return what ends the request with why the figure cannot be."""
        return NotDone(say(f"{sentence} Nothing was recorded.", typed=self.offered.typed))


def _period_meant(ask: _Asking, measure: MeasureFacts) -> MeasurePeriod:
    if ask.answers.period is not None:
        period = period_containing(measure.period, ask.answers.period)
        if period.has_ended(ask.ctx.today):
            return period
    if not ask.offered.period:
        last = last_ended(measure.period, ask.ctx.today)
        latest = (last, last.before, last.before.before)
        raise NotDone(_which_period(ask, f"Which {measure.period} is that figure of {measure.ref} for?", latest))
    found = read_period(ask.offered.period, measure.period, ask.ctx.today, measure.ref)
    if isinstance(found, MeasurePeriod):
        return found
    if found.choices:
        raise NotDone(_which_period(ask, found.say, found.choices))
    raise ask.refused(found.say)


def _which_period(ask: _Asking, sentence: str, choices: Sequence[MeasurePeriod]) -> Response:
    offered = choices[:_OFFERED_PERIODS]
    return ask.question(
        f"{sentence} Nothing is recorded yet.",
        *((one.name[0].upper() + one.name[1:], replace(ask.answers, period=one.end)) for one in offered),
    )


def _given(ask: _Asking, measure: MeasureFacts, period: MeasurePeriod) -> GivenValue:
    """Return what is to be stored, where it can be a figure of this measure."""
    offered, unit = ask.offered, measure.unit
    _check_unread(ask, measure, period)
    if offered.is_absent:
        return GivenValue(absent=NoFigure.NOT_AVAILABLE, note=offered.note)
    if offered.unit and offered.unit != unit:
        raise ask.refused(f"{measure.ref} is in {unit}, and {offered.figure} is given in {offered.unit}.")
    some, whole = offered.share or (None, None)
    figure = offered.figure
    if some is not None and whole is not None:
        if unit is not MeasureUnit.PERCENT:
            raise ask.refused(f"{measure.ref} is in {unit}, so “{some} of {whole}” is no figure of it.")
        if some > whole or not whole:
            raise ask.refused(f"{some} of {whole} is no share.")
        share = (Decimal(some) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
        figure = figure or f"{share:f}".removesuffix(".0")
        if abs(Decimal(figure) - share) >= _CLOSE:
            raise ask.refused(f"{some} of {whole} is {share} %, and {figure} % is given.")
    if not figure:
        raise NotDone(
            say(
                f"What is the figure of {measure.ref} for {period.name}? Nothing was recorded.",
                f"Say for instance “/cypp measure {measure.ref} {period.name} {_example(unit)}”.",
                typed=offered.typed,
            )
        )
    if ask.answers.hundredfold:
        figure = f"{(Decimal(figure) * 100).normalize():f}"
    if wrong := refused_figure(unit, Decimal(figure)):
        raise ask.refused(wrong)
    return GivenValue(figure, some, whole, offered.is_provisional, note=offered.note)


def _check_unread(ask: _Asking, measure: MeasureFacts, period: MeasurePeriod) -> None:
    """Refuse a figure of something else; ask where what would become its note may be part of it."""
    offered = ask.offered
    if offered.counted and measure.unit is not MeasureUnit.NUMBER:
        said = f"“{offered.figure} {offered.counted}” is not: a note stands after a comma."
        raise ask.refused(f"{measure.ref} is in {measure.unit}, and {said}")
    if not offered.is_doubtful or ask.answers.odd or not (offered.figure or offered.share or offered.is_absent):
        return
    read = figure_said(measure.unit, Decimal(offered.figure)) if offered.figure else str(NoFigure.NOT_AVAILABLE)
    if offered.share and not offered.figure:
        read = "{} of {}".format(*offered.share)
    raise NotDone(
        ask.question(
            f"Of that, {read} is read for {period.name}, and “{offered.note}” is not: is {read} right? "
            "Nothing is recorded yet.",
            (f"It is {read}: record it", replace(ask.answers, period=period.end, odd=True)),
        )
    )


def _example(unit: MeasureUnit) -> str:
    return "72%" if unit is MeasureUnit.PERCENT else "12"


def _check_doubts(
    ask: _Asking, measure: MeasureFacts, period: MeasurePeriod, given: GivenValue, before: ValueFacts | None
) -> None:
    """Ask about a figure that is unlike those before it."""
    if not given.figure or ask.answers.odd or ask.answers.hundredfold:
        return
    figure = Decimal(given.figure)
    earlier = [one.figure for end, one in measure.values.items() if end < period and one.figure is not None]
    doubt = doubted_figure(measure.unit, figure, earlier)
    if not doubt:
        return
    answers = replace(ask.answers, period=period.end)
    choices = [(f"It is {figure_said(measure.unit, figure)}: record it", replace(answers, odd=True))]
    if measure.unit is MeasureUnit.PERCENT and 0 < figure < 1:
        meant = figure_said(measure.unit, (figure * 100).normalize())
        choices.insert(0, (f"It is {meant}: record that", replace(answers, hundredfold=True)))
    raise NotDone(ask.question(f"{doubt} Nothing is recorded yet.", *choices))


def _wanted(ask: _Asking, measure: MeasureFacts, period: MeasurePeriod, before: ValueFacts | None) -> str | None:
    """Return the target that stood for a period first given now, where it may be one of two; None for today's."""
    earlier = [end for end in measure.values if end < period]
    if before is not None or not earlier or any(end > period for end in measure.values):
        return None
    then, now = measure.values[max(earlier)].target, measure.goal.target
    if then == now or then is None or now is None:
        return None
    old, new = (figure_said(measure.unit, one) for one in (then, now))
    if ask.answers.wanted:
        return ask.answers.wanted if ask.answers.wanted in (str(then), str(now)) else None
    answers = replace(ask.answers, period=period.end)
    raise NotDone(
        ask.question(
            f"The target of {measure.ref} was {old} in {max(earlier).name} and is {new} now: which was it for "
            f"{period.name}? Nothing is recorded yet.",
            (new, replace(answers, wanted=str(now))),
            (old, replace(answers, wanted=str(then))),
        )
    )


def _personal_data(ask: _Asking, note: str) -> Response | None:
    """Return the objection to a note that may identify a child."""
    ask.ctx.sure = ask.ctx.sure or ask.answers.sure
    objected = objection(ask.ctx, note, ask.offered.typed or note)
    if objected is None or not objected.doubtful or not isinstance(objected.content, Content):
        return objected
    return ask.question(
        objected.content.headline,
        (SURE_LABEL, replace(ask.answers, sure=True)),
        nothing=REWORD_LABEL,
        more=objected.content.intro,
    )


def figure_pressed(ctx: RequestContext, value: RecordFigure) -> Response:
    """Store a figure that was asked about, as far as nothing more is to be asked."""
    draft = named_draft(ctx, _KIND, value.draft)
    stored: dict[str, Any] = json.loads(draft.words) if draft is not None else {}
    row = measure_by_id(ctx.session, stored["measure"]) if stored else None
    if draft is None or row is None:
        return say(_GONE)
    share = stored.pop("share")
    response = record_figure(ctx, row, Offered(**stored, share=tuple(share) if share else None), value)
    if response.done:
        use_draft(ctx, draft)
    return response


def figure_dropped(ctx: RequestContext, value: DropFigure) -> Response:
    """Answer *Record nothing*: what was typed is the writer's again."""
    draft = named_draft(ctx, _KIND, value.draft)
    if draft is None:
        return say(_GONE)
    typed = str(json.loads(draft.words).get("typed", ""))
    use_draft(ctx, draft)
    return say("Nothing was recorded.", typed=typed)


def _receipt(
    ctx: RequestContext, measure: MeasureFacts, period: MeasurePeriod, entry: MeasureValue, before: ValueFacts | None
) -> Response:
    value = measure.values[period]
    said = ", ".join((amount_said(measure, value), *comes_to(measure, period)))
    changed = f"It was {amount_said(measure, before)}; that entry stays in the history." if before is not None else ""
    wanted = ""
    if value.target != measure.goal.target and value.target is not None and measure.goal.target is not None:
        then, now = (figure_said(measure.unit, one) for one in (value.target, measure.goal.target))
        wanted = f"It stands against the target of that time, {then}; the target is {now} now."
    return receipt(
        f"Recorded: {measure.ref}, {period.name}: {said}.",
        measure.name,
        f"Note: “{value.note}”." if value.note else "",
        changed,
        wanted,
        f"Signed {entry.signature}, {day_said(ctx.today)}.",
        buttons=(
            press_button("Undo", UndoFigure(entry=entry.id)),
            *improvement_buttons(ctx, measure, period),
            ask_button(f"Show {measure.ref}"[:LONGEST_LABEL], f"measure {measure.ref}"),
        ),
    )


def undo_figure(ctx: RequestContext, value: UndoFigure) -> Response:
    """Answer *Undo*: what stood before stands again, by a new entry; while nothing newer is known."""
    entry = value_by_id(ctx.session, value.entry)
    row = measure_by_id(ctx.session, entry.measure_id) if entry is not None else None
    if entry is None or row is None:
        return say(_GONE)
    period = period_containing(row.period, entry.period_end)
    if not ctx.wrote(entry):
        return say(f"Only whoever wrote it can undo it: the figure of {row.ref} for {period.name} was not changed.")
    if ctx.now - entry.at > timedelta(hours=UNDO_HOURS):
        return say("That was more than a day ago, so it stays on record: say what it should be instead.")
    entries = value_entries(ctx.session, row.id, entry.period_end)
    if entries[-1].id != entry.id or entry.absent is NoFigure.TAKEN_BACK:
        return say(f"Something newer is on record for {row.ref}, {period.name}, so nothing was undone.")
    before = given_in(entries[-2]) if entries[1:] else GivenValue(absent=NoFigure.TAKEN_BACK)
    record_value(ctx.session, row, entry.period_end, before, ctx.signed(row.provider_post_id))
    mark_figure_asks_stale(ctx.session, row.id, entry.period_end)
    count_undo(ctx.session, entry.message, ctx.zone)
    stands = "as before" if before.absent is not NoFigure.TAKEN_BACK else "not given"
    return receipt(
        f"Undone: the figure of {row.ref} for {period.name} is {stands}.", "Both entries stay in the history."
    )
