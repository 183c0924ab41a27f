"""Replies as Slack messages: every size and every hostile text within Slack's rules, and nothing lost."""

import html
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack import limits
from bot.slack.render import SlackMessage, render, render_one, verb_of
from handlers.responses import ActionLine, Button, Content, Group
from models.enums import Status
from tests.bot.slack.samples import HOSTILE, SIZES, action, buttons, hostile, listing
from tests.bot.slack.slack_rules import all_texts, isolation_faults, objects, refusals
from tests.conftest import examples


def assert_accepted(messages: list[SlackMessage]) -> None:
    for message in messages:
        assert refusals(message.text, message.blocks) == []
        assert list(isolation_faults(message.text)) == []
        cost = limits.cost(message.blocks)
        assert cost.characters <= limits.PAGE_CHARACTERS
        assert cost.weight <= limits.PAGE_WEIGHT
        assert len(message.text.encode()) <= limits.FALLBACK_BYTES
        json.dumps(message.blocks).encode("ascii")
        message.text.encode("utf-8")


def only(content: Content) -> SlackMessage:
    messages = render(content)
    assert_accepted(messages)
    assert len(messages) == 1
    return messages[0]


def shown(message: SlackMessage) -> str:
    return "\n".join(all_texts(message.blocks))


def kinds(message: SlackMessage) -> list[str]:
    return [block["type"] for block in message.blocks]


def presses(messages: list[SlackMessage]) -> list[dict[str, Any]]:
    return [part for message in messages for part in objects(message.blocks) if part.get("type") == "button"]


def bold_texts(messages: list[SlackMessage]) -> list[str]:
    parts = [part for message in messages for part in objects(message.blocks)]
    return [part["text"] for part in parts if part.get("style") == {"bold": True}]


# Sizes


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("groups", [1, 3])
@pytest.mark.parametrize("pressable", [0, 6])
def test_every_size_is_accepted_and_shows_each_action_once(size: int, groups: int, pressable: int) -> None:
    messages = render(listing(size, groups=groups, presses=pressable))
    assert_accepted(messages)
    refs = [text for text in bold_texts(messages) if re.fullmatch(r"healthy-\d+", text)]
    assert sorted(refs) == sorted(f"healthy-{number}" for number in range(size))
    assert len(presses(messages)) == size * pressable + 3


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pressable", [0, 6])
def test_one_message_holds_what_fits_and_says_how_many_more_there_are(size: int, pressable: int) -> None:
    message = render_one(listing(size, presses=pressable))
    assert_accepted([message])
    there = len([text for text in bold_texts([message]) if text.startswith("healthy-")])
    more = re.findall(r"… and ([\d,]+) more actions?\.", shown(message))
    assert there + (int(more[0].replace(",", "")) if more else 0) == size
    assert there or not size
    assert "Share in channel" in shown(message)


def test_a_reply_that_fits_is_the_same_either_way() -> None:
    assert render_one(listing(5)) == only(listing(5))


def test_eight_actions_with_six_buttons_each_fit_one_message() -> None:
    message = only(listing(8, presses=6))
    assert kinds(message).count("actions") == 9
    assert len(message.blocks) <= 24


def test_33_actions_without_buttons_in_four_groups_need_at_most_two_messages() -> None:
    assert len(render(listing(33, groups=4))) <= 2


def test_later_pages_repeat_the_headline_and_the_heading_and_say_which_page_they_are() -> None:
    messages = render(listing(90))
    assert len(messages) > 2
    for number, message in enumerate(messages, start=1):
        assert f"Page {number} of {len(messages)}" in shown(message)
        assert f"Page {number} of {len(messages)}" in message.text
    for message in messages[1:-1]:
        assert "Theme Healthy (priorities 7–9) has 90 actions. (continued)" in bold_texts([message])
        assert "Group 1 (continued)" in bold_texts([message])
    assert "(continued)" not in shown(messages[0])


def test_a_group_that_begins_a_page_is_not_called_continued() -> None:
    content = listing(60, groups=20)
    for number in range(1, 21):
        headed = [text for text in bold_texts(render(content)) if text.startswith(f"Group {number}")]
        assert headed.count(f"Group {number}") == 1


