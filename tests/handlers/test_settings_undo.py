"""Settings and leads that were changed, and then not: everything stands as before, or why not is said.

Source: docs/explanation/what-people-write.md, What is taken back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.conversation.direct_messages import said_in_words
from handlers.dispatch import answer_text
from handlers.responses import Content, Group
from models.enums import Way
from models.records.audit import AuditCounts, audit
from models.storage.engine import Database
from models.storage.scope import ALL
from tests.handlers.adding import EDUCATION, NOW, SECRETARY, content, do, press
from tests.handlers.rounds import example

ASKED = (
    "board partnership",
    "board hwb",
    "meetings",
    "orgs",
    "org police",
    "org council",
    "people",
    "mine",
    "due 23 Oct",
    "leaderless",
)


@pytest.fixture
def plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY, EDUCATION)


def say(plan: Database, text: str, now: Any = NOW, user: str = SECRETARY) -> Content:
    return content(do(plan, lambda ctx: answer_text(ctx, text), user, now=now))


def write(plan: Database, text: str, user: str = SECRETARY) -> Content:
    return content(do(plan, lambda ctx: said_in_words(ctx, text), user, way=Way.REPLY))


def everything(plan: Database, *others: str) -> list[Any]:
    shown = [say(plan, text) for text in (*ASKED, *others)]
    return [
        (one.headline, one.intro, [kept for group in one.groups if (kept := _lasting(group)) != Group()])
        for one in shown
    ]


def _lasting(group: Group) -> Group:
    """Return a group without the line that says who changed something last."""
    return replace(group, texts=tuple(text for text in group.texts if not text.startswith("Last changed")))


CHANGES = [
    "board partnership papers 7 working days",
    "board partnership papers 6 calendar days",
    "board partnership updates due 3 days",
    "board partnership ask for all open",
    "board partnership closed 28/12 to 1/1 because the offices are shut",
    "board partnership chair Executive Director until 12/9",
    "stop reminders partnership",
    "org police becomes Merseyside Constabulary",
    "org police becomes Merseyside Constabulary from 1/7/22",
    "org schools closed 2/11 to 4/11 because of the flood",
    "org council contributor Head of Education",
    "org council contributor none",
    "org police ends 31/3/22",
]


@pytest.mark.parametrize("typed", CHANGES)
def test_a_setting_stands_as_before_and_so_does_what_follows_from_it(plan: Database, typed: str) -> None:
    before = everything(plan)
    changed = say(plan, typed)
    assert everything(plan) != before
    assert press(plan, changed, "Undo").headline.startswith("Undone: ")
    assert everything(plan) == before
    with plan.read(ALL) as session:
        assert list(audit(session, AuditCounts())) == []


def test_a_last_day_that_was_taken_away_stands_again(plan: Database) -> None:
    say(plan, "org police ends 31/3/22")
    before = everything(plan)
    changed = say(plan, "org police ends never")
    assert everything(plan) != before
    press(plan, changed, "Undo")
    assert everything(plan) == before


@pytest.mark.parametrize(
    "typed", ["board partnership papers 7 working days", "org police becomes Merseyside Constabulary"]
)
def test_words_bring_the_same_button_and_undoing_is_not_offered_again(plan: Database, typed: str) -> None:
    before = everything(plan)
    say(plan, typed)
    shown = write(plan, "undo that")
    assert shown.headline.startswith("Shall that be taken back: ")
    press(plan, shown, "Undo")
    assert everything(plan) == before
    assert "nothing" in write(plan, "undo").headline


def test_what_was_changed_again_stays(plan: Database) -> None:
    changed = say(plan, "board partnership papers 7 working days")
    say(plan, "board partnership papers 8 working days")
    assert "was changed again by" in press(plan, changed, "Undo").headline
    assert "8 clear working days" in str(say(plan, "board partnership").groups)


def test_a_day_later_it_stays_and_others_may_not(plan: Database) -> None:
    changed = say(plan, "board partnership papers 7 working days")
    assert "more than a day ago" in press(plan, changed, "Undo", now=NOW + timedelta(days=2)).headline
    assert "Undone" not in press(plan, changed, "Undo", user=EDUCATION).headline
    assert "7 clear working days" in str(say(plan, "board partnership").groups)


@pytest.mark.parametrize("refs", ["healthy-5", "heard-5", "healthy-5, healthy-4, heard-5"])
def test_leads_are_as_before_also_where_there_was_none(plan: Database, refs: str) -> None:
    asked = [f"status {ref}" for ref in refs.split(", ")]
    before = [say(plan, text).groups[0] for text in asked]
    changed = say(plan, f"assign {refs} to Young Persons Lead because she asked")
    assert [say(plan, text).groups[0] for text in asked] != before
    undone = press(plan, changed, "Undo")
    assert undone.headline.startswith("Undone: ")
    assert [say(plan, text).groups[0] for text in asked] == before
    assert "taken back" in str(say(plan, f"history {refs.partition(',')[0]}").groups)


def test_a_lead_in_words_and_one_that_has_changed_since(plan: Database) -> None:
    changed = say(plan, "assign heard-5 to Young Persons Lead")
    shown = write(plan, "undo heard-5")
    assert shown.headline == "Shall that be taken back: heard-5, lead changed? Nothing was changed yet."
    say(plan, "assign heard-5 to Early Help Manager")
    assert press(plan, shown, "Undo").headline == "The lead of heard-5 has changed since, so nothing was undone."
    assert "has changed since" in press(plan, changed, "Undo").headline
    assert "Undone" not in press(plan, changed, "Undo", user=EDUCATION).headline
