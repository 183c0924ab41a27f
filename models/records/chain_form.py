"""Define what a chain hashes and how. This form may never change: stored chains depend on it.

- *Words* are hashed with a salt of their own (HMAC-SHA256). With the salt gone nobody can try out what they were.
- The *content* of a link is SHA-256 over its fixed fields, as JSON, and the digest of its words. An empty field
  (null, false, "") is left out, so that a table may get a column without breaking any chain.
- Its *hash* is SHA-256 over the hash before it, and the content.
- The *head of a record* is the root of a Merkle tree over the heads of all its actions, in the order of their ids
  (leaves and nodes are hashed apart, as in RFC 9162, section 2.1.1), so that `cypp audit` can follow it link by link.
"""

import hmac
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from secrets import token_hex
from typing import Any

from models.enums import LinkSort

BEGINNINGS = frozenset({LinkSort.BEGINS, LinkSort.UPGRADED})
_BEGINS = ("ref_key", "first_status", "first_words_on", "created_at", "first_lead_post_id")
_SIGNED = ("id", "person_id", "signature", "way", "at", "to_meeting_id")
_REPLAN = (*_SIGNED, "from_meeting_id", "outcome_id", "counted")
_HASHED_FIELDS: Mapping[LinkSort, Sequence[str]] = {
    LinkSort.BEGINS: _BEGINS,
    LinkSort.UPGRADED: _BEGINS,
    LinkSort.UPDATE: (
        *_SIGNED,
        "kind",
        "status",
        "follow_by",
        "post_id",
        "undoes_id",
        "corrects_id",
        "heard",
        "lead_post_id",
        "undoes_outcome_id",
        "undoes_replan_id",
        "to_board_id",
    ),
    LinkSort.OUTCOME: (*_SIGNED, "kind", "meeting_id", "minute", "by_chair"),
    LinkSort.REPLAN: _REPLAN,
    LinkSort.CARRIED: _REPLAN,
}
"""The fixed fields of each sort of entry. What is held back or redacted later is a link of its own."""
WORDS_COLUMN: Mapping[LinkSort, str] = {
    LinkSort.BEGINS: "first_words",
    LinkSort.UPGRADED: "first_words",
    LinkSort.UPDATE: "words",
    LinkSort.OUTCOME: "reason",
    LinkSort.REPLAN: "reason",
    LinkSort.CARRIED: "reason",
    LinkSort.WITHHELD: "withheld",
    LinkSort.REDACTED: "redaction",
}
"""The column that holds the words of each sort."""
HEAD_LENGTH, _HEAD_GROUP = 16, 4
"""How much of a head is printed: 64 bits, in groups that can be read out."""


def new_salt() -> str:
    """Return a new salt for one entry's words."""
    return token_hex(32)


def digest_of(salt: str, words: str) -> str:
    """Return the salted digest that stands for `words`."""
    return hmac.digest(bytes.fromhex(salt), words.encode(), "sha256").hex()


def link_content(
    sort: LinkSort, at: datetime, digest: str, row: Any = None, entry_id: int | None = None, about: int | None = None
) -> str:
    """Return the content of a link; `row` has the fields of the entry it is about, as attributes."""
    fields = {name: _plain(getattr(row, name, None)) for name in _HASHED_FIELDS.get(sort, ())}
    said = {name: value for name, value in fields.items() if value}
    link = {"sort": str(sort), "at": _plain(at), "words": digest, "entry": entry_id, "about": about}
    return sha256(json.dumps([link, said], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def hash_of(before: str, content: str) -> str:
    """Return a link's hash, from the hash before it ("" for none) and its content."""
    return sha256(f"{before}|{content}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


class MerkleTree:
    """A Merkle tree over heads that changes one leaf at a time; "" is an action whose chain has not begun."""

    def __init__(self, heads: Sequence[str]) -> None:
        self._size = 1
        while self._size < len(heads):
            self._size *= 2
        self._nodes = [b""] * (2 * self._size)
        for place, head in enumerate(heads, self._size):
            self._nodes[place] = _leaf(head)
        for place in range(self._size - 1, 0, -1):
            self._nodes[place] = _node(self._nodes[2 * place], self._nodes[2 * place + 1])

    def put(self, place: int, head: str) -> None:
        """Set the head of one action."""
        place += self._size
        self._nodes[place] = _leaf(head)
        while place > 1:
            place //= 2
            self._nodes[place] = _node(self._nodes[2 * place], self._nodes[2 * place + 1])

    @property
    def root(self) -> str:
        """The head of the whole record; "" where nothing is chained yet. Empty places at the end do not change it."""
        return self._nodes[1].hex()


def _leaf(head: str) -> bytes:
    return sha256(b"\0" + head.encode()).digest() if head else b""


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest() if left and right else left or right


def format_head(head: str) -> str:
    """Format a head as it is printed: "3f2a 90bc 41de 07c5"."""
    return " ".join(head[at : at + _HEAD_GROUP] for at in range(0, min(HEAD_LENGTH, len(head)), _HEAD_GROUP))


def parse_head(typed: str) -> str:
    """Parse a printed head as typed; return its characters, or "" where it is none."""
    bare = re.sub(r"[\s-]+", "", typed).lower()
    return bare if re.fullmatch(rf"[0-9a-f]{{{HEAD_LENGTH}}}", bare) else ""
