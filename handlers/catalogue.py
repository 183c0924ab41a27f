"""Everything that can be asked, pressed and sent in: each package's own, put together (see `handlers.registry`).

The order is that of the help.
"""

from handlers.actions import registry as actions
from handlers.boards import registry as boards
from handlers.conversation import registry as conversation
from handlers.notifications import registry as notifications
from handlers.outcomes import registry as outcomes
from handlers.people import registry as people
from handlers.registry import Registry
from handlers.status import registry as status
from handlers.updates import registry as updates

REGISTRY = Registry(
    commands=(
        *status.COMMANDS,
        *updates.COMMANDS,
        *outcomes.COMMANDS,
        *actions.COMMANDS,
        *boards.COMMANDS,
        *people.COMMANDS,
        *conversation.COMMANDS,
    ),
    presses=(
        *status.PRESSES,
        *updates.PRESSES,
        *outcomes.PRESSES,
        *actions.PRESSES,
        *boards.PRESSES,
        *people.PRESSES,
        *conversation.PRESSES,
        *notifications.PRESSES,
    ),
    forms=(
        *updates.FORMS,
        *outcomes.FORMS,
        *actions.FORMS,
        *boards.FORMS,
        *people.FORMS,
        *conversation.FORMS,
    ),
)
