"""Bring who acts for a post up to what a file says; somebody who leaves keeps their entry, with a last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.enums import Capacity
from models.files.import_plan import PlanLoader
from models.files.planfile import schema
from models.plan.serving import appointments, in_force
from models.storage.tables import Appointment, Person


def merge_serving(
    loader: PlanLoader, day: date, post: schema.FilePost, capacity: Capacity, wanted: Sequence[schema.FilePerson]
) -> None:
    """Make `wanted` those who act for a post in one capacity, from today (`day`, local) on.

    1. Somebody who stays, known by their account or else by their name, keeps the entry and gets what is new.
    2. Somebody who is no longer wanted ends yesterday; a deputy, whose days are a plan for them, is deleted.
    3. Somebody new begins today.
    """
    session = loader.session
    left = [
        row
        for row in appointments(session, loader.posts[post.key])
        if row.capacity is capacity and (capacity is Capacity.DEPUTY or in_force(row, day))
    ]
    for someone in wanted:
        row = _entry_of(session, someone, left)
        if row is not None:
            left.remove(row)
        else:
            row = loader.add_appointment(post, someone, capacity, day)
        _bring_up(session.get_one(Person, row.person_id), someone)
        if isinstance(someone, schema.Deputy):
            row.first_day, row.last_day = someone.starts, someone.ends
    for row in left:
        if capacity is Capacity.DEPUTY:
            session.delete(row)
        else:
            row.last_day = day - timedelta(days=1)
    session.flush()


def _entry_of(session: Session, someone: schema.FilePerson, serving: Sequence[Appointment]) -> Appointment | None:
    """Return the entry of somebody who serves already."""
    for row in serving:
        known = session.get_one(Person, row.person_id)
        same_account = (someone.slack and known.slack_user == someone.slack) or (
            someone.email and known.email.lower() == someone.email
        )
        no_account = not (known.slack_user or known.email) or not someone.has_account
        if same_account or (no_account and someone.name and known.name == someone.name):
            return row
    return None


def _bring_up(known: Person, someone: schema.FilePerson) -> None:
    known.name, known.email = someone.name or "", someone.email or ""
    if known.slack_user != (someone.slack or ""):
        # Another account: what was found out about the old one does not hold for it.
        known.slack_user, known.slack_team, known.channel, known.unreachable = someone.slack or "", "", "", ""
