"""An action moves to another board's meeting, with both secretaries; what a press finds when things have moved on."""

from __future__ import annotations

import pytest
from sqlalchemy import String, cast, select

from bot.demo.workspace import SeenMessage
from models.enums import AnswerKind, NotificationKind, NotificationState
from models.rules.steps import MoveDone
from models.storage.notification_tables import Notification
from models.storage.scope import ALL
from models.storage.tables import Board, Person
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ADMIN,
    CHAIR,
    EDUCATION,
    HEALTH,
    MEMBER,
    OTHER_CHAIR,
    OTHER_SECRETARY,
    SECRETARY,
    OpenAt,
    Pristine,
    action,
    as_plan,
    entries,
    example,
    forge,
    labels,
    meeting_on,
    message_with,
    read,
    replans,
    stored,
    when,
    with_two_secretaries,
    writer,
)
from tests.local_slack import Sandbox

NOW = when(8, 27)
REF = "healthy-4"
ASK = f"move {REF} to the hwb of 9 Sep because the data is theirs"


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(NOW, plan=as_plan(with_two_secretaries(example())))
    add_others(sandbox)
    return Pristine(sandbox)


def board_id(sandbox: Sandbox, key: str) -> int:
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Board.id).where(Board.key == key)).one()


def asked_of(sandbox: Sandbox) -> SeenMessage:
    """What the other board's secretary was asked."""
    return message_with(sandbox, OTHER_SECRETARY, "asks to move it to the Health and Wellbeing Board")


def since(sandbox: Sandbox, user: str, mark: int) -> str:
    return read(sandbox.workspace.since(user, mark))


# -- asking and agreeing


@pytest.mark.parametrize("user", [SECRETARY, CHAIR])
def test_the_home_boards_secretary_or_chair_asks_and_nothing_moves_yet(sandbox: Sandbox, user: str) -> None:
    before = action(sandbox, REF)
    shown = read(sandbox.command(user, ASK))
    assert shown.startswith(
        "Asked: Committee Officer, Sefton Council decides whether healthy-4 moves to the Health and Wellbeing Board of "
        "Wed 9 Sep 2020."
    )
    (entry,) = entries(sandbox, REF)
    assert (entry.kind, entry.words) == (AnswerKind.REPLAN_ASKED, "the data is theirs")
    now = action(sandbox, REF)
    assert (now.board_id, now.due_meeting_id) == (before.board_id, before.due_meeting_id)
    message = asked_of(sandbox)
    assert "“the data is theirs”" in read(message)
    assert labels(message) == ["Agree", "Leave as it is"]


def test_on_agree_board_and_meeting_change_together_and_all_three_are_told(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, ASK)
    mark = sandbox.workspace.mark()
    shown = read(sandbox.press_in(OTHER_SECRETARY, asked_of(sandbox), "Agree"))
    assert "Moved healthy-4 to the Health and Wellbeing Board of Wed 9 Sep 2020." in shown
    now = action(sandbox, REF)
    assert (now.board_id, now.due_meeting_id, now.replans) == (
        board_id(sandbox, "hwb"),
        meeting_on(sandbox, 9, 9).id,
        1,
    )
    assert now.first_due_meeting_id == meeting_on(sandbox, 9, 16).id
    (moved,) = replans(sandbox, REF)
    assert (moved.reason, moved.counted, writer(sandbox, moved)) == ("the data is theirs", True, OTHER_SECRETARY)
    assert moved.signature == (
        "Democratic Services Officer, Sefton Council, agreed by Committee Officer, Sefton Council"
    )
    said = "healthy-4 moved to the Health and Wellbeing Board of Wed 9 Sep 2020, which keeps it now."
    assert said in since(sandbox, SECRETARY, mark)
    assert said in since(sandbox, HEALTH, mark)
    assert since(sandbox, OTHER_SECRETARY, mark).count("keeps it now") == 1, "who pressed has the receipt"
    card = read(sandbox.command(MEMBER, f"status {REF}"))
    assert "Home board: Health and Wellbeing Board." in card
    assert "First due Wed 16 Sep 2020, Children and Young People's Partnership Board." in card
    assert "re-planned once" in card


def test_a_wish_that_is_held_back_meanwhile_is_agreed_to_without_its_words(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, ASK)
    shown = asked_of(sandbox)
    assert "the data is theirs" in read(shown)
    assert "update held" in read(sandbox.command(SECRETARY, f"withhold {REF} last because bids are open"))
    sandbox.tick()
    assert "“update held”" in read(asked_of(sandbox)), "what was delivered is changed in place"
    assert "the data is theirs" not in read(asked_of(sandbox))
    assert "the data is theirs" not in read(sandbox.press_in(OTHER_SECRETARY, asked_of(sandbox), "Agree"))
    assert [row.reason for row in replans(sandbox, REF)] == ["update held"]
    assert "the data is theirs" not in read(sandbox.command(MEMBER, f"history {REF}"))


