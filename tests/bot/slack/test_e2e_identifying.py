"""Words that may identify a child, by every way words come in: asked about first, and stored only on a press."""

from __future__ import annotations

import pytest

from bot.demo.workspace import Answer
from models.enums import AnswerKind, OutcomeKind
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    CHANNEL,
    EDUCATION,
    HEALTH,
    SECRETARY,
    OpenAt,
    Pristine,
    action,
    entries,
    in_the_file,
    labels,
    meeting_on,
    outcomes,
    planted,
    read,
    stored,
    when,
)
from tests.local_slack import Sandbox

SURE, REWORD = "No, it identifies nobody: record it", "Let me reword"
DOUBT = "a boy aged 9 moved away"
PIECE = "aged 9"


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(8, 17, 9), burst=10_000)
    add_others(sandbox)
    sandbox.advance(when(8, 17, 9, 30))
    return Pristine(sandbox)


def asked_about(sandbox: Sandbox, answer: Answer, before: object) -> None:
    """The question names the piece, nothing is stored anywhere, and both buttons are there."""
    assert PIECE in read(answer)
    assert "Nothing is recorded yet" in read(answer)
    assert labels(answer.message) == [SURE, REWORD]
    assert stored(sandbox) == before
    assert not in_the_file(str(sandbox.database.path), "moved away")


def open_form(sandbox: Sandbox, user: str, verb: str, ref: str) -> None:
    """Somebody opens a form about an action."""
    value = f"{action(sandbox, ref).id}|{meeting_on(sandbox, 6, 10).id}"
    sandbox.workspace.press(user, planted(sandbox, user, verb, value), text="Press")
    sandbox.workspace.wait_for_view(user)


@pytest.mark.parametrize(
    ("user", "typed", "kind"),
    [
        (EDUCATION, "update healthy-5 on track, {}", AnswerKind.UPDATE),
        (EDUCATION, "done healthy-5 letter about {}", AnswerKind.PROPOSED),
        (EDUCATION, "no change healthy-5 {}", AnswerKind.NO_CHANGE),
        (EDUCATION, "verbal healthy-5 {}", AnswerKind.VERBAL),
        (EDUCATION, "not ours healthy-5 {}", AnswerKind.NOT_OURS),
        (EDUCATION, "update healthy-5 to follow by 4/9 {}", AnswerKind.TO_FOLLOW),
        (EDUCATION, "move healthy-5 to 23 Oct because {}", AnswerKind.REPLAN_ASKED),
    ],
)
def test_a_command_is_asked_about_and_recorded_on_the_press(
    sandbox: Sandbox, user: str, typed: str, kind: AnswerKind
) -> None:
    before = stored(sandbox)
    answer = sandbox.workspace.command(user, "/cypp", typed.format(DOUBT), CHANNEL)
    asked_about(sandbox, answer, before)
    assert answer.message.ephemeral_to == user
    pressed = sandbox.press_in(user, answer.message, SURE)
    assert "ecorded for healthy-5" in read(pressed) or "Asked: " in read(pressed)
    (entry,) = entries(sandbox, "healthy-5")
    assert entry.kind is kind
    assert DOUBT in entry.words


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("outcome healthy-9 not agreed because {}", OutcomeKind.NOT_AGREED),
        ("outcome healthy-9 withdrawn because {}", OutcomeKind.CLOSED_NOT_DONE),
    ],
)
def test_an_outcome_is_asked_about_and_recorded_on_the_press(sandbox: Sandbox, typed: str, kind: OutcomeKind) -> None:
    sandbox.command(SECRETARY, "done healthy-9 all posts filled")
    before = stored(sandbox)
    answer = sandbox.command(SECRETARY, typed.format(DOUBT))
    asked_about(sandbox, answer, before)
    sandbox.press_in(SECRETARY, answer.message, SURE)
    (outcome,) = outcomes(sandbox, "healthy-9")
    assert (outcome.kind, outcome.reason) == (kind, DOUBT)


