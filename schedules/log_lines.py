"""One line about each message of a pass, as `cypp tick` and the log have it."""

from dataclasses import dataclass

from models.enums import MessageState, NotificationKind
from models.storage.notification_tables import Message, Notification


@dataclass(frozen=True, slots=True)
class Line:
    """What a pass says about one message: for `cypp tick` and the log."""

    kinds: tuple[NotificationKind, ...]
    recipient: str
    subjects: tuple[int, ...]
    """Ids of actions, or of boards where the kind is about one."""
    steps: tuple[str, ...]
    state: str


def line_of(delivery: Message, asks: list[Notification]) -> Line:
    """What a pass says about a message that is about to be sent."""
    return Line(
        kinds=tuple(dict.fromkeys(ask.kind for ask in asks)),
        recipient=delivery.recipient,
        subjects=tuple(dict.fromkeys(ask.subject for ask in asks)),
        steps=tuple(dict.fromkeys(ask.step for ask in asks)),
        state=MessageState.PLANNED.value,
    )
