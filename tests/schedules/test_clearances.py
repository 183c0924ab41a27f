"""Whoever clears a report is told that it was sent, and reminded on the second and the fourth working day after."""

from pathlib import Path

import pytest
from sqlalchemy import select

from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.dispatch import answer_text
from handlers.notices import plan_notices
from handlers.presses import pressed
from handlers.responses import Content, Response
from models.enums import Way
from models.plan.accounts import Actor, Membership, Roles, roles_of_person
from models.storage.tables import Person
from tests.schedules.messenger import Posted
from tests.schedules.outboxes import world
from tests.schedules.plans import WORKSPACE, a_plan, action, board, local, post, slack_id
from tests.schedules.world import World, to

pytestmark = pytest.mark.usefixtures("on_both")

PLAN = a_plan(
    boards=[board("partnership", "2020-09-30", "2020-12-08")],
    posts=[post("treasurer"), post("solicitor", organisation="schools"), post("other")],
    closed=[("2020-09-01", "2020-09-03")],
    actions=[action("healthy-5", due="2020-12-08")],
)
ASKED = "Please clear the report for the Partnership Board of Wed 30 Sep 2020: "
REMINDED = "Not received yet for the report for the Partnership Board of Wed 30 Sep 2020: "


def says(sandbox: World, now: str, words: str, who: str = "") -> Response:
    """The secretary, or somebody who holds a post, types something after `/cypp`."""
    with sandbox.database.write(workspace=WORKSPACE) as session:
        roles = Roles(Actor("", ""), Membership.MEMBER, is_administrator=True)
        if who:
            someone = session.scalars(select(Person).where(Person.slack_user == slack_id(who))).one()
            roles = roles_of_person(session, someone, Actor("", ""), Membership.MEMBER, local(now).date())
        ctx = RequestContext(session, WORKSPACE, roles, local(now), Way.COMMAND, confirmed=True, registry=REGISTRY)
        given = answer_text(ctx, words)
        assert given.done, given
        plan_notices(ctx, given.notices)
        return given


def got(sandbox: World, who: str, since: str, until: str) -> list[tuple[str, str]]:
    """When somebody was written to about a clearance, and of which."""
    found = []
    for one in sandbox.run(since, until):
        for begins, mark in ((ASKED, "asked"), (REMINDED, "reminded")):
            if one.address == to(who) and one.headline.startswith(begins):
                found.append((f"{one.now:%a %d %b %H:%M}", f"{mark} {one.headline.removeprefix(begins)}"))
    return found


