"""What the figures of one run share: how large everything is, the databases, and the stand-in for Slack."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.databases import Databases
from tests.benchmarks.stand_in import StandIn


@dataclass(frozen=True)
class Sizes:
    """How much of everything; as given, what `make bench` measures."""

    rounds: int = 5
    calls: int = 40
    """Questions asked in a round of a figure about answering; its number is their median."""
    workspaces: int = 1_000
    actions_each: int = 1_000
    messages: int = 500
    answer_after: float = 0.02
    """Seconds after which the stand-in answers a post."""
    pause: float = 0.01
    """Seconds between two questions while a pass sends."""
    imported: int = 10_000
    paper_actions: int = 500
    due_many: int = 10_000
    due_few: int = 10
    open_many: int = 1_000_000
    open_few: int = 1_000
    bundles: int = 10_000
    asked_actions: int = 1_000
    few_entries: int = 3
    many_entries: int = 100
    large_actions: int = 10_000
    large_boards: int = 200
    large_people: int = 2_000
    large_entries: int = 5
    members_many: int = 20_000
    members_few: int = 500
    most_memory: int = 6_000
    """MB at which the process of one pass is ended: what needs more is not measured."""
    longest: float = 300
    """Seconds after which it is ended."""


SMALLEST = Sizes(
    rounds=1,
    calls=1,
    workspaces=2,
    actions_each=40,
    messages=3,
    answer_after=0.0,
    pause=0.0,
    imported=20,
    paper_actions=20,
    due_many=4,
    due_few=2,
    open_many=60,
    open_few=20,
    bundles=5,
    asked_actions=6,
    many_entries=10,
    large_actions=20,
    large_boards=2,
    large_people=4,
    members_many=4,
    members_few=2,
)
"""Sizes at which every figure is taken in no time, to see that it can be."""


@dataclass(frozen=True)
class Run:
    """One run."""

    sizes: Sizes
    databases: Databases
    stand_in: StandIn
