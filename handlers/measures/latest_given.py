"""What figure its giver gave last, for whoever asks for *Undo*.

Source: docs/explanation/measures.md, Entries.
"""

from datetime import date, datetime, timedelta

from handlers.buttons import UNDO_HOURS
from handlers.context import RequestContext
from handlers.measures.given import UndoFigure
from handlers.press_codec import press_button
from handlers.responses import Button
from models.measure_enums import NoFigure
from models.plan.measures import measure_by_id
from models.records.entry_reads import recorded_since
from models.rules.periods import period_containing
from models.storage.history_tables import MeasureValue


def latest_figure_undone(ctx: RequestContext) -> tuple[datetime, str, Button] | None:
    """Return when the asker last gave a figure within a day, what that is, and its *Undo*; None for none."""
    seen: set[tuple[int, date]] = set()
    for entry in recorded_since(ctx.session, MeasureValue, ctx.now - timedelta(hours=UNDO_HOURS)):
        of_period = (entry.measure_id, entry.period_end)
        row = measure_by_id(ctx.session, entry.measure_id)
        if of_period not in seen and row and ctx.wrote(entry) and entry.absent is not NoFigure.TAKEN_BACK:
            said = f"the figure of {row.ref} for {period_containing(row.period, entry.period_end).name}"
            return entry.at, said, press_button("Undo", UndoFigure(entry=entry.id))
        seen.add(of_period)
    return None