def test_no_heading_stands_at_the_foot_of_a_page() -> None:
    for message in render(listing(200, groups=40, key=False)):
        for block, after in zip(message.blocks, [*message.blocks[1:], {"type": "context"}], strict=True):
            texts = list(all_texts(block))
            assert not (texts and texts[0].startswith("Group ") and after["type"] == "context")


def test_the_key_stands_under_the_table_on_every_page_that_has_one() -> None:
    for message in render(listing(90)):
        assert shown(message).count("⬜ closed, not done · ") == 0
        assert shown(message).count("🟠 some issues · 🔴 off track") == 1
    assert "🔴 off track" not in shown(only(listing(0)))


# Layout


def test_an_action_is_one_block_with_its_buttons_under_it() -> None:
    message = only(Content("One.", groups=(Group(lines=(action(1, presses=2),)),)))
    assert kinds(message) == ["header", "rich_text", "actions"]
    assert message.blocks[1]["elements"] == [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "healthy-1", "style": {"bold": True}},
                {"type": "text", "text": "  🟢 on track"},
                {
                    "type": "text",
                    "text": "\nRecruit two emotional health advisors who work with every school in the borough",
                },
                {
                    "type": "text",
                    "text": "\nHead of Education, Sefton Council · due 16 September 2020 · re-planned twice",
                },
                {
                    "type": "text",
                    "text": "\n“Two advisors recruited, a third post is out to advert.” Head of Education, 4 Sep",
                    "style": {"italic": True},
                },
            ],
        }
    ]
    assert message.blocks[2]["elements"][0] == {
        "type": "button",
        "text": {"type": "plain_text", "text": "On track", "emoji": False},
        "action_id": "cypp:verb-0:0",
        "accessibility_label": "On track, healthy-1",
        "value": "healthy-5|3",
        "style": "primary",
    }


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.NOT_STARTED, "⚪ not started"),
        (Status.ON_TRACK, "🟢 on track"),
        (Status.SOME_ISSUES, "🟠 some issues"),
        (Status.OFF_TRACK, "🔴 off track"),
        (Status.PROPOSED, "🟣 proposed for closure"),
        (Status.COMPLETE, "🔵 complete"),
        (Status.CLOSED_NOT_DONE, "⬜ closed, not done"),
    ],
)
def test_the_word_stands_beside_the_colour(status: Status, said: str) -> None:
    message = only(Content("One.", groups=(Group(lines=(ActionLine("7.3", "Words", status),)),)))
    assert f"  {said}" in list(all_texts(message.blocks))
    assert f"7.3, {status.value}: Words." in message.text


def test_an_answered_action_shows_the_answer_and_what_may_still_be_pressed() -> None:
    line = action(1, presses=1, answered="Answered by Head of Education on 4 September.")
    message = only(Content("One.", groups=(Group(lines=(line,)),)))
    assert kinds(message) == ["header", "rich_text", "actions"]
    assert "Answered by Head of Education on 4 September." in shown(message)
    assert "Answered by Head of Education on 4 September." in message.text


def test_rules_stand_between_groups_only() -> None:
    groups = tuple(Group(f"G{n}", texts=("Text.",)) for n in range(3))
    message = only(Content("Head.", ("Intro.",), groups, footer=("Foot.",), buttons=buttons(1)))
    assert kinds(message) == [
        "header", "rich_text",
        "rich_text", "rich_text", "divider",
        "rich_text", "rich_text", "divider",
        "rich_text", "rich_text",
        "actions", "context",
    ]  # fmt: skip


def test_a_long_headline_is_bold_instead_of_a_header() -> None:
    assert kinds(only(Content("x" * 150))) == ["header"]
    assert kinds(only(Content("x" * 151))) == ["rich_text"]
    assert bold_texts(render(Content("x" * 151))) == ["x" * 151]


def test_an_empty_group_says_so() -> None:
    assert "None overdue." in shown(only(Content("Head.", groups=(Group("Overdue", empty="None overdue."),))))


def test_a_group_with_nothing_to_show_keeps_its_heading() -> None:
    content = Content("Head.", groups=(Group("First"), Group("Second", texts=(" ",)), Group(), Group("Third")))
    assert bold_texts([only(content)]) == ["First", "Second", "Third"]


