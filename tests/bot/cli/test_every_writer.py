"""Every command that writes says so on record: command line, by which account; a new one fails here until it does."""

from __future__ import annotations

import importlib
import os
import pwd
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import click
import pytest

from bot.__main__ import COMMAND_LINE
from models.personal_data.held_columns import HELD_COLUMNS, Holds
from tests.bot.cli.support import ADMIN, EDUCATION, SECRETARY, Ran, call, change, query

BY = f"command line, by the account {pwd.getpwuid(os.getuid()).pw_name}, as "
SIGNED = [table for table, shapes in HELD_COLUMNS.items() if Holds.SIGNATURE in shapes]

Run = Callable[[Path], Ran]


def _cypp(*words: str | Path) -> Run:
    return lambda path: call(*words, "--db", path)


def _ask(words: str, who: str = SECRETARY) -> Run:
    return lambda path: call("ask", "--as", who, "--now", "2020-08-17 11:00", words, "--db", path)


def _restore(path: Path) -> Ran:
    assert call("backup", path.parent / "kept", "--db", path).code == 0
    return call("restore", path.parent / "kept", "--db", path, "--replace")


def _copy(path: Path) -> Ran:
    done = call("copy", "--to", path.parent / "new.db", "--db", path)
    with closing(connect(path.parent / "new.db")) as new, closing(connect(path)) as old:
        new.backup(old)
    return done


def _resend(path: Path) -> Ran:
    change(path, "UPDATE message SET state = 'failed', reason = 'invalid_blocks' WHERE id = 1")
    return call("resend", "1", "--db", path)


def _import(path: Path) -> Ran:
    file = path.parent / "plan.yaml"
    assert call("export", file, "--db", path).code == 0
    file.write_text(file.read_text("utf-8").replace("every board hears", "each board hears"), encoding="utf-8")
    return call("import", file, "--db", path)


WRITE: dict[str, Run] = {
    "ask": _ask("update healthy-5 on track, two advisors recruited", EDUCATION),
    "import": _import,
    "plan end": _cypp("plan", "end", "--rest", "carry", "--yes"),
    "papers": _cypp("papers", "16 Sep 2020", "--now", "2020-08-17 12:00", "--freeze"),
    "start": _cypp("start", "hwb", "2020-08-07"),
    "admin add": _cypp("admin", "add", "U0NEWADMIN"),
    "people link": _cypp("people", "link", "Superintendent, Sefton", "U0POLICE1"),
    "people unlink": _cypp("people", "unlink", EDUCATION),
    "person erase": _cypp("person", "erase", "U0ACTDEPU", "--yes", "--vacate"),
    "resend": _resend,
    "tidy": _cypp("tidy"),
    "restore": _restore,
    "restored": _cypp("restored", "2026-11-20 03:00"),
    "copy": _copy,
}
"""What writes: each with a way to have it write."""
READ = (
    "template",
    "plan",
    "export",
    "backup",
    "sent",
    "figures",
    "manifest",
    "guide",
    "audit",
    "check",
    "people",
    "person show",
)
"""What changes nothing in the database; `people` only what Slack says of accounts."""
OTHERWISE = {
    "serve": "the bot: what is written in it is signed by whoever wrote in Slack",
    "demo": "a demonstration on a database of its own",
    "tick": "one pass of the bot, which writes no entry",
    "migrate": "changes tables, and no entry; it may run before any table is there",
}


@pytest.fixture
def asked(demo: Path) -> Path:
    """The demonstration after a morning's requests."""
    assert call("tick", "--now", "2020-08-17 09:30", "--db", demo).code == 0
    return demo


def every_command() -> Iterator[str]:
    for name, (module, _) in COMMAND_LINE.items():
        command = getattr(importlib.import_module(module), f"{name}_command")
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield name
        yield from (f"{name} {inner}" for inner in getattr(command, "commands", ()))


def signatures(path: Path) -> list[tuple[str, int, str, int | None]]:
    return [(table, *row) for table in SIGNED for row in query(path, f"SELECT id, signature, person_id FROM {table}")]


