"""A reply as Slack messages: pure, made to be read on a phone, and within Slack's limits whatever people typed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

from bot.plain_text import FACTS_BETWEEN, NOTHING, SHARE, circled
from bot.slack import limits
from bot.slack.alt_text import PICTURE, alternative_text, picture_of_page
from bot.slack.limits import Block, Cost
from bot.slack.render_blocks import (
    Piece,
    actions,
    bold,
    button,
    context,
    gathered,
    header,
    line,
    lines,
    pieces_of,
    rich,
    section,
    with_channels,
)
from bot.slack.render_pages import OPENING, Page, Plan, Unit, first_page, paged
from handlers.responses import ActionLine, Button, Content, Group

WORDS = 3000
"""How much of an action's words, and of its last words, is shown: what one form field can hold."""
REF = 100
HEADING = 150
FACT = 200
FACTS = 400
ANSWERED = 300
ROW = 2500
"""How many characters one row of buttons may have, with their questions: an action and its buttons stay together."""
SAID = 400
"""How much of an action's words stands in the plain text of a message; of other texts twice that."""
SAID_HEADLINE = 1000

_LOUD = re.compile(r"@(?=(?:channel|here|everyone|group)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """One message: `blocks` to be seen, `text` for notifications and screen readers.

    `picture`: what it shows besides where it is posted (see bot.slack.picture_blocks); its blocks are whole without.
    """

    text: str
    blocks: list[Block]
    picture: Block | None = None

    def as_page(self) -> Block:
        """The message as it is kept until it is sent."""
        return {"text": self.text, "blocks": self.blocks} | ({PICTURE: self.picture} if self.picture else {})


def render(content: Content) -> list[SlackMessage]:
    """The whole reply: one message, or several pages where it is longer than a message may be."""
    plan = plan_of(content)
    pages = paged(plan)
    if len(pages) == 1:
        return [_message(content, pages[0])]
    return [
        _message(content, page, note=f"Page {number} of {len(pages)}") for number, page in enumerate(pages, start=1)
    ]


def render_one(content: Content) -> SlackMessage:
    """The reply where only one message can be given: what does not fit is left out, and how much that is is said.

    Without a picture: such an answer has to be there at once.
    """
    content = replace(content, picture=None)
    plan = plan_of(content)
    pages = paged(plan)
    if len(pages) == 1:
        return _message(content, pages[0])
    page, left_out = first_page(plan)
    return _message(content, page, left=sum(unit.actions for unit in left_out))


def verb_of(action_id: str) -> str:
    """What a press of the button with this action_id does; "" for an action_id that is not ours."""
    prefix, _, rest = action_id.partition(":")
    verb, _, number = rest.rpartition(":")
    return verb if prefix == "cypp" and number.isdecimal() else ""


def more_said(actions: int) -> str:
    """How many actions were left out."""
    return f"… and {actions:,} more action{'' if actions == 1 else 's'}." if actions else "… and more."


def _message(content: Content, page: Page, note: str = "", left: int | None = None) -> SlackMessage:
    """`left`: how many actions were left out, None where nothing was."""
    blocks = page.blocks(note, "" if left is None else more_said(left))
    picture = picture_of_page(content.picture, page.opening) if content.picture and page.first else None
    return SlackMessage(_spoken(content, page, note, left), blocks, picture)


# Taking a reply apart


def plan_of(content: Content, numbers: Iterator[int] | None = None) -> Plan:
    """A reply taken apart; `numbers`: what its buttons are numbered by, where other replies stand beside it."""
    headline = line(content.headline, WORDS) or NOTHING
    headings = tuple(line(group.heading, HEADING) for group in content.groups)
    numbers = numbers or count()
    closing = len(headings)
    units = [
        *_texts(content.intro, OPENING, content.channels),
        *_typed(content.typed),
        *(
            unit
            for place, group in enumerate(content.groups)
            for unit in _headed(group, place, numbers, content.channels)
        ),
        *_buttons((*content.buttons, *_share(content)), closing, numbers),
        *(Unit((context(text),), _said_of(text), closing) for text in gathered(content.footer, limits.CONTEXT_TEXT)),
    ]
    again = f"{line(content.headline, HEADING) or NOTHING} (continued)"
    stands_for = alternative_text(content.picture) if content.picture else ""
    return Plan(header(headline), bold(again), headings, tuple(units), content.key, stands_for)


def _share(content: Content) -> list[Button]:
    """*Share in channel*, unless what was asked is longer than a button can carry."""
    fits = 0 < limits.size(content.shareable) <= limits.BUTTON_VALUE
    return [Button(SHARE.label, SHARE.verb, content.shareable)] if fits else []


def _typed(typed: str) -> Iterator[Unit]:
    """What the person typed, whole: it may be all they have of it."""
    for number, part in enumerate(pieces_of(typed, limits.TEXT_OBJECT - 20)):
        said = part if number else f"You typed: {part}"
        yield Unit((section(said),), _said_of(said))


def _texts(texts: Sequence[str], place: int, channels: Sequence[str] = ()) -> Iterator[Unit]:
    for text in gathered(texts):
        yield Unit((rich(*with_channels(text, channels)),), _said_of(text), place)


def _headed(group: Group, place: int, numbers: Iterator[int], channels: Sequence[str]) -> list[Unit]:
    """A group's units; one without blocks where the group has only a heading, which the page then shows."""
    units = list(_group(group, place, numbers, channels))
    return units or ([Unit((), "", place)] if group.heading else [])


def _group(group: Group, place: int, numbers: Iterator[int], channels: Sequence[str]) -> Iterator[Unit]:
    yield from _texts(group.texts, place, channels)
    for action in group.lines:
        yield from _action(action, place, numbers)
    if not group.lines and group.empty:
        yield from _texts((group.empty,), place)
    yield from _buttons(group.buttons, place, numbers)


def _action(action: ActionLine, place: int, numbers: Iterator[int]) -> Iterator[Unit]:
    """One rich_text block, with the first row of buttons under it; an answered action has no buttons."""
    block, said, costs = _shown(action)
    rows = [] if action.answered else list(_buttons(action.buttons, place, numbers))
    row = rows[0].blocks if rows else ()
    yield Unit((block, *row), said, place, actions=1, costs=costs.plus(limits.cost(row)) if row else costs)
    yield from rows[1:]


@lru_cache(maxsize=256)
def _shown(action: ActionLine) -> tuple[Block, str, Cost]:
    """An action as a block and in a sentence, and what the block counts for.

    Kept, since many answers and their pages show the same actions; nobody may change the block.
    """
    ref = line(action.ref, REF)
    words = line(action.words, WORDS)
    facts = _facts(action.facts)
    last = lines(action.last, WORDS)
    answered = line(action.answered, ANSWERED)
    pieces: list[Piece] = [(ref, "bold"), (f"{'  ' if ref else ''}{circled(action.status)}", "")]
    pieces += [(f"\n{text}", style) for text, style in ((words, ""), (facts, ""), (last, "italic")) if text]
    if answered:
        pieces.append((f"\n{answered}", "bold"))
    sentence = ", ".join(part for part in (ref, action.status.value) if part)
    spoken = f"{sentence}: {line(action.words, SAID)}" if words else sentence
    said = " ".join(part if part[-1] in ".!?…" else f"{part}." for part in (spoken, facts, answered) if part)
    block = rich(*pieces)
    return block, said, limits.cost([block])


def _facts(facts: Sequence[str]) -> str:
    """As many facts as fit on their line, whole: each may hold an isolate, which a clip would leave open."""
    joined = ""
    for fact in filter(None, (line(fact, FACT) for fact in facts)):
        longer = f"{joined}{FACTS_BETWEEN}{fact}" if joined else fact
        if limits.size(longer) > FACTS:
            return f"{joined}{FACTS_BETWEEN}…"
        joined = longer
    return joined


def _buttons(buttons: Sequence[Button], place: int, numbers: Iterator[int]) -> Iterator[Unit]:
    """Rows of buttons."""
    row: list[Block] = []
    for press in buttons:
        element = button(press, next(numbers))
        full = len(row) == limits.ACTIONS_ELEMENTS or limits.cost([actions(*row, element)]).characters > ROW
        if row and full:
            yield Unit((actions(*row),), "", place)
            row = []
        row.append(element)
    if row:
        yield Unit((actions(*row),), "", place)


# The plain text


def _said_of(text: str) -> str:
    """A text that is safe already, clipped for the plain text."""
    return text if limits.size(text) <= 2 * SAID else lines(text, 2 * SAID)


def _spoken(content: Content, page: Page, note: str, left: int | None) -> str:
    """The page in plain sentences, & < > escaped: as many as the limits allow, then how many actions are left."""
    headline = line(content.headline, SAID_HEADLINE) or NOTHING
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
