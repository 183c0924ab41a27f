"""What is asked of the plan. Every command, press and form of this package."""

from handlers.commands.boards import Publish
from handlers.commands.questions import (
    ShowChanges,
    ShowDigest,
    ShowDue,
    ShowLeaderless,
    ShowMine,
    ShowOverdue,
    ShowOwing,
    ShowStatus,
)
from handlers.reading.grammar import Spelling
from handlers.reading.question_commands import about, read_changes, read_leaderless, read_mine, read_owing, read_status
from handlers.registry import CommandEntry, PressEntry
from handlers.status.action_lists import show_due, show_mine, show_overdue
from handlers.status.changes import show_changes, show_leaderless
from handlers.status.digest import PublishDigest, publish, publish_pressed, show_digest
from handlers.status.home import SendDigest, ShowCard, card_chosen, digest_now
from handlers.status.owing import show_owing
from handlers.status.pictures import ShowPicture, show_picture
from handlers.status.plan_status import show_status
from models.enums import Verb

COMMANDS = (
    CommandEntry(
        ShowStatus,
        show_status,
        (Verb.READ,),
        reads=True,
        spellings=(
            Spelling(
                "status",
                read_status,
                usage="status [priority, theme or action]",
                line="Where the plan, a priority, a theme or one action stands.",
                examples=(
                    "status priority 7",
                    "status",
                    "status priorities 7-9",
                    "status theme healthy",
                    "status healthy-5",
                ),
                synonyms=("progress", "show", "show me", "report", "state", "stat", "how is", "how are", "overview"),
                gives_way_to=("mine", "overdue", "due", "owing", "meetings", "digest"),
            ),
        ),
    ),
    CommandEntry(
        ShowMine,
        show_mine,
        (Verb.READ,),
        reads=True,
        spellings=(
            Spelling(
                "mine",
                read_mine,
                usage="mine",
                line="The actions you answer for.",
                examples=("mine",),
                synonyms=("my actions", "my action", "my list", "my", "me", "actions for me"),
            ),
        ),
    ),
    CommandEntry(
        ShowOverdue,
        show_overdue,
        (Verb.READ,),
        reads=True,
        spellings=(
            Spelling(
                "overdue",
                about(ShowOverdue),
                usage="overdue [board]",
                line="What is overdue, most meetings missed first.",
                examples=("overdue", "overdue partnership"),
                synonyms=("late", "what is overdue", "what's overdue", "what is late", "what's late", "behind"),
            ),
        ),
    ),
    CommandEntry(
        ShowDue,
        show_due,
        (Verb.READ,),
        reads=True,
        spellings=(
            Spelling(
                "due",
                about(ShowDue),
                usage="due [meeting]",
                line="What is due at the next meeting, or at one you name.",
                examples=("due", "due 23 Oct", "due september meeting"),
                synonyms=("what is due", "what's due", "due at", "due for"),
            ),
        ),
    ),
    CommandEntry(
        ShowOwing,
        show_owing,
        (Verb.READ,),
        reads=True,
        spellings=(
            Spelling(
                "owing",
                read_owing,
                usage="owing [meeting or board]",
                line="Who still owes an answer for a meeting, by lead. Everyone else sees their own.",
                examples=("owing", "owing october", "owing partnership"),
                synonyms=("who owes", "who still owes", "owed", "outstanding", "no update received", "no update"),
            ),
        ),
    ),
    CommandEntry(ShowChanges, show_changes, (Verb.READ,), reads=True, spellings=(Spelling("changes", read_changes),)),
    CommandEntry(
        ShowLeaderless, show_leaderless, (Verb.READ,), reads=True, spellings=(Spelling("no lead", read_leaderless),)
    ),
    CommandEntry(
        ShowDigest,
        show_digest,
        (Verb.DIGEST,),
        reads=True,
        spellings=(
            Spelling(
                "digest",
                about(ShowDigest),
                usage="digest [board]",
                line="The secretary's digest of overdue actions.",
                examples=("digest", "digest partnership"),
                synonyms=("summary", "secretary digest"),
            ),
        ),
    ),
    CommandEntry(Publish, publish, (Verb.PUBLISH,)),
)

PRESSES = (
    PressEntry(PublishDigest, publish_pressed, (Verb.PUBLISH,)),
    PressEntry(SendDigest, digest_now, (Verb.DIGEST,)),
    PressEntry(ShowCard, card_chosen, (Verb.READ,), repeatable=True),
    PressEntry(ShowPicture, show_picture, (Verb.READ,), repeatable=True),
)
