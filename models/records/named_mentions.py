"""Put posts and names in place of mentions, which Slack shows as `<@U…>` where words stand in rich text."""

import re
from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.enums import Capacity
from models.storage.tables import Account, Appointment, Person, Post

_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,31})(?:\|[^<>\n]*)?>")
SOMEBODY = "a colleague"


def name_mentions(session: Session, words: str, today: date) -> str:
    """Return words with each mention as the post that somebody holds, else their name, else “a colleague”."""
    if "<@" not in words:
        return words
    called = _called(session, set(_MENTION.findall(words)), today)
    return _MENTION.sub(lambda found: called.get(found[1]) or SOMEBODY, words)


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
