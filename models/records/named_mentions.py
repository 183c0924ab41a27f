"""Put posts and names in place of mentions, which Slack shows as `<@U…>` where words stand in rich text."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import event, inspect, or_, select
from sqlalchemy.orm import Session

from models.enums import Capacity
from models.storage.history_tables import SignedRow
from models.storage.scope import WorkspaceSession
from models.storage.tables import Account, Appointment, Person, Post

_Value = TypeVar("_Value")
_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,31})(?:\|[^<>\n]*)?>")
SOMEBODY = "a colleague"


def name_mentions(session: Session, words: _Value, today: date) -> _Value:
    """Return words with each mention as the post that somebody holds, else their name, else “a colleague”.

    `words`: a text, or what JSON holds, with texts in it.
    """
    named: Any = words
    if isinstance(words, str) and "<@" in words:
        called = _called(session, set(_MENTION.findall(words)), today)
        named = _MENTION.sub(lambda found: called.get(found[1]) or SOMEBODY, words)
    elif isinstance(words, list):
        named = [name_mentions(session, one, today) for one in words]
    elif isinstance(words, dict):
        named = {key: name_mentions(session, one, today) for key, one in words.items()}
    return named  # type: ignore[no-any-return]


@event.listens_for(WorkspaceSession, "before_flush")
def _name_in_signed(session: Session, _context: object, _instances: object) -> None:
    """Name whoever is mentioned in what somebody wrote and signed, whatever it is about."""
    for row in (*session.new, *session.dirty):
        if isinstance(row, SignedRow):
            for column in inspect(row).mapper.column_attrs:
                words = row.__dict__.get(column.key)
                if (named := name_mentions(session, words, row.at.date())) != words:
                    setattr(row, column.key, named)


def _called(session: Session, users: Iterable[str], today: date) -> dict[str, str]:
    """Return what people are called, by their accounts."""
    users = list(users)
    accounts = select(Account.user, Account.name).where(Account.user.in_(users))
    people = select(Person.slack_user, Person.name).where(Person.slack_user.in_(users), Person.name != "")
    held = (
        select(Person.slack_user, Post.title)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Post, Post.id == Appointment.post_id)
        .where(
            Person.slack_user.in_(users),
            Appointment.capacity == Capacity.HOLDER,
            or_(Appointment.first_day.is_(None), Appointment.first_day <= today),
            or_(Appointment.last_day.is_(None), Appointment.last_day >= today),
        )
        .order_by(Appointment.id.desc())
    )
    return {user: name for each in (accounts, people, held) for user, name in session.execute(each)}
