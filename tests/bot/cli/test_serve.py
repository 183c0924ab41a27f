"""`cypp serve`: the bot in Slack. Here Slack is the local workspace, spoken to over real HTTP and WebSocket."""

from __future__ import annotations

import logging
import signal
import time
from pathlib import Path

import pytest
from aiohttp import web

from bot.__main__ import real_now
from bot.app import build
from bot.settings import read_settings
from tests.bot.cli.conftest import Serve
from tests.bot.cli.support import (
    CHAIR,
    EDUCATION,
    call,
    change,
    publish,
    query,
    run,
    start_three_boards,
    tokens,
    until,
)
from tests.local_slack import Fault, LocalWorkspace


def in_channels(slack: LocalWorkspace) -> list[int]:
    return [len(slack.messages(f"C0BOARD{key}")) for key in "ABC"]


def test_it_answers_takes_the_plan_into_the_workspace_and_ends_on_sigterm(
    plan: Path, slack: LocalWorkspace, serve: Serve
) -> None:
    bot = serve(plan)
    answered = slack.command(EDUCATION, "/cypp", "mine")
    assert "healthy-5" in answered.messages[0].plain()
    recorded = slack.command(EDUCATION, "/cypp", "update healthy-5 on track, two advisors recruited")
    assert recorded.messages[0].text.startswith("Recorded for healthy-5: on track.")
    assert query(plan, "SELECT id FROM workspace") == [("T0REAL",)]
    assert query(plan, "SELECT DISTINCT workspace_id FROM action") == [("T0REAL",)]
    assert query(plan, "SELECT way, words FROM action_update") == [("command", "two advisors recruited")]
    until(lambda: query(plan, "SELECT last_tick_at FROM workspace")[0][0])
    began = time.monotonic()
    assert bot.end(signal.SIGTERM) == 0
    assert time.monotonic() - began < 10
    assert "connected to" in bot.said
    assert "leaving: finishing what is under way" in bot.said
    for secret in (slack.bot_token, slack.app_token, "two advisors", "Traceback", "ERROR", "WARNING"):
        assert secret not in bot.said, secret


def test_it_ends_on_ctrl_c_too(plan: Path, slack: LocalWorkspace, serve: Serve) -> None:
    bot = serve(plan)
    assert slack.command(CHAIR, "/cypp", "status priority 7").messages
    assert bot.end(signal.SIGINT) == 0
    assert "Traceback" not in bot.said


def test_it_ticks_by_itself_and_comes_back_to_what_slack_put_off(
    slack: LocalWorkspace, serve: Serve, tmp_path: Path
) -> None:
    database = start_three_boards(tmp_path)
    serve(database)
    slack.faults.add("chat.postMessage", Fault.ratelimited(1))
    publish(database, "board-a")  # from another process's point of view: nothing nudges the bot
    until(lambda: in_channels(slack) == [1, 0, 0])
    assert slack.faults.left("chat.postMessage") == 0


def test_what_sigterm_cuts_off_goes_on_at_the_next_start_and_nothing_is_said_twice(
    slack: LocalWorkspace, serve: Serve, tmp_path: Path
) -> None:
    database = start_three_boards(tmp_path)
    publish(database, "board-a", "board-b", "board-c")
    slack.faults.add("chat.postMessage", Fault.answers_late(3))
    first = serve(database)
    until(lambda: sum(in_channels(slack)) == 1)
    assert first.end(signal.SIGTERM) == 0
    assert sum(in_channels(slack)) == 1
    assert query(database, "SELECT state, count(*) FROM message WHERE message_class = 'channel' GROUP BY state") == [
        ("planned", 2),
        ("sent", 1),
    ]
    serve(database)
    until(lambda: in_channels(slack) == [1, 1, 1])
    time.sleep(1.2)
    assert in_channels(slack) == [1, 1, 1]


def test_what_a_kill_cuts_off_is_looked_up_and_not_said_twice(
    slack: LocalWorkspace, serve: Serve, tmp_path: Path
) -> None:
    database = start_three_boards(tmp_path)
    publish(database, "board-a", "board-b")
    slack.faults.add("chat.postMessage", Fault.answers_late(5))
    first = serve(database)
    until(lambda: sum(in_channels(slack)) == 1)
    first.close()
    serve(database, CYPP_LEASE_SECONDS="1")
    until(lambda: query(database, "SELECT count(*) FROM message WHERE state = 'sent'") == [(2,)], 25)
    assert in_channels(slack) == [1, 1, 0]


def test_without_a_plan_it_runs_and_says_there_is_none(slack: LocalWorkspace, serve: Serve, tmp_path: Path) -> None:
    database = tmp_path / "empty.db"
    assert call("migrate", "--db", database).code == 0
    bot = serve(database)
    (message,) = slack.command(CHAIR, "/cypp", "status").messages
    assert "went wrong" not in message.plain()
    assert bot.end() == 0


