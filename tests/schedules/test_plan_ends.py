"""A plan that ends is asked about no more; what the next one carries on is asked about under its new ref."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.enums import AtPlanEnd, Way
from models.files.next_plan import Going, store_next
from models.files.planfile import read_plan
from models.plan.plan_ends import EndDecision, end_plan, open_wholes
from models.records.history import Signed
from tests.schedules.outboxes import world
from tests.schedules.plans import WORKSPACE, a_plan, action, board, post
from tests.schedules.world import World

pytestmark = pytest.mark.usefixtures("on_both")

BOARDS = [board("partnership", "2020-09-16", "2020-12-08", chair="chair")]
PLAN = a_plan(
    boards=BOARDS,
    posts=[post("chair")],
    actions=[action("healthy-5", due="2020-09-16"), action("healthy-6", due="2020-09-16")],
)
NEXT = a_plan(boards=BOARDS, posts=[post("chair")], actions=[action("healthy-1", due="2020-09-16")])


def change_over(sandbox: World, at: datetime, *, follows: bool) -> None:
    """The plan ends: healthy-5 is closed, healthy-6 goes on as healthy-1 of the next where that comes in."""
    signed = Signed(None, None, "command line", Way.COMMAND_LINE, at)
    with sandbox.database.write(workspace=WORKSPACE) as session:
        first, second = open_wholes(session)
        decided = {
            first.id: EndDecision(AtPlanEnd.CLOSED, "overtaken"),
            second.id: EndDecision(AtPlanEnd.CARRIED),
        }
        ended = end_plan(session, at.date(), decided, signed)
        if follows:
            file = read_plan(NEXT.encode(), "next.yaml")
            head = file.plan.model_copy(update={"name": "The next", "starts": at.date(), "ends": date(2030, 3, 31)})
            going = [Going(second.id, decided[second.id], "healthy-1")]
            store_next(session, WORKSPACE, ended, file.model_copy(update={"plan": head}), going, "next.yaml", signed)


def test_what_was_sent_for_an_ended_plan_is_put_right_and_nothing_more_is_sent(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    asked = [one.page for one in sandbox.tick("2020-08-17 09:30")]
    assert asked, "the request"
    change_over(sandbox, datetime(2020, 8, 18, 9, tzinfo=UTC), follows=False)
    for now in ("2020-08-18 10:30", "2020-08-26 09:30", "2020-09-01 09:30", "2020-09-02 09:30", "2020-09-08 16:00"):
        assert [one.page["headline"] for one in sandbox.tick(now)] == [], now
    assert [one.page["headline"] for one in sandbox.tick("2020-09-17 09:30")] == []


def test_what_goes_on_is_asked_about_by_its_new_ref(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    sandbox.tick("2020-08-17 09:30")
    change_over(sandbox, datetime(2020, 8, 18, 9, tzinfo=UTC), follows=True)
    sandbox.tick("2020-08-18 10:30")
    said = [str(one.page) for one in sandbox.tick("2020-08-26 09:30") + sandbox.tick("2020-09-01 09:30")]
    assert any("healthy-1" in one for one in said)
    assert not any("healthy-5" in one or "healthy-6" in one for one in said)
