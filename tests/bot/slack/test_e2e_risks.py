"""Risks in Slack: scored by command, words and form, put right, taken back, shown; what cannot be is refused."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.storage.history_tables import RiskAssessment
from models.storage.scope import ALL
from tests.bot.slack.e2e import CHAIR, EDUCATION, HEALTH, SECRETARY, Kept, OpenAt, labels, message_with, read, when
from tests.local_slack import Sandbox


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Kept:
    return Kept(open_for_all(when(8, 17, 10)))


@pytest.fixture
def sandbox(place: Kept) -> Sandbox:
    return place.back()


def test_the_chair_sees_the_highest_first_with_band_movement_and_what_is_late(sandbox: Sandbox) -> None:
    said = read(sandbox.command(CHAIR, "risks"))
    assert "The plan has 3 risks: 1 high, 2 medium; 1 not assessed since Q1 2020/21 ended." in said
    assert said.index("ORG0009") < said.index("ORG0017") < said.index("ORG0012")
    assert "ORG0009 Help with emotional health comes too late: 3 × 5 = 15, high, up from 12; target 8" in said
    assert "Priority 7 has 1 risk: 1 high." in read(sandbox.command(CHAIR, "risks priority 7"))
    assert "Theme Heard has 1 risk" in read(sandbox.command(CHAIR, "risks theme heard"))
    assert "Priority 1 has no risk of its own" in read(sandbox.command(CHAIR, "risks priority 1"))


def test_one_risk_is_shown_with_its_history_and_the_actions_that_mitigate_it(sandbox: Sandbox) -> None:
    said = read(sandbox.command(CHAIR, "risk org9"))
    assert "ORG0009 Help with emotional health comes too late: 3 × 5 = 15, high, up from 12." in said
    assert "Cause: more children are referred than the service can see." in said
    assert "Monitored by Health and Wellbeing Board." in said
    assert "Tue 31 Mar 2020: 3 × 4 = 12, medium." in said
    assert "“referrals as in the year before”" in said
    assert "Mitigated by" in said
    assert "Act on the emotional health survey" in said


def test_a_score_in_words_is_recorded_and_undone(sandbox: Sandbox) -> None:
    said = sandbox.say(EDUCATION, "ORG0017 3x5 because the grant ends in March")
    assert "Assessed: ORG0017 is 3 × 5 = 15, high, up from 9." in read(said)
    assert "“the grant ends in March”" in read(said)
    assert "It was 3 × 3 = 9 (" in read(said)
    assert "Signed Head of Education, Sefton Council, Mon 17 Aug 2020." in read(said)
    assert "Undone: ORG0017 is 3 × 3 = 9, medium" in read(sandbox.press_in(EDUCATION, said.messages[-1], "Undo"))
    assert "Fri 12 Jun 2020: 3 × 3 = 9" in read(sandbox.command(CHAIR, "risk ORG0017"))


def test_still_the_same_is_one_press_and_a_new_entry(sandbox: Sandbox) -> None:
    shown = sandbox.command(EDUCATION, "risk ORG0017")
    done = read(sandbox.press_in(EDUCATION, shown.message, "Still 3 × 3 = 9"))
    assert "Assessed: ORG0017 is 3 × 3 = 9, medium, as before." in done
    assert "1 not assessed" not in read(sandbox.command(CHAIR, "risks"))


def test_undo_in_words_takes_the_latest_score_back(sandbox: Sandbox) -> None:
    sandbox.command(EDUCATION, "risk ORG0017 3 x 4 because the grant ends in March")
    assert "Undone: ORG0017 is 3 × 3 = 9, medium, as before." in read(sandbox.say(EDUCATION, "undo"))


def test_still_the_same_is_not_recorded_where_the_score_changed_meanwhile(sandbox: Sandbox) -> None:
    shown = sandbox.command(EDUCATION, "risk ORG0017")
    sandbox.command(SECRETARY, "risk ORG0017 2 x 3 because the council pays")
    stale = read(sandbox.press_in(EDUCATION, shown.message, "Still 3 × 3 = 9"))
    assert "“Still 3 × 3 = 9” was not recorded" in stale


def test_another_score_without_why_is_asked_about_and_the_form_takes_it(sandbox: Sandbox) -> None:
    asked = sandbox.command(EDUCATION, "risk ORG0017 3 x 4")
    assert "Why is ORG0017 3 × 4 = 12 now? It was 3 × 3 = 9, and nothing is recorded yet." in read(asked)
    sandbox.press_in(EDUCATION, asked.message, "Say why…")
    done = read(sandbox.submit(EDUCATION, {"because": "the grant ends in March"}))
    assert "Assessed: ORG0017 is 3 × 4 = 12, medium, up from 9." in done


def test_the_secretary_assesses_for_the_owner(sandbox: Sandbox) -> None:
    said = read(sandbox.command(SECRETARY, "risk ORG0017 2 x 3 because the council pays"))
    assert "down from 9" in said
    assert "for Head of Education, Sefton Council" in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ORG0017 0 x 6 because of it", "A risk is scored 1 to 5 × 1 to 5, so 0 × 6 is no score. Nothing was recorded"),
        ("ORG0017 4 x 5 = 21 because of it", "4 × 5 = 20, and 21 is given. Nothing was recorded for ORG0017."),
        ("ORG0017 12", "A score is computed: say likelihood × impact"),
        ("ORG0099 2 x 2", "There is no risk “ORG0099”"),
        (f"ORG0017 2 x 2 because {'x' * 1001}", "A reason holds 1,000 characters, and that is 1,001"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_with_the_words_back(sandbox: Sandbox, typed: str, said: str) -> None:
    refused = read(sandbox.command(EDUCATION, f"risk {typed}"))
    assert said in refused
    assert typed[:40] in refused


def test_a_reason_that_may_identify_a_child_is_asked_about(sandbox: Sandbox) -> None:
    asked = sandbox.say(EDUCATION, "ORG0017 3 x 4 because Amy aged 7 waited a year")
    assert labels(asked.messages[-1])[0] == "No, it identifies nobody: record it"
    done = read(sandbox.press_in(EDUCATION, asked.messages[-1], "No, it identifies nobody: record it"))
    assert "Assessed: ORG0017 is 3 × 4 = 12" in done


def test_a_reason_is_redacted_everywhere_and_the_score_stays(sandbox: Sandbox) -> None:
    recorded = sandbox.say(EDUCATION, "ORG0017 3 x 4 because the grant of the Bootle unit ends")
    assert "Why is the last reason of ORG0017 redacted?" in read(sandbox.command(SECRETARY, "risk redact ORG0017"))
    done = read(sandbox.command(SECRETARY, "risk redact ORG0017 because it describes a child"))
    assert "Redacted: the reason of ORG0017 of Mon 17 Aug 2020 is emptied." in done
    shown = read(sandbox.command(CHAIR, "risk ORG0017"))
    assert "3 × 4 = 12" in shown
    assert "Bootle" not in shown
    assert "words redacted: it describes a child (Democratic Services Officer" in shown
    sandbox.tick()
    assert recorded.messages
    assert "Bootle" not in read(sandbox.workspace.dm(EDUCATION)[-1])
    with sandbox.database.read(ALL) as session:
        assert [one.reason for one in session.scalars(select(RiskAssessment)) if "Bootle" in one.reason] == []


def test_whoever_owns_it_not_is_told_who_does(sandbox: Sandbox) -> None:
    said = read(sandbox.command(HEALTH, "risk ORG0017 3 x 4 because so"))
    assert "Nothing was recorded for ORG0017: whoever acts for Head of Education, Sefton Council" in said


def test_words_about_risks_in_general_are_no_list(sandbox: Sandbox) -> None:
    assert "There is no risk" not in read(sandbox.say(EDUCATION, "risks in the timetable are in hand for healthy-5"))


def test_whoever_owns_a_risk_is_asked_after_the_quarter_and_answers_with_one_press(open_at: OpenAt) -> None:
    sandbox = open_at(when(10, 13, 12))
    sandbox.advance(when(10, 14, 10))
    asked = message_with(sandbox, EDUCATION, "1 risk of yours is to be assessed for the new quarter.")
    assert "ORG0017: The schools' part of the plan is not funded" in read(asked)
    assert "It stands at 3 × 3 = 9, medium; the target is 9." in read(asked)
    assert "Risk ORG0017" in read(sandbox.command(EDUCATION, "mine"))
    assert "Assessed: ORG0017 is 3 × 3 = 9" in read(sandbox.press_in(EDUCATION, asked, "Still 3 × 3 = 9"))
    sandbox.tick()
    after = read(message_with(sandbox, EDUCATION, "assessed by Head of Education"))
    assert "assessed by Head of Education, Sefton Council on Wed 14 Oct 2020." in after
    assert "Risk ORG0017" not in read(sandbox.command(EDUCATION, "mine"))
