"""`add` on the example plan: what is shown first, what is stored at the press, what is taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.demo.sandbox import TEAM
from handlers.conversation.direct_messages import said_in_words
from handlers.dispatch import answer_text
from handlers.press_codec import ask_button
from handlers.presses import pressed
from handlers.responses import Content, FormErrors
from models.enums import AnswerKind, Kind, Status
from models.storage.engine import Database
from models.storage.history_tables import Draft, Update
from models.storage.tables import ActionPriority, Meeting
from tests.handlers.adding import (
    ADMIN,
    CHAIR,
    EDUCATION,
    NOW,
    ONE,
    THREE,
    a_plan,
    add,
    button,
    content,
    count,
    day_of,
    do,
    facts,
    form,
    press,
    row,
    send,
    texts,
)

plan = pytest.fixture(a_plan)


# -- one line


def test_a_line_is_shown_first_and_added_at_the_press(plan: Database) -> None:
    before = count(plan)
    shown = add(plan, f"{ONE}, minute 4.2, priority 7")
    assert shown.headline.startswith(
        "1 action to add to the list of the Children and Young People's Partnership Board?"
    )
    assert facts(shown) == [
        (
            "16sep-5",
            "Publish the guide",
            (
                "Head of Education, Sefton Council",
                "due at the meeting of Tue 8 Dec 2020",
                "priority 7",
                "given out Wed 16 Sep 2020, minute 4.2",
            ),
        )
    ]
    assert count(plan) == before
    added = press(plan, shown, "Add")
    assert added.headline.startswith(
        "Added 16sep-5: Head of Education, Sefton Council, due at the meeting of Tue 8 Dec"
    )
    new = row(plan, "16sep-5")
    assert (new.kind, new.status, new.minute) == (Kind.BOARD_ACTION, Status.NOT_STARTED, "4.2")
    assert day_of(plan, new.due_meeting_id) == day_of(plan, new.first_due_meeting_id) == date(2020, 12, 8)
    assert day_of(plan, new.given_meeting_id) == date(2020, 9, 16)
    with plan.read(TEAM) as session:
        (entry,) = session.scalars(select(Update).where(Update.action_id == new.id))
        assert (entry.kind, entry.signature) == (AnswerKind.ADDED, "Democratic Services Officer, Sefton Council")
        assert session.scalar(select(func.count()).where(ActionPriority.action_id == new.id)) == 1
    assert count(plan, Draft) == 0
    assert press(plan, shown, "Add").headline.startswith("Those lines were added or discarded already")


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("by 8 Dec", "due at the meeting of Tue 8 Dec 2020"),
        ("by 8/12", "due at the meeting of Tue 8 Dec 2020"),
        ("by 9/12/20", "due Wed 9 Dec 2020, between meetings"),
        ("by Friday", "due Fri 18 Sep 2020, between meetings"),
        ("by end of October", "due Sat 31 Oct 2020, between meetings"),
        ("due next", "due at the meeting of Fri 23 Oct 2020"),
        ("for the october meeting", "due at the meeting of Fri 23 Oct 2020"),
        ("by december", "due at the meeting of Tue 8 Dec 2020"),
        ("", "due at the next meeting, Fri 23 Oct 2020 (no date given)"),
    ],
)
def test_what_each_date_or_meeting_means_is_shown(plan: Database, due: str, said: str) -> None:
    shown = add(plan, f"to partnership: Head of Education: publish the guide {due}")
    assert facts(shown)[0][2][1] == said


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (
            "Head of Education: publish it by mid-October",
            "When is “mid-October”? Name a day or a meeting. “mid-October” names no one day: Wed 14 Oct 2020, Thu 15",
        ),
        (
            "Head of Education: publish it by next Sunday",
            "When is “next Sunday”? Name a day or a meeting. “next Sunday” can mean two days: Sun 20 Sep 2020 or",
        ),
        ("Head of Education: publish it by 31/9", "When is “31/9”? Name a day or a meeting. September has 30 days."),
        ("Head of Education: publish it by 1/9/20", "Tue 1 Sep 2020 is past: when is it due?"),
        ("Head of Education: publish it for the june meeting", "The meeting of Wed 10 Jun 2020 is past or cancelled"),
        ("publish it by 8 Dec", "Who leads it? Begin the line with a post and a colon"),
        ("council: publish it by 8 Dec", "Which post of Sefton Council leads it: "),
        ("Head of Nothing: publish it", "I do not know the post “head of nothing”"),
        ("to the parish council: Head of Education: publish it", "I do not know the post “to the parish council”"),
        ("all partners except the navy: publish it", "I do not know the partner “the navy”"),
    ],
)
def test_what_cannot_be_read_is_one_question_and_nothing_can_be_added(plan: Database, typed: str, asked: str) -> None:
    shown = add(plan, typed)
    assert shown.headline.startswith(asked), shown.headline
    assert shown.headline.endswith("Nothing was added yet.")
    assert [one.label for one in shown.buttons] == ["Change…", "Discard"]


def test_a_secretary_of_several_boards_is_asked_which_where_nothing_tells(plan: Database) -> None:
    long_after = datetime(2020, 8, 20, 9, tzinfo=UTC)
    shown = add(plan, "Head of Education: publish it", now=long_after)
    assert shown.headline.startswith("Which board keeps it (partnership, hwb)? Begin with “to partnership:”.")
    shown = add(plan, "to hwb: Head of Education: publish it by 8 Dec", now=long_after)
    assert "Health and Wellbeing Board?" in shown.headline
    assert facts(shown)[0][:1] == ("20aug-1",)
    assert facts(shown)[0][2] == ("Head of Education, Sefton Council", "due Tue 8 Dec 2020, between meetings")


@pytest.mark.parametrize("user", [EDUCATION, CHAIR])
def test_only_who_keeps_a_board_adds_to_its_list(plan: Database, user: str) -> None:
    shown = add(plan, ONE, user)
    assert shown.headline == (
        "Nothing was added: the board’s secretary (Democratic Services Officer, Sefton Council) adds actions to the "
        "board’s list. “/cypp status” shows the plan."
    )
    assert shown.typed == f"add {ONE}"
    by_secretary = add(plan, ONE)
    assert press(plan, by_secretary, "Add", user).headline.startswith("Those lines were added or discarded already")
    refused = do(plan, lambda ctx: pressed(ctx, "addform", "-"), user).content
    assert isinstance(refused, Content)
    assert refused == Content(
        "Nothing was added: the board’s secretary adds actions to the board’s list. “/cypp status” shows the plan.",
        buttons=(ask_button("The plan", "status"),),
    )


def test_an_administrator_adds_to_every_list(plan: Database) -> None:
    shown = add(plan, ONE, ADMIN)
    assert press(plan, shown, "Add", ADMIN).headline.startswith("Added 16sep-5")


def test_a_number_that_stands_for_a_person_is_refused_and_kept_nowhere(plan: Database) -> None:
    shown = add(plan, "Head of Education: write to QQ123456C by 8 Dec".replace("QQ", "AB"))
    assert "National Insurance number" in shown.headline
    assert count(plan, Draft) == 0


def test_words_that_may_identify_a_child_are_asked_about(plan: Database) -> None:
    shown = add(plan, "Head of Education: write to the family of J.S., aged 9, by 8 Dec")
    assert shown.headline.startswith("Nothing is recorded yet: could “J.S., aged 9”")
    assert count(plan, Draft) == 0
    assert press(plan, shown, "No, it identifies nobody").headline.startswith("1 action to add")


def test_who_holds_a_post_from_a_coming_day_is_not_taken_for_its_holder_before(plan: Database) -> None:
    content(do(plan, lambda ctx: answer_text(ctx, f"handover head-of-education to <@{CHAIR}> from 1 October")))
    shown = add(plan, "Chair of the partnership board: publish the guide by 8 Dec")
    assert facts(shown)[0][2][0] == "Chair of the partnership board, Sefton Council"


# -- several lines


def test_pasted_lines_are_added_together(plan: Database) -> None:
    shown = content(do(plan, lambda ctx: said_in_words(ctx, f"actions from 16 Sep:\n{THREE}")))
    assert [one.label for one in shown.buttons] == ["Add all three", "Change…", "Discard"]
    assert [(ref, due[1]) for ref, _, due in facts(shown)] == [
        ("16sep-5", "due at the meeting of Tue 8 Dec 2020"),
        ("16sep-6", "due Fri 2 Oct 2020, between meetings"),
        ("16sep-7", "due at the meeting of Fri 23 Oct 2020"),
    ]
    added = press(plan, shown, "Add all three")
    assert added.headline == "Added 3 actions: 16sep-5, 16sep-6 and 16sep-7."
    assert row(plan, "16sep-6").due_date == date(2020, 10, 2)
    back = press(plan, added, "Take all three back")
    assert back.headline == "Taken back: 16sep-5, 16sep-6 and 16sep-7, added by mistake."
    assert {row(plan, ref).status for ref in ("16sep-5", "16sep-6", "16sep-7")} == {Status.CLOSED_NOT_DONE}


def test_with_one_line_unclear_none_can_be_added(plan: Database) -> None:
    before = count(plan)
    shown = add(plan, f"\n{THREE}\nsomebody: do something by 8 Dec")
    assert shown.headline == "1 of 4 lines is not clear yet, so nothing was added."
    assert "4. “somebody: do something by 8 Dec”: I do not know the post “somebody”" in texts(shown)
    assert [one.label for one in shown.buttons] == ["Change…", "Discard"]
    forged = button(shown, "Discard").value
    again = content(do(plan, lambda ctx: pressed(ctx, "addall", forged)))
    assert again.headline.startswith("What you were shown has changed meanwhile, so nothing was added")
    assert count(plan) == before


def test_change_opens_the_lines_as_text_and_reads_them_again(plan: Database) -> None:
    shown = add(plan, f"\n{THREE}\nsomebody: do something by 8 Dec")
    opened = form(plan, shown)
    assert opened.fields[0].initial.startswith("Head of Education: publish the guide by 8 Dec\n")
    text = opened.fields[0].initial.replace("somebody", "CCG")
    assert send(plan, opened.verb, opened.value, {"lines": " "}).content == FormErrors(
        {"lines": "Write at least one action."}
    )
    changed = content(send(plan, opened.verb, opened.value, {"lines": text}))
    assert [one.label for one in changed.buttons] == ["Add all four", "Change…", "Discard"]
    assert press(plan, shown, "Discard").headline == "Discarded: nothing was added."
    assert count(plan, Draft) == 1, "the first lines are gone; a button under them does nothing to those after them"
    assert press(plan, changed, "Add all four").headline.startswith("Added 4 actions: ")


def test_what_has_changed_since_it_was_shown_is_shown_again(plan: Database) -> None:
    shown = add(plan, "Head of Education: publish it, next meeting")
    with plan.write(workspace=TEAM) as session:
        october = row(plan, "heard-6").due_meeting_id
        meeting = session.get_one(Meeting, october)
        assert meeting.starts_at
        meeting.starts_at += timedelta(days=7)
    again = press(plan, shown, "Add")
    assert again.headline.startswith("What you were shown has changed meanwhile, so nothing was added")
    assert facts(again)[0][2][1] == "due at the meeting of Fri 30 Oct 2020"
    assert press(plan, again, "Add").headline.startswith("Added 16sep-5")


def test_a_draft_is_gone_after_a_day(plan: Database) -> None:
    shown = add(plan, ONE)
    late = NOW + timedelta(hours=25)
    assert press(plan, shown, "Add", now=late).headline.startswith("Those lines were added or discarded already")
    add(plan, ONE, now=late)
    assert count(plan, Draft) == 1


# -- taking back


def test_an_action_added_by_mistake_is_taken_back_by_whoever_added_it_within_ten_minutes(plan: Database) -> None:
    added = press(plan, add(plan, ONE), "Add")
    assert press(plan, added, "Take back", ADMIN).headline.startswith("Only whoever added 16sep-5 can take it back")
    late = NOW + timedelta(minutes=11)
    assert press(plan, added, "Take back", now=late).headline.startswith("16sep-5 was added more than 10 minutes ago")
    back = press(plan, added, "Take back")
    assert back.headline == "Taken back: 16sep-5, added by mistake."
    assert press(plan, added, "Take back").headline == "16sep-5 was taken back already."
    card = content(do(plan, lambda ctx: answer_text(ctx, "status 16sep-5")))
    assert card.headline.startswith("16sep-5: closed, not done.")
    assert "“added by mistake”" in card.groups[0].lines[0].last
    assert add(plan, ONE).groups[0].lines[0].ref == "16sep-6"


def test_once_somebody_answered_it_is_not_taken_back(plan: Database) -> None:
    added = press(plan, add(plan, ONE), "Add")
    do(plan, lambda ctx: answer_text(ctx, "update 16sep-5 on track, begun"), EDUCATION)
    assert press(plan, added, "Take back").headline.startswith("Something newer is on record for 16sep-5")
    assert row(plan, "16sep-5").status is Status.ON_TRACK
