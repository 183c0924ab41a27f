"""Every command word works alone in the conversation as it does after `/cypp`; what may be an answer stays one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.conversation.typed_answers import answer_typed
from handlers.presses import said_or_pressed
from handlers.responses import Response
from tests.handlers.rounds import Rounds, example

SECRETARY, EDUCATION = "U0DEMSERV", "U0HEADEDU"
NOW = datetime(2020, 8, 18, 9, tzinfo=UTC)


@pytest.fixture(name="plan", scope="module")
def a_plan(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    folder: Path = tmp_path_factory.mktemp("plan")
    return Rounds(example(folder, NOW, SECRETARY, EDUCATION), NOW)


def headline(given: Response) -> str:
    return getattr(given.content, "headline", "")


@pytest.mark.parametrize("words", [one.name for one in REGISTRY.grammar.spellings])
def test_a_command_works_alone(plan: Rounds, words: str) -> None:
    def typed(ctx: RequestContext) -> Response:
        return answer_typed(ctx, words)

    def said(ctx: RequestContext) -> Response:
        return said_or_pressed(ctx, words)

    (after_cypp,), (alone,) = plan.again([typed], SECRETARY), plan.again([said], SECRETARY)
    assert headline(alone) == headline(after_cypp)
    assert not headline(alone).startswith("I am not sure")


@pytest.mark.parametrize(
    "words",
    [
        "done",
        "verbal",
        "no change",
        "not ours",
        "chase the police",
        "closed on Friday",
        "move on",
        "thanks",
        "find out",
    ],
)
def test_an_answer_or_other_words_are_no_command(plan: Rounds, words: str) -> None:
    def typed(ctx: RequestContext) -> Response:
        return said_or_pressed(ctx, words)

    (given,) = plan.again([typed], EDUCATION)
    assert not headline(given).startswith(("Say ", "Asked"))