def test_sentences_of_the_plain_text_end_once() -> None:
    line = ActionLine("7.3", "Is it done?", Status.ON_TRACK, ("due 16 Sep",), answered="Answered on 4 Sep.")
    message = only(Content("Head.", groups=(Group(lines=(line,)),)))
    assert message.text == "Head.\n7.3, on track: Is it done? due 16 Sep. Answered on 4 Sep."


def test_what_was_typed_comes_back_as_typed() -> None:
    message = only(Content("There is no such command.", typed="/cypp *satus* <!channel> p7"))
    assert {"type": "plain_text", "text": "You typed: /cypp *satus* <!channel> p7", "emoji": False} in list(
        objects(message.blocks)
    )
    assert "You typed: /cypp *satus* &lt;!channel&gt; p7" in message.text


def test_what_was_typed_comes_back_whole_however_long() -> None:
    typed = " ".join(f"word{number}" for number in range(5000))
    messages = render(Content("Nothing was stored.", typed=typed))
    assert_accepted(messages)
    back = " ".join(part["text"]["text"] for m in messages for part in m.blocks if part["type"] == "section")
    assert back.removeprefix("You typed: ").replace(" ", "") == typed.replace(" ", "")


def test_sharing_carries_the_words_that_ask_the_same_again() -> None:
    (press,) = presses(render(Content("Head.", shareable="status priority 7")))
    assert (verb_of(press["action_id"]), press["value"]) == ("share", "status priority 7")


def test_words_too_long_for_a_button_are_not_offered_for_sharing() -> None:
    assert presses(render(Content("Head.", shareable="x" * 2001))) == []


def test_a_button_asks_first_where_it_should() -> None:
    (press,) = presses(render(Content("Head.", buttons=(Button("Close", "close", "7", "danger", "Close 7.3?"),))))
    assert press["confirm"] == {
        "title": {"type": "plain_text", "text": "Are you sure?", "emoji": False},
        "text": {"type": "plain_text", "text": "Close 7.3?", "emoji": False},
        "confirm": {"type": "plain_text", "text": "Close", "emoji": False},
        "deny": {"type": "plain_text", "text": "Cancel", "emoji": False},
        "style": "danger",
    }


def test_more_buttons_than_a_row_takes_make_more_rows() -> None:
    messages = render(Content("Head.", groups=(Group(lines=(action(1, presses=60),)),), buttons=buttons(60)))
    assert_accepted(messages)
    assert len(presses(messages)) == 120


def test_an_action_with_long_words_and_many_questions_is_accepted() -> None:
    asking = tuple(Button("B" * 75, "verb", confirm="?" * 300) for _ in range(25))
    line = ActionLine("7.3", "w" * 3000, Status.ON_TRACK, ("f" * 200,) * 2, "l" * 3000, asking)
    messages = render(Content("H" * 200, groups=(Group("G" * 150, lines=(line, line)),)))
    assert_accepted(messages)
    assert len(presses(messages)) == 50


def test_a_value_that_cannot_come_back_whole_is_refused() -> None:
    with pytest.raises(limits.OverLimitError, match="value of 'Record'"):
        render(Content("Head.", buttons=(Button("Record", "record", "x" * 2001),)))


@pytest.mark.parametrize(
    ("action_id", "verb"),
    [
        ("cypp:share:12", "share"),
        ("cypp:page:status:3", "page:status"),
        ("other:share:1", ""),
        ("cypp:share", ""),
        ("", ""),
    ],
)
def test_the_verb_is_read_back_from_the_action_id(action_id: str, verb: str) -> None:
    assert verb_of(action_id) == verb


# Hostile text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_everywhere_is_shown_and_accepted(name: str) -> None:
    messages = render(hostile(HOSTILE[name]))
    assert_accepted(messages)
    assert_accepted([render_one(hostile(HOSTILE[name]))])
    assert "healthy-5" in bold_texts(messages)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_alone_still_says_something(name: str) -> None:
    for content in (Content(HOSTILE[name]), Content("", (HOSTILE[name],)), Content("", typed=HOSTILE[name])):
        assert_accepted(render(content))
        assert render(content)[0].blocks


