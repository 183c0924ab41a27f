"""Render a reply as Slack messages, made for a phone and within Slack's limits whatever people typed. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

from bot.plain_text import FACTS_BETWEEN, NO_HEADLINE, SHARE, circled
from bot.slack import limits
from bot.slack.alt_text import PICTURE_KEY, alternative_text, page_picture
from bot.slack.limits import Block, Cost
from bot.slack.plainer_forms import NOT_IN_CONTAINERS, plainer_page
from bot.slack.publish_button import PUBLISHES
from bot.slack.render_blocks import (
    Piece,
    actions_block,
    bold_block,
    button_element,
    container_block,
    context_block,
    header_block,
    join_texts,
    rich_block,
    safe_line,
    safe_lines,
    section_block,
    split_text,
    tick_element,
    with_channels,
)
from bot.slack.render_pages import OPENING, Layout, MessagePage, Unit, first_page, split_pages
from bot.slack.render_rows import measure_table, row_cost, row_pieces, table_block
from handlers.responses import ActionLine, Button, Content, Group

WORDS_LIMIT = 3000
"""Characters of an action's words, and of its last words: what one form field can hold."""
REF_LIMIT = 100
HEADING_LIMIT = 150
FACT_LIMIT = 200
FACTS_LIMIT = 400
ANSWERED_LIMIT = 300
ROW_LIMIT = 2500
"""Characters of one row of buttons, with their questions: an action and its buttons stay together."""
SPOKEN_LIMIT = 400
"""Characters of an action's words in the plain text of a message; other texts get twice that."""
SPOKEN_HEADLINE_LIMIT = 1000

