"""Whether the tests notice: one fact or operator of the code is changed at a time, and the tests named for it run.

`make mutants` takes the registries and models/rules; `make mutants NAMES="models/rules/owed.py" EVERY=5` one file, and
every fifth change of it. It works in a copy of the project. What survived is printed, and a line for each file.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COPIED = ("bot", "handlers", "models", "schedules", "tests", "pyproject.toml")
TESTS = {
    "models/rules/calendar.py": ("tests/models/test_calendar.py",),
    "models/rules/facts.py": ("tests/models/test_owed.py", "tests/models/test_calendar.py"),
    "models/rules/owed.py": ("tests/models/test_owed.py",),
    "models/rules/refs.py": ("tests/models/planfile/test_refs.py",),
    "models/rules/steps.py": ("tests/models/test_steps.py",),
    "handlers/*/registry.py": ("tests/handlers/test_registry.py",),
}
"""The files that are changed, and the tests that are to notice. Last those for which others stay imported."""
LONGEST = 240
"""Seconds after which tests that do not end have noticed."""
LIBRARIES = ("hypothesis", "sqlalchemy.orm", "pydantic", "rapidfuzz.process", "holidays", "yaml", "slack_bolt")
"""Imported once; each mutant runs in a fork of that process."""

ENTRIES = {"CommandEntry", "PressEntry", "ActionPressEntry", "FormEntry", "ActionFormEntry"}
REPLACES_TYPE = '__import__("handlers.registry").registry.Replaces'
REPLACES = ("NEVER", "WHEN_DONE", "ALWAYS")
OPPOSITE: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not",
    ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: where, what, and the whole text of the file with it."""

    line: int
    what: str
    text: str


class Source:
    """A file, its tree, and its text with a piece of it replaced."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text(encoding="utf-8")
        self.tree = ast.parse(self.text)
        self._starts = [0]
        for line in self.text.encode().split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def span(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        """Where a node begins and ends, in bytes."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        begins = self._starts[node.lineno - 1] + node.col_offset
        return begins, self._starts[node.end_lineno - 1] + node.end_col_offset

    def piece(self, begins: int, ends: int) -> str:
        """Some of the text."""
        return self.text.encode()[begins:ends].decode()

    def changed(self, line: int, span: tuple[int, int], by: str) -> Mutant:
        """The text with a piece replaced."""
        whole = self.text.encode()
        was = " ".join(self.piece(*span).split())
        text = (whole[: span[0]] + by.encode() + whole[span[1] :]).decode()
        return Mutant(line, f"{was[:70]} → {by[:70] or 'gone'}", text)


