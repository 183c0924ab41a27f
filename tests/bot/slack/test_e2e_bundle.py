"""The bundle a lead gets: each of its buttons and forms, who gets it, how it changes in place, what it refuses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from handlers.press_codec import OnAction
from models.enums import AnswerKind, Status, Way
from models.files.import_plan import store_plan
from models.plan.accounts import AccountSeen
from models.plan.directory_rows import remember
from models.storage.history_tables import Snooze
from models.storage.scope import ALL
from models.storage.tables import Action, Appointment, Board, Meeting, Person
from models.storage.workspaces import ensure_workspace
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ACTIVE,
    ACTIVE_DEPUTY,
    ADMIN,
    ANALYST,
    CHAIR,
    CHANNEL,
    EDUCATION,
    GUEST,
    HEALTH,
    MEMBER,
    NOTHING_SHOWN,
    SECRETARY,
    STRANGER,
    OpenAt,
    action,
    as_plan,
    bundle_of,
    entries,
    example,
    forge,
    labels,
    line_of,
    meeting_on,
    message_with,
    planted,
    read,
    stored,
    when,
    with_busy_lead,
    writer,
)
from tests.local_slack import Sandbox, open_sandbox

SIX = ["On track", "Some issues…", "No change", "Done…", "Not ours", "Snooze"]
PUBLIC_HEALTH = "Public Health Lead for Children, Sefton Council"


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


# -- what it shows


def test_a_bundle_shows_each_action_with_last_words_and_its_six_buttons(asked: Sandbox) -> None:
    message = bundle_of(asked, HEALTH)
    assert read(message).startswith("2 actions of yours need an update by Tue 1 Sep 2020.")
    for ref in ("healthy-4", "healthy-9"):
        row = line_of(message, ref)
        assert all(f"[{label}]" in row for label in SIX)
    assert "“The officer for this was moved to the pandemic response in April” Wed 8 Jul" in line_of(
        message, "healthy-9"
    )
    assert "updates due Tue 1 Sep 2020" in read(message)
    assert "Freedom of Information" in read(message)


def test_the_lead_and_the_contact_officer_are_asked_the_same(asked: Sandbox) -> None:
    assert read(bundle_of(asked, HEALTH)) == read(bundle_of(asked, ANALYST))


def test_more_than_eight_actions_are_behind_a_button_that_shows_them_with_their_buttons(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 9), plan=as_plan(with_busy_lead(example(), 11)))
    sandbox.advance(when(8, 17, 9, 30))
    message = bundle_of(sandbox, "U0BUSYLEA")
    assert read(message).startswith("11 actions of yours need an update")
    assert labels(message).count("On track") == 8
    assert labels(message)[-1] == "and 3 more"
    more = sandbox.press_in("U0BUSYLEA", message, "and 3 more").message
    assert more.ephemeral_to == "U0BUSYLEA"
    assert read(more).startswith("3 more actions.")
    assert labels(more).count("On track") == 3
    button = [one for one in more.buttons() if one.text == "On track"][-1]
    sandbox.workspace.press("U0BUSYLEA", more, action_id=button.action_id, settle=0.1)
    assert entries(sandbox, "busy-11")[0].status is Status.ON_TRACK


def test_the_actions_behind_the_button_are_shown_to_nobody_else(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 9), plan=as_plan(with_busy_lead(example(), 11)))
    sandbox.advance(when(8, 17, 9, 30))
    button = next(one for one in bundle_of(sandbox, "U0BUSYLEA").buttons() if one.text == "and 3 more")
    shown = read(forge(sandbox, EDUCATION, "more", button.value or ""))
    assert "Nothing more is asked of you just now." in shown
    assert "busy-" not in shown


def test_a_deputy_is_asked_alone_within_the_dates(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 24, 9))
    sandbox.advance(when(8, 26, 9, 30))
    assert "happy-6" in read(bundle_of(sandbox, ACTIVE_DEPUTY))
    assert [one for one in sandbox.workspace.dm(ACTIVE) if one.metadata] == []


def test_the_deputys_answer_stands_in_the_leads_earlier_bundle_too(asked: Sandbox) -> None:
    asked.advance(when(8, 26, 9, 30))
    asked.press(ACTIVE_DEPUTY, "happy-6", "On track")
    for user in (ACTIVE, ACTIVE_DEPUTY):
        assert "Answered by Deputy for Active Sefton Manager, Sefton Council on Wed 26 Aug 2020" in read(
            bundle_of(asked, user)
        )


def test_the_last_call_says_what_the_papers_will_say(open_at: OpenAt) -> None:
    sandbox = open_at(when(9, 1, 9))
    sandbox.advance(when(9, 1, 9, 30))
    shown = read(bundle_of(sandbox, HEALTH))
    assert shown.startswith("Last call: 2 actions of yours, updates due today, Tue 1 Sep 2020.")
    assert "Without an answer the papers will say “no update received”." in shown
    assert "[Snooze]" not in shown


# -- its buttons


@pytest.mark.parametrize("user", [HEALTH, ANALYST])
def test_on_track_is_recorded_at_once(asked: Sandbox, user: str) -> None:
    answer = asked.press(user, "healthy-4", "On track")
    receipt = answer.messages[0]
    assert read(receipt).startswith("Recorded for healthy-4: on track.")
    assert receipt.ephemeral_to is None, "what one person alone is shown is gone after a reload"
    (entry,) = entries(asked, "healthy-4")
    assert (entry.kind, entry.status, entry.way) == (AnswerKind.UPDATE, Status.ON_TRACK, Way.BUTTON)
    assert writer(asked, entry) == user
    assert action(asked, "healthy-4").status is Status.ON_TRACK


def test_an_answered_line_changes_in_place_for_the_lead_and_the_contact_officer(asked: Sandbox) -> None:
    before = {user: bundle_of(asked, user).ts for user in (HEALTH, ANALYST)}
    asked.clock.move(when(8, 18))
    asked.press(ANALYST, "healthy-4", "On track")
    for user in (HEALTH, ANALYST):
        message = bundle_of(asked, user)
        assert message.ts == before[user]
        row = line_of(message, "healthy-4")
        assert f"Answered by Contact officer for {PUBLIC_HEALTH} on Tue 18 Aug 2020: on track." in row
        assert "[On track]" not in row
        assert "[On track]" in line_of(message, "healthy-9")
        assert read(message).startswith("1 action of yours needs an update by Tue 1 Sep 2020.")


def test_a_bundle_whose_every_action_is_answered_says_thank_you_and_has_no_buttons(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "On track")
    asked.press(HEALTH, "healthy-9", "No change")
    message = bundle_of(asked, HEALTH)
    assert read(message).startswith("Thank you: everything asked here is answered.")
    assert message.buttons() == []


def test_no_change_keeps_the_status_and_says_so(asked: Sandbox) -> None:
    assert "no change, still off track" in read(asked.press(HEALTH, "healthy-9", "No change"))
    (entry,) = entries(asked, "healthy-9")
    assert (entry.kind, entry.status) == (AnswerKind.NO_CHANGE, None)
    assert action(asked, "healthy-9").status is Status.OFF_TRACK


def test_some_issues_opens_a_form_that_wants_a_reason(asked: Sandbox) -> None:
    before = stored(asked)
    asked.press(HEALTH, "healthy-4", "Some issues…")
    view = asked.workspace.view(HEALTH)
    assert view is not None
    assert view.title == "Update healthy-4"
    assert "Make locality profiles" in view.plain(10_000)
    assert stored(asked) == before
    empty = asked.submit(HEALTH, {"words": "   "})
    assert "needs a reason" in empty.errors["words"]
    assert not empty.closed
    assert stored(asked) == before
    done = asked.submit(HEALTH, {"status": "off track", "words": "The data never came"})
    assert done.closed
    assert "Recorded for healthy-4: off track." in read(done)
    (entry,) = entries(asked, "healthy-4")
    assert (entry.status, entry.words, entry.way) == (Status.OFF_TRACK, "The data never came", Way.FORM)


def test_a_form_put_away_records_nothing_and_opens_again(asked: Sandbox) -> None:
    before = stored(asked)
    asked.press(HEALTH, "healthy-4", "Some issues…")
    view = asked.workspace.view(HEALTH)
    assert view is not None
    asked.workspace.close_view(HEALTH, view)
    assert stored(asked) == before
    asked.press(HEALTH, "healthy-4", "Some issues…")
    assert asked.workspace.view(HEALTH) is not None


def test_done_asks_for_evidence_and_proposes_closure(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "Done…")
    done = asked.submit(HEALTH, {"words": "https://example.org/profiles"})
    assert "proposed for closure" in read(done)
    assert action(asked, "healthy-4").status is Status.PROPOSED
    assert action(asked, "healthy-4").rating is Status.SOME_ISSUES
    assert "proposed for closure" in line_of(bundle_of(asked, ANALYST), "healthy-4")
    asked.advance(when(8, 26, 9, 30))
    assert "healthy-4" not in read(bundle_of(asked, HEALTH)), "what awaits the board is not asked about"


def test_not_ours_ends_the_asking_and_the_secretary_may_assign(asked: Sandbox) -> None:
    asked.press(EDUCATION, "healthy-8", "Not ours")
    done = asked.submit(EDUCATION, {"words": "Careers service, I think"})
    assert "not yours. You will not be asked again, and the secretary has been told" in read(done)
    assert action(asked, "healthy-8").lead_in_question
    told = message_with(asked, SECRETARY, "healthy-8: Head of Education, Sefton Council says it is not theirs.")
    assert "“Careers service, I think”" in read(told)
    assert labels(told) == ["Assign…", "Leave"]
    assert "Left as it is" in read(asked.press_in(SECRETARY, told, "Leave"))
    assert action(asked, "healthy-8").lead_in_question
    asked.press_in(SECRETARY, told, "Assign…")
    answer = asked.submit(SECRETARY, {"post": "Communications Manager, Sefton Council"})
    assert "healthy-8 is led by Communications Manager, Sefton Council now." in read(answer)
    assert "Before: Head of Education, Sefton Council." in read(answer)
    assert not action(asked, "healthy-8").lead_in_question
    assert [entry.kind for entry in entries(asked, "healthy-8")] == [AnswerKind.NOT_OURS, AnswerKind.ASSIGNED]
    asked.advance(when(8, 26, 9, 30))
    assert "healthy-8" in read(bundle_of(asked, "U0COMMSMG"))
    assert "healthy-8" not in read(bundle_of(asked, EDUCATION))


def test_a_lead_in_question_is_not_asked_again(asked: Sandbox) -> None:
    asked.press(EDUCATION, "healthy-8", "Not ours")
    asked.submit(EDUCATION, {})
    asked.advance(when(8, 26, 9, 30))
    assert "healthy-8" not in read(bundle_of(asked, EDUCATION))
    asked.advance(when(9, 2, 9, 30))
    told = read(message_with(asked, SECRETARY, "no update received on"))
    assert "Leads in question (1)" in told
    assert "Head of Education, Sefton Council (in question)" in told


def test_a_snoozed_action_is_asked_again_two_working_days_later_at_half_past_nine(asked: Sandbox) -> None:
    asked.clock.move(when(8, 20, 15))
    first = bundle_of(asked, HEALTH).ts
    answer = asked.press(HEALTH, "healthy-4", "Snooze")
    assert "you will be asked again on Mon 24 Aug 2020." in read(answer)
    asked.advance(when(8, 24, 9, 29))
    assert bundle_of(asked, HEALTH).ts == first
    asked.advance(when(8, 24, 9, 30))
    again = bundle_of(asked, HEALTH)
    assert again.ts != first
    assert "healthy-4" in read(again)
    assert "healthy-9" not in read(again)
    assert "You asked to be reminded about now." in read(again)
    assert bundle_of(asked, ANALYST).ts < again.ts, "only the one who snoozed is asked again"


def test_a_snooze_is_asked_for_twice_and_kept_once(asked: Sandbox) -> None:
    message, action_id, value = asked.find_button(HEALTH, "healthy-4", "Snooze")
    for _ in range(2):
        asked.workspace.press(HEALTH, message, action_id=action_id, value=value, settle=0.1)
    with asked.database.read(ALL) as session:
        assert session.query(Snooze).count() == 1


def test_snooze_is_not_offered_and_not_taken_where_updates_are_due_too_soon(asked: Sandbox) -> None:
    old, action_id, value = asked.find_button(HEALTH, "healthy-4", "Snooze")
    asked.advance(when(8, 31, 9, 30))
    answer = asked.workspace.press(HEALTH, old, action_id=action_id, value=value, stale=True, settle=0.1)
    assert "Updates are due Tue 1 Sep 2020, too soon to put healthy-4 off" in read(answer)
    assert stored(asked)["snooze"] == []


# -- what it refuses


REFUSED = "healthy-4 is led by Public Health Lead for Children, Sefton Council, so nothing was "
PRESSES = ["ontrack", "nochange", "issues", "done", "notours", "snooze"]
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
    assert "That button is not known any more" in read(answer)
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
    asked.command(SECRETARY, "close healthy-4")
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
    asked.command(SECRETARY, "close healthy-4")
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
