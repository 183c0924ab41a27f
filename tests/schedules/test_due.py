"""Each row of DESIGN.md section 6 as a table of who gets what when, and what changes it: one plan, a whole cycle."""

from datetime import timedelta
from pathlib import Path

import pytest

from models.enums import AnswerKind, AskKind, AskState, DeliveryClass, OutcomeKind
from schedules.boundaries import boundaries, next_instant
from schedules.gather import snapshot
from tests.schedules.support import (
    LONDON,
    WORKSPACE,
    World,
    a_plan,
    action,
    board,
    local,
    person,
    post,
    slack_id,
    table,
    to,
)

PARTNERSHIP = board("partnership", "2020-09-16", "2020-10-23", "2020-12-08")
PLAN = a_plan(boards=[PARTNERSHIP], actions=[action("healthy-5", due="2020-09-16")])

ASKED_THRICE = [
    ("Mon 17 Aug 09:30", "request healthy-5"),
    ("Wed 26 Aug 09:30", "reminder healthy-5"),
    ("Tue 1 Sep 09:30", "last call healthy-5"),
]


def world(tmp_path: Path, plan: str = PLAN, **more: object) -> World:
    return World(tmp_path, plan, **more)  # type: ignore[arg-type]


# Leads: request, reminder, last call


def test_a_lead_who_never_answers_is_asked_at_each_step_of_designs_second_row(tmp_path: Path) -> None:
    seen = world(tmp_path).run("2020-08-01 00:00", "2020-09-16 13:00")
    assert table(seen, "lead") == ASKED_THRICE


@pytest.mark.parametrize(
    ("board_", "due", "since", "until", "expected"),
    [
        pytest.param(
            board("partnership", "2020-09-09"),
            "2020-09-09",
            "2020-08-01 00:00",
            "2020-09-09 13:00",
            ["Mon 10 Aug 09:30", "Wed 19 Aug 09:30", "Mon 24 Aug 09:30"],
            id="9 September",
        ),
        pytest.param(
            board("partnership", "2020-10-23"),
            "2020-10-23",
            "2020-09-01 00:00",
            "2020-10-23 13:00",
            ["Thu 24 Sep 09:30", "Mon 5 Oct 09:30", "Thu 8 Oct 09:30"],
            id="23 October",
        ),
        pytest.param(
            board("partnership", "2020-11-10", "2020-12-08"),
            "2020-12-08",
            "2020-10-20 00:00",
            "2020-12-08 13:00",
            ["Thu 12 Nov 09:30", "Wed 18 Nov 09:30", "Mon 23 Nov 09:30"],
            id="8 December after 10 November",
        ),
        pytest.param(
            board("partnership", "2020-09-16", "2020-10-07"),
            "2020-10-07",
            "2020-09-01 00:00",
            "2020-10-07 13:00",
            ["Fri 18 Sep 09:30", "Tue 22 Sep 09:30"],
            id="three weeks apart",
        ),
        pytest.param(
            board("partnership", "2020-09-16", "2020-09-30"),
            "2020-09-30",
            "2020-09-01 00:00",
            "2020-09-30 13:00",
            ["Fri 18 Sep 09:30"],
            id="two weeks apart",
        ),
    ],
)
def test_the_other_rows_and_meetings_close_together(
    tmp_path: Path, board_: dict[str, object], due: str, since: str, until: str, expected: list[str]
) -> None:
    plan = a_plan(boards=[board_], actions=[action("healthy-5", due=due)])
    seen = world(tmp_path, plan).run(since, until)
    assert [when for when, _ in table(seen, "lead")] == expected


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ("2020-08-02 00:00", []),
        ("2020-08-01 23:59", ASKED_THRICE),  # more than 30 days before updates are due
        ("2020-08-17 09:31", ASKED_THRICE[:1]),
        ("2020-08-26 09:29", ASKED_THRICE[:1]),
        ("2020-08-26 09:31", ASKED_THRICE[:2]),
        ("2020-09-01 09:29", ASKED_THRICE[:2]),
    ],
)
def test_an_answer_ends_the_asking(tmp_path: Path, answered: str, expected: list[tuple[str, str]]) -> None:
    town = world(tmp_path)
    early = town.run("2020-08-14 12:00", answered) if answered > "2020-08-14" else []
    town.answer("healthy-5", answered)
    since = max(answered, "2020-08-14 12:00")
    assert table([*early, *town.run(since, "2020-09-02 12:00")], "lead") == expected


