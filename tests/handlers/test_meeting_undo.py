"""A meeting that was moved, cancelled or added, and then not: everything stands as before, or why not is said.

Source: docs/explanation/what-people-write.md, What is taken back.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.dispatch import answer_text
from handlers.presses import pressed
from handlers.responses import Content
from models.records.audit import AuditCounts, audit
from models.storage.engine import Database
from models.storage.scope import ALL
from tests.handlers.adding import EDUCATION, NOW, SECRETARY, content, do, press, row
from tests.handlers.rounds import example

BOARD = "the Children and Young People's Partnership Board"


@pytest.fixture
def plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY, EDUCATION)


def say(plan: Database, text: str, now: Any = NOW) -> Content:
    asked = content(do(plan, lambda ctx: answer_text(ctx, text), now=now))
    does = [button for button in asked.buttons if button.verb == "domeeting"]
    return content(do(plan, lambda ctx: pressed(ctx, does[-1].verb, does[-1].value), now=now)) if does else asked


def everything(plan: Database, *others: str) -> list[Any]:
    asked = ("status", "overdue", "owing", "digest partnership", "meetings", "due 23 Oct", "due 8 Dec", *others)
    shown = [say(plan, text) for text in asked]
    return [(one.headline, one.intro, one.groups) for one in shown]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("meeting move 23 Oct to 30 Oct", f"Undone: {BOARD} meets on Fri 23 Oct 2020, 14:00, as before."),
        (
            "meeting cancel 23 Oct because the chamber is closed",
            f"Undone: {BOARD} meets on Fri 23 Oct 2020, 14:00, as before.",
        ),
        (
            "meeting cancel 16 Sep because it was not quorate",
            f"Undone: {BOARD} met on Wed 16 Sep 2020, 14:00, as before.",
        ),
    ],
)
def test_a_meeting_stands_as_before_and_so_does_what_was_due_at_it(plan: Database, typed: str, said: str) -> None:
    before = everything(plan)
    changed = say(plan, typed)
    assert everything(plan) != before
    assert press(plan, changed, "Undo").headline == said
    assert everything(plan) == before
    with plan.read(ALL) as session:
        assert list(audit(session, AuditCounts())) == []


def test_what_was_carried_on_and_changed_since_stays_and_is_named(plan: Database) -> None:
    cancelled = say(plan, "meeting cancel 23 Oct because the chamber is closed")
    say(plan, "withdraw heard-11 because the money ended", NOW + timedelta(minutes=1))
    shown = press(plan, cancelled, "Undo")
    assert "heard-11 has changed since, and stays as it is." in shown.intro
    assert row(plan, "heard-9").due_meeting_id == row(plan, "heard-6").due_meeting_id
    assert row(plan, "heard-9").moves == 0


def test_what_was_undone_or_changed_again_is_named(plan: Database) -> None:
    moved = say(plan, "meeting move 23 Oct to 30 Oct")
    later = NOW + timedelta(minutes=5)
    again = say(plan, "meeting move 30 Oct to 6 Nov", later)
    who = "Democratic Services Officer, Sefton Council"
    said = f"Nothing was undone: {who} moved it to Fri 6 Nov 2020 since, Thu 17 Sep 2020."
    assert press(plan, moved, "Undo", now=later).headline == said
    assert press(plan, again, "Undo", now=later).headline.startswith(f"Undone: {BOARD} meets on Fri 30 Oct 2020")
    twice = press(plan, again, "Undo", now=later).headline
    assert twice == f"Nothing was undone: {who} moved it to Fri 30 Oct 2020 since, Thu 17 Sep 2020."


def test_an_added_meeting_is_not_held_unless_something_is_due_at_it(plan: Database) -> None:
    added = say(plan, "meeting add partnership 20 Nov")
    say(plan, "move heard-9 to 20 Nov because it is ready then")
    assert "1 action due at the meeting of Fri 20 Nov 2020 by now" in press(plan, added, "Undo").headline
    say(plan, "move heard-9 to 23 Oct because it is ready now", NOW + timedelta(minutes=1))
    assert press(plan, added, "Undo").headline == f"Undone: {BOARD} does not meet on Fri 20 Nov 2020."


def test_a_day_that_is_taken_and_a_change_of_long_ago_stay(plan: Database) -> None:
    moved = say(plan, "meeting move 23 Oct to 30 Oct")
    assert "more than a day ago" in press(plan, moved, "Undo", now=NOW + timedelta(hours=25)).headline
    say(plan, "meeting add partnership 23 Oct")
    assert "has another meeting on Fri 23 Oct 2020 now" in press(plan, moved, "Undo").headline
