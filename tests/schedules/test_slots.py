"""The limits on what is sent as tables: what goes into which message, what waits and why; then in the ledger."""

from pathlib import Path

import pytest

from models.enums import (
    AnswerKind,
    MessageClass,
    NotificationKind,
    NotificationState,
    OutcomeKind,
    Step,
)
from models.notifications.assignment import Unassigned
from models.rules.steps import read_step
from schedules.slots import HELD_DAILY, HELD_HOURS, HELD_WEEKLY, Slot, message_class_of, place_notifications
from tests.schedules.plans import LONDON, a_plan, action, board, local, post, said_at
from tests.schedules.world import World, is_of_papers, table, to

UPDATE = NotificationKind.UPDATE
REQUEST, REMINDER, LAST = (step.value for step in Step)
BUNDLE, LAST_CALL, PRESSED = MessageClass.BUNDLE, MessageClass.LAST_CALL, MessageClass.PRESSED
TOLD, SECRETARY, CHANNEL = MessageClass.TOLD, MessageClass.SECRETARY, MessageClass.CHANNEL
TUESDAY = "2020-08-18 11:00"
SATURDAY = "2020-08-22 11:00"
MONDAY_DAY, TUESDAY_DAY = local("2020-08-17 11:00").date(), local(TUESDAY).date()


@pytest.mark.parametrize(
    ("kind", "step", "message_class"),
    [
        (UPDATE, REQUEST, BUNDLE),
        (UPDATE, REMINDER, BUNDLE),
        (UPDATE, LAST, LAST_CALL),
        (UPDATE, "snoozed to 2020-08-19", PRESSED),
        (UPDATE, "to follow by 2020-08-19", PRESSED),
        (NotificationKind.DIGEST, "digest, outcomes recorded", PRESSED),
        (NotificationKind.DIGEST, "digest of 2020-09-24", SECRETARY),
        (NotificationKind.DIGEST, "first digest of 2020-09-24", SECRETARY),
        (NotificationKind.NO_UPDATE, "no update received", SECRETARY),
        (NotificationKind.AFTER_MEETING, "after the meeting", SECRETARY),
        (NotificationKind.IN_QUESTION, "update 1", SECRETARY),
        (NotificationKind.REPLAN, "update 1", SECRETARY),
        (NotificationKind.REPORTED, "closed", SECRETARY),
        (NotificationKind.FAILED, "failed", SECRETARY),
        (NotificationKind.OUTCOME, "outcome", TOLD),
        (NotificationKind.PUBLISH, "digest of 2020-09-24", CHANNEL),
        (NotificationKind.PUBLISH, "pressed 2020-09-24", CHANNEL),
    ],
)
def test_what_a_reason_to_speak_is_counted_as(kind: NotificationKind, step: str, message_class: MessageClass) -> None:
    assert message_class_of(kind, read_step(step)) is message_class


def notifications(*rows: tuple[int, NotificationKind, str, str]) -> list[Unassigned]:
    return [Unassigned(one, kind, 0, 0, MONDAY_DAY, read_step(step), who, None, "") for one, kind, step, who in rows]


A, B = "person:1", "person:2"
WEEK = Slot(BUNDLE, A, MONDAY_DAY)


