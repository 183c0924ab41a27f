"""Sending one page: as it looks best, and plainer where that is refused. No transaction is open meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schedules.ports import Later, Messenger, Refused, SendOutcome

MOST_ADORNED = 2
"""Attempts at one message with its picture: then it goes without, so that no slow upload can keep it back for ever."""


@dataclass(frozen=True, slots=True)
class ToSend:
    """A page on its way: where to, as it was frozen, and the marks that go with it."""

    address: str
    payload: str
    mark: str
    reasons: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Out:
    """How sending a message ended, and the page that is out and not on record yet: number, `ts`, frozen, shown."""

    result: SendOutcome
    page: tuple[int, str, str, str] | None = None


def send_page(
    messenger: Messenger, page: ToSend, in_time: Callable[[], bool], *, plain: bool = False
) -> tuple[SendOutcome, str]:
    """Send one page; return the outcome, and which version was sent."""
    result: SendOutcome = Later(0)
    for version in messenger.versions(page.payload, plain=plain):
        if not in_time():
            return Later(0), page.payload
        result = messenger.send(page.address, version, page.mark, page.reasons)
        if not isinstance(result, Refused) or result.gone:
            return result, version
    return result, page.payload
