"""Check the chains of a workspace's actions (`models.records.chain`): what was changed, added or removed, and where.

Anyone who can write to the database can also compute a chain anew. What they cannot do is make it end in a head that
was printed before: digests print the head of the whole record, and `find_head` looks for one of those.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Integer, String, Table, TypeDecorator, select, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from models.enums import LinkSort
from models.records.audit_state import meeting_findings, missing_actions, posted_heads, state_findings
from models.records.chain_form import (
    BEGINNINGS,
    HEAD_LENGTH,
    WORDS_COLUMN,
    MerkleTree,
    digest_of,
    format_head,
    hash_of,
    link_content,
)
from models.records.findings import Finding
from models.storage.base import Instant
from models.storage.history_tables import Link, Outcome, Replan, Update
from models.storage.tables import Action, Scoped

_FOREIGN = (AttributeError, LookupError, TypeError, ValueError)
"""What comes of values that another program stored."""
AUDIT_BATCH = 500
"""Actions read at a time, so that memory stays small whatever the size of the record."""
_ENTRY_TABLES: Mapping[LinkSort, type[Scoped]] = {
    LinkSort.UPDATE: Update,
    LinkSort.OUTCOME: Outcome,
    LinkSort.REPLAN: Replan,
    LinkSort.CARRIED: Replan,
}
_TABLE_ORDER: Mapping[type[Scoped], int] = {Update: 0, Outcome: 1, Replan: 2}
"""Which table comes first within one instant, as in `models.records.entries`."""


class _StoredInstant(TypeDecorator[Any]):
    """An instant as stored; a value of another program that is no instant is given as it is."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Convert the text that SQLite's driver gives."""
        if not isinstance(value, str):
            return value
        try:
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        except ValueError:
            return value


@dataclass(frozen=True, slots=True)
class HeadMoment:
    """The link at which the record had a given head, and how many links came after it."""

    ref: str
    at: datetime | None
    later: int


@dataclass
class AuditCounts:
    """What was checked. `upgraded_at`: when older entries were chained, None where there were none."""

    actions: int = 0
    entries: int = 0
    upgraded: int = 0
    upgraded_at: datetime | None = None


def audit(
    session: Session, counted: AuditCounts, tick: Callable[[int, int], object] = lambda done, total: None
) -> Iterator[Finding]:
    """Check every chain of a workspace; yield what does not check, and count into `counted`."""
    ids, unsure = _actions(session), set[int]()
    for at in range(0, len(ids), AUDIT_BATCH):
        some = ids[at : at + AUDIT_BATCH]
        actions = {row.id: row for row in _rows(session, Action, Action.id.in_(some))}
        links, entries = defaultdict[int, list[Any]](list), defaultdict[int, dict[tuple[type[Scoped], int], Any]](dict)
        for link in _rows(session, Link, Link.action_id.in_(some)):
            links[link.action_id].append(link)
        for table in (Update, Outcome, Replan):
            for row in _rows(session, table, table.action_id.in_(some)):
                entries[row.action_id][(table, row.id)] = row
        for number in some:
            action = actions.get(number)
            if action is None:
                yield Finding(f"action number {number}", "the action itself is gone, and some of its record is there")
                continue
            counted.actions += 1
            counted.entries += sum(link.sort in _ENTRY_TABLES for link in links[number])
            chained = next((link.at for link in links[number] if link.sort == LinkSort.UPGRADED), None)
            if isinstance(chained, datetime):
                counted.upgraded, counted.upgraded_at = counted.upgraded + 1, chained
                # Its state was worked out before anything was chained, by rules of then.
                unsure.add(number)
            try:
                for finding in _Chain(action, links[number], entries[number]).findings():
                    unsure.add(number)
                    yield finding
            except _FOREIGN:
                unsure.add(number)
                yield Finding(
                    str(action.ref), "something in it is no value that this program writes; the rest was not checked"
                )
        # What entries add up to that were changed themselves says nothing.
        yield from _states(session, [number for number in some if number not in unsure])
        tick(at + len(some), len(ids))
    yield from missing_actions(session, counted.actions)
    yield from meeting_findings(session)
    yield from _posted(session)


