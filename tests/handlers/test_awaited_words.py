"""What an answer lacks is taken from the next words alone, and never from what says something else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.context import RequestContext
from handlers.presses import said_or_pressed
from handlers.reading.questions import begins_as_a_question
from handlers.responses import Response
from models.enums import Way
from models.records.entry_reads import recorded_since
from models.storage.history_tables import Update
from tests.handlers.rounds import Rounds, example

EDUCATION = "U0HEADEDU"
NOW = datetime(2020, 8, 18, 9, tzinfo=UTC)
ASKED = ("healthy-5 done", "healthy-5 off track", "healthy-5 amber")
REASON = "the second advisor left in July"


@pytest.fixture(name="plan", scope="module")
def a_plan(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    folder: Path = tmp_path_factory.mktemp("plan")
    return Rounds(example(folder, NOW, EDUCATION), NOW)


def recorded(plan: Rounds, *says: str) -> tuple[list[str], str]:
    """Says one thing after the other in the direct conversation; what was recorded, and the last headline."""

    def entries(ctx: RequestContext) -> list[str]:
        return [row.words for row in recorded_since(ctx.session, Update, NOW)]

    steps = [lambda ctx, words=words: said_or_pressed(ctx, words) for words in says]
    *given, words = plan.again([*steps, entries], EDUCATION, Way.REPLY)
    last: Response = given[-1]
    return words, getattr(last.content, "headline", "")


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(
    "words",
    [
        REASON,
        "no staff at all since July",
        "when the grant ended we lost two advisors",
        "both advisors started on 3 August",
        "what we need is two more advisors",
        "status of the contract is in dispute",
        "cancelled by the venue twice",
        "have the staff but no venue",
    ],
)
def test_the_next_words_are_what_was_asked_for(plan: Rounds, asked: str, words: str) -> None:
    assert recorded(plan, asked, words)[0] == [words]


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(
    "words",
    ["ok", "thanks", "cheers"],
)
def test_a_courtesy_is_asked_again(plan: Rounds, asked: str, words: str) -> None:
    assert recorded(plan, asked, words)[0] == []
    assert recorded(plan, asked, words, REASON)[0] == [REASON]


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(
    "says",
    [
        ["m1.1 last quarter 72%"],
        ["m4.1 seventy"],
        ["m4.1: about the same as before"],
        ["thanks", "m1.1 last quarter 72%"],
        ["what do you mean"],
        ["why"],
        ["who is the secretary"],
        ["who is the secretary", "why"],
        ["m4.1 Q7 3%", "what do you mean"],
        ["how come"],
        ["do you need more"],
        ["is that enough"],
        ["chase"],
        ["owing"],
        ["mine"],
        ["undo"],
        ["who is the secretary", REASON],
        ["mine", REASON],
        ["mine", "overdue", "due", "status", "help", "people", REASON],
        ["healthy-5 on track, all in place", REASON],
        ["On track", REASON],
    ],
)  # fmt: skip
def test_nothing_else_is_a_reason(plan: Rounds, asked: str, says: list[str]) -> None:
    words, _ = recorded(plan, asked, *says)
    assert says[-1] not in words


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(
    "words",
    [
        "nvm",
        "never mind",
        "Nevermind.",
        "cancel",
        "forget it",
        "ok forget it",
        "actually, leave it",
        "cancel that please",
    ],
)
def test_it_is_let_be(plan: Rounds, asked: str, words: str) -> None:
    assert recorded(plan, asked, words) == ([], "Nothing was recorded.")
    assert recorded(plan, asked, words, REASON)[0] == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("why", True), ("what do you mean", True), ("who is it", True), ("hi, how do I do that", True),
        ("what next", True), ("can you wait", True), ("are we late?", True), ("how's that", True),
        ("when the grant ended we lost two", False), ("what we need is staff", False), ("however it is late", False),
        ("is waiting for the funder", False), ("whatever the funder says goes", False), ("have two vacancies", False),
        ("which the funder refused to pay", False), ("can start in May", False),
    ],
)  # fmt: skip
def test_what_begins_as_a_question(text: str, asks: bool) -> None:
    assert begins_as_a_question(text) is asks