@pytest.mark.parametrize("kind", [AnswerKind.NO_CHANGE, AnswerKind.VERBAL, AnswerKind.PROPOSED, AnswerKind.NOT_OURS])
def test_every_kind_of_answer_ends_it(tmp_path: Path, kind: AnswerKind) -> None:
    town = world(tmp_path)
    town.tick("2020-08-17 09:30")
    town.answer("healthy-5", "2020-08-25 09:31", kind)
    assert table(town.run("2020-08-25 12:00", "2020-09-02 12:00"), "lead") == []


def test_what_was_proposed_long_ago_awaits_the_board_and_is_not_asked_for(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.answer("healthy-5", "2020-06-15 12:00", AnswerKind.PROPOSED)
    assert table(town.run("2020-08-14 12:00", "2020-09-02 12:00"), "lead") == []


def test_an_answer_that_is_taken_back_is_asked_for_again(tmp_path: Path) -> None:
    town = world(tmp_path)
    entry = town.answer("healthy-5", "2020-08-17 09:00")
    assert town.run("2020-08-17 09:30", "2020-08-18 12:00") == []
    town.undo(entry, "2020-08-18 12:01")
    seen = town.run("2020-08-18 12:01", "2020-09-16 13:00")
    assert table(seen, "lead") == [("Tue 18 Aug 12:01", "request healthy-5"), *ASKED_THRICE[1:]]


def test_not_ours_ends_the_asking_until_somebody_is_assigned(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick("2020-08-17 09:30")
    town.answer("healthy-5", "2020-08-17 10:00", AnswerKind.NOT_OURS)
    assert table(town.run("2020-08-17 10:00", "2020-08-27 12:00"), "lead") == []
    town.answer("healthy-5", "2020-08-27 12:00", AnswerKind.ASSIGNED)
    assert table(town.run("2020-08-27 12:00", "2020-09-16 13:00"), "lead") == [
        ("Thu 27 Aug 12:00", "reminder healthy-5"),
        ("Tue 1 Sep 09:30", "last call healthy-5"),
    ]


def test_nothing_is_sent_for_an_expected_or_a_cancelled_meeting_or_a_board_not_started(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[board("partnership", "2020-12", {"date": "2020-09-16", "state": "cancelled"})],
        actions=[action("healthy-5", due="2020-12")],
    )
    assert world(tmp_path, plan).run("2020-11-20 12:00", "2021-01-05 12:00") == []
    (tmp_path / "quiet").mkdir()
    assert world(tmp_path / "quiet", started=None).run("2020-08-01 00:00", "2020-09-30 12:00") == []


def test_what_is_overdue_is_asked_for_the_next_meeting_once_it_is(tmp_path: Path) -> None:
    """16 September passed without an outcome: overdue on Thu 24 Sep, which is the request day for 23 October."""
    seen = world(tmp_path).run("2020-09-15 00:00", "2020-10-23 13:00")
    assert table(seen, "lead") == [
        ("Thu 24 Sep 09:30", "request healthy-5"),
        ("Mon 5 Oct 09:30", "reminder healthy-5"),
        ("Thu 8 Oct 09:30", "last call healthy-5"),
    ]


def test_one_bundle_over_all_boards_and_the_focus_themes_standing_commitments(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[
            board("partnership", {"date": "2020-09-16", "focus": "heard"}, "2020-10-23"),
            board("hwb", "2020-09-16"),
        ],
        actions=[
            action("healthy-5", due="2020-09-16"),
            action("healthy-6", due="2020-10-23"),
            action("healthy-7", board="hwb", due="2020-09-16"),
            action("heard-1", kind="standing commitment", theme="heard"),
            action("healthy-8", kind="standing commitment"),
        ],
    )
    assert table(world(tmp_path, plan).run("2020-08-01 00:00", "2020-08-20 12:00"), "lead") == [
        ("Mon 17 Aug 09:30", "request healthy-5, heard-1, healthy-7")
    ]


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        ([("2020-08-10", "2020-08-19")], ["Thu 20 Aug 09:30", "Wed 26 Aug 09:30", "Tue 1 Sep 09:30"]),
        # The reminder of Wed 26 Aug has to wait: that week had its bundle.
        ([("2020-08-10", "2020-08-21")], ["Mon 24 Aug 09:30", "Tue 1 Sep 09:30"]),
        ([("2020-07-20", "2020-08-31")], ["Tue 1 Sep 09:30"]),
        ([("2020-07-20", "2020-09-01")], []),
        ([("2020-08-26", "2020-09-04")], ["Mon 17 Aug 09:30"]),
    ],
)
def test_a_lead_whose_organisation_is_closed_is_asked_on_its_first_open_day(
    tmp_path: Path, closed: list[tuple[str, str]], expected: list[str]
) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("head", organisation="schools")],
        actions=[action("healthy-5", due="2020-09-16", lead="head")],
        closed=closed,
    )
    seen = world(tmp_path, plan).run("2020-08-01 00:00", "2020-09-16 13:00")
    assert [when for when, _ in table(seen, "head")] == expected


