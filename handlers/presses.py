"""Buttons and forms, on one page: a press is a command or opens a form, and a form that is sent in is a command.

`verb` and `value` come from outside: every handler checks again who may, and where things stand.
"""

from collections.abc import Callable, Mapping

from handlers.absence import NOT_NOW, quiet_until, record_deputy
from handlers.adding import add_pressed, change_pressed, discard_pressed, form_sent, lines_sent, open_form, take_back
from handlers.answer_buttons import MARK
from handlers.assigning import assign_form, assign_sent, leave_pressed
from handlers.board_forms import board_form, board_sent
from handlers.board_keeper import AS_IT_IS, keeper_pressed
from handlers.board_meetings import take_actions
from handlers.bundle import show_more
from handlers.closing_several import close_pressed, disagree_pressed
from handlers.closure import outcomes_recorded
from handlers.commands import NoChange, OutcomesRecorded, Snooze, TakeActions, Undo, Update
from handlers.context import Round
from handlers.deputies import deputy_form, deputy_sent
from handlers.digest import publish, publish_meant
from handlers.editing import edit_back, edit_form, edit_sent
from handlers.home import card_chosen, digest_now
from handlers.identifying import SURE, let_me_reword, objection_to_form
from handlers.lead_forms import done_form, done_sent, issues_form, issues_sent, not_ours_form, not_ours_sent
from handlers.meeting_forms import meeting_add_form, meeting_add_sent, meeting_change_form, meeting_change_sent
from handlers.near_misses import change_reading, record_reading
from handlers.other_board import agree_pressed, leave_other_pressed
from handlers.outcome_forms import carried_pressed, outcome_form, outcome_pressed, outcome_sent
from handlers.permissions import NotHere, may, why_not
from handlers.picturing import show_picture
from handlers.pressed_on import GONE, action_in, number_in
from handlers.replan import replan_form, replan_pressed, replan_sent
from handlers.replies import Answer, say
from handlers.showing_back import record_shown
from handlers.since import press_on, with_today
from handlers.surely import ask_again, record_surely
from handlers.updates import record_answer, snooze, undo
from handlers.words import reread
from models.enums import OutcomeKind, Status, Verb
from models.tables import Action

PRESSES: Mapping[str, Callable[[Round, str], Answer]] = {
    "undo": lambda asked, value: undo(asked, Undo(number_in(value))),
    "undoone": lambda asked, value: undo(asked, Undo(number_in(value))),
    "recorded": lambda asked, value: outcomes_recorded(asked, OutcomesRecorded(number_in(value))),
    "publish": lambda asked, value: publish(asked, publish_meant(value)),
    "digestnow": digest_now,
    "card": card_chosen,
    "picture": show_picture,
    "more": show_more,
    "take": lambda asked, value: take_actions(asked, TakeActions(number_in(value))),
    "board": board_form,
    "keeper": keeper_pressed,
    "asitis": lambda asked, value: say(AS_IT_IS),
    "meetingadd": meeting_add_form,
    "meetingchange": meeting_change_form,
    "record": record_shown,
    "recordall": record_reading,
    "change": change_reading,
    "addform": open_form,
    "editback": edit_back,
    "addall": add_pressed,
    "addchange": change_pressed,
    "adddrop": discard_pressed,
    "addback": take_back,
    "namedeputy": deputy_form,
    "recorddeputy": record_deputy,
    "quietuntil": quiet_until,
    "notnow": lambda asked, value: say(NOT_NOW),
    SURE: record_surely,
    "closemany": close_pressed,
    "disagree": disagree_pressed,
    "again": ask_again,
    "nothing": lambda asked, value: say("Nothing was recorded."),
    "reword": lambda asked, value: let_me_reword(value),
    "notupdate": lambda asked, value: say("Not an update: nothing was recorded."),
}
"""Presses that are not about one action: the verb of the button, and what takes its value."""

PRESSES_ON_ACTION: Mapping[str, Callable[[Round, Action, int, str], Answer]] = {
    "ontrack": lambda asked, action, _m, _v: record_answer(asked, Update(action.ref, Status.ON_TRACK)),
    "nochange": lambda asked, action, _m, _v: record_answer(asked, NoChange(action.ref)),
    "snooze": lambda asked, action, meeting, _v: snooze(asked, Snooze(action.ref, meeting)),
    "issues": issues_form,
    "done": done_form,
    "notours": not_ours_form,
    "closed": outcome_pressed(OutcomeKind.CLOSED),
    "nodecision": outcome_pressed(OutcomeKind.NO_DECISION),
    "carried": carried_pressed,
    "notagreed": outcome_form,
    "outcome": outcome_form,
    "assign": assign_form,
    "leave": leave_pressed,
    "replan": replan_pressed,
    "replanform": replan_form,
    "edit": edit_form,
    "agree": agree_pressed,
    "leaveother": leave_other_pressed,
}
"""Presses about one action: what takes the action, the meeting in the value (0 for none), and the value itself."""

FORMS: Mapping[str, Callable[[Round, str, Mapping[str, str]], Answer]] = {
    "reread": reread,
    "add": form_sent,
    "addlines": lines_sent,
    "namedeputy": deputy_sent,
    "board": board_sent,
    "edit": edit_sent,
    "meetingadd": meeting_add_sent,
    "meetingchange": meeting_change_sent,
}
"""Forms that are not about one action: the verb of the form, and what takes its value and fields."""

FORMS_ON_ACTION: Mapping[str, Callable[[Round, Action, int, Mapping[str, str]], Answer]] = {
    "issues": issues_sent,
    "done": done_sent,
    "notours": not_ours_sent,
    "outcome": outcome_sent,
    "assign": assign_sent,
    "replanform": replan_sent,
}
"""Forms about one action."""


def pressed(asked: Round, verb: str, value: str) -> Answer:
    """What a press of a button does."""
    if not may(asked.roles, Verb.READ):
        return say(why_not(Verb.READ))
    if verb in PRESSES:
        given = PRESSES[verb](asked, value)
        about = action_in(asked, value)[0] if verb == "record" else None
        return with_today(asked, about, given) if about is not None else given
    handler = PRESSES_ON_ACTION.get(verb)
    if handler is None:
        return say(NotHere("That button is not known any more: “/cypp help” lists what can be asked."))
    action, meeting_id = action_in(asked, value.partition(MARK)[0])
    if action is None:
        return say(GONE)
    return press_on(asked, action, verb, value, lambda about: handler(asked, action, meeting_id, about))


def submitted(asked: Round, verb: str, value: str, fields: Mapping[str, str]) -> Answer:
    """What a form that was sent in does; `FormErrors` where a field must be put right, with everything typed kept."""
    if not may(asked.roles, Verb.READ):
        return say(why_not(Verb.READ))
    identifies = objection_to_form(fields)
    if identifies is not None:
        return identifies
    asked.sure = asked.sure or bool(fields.get(SURE))
    if verb in FORMS:
        return FORMS[verb](asked, value, fields)
    handler = FORMS_ON_ACTION.get(verb)
    if handler is None:
        return say(NotHere("That form is not known any more, so nothing was recorded."))
    action, meeting_id = action_in(asked, value)
    if action is None:
        return say(GONE)
    return handler(asked, action, meeting_id, fields)
