"""A meeting is moved, cancelled or added: what happens is said first, leads are told once, *Undo* puts all back."""

from __future__ import annotations

import re

import pytest

from bot.demo.workspace import SeenMessage
from models.enums import MeetingState
from tests.bot.slack.e2e import ADMIN, EDUCATION, SECRETARY, OpenAt, action, labels, meeting_on, read, stored, when
from tests.local_slack import Sandbox

MOVE, CANCEL = "meeting move 16 Sep to 23 Sep", "meeting cancel 16 Sep because the chamber is closed"
DUE = (
    "heard-10, happy-2, happy-6, healthy-4, healthy-5, healthy-8, healthy-9, 9sep-1, 9sep-2, 16sep-1, 16sep-2 and "
    "16sep-3"
)


@pytest.fixture
def quiet(open_at: OpenAt) -> Sandbox:
    """Before anybody was asked for the meeting of 16 September, on a Monday morning."""
    return open_at(when(8, 3, 10))


def told(sandbox: Sandbox, user: str = EDUCATION) -> list[SeenMessage]:
    """What somebody was told about meetings."""
    return [one for one in sandbox.workspace.dm(user) if "It concerns" in read(one)]


def asked(sandbox: Sandbox, words: str) -> SeenMessage:
    return sandbox.command(SECRETARY, words).message


def test_moving_says_first_which_actions_and_dates_move_and_who_is_told(quiet: Sandbox) -> None:
    before = stored(quiet)
    question = asked(quiet, MOVE)
    shown = read(question)
    assert shown.startswith(
        "Move the meeting of the Children and Young People's Partnership Board of Wed 16 Sep 2020 to "
    )
    assert "Nothing was changed yet." in shown
    assert f"12 actions due at it and moving with it: {DUE}." in shown
    assert "updates due Tue 1 Sep → Tue 8 Sep 2020, papers Tue 8 Sep → Tue 15 Sep 2020." in shown
    assert "leads told in working hours." in shown
    assert labels(question) == ["Move it", "Leave it"]
    assert stored(quiet) == before
    assert meeting_on(quiet, 9, 16).state is MeetingState.PLANNED
    assert "Left as it is" in read(quiet.press_in(SECRETARY, question, "Leave it"))


def test_a_lead_is_told_once_of_a_move_and_the_secretary_knows(quiet: Sandbox) -> None:
    quiet.press_in(SECRETARY, asked(quiet, MOVE), "Move it")
    quiet.advance(when(8, 4, 12))
    (message,) = told(quiet)
    assert read(message).startswith(
        "The Children and Young People's Partnership Board meets on Wed 23 Sep 2020, 14:00 instead of Wed 16 Sep 2020."
    )
    assert "It concerns 4 actions of yours:" in read(message)
    assert "due Wed 23 Sep 2020" in read(message)
    assert told(quiet, SECRETARY) == []


def test_cancelling_says_where_the_actions_go_and_undo_before_anybody_was_told_tells_nobody(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 3, 18))
    question = asked(sandbox, CANCEL)
    assert "12 open actions carried to Fri 23 Oct 2020." in read(question)
    assert re.search(r"\d leads told in working hours\.", read(question))
    assert "Nothing was changed yet." in read(question)
    done = sandbox.press_in(SECRETARY, question, "Cancel it").message
    assert action(sandbox, "healthy-5").due_meeting_id == meeting_on(sandbox, 10, 23).id
    assert read(sandbox.press_in(SECRETARY, done, "Undo")).startswith("Undone: the Children and Young")
    assert action(sandbox, "healthy-5").due_meeting_id == meeting_on(sandbox, 9, 16).id
    sandbox.advance(when(8, 4, 12))
    assert told(sandbox) == []


def test_undo_after_leads_were_told_tells_them_that_it_meets_after_all(quiet: Sandbox) -> None:
    done = quiet.press_in(SECRETARY, asked(quiet, CANCEL), "Cancel it").message
    quiet.advance(when(8, 3, 12))
    (first,) = told(quiet)
    assert "does not meet on Wed 16 Sep 2020: “the chamber is closed”." in read(first)
    quiet.press_in(SECRETARY, done, "Undo")
    quiet.advance(when(8, 4, 12))
    assert "meets on Wed 16 Sep 2020, 14:00 after all." in read(told(quiet)[-1])


def test_what_was_changed_since_it_was_shown_is_shown_anew(quiet: Sandbox) -> None:
    question = asked(quiet, MOVE)
    quiet.command(ADMIN, "move healthy-5 to 23 Oct because the data comes in October")
    again = quiet.press_in(SECRETARY, question, "Move it").message
    assert "11 actions due at it" in read(again)
    assert "Nothing was changed yet." in read(again)
    quiet.press_in(SECRETARY, again, "Move it")
    assert meeting_on(quiet, 9, 23).state is MeetingState.PLANNED


def test_two_secretaries_who_cancel_it_cancel_it_once(quiet: Sandbox) -> None:
    question = asked(quiet, CANCEL)
    quiet.press_in(ADMIN, quiet.command(ADMIN, CANCEL).message, "Cancel it")
    before = stored(quiet)
    shown = read(quiet.press_in(SECRETARY, question, "Cancel it"))
    assert shown.startswith("The meeting of Wed 16 Sep 2020 (cancelled) was cancelled since, so nothing was changed.")
    assert stored(quiet) == before


def test_a_new_meeting_takes_back_what_its_cancelled_one_had_and_undo_gives_it_up(quiet: Sandbox) -> None:
    quiet.press_in(SECRETARY, asked(quiet, CANCEL), "Cancel it")
    question = asked(quiet, "meeting add partnership 23 Sep 2020 14:00")
    assert labels(question) == ["Add it and take 12 actions", "Add it alone", "Leave it"]
    assert f"From a cancelled meeting: {DUE}, due at it now." in read(question)
    done = quiet.press_in(SECRETARY, question, "Add it and take 12 actions").message
    assert action(quiet, "healthy-5").due_meeting_id == meeting_on(quiet, 9, 23).id
    undone = read(quiet.press_in(SECRETARY, done, "Undo"))
    assert "does not meet on Wed 23 Sep 2020." in undone
    assert f"Due again as before: {DUE}." in undone
    assert action(quiet, "healthy-5").due_meeting_id == meeting_on(quiet, 10, 23).id


def test_an_extraordinary_meeting_a_week_before_takes_neither_request_nor_answer_away_from_the_next(
    open_at: OpenAt,
) -> None:
    sandbox = open_at(when(8, 17, 9))
    sandbox.advance(when(8, 17, 10))
    sandbox.say(EDUCATION, "healthy-5 on track, the schools have the survey")
    question = asked(sandbox, "meeting add partnership 10 Sep 2020 14:00")
    assert "For Wed 16 Sep 2020" not in read(question).split("Updates due")[0]
    does = [one for one in labels(question) if one.startswith("Add it")]
    if does:
        sandbox.press_in(SECRETARY, question, does[-1])
    sandbox.advance(when(9, 11, 12))
    shown = read(sandbox.command(SECRETARY, "owing partnership"))
    assert "healthy-5" not in shown, "what was answered before the extraordinary meeting counts for the next"
    asked_for = [read(one) for one in sandbox.workspace.dm("U0PUBHEAL") if one.metadata]
    assert any("healthy-4" in one for one in asked_for), "its reminder and last call came on their days"
