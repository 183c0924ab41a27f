"""What a meeting can have decided: nothing on what was not there yet, nothing on what another had closed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers import answer_words
from handlers.replies import Reply
from models.db import Database
from models.enums import Status
from tests.handlers.rounds import example
from tests.handlers.test_adding import NOW, ONE, SECRETARY, add, do, press, reply, row

AFTER_OCTOBER = datetime(2020, 10, 26, 10, tzinfo=UTC)


@pytest.fixture
def plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY)


def say(plan: Database, text: str, now: datetime | None = None) -> Reply:
    return reply(do(plan, lambda asked: answer_words(asked, text), **({"now": now} if now else {})))


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
    assert "closed" in say(plan, "outcome 16sep-5 closed", AFTER_OCTOBER).headline


def test_a_plan_loaded_after_a_meeting_may_have_its_outcomes_recorded(plan: Database) -> None:
    assert say(plan, "outcome 16sep-1 no decision").headline.startswith("Recorded for 16sep-1: no decision")


@pytest.mark.parametrize("decided", ["not agreed because it is late", "no decision", "carried forward to 8 Dec"])
def test_what_one_meeting_closed_a_later_one_opens_by_reopening_it(plan: Database, decided: str) -> None:
    say(plan, "outcome 16sep-1 closed minute 4")
    assert row(plan, "16sep-1").status is Status.COMPLETE
    shown = say(plan, f"outcome 16sep-1 {decided}", AFTER_OCTOBER)
    assert "“/cypp reopen 16sep-1 because …” opens it again" in shown.headline
    assert row(plan, "16sep-1").status is Status.COMPLETE


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
