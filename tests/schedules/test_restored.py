"""A plan restored from a backup says nothing twice and loses nothing; what waited over a week keeps its limit."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import update

from models.enums import MessageState, NotificationState
from models.errors import DatabaseProblem
from models.storage.restored import check_not_moved, mark_restored
from models.storage.scope import ALL
from models.storage.tables import Workspace
from schedules.ports import Later, NoHistory
from tests.schedules import support
from tests.schedules.support import World, a_plan, action, answers, board, local, post

pytestmark = pytest.mark.usefixtures("on_both")

BOARDS = [board("partnership", "2020-09-16", "2020-12-08")]
PLAN = a_plan(boards=BOARDS, actions=[action(f"healthy-{n}", due="2020-09-16") for n in (5, 6)])


class Backup:
    """A copy of the plan's database, made at a moment."""

    def __init__(self, town: World, folder: Path) -> None:
        self.town, self.made = town, town.instant()
        self.put_back = support.home.keep(town.database, folder)

    def restore(self, now: str) -> None:
        """The lost database is gone; the backup takes its place."""
        self.put_back()
        with self.town.database.write(workspace=ALL) as session:
            mark_restored(session, self.made, local(now))


def settle(town: World, now: str) -> None:
    """Ticks until every look into the history has been taken."""
    for _ in range(8):
        town.tick(now)
        town.instant.pass_(100)


def said(town: World) -> Counter[tuple[str, str]]:
    """What everybody was sent: to whom, and the first words."""
    return Counter((one.address, one.headline) for one in town.messenger.posts)


@pytest.mark.parametrize(
    ("backup", "lost", "back"),
    [
        ("2020-08-14 12:00", "2020-08-17 10:00", "2020-08-17 10:05"),
        ("2020-08-14 12:00", "2020-08-26 10:00", "2020-08-26 12:00"),
        ("2020-08-14 12:00", "2020-08-26 10:00", "2020-08-27 12:00"),
        ("2020-08-20 12:00", "2020-09-01 10:00", "2020-09-01 16:00"),
        ("2020-08-20 12:00", "2020-09-02 10:00", "2020-09-03 09:00"),
        ("2020-09-14 12:00", "2020-09-17 10:00", "2020-09-18 10:00"),
        ("2020-09-14 12:00", "2020-09-25 10:00", "2020-09-28 10:00"),
    ],
)
def test_what_the_lost_database_said_is_found_and_not_said_again(
    tmp_path: Path, backup: str, lost: str, back: str
) -> None:
    town = World(tmp_path, PLAN)
    town.run("2020-08-10 00:00", backup)
    kept = Backup(town, tmp_path)
    assert town.run(backup, lost), "the lost database said nothing"
    before = said(town)
    kept.restore(back)
    settle(town, back)
    assert said(town) == before
    assert max(before.values()) == 1


def test_what_the_lost_database_had_no_time_to_say_is_said_once(tmp_path: Path) -> None:
    town = World(tmp_path, PLAN)
    town.run("2020-08-10 00:00", "2020-08-20 12:00")
    kept = Backup(town, tmp_path)
    before = len(town.messenger.posts)
    kept.restore("2020-08-26 10:00")
    town.tick("2020-08-26 10:00")
    assert len(town.messenger.posts) == before
    assert (town.message().state, town.message().absent) == (MessageState.UNKNOWN, 1)
    settle(town, "2020-08-26 10:10")
    (reminder,) = town.messenger.posts[before:]
    assert reminder.headline.startswith("Reminder: 2 actions")


def test_what_arises_after_it_was_restored_is_not_looked_up(tmp_path: Path) -> None:
    town = World(tmp_path, PLAN)
    town.run("2020-08-10 00:00", "2020-08-20 12:00")
    kept = Backup(town, tmp_path)
    kept.restore("2020-08-21 10:00")
    town.messenger.looks.clear()
    (reminder,) = town.tick("2020-08-26 09:30")
    assert reminder.headline.startswith("Reminder")
    assert town.messenger.looks == []


def test_a_message_planned_in_the_backup_is_looked_up_too(tmp_path: Path) -> None:
    town = World(tmp_path, PLAN)
    town.messenger.script = [answers(Later(3600))]
    town.run("2020-08-10 00:00", "2020-08-17 09:30")
    assert town.states() == [MessageState.LATER]
    kept = Backup(town, tmp_path)
    town.instant.pass_(4000)
    assert len(town.tick("2020-08-17 11:00")) == 1
    kept.restore("2020-08-17 11:30")
    settle(town, "2020-08-17 11:30")
    assert len(town.messenger.posts) == 1
    assert town.states() == [MessageState.SENT]


def test_without_a_history_it_is_uncertain_and_not_said(tmp_path: Path) -> None:
    town = World(tmp_path, PLAN)
    town.run("2020-08-10 00:00", "2020-08-14 12:00")
    kept = Backup(town, tmp_path)
    town.run("2020-08-14 12:00", "2020-08-17 10:00")
    kept.restore("2020-08-17 10:05")
    town.messenger.history = NoHistory("missing_scope")
    settle(town, "2020-08-17 10:05")
    assert town.messages()[0].state is MessageState.UNCERTAIN
    assert [one.headline for one in town.messenger.posts[1:]] == []


def test_a_database_whose_plan_was_moved_says_where_to(tmp_path: Path) -> None:
    town = World(tmp_path, PLAN)
    with town.database.read(ALL) as session:
        check_not_moved(session, "plan.db")
    with town.database.write(workspace=ALL) as session:
        session.execute(update(Workspace).values(moved_to="postgresql://host/cypp"))
    with (
        town.database.read(ALL) as session,
        pytest.raises(DatabaseProblem, match=r"moved to postgresql://host/cypp: name that"),
    ):
        check_not_moved(session, "plan.db")


# -- what waited over a limit's day


def test_a_request_put_off_over_a_weekend_shares_the_new_weeks_one_message(tmp_path: Path) -> None:
    """The first is due on Friday and put off to Monday, when the second is due: one bundle in that week."""
    plan = a_plan(
        boards=[board("partnership", "2020-09-15"), board("hwb", "2020-09-16", secretary="hwb-secretary")],
        posts=[post("hwb-secretary")],
        actions=[
            action("healthy-5", due="2020-09-15"),
            action("healthy-6", due="2020-09-16", board="hwb"),
        ],
    )
    town = World(tmp_path, plan)
    town.messenger.script = [answers(Later(3 * 86_400))]
    town.run("2020-08-10 00:00", "2020-08-14 17:00")
    assert town.states() == [MessageState.LATER]
    town.instant.pass_(3 * 86_400)
    town.run("2020-08-17 09:30", "2020-08-21 17:00")
    (bundle,) = town.messenger.posts
    assert sorted(bundle.refs) == ["healthy-5", "healthy-6"]
    assert [notification.state for notification in town.notifications(kind="update")] == [NotificationState.SENT] * 2