def _states(session: Session, some: Sequence[int]) -> list[Finding]:
    """Check the state of some actions, one by one where a row holds a foreign value."""
    try:
        return list(state_findings(session, some))
    except _FOREIGN:
        if len(some) > 1:
            return [finding for number in some for finding in _states(session, [number])]
        ref = session.scalar(select(Action.ref).where(Action.id == some[0]))
        return [Finding(str(ref), "something in it is no value that this program writes; its state was not checked")]


def find_head(session: Session, head: str) -> HeadMoment | None:
    """Find when the whole record had this printed head; None where it never had, as it stands now."""
    return find_heads(session, {head}).get(head)


def find_heads(session: Session, heads: Collection[str]) -> dict[str, HeadMoment]:
    """Find when the whole record had each of some printed heads; one that it never had is left out.

    Links are followed in the order they were written; only one hash per action is kept in memory.
    """
    ids = _actions(session)
    places = {number: place for place, number in enumerate(ids)}
    tree, found, count = MerkleTree([""] * len(ids)), dict[str, tuple[int, Any, int]](), 0
    steps = select(Link.action_id, Link.hash, type_coerce(Link.at, _StoredInstant())).order_by(Link.id)
    for count, (action_id, link_hash, at) in enumerate(session.execute(steps.execution_options(yield_per=1000)), 1):
        tree.put(places[action_id], link_hash)
        if (now := tree.root[:HEAD_LENGTH]) in heads:
            found[now] = action_id, at, count
    refs = {row.id: row.ref for row in session.execute(select(Action.id, Action.ref))} if found else {}
    return {
        head: HeadMoment(refs.get(action_id) or f"action number {action_id}", _time(at), count - place)
        for head, (action_id, at, place) in found.items()
    }


def _posted(session: Session) -> Iterator[Finding]:
    """Yield each head that stands in a message in Slack and that the record never had."""
    heads = posted_heads(session)
    had = find_heads(session, heads) if heads else {}
    for head, at in heads.items():
        if head not in had:
            wrong = f"it never had the head {format_head(head)} that was posted: it was changed or cut since then"
            yield Finding("the record", wrong, at=at)


def _actions(session: Session) -> list[int]:
    """Return the ids of all actions, including those gone but for part of their record."""
    found: set[int] = set()
    for column in (Action.id, Link.action_id, Update.action_id, Outcome.action_id, Replan.action_id):
        found.update(number for number in session.scalars(select(column).distinct()) if isinstance(number, int))
    return sorted(found)


def _rows(session: Session, table: type[Scoped], wanted: Any) -> Sequence[Any]:
    """Read rows as they are stored, without making ORM objects of them."""
    stored = table.__table__
    assert isinstance(stored, Table)  # noqa: S101 - so every table here is
    columns = [_as_stored(column).label(column.name) for column in stored.columns]
    return session.execute(select(*columns).where(wanted).order_by(stored.c.id)).all()


def _as_stored(column: Any) -> Any:
    """Select a column without the conversion that would refuse a foreign value."""
    if isinstance(column.type, Boolean | Integer):
        return column
    return type_coerce(column, _StoredInstant() if isinstance(column.type, Instant) else String())


