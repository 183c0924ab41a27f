"""`cypp tidy`: what is kept only for a time goes, and no answer, paper or audit misses it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from models.notifications.retention import tidy
from models.storage.engine import Database
from tests.bot.cli.support import EDUCATION, SECRETARY, call, query
from tests.bot.cli.test_audit import found
from tests.bot.slack.e2e import when
from tests.local_slack import open_sandbox

QUESTIONS = ("status", "status priority 7", "overdue", "owing", "digest partnership", "history healthy-5", "changes")


def answers(path: Path, now: str) -> list[str]:
    return [call("ask", "--as", SECRETARY, "--now", now, words, "--db", path).said for words in QUESTIONS]


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
            assert tidy(session, datetime(2020, 10, 6, tzinfo=UTC)).pages == 0, "its meeting is not long over"
        later, before = "2021-02-20 10:00", answers(path, "2021-02-20 10:00")
        with sandbox.database.write(workspace="T0DEMO") as session:
            gone = tidy(session, datetime(2021, 2, 20, tzinfo=UTC))
        assert gone.pages > 0
        assert query(path, "SELECT count(*) FROM said_message") == [(0,)]
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
    size = demo.stat().st_size
    done = call("tidy", "--db", demo)
    assert done.code == 0, done
    assert done.out.splitlines()[0].endswith("of deliveries taken out.")
    assert query(demo, "SELECT count(*) FROM message_part WHERE payload != ''") == [(0,)]
    assert demo.stat().st_size <= size
    assert call("tidy", "--db", demo).out.startswith("0 pages of messages emptied, 0 answers and 0 marks")
