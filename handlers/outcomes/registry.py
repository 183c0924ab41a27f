"""What a board decided. Every command, press and form of this package."""

from handlers.buttons import CarryForward, Closed, NoDecision, NotAgreed, OtherOutcome, RecordNothing
from handlers.commands.outcomes import RecordOutcome, RecordOutcomes, Reopen, SettleMeeting
from handlers.outcomes import batch, decisions, forms, in_words, recorded, ticked
from handlers.press_codec import saying
from handlers.reading.command_arguments import as_parsed, read_close, read_decision, read_not_agreed, read_withdraw
from handlers.reading.record_commands import read_reopen, read_replace, read_settled
from handlers.registry import ActionFormEntry, ActionPressEntry, CommandEntry, FormEntry, PressEntry, Replaces
from models.enums import Verb

COMMANDS = (
    CommandEntry(
        RecordOutcome,
        batch.record_typed,
        (Verb.OUTCOME,),
        also_read_as=(RecordOutcomes,),
        pressed=(("Record an outcome…", OtherOutcome),),
    )
    .typed(
        "outcome",
        read_decision,
        usage="outcome REF what the board decided",
        line="Record what the board decided: closed, carried forward, not agreed, closed not done, or no decision.",
        examples=(
            "outcome healthy-5 closed minute 41",
            "outcome healthy-5 carried forward to 23 Oct",
            "outcome healthy-5 not agreed because the report is a draft",
            "outcome healthy-5 withdrawn because the funding ended",
            "outcome healthy-5 no decision",
        ),
        synonyms=("outcomes", "decision", "decided"),
    )
    .typed(
        "close",
        read_close,
        usage="close REF [agreed MEETING] [minute NUMBER]",
        line="Record that the board agreed an action is complete.",
        examples=("close healthy-5", "close healthy-5 agreed 23/10 minute 41"),
        synonyms=("closed", "closing", "agreed", "approve", "approved"),
    )
    .typed(
        "not agreed",
        read_not_agreed,
        usage="not agreed REF because …",
        line="Record that the board does not agree that it is done: it goes back to its last rating.",
        examples=("not agreed healthy-5 because the report is a draft",),
        synonyms=("reject", "rejected"),
    )
    .typed(
        "withdraw",
        read_withdraw,
        usage="withdraw REF because …",
        line="Record that the board withdrew it: closed, not done.",
        examples=("withdraw healthy-5 because the funding ended",),
        synonyms=("withdrawn", "drop"),
    )
    .typed(
        "replace",
        read_replace,
        usage="replace REF by REF because …",
        line="Record that another action has taken its place: closed, not done.",
        examples=("replace healthy-5 by happy-2 because they are one now",),
        synonyms=("replaced", "supersede"),
    ),
    CommandEntry(RecordOutcomes, batch.record_outcomes, (Verb.OUTCOME,)),
    CommandEntry(SettleMeeting, recorded.settle_meeting, (Verb.OUTCOME,), shown_by="meetings").typed(
        "outcomes recorded",
        as_parsed(read_settled),
        usage="outcomes recorded [board] [carry them forward|they are overdue]",
        line="Say that all outcomes of the latest meeting are recorded; what has none is asked about first.",
        examples=("outcomes recorded", "outcomes recorded partnership, carry them forward"),
    ),
    CommandEntry(Reopen, decisions.reopen_action, (Verb.OUTCOME,)).typed(
        "reopen",
        read_reopen,
        usage="reopen REF because …",
        line="Open a closed action again, as it was last rated.",
        examples=("reopen healthy-5 because the report was withdrawn",),
        synonyms=("re-open", "reopened", "re open"),
    ),
)

PRESSES = (
    ActionPressEntry(Closed, forms.decided_pressed, (Verb.OUTCOME,), records="Closed"),
    ActionPressEntry(CarryForward, forms.carried_pressed, (Verb.OUTCOME,), records="Carry forward"),
    ActionPressEntry(NoDecision, forms.decided_pressed, (Verb.OUTCOME,), records="No decision"),
    ActionPressEntry(NotAgreed, forms.outcome_form, (Verb.OUTCOME,), records="Not agreed…", asks=True),
    ActionPressEntry(OtherOutcome, forms.outcome_form, (Verb.OUTCOME,), records="Other…", asks=True),
    PressEntry(recorded.AllRecorded, recorded.all_recorded_pressed, (Verb.OUTCOME,)),
    PressEntry(ticked.RecordTicked, ticked.ticked_pressed, (Verb.OUTCOME,)),
    PressEntry(ticked.DescribeTicked, ticked.ticked_form, (Verb.OUTCOME,)),
    PressEntry(ticked.CarryLeft, ticked.carry_left_pressed, (Verb.OUTCOME,)),
    PressEntry(batch.CloseAll, batch.asked_pressed, (Verb.OUTCOME,), replaces=Replaces.WHEN_DONE),
    PressEntry(batch.RecordNotAgreed, batch.asked_pressed, (Verb.OUTCOME,)),
    PressEntry(in_words.RecordDecided, in_words.record_decided, (Verb.READ,), replaces=Replaces.WHEN_DONE),
    PressEntry(RecordNothing, saying("Nothing was recorded."), (Verb.READ,), replaces=Replaces.ALWAYS),
)

FORMS = (
    ActionFormEntry(OtherOutcome, forms.outcome_sent, (Verb.OUTCOME,)),
    FormEntry(ticked.DescribeTicked, ticked.ticked_sent, (Verb.OUTCOME,)),
)
