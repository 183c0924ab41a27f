"""A workspace that does not take a kind of block yet gets the plainer form: at once, and from then on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

import pytest

from bot.slack import limits, refused_blocks
from bot.slack.meanings import Means, meaning_of_body
from bot.slack.plainer_forms import plainer_block, plainer_page, refused_kinds
from bot.slack.render import render
from bot.slack.render_rows import TABLE_COLUMNS
from handlers.responses import ActionLine, Content, Group
from tests.bot.slack import samples
from tests.bot.slack.e2e import CHANNEL, EDUCATION, SECRETARY, OpenAt, entries, finish, labels, read, when
from tests.bot.slack.slack_rules import refusals
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


def test_a_list_is_a_table_and_where_that_is_refused_the_same_rows_in_two_lines(sandbox: Sandbox) -> None:
    table = next(one for one in sandbox.command(SECRETARY, "due").message.blocks if one["type"] == "data_table")
    assert [cell["text"] for cell in table["rows"][0]] == [*TABLE_COLUMNS]
    assert table["row_header_column_index"] == TABLE_COLUMNS.index("Ref"), "a screen reader says it before each cell"
    refs = [row[0]["text"] for row in table["rows"][1:]]
    sandbox.workspace.refuse_blocks("data_table")
    sandbox.bot.deps.blocks.ask(sandbox.bot.deps.client)
    message = sandbox.command(SECRETARY, "due").message
    assert "data_table" not in {block["type"] for block in message.blocks}
    parts = [part for one in message.blocks if one["type"] == "rich_text" for part in one["elements"]]
    items = next(part for part in parts if part["type"] == "rich_text_list")
    said = ["".join(piece["text"] for piece in item["elements"]) for item in items["elements"]]
    assert [one.split("  ")[0] for one in said] == refs
    assert all(len(one.split("\n")) == 2 for one in said)
    assert said[0].endswith(" · due 16 Sep 2020")


def test_the_menu_under_a_table_opens_the_card(sandbox: Sandbox) -> None:
    message = sandbox.command(EDUCATION, "due").message
    menu = next(one for one in message.elements() if one["type"] == "static_select")
    chosen = next(one for one in menu["options"] if one["text"]["text"].startswith("healthy-5:"))
    answer = sandbox.workspace.choose(EDUCATION, message, chosen, action_id=menu["action_id"], replies=1)
    assert read(answer).startswith("healthy-5: on track. Due Wed 16 Sep 2020.")


# -- pure


@pytest.mark.parametrize("kind", ["data_table", "raw_number"])
def test_without_tables_every_row_stays_within_one_message(kind: str) -> None:
    for message in render(samples.rows(130)):
        form = plainer_page(message.as_form(), {kind})
        assert "data_table" not in {block["type"] for block in form["blocks"]}
        assert limits.cost(form["blocks"]).fits(limits.MESSAGE_ROOM)
        tables = [block for block in message.blocks if block["type"] == "data_table"]
        assert refusals(form["text"], form["blocks"]) == refusals(message.text, message.blocks) == []
        refs = [row[0]["text"] for table in tables for row in table["rows"][1:]]
        assert all(f'"{ref}"' in json.dumps(form) for ref in refs)


def test_rows_of_a_heading_are_one_table_and_none_is_lost_between_messages() -> None:
    messages = render(samples.rows(130))
    tables = [[one for one in message.blocks if one["type"] == "data_table"] for message in messages]
    assert [len(some) for some in tables] == [1] * (len(messages) - 1) + [2]
    captions = [[(one["caption"], len(one["rows"]) - 1) for one in some] for some in tables]
    assert captions[0] == [(f"Overdue: {captions[0][0][1]} actions", captions[0][0][1])], "what it holds, counted"
    assert captions[-1][1] == ("No lead: 1 action", 1)
    refs = [row[0]["text"] for some in tables for table in some for row in table["rows"][1:]]
    assert refs == [f"healthy-{number}" for number in range(131)]
    assert all(2 <= len(table["rows"]) <= 101 for some in tables for table in some)


@pytest.mark.parametrize("opened", ["open", "closed"])
def test_what_can_be_folded_away_is_within_one_message_with_frames_and_without(
    opened: Literal["open", "closed"],
) -> None:
    words = tuple(f"Recorded for healthy-{number}: carried forward to Fri 23 Oct 2020." for number in range(130))
    folded = Group("Recorded (130)", words, buttons=samples.buttons(130), folds=opened)
    messages = render(Content("After the meeting.", groups=(folded, samples.listing(3).groups[0], folded)))
    for message in messages:
        frames = [block for block in message.blocks if block["type"] == "container"]
        assert all(one["default_collapsed"] is (opened == "closed") for one in frames)
        assert all(one["title"]["text"].startswith("Recorded (130)") for one in frames)
        form = plainer_page(message.as_form(), {"container"})
        assert refusals(form["text"], form["blocks"]) == refusals(message.text, message.blocks) == []
        assert limits.cost(form["blocks"]).fits(limits.MESSAGE_ROOM)
        assert all(limits.cost(one["child_blocks"]).fits(limits.CONTAINER_ROOM) for one in frames)
    said = json.dumps([plainer_page(message.as_form(), {"container"}) for message in messages])
    assert all(said.count(one) >= 2 for one in words)


def test_rows_of_one_lead_that_stand_together_say_the_lead_once_where_there_is_no_table() -> None:
    leads = ["Head of Education, council"] * 3 + ["Inspector, police"] * 3
    rows = [samples.row(4 * number) for number in range(6)]
    lines = tuple(
        replace(row, cells=replace(row.cells, lead=lead)) for row, lead in zip(rows, leads, strict=True) if row.cells
    )

    def shown(some: Sequence[ActionLine]) -> list[str]:
        (message,) = render(Content("Six.", groups=(Group(lines=tuple(some)),)))
        (block,) = [
            one for one in plainer_page(message.as_form(), {"data_table"})["blocks"] if one["type"] == "rich_text"
        ]
        return ["".join(json.dumps(part["elements"], ensure_ascii=False)) for part in block["elements"]]

    together = shown(lines)
    assert [one.count("council") for one in together] == [1, 0, 0, 0], "a heading, its rows, a heading, its rows"
    assert [one.count("healthy-") for one in together] == [0, 3, 0, 3]
    apart = shown(lines[::3] + lines[1::3] + lines[2::3])
    assert [one.count("council") for one in apart] == [3], "where they do not, each row says it"


def test_a_table_sorts_by_day_and_number_and_says_them_in_words() -> None:
    (row,) = render(Content("One.", groups=(Group(lines=(samples.row(3),)),)))[0].blocks[1]["rows"][1:]
    assert [(cell["type"], cell.get("value"), cell["text"]) for cell in row[3:6]] == [
        ("raw_number", 20200916, "16 September 2020, overdue"),
        ("raw_text", None, "🔴 off track"),
        ("raw_number", 3, "3"),
    ]


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
