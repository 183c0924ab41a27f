"""Plain words in the direct conversation or in a bundle's thread (design, section 4)."""

from handlers.commands import AutomaticReply, Pleasantry, ProposeClosure, Reading, Recorded, ShowBack, Update
from handlers.context import Round
from handlers.permissions import About, may, why_not
from handlers.personal_data import refusal, refused
from handlers.replies import Answer, Button, Reply, say
from handlers.said.replies import read_reply
from handlers.updates import record_answer, refuse_answer
from models.enums import Status, Verb
from models.ledger_reads import actions_of_message
from models.owed import is_owed
from models.tables import Action

MOST_SHOWN = 5
"""Actions offered when words may be about any of several."""
RECORD_MAX = 1500
"""Characters of words that a button can carry; longer ones go through the command or the form."""
RECORD_ROOM = 1900
"""The same as a chat service may count it: with its own marks escaped, and an emoji as two."""


def owed_refs(asked: Round) -> tuple[str, ...]:
    """The refs on which the asker owes an answer for the next meetings."""
    if not asked.roles.posts:
        return ()
    refs = []
    for view in asked.views(Action.lead_post_id.in_(asked.roles.posts), open_only=True):
        calendar = asked.calendar(view.facts.board_id)
        meeting = calendar.next(asked.now) if calendar else None
        if calendar and meeting and is_owed(view.facts, meeting, calendar, asked.now):
            refs.append(view.ref)
    return tuple(refs)


def read_words(asked: Round, text: str, thread_ts: str = "") -> Reading:
    """What plain words mean; nothing is stored. In the thread of a message about one action they are about that one."""
    topic = ""
    if thread_ts:
        about = actions_of_message(asked.session, asked.workspace_id, thread_ts)
        action = asked.action_by_id(about[0]) if len(about) == 1 else None
        topic = action.ref if action else ""
    return read_reply(text, asked.vocabulary, owed_refs(asked), asked.today, topic)


def said_in_words(asked: Round, text: str, thread_ts: str = "") -> Answer:
    """Records plain words at once where they are plain enough, else shows them back."""
    if not may(asked.roles, Verb.READ):
        return say(why_not(Verb.READ))
    reading = read_words(asked, text, thread_ts)
    match reading:
        case AutomaticReply() | Pleasantry():
            return Answer(None)
        case Recorded(commands):
            identifies = refused(text)
            if identifies:
                return say(refusal(identifies), typed=text)
            return _record_all(asked, commands, text)
        case ShowBack():
            return _show_back(asked, reading, text)


def _record_all(asked: Round, commands: tuple, text: str) -> Answer:  # type: ignore[type-arg]
    """All or nothing: where one of several answers cannot be recorded, none is, and the sentence says which."""
    for command in commands:
        action = asked.action(command.ref)
        words = getattr(command, "words", "") or getattr(command, "evidence", "")
        problem = refuse_answer(asked, action, command, words) if action else None
        if action is None or problem is not None:
            answer = problem or say(f"There is no action {command.ref}.")
            assert isinstance(answer.reply, Reply)  # noqa: S101 - a refusal is a reply
            reply = answer.reply
            extra = ("None of the others was recorded either.",) if len(commands) > 1 else ()
            return Answer(Reply(reply.headline, (*reply.intro, *extra), typed=text, buttons=reply.buttons))
    answers = [record_answer(asked, command) for command in commands]
    if len(answers) == 1:
        return answers[0]
    replies = [answer.reply for answer in answers if isinstance(answer.reply, Reply)]
    return Answer(
        Reply(
            f"Recorded {len(replies)} updates.",
            intro=tuple(line for reply in replies for line in (reply.headline, *reply.intro[:-1]))
            + replies[0].intro[-1:],
            buttons=tuple(
                Button(f"Undo {command.ref}", "undoone", reply.buttons[0].value)
                for command, reply in zip(commands, replies, strict=True)
                if reply.buttons
            ),
        ),
        notices=[notice for answer in answers for notice in answer.notices],
        done=True,
    )


def _counted(words: str) -> int:
    return sum({"&": 5, "<": 4, ">": 4}.get(each, 1 + (ord(each) > 0xFFFF)) for each in words)


def _show_back(asked: Round, reading: ShowBack, text: str) -> Answer:
    """Nothing is stored until a press."""
    if not text.strip():
        return say("Which action is it about, and in one line, how does it stand? Nothing was recorded.")
    identifies = refused(text)
    if identifies:
        return say(refusal(identifies), typed=text)
    mine = [
        action
        for ref in reading.refs
        if (action := asked.action(ref)) is not None
        and may(asked.roles, Verb.ANSWER, About(action.lead_post_id, action.board_id))
    ]
    theirs = [
        f"{action.ref} is led by {asked.posts.get(action.lead_post_id or 0, 'nobody yet')}"
        for ref in reading.refs
        if (action := asked.action(ref)) is not None and action not in mine
    ]
    if not mine:
        if theirs:
            return say(
                f"Nothing was recorded: {theirs[0]}.",
                f"“/cypp status {reading.refs[0]}” shows it.",
                typed=text,
            )
        return say(
            "I could not tell which action that is about, so nothing was recorded.",
            "“/cypp mine” lists yours; “/cypp help” shows what can be asked.",
            typed=text,
        )
    # A bare status word is no reason for itself.
    words = reading.words.strip() or ("" if reading.status is not None else text.strip())
    if len(words) > RECORD_MAX or _counted(words) > RECORD_ROOM:
        return say(
            f"That is {len(words):,} characters, more than a reply can hold, so nothing was recorded.",
            f"Use “/cypp update {mine[0].ref} on track” and paste it after that, or give a link.",
            typed=text,
        )
    buttons = []
    for action in mine[:MOST_SHOWN]:
        status = reading.status
        label = f"Record for {action.ref}"
        if len(mine) == 1 and status is not None:
            label += f": {status.value}"
        buttons.append(
            Button(label, "record", f"{action.id}|{status.value if status else ''}|{words}", style="primary")
        )
    buttons.append(Button("Not an update", "notupdate", "-"))
    read_as = (f"I read that as {reading.reading}.",) if reading.reading else ()
    return Answer(
        Reply(
            f"Is that an update on {mine[0].ref}? Nothing was recorded yet."
            if len(mine) == 1
            else "Which action is that about? Nothing was recorded yet.",
            intro=(f"“{words or text.strip()}”", *read_as, *(f"{said}, so it is not offered." for said in theirs)),
            buttons=tuple(buttons),
        )
    )


def record_shown(asked: Round, value: str) -> Answer:
    """*Record for REF*: the words that were shown back are recorded, with the status they had or the one it has."""
    action_id, _, rest = value.partition("|")
    status_word, _, words = rest.partition("|")
    action = asked.action_by_id(int(action_id) if action_id.isdecimal() and len(action_id) < 10 else 0)
    if action is None:
        return say("That action is not in this plan any more, so nothing was recorded.", typed=words)
    again = read_reply(words, asked.vocabulary, (action.ref,), asked.today, action.ref)
    if isinstance(again, Recorded) and [command.ref for command in again.commands] == [action.ref]:
        return record_answer(asked, again.commands[0])
    known = {status.value: status for status in Status}
    if not status_word and action.status is Status.PROPOSED:
        # More words on what awaits the board are more evidence; they do not withdraw the proposal.
        return record_answer(asked, ProposeClosure(action.ref, words))
    return record_answer(asked, Update(action.ref, known.get(status_word, action.rating), words))
