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
    town = open_for_all(when(8, 17, 9), burst=10_000)
    add_others(town)
    town.advance(when(8, 17, 9, 30))
    return Pristine(town)


def asked_about(town: Sandbox, answer: Answer, before: object) -> None:
    """The question names the piece, nothing is stored anywhere, and both buttons are there."""
    assert PIECE in read(answer)
    assert "Nothing is recorded yet" in read(answer)
    assert labels(answer.message) == [SURE, REWORD]
    assert stored(town) == before
    assert not in_the_file(str(town.database.path), "moved away")


def open_form(town: Sandbox, user: str, verb: str, ref: str) -> None:
    """Somebody opens a form about an action."""
    value = f"{action(town, ref).id}|{meeting_on(town, 6, 10).id}"
    town.workspace.press(user, planted(town, user, verb, value), text="Press")
    town.workspace.wait_for_view(user)


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
    town: Sandbox, user: str, typed: str, kind: AnswerKind
) -> None:
    before = stored(town)
    answer = town.workspace.command(user, "/cypp", typed.format(DOUBT), CHANNEL)
    asked_about(town, answer, before)
    assert answer.message.ephemeral_to == user
    pressed = town.press_in(user, answer.message, SURE)
    assert "ecorded for healthy-5" in read(pressed) or "Asked: " in read(pressed)
    (entry,) = entries(town, "healthy-5")
    assert entry.kind is kind
    assert DOUBT in entry.words


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("outcome healthy-9 not agreed because {}", OutcomeKind.NOT_AGREED),
        ("outcome healthy-9 withdrawn because {}", OutcomeKind.CLOSED_NOT_DONE),
    ],
)
def test_an_outcome_is_asked_about_and_recorded_on_the_press(town: Sandbox, typed: str, kind: OutcomeKind) -> None:
    town.command(SECRETARY, "done healthy-9 all posts filled")
    before = stored(town)
    answer = town.command(SECRETARY, typed.format(DOUBT))
    asked_about(town, answer, before)
    town.press_in(SECRETARY, answer.message, SURE)
    (outcome,) = outcomes(town, "healthy-9")
    assert (outcome.kind, outcome.reason) == (kind, DOUBT)


def test_a_cancelled_meeting_is_asked_about(town: Sandbox) -> None:
    before = stored(town)
    answer = town.command(SECRETARY, f"meeting cancel 23 Oct because {DOUBT}")
    asked_about(town, answer, before)
    assert "is cancelled" in read(town.press_in(SECRETARY, answer.message, SURE))


def test_rewording_stores_nothing_and_gives_the_words_back(town: Sandbox) -> None:
    before = stored(town)
    answer = town.command(EDUCATION, f"update healthy-5 on track, {DOUBT}")
    pressed = town.press_in(EDUCATION, answer.message, REWORD)
    assert "Nothing was recorded: please send it again in other words." in read(pressed)
    assert f"update healthy-5 on track, {DOUBT}" in read(pressed)
    assert stored(town) == before


def test_plain_words_are_asked_about_and_recorded_on_the_press(town: Sandbox) -> None:
    before = stored(town)
    answer = town.say(EDUCATION, f"healthy-5 on track, {DOUBT}")
    asked_about(town, answer, before)
    pressed = town.press_in(EDUCATION, answer.message, SURE)
    assert "Recorded for healthy-5: on track." in read(pressed)
    assert entries(town, "healthy-5")[-1].words == DOUBT


def test_several_actions_in_one_message_are_asked_about_once_and_recorded_together(town: Sandbox) -> None:
    before = stored(town)
    answer = town.say(EDUCATION, f"healthy-5 on track, {DOUBT}\nhealthy-8 no change")
    asked_about(town, answer, before)
    town.press_in(EDUCATION, answer.message, SURE)
    assert [entries(town, ref)[-1].kind for ref in ("healthy-5", "healthy-8")] == [
        AnswerKind.UPDATE,
        AnswerKind.NO_CHANGE,
    ]


