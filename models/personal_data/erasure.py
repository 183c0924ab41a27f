"""Erase somebody: name, address and account go, everywhere but in the chained record, which holds none of its own.

Their number stays, so that entries, posts held and the chain stay as they were. What a chain does hold, entries' words
that name them, is listed: a redaction empties those.

Source: docs/explanation/data-protection.md, Erasure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from models.enums import MessageState, NotificationState
from models.errors import Refusal
from models.notifications.messages import cancel_message
from models.notifications.retention import head_in, keep_head_alone
from models.personal_data.dossier import HeldRow, held_rows
from models.personal_data.held_columns import Holds, columns_holding
from models.personal_data.naming import INSTEAD_OF_NAME, NameFinder, texts_in
from models.personal_data.subjects import DataSubject
from models.plan.queries import post_labels
from models.plan.serving import appointments, end, to_come
from models.records.entries import entries_of
from models.records.history import Signed
from models.records.redaction import OUT_OF_REACH
from models.storage.base import Base
from models.storage.engine import PURGE
from models.storage.history_tables import Accepted, Draft, Quiet, Received, SaidMessage, SettingChange, Snooze, Update
from models.storage.notification_tables import Message, MessagePart, Notification, Spoken
from models.storage.scope import workspace_of
from models.storage.tables import Account, Action, Person

ERASED = "erased"
"""The setting under which it is on record that somebody was erased, and why what was for them was not sent."""
_THEIRS = (Draft, Quiet, Snooze)


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message that Slack still shows: where, and which."""

    channel: str
    ts: str


@dataclass
class Erasure:
    """What an erasure did, and what it leaves to people.

    `shown`: messages in their conversation with the bot; `entries`: refs and numbers of entries whose words name them,
    with those words' first action; `plan`: what of the plan itself names them; `changed`: messages to others that are
    changed in place; `signatures`: entries signed with a name of theirs on the command line.
    """

    shown: list[ShownMessage] = field(default_factory=list)
    entries: list[tuple[str, int]] = field(default_factory=list)
    plan: list[str] = field(default_factory=list)
    changed: int = 0
    out_of_reach: list[ShownMessage] = field(default_factory=list)
    signatures: int = 0


def check_may_go(session: Session, subject: DataSubject, today: date, *, vacate: bool) -> None:
    """Refuse to erase somebody who still acts for a post, is the last administrator, or is being written to.

    Raises:
        Refusal: with what to do first.
    """
    labels = post_labels(session)
    held = [labels[row.post_id] for row in _held(session, subject, today)]
    if held and not vacate:
        raise Refusal(
            f"{subject.label} still acts for {' and '.join(dict.fromkeys(held))}: pass that on first (“/cypp handover "
            "POST to @person”), or add --vacate to leave it without anybody."
        )
    others = select(Person.id).where(Person.is_administrator, Person.id.not_in(subject.people))
    mine = select(Person.id).where(Person.is_administrator, Person.id.in_(subject.people))
    if session.scalars(mine).first() is not None and session.scalars(others).first() is None:
        raise Refusal(f"{subject.label} is the only administrator: name another first (“cypp admin add”).")
    claimed = select(Message.id).where(Message.recipient.in_(subject.recipients), Message.state == MessageState.CLAIMED)
    if session.scalars(claimed).first() is not None:
        raise Refusal(f"A message to {subject.label} is being sent at this moment: say it again in a minute.")


def erase(session: Session, subject: DataSubject, finder: NameFinder, signed: Signed, today: date) -> Erasure:
    """Erase somebody, and return what that leaves to people. It is on record who did it, and of which number."""
    done = Erasure()
    rows = list(held_rows(session, subject, finder))
    for row in _held(session, subject, today):
        end(session, row, today - timedelta(days=1))
    done.entries, done.plan, done.signatures = _named_in(session, rows, finder)
    _messages(session, subject, done)
    _answers(session, subject, finder, done)
    _marks(session, subject, finder)
    for table in _THEIRS:
        session.execute(delete(table).where(table.person_id.in_(subject.people)))
    for row in rows:
        _scrub(session, row, finder, done)
    for change in session.scalars(select(SettingChange).where(SettingChange.setting == "account")):
        if isinstance(change.before, dict) and change.before.get("of") in subject.people:
            change.before = {**change.before, "was": INSTEAD_OF_NAME}
            change.after = {**change.after, "is": INSTEAD_OF_NAME}
    for someone in session.scalars(select(Person).where(Person.id.in_(subject.people))):
        someone.name = someone.email = someone.slack_user = someone.slack_team = someone.channel = ""
        someone.unreachable, someone.is_administrator, someone.administrator_until = "", False, None
        told = {"of": someone.id, "is": ERASED}
        session.add(SettingChange(setting=ERASED, before={"of": someone.id}, after=told, **signed.columns()))
    session.execute(delete(Account).where(Account.user.in_(subject.users)))
    session.info[PURGE] = True
    session.flush()
    return done


def erased_at(session: Session, subject: DataSubject) -> SettingChange | None:
    """Return the entry that says when somebody of whom nothing but a number is left was erased."""
    if subject.names or subject.emails or subject.users:
        return None
    for change in session.scalars(select(SettingChange).where(SettingChange.setting == ERASED)):
        if isinstance(change.after, dict) and change.after.get("of") in subject.people:
            return change
    return None


