"""Files with and without words, refusals and Undo of an answer in words, end to end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.enums import AnswerKind, Status
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ANALYST,
    EDUCATION,
    GUEST,
    HEALTH,
    MEMBER,
    NOTHING_SHOWN,
    SECRETARY,
    YOUNG_PERSONS,
    OpenAt,
    Pristine,
    action,
    bundle_of,
    entries,
    forge,
    labels,
    line_of,
    read,
    stored,
    when,
)
from tests.local_slack import Sandbox


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(8, 17, 9), burst=10_000)
    add_others(sandbox)
    sandbox.advance(when(8, 17, 9, 30))
    return Pristine(sandbox)


# -- files


def test_a_file_without_words_is_asked_about_in_its_thread(sandbox: Sandbox) -> None:
    answer = sandbox.workspace.say(EDUCATION, "", files=["results.pdf"], replies=1)
    assert answer.said is not None
    assert answer.messages[0].thread_ts == answer.said.ts
    assert labels(answer.messages[0]) == [
        "Record for healthy-5: still on track",
        "Record for healthy-8: still on track",
        "Record for 9sep-2: still not started",
        "Not an update",
    ]
    thread = answer.said.ts
    sandbox.say(EDUCATION, "done healthy-5", thread_ts=thread)
    (entry,) = entries(sandbox, "healthy-5")
    assert (entry.kind, entry.words.endswith("/results.pdf")) == (AnswerKind.PROPOSED, True)
    sandbox.say(EDUCATION, "healthy-8 on track", thread_ts=thread)
    assert entries(sandbox, "healthy-8")[0].words == "", "one file is evidence for what was said of it first"


def test_somebody_elses_words_do_not_take_a_file_with_them(sandbox: Sandbox) -> None:
    answer = sandbox.workspace.say(EDUCATION, "", files=["results.pdf"], replies=1)
    assert answer.said is not None
    sandbox.say(HEALTH, "healthy-9 on track", thread_ts=answer.said.ts)
    assert entries(sandbox, "healthy-9")[0].words == ""


def test_a_file_of_somebody_who_leads_nothing_is_asked_about_without_buttons(sandbox: Sandbox) -> None:
    answer = sandbox.workspace.say(MEMBER, "see attached", files=["notes.pdf"], replies=1)
    assert read(answer).startswith("Which action is that file for")
    assert labels(answer.messages[0]) == []


# -- nothing at all


@pytest.mark.parametrize(
    "words",
    [
        "thanks",
        "Thanks!",
        "ok",
        "will do",
        "👍",
        ":+1:",
        "Thanks, Sam",
    ],
)
def test_thanks_are_neither_an_update_nor_an_error(sandbox: Sandbox, words: str) -> None:
    before = stored(sandbox)
    answer = sandbox.say(EDUCATION, words)
    assert answer.delivered
    assert answer.messages == ()
    assert stored(sandbox) == before


@pytest.mark.parametrize(
    "words",
    [
        "I am off from tomorrow until 7 September, healthy-5 was on track when I left",
        "I'm on annual leave until 7 September",
    ],
)
def test_an_absence_is_no_update_and_offers_a_deputy(sandbox: Sandbox, words: str) -> None:
    before = stored(sandbox)
    answer = sandbox.say(EDUCATION, words)
    assert "othing was recorded" in read(answer)
    assert "Name a deputy…" in [button.text for button in answer.message.buttons()]
    assert stored(sandbox) == before


# -- refused


@pytest.mark.parametrize("user", [MEMBER, YOUNG_PERSONS])
def test_words_about_somebody_elses_action_are_refused_and_come_back(sandbox: Sandbox, user: str) -> None:
    before = stored(sandbox)
    shown = read(sandbox.say(user, "healthy-5 on track, results are out"))
    assert "healthy-5 is led by Head of Education, Sefton Council, so nothing was recorded" in shown
    assert "You typed: healthy-5 on track, results are out" in shown
    assert stored(sandbox) == before


def test_words_about_somebody_elses_action_are_not_recorded_for_ones_own(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    shown = read(sandbox.say(YOUNG_PERSONS, "healthy-5 on track, all done"))
    assert "Nothing was recorded: healthy-5 is led by Head of Education, Sefton Council." in shown
    assert stored(sandbox) == before


def test_a_guest_is_told_nothing_about_an_action(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    for words in ("healthy-5 on track, results are out", "what about healthy-5 and the survey", "hello there"):
        shown = read(sandbox.say(GUEST, words))
        assert "Head of Education" not in shown
        assert shown.startswith(NOTHING_SHOWN)
    assert stored(sandbox) == before


def test_words_in_a_channel_are_nobodys_update(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    sandbox.workspace.say(EDUCATION, "healthy-5 on track", "C0PARTNER", settle=0.1)
    assert stored(sandbox) == before


# -- undo


def test_undo_brings_the_action_back_and_keeps_both_entries(asked: Sandbox) -> None:
    receipt = asked.press(HEALTH, "healthy-9", "On track").messages[0]
    assert action(asked, "healthy-9").status is Status.ON_TRACK
    shown = read(asked.press_in(HEALTH, receipt, "Undo"))
    assert shown.startswith("Undone: healthy-9 is off track again.")
    assert "The officer for this was moved" in shown
    assert [entry.kind for entry in entries(asked, "healthy-9")] == [AnswerKind.UPDATE, AnswerKind.UNDO]
    assert action(asked, "healthy-9").status is Status.OFF_TRACK
    assert "[On track]" in line_of(bundle_of(asked, HEALTH), "healthy-9"), "the question stands again"


def test_the_same_button_counts_again_after_an_undo(asked: Sandbox) -> None:
    for _ in range(2):
        receipt = asked.press(HEALTH, "healthy-9", "On track").messages[0]
        asked.press_in(HEALTH, receipt, "Undo")
    asked.press(HEALTH, "healthy-9", "On track")
    kinds = [entry.kind for entry in entries(asked, "healthy-9")]
    assert kinds == [AnswerKind.UPDATE, AnswerKind.UNDO, AnswerKind.UPDATE, AnswerKind.UNDO, AnswerKind.UPDATE]
    assert action(asked, "healthy-9").status is Status.ON_TRACK


def test_undo_is_taken_for_ten_minutes_and_no_longer(asked: Sandbox) -> None:
    early = asked.press(HEALTH, "healthy-9", "On track").messages[0]
    late = asked.press(HEALTH, "healthy-4", "On track").messages[0]
    asked.clock.move(asked.clock() + timedelta(minutes=10))
    assert "Undone: healthy-9" in read(asked.press_in(HEALTH, early, "Undo"))
    asked.clock.move(asked.clock() + timedelta(seconds=1))
    before = stored(asked)
    shown = read(asked.press_in(HEALTH, late, "Undo"))
    assert "more than 10 minutes old, so it stays on record" in shown
    assert "/cypp update healthy-4" in shown
    assert stored(asked) == before


def test_undo_by_anybody_else_is_refused(sandbox: Sandbox) -> None:
    sandbox.say(HEALTH, "healthy-9 on track, a cook was found")
    (entry,) = entries(sandbox, "healthy-9")
    before = stored(sandbox)
    for user in (ANALYST, SECRETARY, MEMBER):
        assert "Only whoever wrote it can undo it" in read(forge(sandbox, user, "undo", str(entry.id))), user
    assert stored(sandbox) == before


def test_undo_after_a_newer_entry_is_refused(sandbox: Sandbox) -> None:
    first = sandbox.say(HEALTH, "healthy-9 on track, a cook was found").messages[0]
    sandbox.say(ANALYST, "healthy-9 off track, the cook has left")
    before = stored(sandbox)
    assert "Something newer is on record for healthy-9" in read(sandbox.press_in(HEALTH, first, "Undo"))
    assert stored(sandbox) == before


def test_undo_twice_undoes_once(sandbox: Sandbox) -> None:
    receipt = sandbox.say(HEALTH, "healthy-9 on track, a cook was found").messages[0]
    sandbox.press_in(HEALTH, receipt, "Undo")
    (entry, _) = entries(sandbox, "healthy-9")
    before = stored(sandbox)
    assert "That was undone already" in read(forge(sandbox, HEALTH, "undo", str(entry.id)))
    assert stored(sandbox) == before


def test_undo_after_the_board_decided_is_refused(sandbox: Sandbox) -> None:
    receipt = sandbox.say(HEALTH, "healthy-9 done, one offer since Monday").messages[0]
    sandbox.command(SECRETARY, "close healthy-9 minute 4")
    before = stored(sandbox)
    assert "Something newer is on record" in read(sandbox.press_in(HEALTH, receipt, "Undo"))
    assert stored(sandbox) == before
