"""The buttons on an action's card: what the asker may change about the action itself."""

from handlers.context import Round
from handlers.editing import may_edit
from handlers.permissions import About, may
from handlers.replan import may_replan
from handlers.replies import Button
from models.enums import OPEN, Verb
from models.tables import Action


def card_buttons(asked: Round, action: Action) -> tuple[Button, ...]:
    """*Re-plan…*, *Edit…*, *Assign…*, for those who may, while the action is open."""
    if asked.shared or action.status not in OPEN:
        return ()
    value = f"{action.id}|0"
    offered = (
        (may_replan(asked, action), Button("Re-plan…", "replanform", value)),
        (may_edit(asked, action), Button("Edit…", "edit", value)),
        (
            may(asked.roles, Verb.ASSIGN, About(action.lead_post_id, action.board_id)),
            Button("Assign…", "assign", value),
        ),
    )
    return tuple(button for offer, button in offered if offer)
