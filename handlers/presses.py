"""Buttons and forms, on one page: a press is a command or opens a form, and a form that is sent in is a command.

`verb` and `value` come from outside: every handler checks again who may, and where things stand.
"""

from collections.abc import Callable, Mapping

from handlers.actions.additions import (
    add_pressed,
    change_pressed,
    discard_pressed,
    form_sent,
    lines_sent,
    open_form,
    take_back,
)
from handlers.actions.assignments import assign_form, assign_sent, leave_pressed
from handlers.actions.board_transfers import agree_pressed, leave_other_pressed
from handlers.actions.edits import edit_back, edit_form, edit_sent
from handlers.actions.replans import replan_form, replan_pressed, replan_sent
from handlers.actions.stale_buttons import press_on, with_today
from handlers.boards.board_forms import board_form, board_sent
from handlers.boards.meeting_changes import take_actions
from handlers.boards.meeting_forms import meeting_add_form, meeting_add_sent, meeting_change_form, meeting_change_sent
from handlers.boards.secretary_change import AS_IT_IS, keeper_pressed
from handlers.buttons import MARK
from handlers.commands import NoChange, OutcomesRecorded, Snooze, TakeActions, Undo, Update
from handlers.context import RequestContext
from handlers.conversation.absence import NOT_NOW, quiet_until, record_deputy
from handlers.conversation.confirmations import record_shown
from handlers.conversation.confirmed_words import ask_again, record_surely
from handlers.conversation.direct_messages import reread
from handlers.conversation.near_misses import change_reading, record_reading
from handlers.notifications.bundle import show_more
from handlers.outcomes.batch import close_pressed, disagree_pressed
from handlers.outcomes.decisions import outcomes_recorded
from handlers.outcomes.forms import carried_pressed, outcome_form, outcome_pressed, outcome_sent
from handlers.people.deputies import deputy_form, deputy_sent
from handlers.permissions import NotHere, may, why_not
from handlers.press_values import ACTION_GONE, action_in, number_in
from handlers.responses import Response, say
from handlers.safeguarding.confirmation import SURE, let_me_reword, objection_to_form
from handlers.status.digest import publish, publish_meant
from handlers.status.home import card_chosen, digest_now
from handlers.status.pictures import show_picture
from handlers.updates.answers import record_answer, snooze, undo
from handlers.updates.forms import done_form, done_sent, issues_form, issues_sent, not_ours_form, not_ours_sent
from models.enums import OutcomeKind, Status, Verb
from models.storage.tables import Action

PRESSES: Mapping[str, Callable[[RequestContext, str], Response]] = {
    "undo": lambda ctx, value: undo(ctx, Undo(number_in(value))),
    "undoone": lambda ctx, value: undo(ctx, Undo(number_in(value))),
    "recorded": lambda ctx, value: outcomes_recorded(ctx, OutcomesRecorded(number_in(value))),
    "publish": lambda ctx, value: publish(ctx, publish_meant(value)),
    "digestnow": digest_now,
    "card": card_chosen,
    "picture": show_picture,
    "more": show_more,
    "take": lambda ctx, value: take_actions(ctx, TakeActions(number_in(value))),
    "board": board_form,
    "keeper": keeper_pressed,
    "asitis": lambda ctx, value: say(AS_IT_IS),
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
    "notnow": lambda ctx, value: say(NOT_NOW),
    SURE: record_surely,
    "closemany": close_pressed,
    "disagree": disagree_pressed,
    "again": ask_again,
    "nothing": lambda ctx, value: say("Nothing was recorded."),
    "reword": lambda ctx, value: let_me_reword(value),
    "notupdate": lambda ctx, value: say("Not an update: nothing was recorded."),
}
"""Presses that are not about one action: the verb of the button, and what takes its value."""

PRESSES_ON_ACTION: Mapping[str, Callable[[RequestContext, Action, int, str], Response]] = {
    "ontrack": lambda ctx, action, _m, _v: record_answer(ctx, Update(action.ref, Status.ON_TRACK)),
    "nochange": lambda ctx, action, _m, _v: record_answer(ctx, NoChange(action.ref)),
    "snooze": lambda ctx, action, meeting, _v: snooze(ctx, Snooze(action.ref, meeting)),
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

FORMS: Mapping[str, Callable[[RequestContext, str, Mapping[str, str]], Response]] = {
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

FORMS_ON_ACTION: Mapping[str, Callable[[RequestContext, Action, int, Mapping[str, str]], Response]] = {
    "issues": issues_sent,
    "done": done_sent,
    "notours": not_ours_sent,
    "outcome": outcome_sent,
    "assign": assign_sent,
    "replanform": replan_sent,
}
"""Forms about one action."""


def pressed(ctx: RequestContext, verb: str, value: str) -> Response:
    """What a press of a button does."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ))
    if verb in PRESSES:
        given = PRESSES[verb](ctx, value)
        about = action_in(ctx, value)[0] if verb == "record" else None
        return with_today(ctx, about, given) if about is not None else given
    handler = PRESSES_ON_ACTION.get(verb)
    if handler is None:
        return say(NotHere("That button is not known any more: “/cypp help” lists what can be asked."))
    action, meeting_id = action_in(ctx, value.partition(MARK)[0])
    if action is None:
        return say(ACTION_GONE)
    return press_on(ctx, action, verb, value, lambda about: handler(ctx, action, meeting_id, about))


def submitted(ctx: RequestContext, verb: str, value: str, fields: Mapping[str, str]) -> Response:
    """What a form that was sent in does; `FormErrors` where a field must be put right, with everything typed kept."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ))
    identifies = objection_to_form(fields)
    if identifies is not None:
        return identifies
    ctx.sure = ctx.sure or bool(fields.get(SURE))
    if verb in FORMS:
        return FORMS[verb](ctx, value, fields)
    handler = FORMS_ON_ACTION.get(verb)
    if handler is None:
        return say(NotHere("That form is not known any more, so nothing was recorded."))
    action, meeting_id = action_in(ctx, value)
    if action is None:
        return say(ACTION_GONE)
    return handler(ctx, action, meeting_id, fields)
