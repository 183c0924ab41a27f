"""Bring who acts for a post up to what a file says; somebody who leaves keeps their entry, with a last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import Capacity
from models.files.import_plan import PlanLoader
from models.files.planfile import schema
from models.plan.serving import in_force
from models.storage.tables import Appointment, Person


class AppointmentMerger:
    """The appointments of one workspace while an import changes them."""

    def __init__(self, session: Session, loader: PlanLoader, day: date) -> None:
        self.session, self.loader, self.day = session, loader, day

    def serve(self, post: schema.FilePost, capacity: Capacity, wanted: Sequence[schema.FilePerson]) -> None:
        """Make `wanted` those who act for a post in one capacity, from today on.

        1. Somebody who stays, known by their account or else by their name, keeps the entry and gets what is new.
        2. Somebody who is no longer wanted ends yesterday; a deputy, whose days are a plan for them, is deleted.
        3. Somebody new begins today.
        """
        serving = [
            row
            for row in self.session.scalars(
                select(Appointment)
                .where(Appointment.post_id == self.loader.posts[post.key], Appointment.capacity == capacity)
                .order_by(Appointment.id)
            )
            if capacity is Capacity.DEPUTY or in_force(row, self.day)
        ]
        left = list(serving)
        for someone in wanted:
            row = self._of(someone, left)
            if row is not None:
                left.remove(row)
            else:
                row = self.loader.add_appointment(post, someone, capacity, self.day)
            self._bring_up(self.session.get_one(Person, row.person_id), someone)
            if isinstance(someone, schema.Deputy):
                row.first_day, row.last_day = someone.starts, someone.ends
        for row in left:
            if capacity is Capacity.DEPUTY:
                self.session.delete(row)
            else:
                row.last_day = self.day - timedelta(days=1)
        self.session.flush()

    def _of(self, someone: schema.FilePerson, serving: Sequence[Appointment]) -> Appointment | None:
        """Return the entry of somebody who serves already."""
        for row in serving:
            known = self.session.get_one(Person, row.person_id)
            same_account = (someone.slack and known.slack_user == someone.slack) or (
                someone.email and known.email.lower() == someone.email
            )
            no_account = not (known.slack_user or known.email) or not someone.has_account
            if same_account or (no_account and someone.name and known.name == someone.name):
                return row
        return None

    def _bring_up(self, known: Person, someone: schema.FilePerson) -> None:
        known.name, known.email = someone.name or "", someone.email or ""
        if known.slack_user != (someone.slack or ""):
            # Another account: what was found out about the old one does not hold for it.
            known.slack_user, known.slack_team, known.channel, known.unreachable = someone.slack or "", "", "", ""
