"""Split a reply that is longer than a message into pages: units that stay whole, packed in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.plain_text import STATUS_KEY
from bot.slack import limits
from bot.slack.limits import MESSAGE_ROOM, Block, Cost, cost
from bot.slack.render_blocks import CONTAINER, bold_block, context_block, divider_block
from bot.slack.render_rows import DATA_TABLE, TABLE_COST, joined_table

OPENING = -1
"""The place of what stands before the groups; groups are numbered from 0, and after them comes the closing."""

_PAGE_NOTE = context_block("Page 1000 of 1000")
_CUT_NOTE = context_block("… and 1,000,000 more actions.")
_NOTES = cost([_PAGE_NOTE, _CUT_NOTE])
_NOTES_AND_KEY = _NOTES.plus(cost([context_block(STATUS_KEY)]))


@dataclass(frozen=True, slots=True)
class Unit:
    """Blocks that are never separated, and the same in one sentence for the plain text."""

    blocks: tuple[Block, ...]
    said: str
    place: int = OPENING
    actions: int = 0
    costs: Cost | None = None
    """What the blocks count for, where that is known; of a row, what it adds to a table."""

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table, which the one before it may have begun."""
        return bool(self.blocks) and self.blocks[0]["type"] == DATA_TABLE

    @property
    def is_framed(self) -> bool:
        """Whether it has a frame and a heading of its own."""
        return bool(self.blocks) and self.blocks[0]["type"] == CONTAINER


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a reply. `headings` are the groups' (safe already), `closing` is the place after them.

    `picture`: the words that stand for the picture which the first page may get, "" for none.
    """

    top: Block
    top_again: Block
    headings: tuple[str, ...]
    units: tuple[Unit, ...]
    key: bool
    picture: str = ""

    @property
    def closing(self) -> int:
        """The place of what follows the groups."""
        return len(self.headings)


@dataclass(slots=True)
class MessagePage:
    """The units of one message, and what they and the page's own frame count for."""

    plan: Layout
    begun: int | None
    """The group that an earlier page began, if this page continues it."""
    first: bool
    units: list[Unit] = field(default_factory=list)
    spent: Cost = field(default_factory=Cost)
    room: Cost = MESSAGE_ROOM

    def __post_init__(self) -> None:
        self.spent = cost([self.top]).plus(_NOTES_AND_KEY if self.plan.key else _NOTES)
        if self.plan.picture and self.first:
            # An image has its words in a field of its own; room is kept as if Slack counted them like a text.
            self.spent = self.spent.plus(cost([context_block(self.plan.picture)]))

    @property
    def top(self) -> Block:
        """The headline, or on a later page a reminder of it."""
        return self.plan.top if self.first else self.plan.top_again

    def add(self, unit: Unit) -> bool:
        """Put a unit on this page, if it fits."""
        spent = self.spent.plus(cost(unit.blocks) if unit.costs is None else unit.costs)
        if unit.is_row and not (self.units and self.units[-1].is_row and self.units[-1].place == unit.place):
            spent = spent.plus(TABLE_COST)
        if before := self._before(unit, self.units):
            spent = spent.plus(cost(before))
        if not spent.fits(self.room):
            return False
        self.spent = spent
        self.units.append(unit)
        return True

    def _before(self, unit: Unit, earlier: Sequence[Unit]) -> list[Block]:
        """Return what stands between the last of the earlier units and this one: a rule, a heading."""
        if unit.is_framed or not 0 <= unit.place < self.plan.closing or (earlier and earlier[-1].place == unit.place):
            return []
        before = [divider_block()] if earlier and earlier[-1].place >= 0 else []
        if heading := self.plan.headings[unit.place]:
            before.append(bold_block(f"{heading} (continued)" if unit.place == self.begun else heading))
        return before

    def blocks(self, note: str = "", cut: str = "") -> list[Block]:
        """Return the page as it is sent; `cut` says what was left out, `note` which page this is."""
        blocks = [self.top]
        earlier: list[Unit] = []
        for unit in self.units:
            if unit.place == self.plan.closing and not (earlier and earlier[-1].place == unit.place):
                blocks += self._under_table(cut)
            same = unit.is_row and earlier and earlier[-1].is_row and earlier[-1].place == unit.place
            if joined := joined_table(blocks[-1], unit.blocks[0]) if same else None:
                blocks[-1] = joined
            else:
                blocks += [*self._before(unit, earlier), *unit.blocks]
            earlier.append(unit)
        if not (earlier and earlier[-1].place == self.plan.closing):
            blocks += self._under_table(cut)
        return blocks + ([context_block(note)] if note else [])

    def _under_table(self, cut: str) -> Iterator[Block]:
        if cut:
            yield context_block(cut)
        if self.plan.key and any(unit.actions and not unit.is_row for unit in self.units):
            yield context_block(STATUS_KEY)


def split_pages(plan: Layout) -> list[MessagePage]:
    """Return everything, on as many pages as it takes."""
    pages = [MessagePage(plan, begun=None, first=True)]
    for unit in plan.units:
        if not pages[-1].add(unit):
            begun = pages[-1].units[-1].place if pages[-1].units else None
            pages.append(MessagePage(plan, begun=begun, first=False))
            if not pages[-1].add(unit):
                raise limits.OverLimitError(f"one part of a reply is longer than a message: {cost(unit.blocks)}")
    return pages


def _modest(more: Cost, page: MessagePage) -> bool:
    """Return whether the page with this is still at most half full."""
    total = page.spent.plus(more)
    return 2 * total.blocks <= page.room.blocks and 2 * total.weight <= page.room.weight


def first_page(plan: Layout, room: Cost = MESSAGE_ROOM) -> tuple[MessagePage, list[Unit]]:
    """Return one page and what did not fit on it. Room is kept for the closing, whose buttons lead to the rest."""
    page = MessagePage(plan, begun=None, first=True, room=room)
    closing = [unit for unit in plan.units if unit.place == plan.closing]
    reserve = MessagePage(plan, begun=None, first=True, room=room)
    kept = [unit for unit in closing if _modest(cost(unit.blocks), reserve) and reserve.add(unit)]
    page.spent = page.spent.plus(reserve.spent.less(page.spent))
    front = [unit for unit in plan.units if unit.place != plan.closing]
    fitted = next((number for number, unit in enumerate(front) if not page.add(unit)), len(front))
    page.units += kept
    left_out = front[fitted:] + [unit for unit in closing if unit not in kept]
    return page, left_out
