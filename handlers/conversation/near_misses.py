"""*Record these three* / *Change…*: several answers with near misses in them, shown as read; nothing stored before."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import reduce

from handlers.commands.answers import (
    AnswerCommand,
    GiveUpdate,
    NoChange,
    NotOurs,
    ProposeClosure,
    ReadAs,
    ToFollow,
    Verbal,
)
from handlers.context import RequestContext
from handlers.conversation.awaited_words import lacks_words
from handlers.drafts import drop_draft, keep_draft, named_draft, use_draft
from handlers.form_texts import form_response
from handlers.formatting import day_said, listed
from handlers.permissions import NotHere
from handlers.press_codec import OnDraft, PressValue, press_button
from handlers.reading.answer_commands import command_for
from handlers.reading.normalise import NUMBER_WORDS, quoted
from handlers.responses import Button, Content, Field, Response, answer_beside, say
from handlers.updates.batch import record_all, refuse_any
from models.enums import AnswerKind, Status

KIND = "answers"
RECORD_THESE = "Record these"
"""How the button begins that records several answers."""
_LONGEST_LABEL = 75
_FORM_MAX = 3000
"""Characters that a field of a form can begin with."""
_GONE = NotHere(
    "Those answers were recorded already, or a day has passed: nothing was recorded. Please send them again."
)
NUMBERS: Mapping[int, str] = {number: word for word, number in reversed(NUMBER_WORDS.items()) if "-" not in word}


class RecordReading(OnDraft):
    """*Record it*, *Record these three*, *Record for both*."""

    verb = "recordall"


class ChangeReading(OnDraft):
    """*Change…*."""

    verb = "change"


class ReadAgain(OnDraft):
    """The form of *Change…*."""

    verb = "reread"


class NotAnUpdate(PressValue):
    """*Not an update*, *Neither*."""

    verb = "notupdate"


def show_reading(ctx: RequestContext, reading: ReadAs, typed: str) -> Response:
    """Show the answers as they were read, to be confirmed; say at once what could not be recorded."""
    problem = refuse_any(ctx, reading.commands, typed)
    if problem is not None:
        lacking = tuple(one for one in reading.commands if lacks_words(ctx, one))
        others = tuple(one for one in reading.commands if one not in lacking)
        if not lacking or not others or refuse_any(ctx, others, typed) is not None:
            return problem
        shown = show_reading(ctx, replace(reading, commands=others), typed)
        return reduce(answer_beside, (refuse_any(ctx, (one,), typed) for one in lacking), shown)
    count = len(reading.commands)
    word = NUMBERS.get(count, count)
    name = keep_draft(ctx, KIND, _packed(reading.commands, typed))
    read_as = [f"{quoted(one)} as {meant}" for one, meant in reading.corrected]
    lines = [answer_said(command) for command in reading.commands] + ([f"Read {listed(read_as)}."] if read_as else [])
    first = reading.commands[0]
    label = f"{RECORD_THESE} {word}"
    headline = f"I read that as {word} answers. Nothing was recorded yet."
    if count == 1:
        label = f"Record for {answer_said(replace(first, words=''))}"[:_LONGEST_LABEL]
        headline = f"Is that an update on {first.ref}? Nothing was recorded yet."
    other = (
        press_button("Not an update", NotAnUpdate())
        if count == 1
        else press_button("Change…", ChangeReading(draft=name))
    )
    buttons = (press_button(label, RecordReading(draft=name), "primary"), other)
    return Response(Content(headline, intro=tuple(lines), buttons=buttons))


def record_all_button(ctx: RequestContext, commands: tuple[AnswerCommand, ...], typed: str) -> Button:
    """Return one button that records the same answer on several actions, beside a button for each."""
    count = len(commands)
    name = keep_draft(ctx, KIND, _packed(commands, typed))
    said = answer_said(replace(commands[0], words="")).partition(": ")[2]
    label = f"Record for {'both' if count == 2 else f'all {NUMBERS.get(count, count)}'}: {said}"
    return press_button(label[:_LONGEST_LABEL], RecordReading(draft=name))


def record_kept_button(ctx: RequestContext, command: AnswerCommand, typed: str) -> Button:
    """Return a button that records one answer whose words are too long for the button itself."""
    name = keep_draft(ctx, KIND, _packed((command,), typed))
    return press_button(f"Record for {answer_said(replace(command, words=''))}", RecordReading(draft=name))


def record_reading(ctx: RequestContext, value: RecordReading) -> Response:
    """Answer *Record these three*: everything is checked again, and all or nothing is recorded."""
    row = named_draft(ctx, KIND, value.draft)
    if row is None:
        return say(_GONE)
    commands, typed = _unpacked(row.words)
    # Whether the words identify anybody was asked before the reading was kept.
    ctx.sure = True
    given = record_all(ctx, commands, typed)
    if given.done:
        use_draft(ctx, row)
    return given


def change_reading(ctx: RequestContext, value: ChangeReading) -> Response:
    """Answer *Change…*: a form with what was typed, to be put right and read again."""
    row = named_draft(ctx, KIND, value.draft)
    if row is None:
        return say(_GONE)
    _, typed = _unpacked(row.words)
    if len(typed) > _FORM_MAX:
        return say("That is more than a form holds: please copy it, put it right and send it again.", typed=typed)
    return form_response(
        "Change what you wrote",
        ReadAgain(draft=value.draft),
        "Read again",
        Field(
            "words",
            "Your answers",
            hint=f"One action a line: {ctx.vocabulary.example_ref} on track, two advisors recruited",
            initial=typed,
            max_length=_FORM_MAX,
        ),
    )


def forget_reading(ctx: RequestContext, value: ReadAgain, fields: Mapping[str, str]) -> str:
    """Return the words of the form *Change…*, to be read anew; the earlier reading can no longer be recorded."""
    drop_draft(ctx, KIND, value.draft)
    return fields.get("words", "").strip()


def answer_said(command: AnswerCommand) -> str:
    """Return an answer as it was read, in a line: the action, its status, the words."""
    said = {
        NoChange: "no change",
        Verbal: "verbal update at the meeting",
        ProposeClosure: "done, proposed for closure",
        NotOurs: "not ours",
    }.get(type(command), "")
    if isinstance(command, GiveUpdate) and command.status is not None:
        said = command.status.value
    if isinstance(command, ToFollow):
        said = f"to follow by {day_said(command.by)}"
    return f"{command.ref}: {said}" + (f", “{command.words}”" if command.words else "")


def _packed(commands: tuple[AnswerCommand, ...], typed: str) -> str:
    """Keep the reading, so that what was shown is what is recorded."""
    rows = [
        [
            command.ref,
            command.kind.value,
            command.status.value if isinstance(command, GiveUpdate) and command.status else "",
            command.words,
            command.by.isoformat() if isinstance(command, ToFollow) else "",
        ]
        for command in commands
    ]
    return json.dumps({"typed": typed, "answers": rows}, ensure_ascii=False)


def _unpacked(kept: str) -> tuple[list[AnswerCommand], str]:
    read = json.loads(kept)
    commands = [
        command_for(
            ref, AnswerKind(said), Status(status) if status else None, words, date.fromisoformat(by) if by else None
        )
        for ref, said, status, words, by in read["answers"]
    ]
    return commands, read["typed"]