def test_words_shown_back_are_asked_about_when_they_are_to_be_recorded(town: Sandbox) -> None:
    before = stored(town)
    shown = town.say(EDUCATION, f"healthy-5 {DOUBT}")
    assert "Is that an update on healthy-5?" in read(shown)
    answer = town.press_in(EDUCATION, shown.message, "Record for healthy-5")
    asked_about(town, answer, before)
    town.press_in(EDUCATION, answer.message, SURE)
    assert entries(town, "healthy-5")[-1].words == DOUBT


def test_rewording_plain_words_asks_to_delete_the_message_too(town: Sandbox) -> None:
    answer = town.say(EDUCATION, f"healthy-5 on track, {DOUBT}")
    pressed = town.press_in(EDUCATION, answer.message, REWORD)
    assert "Please delete your own message too" in read(pressed)
    assert "aged 9" not in "".join(read(one) for one in town.workspace.dm(EDUCATION) if one.ts == answer.message.ts)


@pytest.mark.parametrize(("verb", "kind"), [("issues", AnswerKind.UPDATE), ("done", AnswerKind.PROPOSED)])
def test_a_form_asks_at_the_field_keeps_the_words_and_lets_them_through_with_the_box(
    town: Sandbox, verb: str, kind: AnswerKind
) -> None:
    before = stored(town)
    open_form(town, HEALTH, verb, "healthy-4")
    result = town.submit(HEALTH, {"words": DOUBT})
    assert result.view_after is not None
    shown = result.view_after.plain(1000)
    assert PIECE in shown
    assert "It identifies nobody: record it" in shown
    assert result.view_after.typed["words"]["words"]["value"] == DOUBT
    assert stored(town) == before
    again = town.submit(HEALTH, {})
    assert again.view_after is not None, "the box was not ticked: it asks again"
    assert again.view_after.plain(1000).count("It identifies nobody: record it") == 1
    assert stored(town) == before
    done = town.submit(HEALTH, {"sure": ["sure"]})
    assert done.closed
    assert (entries(town, "healthy-4")[-1].kind, entries(town, "healthy-4")[-1].words) == (kind, DOUBT)


def test_a_form_with_the_words_changed_needs_no_box(town: Sandbox) -> None:
    open_form(town, HEALTH, "issues", "healthy-4")
    town.submit(HEALTH, {"words": DOUBT})
    done = town.submit(HEALTH, {"words": "some families moved away"})
    assert done.closed
    assert entries(town, "healthy-4")[-1].words == "some families moved away"


def test_the_secretarys_form_asks_too(town: Sandbox) -> None:
    open_form(town, SECRETARY, "outcome", "healthy-9")
    before = stored(town)
    result = town.submit(SECRETARY, {"kind": "no decision", "reason": DOUBT})
    assert result.view_after is not None
    assert PIECE in result.view_after.plain(1000)
    assert stored(town) == before
    assert town.submit(SECRETARY, {"sure": ["sure"]}).closed
    assert outcomes(town, "healthy-9")[-1].reason == DOUBT


def test_a_number_that_stands_for_one_person_is_refused_even_when_the_writer_is_sure(town: Sandbox) -> None:
    before = stored(town)
    answer = town.command(EDUCATION, f"update healthy-5 on track, {DOUBT}, 943 476 5919")
    assert "That seems to hold an NHS number" in read(answer)
    assert labels(answer.message) == []
    forged = planted(town, EDUCATION, "sure", f"c|update healthy-5 on track, {DOUBT}, 943 476 5919")
    pressed = town.workspace.press(EDUCATION, forged, text="Press", replies=1, timeout=2)
    assert "That seems to hold an NHS number" in read(pressed)
    assert stored(town) == before


def test_somebody_else_may_not_record_by_a_forged_press(town: Sandbox) -> None:
    before = stored(town)
    forged = planted(town, HEALTH, "sure", f"c|update healthy-5 on track, {DOUBT}")
    pressed = town.workspace.press(HEALTH, forged, text="Press", replies=1, timeout=2)
    assert "healthy-5 is led by" in read(pressed)
    assert stored(town) == before


def test_words_too_long_for_a_button_are_given_back_with_what_to_do(town: Sandbox) -> None:
    before = stored(town)
    answer = town.command(EDUCATION, f"update healthy-5 on track, {DOUBT} {'and much else ' * 120}")
    assert "more than can be asked about here" in read(answer)
    assert labels(answer.message) == []
    assert stored(town) == before