_COUNT = re.compile(r" \(\d+\)$")
"""What a heading counts: the caption of its table says so too."""
_LOUD = re.compile(r"@(?=(?:channel|here|everyone|group)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """One message: `blocks` to be seen, `text` for notifications and screen readers.

    `picture`: what it shows beside them (see bot.slack.picture_blocks); its blocks are complete without.
    """

    text: str
    blocks: list[Block]
    picture: Block | None = None
    publishes: tuple[str, ...] = ()

    def as_form(self) -> Block:
        """Return the message without its picture, for `RefusedBlocks` to fit."""
        form = {"text": self.text, "blocks": self.blocks}
        return form | ({PUBLISHES: list(self.publishes)} if self.publishes else {})

    def as_page(self) -> Block:
        """Return the message as it is stored until it is sent."""
        return self.as_form() | ({PICTURE_KEY: self.picture} if self.picture else {})


def render(content: Content) -> list[SlackMessage]:
    """Return the whole reply: one message, or several pages where it is too long for one."""
    plan = layout_of(content)
    pages = split_pages(plan)
    if len(pages) == 1:
        return [_message(content, pages[0])]
    return [
        _message(content, page, note=f"Page {number} of {len(pages)}") for number, page in enumerate(pages, start=1)
    ]


def render_one(content: Content) -> SlackMessage:
    """Return the reply as a single message; what does not fit is left out, and how much is said.

    It has no picture: such an answer has to be there at once.
    """
    content = replace(content, picture=None)
    plan = layout_of(content)
    pages = split_pages(plan)
    if len(pages) == 1:
        return _message(content, pages[0])
    page, left_out = first_page(plan)
    return _message(content, page, left=sum(unit.actions for unit in left_out))


def verb_of(action_id: str) -> str:
    """Return the verb of a button's action_id; "" for an action_id that is not ours."""
    prefix, _, rest = action_id.partition(":")
    verb, _, number = rest.rpartition(":")
    return verb if prefix == "cypp" and number.isdecimal() else ""


def more_said(actions: int) -> str:
    """Return how many actions were left out, in words."""
    return f"… and {actions:,} more action{'' if actions == 1 else 's'}." if actions else "… and more."


def _message(content: Content, page: MessagePage, note: str = "", left: int | None = None) -> SlackMessage:
    """Return one page as a message; `left` is how many actions were left out, None where nothing was."""
    blocks = page.blocks(note, "" if left is None else more_said(left))
    picture = page_picture(content.picture) if content.picture and page.first else None
    return SlackMessage(_spoken(content, page, note, left), blocks, picture, content.publishes)


# Taking a reply apart


def layout_of(content: Content, numbers: Iterator[int] | None = None) -> Layout:
    """Return the layout of a reply; `numbers` numbers its buttons, where other replies stand beside it."""
    headline = safe_line(content.headline, WORDS_LIMIT) or NO_HEADLINE
    headings = tuple(safe_line(group.heading, HEADING_LIMIT) for group in content.groups)
    numbers = numbers or count()
    closing = len(headings)
    units = [
        *_texts(content.intro, OPENING, content.channels),
        *_typed(content.typed),
        *(
            unit
            for place, group in enumerate(content.groups)
            for unit in _headed(group, place, numbers, content.channels, _COUNT.sub("", headings[place]))
        ),
        *_buttons((*content.buttons, *_share(content)), closing, numbers),
        *(
            Unit((context_block(text),), _said_of(text), closing)
            for text in join_texts(content.footer, limits.CONTEXT_TEXT)
        ),
    ]
    again = f"{safe_line(content.headline, HEADING_LIMIT) or NO_HEADLINE} (continued)"
    stands_for = alternative_text(content.picture) if content.picture else ""
    return Layout(header_block(headline), bold_block(again), headings, tuple(units), content.key, stands_for)


def _share(content: Content) -> list[Button]:
    """Return *Share in channel*, unless what was asked is longer than a button can carry."""
    fits = 0 < limits.size(content.shareable) <= limits.BUTTON_VALUE
    return [Button(SHARE.label, SHARE.verb, content.shareable)] if fits else []


def _typed(typed: str) -> Iterator[Unit]:
    """Yield what the person typed, whole: it may be all they have of it."""
    for number, part in enumerate(split_text(typed, limits.TEXT_OBJECT - 20)):
        said = part if number else f"You typed: {part}"
        yield Unit((section_block(said),), _said_of(said))


def _texts(texts: Sequence[str], place: int, channels: Sequence[str] = ()) -> Iterator[Unit]:
    for text in join_texts(texts):
        yield Unit((rich_block(*with_channels(text, channels)),), _said_of(text), place)


def _headed(group: Group, place: int, numbers: Iterator[int], channels: Sequence[str], caption: str) -> list[Unit]:
    """Return a group's units; one without blocks where the group has only a heading, which the page then shows."""
    units = list(_group(group, place, numbers, channels, caption))
    if group.folds:
        units = list(_framed(units, group, place))
    return units or ([Unit((), "", place)] if group.heading else [])


def _framed(units: Sequence[Unit], group: Group, place: int) -> Iterator[Unit]:
    """Yield what stands in a frame that the reader folds away: as few frames as hold it."""
    title, held = group.heading, list[Unit]()
    left = [one for unit in units for one in _for_frame(unit)]
    while left:
        held.append(left.pop(0))
        blocks = [block for one in held for block in one.blocks]
        if left and limits.cost([*blocks, *left[0].blocks]).fits(limits.CONTAINER_ROOM):
            continue
        frame = container_block(safe_line(title, HEADING_LIMIT) or NO_HEADLINE, blocks, opened=group.folds == "open")
        said = "\n".join(one.said for one in held if one.said)
        yield Unit((frame,), said, place, actions=sum(one.actions for one in held))
        title, held = f"{limits.clip(group.heading, HEADING_LIMIT // 2)} (continued)", []


def _for_frame(unit: Unit) -> Iterator[Unit]:
    """Yield a unit as it may stand in a frame."""
    blocks = plainer_page({"blocks": unit.blocks}, NOT_IN_CONTAINERS)["blocks"]
    if blocks == list(unit.blocks):
        yield unit
        return
    yield replace(unit, blocks=tuple(blocks[:1]), costs=None)
    yield from (Unit((block,), "", unit.place) for block in blocks[1:])


def _group(group: Group, place: int, numbers: Iterator[int], channels: Sequence[str], caption: str) -> Iterator[Unit]:
    yield from _texts(group.texts, place, channels)
    if any(action.tick for action in group.lines):
        yield _ticked(group, place, numbers, caption)
        return
    for action in group.lines:
        yield from (_row(action, place, caption) if action.is_plain_row else _action(action, place, numbers))
    for row in group.measures:
        table = measure_table([row], caption)
        yield Unit((table,), _said_of(safe_line(row.said, WORDS_LIMIT)), place, costs=row_cost(table))
    if not group.lines and group.empty:
        yield from _texts((group.empty,), place)
    yield from _buttons(group.buttons, place, numbers, caption)


def _row(action: ActionLine, place: int, caption: str) -> Iterator[Unit]:
    """Yield a row of a table; the page puts those beside each other into one."""
    assert action.cells is not None  # noqa: S101 - it is a row
    table = table_block([(action, action.cells)], caption)
    yield Unit((table,), _shown(action)[1], place, actions=1, costs=row_cost(table))


def _ticked(group: Group, place: int, numbers: Iterator[int], caption: str) -> Unit:
    """Return boxes to tick and their buttons as one: a button is told only what is ticked in its own message."""
    rows = [(one.tick, f"{one.ref}  {circled(one.status)}  {one.words}", _facts(one.facts)) for one in group.lines]
    boxes = [
        actions_block(tick_element(rows[start : start + limits.BOXES], next(numbers)))
        for start in range(0, len(rows), limits.BOXES)
    ]
    buttons = [block for unit in _buttons(group.buttons, place, numbers, caption) for block in unit.blocks]
    said = "\n".join(_shown(one)[1] for one in group.lines)
    return Unit((*boxes, *buttons), said, place, actions=len(rows))


def _action(action: ActionLine, place: int, numbers: Iterator[int]) -> Iterator[Unit]:
    """Yield one rich_text block, with the first row of buttons under it."""
    block, said, costs = _shown(action)
    rows = list(_buttons(action.buttons, place, numbers, action.ref))
    row = rows[0].blocks if rows else ()
    yield Unit((block, *row), said, place, actions=1, costs=costs.plus(limits.cost(row)) if row else costs)
    yield from rows[1:]


@lru_cache(maxsize=256)
def _shown(action: ActionLine) -> tuple[Block, str, Cost]:
    """Return an action as a block and in a sentence, and what the block counts for.

    Cached, since many answers and their pages show the same actions; callers must not change the block.
    """
    ref = safe_line(action.ref, REF_LIMIT)
    words = safe_line(action.words, WORDS_LIMIT)
    facts = _facts(action.facts)
    last = safe_lines(action.last, WORDS_LIMIT)
    answered = safe_line(action.answered, ANSWERED_LIMIT)
    status = circled(action.status)
    short = action.cells is not None
    pieces: list[Piece] = list(row_pieces(ref, status, words if short else "", facts if short else ""))
    rest = ((last, "italic"),) if short else ((words, ""), (facts, ""), (last, "italic"))
    pieces += [(f"\n{text}", style) for text, style in rest if text]
    if answered:
        pieces.append((f"\n{answered}", "bold"))
    sentence = ", ".join(part for part in (ref, action.status.value) if part)
    spoken = f"{sentence}: {safe_line(action.words, SPOKEN_LIMIT)}" if words else sentence
    said = " ".join(part if part[-1] in ".!?…" else f"{part}." for part in (spoken, facts, answered) if part)
    block = rich_block(*pieces)
    return block, said, limits.cost([block])


def _facts(facts: Sequence[str]) -> str:
    """Join as many whole facts as fit on their line: each may hold an isolate, which a clip would leave open."""
    joined = ""
    for fact in filter(None, (safe_line(fact, FACT_LIMIT) for fact in facts)):
        longer = f"{joined}{FACTS_BETWEEN}{fact}" if joined else fact
        if limits.size(longer) > FACTS_LIMIT:
            return f"{joined}{FACTS_BETWEEN}…"
        joined = longer
    return joined


def _buttons(buttons: Sequence[Button], place: int, numbers: Iterator[int], about: str = "") -> Iterator[Unit]:
    """Yield rows of buttons. `about`: what they are about, where such buttons stand under other things as well."""
    row: list[Block] = []
    for press in buttons:
        element = button_element(press, next(numbers), about)
        full = len(row) == limits.ACTIONS_ELEMENTS or limits.cost([actions_block(*row, element)]).characters > ROW_LIMIT
        if row and full:
            yield Unit((actions_block(*row),), "", place)
            row = []
        row.append(element)
    if row:
        yield Unit((actions_block(*row),), "", place)


# The plain text


def _said_of(text: str) -> str:
    """Return a safe text clipped for the plain text."""
    return text if limits.size(text) <= 2 * SPOKEN_LIMIT else safe_lines(text, 2 * SPOKEN_LIMIT)


def _spoken(content: Content, page: MessagePage, note: str, left: int | None) -> str:
    """Return the page in plain sentences, & < > escaped: as many as fit, then how many actions are left."""
    headline = safe_line(content.headline, SPOKEN_HEADLINE_LIMIT) or NO_HEADLINE
    sentences = [(f"{headline} ({note})" if note else headline, 0)]
    place = OPENING
    for unit in page.units:
        if unit.place != place and 0 <= unit.place < page.plan.closing and page.plan.headings[unit.place]:
            sentences.append((f"{page.plan.headings[unit.place].rstrip(':')}:", 0))
        place = unit.place
        if unit.said:
            sentences.append((unit.said, unit.actions))
    if left is not None:
        sentences.append((more_said(left), left))
    text, spoken = "", 0
    for sentence, _ in sentences:
        longer = f"{text}\n{_escaped(sentence)}" if text else _escaped(sentence)
        if not _speakable(longer):
            break
        text, spoken = longer, spoken + 1
    if spoken == len(sentences):
        return text
    return f"{text}\n{more_said(sum(actions for _, actions in sentences[spoken:]))}"


def _speakable(text: str) -> bool:
    room = len(more_said(1_000_000)) + 3
    return len(text) <= limits.FALLBACK_CHARACTERS - room and len(text.encode()) <= limits.FALLBACK_BYTES - room


def _escaped(text: str) -> str:
    """For the one place that Slack reads as its own markup. A word joiner keeps @channel from being one."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LOUD.sub("@\u2060", escaped)
