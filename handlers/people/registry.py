"""Who holds which post, who stands in, who is away. Every command, press and form of this package."""

from handlers.commands.people import (
    AddPost,
    Assign,
    ChangeOtherNames,
    HandOver,
    KeepQuiet,
    NameContact,
    NameDeputy,
    ShowOtherNames,
    ShowPeople,
)
from handlers.people import appointments_undo, deputies, holders, new_posts, other_names, people_list, quiet_days
from handlers.reading.people_commands import (
    read_contact,
    read_deputy,
    read_handover,
    read_new_post,
    read_other_names,
    read_quiet,
)
from handlers.reading.question_commands import about
from handlers.registry import CommandEntry, FormEntry, PressEntry, Replaces
from models.enums import Verb

COMMANDS = (
    CommandEntry(HandOver, holders.hand_post_over, (Verb.PEOPLE,), also_read_as=(Assign,), shown_by="people").typed(
        "handover",
        read_handover,
        usage="handover POST to @person [from DATE]",
        line="Say who holds a post from now on; the post keeps its actions. With a ref it is the same as assign.",
        examples=(
            "handover Head of Education to new.head@example.org from 14/9",
            "handover healthy-5 to Head of Education",
        ),
        synonyms=("hand over", "hand-over"),
    ),
    CommandEntry(AddPost, new_posts.new_post, (Verb.PEOPLE,), shown_by="people").typed(
        "new post",
        read_new_post,
        usage="new post TITLE at ORGANISATION",
        line="Add a post to the plan; handover says who holds it.",
        examples=("new post Participation Officer at the council",),
        synonyms=("add post", "create post", "add a post"),
    ),
    CommandEntry(NameContact, deputies.name_contact, (Verb.DEPUTISE,), shown_by="people").typed(
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
    CommandEntry(NameDeputy, deputies.name_deputy, (Verb.DEPUTISE,), shown_by="mine").typed(
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
    CommandEntry(KeepQuiet, quiet_days.be_quiet, (Verb.READ,), shown_by="mine").typed(
        "quiet",
        read_quiet,
        usage="quiet until DATE",
        line="Be asked for nothing until a day; what comes in between waits for the day after.",
        examples=("quiet until 14/9", "quiet from 24 Aug until 14/9", "quiet off"),
        synonyms=("away", "silence"),
    ),
    CommandEntry(ShowPeople, people_list.show_people, (Verb.PEOPLE,), reads=True).typed(
        "people",
        about(ShowPeople),
        usage="people [post or organisation]",
        line="Who holds which post, deputies, vacant posts and people without an account: for secretaries.",
        examples=("people", "people police"),
        synonyms=("posts", "holders", "leavers"),
    ),
    CommandEntry(
        ShowOtherNames, other_names.show_other_names, (Verb.READ,), reads=True, also_read_as=(ChangeOtherNames,)
    ).typed(
        "other names",
        read_other_names,
        usage="other names [NAME means POST|remove NAME]",
        line="What else a post or an organisation is called; add a name or take one away.",
        examples=(
            "other names",
            "other names Executive Director",
            "other names DCS means Executive Director",
            "other names remove DCS",
        ),
        synonyms=("other name", "aliases", "alias", "nicknames", "nickname"),
    ),
    CommandEntry(ChangeOtherNames, other_names.change_other_names, (Verb.ORGANISATION,), shown_by="other names"),
)

PRESSES = (
    PressEntry(new_posts.UndoPost, new_posts.undo_post, (Verb.READ,), replaces=Replaces.WHEN_DONE),
    PressEntry(deputies.DeputyForm, deputies.deputy_form, (Verb.DEPUTISE,)),
    PressEntry(
        appointments_undo.UndoAppointments,
        appointments_undo.undo_appointments,
        (Verb.READ,),
        replaces=Replaces.WHEN_DONE,
    ),
)

FORMS = (FormEntry(deputies.DeputyForm, deputies.deputy_sent, (Verb.DEPUTISE,)),)
