"""Moving an action's due meeting on the example plan: by the form, by a lead's wish, and how the history tells it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers.dispatch import answer_text
from handlers.presses import pressed
from handlers.responses import Content, Form
from models.storage.engine import Database
from models.storage.history_tables import Update
from models.storage.scope import ALL
from models.storage.tables import Board, Meeting
from tests.handlers.adding import (
    ADMIN,
    EDUCATION,
    SECRETARY,
    a_plan,
    add,
    content,
    do,
    press,
    row,
    send,
    texts,
)

plan = pytest.fixture(a_plan)
PART = "16sep-5-ccg"


def say(plan: Database, text: str, user: str = SECRETARY) -> Content:
    return content(do(plan, lambda ctx: answer_text(ctx, text), user))


def of_the_other_board(plan: Database) -> Meeting:
    """The Health and Wellbeing Board's December meeting, of which the day is still to be confirmed."""
    with plan.read(ALL) as session:
        expected = Meeting.starts_at.is_(None)
        return session.scalars(select(Meeting).join(Board).where(Board.key == "hwb", expected)).one()


def test_the_form_moves_one_partners_part_to_no_other_board(plan: Database) -> None:
    press(plan, add(plan, "partners: police, CCG: send in the figures, october meeting"), "Add")
    part, there = row(plan, PART), of_the_other_board(plan)
    value = f"{part.id}|0"
    opened = do(plan, lambda ctx: pressed(ctx, "replanform", value), ADMIN).content
    assert isinstance(opened, Form)
    assert [choice.label for choice in opened.fields[0].choices] == ["Tue 8 Dec 2020"]
    sent = send(plan, "replanform", value, {"to": str(there.id), "reason": "it is theirs"})
    assert "one board keeps them all" in str(sent.content)
    assert row(plan, PART).board_id == part.board_id


def test_a_wish_that_its_lead_took_back_is_granted_no_more(plan: Database) -> None:
    say(plan, "move healthy-5 to december meeting because the survey is late", EDUCATION)
    with plan.read(ALL) as session:
        wish = session.scalars(select(Update)).one()
    assert content(do(plan, lambda ctx: pressed(ctx, "undo", str(wish.id)), EDUCATION)).headline.startswith("Undone")
    value = f"{wish.action_id}|{wish.to_meeting_id}|{wish.id}"
    pressed_now = content(do(plan, lambda ctx: pressed(ctx, "replan", value)))
    assert pressed_now.headline == "Whoever asked to move healthy-5 has taken that back, so nothing was changed."
    assert row(plan, "healthy-5").due_meeting_id != wish.to_meeting_id


def test_the_history_names_the_meetings_of_the_board_that_kept_it_before(plan: Database) -> None:
    say(plan, "move healthy-5 to october meeting because the survey is late")
    say(plan, "outcome healthy-5 carried forward to 8 Dec because it is later still")
    value = f"{row(plan, 'healthy-5').id}|0"
    send(plan, "replanform", value, {"to": str(of_the_other_board(plan).id), "reason": "it is theirs"})
    told = texts(say(plan, "history healthy-5"))
    assert "moved from Wed 16 Sep 2020 to Fri 23 Oct 2020." in told
    assert "carried forward to Tue 8 Dec 2020, Children and Young People's Partnership Board, Wed 16 Sep 2020." in told
    assert "moved from Tue 8 Dec 2020 to December 2020, date to be confirmed." in told
    card = texts(say(plan, "status healthy-5"))
    assert "The Children and Young People's Partnership Board on Wed 16 Sep 2020: carried forward to Tue 8 Dec" in card
