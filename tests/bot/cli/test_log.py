"""What the running bot writes into its log, as text and as JSON; Slack is the local workspace, over real HTTP."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.bot.cli.conftest import Serve
from tests.bot.cli.support import EDUCATION, Process, call, publish, start_three_boards, tokens, until
from tests.local_slack import Fault, LocalWorkspace

WORDS = "a sentence nobody else may read"


def records(bot: Process, **wanted: object) -> list[dict[str, Any]]:
    """The records so far that have these fields; each line is one JSON object."""
    found = [json.loads(line) for line in bot.lines]
    return [record for record in found if all(record.get(name) == value for name, value in wanted.items())]


def trouble_with_b_and_c(slack: LocalWorkspace) -> None:
    """Slack refuses what goes to the second board's channel, and of the third's nobody can tell."""
    post, gone = "chat.postMessage", Fault.error("restricted_action")
    slack.faults.add(post, gone, times=100, when=lambda args: args["channel"] == "C0BOARDB")
    slack.faults.add(post, Fault.dropped_applied(), when=lambda args: args["channel"] == "C0BOARDC")
    slack.faults.add("conversations.history", Fault.error("missing_scope"), times=100)


def test_each_message_that_ends_has_one_record_with_fields_and_no_words(
    slack: LocalWorkspace, serve: Serve, tmp_path: Path
) -> None:
    database = start_three_boards(tmp_path)
    publish(database, "board-a", "board-b", "board-c")
    trouble_with_b_and_c(slack)
    bot = serve(database, CYPP_LOG_FORMAT="json")
    until(lambda: len(records(bot, event="message")) == 3)
    assert bot.end() == 0
    told = sorted(records(bot, event="message"), key=lambda record: record["channel"])
    assert [(one["channel"], one["state"], one["level"], one.get("reason")) for one in told] == [
        ("C0BOARDA", "sent", "INFO", None),
        ("C0BOARDB", "refused", "WARNING", "restricted_action"),
        ("C0BOARDC", "uncertain", "WARNING", "missing_scope"),
    ]
    for one in told:
        assert (one["kinds"], one["message_class"], one["role"]) == (["publish"], "channel", "channel")
        assert one["workspace"] == "T0REAL"
        assert "actions" not in one, "it is about a board"
        assert re.fullmatch(r"[0-9a-f-]{36}", one["message_id"])
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", one["time"])
    assert told[1]["message"] == "message refused: publish, to channel C0BOARDB (restricted_action)"
    assert "Board A" not in bot.said
    assert records(bot, level="INFO")[0]["message"].startswith("connected to ")


def test_the_same_is_a_line_of_text_where_nothing_else_is_set(
    slack: LocalWorkspace, serve: Serve, tmp_path: Path
) -> None:
    database = start_three_boards(tmp_path)
    publish(database, "board-a")
    bot = serve(database)
    until(lambda: "message sent: publish, to channel C0BOARDA\n" in bot.said)
    (line,) = [line for line in bot.lines if "message sent" in line]
    assert re.match(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO ", line)


def test_an_unforeseen_error_is_one_record_with_reference_kind_and_traceback(
    plan: Path, slack: LocalWorkspace, serve: Serve
) -> None:
    bot = serve(plan, CYPP_LOG_FORMAT="json")
    with closing(sqlite3.connect(plan)) as connection:
        connection.execute("ALTER TABLE action_update RENAME COLUMN words TO told")
    shown = slack.command(EDUCATION, "/cypp", f"update healthy-5 off track {WORDS}").messages[0].plain()
    until(lambda: records(bot, level="ERROR"))
    record = records(bot, level="ERROR")[0]
    assert record["reference"] in shown
    assert record["error"] == "OperationalError"
    assert "no such column: action_update.words [SQL: SELECT" in record["message"]
    assert "File " in record["message"]
    assert WORDS not in bot.said


def test_another_word_for_the_format_is_refused(plan: Path, slack: LocalWorkspace) -> None:
    sentence = call("serve", "--db", plan, env=tokens(slack, CYPP_LOG_FORMAT="xml")).sentence()
    assert sentence == "CYPP_LOG_FORMAT: Input should be 'text' or 'json'."
