"""Writes of people."""

from sqlalchemy.orm import Session

from models.plan.accounts import AccountSeen
from models.plan.people_reads import person_of
from models.storage.tables import Account, Person


def person_for_account(session: Session, account: Account | AccountSeen) -> Person:
    """Return the person of the plan who has an account's address, linked to it; else one whom the plan has not yet.

    `add_person` adds such a one to the plan.
    """
    found = person_of(session, "", account.email.casefold())
    if found is None or found.slack_user:
        return Person(
            name=account.name,
            email=account.email,
            slack_user=account.user,
            slack_team=account.team,
            unreachable="",
        )
    found.slack_user, found.slack_team, found.unreachable = account.user, account.team, ""
    return found


def add_person(session: Session, someone: Person) -> None:
    """Add somebody to the plan who was not in it."""
    if someone.id is None:
        session.add(someone)
        session.flush()
