"""Make people's words safe to show anywhere, and render replies as plain text for a terminal.

What people type is cleaned once, here, before any service sees it. Control characters go (a terminal would obey
them), and so do the invisible marks that override the direction of text (U+202A to U+202E, U+2066 to U+2069): no honest
update needs them, and they can make our own words read backwards. Right-to-left letters themselves stay; each line that
has some is wrapped in an isolate (`isolate`) by renderers whose readers' screens know about direction. Zero-width
spaces go; the joiners that emoji and some scripts need stay.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator

from handlers.responses import ActionLine, Button, Content, Field, Form, Group
from models.enums import Status

CIRCLES = {
    Status.NOT_STARTED: "⚪",
    Status.ON_TRACK: "🟢",
    Status.SOME_ISSUES: "🟠",
    Status.OFF_TRACK: "🔴",
    Status.PROPOSED: "🟣",
    Status.COMPLETE: "🔵",
    Status.CLOSED_NOT_DONE: "⬜",
}
"""The colour of each status (docs/explanation/boards-and-dates.md); never shown without its word."""

FACTS_BETWEEN = " · "
NO_HEADLINE = "Nothing to show."
SHARE = Button("Share in channel", "share")

_BREAKS = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0001]"
)
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_MAYBE_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Blocks of Unicode with such letters, and a few others; a quick test, since most words have none."""


def circled(status: Status) -> str:
    """Return a status as it is always shown: its colour and its word."""
    return f"{CIRCLES[status]} {status.value}"


STATUS_KEY = FACTS_BETWEEN.join(circled(status) for status in CIRCLES)
"""The key of status colours, under every table."""


def one_line(text: str) -> str:
    """Return people's words without control characters, on one line."""
    # Most words are printable throughout, and nothing is taken out of those.
    seen = text if text.isprintable() else _UNSEEN.sub("", _BREAKS.sub(" ", text))
    return " ".join((seen if seen.isascii() else _MARKS.sub(r"\1", seen)).split())


def paragraphs(text: str) -> str:
    """Return people's words without control characters, keeping their lines and dropping empty ones."""
    return "\n".join(line for line in (one_line(part) for part in _BREAKS.split(text)) if line)


def isolate(text: str) -> str:
    """Put each line with right-to-left letters in an isolate (U+2068 … U+2069), so that it reorders nothing else."""
    if not _MAYBE_RIGHT_TO_LEFT.search(text):
        return text
    return "\n".join(f"\u2068{line}\u2069" if _has_right_to_left(line) else line for line in text.split("\n"))


def _has_right_to_left(line: str) -> bool:
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in line)


def as_text(content: Content | Form, width: int = 100) -> str:
    """Return a reply or a form for a terminal, wrapped at `width`."""
    lines = _reply(content, width) if isinstance(content, Content) else _form(content, width)
    return "\n".join(lines).strip("\n")


def _reply(content: Content, width: int) -> Iterator[str]:
    yield from _wrapped(one_line(content.headline) or NO_HEADLINE, width)
    for text in content.intro:
        yield from _wrapped(paragraphs(text), width)
    if content.typed:
        yield from _wrapped(f"You typed: {paragraphs(content.typed)}", width)
    for group in content.groups:
        yield from _group(group, width)
    if content.key and any(line.cells is None for group in content.groups for line in group.lines):
        yield from ("", *_unbroken(STATUS_KEY.split(FACTS_BETWEEN), FACTS_BETWEEN, width))
    buttons = (*content.buttons, *([SHARE] if content.shareable else []))
    if buttons:
        yield from ("", *_buttons(buttons, width))
    if any(one_line(text) for text in content.footer):
        yield ""
        for text in content.footer:
            yield from _wrapped(paragraphs(text), width)


def _group(group: Group, width: int) -> Iterator[str]:
    yield ""
    if heading := one_line(group.heading):
        lines = _wrapped(heading, width)
        yield from (*lines, "─" * max(len(line) for line in lines))
    for text in group.texts:
        yield from _wrapped(paragraphs(text), width)
    for line in group.lines:
        yield from _action(line, width)
    for row in group.measures:
        yield from _wrapped(one_line(row.said), width)
    if not group.lines and group.empty:
        yield from _wrapped(paragraphs(group.empty), width)
    yield from _buttons(group.buttons, width)


def _action(line: ActionLine, width: int) -> Iterator[str]:
    yield from _wrapped("  ".join(part for part in (one_line(line.ref), circled(line.status)) if part), width)
    yield from _wrapped(one_line(line.words), width, "    ")
    yield from _wrapped(FACTS_BETWEEN.join(filter(None, map(one_line, line.facts))), width, "    ")
    yield from _wrapped(paragraphs(line.last), width, "    | ")
    if answered := one_line(line.answered):
        yield from _wrapped(answered, width, "    ")
    yield from _buttons(line.buttons, width, "    ")


def _form(form: Form, width: int) -> Iterator[str]:
    title = one_line(form.title) or NO_HEADLINE
    yield from (*_wrapped(title, width), "─" * min(len(title), width))
    for text in form.intro:
        yield from _wrapped(paragraphs(text), width)
    for question in form.fields:
        yield from ("", *_question(question, width))
    if one_line(form.note):
        yield from ("", *_wrapped(paragraphs(form.note), width))
    yield from ("", *_buttons((Button(form.submit, form.verb), Button("Cancel", "cancel")), width))


def _question(question: Field, width: int) -> Iterator[str]:
    yield from _wrapped(one_line(question.label) + (" (optional)" if question.optional else ""), width)
    for choice in question.choices:
        mark = "(•)" if choice.value == question.initial else "( )"
        yield from _wrapped(f"{mark} {one_line(choice.label) or one_line(choice.value)}", width, "    ")
    if question.kind != "choice":
        yield from _wrapped(paragraphs(question.initial) or "_" * 20, width, "    ")
    yield from _wrapped(paragraphs(question.hint), width, "    ")


def _buttons(buttons: Iterable[Button], width: int, indent: str = "") -> list[str]:
    labels = (label for button in buttons for label in (button.label, *(one.label for one in button.choices)))
    return _unbroken((f"[{one_line(label) or '…'}]" for label in labels), "  ", width, indent)


def _unbroken(parts: Iterable[str], between: str, width: int, indent: str = "") -> list[str]:
    """Put parts in a row, none broken over two lines: textwrap leaves no-break spaces alone."""
    row = between.join(part.replace(" ", "\u00a0") for part in parts)
    return [line.replace("\u00a0", " ") for line in _wrapped(row, width, indent)]


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return the lines of a text within `width`; no lines for no text. Refs are not broken at their hyphens."""
    wrapper = textwrap.TextWrapper(
        width=max(width, len(indent) + 10), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
    return [line for part in text.split("\n") for line in wrapper.wrap(part)]
