"""Whether the tests notice: one fact or operator of the code is changed at a time, and the tests named for it run.

`make mutants` takes the registries and models/rules; `make mutants NAMES="models/rules/owed.py" EVERY=5` one file, and
every fifth change of it. It works in a copy of the project. What survived is printed, and a line for each file; it
ends with 1 where anything did.
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
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COPIED = ("bot", "handlers", "models", "schedules", "tests", "pyproject.toml")
TESTS = {
    "models/rules/calendar.py": ("tests/models/test_calendar.py",),
    "models/rules/exempt_paragraphs.py": (
        "tests/handlers/papers/test_exempt.py::test_a_paragraph_of_the_schedule_is_read_in_the_reason",
        "tests/handlers/papers/test_exempt.py::test_paragraphs_are_said_as_people_name_them",
    ),
    "models/rules/facts.py": ("tests/models/test_facts.py", "tests/models/test_owed.py", "tests/models/test_missed.py"),
    "models/rules/lengths.py": (
        "tests/models/planfile/test_problems.py",
        "tests/bot/slack/test_e2e_people.py::test_a_reason_that_is_too_long_is_refused_with_what_it_may_hold",
    ),
    "models/rules/owed.py": ("tests/models/test_owed.py", "tests/models/test_missed.py"),
    "models/rules/refs.py": ("tests/models/planfile/test_refs.py",),
    "models/rules/steps.py": ("tests/models/test_steps.py",),
    "handlers/*/registry.py": ("tests/handlers/test_registry.py",),
    "schedules/registry.py": ("tests/schedules/test_registry.py",),
}
"""The files that are changed, and the tests that are to notice. Last those for which others stay imported."""
NUMBERED = "what is stored is numbered from 1: 0 and -1 find nothing alike"
EQUIVALENT = {
    ("step = timedelta(days=1 if count > 0 else -1)", "count > 0: > → >="): "no day from a day is itself, either way",
    ("step = timedelta(days=1 if count > 0 else -1)", "0 → (-1)"): "no day from a day is itself, either way",
    ("secretaries = [one.person_id for one in recipients.get(board.secretary_post_id or 0, ())]", "0 → (-1)"): NUMBERED,
    ("meeting = calendar.by_id.get(action.due_meeting_id or 0)", "0 → (-1)"): NUMBERED,
    ("missed += calendar.missed_from.get(due or 0, len(starts)) <= place", "0 → (-1)"): NUMBERED,
    (
        "step: LedgerStep = sort(*(read(part) for read, part in zip(parts, found.groups(), strict=True)))",
        "True → False",
    ): "a pattern has a group for each part",
}
"""The changes that mean the same, by line and change, with the reason. They are not looked at."""
LONGEST = 240
"""Seconds after which tests that do not end have noticed."""
LIBRARIES = ("hypothesis", "sqlalchemy.orm", "pydantic", "rapidfuzz.process", "holidays", "yaml", "slack_bolt")
"""Imported once; each mutant runs in a fork of that process."""

ENTRIES = {"CommandEntry", "PressEntry", "ActionPressEntry", "FormEntry", "ActionFormEntry"}
REPLACES_TYPE = '__import__("handlers.registry").registry.Replaces'
REPLACES = ("NEVER", "WHEN_DONE", "ALWAYS")
NOTIFICATION_FACTS = {
    "counted_as": ("MessageClass.CHANNEL", "MessageClass.SECRETARY"),
    "counted_at": ("{}", "{Step.REQUEST: MessageClass.CHANNEL}"),
    "comes": ("None", "due.send_digest"),
    "wakes": ("None", "wakes.wake_for_digest"),
    "lapses": ("None", "holding.why_back"),
    "of_meeting": ("False", "True"),
    "until_stopped": ("False", "True"),
    "changes_in_place": ("False", "True"),
}
"""What each fact of a scheduled notification is changed to; first what it is where nothing is said."""
OPPOSITE: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not",
    ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: where, the line as it was, what, and the whole text of the file with it."""

    line: int
    place: str
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
        place = self.text.splitlines()[line - 1].strip()
        return Mutant(line, place, f"{was[:70]} → {by[:70] or 'gone'}", text)

    def given_too(self, node: ast.Call, argument: str) -> Mutant:
        """The text with one more argument of a call."""
        begins, ends = self.span(node)
        joined = "" if self.piece(begins, ends - 1).rstrip().endswith(",") else ", "
        return self.changed(node.lineno, (ends - 1, ends), f"{joined}{argument})")


