"""Plain words in the direct conversation and in a bundle's thread: what is recorded, what is shown back, and undo."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.demo.workspace import SeenMessage
from models.enums import AnswerKind, Status, Way
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ANALYST,
    COMMISSIONING,
    EDUCATION,
    HEALTH,
    MEMBER,
    SECRETARY,
    YOUNG_PERSONS,
    OpenAt,
    Pristine,
    action,
    bundle_of,
    entries,
    forge,
    labels,
    read,
    stored,
    when,
    writer,
)
from tests.local_slack import Sandbox


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(8, 17, 9), burst=10_000)
    add_others(sandbox)
    sandbox.advance(when(8, 17, 9, 30))
    return Pristine(sandbox)


@pytest.mark.parametrize(
    ("user", "words", "ref", "kind", "status", "kept"),
    [
        (EDUCATION, "healthy-5 on track, two advisors recruited", "healthy-5", AnswerKind.UPDATE, Status.ON_TRACK,
         "two advisors recruited"),
        (EDUCATION, "Healthy 5: green.", "healthy-5", AnswerKind.UPDATE, Status.ON_TRACK, ""),
        (EDUCATION, "healthy-8 all posts filled by June. amber", "healthy-8", AnswerKind.UPDATE, Status.SOME_ISSUES,
         "all posts filled by June."),
        (ANALYST, "healthy-9 off track: nobody to do it", "healthy-9", AnswerKind.UPDATE, Status.OFF_TRACK,
         "nobody to do it"),
        (HEALTH, "healthy-9 no change", "healthy-9", AnswerKind.NO_CHANGE, None, ""),
        (EDUCATION, "healthy-5 verbal update at the meeting", "healthy-5", AnswerKind.VERBAL, None, ""),
        (EDUCATION, "9sep-2 done, toolkit is on the website", "9sep-2", AnswerKind.PROPOSED, Status.PROPOSED,
         "toolkit is on the website"),
        (YOUNG_PERSONS, "on track, proofs are back", "9sep-1", AnswerKind.UPDATE, Status.ON_TRACK, "proofs are back"),
        (YOUNG_PERSONS, "no change", "9sep-1", AnswerKind.NO_CHANGE, None, ""),
        (SECRETARY, "healthy-5 on track, by e-mail of 14 Aug", "healthy-5", AnswerKind.UPDATE, Status.ON_TRACK,
         ""),
    ],
)  # fmt: skip
def test_words_with_a_status_and_a_plain_action_are_recorded_at_once(
    sandbox: Sandbox, user: str, words: str, ref: str, kind: AnswerKind, status: Status | None, kept: str
) -> None:
    answer = sandbox.say(user, words)
    assert read(answer.messages[0]).startswith(f"Recorded for {ref}: ")
    assert labels(answer.messages[0]) == ["Undo"]
    (entry,) = entries(sandbox, ref)
    way = Way.EMAIL if "by e-mail" in words else Way.REPLY
    assert (entry.kind, entry.status, entry.words, entry.way) == (kind, status, kept, way)
    assert writer(sandbox, entry) == user


def test_one_message_gets_one_answer(sandbox: Sandbox) -> None:
    for words in ("healthy-5 on track", "what now?", "x" * 20_000, "healthy-5 " + "y" * 9_000 + " on track"):
        before = len(sandbox.workspace.dm(EDUCATION))
        sandbox.say(EDUCATION, words)
        assert len(sandbox.workspace.dm(EDUCATION)) == before + 2, words[:20]


def test_several_actions_in_one_message_make_several_entries_and_one_confirmation(sandbox: Sandbox) -> None:
    answer = sandbox.say(EDUCATION, "healthy-5 on track, results out\nhealthy-8 amber, two colleges are late")
    message = answer.messages[0]
    assert read(message).startswith("Recorded 2 updates.")
    assert [entries(sandbox, ref)[0].status for ref in ("healthy-5", "healthy-8")] == [
        Status.ON_TRACK,
        Status.SOME_ISSUES,
    ]
    assert labels(message) == ["Undo healthy-5", "Undo healthy-8"]


def test_each_of_several_can_be_undone(sandbox: Sandbox) -> None:
    message = sandbox.say(EDUCATION, "healthy-5 off track, nobody left\nhealthy-8 off track, nobody left").messages[0]
    for ref in ("healthy-8", "healthy-5"):
        assert "Undone" in read(sandbox.press_in(EDUCATION, message, f"Undo {ref}"))
        assert action(sandbox, ref).status is Status.ON_TRACK


def test_where_one_of_several_cannot_be_recorded_the_others_are(sandbox: Sandbox) -> None:
    shown = read(sandbox.say(EDUCATION, "healthy-5 on track, results out\nhealthy-4 amber, not mine to say"))
    assert "Recorded for healthy-5: on track." in shown
    assert "healthy-4 is led by" in shown
    assert entries(sandbox, "healthy-5")[0].words == "results out"
    assert not entries(sandbox, "healthy-4")


def test_words_in_the_bundles_thread_are_answered_there(sandbox: Sandbox) -> None:
    parent = bundle_of(sandbox, YOUNG_PERSONS)
    answer = sandbox.say(YOUNG_PERSONS, "on track, proofs are back", thread_ts=parent.ts)
    assert answer.messages[0].thread_ts == parent.ts
    assert entries(sandbox, "9sep-1")[0].words == "proofs are back"


# -- shown back


def shown_back(sandbox: Sandbox, user: str, words: str) -> SeenMessage:
    before = stored(sandbox)
    message = sandbox.say(user, words).messages[-1]
    assert "Nothing was recorded yet." in read(message)
    assert stored(sandbox) == before, "nothing is stored until a press"
    return message


def test_words_without_a_status_are_shown_back_and_recorded_on_a_press(sandbox: Sandbox) -> None:
    message = shown_back(sandbox, YOUNG_PERSONS, "the youth version went to the printers on Friday")
    kept = "Record for 9sep-1: still on track"
    assert labels(message) == [kept, "Some issues", "Off track", "Not an update"]
    answer = sandbox.press_in(YOUNG_PERSONS, message, kept)
    assert "Recorded for 9sep-1: on track." in read(answer)
    (entry,) = entries(sandbox, "9sep-1")
    assert (entry.words, entry.status) == ("the youth version went to the printers on Friday", Status.ON_TRACK)
    now = sandbox.workspace.now(message)
    assert now is not None
    assert labels(now) == ["Undo"], "the receipt takes the place of the question"


def test_not_an_update_stores_nothing(sandbox: Sandbox) -> None:
    message = shown_back(sandbox, YOUNG_PERSONS, "the printers sent us another price for the youth version")
    before = stored(sandbox)
    assert "Not an update: nothing was recorded." in read(sandbox.press_in(YOUNG_PERSONS, message, "Not an update"))
    assert stored(sandbox) == before


def test_words_that_want_something_are_asked_about_and_may_be_an_update(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    message = sandbox.say(EDUCATION, "agenda for Friday").messages[-1]
    assert "I am not sure what you mean. Nothing was recorded." in read(message)
    assert labels(message) == ["What is due next", "Meetings and when papers go out", "It is an update"]
    asked = sandbox.press_in(EDUCATION, message, "It is an update").messages[-1]
    assert "“agenda for Friday”" in read(asked)
    assert stored(sandbox) == before
    recorded = sandbox.press_in(EDUCATION, asked, "Record for healthy-5: still on track")
    assert "Recorded for healthy-5: on track." in read(recorded)
    assert entries(sandbox, "healthy-5")[0].words == "agenda for Friday"


def test_a_status_without_an_action_is_asked_about_and_kept_for_the_press(sandbox: Sandbox) -> None:
    message = shown_back(sandbox, COMMISSIONING, "amber, two bids were late")
    assert labels(message) == [
        "Record for heard-10: some issues",
        "Record for happy-2: some issues",
        "Record for both: some issues",
        "Not an update",
    ]
    sandbox.press_in(COMMISSIONING, message, "Record for heard-10: some issues")
    (entry,) = entries(sandbox, "heard-10")
    assert (entry.status, entry.words) == (Status.SOME_ISSUES, "two bids were late")
    assert entries(sandbox, "happy-2") == []


def test_a_bare_status_word_is_no_reason_for_itself(sandbox: Sandbox) -> None:
    message = shown_back(sandbox, COMMISSIONING, "amber")
    before = stored(sandbox)
    pressed = sandbox.press_in(COMMISSIONING, message, "Record for heard-10: some issues")
    assert "Some issues needs a reason" in read(pressed)
    assert stored(sandbox) == before


@pytest.mark.parametrize(("word", "form"), [("red", "Off track…"), ("amber", "Some issues…")])
def test_a_reason_is_asked_for_by_the_form_of_the_status_that_was_said(sandbox: Sandbox, word: str, form: str) -> None:
    assert labels(sandbox.say(EDUCATION, f"healthy-5 {word}").messages[-1]) == [form]


def test_only_a_conversation_waits_for_the_reason(sandbox: Sandbox) -> None:
    waits = "Your next words here will be it."
    assert waits not in read(sandbox.command(EDUCATION, "healthy-5 red"))
    assert waits in read(sandbox.say(EDUCATION, "healthy-5 red"))


def test_a_near_miss_is_shown_as_it_was_read(sandbox: Sandbox) -> None:
    message = shown_back(sandbox, EDUCATION, "helthy 5: the schools have sent their plans")
    assert "healthy-5" in read(message)
    assert "helthy" in read(message)


def test_somebody_elses_press_on_the_words_shown_back_is_refused(sandbox: Sandbox) -> None:
    value = f"{action(sandbox, '9sep-1').id}|on track|all well"
    before = stored(sandbox)
    assert "9sep-1 is led by Young Persons Lead" in read(forge(sandbox, EDUCATION, "record", value))
    assert stored(sandbox) == before


@pytest.mark.parametrize(
    "words", ["é" * 1450, "😀 paper " * 180, "“quoted” & <b>bold</b> " * 40, "line\nbreaks\n" * 100]
)
def test_long_or_odd_words_can_still_be_recorded_by_the_button(sandbox: Sandbox, words: str) -> None:
    typed = f"the printers say {words}".strip()
    as_slack_sends_it = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    message = shown_back(sandbox, YOUNG_PERSONS, as_slack_sends_it)
    sandbox.press_in(YOUNG_PERSONS, message, "Record for 9sep-1: still on track")
    (entry,) = entries(sandbox, "9sep-1")
    assert entry.words == typed


def test_words_too_long_for_a_button_say_what_to_do(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    for words in ("no " * 600, "&amp; " * 700, "😀" * 1000):
        shown = read(sandbox.say(YOUNG_PERSONS, f"the printers say {words}"))
        assert "more than a reply can hold, so nothing was recorded" in shown
        assert "/cypp update 9sep-1" in shown
    assert stored(sandbox) == before


# -- several near misses, to be confirmed

SEVERAL = "helthy 5 on track, heathy-8 amber colleges late"


def read_as(sandbox: Sandbox, words: str = SEVERAL) -> SeenMessage:
    before = stored(sandbox)
    message = sandbox.say(EDUCATION, words).messages[-1]
    assert read(message).startswith("I read that as two answers. Nothing was recorded yet.")
    assert stored(sandbox) == before, "nothing is stored until a press"
    return message


def test_a_reading_is_recorded_once_and_the_receipt_takes_its_place(sandbox: Sandbox) -> None:
    message = read_as(sandbox)
    assert "Recorded 2 updates." in read(sandbox.press_in(EDUCATION, message, "Record these two"))
    now = sandbox.workspace.now(message)
    assert now is not None
    assert labels(now) == ["Undo healthy-5", "Undo healthy-8"]
    before = stored(sandbox)
    again = sandbox.workspace.press(EDUCATION, message, text="Record these two", stale=True, settle=0.1)
    assert not again.messages or "recorded already" in read(again)
    assert stored(sandbox) == before


def test_a_reading_is_its_writers_alone(sandbox: Sandbox) -> None:
    message = read_as(sandbox)
    value = message.buttons()[0].value or ""
    before = stored(sandbox)
    for user in (HEALTH, SECRETARY, MEMBER):
        for verb in ("recordall", "change"):
            assert "nothing was recorded" in read(forge(sandbox, user, verb, value)), user
    assert stored(sandbox) == before
    sandbox.press_in(EDUCATION, message, "Record these two")
    assert len(entries(sandbox, "healthy-5")) == 1


def test_a_reading_is_kept_for_a_day(asked: Sandbox) -> None:
    message = read_as(asked)
    asked.clock.move(asked.clock() + timedelta(days=1, seconds=1))
    before = stored(asked)
    assert "a day has passed: nothing was recorded" in read(asked.press_in(EDUCATION, message, "Record these two"))
    assert stored(asked) == before


def test_where_things_stand_is_looked_at_again_when_a_reading_is_pressed(sandbox: Sandbox) -> None:
    message = read_as(sandbox)
    sandbox.command(SECRETARY, "outcome healthy-8 withdrawn because the funding ended")
    before = stored(sandbox)
    shown = read(sandbox.press_in(EDUCATION, message, "Record these two"))
    assert "None of the others was recorded either." in shown
    assert stored(sandbox) == before


def test_a_changed_reading_takes_the_place_of_the_first(sandbox: Sandbox) -> None:
    message = read_as(sandbox)
    sandbox.workspace.press(EDUCATION, message, text="Change…")
    view = sandbox.workspace.wait_for_view(EDUCATION)
    assert SEVERAL in view.plain(100_000)
    sent = sandbox.submit(EDUCATION, {"words": "healthy-5 on track\nheathy-8 amber colleges late"})
    assert read(sent).startswith("I read that as two answers.")
    before = stored(sandbox)
    assert "recorded already" in read(sandbox.press_in(EDUCATION, message, "Record these two"))
    assert stored(sandbox) == before


def test_a_long_reading_is_kept_whole(sandbox: Sandbox) -> None:
    long = "the colleges are late and have told us why " * 60
    message = read_as(sandbox, f"helthy 5 on track, heathy-8 amber {long}")
    sandbox.press_in(EDUCATION, message, "Record these two")
    (entry,) = entries(sandbox, "healthy-8")
    assert entry.words == long.strip()