@pytest.mark.parametrize("name", ["everyone", "mention", "link", "entities"])
def test_the_plain_text_mentions_nobody(name: str) -> None:
    for message in render(hostile(HOSTILE[name])):
        assert not re.search(r"<|>|@(channel|here|everyone)", message.text)
        assert not re.search(r"&(?!amp;|lt;|gt;)", message.text)


def test_people_see_what_was_typed_letter_by_letter() -> None:
    text = "*bold* _x_ ~y~ `z` <!channel> <@U123ABC> &lt; :smile: https://x.example"
    message = only(Content("Head.", groups=(Group(texts=(text,), lines=(ActionLine("1", text, Status.ON_TRACK),)),)))
    texts = list(all_texts(message.blocks))
    assert text in texts
    assert f"\n{text}" in texts
    assert text in html.unescape(message.text).replace("\u2060", "")


def test_a_direction_override_reorders_nothing() -> None:
    assert "approved detcejer by the board" in shown(only(Content("Head.", (HOSTILE["override"],))))


def test_right_to_left_words_stand_in_an_isolate() -> None:
    line = ActionLine("7.3", HOSTILE["arabic"], Status.ON_TRACK, (HOSTILE["arabic"], "due 9 September"))
    message = only(Content("Head.", groups=(Group(lines=(line,)),)))
    assert f"\n\u2068{HOSTILE['arabic']}\u2069 · due 9 September" in list(all_texts(message.blocks))


def test_newlines_in_an_actions_words_cannot_make_a_line_that_looks_like_ours() -> None:
    line = ActionLine("7.3", "x\nhealthy-9  🔴 off track", Status.ON_TRACK)
    assert "\nx healthy-9 🔴 off track" in list(
        all_texts(only(Content("Head.", groups=(Group(lines=(line,)),))).blocks)
    )


def test_many_actions_with_very_long_words_are_all_shown() -> None:
    lines = tuple(ActionLine(f"r-{n}", "&" * 3000, Status.ON_TRACK, ("&" * 900,) * 9, "<" * 3000) for n in range(33))
    messages = render(Content("H" * 3000, groups=(Group("G" * 300, lines=lines),), key=True))
    assert_accepted(messages)
    assert [text for text in bold_texts(messages) if text.startswith("r-")] == [line.ref for line in lines]


def test_a_long_plain_text_says_how_many_actions_it_leaves_out() -> None:
    message = render(listing(33))[0]
    assert re.search(r"\n… and \d+ more actions\.$", message.text)


# Drawn at random

TEXT = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(sorted(HOSTILE)).map(HOSTILE.__getitem__)
BUTTONS = st.lists(st.builds(Button, TEXT, st.just("verb"), st.text(max_size=5), confirm=TEXT), max_size=4).map(tuple)
LINES = st.lists(
    st.builds(
        ActionLine, TEXT, TEXT, st.sampled_from(Status), st.lists(TEXT, max_size=3).map(tuple), TEXT, BUTTONS, TEXT
    ),
    max_size=6,
).map(tuple)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
REPLIES = st.builds(
    Content, TEXT, TEXTS, st.lists(st.builds(Group, TEXT, TEXTS, LINES, TEXT, BUTTONS), max_size=4).map(tuple), TEXTS,
    BUTTONS, st.booleans(), TEXT, st.text(max_size=20),
)  # fmt: skip


@settings(max_examples=examples(60))
@given(REPLIES)
def test_whatever_is_said_is_accepted(content: Content) -> None:
    assert_accepted(render(content))
    assert_accepted([render_one(content)])


@settings(max_examples=examples(40))
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(0, 1500)), max_size=40))
def test_nothing_is_lost_or_said_twice_over_pages(shape: list[tuple[int, int, int]]) -> None:
    groups = tuple(
        Group(
            f"G{place}",
            ("Text.",) * texts,
            tuple(action(1000 * place + n, words="w" * long) for n in range(number % 5)),
        )
        for place, (texts, number, long) in enumerate(shape)
    )
    messages = render(Content("Head.", groups=groups))
    assert_accepted(messages)
    refs = [text for text in bold_texts(messages) if text.startswith("healthy-")]
    assert refs == [line.ref for group in groups for line in group.lines]
