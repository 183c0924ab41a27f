"""Whatever each command that is asked on the command line writes is signed by the account, and audit says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.ask import ask
from handlers.catalogue import REGISTRY
from handlers.registry import CommandEntry
from models.errors import Refusal
from models.personal_data.held_columns import HELD_COLUMNS, Holds
from models.records.audit_state import written_on_command_line
from models.storage.engine import Database
from models.storage.scope import ALL
from tests.bot.cli.support import ADMIN, EDUCATION, SECRETARY, call, query

BY = "command line, by the account tester, as "
SIGNED = [table for table, shapes in HELD_COLUMNS.items() if Holds.SIGNATURE in shapes]
ASKED_ABOUT = {"draft"}
"""Where what somebody said waits until they say that it is meant."""
ONCE = ("update healthy-5 on track, two advisors recruited", "brief add healthy-5 1")
WORDS: dict[str, tuple[str, ...]] = {
    "ChaseLeads": (),
    "Correct": (*ONCE, "correct healthy-5 1 some issues because nobody bid"),
    "Withhold": (*ONCE, "withhold healthy-5 1 because the tender is open"),
    "Redact": (*ONCE, "redact healthy-5 1 because it describes a child"),
    "Reopen": ("withdraw healthy-5 because the funding ended", "reopen healthy-5 because it came back"),
    "ThawPapers": ("freeze papers 16 Sep", "thaw papers 16 Sep"),
    "TakeOutOfBrief": (*ONCE, "brief remove healthy-5"),
    "RedactContribution": (
        "contribute police: evidence: 90% of interactions, Q2",
        "contribution redact police because it describes a child",
    ),
    "ShowClearances": ("clearance 16 Sep legal n/a",),
    "MakePapers": ("front sheet 16 Sep wards: All wards",),
    "RedactNote": ("measure m7.1 2012/13 26, counted twice", "measure redact m7.1 because it describes a child"),
    "GiveFigure": ("measure m7.1 2012/13 26",),
    "UseOurTemplate": (),
    "AddLines": (),
    "HandOver": ("handover Head of Education to early.help@example.org",),
    "NameContact": ("contact officer early.help@example.org for Head of Education",),
    "NameDeputy": ("deputy early.help@example.org for Head of Education until 12/9",),
}
"""What is said where the examples of the help write nothing of this plan; nothing: it takes a press, a file, a day."""


def writes(entry: CommandEntry[Any]) -> bool:
    """Whether some of the words that are read as a command change something."""
    return any(not REGISTRY.commands[one].reads for one in (entry.command, *entry.also_read_as))


WRITING = {entry.command.__name__: entry for entry in REGISTRY.commands.values() if entry.spellings and writes(entry)}


@pytest.fixture(scope="module")
def asked(the_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration after a morning's requests."""
    path = Path(shutil.copy(the_demo, tmp_path_factory.mktemp("asked") / "demo.db"))
    assert call("tick", "--now", "2020-08-17 09:30", "--db", path).code == 0
    return path


def rows(path: Path) -> dict[str, set[Any]]:
    names = [name for (name,) in query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: set(query(path, f'SELECT * FROM "{name}"')) for name in names}


def signatures(path: Path) -> set[tuple[str, int, str, int | None]]:
    return {(one, *row) for one in SIGNED for row in query(path, f"SELECT id, signature, person_id FROM {one}")}


def written(database: Database, words: tuple[str, ...], path: Path) -> Iterator[tuple[str, set[tuple[Any, ...]]]]:
    """Say some words as whoever may; yield those that changed something, with the signatures that came of them."""
    for one in words:
        for who in (SECRETARY, EDUCATION, ADMIN):
            before, signed = rows(path), signatures(path)
            try:
                ask(database, "", who, one, "2020-08-17 11:00", "tester", dry_run=False)
            except Refusal:
                continue
            after = rows(path)
            if {name for name in after if after[name] != before[name]} - ASKED_ABOUT:
                yield one, signatures(path) - signed
                break


@pytest.mark.parametrize("name", WRITING)
def test_what_a_command_writes_is_signed_by_the_account_and_audit_says_so(
    asked: Path, tmp_path: Path, name: str
) -> None:
    path = Path(shutil.copy(asked, tmp_path / "demo.db"))
    database = Database(str(path))
    examples = tuple(one for spelling in WRITING[name].spellings for one in spelling.examples)
    done = dict(written(database, WORDS.get(name, examples), path))
    assert bool(done) == bool(WORDS.get(name, examples)), "nothing was written"
    assert [words for words, signed in done.items() if not signed] == [], "nothing says who did it"
    for _, _, signature, person in (one for signed in done.values() for one in signed):
        assert signature.startswith(BY)
        assert person is None
    with database.read(ALL) as session:
        assert {one[2] for signed in done.values() for one in signed} <= set(written_on_command_line(session))
    database.dispose()
