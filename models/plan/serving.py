"""Who acts for which post on which days: holders, contact officers, deputies, leavers, and who is away.

An appointment ends with a last day; one that never begins is taken out. Both days of every span count.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from models.enums import Capacity, Word
from models.plan.accounts import CLOSED
from models.plan.renames import names_to_come
from models.rules.calendar import Span
from models.rules.facts import Recipient
from models.storage.history_tables import Quiet
from models.storage.tables import Appointment, Organisation, Person, Post

T = TypeVar("T")
_ONE_DAY = timedelta(days=1)


class Unserved(Word):
    """Why nobody can be asked for a post here."""

    VACANT = "nobody holds the post"
    LEFT = "its holder left"
    NO_ACCOUNT = "no account"


def spans(stored: Iterable[Sequence[str]]) -> tuple[Span, ...]:
    """Return stored closed dates ([first day, last day, why]) as ranges."""
    return tuple(Span(date.fromisoformat(row[0]), date.fromisoformat(row[1])) for row in stored)


def in_force(row: Appointment, day: date) -> bool:
    """Return whether an appointment counts on a day."""
    return (row.first_day is None or row.first_day <= day) and (row.last_day is None or day <= row.last_day)


def to_come(row: Appointment, day: date) -> bool:
    """Return whether an appointment counts on a day or after it."""
    return row.last_day is None or day <= row.last_day


def appointments(session: Session, post_id: int | None = None) -> list[Appointment]:
    """Return every appointment, or those of one post, in the order they were made."""
    wanted = select(Appointment)
    if post_id is not None:
        wanted = wanted.where(Appointment.post_id == post_id)
    return list(session.scalars(wanted.order_by(Appointment.id)))


def posts_held(session: Session, person_id: int, day: date) -> list[int]:
    """Return the posts somebody holds on a day, without those of contact officers and deputies."""
    mine = (row for row in appointments(session) if row.person_id == person_id and row.capacity is Capacity.HOLDER)
    return [row.post_id for row in mine if in_force(row, day)]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A post that changed hands: the new appointment's number, and who held the post until then."""

    appointment_id: int
    former: tuple[int, ...]


def hand_over(session: Session, post_id: int, person_id: int, start: date) -> HandedOver:
    """Make somebody the holder of a post from a day on; the former holder's last day is the day before."""
    former: list[int] = []
    kept: Appointment | None = None
    for row in appointments(session, post_id):
        if row.capacity is not Capacity.HOLDER:
            continue
        if row.person_id == person_id and row.last_day == start - _ONE_DAY:
            row.last_day, kept = None, row
            continue
        if not to_come(row, start):
            continue
        if row.person_id != person_id:
            former.append(row.person_id)
        end(session, row, start - _ONE_DAY)
    if kept is None:
        kept = appoint(session, post_id, person_id, Capacity.HOLDER, start, None)
    session.flush()
    return HandedOver(kept.id, tuple(dict.fromkeys(former)))


ActingRow = tuple[int, int, str, str, str]
"""An appointment as text keeps it: post, person, capacity, first and last day ("" for none)."""


def acting_rows(session: Session, posts: Iterable[int]) -> list[ActingRow]:
    """Return who acts for some posts, in order: the same before and after where nothing has changed."""
    wanted = frozenset(posts)
    return sorted(_acting_row(row) for row in appointments(session) if row.post_id in wanted)


def _acting_row(row: Appointment) -> ActingRow:
    first, last = (day.isoformat() if day else "" for day in (row.first_day, row.last_day))
    return row.post_id, row.person_id, row.capacity.value, first, last


def set_acting(session: Session, posts: Iterable[int], rows: Iterable[ActingRow]) -> list[Appointment]:
    """Have those act for some posts who are given, and nobody else; return their appointments."""
    wanted, left = frozenset(posts), [*rows]
    kept: list[Appointment] = []
    for row in appointments(session):
        same = next((one for one in left if one[:4] == _acting_row(row)[:4]), None)
        if row.post_id not in wanted:
            continue
        if same is None:
            session.delete(row)
            continue
        left.remove(same)
        row.last_day = date.fromisoformat(same[4]) if same[4] else None
        kept.append(row)
    for post, person, capacity, *days in left:
        first, last = (date.fromisoformat(day) if day else None for day in days)
        kept.append(appoint(session, post, person, Capacity(capacity), first, last))
    session.flush()
    return kept


