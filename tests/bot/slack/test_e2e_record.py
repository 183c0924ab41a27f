"""The record through the real app: entries and their numbers, corrections, what is held, outcomes for several."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from models.enums import AnswerKind, OutcomeKind, Status, Way
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ANALYST,
    HEALTH,
    MEMBER,
    SECRETARY,
    OpenAt,
    Pristine,
    action,
    as_plan,
    entries,
    example,
    labels,
    outcomes,
    read,
    stored,
    when,
    with_two_secretaries,
    writer,
)
from tests.local_slack import Sandbox

NOW = when(8, 27)
REF = "healthy-4"
"""Led by the Public Health Lead, with the Public Health Analyst as contact officer; kept by the partnership board."""


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(NOW, plan=as_plan(with_two_secretaries(example())), burst=10_000)
    add_others(sandbox)
    return Pristine(sandbox)


def later(sandbox: Sandbox) -> None:
    """A minute passes; the clock goes on from one test to the next."""
    sandbox.clock.move(sandbox.clock() + timedelta(minutes=1))


def said(sandbox: Sandbox, user: str, words: str) -> str:
    return read(sandbox.command(user, words))


# -- numbers, corrections


def test_the_card_and_the_history_number_the_entries(sandbox: Sandbox) -> None:
    for words in ("one advisor", "two advisors", "three advisors", "four advisors"):
        later(sandbox)
        said(sandbox, HEALTH, f"update {REF} on track, {words}")
    card = said(sandbox, MEMBER, f"status {REF}")
    assert "4. Thu 27 Aug 2020, Public Health Lead for Children, Sefton Council: on track. “four advisors”" in card
    assert "1. Thu" not in card
    assert "shows all 4" in card
    history = said(sandbox, MEMBER, f"history {REF}")
    assert history.index("4. Thu") < history.index("1. Thu")
    assert "1. Thu 27 Aug 2020, Public Health Lead for Children, Sefton Council: on track. “one advisor”" in history


def test_only_those_who_may_put_an_entry_right_are_told_how(sandbox: Sandbox) -> None:
    assert said(sandbox, MEMBER, f"history {REF}").startswith(f"{REF}: no entry yet since the plan was loaded.")
    said(sandbox, HEALTH, f"update {REF} on track, two advisors")
    how = f"To put one right: “/cypp correct {REF} 1 …”."
    assert [how in said(sandbox, user, f"history {REF}") for user in (HEALTH, SECRETARY, ANALYST, MEMBER)] == [
        True,
        True,
        False,
        False,
    ]


def test_a_former_lead_changes_nothing_by_putting_an_old_entry_right(sandbox: Sandbox) -> None:
    said(sandbox, HEALTH, f"update {REF} on track, two advisors")
    said(sandbox, SECRETARY, f"assign {REF} to Head of Education")
    assert "Nothing was changed" in said(sandbox, HEALTH, f"correct {REF} 1 off track, none")
    assert action(sandbox, REF).status is Status.ON_TRACK


def test_a_long_history_has_pages(sandbox: Sandbox) -> None:
    for number in range(1, 13):
        later(sandbox)
        said(sandbox, HEALTH, f"update {REF} on track, advisor number {number}")
    first = sandbox.command(MEMBER, f"history {REF}")
    assert "12 entries" in read(first)
    assert "advisor number 12" in read(first)
    assert "“advisor number 1”" not in read(first)
    second = sandbox.press_in(
        MEMBER, first.message, next(one for one in labels(first.message) if one.startswith("Next"))
    )
    assert "“advisor number 1”" in read(second)


@pytest.mark.parametrize("user", [HEALTH, SECRETARY])
def test_an_entry_is_put_right_by_a_new_one(sandbox: Sandbox, user: str) -> None:
    said(sandbox, HEALTH, f"update {REF} on track, two advisors")
    shown = said(sandbox, user, f"correct {REF} 1 amber three advisors, one post vacant")
    assert f"Corrected entry 1 of {REF}: some issues." in shown
    first, second = entries(sandbox, REF)
    assert (first.words, second.corrects_id, second.words) == (
        "two advisors",
        first.id,
        "three advisors, one post vacant",
    )
    assert action(sandbox, REF).status is Status.SOME_ISSUES
    history = said(sandbox, MEMBER, f"history {REF}")
    assert "(Put right by entry 2.)" in history
    assert "(Puts entry 1 right.)" in history


def test_an_older_entry_is_put_right_without_a_later_one_being_lost(sandbox: Sandbox) -> None:
    said(sandbox, HEALTH, f"update {REF} on track, two advisors")
    later(sandbox)
    said(sandbox, HEALTH, f"update {REF} off track, the provider has left")
    answered = action(sandbox, REF).last_answer_at
    later(sandbox)
    said(sandbox, HEALTH, f"correct {REF} 1 three advisors, not two")
    row = action(sandbox, REF)
    assert (row.status, row.last_answer_at) == (Status.OFF_TRACK, answered)
    assert "“the provider has left”" in said(sandbox, MEMBER, f"status {REF}").split("Latest entries")[0]
    assert entries(sandbox, REF)[-1].status is Status.ON_TRACK


def test_a_correction_taken_back_leaves_the_first_as_it_was(sandbox: Sandbox) -> None:
    said(sandbox, HEALTH, f"update {REF} on track, two advisors")
    answer = sandbox.command(HEALTH, f"correct {REF} last off track, nobody came")
    assert action(sandbox, REF).status is Status.OFF_TRACK
    sandbox.press_in(HEALTH, answer.message, "Undo")
    assert action(sandbox, REF).status is Status.ON_TRACK
    assert "“two advisors”" in said(sandbox, MEMBER, f"status {REF}")


def test_what_cannot_be_put_right_says_why(sandbox: Sandbox) -> None:
    said(sandbox, HEALTH, f"update {REF} on track, two advisors")
    said(sandbox, HEALTH, f"correct {REF} 1 on track, three advisors")
    assert "was put right by entry 2 already" in said(sandbox, HEALTH, f"correct {REF} 1 on track, four")
    assert "none with the number 9" in said(sandbox, HEALTH, f"correct {REF} 9 on track, four")
    said(sandbox, SECRETARY, f"outcome {REF} no decision")
    assert "is an outcome" in said(sandbox, SECRETARY, f"correct {REF} 3 on track, four")
    assert "Some issues needs a reason" in said(sandbox, HEALTH, f"correct {REF} 2 amber")
    assert len(entries(sandbox, REF)) == 2


def test_an_undo_after_a_correction_is_refused(sandbox: Sandbox) -> None:
    answer = sandbox.command(HEALTH, f"update {REF} on track, two advisors")
    said(sandbox, SECRETARY, f"correct {REF} 1 on track, three advisors")
    assert "Something newer is on record" in read(sandbox.press_in(HEALTH, answer.message, "Undo"))


# -- for a lead


def test_the_secretary_answers_for_a_lead_as_heard_by_e_mail(sandbox: Sandbox) -> None:
    shown = said(sandbox, SECRETARY, f"update {REF} on track, two advisors, for Public Health Lead by e-mail 24/8")
    assert f"Recorded for {REF}: on track." in shown
    (entry,) = entries(sandbox, REF)
    assert (entry.words, entry.heard, entry.way) == ("two advisors", "by e-mail of Mon 24 Aug 2020", Way.EMAIL)
    assert entry.signature.endswith(
        ", for Public Health Lead for Children, Sefton Council, by e-mail of Mon 24 Aug 2020"
    )
    assert writer(sandbox, entry) == SECRETARY


@pytest.mark.parametrize(
    ("typed", "heard"),
    [("by phone", "by phone on Thu 27 Aug 2020"), ("in person yesterday", "in person on Wed 26 Aug 2020")],
)
def test_by_phone_and_in_person(sandbox: Sandbox, typed: str, heard: str) -> None:
    said(sandbox, SECRETARY, f"done {REF} the report is out, for Public Health Lead {typed}")
    (entry,) = entries(sandbox, REF)
    assert (entry.kind, entry.heard, entry.words) == (AnswerKind.PROPOSED, heard, "the report is out")


def test_a_date_to_come_is_refused(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    shown = said(sandbox, SECRETARY, f"update {REF} on track, two, for Public Health Lead by e-mail 4/9")
    assert "Fri 4 Sep 2020 is still to come" in shown
    assert stored(sandbox) == before


def test_a_post_that_does_not_lead_the_action_is_a_question(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    answer = sandbox.command(SECRETARY, f"update {REF} on track, two advisors, for Head of Education by e-mail 24/8")
    assert f"{REF} is led by Public Health Lead for Children, Sefton Council, not by Head of Education" in read(answer)
    assert stored(sandbox) == before
    sandbox.press_in(SECRETARY, answer.message, labels(answer.message)[0])
    (entry,) = entries(sandbox, REF)
    assert (entry.words, entry.heard) == ("two advisors", "by e-mail of Mon 24 Aug 2020")


def test_a_leads_own_words_may_end_so(sandbox: Sandbox) -> None:
    said(sandbox, HEALTH, f"update {REF} on track, invitations sent, by e-mail 24/8")
    (entry,) = entries(sandbox, REF)
    assert (entry.words, entry.heard) == ("invitations sent, by e-mail 24/8", "")


# -- outcomes


def test_several_are_closed_at_once_after_asking_about_the_one_never_proposed(sandbox: Sandbox) -> None:
    said(sandbox, HEALTH, f"done {REF} the report is out")
    before = stored(sandbox)
    typed = f"close {REF}, healthy 9 agreed 10/6 minute 41"
    answer = sandbox.command(SECRETARY, typed)
    assert "healthy-9 was never proposed for closure" in read(answer)
    assert labels(answer.message) == ["Close both", f"Close {REF} only", "Neither"]
    assert stored(sandbox) == before
    assert "Nothing was recorded." in read(sandbox.press_in(SECRETARY, answer.message, "Neither"))
    assert stored(sandbox) == before
    again = sandbox.command(SECRETARY, typed)
    shown = read(sandbox.press_in(SECRETARY, again.message, "Close both"))
    assert f"Recorded for {REF} and healthy-9." in shown
    for ref in (REF, "healthy-9"):
        (outcome,) = outcomes(sandbox, ref)
        assert (outcome.kind, outcome.minute) == (OutcomeKind.CLOSED, "41")


def test_only_the_proposed_one_is_closed(sandbox: Sandbox) -> None:
    said(sandbox, HEALTH, f"done {REF} the report is out")
    answer = sandbox.command(SECRETARY, f"close {REF} and healthy-9")
    sandbox.press_in(SECRETARY, answer.message, f"Close {REF} only")
    assert len(outcomes(sandbox, REF)) == 1
    assert outcomes(sandbox, "healthy-9") == []


def test_several_that_were_proposed_are_closed_without_asking(sandbox: Sandbox) -> None:
    said(sandbox, HEALTH, f"done {REF} the report is out")
    said(sandbox, HEALTH, "done healthy-9 the report is out")
    assert f"Recorded for {REF} and healthy-9." in said(sandbox, SECRETARY, f"close {REF}, healthy-9 minute 7")


def test_several_are_carried_forward_at_once(sandbox: Sandbox) -> None:
    shown = said(sandbox, SECRETARY, f"outcome {REF} healthy-9 carried forward to 23 Oct")
    assert f"Recorded for {REF} and healthy-9." in shown
    for ref in (REF, "healthy-9"):
        assert outcomes(sandbox, ref)[0].kind is OutcomeKind.CARRIED_FORWARD


def test_none_is_recorded_where_one_may_not_be(sandbox: Sandbox) -> None:
    said(sandbox, SECRETARY, "withdraw healthy-9 because the funding ended")
    before = stored(sandbox)
    shown = said(sandbox, SECRETARY, f"close {REF}, healthy-9")
    assert "healthy-9 is closed, not done already" in shown
    assert "None of the others was recorded either." in shown
    assert stored(sandbox) == before


def test_withdrawn_replaced_not_agreed_reopened(sandbox: Sandbox) -> None:
    before = action(sandbox, REF).status
    said(sandbox, SECRETARY, f"replace {REF} by happy-2 because they are one now")
    assert outcomes(sandbox, REF)[-1].reason == "replaced by happy-2: they are one now"
    assert action(sandbox, REF).status is Status.CLOSED_NOT_DONE
    assert "Nothing was changed yet" in said(sandbox, SECRETARY, f"reopen {REF}")
    later(sandbox)
    shown = said(sandbox, SECRETARY, f"reopen {REF} because the two were parted again")
    assert f"Reopened {REF}" in shown
    assert action(sandbox, REF).status is before
    assert "is open already" in said(sandbox, SECRETARY, f"reopen {REF} because X")
    later(sandbox)
    said(sandbox, HEALTH, f"done {REF} the report is out")
    shown = said(sandbox, SECRETARY, f"not agreed {REF} because the figures are missing")
    assert f"Recorded for {REF}: not agreed" in shown
    assert action(sandbox, REF).status is not Status.PROPOSED


def test_two_people_answer_in_the_same_second_and_both_stand(sandbox: Sandbox) -> None:
    shown: dict[str, str] = {}

    def answer(user: str, words: str) -> None:
        shown[user] = read(sandbox.workspace.command(user, "/cypp", f"update {REF} {words}", replies=1))

    some = [
        threading.Thread(target=answer, args=(HEALTH, "on track, two advisors")),
        threading.Thread(target=answer, args=(ANALYST, "off track, nobody came")),
    ]
    for one in some:
        one.start()
    for one in some:
        one.join()
    first, second = entries(sandbox, REF)
    assert {first.words, second.words} == {"two advisors", "nobody came"}
    assert action(sandbox, REF).status is second.status
    second_to_answer = HEALTH if second.words == "two advisors" else ANALYST
    assert "Both stand; yours is the later." in shown[second_to_answer]
    assert "Recorded for" in shown[HEALTH]
    assert "Recorded for" in shown[ANALYST]
