"""A log in the direct conversation: shown once with its doubts, its questions in one form, added at a press.

Nothing is stored before but the draft, which is its sender's alone and gone after a day. At the press it is read again;
where it reads otherwise by then it is shown again.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from handlers.actions.additions import TakeBack
from handlers.actions.new_actions import kept_boards
from handlers.context import RequestContext
from handlers.drafts import drop_draft, keep_draft, named_draft, use_draft
from handlers.form_texts import form_response
from handlers.formatting import listed, number_said
from handlers.logs.board_of_log import LINES_ABOVE, named_board
from handlers.logs.children import children_in_log, shown_children
from handlers.logs.draft import LogDraft, LogQuestion
from handlers.logs.layout import heading_place
from handlers.logs.log_answers import Answering, answer_hint
from handlers.logs.log_questions import COLUMNS, PAIRS
from handlers.logs.log_reader import read_log
from handlers.logs.plan import log_plan
from handlers.logs.review import REVIEW_HEADINGS, WIDE_HEADINGS, days_shown, doubt_said, open_doubts, review_rows
from handlers.logs.text_shapes import holds_actions, labelled_blocks
from handlers.permissions import NotHere, why_not
from handlers.preconditions import wrong_field
from handlers.press_codec import OnDraft, Words, press_button
from handlers.reading.action_lines import begins_adding
from handlers.responses import Button, Content, Field, FileToCome, Group, Response, receipt, say
from handlers.safeguarding.people_known import names_of_the_plan
from models.enums import Verb
from models.errors import Refusal
from models.files.tables import PlainTable, TableRow, pasted_tables
from models.plan.action_reads import ids_by_ref

_LOG = "log"
"""The kind of draft that a log is: its rows, and what was answered about them."""
_PLACES_SHOWN, _LINES_SHOWN = 4, 3
MOST_ROWS = 1_000
"""Rows of a log that is read in a conversation; a longer one goes in on the command line."""
_DOUBTS_SHOWN = 12
_QUESTIONS_IN_FORM, _LONGEST_ANSWER = 10, 3_000
_MOST_TAKEN_BACK = 100
_GONE = NotHere("That log was added or discarded already, or is more than a day old: nothing was added.")


class AddLog(OnDraft):
    """*Add all 40*."""

    verb = "logadd"


class AnswerLog(OnDraft):
    """*Answer 3 questions…*, and the form that it opens."""

    verb = "loganswer"


class LogWorkbook(OnDraft):
    """*Workbook to put right*."""

    verb = "logbook"


class DiscardLog(OnDraft):
    """*Discard*."""

    verb = "logdrop"


class BoardOfLog(OnDraft):
    """*For the Partnership Board*: which board is to keep the actions of a log."""

    verb = "logboard"
    old_form = ("draft", "board")

    board: Words = ""


@dataclass(frozen=True)
class _Kept:
    """A log as it waits: its tables, what it is called, the board's key, and the answers by their question's key."""

    tables: tuple[PlainTable, ...]
    label: str
    board: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    shown: str = ""

    def text(self) -> str:
        """Return it as a draft keeps it."""
        tables = [[one.name, [[row.number, *row.cells] for row in one.rows], one.above] for one in self.tables]
        whole = {"tables": tables, "label": self.label, "board": self.board, "answers": dict(self.answers)}
        return json.dumps({**whole, "shown": self.shown}, ensure_ascii=False)


def _kept(text: str) -> _Kept:
    whole: dict[str, Any] = json.loads(text)
    tables = tuple(
        PlainTable(name, tuple(TableRow(row[0], tuple(row[1:])) for row in rows), tuple(above))
        for name, rows, above in whole["tables"]
    )
    return _Kept(tables, whole["label"], whole["board"], whole["answers"], whole["shown"])


def pasted_log(ctx: RequestContext, text: str) -> Response | None:
    """Show a table of actions that somebody who keeps a board pasted; None for any other words.

    A table whose actions are named by refs of the plan says how they stand, and is read as answers.
    """
    words = text.strip().removeprefix("/cypp").strip()
    words = words[3:].lstrip(" :") if words[:3].casefold() == "add" and words[3:4] in " :\n" else words
    if words.count("\n") < 1 or not kept_boards(ctx):
        return None
    try:
        tables = pasted_tables(words)
    except Refusal:
        return None
    place = heading_place(tables[0].rows)
    adds = begins_adding(words) and not labelled_blocks(tables)
    if place is None and not adds and holds_actions(tables, ctx.vocabulary.exact_ref):
        return show_log(ctx, tables, "the pasted text")
    if place is None or place > LINES_ABOVE or place + 1 >= len(tables[0].rows):
        return None
    cells = [row.cells[0] for row in tables[0].rows[place + 1 :]]
    if sum(1 for cell in cells if ctx.vocabulary.exact_ref(cell)) * 2 > len(cells):
        return None
    return show_log(ctx, tables, "the pasted table")


def show_log(ctx: RequestContext, tables: Sequence[PlainTable], label: str) -> Response:
    """Show a log as it reads, or ask which board is to keep it. Nothing is stored but the draft."""
    kept = kept_boards(ctx)
    if not kept:
        return say(why_not(Verb.ADD, secretary=listed(sorted({ctx.secretary(one) for one in ctx.calendars} - {""}))))
    rows = sum(len(table.rows) for table in tables)
    if rows > MOST_ROWS:
        command = "“cypp import FILE --log BOARD”"
        return say(f"{label} has {rows:,} rows, and at most {MOST_ROWS:,} are read here: {command} reads it whole.")
    named = named_board(ctx, tables, label, kept)
    whole = _Kept(tuple(tables), label, named.board.key if named else "")
    if named is not None:
        return _show(ctx, whole)
    if isinstance(refused := _read(ctx, replace(whole, board=kept[0].board.key)), Response):
        return refused
    mark = keep_draft(ctx, _LOG, whole.text())
    buttons = [press_button(one.board.name, BoardOfLog(draft=mark, board=one.board.key)) for one in kept]
    buttons.append(press_button("Discard", DiscardLog(draft=mark)))
    return receipt(f"Which board keeps the actions of {label}? Nothing was added yet.", buttons=tuple(buttons))


def board_chosen(ctx: RequestContext, value: BoardOfLog) -> Response:
    """Answer *For the Partnership Board*."""
    draft = named_draft(ctx, _LOG, value.draft)
    if draft is None:
        return say(_GONE)
    whole = replace(_kept(draft.words), board=value.board or _kept(draft.words).board)
    use_draft(ctx, draft)
    return _show(ctx, whole)


def _read(ctx: RequestContext, whole: _Kept) -> tuple[LogDraft, Answering] | Response:
    calendar = next((one for one in kept_boards(ctx) if one.board.key == whole.board), None)
    if calendar is None:
        return say(why_not(Verb.ADD))
    answering = Answering(log_plan(ctx, calendar))
    try:
        for key, said in whole.answers.items():
            answering.take(key, said)
        return read_log(whole.tables, answering.plan, answering.answers, whole.label), answering
    except Refusal as refused:
        return say(refused.sentence)


def _opened(ctx: RequestContext, value: OnDraft) -> tuple[_Kept, LogDraft, Answering] | Response:
    """Return the log that a press or a form is about, as it reads now; what to say where it is gone."""
    draft = named_draft(ctx, _LOG, value.draft)
    if draft is None:
        return say(_GONE)
    whole = _kept(draft.words)
    read = _read(ctx, whole)
    return read if isinstance(read, Response) else (whole, *read)


def _show(ctx: RequestContext, whole: _Kept) -> Response:
    """Show a log with its doubts, and its questions behind one button."""
    read = _read(ctx, whole)
    if isinstance(read, Response):
        return read
    draft = read[0]
    found = list(children_in_log(draft, names_of_the_plan(ctx)))
    if numbers := [one for one in found if one.refused]:
        return say(
            f"{whole.label} holds numbers that stand for one person, so nothing was added: please leave each out and "
            "send it again, and please delete your own message too.",
            *shown_children(numbers),
        )
    mark = keep_draft(ctx, _LOG, replace(whole, shown=_digest(draft)).text())
    board = next(one.board.name for one in kept_boards(ctx) if one.board.key == whole.board)
    count = len(draft.rows)
    unclear = count - draft.plain
    headline = f"{number_said(count, 'action')} to add to the list of the {board}? Nothing was added yet."
    plain = f"Of {whole.label}, {number_said(draft.plain, 'row')} read plainly"
    settled = f", of which the questions settle {draft.asked}" if draft.asked else ""
    intro = [f"{plain}, {unclear} with a doubt{settled}." if unclear else f"{plain}."]
    there = sum(1 for row in draft.rows if row.change)
    if there:
        intro.append(f"{number_said(there, 'action')} of them {'is' if there == 1 else 'are'} in the plan already.")
    intro += [*draft.columns[:_LINES_SHOWN], *draft.notes[:_LINES_SHOWN]]
    asked = [one for one in draft.questions if one.key not in whole.answers]
    doubts = _doubts(draft)
    groups = [Group("To be looked at", texts=doubts)] if doubts else []
    if asked:
        groups.append(
            Group("Asked once", texts=tuple(_question_said(draft, one) for one in asked[:_QUESTIONS_IN_FORM]))
        )
    add = f"Add all {count}" if count > 1 else "Add"
    if found:
        groups.append(Group("May tell a reader which child is meant", texts=shown_children(found)))
        add = f"They identify nobody: {add.lower()}"
    buttons: list[Button] = [press_button(add, AddLog(draft=mark), "" if found else "primary")]
    several = f"Answer {len(asked)} questions…" if asked else "Change a column…"
    buttons.append(press_button("Answer the question…" if len(asked) == 1 else several, AnswerLog(draft=mark)))
    if unclear:
        buttons.append(press_button("Workbook to put right", LogWorkbook(draft=mark)))
    buttons.append(press_button("Discard", DiscardLog(draft=mark)))
    return receipt(headline, *intro, groups=tuple(groups), buttons=tuple(buttons))


def _doubts(draft: LogDraft) -> tuple[str, ...]:
    every = open_doubts(draft)
    shown = [doubt_said(one) for one in every[:_DOUBTS_SHOWN]]
    left = len(every) - len(shown)
    return (*shown, *((f"… and {left} more.",) if left else ()))


def _question_said(draft: LogDraft, question: LogQuestion) -> str:
    """Return a question with the rows that it is about, and what is taken without an answer."""
    about = "" if question.key.startswith("column:") else question.key
    doubts = [doubt for row in draft.rows for doubt in row.doubts if about and doubt.key == about]
    places = list(dict.fromkeys(doubt.place.partition(", column")[0] for doubt in doubts))
    more = f" and {len(places) - _PLACES_SHOWN} more" if len(places) > _PLACES_SHOWN else ""
    where = f" ({', '.join(places[:_PLACES_SHOWN])}{more})" if places else ""
    taken = days_shown(question.proposed) or "nobody, and kept as printed"
    return f"{question.say}{where} Taken without an answer: {taken}."


def _digest(draft: LogDraft) -> str:
    """Return what a reading amounts to, compared at the press; without refs: others may have added meanwhile."""
    whole = [str(replace(row.action, ref="")) for row in draft.rows]
    return sha256("\n".join(whole).encode()).hexdigest()[:16]


def questions_form(ctx: RequestContext, value: AnswerLog) -> Response:
    """Answer *Answer 3 questions…*: a line for each, with what would be taken filled in."""
    opened = _opened(ctx, value)
    if isinstance(opened, Response):
        return opened
    whole, found, _ = opened
    asked = [one for one in found.questions if one.key not in whole.answers][:_QUESTIONS_IN_FORM]
    fields = [
        Field(
            f"answer{at}", one.say[:300], "line", initial=one.proposed[:_LONGEST_ANSWER], optional=True,
            max_length=_LONGEST_ANSWER, hint=answer_hint(one),
        )
        for at, one in enumerate(asked)
    ]  # fmt: skip
    columns = Field(
        COLUMNS, PAIRS[COLUMNS][1], "line", initial=whole.answers.get(COLUMNS, ""), optional=True,
        max_length=_LONGEST_ANSWER, hint=answer_hint(LogQuestion(COLUMNS, "")),
    )  # fmt: skip
    return form_response("Questions on the log", value, "Read again", *fields, columns)


def answers_sent(ctx: RequestContext, value: AnswerLog, fields: Mapping[str, str]) -> Response:
    """Take the answers of the form and show the log again."""
    opened = _opened(ctx, value)
    if isinstance(opened, Response):
        return opened
    whole, found, answering = opened
    asked = [one for one in found.questions if one.key not in whole.answers]
    answers = dict(whole.answers)
    for at, one in enumerate(asked[:_QUESTIONS_IN_FORM]):
        said = fields.get(f"answer{at}", "").strip() or one.proposed
        try:
            answering.take(one.key, said)
        except Refusal as wrong:
            raise wrong_field(f"answer{at}", wrong.sentence) from None
        answers[one.key] = said
    if said := fields.get(COLUMNS, "").strip():
        try:
            answering.take(COLUMNS, said)
        except Refusal as wrong:
            raise wrong_field(COLUMNS, wrong.sentence) from None
        answers[COLUMNS] = said
    drop_draft(ctx, _LOG, value.draft)
    return _show(ctx, replace(whole, answers=answers))


def workbook_wanted(ctx: RequestContext, value: LogWorkbook) -> Response:
    """Answer *Workbook to put right*: what was read and each doubt, to be changed and sent back as a log."""
    opened = _opened(ctx, value)
    if isinstance(opened, Response):
        return opened
    whole, found, answering = opened
    rows = list(review_rows(found, answering.plan))
    said = "The workbook is on its way to our direct conversation: put it right, and send it back here without words."
    return Response(
        Content(said),
        file=FileToCome(
            name="log to put right.xlsx",
            title=f"{whole.label}, to put right",
            make=lambda session: _workbook(rows),
            failed="The workbook could not be sent. Please try again.",
        ),
    )


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    # What makes workbooks is large: imported when one is made.
    from models.files.tables.review_workbook import review_workbook

    return review_workbook("Log", REVIEW_HEADINGS, rows, WIDE_HEADINGS)


def log_discarded(ctx: RequestContext, value: DiscardLog) -> Response:
    """Answer *Discard*: the draft is gone."""
    drop_draft(ctx, _LOG, value.draft)
    return receipt("Discarded: nothing was added.")


def log_added(ctx: RequestContext, value: AddLog) -> Response:
    """Answer *Add all 40*: all of them or none."""
    from models.files.log_actions import merge_log
    from models.files.planfile import PlanFileRefused

    draft = named_draft(ctx, _LOG, value.draft)
    if draft is None:
        return say(_GONE)
    whole = _kept(draft.words)
    read = _read(ctx, whole)
    if isinstance(read, Response):
        return read
    found, answering = read
    if _digest(found) != whole.shown:
        use_draft(ctx, draft)
        return _show(ctx, whole)
    try:
        merge = merge_log(
            ctx.session, ctx.workspace_id, whole.board, [row.action for row in found.rows], answering.names(),
            whole.label, ctx.signed(),
        )  # fmt: skip
    except PlanFileRefused as refused:
        return say("The plan cannot take this log as it is, so nothing was added.", *map(str, refused.problems[:5]))
    use_draft(ctx, draft)
    refs = [row.action.ref for row in found.rows if not row.change]
    new = ids_by_ref(ctx.session, refs)
    added = f"Added {number_said(len(new), 'action')}" + (f": {listed(refs)}." if 0 < len(refs) <= 12 else ".")
    said = [one for one in merge.sentences() if not one.startswith("Added")]
    back = TakeBack(actions=tuple(new))
    take_back = (press_button("Take them back" if len(new) > 1 else "Take it back", back),)
    return receipt(
        added if new else "Nothing was new in this log.",
        *said,
        buttons=take_back if 0 < len(new) <= _MOST_TAKEN_BACK else (),
    )
