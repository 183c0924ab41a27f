"""Who the accounts are: the member list read in pages, e-mail links, one look at an unknown actor, people who leave."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from bot.slack.directory import Directory, account_seen, reading_client
from models.plan.accounts import Actor, roles_of
from models.storage.scope import ALL
from models.storage.tables import Account, Person
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ADMIN,
    CHANNEL,
    EDUCATION,
    GUEST,
    HEALTH,
    MEMBER,
    NOTHING_SHOWN,
    SECRETARY,
    STRANGER,
    UNKNOWN,
    OpenAt,
    as_plan,
    entries,
    example,
    forge,
    message_with,
    read,
    when,
)
from tests.local_slack import Fault, Sandbox

USERS_INFO, USERS_LIST = "users.info", "users.list"


def directory(sandbox: Sandbox) -> Directory:
    """A directory of this sandbox's workspace."""
    client = reading_client(sandbox.workspace.bot_token, sandbox.workspace.api_url)
    return Directory(client, sandbox.database, "T0DEMO", sandbox.clock)


def account(sandbox: Sandbox, user: str) -> Account | None:
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Account).where(Account.user == user)).first()


def person(sandbox: Sandbox, email: str) -> Person:
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Person).where(Person.email == email)).one()


def looks(sandbox: Sandbox, user: str) -> int:
    return sum(call.args.get("user") == user for call in sandbox.workspace.calls_of(USERS_INFO))


def without_slack_id(email: str) -> dict[str, object]:
    """The example plan where one holder is known by e-mail address alone."""
    plan = example()
    holder = next(post["holder"] for post in plan["posts"] if post.get("holder", {}).get("email") == email)
    del holder["slack"]
    return plan


def test_the_member_list_is_read_over_all_its_pages(calm: Sandbox) -> None:
    sandbox = calm
    for number in range(450):
        sandbox.workspace.add_user(f"U0MANY{number:03d}", f"Member {number}", email=f"m{number}@example.org")
    sandbox.workspace.forget_calls()
    count = directory(sandbox).read_all()
    assert count >= 450
    assert len(sandbox.workspace.calls_of(USERS_LIST)) >= 3
    assert account(sandbox, "U0MANY000") is not None
    assert account(sandbox, "U0MANY449") is not None


def test_a_rate_limit_on_the_member_list_is_waited_for(calm: Sandbox) -> None:
    sandbox = calm
    sandbox.workspace.faults.add(USERS_LIST, Fault.ratelimited(1))
    assert directory(sandbox).read_all() > 10


def test_somebody_known_by_email_is_linked_and_may_answer(open_at: OpenAt) -> None:
    plan = as_plan(without_slack_id("head.education@example.org"))
    sandbox = open_at(when(8, 27), plan=plan)
    assert person(sandbox, "head.education@example.org").slack_user == ""
    sandbox.workspace.add_user("U0NEWACC", "Head of Ed", email="Head.Education@Example.org")
    directory(sandbox).read_all()
    linked = person(sandbox, "head.education@example.org")
    assert (linked.slack_user, linked.slack_team) == ("U0NEWACC", "T0DEMO")
    assert "Recorded for healthy-5: on track." in read(sandbox.command("U0NEWACC", "update healthy-5 on track"))


def test_somebody_who_joins_later_is_linked_when_they_first_turn_up(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 27), plan=as_plan(without_slack_id("head.education@example.org")))
    sandbox.workspace.add_user("U0NEWACC", "Head of Ed", email="head.education@example.org")
    assert "You answer for 5 open actions" in read(sandbox.command("U0NEWACC", "mine"))


def test_an_email_that_is_taken_by_an_account_already_is_not_taken_over(calm: Sandbox) -> None:
    sandbox = calm
    sandbox.workspace.add_user("U0IMPOST", "Somebody Else", email="head.education@example.org")
    shown = read(sandbox.command("U0IMPOST", "update healthy-5 on track"))
    assert "healthy-5 is led by Head of Education" in shown
    assert person(sandbox, "head.education@example.org").slack_user == EDUCATION


def test_an_unknown_actor_is_looked_up_once(calm: Sandbox) -> None:
    sandbox = calm
    add_others(sandbox)
    for typed in ("status", "mine", "overdue"):
        assert not read(sandbox.command(MEMBER, typed)).startswith(NOTHING_SHOWN)
    assert looks(sandbox, MEMBER) == 1
    assert looks(sandbox, EDUCATION) == 0, "the member list had them"


def test_a_guest_is_known_as_one_when_first_met(calm: Sandbox) -> None:
    sandbox = calm
    add_others(sandbox)
    assert read(sandbox.command(GUEST, "status")).startswith(NOTHING_SHOWN)
    seen = account(sandbox, GUEST)
    assert seen is not None
    assert seen.is_guest


def test_a_guest_whom_the_plan_names_counts_by_the_role(calm: Sandbox) -> None:
    sandbox = calm
    sandbox.workspace.change_user(EDUCATION, is_restricted=True)
    assert "You answer for 5 open actions" in read(sandbox.command(EDUCATION, "mine"))
    assert "Recorded for healthy-5" in read(sandbox.command(EDUCATION, "update healthy-5 on track"))


