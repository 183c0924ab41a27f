"""An erasure on both kinds of database: of two of one name the other stays, and of another workspace everything."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from models.enums import (
    AnswerKind,
    Capacity,
    MessageClass,
    MessageState,
    NotificationKind,
    NotificationState,
    Status,
    Way,
)
from models.errors import Refusal
from models.files.import_plan import store_plan
from models.files.planfile import read_plan
from models.notifications.messages import NewNotification, add_notifications
from models.personal_data.dossier import HeldRow, held_rows
from models.personal_data.erasure import check_may_go, erase, erased_at
from models.personal_data.subjects import DataSubject, find_subject
from models.records.audit import AuditCounts, audit
from models.records.history import Signed, record_update
from models.rules.steps import Occasion
from models.storage.engine import Database
from models.storage.history_tables import Draft, Quiet, SettingChange
from models.storage.notification_tables import Message, MessagePart, Notification
from models.storage.sessions import Session
from models.storage.tables import Account, Action, Appointment, Person, Post
from models.storage.workspaces import ensure_workspace
from tests.models.plan_in_database import NOW, TODAY
from tests.models.planfile.plans import PLAN

HERE, THERE, NAME = "T0HERE", "T0THERE", "Zażółć Gęślą"
BY = Signed(None, None, "command line, by the account root, as “cypp person erase”", Way.COMMAND_LINE, NOW)


def live(database: Database, workspace: str, user: str, email: str) -> None:
    """Somebody who writes, is asked, was away, and is named in a page and a draft of somebody else."""
    with database.write(workspace=workspace) as session:
        if session.scalars(select(Post.id)).first() is None:
            ensure_workspace(session, workspace, NOW)
            store_plan(session, workspace, read_plan(PLAN, "plan.yaml"), NOW)
        someone = Person(name=NAME, email=email, slack_user=user, channel=f"D{user}")
        session.add_all([someone, Account(team=workspace, user=user, name=NAME, email=email, seen_at=NOW)])
        session.flush()
        action, other = session.scalars(select(Action)).first(), session.scalars(select(Person)).first()
        assert action is not None
        assert other is not None
        signed = Signed(someone.id, None, "Head of Education, Council", Way.COMMAND, NOW)
        record_update(session, action, AnswerKind.UPDATE, signed, status=Status.ON_TRACK, words=f"{email} said so")
        post = session.scalars(select(Post)).first()
        assert post is not None
        session.add_all(
            [
                Appointment(post_id=post.id, person_id=someone.id, capacity=Capacity.DEPUTY, first_day=None,
                            last_day=TODAY.replace(year=2019)),
                Quiet(person_id=someone.id, first_day=TODAY, last_day=TODAY, at=NOW),
                Draft(person_id=other.id, kind="x", words=f"ask {email}", at=NOW),
            ]
        )  # fmt: skip
        for number, to in enumerate((someone, other)):
            message = Message(
                uuid=f"{workspace}{user}{number}",
                message_class=MessageClass.TOLD,
                slot_n=someone.id * 10 + number,
                recipient=f"person:{to.id}",
                address=f"D{number}",
                planned_at=NOW,
                slot_day=TODAY,
                state=MessageState.LATER if to is someone else MessageState.SENT,
            )
            session.add(message)
            session.flush()
            page = json.dumps({"text": f"{NAME} ({email}) left"})
            session.add(MessagePart(message_id=message.id, number=0, payload=page, ts=f"{user}.1"))
            key = (NotificationKind.IN_QUESTION, action.id, someone.id, TODAY, Occasion.ONLY, message.recipient)
            add_notifications(session, [NewNotification(*key, None, message_id=message.id)], NOW)


def about(session: Session, who: str) -> DataSubject:
    found = find_subject(session, who, TODAY)
    assert found is not None
    return found


def held(session: Session, subject: DataSubject) -> list[HeldRow]:
    return list(held_rows(session, subject, subject.finder()))


def test_who_is_erased_goes_alone_and_the_record_checks(database: Database) -> None:
    live(database, HERE, "W0FIRST001", "first@example.org")
    live(database, HERE, "U0SECOND01", "second@example.org")
    live(database, THERE, "W0FIRST001", "first@example.org")
    with database.read(HERE) as session:
        with pytest.raises(Refusal, match=f"“{NAME}” may be {NAME} .first@example.org, W0FIRST001, number"):
            find_subject(session, NAME, TODAY)
        other = about(session, "U0SECOND01")
        assert (other.words, other.common) == ((), (NAME,)), "others have the name"
        second = held(session, other)
    with database.read(THERE) as session:
        far = about(session, "W0FIRST001")
        elsewhere = held(session, far)
    with database.write(workspace=HERE) as session:
        first = about(session, "FIRST@example.org")
        # Of the two who have the name, neither may be found by it: what is looked for is what is this one's alone.
        finder = first.finder()
        check_may_go(session, first, TODAY, vacate=False)
        done = erase(session, first, finder, BY, TODAY)
    assert [number for _, number in done.entries] == [1], "words of an entry are for a redaction"
    assert done.changed == 1, "the page to somebody else"
    with database.read(HERE) as session:
        left = list(held_rows(session, first, finder))
        named = [row for row in left if finder.stands_in([str(value) for value in row.values.values()])]
        assert [row.values["words"] for row in named if row.table == "action_update"] == ["first@example.org said so"]
        assert {row.table for row in left} - {"action_update", "appointment", "person", "setting_change"} == {
            "message",
            "message_part",
            "notification",
        }
        states = {row.values["state"] for row in left if row.table in ("message", "notification") and row.own}
        assert states == {MessageState.CANCELLED, NotificationState.LAPSED}
        assert erased_at(session, about(session, f"number {next(iter(first.people))}")) is not None
        assert find_subject(session, "W0FIRST001", TODAY) is None
        assert list(audit(session, AuditCounts())) == []
        assert held(session, other) == second
        assert session.scalars(select(SettingChange.signature)).all() == [BY.signature]
    with database.read(THERE) as session:
        assert held(session, far) == elsewhere
        assert session.scalars(select(Notification.id).where(Notification.reason == "erased")).all() == []
