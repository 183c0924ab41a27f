"""A plan that ends is asked about no more; what the next one carries on is asked about under its new ref."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.notices import plan_notices
from handlers.notifications.plan_end_notices import end_undone_notices, plan_end_notices
from models.enums import AtPlanEnd, Way
from models.files.next_plan import Going, store_next
from models.files.planfile import read_plan
from models.plan.accounts import Actor, Membership, Roles
from models.plan.plan_ends import EndDecision, end_fates, end_plan, ended_plans, open_wholes, undo_end
from models.records.history import Signed
from tests.schedules.messenger import Posted
from tests.schedules.outboxes import world
from tests.schedules.plans import WORKSPACE, a_plan, action, board, local, post
from tests.schedules.world import World, to

pytestmark = pytest.mark.usefixtures("on_both")

NOBODY = Roles(Actor("", ""), Membership.MEMBER)
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


def ended(sandbox: World, at: str, decisions: dict[str, EndDecision]) -> None:
    """The plan ends, and those who lead what was open are to be told."""
    with sandbox.database.write(workspace=WORKSPACE) as session:
        signed = Signed(None, None, "command line", Way.COMMAND_LINE, local(at))
        rows = open_wholes(session)
        over = end_plan(session, local(at).date(), {row.id: decisions[row.ref] for row in rows}, signed)
        ctx = RequestContext(session, WORKSPACE, NOBODY, local(at), Way.COMMAND_LINE, registry=REGISTRY)
        plan_notices(ctx, plan_end_notices(ctx, over, later=False))


def followed(sandbox: World, at: str, going: dict[str, str]) -> None:
    """The next plan comes in, after the other had ended."""
    with sandbox.database.write(workspace=WORKSPACE) as session:
        signed = Signed(None, None, "command line", Way.COMMAND_LINE, local(at))
        over = ended_plans(session)[0]
        file = read_plan(NEXT.encode(), "next.yaml")
        head = file.plan.model_copy(update={"name": "The next", "starts": local(at).date(), "ends": date(2030, 3, 31)})
        goes_on = [
            Going(action.id, fate.decision, going[action.ref])
            for action, fate in end_fates(session, over.id)
            if action.ref in going
        ]
        store_next(session, WORKSPACE, over, file.model_copy(update={"plan": head}), goes_on, "next.yaml", signed)
        ctx = RequestContext(session, WORKSPACE, NOBODY, local(at), Way.COMMAND_LINE, registry=REGISTRY)
        plan_notices(ctx, plan_end_notices(ctx, over, later=True))


DECIDED = {
    "healthy-5": EndDecision(AtPlanEnd.CLOSED, "overtaken"),
    "healthy-6": EndDecision(AtPlanEnd.CARRIED),
}
TOLD = "ended on Tue 18 Aug 2020: what becomes of "


def told(posts: list[Posted]) -> list[tuple[str, str, list[str]]]:
    return [(f"{one.now:%d %b %H:%M}", one.address, one.page["texts"]) for one in posts if TOLD in one.page["headline"]]


def test_each_lead_is_told_once_in_working_hours_what_became_of_their_actions(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    ended(sandbox, "2020-08-18 20:00", DECIDED)
    posts = [one for now in ("18 20:00", "19 09:30", "20 09:30", "28 09:30") for one in sandbox.tick(f"2020-08-{now}")]
    assert told(posts) == [
        (
            "19 Aug 08:30",
            to("lead"),
            [
                "healthy-6 (Do healthy-6): the next plan is to carry it on.",
                "healthy-5 (Do healthy-5): it was closed then, because “overtaken”.",
            ],
        )
    ]


def test_where_the_next_plan_comes_in_first_the_one_message_says_as_what_it_goes_on(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    ended(sandbox, "2020-08-18 20:00", DECIDED)
    followed(sandbox, "2020-08-18 21:00", {"healthy-6": "healthy-1"})
    ((_, _, texts),) = told(sandbox.run("2020-08-18 21:00", "2020-09-20 10:00"))
    assert [one.partition("): ")[2] for one in texts] == [
        "it goes on as healthy-1 of The next.",
        "it was closed then, because “overtaken”.",
    ]


def test_where_it_comes_in_later_what_goes_on_is_told_then(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    ended(sandbox, "2020-08-18 10:00", DECIDED)
    first = told(sandbox.run("2020-08-18 10:00", "2020-08-20 10:00"))
    followed(sandbox, "2020-08-20 11:00", {"healthy-6": "healthy-1"})
    ((_, _, texts),) = told(sandbox.run("2020-08-20 11:00", "2020-09-20 10:00"))
    assert (len(first), len(first[0][2])) == (1, 2)
    assert [one.partition("): ")[2] for one in texts] == ["it goes on as healthy-1 of The next."]


def test_an_end_that_was_taken_back_before_it_was_told_is_not_told(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    ended(sandbox, "2020-08-18 20:00", DECIDED)
    with sandbox.database.write(workspace=WORKSPACE) as session:
        undo_end(session, Signed(None, None, "command line", Way.COMMAND_LINE, local("2020-08-18 21:00")))
    assert told(sandbox.run("2020-08-18 21:00", "2020-08-25 10:00")) == []
    ended(sandbox, "2020-08-25 11:00", DECIDED)
    assert "what becomes of 2 actions" in sandbox.tick("2020-08-25 11:01")[0].headline


def taken_back(sandbox: World, at: str) -> None:
    """The end is taken back, and those who were told of it are to be told."""
    with sandbox.database.write(workspace=WORKSPACE) as session:
        over = undo_end(session, Signed(None, None, "command line", Way.COMMAND_LINE, local(at)))
        assert over is not None
        ctx = RequestContext(session, WORKSPACE, NOBODY, local(at), Way.COMMAND_LINE, registry=REGISTRY)
        plan_notices(ctx, end_undone_notices(ctx, over))


def again(posts: list[Posted]) -> list[tuple[str, str]]:
    return [(f"{one.now:%d %b %H:%M}", one.address) for one in posts if "runs again" in one.page["headline"]]


def test_whoever_was_told_of_an_end_is_told_once_that_it_was_taken_back(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    ended(sandbox, "2020-08-18 10:00", DECIDED)
    assert len(told(sandbox.run("2020-08-18 10:00", "2020-08-18 12:00"))) == 1
    taken_back(sandbox, "2020-08-18 20:00")
    posts = sandbox.run("2020-08-18 20:00", "2020-08-24 10:00")
    assert again(posts) == [("19 Aug 08:30", to("lead"))]
    (page,) = [one.page for one in posts if "runs again" in one.page["headline"]]
    assert page["headline"].endswith(" runs again: that it ended was taken back.")


def test_an_end_that_nobody_was_told_of_is_taken_back_without_a_word(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    ended(sandbox, "2020-08-18 20:00", DECIDED)
    taken_back(sandbox, "2020-08-18 21:00")
    posts = sandbox.run("2020-08-18 21:00", "2020-08-24 10:00")
    assert (told(posts), again(posts)) == ([], [])


def test_a_plan_that_ends_again_on_the_same_day_is_told_again(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    ended(sandbox, "2020-08-18 10:00", DECIDED)
    assert len(told(sandbox.run("2020-08-18 10:00", "2020-08-18 11:00"))) == 1
    taken_back(sandbox, "2020-08-18 12:00")
    ended(sandbox, "2020-08-18 12:30", dict.fromkeys(DECIDED, EndDecision(AtPlanEnd.CARRIED)))
    posts = sandbox.run("2020-08-18 12:30", "2020-08-22 10:00")
    ((at, address, texts),) = told(posts)
    assert (at, address, again(posts)) == ("19 Aug 08:30", to("lead"), [])
    assert [one.partition("): ")[2] for one in texts] == ["the next plan is to carry it on."] * 2


def test_nobody_is_told_of_a_board_that_was_never_started(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN, started=None)
    ended(sandbox, "2020-08-18 10:00", DECIDED)
    assert told(sandbox.run("2020-08-18 10:00", "2020-09-20 10:00")) == []
