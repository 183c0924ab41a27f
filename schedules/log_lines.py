"""One line about each message of a pass, as `cypp tick` and the log have it."""

from dataclasses import dataclass

from models.enums import MessageState, NotificationKind
from models.rules.steps import Chased, write_step
from models.storage.notification_tables import Message, Notification


@dataclass(frozen=True, slots=True)
class Line:
    """What a pass says about one message: for `cypp tick` and the log."""

    kinds: tuple[NotificationKind, ...]
    recipient: str
    subjects: tuple[int, ...]
    """Ids of what the first kind is about: actions, boards, posts or measures."""
    steps: tuple[str, ...]
    state: str


def make_line(message: Message, notifications: list[Notification]) -> Line:
    """Return what a pass reports of a message that is about to be sent."""
    return Line(
        kinds=tuple(dict.fromkeys(notification.kind for notification in notifications)),
        recipient=message.recipient,
        subjects=tuple(dict.fromkeys(one.subject for one in notifications if one.kind is notifications[0].kind)),
        steps=tuple(
            dict.fromkeys("chase" if isinstance(one.step, Chased) else write_step(one.step) for one in notifications)
        ),
        state=MessageState.PLANNED.value,
    )
