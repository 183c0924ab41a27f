"""*Turn into action*: a message becomes the words of an action, its address the source; only for those who may add."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.demo.workspace import SeenMessage, SeenView
from models.storage.scope import ALL
from models.storage.tables import Board, Post
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    CHAIR,
    CHANNEL,
    EDUCATION,
    MEMBER,
    NOTHING_SHOWN,
    SECRETARY,
    action,
    read,
    stored,
)
from tests.local_slack import Fault, Sandbox

SHORTCUT = "cypp:turn"


def said_in_channel(sandbox: Sandbox, user: str, words: str) -> SeenMessage:
    said = sandbox.workspace.say(user, words, CHANNEL).said
    assert said is not None
    return said


def typed(view: SeenView | None) -> dict[str, str | None]:
    """What stands in the fields of the open form, by name."""
    assert view is not None
    found = {}
    for block in view.blocks:
        if block["type"] == "input":
            element = block["element"]
            found[block["block_id"]] = element.get("initial_value") or (element.get("initial_option") or {}).get(
                "value"
            )
    return found


def test_a_message_becomes_an_action_with_its_address_as_the_source(calm: Sandbox) -> None:
    message = said_in_channel(calm, CHAIR, f"<@{EDUCATION}> please publish the guide &amp; tell all schools")
    calm.workspace.shortcut(SECRETARY, message, SHORTCUT)
    form = calm.workspace.view(SECRETARY)
    assert form is not None
    fields = typed(form)
    link = f"https://cypp-demo.slack.com/archives/{CHANNEL}/p{message.ts.replace('.', '')}"
    assert fields["words"] == "Head of Education please publish the guide & tell all schools"
    assert fields["source"] == link
    with calm.database.read(ALL) as session:
        lead = session.scalars(select(Post).where(Post.title == "Head of Education")).one().id
        board = session.scalars(select(Board).where(Board.key == "partnership")).one().id
    values = {"lead": str(lead), "board": str(board), "day": "2020-09-30"}
    sent = calm.workspace.submit(SECRETARY, form, values, replies=1)
    receipt = read(sent)
    assert sent.ok, sent.errors
    ref = receipt.split(":")[0].removeprefix("Added ")
    assert action(calm, ref).source == {"document": link}
    card = calm.command(SECRETARY, f"status {ref}").message
    button = next(one for one in card.elements() if one.get("url"))
    assert (button["url"], button["text"]["text"]) == (link, "Open where it is from")
    assert calm.workspace.press(SECRETARY, card, action_id=button["action_id"], settle=0.05).messages == ()


@pytest.mark.parametrize(("user", "sentence"), [(EDUCATION, "adds actions to the board’s list"), (MEMBER, "adds act")])
def test_whoever_may_not_add_gets_one_sentence_alone_and_no_form(calm: Sandbox, user: str, sentence: str) -> None:
    add_others(calm)
    message = said_in_channel(calm, CHAIR, "Publish the guide")
    before = stored(calm)
    answer = calm.workspace.shortcut(user, message, SHORTCUT, replies=1)
    assert sentence in read(answer)
    assert answer.message.ephemeral
    assert calm.workspace.view(user) is None
    assert stored(calm) == before


def test_a_guest_gets_the_sentence_for_guests(calm: Sandbox) -> None:
    add_others(calm)
    message = said_in_channel(calm, CHAIR, "Publish the guide")
    assert NOTHING_SHOWN in read(calm.workspace.shortcut("U0GUEST", message, SHORTCUT, replies=1))


def test_where_slack_gives_no_address_the_form_opens_without_one(calm: Sandbox) -> None:
    message = said_in_channel(calm, CHAIR, "word " * 1000)
    calm.workspace.faults.add("chat.getPermalink", Fault.error("channel_not_found"))
    calm.workspace.shortcut(SECRETARY, message, SHORTCUT)
    form = calm.workspace.view(SECRETARY)
    assert form is not None
    fields = typed(form)
    assert fields["source"] is None
    assert (fields["words"] or "").startswith("word word")
    assert len(fields["words"] or "") <= 2000
    assert "its beginning" in form.plain(10_000)


def test_a_child_named_in_the_message_is_not_stored(calm: Sandbox) -> None:
    message = said_in_channel(calm, CHAIR, "See the pupil with NHS number 943 476 5919")
    calm.workspace.shortcut(SECRETARY, message, SHORTCUT)
    form = calm.workspace.view(SECRETARY)
    assert form is not None
    sent = calm.workspace.submit(SECRETARY, form, {"lead": "none", "board": "1", "day": "2020-09-30"})
    assert "NHS number" in " ".join(sent.errors.values())
