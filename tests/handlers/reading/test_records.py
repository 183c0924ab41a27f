"""What is typed about the record, and the command it is; what stands at the end of words about them, as tables."""

from datetime import date

import pytest

from handlers.commands import Command
from handlers.commands.answers import GiveUpdate, NoChange, ProposeClosure, ToFollow, Verbal
from handlers.commands.outcomes import RecordOutcome, RecordOutcomes, Reopen
from handlers.commands.questions import Unclear
from handlers.commands.records import LATEST, Correct, Redact, ShowHistory, Withhold
from handlers.reading.dates import NoDay
from handlers.reading.source_phrases import split_heard, split_held
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
        ("replace healthy-5", "replace", "Say by which action"),
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


HELD = [
    ("two posts vacant, not for publication because the tender is open", "two posts vacant", "the tender is open"),
    ("two posts vacant. Not for publication: the tender is open", "two posts vacant", "the tender is open"),
    ("two posts vacant (not for publication because the tender is open)", "two posts vacant", "the tender is open"),
    ("two posts vacant not for publication because it is open", "two posts vacant", "it is open"),
    ("not for publication as it is under negotiation", "", "it is under negotiation"),
    ("two posts vacant, not for publication", "two posts vacant", ""),
    ("two posts vacant\nnot to be published because X", "two posts vacant", "X"),
    ("the report is not for publication until June", "the report is not for publication until June", None),
    ("for publication in June", "for publication in June", None),
]


@pytest.mark.parametrize(("text", "words", "why"), HELD)
def test_not_for_publication_is_said_at_the_end_of_words(text: str, words: str, why: str | None) -> None:
    assert split_held(text) == (words, why)


HEARD = [
    # words, what is left, post, how, day; on Tue 8 Sep 2020
    ("two advisors for Head of Education by e-mail 4/9", "two advisors", "Head of Education", "by e-mail of", (9, 4)),
    (
        "two advisors, for Head of Education, by email of 4 Sep",
        "two advisors",
        "Head of Education",
        "by e-mail of",
        (9, 4),
    ),
    ("for Head of Education by e-mail Friday", "", "Head of Education", "by e-mail of", (9, 4)),
    ("x for the Head of Education by phone", "x", "the Head of Education", "by phone on", (9, 8)),
    ("x for Head of Education in person yesterday", "x", "Head of Education", "in person on", (9, 7)),
    ("x for Head of Education by telephone on 1/9", "x", "Head of Education", "by phone on", (9, 1)),
    ("x, by e-mail of Fri 4 Sep", "x", "", "by e-mail of", (9, 4)),
    (
        "waiting for the survey for Head of Education by e-mail 4/9.",
        "waiting for the survey",
        "Head of Education",
        "by e-mail of",
        (9, 4),
    ),
    ("x for Head of Education by e-mail 12/9", "x", "Head of Education", "by e-mail of", (9, 12)),
    ("x for Head of Education by letter of the 1st", "x", "Head of Education", "by letter of", (9, 1)),
]


@pytest.mark.parametrize(("text", "words", "post", "how", "day"), HEARD)
def test_how_it_was_heard_is_said_at_the_end_of_words(
    text: str, words: str, post: str, how: str, day: tuple[int, int]
) -> None:
    left, heard = split_heard(text, date(2020, 9, 8))
    assert heard is not None
    named, before = heard.posts[0] if heard.posts else ("", left)
    assert (before, named, heard.how, heard.day) == (words, post, how, date(2020, *day))


def test_a_title_may_have_a_for_of_its_own() -> None:
    heard = split_heard("two advisors for Public Health Lead for Children by e-mail 4/9", date(2020, 9, 8))[1]
    assert heard is not None
    assert heard.posts == (
        ("Children", "two advisors for Public Health Lead"),
        ("Public Health Lead for Children", "two advisors"),
    )


@pytest.mark.parametrize(
    ("today", "typed", "day"),
    [
        (date(2021, 1, 5), "28/12", date(2020, 12, 28)),
        (date(2021, 1, 5), "4/2", date(2021, 2, 4)),
        (date(2020, 3, 1), "29 Feb", date(2020, 2, 29)),
        (date(2020, 9, 8), "today", date(2020, 9, 8)),
        (date(2020, 9, 8), "tomorrow", date(2020, 9, 9)),
        (date(2020, 9, 8), "Wednesday", date(2020, 9, 2)),
        (date(2020, 9, 8), "4/9/2021", date(2021, 9, 4)),
    ],
)
def test_a_day_without_its_year_is_the_nearest(today: date, typed: str, day: date) -> None:
    heard = split_heard(f"x, by e-mail {typed}", today)[1]
    assert heard is not None
    assert heard.day == day


def test_a_day_that_is_none_says_so() -> None:
    heard = split_heard("x for Head of Education by e-mail 31/9", TODAY)[1]
    assert heard is not None
    assert isinstance(heard.day, NoDay)


@pytest.mark.parametrize("text", ["invitations sent by e-mail to all schools", "seen in person by all", "by e", ""])
def test_other_words_are_left_alone(text: str) -> None:
    assert split_heard(text, TODAY) == (text, None)
