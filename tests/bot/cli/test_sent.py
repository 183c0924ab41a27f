"""`cypp sent`: a day's messages, one line or one object each."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bot.cli.conftest import Serve
from tests.bot.cli.support import Ran, call, change, publish, query, start_three_boards, until
from tests.local_slack import Fault, LocalWorkspace

MONDAY = [
    "09:30 · update · 2 actions · lead: Integrated Commissioning Manager, Sefton Council · sent",
    "09:30 · update · 1 action · lead: Active Sefton Manager, Sefton Council · sent",
    "09:30 · update · 2 actions · lead: Public Health Lead for Children, Sefton Council · sent",
    "09:30 · update · 2 actions · contact officer: Public Health Lead for Children, Sefton Council · sent",
    "09:30 · update · 3 actions · lead: Head of Education, Sefton Council · sent",
    "09:30 · update · 1 action · lead: Young Persons Lead, Sefton CVS · sent",
    "09:30 · update · 1 action · lead: Communications Manager, Sefton Council · sent",
    "09:30 · update · 1 action · lead: Executive Director of Children's Social Care and Education, "
    "Sefton Council · sent",
]


def sent(database: Path, *words: str) -> Ran:
    return call("sent", *words, "--db", database)


def test_a_morning_of_requests_is_listed_with_the_posts_that_got_them(demo: Path) -> None:
    assert call("tick", "--now", "2020-08-17", "--db", demo).code == 0
    lines = sent(demo).out.splitlines()
    assert lines == MONDAY
    assert sent(demo, "2020-08-17").out.splitlines() == lines
    assert sent(demo, "2020-08-18") == Ran(0, "", "Nothing was sent on Tue 18 Aug 2020.\n")
    assert sent(demo, "--json", "2020-08-18").out == "[]\n"


def test_as_json_each_has_the_fields_of_the_log(demo: Path) -> None:
    assert call("tick", "--now", "2020-08-17", "--db", demo).code == 0
    first = json.loads(sent(demo, "--json").out)[0]
    assert first.pop("message_id") == query(demo, "SELECT uuid FROM message ORDER BY id LIMIT 1")[0][0]
    assert first == {
        "at": "2020-08-17T08:30:00+00:00",
        "state": "sent",
        "kinds": ["update"],
        "message_class": "bundle",
        "actions": 2,
        "role": "lead",
        "posts": ["Integrated Commissioning Manager, Sefton Council"],
    }


def test_what_waits_is_refused_or_in_doubt_says_so_and_what_was_cancelled_is_left_out(demo: Path) -> None:
    assert call("tick", "--now", "2020-08-17", "--db", demo).code == 0
    for number, state in enumerate(("failed", "uncertain", "unknown", "later", "planned", "cancelled"), start=1):
        change(demo, f"UPDATE message SET state = '{state}', sent_at = NULL, reason = 'why' WHERE id = {number}")
    states = [line.rpartition(" · ")[2] for line in sent(demo).out.splitlines()]
    assert sorted(states) == sorted(
        ["refused (why)", "uncertain (why)", "in doubt (why)", "waiting (why)", "waiting (why)", "sent", "sent"]
    )


def test_what_slack_took_and_what_it_refused_is_listed_for_today(
    slack: LocalWorkspace, serve: Serve, tmp_path: Path
) -> None:
    database = start_three_boards(tmp_path)
    publish(database, "board-a", "board-b")
    slack.faults.add(
        "chat.postMessage", Fault.error("restricted_action"), times=100, when=lambda args: args["channel"] == "C0BOARDB"
    )
    serve(database)
    channels = "SELECT count(*) FROM message WHERE message_class = 'channel' AND state IN ('sent', 'failed')"
    until(lambda: query(database, channels) == [(2,)])
    lines = [line.partition(" · ")[2] for line in sent(database).out.splitlines()]
    # The secretary is told of it too, in working hours.
    assert sorted(line for line in lines if line.startswith("publish")) == [
        "publish · channel C0BOARDA · sent",
        "publish · channel C0BOARDB · refused (restricted_action)",
    ]


def test_a_day_that_is_none_is_refused(plan: Path) -> None:
    assert sent(plan, "soon").sentence().startswith("“soon” is no time: write it like 2020-08-17")
