"""The buttons on an action's card: what the asker may change about the action itself."""

from handlers.actions.edits import EditIt, may_edit
from handlers.actions.replans import ReplanIt, may_replan
from handlers.buttons import AssignIt
from handlers.context import RequestContext
from handlers.permissions import About, may
from handlers.press_codec import ask_button, press_button
from handlers.responses import Button
from models.enums import OPEN, Verb
from models.storage.tables import Action


def card_buttons(ctx: RequestContext, action: Action) -> tuple[Button, ...]:
    """Return *Re-plan…*, *Edit…*, *Assign…*, for those who may, while the action is open."""
    if ctx.shared or action.status not in OPEN:
        return ()
    offered = (
        (may_replan(ctx, action), press_button("Re-plan…", ReplanIt(action=action.id))),
        (may_edit(ctx, action), press_button("Edit…", EditIt(action=action.id))),
        (
            may(ctx.roles, Verb.ASSIGN, About(action.lead_post_id, action.board_id)),
            press_button("Assign…", AssignIt(action=action.id)),
        ),
    )
    return tuple(button for offer, button in offered if offer)


def brief_button(ctx: RequestContext, action: Action) -> tuple[Button, ...]:
    """Return *Put in the brief*, for those who may, while the action is open."""
    if ctx.shared or action.status not in OPEN or not may(ctx.roles, Verb.PAPERS, About(board_id=action.board_id)):
        return ()
    return (ask_button("Put in the brief", f"brief add {action.ref}"),)
