"""A chain for each action's entries (`models.records.chain`).

What is there already is chained in the order in which `history` shows it, behind a first link of its own sort that
bears the moment of this upgrade. Leaving it out would leave the older entries open for ever; chaining it says nothing
of what happened to them before this moment, and `cypp audit` says so. Entries that were redacted before have no words:
their digest is of none, with a salt that nobody keeps, and a link says that they were redacted.
"""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

from models.enums import LinkSort
from models.records.chain_form import _HASHED_FIELDS, WORDS_COLUMN, digest_of, hash_of, link_content, new_salt
from models.storage.base import Instant

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


TYPES: dict[str, Any] = {
    "at": Instant(),
    "created_at": Instant(),
    "first_words_on": sa.Date(),
    "follow_by": sa.Date(),
    "counted": sa.Boolean(),
    "by_chair": sa.Boolean(),
}


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(one, TYPES.get(one)) for one in dict.fromkeys(columns)))


ACTION = _table("action", "id", "workspace_id", "links", "head", "first_words", *_HASHED_FIELDS[LinkSort.BEGINS])
ENTRIES = (
    _table("action_update", "action_id", "words", "redaction", "withheld", *_HASHED_FIELDS[LinkSort.UPDATE]),
    _table("outcome", "action_id", "reason", "redaction", *_HASHED_FIELDS[LinkSort.OUTCOME]),
    _table("replan", "action_id", "reason", "redaction", *_HASHED_FIELDS[LinkSort.REPLAN]),
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
    upgraded = connection.scalar(sa.select(sa.type_coerce(sa.func.current_timestamp(), Instant())))
    last = 0
    while True:
        page = sa.select(ACTION).where(ACTION.c.id > last).order_by(ACTION.c.id).limit(BATCH)
        actions = connection.execute(page).all()
        if not actions:
            return
        last = actions[-1].id
        entries: dict[int, list[tuple[Any, int, int, LinkSort, Any]]] = defaultdict(list)
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


def _sort(rank: int, row: Any) -> LinkSort:
    if rank == 2 and row.outcome_id is not None:
        return LinkSort.CARRIED
    return (LinkSort.UPDATE, LinkSort.OUTCOME, LinkSort.REPLAN)[rank]


def _links(action: Any, entries: list[tuple[Any, int, int, LinkSort, Any]], upgraded: Any) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = []

    def add(sort: LinkSort, at: Any, words: str, row: Any = None, entry: int | None = None, **more: Any) -> None:
        salt = new_salt()
        digest = digest_of(salt, words)
        content = link_content(sort, at, digest, row, entry, more.get("about"))
        links.append(
            {
                "workspace_id": action.workspace_id,
                "action_id": action.id,
                "number": len(links) + 1,
                "sort": sort.value,
                "entry_id": entry,
                "about": more.get("about"),
                "at": at,
                "salt": "" if more.get("redacted") else salt,
                "digest": digest,
                "content": content,
                "hash": hash_of(links[-1]["hash"] if links else "", content),
            }
        )

    add(LinkSort.UPGRADED, upgraded, action.first_words, action)
    for at, _, number, sort, row in entries:
        add(sort, at, getattr(row, WORDS_COLUMN[sort]), row, number, redacted=row.redaction)
        of = len(links)
        if getattr(row, "withheld", ""):
            add(LinkSort.WITHHELD, upgraded, row.withheld, about=of)
        if row.redaction:
            add(LinkSort.REDACTED, upgraded, row.redaction, about=of)
    return links
