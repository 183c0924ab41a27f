"""How leads answer. Every command, press and form of this package."""

from handlers.buttons import (
    Done,
    NothingChanged,
    NotOursHere,
    OffTrack,
    OnTrack,
    OtherAnswer,
    SnoozeIt,
    SomeIssues,
    UpdateFollows,
)
from handlers.commands.answers import GiveUpdate, NoChange, NotOurs, ProposeClosure, SnoozeAction, ToFollow, Verbal
from handlers.commands.records import Correct, Withhold
from handlers.reading.answer_readers import (
    read_done,
    read_no_change,
    read_not_ours,
    read_snooze,
    read_update,
    read_verbal,
)
from handlers.reading.record_commands import read_correct, read_withhold
from handlers.registry import ActionFormEntry, ActionPressEntry, CommandEntry, PressEntry, Replaces
from handlers.updates import answers, corrections, forms
from models.enums import Verb

COMMANDS = (
    CommandEntry(
        GiveUpdate,
        answers.record_answer,
        (Verb.ANSWER,),
        also_read_as=(ToFollow,),
        pressed=(("On track", OnTrack), ("Some issues…", SomeIssues), ("Off track…", OffTrack)),
    ).typed(
        "update",
        read_update,
        usage="update REF STATUS words",
        line="Say how an action stands: on track, some issues, off track or not started.",
        examples=(
            "update healthy-5 on track two advisors recruited",
            "update healthy-5 amber the post is still vacant",
            "update healthy-5 to follow by 4/9",
        ),
        synonyms=("updates", "updated", "answer", "set"),
    ),
    CommandEntry(ToFollow, answers.record_answer, (Verb.ANSWER,)),
    CommandEntry(ProposeClosure, answers.record_answer, (Verb.ANSWER,)).typed(
        "done",
        read_done,
        usage="done REF evidence",
        line="Propose an action for closure, with evidence: words or a link. The board agrees.",
        examples=("done healthy-5 both advisors started on 1 September",),
        synonyms=("finished", "complete", "completed", "finish", "propose", "propose closure"),
    ),
    CommandEntry(NoChange, answers.record_answer, (Verb.ANSWER,)).typed(
        "no change",
        read_no_change,
        usage="no change REF",
        line="Say that an action stands as it did last time.",
        examples=("no change healthy-5",),
        synonyms=("unchanged", "no changes", "nochange", "as last time"),
    ),
    CommandEntry(Verbal, answers.record_answer, (Verb.ANSWER,)).typed(
        "verbal",
        read_verbal,
        usage="verbal REF",
        line="Say that you will report at the meeting.",
        examples=("verbal healthy-5",),
        synonyms=("verbal update", "verbal report"),
    ),
    CommandEntry(NotOurs, answers.record_answer, (Verb.ANSWER,)).typed(
        "not ours",
        read_not_ours,
        usage="not ours REF why",
        line="Say that an action is not yours. The secretary is told.",
        examples=("not ours healthy-5 this sits with housing",),
        synonyms=("not mine", "notours", "not us"),
    ),
    CommandEntry(SnoozeAction, answers.snooze, (Verb.SNOOZE,)).typed(
        "snooze",
        read_snooze,
        usage="snooze REF",
        line="Ask me about an action again in two working days.",
        examples=("snooze healthy-5",),
        synonyms=("remind me about", "remind me later about", "ask me later about", "ask me again about"),
    ),
    CommandEntry(Correct, corrections.correct, (Verb.ANSWER,)).typed(
        "correct",
        read_correct,
        usage="correct REF ENTRY STATUS words",
        line="Put an entry right by a new one in its place; both stay in the history.",
        examples=(
            "correct healthy-5 3 on track three advisors recruited, not two",
            "correct healthy-5 last amber the post is vacant",
        ),
        synonyms=("correction", "amend"),
    ),
    CommandEntry(Withhold, corrections.withhold, (Verb.ANSWER,)).typed(
        "withhold",
        read_withhold,
        usage="withhold REF ENTRY because …",
        line="Mark an entry as not for publication: elsewhere it says “update held”.",
        examples=("withhold healthy-5 3 because the tender is open",),
        synonyms=("hold", "not for publication"),
    ),
)

PRESSES = (
    ActionPressEntry(OnTrack, answers.on_track_pressed, (Verb.ANSWER,), records="On track"),
    ActionPressEntry(SomeIssues, forms.issues_form, (Verb.ANSWER,), records="Some issues…", asks=True),
    ActionPressEntry(OffTrack, forms.off_track_form, (Verb.ANSWER,), records="Off track…", asks=True),
    ActionPressEntry(NothingChanged, answers.no_change_pressed, (Verb.ANSWER,), records="No change"),
    ActionPressEntry(Done, forms.done_form, (Verb.ANSWER,), records="Done…", asks=True),
    ActionPressEntry(NotOursHere, forms.not_ours_form, (Verb.ANSWER,), records="Not ours", asks=True),
    ActionPressEntry(OtherAnswer, forms.other_form, (Verb.ANSWER,), records="Other…", asks=True),
    ActionPressEntry(SnoozeIt, answers.snooze_pressed, (Verb.SNOOZE,), repeatable=True),
    PressEntry(answers.UndoAnswer, answers.undo_pressed, (Verb.ANSWER,), replaces=Replaces.WHEN_DONE),
    PressEntry(answers.UndoOne, answers.undo_pressed, (Verb.ANSWER,)),
)

FORMS = (
    ActionFormEntry(SomeIssues, forms.issues_sent, (Verb.ANSWER,)),
    ActionFormEntry(Done, forms.done_sent, (Verb.ANSWER,)),
    ActionFormEntry(NotOursHere, forms.not_ours_sent, (Verb.ANSWER,)),
    ActionFormEntry(UpdateFollows, forms.follows_sent, (Verb.ANSWER,)),
)