@pytest.mark.parametrize(
    ("open_asks", "taken", "now", "into", "held"),
    [
        pytest.param(
            notifications((1, UPDATE, REQUEST, A), (2, UPDATE, REMINDER, A), (3, UPDATE, REQUEST, B)),
            {},
            TUESDAY,
            {WEEK: (1, 2), Slot(BUNDLE, B, MONDAY_DAY): (3,)},
            {},
            id="one bundle a person",
        ),
        pytest.param(
            notifications((1, UPDATE, REMINDER, A)),
            {WEEK: False},
            TUESDAY,
            {},
            {1: HELD_WEEKLY},
            id="the week's bundle has gone",
        ),
        pytest.param(
            notifications((1, UPDATE, REMINDER, A)), {WEEK: True}, TUESDAY, {WEEK: (1,)}, {}, id="it has not gone yet"
        ),
        pytest.param(
            notifications((1, UPDATE, REMINDER, A)),
            {WEEK: False},
            "2020-08-24 09:30",
            {Slot(BUNDLE, A, local("2020-08-24 09:30").date()): (1,)},
            {},
            id="the next week it goes",
        ),
        pytest.param(
            notifications((1, UPDATE, REMINDER, A), (2, UPDATE, LAST, A)),
            {WEEK: False},
            TUESDAY,
            {Slot(LAST_CALL, A, TUESDAY_DAY): (2, 1)},
            {},
            id="a last call takes along what the limit holds",
        ),
        pytest.param(
            notifications((1, UPDATE, LAST, A)),
            {Slot(LAST_CALL, A, TUESDAY_DAY): False},
            TUESDAY,
            {Slot(LAST_CALL, A, TUESDAY_DAY, 1): (1,)},
            {},
            id="the last call is exempt, even twice a day",
        ),
        pytest.param(
            notifications((1, UPDATE, REQUEST, A), (2, UPDATE, LAST, A), (3, NotificationKind.OUTCOME, "outcome", A)),
            {},
            "2020-08-18 09:29",
            {},
            {1: HELD_HOURS, 2: HELD_HOURS, 3: HELD_HOURS},
            id="nothing before half past nine",
        ),
        pytest.param(
            notifications((1, NotificationKind.NO_UPDATE, "no update received", A)),
            {},
            "2020-08-31 12:00",
            {},
            {1: HELD_HOURS},
            id="nothing on a bank holiday",
        ),
        pytest.param(
            notifications((1, UPDATE, REMINDER, A)),
            {WEEK: False},
            "2020-08-18 23:00",
            {},
            {1: HELD_WEEKLY},
            id="at night the week's limit stays on record",
        ),
        pytest.param(
            notifications(
                (1, UPDATE, "snoozed to 2020-08-18", A), (2, NotificationKind.DIGEST, "digest, outcomes recorded", B)
            ),
            {WEEK: False},
            "2020-08-18 23:00",
            {Slot(PRESSED, B, TUESDAY_DAY): (2,)},
            {1: HELD_HOURS},
            id="what is pressed now waits for no hour; a snooze that is over does",
        ),
        pytest.param(
            notifications((1, UPDATE, "snoozed to 2020-08-18", A)),
            {Slot(PRESSED, A, TUESDAY_DAY): False},
            TUESDAY,
            {Slot(PRESSED, A, TUESDAY_DAY, 1): (1,)},
            {},
            id="twice a day too",
        ),
        pytest.param(
            notifications(
                (1, NotificationKind.NO_UPDATE, "no update received", A),
                (2, NotificationKind.REPLAN, "update 6", A),
                (3, NotificationKind.IN_QUESTION, "update 7", A),
            ),
            {},
            TUESDAY,
            {Slot(SECRETARY, A, TUESDAY_DAY): (1, 2, 3)},
            {},
            id="a secretary's day is one message",
        ),
        pytest.param(
            notifications(
                (1, NotificationKind.NO_UPDATE, "no update received", A),
                (2, NotificationKind.DIGEST, "digest of 2020-08-18", A),
            ),
            {},
            TUESDAY,
            {Slot(SECRETARY, A, TUESDAY_DAY): (1,)},
            {2: HELD_DAILY},
            id="a digest waits for what changes in place as answers come in",
        ),
        pytest.param(
            notifications((1, NotificationKind.UPDATE, "chased 2020-08-22 by 7", A)),
            {Slot(BUNDLE, A, MONDAY_DAY): False},
            SATURDAY,
            {Slot(PRESSED, A, local(SATURDAY).date()): (1,)},
            {},
            id="a chase waits for no hour and no week",
        ),
        pytest.param(
            notifications(
                (1, NotificationKind.AFTER_MEETING, "after the meeting", A),
                (2, NotificationKind.DIGEST, "first digest of 2020-08-18", A),
                (3, NotificationKind.NO_UPDATE, "no update received", A),
            ),
            {},
            TUESDAY,
            {Slot(SECRETARY, A, TUESDAY_DAY): (1, 3)},
            {2: HELD_DAILY},
            id="but a digest is not in one message with what changes in place",
        ),
        pytest.param(
            notifications((1, NotificationKind.AFTER_MEETING, "after the meeting", A)),
            {Slot(SECRETARY, A, TUESDAY_DAY): False},
            TUESDAY,
            {},
            {1: HELD_DAILY},
            id="a second one waits for the next day",
        ),
        pytest.param(
            notifications((1, NotificationKind.AFTER_MEETING, "after the meeting", A)),
            {Slot(SECRETARY, A, MONDAY_DAY): False},
            TUESDAY,
            {Slot(SECRETARY, A, TUESDAY_DAY): (1,)},
            {},
            id="when it goes",
        ),
        pytest.param(
            notifications((1, NotificationKind.OUTCOME, "outcome", A)),
            {Slot(TOLD, A, TUESDAY_DAY): False, WEEK: False},
            TUESDAY,
            {},
            {1: HELD_DAILY},
            id="outcomes too are one message a day",
        ),
        pytest.param(
            notifications(
                (1, NotificationKind.PUBLISH, "digest of 2020-08-18", "channel:C1"),
                (2, NotificationKind.PUBLISH, "pressed 2020-08-18", "channel:C1"),
            ),
            {},
            "2020-08-18 23:00",
            {Slot(CHANNEL, "channel:C1", TUESDAY_DAY): (2,)},
            {1: HELD_HOURS},
            id="a channel gets at night what somebody pressed, not what comes of itself",
        ),
        pytest.param([], {WEEK: False}, TUESDAY, {}, {}, id="nothing to say"),
    ],
)
def test_what_goes_into_which_message(
    open_asks: list[Unassigned],
    taken: dict[Slot, bool],
    now: str,
    into: dict[Slot, tuple[int, ...]],
    held: dict[int, str],
) -> None:
    placed = place_notifications(open_asks, taken, local(now), LONDON)
    assert dict(placed.into) == into
    assert dict(placed.held) == held


