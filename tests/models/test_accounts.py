"""Who somebody is: accounts as the chat service shows them, people of the plan, and their roles on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Refusal
from models.files.import_plan import store_plan
from models.files.planfile import read_plan
from models.notifications.retention import KeptDays, TidyCounts, tidy
from models.plan.accounts import AccountSeen, Actor, Membership, Roles, find_person, known_actors, roles_of
from models.plan.directory_rows import is_news, remember
from models.storage.engine import Database
from models.storage.scope import WorkspaceSession, scope_to
from models.storage.tables import Account, Board, Person, Post
from models.storage.workspaces import ensure_workspace
from tests.models.planfile.plans import PLAN

T = "T0COUNCIL"
NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)
TODAY = date(2020, 8, 17)
BEFORE, AFTER = date(2020, 8, 9), date(2020, 8, 29)
"""The deputy of PLAN stands in from 10 to 28 August."""


@pytest.fixture
def session(kept_database: Database) -> Iterator[Session]:
    """A plan, and a transaction on it."""
    plan = PLAN.replace("secretary: head-of-education\n", "secretary: head-of-education\n    chair: chair\n", 1)
    plan = plan.replace(
        "administrators:",
        "  - {key: chair, title: Chair, organisation: council, holder: {email: chair@example.org}}\n"
        "  - {key: vacant, title: Vacant post, organisation: council}\nadministrators:",
    )
    with kept_database.write(workspace=T) as session:
        ensure_workspace(session, T, NOW)
        store_plan(session, T, read_plan(plan, "plan.yaml"), NOW)
        yield session
        session.rollback()


def seen(session: Session, *accounts: AccountSeen) -> None:
    remember(session, T, accounts, NOW)


def roles(session: Session, user: str, day: date = TODAY, team: str = T) -> Roles:
    return roles_of(session, T, Actor(team, user), day)


def by_email(session: Session, email: str) -> Person:
    return session.scalars(select(Person).where(Person.email == email)).one()


# -- the cached directory ------------------------------------------------------------------------------------------


def test_people_of_the_plan_are_linked_by_address_whatever_its_letters(session: Session) -> None:
    seen(session, AccountSeen(T, "U0CHAIR", "Ann Chair", "Chair@Example.ORG"), AccountSeen(T, "U0OTHER", "Other", ""))
    chair = by_email(session, "chair@example.org")
    assert (chair.slack_team, chair.slack_user, chair.name) == (T, "U0CHAIR", "Ann Chair")
    assert [p.slack_user for p in session.scalars(select(Person)) if p.slack_user == "U0OTHER"] == []


def test_a_slack_id_in_the_plan_goes_before_an_address(session: Session) -> None:
    seen(session, AccountSeen(T, "U0IMPOST", "Somebody", "head@example.org"), AccountSeen(T, "U0HEADEDU", "Head", ""))
    head = by_email(session, "head@example.org")
    assert (head.slack_user, head.slack_team, head.name) == ("U0HEADEDU", T, "Head")
    assert not roles(session, "U0IMPOST").named


def test_an_account_is_kept_once_and_follows_its_changes(session: Session) -> None:
    seen(session, AccountSeen(T, "U0HEADEDU", "Old name", "old@example.org"))
    seen(session, AccountSeen(T, "U0HEADEDU", "New name", "new@example.org", is_guest=True))
    (row,) = session.scalars(select(Account))
    assert (row.name, row.email, row.is_guest, row.seen_at) == ("New name", "new@example.org", True, NOW)
    assert known_actors(session, T, [Actor(T, "U0HEADEDU")])


def test_of_somebody_outside_the_plan_the_id_alone_is_kept_until_they_are_asked_for(session: Session) -> None:
    somebody = AccountSeen(T, "U0OTHER", "Old name", "old@example.org", is_guest=True)
    seen(session, somebody)
    (row,) = session.scalars(select(Account))
    assert (row.name, row.email, row.is_guest) == ("", "", True)
    assert not is_news(session, replace(somebody, name="New name", email="new@example.org"))
    assert is_news(session, replace(somebody, is_guest=False))
    remember(session, T, [somebody], NOW, asked_for=True)
    assert (row.name, row.email) == ("Old name", "old@example.org")
    assert is_news(session, replace(somebody, name="New name"))
    seen(session, replace(somebody, name="New name"))
    assert (row.name, row.seen_at) == ("New name", NOW)
    assert tidy(session, NOW + timedelta(30), TODAY, KeptDays()).names == 0
    assert tidy(session, NOW + timedelta(31), TODAY, KeptDays()).names == 1
    session.refresh(row)
    assert (row.name, row.email, row.user) == ("", "", "U0OTHER")
    assert tidy(session, NOW + timedelta(500), TODAY, KeptDays()) == TidyCounts()


def test_an_id_alone_is_told_from_others(session: Session) -> None:
    seen(session, AccountSeen(T, "U0OTHER", "Old name", "old@example.org"))
    ours = Actor(T, "U0OTHER")
    assert known_actors(session, T, [ours, Actor("T0POLICE", "U0OTHER")]) == {ours}


def test_a_closed_account_makes_its_person_unreachable_until_it_is_opened_again(session: Session) -> None:
    seen(session, AccountSeen(T, "U0HEADEDU", "Head", "head@example.org", is_deleted=True))
    head = by_email(session, "head@example.org")
    assert head.unreachable == "account closed"
    assert not roles(session, "U0HEADEDU").named
    seen(session, AccountSeen(T, "U0HEADEDU", "Head", "head@example.org"))
    assert head.unreachable == ""
    assert roles(session, "U0HEADEDU").named


def test_an_address_that_moved_on_to_a_new_account_takes_the_person_with_it(session: Session) -> None:
    seen(session, AccountSeen(T, "U0HEADEDU", "Head", "head@example.org", is_deleted=True))
    head = by_email(session, "head@example.org")
    head.channel = "D0OLD"
    seen(session, AccountSeen(T, "U0NEWHEAD", "Head", "head@example.org"))
    assert (head.slack_user, head.channel, head.unreachable) == ("U0NEWHEAD", "", "")
    assert roles(session, "U0NEWHEAD").named
    assert not roles(session, "U0HEADEDU").named


@pytest.mark.parametrize("closed_first", [True, False])
def test_of_a_closed_and_an_open_account_with_one_address_the_open_one_is_linked(
    session: Session, closed_first: bool
) -> None:
    accounts = [
        AccountSeen(T, "U0OLDCHAIR", "Chair", "chair@example.org", is_deleted=True),
        AccountSeen(T, "U0NEWCHAIR", "Chair", "chair@example.org"),
    ]
    seen(session, *(accounts if closed_first else reversed(accounts)))
    chair = by_email(session, "chair@example.org")
    assert (chair.slack_user, chair.unreachable) == ("U0NEWCHAIR", "")


def test_an_account_without_an_address_is_linked_to_nobody_without_one(session: Session) -> None:
    session.add(Person(workspace_id=T, name="Nobody's account"))
    session.flush()
    seen(session, AccountSeen(T, "U0BOTUSER", "A bot", "", is_bot=True))
    assert session.scalars(select(Person).where(Person.slack_user == "U0BOTUSER")).all() == []


# -- membership ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "membership"),
    [
        (AccountSeen(T, "U0X", "X"), Membership.MEMBER),
        (AccountSeen(T, "U0X", "X", is_guest=True), Membership.GUEST),
        (AccountSeen("T0POLICE", "U0X", "X"), Membership.STRANGER),
        (AccountSeen(T, "U0X", "X", is_deleted=True), Membership.STRANGER),
    ],
)
def test_what_an_account_is_in_its_workspace(session: Session, account: AccountSeen, membership: Membership) -> None:
    seen(session, account)
    assert roles(session, "U0X", team=account.team).membership is membership


def test_an_account_nobody_has_seen_is_a_stranger_without_roles(session: Session) -> None:
    assert roles(session, "U0NOBODY") == Roles(Actor(T, "U0NOBODY"), Membership.STRANGER)


def test_an_account_of_another_workspace_does_not_inherit_a_person(session: Session) -> None:
    seen(session, AccountSeen(T, "U0HEADEDU", "Head"))
    assert roles(session, "U0HEADEDU").named
    assert not roles(session, "U0HEADEDU", team="T0POLICE").named
    assert not roles_of(session, "T0POLICE", Actor(T, "U0HEADEDU"), TODAY).named


def test_a_guest_who_is_named_in_the_plan_keeps_the_roles_it_gives(session: Session) -> None:
    seen(session, AccountSeen(T, "U0HEADEDU", "Head", is_guest=True))
    found = roles(session, "U0HEADEDU")
    assert found.membership is Membership.GUEST
    assert found.named


# -- roles ---------------------------------------------------------------------------------------------------------


def test_roles_add_up(session: Session) -> None:
    seen(session, AccountSeen(T, "U0HEADEDU", "Head"), AccountSeen(T, "U0CHAIR", "Chair", "chair@example.org"))
    (board,) = session.scalars(select(Board.id))
    head, chair = roles(session, "U0HEADEDU"), roles(session, "U0CHAIR")
    nothing: frozenset[int] = frozenset()
    assert (head.secretary_of, head.chair_of, head.is_administrator) == (frozenset({board}), nothing, False)
    assert (chair.secretary_of, chair.chair_of) == (nothing, frozenset({board}))
    assert head.posts == tuple(session.scalars(select(Post.id).where(Post.key == "head-of-education")))
    assert head.signature() == "Head of Education, The Council"


@pytest.mark.parametrize(
    ("day", "acts"),
    [(BEFORE, False), (date(2020, 8, 10), True), (TODAY, True), (date(2020, 8, 28), True), (AFTER, False)],
)
def test_a_deputy_acts_between_two_days_both_included(session: Session, day: date, acts: bool) -> None:
    seen(session, AccountSeen(T, "U0DEPUTY", "Deputy", "deputy@example.org"))
    assert bool(roles(session, "U0DEPUTY", day).posts) is acts
    assert roles(session, "U0DEPUTY", day).named is acts


@pytest.mark.parametrize(("until", "chairs"), [(None, True), (TODAY, True), (date(2020, 8, 16), False)])
def test_a_chair_chairs_until_the_last_day(session: Session, until: date | None, chairs: bool) -> None:
    seen(session, AccountSeen(T, "U0CHAIR", "Chair", "chair@example.org"))
    session.scalars(select(Board)).one().chair_until = until
    session.flush()
    assert bool(roles(session, "U0CHAIR").chair_of) is chairs


def test_an_entry_is_signed_for_its_post_else_for_the_first_and_never_by_name(session: Session) -> None:
    found = Roles(Actor(T, "U0X"), Membership.MEMBER, name="Ann", titles=((1, "Head, Council"), (2, "Lead, Council")))
    assert found.signature(2) == "Lead, Council"
    assert found.signature(3) == found.signature() == "Head, Council"
    assert Roles(Actor(T, "U0X"), Membership.MEMBER, name="Ann", is_administrator=True).signature() == "Administrator"


def test_a_deputy_signs_as_one(session: Session) -> None:
    seen(session, AccountSeen(T, "U0DEPUTY", "Deputy", "deputy@example.org"))
    assert roles(session, "U0DEPUTY").signature() == "Deputy for Head of Education, The Council"


# -- for the command line ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "email"),
    [
        ("U0HEADEDU", "head@example.org"),
        ("HEAD@example.org", "head@example.org"),
        ("head-of-education", "head@example.org"),
        ("head OF education", "head@example.org"),
        ("Head of Education, The Council", "head@example.org"),
        ("Chair", "chair@example.org"),
        ("Deputy", "deputy@example.org"),
    ],
)
def test_somebody_is_found_by_id_address_key_title_or_name(session: Session, who: str, email: str) -> None:
    found = find_person(session, who)
    assert found is not None
    assert found.email == email


@pytest.mark.parametrize("who", ["", " ", "nobody", "U0", "%"])
def test_nobody_is_found_by_anything_else(session: Session, who: str) -> None:
    assert find_person(session, who) is None


def test_nobody_is_found_in_another_workspace(session: Session) -> None:
    elsewhere = WorkspaceSession(session.connection())
    scope_to(elsewhere, "T0OTHER")
    assert find_person(session, "U0HEADEDU") is not None
    assert find_person(elsewhere, "U0HEADEDU") is None


def test_a_vacant_post_is_said_to_be_vacant(session: Session) -> None:
    with pytest.raises(Refusal, match="Vacant post, The Council is vacant"):
        find_person(session, "vacant post")


SHAPES = ["", " ", "%", "_", "T0COUNCI_", "t0council", "T0COUNCIL ", " T0COUNCIL", "T0COUNCIL T0HOME", "T0STRANGE",
          "E0STRANGE",           "T0COUNCIL%", "*", "'", "T0COUNCIL' OR 1=1 --", "null", "T0COUNCIL\n"]  # fmt: skip
"""Teams that are nobody's here, some of them much like one that is."""


@pytest.mark.parametrize("team", SHAPES)
def test_a_team_that_is_not_exactly_one_of_an_accounts_makes_a_stranger_of_it(session: Session, team: str) -> None:
    seen(session, AccountSeen(T, "U0HEADEDU", "Head", "head@example.org", also=("T0HOME", "E0GRID")))
    for known in (T, "T0HOME", "E0GRID"):
        assert roles(session, "U0HEADEDU", team=known).named
    given = roles(session, "U0HEADEDU", team=team)
    assert (given.membership, given.named) == (Membership.STRANGER, False)
    assert known_actors(session, T, [Actor(team, "U0HEADEDU")]) == set()


@pytest.mark.parametrize(
    "user", ["u0headedu", "U0HEADEDU ", " U0HEADEDU", "U0HEADED_", "%", "", "W0HEADEDU", "U0HEADEDU'"]
)
def test_an_id_that_is_not_exactly_an_accounts_is_a_strangers(session: Session, user: str) -> None:
    seen(session, AccountSeen(T, "U0HEADEDU", "Head", "head@example.org"))
    for team in (T, "T0STRANGE"):
        assert not roles(session, user, team=team).named
        assert known_actors(session, T, [Actor(team, user)]) == set()
