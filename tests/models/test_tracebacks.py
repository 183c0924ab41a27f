"""What the log gets of an error: what it says and what led to it, and nothing that people typed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
import yaml
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Enum, bindparam, column, select, text
from sqlalchemy.exc import IntegrityError

from bot.slack.limits import require
from models.enums import Status
from models.errors import DatabaseBusy, Refusal
from models.storage.engine import Database
from models.storage.scope import ALL
from models.storage.tables import Organisation, Workspace
from models.storage.tracebacks import LONGEST_CHAIN, error_message, format_traceback
from tests.conftest import on_postgresql, on_sqlite

TOKEN, TYPED = "xoxb-not-to-be-seen", "what somebody typed"
EMPTY: dict[str, int] = {}
NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)


def fails(token: str, typed: str) -> None:
    """An error whose words hold a token, and its cause's what was typed."""
    try:
        raise KeyError(typed)
    except KeyError as cause:
        raise ConnectionError(f"Authorization: Bearer {token}") from cause


def raised(work: Callable[[], object]) -> BaseException:
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - whichever it is
        work()
    return caught.value


def test_neither_a_token_nor_what_was_typed_is_in_a_trace() -> None:
    try:
        fails(TOKEN, TYPED)
    except ConnectionError as error:
        error.add_note(TYPED)
        shown = format_traceback(error)
    assert shown.startswith("ConnectionError: Authorization: Bearer …\n")
    assert "in fails" in shown
    assert TOKEN not in shown
    assert TYPED not in shown


def test_a_trace_has_what_the_error_says_and_every_cause_with_its_place() -> None:
    def looks_up() -> None:
        EMPTY["never printed"]

    def counts() -> None:
        try:
            looks_up()
        except KeyError:
            len(5)  # type: ignore[arg-type]

    def answers() -> None:
        try:
            counts()
        except TypeError as cause:
            raise RuntimeError("the plan could not be counted") from cause

    shown = format_traceback(raised(answers))
    lines = shown.splitlines()
    assert lines[0] == "RuntimeError: the plan could not be counted"
    causes = [line for line in lines if not line.startswith(" ")][1:]
    assert causes == ["caused by TypeError: object of type 'int' has no len()", "while this was dealt with: KeyError"]
    for place in ("in answers", "in counts", "in looks_up"):
        assert place in shown


def test_what_was_meant_to_be_hidden_and_a_chain_that_goes_round_end() -> None:
    def hides() -> None:
        try:
            raise TypeError("the first")
        except TypeError:
            raise RuntimeError("the second") from None

    assert "the first" not in format_traceback(raised(hides))
    one, other = RuntimeError("one"), RuntimeError("other")
    one.__cause__, other.__cause__ = other, one
    assert format_traceback(one) == "RuntimeError: one\ncaused by RuntimeError: other\n"
    error: BaseException = RuntimeError("0")
    for number in range(1, 50):
        later = RuntimeError(str(number))
        later.__cause__, error = error, later
    assert format_traceback(error).count("RuntimeError") == LONGEST_CHAIN


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: int
    when: dict[str, int] = {}


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: int(TYPED), "invalid literal for int() with base 10 …"),
        (lambda: float(TYPED), "could not convert string to float …"),
        (lambda: Status(TYPED), "is not a valid …"),
        (lambda: date.fromisoformat(TYPED), "Invalid isoformat string …"),
        (lambda: datetime.strptime(TYPED, "%d"), ""),  # noqa: DTZ007
        (lambda: EMPTY[TYPED], ""),
        (lambda: list(EMPTY).index(TYPED), ""),
        (lambda: json.loads(TYPED), "Expecting value: line 1 column 1 (char 0)"),
        (lambda: TYPED.encode().join([b"\xff"]).decode(), "utf-8: invalid start byte"),
        (lambda: yaml.safe_load(f"a: [{TYPED}"), ""),
        (lambda: next(iter(())) if TYPED else None, ""),
        (lambda: Form(words=TYPED, **{TYPED: 1}), "Form: words: int_parsing, extra_forbidden"),  # type: ignore[arg-type]
        (lambda: Form(words=1, when={TYPED: TYPED}), "Form: when: int_parsing"),  # type: ignore[dict-item]
        (lambda: _raise(Refusal(f"There is no action “{TYPED}”.")), ""),
        (lambda: _raise(DatabaseBusy("The plan is busy just now.")), "The plan is busy just now."),
        (lambda: [][3], "list index out of range …"),
        (lambda: require(f"the value of {TYPED!r}", "x" * 12, 10), "12 characters, at most 10 …"),
        (lambda: [one for one, _ in json.loads("[[1, 2, 3]]")], "too many values to unpack (expected 2) …"),
        (lambda: "x" + 5, 'can only concatenate str (not "int") to str'),  # type: ignore[operator]
        (lambda: open("/nowhere/plan.db"), "[Errno 2] No such file or directory: '/nowhere/plan.db'"),  # noqa: SIM115
        (
            lambda: _raise(OSError("no way to postgresql://clerk:hunter2@host/plan")),
            "no way to postgresql://…@host/plan",
        ),
        (lambda: _raise(OSError("https://hooks.slack.com/commands/T0/1/abc: 404")), "https://hooks.slack.com/… 404"),
        (lambda: _raise(OSError("x" * 5000)), "x" * 1000 + "…"),
    ],
)
def test_of_errors_that_quote_what_they_were_given_only_what_the_program_says_is_kept(
    work: Callable[[], object], said: str
) -> None:
    error = raised(work)
    assert error_message(error) == said
    assert TYPED not in format_traceback(error)
    # Part of a statement's error or of another's cause, it is no more open.
    outer = RuntimeError("outer")
    outer.__context__ = error
    assert TYPED not in format_traceback(outer)


