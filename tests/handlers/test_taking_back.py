"""What may be taken back, by whom and until when; what is refused says why in one sentence.

Source: docs/explanation/what-people-write.md, What is taken back.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.commands.outcomes import OfThoseLeft
from handlers.dispatch import answer_text
from handlers.outcomes.recorded import AllRecorded
from handlers.presses import pressed
from handlers.responses import Content
from models.storage.engine import Database
from tests.handlers.adding import CHAIR, EDUCATION, NOW, SECRETARY, content, do, press, row
from tests.handlers.rounds import example


@pytest.fixture
def plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY, CHAIR, EDUCATION)


def say(plan: Database, text: str, user: str = SECRETARY, now: datetime = NOW) -> Content:
    return content(do(plan, lambda ctx: answer_text(ctx, text), user, now=now))


def undo(plan: Database, shown: Content, user: str = SECRETARY, now: datetime = NOW, label: str = "Undo") -> str:
    return press(plan, shown, label, user, now).headline


def everything(plan: Database) -> list[Any]:
    """What the board is told of its plan: status, what is due, overdue and owing, the digest."""
    asked = ("status", "due", "due 8 Dec", "overdue", "owing", "digest partnership")
    shown = [say(plan, text) for text in asked]
    return [(one.headline, one.intro, one.groups, one.picture) for one in shown]


OUTCOMES = (
    "outcome happy-6 closed minute 4",
    "outcome happy-6 carried forward to 8 Dec",
    "outcome happy-6 not agreed because the figures are missing",
    "outcome happy-6 withdrawn because the money ended",
    "outcome happy-6 no decision",
    "outcome 16sep-3 not agreed because the figures are missing",
    "move healthy-9 to 8 Dec because the tender slipped",
)


@pytest.mark.parametrize("decided", OUTCOMES)
def test_what_was_taken_back_is_told_nowhere_but_in_the_history(plan: Database, decided: str) -> None:
    before = everything(plan)
    recorded = say(plan, decided)
    if "Undo" not in [one.label for one in recorded.buttons]:
        recorded = press(plan, recorded, "Record it all the same")
    assert everything(plan) != before
    assert undo(plan, recorded).startswith("Undone: ")
    assert everything(plan) == before
    history = [text for group in say(plan, f"history {decided.split()[1]}").groups for text in group.texts]
    assert "took entry" in history[0]
    assert "(Taken back.)" in history[1]


def test_an_outcome_is_undone_once(plan: Database) -> None:
    recorded = say(plan, "close happy-6 minute 4")
    undo(plan, recorded)
    assert undo(plan, recorded) == (
        "That was undone already by Democratic Services Officer, Sefton Council, Thu 17 Sep 2020: happy-6 is on track."
    )


def test_what_something_newer_stands_on_stays_and_that_is_named(plan: Database) -> None:
    first = say(plan, "outcome happy-6 no decision")
    second = say(plan, "move happy-6 to 8 Dec because the tender slipped", now=NOW + timedelta(minutes=1))
    said = undo(plan, first)
    assert said.startswith("happy-6 has changed since, so nothing was undone: entry 2. Thu 17 Sep 2020, Democratic")
    assert "moved from Wed 16 Sep 2020 to Tue 8 Dec 2020" in said
    # What is newer first, then what was before it.
    assert undo(plan, second).startswith("Undone: ")
    assert undo(plan, first).startswith("Undone: ")


def test_whoever_may_not_decide_undoes_nothing_and_the_chair_may(plan: Database) -> None:
    recorded = say(plan, "close happy-6 minute 4")
    assert "outcomes are recorded by the board’s secretary" in undo(plan, recorded, EDUCATION)
    assert undo(plan, recorded, CHAIR).startswith("Undone: ")


def test_an_outcome_is_undone_until_the_outcomes_are_recorded(plan: Database) -> None:
    recorded = say(plan, "close happy-6 minute 4")
    later = NOW + timedelta(hours=5)
    meeting = row(plan, "happy-6").closed_meeting_id or 0
    settled = AllRecorded(meeting=meeting, then=OfThoseLeft.LEAVE, left=tuple(range(1000)))
    do(plan, lambda ctx: pressed(ctx, AllRecorded.verb, settled.encode()), SECRETARY, now=later)
    said = undo(plan, recorded, now=later)
    assert said == (
        "The outcome on happy-6 is more than 10 minutes old, so it stays: "
        "“/cypp reopen happy-6 because …” opens it again."
    )
    fresh = say(plan, "outcome happy-2 no decision", now=later)
    assert undo(plan, fresh, now=later).startswith("Undone: ")


def test_a_replan_is_undone_for_a_day(plan: Database) -> None:
    moved = say(plan, "move healthy-9 to 8 Dec because the tender slipped")
    assert "more than a day ago" in undo(plan, moved, now=NOW + timedelta(hours=25))
    assert undo(plan, moved, now=NOW + timedelta(hours=23)).startswith("Undone: ")


def test_of_several_one_that_cannot_be_undone_is_named_and_the_rest_is(plan: Database) -> None:
    both = say(plan, "outcome happy-2, happy-6 no decision")
    say(plan, "outcome happy-6 carried forward to 8 Dec", now=NOW + timedelta(minutes=1))
    shown = press(plan, both, "Undo all 2")
    assert shown.headline == "Undone: 1 entry of 2."
    assert any(line.startswith("happy-6 has changed since") for line in shown.intro)
    assert row(plan, "happy-6").replans == 1
