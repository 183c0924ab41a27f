"""The eight contributions to *Heard* of 23 October 2020, from the request to the actions that come of them."""

from __future__ import annotations

import pytest

from bot.demo.story_contributions import HEARD, HEARD_BY_EMAIL, NEW_ACTIONS
from tests.bot.slack.e2e import CHAIR, SECRETARY, OpenAt, Pristine, read, when
from tests.bot.slack.test_e2e_contributions import DRAFT
from tests.bot.slack.test_e2e_papers import received
from tests.local_slack import Sandbox

PARTNERS = (
    "Alder Hey Children's NHS Foundation Trust",
    "Merseyside Police",
    "NHS South Sefton CCG and NHS Southport and Formby CCG",
    "North West Boroughs Healthcare NHS Foundation Trust",
    "Sefton Council, Early Help Manager",
    "Sefton Council, Head of Education",
    "Sefton Council, Principal Social Worker",
    "Sefton Council, Public Health Lead for Children",
)


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(10, 8, 8))
    for user, words in HEARD.items():
        sandbox.say(user, words)
    sandbox.command(SECRETARY, HEARD_BY_EMAIL)
    return Pristine(sandbox)


def test_all_eight_are_received_and_who_gave_none_is_named(sandbox: Sandbox) -> None:
    shown = read(sandbox.command(CHAIR, "contributions for 23 oct"))
    assert "8 of 10 contributions received." in shown
    received_from, _, silent = shown.partition("No contribution received from")
    for partner in PARTNERS:
        assert f"{partner}: " in received_from
    assert "Superintendent" not in silent
    assert [name for name in ("Sefton CVS", "Sefton schools") if name in silent] == ["Sefton CVS", "Sefton schools"]
    sandbox.advance(when(10, 9, 10))
    told = "\n".join(read(one) for one in sandbox.workspace.dm(SECRETARY))
    assert "No contribution received on Heard (4)" in told
    assert "CVS; Sefton schools; LSCB (not asked: no post); Parent and carer groups (not asked: no post)" in told


def test_the_paper_prints_the_eight_by_organisation_each_part_under_its_name(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, "papers 23 Oct")
    paper = received(sandbox, SECRETARY, mark, DRAFT)
    at = [said for _, said in paper.headings]
    assert tuple(at[at.index("7. Contributions on Heard") + 1 :][:8]) == PARTNERS
    section = paper.text.split("7. Contributions on Heard")[1].split("8. Measures")[0]
    assert "What was found wanting: too little is known of what families thought of their care." in section
    assert "What changed for children: more health assessments are done in time." in section
    assert "Evidence: the child's voice is recorded in over 90% of contacts with children." in section
    assert "What we will do next:\n- Open the Alder Hey" in section.replace(": \n", ":\n"), (
        "a list begins on its own line"
    )
    assert "by e-mail of" not in section
    assert "No contribution received from Sefton CVS; Sefton schools." in section
    assert "consider the 8 contributions on Heard." in paper.text


def test_their_next_steps_are_a_dozen_actions_of_which_three_are_new(sandbox: Sandbox) -> None:
    sandbox.advance(when(10, 26, 10))
    for whose, line in NEW_ACTIONS.items():
        shown = sandbox.command(SECRETARY, f"contributions {whose} for 23 oct")
        sandbox.choose_in(SECRETARY, shown.message, line)
        assert line in read(sandbox.submit(SECRETARY, {}))
    refs = set()
    for name in PARTNERS:
        shown = sandbox.command(SECRETARY, f"contributions {name} for 23 oct")
        assert "Make it an action…" not in read(shown)
        refs |= {words[: words.index(":")] for words in read(shown).split() if words.startswith("23oct-")}
    assert len(refs) == 13
    given = read(sandbox.command(SECRETARY, "status 23oct-11"))
    assert "Early Help Manager, Sefton Council" in given
    assert "From: contribution to Heard." in given
    assert "Serves the whole theme Heard." in given
