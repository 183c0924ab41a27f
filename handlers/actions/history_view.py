"""The record of one action: every entry with its number, for `history` and the action's card."""

from handlers.commands.records import LATEST, ShowHistory
from handlers.context import RequestContext
from handlers.formatting import clipped, day_said, meeting_said, number_said
from handlers.pagination import LONG_LINES, existing_page, page_buttons
from handlers.permissions import About, may
from handlers.preconditions import action_named
from handlers.press_codec import shareable
from handlers.reading.normalise import join_words
from handlers.responses import Content, Group, NotDone, Response, say
from models.enums import AnswerKind, OutcomeKind, Status, Verb
from models.notifications.lookups import chases_sent
from models.plan.queries import HELD, REDACTED
from models.records.entries import NumberedEntry, entries_of
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import Action

ON_CARD = 3
"""Entries on an action's card; the others are in its history."""
CARD_WORDS = 120


def show_history(ctx: RequestContext, command: ShowHistory) -> Response:
    """Answer `history REF`: the latest entry first."""
    action = action_named(ctx, command.ref, command.ref, "“/cypp status” shows the plan.")
    entries = entries_of(ctx.session, action.id)
    texts = [entry_said(ctx, action, entry) for entry in reversed(entries)]
    if action.first_words:
        on = f"{day_said(action.first_words_on)}, " if action.first_words_on else ""
        texts.append(f"0. {on}when the plan was loaded: {action.first_status.value}. “{action.first_words}”")
    page = existing_page(command.page, len(texts), LONG_LINES)
    chased = tuple(
        f"Chased on {day_said(local_day(at, ctx.zone))} by {ctx.posts.get(step.post_id, 'an administrator')}."
        for step, at in chases_sent(ctx.session, action.id).items()
    )
    return Response(
        Content(
            f"{action.ref}: {number_said(len(entries), 'entry', 'entries')}."
            if entries
            else f"{action.ref}: no entry yet{' since the plan was loaded' if texts else ''}.",
            intro=chased if page == 0 else (),
            groups=(Group(texts=tuple(texts[page * LONG_LINES : (page + 1) * LONG_LINES])),) if texts else (),
            footer=(f"To put one right: “/cypp correct {action.ref} {entries[-1].number} …”.",)
            if entries and may_correct(ctx, action, entries[-1])
            else (),
            buttons=page_buttons(f"history {action.ref}", page, len(texts), LONG_LINES),
            shareable=shareable(f"history {action.ref}", page),
        )
    )


def on_card(ctx: RequestContext, action: Action) -> tuple[Group, ...]:
    """Return the latest entries with their numbers, for the card; nothing where there is none."""
    entries = entries_of(ctx.session, action.id)
    if not entries:
        return ()
    texts = tuple(entry_said(ctx, action, entry, CARD_WORDS) for entry in reversed(entries[-ON_CARD:]))
    more = (f"“/cypp history {action.ref}” shows all {len(entries)}.",) if len(entries) > ON_CARD else ()
    return (Group("Latest entries", texts=(*texts, *more)),)


def last_rated(ctx: RequestContext, ref: str, statuses: frozenset[Status]) -> str:
    """Return since when and from whom an action is rated so, or else its latest rating, in a sentence."""
    action = action_named(ctx, ref, ref, "“/cypp status” shows the plan.")
    entries = [one for one in entries_of(ctx.session, action.id) if not (one.undone or one.corrected_by)]
    rated = [(one, one.row.status) for one in entries if isinstance(one.row, Update) and one.row.status]
    loaded = action.first_status if action.first_words or action.first_words_on else None
    # Of a status the beginning of its latest run, else the latest rating.
    before = [loaded, *(status for _, status in rated)]
    runs = [one for (one, now), then in zip(rated, before, strict=False) if now in statuses and then not in statuses]
    said = runs if statuses else [one for one, _ in rated]
    if said:
        return entry_said(ctx, action, said[-1], CARD_WORDS)
    if loaded is not None and (not statuses or loaded in statuses):
        on = f"on {day_said(action.first_words_on)}, " if action.first_words_on else ""
        return f"Rated {loaded.value} {on}before the plan was loaded."
    which = f" that says {join_words([one.value for one in statuses], 'or')}" if statuses else ""
    return f"No update{which} is on record."


def find_entry(ctx: RequestContext, action: Action, number: int) -> NumberedEntry:
    """Return the entry of that number; `LATEST` is the last that says something."""
    entries = entries_of(ctx.session, action.id)
    if number == LATEST:
        entries = [one for one in entries if not (isinstance(one.row, Update) and one.row.kind is AnswerKind.UNDO)]
        number = entries[-1].number if entries else 0
    found = next((one for one in entries if one.number == number), None)
    if found is not None:
        return found
    many = number_said(len(entries), "entry", "entries")
    has = f"has {many} and none with the number {number}" if entries else "has no entry yet"
    shown = (f"“/cypp history {action.ref}” shows them.",) if entries else ()
    raise NotDone(say(f"{action.ref} {has}, so nothing was changed.", *shown))


