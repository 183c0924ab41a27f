"""The buttons on an action's card: what the asker may change about the action itself."""

from handlers.actions.edits import may_edit
from handlers.actions.replans import may_replan
from handlers.context import RequestContext
from handlers.permissions import About, may
from handlers.responses import Button
from models.enums import OPEN, Verb
from models.storage.tables import Action


def card_buttons(ctx: RequestContext, action: Action) -> tuple[Button, ...]:
    """*Re-plan…*, *Edit…*, *Assign…*, for those who may, while the action is open."""
    if ctx.shared or action.status not in OPEN:
        return ()
    value = f"{action.id}|0"
    offered = (
        (may_replan(ctx, action), Button("Re-plan…", "replanform", value)),
        (may_edit(ctx, action), Button("Edit…", "edit", value)),
        (
            may(ctx.roles, Verb.ASSIGN, About(action.lead_post_id, action.board_id)),
            Button("Assign…", "assign", value),
        ),
    )
    return tuple(button for offer, button in offered if offer)
