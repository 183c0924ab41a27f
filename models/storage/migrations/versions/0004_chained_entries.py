"""A chain for each action's entries.

What is there already is chained in the order in which `history` shows it, behind a first link of its own sort that
bears the moment of this upgrade. Leaving it out would leave the older entries open for ever; chaining it says nothing
of what happened to them before this moment, and `cypp audit` says so. Entries that were redacted before have no words:
their digest is of none, with a salt that nobody keeps, and a link says that they were redacted.

What is hashed, and how, is written out here as it was at this revision and as `models.records.chain_form` has it for
ever: a migration that asks live code for its columns breaks on the first column that the code gets later.
"""

import hmac
import json
from collections import defaultdict
from datetime import UTC, date, datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BATCH = 500
"""Actions at a time: a plan of any size passes through little memory."""


def upgrade() -> None:
    """Adds the columns and the table, and chains what is there."""
    op.add_column("action", sa.Column("links", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("action", sa.Column("head", sa.String(length=64), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "link",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_link_action_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_link_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("action_id", "number", name=op.f("uq_link_action_id_number")),
    )
    op.create_index(op.f("ix_link_workspace_id"), "link", ["workspace_id"], unique=False)
    _chain(op.get_bind())


INSTANT = sa.DateTime(timezone=True)
TYPES: dict[str, Any] = {
    "at": INSTANT,
    "created_at": INSTANT,
    "first_words_on": sa.Date(),
    "follow_by": sa.Date(),
    "counted": sa.Boolean(),
    "by_chair": sa.Boolean(),
}
UPGRADED, UPDATE, OUTCOME, REPLAN = "begins, chained by an upgrade", "update", "outcome", "re-plan"
CARRIED, WITHHELD, REDACTED = "re-plan of an outcome", "not for publication", "redacted"
SIGNED = ("id", "person_id", "signature", "way", "at", "to_meeting_id")
FIELDS = {
    UPGRADED: ("ref_key", "first_status", "first_words_on", "created_at"),
    UPDATE: (*SIGNED, "kind", "status", "follow_by", "post_id", "undoes_id", "corrects_id", "heard"),
    OUTCOME: (*SIGNED, "kind", "meeting_id", "minute", "by_chair"),
    REPLAN: (*SIGNED, "from_meeting_id", "outcome_id", "counted"),
}
"""The fixed fields of each sort of link; one that says nothing is left out of the hash."""
FIELDS[CARRIED] = FIELDS[REPLAN]


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(one, TYPES.get(one)) for one in dict.fromkeys(columns)))


ACTION = _table("action", "id", "workspace_id", "links", "head", "first_words", *FIELDS[UPGRADED])
ENTRIES = (
    _table("action_update", "action_id", "words", "redaction", "withheld", *FIELDS[UPDATE]),
    _table("outcome", "action_id", "reason", "redaction", *FIELDS[OUTCOME]),
    _table("replan", "action_id", "reason", "redaction", *FIELDS[REPLAN]),
)
"""In the order in which `history` shows entries of one moment."""
LINK = _table(
    "link",
    "workspace_id",
    "action_id",
    "number",
    "sort",
    "entry_id",
    "about",
    "at",
    "salt",
    "digest",
    "content",
    "hash",
)


def _chain(connection: sa.Connection) -> None:
    upgraded = connection.scalar(sa.select(sa.type_coerce(sa.func.current_timestamp(), INSTANT)))
    last = 0
    while True:
        page = sa.select(ACTION).where(ACTION.c.id > last).order_by(ACTION.c.id).limit(BATCH)
        actions = connection.execute(page).all()
        if not actions:
            return
        last = actions[-1].id
        entries: dict[int, list[tuple[Any, int, int, str, Any]]] = defaultdict(list)
        for rank, table in enumerate(ENTRIES):
            for row in connection.execute(sa.select(table).where(table.c.action_id.in_([one.id for one in actions]))):
                entries[row.action_id].append((row.at, rank, row.id, _sort(rank, row), row))
        links: list[dict[str, Any]] = []
        heads = []
        for action in actions:
            mine = _links(action, sorted(entries[action.id], key=lambda entry: entry[:3]), upgraded)
            links += mine
            heads.append({"number": action.id, "many": len(mine), "last": mine[-1]["hash"]})
        connection.execute(sa.insert(LINK), links)
        change = sa.update(ACTION).where(ACTION.c.id == sa.bindparam("number"))
        connection.execute(change.values(links=sa.bindparam("many"), head=sa.bindparam("last")), heads)


def _sort(rank: int, row: Any) -> str:
    if rank == 2 and row.outcome_id is not None:
        return CARRIED
    return (UPDATE, OUTCOME, REPLAN)[rank]


def _links(action: Any, entries: list[tuple[Any, int, int, str, Any]], upgraded: Any) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = []

    def add(sort: str, at: Any, words: str, row: Any = None, entry: int | None = None, **more: Any) -> None:
        salt = token_hex(32)
        digest = hmac.digest(bytes.fromhex(salt), words.encode(), "sha256").hex()
        content = _content(sort, at, digest, row, entry, more.get("about"))
        before = links[-1]["hash"] if links else ""
        links.append(
            {
                "workspace_id": action.workspace_id,
                "action_id": action.id,
                "number": len(links) + 1,
                "sort": sort,
                "entry_id": entry,
                "about": more.get("about"),
                "at": at,
                "salt": "" if more.get("redacted") else salt,
                "digest": digest,
                "content": content,
                "hash": sha256(f"{before}|{content}".encode()).hexdigest(),
            }
        )

    add(UPGRADED, upgraded, action.first_words, action)
    for at, _, number, sort, row in entries:
        words = row.words if sort == UPDATE else row.reason
        add(sort, at, words, row, number, redacted=row.redaction)
        of = len(links)
        if getattr(row, "withheld", ""):
            add(WITHHELD, upgraded, row.withheld, about=of)
        if row.redaction:
            add(REDACTED, upgraded, row.redaction, about=of)
    return links


def _content(sort: str, at: Any, digest: str, row: Any, entry: int | None, about: int | None) -> str:
    fields = {name: _plain(getattr(row, name)) for name in FIELDS.get(sort, ())}
    said = {name: value for name, value in fields.items() if value}
    link = {"sort": sort, "at": _plain(at), "words": digest, "entry": entry, "about": about}
    return sha256(json.dumps([link, said], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        # SQLite keeps instants in UTC without saying so.
        value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return value.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
