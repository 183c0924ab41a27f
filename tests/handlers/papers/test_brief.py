"""The chair's brief: one screen and one page of Word, without a person in it."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.context import RequestContext
from handlers.dispatch import answer_text
from handlers.papers.brief import BRIEF_LINES
from tests.handlers.papers.test_paper_file import HEALTH, PUBLISHED, SECRETARY, typed
from tests.handlers.papers.word_files import W, WordFile
from tests.handlers.rounds import Rounds, example

CHAIR = "U0CHAIRPB"


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("brief"), PUBLISHED, SECRETARY, HEALTH, CHAIR), PUBLISHED)


def brief(ctx: RequestContext) -> tuple[dict[str, tuple[str, ...]], WordFile]:
    given: Any = answer_text(ctx, "brief 16 Sep")
    return {one.heading: one.texts for one in given.content.groups}, WordFile(given.file.make(ctx.session))


def test_it_says_what_will_be_decided_what_is_worst_and_who_was_not_heard_from(rounds: Rounds) -> None:
    steps = [typed("update healthy-9 red the officer has left"), typed("freeze papers 16 Sep"),
             typed("update heard-10 red no bids came in"), brief]  # fmt: skip
    *_, (said, page) = rounds.again(steps, SECRETARY)
    asked_for = "Close 16sep-3 “Share what pupils said about lockdown”, Sefton Council."
    assert said["Decisions that will be asked for"] == (asked_for,)
    first, *others = said["The worst, and what to ask"]
    question = "What would bring healthy-9 back on track by Wed 16 Sep 2020?"
    named = "healthy-9 “Review the healthy eating schemes and join them into one of…”"
    assert first == f"{named}, Sefton Council: off track. Ask: “{question}”"
    assert len(others) == 2
    assert said["Not heard from"] == ("Sefton CVS: 1 action.", "Sefton Council: 9 actions.")
    assert said["Since papers"] == ("1 changed (heard-10 now off track).",)
    assert [heading for level, heading in page.headings if level == 1] == list(said)
    assert all(text in page.text for some in said.values() for text in some)


def test_the_chair_gets_it_and_a_lead_does_not(rounds: Rounds) -> None:
    (given,) = rounds.again([typed("brief 16 Sep")], CHAIR)
    assert given.content.headline.startswith("Brief for the Children and Young People's Partnership Board")
    (refused,) = rounds.again([typed("brief 16 Sep")], HEALTH)
    assert refused.content.headline.startswith("The brief is for the chair and the board’s secretary")


def test_it_is_one_upright_page_whatever_there_is_to_say(rounds: Rounds) -> None:
    refs = ("heard-6", "heard-9", "heard-10", "heard-11", "happy-2", "happy-6", "healthy-4", "healthy-8")
    *_, (said, page) = rounds.again([*(typed(f"done {ref} it is out") for ref in refs), brief], SECRETARY)
    assert said["Decisions that will be asked for"][-1] == "And 6 more, in the paper."
    assert all(len(some) <= BRIEF_LINES for some in said.values())
    assert "Since papers" not in said
    size = page.body.find(f"{W}sectPr/{W}pgSz")
    assert size is not None
    assert int(size.get(f"{W}w", "0")) < int(size.get(f"{W}h", "0"))
