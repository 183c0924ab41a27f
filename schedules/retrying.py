"""What failed is sent again by itself where its cause has gone (docs/explanation/delivery.md, What failed).

What fails again has posted nothing. `now` is the plan's time, `instant` is real time.
"""

from datetime import datetime, timedelta

from models.notifications import lookups, messages
from models.storage.notification_tables import Message
from models.storage.sessions import Session
from models.storage.tables import Person
from schedules.ports import Messenger, Refused, Unknown


def take_up_failed(
    session: Session, messenger: Messenger, now: datetime, instant: datetime, span: timedelta, *, first: bool
) -> None:
    """Have sent again what failed for a cause that has gone, while something of it holds.

    Args:
        session: the transaction of a pass.
        messenger: says what the service's word for a failure means.
        now: the plan's time.
        instant: real time.
        span: what may be out is looked for as long as this after it was sent.
        first: whether a process looks for the first time: its version may word a message differently, and what an
            earlier one took for a refusal is looked up.
    """
    for message in lookups.list_failed(session, now):
        match messenger.outcome_of(message.reason):
            case Unknown():
                if is_recent(message, instant, span):
                    messages.take_up_again(session, message.id, doubtful=True)
            case Refused(gone=True):
                kind, _, value = message.recipient.partition(":")
                someone = session.get(Person, int(value)) if kind == "person" else None
                if someone is not None and someone.slack_user and not someone.unreachable:
                    messages.take_up_again(session, message.id)
            case _:
                if first:
                    messages.take_up_again(session, message.id)


def note_gone(session: Session, message: Message, instant: datetime, least: timedelta) -> None:
    """Note of a message that failed that its address is gone: a person has to change, a channel is tried again."""
    kind, _, value = message.recipient.partition(":")
    if kind == "person":
        session.get_one(Person, int(value)).unreachable = message.reason
    else:
        message.not_before = next_try(message, instant, least)


def is_recent(message: Message, instant: datetime, span: timedelta) -> bool:
    """Return whether a message was sent so lately that the service still has it, if it ever had."""
    return message.last_attempt_at is not None and instant - message.last_attempt_at < span


def next_try(message: Message, instant: datetime, least: timedelta) -> datetime:
    """Return when a message is tried again that can be delivered once somebody has seen to it: later each time."""
    waited = instant - (message.first_attempt_at or instant)
    return instant + min(max(waited / 4, least), timedelta(hours=1))