# -- refused -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong-token"}, "Slack does not accept SLACK_BOT_TOKEN: copy it again"),
        ({"SLACK_APP_TOKEN": "xapp-wrong-token"}, "Slack does not accept SLACK_APP_TOKEN: copy it again"),
        ({"SLACK_BOT_TOKEN": "xapp-1-local-workspace"}, "SLACK_BOT_TOKEN does not begin with xoxb-"),
        ({"SLACK_APP_TOKEN": "xoxb-local-workspace"}, "SLACK_APP_TOKEN does not begin with xapp-"),
        (
            {"SLACK_APP_TOKEN": ""},
            "SLACK_APP_TOKEN is not set: it is an app-level token (xapp-…)",
        ),
        ({"SLACK_BOT_TOKEN": "xoxb-to ken"}, "SLACK_BOT_TOKEN: it holds a character that no token has"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Nobody answers at http://127.0.0.1:9/api/"),
        ({"SLACK_API_URL": "somewhere"}, "SLACK_API_URL: write an address such as https://slack.com/api/."),
    ],
    ids=str,
)
def test_what_is_wrong_with_tokens_or_address_is_one_sentence_without_any_token(
    changes: dict[str, str], said: str, plan: Path, slack: LocalWorkspace, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    done = call("serve", "--db", plan, env=tokens(slack, **changes))
    assert done.sentence().startswith(said)
    for token in (slack.bot_token, slack.app_token, "wrong-token", "to ken"):
        assert token not in done.said + caplog.text
    assert query(plan, "SELECT id FROM workspace") == [("local",)]


def test_both_tokens_missing_are_named_together(plan: Path) -> None:
    done = call("serve", "--db", plan)
    assert done.code == 1
    assert [line.split()[0] for line in done.err.splitlines()] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]


def test_an_address_where_something_else_answers_is_told_from_a_wrong_token(plan: Path, slack: LocalWorkspace) -> None:
    done = call("serve", "--db", plan, env=tokens(slack, SLACK_API_URL=slack.base_url))
    assert done.sentence() == (
        f"What answers at {slack.base_url} does not speak Slack’s API: check SLACK_API_URL, or leave it out."
    )
    assert query(plan, "SELECT id FROM workspace") == [("local",)]


def test_an_answer_that_names_no_workspace_is_not_taken_for_slacks(plan: Path) -> None:
    async def yes(_: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    with LocalWorkspace(routes=[web.post("/yes/{method}", yes)]) as workspace:
        address = f"{workspace.base_url}/yes/"
        done = run("serve", "--db", plan, env=tokens(workspace, SLACK_API_URL=address), timeout=20)
    assert done.sentence().startswith(f"What answers at {address} does not speak Slack’s API")
    assert query(plan, "SELECT id FROM workspace") == [("local",)]


def test_missing_scopes_are_named(plan: Path) -> None:
    with LocalWorkspace(scopes=("chat:write", "commands")) as workspace:
        sentence = call("serve", "--db", plan, env=tokens(workspace)).sentence()
    assert sentence.startswith("The bot token lacks app_mentions:read, channels:history")
    assert "chat:write" not in sentence


def test_an_app_token_without_its_scope_is_told_from_a_wrong_one(plan: Path) -> None:
    with LocalWorkspace(app_scopes=()) as workspace:
        sentence = call("serve", "--db", plan, env=tokens(workspace)).sentence()
    assert sentence.startswith("SLACK_APP_TOKEN lacks connections:write: make a new app-level token with it")


@pytest.mark.parametrize("method", ["users.list", "apps.connections.open"])
def test_trouble_of_slacks_own_while_it_starts_is_one_sentence(method: str, plan: Path, slack: LocalWorkspace) -> None:
    slack.faults.add(method, Fault.error("internal_error"), times=100)
    sentence = run("serve", "--db", plan, env=tokens(slack)).sentence()
    assert sentence == "Slack cannot answer just now (internal_error): try again in a minute."


def test_a_socket_that_cannot_be_opened_after_all_is_one_sentence(plan: Path, slack: LocalWorkspace) -> None:
    asked = iter([False])  # the first asks whether the token is good, the second opens the socket
    slack.faults.add(
        "apps.connections.open", Fault.error("internal_error"), times=100, when=lambda _: next(asked, True)
    )
    done = run("serve", "--db", plan, env=tokens(slack), timeout=20)
    assert done.code == 1
    assert done.err.splitlines()[-1] == "Slack cannot answer just now (internal_error): try again in a minute."
    assert "Traceback" not in done.said


def test_an_outdated_database_is_refused_before_slack_is_asked(tmp_path: Path, slack: LocalWorkspace) -> None:
    sentence = run("serve", "--db", tmp_path / "none.db", env=tokens(slack)).sentence()
    assert sentence == f"There is no plan in {tmp_path / 'none.db'} yet: say “cypp import FILE” first."
    assert slack.calls == ()
    assert list(tmp_path.iterdir()) == []


# -- secrets -------------------------------------------------------------------------------------------------------


def test_tokens_are_in_no_repr(plan: Path, slack: LocalWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in tokens(slack).items():
        monkeypatch.setenv(name, value)
    settings = read_settings(str(plan))
    bot = build(settings, real_now, real_now)
    shown = f"{settings!r} {settings} {bot!r} {bot.deps!r} {bot.outbox!r} {settings.model_dump()!r}"
    bot.deps.database.dispose()
    assert slack.bot_token not in shown
    assert slack.app_token not in shown
    assert settings.slack_bot_token.get_secret_value() == slack.bot_token


def test_a_line_end_copied_along_with_a_token_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", " xoxb-1\n")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1\r\n")
    settings = read_settings()
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert settings.slack_app_token.get_secret_value() == "xapp-1"


def test_rows_of_another_workspace_are_left_alone(plan: Path, slack: LocalWorkspace, serve: Serve) -> None:
    change(plan, "INSERT INTO workspace (id, name, is_demo, created_at) VALUES ('T0OTHER', '', 0, '2020-01-01')")
    assert serve(plan).end() == 0
    assert query(plan, "SELECT id FROM workspace ORDER BY id") == [("T0OTHER",), ("T0REAL",)]
