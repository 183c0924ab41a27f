"""What the buttons of a bundle refuse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from handlers.press_codec import OnAction
from models.files.import_plan import store_plan
from models.plan.accounts import AccountSeen
from models.plan.directory_rows import remember
from models.storage.scope import ALL
from models.storage.tables import Action, Appointment, Board, Meeting, Person
from models.storage.workspaces import ensure_workspace
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ADMIN,
    CHAIR,
    CHANNEL,
    EDUCATION,
    GUEST,
    HEALTH,
    MEMBER,
    NOTHING_SHOWN,
    SECRETARY,
    STRANGER,
    action,
    as_plan,
    bundle_of,
    entries,
    example,
    forge,
    line_of,
    meeting_on,
    planted,
    read,
    stored,
    when,
)
from tests.local_slack import Sandbox, open_sandbox


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Where nothing ever changes: for what is refused."""
    sandbox = open_sandbox(tmp_path_factory.mktemp("quiet") / "plan.db", when(8, 17, 9), burst=10_000)
    add_others(sandbox)
    sandbox.advance(when(8, 17, 9, 30))
    yield sandbox
    sandbox.close()


def value_of(sandbox: Sandbox, ref: str, month: int = 9, day: int = 16) -> str:
    """The value of a button under an action."""
    return f"{action(sandbox, ref).id}|{meeting_on(sandbox, month, day).id}"


# -- what it refuses


REFUSED = "healthy-4 is led by Public Health Lead for Children, Sefton Council, so nothing was "
PRESSES = ["ontrack", "nochange", "issues", "offtrack", "done", "notours", "otheranswer", "snooze"]
DECISIONS = ["closed", "nodecision", "carried", "notagreed", "outcome", "assign"]


@pytest.mark.parametrize("verb", PRESSES)
@pytest.mark.parametrize("user", [EDUCATION, MEMBER, CHAIR])
def test_a_forged_button_for_somebody_elses_action_changes_nothing(quiet: Sandbox, user: str, verb: str) -> None:
    before = stored(quiet)
    answer = forge(quiet, user, verb, value_of(quiet, "healthy-4"))
    assert REFUSED in read(answer)
    assert stored(quiet) == before
    assert quiet.workspace.view(user) is None


@pytest.mark.parametrize("verb", DECISIONS)
@pytest.mark.parametrize("user", [HEALTH, EDUCATION])
def test_a_forged_decision_changes_nothing(quiet: Sandbox, user: str, verb: str) -> None:
    before = stored(quiet)
    answer = forge(quiet, user, verb, value_of(quiet, "healthy-4"))
    assert "healthy-4" in read(answer)
    assert "the board’s secretary" in read(answer)
    assert stored(quiet) == before
    assert quiet.workspace.view(user) is None


@pytest.mark.parametrize("verb", [*PRESSES, *DECISIONS, "leave", "more", "record", "undo", "share", "ask", "notupdate"])
@pytest.mark.parametrize("user", [GUEST, STRANGER])
def test_a_guest_or_a_partners_member_learns_nothing_from_a_forged_button(quiet: Sandbox, user: str, verb: str) -> None:
    before = stored(quiet)
    value = {"share": "0|status healthy-4", "ask": "status healthy-4"}.get(verb, value_of(quiet, "healthy-4"))
    answer = forge(quiet, user, verb, value, CHANNEL)
    assert read(answer.messages[-1]).startswith(NOTHING_SHOWN)
    assert stored(quiet) == before


@pytest.mark.parametrize(
    "value",
    ["|", "-1|3", "99999999999999999999999|1", "²|1", "x" * 1900],
)
@pytest.mark.parametrize(
    "verb", ["ontrack", "done", "closed", "record", "more", "undo", "recorded", "publish", "replan"]
)
def test_a_button_with_a_value_of_nothing_is_refused_in_words(quiet: Sandbox, verb: str, value: str) -> None:
    before = stored(quiet)
    answer = forge(quiet, SECRETARY, verb, value)
    assert answer.error is None
    assert read(answer)
    assert "Something went wrong" not in read(answer)
    assert stored(quiet) == before


@pytest.mark.parametrize("verb", ["", "fly", "ontrack:ontrack", "__class__", "x" * 200])
def test_a_verb_nobody_knows_changes_nothing(quiet: Sandbox, verb: str) -> None:
    before = stored(quiet)
    answer = forge(quiet, HEALTH, verb, value_of(quiet, "healthy-4"))
    assert "That button does not work any more" in read(answer)
    assert stored(quiet) == before