def test_contact_officers_are_asked_too_and_any_answer_ends_it_for_all(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("head", contact_officers=[person("officer")])],
        actions=[action("healthy-5", due="2020-09-16", lead="head")],
    )
    town = world(tmp_path, plan)
    seen = town.run("2020-08-01 00:00", "2020-08-20 12:00")
    assert table(seen, "head") == table(seen, "officer") == ASKED_THRICE[:1]
    town.answer("healthy-5", "2020-08-20 12:00")
    assert table(town.run("2020-08-20 12:00", "2020-09-16 13:00"), "head", "officer") == []


def test_a_deputy_is_asked_alone_on_their_days(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("head", deputies=[{**person("deputy"), "from": "2020-08-20", "to": "2020-08-28"}])],
        actions=[action("healthy-5", due="2020-09-16", lead="head")],
    )
    seen = world(tmp_path, plan).run("2020-08-01 00:00", "2020-09-16 13:00")
    assert table(seen, "head") == [ASKED_THRICE[0], ASKED_THRICE[2]]
    assert table(seen, "deputy") == [("Thu 20 Aug 09:30", "request healthy-5"), ASKED_THRICE[1]]


# Snooze and to follow


def test_a_snoozed_action_is_asked_for_two_working_days_later_once_and_then_as_ever(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick("2020-08-17 09:30")
    town.snooze("lead", "healthy-5", "2020-08-17 10:00")
    assert table(town.run("2020-08-17 10:00", "2020-09-16 13:00"), "lead") == [
        ("Wed 19 Aug 09:30", "snoozed healthy-5"),
        *ASKED_THRICE[1:],
    ]


def test_a_snooze_over_the_reminder_has_one_message_not_two(tmp_path: Path) -> None:
    """Snoozed on Tue 25 Aug until Thu 27 Aug; the reminder of Wed 26 Aug is what comes then, as the snoozed one."""
    town = world(tmp_path)
    town.tick("2020-08-17 09:30")
    town.snooze("lead", "healthy-5", "2020-08-25 10:00")
    assert table(town.run("2020-08-25 10:00", "2020-09-16 13:00"), "lead") == [
        ("Thu 27 Aug 09:30", "snoozed healthy-5"),
        ASKED_THRICE[2],
    ]


def test_a_snooze_is_one_persons_and_one_actions(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("head", contact_officers=[person("officer")])],
        actions=[
            action("healthy-5", due="2020-09-16", lead="head"),
            action("healthy-6", due="2020-09-16", lead="head"),
        ],
    )
    town = world(tmp_path, plan)
    town.tick("2020-08-17 09:30")
    town.snooze("head", "healthy-5", "2020-08-25 10:00")
    seen = town.run("2020-08-25 10:00", "2020-08-27 12:00")
    assert table(seen, "head") == [
        ("Wed 26 Aug 09:30", "reminder healthy-6"),
        ("Thu 27 Aug 09:30", "snoozed healthy-5"),
    ]
    assert table(seen, "officer") == [("Wed 26 Aug 09:30", "reminder healthy-5, healthy-6")]


def test_a_snoozed_action_that_was_answered_meanwhile_is_not_asked_for(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick("2020-08-17 09:30")
    town.snooze("lead", "healthy-5", "2020-08-17 10:00")
    town.answer("healthy-5", "2020-08-18 10:00")
    assert table(town.run("2020-08-18 10:00", "2020-09-16 13:00"), "lead") == []


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        pytest.param("2020-08-24", [("Mon 24 Aug 09:30", "to follow healthy-5")], id="before updates are due"),
        pytest.param("2020-08-29", [("Tue 1 Sep 09:30", "to follow healthy-5")], id="a Saturday: the next working day"),
        pytest.param("2020-09-10", [("Thu 10 Sep 09:30", "to follow healthy-5")], id="after the papers"),
    ],
)
def test_what_is_to_follow_is_asked_for_once_more_then(
    tmp_path: Path, by: str, expected: list[tuple[str, str]]
) -> None:
    town = world(tmp_path)
    town.tick("2020-08-17 09:30")
    town.answer("healthy-5", "2020-08-17 10:00", AnswerKind.TO_FOLLOW, follow_by=by)
    assert table(town.run("2020-08-17 10:00", "2020-09-23 13:00"), "lead") == expected


