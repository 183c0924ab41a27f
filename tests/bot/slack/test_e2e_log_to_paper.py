"""From a log to the chair: a log is dropped, asked about, added; leads are asked; the paper and the brief go out."""

from __future__ import annotations

import pytest

from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import CHAIR, EDUCATION, SECRETARY, OpenAt, bundle_of, labels, read, when
from tests.bot.slack.test_e2e_papers import FROZEN, received
from tests.local_slack import Sandbox

LOG = """Partnership Board: action log,,,,
Ref,Action,Lead,Due,Progress
EB1,Send round the dates for next year,Head of Education,16 September 2020,Amber
EB2,"Ask the schools, all of them, for a contact",MW,16 September 2020,
"""


@pytest.fixture
def sandbox(open_at: OpenAt) -> Sandbox:
    sandbox = open_at(when(8, 14, 9), burst=10_000)
    add_others(sandbox)
    return sandbox


def test_a_log_that_was_dropped_comes_out_as_the_paper_and_the_brief(sandbox: Sandbox) -> None:
    shown = sandbox.workspace.say(SECRETARY, "", files=[("log.csv", LOG.encode())], replies=1).messages[0]
    (question,) = [label for label in labels(shown) if label.startswith("Answer ")]
    sandbox.workspace.press(SECRETARY, shown, text=question)
    again = sandbox.submit(SECRETARY, {"answer0": "Head of Education"}).messages[0]
    done = sandbox.workspace.press(SECRETARY, again, text="Add all 2", replies=1)
    assert "Added 2 actions: EB1 and EB2." in read(done)
    sandbox.advance(when(8, 17, 9, 30))
    asked = bundle_of(sandbox, EDUCATION)
    assert "EB1" in read(asked)
    assert "EB2" in read(asked)
    sandbox.command(EDUCATION, "update EB1 red the printer closed")
    sandbox.advance(when(9, 2, 9, 30))
    silent = sandbox.workspace.dm(SECRETARY)[-1]
    assert "EB2" in read(silent)
    menu = next(one for one in silent.elements() if one.get("placeholder", {}).get("text") == "Put in the brief…")
    chosen = "EB2: Ask the schools, all of them, for a contact"
    put = sandbox.workspace.choose(SECRETARY, silent, chosen, action_id=menu["action_id"], replies=1)
    assert "EB2 is in the brief for the Children and Young People's Partnership Board of Wed 16 Sep 2020." in read(put)
    sandbox.command(SECRETARY, "brief add EB1")
    mark = sandbox.workspace.mark()
    sandbox.advance(when(9, 8, 16))
    paper = received(sandbox, SECRETARY, mark, FROZEN)
    assert "the printer closed (Head of Education, Sefton Council" in paper.under("Matters arising") + paper.under(
        "Action log"
    )
    assert "EB2" in paper.under("No update received")
    (brief,) = [one for one in sandbox.workspace.since(CHAIR, mark) if read(one).startswith("Brief for the Children")]
    assert "EB1, Head of Education, Sefton Council: off track. “the printer closed”" in read(brief)
    assert "EB2, Head of Education, Sefton Council: not started; no update received." in read(brief)
