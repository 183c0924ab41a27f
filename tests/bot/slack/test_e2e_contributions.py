"""Contributions to a focus theme in Slack: partners are asked with the request, answer, and the board sees who did."""

from __future__ import annotations

import re

import pytest

from tests.bot.slack.e2e import (
    CHAIR,
    EDUCATION,
    SECRETARY,
    OpenAt,
    Pristine,
    labels,
    message_with,
    read,
    when,
)
from tests.bot.slack.test_e2e_chasing import menu_of
from tests.bot.slack.test_e2e_papers import received
from tests.local_slack import Sandbox

DRAFT = "Children and Young Peoples Partnership Board 2020-10-23 draft.docx"
ALDER_HEY, NORTH_WEST, HEAD_TEACHERS = "U0ALDERHY", "U0NWB019S", "U0HEADREP"
EARLY_HELP = "U0EARLYHP"
GIVEN = (
    "We run a youth forum of more than 30 young people.\n\n"
    "Evidence: forum register, Q2 2020.\n"
    "What changed for children?\nThey redesigned an area of the hospital.\n"
    "Gaps: too few members from the north of the borough.\n"
    "Next steps:\n- recruit ten members from Southport\n- publish the forum's plan"
)


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(9, 23, 10))
    sandbox.advance(when(9, 24, 10))
    return Pristine(sandbox)


def test_every_partner_is_asked_in_the_message_of_the_request(sandbox: Sandbox) -> None:
    alone = message_with(sandbox, ALDER_HEY, "The board asks you for a contribution to Heard by Thu 8 Oct 2020.")
    assert labels(alone) == ["Contribute…"]
    assert "what we did; evidence; what changed for children; what was found wanting; what we will do" in read(alone)
    beside = message_with(sandbox, EDUCATION, "3 actions of yours need an update by Thu 8 Oct 2020.")
    assert "Sefton Council, Head of Education" in read(beside)
    assert "Contribute…" in labels(beside)


def test_a_return_with_headings_is_read_part_by_part_and_the_request_shows_that_it_came(sandbox: Sandbox) -> None:
    said = read(sandbox.say(ALDER_HEY, GIVEN))
    assert "the contribution of Alder Hey Children's NHS Foundation Trust." in said
    assert "what we did, evidence, what changed for children, what was found wanting and what we will do next." in said
    sandbox.tick()
    asked = message_with(sandbox, ALDER_HEY, "Thank you: no contribution is wanted of you just now.")
    assert "Given by Youth Forum Lead, Alder Hey Children's NHS Foundation Trust on Thu 24 Sep 2020." in read(asked)
    assert "1 of 10 contributions received." in read(sandbox.command(CHAIR, "contributions for 23 oct"))


def test_a_standing_commitment_is_not_offered_as_done(sandbox: Sandbox) -> None:
    asked = labels(message_with(sandbox, EARLY_HELP, "2 actions of yours need an update by Thu 8 Oct 2020."))
    assert (asked.count("On track"), asked.count("Done…")) == (2, 1)


@pytest.mark.parametrize(
    "words",
    [
        "who hasn't contributed",
        "contributions still missing for october",
        "which contributions are outstanding?",
        "has everyone contributed to the october meeting",
    ],
)
def test_which_contributions_are_missing_is_asked_in_any_words(sandbox: Sandbox, words: str) -> None:
    assert "0 of 10 contributions received." in read(sandbox.say(SECRETARY, words))


def test_a_return_may_begin_with_whose_it_is_in_a_line_of_its_own(sandbox: Sandbox) -> None:
    said = read(sandbox.say(ALDER_HEY, "Contribution from Alder Hey.\nYouth voice: 31 met.\nNext - a summer event."))
    assert "the contribution of Alder Hey Children's NHS Foundation Trust." in said
    assert "Not covered yet, if there is anything to add: what we did, what changed for children and" in said


def test_one_paragraph_is_what_was_done_and_more_can_be_added(sandbox: Sandbox) -> None:
    first = read(sandbox.command(NORTH_WEST, "contribute our health visitors asked families"))
    assert "Not covered yet, if there is anything to add: evidence, what changed for children, what was found" in first
    sandbox.command(NORTH_WEST, "contribute evidence: audit of health plans, Q2")
    shown = read(sandbox.command(CHAIR, "contributions North West Boroughs"))
    assert "our health visitors asked families" in shown
    assert "audit of health plans, Q2" in shown


def test_the_form_shows_what_stands_and_undo_takes_it_back(sandbox: Sandbox) -> None:
    asked = message_with(sandbox, HEAD_TEACHERS, "Also below: The board asks you for a contribution to Heard")
    sandbox.press_in(HEAD_TEACHERS, asked, "Contribute…")
    given = sandbox.submit(HEAD_TEACHERS, {"did": "Every school has a council", "next": "Share their minutes"})
    assert "the contribution of Sefton schools." in read(given)
    undone = sandbox.press_in(HEAD_TEACHERS, sandbox.workspace.dm(HEAD_TEACHERS)[-1], "Undo")
    assert "Undone: the contribution of Sefton schools is not given." in read(undone)


def test_a_secretary_records_for_a_partner_by_e_mail(sandbox: Sandbox) -> None:
    said = read(sandbox.command(SECRETARY, "contribute police: we appointed two school officers, by e-mail of 23 Sep"))
    assert "the contribution of Merseyside Police." in said
    assert "by e-mail of Wed 23 Sep 2020" in said


