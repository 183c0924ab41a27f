"""`cypp ask`: the path a slash command takes, from the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from tests.bot.cli.support import CHAIR, EDUCATION, EXAMPLE, SECRETARY, Ran, call, change, dump, query, run
from tests.local_slack import Sandbox, open_sandbox

NOW = datetime(2020, 8, 20, 9, tzinfo=UTC)
UPDATE = "update healthy-5 on track, two advisors recruited"
UPDATES = "SELECT status, words, signature, way, at FROM action_update"


def ask(database: Path, who: str, *words: str) -> Ran:
    return call("ask", "--db", database, "--as", who, *words)


def flat(done: Ran) -> str:
    return " ".join(done.out.split())


# -- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    [
        EDUCATION,
        "u0headedu",
        "head.education@example.org",
        "HEAD.education@example.org",
        "Head of Education",
        "head of education",
        " Head of Education ",
        "head-of-education",
        "Head of Education, Sefton Council",
    ],
)
def test_somebody_is_named_by_slack_id_by_address_or_by_post(who: str, the_plan: Path) -> None:
    done = ask(the_plan, who, "mine")
    assert (done.code, done.err) == (0, "")
    assert "healthy-5" in done.out


def test_without_words_it_helps(the_plan: Path) -> None:
    assert ask(the_plan, EDUCATION).out.startswith("What you can ask of the action tracker.")


@pytest.mark.parametrize("who", ["nobody", "", " ", "U0NOBODY1", "nobody@example.org"])
def test_who_is_not_in_the_plan_is_refused(who: str, the_plan: Path) -> None:
    assert ask(the_plan, who, "status").sentence() == (
        f"Nobody in the plan is “{who}”: give a Slack ID, an e-mail address or a post’s title."
    )


def test_a_near_miss_of_a_post_gets_the_nearest_one(the_plan: Path) -> None:
    sentence = ask(the_plan, "Head of Educaton", "status").sentence()
    assert sentence.endswith("Did you mean Head of Education?")


def test_a_vacant_post_asks_nothing(the_plan: Path) -> None:
    sentence = ask(the_plan, "environmental-health-manager", "status").sentence()
    assert sentence == "Environmental Health Manager, Sefton Council is vacant: say who of the plan is meant instead."


def test_of_two_posts_with_one_title_the_organisation_says_which(tmp_path: Path) -> None:
    file, database = tmp_path / "plan.yaml", tmp_path / "plan.db"
    file.write_text(EXAMPLE.read_text().replace("title: Youth Forum Lead", "title: Head of Education"))
    assert call("import", file, "--db", database).code == 0
    sentence = ask(database, "Head of Education", "mine").sentence()
    assert sentence == (
        "Several posts are called “Head of Education”: say “Head of Education, Sefton Council” or "
        "“Head of Education, Alder Hey Children's NHS Foundation Trust”."
    )
    assert "healthy-5" in ask(database, "Head of Education, Sefton Council", "mine").out
    assert "healthy-5" not in ask(database, "youth-forum-lead", "mine").out


# -- the same answer as in Slack -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The unmodified bot, connected to the local workspace."""
    sandbox = open_sandbox(tmp_path_factory.mktemp("sandbox") / "plan.db", NOW)
    yield sandbox
    sandbox.close()


REFUSED = ("stauts", "update", "status <")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "status",
        "status priority 7",
        "status helthy 5",
        "mine",
        "overdue",
        "due 16 sep",
        "meetings",
        "digest",
        "help update",
        "stauts p7",
        "update heard-10 on track, somebody else's",
        "update healthy-99 on track, no such action",
        "update healthy-5 <!channel> *bold* `code`",
        "status <!channel> & \u202e\x1b[31m",
    ],
)
@pytest.mark.parametrize("who", [EDUCATION, CHAIR])
def test_the_payload_is_what_the_bot_acknowledges_in_slack_with_the_same_words(
    words: str, who: str, sandbox: Sandbox
) -> None:
    answered = sandbox.workspace.command(who, "/cypp", escape(words, quote=False))
    assert not answered.error
    (message,) = answered.messages
    done = call(
        "ask", "--db", sandbox.database.path or "", "--as", who, "--now", NOW.isoformat(), "--dry-run", "--json", words
    )
    refused = words.startswith(REFUSED) or (words == "digest" and who == EDUCATION)
    assert (done.code, bool(done.err)) == (int(refused), refused)
    payload = json.loads(done.out)
    assert set(payload) == {"response_type", "text", "blocks"}
    assert payload["response_type"] == "ephemeral"
    assert message.ephemeral
    assert payload["text"] == message.text
    # Slack gives each block an id of its own.
    shown = [{key: value for key, value in block.items() if key != "block_id"} for block in message.blocks]
    assert payload["blocks"] == shown


