"""`cypp people`: who of the plan has an account, by address or by hand; administrators for a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.cli.support import call, change, dump, query, tokens
from tests.local_slack import Fault, LocalWorkspace


def person(database: Path, email: str) -> tuple[object, ...]:
    ((*found,),) = query(database, "SELECT slack_user, unreachable, channel FROM person WHERE email = ?", email)
    return tuple(found)


def test_without_slack_it_lists_who_is_left(plan: Path) -> None:
    done = call("people", "--db", plan)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "Slack was not asked: SLACK_BOT_TOKEN is not set."
    assert "of the plan linked to accounts." in lines[1]
    assert "Superintendent, Sefton (Superintendent, Sefton, Merseyside Police): no e-mail address on record" in done.out
    assert "Environmental Health Manager, Sefton Council: vacant" in done.out
    assert lines[-1].startswith("By hand: cypp people link WHO SLACK_ID.")


def test_somebody_is_linked_by_hand_and_unlinked(plan: Path) -> None:
    done = call("people", "link", "Superintendent, Sefton", "U0POLICE1", "--db", plan)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == "Superintendent, Sefton is linked to U0POLICE1 now."
    assert "Superintendent" not in call("people", "--db", plan).out
    done = call("people", "unlink", "U0POLICE1", "--db", plan)
    assert done.out == "Superintendent, Sefton is not linked to U0POLICE1 any more.\n"
    assert (
        "Superintendent, Sefton (Superintendent, Sefton, Merseyside Police): unlinked by hand"
        in call("people", "--db", plan).out
    )


def test_the_database_may_be_named_before_the_word(plan: Path) -> None:
    assert call("people", "--db", plan, "link", "head.education@example.org", "U0NEWHEAD").code == 0
    assert person(plan, "head.education@example.org") == ("U0NEWHEAD", "", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("link", "Head of Education", "head"), "“head” is no Slack ID (like U0HEADEDU)"),
        (("link", "Head of Education", "U0DEMSERV"), "U0DEMSERV is linked to Democratic Services Officer: say"),
        (("link", "Head of Nothing", "U0NEWHEAD"), "Nobody in the plan is “Head of Nothing”"),
        (("link", "Environmental Health Manager", "U0NEWHEAD"), "is vacant"),
        (("unlink", "Superintendent, Sefton, Merseyside Police"), "is linked to no account"),
    ],
)
def test_what_cannot_be_linked_is_said_and_nothing_changes(plan: Path, words: tuple[str, ...], said: str) -> None:
    before = dump(plan)
    assert said in call("people", *words, "--db", plan).sentence()
    assert dump(plan) == before


def test_accounts_are_linked_by_address_and_a_link_that_was_taken_away_stays_away(plan: Path) -> None:
    change(plan, "UPDATE person SET slack_user = '' WHERE email IN ('head.education@example.org', 'ccg@example.org')")
    change(plan, "UPDATE person SET slack_user = '' WHERE email = 'communications@example.org'")
    with LocalWorkspace(team_id="T0REAL", team_name="The Council") as slack:
        slack.add_user("U0NEWHEAD", "Head", email="Head.Education@example.org")
        slack.add_user("U0OTHER", "Another", email="another@example.org")
        done = call("people", "--db", plan, env=tokens(slack))
        assert (done.code, done.err) == (0, "")
        assert "accounts in Slack." in done.out
        assert person(plan, "head.education@example.org")[0] == "U0NEWHEAD"
        assert "no account with the address communications@example.org" in done.out
        assert call("people", "unlink", "U0NEWHEAD", "--db", plan).code == 0
        assert (
            "Head of Education, Sefton Council): unlinked by hand"
            in call("people", "--db", plan, env=tokens(slack)).out
        )
        slack.faults.add("users.list", Fault.error("internal_error"), times=50)
        assert "The member list could not be read" in call("people", "--db", plan, env=tokens(slack)).sentence()


# -- administrators for a time


def test_an_administrator_may_be_made_for_a_time(plan: Path) -> None:
    done = call("admin", "add", "U0TEMPADM", "--until", "2099-12-31", "--db", plan)
    assert "is too far from now" in done.sentence()
    done = call("admin", "add", "U0TEMPADM", "--until", "31 Dec", "--db", plan)
    assert done.code == 0
    assert done.out.startswith("U0TEMPADM is an administrator now, until ")
    ((last,),) = query(plan, "SELECT administrator_until FROM person WHERE slack_user = 'U0TEMPADM'")
    assert str(last).endswith("-12-31")
    assert call("admin", "add", "U0TEMPADM", "--db", plan).out == "U0TEMPADM is an administrator now.\n"


@pytest.mark.parametrize("day", ["31 Feb 2030", "soon", "1 Jan 2020"])
def test_a_last_day_that_is_none_or_past_is_refused(plan: Path, day: str) -> None:
    before = dump(plan)
    assert "othing was changed" in call("admin", "add", "U0TEMPADM", "--until", day, "--db", plan).sentence()
    assert dump(plan) == before
