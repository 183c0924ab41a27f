"""`cypp check`: each thing in order or not, with what to do, and an exit code that says which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.check_rows import GuideStep
from bot.slack.scopes import BOT_SCOPES
from tests.bot.cli.support import Ran, call, change, day, run, tokens
from tests.local_slack import Fault, LocalWorkspace


def rows(done: Ran) -> dict[str, tuple[str, str]]:
    """What, and with it the mark and how it stands; lines that go on belong to the one above."""
    found: dict[str, tuple[str, str]] = {}
    name = ""
    for line in done.out.splitlines()[:-1]:
        mark, what, how = line[:1], line[8:].strip(), ""
        if "  " in what:
            what, _, how = what.partition("  ")
        if mark.strip():
            name = what
            found[name] = (mark, how.strip())
        else:
            found[name] = (found[name][0], f"{found[name][1]} {line.strip()}")
    return found


def steps(done: Ran) -> dict[str, str]:
    """Each step of the guide with the marks of its rows."""
    found: dict[str, str] = {}
    for line in done.out.splitlines()[:-1]:
        if line[:1].strip():
            number = line[3:8].strip()
            found[number] = found.get(number, "") + line[0]
    return found


def comes_next(done: Ran) -> str:
    """What stands under the table."""
    return done.out.splitlines()[-1]


@pytest.fixture
def slack() -> Iterator[LocalWorkspace]:
    with LocalWorkspace(team_id="T0REAL", team_name="The Council") as workspace:
        for channel in ("C0PARTNER", "C0HWB"):
            workspace.add_channel(channel, channel.lower())
        yield workspace


def test_a_plan_in_order_is_ticked_and_exits_with_nought(the_plan: Path) -> None:
    done = run("check", "--db", the_plan)
    assert (done.code, done.err) == (0, "")
    found = rows(done)
    assert found["Guide"] == (
        "✓",
        "“cypp guide” prints it; “cypp guide --files FOLDER” writes it there with cypp.service, Containerfile and "
        "my-sefton-2020-2025.yaml",
    )
    assert found["Demo"] == ("✓", "installed: say “cypp demo”")
    assert found["Database"] == ("✓", f"{the_plan}, up to date")
    assert found["Plan"] == ("✓", "My Sefton 2020–2025: 53 actions, 52 open")
    assert found["Administrators"] == ("✓", "1")
    assert found["No lead"] == ("·", "heard-5 and heard-8")
    assert found["Last pass"] == ("○", "none yet: start “cypp serve”")
    assert found["Channel of hwb"] == ("○", "C0HWB, not looked at: Slack cannot be asked yet")
    assert found["Slack"] == ("○", "not connected: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set")
    assert found["Health and Wellbeing Board"] == ("○", "quiet; no next meeting with a date: say “cypp start hwb”")
    assert "Environmental Health Manager" in found["Leads that cannot be written to"][1]


def test_an_empty_database_says_what_comes_first(tmp_path: Path) -> None:
    done = call("check", cwd=tmp_path)
    assert (done.code, done.err) == (1, "1 thing needs attention: see ✗ above.\n")
    assert rows(done)["Database"] == ("✗", "There is no plan in cypp.db yet: say “cypp import FILE” first.")


def test_a_workspace_without_a_plan_says_how_to_get_one(tmp_path: Path) -> None:
    assert call("admin", "add", "U0ICTADMIN", cwd=tmp_path).code == 0
    done = call("check", cwd=tmp_path)
    assert done.code == 1
    assert rows(done)["Plan"] == ("✗", "none yet: say “cypp import FILE”")


def test_nobody_to_tell_is_out_of_order(plan: Path) -> None:
    change(plan, "UPDATE person SET is_administrator = 0")
    change(plan, "UPDATE person SET unreachable = 'account closed' WHERE slack_user = 'U0DEMSERV'")
    done = call("check", "--db", plan)
    found = rows(done)
    assert done.code == 1
    assert done.err == "3 things need attention: see ✗ above.\n"
    assert found["Administrators"] == ("✗", "nobody can be reached: say “cypp admin add WHO”")
    assert found["Health and Wellbeing Board"][0] == "✗"
    assert found["Health and Wellbeing Board"][1].endswith("neither its secretary nor an administrator can be reached")
    assert found["Unreachable"] == ("·", "Democratic Services Officer: account closed")


def test_a_secretary_who_cannot_be_reached_is_out_of_order_though_the_administrators_are_told(plan: Path) -> None:
    change(plan, "UPDATE person SET unreachable = 'account closed' WHERE slack_user = 'U0DEMSERV'")
    done = call("check", "--db", plan)
    assert done.code == 1
    assert rows(done)["Health and Wellbeing Board"][1].endswith(
        "its secretary cannot be reached, the administrators are told"
    )


def test_messages_in_doubt_are_out_of_order_and_listed(demo: Path) -> None:
    assert call("tick", "--db", demo, "--now", "2020-08-17").code == 0
    assert rows(call("check", "--db", demo))["Messages"] == ("·", "8 sent")
    change(demo, "UPDATE message SET state = 'uncertain', reason = 'no history to be had' WHERE id = 1")
    done = call("check", "--db", demo)
    found = rows(done)
    assert done.code == 1
    assert found["Messages"] == ("✗", "7 sent, 1 uncertain")
    assert found["uncertain"] == ("·", "Integrated Commissioning Manager, Mon 17 Aug 2020: no history to be had")
    assert found["Last pass"] == ("✓", "2020-08-17 08:30 UTC")


def test_names_with_brackets_are_shown_as_they_are(plan: Path) -> None:
    change(plan, "UPDATE board SET name = 'Board [bold]North[/] [/x]' WHERE key = 'hwb'")
    done = call("check", "--db", plan)
    assert done.code == 0
    assert "Board [bold]North[/] [/x]" in done.out


def test_a_board_that_has_begun_and_has_no_meeting_before_it_is_not_ticked(plan: Path) -> None:
    assert call("start", "partnership", "--db", plan).code == 0
    mark, how = rows(call("check", "--db", plan))["Children and Young People's Partnership Board"]
    assert mark == "·"
    assert how.endswith("no next meeting with a date: nothing is asked until “/cypp meeting add” gives one")


def test_a_demonstrations_meetings_are_those_after_its_own_clock(demo: Path) -> None:
    assert call("tick", "--db", demo, "--now", "2020-08-17").code == 0
    board = rows(call("check", "--db", demo))["Children and Young People's Partnership Board"]
    assert board == ("✓", "reminders since Fri 7 Aug 2020; next meeting Wed 16 Sep 2020")


def test_a_plan_that_was_moved_to_another_database_is_out_of_order(plan: Path, tmp_path: Path) -> None:
    assert call("copy", "--db", plan, "--to", tmp_path / "new.db").code == 0
    done = call("check", "--db", plan)
    assert done.code == 1
    mark, how = rows(done)["Database"]
    assert (mark, how.split(" was ")[1]) == ("✗", f"moved to {tmp_path / 'new.db'}: name that database with --db.")


PLAN = f"""
plan: {{name: Our plan, area: Sefton, from: {day(-100)}, to: {day(1000)}}}
priorities: [{{number: 1, title: Listen}}]
organisations: [{{key: council, name: The Council}}]
posts:
  - {{key: clerk, title: Clerk, organisation: council, holder: {{email: clerk@council.example}}}}
