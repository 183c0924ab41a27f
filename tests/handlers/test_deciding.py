"""What a meeting can have decided: nothing on what was not there yet, nothing on what another had closed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.dispatch import answer_text
from handlers.presses import submitted
from handlers.responses import Content, FormErrors
from models.enums import Status
from models.storage.engine import Database
from tests.handlers.adding import NOW, ONE, SECRETARY, add, content, do, press, row
from tests.handlers.rounds import example

AFTER_OCTOBER = datetime(2020, 10, 26, 10, tzinfo=UTC)


@pytest.fixture
def plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY)


def say(plan: Database, text: str, now: datetime = NOW) -> Content:
    return content(do(plan, lambda ctx: answer_text(ctx, text), now=now))


def test_a_meeting_before_an_action_was_added_decided_nothing_on_it_unless_it_is_named(plan: Database) -> None:
    press(plan, add(plan, ONE), "Add")
    shown = say(plan, "close 16sep-5")
    assert shown.headline == (
        "The meeting of Wed 16 Sep 2020 was before 16sep-5 was added, so nothing was recorded: at which meeting was it "
        "decided?"
    )
    assert shown.typed == "close 16sep-5"
    assert row(plan, "16sep-5").status is Status.NOT_STARTED
    assert say(plan, "outcome 16sep-5 no decision at 16 Sep").headline.startswith("Recorded for 16sep-5")
    assert "closed" in say(plan, "outcome 16sep-5 closed minute 4", AFTER_OCTOBER).headline


def test_what_was_never_proposed_is_closed_by_a_press_unless_the_minute_or_the_meeting_is_named(plan: Database) -> None:
    asked = say(plan, "close 16sep-1")
    assert asked.headline.startswith("16sep-1 was never proposed for closure. Nothing was recorded yet")
    assert [one.label for one in asked.buttons] == ["Close 16sep-1", "Record nothing"]
    assert row(plan, "16sep-1").status is Status.ON_TRACK
    assert say(plan, "close 16sep-1 agreed 16 Sep").headline.startswith("Recorded for 16sep-1: closed")


def test_a_plan_loaded_after_a_meeting_may_have_its_outcomes_recorded(plan: Database) -> None:
    assert say(plan, "outcome 16sep-1 no decision").headline.startswith("Recorded for 16sep-1: no decision")


def test_what_closed_an_action_is_told_no_more_on_its_card_once_it_is_open_again(plan: Database) -> None:
    say(plan, "close 16sep-1 minute 4")
    say(plan, "reopen 16sep-1 because the third is missing")
    assert not any("The board on" in line for line in say(plan, "status 16sep-1").intro)


@pytest.mark.parametrize("decided", ["not agreed because it is late", "no decision", "carried forward to 8 Dec"])
def test_what_one_meeting_closed_a_later_one_opens_by_reopening_it(plan: Database, decided: str) -> None:
    say(plan, "outcome 16sep-1 closed minute 4")
    assert row(plan, "16sep-1").status is Status.COMPLETE
    shown = say(plan, f"outcome 16sep-1 {decided}", AFTER_OCTOBER)
    assert "“/cypp reopen 16sep-1 because …” opens it again" in shown.headline
    assert row(plan, "16sep-1").status is Status.COMPLETE


@pytest.mark.parametrize("verb", ["assign", "outcome", "replanform", "meetingchange"])
def test_a_reason_that_is_not_for_publication_is_stored_by_no_form(plan: Database, verb: str) -> None:
    ours, october = row(plan, "23oct-4"), str(row(plan, "23oct-1").due_meeting_id)
    value = str(ours.board_id) if verb == "meetingchange" else f"{ours.id}|0"
    fields = {"post": "1", "kind": "no decision", "to": october, "meeting": october, "what": "cancel"}
    held = {**fields, "reason": "the tender, not for publication"}
    refused = do(plan, lambda ctx: submitted(ctx, verb, value, held)).content
    assert isinstance(refused, FormErrors)
    assert refused.errors["reason"].startswith("Everybody can read a reason, so nothing was changed")
    assert content(do(plan, lambda ctx: submitted(ctx, verb, value, {**fields, "reason": "the tender"})))


def test_a_day_of_a_boards_form_that_is_none_is_said_at_its_field(plan: Database) -> None:
    board, fields = str(row(plan, "23oct-4").board_id), {"papers": "5", "updates": "5", "until": "2020-99-99"}
    assert do(plan, lambda ctx: submitted(ctx, "board", board, fields)).content == FormErrors(
        {"until": "Choose a day."}
    )


def test_the_meeting_that_closed_it_may_be_put_right(plan: Database) -> None:
    say(plan, "outcome 16sep-1 closed minute 4")
    shown = say(plan, "outcome 16sep-1 not agreed at 16 Sep because the third is missing", AFTER_OCTOBER)
    assert shown.headline.startswith("Recorded for 16sep-1: not agreed")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([(8, 20)], "no change"),
        ([(8, 20), (8, 25)], "no change"),
        ([(8, 20), (10, 1)], "no change, second meeting running"),
        ([(8, 20), (10, 1), (11, 20)], "no change, third meeting running"),
        ([(8, 20), (11, 20)], "no change"),
    ],
)
def test_no_change_says_for_how_many_meetings_running(plan: Database, days: list[tuple[int, int]], said: str) -> None:
    for month, day in days:
        now = datetime(2020, month, day, 10, tzinfo=UTC)
        assert say(plan, "no change healthy-4", now).headline.startswith("Recorded for healthy-4: no change")
    (line,) = (line for group in say(plan, "status healthy-4", now).groups for line in group.lines)
    assert [fact for fact in line.facts if fact.startswith("no change")] == [said]
