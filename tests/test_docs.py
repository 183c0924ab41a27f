"""The README is always true: its commands exist, its session gives what it prints, its tables leave nothing out."""

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.settings import Settings
from bot.slack.scopes import BOT_SCOPES
from handlers.catalogue import REGISTRY
from handlers.reading.grammar import Spelling

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def session() -> list[tuple[str, str]]:
    """The commands of the pasted session, and what the README says each prints."""
    block = README.split("<!-- session -->")[1].split("```console\n")[1].split("```")[0]
    steps = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        steps.append((command, output.strip()))
    return steps


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_of_the_command_line_is_in_the_readme(command: str) -> None:
    assert re.search(rf"`cypp {command}[` ]", README)


@pytest.mark.parametrize("entry", REGISTRY.grammar.spellings, ids=lambda entry: entry.name)
def test_every_slash_command_is_in_the_readme(entry: Spelling) -> None:
    table = README.split("## What people can type")[1].split("## When people are asked")[0]
    assert re.search(rf"^\| `{re.escape(entry.name)}[` ]", table, re.MULTILINE), entry.name


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name.upper()}`" in README


@pytest.mark.parametrize("scope", BOT_SCOPES)
def test_every_scope_is_in_the_readme(scope: str) -> None:
    assert f"`{scope}`" in README


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:bot|handlers|models|schedules|tests)/[\w./*-]+)`", README)))
)
def test_every_file_named_in_the_readme_is_there(path: str) -> None:
    assert list(ROOT.glob(path.rstrip("/"))), path


def test_the_session_prints_what_the_readme_says(tmp_path: Path) -> None:
    said = session()
    assert [command.split()[0] for command, _ in said[:2]] == ["make", "source"]
    assert len(said) > 5
    (tmp_path / "bot" / "demo").mkdir(parents=True)
    example = "bot/demo/my-sefton-2020-2025.yaml"
    (tmp_path / example).write_bytes((ROOT / example).read_bytes())
    cypp = ROOT / ".venv" / "bin" / "cypp"
    for command, output in said[2:]:
        program, *arguments = shlex.split(command)
        assert program == "cypp"
        ran = subprocess.run([cypp, *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert ran.returncode == 0, f"{command}\n{ran.stderr}"
        if output:
            assert ran.stdout.strip() == output, command


PICTURES = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README)


def test_the_readme_shows_the_page_the_answer_the_reminder_and_the_digest() -> None:
    shown = {Path(path).stem for _, path in PICTURES}
    assert shown == {"page", "answer", "reminder", "digest"}
    assert {path.name for path in (ROOT / "bot" / "demo" / "pictures").iterdir()} == {f"{name}.png" for name in shown}


@pytest.mark.parametrize(("words", "path"), PICTURES, ids=lambda each: Path(each).name if "/" in each else "")
def test_every_picture_of_the_readme_is_there_small_and_has_words_that_stand_for_it(words: str, path: str) -> None:
    assert len(words.split()) > 10
    picture = ROOT / path
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size <= 150_000


def test_the_image_holds_the_program_and_nothing_else_that_lies_in_the_folder() -> None:
    """Tokens, the plan and its backups lie beside the program, as the guide has it."""
    lines = (ROOT / "bot" / "install" / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = {name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]}
    folders = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert copied == {"pyproject.toml", "setup.py", "README.md", "requirements.lock", *folders["root_packages"]}
