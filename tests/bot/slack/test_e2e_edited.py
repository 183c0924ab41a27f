"""Messages that people edit or delete: the record keeps what they said, and *Replace* is offered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.workspace import Answer, SeenMessage
from models.enums import AnswerKind, Status
from models.storage.scope import ALL
from models.storage.tables import Appointment, Person
from tests.bot.slack.e2e import (
    CHANNEL,
    COMMISSIONING,
    EDUCATION,
    HEALTH,
    SECRETARY,
    YOUNG_PERSONS,
    OpenAt,
    Pristine,
    action,
    bundle_of,
    entries,
    finish,
    finished,
    labels,
    read,
    stored,
    when,
)
from tests.local_slack import Sandbox

TOLD = "You changed your message; the record still has what it said before."
DELETED = "You deleted your message; what it said stays on record."


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(8, 17, 9), burst=10_000)
    sandbox.advance(when(8, 17, 9, 30))
    return Pristine(sandbox)


def said(sandbox: Sandbox, user: str, words: str, **how: Any) -> SeenMessage:
    answer = finished(sandbox, user, sandbox.workspace.say(user, words, **how))
    assert answer.said is not None
    assert len(answer.messages) == 1
    return answer.said


def edit(sandbox: Sandbox, user: str, message: SeenMessage, words: str) -> Answer:
    return finished(sandbox, user, sandbox.workspace.edit(user, message, words))


def delete(sandbox: Sandbox, user: str, message: SeenMessage) -> Answer:
    return finished(sandbox, user, sandbox.workspace.delete(user, message))


def press(sandbox: Sandbox, user: str, message: SeenMessage, label: str) -> Answer:
    return finished(sandbox, user, sandbox.workspace.press(user, message, text=label))


def answers(sandbox: Sandbox, ref: str) -> list[tuple[AnswerKind, Status | None, str]]:
    return [(one.kind, one.status, one.words) for one in entries(sandbox, ref)]


# -- edited after it was recorded


def test_what_is_recorded_stays_until_replace_is_pressed(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    before = stored(sandbox)
    told = edit(sandbox, EDUCATION, message, "healthy-5 some issues, two advisors have left")
    assert read(told).startswith(TOLD)
    assert "on track. “two advisors recruited”" in read(told)
    assert "healthy-5: some issues, “two advisors have left”" in read(told)
    assert labels(told.message) == ["Replace: some issues", "Undo", "Keep the record as it is"]
    assert stored(sandbox) == before
    done = press(sandbox, EDUCATION, told.message, "Replace: some issues")
    assert read(done).startswith("Corrected entry 1 of healthy-5: some issues.")
    assert labels(done.message) == ["Undo"]
    first, second = entries(sandbox, "healthy-5")
    assert (first.words, second.corrects_id, second.words) == (
        "two advisors recruited", first.id, "two advisors have left",
    )  # fmt: skip
    assert action(sandbox, "healthy-5").status is Status.SOME_ISSUES


def test_the_record_can_be_kept(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    before = stored(sandbox)
    told = edit(sandbox, EDUCATION, message, "healthy-5 off track, nobody recruited")
    kept = press(sandbox, EDUCATION, told.message, "Keep the record as it is")
    assert read(kept).startswith("The record stays as it is.")
    assert stored(sandbox) == before


@pytest.mark.parametrize(
    "words",
    [
        "healthy-5 on track,  two advisors recruited ",
        "Healthy 5: on track, two advisors recruited",
        "healthy-5 green, two advisors recruited",
    ],
)
def test_what_says_the_same_is_not_answered(sandbox: Sandbox, words: str) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    before = stored(sandbox)
    assert edit(sandbox, EDUCATION, message, words).messages == ()
    assert stored(sandbox) == before


def test_changes_that_nobody_made_are_not_answered(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, see https://example.org/page")
    before = stored(sandbox)
    assert finished(sandbox, EDUCATION, sandbox.workspace.unfurl(EDUCATION, message)).messages == ()
    assert stored(sandbox) == before
    # The bot's own messages change in place, and Slack tells of that too.
    old = {"type": "message", "user": "U0CYPPBOT", "bot_id": "B0CYPP", "ts": message.ts, "text": "healthy-5 no change"}
    event = {
        "type": "message", "subtype": "message_changed", "channel": message.channel, "channel_type": "im",
        "message": old | {"text": "healthy-5 off track, x"}, "previous_message": old, "ts": message.ts, "hidden": True,
    }  # fmt: skip
    count = len(sandbox.workspace.dm(EDUCATION))
    assert sandbox.workspace.send_event(event)
    finish(sandbox)
    assert (stored(sandbox), len(sandbox.workspace.dm(EDUCATION))) == (before, count)


def test_a_message_that_is_changed_twice_replaces_with_the_last_words_alone(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    first = edit(sandbox, EDUCATION, message, "healthy-5 some issues, one has left")
    second = edit(sandbox, EDUCATION, message, "healthy-5 off track, both have left")
    before = stored(sandbox)
    stale = press(sandbox, EDUCATION, first.message, "Replace: some issues")
    assert "nothing was replaced" in read(stale)
    assert stored(sandbox) == before
    press(sandbox, EDUCATION, second.message, "Replace: off track")
    third = edit(sandbox, EDUCATION, message, "healthy-5 some issues, one is back")
    assert "off track. “both have left”" in read(third)
    press(sandbox, EDUCATION, third.message, "Replace: some issues")
    assert [one[2] for one in answers(sandbox, "healthy-5")] == [
        "two advisors recruited", "both have left", "one is back",
    ]  # fmt: skip
    assert action(sandbox, "healthy-5").status is Status.SOME_ISSUES


def test_a_message_that_is_changed_back_leaves_no_button_that_stores_the_words_between(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    told = edit(sandbox, EDUCATION, message, "healthy-5 off track, both have left")
    assert edit(sandbox, EDUCATION, message, "healthy-5 on track, two advisors recruited").messages == ()
    before = stored(sandbox)
    assert "nothing was replaced" in read(press(sandbox, EDUCATION, told.message, "Replace: off track"))
    assert stored(sandbox) == before


def test_a_later_answer_of_somebody_else_stays_the_later_one(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    sandbox.advance(when(8, 17, 11))
    sandbox.say(SECRETARY, "healthy-5 off track, the grant was refused, by e-mail of 16 Aug")
    told = edit(sandbox, EDUCATION, message, "healthy-5 some issues, one has left")
    assert "answered for healthy-5 since: off track. That stays the later one." in read(told)
    done = press(sandbox, EDUCATION, told.message, "Replace: some issues")
    assert "That stays the later one." in read(done)
    assert action(sandbox, "healthy-5").status is Status.OFF_TRACK


def test_whoever_lost_the_post_is_told_and_offered_nothing(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    with sandbox.database.write(workspace=ALL) as session:
        person = session.scalars(select(Person).where(Person.slack_user == EDUCATION)).one()
        for row in session.scalars(select(Appointment).where(Appointment.person_id == person.id)):
            row.last_day = when(8, 16).date()
    before = stored(sandbox)
    told = edit(sandbox, EDUCATION, message, "healthy-5 off track, both have left")
    assert "You do not answer for healthy-5 any more" in read(told)
    assert labels(told.message) == []
    assert stored(sandbox) == before


def test_each_action_of_a_message_is_replaced_added_or_taken_back(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited\n9sep-2 no change")
    told = edit(sandbox, EDUCATION, message, "healthy-5 on track, three advisors recruited\nhealthy-8 no change")
    assert "9sep-2 is not in it any more: that entry would be taken back." in read(told)
    done = press(sandbox, EDUCATION, told.message, "Replace these three")
    assert read(done).startswith("Replaced: 3 answers.")
    assert [one[0] for one in answers(sandbox, "9sep-2")] == [AnswerKind.NO_CHANGE, AnswerKind.UNDO]
    assert answers(sandbox, "healthy-8") == [(AnswerKind.NO_CHANGE, None, "")]
    assert answers(sandbox, "healthy-5")[-1] == (AnswerKind.UPDATE, Status.ON_TRACK, "three advisors recruited")


def test_all_or_nothing_is_replaced(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    told = edit(sandbox, EDUCATION, message, "healthy-5 on track, three recruited\nhappy-2 on track, going well")
    before = stored(sandbox)
    assert told.messages
    for label in labels(told.message)[:1]:
        press(sandbox, EDUCATION, told.message, label)
    assert stored(sandbox)["action_update"] == before["action_update"]


def test_words_that_are_no_answer_are_no_replacement(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited\n9sep-2 no change")
    before = stored(sandbox)
    told = edit(sandbox, EDUCATION, message, "please ignore this")
    assert read(told).startswith(TOLD)
    assert "“/cypp correct healthy-5 1 …” and “/cypp correct 9sep-2 1 …” put the record right" in read(told)
    assert labels(told.message) == ["Undo healthy-5", "Undo 9sep-2"]
    assert stored(sandbox) == before
    press(sandbox, EDUCATION, told.message, "Undo healthy-5")
    assert answers(sandbox, "healthy-5")[-1][0] is AnswerKind.UNDO


def test_a_change_that_identifies_somebody_is_refused_and_the_record_stays(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    before = stored(sandbox)
    told = edit(sandbox, EDUCATION, message, "healthy-5 on track, NHS number 943 476 5919")
    assert "What was recorded before stays as it was." in read(told)
    assert "943" not in read(told)
    asked = edit(sandbox, EDUCATION, message, "healthy-5 on track, TS aged 14 was placed")
    assert labels(asked.message) == ["No, it identifies nobody: record it", "Keep the record as it is"]
    assert stored(sandbox) == before
    press(sandbox, EDUCATION, asked.message, "No, it identifies nobody: record it")
    assert answers(sandbox, "healthy-5")[-1][2] == "TS aged 14 was placed"


def test_an_entry_that_came_from_a_press_is_the_messages_too(sandbox: Sandbox) -> None:
    answer = sandbox.say(YOUNG_PERSONS, "the proofs are back from the printer")
    assert answer.said is not None
    press(sandbox, YOUNG_PERSONS, answer.message, labels(answer.message)[0])
    assert [one[2] for one in answers(sandbox, "9sep-1")] == ["the proofs are back from the printer"]
    told = edit(sandbox, YOUNG_PERSONS, answer.said, "the proofs are back from the designer")
    assert read(told).startswith(TOLD)
    press(sandbox, YOUNG_PERSONS, told.message, labels(told.message)[0])
    first, second = entries(sandbox, "9sep-1")
    assert (second.corrects_id, second.status, second.words) == (
        first.id, first.status, "the proofs are back from the designer",
    )  # fmt: skip


def test_a_reply_in_a_thread_is_answered_in_it(sandbox: Sandbox) -> None:
    thread = bundle_of(sandbox, YOUNG_PERSONS)
    message = said(sandbox, YOUNG_PERSONS, "on track, proofs are back", thread_ts=thread.ts)
    told = edit(sandbox, YOUNG_PERSONS, message, "some issues, proofs are late")
    assert read(told).startswith(TOLD)
    assert told.message.thread_ts == thread.ts


def test_a_mention_that_is_changed_is_no_second_update(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited", channel=CHANNEL, mention=True)
    before = stored(sandbox)
    told = edit(sandbox, EDUCATION, message, message.text.replace("two", "three"))
    assert read(told).startswith(TOLD)
    assert told.message.ephemeral_to == EDUCATION
    assert stored(sandbox) == before
    press(sandbox, EDUCATION, told.message, labels(told.message)[0])
    assert [one[2] for one in answers(sandbox, "healthy-5")] == ["two advisors recruited", "three advisors recruited"]


def test_a_change_that_is_delivered_again_is_answered_once(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    told = edit(sandbox, EDUCATION, message, "healthy-5 some issues, one has left")
    assert told.messages
    mark = sandbox.workspace.mark()
    assert sandbox.workspace.redeliver_last(2) == [True, True]
    assert finished(sandbox, EDUCATION, Answer(mark=mark)).messages == ()


def test_a_message_that_comes_after_its_change_is_not_read_again(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    before = stored(sandbox)
    event = {
        "type": "message", "channel": message.channel, "channel_type": "im", "user": EDUCATION, "ts": message.ts,
        "text": message.text,
    }  # fmt: skip
    assert sandbox.workspace.send_event(event)
    assert stored(sandbox)["action_update"] == before["action_update"]


# -- edited before anything was recorded


def test_a_change_of_what_was_asked_about_is_read_and_stores_nothing_by_itself(sandbox: Sandbox) -> None:
    answer = sandbox.say(YOUNG_PERSONS, "could we talk on Friday")
    assert answer.said is not None
    before, count = stored(sandbox), len(sandbox.workspace.dm(YOUNG_PERSONS))
    told = edit(sandbox, YOUNG_PERSONS, answer.said, "9sep-1 on track, proofs are back")
    assert told.message.ts == answer.message.ts
    assert "Nothing was recorded yet." in read(told)
    assert labels(told.message) == ["Record for 9sep-1: on track", "Not an update"]
    assert stored(sandbox) == before
    assert len(sandbox.workspace.dm(YOUNG_PERSONS)) == count
    press(sandbox, YOUNG_PERSONS, told.message, "Record for 9sep-1: on track")
    assert answers(sandbox, "9sep-1") == [(AnswerKind.UPDATE, Status.ON_TRACK, "proofs are back")]
    again = edit(sandbox, YOUNG_PERSONS, answer.said, "9sep-1 some issues, proofs are late")
    assert read(again).startswith(TOLD)


def test_a_change_into_a_command_does_nothing_by_itself(sandbox: Sandbox) -> None:
    answer = sandbox.say(SECRETARY, "what is the weather like")
    assert answer.said is not None
    before = stored(sandbox)
    told = edit(sandbox, SECRETARY, answer.said, "/cypp move healthy-5 to 8 Dec because the grant is late")
    assert "please send it as a new message" in read(told)
    assert stored(sandbox) == before


def test_a_change_of_a_question_is_answered(sandbox: Sandbox) -> None:
    message = said(sandbox, HEALTH, "status healthy-5")
    assert "healthy-6" in read(edit(sandbox, HEALTH, message, "status healthy-6"))


def test_an_old_message_that_nothing_is_known_of_is_left_alone(sandbox: Sandbox) -> None:
    stamp = (when(8, 17, 9) - timedelta(days=30)).timestamp()
    old = {"type": "message", "user": EDUCATION, "ts": f"{stamp:.6f}", "text": "healthy-5 no change"}
    new = old | {"text": "healthy-5 on track", "edited": {"user": EDUCATION, "ts": f"{when(8, 17).timestamp():.6f}"}}
    event = {
        "type": "message", "subtype": "message_changed", "channel": f"D{EDUCATION[1:]}", "channel_type": "im",
        "message": new, "previous_message": old, "ts": f"{when(8, 17).timestamp():.6f}", "hidden": True,
    }  # fmt: skip
    before, count = stored(sandbox), len(sandbox.workspace.dm(EDUCATION))
    assert sandbox.workspace.send_event(event)
    finish(sandbox)
    assert (stored(sandbox), len(sandbox.workspace.dm(EDUCATION))) == (before, count)


# -- deleted


def test_what_a_deleted_message_brought_stays_and_undo_is_offered(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    before = stored(sandbox)
    told = delete(sandbox, EDUCATION, message)
    assert read(told).startswith(DELETED)
    assert labels(told.message) == ["Undo"]
    assert stored(sandbox) == before
    press(sandbox, EDUCATION, told.message, "Undo")
    assert action(sandbox, "healthy-5").last_update_id is None


def test_a_question_about_a_deleted_message_goes_with_it(sandbox: Sandbox) -> None:
    answer = sandbox.say(YOUNG_PERSONS, "the proofs are back from the printer")
    assert answer.said is not None
    gone = delete(sandbox, YOUNG_PERSONS, answer.said)
    assert gone.message.ts == answer.message.ts
    assert read(gone).startswith("You deleted your message, so nothing was recorded.")
    assert labels(gone.message) == []


def test_words_that_were_given_back_go_with_the_message(sandbox: Sandbox) -> None:
    answer = sandbox.say(COMMISSIONING, "NHS number 943 476 5919 is waiting")
    assert answer.said is not None
    assert "943" in read(answer)
    delete(sandbox, COMMISSIONING, answer.said)
    assert "943" not in read(sandbox.workspace.dm(COMMISSIONING))


def test_a_deleted_question_and_a_message_that_was_undone_are_not_answered(sandbox: Sandbox) -> None:
    message = said(sandbox, HEALTH, "status healthy-5")
    assert delete(sandbox, HEALTH, message).messages == ()
    answer = sandbox.say(EDUCATION, "healthy-5 on track, two advisors recruited")
    press(sandbox, EDUCATION, answer.message, "Undo")
    assert answer.said is not None
    assert delete(sandbox, EDUCATION, answer.said).messages == ()


def test_a_deleted_message_with_replies_counts_as_deleted(sandbox: Sandbox) -> None:
    message = said(sandbox, EDUCATION, "healthy-5 on track, two advisors recruited")
    sandbox.workspace.say(EDUCATION, "thanks", thread_ts=message.ts)
    assert read(delete(sandbox, EDUCATION, message)).startswith(DELETED)