def test_what_is_to_follow_today_is_not_asked_for_a_minute_later(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick("2020-08-17 09:30")
    town.answer("healthy-5", "2020-08-17 10:00", AnswerKind.TO_FOLLOW, follow_by="2020-08-17")
    assert table(town.run("2020-08-17 10:01", "2020-08-25 12:00"), "lead") == [
        ("Tue 18 Aug 09:30", "to follow healthy-5")
    ]


def test_what_was_to_follow_is_not_asked_for_again_when_the_board_has_met_or_the_meeting_moved(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.answer("healthy-5", "2020-08-17 10:00", AnswerKind.TO_FOLLOW, follow_by="2020-08-24")
    assert len(table(town.run("2020-08-17 10:00", "2020-08-25 12:00"), "lead")) == 1
    town.move("partnership", "2020-09-16", "2020-09-17", "2020-08-25 12:00")
    assert table(town.run("2020-08-25 12:01", "2020-08-26 12:00"), "lead") == []
    town.cancel("partnership", "2020-09-17", "2020-08-26 12:00")
    assert table(town.run("2020-08-26 12:01", "2020-09-18 12:00"), "lead") == []


# Downtime


@pytest.mark.parametrize(
    ("down_until", "expected"),
    [
        pytest.param("2020-08-21 11:00", "request healthy-5", id="only the request was missed"),
        pytest.param("2020-08-28 11:00", "reminder healthy-5", id="request and reminder: the reminder"),
        pytest.param("2020-09-01 17:29", "last call healthy-5", id="all three: the last call"),
        pytest.param("2020-09-01 17:30", None, id="all three, after hours on the last day: lapsed"),
        pytest.param("2020-09-02 09:30", None, id="all three, the day after: lapsed"),
    ],
)
def test_after_downtime_only_the_latest_missed_step_is_sent(
    tmp_path: Path, down_until: str, expected: str | None
) -> None:
    town = world(tmp_path)
    town.tick("2020-08-03 12:00")
    seen = table(town.tick(down_until), "lead")
    assert [what for _, what in seen] == ([expected] if expected else [])
    later = [what for _, what in table(town.run(down_until, "2020-09-16 13:00"), "lead")]
    steps = [what for _, what in ASKED_THRICE]
    assert later == (steps[steps.index(expected) + 1 :] if expected else [])


def test_what_was_missed_in_the_day_waits_for_the_next_working_day(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick("2020-08-03 12:00")
    assert town.tick("2020-08-28 18:00") == []
    assert table(town.run("2020-08-28 18:00", "2020-09-01 12:00"), "lead") == [ASKED_THRICE[2]]


@pytest.mark.parametrize(
    ("down_until", "expected"),
    [
        pytest.param("2020-09-15 11:00", ["no update received"], id="no update received, until the meeting begins"),
        pytest.param("2020-09-16 13:59", ["no update received"], id="…to its first minute"),
        pytest.param("2020-09-16 14:00", [], id="…and not after"),
        pytest.param("2020-09-22 11:00", ["after the meeting"], id="after the meeting"),
        pytest.param("2020-09-29 11:00", ["after the meeting"], id="…and the digest waits a day"),
        pytest.param("2020-10-23 13:59", ["no update received"], id="…until the next meeting begins"),
        pytest.param("2020-10-23 14:00", [], id="then they are superseded"),
    ],
)
def test_what_the_secretary_missed_lapses_when_its_meeting_has_begun_or_the_next_one_has(
    tmp_path: Path, down_until: str, expected: list[str]
) -> None:
    town = world(tmp_path)
    town.tick("2020-08-03 12:00")
    seen = town.tick(down_until)
    assert [what for _, what in table(seen, "clerk")] == expected
    tomorrow = local(down_until) + timedelta(days=1)
    waited = [what for _, what in table(town.tick(tomorrow), "clerk")]
    assert ("digest" in waited) == down_until.startswith("2020-09-29")


# Moved and cancelled meetings


def test_a_meeting_moved_later_re_arms_only_the_steps_still_ahead(tmp_path: Path) -> None:
    """16 Sep moves to 7 Oct on 27 August: request 8 Sep, reminder 17 Sep and last call 22 Sep are all ahead."""
    town = world(tmp_path)
    early = table(town.run("2020-08-01 00:00", "2020-08-27 12:00"), "lead")
    assert early == ASKED_THRICE[:2]
    town.move("partnership", "2020-09-16", "2020-10-07", "2020-08-27 12:00")
    assert table(town.run("2020-08-27 12:01", "2020-10-07 13:00"), "lead") == [
        ("Tue 8 Sep 09:30", "request healthy-5"),
        ("Thu 17 Sep 09:30", "reminder healthy-5"),
        ("Tue 22 Sep 09:30", "last call healthy-5"),
    ]


def test_a_meeting_moved_by_a_day_arms_no_step_that_is_past(tmp_path: Path) -> None:
    """On 27 August request and reminder of the new day, too, are past; the last call is ahead."""
    town = world(tmp_path)
    town.run("2020-08-01 00:00", "2020-08-27 12:00")
    town.move("partnership", "2020-09-16", "2020-09-17", "2020-08-27 12:00")
    seen = town.run("2020-08-27 12:01", "2020-09-17 13:00")
    assert table(seen, "lead") == [("Wed 2 Sep 09:30", "last call healthy-5")]


def test_nobody_asked_within_five_working_days_is_asked_the_same_again(tmp_path: Path) -> None:
    """The request went on Mon 17 Aug; that day the meeting moves by two days, to have its request on Wed 19 Aug.

    Working days after the 17th: 18, 19, 20, 21, 24. So the request that is current from the 19th comes on the 24th; the
    reminder of Fri 28 Aug waits for the next week, which begins on a bank holiday.
    """
    town = world(tmp_path)
    town.tick("2020-08-17 09:30")
    town.move("partnership", "2020-09-16", "2020-09-18", "2020-08-17 10:00")
    seen = town.run("2020-08-17 10:01", "2020-09-18 13:00")
    assert table(seen, "lead") == [
        ("Mon 24 Aug 09:30", "request healthy-5"),
        ("Tue 1 Sep 09:30", "reminder healthy-5"),
        ("Thu 3 Sep 09:30", "last call healthy-5"),
    ]


def test_a_meeting_moved_back_and_forth_asks_nothing_twice(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick("2020-08-17 09:30")
    town.move("partnership", "2020-09-16", "2020-09-17", "2020-08-17 10:00")
    town.tick("2020-08-17 10:01")
    town.move("partnership", "2020-09-17", "2020-09-16", "2020-08-17 10:02")
    assert table(town.run("2020-08-17 10:03", "2020-09-16 13:00"), "lead") == ASKED_THRICE[1:]


def test_a_meeting_moved_earlier_arms_no_step_that_is_past(tmp_path: Path) -> None:
    """8 Dec → 10 Nov, on 20 Oct: its updates-due day, 26 Oct, is ahead; its request and reminder are not."""
    plan = a_plan(boards=[board("partnership", "2020-12-08")], actions=[action("healthy-5", due="2020-12-08")])
    town = world(tmp_path, plan)
    town.move("partnership", "2020-12-08", "2020-11-10", "2020-10-22 10:00")
    seen = town.run("2020-10-22 10:01", "2020-11-10 13:00")
    assert table(seen, "lead") == [("Mon 26 Oct 09:30", "last call healthy-5")]


def test_a_cancelled_meetings_actions_are_asked_for_at_the_next_one(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick("2020-08-17 09:30")
    town.cancel("partnership", "2020-09-16", "2020-08-18 10:00")
    seen = town.run("2020-08-18 10:01", "2020-10-23 13:00")
    assert table(seen, "lead") == [
        ("Thu 24 Sep 09:30", "request healthy-5"),
        ("Mon 5 Oct 09:30", "reminder healthy-5"),
        ("Thu 8 Oct 09:30", "last call healthy-5"),
    ]
    assert [when for when, what in table(seen, "clerk") if what == "no update received"] == ["Fri 9 Oct 09:30"]
    assert "after the meeting" not in [what for _, what in table(seen, "clerk")]


def test_an_ask_that_waits_when_its_meeting_is_cancelled_lapses_with_that_reason(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.tick("2020-08-17 07:00")
    assert town.asks_on("healthy-5") == []
    town.tick("2020-08-17 17:45")
    assert town.asks_on("healthy-5") == [("request", AskState.OPEN, "out of hours")]
    town.cancel("partnership", "2020-09-16", "2020-08-17 18:00")
    assert table(town.tick("2020-08-18 09:30"), "lead") == []
    assert town.asks_on("healthy-5") == [("request", AskState.LAPSED, "the meeting was moved or cancelled")]


# The start of a board


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2020-08-17 09:30", ASKED_THRICE),
        ("2020-08-17 09:31", ASKED_THRICE[1:]),
        ("2020-08-26 10:00", ASKED_THRICE[2:]),
        ("2020-09-01 09:31", []),
    ],
)
def test_when_a_board_is_started_nothing_earlier_counts(
    tmp_path: Path, started: str, expected: list[tuple[str, str]]
) -> None:
    town = world(tmp_path, started=None)
    town.start("partnership", started)
    assert table(town.run("2020-08-01 00:00", "2020-09-16 13:00"), "lead") == expected


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2020-09-02 09:30", ["no update received", "after the meeting", "digest"]),
        ("2020-09-02 09:31", ["after the meeting", "digest"]),
        ("2020-09-17 09:31", ["digest"]),
        ("2020-09-25 09:31", []),
    ],
)
def test_when_a_board_is_started_its_secretary_hears_of_nothing_earlier(
    tmp_path: Path, started: str, expected: list[str]
) -> None:
    town = world(tmp_path, started=None)
    town.start("partnership", started)
    seen = table(town.run("2020-08-01 00:00", "2020-09-30 13:00"), "clerk")
    assert [what for _, what in seen] == expected


# The secretary


def test_a_secretarys_cycle_around_one_meeting(tmp_path: Path) -> None:
    seen = world(tmp_path).run("2020-08-01 00:00", "2020-10-08 12:00")
    assert table(seen, "clerk") == [
        ("Wed 2 Sep 09:30", "no update received"),
        ("Thu 17 Sep 09:30", "after the meeting"),
        ("Thu 24 Sep 09:30", "digest"),
    ]


def test_an_action_whose_lead_is_in_question_since_the_meeting_before_is_not_called_answered(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.answer("healthy-5", "2020-07-01 10:00", AnswerKind.NOT_OURS)
    seen = town.run("2020-08-20 10:00", "2020-09-03 12:00")
    (received,) = [one for one in seen if "Wed 16 Sep 2020" in one.headline]
    assert received.headline.endswith("lead in question on 1 of 1 action, no other answer is missing.")


def test_no_update_received_comes_when_everybody_has_answered_too_and_not_for_a_meeting_that_concerns_nobody(
    tmp_path: Path,
) -> None:
    town = world(tmp_path)
    town.answer("healthy-5", "2020-08-20 10:00")
    seen = town.run("2020-08-20 10:00", "2020-09-03 12:00")
    assert table(seen, "clerk") == [("Wed 2 Sep 09:30", "no update received")]
    assert "the one action is answered" in seen[-1].headline
    (tmp_path / "idle").mkdir()
    idle = world(tmp_path / "idle", a_plan(boards=[PARTNERSHIP], actions=[action("healthy-5", due="2020-12-08")]))
    assert idle.run("2020-08-01 00:00", "2020-09-30 12:00") == []


def test_leads_without_an_account_are_named_to_the_secretary_and_asked_once_they_have_one(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("head", holder="no account")],
        actions=[action("healthy-5", due="2020-09-16", lead="head")],
    )
    town = world(tmp_path, plan)
    seen = town.run("2020-08-01 00:00", "2020-08-27 12:00")
    assert seen == []
    assert town.asks_on("healthy-5") == [
        ("request", AskState.LAPSED, "no account"),
        ("reminder", AskState.LAPSED, "no account"),
    ]
    town.link("head", slack_id("head"))
    assert table(town.tick("2020-08-27 12:01"), "head") == [("Thu 27 Aug 12:01", "reminder healthy-5")]
    town.link("head", "")
    listed = town.run("2020-08-31 12:00", "2020-09-02 12:00")
    assert table(listed, "clerk") == [("Wed 2 Sep 09:30", "no update received")]
    assert any("ready to copy" in heading for heading in listed[-1].page["headings"])


@pytest.mark.parametrize(
    ("secretary", "who"),
    [({"holder": True}, "clerk"), ({"holder": False}, "admin"), ({"holder": "no account"}, "admin")],
)
def test_without_a_secretary_who_can_be_reached_the_administrators_are_told(
    tmp_path: Path, secretary: dict[str, object], who: str
) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("clerk", **secretary)],  # type: ignore[arg-type]
        actions=[action("healthy-5", due="2020-09-16")],
    )
    seen = world(tmp_path, plan).run("2020-09-01 12:00", "2020-09-02 12:00")
    assert [one.address for one in seen if "no update received" in one.headline] == [to(who)]


