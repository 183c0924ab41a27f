"""Writes of people."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.plan.accounts import AccountSeen
from models.plan.people_reads import person_of
from models.storage.tables import Account, Organisation, Person, Post


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


def add_post(session: Session, organisation: Organisation, title: str, key: str) -> Post:
    """Add a post that nobody holds yet."""
    row = Post(key=key, title=title, organisation=organisation)
    session.add(row)
    session.flush()
    return row


def remove_post(session: Session, post: Post) -> bool:
    """Delete a post that nothing refers to; return False where something does."""
    try:
        with session.begin_nested():
            session.delete(post)
            session.flush()
    except IntegrityError:
        return False
    return True
