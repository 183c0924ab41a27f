"""How a reply that is longer than a message becomes several: units that stay whole, packed in order onto pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.plain_text import KEY
from bot.slack import limits
from bot.slack.limits import MESSAGE_ROOM, Block, Cost, cost
from bot.slack.render_blocks import bold, context, divider

OPENING = -1
"""The place of what stands before the groups; groups are numbered from 0, and what follows them is the closing."""

_PAGE_NOTE = context("Page 1000 of 1000")
_CUT_NOTE = context("… and 1,000,000 more actions.")
_NOTES = cost([_PAGE_NOTE, _CUT_NOTE])
_NOTES_AND_KEY = _NOTES.plus(cost([context(KEY)]))


@dataclass(frozen=True, slots=True)
class Unit:
    """Blocks that are never parted, and the same in one sentence for the plain text."""

    blocks: tuple[Block, ...]
    said: str
    place: int = OPENING
    actions: int = 0
    costs: Cost | None = None
    """What the blocks count for, where that is known."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A reply taken apart. `headings` are the groups' (safe already), `closing` is the place after them.

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
class Page:
    """The units of one message, and what they and the page's own furniture come to."""

    plan: Plan
    begun: int | None
    """The group that an earlier page has begun, if this page goes on with it."""
    first: bool
    units: list[Unit] = field(default_factory=list)
    spent: Cost = field(default_factory=Cost)
    room: Cost = MESSAGE_ROOM

    def __post_init__(self) -> None:
        self.spent = cost([self.top]).plus(_NOTES_AND_KEY if self.plan.key else _NOTES)
        if self.plan.picture and self.first:
            # An image has its words in a field of its own; room is kept as if Slack counted them like a text.
            self.spent = self.spent.plus(cost([context(self.plan.picture)]))

    @property
    def top(self) -> Block:
        """The headline, or on a later page a reminder of it."""
        return self.plan.top if self.first else self.plan.top_again

    @property
    def opening(self) -> int:
        """How many blocks stand before the groups."""
        return 1 + sum(len(unit.blocks) for unit in self.units if unit.place == OPENING)

    def add(self, unit: Unit) -> bool:
        """Put a unit on this page, if it fits."""
        spent = self.spent.plus(cost(unit.blocks) if unit.costs is None else unit.costs)
        if before := self._before(unit, self.units):
            spent = spent.plus(cost(before))
        if not spent.fits(self.room):
            return False
        self.spent = spent
        self.units.append(unit)
        return True

    def _before(self, unit: Unit, earlier: Sequence[Unit]) -> list[Block]:
        """What has to stand between the last of the earlier units and this one: a rule, a heading."""
        if not 0 <= unit.place < self.plan.closing or (earlier and earlier[-1].place == unit.place):
            return []
        before = [divider()] if earlier and earlier[-1].place >= 0 else []
        if heading := self.plan.headings[unit.place]:
            before.append(bold(f"{heading} (continued)" if unit.place == self.begun else heading))
        return before

    def blocks(self, note: str = "", cut: str = "") -> list[Block]:
        """The page as it is sent: `cut` says at its place what was left out, `note` at the end which page this is."""
        blocks = [self.top]
        earlier: list[Unit] = []
        for unit in self.units:
            if unit.place == self.plan.closing and not (earlier and earlier[-1].place == unit.place):
                blocks += self._under_table(cut)
            blocks += [*self._before(unit, earlier), *unit.blocks]
            earlier.append(unit)
        if not (earlier and earlier[-1].place == self.plan.closing):
            blocks += self._under_table(cut)
        return blocks + ([context(note)] if note else [])

    def _under_table(self, cut: str) -> Iterator[Block]:
        if cut:
            yield context(cut)
        if self.plan.key and any(unit.actions for unit in self.units):
            yield context(KEY)


def paged(plan: Plan) -> list[Page]:
    """Everything, on as many pages as it takes."""
    pages = [Page(plan, begun=None, first=True)]
    for unit in plan.units:
        if not pages[-1].add(unit):
            begun = pages[-1].units[-1].place if pages[-1].units else None
            pages.append(Page(plan, begun=begun, first=False))
            if not pages[-1].add(unit):
                raise limits.OverLimitError(f"one part of a reply is longer than a message: {cost(unit.blocks)}")
    return pages


def _modest(more: Cost, page: Page) -> bool:
    """Whether the page with this is still at most half full."""
    total = page.spent.plus(more)
    return 2 * total.blocks <= page.room.blocks and 2 * total.weight <= page.room.weight


def first_page(plan: Plan, room: Cost = MESSAGE_ROOM) -> tuple[Page, list[Unit]]:
    """One page, and what did not fit on it. Room is kept for the closing: its buttons lead to the rest."""
    page = Page(plan, begun=None, first=True, room=room)
    closing = [unit for unit in plan.units if unit.place == plan.closing]
    reserve = Page(plan, begun=None, first=True, room=room)
    kept = [unit for unit in closing if _modest(cost(unit.blocks), reserve) and reserve.add(unit)]
    page.spent = page.spent.plus(reserve.spent.less(page.spent))
    front = [unit for unit in plan.units if unit.place != plan.closing]
    fitted = next((number for number, unit in enumerate(front) if not page.add(unit)), len(front))
    page.units += kept
    left_out = front[fitted:] + [unit for unit in closing if unit not in kept]
    return page, left_out