def may_correct(ctx: RequestContext, action: Action, entry: NumberedEntry) -> bool:
    """Return whether somebody may correct an entry: its writer while they answer for the action, or its keeper."""
    about = About(action.lead_post_id, action.board_id)
    return (ctx.wrote(entry.row) and may(ctx.roles, Verb.ANSWER, about)) or may(ctx.roles, Verb.REDACT, about)


def entry_said(ctx: RequestContext, action: Action, entry: NumberedEntry, limit: int = 10_000) -> str:
    """Return one entry: number, date, signature, status, words, and what became of it."""
    row = entry.row
    day = day_said(local_day(row.at, ctx.zone))
    said = [f"{entry.number}. {day}, {row.signature}: {_what(ctx, action, entry, limit)}."]
    if entry.undone:
        said.append("(Taken back.)")
    if entry.corrected_by:
        said.append(f"(Put right by entry {entry.corrected_by}.)")
    if entry.corrects:
        said.append(f"(Puts entry {entry.corrects} right.)")
    return " ".join(said)


def _what(ctx: RequestContext, action: Action, entry: NumberedEntry, limit: int) -> str:
    row = entry.row
    words = _words(ctx, action, entry, limit)
    match row:
        case Outcome():
            # By the meeting: another board may keep the action by now.
            calendar = ctx.where(row.meeting_id)
            parts = [outcome_said(row, calendar, words=False) if calendar else row.kind.value]
            if calendar:
                parts.append(f"{calendar.board.name}, {meeting_said(calendar.by_id[row.meeting_id], calendar)}")
        case Replan():
            parts = [f"moved{_from_to(ctx, row.from_meeting_id, row.to_meeting_id)}"]
        case Update():
            parts = [_answer_said(ctx, row, entry)]
    return ". ".join(filter(None, (", ".join(parts), words))).rstrip(".")


def _answer_said(ctx: RequestContext, row: Update, entry: NumberedEntry) -> str:
    match row.kind:
        case AnswerKind.UPDATE:
            return row.status.value if row.status else row.kind.value
        case AnswerKind.TO_FOLLOW:
            return f"update to follow by {day_said(row.follow_by)}" if row.follow_by else row.kind.value
        case AnswerKind.UNDO:
            return f"took entry {entry.undoes} back"
        case AnswerKind.REPLAN_ASKED:
            return f"asked to move it{_from_to(ctx, None, row.to_meeting_id)}"
    return row.kind.value


def _from_to(ctx: RequestContext, start: int | None, end: int | None) -> str:
    before, after = _meeting(ctx, start), _meeting(ctx, end)
    said = f" from {before}" if before else ""
    if after:
        return f"{said} to {after}"
    return f"{said} to no meeting" if end is None and start is not None else said


def _meeting(ctx: RequestContext, meeting_id: int | None) -> str:
    calendar = ctx.where(meeting_id)
    return meeting_said(calendar.by_id[meeting_id or 0], calendar) if calendar else ""


def _words(ctx: RequestContext, action: Action, entry: NumberedEntry, limit: int) -> str:
    if entry.row.redaction:
        return f"{REDACTED.capitalize()}: {entry.row.redaction}"
    if not entry.words:
        return ""
    if entry.withheld and not ctx.sees_held(action.lead_post_id, action.board_id):
        return HELD.capitalize()
    held = f" (not for publication, because {entry.withheld})" if entry.withheld else ""
    before = "Before: " if isinstance(entry.row, Update) and entry.row.kind is AnswerKind.REWORDED else ""
    return f"{before}“{clipped(entry.words, limit)}”{held}"


def outcome_said(outcome: Outcome, calendar: BoardCalendar, *, words: bool = True) -> str:
    """Return an outcome in a few words: "carried forward to Fri 23 Oct 2020"; the board's own only with `words`."""
    said = outcome.kind.value
    to_meeting = calendar.by_id.get(outcome.to_meeting_id or 0)
    if to_meeting is not None:
        said += f" to {meeting_said(to_meeting, calendar)}"
    if outcome.kind is OutcomeKind.CLOSED:
        said += f", minute {outcome.minute or 'reference to be added'}"
    if outcome.by_chair:
        said += " by the chair, to be reported"
    if outcome.reason and words:
        said += f": “{outcome.reason}”"
    return said
