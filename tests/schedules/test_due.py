"""What leads are sent, as tables of who gets what when: steps, answers, snoozes."""

from pathlib import Path

import pytest

from models.enums import AnswerKind
from tests.schedules.cycle import ASKED_THRICE, PARTNERSHIP, world
from tests.schedules.plans import a_plan, action, board, person, post
from tests.schedules.world import table

# Leads: request, reminder, last call


def test_a_lead_who_never_answers_is_asked_at_each_step_of_a_meeting(tmp_path: Path) -> None:
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
            ["Tue 1 Sep 09:30", "Thu 10 Sep 09:30", "Tue 15 Sep 09:30"],
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
    sandbox = world(tmp_path)
    early = sandbox.run("2020-08-14 12:00", answered) if answered > "2020-08-14" else []
    sandbox.answer("healthy-5", answered)
    since = max(answered, "2020-08-14 12:00")
    assert table([*early, *sandbox.run(since, "2020-09-02 12:00")], "lead") == expected


@pytest.mark.parametrize("kind", [AnswerKind.NO_CHANGE, AnswerKind.VERBAL, AnswerKind.PROPOSED, AnswerKind.NOT_OURS])
def test_every_kind_of_answer_ends_it(tmp_path: Path, kind: AnswerKind) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.answer("healthy-5", "2020-08-25 09:31", kind)
    assert table(sandbox.run("2020-08-25 12:00", "2020-09-02 12:00"), "lead") == []


def test_what_was_proposed_long_ago_awaits_the_board_and_is_not_asked_for(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.answer("healthy-5", "2020-06-15 12:00", AnswerKind.PROPOSED)
    assert table(sandbox.run("2020-08-14 12:00", "2020-09-02 12:00"), "lead") == []


def test_an_answer_that_is_taken_back_is_asked_for_again(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    entry = sandbox.answer("healthy-5", "2020-08-17 09:00")
    assert sandbox.run("2020-08-17 09:30", "2020-08-18 12:00") == []
    sandbox.undo(entry, "2020-08-18 12:01")
    seen = sandbox.run("2020-08-18 12:01", "2020-09-16 13:00")
    assert table(seen, "lead") == [("Tue 18 Aug 12:01", "request healthy-5"), *ASKED_THRICE[1:]]


def test_not_ours_ends_the_asking_until_somebody_is_assigned(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.answer("healthy-5", "2020-08-17 10:00", AnswerKind.NOT_OURS)
    assert table(sandbox.run("2020-08-17 10:00", "2020-08-27 12:00"), "lead") == []
    sandbox.answer("healthy-5", "2020-08-27 12:00", AnswerKind.ASSIGNED)
    assert table(sandbox.run("2020-08-27 12:00", "2020-09-16 13:00"), "lead") == [
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
    sandbox = world(tmp_path, plan)
    seen = sandbox.run("2020-08-01 00:00", "2020-08-20 12:00")
    assert table(seen, "head") == table(seen, "officer") == ASKED_THRICE[:1]
    sandbox.answer("healthy-5", "2020-08-20 12:00")
    assert table(sandbox.run("2020-08-20 12:00", "2020-09-16 13:00"), "head", "officer") == []


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
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.snooze("lead", "healthy-5", "2020-08-17 10:00")
    assert table(sandbox.run("2020-08-17 10:00", "2020-09-16 13:00"), "lead") == [
        ("Wed 19 Aug 09:30", "snoozed healthy-5"),
        *ASKED_THRICE[1:],
    ]


def test_a_snooze_over_the_reminder_has_one_message_not_two(tmp_path: Path) -> None:
    """Snoozed on Tue 25 Aug until Thu 27 Aug; the reminder of Wed 26 Aug is what comes then, as the snoozed one."""
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.snooze("lead", "healthy-5", "2020-08-25 10:00")
    assert table(sandbox.run("2020-08-25 10:00", "2020-09-16 13:00"), "lead") == [
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
    sandbox = world(tmp_path, plan)
    sandbox.tick("2020-08-17 09:30")
    sandbox.snooze("head", "healthy-5", "2020-08-25 10:00")
    seen = sandbox.run("2020-08-25 10:00", "2020-08-27 12:00")
    assert table(seen, "head") == [
        ("Wed 26 Aug 09:30", "reminder healthy-6"),
        ("Thu 27 Aug 09:30", "snoozed healthy-5"),
    ]
    assert table(seen, "officer") == [("Wed 26 Aug 09:30", "reminder healthy-5, healthy-6")]


def test_a_snoozed_action_that_was_answered_meanwhile_is_not_asked_for(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.snooze("lead", "healthy-5", "2020-08-17 10:00")
    sandbox.answer("healthy-5", "2020-08-18 10:00")
    assert table(sandbox.run("2020-08-18 10:00", "2020-09-16 13:00"), "lead") == []


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
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.answer("healthy-5", "2020-08-17 10:00", AnswerKind.TO_FOLLOW, follow_by=by)
    assert table(sandbox.run("2020-08-17 10:00", "2020-09-23 13:00"), "lead") == expected


def test_what_is_to_follow_today_is_not_asked_for_a_minute_later(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.answer("healthy-5", "2020-08-17 10:00", AnswerKind.TO_FOLLOW, follow_by="2020-08-17")
    assert table(sandbox.run("2020-08-17 10:01", "2020-08-25 12:00"), "lead") == [
        ("Tue 18 Aug 09:30", "to follow healthy-5")
    ]


def test_what_was_to_follow_is_not_asked_for_again_when_the_board_has_met_or_the_meeting_moved(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.answer("healthy-5", "2020-08-17 10:00", AnswerKind.TO_FOLLOW, follow_by="2020-08-24")
    assert len(table(sandbox.run("2020-08-17 10:00", "2020-08-25 12:00"), "lead")) == 1
    sandbox.move("partnership", "2020-09-16", "2020-09-17", "2020-08-25 12:00")
    assert table(sandbox.run("2020-08-25 12:01", "2020-08-26 12:00"), "lead") == []
    sandbox.cancel("partnership", "2020-09-17", "2020-08-26 12:00")
    assert table(sandbox.run("2020-08-26 12:01", "2020-09-18 12:00"), "lead") == []
