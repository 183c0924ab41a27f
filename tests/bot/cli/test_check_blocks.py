"""`cypp check` asks Slack whether it takes what the bot makes, in neutral words, and names what it does not."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bot.cli.check_blocks import payloads as payloads_of
from bot.cli.check_blocks import scheduled_payloads
from bot.cli.check_messages import sample_messages
from bot.slack import render
from bot.slack.neutral_words import neutral
from bot.slack.render_form import form_verb
from bot.slack.render_home import render_home
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.status.home import show_home
from models.enums import NotificationKind
from tests.bot.cli.support import query, run, tokens
from tests.bot.cli.test_check import rows
from tests.contract.payloads import of_the_plan
from tests.handlers.rounds import Rounds, example
from tests.local_slack import Fault, LocalWorkspace
from tests.models.test_accounts import NOW

ADMIN = "U0ICTADMIN"

VALIDATE = "blocks.validate"


@pytest.fixture
def slack(request: pytest.FixtureRequest) -> Iterator[LocalWorkspace]:
    refused = getattr(request, "param", ())
    with LocalWorkspace(team_id="T0REAL", team_name="The Council", refused_blocks=refused) as workspace:
        for channel in ("C0PARTNER", "C0HWB"):
            workspace.add_channel(channel, channel.lower())
        yield workspace


def stored_rows(plan: Path) -> dict[str, list[Any]]:
    """Every row of every table."""
    names = [name for (name,) in query(plan, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: query(plan, f'SELECT * FROM "{name}"') for name in names}


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


def test_a_message_of_every_kind_is_made_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    """A new kind of scheduled notification, or of form, fails here until `check` shows it to Slack."""
    plan = Rounds(example(tmp_path, NOW, ADMIN), NOW)
    kinds: list[NotificationKind] = []
    names: list[str] = []
    forms: set[str] = set()

    def work(ctx: RequestContext) -> None:
        for name, made in (*payloads_of(ctx), *scheduled_payloads(ctx)):
            names.append(name)
            forms.add(form_verb(made.get("view", {}).get("callback_id", "")))

    plan.again([lambda ctx: kinds.extend(kind for kind, _ in sample_messages(ctx))], ADMIN)
    plan.again([work], ADMIN)
    assert set(kinds) == set(NotificationKind)
    assert {kind.value for kind in kinds} <= {name.partition("“")[2].partition("”")[0] for name in names}
    assert forms - {""} == set(REGISTRY.forms)


def types_in(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from filter(lambda kind: isinstance(kind, str), [part.get("type")])
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from types_in(one)


def types_written() -> set[str]:
    """What the program makes by name: every `"type": …` of what renders messages, forms and the Home tab."""
    found = set[str]()
    for path in Path(render.__file__).parent.glob("render*.py"):
        names = vars(import_module(f"bot.slack.{path.stem}"))
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            pairs = zip(one.keys, one.values, strict=True) if isinstance(one, ast.Dict) else ()
            written = [value for key, value in pairs if key and ast.unparse(key) == "'type'"]
            found |= {names[one.id] if isinstance(one, ast.Name) else ast.literal_eval(one) for one in written}
    return found


def test_each_kind_of_block_and_element_that_the_program_makes_is_asked_about() -> None:
    asked = {kind for _, made in of_the_plan() for kind in types_in(made)}
    assert types_written() - asked == set()
    assert len(asked) > 20


def test_the_home_of_each_role_is_asked_about() -> None:
    homes = {name: made["view"]["blocks"] for name, made in of_the_plan() if name.startswith("Home")}
    assert list(homes) == ["Home", "Home of a lead", "Home of a secretary", "Home of a chair"]
    assert len({json.dumps(blocks) for blocks in homes.values()}) == len(homes), "each shows something else"
    assert "rich_text_list" in set(types_in(homes["Home of a lead"]))


def presses_in(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict) and part.get("type") == "button":
        yield part
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from presses_in(one)


def heard_of(made: Any) -> dict[tuple[str, str], set[str]]:
    """What does each button do, by what stands on it and what is heard of it: one thing, where they are told apart."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in presses_in(made):
        written = one["text"]["text"]
        does = one["action_id"].rpartition(":")[0] + one.get("value", "")
        found.setdefault((written, one.get("accessibility_label", written)), set()).add(does)
    return found


def test_buttons_that_look_alike_and_do_different_things_are_told_apart_by_ear() -> None:
    every = {(name, *one): does for name, made in of_the_plan() for one, does in heard_of(made).items()}
    assert {one: does for one, does in every.items() if len(does) > 1} == {}
    told = [(written, heard) for _, written, heard in every if written != heard]
    assert len(told) > 60, "many say what they are about"
    assert all(heard.startswith(written) for written, heard in told), "whoever speaks to it says what stands on it"


def test_boards_that_somebody_keeps_and_chairs_are_told_apart_by_ear(tmp_path: Path) -> None:
    made: list[dict[str, Any]] = []

    def work(ctx: RequestContext) -> None:
        kept, chaired = ctx.calendars
        roles = replace(
            ctx.roles, is_administrator=False, secretary_of=frozenset({kept}), chair_of=frozenset({chaired})
        )
        made.append(render_home(show_home(replace(ctx, roles=roles))))

    Rounds(example(tmp_path, NOW, ADMIN), NOW).again([work], ADMIN)
    heard = heard_of(made)
    assert [does for does in heard.values() if len(does) > 1] == []
    assert sum(written == "Send digest now" for written, _ in heard) == 2


def test_check_keeps_nothing_of_what_it_supposed(the_plan: Path, slack: LocalWorkspace) -> None:
    before = stored_rows(the_plan)
    run("check", "--db", the_plan, env=tokens(slack))
    after = stored_rows(the_plan)
    # What Slack does not take is remembered, and that alone.
    assert {name for name, rows in after.items() if rows != before[name]} <= {"refused_block"}


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