def test_from_then_on_the_other_board_keeps_it(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, ASK)
    sandbox.press_in(OTHER_SECRETARY, asked_of(sandbox), "Agree")
    assert "nothing was recorded" in read(sandbox.command(SECRETARY, f"update {REF} on track all well"))
    assert f"Recorded for {REF}" in read(sandbox.command(OTHER_SECRETARY, f"update {REF} on track all well"))


def test_left_as_it_is_those_who_asked_are_told_and_it_may_be_agreed_after_all(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, ASK)
    before, mark = action(sandbox, REF).board_id, sandbox.workspace.mark()
    message = asked_of(sandbox)
    assert "Left as it is: healthy-4 stays with the Children" in read(
        sandbox.press_in(OTHER_SECRETARY, message, "Leave as it is")
    )
    assert "healthy-4 was left as it is: the Health and Wellbeing Board did not take it" in since(
        sandbox, SECRETARY, mark
    )
    assert action(sandbox, REF).board_id == before
    assert "Moved healthy-4" in read(sandbox.press_in(OTHER_SECRETARY, message, "Agree"))


@pytest.mark.parametrize("user", [SECRETARY, CHAIR, HEALTH, EDUCATION, MEMBER])
def test_nobody_of_the_asking_side_agrees_for_the_other(sandbox: Sandbox, user: str) -> None:
    sandbox.command(SECRETARY, ASK)
    value = next(button.value for button in asked_of(sandbox).buttons() if button.text == "Agree")
    before = stored(sandbox)
    assert "was not moved" in read(forge(sandbox, user, "agree", value or ""))
    assert stored(sandbox) == before


@pytest.mark.parametrize("user", [OTHER_CHAIR, ADMIN])
def test_the_other_boards_chair_and_an_administrator_agree_too(sandbox: Sandbox, user: str) -> None:
    sandbox.command(SECRETARY, ASK)
    value = next(button.value for button in asked_of(sandbox).buttons() if button.text == "Agree")
    assert "Moved healthy-4" in read(forge(sandbox, user, "agree", value or ""))
    with sandbox.database.read(ALL) as session:
        told = select(Person.slack_user, Notification.step).join(
            Notification, Notification.recipient == "person:" + cast(Person.id, String)
        )
        users = {user for user, step in session.execute(told) if isinstance(step, MoveDone)}
    assert users == {SECRETARY, OTHER_SECRETARY}


def test_a_leads_own_wish_cannot_be_agreed_to_without_the_home_board(sandbox: Sandbox) -> None:
    shown = read(sandbox.command(HEALTH, ASK))
    assert "will decide whether healthy-4 moves to Wed 9 Sep 2020, Health and Wellbeing Board." in shown
    (entry,) = entries(sandbox, REF)
    before = stored(sandbox)
    value = f"{entry.action_id}|{entry.to_meeting_id}|{entry.id}"
    assert "older message" in read(forge(sandbox, OTHER_SECRETARY, "agree", value))
    assert stored(sandbox) == before
    wish = message_with(sandbox, SECRETARY, "asks to move it to Wed 9 Sep 2020, Health and Wellbeing Board")
    granted = read(sandbox.press_in(SECRETARY, wish, "Move to Wed 9 Sep 2020, Health and Wellbeing Board"))
    assert "Asked: Committee Officer, Sefton Council decides" in granted
    assert "Moved healthy-4" in read(sandbox.press_in(OTHER_SECRETARY, asked_of(sandbox), "Agree"))