def test_where_nobody_can_be_told_of_a_board_the_log_says_so_once_a_day_at_most(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("clerk", holder=False)],
        actions=[action("healthy-5", due="2020-09-16")],
        administrators=[],
    )
    town = world(tmp_path, plan)
    for now in ("2020-09-02 09:30", "2020-09-02 09:31", "2020-09-17 09:30"):
        town.tick(now)
    said = [record.getMessage() for record in caplog.records if "nobody can be told" in record.getMessage()]
    assert said == ["nobody can be told about the Partnership Board: no secretary and no administrator"] * 2


def test_outcomes_recorded_brings_the_digest_at_once_even_at_night_and_tells_the_leads_in_the_morning(
    tmp_path: Path,
) -> None:
    town = world(tmp_path)
    town.tick("2020-09-17 09:30")
    town.outcome("healthy-5", "2020-09-16", OutcomeKind.NOT_AGREED, "2020-09-17 21:00")
    town.recorded("partnership", "2020-09-16", "2020-09-17 21:00")
    night = town.tick("2020-09-17 21:00")
    assert table(night, "clerk", "lead") == [("Thu 17 Sep 21:00", "digest")]
    assert town.class_of(night[0]) is DeliveryClass.PRESSED
    assert table(town.run("2020-09-17 21:01", "2020-09-30 12:00"), "lead", "clerk") == [
        ("Fri 18 Sep 09:30", "outcomes"),
        ("Thu 24 Sep 09:30", "request healthy-5"),
    ]


