"""Quiet days, new leads and leavers as tables of who gets what when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from handlers.catalogue import REGISTRY
from handlers.commands import Command
from handlers.commands.actions import Move
from handlers.commands.people import Assign, HandOver, KeepQuiet
from handlers.context import RequestContext
from handlers.dispatch import answer
from handlers.notices import plan_notices
from models.enums import AnswerKind, MessageClass, NotificationKind, NotificationState
from models.plan.accounts import CLOSED, Actor, Membership, roles_of_person
from models.rules.calendar import local_day
from models.storage.history_tables import Update
from models.storage.tables import Person
from schedules.holding import REASON_AWAY
from schedules.ports import Refused
from schedules.slots import HELD_WEEKLY
from tests.schedules.messenger import Posted, answers
from tests.schedules.plans import LONDON, WORKSPACE, a_plan, action, board, local, post, slack_id
from tests.schedules.world import World, table, to

PARTNERSHIP = board("partnership", "2020-09-16", "2020-10-23", "2020-12-08")
PLAN = a_plan(
    boards=[PARTNERSHIP],
    posts=[post("other")],
    actions=[action("healthy-5", due="2020-09-16"), action("healthy-6", due="2020-12-08", lead="other")],
)


def says(sandbox: World, who: str, command: Command, now: str) -> None:
    """Somebody's command, with what it brings about for others."""
    when = local(now)
    with sandbox.database.write(workspace=WORKSPACE) as session:
        someone = session.scalars(select(Person).where(Person.slack_user == slack_id(who))).one()
        actor = Actor(WORKSPACE, someone.slack_user)
        roles = roles_of_person(session, someone, actor, Membership.MEMBER, local_day(when, LONDON))
        ctx = RequestContext(session, WORKSPACE, roles, when, registry=REGISTRY)
        given = answer(ctx, command)
        assert given.done, given.content
        plan_notices(ctx, given.notices)


def leaves(sandbox: World, who: str) -> None:
    with sandbox.database.write(workspace=WORKSPACE) as session:
        session.scalars(select(Person).where(Person.slack_user == slack_id(who))).one().unreachable = CLOSED


def headlines(seen: list[Posted], who: str) -> list[str]:
    return [one.headline for one in seen if one.address == to(who)]


# -- quiet days


@pytest.mark.parametrize(
    ("said", "first", "last", "expected"),
    [
        pytest.param(
            "2020-08-14 12:00",
            None,
            date(2020, 8, 19),
            ["Thu 20 Aug 09:30 request", "Wed 26 Aug 09:30 reminder", "Tue 1 Sep 09:30 last call"],
            id="the request waits for the first open day",
        ),
        pytest.param(
            "2020-08-14 12:00",
            None,
            date(2020, 8, 27),
            ["Fri 28 Aug 09:30 reminder", "Tue 1 Sep 09:30 last call"],
            id="of two steps the later one is said",
        ),
        pytest.param(
            "2020-08-18 12:00",
            date(2020, 8, 26),
            date(2020, 8, 28),
            ["Mon 17 Aug 09:30 request", "Tue 1 Sep 09:30 last call"],
            id="a weekend and a bank holiday follow",
        ),
        pytest.param("2020-08-14 12:00", None, date(2020, 9, 4), [], id="all steps fall in them"),
        pytest.param(
            "2020-08-26 12:00",
            None,
            date(2020, 8, 28),
            ["Mon 17 Aug 09:30 request", "Wed 26 Aug 09:30 reminder", "Tue 1 Sep 09:30 last call"],
            id="what was said that morning is not said again",
        ),
    ],
)
def test_a_step_in_quiet_days_goes_on_the_first_open_day_after(
    tmp_path: Path, said: str, first: date | None, last: date, expected: list[str]
) -> None:
    sandbox = World(tmp_path, PLAN)
    seen = sandbox.run("2020-08-01 00:00", said)
    says(sandbox, "lead", KeepQuiet(first, last), said)
    seen += sandbox.run(said, "2020-09-01 12:00")
    assert [f"{when} {what.removesuffix(' healthy-5')}" for when, what in table(seen, "lead")] == expected


