"""Once only: events, buttons and forms that Slack delivers three times, double clicks, forms sent twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.demo.sandbox import SETTLE
from bot.demo.workspace import SeenMessage, SeenView
from models.enums import NotificationKind, Status
from models.storage.notification_tables import Notification
from models.storage.scope import ALL
from tests.bot.slack.e2e import (
    CHANNEL,
    EDUCATION,
    HEALTH,
    SECRETARY,
    YOUNG_PERSONS,
    OpenAt,
    entries,
    finish,
    message_with,
    outcomes,
    read,
    replans,
    stored,
    when,
)
from tests.local_slack import Sandbox


@pytest.fixture
def thrice(asked: Sandbox) -> Sandbox:
    """Slack delivers everything but commands three times."""
    asked.workspace.deliver_times = 3
    return asked


def said_since(sandbox: Sandbox, user: str, mark: int) -> list[SeenMessage]:
    """What the bot newly said to somebody, changed messages left out."""
    return [one for one in sandbox.workspace.since(user, mark) if not one.edited]


def test_a_button_delivered_three_times_makes_one_entry_and_one_receipt(thrice: Sandbox) -> None:
    mark = thrice.workspace.mark()
    thrice.press(HEALTH, "healthy-4", "On track")
    thrice.workspace.settle(0.1)
    assert len(entries(thrice, "healthy-4")) == 1
    assert len(said_since(thrice, HEALTH, mark)) == 1


def test_a_message_delivered_three_times_makes_one_entry_and_one_answer(thrice: Sandbox) -> None:
    mark = thrice.workspace.mark()
    thrice.say(EDUCATION, "healthy-5 on track, results out")
    thrice.workspace.settle(0.1)
    assert len(entries(thrice, "healthy-5")) == 1
    assert len(said_since(thrice, EDUCATION, mark)) == 1


def test_words_delivered_three_times_are_shown_back_once(thrice: Sandbox) -> None:
    mark = thrice.workspace.mark()
    thrice.say(YOUNG_PERSONS, "the youth version went to the printers")
    thrice.workspace.settle(0.1)
    assert len(said_since(thrice, YOUNG_PERSONS, mark)) == 1


def test_a_form_delivered_three_times_makes_one_entry_and_one_receipt(thrice: Sandbox) -> None:
    thrice.workspace.deliver_times = 1
    thrice.press(HEALTH, "healthy-4", "Some issues…")
    mark = thrice.workspace.mark()
    thrice.workspace.deliver_times = 3
    assert thrice.submit(HEALTH, {"words": "The data never came"}).closed
    thrice.workspace.settle(0.1)
    assert len(entries(thrice, "healthy-4")) == 1
    assert len(said_since(thrice, HEALTH, mark)) == 1


@pytest.mark.parametrize("what", ["button", "words", "form"])
def test_what_is_delivered_again_later_is_acknowledged_and_counts_for_nothing(asked: Sandbox, what: str) -> None:
    if what == "button":
        asked.press(HEALTH, "healthy-4", "On track")
    elif what == "words":
        asked.say(HEALTH, "healthy-4 on track, data came")
    else:
        asked.press(HEALTH, "healthy-4", "Done…")
        asked.submit(HEALTH, {"words": "All three are on the intranet"})
    before = stored(asked)
    assert len(entries(asked, "healthy-4")) == 1
    asked.clock.move(when(8, 17, 12))
    assert asked.workspace.redeliver_last(2) == [True, True]
    assert stored(asked) == before


def test_a_form_refused_at_a_field_counts_when_it_is_sent_again(thrice: Sandbox) -> None:
    thrice.workspace.deliver_times = 1
    thrice.press(HEALTH, "healthy-4", "Some issues…")
    thrice.workspace.deliver_times = 3
    assert thrice.submit(HEALTH, {"words": "  "}).errors
    assert thrice.submit(HEALTH, {"words": "The data never came"}).closed
    assert [entry.words for entry in entries(thrice, "healthy-4")] == ["The data never came"]


def test_a_double_click_makes_one_entry(asked: Sandbox) -> None:
    message, action_id, value = asked.find_button(HEALTH, "healthy-4", "On track")

    def click(_: int) -> object:
        return asked.workspace.press(HEALTH, message, action_id=action_id, value=value)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(click, range(6)))
    asked.workspace.settle(0.1)
    assert len(entries(asked, "healthy-4")) == 1


def test_two_people_who_press_at_once_make_an_entry_each_and_lose_none(asked: Sandbox) -> None:
    presses = [(user, *asked.find_button(user, "healthy-4", label)) for user, label in
               ((HEALTH, "On track"), ("U0PHANALY", "No change"))]  # fmt: skip

    def click(press: tuple[str, SeenMessage, str, str]) -> object:
        user, message, action_id, value = press
        return asked.workspace.press(user, message, action_id=action_id, value=value, settle=SETTLE)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(click, presses))
    finish(asked)
    assert sorted(entry.kind.value for entry in entries(asked, "healthy-4")) == ["no change", "update"]


def test_a_form_sent_twice_makes_one_entry(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "Done…")
    view = asked.workspace.view(HEALTH)
    assert view is not None

    def send(form: SeenView) -> object:
        try:
            return asked.workspace.submit(HEALTH, form, {"words": "All three are on the intranet"})
        except Exception as gone:  # noqa: BLE001 - the first may have closed it already
            return gone

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(send, [view, view]))
    asked.workspace.settle(0.1)
    asked.workspace.redeliver_last(2)
    assert len(entries(asked, "healthy-4")) == 1


def test_recording_words_that_were_shown_back_twice_counts_once(thrice: Sandbox) -> None:
    thrice.workspace.deliver_times = 1
    message = thrice.say(YOUNG_PERSONS, "the youth version went to the printers").messages[0]
    thrice.workspace.deliver_times = 3
    button = message.buttons()[0]
    for _ in range(2):
        thrice.workspace.press(
            YOUNG_PERSONS, message, action_id=button.action_id, value=button.value, stale=True, settle=0.1
        )
    assert len(entries(thrice, "9sep-1")) == 1


def test_the_secretarys_buttons_count_once_too(open_at: OpenAt) -> None:
    sandbox = open_at(when(9, 16, 15))
    sandbox.advance(when(9, 17, 9, 30))
    sandbox.workspace.deliver_times = 3
    sandbox.press(SECRETARY, "healthy-4", "Carry forward")
    sandbox.press(SECRETARY, "healthy-5", "Closed")
    assert [len(outcomes(sandbox, ref)) for ref in ("healthy-4", "healthy-5")] == [1, 1]
    assert len(replans(sandbox, "healthy-4")) == 1
    after = message_with(sandbox, SECRETARY, "After the meeting of Wed 16 Sep 2020")
    sandbox.settle(SECRETARY, after)
    digests = [one for one in sandbox.workspace.dm(SECRETARY) if "Publish" in [button.text for button in one.buttons()]]
    assert len(digests) == 1
    sandbox.press_in(SECRETARY, digests[0], "Publish")
    (digest,) = [one for one in sandbox.workspace.dm(SECRETARY) if one.ts == digests[0].ts]
    assert "Publish" not in [button.text for button in digest.buttons()]
    published = [one for one in sandbox.workspace.messages(CHANNEL) if "overdue" in read(one)]
    assert len(published) == 1
    with sandbox.database.read(ALL) as session:
        assert (
            len(session.scalars(select(Notification).where(Notification.kind == NotificationKind.PUBLISH)).all()) == 1
        )


def test_the_status_of_what_was_delivered_thrice_is_what_was_said_once(thrice: Sandbox) -> None:
    thrice.press(HEALTH, "healthy-9", "On track")
    thrice.say(HEALTH, "healthy-9 off track, the cook has left")
    assert [entry.status for entry in entries(thrice, "healthy-9")] == [Status.ON_TRACK, Status.OFF_TRACK]
