"""Everything that is held about somebody, from every table, as one document that people read.

Source: docs/explanation/data-protection.md, What is held about one person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from models.enums import ABOUT_PEOPLE
from models.personal_data.held_columns import HELD_COLUMNS, TEXTS, Holds, columns_holding
from models.personal_data.naming import NameFinder, texts_in
from models.personal_data.subjects import DataSubject
from models.storage.base import Base
from models.storage.scope import workspace_of

HEADINGS: Mapping[str, str] = {
    "person": "In the plan",
    "account": "Their Slack account, as the directory has it",
    "appointment": "Posts they act or acted for",
    "quiet": "Days on which they are not asked",
    "snooze": "What they put off",
    "draft": "Words they have not confirmed",
    "action_update": "Updates",
    "outcome": "What boards decided",
    "replan": "Re-plans",
    "setting_change": "Changes of settings",
    "meeting_change": "Changes of meetings",
    "message": "Messages to them",
    "message_part": "What messages say",
    "notification": "Reasons why they were told something, or not",
    "spoken": "Answers that the bot gave",
    "said_message": "What they wrote to the bot, and what became of it",
    "accepted": "What they did and the bot has yet to work",
    "received": "Marks of what Slack delivered",
    "meeting": "Meetings whose outcomes they recorded, or whose note names them",
}
"""What is said above the rows of a table; of the others, their name."""


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row about somebody. `own`: it is theirs; else it names them in words."""

    table: str
    values: Mapping[str, Any]
    own: bool


@dataclass
class Labels:
    """How rows of other tables are called, by table and number."""

    by_table: Mapping[str, Mapping[Any, str]]
    zone: ZoneInfo
    people: frozenset[int] = field(default_factory=frozenset)

    def said(self, table: Table, name: str, value: Any) -> str:
        """Return a value as it is read: the name of a row, a local time, the text of a page."""
        column = table.columns.get(name)
        target = next((key.column.table.name for key in column.foreign_keys), "") if column is not None else ""
        if target == "person":
            return "this person" if value in self.people else f"somebody else (number {value})"
        if target in self.by_table and value in self.by_table[target]:
            return self.by_table[target][value]
        if isinstance(value, datetime):
            return f"{value.astimezone(self.zone):%Y-%m-%d %H:%M}"
        if isinstance(value, Enum):
            return str(value.value)
        return "\n".join(dict.fromkeys(_page_texts(value))) if name == "payload" else str(value)


def held_rows(session: Session, subject: DataSubject, finder: NameFinder) -> Iterator[HeldRow]:
    """Yield every row of the workspace about somebody, table by table, their own before what names them."""
    for name, columns in _tables():
        table = Base.metadata.tables[name]
        query = select(*table.columns)
        if "workspace_id" in table.columns:
            query = query.where(table.c.workspace_id == workspace_of(session))
        elif name == "message_part":
            messages = Base.metadata.tables["message"]
            query = query.add_columns(messages.c.recipient).join(messages, messages.c.id == table.c.message_id)
            query = query.where(messages.c.workspace_id == workspace_of(session))
        elif name == "workspace":
            query = query.where(table.c.id == workspace_of(session))
        else:
            raise LookupError(f"nothing says to which workspace a row of {name} belongs")
        naming = []
        for row in session.execute(query.order_by(*table.primary_key.columns).execution_options(yield_per=500)):
            values = dict(row._mapping)
            if is_own(name, values, subject):
                yield HeldRow(name, values, own=True)
            elif any(finder.stands_in(values[column]) for column in columns):
                naming.append(HeldRow(name, values, own=False))
        yield from naming


def _tables() -> Iterator[tuple[str, list[str]]]:
    """Yield each table that may hold a person, with the columns of words in it; those of the headings first."""
    for name in sorted(HELD_COLUMNS, key=lambda one: list(HEADINGS).index(one) if one in HEADINGS else len(HEADINGS)):
        if set(HELD_COLUMNS[name]) - {Holds.NOTHING}:
            yield name, columns_holding(name, *TEXTS)


def is_own(table: str, values: Mapping[str, Any], subject: DataSubject) -> bool:
    """Return whether a row is of somebody: it has their number, their account or their conversation."""
    if table == "notification" and values["kind"] not in ABOUT_PEOPLE:
        return values["recipient"] in subject.recipients
    if values.get("recipient", "") in subject.recipients:
        return True
    if any(values[one] in subject.people for one in columns_holding(table, Holds.PERSON)):
        return True
    places = subject.users | subject.channels | {f"home:{user}" for user in subject.users}
    if any(values[one] in places for one in columns_holding(table, Holds.ACCOUNT)):
        return True
    if any(str(values[one]).casefold() in subject.emails for one in columns_holding(table, Holds.EMAIL)):
        return True
    told = (values.get("before"), values.get("after"))
    return any(isinstance(one, dict) and one.get("of") in subject.people for one in told)


def write_dossier(rows: Iterator[HeldRow], labels: Labels, head: str) -> tuple[str, int]:
    """Return the document about somebody, in Markdown, and how many rows are in it."""
    parts, heading, many = [head], "", 0
    for row in rows:
        table, many = Base.metadata.tables[row.table], many + 1
        title = HEADINGS.get(row.table, row.table.replace("_", " ").capitalize())
        title = title if row.own else f"{title}: where others' words name them"
        if title != heading:
            heading = title
            parts.append(f"\n## {title}\n")
        said = [
            _value(name, labels.said(table, name, value))
            for name, value in row.values.items()
            if value not in (None, "", False, 0, [], {}) and name not in ("workspace_id", "id")
        ]
        number = f" {row.values['id']}" if "id" in row.values else ""
        parts.append("\n".join([f"- **{row.table.replace('_', ' ')}{number}**", *said]))
    return "\n".join(parts) + "\n", many


def _value(name: str, said: str) -> str:
    """Return one value as a line, or as lines of their own under its name, whatever stands in it."""
    lines = said.splitlines() or [""]
    name = name.replace("_", " ")
    if len(lines) == 1:
        return f"  - {name}: {lines[0]}"
    return "\n".join([f"  - {name}:", "", *(f"        {line}" for line in lines), ""])


def _page_texts(payload: Any) -> Iterator[str]:
    """Yield what a page says: its texts, without the names of its parts and what its buttons carry."""
    for text in texts_in(payload):
        if any(char.isspace() for char in text.strip()) or not text.isascii():
            yield text
