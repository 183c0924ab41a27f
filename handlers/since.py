"""A button of an old message whose action has changed since: it says so and shows how the action stands today."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from handlers.answer_buttons import MARK, with_mark
from handlers.context import Round
from handlers.permissions import About, may
from handlers.pressed_on import number_in
from handlers.record import CARD_WORDS, entry_said
from handlers.replies import Answer, Button, Group, Reply
from handlers.wording import action_line
from models.entries import Entry, entries_of
from models.enums import OPEN, AnswerKind, Verb
from models.history_tables import Update
from models.tables import Action

ANSWERS_BY = {"ontrack": "On track", "issues": "Some issues…", "nochange": "No change", "done": "Done…",
              "notours": "Not ours"}  # fmt: skip
DECIDES_BY = {"closed": "Closed", "carried": "Carry forward", "nodecision": "No decision", "notagreed": "Not agreed…",
              "outcome": "Other…"}  # fmt: skip
"""The verbs of buttons that record something about an action, and what stands on them."""

AT_ONCE = timedelta(minutes=1)
"""Two who answer within a minute did not see each other's answer: both stand, and the receipt says so."""
CHANGES_NOTHING = frozenset({AnswerKind.UNDO, AnswerKind.REPLAN_ASKED, AnswerKind.ADDED})


def press_on(asked: Round, action: Action, verb: str, value: str, work: Callable[[str], Answer]) -> Answer:
    """Does what a press on an action does, unless somebody else changed the action since the button was shown.

    `work` takes the value without the mark. What is refused shows the action as it stands today.
    """
    about, _, mark = value.partition(MARK)
    if mark and _would_record(asked, action, verb):
        newer = _newer(asked, action, number_in(mark))
        if newer:
            return _changed(asked, action, verb, about, newer[-1])
    return with_today(asked, action, work(about))


def _would_record(asked: Round, action: Action, verb: str) -> bool:
    about = About(action.lead_post_id, action.board_id)
    if verb in ANSWERS_BY:
        return action.status in OPEN and may(asked.roles, Verb.ANSWER, about)
    return verb in DECIDES_BY and may(asked.roles, Verb.OUTCOME, about)


def _newer(asked: Round, action: Action, shown: int) -> list[Entry]:
    """The entries that others have added since a button was shown with so many; the presser knows their own."""
    return [
        entry
        for entry in entries_of(asked.session, action.id)[shown:]
        if entry.row.person_id != asked.roles.person_id
        and not entry.undone
        and not (isinstance(entry.row, Update) and entry.row.kind in CHANGES_NOTHING)
        and asked.now - entry.row.at > AT_ONCE
    ]


def _changed(asked: Round, action: Action, verb: str, about: str, entry: Entry) -> Answer:
    view = asked.view(action.id)
    label = {**ANSWERS_BY, **DECIDES_BY}[verb]
    words = f"{label.rstrip('…')} all the same{'…' if label.endswith('…') else ''}"
    again = Button(words, verb, with_mark(about, view))
    return Answer(
        Reply(
            f"{action.ref} has changed since that message, so nothing was recorded yet.",
            (f"Entry {entry_said(asked, action, entry, CARD_WORDS)}",),
            (_today(asked, action),),
            buttons=(again,),
        )
    )


def with_today(asked: Round, action: Action, given: Answer) -> Answer:
    """A refusal, with the action as it stands today under it; anything else as it is."""
    reply = given.reply
    if not isinstance(reply, Reply) or given.done or given.doubtful or reply.groups:
        return given
    return replace(given, reply=replace(reply, groups=(_today(asked, action),)))


def _today(asked: Round, action: Action) -> Group:
    return Group("Today", lines=(action_line(asked.view(action.id), asked.calendars, asked.now),))
