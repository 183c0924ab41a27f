"""Which partners are asked for a return on a meeting's focus theme, and which return counts. Pure.

Source: docs/explanation/boards-and-dates.md, Contributions to a focus theme.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from models.rules.facts import MeetingFacts

LONGEST_RETURN = 4_000
"""Characters of a whole return."""
GUIDE_WORDS = (150, 300)
"""How many words a return has as a rule: shown, and never a limit."""


class Partner(NamedTuple):
    """An organisation of the plan: the keys of its named contributors, and its last day where it has ended."""

    id: int
    name: str
    contributors: tuple[str, ...] = ()
    last_day: date | None = None


class PartnerPost(NamedTuple):
    """A post of an organisation, and how many open actions it leads."""

    id: int
    key: str
    title: str
    organisation_id: int
    leads: int = 0


class Contributor(NamedTuple):
    """Who gives one return. `service`: the post's title, where its organisation gives several; `post_id` 0: nobody."""

    organisation_id: int
    organisation: str
    post_id: int = 0
    service: str = ""

    @property
    def named(self) -> str:
        """Whose return it is, as it is printed."""
        return f"{self.organisation}, {self.service}" if self.service else self.organisation

    @property
    def slot(self) -> tuple[int, int]:
        """What its entries have in common: the organisation, and the post where that gives several returns."""
        return self.organisation_id, self.post_id if self.service else 0


class ReturnGiven(Protocol):
    """An entry with a return: nothing in `parts` takes back what stood before."""

    @property
    def organisation_id(self) -> int: ...  # noqa: D102
    @property
    def post_id(self) -> int: ...  # noqa: D102
    @property
    def parts(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def redaction(self) -> str: ...  # noqa: D102


_Entry = TypeVar("_Entry", bound=ReturnGiven)


def takes_contributions(meeting: MeetingFacts) -> bool:
    """Return whether partners are asked for a return: a planned meeting with a day and a focus theme."""
    return meeting.dated and meeting.focus_theme_id is not None


def has_ended(last_day: date | None, day: date) -> bool:
    """Return whether an organisation has ended by a day."""
    return last_day is not None and last_day < day


def list_contributors(
    partners: Iterable[Partner], posts: Collection[PartnerPost], day: date
) -> tuple[Contributor, ...]:
    """Return who gives a return on a day, by organisation in alphabetical order, then by post.

    The named contributors of each that has not ended; where none is named, the post that leads most of its open
    actions; a partner without a post is there all the same, with nobody to ask.
    """
    found: list[Contributor] = []
    for partner in sorted(partners, key=lambda one: (one.name.casefold(), one.id)):
        if has_ended(partner.last_day, day):
            continue
        own = [post for post in posts if post.organisation_id == partner.id]
        named = [post for post in own if post.key in partner.contributors]
        asked = sorted(named, key=lambda one: one.title.casefold()) or sorted(own, key=lambda one: (-one.leads, one.id))
        rows = [
            Contributor(partner.id, partner.name, post.id, post.title if len(named) > 1 else "")
            for post in asked[: max(1, len(named))]
        ]
        found += rows or [Contributor(partner.id, partner.name)]
    return tuple(found)


def latest_returns(contributors: Iterable[Contributor], entries: Iterable[_Entry]) -> dict[tuple[int, int], _Entry]:
    """Return the entry that counts of each slot: the last, where it was not taken back. `entries`: oldest first."""
    several = {one.organisation_id for one in contributors if one.service}
    found: dict[tuple[int, int], _Entry] = {}
    for entry in entries:
        found[entry.organisation_id, entry.post_id if entry.organisation_id in several else 0] = entry
    return {slot: entry for slot, entry in found.items() if entry.parts or entry.redaction}


def still_owed(contributors: Collection[Contributor], entries: Iterable[_Entry]) -> tuple[Contributor, ...]:
    """Return who has given no return that counts, those left out whom nobody can be asked for."""
    given = latest_returns(contributors, entries)
    return tuple(one for one in contributors if one.post_id and one.slot not in given)
