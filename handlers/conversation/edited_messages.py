"""Messages that are edited or deleted after they were read: what the record says of them, and *Replace*.

A change stores nothing by itself. Source: docs/explanation/what-people-write.md, Edited and deleted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.actions.history_view import entry_said, may_correct
from handlers.buttons import UNDO_MINUTES
from handlers.commands.answers import AnswerCommand, GiveUpdate, ReadAs, Recorded, ShowBack
from handlers.commands.records import Correct
from handlers.context import RequestContext
from handlers.conversation.counting import kind_and_stage
from handlers.conversation.edited_decisions import CHANGED, DELETED, decisions_changed, decisions_deleted
from handlers.conversation.incoming_words import IncomingWords
from handlers.conversation.near_misses import NUMBERS, answer_said, show_reading
from handlers.conversation.whose_actions import owed_refs
from handlers.drafts import keep_draft, latest_draft, named_draft, use_draft
from handlers.formatting import listed, number_said
from handlers.permissions import NotHere, may
from handlers.press_codec import Flag, OnDraft, PressValue, Words, press_button
from handlers.reading.plain_replies import read_reply
from handlers.reading.unclear_ratings import ratings_to_offer
from handlers.reading.whose import Whose
from handlers.responses import Button, Content, NotDone, Response, receipt, response_of, say
from handlers.safeguarding.confirmation import SURE_LABEL, objection
from handlers.safeguarding.detection import refusal, refused
from handlers.updates.answers import UndoAnswer, UndoOne, as_entry, record_answer, says_same
from handlers.updates.batch import refuse_any
from handlers.updates.corrections import as_before, correct
from handlers.updates.sources import what_was_said
from models.enums import ANSWERS, OPEN, Fate, Verb
from models.notifications.received import forget_presses
from models.records.entries import NumberedEntry, entries_of
from models.records.entry_reads import action_of_update, updates_of_action
from models.records.history import record_undo
from models.records.message_counts import count_message, count_press
from models.records.said_messages import decisions_from, entries_from, message_answered_in, note_said, said_message
from models.storage.history_tables import Update
from models.storage.sessions import keep_if

_KIND = "edited "
WORDS_SHOWN = 1000
REREAD_WITHIN = timedelta(days=1)
"""How old a message may be that nothing is known of, for its change to be read as if it were new."""
_GONE = NotHere(
    "That change was dealt with, or a day has passed: nothing was replaced. “/cypp history REF” shows the record."
)
AS_NEW = "Your change was not acted on, and nothing was recorded: please send it as a new message."


class ReplaceEntries(OnDraft):
    """*Replace: STATUS*: the draft holds the new words. `sure`: they identify nobody."""

    verb = "replace"

    message: Words = ""
    sure: Flag = False


class KeepEntries(PressValue):
    """*Keep the record as it is*."""

    verb = "keeprecord"


@dataclass(frozen=True, slots=True)
class _Change:
    """What a changed message says otherwise than the entries that it brought."""

    corrected: tuple[tuple[Update, AnswerCommand], ...]
    added: tuple[AnswerCommand, ...]
    dropped: tuple[Update, ...]

    @property
    def commands(self) -> tuple[AnswerCommand, ...]:
        return (*(command for _, command in self.corrected), *self.added)


def fate_of(given: Response) -> Fate:
    """Return what became of words by the answer to them."""
    if given.done:
        return Fate.DONE
    content = given.content
    asks = isinstance(content, Content) and (content.typed or (content.buttons and not content.groups))
    return Fate.OPEN if asks else Fate.ANSWERED


def read_once(ctx: RequestContext, message: str, read: Callable[[RequestContext], Response]) -> Response:
    """Read a message and note what became of it; one that was read already, edited or not, is not read again."""
    ctx.message = message
    if said_message(ctx.session, message) is not None:
        return Response(None)
    given = read(ctx)
    if may(ctx.roles, Verb.READ):
        count_message(ctx.session, message, fate_of(given), kind_and_stage(ctx, given), ctx.now, ctx.today)
    return given


def press_answer(ctx: RequestContext, answer: str, press: Callable[[], Response], *, by_form: bool = False) -> Response:
    """Take a press in the answer to a message, or the form that it opened: what it records came from that message."""
    row = message_answered_in(ctx.session, answer) if answer else None
    if row is None:
        return press()
    ctx.message = row.message
    given = press()
    if given.done:
        note_said(ctx.session, row.message, Fate.DONE, ctx.now)
        count_press(ctx.session, answer, ctx.today, ctx.zone, by_form=by_form)
    return given


@dataclass(frozen=True, slots=True)
class EditedWords:
    """A message as it stands after a change.

    `read`: reads it as a new one would be. `age`: how long after it was written it was changed.
    """

    said: IncomingWords
    read: Callable[[RequestContext], Response]
    age: timedelta


def message_edited(ctx: RequestContext, message: str, edited: EditedWords) -> tuple[Response, str]:
    """Answer a change of a message, and return which earlier answer this one takes the place of, "" for none.

    What it brought stays on record until its writer presses *Replace*. What brought nothing is read anew.
    """
    if not may(ctx.roles, Verb.READ):
        return Response(None), ""
    ctx.message = message
    _forget_offers(ctx, message)
    counting, void = entries_from(ctx.session, message)
    if counting:
        return _beside_record(ctx, message, counting, edited.said.whole), ""
    decided = decisions_from(ctx.session, message)
    if decided:
        return decisions_changed(ctx, decided, edited.said), ""
    row = said_message(ctx.session, message)
    if row is None and edited.age > REREAD_WITHIN:
        return Response(None), ""
    if row is not None and row.became is Fate.DONE and not void:
        what = "What your message did still stands, whatever it says now."
        return say(what, "To change something else, please send it as a new message."), ""
    given = _read_anew(ctx, edited)
    before = row.answer if row is not None and row.became is Fate.OPEN else ""
    note_said(ctx.session, message, fate_of(given), ctx.now)
    return given, before


def message_deleted(ctx: RequestContext, message: str) -> tuple[Response, str]:
    """Answer a deletion: what was recorded stays; a question about the words, or the words given back, go."""
    _forget_offers(ctx, message)
    counting, _ = entries_from(ctx.session, message)
    if counting:
        return _after_deletion(ctx, counting), ""
    decided = decisions_from(ctx.session, message)
    if decided:
        return decisions_deleted(ctx, decided), ""
    row = said_message(ctx.session, message)
    if row is None or row.became is not Fate.OPEN or not row.answer:
        return Response(None), ""
    return say("You deleted your message, so nothing was recorded."), row.answer


def replace_entries(ctx: RequestContext, value: ReplaceEntries) -> Response:
    """Answer *Replace*: every entry that the changed message says otherwise is put right; all of them or none."""
    draft = named_draft(ctx, _KIND + value.message, value.draft)
    counting, _ = entries_from(ctx.session, value.message)
    if draft is None or not counting:
        return say(_GONE)
    words = draft.words
    ctx.message, ctx.sure = value.message, ctx.sure or value.sure
    change = _change(ctx, counting, _commands_in(ctx, counting, words))
    problem = refuse_any(ctx, change.added, words)
    if problem is not None:
        return problem
    given = [response_of(correct, ctx, Correct(_ref(ctx, one), _number(ctx, one), to)) for one, to in change.corrected]
    given += [response_of(record_answer, ctx, command) for command in change.added]
    undone = next((one for one in given if not one.done), None)
    if undone is not None:
        return undone
    use_draft(ctx, draft)
    taken = [_take_back(ctx, entry) for entry in change.dropped]
    contents = [one.content for one in given if isinstance(one.content, Content)]
    if not contents and not taken:
        return say("The record says that already: nothing was replaced.")
    if len(contents) == 1 and not taken:
        later = _later(ctx, change.corrected[0][0]) if change.corrected else ""
        return replace(given[0], content=replace(contents[0], intro=(*contents[0].intro, *filter(None, (later,)))))
    refs = [command.ref for command in change.commands]
    return receipt(
        f"Replaced: {number_said(len(refs) + len(taken), 'answer')}.",
        *(line for content in contents for line in (content.headline, *content.intro)),
        *taken,
        buttons=tuple(
            press_button(f"Undo {ref}", UndoOne.decode(content.buttons[0].value))
            for ref, content in zip(refs, contents, strict=True)
            if content.buttons
        ),
        notices=[notice for one in given for notice in one.notices],
    )


def _forget_offers(ctx: RequestContext, message: str) -> None:
    """Let no button store what a message said between two changes."""
    while draft := latest_draft(ctx, _KIND + message):
        use_draft(ctx, draft)


def _read_anew(ctx: RequestContext, edited: EditedWords) -> Response:
    """Read a changed message that brought nothing: what would be recorded at once is shown to be confirmed."""
    said = edited.said
    identifies = refused(said.typed)
    if isinstance(said.reading, Recorded) and not identifies:
        problem = objection(ctx, said.text)
        return problem or show_reading(ctx, ReadAs(said.reading.commands), said.whole)
    given = keep_if(ctx.session, lambda: edited.read(ctx), lambda response: not response.done)
    return say(AS_NEW) if given.done or given.notices else given


def _beside_record(ctx: RequestContext, message: str, counting: Sequence[Update], words: str) -> Response:
    """Say what the record says beside what the message says now, and offer to replace it."""
    if what := refused(words):
        return say(refusal(what), "What was recorded before stays as it was.")
    lines = [f"On record: {_said(ctx, entry)}" for entry in counting]
    headline = CHANGED
    commands = _commands_in(ctx, counting, words)
    if commands is None:
        how = [f"“/cypp correct {_ref(ctx, one)} {_number(ctx, one)} …”" for one in counting]
        said = f"What it says now could not be read as an answer: {listed(how)} {_puts(how)} the record right."
        return say(headline, *lines, said, buttons=_undo_buttons(ctx, counting))
    change = _change(ctx, counting, commands)
    if not change.commands and not change.dropped:
        return Response(None)
    lost = [
        action.ref for one in counting if not _may_replace(ctx, one) and (action := action_of_update(ctx.session, one))
    ]
    if lost:
        why = f"You do not answer for {listed(lost)} any more, so the record stays"
        return say(headline, *lines, f"{why}: its board’s secretary can put it right.")
    lines += [f"Your message now: {answer_said(command)}" for command in change.commands]
    lines += [f"{_ref(ctx, entry)} is not in it any more: that entry would be taken back." for entry in change.dropped]
    lines += filter(None, (_later(ctx, entry) for entry, _ in change.corrected))
    draft = keep_draft(ctx, _KIND + message, words)
    keep = press_button("Keep the record as it is", KeepEntries())
    objected = objection(ctx, words)
    if objected is not None and isinstance(objected.content, Content):
        surely = press_button(SURE_LABEL, ReplaceEntries(draft=draft, message=message, sure=True))
        return replace(
            objected, content=replace(objected.content, typed="", intro=tuple(lines), buttons=(surely, keep))
        )
    swap = press_button(_label(ctx, change), ReplaceEntries(draft=draft, message=message), "primary")
    return say(headline, *lines, buttons=(swap, *_undo_buttons(ctx, counting), keep))


def _label(ctx: RequestContext, change: _Change) -> str:
    """Name what the button stores: one status, or how many answers the lines above it show."""
    count = len(change.commands) + len(change.dropped)
    if count > 1:
        return f"Replace these {NUMBERS.get(count, count)}"
    if not change.commands:
        return f"Take {_ref(ctx, change.dropped[0])} back"
    said = answer_said(replace(change.commands[0], words=""))
    return f"Replace: {said.partition(': ')[2]}"[:75]


def _commands_in(ctx: RequestContext, counting: Sequence[Update], words: str) -> tuple[AnswerCommand, ...] | None:
    """Return the answers that a changed message gives; None where they cannot be told for sure.

    Where it brought one entry, words without an action are about that one, and without a status they keep its own.
    """
    refs = tuple(dict.fromkeys(_ref(ctx, entry) for entry in counting))
    only = refs[0] if len(refs) == 1 else ""
    owed = tuple(dict.fromkeys((*refs, *owed_refs(ctx)))) if not only else refs
    reading = read_reply(words, ctx.vocabulary, Whose(owed, (only,) if only else ()), ctx.today)
    if isinstance(reading, Recorded | ReadAs):
        return reading.commands
    typed = ctx.parsed(words).command
    if isinstance(typed, AnswerCommand) and not (isinstance(typed, GiveUpdate) and typed.status is None):
        return (typed,)
    if not isinstance(reading, ShowBack) or not only or set(reading.refs) != {only} or reading.no_day:
        return None
    said = reading.words.strip()
    action = action_of_update(ctx.session, counting[-1])
    if not said or reading.doubted or ratings_to_offer(said, counting[-1].status or action.rating, ctx.vocabulary):
        return None
    return (as_before(GiveUpdate(only, None, said), counting[-1]),)


def _change(ctx: RequestContext, counting: Sequence[Update], commands: Sequence[AnswerCommand] | None) -> _Change:
    said = {_ref(ctx, entry): entry for entry in counting}
    named = {ctx_ref: command for command in commands or () if (ctx_ref := _printed(ctx, command.ref))}
    corrected = tuple(
        (said[ref], command) for ref, command in named.items() if ref in said and not _is_said(ctx, said[ref], command)
    )
    added = tuple(command for ref, command in named.items() if ref not in said)
    dropped = tuple(entry for ref, entry in said.items() if ref not in named) if named else ()
    return _Change(corrected, added, dropped)


def _is_said(ctx: RequestContext, entry: Update, command: AnswerCommand) -> bool:
    """Return whether an entry is what an answer would be stored as."""
    action = action_of_update(ctx.session, entry)
    try:
        return says_same(entry, as_entry(ctx, command, what_was_said(ctx, action, command)))
    except NotDone:
        return False


def _after_deletion(ctx: RequestContext, counting: Sequence[Update]) -> Response:
    how = [f"“/cypp correct {_ref(ctx, one)} {_number(ctx, one)} …”" for one in counting]
    return say(
        DELETED,
        *(f"On record: {_said(ctx, entry)}" for entry in counting),
        f"{listed(how)} {_puts(how)} it right. Where it may identify a child, ask the board’s secretary to redact it.",
        buttons=_undo_buttons(ctx, counting),
    )


def _undo_buttons(ctx: RequestContext, counting: Sequence[Update]) -> tuple[Button, ...]:
    """Return *Undo* for each entry that can still be undone."""
    recent = [one for one in counting if ctx.now <= one.at + timedelta(minutes=UNDO_MINUTES) and not _newer(ctx, one)]
    if len(counting) == 1:
        return tuple(press_button("Undo", UndoAnswer(entry=one.id)) for one in recent)
    return tuple(press_button(f"Undo {_ref(ctx, one)}", UndoOne(entry=one.id)) for one in recent)


def _take_back(ctx: RequestContext, entry: Update) -> str:
    """Take back an entry that the message does not bring any more, unless something newer is on record; say so."""
    action = action_of_update(ctx.session, entry)
    if action.status not in OPEN or _newer(ctx, entry):
        return f"Something newer is on record for {action.ref}, so its entry stays."
    record_undo(ctx.session, action, entry, ctx.signed(action.lead_post_id))
    forget_presses(ctx.session, action.id)
    return f"Taken back: {action.ref} is {action.status.value} again."


def _newer(ctx: RequestContext, entry: Update) -> bool:
    return any(other.id > entry.id for other in updates_of_action(ctx.session, entry.action_id, since=entry))


def _later(ctx: RequestContext, entry: Update) -> str:
    """Say who answered after an entry: putting it right leaves that as it is."""
    since = updates_of_action(ctx.session, entry.action_id, since=entry)
    others = [one for one in since if one.id > entry.id and one.kind in ANSWERS and one.person_id != entry.person_id]
    if not others:
        return ""
    what = others[-1].status or others[-1].kind
    return f"{others[-1].signature} answered for {_ref(ctx, entry)} since: {what.value}. That stays the later one."


def _may_replace(ctx: RequestContext, entry: Update) -> bool:
    return may_correct(ctx, action_of_update(ctx.session, entry), _numbered(ctx, entry))


def _said(ctx: RequestContext, entry: Update) -> str:
    action = action_of_update(ctx.session, entry)
    return f"{action.ref}, entry {entry_said(ctx, action, _numbered(ctx, entry), WORDS_SHOWN)}"


def _numbered(ctx: RequestContext, entry: Update) -> NumberedEntry:
    return next(one for one in entries_of(ctx.session, entry.action_id) if one.row is entry)


def _number(ctx: RequestContext, entry: Update) -> int:
    return _numbered(ctx, entry).number


def _ref(ctx: RequestContext, entry: Update) -> str:
    return action_of_update(ctx.session, entry).ref


def _printed(ctx: RequestContext, ref: str) -> str:
    action = ctx.action(ref)
    return action.ref if action else ref


def _puts(how: Sequence[str]) -> str:
    return "puts" if len(how) == 1 else "put"
