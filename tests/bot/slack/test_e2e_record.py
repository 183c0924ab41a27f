"""The record through the real app: entries and their numbers, corrections, what is held, outcomes for several."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from models.enums import AnswerKind, OutcomeKind, Status, Way
from models.files.export import export_plan
from models.storage.scope import ALL
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ADMIN,
    ANALYST,
    CHAIR,
    CHANNEL,
    EDUCATION,
    HEALTH,
    MEMBER,
    OTHER_CHAIR,
    OTHER_SECRETARY,
    SECRETARY,
    OpenAt,
    Pristine,
    action,
    as_plan,
    entries,
    example,
    labels,
    meeting_on,
    outcomes,
    planted,
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
    town = open_for_all(NOW, plan=as_plan(with_two_secretaries(example())), burst=10_000)
    add_others(town)
    return Pristine(town)


def later(town: Sandbox) -> None:
    """A minute passes; the clock goes on from one test to the next."""
    town.clock.move(town.clock() + timedelta(minutes=1))


def said(town: Sandbox, user: str, words: str) -> str:
    return read(town.command(user, words))


# -- numbers, corrections


def test_the_card_and_the_history_number_the_entries(town: Sandbox) -> None:
    for words in ("one advisor", "two advisors", "three advisors", "four advisors"):
        later(town)
        said(town, HEALTH, f"update {REF} on track, {words}")
    card = said(town, MEMBER, f"status {REF}")
    assert "4. Thu 27 Aug 2020, Public Health Lead for Children, Sefton Council: on track. “four advisors”" in card
    assert "1. Thu" not in card
    assert "shows all 4" in card
    history = said(town, MEMBER, f"history {REF}")
    assert history.index("4. Thu") < history.index("1. Thu")
    assert "1. Thu 27 Aug 2020, Public Health Lead for Children, Sefton Council: on track. “one advisor”" in history


def test_only_those_who_may_put_an_entry_right_are_told_how(town: Sandbox) -> None:
    assert said(town, MEMBER, f"history {REF}").startswith(f"{REF}: no entry yet since the plan was loaded.")
    said(town, HEALTH, f"update {REF} on track, two advisors")
    how = f"To put one right: “/cypp correct {REF} 1 …”."
    assert [how in said(town, user, f"history {REF}") for user in (HEALTH, SECRETARY, ANALYST, MEMBER)] == [
        True,
        True,
        False,
        False,
    ]


def test_a_former_lead_changes_nothing_by_putting_an_old_entry_right(town: Sandbox) -> None:
    said(town, HEALTH, f"update {REF} on track, two advisors")
    said(town, SECRETARY, f"assign {REF} to Head of Education")
    assert "Nothing was changed" in said(town, HEALTH, f"correct {REF} 1 off track, none")
    assert action(town, REF).status is Status.ON_TRACK


def test_a_long_history_has_pages(town: Sandbox) -> None:
    for number in range(1, 13):
        later(town)
        said(town, HEALTH, f"update {REF} on track, advisor number {number}")
    first = town.command(MEMBER, f"history {REF}")
    assert "12 entries" in read(first)
    assert "advisor number 12" in read(first)
    assert "“advisor number 1”" not in read(first)
    second = town.press_in(MEMBER, first.message, next(one for one in labels(first.message) if one.startswith("Next")))
    assert "“advisor number 1”" in read(second)


@pytest.mark.parametrize("user", [HEALTH, SECRETARY])
def test_an_entry_is_put_right_by_a_new_one(town: Sandbox, user: str) -> None:
    said(town, HEALTH, f"update {REF} on track, two advisors")
    shown = said(town, user, f"correct {REF} 1 amber three advisors, one post vacant")
    assert f"Corrected entry 1 of {REF}: some issues." in shown
    first, second = entries(town, REF)
    assert (first.words, second.corrects_id, second.words) == (
        "two advisors",
        first.id,
        "three advisors, one post vacant",
    )
    assert action(town, REF).status is Status.SOME_ISSUES
    history = said(town, MEMBER, f"history {REF}")
    assert "(Put right by entry 2.)" in history
    assert "(Puts entry 1 right.)" in history


def test_an_older_entry_is_put_right_without_a_later_one_being_lost(town: Sandbox) -> None:
    said(town, HEALTH, f"update {REF} on track, two advisors")
    later(town)
    said(town, HEALTH, f"update {REF} off track, the provider has left")
    answered = action(town, REF).last_answer_at
    later(town)
    said(town, HEALTH, f"correct {REF} 1 three advisors, not two")
    row = action(town, REF)
    assert (row.status, row.last_answer_at) == (Status.OFF_TRACK, answered)
    assert "“the provider has left”" in said(town, MEMBER, f"status {REF}").split("Latest entries")[0]
    assert entries(town, REF)[-1].status is Status.ON_TRACK


def test_a_correction_taken_back_leaves_the_first_as_it_was(town: Sandbox) -> None:
    said(town, HEALTH, f"update {REF} on track, two advisors")
    answer = town.command(HEALTH, f"correct {REF} last off track, nobody came")
    assert action(town, REF).status is Status.OFF_TRACK
    town.press_in(HEALTH, answer.message, "Undo")
    assert action(town, REF).status is Status.ON_TRACK
    assert "“two advisors”" in said(town, MEMBER, f"status {REF}")


def test_what_cannot_be_put_right_says_why(town: Sandbox) -> None:
    said(town, HEALTH, f"update {REF} on track, two advisors")
    said(town, HEALTH, f"correct {REF} 1 on track, three advisors")
    assert "was put right by entry 2 already" in said(town, HEALTH, f"correct {REF} 1 on track, four")
    assert "none with the number 9" in said(town, HEALTH, f"correct {REF} 9 on track, four")
    said(town, SECRETARY, f"outcome {REF} no decision")
    assert "is an outcome" in said(town, SECRETARY, f"correct {REF} 3 on track, four")
    assert "Some issues needs a reason" in said(town, HEALTH, f"correct {REF} 2 amber")
    assert len(entries(town, REF)) == 2


def test_an_undo_after_a_correction_is_refused(town: Sandbox) -> None:
    answer = town.command(HEALTH, f"update {REF} on track, two advisors")
    said(town, SECRETARY, f"correct {REF} 1 on track, three advisors")
    assert "Something newer is on record" in read(town.press_in(HEALTH, answer.message, "Undo"))


# -- not for publication


HELD_WORDS = "the provider has given notice"


def hold(town: Sandbox) -> str:
    return said(town, HEALTH, f"update {REF} off track, {HELD_WORDS}, not for publication because the tender is open")


def test_words_not_for_publication_are_whole_for_some_and_held_for_the_others(town: Sandbox) -> None:
    receipt = hold(town)
    assert "Not for publication, because the tender is open." in receipt
    (entry,) = entries(town, REF)
    assert (entry.words, entry.withheld) == (HELD_WORDS, "the tender is open")
    for question in (f"status {REF}", f"history {REF}", "status theme healthy", "due 16 sep"):
        for user in (HEALTH, ANALYST, SECRETARY, CHAIR, ADMIN):
            shown = said(town, user, question)
            assert HELD_WORDS in shown, (user, question)
            assert "update held" not in shown.lower(), (user, question)
        for user in (MEMBER, EDUCATION, OTHER_SECRETARY, OTHER_CHAIR):
            shown = said(town, user, question)
            assert HELD_WORDS not in shown, (user, question)
            assert "update held" in shown.lower(), (user, question)


def test_what_is_shared_is_held_even_when_the_secretary_shares_it(town: Sandbox) -> None:
    hold(town)
    for question in (f"status {REF}", f"history {REF}"):
        answer = town.workspace.command(SECRETARY, "/cypp", question, CHANNEL)
        assert HELD_WORDS in read(answer)
        shared = town.workspace.press(SECRETARY, answer.message, text="Share in channel", settle=0.2)
        assert HELD_WORDS not in "".join(one.text + read(one) for one in shared.messages if not one.ephemeral_to)
    seen = "".join(one.text + read(one) for one in town.workspace.seen(MEMBER, CHANNEL))
    assert HELD_WORDS not in seen
    assert "update held" in seen.lower()


@pytest.mark.parametrize("suffix", [".csv", ".yaml"])
def test_an_export_says_update_held(town: Sandbox, suffix: str) -> None:
    said(town, HEALTH, f"done {REF} {HELD_WORDS}, not for publication because the tender is open")
    with town.database.read(ALL) as session:
        content = export_plan(session, "T0DEMO", suffix, NOW.date()).content.decode()
    assert HELD_WORDS not in content
    assert "update held" in content


def test_without_a_reason_it_asks_why(town: Sandbox) -> None:
    before = stored(town)
    shown = said(town, HEALTH, f"update {REF} off track, {HELD_WORDS}, not for publication")
    assert "Why is it not for publication?" in shown
    assert stored(town) == before


def test_an_entry_is_held_back_by_its_number(town: Sandbox) -> None:
    said(town, HEALTH, f"update {REF} off track, {HELD_WORDS}")
    shown = said(town, SECRETARY, f"withhold {REF} 1 because the tender is open")
    assert f"Entry 1 of {REF} is not for publication." in shown
    assert HELD_WORDS not in said(town, MEMBER, f"status {REF}")
    assert HELD_WORDS in said(town, HEALTH, f"status {REF}")
    assert "is not for publication already" in said(town, HEALTH, f"withhold {REF} 1 because X")


def test_a_correction_of_held_words_is_held_too(town: Sandbox) -> None:
    hold(town)
    said(town, HEALTH, f"correct {REF} 1 the provider has left")
    assert "the provider has left" not in said(town, MEMBER, f"status {REF}")


def test_plain_words_may_be_held_too(town: Sandbox) -> None:
    town.say(HEALTH, f"{REF} off track, {HELD_WORDS}, not for publication because the tender is open")
    (entry,) = entries(town, REF)
    assert (entry.words, entry.withheld) == (HELD_WORDS, "the tender is open")


def test_a_form_may_hold_its_words_too(town: Sandbox) -> None:
    value = f"{action(town, REF).id}|{meeting_on(town, 9, 16).id}"
    town.workspace.press(HEALTH, planted(town, HEALTH, "issues", value), text="Press")
    town.workspace.wait_for_view(HEALTH)
    assert town.submit(HEALTH, {"words": HELD_WORDS + ".", "held": "the tender is open"}).closed
    (entry,) = entries(town, REF)
    assert (entry.words.rstrip("."), entry.withheld) == (HELD_WORDS, "the tender is open")


def test_messages_are_whole_for_those_who_may_see_and_held_in_the_channel(open_at: OpenAt) -> None:
    town = open_at(when(8, 27), burst=10_000)
    hold(town)
    town.advance(when(9, 16, 18))
    town.command(SECRETARY, f"outcome {REF} no decision")
    pressed = planted(town, SECRETARY, "recorded", str(meeting_on(town, 9, 16).id))
    town.workspace.press(SECRETARY, pressed, text="Press", settle=0.2)
    town.advance(when(9, 17, 12))
    board = action(town, REF).board_id
    town.workspace.press(SECRETARY, planted(town, SECRETARY, "publish", str(board)), text="Press", settle=0.2)
    town.tick()
    assert HELD_WORDS in "".join(read(one) for one in town.workspace.dm(SECRETARY))
    (published,) = [one for one in town.workspace.seen(CHAIR, CHANNEL) if one.from_bot]
    assert REF in read(published)
    assert HELD_WORDS not in published.text + read(published)
    assert "update held" in read(published)
    town.advance(when(9, 24, 9, 30))
    assert HELD_WORDS in "".join(read(one) for one in town.workspace.dm(HEALTH))


# -- for a lead


def test_the_secretary_answers_for_a_lead_as_heard_by_e_mail(town: Sandbox) -> None:
    shown = said(town, SECRETARY, f"update {REF} on track, two advisors, for Public Health Lead by e-mail 24/8")
    assert f"Recorded for {REF}: on track." in shown
    (entry,) = entries(town, REF)
    assert (entry.words, entry.heard, entry.way) == ("two advisors", "by e-mail of Mon 24 Aug 2020", Way.EMAIL)
    assert entry.signature.endswith(
        ", for Public Health Lead for Children, Sefton Council, by e-mail of Mon 24 Aug 2020"
    )
    assert writer(town, entry) == SECRETARY


@pytest.mark.parametrize(
    ("typed", "heard"),
    [("by phone", "by phone on Thu 27 Aug 2020"), ("in person yesterday", "in person on Wed 26 Aug 2020")],
)
def test_by_phone_and_in_person(town: Sandbox, typed: str, heard: str) -> None:
    said(town, SECRETARY, f"done {REF} the report is out, for Public Health Lead {typed}")
    (entry,) = entries(town, REF)
    assert (entry.kind, entry.heard, entry.words) == (AnswerKind.PROPOSED, heard, "the report is out")


def test_a_date_to_come_is_refused(town: Sandbox) -> None:
    before = stored(town)
    shown = said(town, SECRETARY, f"update {REF} on track, two, for Public Health Lead by e-mail 4/9")
    assert "Fri 4 Sep 2020 is still to come" in shown
    assert stored(town) == before


def test_a_post_that_does_not_lead_the_action_is_a_question(town: Sandbox) -> None:
    before = stored(town)
    answer = town.command(SECRETARY, f"update {REF} on track, two advisors, for Head of Education by e-mail 24/8")
    assert f"{REF} is led by Public Health Lead for Children, Sefton Council, not by Head of Education" in read(answer)
    assert stored(town) == before
    town.press_in(SECRETARY, answer.message, labels(answer.message)[0])
    (entry,) = entries(town, REF)
    assert (entry.words, entry.heard) == ("two advisors", "by e-mail of Mon 24 Aug 2020")


def test_a_leads_own_words_may_end_so(town: Sandbox) -> None:
    said(town, HEALTH, f"update {REF} on track, invitations sent, by e-mail 24/8")
    (entry,) = entries(town, REF)
    assert (entry.words, entry.heard) == ("invitations sent, by e-mail 24/8", "")


# -- outcomes


def test_several_are_closed_at_once_after_asking_about_the_one_never_proposed(town: Sandbox) -> None:
    said(town, HEALTH, f"done {REF} the report is out")
    before = stored(town)
    typed = f"close {REF}, healthy 9 agreed 10/6 minute 41"
    answer = town.command(SECRETARY, typed)
    assert "healthy-9 was never proposed for closure" in read(answer)
    assert labels(answer.message) == ["Close both", f"Close {REF} only", "Neither"]
    assert stored(town) == before
    assert "Nothing was recorded." in read(town.press_in(SECRETARY, answer.message, "Neither"))
    assert stored(town) == before
    again = town.command(SECRETARY, typed)
    shown = read(town.press_in(SECRETARY, again.message, "Close both"))
    assert f"Recorded for {REF} and healthy-9." in shown
    for ref in (REF, "healthy-9"):
        (outcome,) = outcomes(town, ref)
        assert (outcome.kind, outcome.minute) == (OutcomeKind.CLOSED, "41")


def test_only_the_proposed_one_is_closed(town: Sandbox) -> None:
    said(town, HEALTH, f"done {REF} the report is out")
    answer = town.command(SECRETARY, f"close {REF} and healthy-9")
    town.press_in(SECRETARY, answer.message, f"Close {REF} only")
    assert len(outcomes(town, REF)) == 1
    assert outcomes(town, "healthy-9") == []


def test_several_that_were_proposed_are_closed_without_asking(town: Sandbox) -> None:
    said(town, HEALTH, f"done {REF} the report is out")
    said(town, HEALTH, "done healthy-9 the report is out")
    assert f"Recorded for {REF} and healthy-9." in said(town, SECRETARY, f"close {REF}, healthy-9 minute 7")


def test_several_are_carried_forward_at_once(town: Sandbox) -> None:
    shown = said(town, SECRETARY, f"outcome {REF} healthy-9 carried forward to 23 Oct")
    assert f"Recorded for {REF} and healthy-9." in shown
    for ref in (REF, "healthy-9"):
        assert outcomes(town, ref)[0].kind is OutcomeKind.CARRIED_FORWARD


def test_none_is_recorded_where_one_may_not_be(town: Sandbox) -> None:
    said(town, SECRETARY, "withdraw healthy-9 because the funding ended")
    before = stored(town)
    shown = said(town, SECRETARY, f"close {REF}, healthy-9")
    assert "healthy-9 is closed, not done already" in shown
    assert "None of the others was recorded either." in shown
    assert stored(town) == before


def test_withdrawn_replaced_not_agreed_reopened(town: Sandbox) -> None:
    before = action(town, REF).status
    said(town, SECRETARY, f"replace {REF} by happy-2 because they are one now")
    assert outcomes(town, REF)[-1].reason == "replaced by happy-2: they are one now"
    assert action(town, REF).status is Status.CLOSED_NOT_DONE
    assert "Nothing was changed yet" in said(town, SECRETARY, f"reopen {REF}")
    later(town)
    shown = said(town, SECRETARY, f"reopen {REF} because the two were parted again")
    assert f"Reopened {REF}" in shown
    assert action(town, REF).status is before
    assert "is open already" in said(town, SECRETARY, f"reopen {REF} because X")
    later(town)
    said(town, HEALTH, f"done {REF} the report is out")
    shown = said(town, SECRETARY, f"not agreed {REF} because the figures are missing")
    assert f"Recorded for {REF}: not agreed" in shown
    assert action(town, REF).status is not Status.PROPOSED


def test_two_people_answer_in_the_same_second_and_both_stand(town: Sandbox) -> None:
    shown: dict[str, str] = {}

    def answer(user: str, words: str) -> None:
        shown[user] = read(town.workspace.command(user, "/cypp", f"update {REF} {words}"))

    some = [
        threading.Thread(target=answer, args=(HEALTH, "on track, two advisors")),
        threading.Thread(target=answer, args=(ANALYST, "off track, nobody came")),
    ]
    for one in some:
        one.start()
    for one in some:
        one.join()
    first, second = entries(town, REF)
    assert {first.words, second.words} == {"two advisors", "nobody came"}
    assert action(town, REF).status is second.status
    second_to_answer = HEALTH if second.words == "two advisors" else ANALYST
    assert "Both stand; yours is the later." in shown[second_to_answer]
    assert "Recorded for" in shown[HEALTH]
    assert "Recorded for" in shown[ANALYST]