def test_two_people_of_one_organisation_at_once_lose_nothing(sandbox: Sandbox) -> None:
    asked = message_with(sandbox, EDUCATION, "3 actions of yours need an update by Thu 8 Oct 2020.")
    sandbox.press_in(EDUCATION, asked, "Contribute…")
    sandbox.command(SECRETARY, "contribute Head of Education: a survey went to all schools, by e-mail of 23 Sep")
    late = sandbox.submit(EDUCATION, {"did": "The survey was repeated", "evidence": "1,200 answers, June 2020"})
    assert "nothing of yours is stored yet." in read(late)
    assert labels(late.messages[-1]) == ["Add mine to it", "Put mine in its place", "Leave theirs"]
    sandbox.press_in(EDUCATION, late.messages[-1], "Add mine to it")
    shown = read(sandbox.command(CHAIR, "contributions Head of Education"))
    assert "a survey went to all schools" in shown
    assert "The survey was repeated" in shown
    assert "1,200 answers, June 2020" in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (f"contribute {'we listened to them. ' * 200}", "and a contribution holds 4,000, so nothing was recorded"),
        ("contribute A pupil said “I miss my friends every day”.", "Whose words are “I miss my friends every day”?"),
        ("contribute J.S., aged 9, waits for a place", "Nothing is recorded yet"),
    ],
)
def test_what_cannot_be_taken_as_it_is_is_asked_about(sandbox: Sandbox, typed: str, said: str) -> None:
    assert said in read(sandbox.command(EDUCATION, typed))


def test_words_that_may_identify_a_child_are_kept_until_their_writer_decides(sandbox: Sandbox) -> None:
    asked = sandbox.command(EDUCATION, "contribute J.S., aged 9, waits for a place")
    assert labels(asked.message) == ["No, it identifies nobody: record it", "Let me reword"]
    done = sandbox.press_in(EDUCATION, asked.message, "No, it identifies nobody: record it")
    assert "the contribution of Sefton Council, Head of Education." in read(done)


def test_which_meeting_takes_which_theme_is_shown_and_set_and_two_that_take_one_are_said(sandbox: Sandbox) -> None:
    assert "No coming meeting takes Healthy and Achieving yet." in read(sandbox.command(CHAIR, "focus"))
    given = sandbox.command(SECRETARY, "focus 8 Dec heard")
    assert "Heard is taken by 2 meetings" in read(given)
    assert "has the focus Happy now." in read(sandbox.press_in(SECRETARY, given.message, "Undo"))


def test_the_secretary_is_told_who_gave_none_and_the_paper_prints_what_was_given(sandbox: Sandbox) -> None:
    sandbox.say(ALDER_HEY, GIVEN)
    sandbox.command(EDUCATION, "contribute A pupil said “I miss my friends every day”. Schools read the survey.")
    sandbox.advance(when(10, 9, 10))
    told = "\n".join(read(one) for one in sandbox.workspace.dm(SECRETARY))
    assert "No contribution received on Heard (10)" in told
    assert "police (not asked: no account); CCGs; NWB; council, Early Help Manager; council, Principal Social" in told
    assert "Parent and carer groups (not asked: no post)" in told
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, "papers 23 Oct")
    paper = received(sandbox, SECRETARY, mark, DRAFT)
    headings = [said for _, said in paper.headings]
    assert "7. Contributions on Heard" in headings
    assert headings.index("Alder Hey Children's NHS Foundation Trust") < headings.index(
        "Sefton Council, Head of Education"
    )
    assert "They redesigned an area of the hospital." in paper.text
    assert "No contribution received from Merseyside Police; NHS South Sefton CCG" in paper.text
    assert "I miss my friends" not in paper.text
    assert "[quotation held: source and consent not noted]. Schools read the survey." in paper.text


def test_a_redacted_return_is_emptied_in_a_paper_that_was_frozen_before(sandbox: Sandbox) -> None:
    sandbox.say(ALDER_HEY, GIVEN)
    sandbox.command(SECRETARY, "freeze papers 23 Oct")
    sandbox.command(SECRETARY, "contribution redact Alder Hey for 23 Oct because it describes a child")
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, "papers 23 Oct")
    paper = received(sandbox, SECRETARY, mark, DRAFT.replace(" draft", ""))
    assert "They redesigned" not in paper.text
    assert "Words redacted" in paper.text
    assert "Alder Hey Children's NHS Foundation Trust" in paper.text


def test_after_the_papers_a_return_says_that_it_is_not_in_them(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, "freeze papers 23 Oct")
    assert "The paper for that meeting is out" in read(sandbox.command(NORTH_WEST, "contribute we asked families"))


def test_a_line_of_what_is_next_becomes_an_action_given_at_that_meeting(sandbox: Sandbox) -> None:
    sandbox.say(ALDER_HEY, GIVEN)
    sandbox.advance(when(10, 26, 10))
    shown = sandbox.command(SECRETARY, "contributions Alder Hey for 23 Oct")
    menu = menu_of(shown.message, "Make it an action…")
    line = "recruit ten members from Southport"
    sandbox.workspace.choose(SECRETARY, shown.message, line, action_id=menu, settle=0.1)
    added = read(sandbox.submit(SECRETARY, {}))
    assert line in added
    assert "Youth Forum Lead" in added
    again = read(sandbox.command(SECRETARY, "contributions Alder Hey for 23 Oct"))
    assert re.search(rf"23oct-\d+: {line}", again)
