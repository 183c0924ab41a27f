"""Put an outcome right in words, once it was recorded or only shown: its minute, where it was carried to, its kind.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from collections.abc import Iterator
from datetime import timedelta

from handlers.buttons import UNDO_MINUTES
from handlers.commands.outcomes import RecordOutcome
from handlers.context import RequestContext
from handlers.drafts import latest_draft, use_draft
from handlers.form_texts import meeting_words
from handlers.outcomes.asked_outcomes import to_which_meeting
from handlers.outcomes.in_words import show_decided
from handlers.outcomes.open_outcomes import SHOWN_OUTCOMES, OpenOutcomes, unpacked_outcomes
from handlers.reading.deeds.corrected import OutcomePutRight, read_put_right
from handlers.responses import Response, say
from models.enums import OutcomeKind
from models.records.entry_reads import outcomes_at_meeting
from models.storage.history_tables import Outcome

_JUST_SAID = timedelta(minutes=UNDO_MINUTES)
"""How long words put right what was only shown: as long as an answer can be taken back."""


def outcome_put_right(ctx: RequestContext, words: str) -> Response | None:
    """Show what an outcome would say instead, with one press; None where the words put none right."""
    found = read_put_right(words, ctx.vocabulary, ctx.today)
    if found is None:
        return None
    shown = latest_draft(ctx, SHOWN_OUTCOMES)
    kept = list(unpacked_outcomes(shown.words)) if shown is not None and ctx.now - shown.at < _JUST_SAID else []
    if shown is not None and len(kept) == 1:
        # It was shown and is not recorded: the press that waits under it is worth nothing from now on.
        given = _shown_again(ctx, kept[0], found, "Nothing was recorded yet.")
        if given is not None:
            use_draft(ctx, shown)
        return given
    named = ctx.action(found.ref) if found.ref else None
    row = next((one for one in _own(ctx) if named is None or one.action_id == named.id), None)
    action = ctx.action_by_id(row.action_id) if row is not None else None
    if row is None or action is None or found.other:
        return None
    if found.minute and found.minute == row.minute:
        return say(f"The minute of {action.ref} is {row.minute} already.")
    recorded = RecordOutcome(
        action.ref,
        row.kind,
        meeting_words(ctx, action, row.meeting_id),
        meeting_words(ctx, action, row.to_meeting_id) if row.to_meeting_id else "",
        row.minute,
        row.reason,
    )
    return _shown_again(ctx, recorded, found, "Nothing was changed yet.")


def _shown_again(ctx: RequestContext, before: RecordOutcome, found: OutcomePutRight, nothing: str) -> Response | None:
    """Show an outcome as it is put right; None where what is put right is no part of it."""
    kind = found.kind or before.kind
    if found.meeting and kind is not OutcomeKind.CARRIED_FORWARD:
        return None
    if found.ref and found.ref != before.ref and not found.other:
        return None
    command = RecordOutcome(
        found.ref or before.ref,
        kind,
        before.meeting,
        found.meeting or (before.to_meeting if kind is before.kind else ""),
        found.minute or before.minute,
        before.reason if kind is before.kind else "",
    )
    if kind is OutcomeKind.CARRIED_FORWARD and not command.to_meeting:
        return to_which_meeting(ctx, [action], "") if (action := ctx.action(command.ref)) is not None else None
    return show_decided(ctx, [command], f"Shall that be put right for {command.ref}? {nothing}")


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
