"""The secretary's round: no update received, after the meeting, outcomes, digest, publishing, what leads are told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.demo.workspace import SeenMessage
from models.enums import AnswerKind, OutcomeKind, Status, Way
from tests.bot.slack.e2e import (
    CHAIR,
    COMMISSIONING,
    EDUCATION,
    HEALTH,
    SECRETARY,
    OpenAt,
    action,
    as_plan,
    entries,
    example,
    forge,
    labels,
    line_of,
    meeting_on,
    message_with,
    outcomes,
    read,
    replans,
    stored,
    when,
    with_two_secretaries,
    writer,
)
from tests.local_slack import Sandbox, open_sandbox


def after_message(sandbox: Sandbox, day: str = "Wed 16 Sep 2020") -> SeenMessage:
    """What the secretary was sent after a meeting."""
    return message_with(sandbox, SECRETARY, f"After the meeting of {day}")


# -- no update received


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeenMessage]:
    """What the secretary gets for 23 October, where most were silent: the first of its pages."""
    plan = as_plan(with_two_secretaries(example()))
    sandbox = open_sandbox(tmp_path_factory.mktemp("silent") / "plan.db", when(10, 8, 9), plan=plan)
    sandbox.advance(when(10, 8, 9, 30))
    sandbox.say("U0EARLYHP", "23oct-1 done, toolkit is out")
    sandbox.say(COMMISSIONING, "heard-9 not ours, this sits with the trust")
    sandbox.advance(when(10, 9, 9, 30))
    pages = [one for one in sandbox.workspace.dm(SECRETARY) if "Fri 23 Oct 2020: no update received on" in read(one)]
    yield pages[0]
    sandbox.close()


def test_no_update_received_lists_who_was_silent_who_is_in_question_and_who_was_not_asked(silent: SeenMessage) -> None:
    shown = read(silent)
    assert "Papers go out Thu 15 Oct 2020." in shown
    heading, _, rest = shown.partition("Proposed for closure (")
    assert "⚪ not started" in line_of(silent, "23oct-3")
    assert "23oct-3" in heading
    assert "23oct-1" not in heading
    assert "heard-9" not in heading
    assert "🟣 proposed for closure" in line_of(silent, "23oct-1")
    assert "Leads in question (1)" in rest
    assert "Integrated Commissioning Manager, council (in question)" in rest
    assert "not asked: no lead" in line_of(silent, "heard-5")
    assert "not asked: no account" in line_of(silent, "23oct-2")
    assert "not asked" not in line_of(silent, "23oct-3")


def test_a_lead_without_an_account_comes_with_an_email_ready_to_copy(silent: SeenMessage) -> None:
    emails = read(silent).split("Leads without an account: e-mails ready to copy")[1]
    assert "To: Superintendent, Sefton (no e-mail address on record)" in emails
    assert "Subject: Update wanted for the Children and Young People's Partnership Board of Fri 23 Oct 2020" in emails
    assert "The papers go out on Thu 15 Oct 2020." in emails
    assert "- 23oct-2: Appoint the three Safer Schools Officers still to come" in emails


def test_when_everybody_answered_it_says_so(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 24, 9))
    sandbox.advance(when(8, 24, 9, 30))
    sandbox.say("U0EXECDIR", "9sep-4 on track, the report is written")
    sandbox.advance(when(8, 25, 9, 30))
    assert "Wed 9 Sep 2020: the one action is answered." in read(message_with(sandbox, SECRETARY, "Wed 9 Sep 2020"))


# -- after the meeting


def test_after_the_meeting_lists_what_was_due_to_be_ticked_with_the_outcomes_once(after: Sandbox) -> None:
    message = after_message(after)
    assert read(message).startswith("After the meeting of Wed 16 Sep 2020: 12 of 12 actions wait for an outcome.")
    assert "Nothing is carried forward by itself." in read(message)
    assert line_of(message, "16sep-3").startswith("[ ] 16sep-3 🟣 proposed for closure Share what pupils said")
    assert "Public Health Lead for Children, council" in line_of(message, "healthy-4").split("\n")[1]
    assert labels(message) == [
        "Closed", "Carry forward to Fri 23 Oct", "Not agreed…", "No decision", "Other…",
        "Carry forward all that is left to Fri 23 Oct", "Outcomes recorded",
    ]  # fmt: skip
    assert "“/cypp outcome 16sep-3 not agreed because …”" in read(message), "the example is of the first that waits"
    assert "healthy-1" not in read(message), "standing commitments have no outcome to record"


@pytest.mark.parametrize(
    ("label", "ref", "kind", "status", "said"),
    [
        ("Closed", "16sep-3", OutcomeKind.CLOSED, Status.COMPLETE, "closed, minute reference to be added."),
        ("Carry forward", "healthy-4", OutcomeKind.CARRIED_FORWARD, Status.SOME_ISSUES,
         "carried forward to Fri 23 Oct 2020."),
        ("No decision", "healthy-5", OutcomeKind.NO_DECISION, Status.ON_TRACK, "no decision."),
    ],
)  # fmt: skip
def test_one_press_records_an_outcome_and_the_line_changes_in_place(
    after: Sandbox, label: str, ref: str, kind: OutcomeKind, status: Status, said: str
) -> None:
    answer = after.press(SECRETARY, ref, label)
    assert f"Recorded for {ref}: {said}" in read(answer)
    (outcome,) = outcomes(after, ref)
    assert (outcome.kind, outcome.way, outcome.by_chair) == (kind, Way.BUTTON, False)
    assert outcome.meeting_id == meeting_on(after, 9, 16).id
    assert writer(after, outcome) == SECRETARY
    assert action(after, ref).status is status
    row = line_of(after_message(after), ref)
    assert f": {kind.value}" in row
    assert f"[Undo {ref}]" in read(after_message(after))
    assert f"[ ] {ref}" not in read(after_message(after)), "what has an outcome is not ticked again"
    assert read(after_message(after)).startswith("After the meeting of Wed 16 Sep 2020: 11 of 12 actions wait")


def test_carried_forward_is_a_counted_move_and_keeps_the_first_due_meeting(after: Sandbox) -> None:
    after.press(SECRETARY, "healthy-4", "Carry forward")
    (moved,) = replans(after, "healthy-4")
    assert (moved.from_meeting_id, moved.to_meeting_id) == (meeting_on(after, 9, 16).id, meeting_on(after, 10, 23).id)
    assert moved.counted
    assert action(after, "healthy-4").first_due_meeting_id == meeting_on(after, 9, 16).id


def test_not_agreed_asks_for_the_boards_words_and_returns_the_action_to_its_rating(after: Sandbox) -> None:
    after.press(SECRETARY, "16sep-3", "Not agreed…")
    view = after.workspace.view(SECRETARY)
    assert view is not None
    assert "(•) not agreed" in view.plain()
    refused = after.submit(SECRETARY, {"kind": "not agreed"})
    assert "board’s words are needed" in refused.errors["reason"]
    done = after.submit(SECRETARY, {"reason": "Parents have not seen it"})
    assert done.closed
    assert "Recorded for 16sep-3: not agreed, back to" in read(done)
    (outcome,) = outcomes(after, "16sep-3")
    assert outcome.reason == "Parents have not seen it"
    assert "The board: “Parents have not seen it”" in read(after.command(EDUCATION, "status 16sep-3"))


def test_other_opens_a_form_whose_errors_stand_at_the_field_and_keep_what_was_typed(after: Sandbox) -> None:
    before = stored(after)
    after.press(SECRETARY, "healthy-9", "Other…")
    refused = after.submit(SECRETARY, {"kind": "closed, not done", "minute": "6.4"})
    assert list(refused.errors) == ["reason"]
    assert refused.view_after is not None
    assert refused.view_after.typed["minute"]["minute"]["value"] == "6.4"
    assert refused.view_after.typed["kind"]["kind"]["selected_option"]["value"] == "closed, not done"
    assert stored(after) == before
    done = after.submit(SECRETARY, {"reason": "replaced by healthy-4"})
    assert done.closed
    (outcome,) = outcomes(after, "healthy-9")
    assert (outcome.kind, outcome.reason, outcome.minute) == (
        OutcomeKind.CLOSED_NOT_DONE,
        "replaced by healthy-4",
        "6.4",
    )
    assert action(after, "healthy-9").status is Status.CLOSED_NOT_DONE


def test_the_form_carries_forward_to_any_coming_meeting(after: Sandbox) -> None:
    after.press(SECRETARY, "healthy-9", "Other…")
    after.submit(
        SECRETARY, {"kind": "carried forward", "to": "Tue 8 Dec 2020", "reason": "the budget comes in November"}
    )
    assert action(after, "healthy-9").due_meeting_id == meeting_on(after, 12, 8).id
    assert outcomes(after, "healthy-9")[0].reason == "the budget comes in November"


def test_the_form_carries_forward_to_an_expected_meeting_too(open_at: OpenAt) -> None:
    sandbox = open_at(when(9, 9, 16))
    sandbox.advance(when(9, 10, 9, 30))
    sandbox.press(SECRETARY, "9sep-4", "Other…")
    sandbox.submit(SECRETARY, {"kind": "carried forward", "to": "December 2020, date to be confirmed"})
    (outcome,) = outcomes(sandbox, "9sep-4")
    assert outcome.kind is OutcomeKind.CARRIED_FORWARD
    assert "due December 2020, date to be confirmed" in read(sandbox.command(CHAIR, "status 9sep-4"))


def test_an_outcome_recorded_again_counts_in_place_of_the_first(after: Sandbox) -> None:
    after.press(SECRETARY, "healthy-4", "Carry forward")
    after.command(SECRETARY, "outcome healthy-4 carried forward to 8 Dec at 16 sep")
    assert action(after, "healthy-4").due_meeting_id == meeting_on(after, 12, 8).id
    assert action(after, "healthy-4").replans == 1
    assert "carried forward to Tue 8 Dec 2020" in line_of(after_message(after), "healthy-4")


# -- a lead asks to move an action


@pytest.fixture
def wish(calm: Sandbox) -> Sandbox:
    """A lead has asked to move an action."""
    sandbox = calm
    sandbox.command(HEALTH, "move healthy-4 to 23 Oct because the data comes in October")
    return sandbox


def test_a_wish_to_move_is_granted_by_the_secretarys_button(wish: Sandbox) -> None:
    message = message_with(
        wish, SECRETARY, "healthy-4: Public Health Lead for Children, Sefton Council asks to move it"
    )
    assert labels(message) == ["Move to Fri 23 Oct 2020", "Leave as it is"]
    shown = read(wish.press_in(SECRETARY, message, "Move to Fri 23 Oct 2020"))
    assert "Moved healthy-4 to Fri 23 Oct 2020." in shown
    (moved,) = replans(wish, "healthy-4")
    assert (moved.reason, writer(wish, moved)) == ("the data comes in October", SECRETARY)
    assert "is due Fri 23 Oct 2020 already." in read(
        forge(wish, SECRETARY, "replan", f"{moved.action_id}|{moved.to_meeting_id}|{entries(wish, 'healthy-4')[0].id}")
    )
    assert len(replans(wish, "healthy-4")) == 1


def test_leaving_it_as_it_is_changes_nothing(wish: Sandbox) -> None:
    message = message_with(wish, SECRETARY, "asks to move it")
    before = stored(wish)
    assert "Left as it is: healthy-4" in read(wish.press_in(SECRETARY, message, "Leave as it is"))
    assert stored(wish) == before


def test_a_lead_cannot_grant_the_own_wish(wish: Sandbox) -> None:
    entry = entries(wish, "healthy-4")[0]
    before = stored(wish)
    shown = read(forge(wish, HEALTH, "replan", f"{entry.action_id}|{entry.to_meeting_id}|{entry.id}"))
    assert "healthy-4 was not moved" in shown
    assert stored(wish) == before


def test_a_wish_is_no_answer_and_ends_no_asking(wish: Sandbox) -> None:
    assert entries(wish, "healthy-4")[0].kind is AnswerKind.REPLAN_ASKED
    wish.advance(when(9, 1, 9, 30))
    assert any("healthy-4" in read(one) for one in wish.workspace.dm(HEALTH) if one.metadata)


def test_a_wish_for_a_meeting_that_has_begun_meanwhile_is_not_granted(wish: Sandbox) -> None:
    message = message_with(wish, SECRETARY, "asks to move it")
    wish.clock.move(when(10, 23, 15))
    before = stored(wish)
    shown = read(wish.workspace.press(SECRETARY, message, text="Move to Fri 23 Oct 2020", replies=1))
    assert "cannot move to Fri 23 Oct 2020 any more, so nothing was changed." in shown
    assert stored(wish) == before
