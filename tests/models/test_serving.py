"""Who acts for a post on which days: a post changes hands, days are kept quiet and given up, roles end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import Capacity
from models.plan.accounts import CLOSED
from models.plan.serving import (
    administrators,
    appoint,
    appointments,
    away_spans,
    end_quiet,
    hand_over,
    keep_quiet,
    leavers,
    posts_held,
    recipients,
)
from models.rules.calendar import Span
from models.storage.engine import Database
from models.storage.tables import Organisation, Person, Post
from models.storage.workspaces import ensure_workspace
from tests.homes import Files

T = "T0DEMO"
NOW = datetime(2020, 8, 27, 9, tzinfo=UTC)
TODAY = date(2020, 8, 27)
ANN, BEN, CAT = 1, 2, 3
HEAD = 1


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    database = Database(Files().new(tmp_path))
    with database.write(workspace=T) as session:
        ensure_workspace(session, T, NOW)
        organisation = Organisation(workspace_id=T, key="council", name="The Council")
        session.add(organisation)
        session.flush()
        session.add(Post(workspace_id=T, key="head", title="Head", organisation_id=organisation.id))
        for name in ("Ann", "Ben", "Cat"):
            session.add(Person(workspace_id=T, name=name, slack_user=f"U0{name.upper()}"))
        session.flush()
        yield session
        session.rollback()
    database.dispose()


def held(session: Session) -> list[tuple[int, date | None, date | None]]:
    return [(row.person_id, row.first_day, row.last_day) for row in appointments(session, HEAD)]


def test_whoever_held_a_post_holds_it_until_the_day_before(session: Session) -> None:
    appoint(session, HEAD, ANN, Capacity.HOLDER, None, None)
    done = hand_over(session, HEAD, BEN, date(2020, 9, 14))
    assert done.former == (ANN,)
    assert held(session) == [(ANN, None, date(2020, 9, 13)), (BEN, date(2020, 9, 14), None)]
    assert posts_held(session, ANN, date(2020, 9, 13)) == posts_held(session, BEN, date(2020, 9, 14)) == [HEAD]
    assert posts_held(session, ANN, date(2020, 9, 14)) == posts_held(session, BEN, date(2020, 9, 13)) == []


def test_whoever_was_to_begin_later_never_begins(session: Session) -> None:
    appoint(session, HEAD, ANN, Capacity.HOLDER, None, None)
    hand_over(session, HEAD, BEN, date(2020, 9, 14))
    assert hand_over(session, HEAD, CAT, date(2020, 9, 7)).former == (ANN, BEN)
    assert held(session) == [(ANN, None, date(2020, 9, 6)), (CAT, date(2020, 9, 7), None)]


def test_a_post_that_comes_back_on_the_same_day_never_left(session: Session) -> None:
    appoint(session, HEAD, ANN, Capacity.HOLDER, None, None)
    hand_over(session, HEAD, BEN, date(2020, 9, 14))
    assert hand_over(session, HEAD, ANN, date(2020, 9, 14)).former == (BEN,)
    assert held(session) == [(ANN, None, None)]


def test_contact_officers_and_deputies_stay_when_a_post_changes_hands(session: Session) -> None:
    appoint(session, HEAD, ANN, Capacity.HOLDER, None, None)
    appoint(session, HEAD, CAT, Capacity.CONTACT, None, None)
    hand_over(session, HEAD, BEN, TODAY)
    assert [one.person_id for one in recipients(session, TODAY)[HEAD]] == [BEN, CAT]


@pytest.mark.parametrize(
    ("kept", "spans"),
    [
        ([(date(2020, 8, 27), date(2020, 9, 4))], [(date(2020, 8, 27), date(2020, 9, 4))]),
        # Said again while it runs: it goes on from where it began.
        (
            [(date(2020, 8, 20), date(2020, 8, 28)), (date(2020, 8, 27), date(2020, 9, 4))],
            [(date(2020, 8, 20), date(2020, 9, 4))],
        ),
        # Said anew for other days: the old ones give way.
        (
            [(date(2020, 9, 7), date(2020, 9, 11)), (date(2020, 9, 14), date(2020, 9, 18))],
            [(date(2020, 9, 14), date(2020, 9, 18))],
        ),
        # Days that are being kept are not given up for later ones.
        (
            [(date(2020, 8, 20), date(2020, 8, 28)), (date(2020, 9, 14), date(2020, 9, 18))],
            [(date(2020, 8, 20), date(2020, 8, 28)), (date(2020, 9, 14), date(2020, 9, 18))],
        ),
        (
            [(date(2020, 8, 20), date(2020, 9, 4)), (date(2020, 8, 31), date(2020, 9, 11))],
            [(date(2020, 8, 20), date(2020, 8, 30)), (date(2020, 8, 31), date(2020, 9, 11))],
        ),
        # What is over stays, for the record.
        (
            [(date(2020, 8, 3), date(2020, 8, 7)), (date(2020, 8, 27), date(2020, 8, 28))],
            [(date(2020, 8, 3), date(2020, 8, 7)), (date(2020, 8, 27), date(2020, 8, 28))],
        ),
    ],
)
def test_quiet_days(session: Session, kept: list[tuple[date, date]], spans: list[tuple[date, date]]) -> None:
    for first, last in kept:
        keep_quiet(session, ANN, first, last, TODAY, NOW)
    assert away_spans(session) == {ANN: tuple(Span(first, last) for first, last in spans)}


def test_quiet_days_that_are_given_up_end_yesterday(session: Session) -> None:
    assert not end_quiet(session, ANN, TODAY)
    keep_quiet(session, ANN, date(2020, 8, 20), date(2020, 9, 4), TODAY, NOW)
    assert end_quiet(session, ANN, TODAY)
    assert away_spans(session) == {ANN: (Span(date(2020, 8, 20), date(2020, 8, 26)),)}
    keep_quiet(session, BEN, TODAY, date(2020, 9, 4), TODAY, NOW)
    assert end_quiet(session, BEN, TODAY)
    assert BEN not in away_spans(session)


def test_quiet_days_are_closed_for_that_person_alone(session: Session) -> None:
    appoint(session, HEAD, ANN, Capacity.HOLDER, None, None)
    appoint(session, HEAD, BEN, Capacity.CONTACT, None, None)
    keep_quiet(session, ANN, TODAY, date(2020, 9, 4), TODAY, NOW)
    ann, ben = recipients(session, TODAY)[HEAD]
    assert ann.closed == ann.away == (Span(TODAY, date(2020, 9, 4)),)
    assert ann.is_away(TODAY)
    assert not ben.is_away(TODAY)
    assert ben.closed == ()


def test_leavers_are_holders_whose_account_was_closed(session: Session) -> None:
    appoint(session, HEAD, ANN, Capacity.HOLDER, None, None)
    appoint(session, HEAD, BEN, Capacity.CONTACT, None, None)
    for row in session.scalars(select(Person).where(Person.id.in_((ANN, BEN)))):
        row.unreachable = CLOSED
    assert leavers(session, TODAY) == {ANN: (HEAD,)}
    hand_over(session, HEAD, CAT, TODAY)
    assert leavers(session, TODAY) == {}


def test_an_administrator_is_one_until_the_last_day(session: Session) -> None:
    ann, ben = session.get_one(Person, ANN), session.get_one(Person, BEN)
    ann.is_administrator = ben.is_administrator = True
    ann.administrator_until = TODAY
    session.flush()
    assert administrators(session, TODAY) == (ANN, BEN)
    assert administrators(session, date(2020, 8, 28)) == (BEN,)
