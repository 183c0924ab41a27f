"""Plain words in the direct conversation or in a bundle's thread (design, section 4).

`READERS`, in order: each takes what was said and gives an answer, or None to leave it to the next. The last one always
answers. Nothing is stored by more than one.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from handlers.absence import about_absence
from handlers.adding import add_lines, means_to_add
from handlers.commands import AutomaticReply, Pleasantry, ReadAs, Reading, Recorded, ShowBack
from handlers.context import Round
from handlers.file_words import ask_about_file, evidence_in, evidence_used, without_words
from handlers.identifying import BY_WORDS, asked_first, objection
from handlers.near_misses import forget_reading, show_reading
from handlers.numbered import read_numbered, read_of_all
from handlers.permissions import About, may, why_not
from handlers.personal_data import refusal, refused
from handlers.plain_asking import typed_command, typed_question, unknown_question
from handlers.recording import record_all
from handlers.replies import Answer, Button, Reply, say
from handlers.said.outcomes import read_outcome
from handlers.said.replies import read_reply
from handlers.said.text import fold
from handlers.second_thoughts import on_second_thoughts
from handlers.secretary_commands import AddLines
from handlers.showing_back import show_back
from models.enums import Verb
from models.ledger_reads import actions_of_message
from models.owed import is_owed
from models.tables import Action

LONGEST_DECISION = 500
_YES_OR_NO = re.compile(r"(?:yes|yep|yeah|y|no|nope|n)(?:,? (?:please|thanks|thank you))?")


@dataclass
class Words:
    """What somebody said: the text, the thread it stands in ("" for none), files that came with it, its own stamp."""

    asked: Round
    text: str
    thread_ts: str = ""
    links: tuple[str, ...] = ()
    ts: str = ""

    @cached_property
    def topic(self) -> str:
        """The one action that the thread is about; "" where it is about several or none."""
        if not self.thread_ts:
            return ""
        about = actions_of_message(self.asked.session, self.asked.workspace_id, self.thread_ts)
        action = self.asked.action_by_id(about[0]) if len(about) == 1 else None
        return action.ref if action else ""

    @cached_property
    def evidence(self) -> str:
        """The links of files that came with the words, or before them in the same thread."""
        return " ".join(filter(None, self.links)) or evidence_in(self.asked, self.thread_ts)

    @cached_property
    def whole(self) -> str:
        """The words with the evidence behind them."""
        if not self.evidence or not self.text.strip() or without_words(self.text):
            return self.text
        return f"{self.text.rstrip()} {self.evidence}"

    @cached_property
    def reading(self) -> Reading:
        """What the words mean as an answer. In the thread of a message about one action they are about that one."""
        asked = self.asked
        return read_reply(self.whole, asked.vocabulary, owed_refs(asked), asked.today, self.topic)


def owed_refs(asked: Round) -> tuple[str, ...]:
    """The refs on which the asker owes an answer for the next meetings."""
    if not asked.roles.posts:
        return ()
    refs = []
    for view in asked.views_to_answer(Action.lead_post_id.in_(asked.roles.posts), open_only=True):
        calendar = asked.calendar(view.facts.board_id)
        meeting = calendar.next(asked.now) if calendar else None
        if calendar and meeting and is_owed(view.facts, meeting, calendar, asked.now):
            refs.append(view.ref)
    return tuple(refs)


def _command(said: Words) -> Answer | None:
    """`/cypp …`, and a command on an action that is no answer: `move healthy-5 to …`, `close heard-9 …`."""
    if isinstance(said.reading, Recorded) and len(said.reading.commands) > 1:
        return None
    return typed_command(said.asked, said.text, answers=False)


def _file_alone(said: Words) -> Answer | None:
    if not said.links or not without_words(said.text):
        return None
    refs = (said.topic,) if said.topic else owed_refs(said.asked)
    return ask_about_file(said.asked, refs, said.links, said.thread_ts or said.ts)


def _nothing_to_say(said: Words) -> Answer | None:
    return Answer(None) if isinstance(said.reading, AutomaticReply | Pleasantry) else None


def _nothing_said(said: Words) -> Answer | None:
    if said.text.strip():
        return None
    return say("Which action is it about, and in one line, how does it stand? Nothing was recorded.")


def _yes_or_no(said: Words) -> Answer | None:
    """A bare yes or no says nothing without the question it answers, and every question has its buttons."""
    if _YES_OR_NO.fullmatch(fold(said.text).strip(" .!,")) is None or not said.asked.roles.posts:
        return None
    return say("Please press a button under the message that asks: nothing was recorded.", typed=said.text)


def _personal_data(said: Words) -> Answer | None:
    identifies = refused(said.text)
    return say(refusal(identifies), typed=said.text) if identifies else None


def _plain_answers(said: Words) -> Answer | None:
    """Answers that are plain enough to be recorded at once."""
    if not isinstance(said.reading, Recorded):
        return None
    given = objection(said.asked, said.text) or record_all(said.asked, said.reading.commands, said.text)
    given = asked_first(given, BY_WORDS, f"{said.thread_ts}|{said.text}")
    if given.done:
        evidence_used(said.asked, said.thread_ts)
    return given


def _answer_command(said: Words) -> Answer | None:
    """`done healthy-5 both advisors started`: an answer as a command, without the punctuation of a plain reply."""
    if isinstance(said.reading, ReadAs):
        return None
    given = typed_command(said.asked, said.whole, answers=True)
    if given is not None and given.done:
        evidence_used(said.asked, said.thread_ts)
    return given


def _numbered(said: Words) -> Answer | None:
    """Not where an action is named: its ref says more than a number."""
    reading = None
    if isinstance(said.reading, ShowBack):
        reading = read_numbered(said.asked, said.whole, said.thread_ts)
        reading = reading or read_of_all(said.asked, said.whole, owed_refs(said.asked))
    if reading is None:
        return None
    given = objection(said.asked, said.text) or show_reading(said.asked, reading, said.whole)
    return asked_first(given, BY_WORDS, f"{said.thread_ts}|{said.text}")


def _second_thoughts(said: Words) -> Answer | None:
    """Not where an action is named: its ref says more than what came before."""
    if isinstance(said.reading, ReadAs):
        return None
    given = on_second_thoughts(said.asked, said.text)
    return asked_first(given, BY_WORDS, f"{said.thread_ts}|{said.text}") if given else None


def _decided(said: Words) -> Answer | None:
    """ "heard-10 closed, minute 12" of whoever records what the board decided: no update, and asked first."""
    asked = said.asked
    if not isinstance(said.reading, ShowBack) or len(said.reading.refs) != 1:
        return None
    ref = said.reading.refs[0]
    action = asked.action(ref)
    words = said.reading.words.strip()
    outcome = read_outcome(words, asked.vocabulary, asked.today)
    if action is None or outcome.kind is None or "\n" in words or len(words) > LONGEST_DECISION:
        return None
    if not may(asked.roles, Verb.OUTCOME, About(action.lead_post_id, action.board_id)):
        return None
    return say(
        f"Did the board decide that on {ref}, or is it an update? Nothing was recorded yet.",
        f"“{words}”",
        buttons=(
            Button("Record the outcome", "ask", f"outcome {ref} {words}"),
            Button(f"Record for {ref}", "record", f"{action.id}||{words}"),
            Button("Neither", "notupdate", "-"),
        ),
    )


def _question(said: Words) -> Answer | None:
    return typed_question(said.asked, said.text)


def _near_misses(said: Words) -> Answer | None:
    if not isinstance(said.reading, ReadAs):
        return None
    given = show_reading(said.asked, said.reading, said.whole)
    return asked_first(given, BY_WORDS, f"{said.thread_ts}|{said.text}")


def _unknown_question(said: Words) -> Answer | None:
    """Not where a status was seen: an update that happens to hold a question mark stays an update to confirm."""
    if isinstance(said.reading, ShowBack) and said.reading.status is not None:
        return None
    return unknown_question(said.asked, said.text)


def _shown_back(said: Words) -> Answer | None:
    return show_back(said.asked, said.reading, said.whole) if isinstance(said.reading, ShowBack) else None


def _adds(said: Words) -> Answer | None:
    """Actions to be added, pasted or in one line, by somebody who may."""
    if not means_to_add(said.asked, said.text):
        return None
    given = asked_first(add_lines(said.asked, AddLines(said.text)), BY_WORDS, f"{said.thread_ts}|{said.text}")
    if given.done or given.doubtful or not isinstance(given.reply, Reply):
        return given
    return replace(given, reply=replace(given.reply, typed=said.text))


def _absence(said: Words) -> Answer | None:
    """Leave that is announced, and what a machine answers for somebody who is away."""
    return about_absence(said.asked, said.text, said.reading, lambda: owed_refs(said.asked))


READERS: tuple[Callable[[Words], Answer | None], ...] = (
    _adds,
    _file_alone,
    _nothing_said,
    _absence,
    _nothing_to_say,
    _yes_or_no,
    _personal_data,
    _command,
    _plain_answers,
    _answer_command,
    _second_thoughts,
    _decided,
    _numbered,
    _question,
    _near_misses,
    _unknown_question,
    _shown_back,
)


def said_in_words(asked: Round, text: str, thread_ts: str = "", links: tuple[str, ...] = (), ts: str = "") -> Answer:
    """Answers plain words: records them where they are plain enough, answers a question, else shows them back."""
    if not may(asked.roles, Verb.READ):
        return say(why_not(Verb.READ))
    said = Words(asked, text, thread_ts, links, ts)
    for reader in READERS:
        given = reader(said)
        if given is not None:
            return given
    return Answer(None)


def reread(asked: Round, value: str, fields: Mapping[str, str]) -> Answer:
    """The form of *Change…* was sent: its words are read like any others."""
    given = said_in_words(asked, forget_reading(asked, value, fields))
    return given if given.reply is not None else say("Nothing was recorded.")
