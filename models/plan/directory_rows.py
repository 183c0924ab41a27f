"""The cached directory of accounts: what is written of them, and people of the plan linked to them.

Source: docs/explanation/data-protection.md, How long.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from models.plan.accounts import CLOSED, UNLINKED, AccountSeen
from models.storage.tables import Account, Person

_Row = TypeVar("_Row", Account, Person)

MOST_BY_NAME = 50
"""Accounts that are read by name; where more are seen, the whole directory is."""


def remember(
    session: Session, workspace_id: str, seen: Sequence[AccountSeen], now: datetime, *, asked_for: bool = False
) -> None:
    """Write accounts into the cached directory, and link people of the plan to them by e-mail address.

    The name and address are kept of whoever is in the plan, and of others where they were `asked_for`.
    """
    known: dict[str, Account] = {}
    for row in session.scalars(_accounts_of(seen)):
        if (first := known.setdefault(row.user, row)) is not row:
            # Before accounts were looked up by user alone, somebody could have one for each of their teams.
            session.delete(row if row.team != workspace_id else first)
            known[row.user] = row if row.team == workspace_id else first
    session.flush()
    people = list(session.scalars(_people_of(seen)))
    by_email = {row.email.casefold(): row for row in people if row.email}
    by_user = {row.slack_user: row for row in people if row.slack_user}
    for one in seen:
        account = known.get(one.user)
        if account is None:
            account = known[one.user] = Account(workspace_id=workspace_id, user=one.user, seen_at=now)
            session.add(account)
        someone = by_user.get(one.user)
        if someone is not None or asked_for:
            account.seen_at = now
        _note(account, one, named=someone is not None or asked_for)
        if someone is None and one.email and not (one.is_deleted or one.is_bot):
            # An address that moved on to a new account takes the person with it; a closed account takes nobody.
            someone = by_email.get(one.email.casefold())
            if someone is not None and someone.unreachable == UNLINKED:
                continue
            if someone is not None and someone.slack_user and someone.unreachable == CLOSED:
                someone.slack_user, someone.channel = "", ""
            if someone is not None:
                _note(account, one, named=True)
        if someone is None:
            continue
        if someone.slack_user in ("", one.user):
            someone.slack_user, someone.slack_team = one.user, one.team
            by_user[one.user] = someone
            someone.name = someone.name or one.name
            if one.is_deleted:
                someone.unreachable = CLOSED
            else:
                # Whatever stood in the way before is tried again.
                someone.unreachable = ""
    session.flush()


def _note(account: Account, seen: AccountSeen, *, named: bool) -> None:
    """Write what is kept of an account; without `named` its name and address only where they are there already."""
    for name, value in seen.fields.items():
        if named or account.name or name not in ("name", "email"):
            setattr(account, name, value)


def is_news(session: Session, seen: AccountSeen) -> bool:
    """Return whether something about an account is other than the directory has it, or a person waits for it."""
    account = session.scalars(select(Account).where(Account.user == seen.user)).first()
    people = session.scalars(_people_of([seen])).all()
    if account is None or any(not someone.slack_user and someone.unreachable != UNLINKED for someone in people):
        return True
    named = bool(account.name) or any(someone.slack_user == seen.user for someone in people)
    return any(
        getattr(account, name) != value for name, value in seen.fields.items() if named or name not in ("name", "email")
    )


def _accounts_of(seen: Sequence[AccountSeen]) -> Select[Account]:
    """Select what the directory has of some accounts."""
    return _concerned(select(Account).order_by(Account.id), seen, Account.user.in_([one.user for one in seen]))


def _people_of(seen: Sequence[AccountSeen]) -> Select[Person]:
    """Select the people of the plan who have one of some accounts, or the address of one."""
    users, emails = [one.user for one in seen], [one.email.casefold() for one in seen if one.email]
    return _concerned(
        select(Person).order_by(Person.id), seen, Person.slack_user.in_(users), func.lower(Person.email).in_(emails)
    )


def _concerned(rows: Select[_Row], seen: Sequence[AccountSeen], *are: ColumnElement[bool]) -> Select[_Row]:
    """Narrow a selection to what some accounts are about, where they are few."""
    return rows.where(or_(*are)) if len(seen) <= MOST_BY_NAME else rows
