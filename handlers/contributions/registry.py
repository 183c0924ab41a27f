"""Returns of partners on a focus theme, and which meeting takes it. Every command, press and form of this package."""

from handlers.commands.contributions import (
    Contribute,
    RedactContribution,
    SetFocus,
    ShowContributions,
    ShowFocus,
    ShowWanted,
)
from handlers.contributions import focus, forms, next_steps, records, shown
from handlers.reading.contribution_commands import (
    read_contribute,
    read_contributions,
    read_focus,
    read_redact_contribution,
)
from handlers.registry import CommandEntry, FormEntry, PressEntry, Replaces
from models.enums import Verb

COMMANDS = (
    CommandEntry(ShowWanted, shown.show_wanted, (Verb.READ,), reads=True, also_read_as=(Contribute,)).typed(
        "contribute",
        read_contribute,
        usage="contribute [ORGANISATION] [for MEETING]: words",
        line="Your organisation's return on a meeting's focus theme, with or without headings.",
        examples=(
            "contribute",
            "contribute for 23 Oct: we trained 75% of call handlers",
            "contribute police: evidence: 90% of interactions, Q2",
        ),
        synonyms=("contribution", "our contribution", "my contribution"),
    ),
    CommandEntry(Contribute, records.contribute, (Verb.CONTRIBUTE,), shown_by="contributions"),
    CommandEntry(ShowContributions, shown.show_contributions, (Verb.READ,), reads=True).typed(
        "contributions",
        read_contributions,
        usage="contributions [ORGANISATION] [for MEETING]",
        line="Who has contributed to a meeting's focus theme and who has not; one contribution as it was given.",
        examples=("contributions", "contributions police", "contributions for 23 Oct"),
        synonyms=("show contributions",),
    ),
    CommandEntry(RedactContribution, shown.redact_return, (Verb.REDACT,), shown_by="contributions").typed(
        "contribution redact",
        read_redact_contribution,
        usage="contribution redact ORGANISATION [for MEETING] because …",
        line="Empty the words of a contribution wherever the bot wrote them.",
        examples=("contribution redact police because it describes a child",),
        synonyms=("redact contribution", "redact the contribution"),
    ),
    CommandEntry(ShowFocus, focus.show_focus, (Verb.READ,), reads=True, also_read_as=(SetFocus,)).typed(
        "focus",
        read_focus,
        usage="focus [MEETING THEME]",
        line="Which meeting takes which theme, and which themes none takes yet; the secretary sets it.",
        examples=("focus", "focus 23 Oct happy", "focus 23 Oct none"),
        synonyms=("focus themes", "focus theme"),
    ),
    CommandEntry(SetFocus, focus.set_focus, (Verb.MEETINGS,), shown_by="focus"),
)

PRESSES = (
    PressEntry(records.GiveContribution, forms.contribution_form, (Verb.CONTRIBUTE,)),
    PressEntry(records.RecordContribution, records.draft_pressed, (Verb.CONTRIBUTE,), replaces=Replaces.WHEN_DONE),
    PressEntry(records.DropContribution, records.draft_dropped, (Verb.READ,), replaces=Replaces.ALWAYS),
    PressEntry(records.UndoContribution, records.undo_contribution, (Verb.CONTRIBUTE,), replaces=Replaces.WHEN_DONE),
    PressEntry(next_steps.MakeAction, next_steps.make_action, (Verb.ADD,)),
)

FORMS = (FormEntry(records.GiveContribution, forms.contribution_sent, (Verb.CONTRIBUTE,)),)
