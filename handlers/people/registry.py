"""Who holds which post, who stands in, who is away. Every command, press and form of this package."""

from handlers.commands.people import Assign, HandOver, KeepQuiet, NameContact, NameDeputy, ShowPeople
from handlers.people.deputies import DeputyForm, deputy_form, deputy_sent, name_contact, name_deputy
from handlers.people.holders import hand_post_over
from handlers.people.people_list import show_people
from handlers.people.quiet_days import be_quiet
from handlers.reading.grammar import Spelling
from handlers.reading.people_commands import read_contact, read_deputy, read_handover, read_quiet
from handlers.reading.question_commands import about
from handlers.registry import CommandEntry, FormEntry, PressEntry
from models.enums import Verb

COMMANDS = (
    CommandEntry(
        HandOver,
        hand_post_over,
        (Verb.PEOPLE,),
        spellings=(
            Spelling(
                "handover",
                read_handover,
                usage="handover POST to @person [from DATE]",
                line="Say who holds a post from now on; the post keeps its actions. "
                "With a ref it is the same as assign.",
                examples=(
                    "handover Head of Education to new.head@example.org from 14/9",
                    "handover healthy-5 to Head of Education",
                ),
                synonyms=("hand over", "hand-over"),
            ),
        ),
        also_read_as=(Assign,),
    ),
    CommandEntry(
        NameContact,
        name_contact,
        (Verb.DEPUTISE,),
        spellings=(
            Spelling(
                "contact officer",
                read_contact,
                usage="contact officer [remove] @person for POST",
                line="Name a standing colleague who gets a post's requests and may answer them.",
                examples=(
                    "contact officer officer@example.org for Head of Education",
                    "contact officer remove officer@example.org",
                ),
                synonyms=("contact officers", "contact"),
            ),
        ),
    ),
    CommandEntry(
        NameDeputy,
        name_deputy,
        (Verb.DEPUTISE,),
        spellings=(
            Spelling(
                "deputy",
                read_deputy,
                usage="deputy [remove] @person [for POST] [from DATE] until DATE",
                line="Name a stand-in for some days, who alone gets the requests then.",
                examples=(
                    "deputy deputy.head@example.org until 12/9",
                    "deputy deputy.head@example.org for Head of Education from 24 Aug until 12/9",
                    "deputy remove deputy.head@example.org",
                ),
                synonyms=("deputies", "stand-in", "stand in"),
            ),
        ),
    ),
    CommandEntry(
        KeepQuiet,
        be_quiet,
        (Verb.READ,),
        spellings=(
            Spelling(
                "quiet",
                read_quiet,
                usage="quiet until DATE",
                line="Be asked for nothing until a day; what comes in between waits for the day after.",
                examples=("quiet until 14/9", "quiet from 24 Aug until 14/9", "quiet off"),
                synonyms=("away", "silence"),
            ),
        ),
    ),
    CommandEntry(
        ShowPeople,
        show_people,
        (Verb.PEOPLE,),
        reads=True,
        spellings=(
            Spelling(
                "people",
                about(ShowPeople),
                usage="people [post or organisation]",
                line="Who holds which post, deputies, vacant posts and people without an account: for secretaries.",
                examples=("people", "people police"),
                synonyms=("posts", "holders", "leavers"),
            ),
        ),
    ),
)

PRESSES = (PressEntry(DeputyForm, deputy_form, (Verb.DEPUTISE,)),)

FORMS = (FormEntry(DeputyForm, deputy_sent, (Verb.DEPUTISE,)),)