class _Chain:
    """One action's links, and its entries by table and number."""

    def __init__(self, action: Any, links: Sequence[Any], entries: Mapping[tuple[type[Scoped], int], Any]) -> None:
        self.action, self.entries = action, entries
        self.links = sorted(links, key=lambda link: link.number)
        self.by_number = {link.number: link for link in self.links}
        self.notes: dict[tuple[int, LinkSort], Any] = {
            (link.about, link.sort): link for link in self.links if link.about is not None
        }
        """What was held back or redacted later, by the link it is about."""
        numbered = [link for link in self.links if link.sort in _ENTRY_TABLES and link.sort != LinkSort.CARRIED]
        ordered = sorted(numbered, key=lambda link: (link.at, _TABLE_ORDER[_ENTRY_TABLES[link.sort]], link.entry_id))
        self.numbers = {link.number: number for number, link in enumerate(ordered, start=1)}

    def findings(self) -> Iterator[Finding]:
        """Yield what does not check, in the order of the chain."""
        if not self.links:
            yield Finding(self.action.ref, "it has no chain: the chain was taken away, or another program stored it")
        for before, link in zip([None, *self.links], self.links, strict=False):
            yield from (self._at(link, wrong) for wrong in self._wrong(link))
            yield from self._order(before, link)
        yield from self._end()
        known = {(_ENTRY_TABLES[link.sort], link.entry_id) for link in self.links if link.sort in _ENTRY_TABLES}
        for key, row in self.entries.items():
            if key not in known:
                yield self._put_in(key, row)

    def _at(self, link: Any, wrong: str) -> Finding:
        """Return the finding at a link's own entry, or at the entry it is about."""
        entry = self.by_number.get(link.about, link) if link.about is not None else link
        if entry.sort in BEGINNINGS:
            return Finding(self.action.ref, wrong, 0, _time(entry.at))
        number = self.numbers.get(entry.number)
        if number is None:
            # The re-plan of an outcome is part of it.
            earlier = [one for one in self.numbers if one < entry.number]
            number = self.numbers[max(earlier)] if earlier else None
        return Finding(self.action.ref, wrong, number, _time(entry.at))

    def _wrong(self, link: Any) -> Iterator[str]:
        """Yield what is wrong with what a link is about."""
        if (link.sort in BEGINNINGS) != (link.number == 1):
            yield "its chain does not begin where it began"
            return
        if link.about is not None:
            if link.about not in self.by_number:
                yield f"it is marked as {link.sort}, and is gone"
            elif link_content(link.sort, link.at, link.digest, None, None, link.about) != link.content:
                yield f"that it is {link.sort} was changed"
            return
        row = self.action if link.sort in BEGINNINGS else self.entries.get((_ENTRY_TABLES[link.sort], link.entry_id))
        if row is None:
            yield "the entry was taken away"
            return
        words = getattr(row, WORDS_COLUMN[link.sort])
        redacted = self.notes.get((link.number, LinkSort.REDACTED))
        if link.salt and digest_of(link.salt, words) != link.digest:
            yield "its words were changed"
        if not link.salt and words:
            yield "words were put in where they were redacted"
        if not link.salt and redacted is None:
            yield "its words were emptied, and no redaction is on record"
        if link_content(link.sort, link.at, link.digest, row, link.entry_id) != link.content:
            yield "its date, status, signature or another field was changed"
        for sort in (LinkSort.WITHHELD, LinkSort.REDACTED):
            said, note = getattr(row, WORDS_COLUMN[sort], None), self.notes.get((link.number, sort))
            if said is not None and bool(said) != (note is not None):
                yield f"that it is {sort.value} was {'put in' if said else 'taken away'}"
            elif said and note is not None and digest_of(note.salt, said) != note.digest:
                yield f"why it is {sort.value} was changed"

    def _order(self, before: Any, link: Any) -> Iterator[Finding]:
        """Check that a link follows from the one before."""
        missing = link.number - (before.number if before is not None else 0) - 1
        if missing:
            wrong = f"cut in the middle: {_links(missing)} between what is before it and this"
            yield self._at(link, wrong)
            return
        if hash_of(before.hash if before is not None else "", link.content) == link.hash:
            if before is not None and before.id > link.id:
                yield self._at(link, "the order was changed: it was not written after what is before it")
            return
        if any(hash_of(other.hash, link.content) == link.hash for other in self.links):
            yield self._at(link, "the order was changed: it did not follow what is before it")
        else:
            yield self._at(link, "it does not follow what is before it: something was put in, replaced or cut there")

    def _end(self) -> Iterator[Finding]:
        if not self.links:
            return
        last = self.links[-1]
        if last.number < self.action.links:
            yield self._at(last, f"cut at the end: {_links(self.action.links - last.number)} after it")
        elif last.number > self.action.links:
            yield self._at(last, "something was put in at the end")
        elif last.hash != self.action.head:
            yield self._at(last, "the end was replaced: it is not the one that was noted")

    def _put_in(self, key: tuple[type[Scoped], int], row: Any) -> Finding:
        """Return the finding for an entry without a link, with its number in the history as shown."""
        shown = [
            (one.at, _TABLE_ORDER[table], number)
            for (table, number), one in self.entries.items()
            if getattr(one, "outcome_id", None) is None
        ]
        mine = (row.at, _TABLE_ORDER[key[0]], key[1])
        number = sorted(shown).index(mine) + 1 if mine in shown else None
        return Finding(self.action.ref, "it was put in: this program did not write it", number, _time(row.at))


def _links(many: int) -> str:
    return "1 link of the chain is gone" if many == 1 else f"{many} links of the chain are gone"


def _time(stored: Any) -> datetime | None:
    return stored if isinstance(stored, datetime) else None
