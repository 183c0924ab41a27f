"""Words that are no command, and the help. Every command, press and form of this package."""

from handlers.commands.questions import AskAbout, Help, Pleasantry, Unclear, WhatFits
from handlers.conversation.absence import NotNow, QuietUntil, RecordDeputy, not_now, quiet_until, record_deputy
from handlers.conversation.confirmations import NotAnUpdate, RecordWords, not_an_update, record_pressed
from handlers.conversation.confirmed_words import ask_again, record_surely, typed_by_press
from handlers.conversation.direct_messages import reread
from handlers.conversation.help import courtesy, explain, show_help
from handlers.conversation.near_misses import ChangeReading, ReadAgain, RecordReading, change_reading, record_reading
from handlers.conversation.open_questions import ask_about, what_fits
from handlers.press_codec import Ask, Share, ShowPage
from handlers.reading.grammar import Spelling
from handlers.reading.question_commands import read_about, read_help
from handlers.registry import CommandEntry, FormEntry, PressEntry, Replaces
from handlers.safeguarding.confirmation import RecordSurely, Reword, let_me_reword
from handlers.updates.sources import AskAgain
from models.enums import Verb

COMMANDS = (
    CommandEntry(AskAbout, ask_about, (Verb.READ,), reads=True, spellings=(Spelling("about", read_about),)),
    CommandEntry(WhatFits, what_fits, (Verb.READ,), reads=True),
    CommandEntry(
        Help,
        show_help,
        (Verb.READ,),
        reads=True,
        spellings=(
            Spelling(
                "help",
                read_help,
                usage="help [command]",
                line="This list, or one command with examples.",
                examples=("help", "help update"),
                synonyms=("commands", "?", "hello", "hi", "how do i", "usage"),
            ),
        ),
    ),
    CommandEntry(Unclear, explain, (Verb.READ,), reads=True),
    CommandEntry(Pleasantry, courtesy, (Verb.READ,), reads=True),
)

PRESSES = (
    PressEntry(Ask, typed_by_press, (Verb.READ,), repeatable=True),
    PressEntry(ShowPage, typed_by_press, (Verb.READ,), replaces=Replaces.ALWAYS, repeatable=True),
    PressEntry(Share, typed_by_press, (Verb.READ,), repeatable=True),
    PressEntry(AskAgain, ask_again, (Verb.ANSWER,), replaces=Replaces.WHEN_DONE),
    PressEntry(RecordSurely, record_surely, (Verb.ANSWER,), replaces=Replaces.WHEN_DONE),
    PressEntry(Reword, let_me_reword, (Verb.READ,), replaces=Replaces.ALWAYS),
    PressEntry(RecordWords, record_pressed, (Verb.ANSWER,), replaces=Replaces.WHEN_DONE),
    PressEntry(NotAnUpdate, not_an_update, (Verb.READ,), replaces=Replaces.ALWAYS),
    PressEntry(RecordReading, record_reading, (Verb.ANSWER,), replaces=Replaces.WHEN_DONE),
    PressEntry(ChangeReading, change_reading, (Verb.ANSWER,)),
    PressEntry(RecordDeputy, record_deputy, (Verb.DEPUTISE,), replaces=Replaces.WHEN_DONE),
    PressEntry(QuietUntil, quiet_until, (Verb.READ,), replaces=Replaces.WHEN_DONE),
    PressEntry(NotNow, not_now, (Verb.READ,), replaces=Replaces.ALWAYS),
)

FORMS = (FormEntry(ReadAgain, reread, (Verb.ANSWER,)),)