def facts(source: Source) -> Iterator[Mutant]:
    """Each fact of each entry of a registry changed, and each entry taken out."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in ENTRIES:
            continue
        begins, ends = source.span(node)
        comma = ends + len(source.piece(ends, ends + 1))
        yield source.changed(node.lineno, (begins, comma), "")
        who = node.args[2]
        other = "(Verb.ANSWER,)" if "READ" in ast.unparse(who) else "(Verb.READ,)"
        yield source.changed(who.lineno, source.span(who), other)
        given = {one.arg: one for one in node.keywords if one.arg}
        flags = {"CommandEntry": ("reads",), "PressEntry": ("repeatable",), "ActionPressEntry": ("repeatable",)}
        closing = (ends - 1, ends)
        joined = "" if source.piece(begins, ends - 1).rstrip().endswith(",") else ", "
        for flag in flags.get(node.func.id, ()):
            if flag in given:
                yield source.changed(given[flag].lineno, source.span(given[flag].value), "False")
            else:
                yield source.changed(node.lineno, closing, f"{joined}{flag}=True)")
        if node.func.id.endswith("PressEntry"):
            now = ast.unparse(given["replaces"].value).rpartition(".")[2] if "replaces" in given else "NEVER"
            for one in REPLACES:
                if one == now:
                    continue
                by = f"{REPLACES_TYPE}.{one}"
                if "replaces" in given:
                    yield source.changed(given["replaces"].lineno, source.span(given["replaces"].value), by)
                else:
                    yield source.changed(node.lineno, closing, f"{joined}replaces={by})")
        if node.func.id == "ActionPressEntry":
            if "records" in given:
                yield source.changed(given["records"].lineno, source.span(given["records"].value), '""')
            else:
                yield source.changed(node.lineno, closing, f'{joined}records="Something")')
        if "also_read_as" in given:
            yield source.changed(given["also_read_as"].lineno, source.span(given["also_read_as"].value), "()")


def operators(source: Source) -> Iterator[Mutant]:
    """Each comparison turned, each number one more or less, `and` for `or`, `not` left out."""
    made = {
        id(part)
        for node in ast.walk(source.tree)
        for decorator in getattr(node, "decorator_list", ())
        for part in ast.walk(decorator)
    }
    for node in ast.walk(source.tree):
        if id(node) in made:
            # How a class or a cache is made is no rule.
            continue
        if isinstance(node, ast.Compare):
            left = node.left
            for operator, right in zip(node.ops, node.comparators, strict=True):
                between = (source.span(left)[1], source.span(right)[0])
                around = source.piece(*between)
                word = ast.unparse(ast.Compare(ast.Name("a"), [operator], [ast.Name("b")]))[2:-2]
                by = around.replace(word, OPPOSITE[type(operator)], 1)
                mutant = source.changed(node.lineno, between, by)
                yield Mutant(mutant.line, f"{ast.unparse(node)[:70]}: {word} → {OPPOSITE[type(operator)]}", mutant.text)
                left = right
        elif isinstance(node, ast.BoolOp):
            word, by = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            # In brackets, so that the rest of the chain keeps its meaning.
            pieces = [source.piece(*source.span(one)) for one in node.values]
            text = f" {by} ".join(f"({piece})" for piece in pieces)
            mutant = source.changed(node.lineno, source.span(node), f"({text})")
            yield Mutant(mutant.line, f"{ast.unparse(node)[:70]}: {word} → {by}", mutant.text)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield source.changed(node.lineno, source.span(node), f"({source.piece(*source.span(node.operand))})")
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield source.changed(node.lineno, source.span(node), str(not node.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            for number in (node.value + 1, node.value - 1):
                yield source.changed(node.lineno, source.span(node), f"({number})")


def noticed(tests: tuple[str, ...]) -> bool:
    """Whether the tests fail, in a process of their own."""
    child = os.fork()
    if not child:
        signal.alarm(LONGEST)
        sys.dont_write_bytecode = True
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
            code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests])
        os._exit(int(code))
    return os.waitpid(child, 0)[1] != 0


def copy_of_project(folder: Path) -> None:
    """The project in a folder, made the one that is imported."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy(ROOT / name, folder / name)
    os.chdir(folder)
    sys.path[:] = [str(folder), *(path for path in sys.path if path and Path(path) != ROOT)]
    for module in [name for name in sys.modules if name.partition(".")[0] in COPIED]:
        del sys.modules[module]


def import_handlers() -> None:
    """Imports what the registries put together, and not the registries: each fork has to make only these anew."""
    importlib.import_module("handlers.catalogue")
    for name in [*sys.modules]:
        package, _, last = name.rpartition(".")
        if name == "handlers.catalogue" or (package.startswith("handlers.") and last == "registry"):
            del sys.modules[name]
            delattr(sys.modules[package], last)


def look_at(name: str, tests: tuple[str, ...], every: int) -> tuple[int, int]:
    """Changes a file in each way, one at a time, and prints what survived; how many changes, and how many did."""
    path = Path(name)
    source = Source(path)
    mutants = [*(facts(source) if path.name == "registry.py" else operators(source))][::every]
    survived = 0
    for mutant in mutants:
        path.write_text(mutant.text, encoding="utf-8")
        # A compiled file of the same second and size would be taken for this one.
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()
        if not noticed(tests):
            survived += 1
            print(f"SURVIVED {name}:{mutant.line}: {mutant.what}", flush=True)
    path.write_text(source.text, encoding="utf-8")
    print(f"{name}: {len(mutants) - survived} of {len(mutants)} noticed", flush=True)
    return len(mutants), survived


def main(names: list[str], every: int) -> None:
    """Looks at the named files, or at all, and says how it came out; ends with 1 where a registry's mutant survived."""
    for library in LIBRARIES:
        with contextlib.suppress(ImportError), contextlib.redirect_stdout(io.StringIO()):
            importlib.import_module(library)
    bad = False
    with tempfile.TemporaryDirectory() as folder:
        copy_of_project(Path(folder))
        for pattern, tests in TESTS.items():
            chosen = [str(path) for path in sorted(Path().glob(pattern)) if not names or str(path) in names]
            if not chosen:
                continue
            if pattern.startswith("handlers"):
                import_handlers()
            if noticed(tests):
                raise SystemExit(f"{', '.join(tests)} fail as they are: nothing can be told from them")
            counts = [look_at(name, tests, every) for name in chosen]
            total, survived = (sum(each) for each in zip(*counts, strict=True))
            print(f"{pattern}: {total - survived} of {total} noticed ({(total - survived) / total:.0%})", flush=True)
            bad = bad or (survived > 0 and pattern.startswith("handlers"))
    raise SystemExit(bad)


if __name__ == "__main__":
    main([name for name in sys.argv[1:] if "=" not in name], int(os.environ.get("EVERY", "1")))
