"""What Slack refuses, the stand-in refuses; what Slack takes, it takes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from bot.demo.workspace.blocks import BLOCKS, ELEMENTS
from bot.demo.workspace.refusals import check_message, check_metadata, check_options, check_view
from tests.bot.demo.conftest import LocalSlack
from tests.conftest import examples

Json = dict[str, Any]


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "words", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("On track"), "action_id": "on_track", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(n: int | str = 1, **more: Any) -> Json:
    return {"text": plain(f"Option {n}"), "value": f"v{n}", **more}


def select(options: list[Json], kind: str = "static_select", **more: Any) -> Json:
    return {"type": kind, "action_id": "pick", "options": options, **more}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": "why", "label": plain("Why"), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Update"), "submit": plain("Send"), "blocks": list(blocks), **more}


TEXT_INPUT: Json = {"type": "plain_text_input", "action_id": "words"}

RICH_SECTION: Json = {"type": "rich_text_section", "elements": [{"type": "text", "text": "words"}]}
ROW: list[Json] = [{"type": "raw_text", "text": "healthy-5"}, {"type": "raw_number", "value": 2, "text": "two"}]
LONG_CELL: Json = {"type": "raw_text", "text": "x" * 2_500}


def table(*rows: list[Json]) -> Json:
    heading = [{"type": "raw_text", "text": "Ref"}, {"type": "raw_text", "text": "Missed"}]
    return {"type": "data_table", "caption": "Overdue", "rows": [heading, *rows]}


def container(*inside: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("x"), "child_blocks": list(inside), "is_collapsible": True} | more


TAKEN: dict[str, Json] = {
    "a container of ten under a title of 150": container(
        *[section("x")] * 9, actions(button()), title=plain("x" * 150), default_collapsed=True
    ),
    "a table": table(*[ROW] * 100) | {"page_size": 100, "row_header_column_index": 1},
    "a list in rich text": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [RICH_SECTION]}],
    },
    "a section of 3,000 characters": section("x" * 3000),
    "a header of 150": {"type": "header", "text": plain("x" * 150)},
    "25 buttons": actions(*[button(action_id=f"a{n}") for n in range(25)]),
    "a button of 75 with a value of 2,000": actions(button(text=plain("x" * 75), value="v" * 2000)),
    "100 options": actions(select([option(n) for n in range(100)])),
    "a first choice among the options": actions(select([option(1), option(2)], initial_option=option(2))),
    "ten things of context": {"type": "context", "elements": [mrkdwn("x")] * 10},
    "ten radio buttons with marked-up words": actions(
        select([{"text": mrkdwn("*x*"), "value": str(n)} for n in range(10)], "radio_buttons")
    ),
    "a divider": {"type": "divider"},
    "a date picker": actions({"type": "datepicker", "action_id": "d", "initial_date": "2020-09-16"}),
    "an image": {"type": "image", "slack_file": {"id": "F12345678"}, "alt_text": "a chart"},
    "an input": field(TEXT_INPUT),
}

REFUSED: dict[str, tuple[Json, str]] = {
    "a section of 3,001": (section("x" * 3001), "/blocks/0/text/text"),
    "an empty section": (section(""), "/blocks/0/text/text"),
    "a section of nothing": ({"type": "section"}, "/blocks/0"),
    "a header of 151": ({"type": "header", "text": plain("x" * 151)}, "/blocks/0/text/text"),
    "a marked-up header": ({"type": "header", "text": mrkdwn("x")}, "/blocks/0/text/type"),
    "a marked-up button": (actions(button(text=mrkdwn("x"))), "/blocks/0/elements/0/text/type"),
    "a button of 76": (actions(button(text=plain("x" * 76))), "/blocks/0/elements/0/text/text"),
    "a value of 2,001": (actions(button(value="v" * 2001)), "/blocks/0/elements/0/value"),
    "an action_id of 256": (actions(button(action_id="a" * 256)), "/blocks/0/elements/0/action_id"),
    "a block_id of 256": (section(block_id="b" * 256), "/blocks/0/block_id"),
    "an unknown style": (actions(button(style="loud")), "/blocks/0/elements/0/style"),
    "26 buttons": (actions(*[button(action_id=f"a{n}") for n in range(26)]), "/blocks/0/elements"),
    "no buttons": (actions(), "/blocks/0/elements"),
    "the same action_id twice": (actions(button(), button()), "/blocks/0/elements/1/action_id"),
    "101 options": (actions(select([option(n) for n in range(101)])), "/blocks/0/elements/0/options"),
    "no options": (actions(select([])), "/blocks/0/elements/0/options"),
    "an option of 76": (actions(select([option("x" * 76)])), "/blocks/0/elements/0/options/0/text/text"),
    "an option value of 151": (actions(select([option(value="v" * 151)])), "/blocks/0/elements/0/options/0/value"),
    "the same option twice": (actions(select([option(), option()])), "/blocks/0/elements/0/options"),
    "a first choice not on offer": (actions(select([option()], initial_option=option(9))), "/blocks/0/elements/0"),
    "eleven radio buttons": (
        actions(select([option(n) for n in range(11)], "radio_buttons")),
        "/blocks/0/elements/0/options",
    ),
    "eleven things of context": ({"type": "context", "elements": [mrkdwn("x")] * 11}, "/blocks/0/elements"),
    "an unknown block": ({"type": "banner", "text": plain("x")}, "/blocks/0/type"),
    "a block that the bot never makes": ({"type": "table", "rows": []}, "/blocks/0/type"),
    "an element that the bot never makes": (actions(select([option()], "overflow")), "/blocks/0/elements/0/type"),
    "a quotation in rich text": (
        {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": []}]},
        "/blocks/0/elements/0/type",
    ),
    "a list of no style": (
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": [RICH_SECTION]}]},
        "/blocks/0/elements/0",
    ),
    "a container of eleven": (container(*[section()] * 11), "/blocks/0/child_blocks"),
    "an empty container": (container(), "/blocks/0/child_blocks"),
    "a container without a title": ({"type": "container", "child_blocks": [section()]}, "/blocks/0"),
    "a container under a title of 151": (container(section(), title=plain("x" * 151)), "/blocks/0/title/text"),
    "a container in a container": (container(container(section())), "/blocks/0/child_blocks/0/type"),
    "rich text in a container": (
        container({"type": "rich_text", "elements": [RICH_SECTION]}),
        "/blocks/0/child_blocks/0/type",
    ),
    "a container that begins collapsed and cannot be opened": (
        container(section(), is_collapsible=False, default_collapsed=True),
        "/blocks/0/default_collapsed",
    ),
    "the same block_id inside and outside": (
        container(section(block_id="a"), block_id="a"),
        "/blocks/0/child_blocks/0/block_id",
    ),
    "a table of headings alone": (table(), "/blocks/0/rows"),
    "a table of 101 rows": (table(*[ROW] * 101), "/blocks/0/rows"),
    "a table without a caption": (table(ROW) | {"caption": ""}, "/blocks/0/caption"),
    "an uneven table": (table(ROW[:1]), "/blocks/0/rows/1"),
    "an empty cell": (table([{"type": "raw_text", "text": ""}, ROW[1]]), "/blocks/0/rows/1/0/text"),
    "a number without its words": (table([ROW[0], {"type": "raw_number", "value": 1}]), "/blocks/0/rows/1/1"),
    "a page of 101 rows": (table(ROW) | {"page_size": 101}, "/blocks/0/page_size"),
    "a row header that is no column": (
        table(ROW) | {"row_header_column_index": 2},
        "/blocks/0/row_header_column_index",
    ),
    "over 10,000 characters in a table": (table(*[[LONG_CELL, ROW[1]]] * 4), "/blocks/0/rows"),
    "an unknown element": (actions({"type": "slider", "action_id": "s"}), "/blocks/0/elements/0/type"),
    "a text input outside an input": (actions(TEXT_INPUT), "/blocks/0/elements/0/type"),
    "an unknown property": (section(colour="red"), "/blocks/0/colour"),
    "words where a text object belongs": ({"type": "section", "text": "words"}, "/blocks/0/text"),
    "a date of another kind": (
        actions({"type": "datepicker", "action_id": "d", "initial_date": "16/09/2020"}),
        "/blocks/0/elements/0/initial_date",
    ),
    "a picture without words": (
        {"type": "image", "slack_file": {"id": "F12345678"}, "alt_text": ""},
        "/blocks/0/alt_text",
    ),
    "a picture from nowhere": ({"type": "image", "alt_text": "x"}, "/blocks/0"),
    "a picture from elsewhere": (
        {"type": "image", "alt_text": "x", "image_url": "https://example.org/a.png"},
        "/blocks/0/image_url",
    ),
    "a file without a name": ({"type": "image", "alt_text": "x", "slack_file": {}}, "/blocks/0/slack_file"),
    "a file's address for its id": (
        {"type": "image", "alt_text": "x", "slack_file": {"id": "https://example.org/a.png"}},
        "/blocks/0/slack_file/id",
    ),
    "a confirmation that says too much": (
        actions(
            button(
                confirm={
                    "title": plain("Sure?"),
                    "text": plain("x" * 301),
                    "confirm": plain("Yes"),
                    "deny": plain("No"),
                }
            )
        ),
        "/blocks/0/elements/0/confirm/text/text",
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_takes_what_slack_takes(name: str) -> None:
    assert check_message("words", [TAKEN[name]]) is None


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_a_block_and_names_the_place(name: str) -> None:
    block, pointer = REFUSED[name]
    refusal = check_message("words", [block])
    assert refusal is not None
    assert refusal.error == "invalid_blocks"
    assert any(f"[json-pointer:{pointer}]" in message for message in refusal.messages), refusal.messages


def test_all_tables_of_a_message_hold_10_000_characters_and_a_view_has_none() -> None:
    full = table(*[[LONG_CELL, ROW[1]]] * 2)
    assert check_message("words", [full]) is None
    refusal = check_message("words", [full, full])
    assert refusal is not None
    assert refusal.messages == ("[ERROR] must be less than 10001 characters in all tables [json-pointer:/blocks]",)
    refusal = check_view({"type": "home", "blocks": [table(ROW)]}, kinds=("home",))
    assert refusal is not None
    assert "[json-pointer:/view/blocks/0/type]" in refusal.messages[0]


def test_containers_stand_in_messages_alone() -> None:
    refusal = check_view({"type": "home", "blocks": [container(section())]}, kinds=("home",))
    assert refusal is not None
    assert "[json-pointer:/view/blocks/0/type]" in refusal.messages[0]


def test_refuses_the_same_block_id_twice() -> None:
    refusal = check_message("words", [section(block_id="a"), section(block_id="a")])
    assert refusal is not None
    assert "/blocks/1/block_id" in refusal.messages[0]


def test_takes_fifty_blocks_and_refuses_fifty_one() -> None:
    assert check_message("words", [section()] * 50) is None
    refusal = check_message("words", [section()] * 51)
    assert refusal is not None
    assert refusal.messages == ("[ERROR] no more than 50 items allowed [json-pointer:/blocks]",)


def test_counts_the_characters_of_all_blocks_of_a_message() -> None:
    assert check_message("words", [section("x" * 2640)] * 5) is None
    refusal = check_message("words", [section("x" * 2641)] * 5)
    assert refusal is not None
    assert refusal.error == "msg_blocks_too_long"


@pytest.mark.parametrize(
    ("text", "blocks", "error"),
    [
        ("", [], "no_text"),
        (None, None, "no_text"),
        ("x" * 40_001, None, "msg_too_long"),
        ("words", {"type": "section"}, "invalid_blocks_format"),
        ("words", ["section"], "invalid_blocks_format"),
        (7, None, "invalid_arguments"),
    ],
)
def test_refuses_a_message_as_a_whole(text: Any, blocks: Any, error: str) -> None:
    refusal = check_message(text, blocks)
    assert refusal is not None
    assert refusal.error == error


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        (modal(title=plain("x" * 25)), "/view/title/text"),
        (modal(submit=plain("x" * 25)), "/view/submit/text"),
        (modal(close=plain("x" * 25)), "/view/close/text"),
        (modal(title=mrkdwn("x")), "/view/title/type"),
        (modal(private_metadata="x" * 3001), "/view/private_metadata"),
        (modal(callback_id="x" * 256), "/view/callback_id"),
        (modal(*[section()] * 101), "/view/blocks"),
        (modal(section("")), "/view/blocks/0/text/text"),
        (modal(field(TEXT_INPUT), submit=None), "/view"),
        (modal(field({**TEXT_INPUT, "max_length": 3001})), "/view/blocks/0/element/max_length"),
        (modal(field({**TEXT_INPUT, "min_length": 9, "max_length": 3})), "/view/blocks/0/element/min_length"),
        (modal(field(TEXT_INPUT, label=mrkdwn("x"))), "/view/blocks/0/label/type"),
        (modal(id="V1"), "/view/id"),
        (modal(notify_on_close=True), "/view/notify_on_close"),
        ({"type": "home", "title": plain("x"), "blocks": []}, "/view/title"),
        ({"type": "dialog"}, "/view/type"),
    ],
)
def test_refuses_a_view_and_names_the_place(view: Json, pointer: str) -> None:
    refusal = check_view(view, kinds=("modal", "home"))
    assert refusal is not None
    assert refusal.error == "invalid_arguments"
    assert any(f"[json-pointer:{pointer}]" in message for message in refusal.messages), refusal.messages


def test_takes_a_view_at_its_limits() -> None:
    view = modal(*[section()] * 99, field(TEXT_INPUT), title=plain("x" * 24), private_metadata="x" * 3000)
    assert check_view(view, kinds=("modal",)) is None
    assert check_view({"type": "home", "blocks": [section()] * 100}, kinds=("home",)) is None


def test_refuses_a_view_of_more_than_250_kilobytes() -> None:
    refusal = check_view(modal(*[section("é" * 3000)] * 50), kinds=("modal",))
    assert refusal is not None
    assert refusal.error == "view_too_large"


def test_refuses_metadata_without_a_type_or_a_payload() -> None:
    assert check_metadata({"event_type": "d", "event_payload": {"id": "1"}}) is None
    halves: tuple[dict[str, object], ...] = ({"event_type": "d"}, {"event_payload": {}})
    for metadata in halves:
        refusal = check_metadata(metadata)
        assert refusal is not None
        assert refusal.error == "invalid_metadata_schema"


def test_refuses_more_than_100_suggested_options() -> None:
    assert check_options({"options": [option(n) for n in range(100)]}) is None
    assert check_options({"options": []}) is None
    assert check_options({"options": [option(n) for n in range(101)]}) is not None
    assert check_options({}) is not None


def test_the_refusal_reaches_the_client_with_the_json_pointer(slack: LocalSlack) -> None:
    with pytest.raises(SlackApiError) as caught:
        slack.client.chat_postMessage(channel=slack.board.id, text="x", blocks=[section("")])
    assert caught.value.response["error"] == "invalid_blocks"
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert slack.ws.messages(slack.board) == []


ANY_NAME = st.sampled_from(
    [*BLOCKS, *ELEMENTS, "type", "text", "elements", "element", "options", "option_groups", "accessory", "fields"]
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3) | ANY_NAME,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_NAME, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=examples(150))
@given(ANY_JSON, ANY_JSON, ANY_NAME, ANY_NAME)
def test_nothing_sent_is_too_odd_to_be_refused_in_order(one: Any, two: Any, kind: str, inner: str) -> None:
    odd = {"type": kind, "elements": [{"type": inner, "options": one, "initial_options": two}], "accessory": one}
    for block in (one, odd, {"type": "input", "element": {"type": inner, "options": two, "option_groups": one}}):
        check_message("words", [block] if isinstance(block, dict) else block)
        check_view({"type": "modal", "title": one, "blocks": two if block is one else [block]}, kinds=("modal",))
    check_options(one)
    check_metadata(two)


PAYLOADS = [{"a": "text"}, {"a": 1.5}, {"a": True}, {"a": {"b": "c"}}, {"a": [{"b": 1}, {}]}, {}]
OTHER_PAYLOADS = [{"a": ["text"]}, {"a": [1]}, {"a": [{"b": 1}, "text"]}, {"a": None}, {"ok": "x", "a": [[]]}]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_metadata_holds_scalars_objects_and_lists_of_objects(payload: dict[str, Any]) -> None:
    assert check_metadata({"event_type": "d", "event_payload": payload}) is None


@pytest.mark.parametrize("payload", OTHER_PAYLOADS)
def test_metadata_of_other_types_is_refused(payload: dict[str, Any]) -> None:
    refusal = check_metadata({"event_type": "d", "event_payload": payload})
    assert refusal is not None
    assert "/metadata/event_payload/a" in refusal.messages[0]
