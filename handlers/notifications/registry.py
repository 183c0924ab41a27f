"""What is under the scheduled notifications. Every press of this package."""

from handlers.notifications import bundle
from handlers.registry import PressEntry
from models.enums import Verb

PRESSES = (PressEntry(bundle.ShowMore, bundle.show_more, (Verb.READ,), repeatable=True),)
