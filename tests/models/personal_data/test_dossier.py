"""Whatever column a person stands in, the document about them has it; whoever else is in it, it has not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, Enum, Integer, Table, insert, text, update
from sqlalchemy.orm import Session

from models.enums import NotificationKind
from models.personal_data.dossier import Labels, held_rows, write_dossier
from models.personal_data.held_columns import HELD_COLUMNS, TEXTS, Holds
from models.personal_data.naming import INSTEAD_OF_NAME, NameFinder
from models.personal_data.subjects import DataSubject, find_subject
from models.rules.steps import Occasion
from models.storage.base import Base, Instant, Json
from models.storage.tables import Account, Person
from tests.models.plan_in_database import NOW, TODAY, database

LOCAL = "local"
NAME, EMAIL, USER = "Zażółć Gęślą", "zazolc@example.org", "U0ZAZOLC1"
WHERE = [(table, shape, name) for table, shapes in HELD_COLUMNS.items() for shape, names in shapes.items()
         if shape is not Holds.NOTHING for name in names.split()]  # fmt: skip


def somebody(session: Session, name: str = NAME, email: str = EMAIL, user: str = USER) -> DataSubject:
    session.add(Person(name=name, email=email, slack_user=user, channel="D0ZAZOLC1"))
    session.add(Account(team=LOCAL, user=user, name=name, email=email, seen_at=NOW))
    session.flush()
    found = find_subject(session, user, TODAY)
    assert found is not None
    return found


def filler(column: Any) -> Any:
    """Any value that a column takes and that is nobody's."""
    if isinstance(column.type, Enum):
        return (
            NotificationKind.LEFT
            if column.name == "kind" and column.table.name == "notification"
            else next(
                iter(column.type.enum_class)  # type: ignore[arg-type]
            )
        )
    for kind, value in ((Boolean, False), (Date, date(2020, 8, 1)), (Instant, datetime(2020, 8, 1, tzinfo=UTC)),
                        (Integer, 99_999), (Json, [])):  # fmt: skip
        if isinstance(column.type, kind):
            return value
    return LOCAL if column.name == "workspace_id" else Occasion.ONLY if column.name == "step" else f"x{column.name}"


def plant(session: Session, table: Table, column: str, value: Any) -> None:
    """Put a row into a table, with a value in one column and nobody in the others."""
    session.execute(text("PRAGMA foreign_keys = OFF"))
    if table.name == "workspace":
        session.connection().execute(update(table).values({column: value}))
        return
    if table.name == "message_part":
        message = Base.metadata.tables["message"]
        session.connection().execute(insert(message).values({one.name: filler(one) for one in message.columns}))
    session.connection().execute(
        insert(table).values({one.name: filler(one) for one in table.columns} | {column: value})
    )


def value_of(subject: DataSubject, table: str, column: str, shape: Holds) -> Any:
    (number,) = subject.people
    if shape in TEXTS:
        words = f"asked {NAME.upper()}, who agreed"
        return {"said": [words]} if isinstance(Base.metadata.tables[table].columns[column].type, Json) else words
    return {Holds.PERSON: number, Holds.RECIPIENT: f"person:{number}", Holds.ACCOUNT: USER, Holds.NAME: NAME,
            Holds.EMAIL: EMAIL.upper()}[shape]  # fmt: skip


@pytest.mark.parametrize(("table", "shape", "column"), WHERE)
def test_whatever_column_a_person_stands_in_the_document_has_it(table: str, shape: Holds, column: str) -> None:
    with database() as session:
        subject = somebody(session)
        before = sum(1 for _ in held_rows(session, subject, subject.finder()))
        if (table, column) == ("person", "id"):
            assert any(row.table == "person" for row in held_rows(session, subject, subject.finder()))
            return
        plant(session, Base.metadata.tables[table], column, value_of(subject, table, column, shape))
        found = list(held_rows(session, subject, subject.finder()))
        # Somebody else of the same name is somebody else.
        assert len(found) == before + (shape is not Holds.NAME)
        said, many = write_dossier(iter(found), Labels({}, ZoneInfo("Europe/London"), subject.people), "# Head")
        assert many == len(found)
        assert table.replace("_", " ") in said


def test_what_is_about_nobody_is_in_no_document() -> None:
    with database() as session:
        subject = somebody(session)
        before = list(held_rows(session, subject, subject.finder()))
        for table in Base.metadata.sorted_tables:
            if table.name not in ("workspace", "message_part"):
                plant(session, table, next(iter(table.columns)).name, filler(next(iter(table.columns))))
        assert list(held_rows(session, subject, subject.finder())) == before


NAMES = st.text(st.characters(categories=("L", "M", "P", "Zs", "S")), min_size=1, max_size=12)


@given(NAMES.filter(lambda one: any(char.isalpha() for char in one)), st.sampled_from(["{}", "by {}, then", "({})"]))
def test_a_name_is_found_and_taken_out_however_odd(name: str, frame: str) -> None:
    finder = NameFinder([f"Ann {name} Lee"])
    for value in (frame.format(f"Ann {name} Lee"), {"a": [frame.format(f"ANN  {name}\nLEE")]}):
        assert finder.stands_in(value)
        assert finder.taken_out(value) in (frame.format(INSTEAD_OF_NAME), {"a": [frame.format(INSTEAD_OF_NAME)]})


@pytest.mark.parametrize(
    ("name", "words", "without"),
    [
        ("Tŷ Hŵyl", "Signed ty hwyl.", "Signed [erased]."),
        ("Zażółć Gęślą", "ZAŻÓŁĆ GĘŚLĄ's list", "[erased]'s list"),
        ("Ann O'Lee", "Ann O’Lee and Ann O&amp;Lee", "[erased] and Ann O&amp;Lee"),
        ("Ann Lee", "Jo-Ann Lee, Ann Lee-Ward, Ann Leeds", "Jo-Ann Lee, Ann Lee-Ward, Ann Leeds"),
        ("ann@example.org", "ask ann@example.org, not joann@example.org", "ask [erased], not joann@example.org"),
        ('Ann "A" Lee', '{"text": "to Ann \\"A\\" Lee"}', '{"text": "to [erased]"}'),
        ("Ann <b> Lee", "to Ann &lt;b&gt; Lee", "to [erased]"),
    ],
)
def test_a_name_is_taken_out_and_no_part_of_another(name: str, words: str, without: str) -> None:
    assert NameFinder([name]).taken_out(words) == without
