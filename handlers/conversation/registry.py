"""Words that are no command, and the help. Every command of this package."""

from typing import Any

from handlers.commands import AskAbout, Help, Pleasantry, Unclear, WhatFits
from handlers.conversation.help import courtesy, explain, show_help
from handlers.conversation.open_questions import ask_about, what_fits
from handlers.reading.grammar import Spelling
from handlers.reading.question_commands import read_about, read_help
from handlers.registry import CommandEntry
from models.enums import Verb

COMMANDS: tuple[CommandEntry[Any], ...] = (
    CommandEntry(
        AskAbout,
        ask_about,
        (Verb.READ,),
        reads=True,
        spellings=(Spelling("about", read_about),),
    ),
    CommandEntry(
        WhatFits,
        what_fits,
        (Verb.READ,),
        reads=True,
    ),
    CommandEntry(
        Help,
        show_help,
        (Verb.READ,),
        reads=True,
        spellings=(
            Spelling(
                "help",
                read_help,
                "help [command]",
                "This list, or one command with examples.",
                (
                    "help",
                    "help update",
                ),
                ("commands", "?", "hello", "hi", "how do i", "usage"),
            ),
        ),
    ),
    CommandEntry(
        Unclear,
        explain,
        (Verb.READ,),
        reads=True,
    ),
    CommandEntry(
        Pleasantry,
        courtesy,
        (Verb.READ,),
        reads=True,
    ),
)
