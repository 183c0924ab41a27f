"""Somebody is erased: nothing of them is left but a number, the record still checks, and Slack is put right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.personal_data.naming import NameFinder
from tests.bot.cli.support import call, change, dump, query
from tests.bot.slack.e2e import as_plan, example, message_with, read, when
from tests.local_slack import Sandbox, open_sandbox

NAME, EMAIL, USER, SECRETARY, NEXT = "Zażółć Gęślą", "zazolc@example.org", "U0HEADEDU", "U0DEMSERV", "U0EARLYHP"


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[Sandbox]:
    """A lead who was asked, answered, was named by others, was away, and left."""
    plan = example()
    post = next(one for one in plan["posts"] if one["key"] == "head-of-education")
    post["holder"] = {"name": NAME, "email": EMAIL, "slack": USER}
    sandbox = open_sandbox(tmp_path / "plan.db", when(8, 10), plan=as_plan(plan))
    sandbox.advance(when(8, 17, 18))
    sandbox.say(USER, "healthy-5 on track, two advisors recruited")
    sandbox.say(USER, "quiet until 21 Aug")
    sandbox.command(USER, "mine")
    sandbox.workspace.open_home(USER)
    sandbox.command(SECRETARY, f"update healthy-9 on track, as {NAME} said")
    sandbox.command(SECRETARY, "people Head of Education")
    sandbox.say(SECRETARY, "people Head of Education")
    sandbox.workspace.deactivate(USER)
    sandbox.advance(when(8, 19, 18))
    yield sandbox
    sandbox.close()


def erase(sandbox: Sandbox, *more: str) -> str:
    done = call("person", "erase", *more, "--db", sandbox.database.path or "")
    assert (done.code, done.err) == (0, ""), done
    return done.out


def hand_over(sandbox: Sandbox) -> None:
    assert "holds Head of Education" in read(sandbox.command(SECRETARY, f"handover Head of Education to <@{NEXT}>"))


def left_in(path: Path) -> list[str]:
    finder = NameFinder([NAME, EMAIL, USER, "D0HEADEDU"])
    return [line for line in dump(path) if finder.stands_in(line)]


def test_an_erased_person_is_a_number_the_record_checks_and_others_messages_change(lived: Sandbox) -> None:
    path = lived.database.path
    assert path is not None
    assert NAME in read(message_with(lived, SECRETARY, "left"))
    hand_over(lived)
    lived.tick()
    said = erase(lived, NAME.upper(), "--yes")
    number = query(path, "SELECT id FROM person WHERE name = '' AND email = ''")
    assert len(number) == 1
    assert f"Erased. What they wrote stands under their posts and number {number[0][0]}" in said
    # Words of an entry are in its chain: they are listed, and a redaction empties them.
    assert "Entry 1 of healthy-9 names them: “/cypp redact healthy-9 1 because …” empties its words." in said
    assert {line.split()[2].strip('"') for line in left_in(path)} == {"action_update"}
    assert read(lived.command(SECRETARY, "redact healthy-9 1 because it names somebody")).startswith("Redacted")
    lived.tick()
    assert left_in(path) == []
    assert call("audit", "--db", path).code == 0
    history = read(lived.command(SECRETARY, "history healthy-5"))
    assert "Head of Education, Sefton Council: on track. “two advisors recruited”" in history
    # The bot's own conversation with them is listed, message by message; every other one was changed in place.
    conversation = lived.workspace.dm(USER)
    shown = [one for one in said.splitlines() if one.startswith("Slack still shows: ")]
    posted = {message.ts for message in conversation if message.user != USER and not message.ephemeral}
    assert posted <= {line.split()[4] for line in shown}
    assert all(line.split()[5].startswith("https://slack.com/archives/") for line in shown)
    finder = NameFinder([NAME, EMAIL])
    told = [read(one) for one in lived.workspace.dm(SECRETARY) if one.user != SECRETARY and not one.ephemeral]
    assert any("[erased]" in one for one in told)
    assert [one for one in told if finder.stands_in(one)] == []


def test_what_they_did_that_is_not_worked_yet_goes_and_what_others_did_stays(lived: Sandbox) -> None:
    hand_over(lived)
    path = lived.database.path
    assert path is not None
    kept = json.dumps({"user": "U0OTHER01", "text": f"handover to <@{USER}>"})
    for key, payload in (("theirs", json.dumps({"user": {"id": USER}, "text": "mine"})), ("others", kept)):
        change(path, "INSERT INTO accepted (workspace_id, key, kind, payload, at) VALUES ('T0DEMO', ?, 'later', ?, ?)",
               key, payload, "2020-08-19 17:00:00.000000")  # fmt: skip
    erase(lived, USER, "--yes")
    assert query(path, "SELECT payload FROM accepted") == [(kept,)]


def test_nothing_brings_them_back_and_who_comes_back_starts_anew(lived: Sandbox) -> None:
    hand_over(lived)
    path = lived.database.path
    assert path is not None
    erase(lived, USER, "--yes")
    left = left_in(path)
    lived.bot.deps.directory.read_all()
    lived.workspace.change_user(USER)
    assert query(path, "SELECT user, name, email FROM account WHERE user = ?", USER) == [(USER, "", "")]
    assert len(left_in(path)) == len(left) + 1, "their id in the member list"
    lived.workspace.change_user(USER, deleted=False)
    assert "You lead no action" in read(lived.command(USER, "mine"))
    assert "holds Head of Education" in read(lived.command(SECRETARY, f"handover Head of Education to <@{USER}>"))
    people = query(path, "SELECT name, email, slack_user FROM person WHERE slack_user = ? OR name = ''", USER)
    assert sorted(people) == [("", "", ""), (NAME, EMAIL, USER)]


def test_erasing_again_writes_nothing(lived: Sandbox) -> None:
    hand_over(lived)
    path = lived.database.path
    assert path is not None
    erase(lived, EMAIL, "--yes")
    before = dump(path)
    ((number,),) = query(path, "SELECT id FROM person WHERE name = '' AND email = ''")
    for who in (EMAIL, EMAIL.upper(), USER, USER.lower(), "W0NEVERWAS", str(number)):
        said = erase(lived, who, "--yes")
        assert len(said.splitlines()) == 1
        assert "nothing was erased" in said or f"Number {number} was erased on" in said
    assert dump(path) == before
    assert "Nothing is held about “Zażółć Gęślą”" in call("person", "erase", NAME, "--yes", "--db", path).sentence()


def test_who_holds_a_post_is_refused_until_it_is_passed_on_or_left(lived: Sandbox) -> None:
    path = lived.database.path
    assert path is not None
    before = dump(path)
    refused = call("person", "erase", USER, "--yes", "--db", path).sentence()
    assert "still acts for Head of Education, Sefton Council: pass that on first" in refused
    assert dump(path) == before
    erase(lived, USER, "--yes", "--vacate")
    assert {line.split()[2].strip('"') for line in left_in(path)} == {"action_update"}
    assert "vacant" in read(lived.command(SECRETARY, "people Head of Education"))


def test_nothing_is_erased_that_nobody_confirmed(lived: Sandbox) -> None:
    hand_over(lived)
    path = lived.database.path
    assert path is not None
    before = dump(path)
    for answer in ("", "n\n", "no\n"):
        refused = call("person", "erase", USER, "--db", path, answer=answer)
        assert refused.code == 1
        assert "Nothing was erased" in refused.err
    assert dump(path) == before
    assert call("person", "erase", USER, "--db", path, answer="y\n").code == 0
    assert {line.split()[2].strip('"') for line in left_in(path)} == {"action_update"}


def test_the_only_administrator_is_not_erased(lived: Sandbox) -> None:
    path = lived.database.path
    assert path is not None
    assert (
        "is the only administrator"
        in call("person", "erase", "U0ICTADMIN", "--yes", "--vacate", "--db", path).sentence()
    )


def test_the_heads_that_a_secretary_was_sent_are_compared_after_they_are_erased(tmp_path: Path) -> None:
    plan = example()
    post = next(one for one in plan["posts"] if one.get("holder", {}).get("slack") == SECRETARY)
    post["holder"]["name"] = NAME
    sandbox = open_sandbox(tmp_path / "plan.db", when(8, 10), plan=as_plan(plan))
    try:
        sandbox.advance(when(9, 17, 18))
        sandbox.command(SECRETARY, "done")
        sandbox.say(SECRETARY, "digest partnership")
        sandbox.advance(when(9, 28, 18))
        path = sandbox.database.path
        assert path is not None
        count = "SELECT count(*) FROM (SELECT payload FROM message_part UNION ALL SELECT payload FROM spoken) " \
                "WHERE payload LIKE '%Record so far: %'"  # fmt: skip
        heads = query(path, count)
        assert heads > [(0,)]
        sandbox.command("U0ICTADMIN", f"handover {post['title']} to <@{NEXT}>")
        sandbox.tick()
        assert "Erased." in erase(sandbox, NAME, "--yes")
        assert query(path, count) >= heads
        assert call("audit", "--db", path).code == 0
        sandbox.advance(when(10, 20, 18))
        assert call("audit", "--db", path).code == 0
        theirs = (
            "SELECT DISTINCT state FROM message WHERE recipient = (SELECT 'person:' || id FROM person WHERE email = '')"
        )
        assert {state for (state,) in query(path, theirs)} <= {"cancelled", "sent"}
    finally:
        sandbox.close()


def test_nobody_is_erased_while_they_are_being_written_to(lived: Sandbox) -> None:
    hand_over(lived)
    path = lived.database.path
    assert path is not None
    change(path, "UPDATE message SET state = 'claimed' WHERE recipient = (SELECT 'person:' || id FROM person "
                 "WHERE slack_user = ?)", USER)  # fmt: skip
    before = dump(path)
    assert "is being sent at this moment" in call("person", "erase", USER, "--yes", "--db", path).sentence()
    assert dump(path) == before
