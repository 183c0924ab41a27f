"""Reads of organisations, posts, people and accounts of a plan."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from models.enums import Capacity
from models.storage.tables import Account, Appointment, Organisation, Person, Post


def organisations_of(session: Session) -> list[Organisation]:
    """Return every organisation, in the order of the plan."""
    wanted = select(Organisation)
    return list(session.scalars(wanted.order_by(Organisation.id)))


class PartnerName(NamedTuple):
    """A post, as it and its organisation are called; without a post, the organisation alone."""

    organisation_id: int
    organisation_key: str
    organisation: str
    organisation_aliases: tuple[str, ...]
    post_id: int | None
    key: str
    title: str
    aliases: tuple[str, ...]
    holder: str


def partner_names(session: Session, day: date) -> tuple[PartnerName, ...]:
    """Return how every organisation and every post is called and who holds it on a day, in the order of the plan.

    Names to come are among an organisation's other names. Of several holders the one appointed last is named.
    """
    held = and_(
        Appointment.post_id == Post.id,
        Appointment.capacity == Capacity.HOLDER,
        or_(Appointment.first_day.is_(None), Appointment.first_day <= day),
        or_(Appointment.last_day.is_(None), Appointment.last_day >= day),
    )
    wanted = (
        select(
            *(Organisation.id, Organisation.key, Organisation.name, Organisation.aliases, Organisation.renames),
            *(Post.id, Post.key, Post.title, Post.aliases, Person.name),
        )
        .outerjoin(Post, Post.organisation_id == Organisation.id)
        .outerjoin(Appointment, held)
        .outerjoin(Person, Person.id == Appointment.person_id)
        .order_by(Post.id, Organisation.id, Appointment.id)
    )
    found: dict[tuple[int, int | None], PartnerName] = {}
    for number, key, name, aliases, renames, post_id, post_key, title, own, holder in session.execute(wanted):
        others = (*map(str, aliases), *(str(one) for _, one in renames))
        post = (post_id, post_key or "", title or "", tuple(map(str, own or ())), holder or "")
        found[(number, post_id)] = PartnerName(number, key, name, others, *post)
    return tuple(found.values())


def posts_of(session: Session) -> list[Post]:
    """Return every post, in the order of the plan."""
    return list(session.scalars(select(Post).order_by(Post.id)))


def posts_of_organisation(session: Session, organisation: Organisation) -> list[Post]:
    """Return the posts of one organisation, in the order of the plan."""
    return list(session.scalars(select(Post).where(Post.organisation_id == organisation.id).order_by(Post.id)))


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


def organisation_by_id(session: Session, number: int) -> Organisation | None:
    """Return an organisation by its number."""
    return session.get(Organisation, number)


def appointment_by_id(session: Session, number: int) -> Appointment | None:
    """Return an appointment by its number."""
    return session.get(Appointment, number)
