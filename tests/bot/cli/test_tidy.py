"""`cypp tidy`: what is kept only for a time goes, and no answer, paper or audit misses it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from models.notifications.retention import KeptDays, tidy
from models.storage.engine import Database
from tests.bot.cli.support import (
    EDUCATION,
    SECRETARY,
    call,
    change,
    delivered,
    dump,
    query,
)
from tests.bot.cli.test_audit import found
from tests.bot.slack.e2e import when
from tests.local_slack import open_sandbox

QUESTIONS = ("status", "status priority 7", "overdue", "owing", "digest partnership", "history healthy-5", "changes")


def answers(path: Path, now: str) -> list[str | bytes]:
    """What is said then, and the paper of a meeting that is over."""
    said = [call("ask", "--as", SECRETARY, "--now", now, words, "--db", path).said for words in QUESTIONS]
    assert call("papers", "16 Sep 2020", path.parent / "x.docx", "--force", "--now", now, "--db", path).code == 0
    with ZipFile(path.parent / "x.docx") as paper:
        return [*said, paper.read("word/document.xml")]


def test_tidying_empties_old_pages_and_changes_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "plan.db"
    sandbox = open_sandbox(str(path), when(8, 10))
    try:
        sandbox.advance(when(8, 17, 18))
        sandbox.say(EDUCATION, "healthy-5 on track, a secret of the tender")
        sandbox.advance(when(9, 17, 18))
        sandbox.command(SECRETARY, "done")
        sandbox.advance(when(10, 5, 18))
        secret = "SELECT count(*) FROM (SELECT payload FROM message_part UNION ALL SELECT payload FROM spoken) " \
                 "WHERE payload LIKE '%a secret of the tender%'"  # fmt: skip
        assert query(path, secret) > [(0,)]
        with sandbox.database.write(workspace="T0DEMO") as session:
            assert tidy(session, datetime(2020, 10, 6, tzinfo=UTC), date(2020, 10, 6), KeptDays()).pages == 0, (
                "its meeting is not long over"
            )
        later, before = "2021-02-20 10:00", answers(path, "2021-02-20 10:00")
        # Words that nobody confirmed, and nobody wrote any since.
        change(path, "UPDATE draft SET at = '2021-02-18 10:00:00.000000'")
        assert query(path, "SELECT count(*) FROM draft") > [(0,)]
        with sandbox.database.write(workspace="T0DEMO") as session:
            gone = tidy(session, datetime(2021, 2, 20, tzinfo=UTC), date(2021, 2, 20), KeptDays())
        assert gone.pages > 0
        assert query(path, "SELECT count(*) FROM said_message") == [(0,)]
        assert query(path, "SELECT count(*) FROM draft") == [(0,)]
        assert query(path, "SELECT count(*) FROM action_update WHERE message IS NOT NULL") == [(1,)]
        assert query(path, secret) == [(0,)]
        assert answers(path, later) == before
        sandbox.command(EDUCATION, "update healthy-5 off track because nobody bid")
        sandbox.tick()
    finally:
        sandbox.close()
    assert found(call("audit", "--db", path)) == [], "posted heads are still compared"
    heads = query(path, "SELECT count(*) FROM message_part WHERE payload LIKE 'Record so far: %'")
    assert heads > [(0,)]


def test_the_command_says_what_it_took_out_and_gives_the_space_back(demo: Path) -> None:
    database = Database(str(demo))
    assert call("tick", "--now", "2020-08-17 09:30", "--db", demo).code == 0
    database.dispose()
    for number in range(300):
        delivered(demo, 8, f"{number}" * 1000)
    size = demo.stat().st_size
    done = call("tidy", "--db", demo)
    assert done.code == 0, done
    assert done.out.splitlines()[0].endswith("of deliveries taken out.")
    assert query(demo, "SELECT count(*) FROM message_part WHERE payload != ''") == [(0,)]
    assert demo.stat().st_size < size - 300_000
    assert call("tidy", "--db", demo).out.startswith("0 pages of messages and 0 accounts emptied; 0 answers, 0 rows")


@pytest.mark.parametrize("name", ["PAGES", "LEDGER", "RECEIVED", "NAMES"])
@pytest.mark.parametrize("days", ["0", "-1", "soon", "3651", "364.5", "1e3", "ten", "NaN"])
def test_what_is_no_sensible_number_of_days_is_refused_in_one_sentence(plan: Path, name: str, days: str) -> None:
    before, least = dump(plan), 365 if name == "LEDGER" else 1
    said = f"CYPP_KEEP_{name}_DAYS is no whole number of days from {least} to 3650: put it right or take it out."
    assert call("tidy", "--db", plan, env={f"CYPP_KEEP_{name}_DAYS": days}).sentence() == said
    assert call("tidy", f"--{name.lower()}", days, "--db", plan).code == 2
    assert dump(plan) == before
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"}
    served = call("serve", "--db", plan, env={**tokens, f"CYPP_KEEP_{name}_DAYS": days})
    assert served.sentence() == said


def test_a_ledger_is_kept_for_a_year_at_least(plan: Path) -> None:
    assert "of days from 365" in call("tidy", "--db", plan, env={"CYPP_KEEP_LEDGER_DAYS": "364"}).sentence()
    assert call("tidy", "--db", plan, env={"CYPP_KEEP_LEDGER_DAYS": "365", "CYPP_KEEP_PAGES_DAYS": ""}).code == 0
    assert call("export", plan.parent / "x.csv", "--db", plan, env={"CYPP_KEEP_LEDGER_DAYS": "none"}).code == 0


def test_the_settings_say_how_long_and_what_is_given_goes_before_them(demo: Path) -> None:
    assert call("tick", "--now", "2020-08-17 09:30", "--db", demo).code == 0
    assert call("tidy", "--pages", "3650", "--ledger", "3650", "--db", demo).out.startswith("0 pages")
    keep = {"CYPP_KEEP_PAGES_DAYS": "3650", "CYPP_KEEP_LEDGER_DAYS": "3650"}
    assert call("tidy", "--db", demo, env=keep).out.startswith("0 pages")
    assert not call("tidy", "--pages", "1", "--db", demo, env=keep).out.startswith("0 pages")
    rows = query(demo, "SELECT count(*) FROM notification")
    assert "0 rows of the ledger" in call("tidy", "--db", demo, env=keep).out
    assert query(demo, "SELECT count(*) FROM notification") == rows
    call("tidy", "--db", demo)
    assert query(demo, "SELECT count(*) FROM notification") < rows
