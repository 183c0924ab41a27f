"""What a secretary, or whoever runs the plan, can ask for, as frozen command objects; the others are in `commands`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddForm:
    """`add` alone: the form."""


@dataclass(frozen=True, slots=True)
class AddLines:
    """`add …`: one action in a line, or several on lines of their own, as typed."""

    text: str
