"""What a chat service must be able to do for the outbox. `bot.slack.messenger` does it for Slack."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from handlers.responses import Content, FileToCome


@dataclass(frozen=True, slots=True)
class Sent:
    """The service took it; `ts` is its name for the message."""

    ts: str


@dataclass(frozen=True, slots=True)
class Later:
    """The service did not take it and will: try again after so many seconds of real time.

    `why`: its own word for it. `for_all`: until then it takes nothing at all, whoever it is for.
    """

    after: float
    why: str = field(default="later", compare=False)
    for_all: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The service will not take it; `why` is its own word for it.

    `gone`: the address is at fault, not the page, so no plainer page helps. `stale`: a conversation that is opened anew
    may take it.
    """

    why: str
    gone: bool = field(default=False, compare=False)
    stale: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether it was posted: a timeout, a dropped connection, a fault on the other side."""

    why: str


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A look into the history found the message."""

    ts: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A look into the history did not find it."""


@dataclass(frozen=True, slots=True)
class NoHistory:
    """The history cannot be read. `passes`: somebody may open it to the bot, so that it is worth another look."""

    why: str
    passes: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class SlackAccount:
    """Whom to write to."""

    team: str
    user: str


SendOutcome = Sent | Later | Refused | Unknown
Looked = FoundMessage | Absent | NoHistory | Later


class Messenger(Protocol):
    """One chat service. Nothing here raises for what the service does; programming errors may."""

    def pages(self, content: Content) -> list[str]:
        """Return the pages of a message, each ready to be sent and kept as text."""

    def versions(self, page: str, *, plain: bool = False) -> Iterator[str]:
        """Yield a page as it may be sent, the best first; each is tried only where the one before was refused.

        What it takes to make one (a picture to be uploaded) is done when it is asked for. The last, and where it is
        to be `plain` the only one, is the page with nothing that could stand in its way.
        """

    def open(self, account: SlackAccount) -> Sent | Later | Refused:
        """Return the conversation with a person; `Sent.ts` is its id."""

    def send(self, address: str, page: str, mark: str, reasons: Sequence[str] = ()) -> SendOutcome:
        """Post one page. `mark`, and the marks of `reasons`, are opaque and go with it for `find`."""

    def find(self, address: str, mark: str, since: datetime) -> Looked:
        """Look a posted page up by its mark or by that of a reason, from `since` (real time) on."""

    def change(self, address: str, ts: str, page: str) -> SendOutcome:
        """Change a posted page in place."""

    def published(self, page: str, said: str, channel: str) -> str:
        """Return a page whose button *Publish* gave way to a sentence that names the channel."""

    def attach(self, address: str, file: FileToCome, content: bytes) -> bool:
        """Post a file into a conversation; return whether it was taken. It may be there twice, never silently not."""

    def outcome_of(self, why: str) -> Later | Refused | Unknown:
        """Return what the service's own word for a failure means, as it was kept when a message failed."""
