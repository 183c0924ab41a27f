"""Lists of actions that page with buttons: the same words are asked again with the next page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.list_rows import rows_group
from handlers.press_codec import ShowPage, press_button, shareable
from handlers.responses import ActionLine, Button, Content, Group
from models.plan.listed_actions import ListedAction
from models.plan.queries import ActionView

ReadWhole = Callable[[Sequence[ListedAction]], list[ActionView]]
"""Reads what is said about actions of a list, in its order (`RequestContext.read_listed`)."""

PAGE_LENGTH = 25
"""Actions on one page of an answer, two lines each: what fits one message."""
LONG_LINES = 10
"""Of those that have buttons each, or several lines of words: what fits a phone without losing the thread."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """A group of actions, of which only those on the page that is shown are read whole: their lines are of `line`."""

    heading: str
    listed: Sequence[ListedAction]
    line: Callable[[ActionView], ActionLine]
    texts: tuple[str, ...] = ()
    empty: str = ""


def page_footer(page: int, total: int, length: int = PAGE_LENGTH) -> tuple[str, ...]:
    """Return which actions a page shows, as small print; nothing where they are all on it."""
    if total <= length:
        return ()
    return (f"Actions {page * length + 1} to {min((page + 1) * length, total)} of {total}.",)


def existing_page(page: int, total: int, length: int = PAGE_LENGTH) -> int:
    """Return the page that is wanted, or the nearest that there is."""
    return min(max(page, 0), max(0, (total - 1) // length))


def page_buttons(question: str, page: int, total: int, length: int = PAGE_LENGTH) -> tuple[Button, ...]:
    """Return *Back* and *Next n* for an answer of `total` things; `question` are the words that ask it again."""
    buttons = []
    if page > 0:
        buttons.append(press_button("Back", ShowPage(words=question, page=page - 1)))
    left = total - (page + 1) * length
    if left > 0:
        buttons.append(press_button(next_label(left, length), ShowPage(words=question, page=page + 1)))
    return tuple(buttons)


def next_label(left: int, page: int = PAGE_LENGTH) -> str:
    """Return the label of the button to the next page: "Next 10 of 23 more", "Next 3"."""
    return f"Next {page} of {left} more" if left > page else f"Next {left}"


def one_page(groups: Sequence[ListPage], page: int, read: ReadWhole, length: int = PAGE_LENGTH) -> tuple[Group, ...]:
    """Return the groups cut down to one page; a group with no line on it is left out, unless it has none at all."""
    cuts: list[tuple[ListPage, Sequence[ListedAction]]] = []
    start, stop, seen = page * length, (page + 1) * length, 0
    for group in groups:
        many = len(group.listed)
        first, last = min(max(0, start - seen), many), min(max(0, stop - seen), many)
        seen += many
        if first != last or not (many or page):
            cuts.append((group, group.listed[first:last]))
    views = iter(read([one for _, some in cuts for one in some]))
    return tuple(
        rows_group(
            group.heading,
            [group.line(next(views)) for _ in some],
            *(group.texts if page == 0 else ()),
            empty=group.empty,
        )
        for group, some in cuts
    )


def paged_reply(
    headline: str,
    intro: tuple[str, ...],
    groups: Sequence[ListPage],
    question: str,
    page: int,
    read: ReadWhole,
    footer: tuple[str, ...] = (),
    length: int = PAGE_LENGTH,
) -> Content:
    """Return an answer with its lines, one page of them read by `read`, and the buttons to the others."""
    total = sum(len(group.listed) for group in groups)
    page = existing_page(page, total, length)
    return Content(
        headline=headline,
        intro=intro if page == 0 else (),
        groups=one_page(groups, page, read, length),
        footer=(*page_footer(page, total, length), *footer),
        buttons=page_buttons(question, page, total, length),
        shareable=shareable(question, page),
    )