# In the ledger

# Two boards whose reminders fall in one week: 16 Sep (request 17 Aug, reminder 26 Aug, last call 1 Sep) and
# 18 Sep (request 19 Aug, reminder 28 Aug, last call 3 Sep).
TWO_BOARDS = [board("partnership", "2020-09-16"), board("hwb", "2020-09-18")]
TWO_ACTIONS = [action("healthy-5", due="2020-09-16"), action("healthy-6", board="hwb", due="2020-09-18")]


def test_one_bundle_a_week_and_what_it_holds_back_joins_the_next_one_or_the_last_call(tmp_path: Path) -> None:
    sandbox = World(tmp_path, a_plan(boards=TWO_BOARDS, actions=TWO_ACTIONS))
    assert table(sandbox.run("2020-08-01 00:00", "2020-09-16 12:00"), "lead") == [
        ("Mon 17 Aug 09:30", "request healthy-5"),
        ("Mon 24 Aug 09:30", "request healthy-6"),  # held since Wed 19 Aug
        ("Tue 1 Sep 09:30", "last call healthy-5, healthy-6"),  # with both reminders of the week before
        ("Thu 3 Sep 09:30", "last call healthy-6"),
    ]


def test_a_figure_waits_for_the_next_week_as_an_action_does(tmp_path: Path) -> None:
    """Its request, ten working days after September, falls on Wed 14 Oct, the day after that of an action."""
    plan = a_plan(
        boards=[board("partnership", "2020-11-11")],
        actions=[action("healthy-5", due="2020-11-11")],
        measures=[{"ref": "m1", "name": "Days waited", "theme": "healthy", "unit": "days", "provider": "lead"}],
    )
    sandbox = World(tmp_path, plan)
    seen = sandbox.run("2020-10-10 00:00", "2020-10-20 12:00")
    assert [when for when, _ in table(seen, "lead")] == ["Tue 13 Oct 09:30", "Mon 19 Oct 09:30"]


def test_an_answer_while_it_waits_takes_it_out_of_the_bundle(tmp_path: Path) -> None:
    sandbox = World(tmp_path, a_plan(boards=TWO_BOARDS, actions=TWO_ACTIONS))
    sandbox.run("2020-08-17 00:00", "2020-08-20 12:00")
    assert ("request", NotificationState.OPEN, HELD_WEEKLY) in sandbox.asks_on("healthy-6")
    sandbox.answer("healthy-6", "2020-08-20 12:00", AnswerKind.NO_CHANGE)
    assert table(sandbox.run("2020-08-20 12:01", "2020-08-25 12:00"), "lead") == []
    assert sandbox.asks_on("healthy-6") == [("request", NotificationState.LAPSED, "answered")]


