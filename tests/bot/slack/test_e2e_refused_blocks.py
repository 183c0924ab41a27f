"""A workspace that does not take a kind of block yet gets the plainer form: at once, and from then on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.slack import refused_blocks
from bot.slack.meanings import Means, meaning_of_body
from bot.slack.plainer_forms import plainer_block, plainer_page, refused_kinds
from bot.slack.render import render
from tests.bot.slack import samples
from tests.bot.slack.e2e import CHANNEL, EDUCATION, SECRETARY, OpenAt, entries, finish, labels, read, when
from tests.local_slack import Fault, Sandbox


@pytest.fixture
def sandbox(open_at: OpenAt) -> Sandbox:
    return open_at(when(8, 17, 9), burst=10_000)


def posts(sandbox: Sandbox) -> list[Any]:
    return list(sandbox.workspace.calls_of("chat.postMessage"))


@pytest.mark.parametrize("kind", ["context", "rich_text", "header", "divider", "actions", "button", "section"])
def test_a_bundle_arrives_in_its_plainer_form_and_the_next_at_once(sandbox: Sandbox, kind: str) -> None:
    sandbox.workspace.refuse_blocks(kind)
    sandbox.advance(when(8, 17, 9, 30))
    (bundle,) = sandbox.workspace.dm(EDUCATION)
    assert bundle.text.startswith("3 actions of yours need an update by Tue 1 Sep 2020.")
    shown = bundle.plain(10_000)
    assert "healthy-5" in shown
    assert kind not in {block["type"] for block in bundle.blocks}
    assert kind not in {element["type"] for element in bundle.elements()}
    refused = [call for call in posts(sandbox) if (call.result or {}).get("error") == "invalid_blocks"]
    sent = [call for call in posts(sandbox) if (call.result or {}).get("ok")]
    # Four messages are on their way at the same time; none of the later ones asks again.
    assert len(refused) <= 4
    assert len(sent) > len(refused)
    before = len(posts(sandbox))
    sandbox.say(EDUCATION, "healthy-5 on track, two advisors recruited")
    assert len(posts(sandbox)) == before + 1
    assert len(entries(sandbox, "healthy-5")) == 1


def test_answers_forms_and_home_are_shown_in_their_plainer_form(sandbox: Sandbox) -> None:
    sandbox.workspace.refuse_blocks("context", "divider")
    sandbox.say(SECRETARY, "status")
    home = sandbox.workspace.open_home(SECRETARY)
    assert home is not None
    assert {"context", "divider"}.isdisjoint(block["type"] for block in home.blocks)
    for words in ("status", "overdue", "help"):
        answer = sandbox.command(SECRETARY, words)
        assert answer.error is None, answer.detail
        assert {"context", "divider"}.isdisjoint(block["type"] for block in answer.messages[0].blocks)
    asked = sandbox.workspace.say(EDUCATION, "status healthy-5", CHANNEL, mention=True, replies=1)
    assert asked.messages
    card = sandbox.command(EDUCATION, "status healthy-5").message
    sandbox.workspace.press(EDUCATION, card, text="Re-plan…")
    assert sandbox.workspace.view(EDUCATION) is not None


def test_it_is_known_after_a_restart_and_tried_again_after_a_day(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refused_blocks, "READ_EVERY", 0.0)
    sandbox.workspace.refuse_blocks("header")
    sandbox.say(EDUCATION, "healthy-5 on track, two advisors recruited")
    again = refused_blocks.RefusedBlocks(sandbox.database, "T0DEMO", sandbox.clock)
    page = {"text": "x", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "News"}}]}
    assert [block["type"] for block in again.fit(page)["blocks"]] == ["section"]
    sandbox.workspace.refuse_blocks()
    sandbox.advance(sandbox.clock() + timedelta(days=1, minutes=1))
    answer = sandbox.say(EDUCATION, "healthy-5 some issues, one advisor has left")
    assert "header" in {block["type"] for block in answer.message.blocks}


def test_a_bot_that_starts_asks_which_kinds_are_taken(sandbox: Sandbox) -> None:
    sandbox.workspace.refuse_blocks("header", "external_select")
    sandbox.bot.deps.blocks.ask(sandbox.bot.deps.client)
    answer = sandbox.command(SECRETARY, "status healthy-5")
    assert (answer.error, posts(sandbox)) == (None, [])
    assert "header" not in {block["type"] for block in answer.messages[0].blocks}
    sandbox.workspace.refuse_blocks()
    sandbox.bot.deps.blocks.ask(sandbox.bot.deps.client)
    assert "header" in {block["type"] for block in sandbox.command(SECRETARY, "status healthy-5").messages[0].blocks}


@pytest.mark.parametrize("fault", [Fault.error("unknown_method"), Fault.http(500), Fault.page()])
def test_where_slack_does_not_say_what_is_known_stays(sandbox: Sandbox, fault: Fault) -> None:
    sandbox.workspace.refuse_blocks("header")
    sandbox.say(EDUCATION, "healthy-5 on track, two advisors recruited")
    sandbox.workspace.faults.add("blocks.validate", fault, times=100)
    sandbox.bot.deps.blocks.ask(sandbox.bot.deps.client)
    assert sandbox.command(SECRETARY, "status healthy-5").error is None


def test_what_is_refused_for_no_kind_arrives_as_plain_text(sandbox: Sandbox) -> None:
    sandbox.workspace.faults.add(
        "chat.postMessage", Fault.error("msg_blocks_too_long"), times=100, when=lambda args: bool(args.get("blocks"))
    )
    sandbox.advance(when(8, 17, 9, 30))
    (bundle,) = sandbox.workspace.dm(EDUCATION)
    assert bundle.blocks == ()
    assert "healthy-5" in bundle.text
    assert labels(bundle) == []


def test_a_press_is_answered_where_slack_refuses_its_blocks(sandbox: Sandbox) -> None:
    sandbox.advance(when(8, 17, 9, 30))
    (bundle,) = sandbox.workspace.dm(EDUCATION)
    sandbox.workspace.refuse_blocks("header")
    answer = sandbox.workspace.press(EDUCATION, bundle, action_id=bundle.buttons()[0].action_id)
    finish(sandbox)
    assert "Recorded for healthy-5: on track." in read(sandbox.workspace.since(EDUCATION, answer.mark))


# -- pure


def test_every_message_has_a_form_without_any_kind() -> None:
    for size in samples.SIZES:
        for message in render(samples.listing(size, presses=6)):
            kinds = {block["type"] for block in message.blocks}
            for kind in kinds:
                form = plainer_page(message.as_form(), {kind})
                assert kind not in {block["type"] for block in form["blocks"]}
            assert plainer_page(message.as_form(), kinds | {"section"})["blocks"] == []


def test_the_words_of_a_block_stay() -> None:
    block = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"text": "healthy-5"}, {"text": ": red"}]},
            {"type": "rich_text_section", "elements": [{"text": "late"}]},
        ],
    }  # fmt: skip
    (plain,) = plainer_block(block)
    assert plain["text"]["text"].strip("\u2068\u2069") == "healthy-5: red\nlate"


POINTED = [
    ({"response_metadata": {"messages": ["[ERROR] unsupported type: x [json-pointer:/blocks/1/type]"]}}, {"x"}),
    ({"errors": [{"pointer": "/blocks/1/elements/0/type", "code": "c", "message": "m"}]}, {"y"}),
    ({"response_metadata": {"messages": ["[ERROR] must be more than 0 [json-pointer:/blocks/1/elements]"]}}, set()),
    ({"response_metadata": {"messages": ["[ERROR] unsupported type: x [json-pointer:/blocks/9/type]"]}}, set()),
    ({"response_metadata": {"messages": [None, 3]}, "errors": ["no", {"pointer": 4}]}, set()),
    ({"response_metadata": None, "errors": None}, set()),
]


@pytest.mark.parametrize(("more", "kinds"), POINTED)
def test_what_slack_points_at_is_found(more: dict[str, Any], kinds: set[str]) -> None:
    page = {"text": "x", "blocks": [{"type": "divider"}, {"type": "x", "elements": [{"type": "y"}]}]}
    trouble = meaning_of_body(200, {}, {"ok": False, "error": "invalid_blocks", **more})
    assert trouble.means is Means.MESSAGE
    assert refused_kinds(page, trouble.at) == kinds