def test_a_cancelled_meeting_is_asked_about(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    answer = sandbox.command(SECRETARY, f"meeting cancel 23 Oct because {DOUBT}")
    asked_about(sandbox, answer, before)
    shown = sandbox.press_in(SECRETARY, answer.message, SURE)
    assert read(shown).startswith("Cancel the meeting of the Children")
    assert "is cancelled" in read(sandbox.press_in(SECRETARY, shown.messages[-1], "Cancel it"))


def test_rewording_stores_nothing_and_gives_the_words_back(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    answer = sandbox.command(EDUCATION, f"update healthy-5 on track, {DOUBT}")
    pressed = sandbox.press_in(EDUCATION, answer.message, REWORD)
    assert "Nothing was recorded: please send it again in other words." in read(pressed)
    assert f"update healthy-5 on track, {DOUBT}" in read(pressed)
    assert stored(sandbox) == before


def test_plain_words_are_asked_about_and_recorded_on_the_press(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    answer = sandbox.say(EDUCATION, f"healthy-5 on track, {DOUBT}")
    asked_about(sandbox, answer, before)
    pressed = sandbox.press_in(EDUCATION, answer.message, SURE)
    assert "Recorded for healthy-5: on track." in read(pressed)
    assert entries(sandbox, "healthy-5")[-1].words == DOUBT


def test_of_several_actions_the_words_of_one_are_asked_about_and_the_others_go_on(sandbox: Sandbox) -> None:
    answer = sandbox.say(EDUCATION, f"healthy-5 on track, {DOUBT}\nhealthy-8 no change")
    assert "Recorded for healthy-8: no change" in read(answer)
    assert not entries(sandbox, "healthy-5")
    assert labels(answer.message) == ["Undo", SURE, REWORD]
    assert not in_the_file(str(sandbox.database.path), "moved away")
    sandbox.press_in(EDUCATION, answer.message, SURE)
    assert [entries(sandbox, ref)[-1].kind for ref in ("healthy-5", "healthy-8")] == [
        AnswerKind.UPDATE,
        AnswerKind.NO_CHANGE,
    ]
    assert entries(sandbox, "healthy-5")[-1].words == DOUBT


NUMBER = "seen 943 476 5919"


@pytest.mark.parametrize("door", ["thread", "mention"])
def test_wherever_it_is_said_only_the_doubtful_part_is_held(sandbox: Sandbox, door: str) -> None:
    words = f"healthy-5 on track, {DOUBT}\nhealthy-8 no change"
    if door == "thread":
        bundle = next(one for one in reversed(sandbox.workspace.dm(EDUCATION)) if "healthy-5" in read(one))
        answer = sandbox.workspace.say(EDUCATION, words, thread_ts=bundle.ts, replies=1)
    else:
        answer = sandbox.workspace.say(EDUCATION, words, CHANNEL, mention=True, replies=1)
    assert "Recorded for healthy-8: no change" in read(answer)
    assert PIECE in read(answer)
    assert not entries(sandbox, "healthy-5")


def test_of_several_actions_to_add_only_the_doubtful_line_is_held(sandbox: Sandbox) -> None:
    lines = f"Head of Education: publish the guide by 8 Dec\nHead of Education: visit {DOUBT}, by 8 Dec"
    answer = sandbox.say(SECRETARY, f"add {lines}")
    assert "1 action to add" in read(answer)
    assert "Publish the guide" in read(answer)
    assert PIECE in read(answer)
    assert labels(answer.message) == ["Add", "Change…", "Discard", SURE, REWORD]
    assert not in_the_file(str(sandbox.database.path), "moved away")
    again = sandbox.press_in(SECRETARY, answer.message, SURE)
    assert "1 action to add" in read(again)
    assert "moved away" in read(again)


def test_of_several_actions_to_add_only_the_line_with_a_number_is_refused(sandbox: Sandbox) -> None:
    lines = f"Head of Education: publish the guide by 8 Dec\nHead of Education: visit {NUMBER}, by 8 Dec"
    answer = sandbox.say(SECRETARY, f"add {lines}")
    assert "1 action to add" in read(answer)
    assert "That seems to hold an NHS number" in read(answer)
    assert labels(answer.message) == ["Add", "Change…", "Discard"]
    assert not in_the_file(str(sandbox.database.path), "943 476 5919")


@pytest.mark.parametrize(("words", "held"), [(DOUBT, PIECE), (NUMBER, "an NHS number")])
def test_of_several_outcomes_only_the_doubtful_one_is_held(sandbox: Sandbox, words: str, held: str) -> None:
    sandbox.advance(when(9, 17, 11))
    answer = sandbox.say(SECRETARY, f"healthy-4 not agreed because {words}\nhealthy-9 carried forward to next meeting")
    assert "healthy-9" in read(answer)
    assert held in read(answer)
    assert not outcomes(sandbox, "healthy-4")
    assert [one.kind for one in outcomes(sandbox, "healthy-9")] == [OutcomeKind.CARRIED_FORWARD]
    if words == DOUBT:
        sandbox.press_in(SECRETARY, answer.message, f"{SURE} (healthy-4)")
        assert "healthy-4" in read(sandbox.workspace.dm(SECRETARY))


def test_words_shown_back_are_asked_about_when_they_are_to_be_recorded(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    shown = sandbox.say(EDUCATION, f"healthy-5 {DOUBT}")
    assert "Is that an update on healthy-5?" in read(shown)
    answer = sandbox.press_in(EDUCATION, shown.message, "Record for healthy-5: still on track")
    asked_about(sandbox, answer, before)
    sandbox.press_in(EDUCATION, answer.message, SURE)
    assert entries(sandbox, "healthy-5")[-1].words == DOUBT


def test_rewording_plain_words_asks_to_delete_the_message_too(sandbox: Sandbox) -> None:
    answer = sandbox.say(EDUCATION, f"healthy-5 on track, {DOUBT}")
    pressed = sandbox.press_in(EDUCATION, answer.message, REWORD)
    assert "Please delete your own message too" in read(pressed)
    assert "aged 9" not in "".join(read(one) for one in sandbox.workspace.dm(EDUCATION) if one.ts == answer.message.ts)


@pytest.mark.parametrize(("verb", "kind"), [("issues", AnswerKind.UPDATE), ("done", AnswerKind.PROPOSED)])
def test_a_form_asks_at_the_field_keeps_the_words_and_lets_them_through_with_the_box(
    sandbox: Sandbox, verb: str, kind: AnswerKind
) -> None:
    before = stored(sandbox)
    open_form(sandbox, HEALTH, verb, "healthy-4")
    result = sandbox.submit(HEALTH, {"words": DOUBT})
    assert result.view_after is not None
    shown = result.view_after.plain(1000)
    assert PIECE in shown
    assert "It identifies nobody: record it" in shown
    assert result.view_after.typed["words"]["words"]["value"] == DOUBT
    assert stored(sandbox) == before
    again = sandbox.submit(HEALTH, {})
    assert again.view_after is not None, "the box was not ticked: it asks again"
    assert again.view_after.plain(1000).count("It identifies nobody: record it") == 1
    assert stored(sandbox) == before
    done = sandbox.submit(HEALTH, {"sure": ["sure"]})
    assert done.closed
    assert (entries(sandbox, "healthy-4")[-1].kind, entries(sandbox, "healthy-4")[-1].words) == (kind, DOUBT)


def test_a_form_with_the_words_changed_needs_no_box(sandbox: Sandbox) -> None:
    open_form(sandbox, HEALTH, "issues", "healthy-4")
    sandbox.submit(HEALTH, {"words": DOUBT})
    done = sandbox.submit(HEALTH, {"words": "some families moved away"})
    assert done.closed
    assert entries(sandbox, "healthy-4")[-1].words == "some families moved away"


def test_the_secretarys_form_asks_too(sandbox: Sandbox) -> None:
    open_form(sandbox, SECRETARY, "outcome", "healthy-9")
    before = stored(sandbox)
    result = sandbox.submit(SECRETARY, {"kind": "no decision", "reason": DOUBT})
    assert result.view_after is not None
    assert PIECE in result.view_after.plain(1000)
    assert stored(sandbox) == before
    assert sandbox.submit(SECRETARY, {"sure": ["sure"]}).closed
    assert outcomes(sandbox, "healthy-9")[-1].reason == DOUBT


def test_a_number_that_stands_for_one_person_is_refused_even_when_the_writer_is_sure(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    answer = sandbox.command(EDUCATION, f"update healthy-5 on track, {DOUBT}, 943 476 5919")
    assert "That seems to hold an NHS number" in read(answer)
    assert labels(answer.message) == []
    forged = planted(sandbox, EDUCATION, "sure", f"c|update healthy-5 on track, {DOUBT}, 943 476 5919")
    pressed = sandbox.workspace.press(EDUCATION, forged, text="Press", replies=1, timeout=2)
    assert "That seems to hold an NHS number" in read(pressed)
    assert stored(sandbox) == before


def test_somebody_else_may_not_record_by_a_forged_press(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    forged = planted(sandbox, HEALTH, "sure", f"c|update healthy-5 on track, {DOUBT}")
    pressed = sandbox.workspace.press(HEALTH, forged, text="Press", replies=1, timeout=2)
    assert "healthy-5 is led by" in read(pressed)
    assert stored(sandbox) == before


def test_words_too_long_for_a_button_are_given_back_with_what_to_do(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    answer = sandbox.command(EDUCATION, f"update healthy-5 on track, {DOUBT} {'and much else ' * 120}")
    assert "more than can be asked about here" in read(answer)
    assert labels(answer.message) == []
    assert stored(sandbox) == before
