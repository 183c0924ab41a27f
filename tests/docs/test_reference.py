"""The reference leaves nothing out: what is generated is up to date, and everything there is stands in it."""

import re

import pytest

from bot.__main__ import COMMAND_LINE
from bot.settings import Settings
from bot.slack.scopes import BOT_SCOPES
from handlers.catalogue import REGISTRY
from handlers.reading.grammar import Spelling
from models.files.planfile import schema
from tests.docs.reference import FOLDER, PAGES


def page(name: str) -> str:
    """Return a page of docs/reference."""
    return (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert page(name) == PAGES[name](), "say “make docs”"


@pytest.mark.parametrize(
    "spelling", [one for one in REGISTRY.grammar.spellings if one.usage], ids=lambda spelling: str(spelling.name)
)
def test_every_command_of_the_registry_stands_in_the_reference(spelling: Spelling) -> None:
    section = page("commands.md").split(f"\n### {spelling.name}\n")[1].split("\n### ")[0]
    assert f"`/cypp {spelling.usage}`" in section
    assert "Who may: " in section
    for example in spelling.examples:
        assert f"    /cypp {example}\n" in section


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_stands_in_the_reference(name: str) -> None:
    assert f"| `{name.upper()}` |" in page("settings.md")


@pytest.mark.parametrize("scope", BOT_SCOPES)
def test_every_scope_stands_in_the_reference(scope: str) -> None:
    assert f"- `{scope}`\n" in page("settings.md")


@pytest.mark.parametrize("command", sorted(COMMAND_LINE))
def test_every_command_of_the_command_line_stands_in_the_reference(command: str) -> None:
    assert f"\n## cypp {command}\n" in page("command-line.md")


def test_every_key_of_a_board_and_of_an_action_stands_in_the_reference() -> None:
    for shape, title in ((schema.FileBoard, "Board"), (schema.FileAction, "Action")):
        section = page("plan-file.md").split(f"\n## {title}\n")[1].split("\n## ")[0]
        assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == [
            field.alias or name for name, field in shape.model_fields.items()
        ]