boards:
  - {{key: board, name: The Board, secretary: clerk, channel: C0BOARD, meetings: [{{date: {day(200)}}}]}}
actions:
  - {{ref: a-1, kind: deliverable, words: Write it, priorities: [1], lead: clerk, board: board, due: {day(200)}}}
"""
GUIDE = (Path(__file__).parents[3] / "bot" / "install" / "guide.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("step", GuideStep, ids=lambda step: step.title)
def test_each_step_is_called_what_the_guide_calls_it(step: GuideStep) -> None:
    assert f"**{step.value[0]}. {step.title}" in GUIDE


def test_the_guides_steps_are_ticked_one_after_another(tmp_path: Path) -> None:
    """One colleague goes through the guide; what stands beside each step is looked at after each."""
    with LocalWorkspace(team_id="T0REAL", team_name="The Council") as slack:
        slack.add_user("U0ICT", "ICT colleague", email="ict@council.example")
        slack.add_user("U0CLERK", "Clerk", email="clerk@council.example")

        def cypp(*words: str) -> Ran:
            return call(*words, cwd=tmp_path, env=tokens(slack))

        def check() -> Ran:
            return cypp("check")

        begun = call("check", cwd=tmp_path)
        assert steps(begun) == {"1": "✓✓✓", "2–3": "○", "5": "✗", **dict.fromkeys(("6", "7", "8", "9", "10"), "○")}
        assert comes_next(begun) == "Next: step 2 of “cypp guide”, “Make the app in Slack”."
        looked = check()
        assert steps(looked)["2–3"] == "✓"
        assert comes_next(looked) == "Next: step 5 of “cypp guide”, “Load the plan”."
        (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
        assert cypp("import", "plan.yaml").code == 0
        loaded = check()
        assert steps(loaded)["5"] == "✓✓"
        assert steps(loaded)["7"] == "○·"
        assert rows(loaded)["Administrators"][0] == "✗"
        assert comes_next(loaded) == "Next: step 6 of “cypp guide”, “Name yourself administrator”."
        assert cypp("admin", "add", "ict@council.example").code == 0
        assert cypp("people").code == 0
        linked = check()
        assert (steps(linked)["6"], steps(linked)["7"]) == ("✓", "✓")
        assert comes_next(linked) == "Next: step 8 of “cypp guide”, “Channels”."
        slack.add_channel("C0BOARD", "board")
        assert comes_next(check()) == "Next: step 9 of “cypp guide”, “Run it and ask”."
        change(tmp_path / "cypp.db", "UPDATE workspace SET last_tick_at = ?", f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}")
        assert comes_next(check()) == "Next: step 10 of “cypp guide”, “Begin on trial, then for good”."
        assert cypp("start", "board").code == 0
        done = check()
    assert set("".join(steps(done).values())) == {"✓"}, done.out
    assert comes_next(done) == "Every step of the guide is done."


# -- Slack ---------------------------------------------------------------------------------------------------------


def test_tokens_that_are_in_order_are_ticked(the_plan: Path, slack: LocalWorkspace) -> None:
    done = call("check", "--db", the_plan, env=tokens(slack))
    assert (done.code, done.err) == (0, "")
    assert rows(done)["Slack"] == ("✓", "the tokens of The Council are in order")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack does not accept SLACK_BOT_TOKEN: copy it again"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "Slack does not accept SLACK_APP_TOKEN: copy it again"),
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is not set: it is the “Bot User OAuth Token”"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN is not set: it is an app-level token"),
        ({"SLACK_APP_TOKEN": "xoxb-local-workspace"}, "SLACK_APP_TOKEN does not begin with xapp-"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Nobody answers at http://127.0.0.1:9/api/"),
        (
            {"SLACK_API_URL": "http://me:pw@127.0.0.1:9/api/?token=pw"},
            "There is no way to http://…@127.0.0.1:9/api/?token=…",
        ),
        ({"SLACK_API_URL": "slack.com/api"}, "SLACK_API_URL: write an address such as https://slack.com/api/."),
        ({"CYPP_TICK_SECONDS": "often"}, "CYPP_TICK_SECONDS is no number of seconds"),
    ],
)
def test_what_is_wrong_with_the_connection_is_said_with_what_to_do(
    changes: dict[str, str], said: str, the_plan: Path, slack: LocalWorkspace
) -> None:
    done = call("check", "--db", the_plan, env=tokens(slack, **changes))
    assert (done.code, done.err) == (1, "1 thing needs attention: see ✗ above.\n")
    mark, how = rows(done)["Slack"]
    assert mark == "✗"
    assert how.startswith(said)
    assert slack.bot_token not in done.said
    assert slack.app_token not in done.said


def test_a_missing_scope_is_named(the_plan: Path) -> None:
    with LocalWorkspace(scopes=tuple(scope for scope in BOT_SCOPES if scope != "im:history")) as workspace:
        done = call("check", "--db", the_plan, env=tokens(workspace))
    assert done.code == 1
    assert rows(done)["Slack"][1].startswith("The bot token lacks im:history: add it under “OAuth & Permissions”")


def test_an_older_installation_is_told_what_it_cannot_do(the_plan: Path) -> None:
    with LocalWorkspace(scopes=tuple(scope for scope in BOT_SCOPES if scope != "files:read")) as workspace:
        done = call("check", "--db", the_plan, env=tokens(workspace))
    mark, how = rows(done)["files:read"]
    assert (mark, rows(done)["Slack"][0]) == ("·", "✓")
    assert how.startswith("the token lacks files:read, so a log sent as a file is not read: it can be pasted")


def test_an_app_token_without_its_scope_is_told_from_a_wrong_one(the_plan: Path) -> None:
    with LocalWorkspace(app_scopes=()) as workspace:
        done = call("check", "--db", the_plan, env=tokens(workspace))
    assert done.code == 1
    assert rows(done)["Slack"][1].startswith("SLACK_APP_TOKEN lacks connections:write: make a new app-level token")


def test_tokens_of_another_workspace_than_the_plans_are_out_of_order(plan: Path, slack: LocalWorkspace) -> None:
    change(plan, "INSERT INTO workspace (id, name, is_demo, created_at) VALUES ('T0OTHER', '', 0, '2020-01-01')")
    done = call("check", "--db", plan, "--workspace", "T0OTHER", env=tokens(slack))
    assert rows(done)["Workspace"] == ("✗", "the plan is of T0OTHER, and the tokens are of T0REAL: set that one’s")


def test_trouble_of_slacks_own_is_not_blamed_on_the_token(the_plan: Path, slack: LocalWorkspace) -> None:
    for fault in (Fault.error("internal_error"), Fault.http(503)):
        slack.faults.add("auth.test", fault)
        done = call("check", "--db", the_plan, env=tokens(slack))
        assert done.code == 1
        assert rows(done)["Slack"][1].startswith("Slack cannot answer just now (")


def test_checking_stores_nothing(plan: Path, slack: LocalWorkspace) -> None:
    before = plan.read_bytes()
    assert call("check", "--db", plan, env=tokens(slack)).code == 0
    assert plan.read_bytes() == before


def test_each_boards_channel_is_looked_at(the_plan: Path, slack: LocalWorkspace) -> None:
    slack.leave("C0HWB", slack.config.bot_user_id)
    done = call("check", "--db", the_plan, env=tokens(slack))
    assert done.code == 1
    assert rows(done)["Channel of partnership"] == ("✓", "the bot is in #c0partner")
    assert rows(done)["Channel of hwb"] == ("✗", "the bot is not in #c0hwb: say “/invite @cypp” there")


def test_a_channel_the_bot_cannot_see_is_said(the_plan: Path) -> None:
    with LocalWorkspace(team_id="T0REAL") as workspace:
        done = call("check", "--db", the_plan, env=tokens(workspace))
    assert rows(done)["Channel of hwb"] == ("✗", "C0HWB cannot be seen (channel_not_found): say “/invite @cypp” in it")
