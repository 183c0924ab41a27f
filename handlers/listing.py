"""Lists of actions that page with buttons: the same words are asked again with the next page."""

from collections.abc import Sequence
from itertools import islice

from handlers.replies import Button, Group, Reply

PAGE = 10
"""Actions on one page of an answer: what fits a phone without losing the thread."""


def page_buttons(asked: str, page: int, total: int) -> tuple[Button, ...]:
    """*Back* and *Next n* for an answer of `total` actions; `asked` are the words that ask it again."""
    buttons = []
    if page > 0:
        buttons.append(Button("Back", "page", f"{page - 1}|{asked}"))
    left = total - (page + 1) * PAGE
    if left > 0:
        buttons.append(Button(next_label(left), "page", f"{page + 1}|{asked}"))
    return tuple(buttons)


def next_label(left: int, page: int = PAGE) -> str:
    """What the button to the next page says where so many are left: "Next 10 of 23 more", "Next 3"."""
    return f"Next {page} of {left} more" if left > page else f"Next {left}"


def one_page(groups: Sequence[Group], page: int) -> tuple[Group, ...]:
    """The groups cut down to one page; a group with no line on it is left out, unless it has none at all."""
    shown: list[Group] = []
    start, stop, seen = page * PAGE, (page + 1) * PAGE, 0
    for group in groups:
        if not group.lines:
            if page == 0:
                shown.append(group)
            continue
        lines = tuple(islice(group.lines, max(0, start - seen), max(0, stop - seen)))
        seen += len(group.lines)
        if lines:
            shown.append(Group(group.heading, group.texts if page == 0 else (), lines, group.empty, group.buttons))
    return tuple(shown)


def paged_reply(
    headline: str, intro: tuple[str, ...], groups: Sequence[Group], asked: str, page: int, footer: tuple[str, ...] = ()
) -> Reply:
    """An answer with its lines, one page of them, and the buttons to the others."""
    total = sum(len(group.lines) for group in groups)
    page = min(max(page, 0), max(0, (total - 1) // PAGE))
    if total > PAGE:
        footer = (f"Actions {page * PAGE + 1} to {min((page + 1) * PAGE, total)} of {total}.", *footer)
    return Reply(
        headline=headline,
        intro=intro if page == 0 else (),
        groups=one_page(groups, page),
        footer=footer,
        buttons=page_buttons(asked, page, total),
        key=total > 0,
        shareable=f"{page}|{asked}",
    )
