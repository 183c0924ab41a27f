"""What people can ask, as frozen command objects by subject. The grammar makes them, the registry knows who answers."""

from dataclasses import dataclass
from typing import dataclass_transform


@dataclass_transform(frozen_default=True)
@dataclass(frozen=True)
class Command:
    """What somebody asks, read from their words. Each type of command is made of this one, a frozen dataclass too."""

    def __init_subclass__(cls) -> None:
        """Make it a dataclass, where it has fields of its own."""
        if "__annotations__" in vars(cls):
            dataclass(frozen=True)(cls)
