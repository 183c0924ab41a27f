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
from tests.schedules import plans
from tests.schedules.messenger import answers
from tests.schedules.plans import a_plan, action, board, local, post
from tests.schedules.world import World

pytestmark = pytest.mark.usefixtures("on_both")

BOARDS = [board("partnership", "2020-09-16", "2020-12-08")]
PLAN = a_plan(boards=BOARDS, actions=[action(f"healthy-{n}", due="2020-09-16") for n in (5, 6)])


class Backup:
    """A copy of the plan's database, made at a moment."""

    def __init__(self, sandbox: World, folder: Path) -> None:
        self.sandbox, self.made = sandbox, sandbox.instant()
        self.put_back = plans.home.keep(sandbox.database, folder)

    def restore(self, now: str) -> None:
        """The lost database is gone; the backup takes its place."""
        self.put_back()
        with self.sandbox.database.write(workspace=ALL) as session:
            mark_restored(session, self.made, local(now))


def settle(sandbox: World, now: str) -> None:
    """Ticks until every look into the history has been taken."""
    for _ in range(8):
        sandbox.tick(now)
        sandbox.instant.pass_(100)


def said(sandbox: World) -> Counter[tuple[str, str]]:
    """What everybody was sent: to whom, and the first words."""
    return Counter((one.address, one.headline) for one in sandbox.messenger.posts)


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
    sandbox = World(tmp_path, PLAN)
    sandbox.run("2020-08-10 00:00", backup)
    kept = Backup(sandbox, tmp_path)
    assert sandbox.run(backup, lost), "the lost database said nothing"
    before = said(sandbox)
    kept.restore(back)
    settle(sandbox, back)
    assert said(sandbox) == before
    assert max(before.values()) == 1


def test_what_the_lost_database_had_no_time_to_say_is_said_once(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    sandbox.run("2020-08-10 00:00", "2020-08-20 12:00")
    kept = Backup(sandbox, tmp_path)
    before = len(sandbox.messenger.posts)
    kept.restore("2020-08-26 10:00")
    sandbox.tick("2020-08-26 10:00")
    assert len(sandbox.messenger.posts) == before
    assert (sandbox.message().state, sandbox.message().absent) == (MessageState.UNKNOWN, 1)
    settle(sandbox, "2020-08-26 10:10")
    (reminder,) = sandbox.messenger.posts[before:]
    assert reminder.headline.startswith("Reminder: 2 actions")


def test_what_arises_after_it_was_restored_is_not_looked_up(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    sandbox.run("2020-08-10 00:00", "2020-08-20 12:00")
    kept = Backup(sandbox, tmp_path)
    kept.restore("2020-08-21 10:00")
    sandbox.messenger.looks.clear()
    (reminder,) = sandbox.tick("2020-08-26 09:30")
    assert reminder.headline.startswith("Reminder")
    assert sandbox.messenger.looks == []


def test_a_message_planned_in_the_backup_is_looked_up_too(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    sandbox.messenger.script = [answers(Later(3600))]
    sandbox.run("2020-08-10 00:00", "2020-08-17 09:30")
    assert sandbox.states() == [MessageState.LATER]
    kept = Backup(sandbox, tmp_path)
    sandbox.instant.pass_(4000)
    assert len(sandbox.tick("2020-08-17 11:00")) == 1
    kept.restore("2020-08-17 11:30")
    settle(sandbox, "2020-08-17 11:30")
    assert len(sandbox.messenger.posts) == 1
    assert sandbox.states() == [MessageState.SENT]


def test_without_a_history_it_is_uncertain_and_not_said(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    sandbox.run("2020-08-10 00:00", "2020-08-14 12:00")
    kept = Backup(sandbox, tmp_path)
    sandbox.run("2020-08-14 12:00", "2020-08-17 10:00")
    kept.restore("2020-08-17 10:05")
    sandbox.messenger.history = NoHistory("missing_scope")
    settle(sandbox, "2020-08-17 10:05")
    assert sandbox.messages()[0].state is MessageState.UNCERTAIN
    assert [one.headline for one in sandbox.messenger.posts[1:]] == []


def test_a_database_whose_plan_was_moved_says_where_to(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    with sandbox.database.read(ALL) as session:
        check_not_moved(session, "plan.db")
    with sandbox.database.write(workspace=ALL) as session:
        session.execute(update(Workspace).values(moved_to="postgresql://host/cypp"))
    with (
        sandbox.database.read(ALL) as session,
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
    sandbox = World(tmp_path, plan)
    sandbox.messenger.script = [answers(Later(3 * 86_400))]
    sandbox.run("2020-08-10 00:00", "2020-08-14 17:00")
    assert sandbox.states() == [MessageState.LATER]
    sandbox.instant.pass_(3 * 86_400)
    sandbox.run("2020-08-17 09:30", "2020-08-21 17:00")
    (bundle,) = sandbox.messenger.posts
    assert sorted(bundle.refs) == ["healthy-5", "healthy-6"]
    assert [notification.state for notification in sandbox.notifications(kind="update")] == [NotificationState.SENT] * 2