def appoint(
    session: Session, post_id: int, person_id: int, capacity: Capacity, first: date | None, last: date | None
) -> Appointment:
    """Have somebody act for a post from now on, for the days given."""
    row = Appointment(post_id=post_id, person_id=person_id, capacity=capacity, first_day=first, last_day=last)
    session.add(row)
    session.flush()
    return row


def appoint_deputy(session: Session, post_id: int, person_id: int, first: date, last: date, today: date) -> list[int]:
    """Have somebody stand in at a post, in place of days of theirs that overlap; return who else stands in then."""
    others = []
    for row in appointments(session, post_id):
        if row.capacity is not Capacity.DEPUTY or not to_come(row, today):
            continue
        overlaps = (row.first_day or first) <= last and first <= (row.last_day or last)
        if row.person_id == person_id and overlaps:
            session.delete(row)
        elif overlaps:
            others.append(row.person_id)
    appoint(session, post_id, person_id, Capacity.DEPUTY, first, last)
    return others


def end(session: Session, row: Appointment, last: date) -> None:
    """End an appointment on a day; delete one that would never have begun."""
    if row.first_day is not None and row.first_day > last:
        session.delete(row)
    else:
        row.last_day = last
    session.flush()


def day_changes(session: Session, today: date) -> list[date]:
    """Return the next days, after `today`, on which an appointment, an absence or a name begins or ends."""
    begins = (Appointment.first_day, Quiet.first_day)
    ends = (Appointment.last_day, Quiet.last_day, Person.administrator_until)
    soonest = union_all(
        *(select(func.min(day), literal(0)).where(day > today) for day in begins),
        *(select(func.min(day), literal(1)).where(day >= today) for day in ends),
    )
    days = [day + after * _ONE_DAY for day, after in session.execute(soonest) if day is not None]
    return [*days, *names_to_come(session)]


def leavers(session: Session, day: date) -> dict[int, tuple[int, ...]]:
    """Return people whose account was closed while they hold posts, with those posts."""
    found: dict[int, list[int]] = defaultdict(list)
    held = select(Appointment).join(Person).where(Person.unreachable == CLOSED, Appointment.capacity == Capacity.HOLDER)
    for row in session.scalars(held.order_by(Appointment.id)):
        if in_force(row, day):
            found[row.person_id].append(row.post_id)
    return {person_id: tuple(posts) for person_id, posts in found.items()}


def away_spans(session: Session) -> dict[int, tuple[Span, ...]]:
    """Return the days on which people are not asked for anything, by person."""
    found: dict[int, list[Span]] = defaultdict(list)
    wanted = select(Quiet.person_id, Quiet.first_day, Quiet.last_day).order_by(Quiet.first_day)
    for person_id, first, last in session.execute(wanted):
        found[person_id].append(Span(first, last))
    return {person_id: tuple(spans) for person_id, spans in found.items()}


def _quiet_to_come(session: Session, person_id: int, today: date) -> Sequence[Quiet]:
    return session.scalars(select(Quiet).where(Quiet.person_id == person_id, Quiet.last_day >= today)).all()


def keep_quiet(session: Session, person_id: int, first: date, last: date, today: date, now: datetime) -> None:
    """Keep somebody from being asked between two days, in place of earlier such days still to come."""
    for row in _quiet_to_come(session, person_id, today):
        if row.first_day <= today < first:
            row.last_day = min(row.last_day, first - _ONE_DAY)
            continue
        if row.first_day <= today:
            first = min(first, row.first_day)
        session.delete(row)
    session.add(Quiet(person_id=person_id, first_day=first, last_day=last, at=now))
    session.flush()


def end_quiet(session: Session, person_id: int, today: date) -> bool:
    """Have somebody asked again from today on; return False where they were anyway."""
    rows = _quiet_to_come(session, person_id, today)
    for row in rows:
        if row.first_day < today:
            row.last_day = today - _ONE_DAY
        else:
            session.delete(row)
    session.flush()
    return bool(rows)


