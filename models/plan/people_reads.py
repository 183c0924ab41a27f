"""Reads of organisations, posts, people and accounts of a plan."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.enums import Capacity
from models.plan.serving import in_force
from models.storage.tables import Account, Appointment, Organisation, Person, Post


def organisations_of(session: Session) -> list[Organisation]:
    """Return every organisation, in the order of the plan."""
    wanted = select(Organisation)
    return list(session.scalars(wanted.order_by(Organisation.id)))


def posts_of(session: Session) -> list[Post]:
    """Return every post, in the order of the plan."""
    return list(session.scalars(select(Post).order_by(Post.id)))


def posts_of_organisation(session: Session, organisation: Organisation) -> list[Post]:
    """Return the posts of one organisation, in the order of the plan."""
    return list(session.scalars(select(Post).where(Post.organisation_id == organisation.id).order_by(Post.id)))


def post_keys(session: Session, post_ids: Collection[int]) -> list[str]:
    """Return the keys of some posts, in the order of the plan."""
    return list(session.scalars(select(Post.key).where(Post.id.in_(post_ids)).order_by(Post.id)))


def holder_names(session: Session, day: date) -> dict[int, str]:
    """Return who holds each post on a day by name, by post; of several the one appointed last."""
    holding = (
        select(Appointment, Person.name)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.capacity == Capacity.HOLDER)
        .order_by(Appointment.id)
    )
    return {row.post_id: name for row, name in session.execute(holding) if in_force(row, day)}


def people_of(session: Session) -> dict[int, Person]:
    """Return everybody in the plan, by number."""
    return {row.id: row for row in session.scalars(select(Person))}


def people_with_accounts(session: Session, users: Collection[str]) -> list[Person]:
    """Return the people of the plan who have one of these accounts."""
    wanted = select(Person).where(Person.slack_user.in_(users))
    return list(session.scalars(wanted))


def person_of(session: Session, user: str, email: str) -> Person | None:
    """Return a person of the plan by account, or, where none is given, by address (lower case)."""
    if not (user or email):
        return None
    same: ColumnElement[bool] = Person.slack_user == user if user else func.lower(Person.email) == email
    return session.scalars(select(Person).where(same).order_by(Person.id)).first()


def directory_account(session: Session, user: str, email: str) -> Account | None:
    """Return an account by its id, or, where none is given, by address (lower case); one in use before a closed one."""
    if not (user or email):
        return None
    same: ColumnElement[bool] = Account.user == user if user else func.lower(Account.email) == email
    wanted = select(Account).where(same)
    return session.scalars(wanted.order_by(Account.is_deleted, Account.id)).first()


def accounts_in_use(session: Session) -> list[Account]:
    """Return the directory's accounts of people who can sign in."""
    wanted = select(Account).where(Account.is_deleted.is_(False), Account.is_bot.is_(False))
    return list(session.scalars(wanted))


def person_by_id(session: Session, number: int) -> Person | None:
    """Return a person of the plan by number."""
    return session.get(Person, number)


def post_by_id(session: Session, number: int) -> Post | None:
    """Return a post by its number."""
    return session.get(Post, number)


def appointment_by_id(session: Session, number: int) -> Appointment | None:
    """Return an appointment by its number."""
    return session.get(Appointment, number)