def test_a_button_of_another_workspaces_action_is_refused(asked: Sandbox) -> None:
    with asked.database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0OTHER", asked.clock(), is_demo=True)
    with asked.database.write(workspace="T0OTHER") as session:
        store_plan(session, "T0OTHER", as_plan(example()), asked.clock())
        remember(session, "T0OTHER", [AccountSeen("T0OTHER", "U0OTHER")], asked.clock())
    with asked.database.read(ALL) as session:
        theirs = session.scalars(
            select(Action).where(Action.workspace_id == "T0OTHER", Action.ref == "healthy-4")
        ).one()
        meeting = session.scalars(select(Meeting).where(Meeting.workspace_id == "T0OTHER")).first()
        board = session.scalars(select(Board).where(Board.workspace_id == "T0OTHER")).first()
        assert meeting is not None
        assert board is not None
    before = stored(asked)
    for verb in ("ontrack", "nochange", "done", "notours", "closed", "carried", "outcome", "assign", "snooze", "leave"):
        answer = forge(asked, ADMIN, verb, f"{theirs.id}|{meeting.id}")
        assert "its action is not in this plan any more" in read(answer), verb
    assert "not in this plan" in read(forge(asked, ADMIN, "record", f"{theirs.id}|on track|all well"))
    assert "not in this plan" in read(forge(asked, ADMIN, "recorded", str(meeting.id)))
    assert "not in this plan" in read(forge(asked, ADMIN, "publish", str(board.id)))
    assert stored(asked) == before


def test_an_action_of_ones_own_with_a_meeting_of_another_board_is_still_one_answer(asked: Sandbox) -> None:
    other = meeting_on(asked, 9, 9).id
    forge(asked, HEALTH, "ontrack", f"{action(asked, 'healthy-4').id}|{other}")
    assert len(entries(asked, "healthy-4")) == 1


def test_an_old_button_of_a_closed_action_is_refused(asked: Sandbox) -> None:
    message, action_id, value = asked.find_button(HEALTH, "healthy-4", "On track")
    asked.command(SECRETARY, "close healthy-4 minute 4")
    before = stored(asked)
    assert "Complete: no update is wanted any more." in line_of(bundle_of(asked, HEALTH), "healthy-4")
    answer = asked.workspace.press(HEALTH, message, action_id=action_id, value=value, stale=True, settle=0.1)
    assert "healthy-4 is complete: closed by the board, so nothing was recorded" in read(answer)
    assert stored(asked) == before


def test_a_lead_who_left_the_post_cannot_use_yesterdays_button(asked: Sandbox) -> None:
    message, action_id, value = asked.find_button(EDUCATION, "healthy-5", "On track")
    with asked.database.write(workspace=ALL) as session:
        person = session.query(Person).filter_by(slack_user=EDUCATION).one()
        session.query(Appointment).filter_by(person_id=person.id).update({"last_day": when(8, 16).date()})
    before = stored(asked)
    answer = asked.workspace.press(EDUCATION, message, action_id=action_id, value=value, settle=0.1)
    assert "healthy-5 is led by Head of Education, Sefton Council, so nothing was recorded" in read(answer)
    assert stored(asked) == before


def test_a_form_sent_after_the_action_was_closed_gives_the_words_back(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "Some issues…")
    asked.command(SECRETARY, "close healthy-4 minute 4")
    before = stored(asked)
    result = asked.submit(HEALTH, {"words": "The data never came"})
    assert "so nothing was recorded" in read(result)
    assert "You typed: The data never came" in read(result)
    assert stored(asked) == before


@pytest.mark.breaks_rows
def test_a_form_sent_by_somebody_who_may_no_longer_is_refused(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "Some issues…")
    with asked.database.write(workspace=ALL) as session:
        session.query(Action).filter_by(ref="healthy-4").update({"lead_post_id": None})
    before = stored(asked)
    result = asked.submit(HEALTH, {"words": "The data never came"})
    assert "healthy-4 has no lead yet, so nothing was recorded" in read(result)
    assert stored(asked) == before


def test_the_receipt_of_a_form_reaches_its_writer_where_the_bot_is_no_member(asked: Sandbox) -> None:
    asked.workspace.add_channel("C0ELSE", "somewhere-else", members=[HEALTH], bot_is_member=False)
    mine = asked.workspace.command(HEALTH, "/cypp", "mine", "C0ELSE").message
    wanted = OnAction.decode(value_of(asked, "healthy-4"))
    done = (one for one in mine.buttons() if one.text == "Done…")
    button = next(one for one in done if OnAction.decode(one.value or "").action == wanted.action)
    asked.workspace.press(HEALTH, mine, action_id=button.action_id, settle=0.1)
    result = asked.submit(HEALTH, {"words": "https://example.org/profiles"})
    assert result.closed
    assert "Recorded for healthy-4: proposed for closure" in read(result)


def test_planting_is_how_the_other_buttons_are_pressed_too(asked: Sandbox) -> None:
    """The forged buttons above would work for somebody who may press them."""
    message = planted(asked, HEALTH, "ontrack", value_of(asked, "healthy-4"))
    asked.workspace.press(HEALTH, message, text="Press", settle=0.1)
    assert len(entries(asked, "healthy-4")) == 1
