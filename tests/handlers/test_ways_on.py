"""A reply that did nothing has the button that leads on: of each question it names, and of the action it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.conversation.typed_answers import answer_typed
from handlers.responses import Response
from handlers.ways_on import ways_on
from models.storage.engine import Database
from tests.handlers.rounds import example
from tests.handlers.test_board_meetings import CHAIR, EDUCATION, NOW, SECRETARY, do

AHEAD = [
    "Wed 9 Sep 2020, Health and Wellbeing Board",
    *(
        f"{day} 2020, Children and Young People's Partnership Board"
        for day in ("Wed 16 Sep", "Fri 23 Oct", "Tue 8 Dec")
    ),
]
BOARDS = ["Children and Young People's Partnership Board", "Health and Wellbeing Board"]


@pytest.fixture(name="plan")
def a_plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY, EDUCATION, CHAIR)


@pytest.mark.parametrize(
    ("user", "words", "labels"),
    [
        # what was meant
        (SECRETARY, "overdu", ["What is overdue", "Help on overdue"]),
        (SECRETARY, "no update healthy-5", ["No change healthy-5", "Help on no change"]),
        (SECRETARY, "mine please now", ["My actions", "Help on mine"]),
        # which board
        (SECRETARY, "meetings parish council", BOARDS),
        (SECRETARY, "overdue parish council", BOARDS),
        (SECRETARY, "outcomes recorded parish", BOARDS),
        # which meeting
        (SECRETARY, "meetings of 5 jan", AHEAD),
        (SECRETARY, "due zebra", AHEAD),
        (SECRETARY, "owing zebra", AHEAD),
        (SECRETARY, "meeting move zebra to 1 oct", AHEAD),
        (SECRETARY, "meeting cancel zebra because late", AHEAD),
        (SECRETARY, "meeting confirm zebra as 1 dec", ["Meetings"]),
        (SECRETARY, "move healthy-5 to zebra because late", []),
        (SECRETARY, "outcome healthy-5 carried forward to zebra", []),
        (SECRETARY, "outcome healthy-5 closed at zebra", ["Meetings"]),
        (SECRETARY, "clearance legal yes for zebra", AHEAD),
        (SECRETARY, "papers zebra since", [f"Papers {day} since" for day in (
            "2020-09-09 hwb", "2020-09-16 partnership", "2020-10-23 partnership")] + ["Help on papers"]),
        # what is not there
        (SECRETARY, "status zebra", ["Search for it", "The plan"]),
        (SECRETARY, "contributions for zebra", ["Choose an organisation…"]),
        (SECRETARY, "contribute zebra for 23 oct: nothing yet", ["Choose an organisation…"]),
        # what is lacking
        (SECRETARY, "update healthy-5", ["Show healthy-5"]),
        (SECRETARY, "move healthy-5 next", ["Show healthy-5", "Help on move"]),
        (SECRETARY, "correct healthy-5 7 on track", ["Show healthy-5"]),
        (SECRETARY, "assign healthy-5 to wizard", ["People", "Show healthy-5"]),
        (SECRETARY, "history zebra-9", ["Help on history"]),
        (SECRETARY, "find zebra", ["The plan"]),
        # who may
        (EDUCATION, "move healthy-4 to next because late", ["Show healthy-4"]),
        (EDUCATION, "healthy-4 on track", ["Show healthy-4"]),
        (CHAIR, "mine", ["The plan"]),
        (EDUCATION, "chase", ["What is overdue"]),
        (EDUCATION, "figures", ["The plan"]),
        (EDUCATION, "meeting cancel 16 sep because late", ["Meetings"]),
        (EDUCATION, "start partnership", ["Meetings"]),
        (EDUCATION, "outcomes recorded", ["Meetings"]),
        (EDUCATION, "add partnership: write it up", ["The plan"]),
        (EDUCATION, "board partnership papers 7 days", ["Board"]),
        (EDUCATION, "org schools closed 1/10", ["Organisations"]),
        (EDUCATION, "contribute police for 23 oct: nothing", ["Contributions"]),
        (EDUCATION, "exempt", ["The plan"]),
        (EDUCATION, "redact healthy-4 1 because wrong", ["Show healthy-4"]),
        # what did something, or only answers, has none of these
        (EDUCATION, "healthy-5 on track", ["Undo"]),
        (SECRETARY, "history healthy-5", []),
    ],
)  # fmt: skip
def test_a_command_that_does_nothing_leads_on(plan: Database, user: str, words: str, labels: list[str]) -> None:
    assert [one.label for one in do(plan, user, lambda ctx: answer_typed(ctx, words)).buttons] == labels


@pytest.mark.parametrize(
    "words", ["contributions for zebra", "contribution redact for zebra because it is wrong", "chase for zebra"]
)
def test_a_name_that_is_not_there_is_given_back_without_the_words_before_it(plan: Database, words: str) -> None:
    assert "“zebra”" in do(plan, SECRETARY, lambda ctx: answer_typed(ctx, words)).headline


@pytest.mark.parametrize(
    ("user", "words", "labels"),
    [
        (EDUCATION, "healthy-4 on track", ["Show healthy-4"]),
        (EDUCATION, "undo healthy-5", ["Show healthy-5"]),
    ],
)
def test_words_that_do_nothing_lead_on(plan: Database, user: str, words: str, labels: list[str]) -> None:
    assert [one.label for one in do(plan, user, lambda ctx: said_in_words(ctx, words)).buttons] == labels


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("“/cypp meetings” lists them, “/cypp people” the posts.", ["Meetings", "People"]),
        ("Say for instance “/cypp status healthy-5”.", []),
        ("“/cypp history REF” shows it; “/cypp deputy @person until 12/9”.", []),
        ("“/cypp close healthy-5 minute 41” would write, “/cypp move healthy-5 to …” is not whole.", []),
    ],
)
def test_only_whole_questions_that_are_no_examples_become_buttons(plan: Database, said: str, labels: list[str]) -> None:
    found: list[str] = []

    def look(ctx: RequestContext) -> Response:
        found.extend(one.label for one in ways_on(ctx, said))
        return answer_typed(ctx, "help")

    do(plan, SECRETARY, look)
    assert found == labels
