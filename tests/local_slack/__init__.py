"""The local workspace as tests have it: they break its lines, repeat its deliveries, and read what the bot called."""

from tests.local_slack.faults import Fault
from tests.local_slack.sandbox import Sandbox, open_sandbox
from tests.local_slack.workspace import LocalWorkspace

__all__ = ["Fault", "LocalWorkspace", "Sandbox", "open_sandbox"]
