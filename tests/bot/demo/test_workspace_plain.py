"""Blocks as lines for a terminal."""

from __future__ import annotations

from typing import Any

from bot.demo.workspace.plain import block_lines, message_text, mrkdwn_text, view_text

NAMES = {"U0HEADED": "Head of Education", "C0BOARD": "cypp-board"}


def test_mark_up_becomes_words() -> None:
    shown = mrkdwn_text(
        "<@U0HEADED> in <#C0BOARD>: *7.1* &lt;b&gt; R&amp;D <https://sefton.example/a|the paper> "
        "<https://sefton.example> <!here> <!date^1600000000^{date}|13 Sep> :large_green_circle: :unknown:",
        NAMES,
    )
    assert shown == (
        "@Head of Education in #cypp-board: *7.1* <b> R&D the paper (https://sefton.example/a) "
        "https://sefton.example @here 13 Sep 🟢 :unknown:"
    )


def test_escaped_mark_up_is_not_taken_for_a_mention() -> None:
    assert mrkdwn_text("&lt;@U0HEADED&gt;", NAMES) == "<@U0HEADED>"


def test_a_message_reads_as_a_page() -> None:
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Priority 7"}},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "• *7.1* 🟢 on track\n• *7.2* a long line that is wrapped"},
        },
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "Key: 🟢 on track"}]},
        {"type": "divider"},
        {
            "type": "actions",
            "elements": [
                {"type": "button", "text": {"type": "plain_text", "text": "On track"}},
                {"type": "button", "text": {"type": "plain_text", "text": "Done…"}},
            ],
        },
    ]
    assert message_text("not shown", blocks, width=28).split("\n") == [
        "Priority 7",
        "──────────",
        "• *7.1* 🟢 on track",
        "• *7.2* a long line that is",
        "  wrapped",
        "  Key: 🟢 on track",
        "",
        "────────────────────────────",
        "[On track] [Done…]",
    ]


def test_a_message_without_blocks_shows_its_text_and_files() -> None:
    assert message_text("hello", [], [{"name": "a.pdf"}]) == "hello\n[file: a.pdf]"


def test_inputs_show_their_label_and_what_stands_in_them() -> None:
    block = {
        "type": "input",
        "optional": True,
        "label": {"type": "plain_text", "text": "Why"},
        "hint": {"type": "plain_text", "text": "One sentence"},
        "element": {"type": "plain_text_input", "initial_value": "because"},
    }
    assert block_lines(block) == ["Why (optional):", "  [because]", "  One sentence"]
    assert view_text("Update", [block], submit="Send", close="Cancel").split("\n")[0] == "═ Update ═"
    assert view_text("Update", [block], submit="Send", close="Cancel").split("\n")[-1] == "[Cancel] [Send]"


def test_boxes_are_set_out() -> None:
    options = [{"text": {"type": "plain_text", "text": t}, "value": t} for t in ("A", "B")]
    boxes = {"type": "checkboxes", "options": options, "initial_options": [options[1]]}
    assert block_lines({"type": "actions", "elements": [boxes]}) == ["[ ] A", "[x] B"]