def test_text_and_payload_say_the_same(the_plan: Path) -> None:
    words = ("--now", "2020-08-20", "status", "priority", "7")
    text = ask(the_plan, CHAIR, *words).out
    payload = json.loads(ask(the_plan, CHAIR, "--json", *words).out)
    assert text.splitlines()[0].split(".")[0] in payload["text"]


# -- the clock and writing -----------------------------------------------------------------------------------------


def test_reads_may_be_asked_as_at_any_time_on_any_database(the_plan: Path) -> None:
    before = flat(ask(the_plan, CHAIR, "--now", "2020-08-20", "overdue"))
    after = flat(ask(the_plan, CHAIR, "--now", "2020-09-25 10:00", "overdue"))
    assert "heard-10" not in before
    assert "heard-10" in after


def test_writing_at_another_time_is_refused_unless_the_database_is_a_demonstrations(plan: Path) -> None:
    before = dump(plan)
    sentence = ask(plan, EDUCATION, "--now", "2020-08-17 11:05", UPDATE).sentence()
    assert "only for a demonstration: leave --now out, or add --dry-run." in sentence
    assert dump(plan) == before


def test_a_dry_run_answers_as_if_it_had_written_and_stores_nothing(plan: Path) -> None:
    before = dump(plan)
    for now in (("--now", "2020-08-17 11:05"), ()):
        done = ask(plan, EDUCATION, *now, "--dry-run", UPDATE)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("Recorded for healthy-5: on track.")
    assert dump(plan) == before


def test_without_a_time_it_is_written_now(plan: Path) -> None:
    began = datetime.now(UTC).replace(tzinfo=None)
    assert ask(plan, EDUCATION, UPDATE).out.startswith("Recorded for healthy-5: on track.")
    ((status, words, signature, way, at),) = query(plan, UPDATES)
    assert (status, words, way) == ("on track", "two advisors recruited", "command line")
    assert re.fullmatch(r"command line, by the account \S+, as Head of Education, Sefton Council", signature)
    assert began <= datetime.fromisoformat(at) <= datetime.now(UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("now", "stored"),
    [
        ("2020-08-17 11:05", "2020-08-17 10:05:00.000000"),
        ("2020-08-17", "2020-08-17 08:30:00.000000"),
        ("2020-11-17T11:05", "2020-11-17 11:05:00.000000"),
        ("2020-08-17T11:05+00:00", "2020-08-17 11:05:00.000000"),
        ("2020-08-17T11:05:30Z", "2020-08-17 11:05:30.000000"),
    ],
)
def test_on_a_demonstration_it_is_written_at_the_time_given_in_the_plans_zone(
    now: str, stored: str, demo: Path
) -> None:
    done = ask(demo, EDUCATION, "--now", now, UPDATE)
    assert (done.code, done.err) == (0, "")
    ((*_, at),) = query(demo, UPDATES)
    assert at == stored


NO_TIME = "no time: write it like 2020-08-17 or “2020-08-17 09:30”."
TOO_FAR = "too far off: a plan’s dates are from 2000 to 2100."


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("yesterday", NO_TIME),
        ("17/8/2020", NO_TIME),
        ("2020-08-17 25:00", NO_TIME),
        ("2020-02-30", NO_TIME),
        (" ", NO_TIME),
        ("1999-12-31", TOO_FAR),
        ("9999-12-31", TOO_FAR),
        ("0001-01-01", TOO_FAR),
    ],
)
def test_a_time_that_is_none_is_refused_with_what_was_typed(now: str, said: str, the_plan: Path) -> None:
    assert ask(the_plan, EDUCATION, "--now", now, "status").sentence() == f"“{now}” is {said}"


# -- who may -------------------------------------------------------------------------------------------------------


def test_what_somebody_may_not_do_is_said_and_not_done(demo: Path) -> None:
    before = dump(demo)
    for who, words in ((EDUCATION, "update heard-10 on track, not mine"), (EDUCATION, "close healthy-5 minute 4")):
        done = ask(demo, who, "--now", "2020-08-20", words)
        assert (done.code, done.out) == (1, "")
        said = " ".join(done.err.split())
        assert "othing was recorded" in said
        assert f"You typed: {words}" in said
    assert dump(demo) == before


