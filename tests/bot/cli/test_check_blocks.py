"""`cypp check` asks Slack whether it takes what the bot makes, in neutral words, and names what it does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.slack.neutral_words import neutral
from tests.bot.cli.support import run, tokens
from tests.bot.cli.test_check import rows
from tests.local_slack import Fault, LocalWorkspace

VALIDATE = "blocks.validate"


@pytest.fixture
def slack(request: pytest.FixtureRequest) -> Iterator[LocalWorkspace]:
    refused = getattr(request, "param", ())
    with LocalWorkspace(team_id="T0REAL", team_name="The Council", refused_blocks=refused) as workspace:
        for channel in ("C0PARTNER", "C0HWB"):
            workspace.add_channel(channel, channel.lower())
        yield workspace


def payloads(slack: LocalWorkspace) -> list[tuple[str, Any]]:
    """What was asked about, each with what it is."""
    return [
        (name, json.loads(call.args[name]))
        for call in slack.calls_of(VALIDATE)
        for name in ("message", "view", "blocks")
        if name in call.args
    ]


def test_everything_is_asked_about_and_nothing_is_posted(the_plan: Path, slack: LocalWorkspace) -> None:
    done = run("check", "--db", the_plan, env=tokens(slack))
    mark, how = rows(done)["Messages and forms"]
    assert mark == "✓"
    assert how.startswith("Slack takes all ")
    asked = payloads(slack)
    kinds = {(name, view.get("type")) for name, view in asked}
    assert {("message", None), ("view", "home"), ("view", "modal")} <= kinds
    assert len(asked) >= 12
    assert {call.method for call in slack.calls} <= {
        "auth.test", "apps.connections.open", "conversations.info", VALIDATE,
    }  # fmt: skip


def test_no_word_of_the_plan_goes_with_it(the_plan: Path, slack: LocalWorkspace) -> None:
    run("check", "--db", the_plan, env=tokens(slack))
    sent = json.dumps([call.args for call in slack.calls_of(VALIDATE)])
    for word in ("Sefton", "Education", "healthy-5", "emotional", "Wellbeing", "example.org\\\\", "U0DEMSERV"):
        assert word not in sent, word


@pytest.mark.parametrize("slack", [("context",)], indirect=True)
def test_what_slack_does_not_take_is_named(the_plan: Path, slack: LocalWorkspace) -> None:
    done = run("check", "--db", the_plan, env=tokens(slack))
    wrong = {what: how for what, (mark, how) in rows(done).items() if mark == "✗" and "Slack does not take" in how}
    assert wrong
    assert all("unsupported type: context at /blocks/" in how for how in wrong.values())
    assert done.code == 1
    assert "Messages and forms" not in rows(done)


@pytest.mark.parametrize(
    "fault",
    [Fault.error("unknown_method"), Fault.http(500), Fault.error("fatal_error")],
    ids=["unknown", "500", "fatal"],
)
def test_where_slack_does_not_say_nothing_is_wrong(the_plan: Path, slack: LocalWorkspace, fault: Fault) -> None:
    slack.faults.add(VALIDATE, fault, times=1000)
    assert rows(run("check", "--db", the_plan, env=tokens(slack)))["Messages and forms"][0] == "·"


NEUTRAL = [
    ({"type": "header", "text": {"type": "plain_text", "text": "Sam's 3 posts"}}, {"text": "xxx'x x xxxxx"}),
    ({"type": "rich_text", "elements": [{"type": "text", "text": "Zoë 🟢"}]}, {"text": "xxx 🟢"}),
    ({"type": "image", "alt_text": "A bar: 4"}, {"alt_text": "x xxx: x"}),
]


@pytest.mark.parametrize(("block", "expected"), NEUTRAL)
def test_words_are_as_long_and_say_nothing(block: dict[str, Any], expected: dict[str, str]) -> None:
    made = json.dumps(neutral(block), ensure_ascii=False)
    assert all(json.dumps(value, ensure_ascii=False) in made for value in expected.values())


def test_options_stay_apart_and_an_initial_one_is_among_them() -> None:
    first, second = ({"text": {"type": "plain_text", "text": text}, "value": text} for text in ("Ann", "Bob"))
    made = neutral({"options": [first, second], "initial_option": first})
    assert made["options"][0]["value"] != made["options"][1]["value"]
    assert made["initial_option"] == made["options"][0]
    assert "Ann" not in json.dumps(made)
