"""What is typed about the record, and the command it is, as a table."""

from datetime import date

import pytest

from handlers.commands import Command
from handlers.commands.answers import GiveUpdate, NoChange, ProposeClosure, ToFollow, Verbal
from handlers.commands.outcomes import RecordOutcome, RecordOutcomes, Reopen
from handlers.commands.questions import Unclear
from handlers.commands.records import LATEST, Correct, Redact, ShowHistory, Withhold
from models.enums import OutcomeKind, Status
from tests.handlers.reading.plan import SEFTON, TODAY, parse

ON, SOME = Status.ON_TRACK, Status.SOME_ISSUES
CLOSED, CARRIED, NOT_AGREED = OutcomeKind.CLOSED, OutcomeKind.CARRIED_FORWARD, OutcomeKind.NOT_AGREED
NOT_DONE, NO_DECISION = OutcomeKind.CLOSED_NOT_DONE, OutcomeKind.NO_DECISION
H5 = "healthy-5"


def several(
    *refs: str, kind: OutcomeKind | None = CLOSED, at: str = "", to: str = "", minute: str = "", reason: str = ""
) -> RecordOutcomes:
    return RecordOutcomes(tuple(RecordOutcome(ref, kind, at, to, minute, reason) for ref in refs))


COMMANDS: list[tuple[str, Command]] = [
    ("history healthy-5", ShowHistory(H5)),
    ("history of healthy 5", ShowHistory(H5)),
    ("entries healthy-5", ShowHistory(H5)),
    ("correct healthy-5 3 on track three advisors", Correct(H5, 3, GiveUpdate(H5, ON, "three advisors"))),
    ("correct healthy-5 entry 3: amber, post vacant", Correct(H5, 3, GiveUpdate(H5, SOME, "post vacant"))),
    ("correct healthy-5 #3 three advisors, not two", Correct(H5, 3, GiveUpdate(H5, None, "three advisors, not two"))),
    ("correct healthy-5 last no change", Correct(H5, LATEST, NoChange(H5))),
    ("correct healthy-5 no. 12 verbal", Correct(H5, 12, Verbal(H5))),
    ("correct healthy-5 2 done see the report", Correct(H5, 2, ProposeClosure(H5, "see the report"))),
    ("correct healthy-5 2 to follow by 4/9", Correct(H5, 2, ToFollow(H5, date(2020, 9, 4)))),
    ("correct 16 sep 3 2 on track", Correct("16sep-3", 2, GiveUpdate("16sep-3", ON))),
    ("withhold healthy-5 3 because the tender is open", Withhold(H5, 3, "the tender is open")),
    ("withhold healthy-5 3", Withhold(H5, 3)),
    ("redact healthy-5 3 it describes a child", Redact(H5, 3, "it describes a child")),
    ("redact healthy-5 entry 3, reason: it describes a child", Redact(H5, 3, "it describes a child")),
    ("redact healthy-5 the last entry because it names a family", Redact(H5, LATEST, "it names a family")),
    ("redact healthy-5 0 because it names a family", Redact(H5, 0, "it names a family")),
    ("redact healthy-5 3", Redact(H5, 3)),
    ("reopen healthy-5 because the report was withdrawn", Reopen(H5, "the report was withdrawn")),
    ("re-open healthy-5: the report was withdrawn", Reopen(H5, "the report was withdrawn")),
    ("reopen healthy-5", Reopen(H5)),
    ("withdraw healthy-5 because the funding ended", RecordOutcome(H5, NOT_DONE, reason="the funding ended")),
    ("not agreed healthy-5 because it is a draft", RecordOutcome(H5, NOT_AGREED, reason="it is a draft")),
    (
        "replace healthy-5 by happy-2 because they are one now",
        RecordOutcome(H5, NOT_DONE, reason="replaced by happy-2: they are one now"),
    ),
    ("replace healthy-5 with happy 2", RecordOutcome(H5, NOT_DONE, reason="replaced by happy-2")),
    ("close heard-9, heard 10 agreed 23/10 minute 41", several("heard-9", "heard-10", at="agreed 23/10", minute="41")),
    ("close heard-9 and heard-10", several("heard-9", "heard-10")),
    ("close heard-9 heard-10 healthy-5 minute 7", several("heard-9", "heard-10", H5, minute="7")),
    ("close heard-9, heard-9", RecordOutcome("heard-9", CLOSED)),
    ("close healthy-5, minute 41", RecordOutcome(H5, CLOSED, minute="41")),
    ("outcome heard-9 heard-10 carried forward to 8 Dec", several("heard-9", "heard-10", kind=CARRIED, to="8 Dec")),
    (
        "outcome heard-9, heard-10 not agreed because the figures are missing",
        several("heard-9", "heard-10", kind=NOT_AGREED, reason="the figures are missing"),
    ),
    ("outcome heard-9 & heard-10 no decision", several("heard-9", "heard-10", kind=NO_DECISION)),
    (
        "withdraw heard-9 and heard-10 because the funding ended",
        several("heard-9", "heard-10", kind=NOT_DONE, reason="the funding ended"),
    ),
]


@pytest.mark.parametrize(("text", "command"), COMMANDS, ids=lambda value: str(value)[:50])
def test_reads_what_is_asked_of_the_record(text: str, command: Command) -> None:
    read = parse(text, SEFTON, TODAY).command
    if isinstance(read, RecordOutcomes) and isinstance(command, RecordOutcomes):
        # The board's meeting is read later: "agreed 23/10" and "23/10" are the same to it.
        stripped = tuple(one.meeting.removeprefix("agreed ") for one in (*read.outcomes, *command.outcomes))
        assert len(set(stripped)) == 1
        read = RecordOutcomes(
            tuple(
                RecordOutcome(o.ref, o.kind, command.outcomes[0].meeting, o.to_meeting, o.minute, o.reason)
                for o in read.outcomes
            )
        )
    assert read == command


@pytest.mark.parametrize(
    ("text", "nearest", "sentence"),
    [
        ("history", "history", "Say which action"),
        ("correct healthy-5", "correct", "“/cypp history healthy-5” shows them"),
        ("correct healthy-5 on track", "correct", "Say which entry of healthy-5"),
        ("correct healthy-5 3", "correct", "Say what entry 3 should say"),
        ("redact healthy-5 because it names a child", "redact", "Say which entry of healthy-5"),
        ("replace healthy-5", "replace", "Say by which action healthy-5 is replaced"),
        ("replace healthy-5 by healthy-5", "replace", "cannot be replaced by itself"),
        ("replace healthy-5 by healthy-99", "replace", "healthy-99"),
        ("not agreed healthy-5", "not agreed", "because …"),
        ("withdraw healthy-5", "withdraw", "because …"),
        ("close heard-9, heard-99", "close", "heard-99"),
    ],
)
def test_what_is_missing_is_asked_for(text: str, nearest: str, sentence: str) -> None:
    read = parse(text, SEFTON, TODAY).command
    assert isinstance(read, Unclear)
    assert read.nearest == nearest
    assert sentence in read.say


def test_outcomes_without_what_was_decided_are_read_and_nothing_is_guessed() -> None:
    assert parse("outcome heard-9 heard-10", SEFTON, TODAY).command == several("heard-9", "heard-10", kind=None)
