"""`add`: one action in a line, or several pasted after a meeting: shown first, added at a press, taken back within ten
minutes.

What was typed waits in a draft that is its writer's alone. At the press it is read again; where it means something else
by then (a "next" that has passed, a board that has moved its meeting) it is shown again, and nothing is added.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select

from handlers.add_form import add_form, form_of, new_from
from handlers.context import Round
from handlers.drafts import keep_draft, named_draft, use_draft
from handlers.identifying import objection
from handlers.new_actions import Drafted, Reader, drafted, kept_boards
from handlers.new_for_you import new_lead_notices
from handlers.permissions import NotHere, why_not
from handlers.pressed_on import number_in
from handlers.replies import (
    ActionLine,
    Answer,
    Button,
    Field,
    Form,
    FormErrors,
    Group,
    NoticeOut,
    Reply,
    say,
)
from handlers.said.adding import MOST_LINES, begins_adding
from handlers.secretary_commands import AddForm, AddLines
from handlers.wording import IN_PAPERS, action_line, listed, number_said
from models.adding import add_action
from models.enums import OPEN, AnswerKind, Status, Verb, Way
from models.history import record_undo
from models.history_tables import Draft, Update
from models.parts import parts_of
from models.tables import Action

TAKE_BACK_MINUTES = 10
FORM_MAX = 3000
LINES = "add lines"
"""The kind of draft that lines are, as they were typed."""
COUNTS = {1: "it", 2: "both", 3: "all three", 4: "all four", 5: "all five", 6: "all six"}
GONE = NotHere("Those lines were added or discarded already, or are more than a day old: nothing was added.")


def show_add(asked: Round, _command: AddForm) -> Answer:
    """Answers `add` alone: the form; where none can be opened, what to type and a button to it."""
    if not kept_boards(asked):
        return say(why_not(Verb.ADD), typed="add")
    if asked.way is Way.COMMAND:
        return add_form(asked, "")
    return say(
        "Which action is to be added? Say it in a line, or paste several after a meeting.",
        "For instance “add Head of Education: publish the guide by 8 Dec”.",
        buttons=(Button("Fill in a form…", "addform", "-"),),
    )


def open_form(asked: Round, value: str) -> Answer:
    """*Fill in a form…*; the value may name the home board."""
    typed = {"board": value} if number_in(value) else {}
    return add_form(asked, "", typed) if kept_boards(asked) else say(why_not(Verb.ADD))


def add_lines(asked: Round, command: AddLines) -> Answer:
    """What would be added, to be confirmed. Nothing is stored but the draft."""
    if not kept_boards(asked):
        return say(why_not(Verb.ADD), typed=command.text)
    problem = objection(asked, command.text)
    if problem is not None:
        return problem
    if len(command.text.strip().split("\n")) > MOST_LINES + 1:
        return say(
            f"That is more than {MOST_LINES} lines, so nothing was read: send them in parts.", typed=command.text
        )
    read = Reader(asked).lines(command.text)
    if not read:
        return show_add(asked, AddForm())
    return _show(asked, command.text, read)


def means_to_add(asked: Round, text: str) -> bool:
    """Whether plain words are actions to add: they begin so, and whoever wrote them keeps a board."""
    return begins_adding(text) and bool(kept_boards(asked))


def _show(asked: Round, words: str, read: Sequence[Drafted]) -> Answer:
    """The lines as they were read, with *Add all three*, *Change…*, *Discard*."""
    mark = keep_draft(asked, LINES, json.dumps({"text": words, "shown": _shown(read)}, ensure_ascii=False))
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
        buttons.append(Button(label, "addall", mark, style="primary"))
    buttons.append(Button("Change…", "addchange", mark))
    buttons.append(Button("Discard", "adddrop", mark))
    board = asked.boards[clear[0].new.board_id].name if clear and clear[0].new else ""
    if len(read) == 1 and unclear:
        headline = f"{unclear[0].problems[0]} Nothing was added yet."
    elif unclear:
        headline = f"{len(unclear)} of {len(read)} lines {'is' if len(unclear) == 1 else 'are'} not clear yet, so "
        headline += "nothing was added."
    else:
        headline = f"{number_said(len(read), 'action')} to add to the list of the {board}? Nothing was added yet."
    intro = list(unclear[0].problems[1:]) if len(read) == 1 and unclear else []
    return Answer(Reply(headline, tuple(intro), tuple(groups), buttons=tuple(buttons)), done=True)


def _shown(read: Sequence[Drafted]) -> list[list[str]]:
    """What a reading came to, to be compared at the press; the refs are left out: others may have added meanwhile."""
    return [[one.words, *one.facts, *one.partners, *one.problems] for one in read]


def _read(asked: Round, draft: Draft) -> list[Drafted]:
    """A draft as it is read now."""
    return Reader(asked).lines(json.loads(draft.words)["text"])


def add_pressed(asked: Round, value: str) -> Answer:
    """*Add all three*: all of them or none."""
    draft = named_draft(asked, LINES, value)
    if draft is None:
        return say(GONE)
    text, read = json.loads(draft.words)["text"], _read(asked, draft)
    kept = {calendar.board.id for calendar in kept_boards(asked)}
    if any(one.new is not None and one.new.board_id not in kept for one in read) or not kept:
        return say(why_not(Verb.ADD))
    if not read or _shown(read) != json.loads(draft.words)["shown"] or any(one.new is None for one in read):
        shown = _show(asked, text, read)
        use_draft(asked, draft)
        changed = "What you were shown has changed meanwhile, so nothing was added: please look again."
        assert isinstance(shown.reply, Reply)  # noqa: S101 - a draft is shown as a reply
        return Answer(
            Reply(changed, (shown.reply.headline,), shown.reply.groups, buttons=shown.reply.buttons), done=True
        )
    use_draft(asked, draft)
    return _store(asked, read)


def _store(asked: Round, read: Sequence[Drafted]) -> Answer:
    signed = asked.signed()
    rows = [add_action(asked.session, asked.workspace_id, one.new, signed) for one in read if one.new is not None]
    refs = [row.ref for row in rows]
    views = [asked.view(row.id) for row in rows]
    if len(views) == 1:
        said = ", ".join(read[0].facts)
        headline = f"Added {refs[0]}: {said}."
        groups = (Group(texts=(f"“{views[0].words}”",)),)
    else:
        headline = f"Added {number_said(len(refs), 'action')}: {listed(refs)}."
        groups = (Group(lines=tuple(action_line(view, asked.calendars, asked.now) for view in views)),)
    label = "Take back" if len(rows) == 1 else f"Take {COUNTS.get(len(rows), f'all {len(rows)}')} back"
    value = ",".join(str(row.id) for row in rows)
    return Answer(
        Reply(headline, groups=groups, buttons=(Button(label, "addback", value),)), notices_for(asked, rows), done=True
    )


def notices_for(asked: Round, added: Sequence[Action]) -> list[NoticeOut]:
    """What the leads of new actions, and of their parts, are told."""
    return [
        notice for row in added for one in (parts_of(asked.session, row) or [row]) for notice in new_lead_notices(one)
    ]


def change_pressed(asked: Round, value: str) -> Answer:
    """*Change…*: one action in the form filled in, several as the text they were typed in."""
    draft = named_draft(asked, LINES, value)
    if draft is None:
        return say(GONE)
    text = json.loads(draft.words)["text"]
    read = _read(asked, draft)
    if len(read) == 1:
        return add_form(asked, value, form_of(asked, read[0]))
    if len(text) > FORM_MAX:
        return say(f"That is {len(text):,} characters, more than a form can hold: change them and send them again.")
    return Answer(
        Form(
            title="Actions to add",
            verb="addlines",
            value=value,
            submit="Read again",
            fields=(Field("lines", "One action a line", initial=text, max_length=FORM_MAX),),
            note=IN_PAPERS,
        )
    )


def discard_pressed(asked: Round, value: str) -> Answer:
    """*Discard*: the draft is gone."""
    draft = named_draft(asked, LINES, value)
    if draft is not None:
        use_draft(asked, draft)
    return Answer(Reply("Discarded: nothing was added."), done=True)


def lines_sent(asked: Round, value: str, fields: Mapping[str, str]) -> Answer:
    """The lines were changed and sent in: they are read and shown again."""
    text = fields.get("lines", "").strip()
    if not text:
        return Answer(FormErrors({"lines": "Write at least one action."}))
    draft = named_draft(asked, LINES, value)
    if draft is not None:
        use_draft(asked, draft)
    return add_lines(asked, AddLines(text))


def form_sent(asked: Round, value: str, fields: Mapping[str, str]) -> Answer:
    """The form was sent in: the action is added."""
    if not kept_boards(asked):
        return say(why_not(Verb.ADD))
    new = new_from(asked, fields)
    if isinstance(new, FormErrors):
        return Answer(new)
    draft = named_draft(asked, LINES, value)
    if draft is not None:
        use_draft(asked, draft)
    read = [drafted(asked, new.words, new, Reader(asked).ref(new.prefix))]
    return _store(asked, read)


def take_back(asked: Round, value: str) -> Answer:
    """*Take back*: what was added by mistake is closed, not done, and stays in the history."""
    rows = [row for one in value.split(",") if (row := asked.action_by_id(number_in(one))) is not None]
    if not rows:
        return say(NotHere("That action is not in this plan any more, so nothing was changed."))
    entries: list[tuple[Action, Update]] = []
    for row in [each for whole in rows for each in (*parts_of(asked.session, whole), whole)]:
        history = asked.session.scalars(select(Update).where(Update.action_id == row.id).order_by(Update.id)).all()
        added = next((entry for entry in history if entry.kind is AnswerKind.ADDED), None)
        if added is None or added.person_id != asked.roles.person_id or asked.roles.person_id is None:
            return say(f"Only whoever added {row.ref} can take it back: nothing was changed.")
        if any(entry.undoes_id == added.id for entry in history):
            return say(f"{row.ref} was taken back already.")
        if asked.now > added.at + timedelta(minutes=TAKE_BACK_MINUTES):
            return say(
                f"{row.ref} was added more than {TAKE_BACK_MINUTES} minutes ago, so it stays: "
                f"“/cypp outcome {row.ref} withdrawn because …” closes it."
            )
        if len(history) > 1 or row.status not in OPEN:
            return say(f"Something newer is on record for {row.ref}, so nothing was taken back.")
        entries.append((row, added))
    for row, added in entries:
        record_undo(asked.session, row, added, asked.signed(), "added by mistake")
    refs = listed([row.ref for row in rows])
    return Answer(
        Reply(f"Taken back: {refs}, added by mistake.", ("It stays in the history as closed, not done.",)), done=True
    )
