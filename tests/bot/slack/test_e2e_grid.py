"""Enterprise Grid: a member of this workspace whose home is another, as payloads, events and the directory name them.

A slash command carries the app's workspace, a press the member's own, an event an organisation's id (bolt-js#1875).
"""

from __future__ import annotations

import pytest

from bot.slack.directory import account_seen
from tests.bot.slack.e2e import (
    CHANNEL,
    EDUCATION,
    NOTHING_SHOWN,
    OpenAt,
    Pristine,
    bundle_of,
    entries,
    forge,
    read,
    when,
)
from tests.bot.slack.test_e2e_directory import account, looks, person
from tests.local_slack import Sandbox

HOME, GRID = "T0TRUST", "E0COUNCIL"
MEMBER, ELSEWHERE, PARTNER = "W0GRID", "U0ELSEWHERE", "U0PARTNER"


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    """The head of education, and a member, have their home in another workspace of the organisation."""
    sandbox = open_for_all(when(8, 17, 9))
    workspace = sandbox.workspace
    both = {"team_id": HOME, "enterprise_id": GRID, "teams": (HOME, "T0DEMO")}
    workspace.change_user(EDUCATION, **both)
    workspace.add_user(MEMBER, "Grid Member", **both)
    workspace.add_user(ELSEWHERE, "Not Here", team_id=HOME, enterprise_id=GRID, teams=(HOME,))
    workspace.add_user(PARTNER, "A Partner", team_id="T0POLICE", is_stranger=True)
    workspace.join(CHANNEL, MEMBER, ELSEWHERE, PARTNER)
    sandbox.advance(when(8, 17, 9, 30))
    return Pristine(sandbox)


def test_a_lead_whose_home_is_another_workspace_presses_types_and_writes(sandbox: Sandbox) -> None:
    message = bundle_of(sandbox, EDUCATION)
    button = next(one for one in message.buttons() if one.text == "On track")
    sandbox.then_tick(sandbox.workspace.press(EDUCATION, message, action_id=button.action_id, settle=0.05))
    assert "Recorded for healthy-5" in read(sandbox.command(EDUCATION, "update healthy-5 on track, by command"))
    assert "Recorded for healthy-5" in read(sandbox.say(EDUCATION, "healthy-5 on track, by message"))
    assert [entry.words for entry in entries(sandbox, "healthy-5")] == ["", "by command", "by message"]
    assert person(sandbox, "head.education@example.org").slack_team == "T0DEMO"


def test_button_and_command_of_a_member_agree(sandbox: Sandbox) -> None:
    by_command = read(sandbox.command(MEMBER, "status priority 7"))
    assert by_command.startswith("Priority 7")
    assert read(forge(sandbox, MEMBER, "ask", "status p7", CHANNEL).messages[-1]).startswith("Priority 7")
    assert looks(sandbox, MEMBER) == 1


@pytest.mark.parametrize("team", [GRID, HOME, "T0DEMO"])
def test_a_message_that_names_any_of_their_teams_is_theirs(sandbox: Sandbox, team: str) -> None:
    sandbox.workspace.event_team = team
    answer = read(sandbox.say(MEMBER, "status priority 7"))
    sandbox.workspace.event_team = ""
    assert answer.startswith("Priority 7")


@pytest.mark.parametrize("user", [ELSEWHERE, PARTNER])
def test_who_is_no_member_of_this_workspace_stays_a_stranger_by_every_way(sandbox: Sandbox, user: str) -> None:
    assert read(forge(sandbox, user, "ask", "status p7", CHANNEL).messages[-1]).startswith(NOTHING_SHOWN)
    assert read(sandbox.say(user, "status priority 7")).startswith(NOTHING_SHOWN)
    seen = account(sandbox, user)
    assert seen is not None
    assert seen.team != "T0DEMO"


def test_one_who_leaves_this_workspace_and_stays_in_the_organisation_is_a_stranger(sandbox: Sandbox) -> None:
    assert read(sandbox.command(MEMBER, "status priority 7")).startswith("Priority 7")
    sandbox.workspace.change_user(MEMBER, teams=(HOME,))
    assert read(forge(sandbox, MEMBER, "ask", "status p7", CHANNEL).messages[-1]).startswith(NOTHING_SHOWN)
    sandbox.workspace.change_user(MEMBER, teams=(HOME, "T0DEMO"))


MEMBERS = [
    ({"team_id": "T0DEMO"}, "T0DEMO"),
    ({}, "T0DEMO"),
    ({"team_id": HOME, "enterprise_user": {"enterprise_id": GRID, "teams": [HOME, "T0DEMO"]}}, "T0DEMO"),
    ({"team_id": GRID, "enterprise_user": {"enterprise_id": GRID, "teams": ["T0DEMO"]}}, "T0DEMO"),
]
OTHERS = [
    ({"team_id": HOME}, HOME),
    ({"team_id": HOME, "enterprise_user": {"enterprise_id": GRID, "teams": [HOME]}}, HOME),
    ({"team_id": HOME, "enterprise_user": {"enterprise_id": GRID, "teams": ["T0DEMO2", "t0demo"]}}, HOME),
    ({"team_id": HOME, "enterprise_user": None}, HOME),
    ({"team_id": HOME, "enterprise_user": {"enterprise_id": GRID}}, HOME),
    ({"team_id": "T0DEMO", "is_stranger": True}, "T0DEMO?"),
    ({"team_id": HOME, "is_stranger": True, "enterprise_user": {"teams": ["T0DEMO"]}}, "T0TRUST"),
]


@pytest.mark.parametrize(("user", "team"), MEMBERS + OTHERS)
def test_whose_account_it_is(user: dict[str, object], team: str) -> None:
    assert account_seen({"id": "U0X", **user}, "T0DEMO").team == team
