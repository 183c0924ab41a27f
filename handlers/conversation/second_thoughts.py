"""Words about what was just said: "undo", "sorry, I meant amber".

What they mean depends on what came before, so nothing is stored by them alone: they bring the button, or the reading to
confirm.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from handlers.actions.assignments import latest_lead_undone
from handlers.actions.taking_back import undo_button, undo_each, why_not_undone
from handlers.boards.meeting_undo import latest_meeting_undone
from handlers.boards.settings_undo import latest_setting_undone
from handlers.buttons import UNDO_MINUTES
from handlers.commands.answers import ReadAs, Recorded, ShowBack
from handlers.commands.records import UndoLast
from handlers.context import RequestContext
from handlers.contributions.records import latest_contribution_undone
from handlers.conversation.confirmations import show_back
from handlers.conversation.near_misses import show_reading
from handlers.formatting import listed, meeting_said
from handlers.measures.latest_given import latest_figure_undone
from handlers.papers.report_undo import latest_report_undone
from handlers.people.appointments_undo import latest_appointment_undone
from handlers.press_codec import ask_button, press_button
from handlers.reading.answer_commands import command_for
from handlers.reading.meant_instead import meant_instead
from handlers.reading.normalise import clean, fold
from handlers.reading.plain_replies import read_reply
from handlers.reading.tokens import named_in
from handlers.reading.undo_words import read_undo
from handlers.reading.whose import Whose
from handlers.responses import LONGEST_LABEL, Button, Content, Response, say
from handlers.risks.assess import latest_assessment_undone
from handlers.updates.answers import UndoAnswer, UndoOne
from models.enums import ANSWERS, AnswerKind
from models.records.action_state import taken_back
from models.records.entry_reads import action_of_update, recorded_since
from models.storage.history_tables import Outcome, Replan, Update

_LONGEST = 1000
_MOST_MEANT = 5
_DECIDED_LATELY = timedelta(days=14)


def on_second_thoughts(ctx: RequestContext, text: str) -> Response | None:
    """Return the answer to words of these kinds in the direct conversation; None for all others."""
    words = clean(text)
    if len(words) > _LONGEST:
        return None
    asked = read_undo(words, ctx.vocabulary, ctx.today)
    if asked is not None:
        return offer_undo(ctx, UndoLast(asked.refs))
    meant = meant_instead(words, ctx.vocabulary)
    if meant is None:
        return None
    latest = next((row for row in _answers(ctx)), None)
    if latest is None:
        return _nothing_to_put_right(named_in(fold(meant.words), ctx.vocabulary), words) if meant.another else None
    ref = action_of_update(ctx.session, latest).ref
    named = named_in(fold(meant.words), ctx.vocabulary)
    if meant.another and named != (ref,) and len(named) == 1 and latest.kind in ANSWERS:
        instead = command_for(named[0], latest.kind, latest.status, latest.words, latest.follow_by)
        shown = show_reading(ctx, ReadAs((instead,)), words)
        undo = press_button(f"Undo {ref}", UndoAnswer(entry=latest.id))
        content = shown.content
        assert isinstance(content, Content)  # noqa: S101 - a reading is shown
        return replace(shown, content=replace(content, buttons=(*content.buttons, undo)))
    if any(one != ref for one in named):
        return None
    reading = read_reply(meant.words, ctx.vocabulary, Whose((ref,), (ref,)), ctx.today)
    if isinstance(reading, Recorded | ReadAs):
        corrected = reading.corrected if isinstance(reading, ReadAs) else ()
        return show_reading(ctx, ReadAs(reading.commands, corrected), meant.words)
    return show_back(ctx, reading, meant.words) if isinstance(reading, ShowBack) else None


def _nothing_to_put_right(refs: tuple[str, ...], words: str) -> Response | None:
    """Say that nothing was recorded that other words could be about: second thoughts are no update themselves."""
    if not refs:
        return None
    return say(
        f"You recorded nothing in the last {UNDO_MINUTES} minutes that {listed(refs)} could replace.",
        "Nothing was recorded.",
        typed=words,
        buttons=tuple(ask_button(ref, f"status {ref}") for ref in refs[:_MOST_MEANT]),
    )


def just_answered(ctx: RequestContext) -> tuple[str, ...]:
    """Return the one action that the asker answered in the last minutes, which more words may be about."""
    refs = {_ref(ctx, row) for row in _answers(ctx)} if ctx.roles.posts else set[str]()
    return tuple(refs) if len(refs) == 1 else ()


def offer_undo(ctx: RequestContext, command: UndoLast) -> Response:
    """Answer `undo`, and words like it: show what the asker recorded last, with the button that takes it back."""
    wanted = {action.id for ref in command.refs if (action := ctx.action(ref)) is not None}
    rows: list[Update | Outcome | Replan] = [*_answers(ctx), *_decisions(ctx)]
    rows = sorted((row for row in rows if not wanted or row.action_id in wanted), key=lambda row: row.at, reverse=True)
    changes = [latest_lead_undone(ctx, command.refs)]
    changes += (
        []
        if command.refs
        else [
            latest_meeting_undone(ctx),
            latest_setting_undone(ctx),
            latest_report_undone(ctx),
            latest_appointment_undone(ctx),
            latest_figure_undone(ctx),
            latest_assessment_undone(ctx),
            latest_contribution_undone(ctx),
        ]
    )
    latest = max((one for one in changes if one is not None), key=lambda one: one[0], default=None)
    if latest is not None and (not rows or rows[0].at <= latest[0]):
        _, said, undo = latest
        return say(
            f"Shall that be taken back: {said}? Nothing was changed yet.",
            buttons=(replace(undo, label=f"Undo: {said}"[:LONGEST_LABEL]),),
        )
    if not rows:
        on = f" on {listed(command.refs)}" if command.refs else ""
        return say(
            f"You recorded nothing{on} lately that can be taken back: after {UNDO_MINUTES} minutes an answer stays.",
            "An earlier entry is put right with “/cypp correct REF ENTRY …”; “/cypp history REF” numbers them.",
        )
    together = [row for row in rows if (row.at, row.message, type(row)) == (rows[0].at, rows[0].message, type(rows[0]))]
    named = [(ref, _said(ctx, row), _undo(row)) for row in reversed(together) if (ref := _ref(ctx, row))]
    if len(named) > 1:
        buttons = (
            tuple(press_button(f"Undo {ref}", UndoOne.decode(one.value)) for ref, _, one in named)
            if isinstance(rows[0], Update)
            else undo_each([(ref, Content("", buttons=(one,))) for ref, _, one in named])
        )
        lines = [f"{ref}: {said}." for ref, said, _ in named]
        return say(f"Shall these {len(named)} be taken back? Nothing was changed yet.", *lines, buttons=buttons)
    (ref, said, one) = named[0]
    if not isinstance(rows[0], Update) and (problem := why_not_undone(ctx, ctx.action(ref), rows[0])):  # type: ignore[arg-type]
        return say(problem, buttons=(ask_button(f"Show {ref}", f"status {ref}"),))
    what = "your last answer" if isinstance(rows[0], Update) else "what was recorded"
    return say(
        f"Shall {what} on {ref} be taken back: {said}? Nothing was changed yet.",
        buttons=(replace(one, label=f"Undo {ref}: {said}"[:LONGEST_LABEL]),),
    )


def _ref(ctx: RequestContext, row: Update | Outcome | Replan) -> str:
    action = ctx.action_by_id(row.action_id)
    return action.ref if action is not None else ""


def _undo(row: Update | Outcome | Replan) -> Button:
    return press_button("Undo", UndoAnswer(entry=row.id)) if isinstance(row, Update) else undo_button(row)


def _said(ctx: RequestContext, row: Update | Outcome | Replan) -> str:
    if isinstance(row, Update):
        return (row.status or row.kind).value
    calendar = ctx.where(row.to_meeting_id)
    to = f" to {meeting_said(calendar.by_id[row.to_meeting_id or 0], calendar)}" if calendar is not None else ""
    return f"{row.kind.value if isinstance(row, Outcome) else 'moved'}{to}"


def _answers(ctx: RequestContext) -> Iterator[Update]:
    """Yield the asker's own answers of the last ten minutes that nothing took back, the latest first."""
    rows = recorded_since(ctx.session, Update, ctx.now - timedelta(minutes=UNDO_MINUTES))
    undone = {row.undoes_id for row in rows}
    for row in rows:
        if ctx.wrote(row) and row.id not in undone and row.kind in (*ANSWERS, AnswerKind.REPLAN_ASKED):
            yield row


def _decisions(ctx: RequestContext) -> Iterator[Outcome | Replan]:
    """Yield the asker's own outcomes and re-plans of late that nothing took back."""
    since = ctx.now - _DECIDED_LATELY
    undone = taken_back(recorded_since(ctx.session, Update, since))
    rows: list[Outcome | Replan] = [*recorded_since(ctx.session, Outcome, since)]
    rows += (row for row in recorded_since(ctx.session, Replan, since) if row.outcome_id is None)
    yield from (row for row in rows if ctx.wrote(row) and row.id not in undone[isinstance(row, Replan)])