@pytest.mark.parametrize(
    "words",
    [
        "stauts priority 7",
        "status priority 77",
        "status zebra",
        "history zebra-1",
        "due zebra",
        "digest zebra",
        "help zebra",
        "update healthy-99 on track",
        "move healthy-5 to 23 oct",
        "outcome healthy-5 banana",
        "people",
        "export",
        "digest",
        "add",
    ],
)
def test_what_cannot_be_answered_or_done_exits_with_one_and_says_why_on_stderr(words: str, the_plan: Path) -> None:
    done = ask(the_plan, EDUCATION, "--now", "2020-08-20", "--dry-run", words)
    assert (done.code, done.out) == (1, "")
    assert f"You typed: {words}\n" in done.err


@pytest.mark.parametrize("words", ["find nowhere", "mine", "overdue", "thanks", "status helthy 5"])
def test_a_question_that_is_answered_exits_with_nought(words: str, the_plan: Path) -> None:
    done = ask(the_plan, EDUCATION, "--now", "2020-08-20", words)
    assert (done.code, done.err) == (0, "")


def test_the_secretary_may_answer_for_a_lead(demo: Path) -> None:
    done = ask(demo, SECRETARY, "--now", "2020-08-20", "update heard-10 on track, by e-mail of 18 August")
    assert done.out.startswith("Recorded for heard-10: on track.")


def test_what_a_write_causes_for_others_is_planned_with_it(demo: Path) -> None:
    done = ask(demo, EDUCATION, "--now", "2020-08-20", "move healthy-5 to 23 oct because the advisors start late")
    assert done.code == 0
    assert "Democratic Services" in call("tick", "--db", demo, "--now", "2020-08-20 10:00").out


def test_personal_data_is_refused_and_stored_nowhere(demo: Path) -> None:
    before = dump(demo)
    done = ask(demo, EDUCATION, "--now", "2020-08-20", "update healthy-5 on track, for 943 476 5919")
    assert done.code == 1
    assert "NHS number" in done.err
    assert dump(demo) == before


# -- hostile words -------------------------------------------------------------------------------------------------


def test_control_characters_reach_neither_the_terminal_nor_the_payload(demo: Path) -> None:
    words = "update healthy-5 on track, bids in \x1b]0;owned\x07 \x1b[2J\u202egnp.exe\u200b<!channel>\r\nsecond line"
    for more in ((), ("--json",)):
        done = ask(demo, EDUCATION, "--now", "2020-08-20", "--dry-run", *more, words)
        assert (done.code, done.err) == (0, "")
        assert not set(done.out) & set("\x1b\x07\u202e\u200b\r")
        assert "<!channel>" in done.out
    stored = ask(demo, EDUCATION, "--now", "2020-08-20", words)
    assert stored.code == 0
    assert not set(ask(demo, CHAIR, "--now", "2020-08-20", "status healthy-5").out) & set("\x1b\x07\u202e\r")


def test_names_from_slack_reach_the_terminal_without_control_characters(demo: Path) -> None:
    change(demo, "UPDATE person SET name = ? WHERE slack_user = ?", "Head\x1b[2J [bold]of[/] Education", EDUCATION)
    for done in (
        call("tick", "--db", demo, "--now", "2020-08-17", "--dry-run"),
        ask(demo, CHAIR, "status healthy-5"),
        call("check", "--db", demo),
    ):
        assert done.code == 0
        assert "\x1b" not in done.out


def test_bytes_that_are_no_text_are_marked_and_can_be_stored(demo: Path) -> None:
    done = run("ask", "--db", demo, "--as", EDUCATION, b"update healthy-5 on track, caf\xe9 opened")
    assert (done.code, done.err) == (0, "")
    assert query(demo, "SELECT words FROM action_update") == [("caf\ufffd opened",)]


def test_long_words_are_taken_and_longer_ones_refused_with_how_many_there_may_be(demo: Path) -> None:
    at = ("--now", "2020-08-20")
    assert ask(demo, EDUCATION, *at, f"update healthy-5 on track, {'word ' * 600}").code == 0
    assert query(demo, "SELECT length(words) FROM action_update") == [(2_999,)]
    done = ask(demo, EDUCATION, *at, f"update healthy-5 on track, {'word ' * 20_000}")
    assert (done.code, done.out) == (1, "")
    assert "That is 99,999 characters and an update holds 3,000, so nothing was recorded" in " ".join(done.err.split())
    assert query(demo, "SELECT length(words) FROM action_update") == [(2_999,)]


def test_an_export_is_had_from_the_command_that_writes_it(the_plan: Path) -> None:
    done = ask(the_plan, SECRETARY, "export", "csv")
    assert "“cypp export FILE.csv”" in done.out
    assert "The export is for the board’s secretary" in ask(the_plan, EDUCATION, "export").said
