"""`redact`: an entry's words are emptied everywhere the bot wrote them; its status, date and signature stay."""

from handlers.actions.history_view import find_entry
from handlers.commands.records import LATEST, Redact
from handlers.context import RequestContext
from handlers.formatting import day_said, number_said
from handlers.preconditions import action_named, check_may
from handlers.reading.board_asks import ask_kept
from handlers.responses import Response, receipt, say
from handlers.safeguarding.confirmation import check_reason
from models.enums import Verb
from models.records import chain
from models.records.history import mark_stale
from models.records.redaction import RedactionCounts, redact_everywhere

NOT_CHANGED = (
    "Not changed: answers shown to one person alone (what follows “/cypp”), which go when Slack is opened anew; what "
    "people wrote themselves; files exported before; backups."
)


def redact(ctx: RequestContext, command: Redact) -> Response:
    """Empty the words of one entry; entry 0 is what the plan was loaded with."""
    action = action_named(ctx, command.ref, command.reason)
    check_may(ctx, Verb.REDACT, action, command.reason)
    entry = None if command.entry == 0 else find_entry(ctx, action, command.entry)
    number = entry.number if entry else 0
    words = entry.words if entry else action.first_words
    if entry is not None and entry.row.redaction:
        return say(f"The words of entry {number} of {action.ref} are redacted already: {entry.row.redaction}.")
    if not words:
        return say(f"Entry {number} of {action.ref} holds no words, so there is nothing to redact.")
    if not command.reason:
        last = "last" if command.entry == LATEST else str(number)
        return say(
            f"Why are the words of entry {number} of {action.ref} redacted? Nothing was changed yet.",
            f"Say for instance “/cypp redact {action.ref} {last} because it describes a child”.",
        )
    check_reason(ctx, command.reason)
    why = f"{command.reason} ({ctx.signed().signature}, {day_said(ctx.today)})"
    chain.redact_words(ctx.session, entry.row if entry else action, why, ctx.now)
    emptied = redact_everywhere(ctx.session, action.id, words, why, ctx.now)
    if ask := ask_kept(words)[1]:
        # Papers and briefs print it by itself.
        emptied = emptied.plus(redact_everywhere(ctx.session, action.id, ask, why, ctx.now))
    mark_stale(ctx.session, action)
    return receipt(
        f"Redacted: the words of entry {number} of {action.ref} are emptied.",
        f"“{command.reason}”",
        "Its status, date and signature stay.",
        _changed(emptied),
        _beyond(emptied),
        NOT_CHANGED,
    )


def _changed(emptied: RedactionCounts) -> str:
    said = ["the entry"]
    if emptied.entries:
        said.append(f"{number_said(emptied.entries, 'other entry', 'other entries')} with the same words")
    if emptied.drafts:
        said.append(number_said(emptied.drafts, "draft"))
    if emptied.messages:
        said.append(f"{number_said(emptied.messages, 'message')} of this bot, within a minute")
    else:
        said.append("no message of this bot held them")
    return f"Changed: {'; '.join(said)}."


def _beyond(emptied: RedactionCounts) -> str:
    if not emptied.out_of_reach:
        return ""
    many = number_said(emptied.out_of_reach, "message")
    return f"Out of reach: {many} shared where this bot is no member. Please ask whoever shared them to delete them."