def _held(session: Session, subject: DataSubject, today: date) -> list[Any]:
    return [row for row in appointments(session) if row.person_id in subject.people and to_come(row, today)]


def _named_in(
    session: Session, rows: Sequence[HeldRow], finder: NameFinder
) -> tuple[list[tuple[str, int]], list[str], int]:
    """Return the entries whose words name somebody, the rows of the plan that do, and how many signatures."""
    entries, plan, signatures = list[tuple[str, int]](), list[str](), 0
    for row in rows:
        signatures += any(finder.stands_in(row.values[one]) for one in columns_holding(row.table, Holds.SIGNATURE))
        if any(finder.stands_in(row.values[one]) for one in columns_holding(row.table, Holds.RECORD)):
            entries += _number_of(session, row)
        plan += [
            f"{row.table.replace('_', ' ')} {_called(row)}, {one.replace('_', ' ')}"
            for one in columns_holding(row.table, Holds.PLAN)
            if finder.stands_in(row.values[one])
        ]
    return list(dict.fromkeys(entries)), plan, signatures


def _called(row: HeldRow) -> str:
    return str(row.values.get("ref") or row.values.get("key") or row.values.get("number") or row.values["id"])


def _number_of(session: Session, row: HeldRow) -> Iterator[tuple[str, int]]:
    """Yield the ref and number by which people name an entry; 0 is what an action was loaded with."""
    if row.table == "action":
        yield row.values["ref"], 0
        return
    ref = session.get_one(Action, row.values["action_id"]).ref
    for entry in entries_of(session, row.values["action_id"]):
        # The re-plan that an outcome made is part of it.
        same = {(row.table, row.values["id"]), ("outcome", row.values.get("outcome_id"))}
        if (entry.row.__tablename__, entry.row.id) in same:
            yield ref, entry.number


def _messages(session: Session, subject: DataSubject, done: Erasure) -> None:
    """Cancel what is still to be said to somebody, and empty what was; list where Slack shows it."""
    for message in session.scalars(select(Message).where(Message.recipient.in_(subject.recipients))).all():
        for part in session.scalars(select(MessagePart).where(MessagePart.message_id == message.id)):
            if part.ts and message.address:
                done.shown.append(ShownMessage(message.address, part.ts))
            keep_head_alone(part)
        if message.state is not MessageState.SENT:
            cancel_message(message, ERASED)
        message.address = ""
    theirs = (Notification.recipient.in_(subject.recipients), Notification.state == NotificationState.OPEN)
    session.execute(update(Notification).where(*theirs).values(state=NotificationState.LAPSED, reason=ERASED))


def _answers(session: Session, subject: DataSubject, finder: NameFinder, done: Erasure) -> None:
    """Take out the answers in their conversation, and change those elsewhere that name them."""
    theirs = subject.channels | {f"home:{user}" for user in subject.users}
    for answer in session.scalars(select(Spoken)).all():
        if answer.channel in theirs:
            if not answer.ts.startswith(OUT_OF_REACH) and not answer.channel.startswith("home:"):
                done.shown.append(ShownMessage(answer.channel, answer.ts))
            head = head_in(answer.payload)
            if head:
                answer.channel, answer.payload, answer.stale = ERASED, head, False
            else:
                session.delete(answer)
        elif (clean := finder.taken_out(answer.payload)) != answer.payload:
            answer.payload, reachable = clean, not answer.ts.startswith(OUT_OF_REACH)
            answer.stale = reachable
            done.changed += reachable
            if not reachable:
                done.out_of_reach.append(ShownMessage(answer.channel, answer.ts))


def _marks(session: Session, subject: DataSubject, finder: NameFinder) -> None:
    """Take out what somebody wrote or pressed that is not worked yet, and marks of what was: they name them."""
    for accepted in session.scalars(select(Accepted)).all():
        if not subject.users.isdisjoint(texts_in(accepted.payload)):
            session.delete(accepted)
    mine = (Received.workspace_id == workspace_of(session),)
    for key in [one for one in session.scalars(select(Received.key).where(*mine)) if finder.stands_in(one)]:
        session.execute(delete(Received).where(*mine, Received.key == key))
    for said in session.scalars(select(SaidMessage)).all():
        if finder.stands_in(said.message) or finder.stands_in(said.answer):
            session.delete(said)
    for entry in session.scalars(select(Update).where(Update.message.is_not(None))):
        entry.message = None if finder.stands_in(entry.message) else entry.message
    session.flush()


def _scrub(session: Session, row: HeldRow, finder: NameFinder, done: Erasure) -> None:
    """Take somebody out of the words that the program keeps of them beside the record."""
    table: Table = Base.metadata.tables[row.table]
    columns = columns_holding(row.table, Holds.COPY)
    key = [column == row.values[column.name] for column in table.primary_key.columns]
    stored = session.execute(select(*table.columns).where(*key)).one_or_none()
    if stored is None or not columns or row.table == "accepted":
        # What somebody else did and is not worked yet stays as they did it.
        return
    values = {one: stored._mapping[one] for one in columns}
    clean = {one: finder.taken_out(value) for one, value in values.items()}
    if clean == values:
        return
    if row.table == "message_part":
        clean |= {"as_is": True, "stale": stored.stale + 1}
        done.changed += bool(stored.ts)
    session.execute(update(table).where(*key).values(clean))