def test_it_is_asked_for_and_reminded_on_the_second_and_the_fourth_working_day(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    says(sandbox, "2020-08-20 10:00", "board partnership closed 28/8 to 28/8 because the offices are shut")
    says(sandbox, "2020-08-26 10:00", "clearance 30 Sep finance sent to The treasurer")
    # Fri 28 Aug is a closed day of the board, and Mon 31 Aug a bank holiday.
    assert got(sandbox, "treasurer", "2020-08-26 10:00", "2020-09-20 10:00") == [
        ("Wed 26 Aug 09:00", "asked finance."),
        ("Tue 01 Sep 08:30", "reminded finance."),
        ("Thu 03 Sep 08:30", "reminded finance."),
    ]


def test_closed_dates_of_an_organisation_are_no_working_days(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    says(sandbox, "2020-08-27 10:00", "clearance 30 Sep legal sent to The solicitor")
    found = got(sandbox, "solicitor", "2020-08-27 10:00", "2020-09-20 10:00")
    assert [when for when, _ in found] == ["Thu 27 Aug 09:00", "Fri 04 Sep 08:30", "Tue 08 Sep 08:30"]


@pytest.mark.parametrize("answer", ["cleared FD6114/20", "n/a", "taken back"])
def test_an_answer_ends_the_reminding(tmp_path: Path, answer: str) -> None:
    sandbox = world(tmp_path, PLAN)
    says(sandbox, "2020-08-26 10:00", "clearance 30 Sep finance sent to The treasurer")
    assert len(got(sandbox, "treasurer", "2020-08-26 10:00", "2020-09-01 12:00")) == 2
    says(sandbox, "2020-09-01 13:00", f"clearance 30 Sep finance {answer}")
    assert got(sandbox, "treasurer", "2020-09-01 13:00", "2020-09-20 10:00") == []


def told(sandbox: World, since: str, until: str) -> list[Posted]:
    """What the secretary is told has come back."""
    posts = [one for one in sandbox.run(since, until) if one.address == to("clerk")]
    return [one for one in posts if one.headline.startswith("For the Partnership Board of Wed 30 Sep 2020: ")]


def test_the_secretary_is_told_once_what_a_post_has_cleared(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    says(sandbox, "2020-08-26 10:00", "clearance 30 Sep finance sent to The treasurer")
    sandbox.run("2020-08-26 10:00", "2020-08-26 16:00")
    says(sandbox, "2020-08-26 17:00", "clearance 30 Sep finance cleared FD6114/20", "treasurer")
    (once,) = told(sandbox, "2020-08-26 17:00", "2020-09-20 10:00")
    assert once.headline == (
        "For the Partnership Board of Wed 30 Sep 2020: Finance: The treasurer, The Council, sent Wed 26 Aug 2020. "
        "Cleared Wed 26 Aug 2020, FD6114/20."
    )


def test_what_was_taken_back_or_recorded_by_the_secretary_is_not_told(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    says(sandbox, "2020-08-26 10:00", "clearance 30 Sep finance sent to The treasurer")
    says(sandbox, "2020-08-26 18:00", "clearance 30 Sep finance cleared FD6114/20", "treasurer")
    says(sandbox, "2020-08-26 18:05", "clearance 30 Sep finance sent 26 Aug")
    assert told(sandbox, "2020-08-26 18:05", "2020-08-30 10:00") == []
    says(sandbox, "2020-09-01 10:00", "clearance 30 Sep finance cleared FD6114/20")
    assert told(sandbox, "2020-09-01 10:00", "2020-09-20 10:00") == []


def undone(sandbox: World, now: str, given: Response, who: str) -> None:
    """Somebody who holds a post presses *Undo*."""
    assert isinstance(given.content, Content)
    button = given.content.buttons[0]
    with sandbox.database.write(workspace=WORKSPACE) as session:
        someone = session.scalars(select(Person).where(Person.slack_user == slack_id(who))).one()
        roles = roles_of_person(session, someone, Actor("", ""), Membership.MEMBER, local(now).date())
        ctx = RequestContext(session, WORKSPACE, roles, local(now), Way.BUTTON, registry=REGISTRY)
        done = pressed(ctx, button.verb, button.value)
        assert done.done, done
        plan_notices(ctx, done.notices)


def test_an_answer_that_its_post_takes_back_is_told_to_whoever_was_told_of_it(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    says(sandbox, "2020-08-26 10:00", "clearance 30 Sep finance sent to The treasurer")
    cleared = says(sandbox, "2020-08-26 10:10", "clearance 30 Sep finance cleared FD6114/20", "treasurer")
    assert len(told(sandbox, "2020-08-26 10:10", "2020-08-26 12:00")) == 1
    undone(sandbox, "2020-08-26 12:00", cleared, "treasurer")
    (once,) = told(sandbox, "2020-08-26 12:00", "2020-08-28 08:00")
    assert once.headline == (
        "For the Partnership Board of Wed 30 Sep 2020: The treasurer, The Council took it back. Finance: The "
        "treasurer, The Council, sent Wed 26 Aug 2020. Not received."
    )
    again = says(sandbox, "2020-08-28 08:00", "clearance 30 Sep finance cleared FD6114/20", "treasurer")
    undone(sandbox, "2020-08-28 08:05", again, "treasurer")
    assert told(sandbox, "2020-08-28 08:05", "2020-09-20 10:00") == []


def test_what_was_answered_before_the_pass_is_not_asked_for(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    says(sandbox, "2020-08-26 18:00", "clearance 30 Sep finance sent to The treasurer")
    says(sandbox, "2020-08-26 18:05", "clearance 30 Sep finance cleared FD6114/20")
    assert got(sandbox, "treasurer", "2020-08-26 18:05", "2020-09-20 10:00") == []


def test_what_is_recorded_late_is_reminded_of_on_the_days_still_ahead(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    says(sandbox, "2020-09-01 10:00", "clearance 30 Sep finance sent 26 Aug to The treasurer")
    found = got(sandbox, "treasurer", "2020-09-01 10:00", "2020-09-20 10:00")
    assert found == [("Wed 02 Sep 08:30", "reminded finance.")]


def test_another_post_that_is_asked_gets_the_reminders(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    says(sandbox, "2020-08-26 10:00", "clearance 30 Sep finance sent to The treasurer")
    sandbox.run("2020-08-26 10:00", "2020-08-27 10:00")
    says(sandbox, "2020-08-27 10:00", "clearance 30 Sep finance sent 26 Aug to The other")
    posts = sandbox.run("2020-08-27 10:00", "2020-09-20 10:00")
    about = [one.address for one in posts if one.headline.startswith(REMINDED)]
    assert about == [to("other")] * 2


def test_a_board_that_was_not_started_reminds_nobody(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN, started=None)
    says(sandbox, "2020-08-26 10:00", "clearance 30 Sep finance sent to The treasurer")
    assert got(sandbox, "treasurer", "2020-08-26 10:00", "2020-09-20 10:00") == []


def test_a_meeting_that_moves_takes_its_reminders_along_and_repeats_none(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    says(sandbox, "2020-08-26 10:00", "clearance 30 Sep finance sent to The treasurer")
    assert len(got(sandbox, "treasurer", "2020-08-26 10:00", "2020-09-01 12:00")) == 2
    says(sandbox, "2020-09-01 13:00", "meeting move partnership 30 Sep to 7 Oct")
    posts = sandbox.run("2020-09-01 13:00", "2020-09-20 10:00")
    about = [one for one in posts if one.headline.startswith("Not received yet")]
    assert [(f"{one.now:%d %b}", "Wed 7 Oct 2020" in one.headline) for one in about] == [("02 Sep", True)]
    assert "is wanted by Tue 22 Sep 2020." in about[0].page["intro"][0]
