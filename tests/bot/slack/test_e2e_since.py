"""Buttons of old messages: where the action has changed since, each says so and shows how it stands today."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.catalogue import REGISTRY
from handlers.registry import ActionPressEntry
from models.enums import Status, Verb
from tests.bot.slack.e2e import (
    ANALYST,
    CHAIR,
    HEALTH,
    SECRETARY,
    action,
    entries,
    finished,
    forge,
    labels,
    meeting_on,
    outcomes,
    read,
    stored,
)
from tests.local_slack import Sandbox

ON_ACTION = {verb: one for verb, one in REGISTRY.presses.items() if isinstance(one, ActionPressEntry)}
ANSWERS_BY = {verb: one.records for verb, one in ON_ACTION.items() if one.records and Verb.ANSWER in one.who_may}
DECIDES_BY = {verb: one.records for verb, one in ON_ACTION.items() if one.records and Verb.OUTCOME in one.who_may}
REF = "healthy-4"
"""Led by the Public Health Lead, with the Public Health Analyst as contact officer."""


def value(sandbox: Sandbox, shown: int | None = None) -> str:
    """The value of a button about the action; `shown`: how many entries it had then."""
    mark = "" if shown is None else f"~{shown}"
    return f"{action(sandbox, REF).id}|{meeting_on(sandbox, 9, 16).id}{mark}"


def later(sandbox: Sandbox, minutes: int = 5) -> None:
    sandbox.clock.move(sandbox.clock() + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("verb", "marked"),
    # Outcomes may be put right after an action was closed: where nothing shows that it was closed since, one counts.
    [(verb, True) for verb in sorted(ON_ACTION)]
    + [(verb, False) for verb in sorted(ON_ACTION.keys() - DECIDES_BY.keys())],
)
def test_each_button_about_an_action_that_was_closed_since_says_so_and_shows_it_as_it_stands(
    calm: Sandbox, verb: str, marked: bool
) -> None:
    calm.command(SECRETARY, f"withdraw {REF} because it is everyday work now")
    later(calm)
    before = stored(calm)
    user = CHAIR if verb in DECIDES_BY else SECRETARY if verb not in ANSWERS_BY else HEALTH
    said = read(forge(calm, user, verb, value(calm, 0 if marked else None)))
    assert stored(calm) == before
    assert "Today\n" in said
    assert f"{REF}  ⬜ closed, not done" in said


@pytest.mark.parametrize("verb", sorted(ANSWERS_BY))
def test_an_answer_on_what_somebody_else_answered_since_waits_for_a_second_press(calm: Sandbox, verb: str) -> None:
    calm.command(ANALYST, f"update {REF} off track, the analyst left")
    later(calm)
    before = stored(calm)
    answer = forge(calm, HEALTH, verb, value(calm, 0))
    said = read(answer)
    assert said.startswith(f"{REF} has changed since that message, so nothing was recorded yet.")
    assert "off track" in said
    assert "“the analyst left”" in said
    assert stored(calm) == before
    shown = "Not ours" if verb == "otheranswer" else ANSWERS_BY[verb].rstrip("…")
    again = next(label for label in labels(answer.messages[-1]) if label.startswith(f"{shown} all the same"))
    second = finished(calm, HEALTH, calm.workspace.press(HEALTH, answer.messages[-1], text=again))
    if verb in ("issues", "offtrack", "done", "notours", "otheranswer"):
        assert calm.workspace.view(HEALTH) is not None
    else:
        assert "Recorded for healthy-4" in read(second)
        assert len(entries(calm, REF)) == 2


@pytest.mark.parametrize("verb", sorted(DECIDES_BY))
def test_an_outcome_on_what_somebody_else_decided_since_waits_for_a_second_press(calm: Sandbox, verb: str) -> None:
    calm.clock.move(calm.clock() + timedelta(days=25))
    calm.command(CHAIR, f"outcome {REF} carried forward to 23 oct because it is late")
    later(calm)
    before = stored(calm)
    held = len(outcomes(calm, REF))
    assert held == 1
    said = read(forge(calm, SECRETARY, verb, value(calm, 0)))
    assert said.startswith(f"{REF} has changed since that message")
    assert "carried forward" in said
    assert stored(calm) == before


def test_what_the_presser_did_since_and_what_was_taken_back_is_nothing_new_to_them(calm: Sandbox) -> None:
    calm.command(HEALTH, f"update {REF} off track, the analyst left")
    later(calm)
    assert "Recorded" in read(forge(calm, HEALTH, "ontrack", value(calm, 0)))
    receipt = calm.command(ANALYST, f"update {REF} some issues, a slip").message
    finished(calm, ANALYST, calm.workspace.press(ANALYST, receipt, text="Undo"))
    later(calm)
    assert "Recorded" in read(forge(calm, HEALTH, "nochange", value(calm, 2)))
    assert action(calm, REF).status is Status.ON_TRACK


def test_two_who_answer_within_a_minute_both_count(calm: Sandbox) -> None:
    calm.command(ANALYST, f"update {REF} off track, the analyst left")
    said = read(forge(calm, HEALTH, "ontrack", value(calm, 0)))
    assert "Less than a minute before" in said


def test_words_to_be_recorded_for_what_was_closed_since_come_back_with_how_it_stands(calm: Sandbox) -> None:
    calm.command(SECRETARY, f"withdraw {REF} because it is everyday work now")
    said = read(forge(calm, HEALTH, "record", f"{action(calm, REF).id}|on track|all posts are filled"))
    assert "nothing was recorded" in said
    assert "all posts are filled" in said
    assert f"{REF}  ⬜ closed, not done" in said


def test_a_button_shown_after_the_change_records_at_once(calm: Sandbox) -> None:
    calm.command(ANALYST, f"update {REF} off track, the analyst left")
    later(calm)
    assert "Recorded" in read(forge(calm, HEALTH, "ontrack", value(calm, 1)))
