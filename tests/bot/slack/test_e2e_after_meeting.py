"""*After the meeting*: several actions at once, all that is left, and what has no outcome when it is settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import pytest

from bot.demo.workspace import Answer, SeenMessage
from models.enums import OutcomeKind, Status
from tests.bot.slack.e2e import (
    CHAIR,
    EDUCATION,
    SECRETARY,
    OpenAt,
    action,
    as_plan,
    example,
    labels,
    meeting_on,
    message_with,
    outcomes,
    read,
    stored,
    when,
    with_busy_lead,
)
from tests.bot.slack.slack_rules import refusals
from tests.local_slack import Sandbox

CARRY, CARRY_LEFT = "Carry forward to Fri 23 Oct", "Carry forward all that is left to Fri 23 Oct"
DUE = (
    "16sep-1", "16sep-2", "16sep-3", "9sep-1", "9sep-2", "happy-2", "happy-6", "healthy-4", "healthy-5", "healthy-8",
    "healthy-9", "heard-10",
)  # fmt: skip
OPEN = tuple(ref for ref in DUE if ref != "16sep-3")
"""All but the one that is proposed for closure."""


def after_message(sandbox: Sandbox, user: str = SECRETARY) -> SeenMessage:
    """What the secretary was sent after the meeting of 16 September."""
    return message_with(sandbox, user, "After the meeting of Wed 16 Sep 2020")


def decide(sandbox: Sandbox, refs: tuple[str, ...], label: str) -> str:
    """The secretary ticks some actions and presses one outcome."""
    return read(sandbox.press_in(SECRETARY, sandbox.tick_boxes(SECRETARY, refs), label))


def kinds(sandbox: Sandbox) -> list[OutcomeKind]:
    """The outcomes of the meeting, of all that was due at it."""
    at = meeting_on(sandbox, 9, 16).id
    return [one.kind for ref in DUE for one in outcomes(sandbox, ref) if one.meeting_id == at]


def buttons_of(answer: Answer) -> list[str]:
    """The labels under the latest message of an answer."""
    return labels(answer.messages[-1])


@dataclass
class Hand:
    """Counts what a secretary does by hand: each tick and each press."""

    sandbox: Sandbox
    presses: int = 0
    seen: list[str] = field(default_factory=list)

    def decides(self, refs: tuple[str, ...], label: str) -> None:
        """Ticks each, and presses the outcome."""
        self.presses += len(refs) + 1
        self.seen.append(decide(self.sandbox, refs, label))

    def presses_in(self, label: str) -> None:
        """Presses a button of the message as it stands."""
        self.presses += 1
        self.seen.append(read(self.sandbox.press_in(SECRETARY, after_message(self.sandbox), label)))


def test_twelve_actions_are_decided_in_six_presses(after: Sandbox) -> None:
    hand = Hand(after)
    hand.decides(("16sep-3", "happy-2", "healthy-5"), "Closed")
    hand.presses_in(CARRY_LEFT)
    decided = "After the meeting of Wed 16 Sep 2020: every action due at it has an outcome."
    assert read(after_message(after)).startswith(decided)
    hand.presses_in("Outcomes recorded")
    assert hand.presses == 6
    assert hand.seen[0].startswith("Recorded for 16sep-3, healthy-5 and happy-2: closed, minute reference to be added.")
    assert hand.seen[1].count("carried forward to Fri 23 Oct 2020") == 1, "said once for all of them"
    assert hand.seen[2].startswith("Outcomes of Wed 16 Sep 2020 recorded.")
    assert "Every action due at it has an outcome." in hand.seen[2]
    assert kinds(after).count(OutcomeKind.CLOSED) == 3
    assert kinds(after).count(OutcomeKind.CARRIED_FORWARD) == len(DUE) - 3
    to = meeting_on(after, 10, 23).id
    open_still = [one for one in map(partial(action, after), DUE) if one.status is not Status.COMPLETE]
    assert {one.due_meeting_id for one in open_still} == {to}


def test_the_message_keeps_to_a_screen_and_each_outcome_in_it_has_its_undo(after: Sandbox) -> None:
    assert len(after_message(after).blocks) <= 10
    decide(after, ("16sep-3", "happy-2"), "Closed")
    shown = read(after_message(after))
    assert shown.startswith("After the meeting of Wed 16 Sep 2020: 10 of 12 actions wait for an outcome.")
    assert "Recorded (2)" in shown
    assert {"Undo 16sep-3", "Undo happy-2"} <= set(labels(after_message(after)))
    assert "Undone: happy-2 stands as before" in read(after.press_in(SECRETARY, after_message(after), "Undo happy-2"))
    assert read(after_message(after)).startswith("After the meeting of Wed 16 Sep 2020: 11 of 12 actions wait")
    assert "[ ] happy-2" in read(after_message(after)), "it may be ticked again"


def test_nothing_ticked_records_nothing_and_says_how(after: Sandbox) -> None:
    before = stored(after)
    shown = read(after.press_in(SECRETARY, after_message(after), "Closed"))
    assert shown.startswith("Nothing is ticked, so nothing was recorded: tick what the board decided alike")
    assert stored(after) == before


def test_one_form_describes_the_outcome_of_all_that_is_ticked(after: Sandbox) -> None:
    decide(after, ("healthy-4", "healthy-9"), "Other…")
    view = after.workspace.view(SECRETARY)
    assert view is not None
    assert (view.title, "healthy-9 and healthy-4." in view.plain()) == ("Outcome: 2 actions", True)
    refused = after.submit(SECRETARY, {"kind": "closed, not done"})
    assert list(refused.errors) == ["reason"]
    done = read(after.submit(SECRETARY, {"reason": "The funding ended", "minute": "41"}))
    assert done.startswith("Recorded for healthy-9 and healthy-4: closed, not done.")
    assert "“The funding ended”" in done
    assert [(one.reason, one.minute) for ref in ("healthy-4", "healthy-9") for one in outcomes(after, ref)] == [
        ("The funding ended", "41")
    ] * 2


def test_an_outcome_that_is_no_longer_possible_for_one_is_recorded_for_the_rest_and_that_one_is_named(
    after: Sandbox,
) -> None:
    message = after.tick_boxes(SECRETARY, ("happy-2", "healthy-4", "healthy-9"))
    after.command(CHAIR, "close healthy-4 agreed minute 3")
    shown = read(after.workspace.press(SECRETARY, message, text=CARRY, stale=True, replies=1))
    assert shown.startswith("Recorded for happy-2 and healthy-9: carried forward to Fri 23 Oct 2020.")
    assert "healthy-4 has an outcome already, which stays: undo that one first." in shown
    assert [one.kind for one in outcomes(after, "healthy-4")] == [OutcomeKind.CLOSED]


def test_an_action_that_was_answered_after_it_was_shown_is_named_and_the_rest_is_recorded(after: Sandbox) -> None:
    message = after.tick_boxes(SECRETARY, ("happy-2", "healthy-5"))
    after.command(EDUCATION, "update healthy-5 on track, twenty schools have plans now")
    after.advance(when(9, 17, 12))
    shown = read(after.workspace.press(SECRETARY, message, text=CARRY, stale=True, replies=1))
    assert shown.startswith("Recorded for happy-2: carried forward to Fri 23 Oct 2020.")
    assert "healthy-5 was changed by Head of Education, Sefton Council, Thu 17 Sep 2020, after it was shown" in shown
    assert outcomes(after, "healthy-5") == []


def test_undo_of_several_after_a_later_change_takes_back_the_rest_and_names_that_one(after: Sandbox) -> None:
    message = after.tick_boxes(SECRETARY, ("happy-2", "healthy-9"))
    receipt = after.press_in(SECRETARY, message, CARRY).message
    after.command(CHAIR, "outcome healthy-9 no decision")
    shown = read(after.press_in(SECRETARY, receipt, "Undo all 2"))
    assert shown.startswith("Undone: 1 entry of 2.")
    assert "healthy-9 has changed since, so nothing was undone" in shown
    assert [one.kind for one in outcomes(after, "healthy-9")] == [OutcomeKind.CARRIED_FORWARD, OutcomeKind.NO_DECISION]
    assert action(after, "happy-2").due_meeting_id == meeting_on(after, 9, 16).id


# -- what can be folded away, and where that is refused


def frames(message: SeenMessage) -> list[tuple[str, bool]]:
    """The title of each frame of a message, and whether it begins open."""
    return [
        (one["title"]["text"], not one["default_collapsed"]) for one in message.blocks if one["type"] == "container"
    ]


def test_what_is_next_stands_open_and_the_rest_folded_away(after: Sandbox) -> None:
    assert frames(after_message(after)) == [("To decide (12)", True)]
    decide(after, ("16sep-3", "happy-2"), "Closed")
    assert frames(after_message(after)) == [("To decide (10)", True), ("Recorded (2)", False)]
    after.press_in(SECRETARY, after_message(after), CARRY_LEFT)
    assert frames(after_message(after)) == [("Recorded (12)", True)], "nothing is left to decide"


@pytest.mark.parametrize("kind", ["container", "checkboxes"])
def test_where_a_workspace_refuses_a_kind_the_same_stands_there_in_plain_blocks(after: Sandbox, kind: str) -> None:
    decide(after, ("16sep-3", "happy-2"), "Closed")
    was = after_message(after)
    after.workspace.refuse_blocks(kind)
    after.bot.deps.blocks.ask(after.bot.deps.client)
    after.command(SECRETARY, "close healthy-5 agreed minute 41")
    shown = after_message(after)
    assert kind not in {one["type"] for one in (*shown.blocks, *shown.elements())}
    assert read(shown).startswith("After the meeting of Wed 16 Sep 2020: 9 of 12 actions wait for an outcome.")
    assert {one for one in labels(shown) if not one.startswith("Undo ")} == {
        one for one in labels(was) if not one.startswith("Undo ")
    }
    assert all(ref in read(shown) for ref in DUE)
    assert "To decide (9)" in read(shown)
    assert "Recorded (3)" in read(shown)
    after.press_in(SECRETARY, shown, "Undo happy-2")
    after.press_in(SECRETARY, after_message(after), CARRY_LEFT)
    assert kinds(after).count(OutcomeKind.CARRIED_FORWARD) == len(DUE) - 2


@pytest.mark.parametrize("refused", [(), ("container",), ("container", "checkboxes")])
def test_a_long_meeting_opens_the_next_thirty_and_every_action_stands_in_it(
    open_at: OpenAt, refused: tuple[str, ...]
) -> None:
    sandbox = open_at(when(9, 17, 9), plan=as_plan(with_busy_lead(example(), 45)), burst=10_000)
    sandbox.workspace.refuse_blocks(*refused)
    sandbox.advance(when(9, 17, 10))
    pages = [one for one in sandbox.workspace.dm(SECRETARY) if "After the meeting of Wed 16 Sep" in one.text]
    assert all(refusals(one.text, list(one.blocks)) == [] for one in pages)
    shown = read(pages)
    assert "57 of 57 actions wait for an outcome" in shown
    assert all(f"{ref} " in shown for ref in (*DUE, *(f"busy-{number}" for number in range(1, 46))))
    titles = ["To decide (57): 1 to 30", "To decide (57): 31 to 57"]
    assert [frame for one in pages for frame in frames(one)] == (
        [] if refused else list(zip(titles, (True, False), strict=True))
    )
    assert all(title in shown for title in titles)


def test_without_frames_twelve_actions_are_ticked_and_decided_all_the_same(after: Sandbox) -> None:
    after.workspace.refuse_blocks("container")
    after.bot.deps.blocks.ask(after.bot.deps.client)
    test_twelve_actions_are_decided_in_six_presses(after)


# -- outcomes recorded, with actions left


@pytest.fixture
def asked(after: Sandbox) -> tuple[Sandbox, SeenMessage]:
    """*Outcomes recorded* was pressed with two decided and ten left."""
    decide(after, ("happy-2", "healthy-5"), "Closed")
    return after, after.press_in(SECRETARY, after_message(after), "Outcomes recorded").message


def test_with_actions_left_it_says_which_and_asks(asked: tuple[Sandbox, SeenMessage]) -> None:
    sandbox, question = asked
    assert read(question).startswith("10 actions due on Wed 16 Sep 2020 have no outcome yet. What becomes of them?")
    assert "heard-10, happy-6, healthy-4, healthy-8, healthy-9, 9sep-1, 9sep-2, 16sep-1 and 16sep-2" in read(question)
    assert "Proposed for closure: 16sep-3, which still awaits the board and is not overdue." in read(question)
    assert labels(question) == ["Carry them forward to Fri 23 Oct", "They are overdue", "Not yet"]
    assert meeting_on(sandbox, 9, 16).outcomes_recorded_at is None


def test_they_are_carried_forward_and_the_meeting_is_settled(asked: tuple[Sandbox, SeenMessage]) -> None:
    sandbox, question = asked
    shown = read(sandbox.press_in(SECRETARY, question, "Carry them forward to Fri 23 Oct"))
    assert shown.startswith("Outcomes of Wed 16 Sep 2020 recorded.")
    assert "carried forward to Fri 23 Oct 2020" in shown
    assert kinds(sandbox).count(OutcomeKind.CARRIED_FORWARD) == 10
    assert meeting_on(sandbox, 9, 16).outcomes_recorded_at is not None


def test_they_are_overdue_and_the_meeting_is_settled(asked: tuple[Sandbox, SeenMessage]) -> None:
    sandbox, question = asked
    shown = read(sandbox.press_in(SECRETARY, question, "They are overdue"))
    assert "9 actions due at it had no outcome and are overdue now: heard-10, happy-6" in shown
    assert kinds(sandbox).count(OutcomeKind.CARRIED_FORWARD) == 0
    assert "heard-10" in read(sandbox.command(CHAIR, "overdue"))


def test_not_yet_changes_nothing(asked: tuple[Sandbox, SeenMessage]) -> None:
    sandbox, question = asked
    before = stored(sandbox)
    assert "Nothing was recorded." in read(sandbox.press_in(SECRETARY, question, "Not yet"))
    assert stored(sandbox) == before


def test_what_has_become_open_since_it_was_asked_is_asked_about_first(asked: tuple[Sandbox, SeenMessage]) -> None:
    sandbox, question = asked
    sandbox.press_in(SECRETARY, after_message(sandbox), "Undo happy-2")
    shown = read(sandbox.press_in(SECRETARY, question, "They are overdue"))
    assert shown.startswith("11 actions due on Wed 16 Sep 2020 have no outcome yet.")
    assert meeting_on(sandbox, 9, 16).outcomes_recorded_at is None


def test_two_secretaries_who_settle_it_settle_it_once(asked: tuple[Sandbox, SeenMessage]) -> None:
    sandbox, question = asked
    sandbox.command(CHAIR, "outcomes recorded partnership, they are overdue")
    before = stored(sandbox)
    shown = read(sandbox.press_in(SECRETARY, question, "Carry them forward to Fri 23 Oct"))
    assert shown.startswith("The outcomes of Wed 16 Sep 2020 were recorded already.")
    assert stored(sandbox) == before


# -- the same in words


def test_in_words_all_that_is_left_is_carried_one_is_undone_and_the_meeting_settled(after: Sandbox) -> None:
    decide(after, ("16sep-3", "healthy-5"), "Closed")
    shown = after.say(SECRETARY, "carry forward all that is left to 23 Oct").message
    assert "heard-10" in read(shown)
    after.press_in(SECRETARY, shown, "Record these 10")
    assert kinds(after).count(OutcomeKind.CARRIED_FORWARD) == 10
    asked = after.say(SECRETARY, "undo 16sep-3").message
    after.press_in(SECRETARY, asked, "Undo 16sep-3: closed")
    shown = after.say(SECRETARY, "outcomes recorded partnership").message
    assert read(shown).startswith("1 action due on Wed 16 Sep 2020 has no outcome yet.")
    assert "[Leave it to the next meeting]" in read(shown), "what awaits the board is never overdue"
    done = after.command(SECRETARY, "outcomes recorded partnership, carry them forward")
    assert read(done).startswith("Outcomes of Wed 16 Sep 2020 recorded.")
    assert kinds(after).count(OutcomeKind.CARRIED_FORWARD) == 11
