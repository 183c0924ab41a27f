"""What is under the scheduled notifications. Every press of this package."""

from handlers.notifications.bundle import ShowMore, show_more
from handlers.registry import PressEntry
from models.enums import Verb

PRESSES = (PressEntry(ShowMore, show_more, (Verb.READ,), repeatable=True),)