def test_outcomes_recorded_before_the_morning_after_leaves_nothing_to_ask_the_secretary(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.outcome("healthy-5", "2020-09-16", OutcomeKind.CLOSED, "2020-09-16 18:00")
    town.recorded("partnership", "2020-09-16", "2020-09-16 18:00")
    seen = table(town.run("2020-09-16 18:00", "2020-10-22 12:00"), "clerk", "lead")
    assert seen == [("Wed 16 Sep 18:00", "nothing overdue"), ("Thu 17 Sep 09:30", "outcomes")]


def test_where_outcomes_are_never_recorded_the_leads_hear_of_those_there_are_on_the_sixth_working_day(
    tmp_path: Path,
) -> None:
    town = world(tmp_path)
    town.outcome("healthy-5", "2020-09-16", OutcomeKind.CARRIED_FORWARD, "2020-09-17 12:00", to="2020-12-08")
    seen = town.run("2020-09-17 12:00", "2020-09-30 12:00")
    assert table(seen, "lead") == [("Thu 24 Sep 09:30", "outcomes")]


def test_a_digest_goes_weekly_only_if_something_in_it_changed_and_once_says_nothing_overdue(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[board("partnership", "2020-09-16", "2020-12-08")],
        actions=[action("healthy-5", due="2020-09-16"), action("healthy-6", due="2020-09-16")],
    )
    town = world(tmp_path, plan)
    town.tick("2020-09-17 09:30")
    seen = town.run("2020-09-17 10:00", "2020-10-06 12:00")
    town.answer("healthy-5", "2020-10-06 12:00", status=None)
    seen += town.run("2020-10-06 12:01", "2020-10-13 12:00")
    town.replan("healthy-5", "2020-12-08", "2020-10-13 12:00")
    seen += town.run("2020-10-13 12:01", "2020-10-20 12:00")
    town.replan("healthy-6", "2020-12-08", "2020-10-20 12:00")
    seen += town.run("2020-10-20 12:01", "2020-11-20 12:00")
    assert table(seen, "clerk") == [
        ("Thu 24 Sep 09:30", "digest"),
        ("Thu 15 Oct 09:30", "digest"),
        ("Thu 22 Oct 09:30", "nothing overdue"),
    ]


def test_the_first_digest_of_a_board_with_nothing_overdue_and_none_before_is_left_out(tmp_path: Path) -> None:
    town = world(tmp_path)
    town.replan("healthy-5", "2020-12-08", "2020-09-15 12:00")
    assert table(town.run("2020-09-15 12:01", "2020-10-07 12:00"), "clerk") == []


def test_nothing_overdue_is_said_once_whatever_else_changes(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[board("partnership", "2020-09-16", "2020-12-08")],
        actions=[action("healthy-5", due="2020-09-16"), action("healthy-6", due="2020-12-08")],
    )
    town = world(tmp_path, plan)
    town.run("2020-09-17 09:30", "2020-09-25 12:00")
    town.replan("healthy-5", "2020-12-08", "2020-09-25 12:00")
    seen = town.run("2020-09-25 12:01", "2020-10-02 12:00")
    town.answer("healthy-6", "2020-10-02 12:00", AnswerKind.PROPOSED)
    seen += town.run("2020-10-02 12:01", "2020-10-30 12:00")
    assert table(seen, "clerk") == [("Thu 1 Oct 09:30", "nothing overdue")]


def test_after_the_next_meeting_the_digest_comes_again_even_where_the_same_is_overdue(tmp_path: Path) -> None:
    seen = table(world(tmp_path).run("2020-09-23 09:30", "2020-11-13 12:00"), "clerk")
    assert [when for when, what in seen if what == "digest"] == ["Thu 24 Sep 09:30", "Mon 2 Nov 09:30"]


def test_every_secretary_of_a_board_gets_its_digest(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("clerk", contact_officers=[person("second-clerk")])],
        actions=[action("healthy-5", due="2020-09-16")],
    )
    seen = world(tmp_path, plan).run("2020-09-17 09:30", "2020-09-25 12:00")
    assert (
        table(seen, "clerk")
        == table(seen, "second-clerk")
        == [("Thu 17 Sep 09:30", "after the meeting"), ("Thu 24 Sep 09:30", "digest")]
    )


