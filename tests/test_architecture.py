"""The shape of the project: what may import what, and who may read the clock.

Source: docs/explanation/architecture.md, Storage.
"""

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STACK = ("models", "handlers", "schedules", "bot")
"""From the bottom up: a folder imports only from itself and from those under it."""
CLOCKS = {"bot/__main__.py", "schedules/runner.py"}
"""The entry points: only they, and the local workspace, read the clock."""
FILES = sorted(path for folder in STACK for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def clock_reads(path: Path) -> list[str]:
    reads = []
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if (owner, node.func.attr) in {
                ("datetime", "now"),
                ("datetime", "utcnow"),
                ("datetime.datetime", "now"),
                ("date", "today"),
                ("datetime", "today"),
                ("time", "time"),
            }:
                reads.append(f"{node.lineno}: {owner}.{node.func.attr}")
    return reads


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 50
    assert any(forms(path) for path in WITH_FORMS)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_folder_imports_only_from_those_under_it(path: Path) -> None:
    own = STACK.index(path.relative_to(ROOT).parts[0])
    above = {module for module in imports(path) if module.split(".")[0] in STACK[own + 1 :]}
    assert not above, f"{name(path)} imports from above: {sorted(above)}"


@pytest.mark.parametrize("path", [path for path in FILES if path.relative_to(ROOT).parts[0] != "bot"], ids=name)
def test_only_bot_knows_slack_and_the_command_line(path: Path) -> None:
    foreign = {module.split(".")[0] for module in imports(path)} & {
        "slack_sdk",
        "slack_bolt",
        "click",
        "aiohttp",
        "rich",
    }
    assert not foreign, f"{name(path)} imports {sorted(foreign)}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_the_runner_imports_apscheduler(path: Path) -> None:
    uses = any(module.split(".")[0] == "apscheduler" for module in imports(path))
    assert not uses or name(path) == "schedules/runner.py"


@pytest.mark.parametrize("path", [path for path in FILES if path.is_relative_to(ROOT / "handlers")], ids=name)
def test_handlers_hand_a_session_on_and_ask_it_nothing_themselves(path: Path) -> None:
    """What is read and written has a name in `models`; that no SQLAlchemy is imported, a contract holds."""
    calls = [
        ast.unparse(node.func)
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value).rpartition(".")[2].lstrip("_") == "session"
    ]
    assert not calls, f"{name(path)} calls {calls}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nothing_but_the_entry_points_reads_the_clock(path: Path) -> None:
    allowed = name(path) in CLOCKS or name(path).startswith("bot/demo/")
    assert allowed or not clock_reads(path), f"{name(path)} reads the clock: {clock_reads(path)}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_short_enough_to_have_one_subject(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 400 or "migrations" in path.parts, f"{name(path)} has {lines} lines"


@pytest.mark.parametrize("path", sorted((ROOT / "bot" / "demo" / "workspace").rglob("*.py")), ids=name)
def test_the_local_workspace_stands_in_for_slack_and_imports_nothing_of_the_bot(path: Path) -> None:
    foreign = {
        module
        for module in imports(path)
        if (module.split(".")[0] in STACK and not module.startswith("bot.demo.workspace")) or module.startswith("slack")
    }
    assert not foreign, f"{name(path)} imports {sorted(foreign)}"


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name == "versions"], ids=name)
def test_a_migration_stands_alone(path: Path) -> None:
    """It works on the tables of its own day: what live code says of them changes with the code."""
    own = {module for module in imports(path) if module.split(".")[0] in STACK}
    assert not own, f"{name(path)} imports {sorted(own)}: write out in it what it needs"


WITH_FORMS = [path for path in FILES if path.is_relative_to(ROOT / "handlers") and "Form(" in path.read_text("utf-8")]


def forms(path: Path) -> list[ast.Call]:
    calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
    return [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "Form"]


@pytest.mark.parametrize("path", WITH_FORMS, ids=name)
def test_every_form_says_under_it_that_words_may_be_published(path: Path) -> None:
    for form in forms(path):
        notes = [ast.unparse(word.value) for word in form.keywords if word.arg == "note"]
        assert "IN_PAPERS" in " ".join(notes), f"{name(path)}:{form.lineno}"


CONVENTIONS = frozenset({"log", "main", "Json", "METHODS", "COMMANDS", "PRESSES", "FORMS"})
"""Public names that stand for the same role in several modules."""
ROLES = frozenset({"__init__.py", "__main__.py", "batch.py", "forms.py", "registry.py", "wording.py"})
"""File names that stand for the same role in several packages. In `bot/cli` a file has the name of its command,
in `handlers/commands` that of what its commands are about."""
PRODUCT = [path for path in FILES if "migrations" not in path.parts]


def public_names(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return {one for one in found if not one.startswith("_")}


def repeated(pairs: Iterable[tuple[str, Path]], allowed: frozenset[str]) -> dict[str, list[str]]:
    where: dict[str, list[str]] = {}
    for word, path in pairs:
        where.setdefault(word, []).append(name(path))
    return {word: paths for word, paths in where.items() if len(paths) > 1 and word not in allowed}


def test_a_public_name_means_one_thing_in_the_whole_project() -> None:
    twice = repeated(((word, path) for path in PRODUCT for word in public_names(path)), CONVENTIONS)
    assert not twice, f"give each thing a name of its own, or begin a name used in one module alone with _: {twice}"


def test_a_file_name_is_repeated_only_for_the_same_role() -> None:
    twice = repeated(((path.name, path) for path in PRODUCT if not {"cli", "commands"} & set(path.parts)), ROLES)
    assert not twice, f"name each file after what it holds: {twice}"


@pytest.mark.parametrize("path", [path for path in FILES if path.relative_to(ROOT).parts[0] == "handlers"], ids=name)
def test_buttons_are_made_with_typed_values_and_only_the_codec_makes_text_of_them(path: Path) -> None:
    calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
    made = [one.lineno for one in calls if isinstance(one.func, ast.Name) and one.func.id == "Button"]
    assert not made or name(path) == "handlers/press_codec.py", f"{name(path)} makes a button by hand: {made}"
    values = [ast.unparse(word.value) for one in forms(path) for word in one.keywords if word.arg == "value"]
    assert all(value.endswith(".encode()") for value in values), f"{name(path)} words a form's value: {values}"