def test_what_the_weekly_limit_held_waits_for_the_end_of_quiet_days(tmp_path: Path) -> None:
    """Asked on Mon 17 Aug for one board, held for another's reminder on Wed 19, and quiet from then on."""
    plan = a_plan(
        boards=[PARTNERSHIP, board("hwb", "2020-09-09")],
        actions=[action("healthy-5", due="2020-09-16"), action("healthy-6", board="hwb", due="2020-09-09")],
    )
    sandbox = World(tmp_path, plan)
    sandbox.start("hwb", "2020-08-12 00:00")
    sandbox.run("2020-08-12 00:00", "2020-08-19 10:00")
    assert ("reminder", NotificationState.OPEN, HELD_WEEKLY) in sandbox.asks_on("healthy-6")
    says(sandbox, "lead", KeepQuiet(None, date(2020, 8, 24)), "2020-08-19 10:00")
    assert table(sandbox.run("2020-08-19 10:01", "2020-08-25 08:00"), "lead") == []
    assert ("reminder", NotificationState.LAPSED, REASON_AWAY) in sandbox.asks_on("healthy-6")


def test_quiet_days_of_one_are_not_those_of_another(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    says(sandbox, "lead", KeepQuiet(None, date(2020, 8, 14)), "2020-08-10 10:00")
    says(sandbox, "other", KeepQuiet(None, date(2020, 9, 4)), "2020-08-10 10:00")
    assert table(sandbox.run("2020-08-10 10:00", "2020-08-17 10:00"), "lead") == [
        ("Mon 17 Aug 09:30", "request healthy-5")
    ]


# -- new leads


def test_a_new_lead_is_told_once_with_the_request_in_it_and_reminded_as_others_are(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    sandbox.run("2020-08-01 00:00", "2020-08-18 12:00")
    says(sandbox, "clerk", Assign(("healthy-5",), "other"), "2020-08-18 20:00")
    seen = sandbox.run("2020-08-18 20:00", "2020-09-01 12:00")
    assert headlines(seen, "other") == [
        "healthy-5 is new for you.",
        "Reminder: 1 action of yours still waits for an update by Tue 1 Sep 2020.",
        "Last call: 1 action of yours, updates due today, Tue 1 Sep 2020.",
    ]
    assert headlines(seen, "lead") == [
        "healthy-5 is led by The other, The Council now; nothing more is asked of you about it."
    ]
    told = next(one for one in seen if one.address == to("other"))
    assert sandbox.class_of(told) is MessageClass.TOLD
    (line,) = told.page["lines"]
    assert "update wanted by Tue 1 Sep 2020" in line["facts"]


def test_two_changes_of_one_day_are_one_message_and_a_third_waits_for_the_next(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    sandbox.run("2020-08-01 00:00", "2020-08-18 12:00")
    says(sandbox, "clerk", Assign(("healthy-5",), "other"), "2020-08-18 20:00")
    says(sandbox, "clerk", Assign(("healthy-6",), "lead"), "2020-08-18 20:01")
    seen = sandbox.run("2020-08-18 20:02", "2020-08-19 10:00")
    assert headlines(seen, "lead") == ["healthy-6 is new for you."]
    assert "healthy-5 is led by The other" in str(seen)
    says(sandbox, "clerk", Assign(("healthy-5",), "lead"), "2020-08-19 11:00")
    assert headlines(sandbox.run("2020-08-19 11:00", "2020-08-19 17:00"), "lead") == []
    assert headlines(sandbox.run("2020-08-19 17:00", "2020-08-20 10:00"), "lead") == ["healthy-5 is new for you."]


def test_nothing_is_told_for_a_quiet_board(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN, started=None)
    says(sandbox, "clerk", Assign(("healthy-5",), "other"), "2020-08-18 10:00")
    assert sandbox.run("2020-08-18 10:00", "2020-08-20 10:00") == []
    assert sandbox.notifications(kind="new lead") == []


def test_a_post_that_changes_hands_is_told_to_both_and_asked_of_the_new_holder_alone(tmp_path: Path) -> None:
    sandbox = World(
        tmp_path, a_plan(boards=[PARTNERSHIP], posts=[post("other")], actions=[action("x-1", due="2020-09-16")])
    )
    sandbox.run("2020-08-01 00:00", "2020-08-18 12:00")
    says(sandbox, "clerk", HandOver("lead", slack_id("other"), date(2020, 8, 24)), "2020-08-18 12:00")
    seen = sandbox.run("2020-08-18 12:00", "2020-09-01 12:00")
    assert headlines(seen, "lead") == [
        "From Mon 24 Aug 2020 you do not hold The lead, The Council: nothing more is asked of you then about x-1."
    ]
    # Told in advance, without buttons, so asked on the first day.
    assert table(seen, "other")[1:] == [
        ("Mon 24 Aug 09:30", "request x-1"),
        ("Tue 1 Sep 09:30", "last call x-1"),
    ]


# -- leavers


def test_somebody_who_left_is_told_of_once_within_the_hours_and_the_daily_limit(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    sandbox.run("2020-08-01 00:00", "2020-08-18 20:00")
    leaves(sandbox, "lead")
    assert headlines(sandbox.run("2020-08-18 20:01", "2020-08-19 09:00"), "clerk") == []
    seen = sandbox.run("2020-08-19 09:00", "2020-09-02 08:00")
    assert headlines(seen, "clerk") == [
        "lead left: 1 open action of the Partnership Board led by The lead, The Council."
    ]
    assert headlines(seen, "lead") == []
    (told,) = sandbox.tick("2020-09-02 09:30")
    (line,) = [line for line in told.page["lines"] if line["ref"] == "healthy-5"]
    assert "not asked: its holder left" not in line["facts"], "it was asked before they left"
    # Their account is closed, and their address may still be read.
    assert "ready to copy" in str(told.page["headings"])


def test_a_leaver_whose_actions_are_given_away_in_time_is_not_told_of(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    sandbox.run("2020-08-01 00:00", "2020-08-18 20:00")
    leaves(sandbox, "lead")
    sandbox.tick("2020-08-18 20:01")
    says(sandbox, "clerk", Assign(("healthy-5",), "other"), "2020-08-18 20:02")
    assert headlines(sandbox.run("2020-08-18 20:03", "2020-08-19 12:00"), "clerk") == []


def test_without_a_secretary_the_administrator_is_told_of_a_leaver(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    sandbox.run("2020-08-01 00:00", "2020-08-18 08:00")
    leaves(sandbox, "lead")
    leaves(sandbox, "clerk")
    assert headlines(sandbox.run("2020-08-18 08:00", "2020-08-18 12:00"), "admin") == [
        "lead left: 1 open action of the Partnership Board led by The lead, The Council."
    ]


# -- what a lead wishes

WISH = Move("healthy-5", "2020-10-23", "the survey is late")


def test_a_quiet_boards_secretary_hears_of_a_wish_about_what_is_to_follow(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN, started=None)
    sandbox.answer("healthy-5", "2020-08-10 10:00", AnswerKind.TO_FOLLOW, follow_by="2020-08-20")
    says(sandbox, "lead", WISH, "2020-08-10 10:05")
    (one,) = sandbox.tick("2020-08-10 10:06")
    assert (one.address, one.headline) == (
        to("clerk"),
        "healthy-5: The lead, The Council asks to move it to Fri 23 Oct 2020.",
    )


def test_a_wish_that_is_taken_back_before_it_was_said_is_told_to_nobody(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    says(sandbox, "lead", WISH, "2020-08-10 20:00")
    with sandbox.database.read(WORKSPACE) as session:
        (wish,) = session.scalars(select(Update.id))
    sandbox.undo(wish, "2020-08-10 20:05")
    assert sandbox.tick("2020-08-11 09:30") == []
    assert [notification.state for notification in sandbox.notifications(kind=NotificationKind.REPLAN)] == [
        NotificationState.LAPSED
    ]


def test_a_refused_message_that_is_about_no_meeting_is_told_to_the_secretary_too(tmp_path: Path) -> None:
    standing = action("healthy-7", kind="standing commitment")
    sandbox = World(tmp_path, a_plan(boards=[PARTNERSHIP], posts=[post("other")], actions=[standing]))
    says(sandbox, "clerk", Assign(("healthy-7",), "other", "they do it now"), "2020-08-10 10:00")
    sandbox.messenger.script = [answers(Refused("restricted_action"))] * 2
    assert sandbox.tick("2020-08-10 10:01") == []
    (one,) = sandbox.tick("2020-08-10 10:02")
    assert (one.address, one.headline) == (to("clerk"), "A message to other about healthy-7 did not arrive.")
    assert any("A message to lead about healthy-7 did not arrive." in line for line in one.page["intro"])
