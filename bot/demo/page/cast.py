"""Choose who can be played: the people of a plan with an account, and four whom a newcomer meets first. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from models.files.planfile import PlanFile
from models.files.planfile.schema import FilePerson

FIRST = ("U0CHAIRPB", "U0DEMSERV", "U0HEADEDU", "U0PUBHEAL")
"""The chair, the secretary, a head of service and a lead from health of the example plan."""


SHADES = 6


@dataclass(frozen=True)
class Player:
    """Somebody a visitor can be: Slack id, name, and what they are in the plan."""

    id: str
    name: str
    role: str

    @property
    def initials(self) -> str:
        """Two letters for their picture."""
        words = [
            word for word in self.name.replace("–", " ").split() if word[0].isalnum() and word[0] == word[0].upper()
        ]
        return "".join(word[0] for word in (words or self.name.split())[:2]).upper()

    @property
    def shade(self) -> int:
        """Which of the stylesheet's colours their picture has."""
        return sum(map(ord, self.id)) % SHADES


@dataclass(frozen=True)
class Cast:
    """Everybody who can be played, those to meet first apart."""

    first: tuple[Player, ...]
    others: tuple[Player, ...]

    def find(self, user: str) -> Player | None:
        """Return the player with this Slack id."""
        return next((player for player in (*self.first, *self.others) if player.id == user), None)


def cast_of(plan: PlanFile) -> Cast:
    """Return the people of a plan who have a Slack id, each once, by the first thing they are in it."""
    organisations = {organisation.key: organisation.name for organisation in plan.organisations}
    secretaries = {board.secretary for board in plan.boards}
    chairs = {board.chair for board in plan.boards}
    found: dict[str, Player] = {}

    def add(person: FilePerson | None, role: str) -> None:
        if person is not None and person.slack and person.slack not in found:
            found[person.slack] = Player(person.slack, person.name or person.slack, role)

    for post in plan.posts:
        where = organisations.get(post.organisation, post.organisation)
        if post.key in secretaries:
            add(post.holder, "Board secretary")
        elif post.key in chairs:
            add(post.holder, "Chair")
        else:
            add(post.holder, f"Lead · {where}")
        for officer in post.contact_officers:
            add(officer, f"Contact officer · {where}")
        for deputy in post.deputies:
            add(deputy, f"Deputy for {post.title}")
    for administrator in plan.administrators:
        add(administrator, "Administrator")
    first = tuple(found.pop(user) for user in FIRST if user in found)
    return Cast(first or tuple(found.values())[:4], tuple(found.values()) if first else tuple(found.values())[4:])