def facts(source: Source) -> Iterator[Mutant]:
    """Each fact of each entry of a registry changed, and each entry taken out."""
    parents = {child: node for node in ast.walk(source.tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in ENTRIES:
            continue
        whole: ast.AST = node
        while isinstance(parents[whole], ast.Attribute | ast.Call):
            # With the calls that say how it is typed.
            whole = parents[whole]
        assert isinstance(whole, ast.expr)
        begins, ends = source.span(whole)
        comma = ends + len(source.piece(ends, ends + 1))
        yield source.changed(node.lineno, (begins, comma), "")
        who = node.args[2]
        other = "(Verb.ANSWER,)" if "READ" in ast.unparse(who) else "(Verb.READ,)"
        yield source.changed(who.lineno, source.span(who), other)
        given = {one.arg: one for one in node.keywords if one.arg}
        flags = {"CommandEntry": ("reads",), "PressEntry": ("repeatable",), "ActionPressEntry": ("repeatable",)}
        for flag in flags.get(node.func.id, ()):
            if flag in given:
                yield source.changed(given[flag].lineno, source.span(given[flag].value), "False")
            else:
                yield source.given_too(node, f"{flag}=True")
        if node.func.id.endswith("PressEntry"):
            now = ast.unparse(given["replaces"].value).rpartition(".")[2] if "replaces" in given else "NEVER"
            for one in REPLACES:
                if one == now:
                    continue
                by = f"{REPLACES_TYPE}.{one}"
                if "replaces" in given:
                    yield source.changed(given["replaces"].lineno, source.span(given["replaces"].value), by)
                else:
                    yield source.given_too(node, f"replaces={by}")
        if node.func.id == "ActionPressEntry":
            if "records" in given:
                yield source.changed(given["records"].lineno, source.span(given["records"].value), '""')
            else:
                yield source.given_too(node, 'records="Something"')
        if "also_read_as" in given:
            yield source.changed(given["also_read_as"].lineno, source.span(given["also_read_as"].value), "()")


def notification_facts(source: Source) -> Iterator[Mutant]:
    """Each fact of each scheduled notification changed, and each taken out."""
    entries = [
        (key, entry)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Dict)
        for key, entry in zip(node.keys, node.values, strict=True)
        if key and isinstance(entry, ast.Call) and ast.unparse(entry.func) == "ScheduledNotification"
    ]
    for key, entry in entries:
        yield source.changed(key.lineno, (source.span(key)[0], source.span(entry)[1] + 1), "")
        given = {one.arg: one.value for one in entry.keywords}
        write = given["write"]
        assert isinstance(write, ast.Call)
        by = "Each" if ast.unparse(write.func) == "Together" else "Together"
        yield source.changed(write.lineno, source.span(write.func), by)
        by = "write_bundle" if ast.unparse(write.args[0]) == "write_digest" else "write_digest"
        yield source.changed(write.lineno, source.span(write.args[0]), by)
        for fact, others in NOTIFICATION_FACTS.items():
            now = ast.unparse(given[fact]) if fact in given else others[0]
            for by in others:
                if by == now:
                    continue
                if fact in given:
                    yield source.changed(given[fact].lineno, source.span(given[fact]), by)
                else:
                    yield source.given_too(entry, f"{fact}={by}")
        for step in getattr(given.get("counted_at"), "values", ()):
            yield source.changed(step.lineno, source.span(step), "MessageClass.CHANNEL")


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
                yield replace(mutant, what=f"{ast.unparse(node)[:70]}: {word} → {OPPOSITE[type(operator)]}")
                left = right
        elif isinstance(node, ast.BoolOp):
            word, by = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            # In brackets, so that the rest of the chain keeps its meaning.
            pieces = [source.piece(*source.span(one)) for one in node.values]
            text = f" {by} ".join(f"({piece})" for piece in pieces)
            mutant = source.changed(node.lineno, source.span(node), f"({text})")
            yield replace(mutant, what=f"{ast.unparse(node)[:70]}: {word} → {by}")
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


def import_around(registries: str) -> None:
    """Imports what registries put together, and not the registries: each fork has to make only these anew."""
    top = "handlers.catalogue" if registries.startswith("handlers") else "schedules.registry"
    importlib.import_module(top)
    for name in [*sys.modules]:
        package, _, last = name.rpartition(".")
        if name == top or (top == "handlers.catalogue" and package.startswith("handlers.") and last == "registry"):
            del sys.modules[name]
            delattr(sys.modules[package], last)


def look_at(name: str, tests: tuple[str, ...], every: int) -> tuple[int, int]:
    """Changes a file in each way, one at a time, and prints what survived; how many changes, and how many did."""
    path = Path(name)
    source = Source(path)
    made = [*facts(source), *notification_facts(source)] if path.name == "registry.py" else [*operators(source)]
    mutants = [one for one in made if (one.place, one.what) not in EQUIVALENT][::every]
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
    """Looks at the named files, or at all, and says how it came out; ends with 1 where a mutant survived."""
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
            if pattern.endswith("registry.py"):
                import_around(pattern)
            if noticed(tests):
                raise SystemExit(f"{', '.join(tests)} fail as they are: nothing can be told from them")
            counts = [look_at(name, tests, every) for name in chosen]
            total, survived = (sum(each) for each in zip(*counts, strict=True))
            print(f"{pattern}: {total - survived} of {total} noticed ({(total - survived) / total:.0%})", flush=True)
            bad = bad or survived > 0
    raise SystemExit(bad)


if __name__ == "__main__":
    main([name for name in sys.argv[1:] if "=" not in name], int(os.environ.get("EVERY", "1")))
