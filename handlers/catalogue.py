"""Everything that can be asked, in one registry: each package's own, put together. To walk it: `handlers.registry`.

The order is that of the help.
"""

from handlers.actions import registry as actions
from handlers.boards import registry as boards
from handlers.conversation import registry as conversation
from handlers.outcomes import registry as outcomes
from handlers.people import registry as people
from handlers.registry import Registry
from handlers.status import registry as status
from handlers.updates import registry as updates

_PACKAGES = (status, updates, outcomes, actions, boards, people, conversation)

REGISTRY = Registry(entry for package in _PACKAGES for entry in package.COMMANDS)
