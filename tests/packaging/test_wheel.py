"""The wheel, in environments that hold what a lock names and nothing else, beside packages of the same four names.

No network: what a lock names is linked from the environment that the tests run in.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.bot.cli.support import EDUCATION, EXAMPLE, ROOT, Ran, environment

PACKAGE = "cypp_action_tracker"
FOLDERS = ("bot", "handlers", "models", "schedules")
NEIGHBOUR = "raise ImportError('a package of another program')\n"
ONLY_FOR_THE_DEMO = {"aiohttp"}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's wheel, built from a copy of what the repository holds."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "setup.py", "README.md"):
        shutil.copy(ROOT / file, source)
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", made, source)
    (one,) = made.glob("*.whl")
    return one


def pip(*words: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    subprocess.run(command, check=True, capture_output=True, timeout=400)


def neighbours_wheel(folder: Path) -> Path:
    """A wheel of another program, with top-level packages of our four names."""
    made = folder / "neighbour-1-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as file:
        for name in FOLDERS:
            file.writestr(f"{name}/__init__.py", NEIGHBOUR)
        file.writestr("neighbour-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: neighbour\nVersion: 1\n")
        file.writestr("neighbour-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr("neighbour-1.dist-info/RECORD", "")
    return made


class Installed:
    """An environment with what a lock names, the wheel, and another program's wheel."""

    def __init__(self, folder: Path, lock: str, wheel: Path) -> None:
        self.folder = folder
        venv.create(folder / "env", symlinks=True)
        (self.packages,) = (folder / "env" / "lib").glob("python*/site-packages")
        for name in re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE):
            if name not in ("colorama", "tzdata-legacy"):
                self.link(name)
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()
        (self.elsewhere / "models.py").write_text(NEIGHBOUR)
        python = folder / "env" / "bin" / "python"
        pip("--python", python, "install", "--no-deps", "--no-index", neighbours_wheel(folder), wheel)

    def link(self, name: str) -> None:
        """Has a distribution of the tests' own environment here too."""
        found = distribution(name)
        for top in {file.parts[0] for file in found.files or () if file.parts[0] != ".."}:
            if not (self.packages / top).exists():
                (self.packages / top).symlink_to(Path(str(found.locate_file(top))))

    def run(self, program: str, *words: str | Path) -> Ran:
        """One of the environment's programs, called from a folder with a `models` of its own."""
        done = subprocess.run(
            [self.folder / "env" / "bin" / program, *words],
            cwd=self.elsewhere,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def production(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Installed:
    return Installed(tmp_path_factory.mktemp("production"), "requirements.lock", wheel)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Installed:
    return Installed(tmp_path_factory.mktemp("demo"), "requirements-demo.lock", wheel)


def test_the_wheel_adds_one_name_and_holds_all_that_the_program_reads(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        held = {name for name in file.namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in held} == {PACKAGE}
    inside = {name.removeprefix(f"{PACKAGE}/") for name in held}
    there = {
        file.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    launcher = {f"bot/launcher/{name}" for name in ("__init__.py", "__main__.py", "py.typed")}
    assert launcher <= there
    assert inside == there - launcher | {"__init__.py", "__main__.py", "py.typed"}


def test_in_production_a_plan_is_imported_checked_and_asked_beside_packages_of_the_same_names(
    production: Installed,
) -> None:
    assert not [name for name in ONLY_FOR_THE_DEMO if (production.packages / name).exists()]
    assert production.run("cypp", "migrate").code == 0
    assert "53 actions" in production.run("cypp", "import", EXAMPLE).out
    asked = production.run("cypp", "ask", "--as", EDUCATION, "--now", "2020-08-10", "status", "priority", "7")
    assert (asked.code, asked.err) == (0, "")
    assert asked.out.startswith("Priority 7")
    as_a_module = production.run("python", "-m", PACKAGE, "migrate")
    assert (as_a_module.code, as_a_module.err) == (0, "")
    checked = production.run("cypp", "check")
    assert (checked.code, checked.err) == (0, "")
    assert "not installed (aiohttp" in checked.out
    for name in FOLDERS:
        assert (production.packages / name / "__init__.py").read_text() == NEIGHBOUR


def test_in_production_the_demo_says_in_one_sentence_what_to_install(production: Installed) -> None:
    for words in ((), ("--story",)):
        assert re.fullmatch(
            r"The demo needs more than runs in production: "
            r"say “make demo”, or “pip install \"aiohttp>=[\d.]+\"”\.",
            production.run("cypp", "demo", *words).sentence(),
        )


def test_the_bot_starts_without_what_only_the_demo_needs(production: Installed) -> None:
    started = production.run("cypp", "serve")
    assert started.code == 1
    assert started.err.startswith("SLACK_BOT_TOKEN is not set")
    ours = str(production.packages / PACKAGE)
    code = f"import sys; sys.path.insert(0, {ours!r}); import bot.app; print(bot.app.__file__, *sys.modules)"
    where, *imported = production.run("python", "-c", code).out.split()
    assert where.startswith(ours)
    assert not (ONLY_FOR_THE_DEMO | {"jinja2", "docxtpl", "docx"}) & set(imported)


def test_the_guide_and_its_files_come_out_of_the_wheel(production: Installed) -> None:
    assert production.run("cypp", "guide").out == (ROOT / "bot/install/guide.md").read_text(encoding="utf-8")
    assert production.run("cypp", "guide", "--files", ".").code == 0
    for file in (*(ROOT / "bot" / "install").iterdir(), EXAMPLE):
        assert (production.elsewhere / file.name).read_bytes() == file.read_bytes()


def test_with_the_extra_the_story_is_told(demo: Installed) -> None:
    told = demo.run("cypp", "demo", "--story")
    assert (told.code, told.err) == (0, "")
    assert "Priority 7" in told.out
