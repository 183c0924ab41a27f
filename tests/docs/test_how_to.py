"""What the how-to pages tell people to type is understood."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.sandbox import example_plan, store_demo_plan
from handlers.catalogue import REGISTRY
from handlers.commands.questions import Unclear
from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.responses import Content, Response, say
from models.enums import Way
from models.storage.engine import Database
from tests.handlers.rounds import Rounds, headline

FOLDER = Path(__file__).parents[2] / "docs" / "how-to"
NOW = datetime(2020, 8, 27, 10, tzinfo=UTC)
SECRETARY, EDUCATION = "U0DEMSERV", "U0HEADEDU"


def code(name: str) -> list[str]:
    """Return what a page shows as code, inline or in a block."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^ {4}(.+)$", text, re.MULTILINE)
    return blocks + [" ".join(inline.split()) for inline in re.findall(r"`([^`]+)`", text)]


def commands(name: str) -> list[str]:
    """Return the commands among it: those after /cypp, and on the secretary's page all but names of settings."""
    return [words.removeprefix("/cypp ") for words in code(name) if name == "secretary.md" or "/cypp " in words]


TYPED = [words for page in ("secretary.md", "lead.md", "chair.md") for words in commands(page) if words != "/cypp"]
REPLIES = [words for words in code("lead.md") if words.startswith("healthy-5 ")]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    database = Database(str(tmp_path_factory.mktemp("how-to") / "plan.db"))
    store_demo_plan(database, example_plan(), NOW)
    return Rounds(database, NOW)


@pytest.mark.parametrize("words", TYPED)
def test_a_command_of_a_how_to_page_is_read_as_one(plan: Rounds, words: str) -> None:
    typed = words.replace("@person", "early.help@example.org").replace("because …", "because the post is vacant")

    def parsed(ctx: RequestContext) -> Response:
        command = ctx.parsed(typed).command
        assert not isinstance(command, Unclear), command
        assert type(command) in REGISTRY.commands
        return say(typed)

    plan.again([parsed], SECRETARY, Way.COMMAND)


@pytest.mark.parametrize("words", REPLIES)
def test_a_plain_reply_of_the_leads_page_is_recorded(plan: Rounds, words: str) -> None:
    (answer,) = plan.again([lambda ctx: said_in_words(ctx, words)], EDUCATION, Way.REPLY)
    assert isinstance(answer.content, Content)
    assert headline(answer).startswith("Recorded for healthy-5: ")


def test_the_pages_have_commands_and_replies() -> None:
    assert len(TYPED) > 40
    assert len(REPLIES) == 3