def test_a_board_may_have_its_digest_published_at_once_to_its_channel(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[{**PARTNERSHIP, "channel": "C0PARTNER", "publish": "at once"}],
        actions=[action("healthy-5", due="2020-09-16")],
    )
    town = world(tmp_path, plan)
    seen = town.run("2020-09-16 12:00", "2020-09-25 12:00")
    assert [(one.now.astimezone(LONDON).day, one.headline) for one in seen if one.address == "C0PARTNER"] == [
        (24, "Partnership Board: 1 action overdue.")
    ]


def test_a_digest_that_publishes_itself_is_not_published_at_night_after_downtime(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[{**PARTNERSHIP, "channel": "C0PARTNER", "publish": "at once"}],
        actions=[action("healthy-5", due="2020-09-16")],
    )
    town = world(tmp_path, plan)
    assert town.tick("2020-09-25 03:00") == []
    # The secretary gets one message that day, *After the meeting*; what is published waits for the secretary's digest.
    assert [one.address for one in town.tick("2020-09-25 09:30") if one.address == "C0PARTNER"] == []
    digest, published = town.tick("2020-09-28 09:30")
    assert published.address == "C0PARTNER"
    assert digest.headline == published.headline == "Partnership Board: 1 action overdue."


# When the next thing happens


def test_the_local_workspace_comes_past_every_instant_at_which_something_may_be_said(tmp_path: Path) -> None:
    """Ticking only at `next_instant` says the same, at the same minute, as ticking all day."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    leapt = world(tmp_path / "a").run("2020-08-30 00:00", "2020-09-19 12:00")
    walking, walked = world(tmp_path / "b"), []
    for number in range(21):
        day = local("2020-08-30 00:00") + timedelta(days=number)
        for hours in (0, 9, 9.5, 11, 14, 17.5, 20):
            walked += walking.tick(day + timedelta(hours=hours))
    assert [(one.now, one.address, one.headline) for one in leapt] == [
        (one.now, one.address, one.headline) for one in walked
    ]


def test_every_step_is_a_boundary_and_the_next_morning_is_the_latest_next_instant(tmp_path: Path) -> None:
    town = world(tmp_path)
    with town.database.read() as session:
        shot = snapshot(session, WORKSPACE, local("2020-08-01 00:00"))
    known = set(boundaries(shot))
    for text in ("08-17 09:30", "08-26 09:30", "09-01 09:30", "09-02 00:00", "09-02 09:30", "09-16 14:00"):
        assert local(f"2020-{text}") in known
    assert next_instant(shot, local("2020-08-17 09:29")) == local("2020-08-17 09:30")
    assert next_instant(shot, local("2020-08-17 09:30")) == local("2020-08-18 09:30")
    assert next_instant(shot, local("2020-08-28 12:00")) == local("2020-09-01 09:30")


def test_there_is_no_next_instant_while_no_board_is_started(tmp_path: Path) -> None:
    town = world(tmp_path, started=None)
    with town.database.read() as session:
        assert next_instant(snapshot(session, WORKSPACE, local("2020-08-01 00:00")), local("2020-08-01 00:00")) is None


def test_a_question_about_a_lead_goes_to_the_secretary_with_the_days_message(tmp_path: Path) -> None:
    """Notices planned by a handler wait for the hours and join what else the secretary gets that day."""
    town = world(tmp_path)
    town.answer("healthy-5", "2020-09-01 20:00", AnswerKind.NOT_OURS)
    town.notice(AskKind.IN_QUESTION, "healthy-5", "clerk", "2020-09-01 20:00")
    assert town.tick("2020-09-01 20:01") == []
    (one,) = town.tick("2020-09-02 09:30")
    assert one.address == to("clerk")
    assert {ask.kind for ask in town.asks(state="sent")} == {AskKind.NO_UPDATE, AskKind.IN_QUESTION}
