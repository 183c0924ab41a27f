"""Put an outcome right in words: its minute, where it was carried to.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from collections.abc import Iterator

from handlers.commands.outcomes import RecordOutcome
from handlers.context import RequestContext
from handlers.form_texts import meeting_words
from handlers.outcomes.in_words import show_decided
from handlers.outcomes.open_outcomes import OpenOutcomes
from handlers.reading.deeds.corrected import read_put_right
from handlers.responses import Response, say
from models.enums import OutcomeKind
from models.records.entry_reads import outcomes_at_meeting
from models.storage.history_tables import Outcome


def outcome_put_right(ctx: RequestContext, words: str) -> Response | None:
    """Show what an outcome would say instead, with one press; None where the words put none right."""
    found = read_put_right(words, ctx.vocabulary, ctx.today)
    if found is None:
        return None
    named = ctx.action(found.ref) if found.ref else None
    row = next((one for one in _own(ctx) if named is None or one.action_id == named.id), None)
    action = ctx.action_by_id(row.action_id) if row is not None else None
    if row is None or action is None or (found.meeting and row.kind is not OutcomeKind.CARRIED_FORWARD):
        return None
    command = RecordOutcome(
        action.ref,
        row.kind,
        meeting_words(ctx, action, row.meeting_id),
        found.meeting or (meeting_words(ctx, action, row.to_meeting_id) if row.to_meeting_id else ""),
        found.minute or row.minute,
        row.reason,
    )
    if found.minute and found.minute == row.minute:
        return say(f"The minute of {action.ref} is {row.minute} already.")
    return show_decided(ctx, [command], f"Shall that be put right for {action.ref}? Nothing was changed yet.")


def _own(ctx: RequestContext) -> Iterator[Outcome]:
    """Return the outcomes of open meetings that the asker recorded and that still count, the latest first."""
    rows = [
        row for _, meeting in OpenOutcomes(ctx).held.values() for row in outcomes_at_meeting(ctx.session, meeting.id)
    ]
    seen: set[int] = set()
    for row in sorted(rows, key=lambda one: one.id, reverse=True):
        if row.action_id not in seen and ctx.wrote(row):
            yield row
        seen.add(row.action_id)
