"""`correct`: a new entry in the place of one that was wrong. `withhold`: an entry's words are not for publication."""

from dataclasses import replace

from handlers.actions.history_view import find_entry, may_correct
from handlers.commands.answers import AnswerCommand, GiveUpdate, NoChange, NotOurs, ProposeClosure, ToFollow, Verbal
from handlers.commands.records import Correct, Withhold
from handlers.context import RequestContext
from handlers.formatting import day_said
from handlers.permissions import About, may
from handlers.preconditions import action_named, check_may
from handlers.responses import Content, Response, receipt, say
from handlers.safeguarding.confirmation import objection
from handlers.updates.answers import refuse_words, store_answer
from handlers.updates.sources import what_was_said
from models.enums import ANSWERS, AnswerKind, Verb
from models.plan.queries import HELD
from models.records import chain
from models.records.entries import NumberedEntry
from models.records.history import mark_stale
from models.records.redaction import withhold_copies
from models.rules.exempt_paragraphs import exempt_paragraphs, paragraphs_said
from models.storage.history_tables import Outcome
from models.storage.history_tables import Update as UpdateRow
from models.storage.tables import Action


def correct(ctx: RequestContext, command: Correct) -> Response:
    """Put an entry right: by its writer, the home board's secretary or an administrator."""
    words = command.answer.words
    action = action_named(ctx, command.ref, words)
    entry = find_entry(ctx, action, command.entry)
    problem = _not_to_correct(ctx, action, entry)
    if problem:
        return say(problem, typed=words)
    assert isinstance(entry.row, UpdateRow)  # noqa: S101 - the others are refused
    answer = as_before(command.answer, entry.row)
    said = what_was_said(ctx, action, answer)
    refused = refuse_words(ctx, action, answer, said.words, words)
    if refused is not None:
        return refused
    if entry.withheld and not said.withheld:
        said = replace(said, withheld=entry.withheld)
    stored = store_answer(ctx, action, answer, said, corrects=entry.row)
    assert isinstance(stored.content, Content)  # noqa: S101 - a receipt
    rest = stored.content.headline.partition(": ")[2]
    note = f"Entry {entry.number} stays in the history, marked as put right."
    if entry.words and may(ctx.roles, Verb.REDACT, About(action.lead_post_id, action.board_id)):
        note += f" “/cypp redact {action.ref} {entry.number} because …” empties its words."
    return replace(
        stored,
        content=replace(
            stored.content,
            headline=f"Corrected entry {entry.number} of {action.ref}: {rest}",
            intro=(*stored.content.intro, note),
        ),
    )


def _not_to_correct(ctx: RequestContext, action: Action, entry: NumberedEntry) -> str:
    """Return why an entry cannot be put right; "" where it can."""
    row = entry.row
    if isinstance(row, Outcome):
        return (
            f"Entry {entry.number} of {action.ref} is an outcome: “/cypp outcome {action.ref} …” records what the "
            "board decided anew, and the later one counts. Nothing was changed."
        )
    if not isinstance(row, UpdateRow) or row.kind not in ANSWERS:
        return f"Entry {entry.number} of {action.ref} is no update, so it was not corrected."
    if not may_correct(ctx, action, entry):
        secretary = ctx.secretary(action.board_id)
        keeper = f"the board’s secretary ({secretary})" if secretary else "the board’s secretary"
        return f"Nothing was changed: whoever wrote entry {entry.number} of {action.ref}, or {keeper}, puts it right."
    if entry.undone:
        return f"Entry {entry.number} of {action.ref} was taken back, so there is nothing to put right."
    if entry.corrected_by:
        return (
            f"Entry {entry.number} of {action.ref} was put right by entry {entry.corrected_by} already: "
            f"correct that one. Nothing was changed."
        )
    return ""


def as_before(answer: AnswerCommand, row: UpdateRow) -> AnswerCommand:
    """Return a correction by words alone with the kind and status of the entry it corrects."""
    if not isinstance(answer, GiveUpdate) or answer.status is not None:
        return answer
    ref, words = answer.ref, answer.words
    if row.kind is AnswerKind.TO_FOLLOW and row.follow_by is not None:
        return ToFollow(ref, row.follow_by, words)
    for command in (ProposeClosure, NoChange, Verbal, NotOurs):
        if command.kind is row.kind:
            return command(ref, words)
    return GiveUpdate(ref, row.status, words)


def withhold(ctx: RequestContext, command: Withhold) -> Response:
    """Mark an entry's words as not for publication: by its writer, the lead's side, the home board's secretary."""
    action = action_named(ctx, command.ref, command.reason)
    entry = find_entry(ctx, action, command.entry)
    row = entry.row
    if not ctx.wrote(row):
        check_may(ctx, Verb.ANSWER, action, command.reason)
    if not isinstance(row, UpdateRow) or not row.words:
        return say(
            f"Entry {entry.number} of {action.ref} holds no lead’s words, so there is nothing to hold back: "
            "what the board decided is published.",
            typed=command.reason,
        )
    numbers = exempt_paragraphs(command.reason)
    if row.withheld and not set(numbers) - set(exempt_paragraphs(row.withheld)):
        return say(f"Entry {entry.number} of {action.ref} is not for publication already: {row.withheld}.")
    if not command.reason:
        return say(
            f"Why is entry {entry.number} of {action.ref} not for publication? Nothing was changed yet.",
            f"Say for instance “/cypp withhold {action.ref} {entry.number} because the tender is still open”.",
        )
    objected = objection(ctx, command.reason)
    if objected is not None:
        return objected
    why = f"{command.reason} ({ctx.signed().signature}, {day_said(ctx.today)})"
    if row.withheld:
        why = f"{row.withheld}; {why}"
    chain.withhold_words(ctx.session, row, why, ctx.now)
    by = f", by {paragraphs_said(numbers)}" if numbers else ""
    if row.kind is AnswerKind.REPLAN_ASKED:
        withhold_copies(ctx.session, action, row.words, row.withheld, HELD, ctx.now)
    mark_stale(ctx.session, action)
    return receipt(
        f"Entry {entry.number} of {action.ref} is not for publication{by}.",
        f"“{command.reason}”",
        f"Its words stay whole for the lead’s side, the secretary and the chair; elsewhere it says “{HELD}”.",
        "What was published or shared before stays as it was.",
    )
