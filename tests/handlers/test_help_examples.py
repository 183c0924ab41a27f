"""Every example of the help is understood, after `/cypp` and as plain words; and no update is taken for a command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.demo.sandbox import example_plan, store_demo_plan
from handlers.catalogue import REGISTRY
from handlers.commands.questions import Unclear
from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.dispatch import answer_text
from handlers.responses import Response
from models.enums import Way
from models.storage.engine import Database
from tests.handlers.rounds import Rounds, headline

NOW = datetime(2020, 8, 17, 10, tzinfo=UTC)
SECRETARY, EDUCATION = "U0DEMSERV", "U0HEADEDU"
EXAMPLES = [example for entry in REGISTRY.grammar.spellings for example in entry.examples]

Ask = Callable[[Callable[[RequestContext], Response], str, Way], str]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    database = Database(str(tmp_path_factory.mktemp("help") / "plan.db"))
    store_demo_plan(database, example_plan(), NOW)
    plan = Rounds(database, NOW)
    return lambda work, user, way: headline(plan.again([work], user, way)[0])


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_help_is_understood_however_it_is_said(ask: Ask, example: str) -> None:
    def parsed(ctx: RequestContext) -> Response:
        command = ctx.parsed(example).command
        assert not isinstance(command, Unclear), command
        return answer_text(ctx, example)

    after_the_command = ask(parsed, SECRETARY, Way.COMMAND)
    in_plain_words = ask(lambda ctx: said_in_words(ctx, example), SECRETARY, Way.REPLY)
    assert in_plain_words == after_the_command


# "Add two names to the list, done" is an update of somebody who keeps no board.
@pytest.mark.parametrize("example", [example for example in EXAMPLES if not example.startswith("add ")])
def test_what_a_lead_may_not_do_is_refused_in_plain_words_too(ask: Ask, example: str) -> None:
    after_the_command = ask(lambda ctx: answer_text(ctx, example), EDUCATION, Way.COMMAND)
    in_plain_words = ask(lambda ctx: said_in_words(ctx, example), EDUCATION, Way.REPLY)
    assert in_plain_words == after_the_command


@pytest.mark.parametrize(
    "words",
    [
        "people are waiting for a place",
        "people police the streets less now",
        "board papers are late",
        "board approved the plan",
        "the partnership board closed the item",
        "quiet week, nothing to report",
        "quiet until the schools are back",
        "export of the figures is not possible",
        "history of the scheme was sent round",
        "org chart is with HR",
        "deputy head has started",
        "contact officer left on Friday",
        "handover with the new head went well",
        "stop worrying about the reminders",
        "start of reminders to parents",
        "exports are late",
    ],
)
def test_an_update_is_never_taken_for_a_command(ask: Ask, words: str) -> None:
    said = ask(lambda ctx: said_in_words(ctx, words), EDUCATION, Way.REPLY)
    nothing = (
        "Which action is that about? Nothing was recorded yet.",
        "I am not sure what you mean. Nothing was recorded.",
    )
    assert said.startswith(nothing), said
