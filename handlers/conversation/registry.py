"""Words that are no command, and the help. Every command, press and form of this package."""

from handlers.commands.questions import AskPlan, Help, Pleasantry, Unclear, WhatFits
from handlers.commands.records import UndoLast
from handlers.conversation import (
    absence,
    changes_in_words,
    confirmations,
    confirmed_words,
    edited_messages,
    help,
    near_misses,
    open_questions,
    passing_on,
    second_thoughts,
)
from handlers.press_codec import Ask, Share, ShowPage, saying
from handlers.reading.question_commands import read_help
from handlers.reading.undo_words import read_undo_asked
from handlers.registry import CommandEntry, FormEntry, PressEntry, Replaces
from handlers.safeguarding.confirmation import RecordSurely, Reword, let_me_reword
from handlers.updates.sources import AskAgain
from models.enums import Verb

COMMANDS = (
    CommandEntry(AskPlan, open_questions.ask_plan, (Verb.READ,), reads=True),
    CommandEntry(WhatFits, open_questions.what_fits, (Verb.READ,), reads=True),
    CommandEntry(Help, help.show_help, (Verb.READ,), reads=True).typed(
        "help",
        read_help,
        usage="help [command]",
        line="This list, or one command with examples.",
        examples=("help", "help update"),
        synonyms=("commands", "?", "hello", "hi", "how do i", "usage"),
    ),
    CommandEntry(UndoLast, second_thoughts.offer_undo, (Verb.READ,), reads=True).typed(
        "undo",
        read_undo_asked,
        usage="undo [REF]",
        line="Show what you recorded last, with the button that takes it back.",
        examples=("undo", "undo healthy-5"),
    ),
    CommandEntry(Unclear, help.explain, (Verb.READ,), reads=True),
    CommandEntry(Pleasantry, saying("Thank you. There was nothing to record."), (Verb.READ,), reads=True),
)

PRESSES = (
    PressEntry(Ask, confirmed_words.typed_by_press, (Verb.READ,), repeatable=True),
    PressEntry(ShowPage, confirmed_words.typed_by_press, (Verb.READ,), replaces=Replaces.ALWAYS, repeatable=True),
    PressEntry(Share, confirmed_words.typed_by_press, (Verb.READ,), repeatable=True),
    PressEntry(AskAgain, confirmed_words.ask_again, (Verb.ANSWER,), replaces=Replaces.WHEN_DONE),
    PressEntry(RecordSurely, confirmed_words.record_surely, (Verb.ANSWER,), replaces=Replaces.WHEN_DONE),
    PressEntry(Reword, let_me_reword, (Verb.READ,), replaces=Replaces.ALWAYS),
    PressEntry(confirmations.RecordWords, confirmations.record_pressed, (Verb.ANSWER,), replaces=Replaces.WHEN_DONE),
    PressEntry(confirmations.IsAnUpdate, confirmations.is_an_update, (Verb.READ,), replaces=Replaces.ALWAYS),
    PressEntry(
        near_misses.NotAnUpdate,
        saying("Not an update: nothing was recorded."),
        (Verb.READ,),
        replaces=Replaces.ALWAYS,
    ),
    PressEntry(near_misses.RecordReading, near_misses.record_reading, (Verb.ANSWER,), replaces=Replaces.WHEN_DONE),
    PressEntry(
        edited_messages.ReplaceEntries,
        edited_messages.replace_entries,
        (Verb.ANSWER,),
        replaces=Replaces.WHEN_DONE,
    ),
    PressEntry(
        edited_messages.KeepEntries,
        saying("The record stays as it is."),
        (Verb.READ,),
        replaces=Replaces.ALWAYS,
    ),
    PressEntry(near_misses.ChangeReading, near_misses.change_reading, (Verb.ANSWER,)),
    PressEntry(absence.RecordDeputy, absence.record_deputy, (Verb.DEPUTISE,), replaces=Replaces.WHEN_DONE),
    PressEntry(absence.QuietUntil, absence.quiet_until, (Verb.READ,), replaces=Replaces.WHEN_DONE),
    PressEntry(changes_in_words.DoChanges, changes_in_words.do_changes, (Verb.READ,), replaces=Replaces.WHEN_DONE),
    PressEntry(passing_on.SendApologies, passing_on.apologise, (Verb.READ,), replaces=Replaces.ALWAYS),
    PressEntry(absence.NotNow, saying(absence.NOT_NOW), (Verb.READ,), replaces=Replaces.ALWAYS),
)

FORMS = (FormEntry(near_misses.ReadAgain, confirmed_words.reread, (Verb.ANSWER,)),)
