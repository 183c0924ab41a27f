"""Actions added by the form, and for all partners."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from bot.demo.sandbox import TEAM
from handlers.actions.message_shortcut import turn_into_action
from handlers.conversation.direct_messages import said_in_words
from handlers.dispatch import answer_text
from handlers.responses import Content, Form, FormErrors
from models.enums import OPEN, Kind, Status, Way
from models.storage.engine import Database
from models.storage.history_tables import Draft
from models.storage.tables import Action, ActionSupport, Post
from tests.handlers.adding import (
    EDUCATION,
    NOW,
    ONE,
    a_plan,
    add,
    content,
    count,
    day_of,
    do,
    facts,
    form,
    press,
    row,
    send,
)

plan = pytest.fixture(a_plan)


# -- the form


def filled(plan: Database, **changed: str) -> dict[str, str]:
    with plan.read(TEAM) as session:
        head = session.scalars(select(Post).where(Post.key == "head-of-education")).one().id
        partnership = row(plan, "healthy-5").board_id
    values = {
        "words": "Publish the guide", "kind": "deliverable", "lead": str(head), "serves": "7, 8",
        "board": str(partnership), "due": str(row(plan, "heard-6").due_meeting_id), "supporting": "CCG, police",
        "source": "the plan",
    }  # fmt: skip
    return values | changed


def test_add_alone_opens_the_form(plan: Database) -> None:
    opened = do(plan, lambda ctx: answer_text(ctx, "add")).content
    assert isinstance(opened, Form)
    assert [field.name for field in opened.fields] == [
        "words", "kind", "lead", "partners", "serves", "board", "due", "day", "given", "minute", "supporting", "source",
    ]  # fmt: skip
    assert opened.fields[2].choices[0].label == "All partners"
    words = content(do(plan, lambda ctx: said_in_words(ctx, "add"), way=Way.REPLY))
    assert [one.label for one in words.buttons] == ["Fill in a form…"]


def test_the_form_adds_a_deliverable(plan: Database) -> None:
    added = content(send(plan, "add", "", filled(plan)))
    assert added.headline == (
        "Added healthy-10: Head of Education, Sefton Council, due at the meeting of Fri 23 Oct 2020, priorities 7, 8."
    )
    new = row(plan, "healthy-10")
    assert (new.kind, new.given_meeting_id, new.source) == (Kind.DELIVERABLE, None, {"document": "the plan"})
    with plan.read(TEAM) as session:
        assert session.scalar(select(func.count()).where(ActionSupport.action_id == new.id)) == 2


def test_the_form_adds_a_standing_commitment(plan: Database) -> None:
    fields = filled(plan, kind="standing commitment", due="", serves="theme happy", lead="none")
    added = content(send(plan, "add", "", fields))
    assert added.headline == "Added happy-13: no lead yet, standing commitment, theme Happy."


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"words": " "}, {"words": "Say what is to be done."}),
        ({"words": "", "lead": ""}, {"words": "Say", "lead": "Choose a post of this plan"}),
        ({"kind": "task"}, {"kind": "Choose one of the three."}),
        ({"board": ""}, {"board": "Choose a board whose list you keep."}),
        ({"board": "77"}, {"board": "Choose a board whose list you keep."}),
        ({"serves": ""}, {"serves": "Name a theme or priorities"}),
        ({"serves": "99"}, {"serves": "Write “theme” and its name"}),
        ({"serves": "the moon"}, {"serves": "Write “theme” and its name"}),
        ({"due": ""}, {"due": "Choose when it is due."}),
        ({"due": "1"}, {"due": "Choose a coming meeting of the"}),
        ({"due": "", "day": "2020-10-02"}, {"day": "Only a board action is due on a day"}),
        ({"kind": "board action", "day": "2020-10-02"}, {"day": "It has a due meeting already"}),
        ({"kind": "board action", "due": "", "day": "2020-01-02"}, {"day": "That day is past."}),
        ({"kind": "standing commitment"}, {"due": "A standing commitment has no due meeting"}),
        ({"supporting": "the moon"}, {"supporting": "I do not know the partner “the moon”"}),
        ({"lead": "all", "partners": "the moon"}, {"partners": "I do not know the partner “the moon”"}),
        ({"partners": "police"}, {"partners": "Only an action for all partners has them"}),
        ({"words": "Write to AB123456C"}, {"words": "That seems to hold a National Insurance number"}),
    ],
)
def test_a_wrong_field_is_named_and_keeps_the_form(
    plan: Database, changed: dict[str, str], errors: dict[str, str]
) -> None:
    before = count(plan)
    given = send(plan, "add", "", filled(plan, **changed)).content
    assert isinstance(given, FormErrors)
    assert given.errors.keys() == errors.keys()
    assert all(given.errors[name].startswith(words) for name, words in errors.items()), given.errors
    assert count(plan) == before


def test_the_form_asks_first_where_words_may_identify_a_child(plan: Database) -> None:
    before = count(plan)
    fields = filled(plan, words="Write to the family of J.S., aged 9")
    errors = send(plan, "add", "", fields).content
    assert isinstance(errors, FormErrors)
    assert errors.asks
    assert "could “J.S., aged 9”" in errors.errors["words"]
    assert count(plan) == before
    assert content(send(plan, "add", "", {**fields, "sure": "yes"})).headline.startswith("Added healthy-10")


def test_change_fills_the_form_with_what_was_read(plan: Database) -> None:
    shown = add(plan, f"{ONE}, minute 4.2, priority 7")
    opened = form(plan, shown)
    values = {field.name: field.initial for field in opened.fields}
    assert (values["words"], values["minute"], values["serves"]) == ("Publish the guide", "4.2", "7")
    added = content(send(plan, opened.verb, opened.value, values | {"words": "Publish both guides"}))
    assert added.headline.startswith("Added 16sep-5")
    assert row(plan, "16sep-5").words == "Publish both guides"
    assert count(plan, Draft) == 0


# -- all partners


def test_all_partners_are_shown_with_whom_each_is_asked_through(plan: Database) -> None:
    shown = add(plan, "all partners except schools: send in the figures by 2 Oct")
    assert shown.groups[1].heading == "Asked for 16sep-5"
    assert shown.groups[1].texts == (
        "Sefton Council: Executive Director of Children's Social Care and Education (of 12 posts)",
        "CCGs: Children's Commissioner",
        "Alder Hey: Youth Forum Lead",
        "NWB: 0–19 Service Manager",
        "Merseyside Police: Superintendent, Sefton",
        "Sefton CVS: Young Persons Lead",
        "LSCB: no post yet",
        "Parent and carer groups: no post yet",
    )
    opened = form(plan, shown)
    values = {field.name: field.initial for field in opened.fields}
    assert values["lead"] == "all"
    director = "Executive Director of Children's Social Care and Education"
    partners = values["partners"].replace(director, "Early Help Manager")
    added = content(send(plan, opened.verb, opened.value, values | {"partners": partners}))
    assert added.headline.startswith("Added 16sep-5: 8 partners, due Fri 2 Oct 2020")
    whole = row(plan, "16sep-5")
    assert whole.lead_post_id is None
    part = row(plan, "16sep-5-sefton-council")
    assert (part.parent_id, part.due_date, part.kind) == (whole.id, date(2020, 10, 2), Kind.BOARD_ACTION)
    with plan.read(TEAM) as session:
        assert session.get_one(Post, part.lead_post_id).key == "early-help-manager"
    assert row(plan, "16sep-5-parent-carers").lead_post_id is None


def test_an_action_for_all_partners_is_taken_back_with_its_parts(plan: Database) -> None:
    added = press(plan, add(plan, "all partners: send in the figures by 2 Oct"), "Add")
    assert "of 9 done" in facts(content(do(plan, lambda ctx: answer_text(ctx, "status 16sep-5"))))[0][2][2]
    press(plan, added, "Take back")
    assert row(plan, "16sep-5").status is row(plan, "16sep-5-ccg").status is Status.CLOSED_NOT_DONE


def test_an_action_for_all_partners_is_moved_counted_and_overdue_as_one(plan: Database) -> None:
    def said(text: str, now: datetime = NOW) -> Content:
        return content(do(plan, lambda ctx: answer_text(ctx, text), now=now))

    before = int(said("due 23 oct").headline.split()[0])
    press(plan, add(plan, "to partnership: all partners: send in the figures, due 23 oct"), "Add")
    assert said("due 23 oct").headline.startswith(f"{before + 1} actions due")
    october = row(plan, "16sep-5").due_meeting_id
    with plan.read(TEAM) as session:
        due = session.scalar(
            select(func.count()).where(
                Action.due_meeting_id == october, Action.parent_id.is_(None), Action.status.in_(OPEN)
            )
        )
    cancelled = said("meeting cancel 23 Oct because the chamber is closed")
    cancelled = press(plan, cancelled, "Cancel it")
    assert f"{due} open actions carried to Tue 8 Dec 2020." in cancelled.intro
    assert {day_of(plan, row(plan, ref).due_meeting_id) for ref in ("16sep-5", "16sep-5-ccg")} == {date(2020, 12, 8)}
    late = said("overdue partnership", datetime(2020, 12, 20, 9, tzinfo=UTC))
    assert "16sep-5-ccg" not in {ref for ref, _, _ in facts(late)}
    moved = said("move 16sep-5 to 8 Dec because it waits")
    assert moved.headline.startswith("16sep-5 is due Tue 8 Dec 2020 already")


@pytest.mark.parametrize("mention", [f"<@{EDUCATION}>", f"<@{EDUCATION}|jane.smith>"])
def test_a_message_that_becomes_an_action_names_the_post_of_whoever_it_mentions(plan: Database, mention: str) -> None:
    opened = do(plan, lambda ctx: turn_into_action(ctx, f"{mention} publishes the guide", "")).content
    assert isinstance(opened, Form)
    assert "Head of Education publishes the guide" in [field.initial for field in opened.fields]