def test_an_administrator_does_it_at_once_and_both_secretaries_and_the_lead_are_told(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    assert "Moved healthy-4 to the Health and Wellbeing Board" in read(sandbox.command(ADMIN, ASK))
    for user in (SECRETARY, OTHER_SECRETARY, HEALTH):
        assert "which keeps it now" in since(sandbox, user, mark), user
    assert read(sandbox.workspace.since(ADMIN, mark)).count("keeps it now") == 1


def test_a_day_on_which_only_another_board_meets_is_asked_about(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    asked = sandbox.command(ADMIN, f"move {REF} to 9 Sep because the data is theirs").message
    assert "On Wed 9 Sep 2020 the Health and Wellbeing Board meets, and healthy-4 is another board’s" in read(asked)
    assert stored(sandbox) == before
    assert "Moved healthy-4" in read(sandbox.press_in(ADMIN, asked, "Move it to the Health and Wellbeing Board"))


# -- what has changed meanwhile


def test_a_wish_lapses_when_the_action_is_moved_closed_or_agreed_already(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, ASK)
    value = next(button.value for button in asked_of(sandbox).buttons() if button.text == "Agree") or ""
    sandbox.command(SECRETARY, f"move {REF} to 23 Oct because later")
    assert "healthy-4 has been moved since this was asked" in read(forge(sandbox, OTHER_SECRETARY, "agree", value))
    sandbox.command(SECRETARY, f"close {REF} agreed 10 June")
    assert "complete: closed by the board now, so nothing was changed" in read(
        forge(sandbox, OTHER_SECRETARY, "agree", value)
    )


@pytest.mark.parametrize("verb", ["agree", "leaveother"])
def test_a_wish_for_a_meeting_that_is_cancelled_meanwhile_is_said_to_have_lapsed(sandbox: Sandbox, verb: str) -> None:
    sandbox.command(SECRETARY, ASK)
    value = next(button.value for button in asked_of(sandbox).buttons() if button.text == "Agree") or ""
    sandbox.change_meeting(OTHER_SECRETARY, "cancel 9 Sep because the room is flooded")
    before = stored(sandbox)
    shown = read(forge(sandbox, OTHER_SECRETARY, verb, value))
    assert "The meeting of Wed 9 Sep 2020 (cancelled) will not be held, so healthy-4 was not moved." in shown
    assert stored(sandbox) == before


def test_what_was_not_said_yet_lapses(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 27, 20), plan=as_plan(with_two_secretaries(example())))
    sandbox.command(SECRETARY, ASK)
    sandbox.command(SECRETARY, f"move {REF} to 23 Oct because later")
    sandbox.advance(when(8, 28, 10))
    assert not any("asks to move it" in read(one) for one in sandbox.workspace.dm(OTHER_SECRETARY))
    with sandbox.database.read(ALL) as session:
        (notification,) = session.scalars(
            select(Notification).where(Notification.kind == NotificationKind.OTHER_BOARD)
        ).all()
    assert (notification.state, notification.reason) == (
        NotificationState.LAPSED,
        "it was moved or closed, or the meeting was cancelled",
    )


def test_a_button_to_move_to_a_meeting_that_is_cancelled_meanwhile_says_so(sandbox: Sandbox) -> None:
    sandbox.command(HEALTH, f"move {REF} to 23 Oct because the data comes in October")
    message = message_with(sandbox, SECRETARY, "asks to move it to Fri 23 Oct 2020")
    sandbox.change_meeting(SECRETARY, "cancel 23 Oct because the chamber is closed")
    before = stored(sandbox)
    shown = read(sandbox.press_in(SECRETARY, message, "Move to Fri 23 Oct 2020"))
    assert "healthy-4 cannot move to Fri 23 Oct 2020 (cancelled) any more, so nothing was changed." in shown
    assert stored(sandbox) == before


def test_carry_forward_to_a_meeting_that_is_cancelled_meanwhile_says_so(sandbox: Sandbox) -> None:
    row = action(sandbox, REF)
    value = f"{row.id}|{meeting_on(sandbox, 6, 10).id}|{meeting_on(sandbox, 10, 23).id}"
    sandbox.change_meeting(SECRETARY, "cancel 23 Oct because the chamber is closed")
    before = stored(sandbox)
    shown = read(forge(sandbox, SECRETARY, "carried", value))
    assert "healthy-4 was not carried forward: that meeting is past or cancelled. Press “Other…”" in shown
    assert stored(sandbox) == before


# -- the outcomes and missed meetings of the board it came from


def test_what_the_first_board_decided_is_still_told_and_what_was_missed_there_still_counts(open_at: OpenAt) -> None:
    sandbox = open_at(when(9, 16, 15), plan=as_plan(with_two_secretaries(example())))
    sandbox.advance(when(9, 17, 9, 30))
    asked = sandbox.command(SECRETARY, f"outcome {REF} not agreed because the third is missing")
    sandbox.press_in(SECRETARY, asked.message, "Record it all the same")
    after = message_with(sandbox, SECRETARY, "After the meeting of Wed 16 Sep 2020")
    sandbox.settle(SECRETARY, after)
    assert "overdue, 1 meeting missed" in read(sandbox.command(EDUCATION, f"status {REF}"))
    shown = read(sandbox.command(ADMIN, f"move {REF} to the hwb of December because the data is theirs"))
    assert "Moved healthy-4 to the Health and Wellbeing Board of December 2020, date to be confirmed." in shown
    sandbox.change_meeting(OTHER_SECRETARY, "confirm December as 1 Dec 14:00")
    mark = sandbox.workspace.mark()
    sandbox.advance(when(9, 18, 9, 30))
    assert ": not agreed" in read(sandbox.workspace.now(after) or [])
    told = since(sandbox, HEALTH, mark)
    assert "keeps it now" in told
    sandbox.clock.move(when(12, 9, 10))
    assert "overdue, 2 meetings missed" in read(sandbox.command(EDUCATION, f"status {REF}"))
