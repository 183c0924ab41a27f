"""Find the one person who is meant, among the people of the plan and the accounts of the directory."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Refusal
from models.personal_data.naming import NameFinder, same_letters
from models.plan.accounts import find_person
from models.storage.tables import Account, Board, Organisation, Person, Post


@dataclass(frozen=True, slots=True)
class DataSubject:
    """Somebody of whom something is held: their rows, and what they are known by.

    `words`: what is looked for in words; `common`: names that are not, since a post or somebody else has them, or they
    are one word.
    """

    people: frozenset[int]
    users: frozenset[str]
    channels: frozenset[str]
    names: tuple[str, ...]
    emails: tuple[str, ...]
    words: tuple[str, ...]
    common: tuple[str, ...]

    @property
    def label(self) -> str:
        """How they are told from everybody else."""
        numbers = [f"number {number}" for number in sorted(self.people)]
        known_by = ", ".join([*self.emails, *sorted(self.users), *numbers])
        names = " / ".join(" ".join(name.split()) for name in self.names)
        return f"{names} ({known_by})" if names else known_by

    @property
    def recipients(self) -> frozenset[str]:
        """How the ledger addresses them."""
        return frozenset(f"person:{number}" for number in self.people)

    def finder(self, also: Iterable[str] = ()) -> NameFinder:
        """Return what finds them in words; `also`: other words to look for."""
        marks = [f"{kind}:{number}" for kind in ("person", "absent") for number in self.people]
        return NameFinder([*self.words, *self.emails, *self.users, *self.channels, *marks, *also])


def find_subject(session: Session, who: str, today: date) -> DataSubject | None:
    """Return the person meant by a Slack ID, an address, a number, a name or a post; None for nobody.

    Raises:
        Refusal: several may be meant.
    """
    people: list[Any] = list(session.scalars(select(Person).order_by(Person.id)))
    accounts: list[Any] = list(session.scalars(select(Account).order_by(Account.id)))
    wanted = same_letters(who)
    is_meant: tuple[Callable[[_Known], bool], ...] = (
        lambda row: wanted in (row.user.casefold(), same_letters(row.email)),
        lambda row: bool(row.number) and wanted.removeprefix("number ") == str(row.number),
        lambda row: wanted == same_letters(row.name),
    )
    known = [_Known(row.id, row.slack_user, row.email, row.name, row) for row in people]
    known += [_Known(0, row.user, row.email, row.name, row) for row in accounts]
    found = next((fit for fits in is_meant if wanted and (fit := [one for one in known if fits(one)])), [])
    if not found:
        holder = find_person(session, who, today)
        found = [one for one in known if holder is not None and one.number == holder.id]
    groups = _grouped(found, known)
    if len(groups) > 1:
        said = " or ".join(_subject(session, group, known).label for group in groups)
        raise Refusal(f"“{who}” may be {said}: say which by an e-mail address, a Slack ID or that number.")
    return _subject(session, groups[0], known) if groups else None


@dataclass(frozen=True, slots=True)
class _Known:
    number: int
    user: str
    email: str
    name: str
    row: Any


def _grouped(found: Sequence[_Known], known: Sequence[_Known]) -> list[list[_Known]]:
    """Return what is known of each of those found: rows of one account or address are one person's."""
    groups: list[list[_Known]] = []
    for one in found:
        if any(one in group for group in groups):
            continue
        group, before = [one], 0
        while len(group) > before:
            before = len(group)
            users = {row.user for row in group if row.user}
            emails = {row.email.casefold() for row in group if row.email}
            group = [row for row in known if row is one or row.user in users or row.email.casefold() in emails]
        groups.append(group)
    return groups


def _subject(session: Session, group: Sequence[_Known], known: Sequence[_Known]) -> DataSubject:
    names = tuple(dict.fromkeys(one.name for one in group if one.name.strip()))
    titles = (select(Post.title), select(Organisation.name), select(Board.name))
    taken = {same_letters(title) for some in titles for title in session.scalars(some)}
    taken |= {same_letters(one.name) for one in known if one not in group}
    common = tuple(name for name in names if " " not in same_letters(name) or same_letters(name) in taken)
    return DataSubject(
        people=frozenset(one.number for one in group if one.number),
        users=frozenset(one.user for one in group if one.user),
        channels=frozenset(one.row.channel for one in group if one.number and one.row.channel),
        names=names,
        emails=tuple(dict.fromkeys(one.email.casefold() for one in group if one.email)),
        words=tuple(name for name in names if name not in common),
        common=common,
    )
