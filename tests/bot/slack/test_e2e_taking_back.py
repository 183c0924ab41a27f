"""What was told of an outcome that is taken back: whoever was told is told; nobody else hears of either."""

from __future__ import annotations

from bot.demo.workspace import SeenMessage
from tests.bot.slack.e2e import CHAIR, EDUCATION, SECRETARY, finished, labels, line_of, message_with, read, when
from tests.local_slack import Sandbox


def told(sandbox: Sandbox, user: str) -> list[str]:
    """What somebody was sent about outcomes, each in a line."""
    shown = [read(one) for one in sandbox.workspace.dm(user)]
    return [one.split("\n")[0] for one in shown if one.startswith(("What the", "An outcome of"))]


def close(sandbox: Sandbox) -> None:
    answer = sandbox.command(SECRETARY, "close 16sep-3 minute 7")
    assert labels(answer.message) == ["Undo"]
    undo(sandbox, SECRETARY, answer.message)


def undo(sandbox: Sandbox, user: str, message: SeenMessage) -> None:
    answer = finished(sandbox, user, sandbox.workspace.press(user, message, text="Undo"))
    assert "Undone: " in read(answer)


def record_all(sandbox: Sandbox) -> None:
    sandbox.settle(SECRETARY, message_with(sandbox, SECRETARY, "After the meeting of"))


def test_an_outcome_is_undone_under_after_the_meeting_where_it_was_recorded(after: Sandbox) -> None:
    after.press(SECRETARY, "healthy-4", "Carry forward")
    message = message_with(after, SECRETARY, "After the meeting of")
    assert ": carried forward to Fri 23 Oct 2020." in line_of(message, "healthy-4")
    after.press_in(SECRETARY, message, "Undo healthy-4")
    message = message_with(after, SECRETARY, "After the meeting of")
    assert line_of(message, "healthy-4").startswith("[ ] healthy-4")
    assert "Undo healthy-4" not in labels(message)
    # What was undone can be pressed again.
    assert "Recorded for healthy-4" in read(after.press(SECRETARY, "healthy-4", "Carry forward"))
    record_all(after)
    assert "Undo healthy-4" not in labels(message_with(after, SECRETARY, "After the meeting of"))


def test_what_was_not_told_yet_is_told_to_nobody(after: Sandbox) -> None:
    close(after)
    record_all(after)
    after.advance(when(9, 18, 9, 31))
    assert told(after, EDUCATION) == []


def test_a_lead_who_was_told_is_told_that_it_was_taken_back(after: Sandbox) -> None:
    record_all(after)
    answer = after.command(SECRETARY, "close 16sep-3 minute 7")
    after.advance(when(9, 17, 9, 35))
    where = "the Children and Young People's Partnership Board of Wed 16 Sep 2020"
    assert told(after, EDUCATION) == [f"What {where} decided on 1 action of yours."]
    undo(after, SECRETARY, answer.message)
    after.advance(when(9, 18, 9, 31))
    # The first has changed in place as well.
    assert told(after, EDUCATION) == [f"An outcome of {where} on 1 action of yours was taken back."] * 2
    shown = read(message_with(after, EDUCATION, "An outcome of"))
    assert "The board: no outcome; what was recorded was taken back." in shown
    after.advance(when(9, 21, 9, 31))
    assert len(told(after, EDUCATION)) == 2


def test_a_secretary_who_was_told_what_the_chair_decided_is_told_that_it_was_taken_back(after: Sandbox) -> None:
    after.advance(when(9, 25, 9, 31))
    answer = after.command(CHAIR, "close heard-9")
    after.advance(when(9, 25, 9, 36))
    assert "closed by the chair" in read(after.workspace.dm(SECRETARY)[-1])
    undo(after, CHAIR, answer.message)
    after.advance(when(9, 28, 9, 31))
    told_now = [read(one) for one in after.workspace.dm(SECRETARY)]
    assert any("What the chair had closed was taken back." in one for one in told_now)
