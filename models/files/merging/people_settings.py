"""Merge administrators' last days and people's quiet days: what a plan file says of people beside the plan.

Each is a part of its own, known by the person's account, and compared like the values of the plan: what the file alone
changed is applied, what both changed is a conflict, and somebody who is absent from the file is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.files.import_plan import PlanLoader
from models.files.planfile import PlanFile
from models.files.planfile.schema import FilePerson
from models.records.history import Signed
from models.records.settings_log import record_person_setting
from models.storage.history_tables import Quiet
from models.storage.tables import Person as PersonRow

PartValues = dict[str, dict[str, Any]]
"""The values of each part of a plan, by the part's name: `actions heard-1`, `meetings hwb 2020-12`."""
UNTIL, NO_END = "until", "no end"
ASKED_NOTHING = "asked for nothing"
ADMINISTRATORS, QUIET = "administrators", "quiet"


def account_of(someone: FilePerson) -> str:
    """Return the account by which somebody is known; the e-mail address first, which people have before linking."""
    return (someone.email or someone.slack or "").casefold()


def people_settings(plan: PlanFile, same: Mapping[str, str] | None = None) -> PartValues:
    """Return the last day of each administrator and the quiet days of each person, by part name.

    `same` maps other accounts of a person to the one by which they are known.
    """
    found: PartValues = {}
    for one in plan.administrators:
        found.setdefault(f"{ADMINISTRATORS} {_known_as(one, same)}", {UNTIL: str(one.until or NO_END)})
    for days in plan.quiet:
        part = found.setdefault(f"{QUIET} {_known_as(days, same)}", {})
        part[f"{days.starts}/{days.ends}"] = ASKED_NOTHING
    return found


def same_people(people: Iterable[FilePerson]) -> dict[str, str]:
    """Return each account of some people with the account by which its person is known."""
    return {
        account.casefold(): account_of(someone)
        for someone in people
        for account in (someone.slack, someone.email)
        if account
    }


def _known_as(someone: FilePerson, same: Mapping[str, str] | None) -> str:
    accounts = [account.casefold() for account in (someone.email, someone.slack) if account]
    return next((same[account] for account in accounts if same and account in same), account_of(someone))


def quiet_days_text(key: str) -> str:
    """Return a key of quiet days as people read it."""
    first, _, last = key.partition("/")
    return f"{first} to {last}"


class PeopleSettingsWriter:
    """Write such changes, each with who made it and when."""

    def __init__(self, session: Session, loader: PlanLoader, plan: PlanFile, signed: Signed, day: date) -> None:
        self.session, self.loader, self.signed, self.day = session, loader, signed, day
        self.mentioned: dict[str, FilePerson] = {account_of(one): one for one in (*plan.quiet, *plan.administrators)}

    def administrator(self, account: str, now: str) -> None:
        """Set an administrator's last day, or that there is none."""
        row = self._person(account)
        day = None if now == NO_END else date.fromisoformat(now)
        record_person_setting(self.session, row, "administrator until", row.administrator_until, day, self.signed)
        row.administrator_until = day

    def quiet(self, account: str, key: str, now: str | None) -> None:
        """Keep days on which somebody is asked for nothing, or end them where `now` is None."""
        row = self._person(account)
        first, last = (date.fromisoformat(day) for day in key.split("/"))
        if now is None:
            wanted = select(Quiet).where(Quiet.person_id == row.id, Quiet.first_day == first, Quiet.last_day == last)
            for kept in self.session.scalars(wanted).all():
                if kept.first_day < self.day:
                    kept.last_day = self.day - timedelta(days=1)
                else:
                    self.session.delete(kept)
        else:
            self.session.add(
                Quiet(workspace_id=row.workspace_id, person_id=row.id, first_day=first, last_day=last,
                      at=self.signed.at)
            )  # fmt: skip
        said = quiet_days_text(key)
        record_person_setting(
            self.session, row, "quiet days", None if now else said, said if now else None, self.signed
        )

    def _person(self, account: str) -> PersonRow:
        for known, row in self.loader.people.items():
            if known.casefold() == account:
                return row
        return self.loader.ensure_person(self.mentioned[account])
