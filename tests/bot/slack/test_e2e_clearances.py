"""Clearances in Slack: a report is sent, the post that is asked answers in a form, the front sheet says so."""

from __future__ import annotations

import pytest

from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import EDUCATION, SECRETARY, OpenAt, Pristine, labels, message_with, read, when
from tests.bot.slack.test_e2e_papers import received
from tests.local_slack import Sandbox


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(8, 26, 10))
    add_others(sandbox)
    return Pristine(sandbox)


ASKED = {
    "who hasn't cleared the report for the 16th?": "Not received for the Children and Young People's Partnership Board",
    "has finance cleared it?": "Finance: Head of Education, Sefton Council, sent Wed 26 Aug 2020. Not received.",
    "which clearances are outstanding for 16 sep": "of Wed 16 Sep 2020: finance.",
}


def test_what_is_outstanding_is_asked_in_plain_words_and_several_come_back_at_once(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, "clearance 16 Sep finance sent to Head of Education")
    for words, said in ASKED.items():
        assert said in read(sandbox.say(SECRETARY, words)), words
    both = read(sandbox.say(SECRETARY, "finance and legal cleared for 16 sep, FD6114/20 and LD 4306/20"))
    assert "finance, cleared on Wed 26 Aug 2020, FD6114/20; legal, cleared on Wed 26 Aug 2020, LD 4306/20." in both


FRONT = "Children and Young Peoples Partnership Board 2020-09-16 front.docx"


def test_a_post_is_asked_answers_in_a_form_and_the_front_sheet_has_its_reference(sandbox: Sandbox) -> None:
    sent = read(sandbox.command(SECRETARY, "clearance 16 Sep finance sent to Head of Education"))
    assert "finance, sent on Wed 26 Aug 2020." in sent
    asked = message_with(sandbox, EDUCATION, "Please clear the report for the")
    assert labels(asked) == ["Cleared…", "Not applicable"]
    sandbox.press_in(EDUCATION, asked, "Cleared…")
    done = sandbox.submit(EDUCATION, {"answer": "cleared", "day": "2020-08-26", "reference": "FD.6174/20"})
    assert "finance, cleared on Wed 26 Aug 2020, FD.6174/20." in read(done)
    told = message_with(sandbox, SECRETARY, "Cleared Wed 26 Aug 2020, FD.6174/20.")
    assert "Nothing is waiting for clearance any more." in read(told)
    assert labels(told) == ["Clearances"]
    mark = sandbox.workspace.mark()
    shown = sandbox.command(SECRETARY, "papers 16 Sep front")
    assert labels(shown.message)[0] == "Heading…"
    front = received(sandbox, SECRETARY, mark, FRONT)
    assert "The Head of Education, Sefton Council (FD.6174/20) has been consulted." in front.text


def test_a_front_sheet_is_filled_in_in_forms(sandbox: Sandbox) -> None:
    shown = sandbox.command(SECRETARY, "front sheet 16 Sep")
    for part in ("Heading…", "Summary and recommendations…", "Costs and implications…", "Consultation and more…"):
        sandbox.press_in(SECRETARY, shown.message, part)
        assert "nothing was changed" in read(sandbox.submit(SECRETARY, {}))
    sandbox.press_in(SECRETARY, shown.message, "Heading…")
    refused = sandbox.submit(SECRETARY, {"exempt": "paragraph 8", "portfolio": "Children"})
    assert refused.errors == {
        "exempt": "Schedule 12A has the paragraphs 1 to 7: there is no paragraph 8, or write “no”."
    }
    kept = read(sandbox.submit(SECRETARY, {"exempt": "paragraph 3", "portfolio": "Children"}))
    assert "“Portfolio” and “Exempt / confidential report”." in kept
