"""As what somebody gets a message: of several roles the one that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from models.enums import Capacity, Kind, MessageClass, NotificationKind
from models.notifications.summaries import RecipientRole, summary_of
from models.storage.engine import Database
from models.storage.notification_tables import Message, Notification
from models.storage.tables import Action, Appointment, Board, Meeting, Organisation, Person, Post
from models.storage.workspaces import ensure_workspace

T, NOW, TODAY = "T0ONE", datetime(2020, 8, 17, 9, tzinfo=UTC), date(2020, 8, 17)
LEAD, SECRETARY, CHAIR, OTHER_SECRETARY = 1, 2, 3, 4


@pytest.fixture
def session(kept_database: Database) -> Iterator[Session]:
    """Two boards, an action of the first, and four posts; rolled back afterwards."""
    with kept_database.write(workspace=T) as session:
        ensure_workspace(session, T, NOW)
        session.add(Organisation(id=1, key="council", name="Council"))
        session.flush()
        titles = {LEAD: "Head", SECRETARY: "Clerk", CHAIR: "Chair", OTHER_SECRETARY: "Other clerk"}
        session.add_all(
            Post(id=key, key=f"post-{key}", title=title, organisation_id=1) for key, title in titles.items()
        )
        session.flush()
        session.add(Board(id=1, key="one", name="One", secretary_post_id=SECRETARY, chair_post_id=CHAIR))
        session.add(Board(id=2, key="two", name="Two", secretary_post_id=OTHER_SECRETARY))
        session.flush()
        session.add(Meeting(id=20, board_id=2, starts_at=NOW))
        action = Action(id=1, ref="a", ref_key="a", kind=Kind.DELIVERABLE, words="", board_id=1, created_at=NOW)
        action.lead_post_id = LEAD
        session.add(action)
        session.add(Person(id=1, name="Ann", is_administrator=True))
        session.flush()
        yield session
        session.rollback()


UPDATE, DIGEST, REPLAN = NotificationKind.UPDATE, NotificationKind.DIGEST, NotificationKind.REPLAN
OTHER_BOARD, FAILED, LEFT = NotificationKind.OTHER_BOARD, NotificationKind.FAILED, NotificationKind.LEFT
HOLDER, CONTACT, DEPUTY = Capacity.HOLDER, Capacity.CONTACT, Capacity.DEPUTY


@pytest.mark.parametrize(
    ("kind", "meeting_id", "serving", "role", "title"),
    [
        (UPDATE, 0, {LEAD: HOLDER, SECRETARY: HOLDER}, "lead", "Head"),
        (UPDATE, 0, {LEAD: CONTACT}, "contact officer", "Head"),
        (UPDATE, 0, {LEAD: DEPUTY, CHAIR: HOLDER}, "deputy", "Head"),
        (UPDATE, 0, {}, "administrator", ""),
        (REPLAN, 0, {LEAD: HOLDER, SECRETARY: HOLDER}, "secretary", "Clerk"),
        (REPLAN, 0, {LEAD: HOLDER, SECRETARY: DEPUTY}, "secretary", "Clerk"),
        (DIGEST, 0, {SECRETARY: HOLDER, CHAIR: HOLDER}, "secretary", "Clerk"),
        (DIGEST, 0, {LEAD: HOLDER, CHAIR: HOLDER}, "chair", "Chair"),
        (DIGEST, 0, {OTHER_SECRETARY: HOLDER}, "administrator", ""),
        (OTHER_BOARD, 20, {OTHER_SECRETARY: HOLDER}, "secretary", "Other clerk"),
        (OTHER_BOARD, 20, {LEAD: HOLDER}, "lead", "Head"),
        (FAILED, 20, {SECRETARY: HOLDER}, "administrator", ""),
        (LEFT, 0, {OTHER_SECRETARY: HOLDER}, "secretary", "Other clerk"),
    ],
)
def test_of_several_roles_it_is_the_one_that_the_message_is_about(
    session: Session, kind: NotificationKind, meeting_id: int, serving: dict[int, Capacity], role: str, title: str
) -> None:
    for post_id, capacity in serving.items():
        session.add(Appointment(post_id=post_id, person_id=1, capacity=capacity))
    # Whoever served until yesterday does not count.
    session.add(Appointment(post_id=CHAIR, person_id=1, capacity=HOLDER, last_day=date(2020, 8, 16)))
    message = Message(uuid="one", message_class=MessageClass.BUNDLE, recipient="person:1", planned_at=NOW)
    session.add(message)
    session.flush()
    session.add(
        Notification(
            kind=kind, subject=1, meeting_id=meeting_id, meeting_day=TODAY, recipient="person:1", planned_at=NOW,
            message_id=message.id,
        )
    )  # fmt: skip
    session.flush()
    told = summary_of(session, message, TODAY)
    assert (told.role, "; ".join(told.posts)) == (RecipientRole(role), f"{title}, Council" if title else "")
    assert told.actions == (1 if kind in (UPDATE, REPLAN, OTHER_BOARD) else None)