def test_every_command_is_known_to_write_or_not_to() -> None:
    assert sorted(every_command()) == sorted([*WRITE, *READ, *OTHERWISE])


@pytest.mark.parametrize("name", WRITE)
def test_what_a_command_writes_is_signed_by_the_account_and_by_nobody_of_the_plan(asked: Path, name: str) -> None:
    before = signatures(asked)
    done = WRITE[name](asked)
    assert done.code == 0, done
    new = [row for row in signatures(asked) if row not in before]
    assert new, "nothing says who did it"
    assert [row for row in new if not row[2].startswith(BY) or row[3] is not None] == []
    audited = " ".join(call("audit", "--db", asked).out.split())
    assert all(f"Written by {signature}" in audited for _, _, signature, _ in new)


EVERY_SORT = (
    ("update healthy-5 on track, two advisors recruited", EDUCATION),
    ("no change healthy-8", EDUCATION),
    ("healthy-8 to follow by 21 Aug", EDUCATION),
    ("move healthy-5 to 23 Oct because the tender takes long", SECRETARY),
    ("assign healthy-8 to Early Help Manager", SECRETARY),
    ("outcome healthy-9 carried forward to 8 Dec because it rained", SECRETARY),
    ("correct healthy-5 1 some issues because nobody bid", SECRETARY),
    ("withhold healthy-5 1 because it is confidential", SECRETARY),
    ("redact healthy-5 1 because it describes a child", SECRETARY),
    ("board partnership updates 6 working days", SECRETARY),
    ("meeting add partnership 2 Nov 2020", ADMIN),
    ("quiet until 21 Aug", EDUCATION),
    ("handover Head of Education to early.help@example.org", ADMIN),
    ("new post Participation Officer at Sefton CVS", ADMIN),
    ("done", SECRETARY),
)


def test_whatever_is_asked_as_somebody_has_no_person_of_the_plan_as_its_author(asked: Path) -> None:
    said = [_ask(words, who)(asked).out for words, who in EVERY_SORT]
    authors = [
        (table, column)
        for table, shapes in HELD_COLUMNS.items()
        if Holds.SIGNATURE in shapes
        for column in shapes[Holds.PERSON].split()
        if query(asked, f"SELECT 1 FROM {table} WHERE way = 'command line' AND {column} IS NOT NULL")
    ]
    assert authors == [], said
    assert query(asked, "SELECT 1 FROM meeting WHERE outcomes_recorded_by IS NOT NULL") == []
    written = {table for table in SIGNED if query(asked, f"SELECT 1 FROM {table} WHERE way = 'command line'")}
    assert written >= {"action_update", "replan", "outcome", "setting_change"}, said


def test_an_entry_of_the_command_line_is_put_right_there(asked: Path) -> None:
    assert _ask("update healthy-5 on track, two advisors recruited", EDUCATION)(asked).code == 0
    again = _ask("update healthy-5 on track, two advisors recruited", EDUCATION)(asked)
    assert "already" in again.said, "the same twice is one entry"
    done = _ask("correct healthy-5 1 some issues because nobody bid", EDUCATION)(asked)
    assert done.code == 0, done
    assert query(asked, "SELECT count(*) FROM action_update WHERE action_id = (SELECT id FROM action "
                        "WHERE ref = 'healthy-5')") == [(2,)]  # fmt: skip
    refused = _ask("correct healthy-5 1 off track because nobody bid", "U0EARLYHP")(asked)
    assert refused.code == 1


def test_a_command_that_reads_writes_nothing(asked: Path, tmp_path: Path) -> None:
    with closing(connect(asked)) as there:
        before = list(there.iterdump())
    for words in (("sent", "2020-08-17"), ("figures",), ("audit",), ("check",), ("people",),
                  ("export", tmp_path / "x.yaml"),
                  ("backup", tmp_path / "b"), ("person", "show", EDUCATION, tmp_path / "p.md")):  # fmt: skip
        call(*words, "--db", asked)
    with closing(connect(asked)) as there:
        assert list(there.iterdump()) == before