def test_a_stranger_stays_a_stranger(calm: Sandbox) -> None:
    sandbox = calm
    add_others(sandbox)
    for _ in range(2):
        assert read(forge(sandbox, STRANGER, "ask", "status p7", CHANNEL).messages[-1]).startswith(NOTHING_SHOWN)
    seen = account(sandbox, STRANGER)
    assert seen is not None
    assert seen.team == "T0POLICE"
    assert looks(sandbox, STRANGER) == 1


def test_an_account_that_slack_does_not_show_stays_a_stranger_and_is_not_remembered(calm: Sandbox) -> None:
    sandbox = calm
    add_others(sandbox)
    assert read(sandbox.command(UNKNOWN, "status")).startswith(NOTHING_SHOWN)
    assert account(sandbox, UNKNOWN) is None
    sandbox.workspace.faults.clear()
    assert read(sandbox.command(UNKNOWN, "status")).startswith("My Sefton 2020–2025")


def test_a_partners_member_who_leads_an_action_may_press_and_write(calm: Sandbox) -> None:
    sandbox = calm
    sandbox.workspace.change_user(HEALTH, team_id="T0TRUST")
    assert person(sandbox, "public.health@example.org").slack_team == "T0TRUST"
    assert "Recorded for healthy-4: on track." in read(sandbox.say(HEALTH, "healthy-4 on track, all three drafted"))
    assert len(entries(sandbox, "healthy-4")) == 1


def test_a_stranger_who_says_to_be_of_this_workspace_is_a_stranger() -> None:
    seen = account_seen({"id": "U0X", "team_id": "T0DEMO", "is_stranger": True}, "T0DEMO")
    assert seen.team != "T0DEMO"


def test_who_leaves_is_unreachable_and_the_secretary_gets_the_email_text(open_at: OpenAt) -> None:
    sandbox = open_at(when(9, 1, 9))
    sandbox.workspace.deactivate(EDUCATION)
    assert person(sandbox, "head.education@example.org").unreachable == "account closed"
    seen = account(sandbox, EDUCATION)
    assert seen is not None
    assert seen.is_deleted
    sandbox.advance(when(9, 2, 9, 30))
    assert [one for one in sandbox.workspace.dm(EDUCATION) if one.metadata] == []
    assert [one for one in sandbox.workspace.dm(HEALTH) if one.metadata]
    told = read(message_with(sandbox, SECRETARY, "Wed 16 Sep 2020: no update received on"))
    assert "To: head.education@example.org" in told
    assert "- healthy-5: Act on the emotional health survey" in told


def test_who_comes_back_is_reachable_again(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 9))
    sandbox.workspace.deactivate(EDUCATION)
    sandbox.workspace.change_user(EDUCATION, deleted=False)
    assert person(sandbox, "head.education@example.org").unreachable == ""
    sandbox.advance(when(8, 17, 9, 30))
    assert [one for one in sandbox.workspace.dm(EDUCATION) if one.metadata]


def test_the_administrator_is_told_in_place_of_a_secretary_who_left(calm: Sandbox) -> None:
    sandbox = calm
    sandbox.workspace.deactivate(SECRETARY)
    sandbox.command(HEALTH, "not ours healthy-4 ask the police")
    assert "says it is not theirs" in read(message_with(sandbox, ADMIN, "healthy-4: "))


def test_a_changed_name_and_address_are_followed(calm: Sandbox) -> None:
    sandbox = calm
    sandbox.workspace.change_user(EDUCATION, name="New Name", email="new@example.org")
    seen = account(sandbox, EDUCATION)
    assert seen is not None
    assert (seen.name, seen.email) == ("New Name", "new@example.org")
    assert "You answer for 5 open actions" in read(sandbox.command(EDUCATION, "mine")), "the link is to the account"


def test_an_actor_is_a_team_and_a_user(calm: Sandbox) -> None:
    sandbox = calm
    with sandbox.database.read(ALL) as session:
        today = when(8, 27).date()
        assert roles_of(session, "T0DEMO", Actor("T0DEMO", EDUCATION), today).posts
        assert not roles_of(session, "T0DEMO", Actor("T0EVIL", EDUCATION), today).posts


def test_a_lead_whom_the_directory_does_not_know_has_no_roles_whatever_the_id(calm: Sandbox) -> None:
    sandbox = calm
    with sandbox.database.write(workspace=ALL) as session:
        session.execute(delete(Account).where(Account.user == EDUCATION))
        session.execute(update(Person).where(Person.slack_user == EDUCATION).values(slack_team=""))
    sandbox.workspace.faults.add("users.info", Fault.error("user_not_found"), times=100)
    assert "Recorded" not in read(sandbox.command(EDUCATION, "update healthy-5 on track"))
    assert entries(sandbox, "healthy-5") == []
    sandbox.workspace.faults.clear()
    assert "Recorded for healthy-5" in read(sandbox.command(EDUCATION, "update healthy-5 on track"))