def test_what_the_limit_still_holds_when_updates_are_due_lapses_and_is_listed_to_the_secretary(tmp_path: Path) -> None:
    """Monday's bundle is the partnership board's request. The other board's one step of that week, the reminder of Tue
    25 Aug, waits; its last call, Fri 28 Aug, falls in closed dates that end after updates are due."""
    plan = a_plan(
        boards=[board("partnership", "2020-09-23"), board("hwb", "2020-09-15")],
        posts=[post("head", organisation="schools")],
        actions=[
            action("healthy-5", due="2020-09-23", lead="head"),
            action("healthy-6", board="hwb", due="2020-09-15", lead="head"),
        ],
        closed=[("2020-08-28", "2020-08-30")],
    )
    sandbox = World(tmp_path, plan)
    sandbox.start("hwb", "2020-08-20 00:00")
    seen = sandbox.run("2020-08-20 00:00", "2020-08-28 23:59")
    assert table(seen, "head") == [("Mon 24 Aug 09:30", "request healthy-5")]
    assert sandbox.asks_on("healthy-6") == [("reminder", NotificationState.OPEN, HELD_WEEKLY)]
    told = sandbox.run("2020-08-29 00:00", "2020-09-01 12:00")
    assert sandbox.asks_on("healthy-6") == [("reminder", NotificationState.LAPSED, HELD_WEEKLY)]
    assert table(told, "head") == []
    (notice,) = told
    assert notice.address == to("clerk")
    (line,) = [line for line in notice.page["lines"] if line["ref"] == "healthy-6"]
    assert "not asked: weekly limit" in line["facts"]


def test_a_secretary_of_two_boards_gets_one_message_a_day(tmp_path: Path) -> None:
    """On Thu 17 Sep: after the meeting of one board, no update received of the other, and a lead in question."""
    plan = a_plan(
        boards=[board("partnership", "2020-09-16"), board("hwb", "2020-10-01")],
        actions=[action("healthy-5", due="2020-09-16"), action("healthy-6", board="hwb", due="2020-10-01")],
    )
    seen = World(tmp_path, plan).run("2020-09-16 15:00", "2020-09-17 17:00")
    (one,) = [one for one in seen if one.address == to("clerk")]
    assert said_at(one.now) == "Thu 17 Sep 09:30"
    assert one.page["headings"].count("No update received, by lead (1)") == 1
    assert set(one.refs) == {"healthy-5", "healthy-6"}


def test_a_second_cause_on_the_same_day_waits_for_the_next_working_day(tmp_path: Path) -> None:
    sandbox = World(
        tmp_path, a_plan(boards=[board("partnership", "2020-09-17")], actions=[action("x-1", due="2020-09-17")])
    )
    assert table(sandbox.tick("2020-09-03 09:30"), "clerk") == [("Thu 3 Sep 09:30", "no update received")]
    sandbox.answer("x-1", "2020-09-03 10:00", AnswerKind.NOT_OURS)
    sandbox.notice(NotificationKind.IN_QUESTION, "x-1", "clerk", "2020-09-03 10:00")
    seen = sandbox.run("2020-09-03 10:00", "2020-09-16 12:00")
    assert [said_at(one.now) for one in seen if not is_of_papers(one)] == ["Fri 4 Sep 09:30"]


def test_what_leads_are_told_of_outcomes_is_one_message_and_takes_no_place_in_the_week(tmp_path: Path) -> None:
    """Outcomes of 16 Sep on Thu 24 Sep, which is the request day for 23 Oct as well: two messages, one of each."""
    plan = a_plan(
        boards=[board("partnership", "2020-09-16", "2020-10-23")],
        actions=[action("x-1", due="2020-09-16"), action("x-2", due="2020-09-16"), action("x-3", due="2020-10-23")],
    )
    sandbox = World(tmp_path, plan)
    for ref in ("x-1", "x-2"):
        sandbox.outcome(ref, "2020-09-16", OutcomeKind.CLOSED, "2020-09-17 12:00")
    seen = sandbox.run("2020-09-17 12:00", "2020-09-25 12:00")
    assert sorted(table(seen, "lead")) == [
        ("Thu 24 Sep 09:30", "outcomes"),
        ("Thu 24 Sep 09:30", "request x-3"),
    ]
    assert [one.refs for one in seen if "decided on" in one.headline] == [["x-1", "x-2"]]
