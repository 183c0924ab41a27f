"""A chat service that keeps what it is given, and behaves as a test chooses.

It does what `schedules.ports.Messenger` says and nothing more.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from handlers.responses import ActionLine, Content, FileToCome
from schedules.ports import Absent, FoundMessage, Later, Looked, Refused, SendOutcome, Sent, SlackAccount, Unknown
from tests.schedules.plans import (
    said_at,
)


@dataclass
class Posted:
    """One page that stands in a conversation. `now` is the plan's time at which it was posted."""

    address: str
    page: dict[str, Any]
    mark: str
    ts: str
    now: datetime
    instant: datetime
    changes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def shown(self) -> dict[str, Any]:
        """The page as it stands now."""
        return self.changes[-1] if self.changes else self.page

    @property
    def uuid(self) -> str:
        """The message it is a page of."""
        return self.mark.partition(":")[0]

    @property
    def headline(self) -> str:
        """Its first line."""
        return str(self.page["headline"])

    @property
    def asked(self) -> list[str]:
        """The refs of the actions that it has buttons to answer for."""
        return [line["ref"] for line in self.page["lines"] if line["buttons"]]

    @property
    def refs(self) -> list[str]:
        """The refs of all actions in it."""
        return [line["ref"] for line in self.page["lines"]]

    def __str__(self) -> str:
        return f"{said_at(self.now)} {self.address} {self.headline} {self.page}"


def lands(service: "MemoryMessenger", address: str, page: str, mark: str) -> SendOutcome:
    """The service takes a page."""
    return Sent(service.keep(address, page, mark))


def gets_lost(why: str = "timeout", *, posted: bool) -> Callable[["MemoryMessenger", str, str, str], SendOutcome]:
    """The answer is lost; the page was posted all the same, or was not."""

    def behave(service: "MemoryMessenger", address: str, page: str, mark: str) -> SendOutcome:
        if posted:
            service.keep(address, page, mark)
        return Unknown(why)

    return behave


def answers(outcome: SendOutcome) -> Callable[["MemoryMessenger", str, str, str], SendOutcome]:
    """The service answers so, and takes nothing."""
    return lambda *_: outcome


Behaviour = Callable[["MemoryMessenger", str, str, str], SendOutcome]


class MemoryMessenger:
    """A chat service in memory. `script` holds how the coming sends go; after it, and by default, pages land."""

    def __init__(self, instant: Callable[[], datetime]) -> None:
        self.instant = instant
        self.now = instant()
        self.posts: list[Posted] = []
        self.sends: list[tuple[str, str]] = []
        self.looks: list[tuple[str, datetime]] = []
        self.script: list[Behaviour] = []
        self.always: Behaviour = lands
        self.history: Looked | None = None
        """What `find` gives instead of looking."""
        self.opens: dict[str, Sent | Later | Refused] = {}
        self.on_change: list[SendOutcome] = []
        self.better: list[Callable[[str], str]] = []
        """What makes the versions of a page that are tried before the page itself."""
        self.lines_on_a_page = 1000
        self.reasons: dict[str, Sequence[str]] = {}
        self.lock = Lock()
        self.files: list[tuple[str, str, bytes]] = []
        self.unspeakable = ""
        """A ref that no page can be made of."""

    def keep(self, address: str, page: str, mark: str) -> str:
        """A page is posted; its `ts` is given."""
        with self.lock:
            ts = f"{len(self.posts) + 1}.0"
            self.posts.append(Posted(address, json.loads(page), mark, ts, self.now, self.instant()))
        return ts

    def pages(self, content: Content) -> list[str]:
        lines = list(_lines(content))
        if self.unspeakable and any(line.ref == self.unspeakable for line in lines):
            raise ValueError(f"no words for {self.unspeakable}")
        cut = self.lines_on_a_page
        chunks = [lines[at : at + cut] for at in range(0, len(lines), cut)] or [[]]
        return [
            json.dumps(
                {
                    "headline": content.headline,
                    "intro": list(content.intro),
                    "headings": [group.heading for group in content.groups],
                    "texts": [text for group in content.groups for text in group.texts],
                    "lines": [
                        {
                            "ref": line.ref,
                            "buttons": [button.verb for button in line.buttons],
                            "answered": line.answered,
                            "facts": list(line.facts),
                        }
                        for line in chunk
                    ],
                    "page": number,
                }
            )
            for number, chunk in enumerate(chunks)
        ]

    def versions(self, page: str, *, plain: bool = False) -> Iterator[str]:
        for make in () if plain else self.better:
            yield make(page)
        yield page

    def open(self, account: SlackAccount) -> Sent | Later | Refused:
        return self.opens.get(account.user, Sent(f"D{account.user}"))

    def send(self, address: str, page: str, mark: str, reasons: Sequence[str] = ()) -> SendOutcome:
        self.sends.append((address, mark))
        self.reasons[mark] = reasons
        behave = self.script.pop(0) if self.script else self.always
        return behave(self, address, page, mark)

    def find(self, address: str, mark: str, since: datetime) -> Looked:
        self.looks.append((mark, since))
        if self.history is not None:
            return self.history
        there = [
            one
            for one in self.posts
            if one.address == address
            and (one.mark == mark or mark in self.reasons.get(one.mark, ()))
            and one.instant >= since
        ]
        return FoundMessage(there[0].ts) if there else Absent()

    def change(self, address: str, ts: str, page: str) -> SendOutcome:
        outcome = self.on_change.pop(0) if self.on_change else Sent(ts)
        if isinstance(outcome, Sent):
            next(one for one in self.posts if one.ts == ts).changes.append(json.loads(page))
        return outcome

    def published(self, page: str, said: str, channel: str) -> str:
        return page

    def attach(self, address: str, file: FileToCome, content: bytes) -> bool:
        self.files.append((address, file.name, content))
        return True

    def outcome_of(self, why: str) -> Later | Refused | Unknown:
        gone = ("channel_not_found", "is_archived", "not_in_channel", "user_disabled")
        return Unknown(why) if " " in why else Refused(why, gone=why in gone)


def _lines(content: Content) -> Iterator[ActionLine]:
    return (line for group in content.groups for line in group.lines)


# Everything together
