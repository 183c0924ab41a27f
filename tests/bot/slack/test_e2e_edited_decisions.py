"""Messages of the secretary that recorded an outcome or a re-plan, and are edited or deleted after."""

from __future__ import annotations

from bot.demo.workspace import SeenMessage
from models.enums import OutcomeKind
from tests.bot.slack.e2e import SECRETARY, finished, labels, outcomes, read, replans, stored
from tests.bot.slack.test_e2e_edited import DELETED, TOLD, delete, edit, press
from tests.local_slack import Sandbox


def said(sandbox: Sandbox, words: str) -> SeenMessage:
    answer = finished(sandbox, SECRETARY, sandbox.workspace.say(SECRETARY, words))
    assert answer.said is not None
    return answer.said


def test_an_outcome_stays_and_what_the_message_says_now_is_shown(after: Sandbox) -> None:
    message = said(after, "16sep-3 closed, minute 5")
    before = stored(after)
    told = edit(after, SECRETARY, message, "16sep-3 closed, minute 6")
    assert read(told).startswith(TOLD)
    assert "closed, minute 5" in read(told)
    assert "16sep-3: closed, minute 6" in read(told)
    assert labels(told.message) == ["Record the outcome", "Record nothing", "Undo"]
    assert stored(after) == before
    press(after, SECRETARY, told.message, "Record the outcome")
    assert [one.minute for one in outcomes(after, "16sep-3")] == ["5", "6"]


def test_several_are_shown_where_they_changed_and_undone_each(after: Sandbox) -> None:
    message = said(after, "happy-2 and happy-6 no decision")
    told = edit(after, SECRETARY, message, "happy-2 no decision, happy-6 carried forward to october")
    assert "happy-6: carried forward to Fri 23 Oct 2020" in read(told)
    assert "happy-2: no decision" not in read(told).partition("Your message now")[2]
    assert labels(told.message)[-3:] == ["Undo happy-2", "Undo happy-6", "Undo all 2"]
    press(after, SECRETARY, told.message, "Record the outcome")
    assert [one.kind for one in outcomes(after, "happy-6")] == [OutcomeKind.NO_DECISION, OutcomeKind.CARRIED_FORWARD]


def test_what_says_the_same_is_not_answered(after: Sandbox) -> None:
    message = said(after, "16sep-3 closed, minute 5")
    assert read(edit(after, SECRETARY, message, "16sep-3 closed - min 5. Thanks")) == ""


def test_what_is_no_outcome_any_more_records_nothing_and_undo_is_offered(after: Sandbox) -> None:
    message = said(after, "happy-6 no decision")
    before = stored(after)
    told = edit(after, SECRETARY, message, "happy-6 was a lovely item")
    assert read(told).startswith(TOLD)
    assert "Undo" in labels(told.message)
    assert stored(after) == before


def test_a_replan_stays_and_undo_is_offered(after: Sandbox) -> None:
    message = said(after, "move 23oct-1 to december because the tender slipped")
    told = edit(after, SECRETARY, message, "move 23oct-2 to december because the tender slipped")
    assert "On record: 23oct-1, entry" in read(told)
    assert "send it as a new message" in read(told)
    assert labels(told.message) == ["Undo"]
    assert replans(after, "23oct-2") == []


def test_what_a_deleted_message_recorded_stays_with_undo(after: Sandbox) -> None:
    message = said(after, "16sep-3 closed, minute 5")
    told = delete(after, SECRETARY, message)
    assert read(told).startswith(DELETED)
    assert "16sep-3, entry" in read(told)
    press(after, SECRETARY, told.message, "Undo")
    assert [one.minute for one in outcomes(after, "16sep-3")] == ["5"]
    assert "took entry" in read(after.command(SECRETARY, "history 16sep-3"))
