"""Empty the note of a measure's figure: the figure, its day and who gave it stay.

Source: docs/explanation/measures.md, Entries.
"""

from handlers.actions.redact import NOT_CHANGED
from handlers.commands.measures import RedactNote
from handlers.context import RequestContext
from handlers.formatting import day_said, number_said
from handlers.measures.measure_lookup import measure_named
from handlers.permissions import About, may, why_not
from handlers.press_codec import ask_button, ask_which
from handlers.responses import LONGEST_LABEL, NotDone, Response, receipt, say
from handlers.safeguarding.confirmation import check_reason
from models.enums import Verb
from models.plan.queries import REDACTED
from models.records.measure_values import noted_entries, redact_value
from models.rules.periods import PeriodAsk, read_period
from models.storage.history_tables import MeasureValue
from models.storage.tables import PlanMeasure


def redact_note(ctx: RequestContext, command: RedactNote) -> Response:
    """Answer `measure redact REF [PERIOD] because …`: of all periods, where none is named."""
    row = measure_named(ctx, command.ref)
    if not any(may(ctx.roles, Verb.REDACT, About(board_id=number)) for number in ctx.calendars):
        raise NotDone(say(why_not(Verb.REDACT, row.ref), typed=command.reason))
    entries = [one for one in _entries(ctx, row, command) if not one.note.startswith(f"{REDACTED}: ")]
    about = f"{row.ref}, {command.period}" if command.period else row.ref
    if not entries:
        return say(f"No figure of {about} has a note, so there is nothing to redact.")
    if not command.reason:
        return say(
            f"Why is the note of {about} redacted? Nothing was changed yet.",
            f"Say for instance “/cypp measure redact {row.ref} because it describes a child”.",
        )
    check_reason(ctx, command.reason)
    why = f"{command.reason} ({ctx.signed().signature}, {day_said(ctx.today)})"
    messages = sum(redact_value(ctx.session, entry, f"{REDACTED}: {why}", why, ctx.now).messages for entry in entries)
    changed = number_said(messages, "message") if messages else "no message"
    return receipt(
        f"Redacted: the note of {about} is emptied.",
        f"“{command.reason}”",
        "The figure, its date and signature stay.",
        f"Changed: {number_said(len(entries), 'entry', 'entries')}; {changed} of this bot.",
        NOT_CHANGED,
        buttons=(ask_button(f"Show {row.ref}"[:LONGEST_LABEL], f"measure {row.ref}"),),
    )


def _entries(ctx: RequestContext, row: PlanMeasure, command: RedactNote) -> list[MeasureValue]:
    if not command.period:
        return noted_entries(ctx.session, row.id)
    period = read_period(command.period, row.period, ctx.today, row.ref)
    if isinstance(period, PeriodAsk):
        because = f" because {command.reason}" if command.reason else ""
        words = [(one.name, f"measure redact {row.ref} {one.name}{because}") for one in period.choices]
        raise NotDone(say(period.say, typed=command.reason, buttons=ask_which("Choose a period…", words)))
    return noted_entries(ctx.session, row.id, period.end)
