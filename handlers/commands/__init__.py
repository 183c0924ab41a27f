"""What people can ask, as frozen command objects by subject. The grammar makes them, the registry knows who answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """What somebody asks, read from their words. Each type of command is made of this one."""
