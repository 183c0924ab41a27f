"""A board's settings, its reminders and the export, through the real Bolt app: what is said, stored and sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models.enums import Nation
from models.storage.history_tables import SettingChange
from models.storage.scope import ALL
from models.storage.tables import Board, Post
from tests.bot.slack.conftest import add_others, every_chain_checks
from tests.bot.slack.e2e import (
    ADMIN,
    EDUCATION,
    GUEST,
    HEALTH,
    MEMBER,
    OTHER_SECRETARY,
    SECRETARY,
    Kept,
    OpenAt,
    Pristine,
    as_plan,
    example,
    labels,
    meeting_on,
    read,
    when,
    with_two_secretaries,
)
from tests.local_slack import Sandbox

NOW = when(8, 20)
"""After the request for 16 September (17 August), before its reminder (26 August)."""


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(8, 17, 9), plan=as_plan(with_two_secretaries(example())))
    add_others(sandbox)
    sandbox.advance(NOW)
    return Pristine(sandbox)


@pytest.fixture(scope="module")
def may_move_on(open_for_all: OpenAt) -> Kept:
    sandbox = open_for_all(when(8, 17, 9), plan=as_plan(with_two_secretaries(example())))
    sandbox.advance(NOW)
    return Kept(sandbox)


@pytest.fixture
def moving(may_move_on: Kept) -> Iterator[Sandbox]:
    """The same moment in a sandbox whose clock is to move on."""
    yield may_move_on.back()
    every_chain_checks(may_move_on.sandbox)


def board(sandbox: Sandbox, key: str = "partnership") -> Board:
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Board).where(Board.key == key)).one()


def settings(row: Board) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in Board.__table__.columns}


def post(sandbox: Sandbox, title: str) -> int:
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Post.id).where(Post.title == title)).one()


# -- shown


@pytest.mark.parametrize("user", [SECRETARY, EDUCATION, MEMBER])
def test_anyone_who_reads_sees_a_boards_settings(sandbox: Sandbox, user: str) -> None:
    answer = sandbox.command(user, "board partnership")
    shown = read(answer)
    assert shown.startswith(
        "Children and Young People's Partnership Board: papers 5 clear working days before the meeting; "
        "updates due 5 working days before the papers."
    )
    for line in (
        "Secretary: Democratic Services Officer, Sefton Council",
        "Chair: Chair of the partnership board, Sefton Council",
        "Channel: #partnership",
        "Leads are asked for: what is due or overdue",
        "Digest published: when Publish is pressed",
        "Closed days: none ahead",
        "Reminders: since Mon 17 Aug 2020",
        "Next meeting Wed 16 Sep 2020, 14:00",
        "last call Tue 1 Sep, updates due Tue 1 Sep, papers Tue 8 Sep.",
    ):
        assert line in shown, line
    assert ("Change…" in labels(answer.message)) is (user == SECRETARY)


def test_a_guest_sees_no_settings(sandbox: Sandbox) -> None:
    assert "The plan is open to members of this workspace" in read(sandbox.command(GUEST, "board partnership"))


def test_without_a_name_the_board_one_keeps_is_meant_and_a_member_is_asked_which(sandbox: Sandbox) -> None:
    assert read(sandbox.command(OTHER_SECRETARY, "board")).startswith("Health and Wellbeing Board: papers 5")
    asked = sandbox.command(MEMBER, "board").message
    assert labels(asked) == ["Children and Young People's Partnership Board", "Health and Wellbeing Board"]
    assert read(sandbox.press_in(MEMBER, asked, "Health and Wellbeing Board")).startswith("Health and Wellbeing Board:")


# -- changed in words

CHANGES: list[tuple[str, dict[str, Any], str]] = [
    (
        "board partnership papers 7 working days",
        {"papers_days": 7},
        "Papers: 5 clear working days before the meeting → 7 clear working days before the meeting.",
    ),
    ("board papers seven days", {"papers_days": 7}, "For Wed 16 Sep 2020: updates due Tue 1 Sep → Thu 27 Aug"),
    ("board partnership papers 9 calendar days", {"papers_days": 9, "papers_working": False}, "9 clear calendar days"),
    ("board partnership updates due 3 days", {"updates_days": 3}, "due Tue 1 Sep → Thu 3 Sep 2020, papers Tue 8 Sep"),
    ("board partnership updates due 0 days", {"updates_days": 0}, "on the day of the papers"),
    ("board partnership ask for all open", {"ask_all": True}, "what is due or overdue → all its open deliverables."),
    ("board partnership publish at once", {"publish_at_once": True}, "when Publish is pressed → at once."),
    ("board partnership channel <#C0OTHER|other>", {"channel": "C0OTHER"}, "Invite the bot to that channel"),
    ("board partnership channel none", {"channel": ""}, "Channel: #partnership → none."),
    (
        "board partnership closed 28/12 to 1/1 because the offices are shut",
        {"closed": [["2020-12-28", "2021-01-01", "the offices are shut"]]},
        "Mon 28 Dec 2020 to Fri 1 Jan 2021 (the offices are shut)",
    ),
    ("board partnership closed 2/9", {"closed": [["2020-09-02", "2020-09-02", ""]]}, "due Tue 1 Sep → Fri 28 Aug"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "values", "said"), CHANGES, ids=lambda value: str(value)[:45])
def test_the_secretary_changes_one_setting_and_reads_what_was_and_is(
    sandbox: Sandbox, typed: str, values: dict[str, Any], said: str
) -> None:
    before = settings(board(sandbox))
    shown = read(sandbox.command(SECRETARY, typed))
    assert shown.startswith("Changed: the Children and Young People's Partnership Board."), shown
    assert said in shown, shown
    assert settings(board(sandbox)) == before | values


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("board partnership papers many days", "I do not read “many days” as a number of days"),
        ("board partnership papers 61 days", "61 days are too many: write a number from 0 to 60."),
        ("board partnership papers", "Say to what, for instance “/cypp board partnership papers 7 working days”."),
        ("board partnership papers 5 working days", "is set to that already: nothing was changed."),
        ("board partnership updates due 5 calendar days", "are counted as working days: nothing was changed."),
        ("board partnership ask for some", "say “ask for all open” or “ask for due”."),
        ("board partnership publish daily", "say “publish at once” or “publish on press”."),
        ("board partnership channel #other", "type # and choose it from Slack’s list."),
        ("board partnership closed 31/9", "September has 30 days. Nothing was changed."),
        ("board partnership closed 1/9 to 1/2", "if it is meant, write both days with their years."),
        ("board partnership closed 3/8/2020 to 5/8/2020", "Wed 5 Aug 2020 is past, so nothing was changed"),
        ("board partnership open 29/12", "Tue 29 Dec 2020 is open already, so nothing was changed."),
        ("board partnership secretary Somebody Else", "There is no post “Somebody Else” in the plan."),
        ("board partnership secretary Head of Educashun", "There is no post “Head of Educashun” in the plan."),
        ("board partnership chair Head of Education until 1/8/2020", "Sat 1 Aug 2020 is past, so nothing was changed"),
        ("board partnership chair Head of Education until 31/9", "September has 30 days. Nothing was changed."),
        ("board partnership closed 1/10 because of 943 476 5919", "an NHS number"),
        ("board nowhere papers 7", "I do not know the board “nowhere”."),
    ],
    ids=lambda value: str(value)[:45],
)  # fmt: skip
def test_what_cannot_be_set_is_said_in_a_sentence_and_nothing_is_changed(
    sandbox: Sandbox, typed: str, said: str
) -> None:
    before = settings(board(sandbox))
    shown = read(sandbox.command(SECRETARY, typed))
    assert said in shown, shown
    assert settings(board(sandbox)) == before


def test_a_near_miss_of_a_post_is_asked_about_and_taken_by_a_press(sandbox: Sandbox) -> None:
    asked = sandbox.command(SECRETARY, "board partnership chair Head of Educashun until 12/9").message
    assert "Head of Education, Sefton Council" in labels(asked)
    shown = read(sandbox.press_in(SECRETARY, asked, "Head of Education, Sefton Council"))
    assert "Chair: Chair of the partnership board, Sefton Council → Head of Education" in shown
    row = board(sandbox)
    assert (row.chair_post_id, row.chair_until) == (post(sandbox, "Head of Education"), date(2020, 9, 12))


def test_a_new_chair_chairs_from_now_until_the_last_day(moving: Sandbox) -> None:
    assert "was not moved" in read(moving.command(EDUCATION, "move healthy-4 to 23 Oct because late"))
    moving.command(SECRETARY, "board partnership chair Head of Education until 12/9")
    assert "Moved healthy-4" in read(moving.command(EDUCATION, "move healthy-4 to 23 Oct because late"))
    moving.clock.move(when(9, 14))
    assert "was not moved" in read(moving.command(EDUCATION, "move healthy-4 to 16 Sep because early"))
    assert "(until Sat 12 Sep 2020, over)" in read(moving.command(EDUCATION, "board partnership"))


def test_days_are_opened_again_one_by_one(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, "board partnership closed 28/12 to 1/1 because the offices are shut")
    shown = read(sandbox.command(SECRETARY, "board partnership open 30/12"))
    assert "Tue 29 Dec 2020 (the offices are shut); Thu 31 Dec 2020 to Fri 1 Jan 2021 (the offices are shut)" in shown
    assert len(board(sandbox).closed) == 2
    sandbox.command(SECRETARY, "board partnership open 28/12 to 1/1")
    assert board(sandbox).closed == []


# -- the dates move, and nobody is asked twice


def test_a_step_that_went_out_is_not_said_again_and_one_that_is_past_is_not_made_up_for(moving: Sandbox) -> None:
    shown = read(moving.command(SECRETARY, "board partnership updates due 9 days"))
    assert "For Wed 16 Sep 2020: updates due Tue 1 Sep → Tue 25 Aug 2020, papers Tue 8 Sep as before." in shown
    assert "Still to come: last call Tue 25 Aug." in shown, shown
    assert "Gone out already, and not sent again: request." in shown
    mark = moving.workspace.mark()
    moving.advance(when(8, 24, 17))
    assert moving.workspace.since(HEALTH, mark) == (), "the reminder would have been on 20 August at 09:30"
    moving.advance(when(8, 25, 10))
    (told,) = moving.workspace.since(HEALTH, mark)
    assert read(told).startswith("Last call")


def test_a_later_day_moves_what_is_ahead(moving: Sandbox) -> None:
    shown = read(moving.command(SECRETARY, "board partnership updates due 3 days"))
    assert "Still to come: reminder Fri 28 Aug, last call Thu 3 Sep." in shown, shown
    mark = moving.workspace.mark()
    moving.advance(when(8, 27, 17))
    assert moving.workspace.since(HEALTH, mark) == ()
    moving.advance(when(8, 28, 10))
    assert len(moving.workspace.since(HEALTH, mark)) == 1


def test_a_day_that_is_past_by_the_new_rules_is_said_to_be(moving: Sandbox) -> None:
    shown = read(moving.command(SECRETARY, "board partnership papers 20 working days"))
    assert "That day is past, so nobody is asked for it any more." in shown
    mark = moving.workspace.mark()
    moving.advance(when(9, 3))
    # The next meeting's request came nearer too: nothing is asked about the actions of this one.
    asked = [one.text.partition(" by ")[0] for one in moving.workspace.since(HEALTH, mark)]
    assert asked == ["The board asks you for a contribution to Heard"]


def test_what_does_not_move_the_dates_leaves_the_steps_alone(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, "board partnership closed 28/12 to 1/1")
    assert meeting_on(sandbox, 9, 16).moved_at is None
    shown = read(sandbox.command(SECRETARY, "board partnership closed 24/12"))
    assert "The dates of Wed 16 Sep 2020 stay as they were." in shown


# -- another secretary


def test_a_board_is_given_away_only_by_a_press_that_says_who_loses_it_and_both_are_told(sandbox: Sandbox) -> None:
    before = settings(board(sandbox))
    asked = sandbox.command(SECRETARY, "board partnership secretary Committee Officer").message
    shown = read(asked)
    assert shown.startswith("Shall Committee Officer, Sefton Council keep the Children and Young People's Partnership")
    assert "in place of Democratic Services Officer, Sefton Council? Nothing was changed yet." in shown
    assert "You could not change it back yourself. Both are told." in shown
    assert labels(asked) == ["Change the secretary", "Leave as it is"]
    assert read(sandbox.press_in(SECRETARY, asked, "Leave as it is")).startswith("Left as it is: nothing was changed.")
    assert settings(board(sandbox)) == before

    sandbox.press_in(SECRETARY, sandbox.command(SECRETARY, "board partnership").message, "Change…")
    form = {"papers": "6", "secretary": "Committee Officer, Sefton Council"}
    question = sandbox.submit(SECRETARY, form)
    assert settings(board(sandbox)) == before | {"papers_days": 6}, "the rest of the form is stored"
    assert "→ Committee" in read(sandbox.press_in(SECRETARY, question.messages[-1], "Change the secretary"))
    assert board(sandbox).secretary_post_id == post(sandbox, "Committee Officer")
    sandbox.tick()
    told = sandbox.workspace.dm(OTHER_SECRETARY)[-1]
    assert read(told).startswith("Committee Officer, Sefton Council keeps the Children and Young People's Partnership")
    assert "Changed by Democratic Services Officer, Sefton Council on Thu 20 Aug 2020." in read(told)


def test_the_secretary_who_loses_a_board_to_an_administrators_press_is_told(sandbox: Sandbox) -> None:
    asked = sandbox.command(ADMIN, "board partnership secretary Committee Officer").message
    assert "You could not change it back yourself" not in read(asked)
    again = sandbox.command(ADMIN, "board partnership secretary Committee Officer").message
    mark = sandbox.workspace.mark()
    sandbox.press_in(ADMIN, asked, "Change the secretary")
    sandbox.tick()
    assert "by now, so nothing was changed" in read(sandbox.press_in(ADMIN, again, "Change the secretary"))
    (told,) = sandbox.workspace.since(SECRETARY, mark)
    assert read(told).startswith(
        "Democratic Services Officer, Sefton Council does not keep the Children and Young People's Partnership Board "
        "any more: Committee Officer, Sefton Council does now."
    )


def test_who_changed_a_setting_is_on_record_and_shown(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, "board partnership papers 7 days")
    sandbox.command(SECRETARY, "org schools closed 2/11 to 4/11 because of the flood")
    with sandbox.database.read(ALL) as session:
        rows = session.scalars(select(SettingChange).order_by(SettingChange.id)).all()
        said = [(row.setting, row.before, row.after, row.signature, row.way.value) for row in rows]
    signed = "Democratic Services Officer, Sefton Council"
    assert said[0] == ("papers_days", 5, 7, signed, "command")
    assert said[1][0] == "closed"
    assert said[1][3] == signed
    assert "Last changed by Democratic Services Officer, Sefton Council on Thu 20 Aug 2020." in read(
        sandbox.command(MEMBER, "board partnership")
    )


# -- the form


def test_the_form_shows_todays_values_and_changes_what_differs(sandbox: Sandbox) -> None:
    before = settings(board(sandbox))
    sandbox.press_in(SECRETARY, sandbox.command(SECRETARY, "board partnership").message, "Change…")
    done = sandbox.submit(SECRETARY, {"papers": "seven", "ask": "all", "chair": "Head of Education, Sefton Council"})
    assert done.closed, done.errors
    shown = read(done)
    assert shown.count("→") >= 4
    assert settings(board(sandbox)) == before | {
        "papers_days": 7,
        "ask_all": True,
        "chair_post_id": post(sandbox, "Head of Education"),
    }


def test_a_channel_that_is_none_is_said_to_be_when_it_is_chosen(sandbox: Sandbox) -> None:
    answer = read(sandbox.command(SECRETARY, "board partnership channel C0NOWHERE"))
    assert "Nothing can be published there: #C0NOWHERE is not to be found" in answer
    assert "or choose another with “/cypp board partnership channel #name”." in answer
    assert "cannot be published" not in read(sandbox.command(SECRETARY, "board partnership channel <#C0BOARD|x>"))


def test_the_form_changes_whose_bank_holidays_a_board_keeps_and_undo_takes_it_back(sandbox: Sandbox) -> None:
    sandbox.press_in(SECRETARY, sandbox.command(SECRETARY, "board partnership").message, "Change…")
    done = sandbox.submit(SECRETARY, {"nation": "Scotland"})
    assert "Bank holidays: those of England → those of Scotland." in read(done)
    assert board(sandbox).nation is Nation.SCOTLAND
    sandbox.press_in(SECRETARY, done.messages[-1], "Undo")
    assert board(sandbox).nation is Nation.ENGLAND


def test_a_wrong_field_of_the_form_keeps_what_was_typed(sandbox: Sandbox) -> None:
    before = settings(board(sandbox))
    sandbox.press_in(SECRETARY, sandbox.command(SECRETARY, "board partnership").message, "Change…")
    refused = sandbox.submit(SECRETARY, {"papers": "99", "updates": "x", "until": "2020-08-01"})
    assert refused.errors == {
        "papers": "Write a number from 0 to 60.",
        "updates": "Write a number from 0 to 60.",
        "until": "Sat 1 Aug 2020 is past: choose a coming day.",
    }
    assert refused.view_after is not None
    assert refused.view_after.typed["papers"]["papers"]["value"] == "99"
    assert settings(board(sandbox)) == before
    assert "nothing was changed" in read(sandbox.submit(SECRETARY, {"papers": "5", "updates": "5", "until": ""}))


def test_a_form_that_was_open_while_others_changed_a_setting_does_not_change_it_back(sandbox: Sandbox) -> None:
    sandbox.press_in(SECRETARY, sandbox.command(SECRETARY, "board partnership").message, "Change…")
    sandbox.command(ADMIN, "board partnership papers 7 days")
    before = settings(board(sandbox))
    said = read(sandbox.submit(SECRETARY, {"ask": "all"}))
    assert "was changed while the form was open, so nothing of yours was stored" in said
    assert settings(board(sandbox)) == before


# -- reminders


def test_a_board_is_stopped_and_started_again_and_nothing_between_is_made_up_for(moving: Sandbox) -> None:
    assert "is quiet: no request, list or digest is sent for it any more." in read(
        moving.command(SECRETARY, "stop reminders")
    )
    assert board(moving).started_at is None
    assert "is quiet already" in read(moving.command(SECRETARY, "stop reminders partnership"))
    mark = moving.workspace.mark()
    moving.advance(when(8, 27))
    assert moving.workspace.since(HEALTH, mark) == ()
    shown = read(moving.command(SECRETARY, "start reminders partnership"))
    assert "Reminders for the Children and Young People's Partnership Board begin on Thu 27 Aug 2020." in shown
    assert "Next meeting Wed 16 Sep 2020: last call Tue 1 Sep 2020; papers Tue 8 Sep 2020." in shown
    assert "Already past, so not sent: request Mon 17 Aug 2020, reminder Wed 26 Aug 2020." in shown
    moving.advance(when(8, 31, 17))
    assert moving.workspace.since(HEALTH, mark) == ()
    moving.advance(when(9, 1, 10))
    assert len(moving.workspace.since(HEALTH, mark)) == 1
    assert "began on Thu 27 Aug 2020: nothing was changed." in read(moving.command(SECRETARY, "start reminders"))


def test_reminders_begin_on_a_day_that_is_named(moving: Sandbox) -> None:
    moving.command(SECRETARY, "stop reminders partnership")
    for day in ("3/8/2020", "3/8"):
        assert "Mon 3 Aug 2020 is past, so nothing was changed" in read(
            moving.command(SECRETARY, f"start reminders from {day}")
        )
    assert "begin on Tue 1 Sep 2020." in read(moving.command(SECRETARY, "start reminders partnership from 1/9"))
    assert "Reminders: from Tue 1 Sep 2020" in read(moving.command(SECRETARY, "board"))
    mark = moving.workspace.mark()
    moving.advance(when(9, 1, 10))
    assert read(moving.workspace.since(HEALTH, mark)[0]).startswith("Last call")


def test_a_boards_nation_decides_its_bank_holidays_and_it_may_open_one(sandbox: Sandbox) -> None:
    shown = read(sandbox.command(SECRETARY, "board partnership nation Scotland"))
    assert "Bank holidays: those of England → those of Scotland." in shown
    # Mon 30 Nov 2020 is St Andrew's Day.
    assert "For Tue 8 Dec 2020: updates due Mon 23 Nov → Fri 20 Nov 2020, papers Mon 30 Nov → Fri 27 Nov 2020." in shown
    opened = sandbox.command(SECRETARY, "board partnership open 30/11").message
    assert "those of Scotland, but it works on Mon 30 Nov 2020." in read(opened)
    assert "updates due Fri 20 Nov → Mon 23 Nov 2020, papers Fri 27 Nov → Mon 30 Nov 2020." in read(opened)
    sandbox.press_in(SECRETARY, opened, "Undo")
    assert "but it works on" not in read(sandbox.command(SECRETARY, "board partnership"))
    refused = read(sandbox.command(SECRETARY, "board partnership nation France"))
    assert refused.startswith("I do not read “France”: say England, Scotland, Wales or Northern Ireland.")