def _raise(error: Exception) -> None:
    raise error


def failed(database: Database, statement: Any, **given: object) -> BaseException:
    def work() -> None:
        with database.write(workspace=ALL) as session:
            session.add(Workspace(id="T0ONE", created_at=NOW))
            session.flush()
            session.add(Organisation(workspace_id="T0ONE", key=TYPED, name=TYPED))
            session.flush()
            session.execute(statement, given)

    return raised(work)


def test_a_databases_error_says_what_and_where_and_no_value(database: Database) -> None:
    again = text(
        "INSERT INTO organisation (workspace_id, \"key\", name, aliases, closed) VALUES ('T0ONE', :key, '', '[]', '[]')"
    )
    error = failed(database, again, key=TYPED)
    assert isinstance(error, IntegrityError)
    said = error_message(error)
    assert "uq_organisation_workspace_id_key" in said or "UNIQUE constraint failed: organisation.workspace_id" in said
    assert "[SQL: INSERT INTO organisation (workspace_id," in said
    assert TYPED not in format_traceback(error)
    missing = error_message(failed(database, text("SELECT nothing FROM organisation WHERE name = :name"), name=TYPED))
    assert "nothing" in missing.partition("[SQL")[0]


def test_a_word_that_is_no_status_is_told_by_its_list(database: Database) -> None:
    kind = Enum(Status, values_callable=lambda kind: [one.value for one in kind], native_enum=False, name="status")
    read = select(column("words", kind)).select_from(select(bindparam("given", TYPED).label("words")).subquery())
    with database.read(ALL) as session:
        error = raised(lambda: session.execute(read).all())
    assert error_message(error) == "is not among the defined enum values. Enum name: status …"
    assert TYPED not in format_traceback(error)


@on_postgresql
def test_what_postgresql_could_not_read_is_left_out(database: Database) -> None:
    error = failed(database, text("SELECT CAST(CAST(:given AS text) AS integer)"), given=TYPED)
    assert error_message(error).startswith("(InvalidTextRepresentation) invalid input syntax for type integer: … [SQL:")
    assert TYPED not in format_traceback(error)
    assert TYPED in str(error), "otherwise there was nothing to hide"
    assert isinstance(error.__cause__, psycopg.Error)


@on_sqlite
def test_what_sqlite_could_not_decode_is_left_out(database: Database) -> None:
    broken = f"SELECT CAST(X'{TYPED.encode().hex()}FF' AS TEXT) AS words"
    with database.read(ALL) as session:
        error = raised(lambda: session.connection().connection.cursor().execute(broken).fetchall())
    assert isinstance(error, sqlite3.OperationalError)
    assert error_message(error) == "Could not decode to UTF-8 column 'words'"
    assert TYPED in str(error), "otherwise there was nothing to hide"
