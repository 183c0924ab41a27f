"""Everything that can be asked, pressed and sent in: each package's own, put together (see `handlers.registry`).

The order is that of the help.
"""

from handlers.actions import registry as actions
from handlers.boards import registry as boards
from handlers.contributions import registry as contributions
from handlers.conversation import registry as conversation
from handlers.logs import registry as logs
from handlers.measures import registry as measures
from handlers.notifications import registry as notifications
from handlers.outcomes import registry as outcomes
from handlers.papers import registry as papers
from handlers.people import registry as people
from handlers.registry import Registry
from handlers.risks import registry as risks
from handlers.status import registry as status
from handlers.updates import registry as updates

PACKAGES = (
    status,
    updates,
    outcomes,
    papers,
    contributions,
    measures,
    risks,
    logs,
    actions,
    boards,
    people,
    conversation,
    notifications,
)

REGISTRY = Registry(
    commands=(entry for package in PACKAGES for entry in getattr(package, "COMMANDS", ())),
    presses=(entry for package in PACKAGES for entry in package.PRESSES),
    forms=(entry for package in PACKAGES for entry in getattr(package, "FORMS", ())),
)