def recipients(session: Session, day: date, posts: Sequence[int] | None = None) -> dict[int, tuple[Recipient, ...]]:
    """Return who gets the requests of each post on a day: its holder and contact officers, or its deputies alone.

    Posts with nobody are left out, and all but `posts` where some are named. Days on which somebody asked not to be
    asked are closed for them alone. A person who cannot be reached is still given: the ledger says so for the record.
    """
    shut_down = select(Post.id, Organisation.closed).join(Organisation).where(Organisation.closed != [])
    # Only the columns that count: posts may be many.
    acting = select(Appointment.post_id, Appointment.capacity, Appointment.person_id).where(
        or_(Appointment.first_day.is_(None), Appointment.first_day <= day),
        or_(Appointment.last_day.is_(None), Appointment.last_day >= day),
    )
    if posts is not None:
        acting = acting.where(Appointment.post_id.in_(posts))
    away = away_spans(session)
    closed = {post_id: spans(dates) for post_id, dates in session.execute(shut_down)}
    serving: dict[int, list[tuple[Capacity, int]]] = {}
    for post_id, capacity, person_id in session.execute(acting.order_by(Appointment.id)):
        serving.setdefault(post_id, []).append((capacity, person_id))
    found: dict[int, tuple[Recipient, ...]] = {}
    for post_id, rows in serving.items():
        shut = closed.get(post_id, ())
        found[post_id] = tuple([_recipient(one, shut, away.get(one, ())) for one in _asked(rows)])
    return found


def _recipient(person_id: int, shut: tuple[Span, ...], away: tuple[Span, ...]) -> Recipient:
    return Recipient(person_id, (*shut, *away), away) if shut or away else Recipient(person_id)


def _asked(serving: Sequence[tuple[Capacity, T]]) -> Iterable[T]:
    """Return those acting for a post who get its requests: deputies alone, else holders and then contacts."""
    if len(serving) == 1:
        return (serving[0][1],)
    capacities = [capacity for capacity, _ in serving]
    wanted = (Capacity.DEPUTY,) if Capacity.DEPUTY in capacities else (Capacity.HOLDER, Capacity.CONTACT)
    return dict.fromkeys(one for some in wanted for capacity, one in serving if capacity is some)


def reachable(session: Session) -> frozenset[int]:
    """Return the people who have an account that a message can be sent to."""
    return frozenset(session.scalars(select(Person.id).where(Person.slack_user != "", Person.unreachable == "")))


def unserved(session: Session, day: date, posts: Iterable[int]) -> dict[int, Unserved]:
    """Return those of some posts that nobody can be asked for here on a day, each with why."""
    acting: dict[int, list[tuple[Capacity, tuple[str, str]]]] = {post_id: [] for post_id in posts}
    wanted = select(Appointment.post_id, Appointment.capacity, Person.unreachable, Person.slack_user).join(Person)
    wanted = wanted.where(
        Appointment.post_id.in_(acting),
        or_(Appointment.first_day.is_(None), Appointment.first_day <= day),
        or_(Appointment.last_day.is_(None), Appointment.last_day >= day),
    )
    for post_id, capacity, unreachable, slack_user in session.execute(wanted.order_by(Appointment.id)):
        acting[post_id].append((capacity, (unreachable, slack_user)))
    found = {post_id: _why_unserved([*_asked(rows)]) for post_id, rows in acting.items()}
    return {post_id: why for post_id, why in found.items() if why is not None}


def _why_unserved(accounts: Sequence[tuple[str, str]]) -> Unserved | None:
    if not accounts:
        return Unserved.VACANT
    if all(unreachable == CLOSED for unreachable, _ in accounts):
        return Unserved.LEFT
    return None if any(slack_user and not unreachable for unreachable, slack_user in accounts) else Unserved.NO_ACCOUNT


def administrators(session: Session, day: date) -> tuple[int, ...]:
    """Return the administrators of a day, first made first."""
    in_office = or_(Person.administrator_until.is_(None), Person.administrator_until >= day)
    return tuple(session.scalars(select(Person.id).where(Person.is_administrator, in_office).order_by(Person.id)))
