"""Read the YAML of a plan file into plain values, with the line each came from.

Built on the parser's events rather than on a loader, so that hostile files cost little (no recursion, no
aliases, no tags) and so that every value stays the text that was written: YAML would read `1.10` as 1.1, `14:00`
as 840 and `no` as false. `fields.py` gives values their meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from models.files.planfile.problems import Problem, ValuePath, path_text, shorten_value

MAX_BYTES = 10 * 1024 * 1024
MAX_ACTIONS = 20_000
MAX_VALUES = 1_000_000
MAX_DEPTH = 12

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_REF = re.compile(r"(?:^[ \t-]*|[{,]\s*)[\"']?ref[\"']?\s*:", re.MULTILINE)
_UTF8 = "save the file as UTF-8 text and import it again"


class NotADocument(Exception):
    """The file cannot be read at all; carries the one problem that says why."""

    def __init__(self, wrong: str, right: str, line: int | None = None, path: ValuePath = ()) -> None:
        super().__init__(wrong)
        self.problem = Problem(path_text(path), line, None, wrong, right)


@dataclass
class Document:
    """The values of a file (mappings, lists, text; an empty list item is None), the line of each, keys given twice.

    A key with nothing after it, or empty quotes, is left out of its mapping, its line kept.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[ValuePath, int] = field(default_factory=dict)
    repeated: list[tuple[ValuePath, int]] = field(default_factory=list)


def read_document(source: str | bytes) -> Document:
    """Return the `Document` of a file.

    Raises:
        NotADocument: and nothing else, whatever the bytes.
    """
    text = _text(source)
    try:
        return _Builder(text).build()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = shorten_value(str(getattr(error, "problem", None) or "it cannot be made out"))
        raise NotADocument(
            f"this is not YAML ({why})",
            "look at the indentation, colons and quotes on this line and the one above",
            None if mark is None else mark.line + 1,
        ) from error


def _text(source: str | bytes) -> str:
    size = len(source)
    if size > MAX_BYTES:
        _refuse_size(source, size)
    if isinstance(source, bytes):
        try:
            text = source.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = source.count(b"\n", 0, error.start) + 1
            raise NotADocument("the file is not UTF-8 text", _UTF8, line) from error
    else:
        text = source.removeprefix("\ufeff")
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise NotADocument("the file is not UTF-8 text", _UTF8)
    odd = _CONTROL.search(text)
    if odd:
        raise NotADocument(
            f"the file holds a control character (U+{ord(odd.group()):04X})",
            "a plan file is plain text: take the character out",
            text.count("\n", 0, odd.start()) + 1,
        )
    return text


def _refuse_size(source: str | bytes, size: int) -> None:
    """Refuse a file too large to parse; where the number of actions makes it so, say that number."""
    text = source if isinstance(source, str) else source.decode("utf-8", errors="replace")
    refs = sum(1 for _ in _REF.finditer(text))
    if refs > MAX_ACTIONS:
        raise _too_many(refs, None)
    raise NotADocument(
        f"the file is {size / 1024 / 1024:,.1f} MB",
        f"a plan file may have at most {MAX_BYTES // 1024 // 1024} MB",
    )


def _too_many(count: int, line: int | None) -> NotADocument:
    return NotADocument(
        f"the file holds {count:,} actions",
        f"a plan may have at most {MAX_ACTIONS:,}: split the file by plan",
        line,
        ("actions",),
    )


@dataclass
class _Open:
    """A mapping or list being filled. `key` is the key whose value comes next; `skip` says to drop that value."""

    into: dict[str, Any] | list[Any]
    path: ValuePath
    key: str | None = None
    skip: bool = False


class _Builder:
    """Follow the parser's events with a stack of its own."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=_LOADER))
        self.document = Document()
        self.stack: list[_Open] = []
        self.top: Any = None
        self.seen = 0

    def build(self) -> Document:
        """Refuse what a plan file does not use, put each value where it belongs, insist on one mapping."""
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise NotADocument("the file holds more than one document", "take out the line `---`", _line(event))
            elif isinstance(event, yaml.NodeEvent):
                self._refuse_unused(event)
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
        if self.top is None:
            raise NotADocument("the file is empty", "a plan file starts with `plan:`")
        if not isinstance(self.top, dict):
            kind = "a list" if isinstance(self.top, list) else "a single value"
            raise NotADocument(f"the file is {kind}", "a plan file is made of keys, starting with `plan:`", 1)
        self.document.values = self.top
        return self.document

    def _refuse_unused(self, event: Any) -> None:
        line = _line(event)
        if event.anchor is not None:
            raise NotADocument(
                "anchors and aliases are not used in a plan file",
                "write the value out; a text that starts with & or * goes in quotes",
                line,
            )
        if getattr(event, "tag", None) is not None:
            raise NotADocument(
                "tags are not used in a plan file", "take the tag out; a text that starts with ! goes in quotes", line
            )
        if len(self.stack) >= MAX_DEPTH:
            raise NotADocument("the file is nested deeper than a plan goes", "look at the brackets and indents", line)
        self.seen += 1
        if self.seen > MAX_VALUES:
            raise NotADocument(
                f"the file holds more than {MAX_VALUES:,} values", f"a plan may have at most {MAX_VALUES:,}"
            )

    def _node(self, event: Any) -> None:
        around = self.stack[-1] if self.stack else None
        if around is not None and isinstance(around.into, dict) and around.key is None:
            self._key(around, event)
            return
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            value = None if not event.value or (event.implicit[0] and event.value in _NOTHING) else event.value
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._hang(around, value, event)
        if not isinstance(event, yaml.ScalarEvent):
            self.stack.append(_Open(value, path))

    def _key(self, around: _Open, event: Any) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise NotADocument("a key is a list or a mapping", "a key is one word", _line(event), around.path)
        path = (*around.path, event.value)
        around.key = event.value
        around.skip = path in self.document.lines
        if around.skip:
            self.document.repeated.append((path, _line(event)))
        else:
            self.document.lines[path] = _line(event)

    def _hang(self, around: _Open | None, value: Any, event: Any) -> ValuePath:
        if around is None:
            self.top = value
            return ()
        if isinstance(around.into, dict):
            key = around.key or ""
            path = (*around.path, key)
            if around.skip:
                path = (*around.path, f"{key} (again)")
            elif value is not None:
                around.into[key] = value
            around.key = None
            return path
        path = (*around.path, len(around.into))
        if around.path == ("actions",) and len(around.into) == MAX_ACTIONS:
            raise _too_many(MAX_ACTIONS + self._rest(event), self.document.lines.get(around.path))
        around.into.append(value)
        self.document.lines[path] = _line(event)
        return path

    def _rest(self, event: Any) -> int:
        """Count the items from `event` to the end of the list it is in, keeping none of them."""
        count, depth = 0, 0
        at: Any = event
        while True:
            if isinstance(at, yaml.CollectionEndEvent):
                if depth == 0:
                    return count
                depth -= 1
            else:
                count += depth == 0
                depth += isinstance(at, yaml.CollectionStartEvent)
            at = next(self.events)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
