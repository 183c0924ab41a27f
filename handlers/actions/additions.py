"""`add`: one action in a line, or several pasted after a meeting, shown first and added at a press.

They can be taken back within ten minutes. What was typed waits in a draft that is its writer's alone. At the press it
is read again; where it means something else by then (a "next" that has passed, a board that has moved its meeting) it
is shown again, and nothing is added.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.actions.add_form import AddOneForm, add_form, form_of, new_from
from handlers.actions.new_actions import Drafted, Reader, drafted, kept_boards
from handlers.commands.actions import AddForm, AddLines
from handlers.context import RequestContext
from handlers.drafts import drop_draft, keep_draft, named_draft, use_draft
from handlers.form_texts import form_response, said_in
from handlers.formatting import action_line, listed, number_said
from handlers.people.lead_changes import new_lead_notices
from handlers.permissions import NotHere, why_not
from handlers.preconditions import wrong_field
from handlers.press_codec import Numbers, OnBoard, OnDraft, PressValue, press_button
from handlers.reading.action_lines import MOST_LINES, begins_adding
from handlers.responses import ActionLine, Button, Content, Field, Group, NoticeOut, Response, receipt, say
from handlers.safeguarding.confirmation import BY_WORDS, RecordSurely, asked_first, objection
from models.enums import OPEN, AnswerKind, Status, Verb, Way
from models.plan.action_rows import add_action
from models.records.entry_reads import updates_of_action
from models.records.history import record_undo
from models.records.partner_parts import parts_of_action
from models.storage.history_tables import Draft, Update
from models.storage.tables import Action

TAKE_BACK_MINUTES = 10
_FORM_MAX = 3000
LINES = "add lines"
"""The kind of draft that lines are, as they were typed."""
COUNTS = {1: "it", 2: "both", 3: "all three", 4: "all four", 5: "all five", 6: "all six"}
_GONE = NotHere("Those lines were added or discarded already, or are more than a day old: nothing was added.")


def show_add(ctx: RequestContext, _command: AddForm) -> Response:
    """Answer `add` alone: with the form; where none can be opened, with what to type and a button to it."""
    if not kept_boards(ctx):
        return say(why_not(Verb.ADD), typed="add")
    if ctx.way is Way.COMMAND:
        return add_form(ctx, "")
    return say(
        "Which action is to be added? Say it in a line, or paste several after a meeting.",
        "For instance “add Head of Education: publish the guide by 8 Dec”.",
        buttons=(press_button("Fill in a form…", OpenAddForm()),),
    )


class OpenAddForm(OnBoard):
    """*Fill in a form…*, *Add an action…*; perhaps for one home board."""

    verb = "addform"


class AddAll(OnDraft):
    """*Add*, *Add all three*."""

    verb = "addall"


class ChangeLines(OnDraft):
    """*Change…*."""

    verb = "addchange"


class DiscardLines(OnDraft):
    """*Discard*."""

    verb = "adddrop"


class LinesForm(OnDraft):
    """The form with several lines as they were typed."""

    verb = "addlines"


class TakeBack(PressValue):
    """*Take back*: the actions that were added."""

    verb = "addback"
    old_form = ("actions",)

    actions: Numbers = ()


def open_form(ctx: RequestContext, value: OpenAddForm) -> Response:
    """Answer *Fill in a form…*; the value may name the home board."""
    typed = {"board": str(value.board)} if value.board else {}
    return add_form(ctx, "", typed) if kept_boards(ctx) else say(why_not(Verb.ADD))


def add_lines(ctx: RequestContext, command: AddLines) -> Response:
    """Show what would be added, to be confirmed. Nothing is stored but the draft."""
    if not kept_boards(ctx):
        secretaries = listed(sorted({said for one in ctx.calendars if (said := ctx.secretary(one))}))
        return say(why_not(Verb.ADD, secretary=secretaries), typed=command.text)
    lines = command.text.strip().split("\n")
    held = {line: problem for line in lines if (problem := objection(ctx, line)) is not None}
    if 0 < len(held) < len(lines):
        return _beside_held(add_lines(ctx, AddLines("\n".join(one for one in lines if one not in held))), held)
    problem = objection(ctx, command.text)
    if problem is not None:
        return problem
    if len(command.text.strip().split("\n")) > MOST_LINES + 1:
        return say(
            f"That is more than {MOST_LINES} lines, so nothing was read: send them in parts.", typed=command.text
        )
    read = Reader(ctx).lines(command.text)
    if not read:
        return show_add(ctx, AddForm())
    return _show(ctx, command.text, read)


def _beside_held(given: Response, held: Mapping[str, Response]) -> Response:
    """Return what is said of the other lines, with what is asked about the lines that may identify a child."""
    doubtful = [line for line, problem in held.items() if problem.doubtful]
    asked = dict.fromkeys(one.content.headline for one in held.values() if isinstance(one.content, Content))
    buttons: tuple[Button, ...] = ()
    if doubtful:
        words = "\n".join(doubtful)
        again = RecordSurely(how=BY_WORDS, words=words if begins_adding(words) else f"add {words}")
        question = asked_first(Response(Content(""), doubtful=True), again).content
        buttons = question.buttons if isinstance(question, Content) else ()
    content = given.content
    assert isinstance(content, Content)  # noqa: S101 - lines are answered by a reply
    return replace(
        given, content=replace(content, intro=(*content.intro, *asked), buttons=(*content.buttons, *buttons))
    )


def means_to_add(ctx: RequestContext, text: str) -> bool:
    """Return whether plain words are actions to add: they begin so, and their writer keeps a board."""
    return begins_adding(text) and bool(kept_boards(ctx))


def _show(ctx: RequestContext, words: str, read: Sequence[Drafted]) -> Response:
    """Show the lines as they were read, with *Add all three*, *Change…*, *Discard*."""
    mark = keep_draft(ctx, LINES, json.dumps({"text": words, "shown": _shown(read)}, ensure_ascii=False))
    clear = [one for one in read if one.new is not None]
    unclear = [one for one in read if one.new is None]
    buttons: list[Button] = []
    groups = []
    if clear:
        lines = tuple(ActionLine(one.ref, one.words, Status.NOT_STARTED, one.facts) for one in clear)
        groups.append(Group("Clear so far" if unclear else "", lines=lines))
        groups += [Group(f"Asked for {one.ref}", texts=one.partners) for one in clear if one.partners]
    if unclear:
        texts = tuple(f"{read.index(one) + 1}. “{one.typed}”: {' '.join(one.problems)}" for one in unclear)
        if len(read) == 1:
            texts = (f"“{unclear[0].typed}”",)
        groups.append(Group(f"Not clear yet ({len(unclear)})" if len(read) > 1 else "", texts=texts))
    else:
        label = "Add" if len(read) == 1 else f"Add {COUNTS.get(len(read), f'all {len(read)}')}"
        buttons.append(press_button(label, AddAll(draft=mark), "primary"))
    buttons.append(press_button("Change…", ChangeLines(draft=mark)))
    buttons.append(press_button("Discard", DiscardLines(draft=mark)))
    board = ctx.boards[clear[0].new.board_id].name if clear and clear[0].new else ""
    if len(read) == 1 and unclear:
        headline = f"{unclear[0].problems[0]} Nothing was added yet."
    elif unclear:
        headline = f"{len(unclear)} of {len(read)} lines {'is' if len(unclear) == 1 else 'are'} not clear yet, so "
        headline += "nothing was added."
    else:
        headline = f"{number_said(len(read), 'action')} to add to the list of the {board}? Nothing was added yet."
    intro = list(unclear[0].problems[1:]) if len(read) == 1 and unclear else []
    return receipt(headline, *intro, groups=tuple(groups), buttons=tuple(buttons))


def _shown(read: Sequence[Drafted]) -> list[list[str]]:
    """Return what a reading amounts to, compared at the press; without refs: others may have added meanwhile."""
    return [[one.words, *one.facts, *one.partners, *one.problems] for one in read]


def _read(ctx: RequestContext, draft: Draft) -> list[Drafted]:
    """Return a draft as it is read now."""
    return Reader(ctx).lines(json.loads(draft.words)["text"])


def add_pressed(ctx: RequestContext, value: AddAll) -> Response:
    """Answer *Add all three*: all of them or none."""
    draft = named_draft(ctx, LINES, value.draft)
    if draft is None:
        return say(_GONE)
    text, read = json.loads(draft.words)["text"], _read(ctx, draft)
    kept = {calendar.board.id for calendar in kept_boards(ctx)}
    if any(one.new is not None and one.new.board_id not in kept for one in read) or not kept:
        return say(why_not(Verb.ADD))
    if not read or _shown(read) != json.loads(draft.words)["shown"] or any(one.new is None for one in read):
        shown = _show(ctx, text, read)
        use_draft(ctx, draft)
        changed = "What you were shown has changed meanwhile, so nothing was added: please look again."
        assert isinstance(shown.content, Content)  # noqa: S101 - a draft is shown as a reply
        return receipt(changed, shown.content.headline, groups=shown.content.groups, buttons=shown.content.buttons)
    use_draft(ctx, draft)
    return _store(ctx, read)


def _store(ctx: RequestContext, read: Sequence[Drafted]) -> Response:
    signed = ctx.signed()
    rows = [add_action(ctx.session, ctx.workspace_id, one.new, signed) for one in read if one.new is not None]
    refs = [row.ref for row in rows]
    views = [ctx.view(row.id) for row in rows]
    if len(views) == 1:
        said = ", ".join(read[0].facts)
        headline = f"Added {refs[0]}: {said}."
        groups = (Group(texts=(f"“{views[0].words}”",)),)
    else:
        headline = f"Added {number_said(len(refs), 'action')}: {listed(refs)}."
        groups = (Group(lines=tuple(action_line(view, ctx.calendars, ctx.now) for view in views)),)
    label = "Take back" if len(rows) == 1 else f"Take {COUNTS.get(len(rows), f'all {len(rows)}')} back"
    added = TakeBack(actions=tuple(row.id for row in rows))
    return receipt(headline, groups=groups, buttons=(press_button(label, added),), notices=notices_for(ctx, rows))


def notices_for(ctx: RequestContext, added: Sequence[Action]) -> list[NoticeOut]:
    """Return what the leads of new actions, and of their parts, are told."""
    return [
        notice
        for row in added
        for one in (parts_of_action(ctx.session, row) or [row])
        for notice in new_lead_notices(one)
    ]


def change_pressed(ctx: RequestContext, value: ChangeLines) -> Response:
    """Answer *Change…*: one action in the form filled in, several as the text they were typed in."""
    draft = named_draft(ctx, LINES, value.draft)
    if draft is None:
        return say(_GONE)
    text = json.loads(draft.words)["text"]
    read = _read(ctx, draft)
    if len(read) == 1:
        return add_form(ctx, value.draft, form_of(ctx, read[0]))
    if len(text) > _FORM_MAX:
        return say(f"That is {len(text):,} characters, more than a form can hold: change them and send them again.")
    return form_response(
        "Actions to add",
        LinesForm(draft=value.draft),
        "Read again",
        Field("lines", "One action a line", initial=text, max_length=_FORM_MAX),
    )


def discard_pressed(ctx: RequestContext, value: DiscardLines) -> Response:
    """Answer *Discard*: the draft is gone."""
    drop_draft(ctx, LINES, value.draft)
    return receipt("Discarded: nothing was added.")


def lines_sent(ctx: RequestContext, value: LinesForm, fields: Mapping[str, str]) -> Response:
    """Read the lines that were changed and sent in, and show them again."""
    text = said_in(fields, "lines")
    if not text:
        raise wrong_field("lines", "Write at least one action.")
    drop_draft(ctx, LINES, value.draft)
    return add_lines(ctx, AddLines(text))


def form_sent(ctx: RequestContext, value: AddOneForm, fields: Mapping[str, str]) -> Response:
    """Add the action that the form was sent in with."""
    if not kept_boards(ctx):
        return say(why_not(Verb.ADD))
    new = new_from(ctx, fields)
    drop_draft(ctx, LINES, value.draft)
    read = [drafted(ctx, new.words, new, Reader(ctx).ref(new.prefix))]
    return _store(ctx, read)


def take_back(ctx: RequestContext, value: TakeBack) -> Response:
    """Answer *Take back*: what was added by mistake is closed, not done, and stays in the history."""
    rows = [row for one in value.actions if (row := ctx.action_by_id(one)) is not None]
    if not rows:
        return say(NotHere("That action is not in this plan any more, so nothing was changed."))
    entries: list[tuple[Action, Update]] = []
    for row in [each for whole in rows for each in (*parts_of_action(ctx.session, whole), whole)]:
        history = updates_of_action(ctx.session, row.id)
        added = next((entry for entry in history if entry.kind is AnswerKind.ADDED), None)
        if added is None or not ctx.wrote(added):
            return say(f"Only whoever added {row.ref} can take it back: nothing was changed.")
        if any(entry.undoes_id == added.id for entry in history):
            return say(f"{row.ref} was taken back already.")
        if ctx.now > added.at + timedelta(minutes=TAKE_BACK_MINUTES):
            return say(
                f"{row.ref} was added more than {TAKE_BACK_MINUTES} minutes ago, so it stays: "
                f"“/cypp outcome {row.ref} withdrawn because …” closes it."
            )
        if len(history) > 1 or row.status not in OPEN:
            return say(f"Something newer is on record for {row.ref}, so nothing was taken back.")
        entries.append((row, added))
    for row, added in entries:
        record_undo(ctx.session, row, added, ctx.signed(), "added by mistake")
    refs = listed([row.ref for row in rows])
    return receipt(f"Taken back: {refs}, added by mistake.", "It stays in the history as closed, not done.")
