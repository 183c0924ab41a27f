"""What people write after a meeting, and what the board decided by it: a table; more than half decides nothing."""

from datetime import date

import pytest

from handlers.reading.deeds.corrected import OutcomePutRight, read_put_right
from handlers.reading.deeds.decided import read_decided
from handlers.reading.whose import Sureness
from models.enums import OutcomeKind as Kind
from tests.handlers.reading.plan import SEFTON

DAY = date(2020, 9, 17)
TITLES = {"16sep-1": "show the animation of the plan to the board", "16sep-2": "bring the delivery plan for approval"}

PLAIN: list[tuple[str, tuple[str, ...], Kind, str, str, str]] = [
    ("16sep-3 closed", ("16sep-3",), Kind.CLOSED, "", "", ""),
    ("close 16sep-3, min 5", ("16sep-3",), Kind.CLOSED, "", "5", ""),
    ("min. 5.1: members agreed to close 16sep-3", ("16sep-3",), Kind.CLOSED, "", "5.1", ""),
    ("healthy 4 no decision", ("healthy-4",), Kind.NO_DECISION, "", "", ""),
    ("no decision on healthy 4, chair had to leave", ("healthy-4",), Kind.NO_DECISION, "", "", "chair had to leave"),
    ("heard 10 and happy 2 carry fwd to next meeting", ("heard-10", "happy-2"), Kind.CARRIED_FORWARD, "next", "", ""),
    ("c/f heard-10 to 8 Dec (item 4)", ("heard-10",), Kind.CARRIED_FORWARD, "8 dec", "4", ""),
    ("heard-10 was put off until the october board because nobody bid", ("heard-10",), Kind.CARRIED_FORWARD,
     "the october", "", "nobody bid"),
    ("16sep-3 not agreed, back to the lead because it is thin", ("16sep-3",), Kind.NOT_AGREED, "", "", "it is thin"),
    ("happy-6 replaced by happy-2 as they are one now", ("happy-6",), Kind.CLOSED_NOT_DONE, "", "",
     "replaced by happy-2: they are one now"),
    ("defer happy-2 to October, not December", ("happy-2",), Kind.CARRIED_FORWARD, "october", "", ""),
    ("16sep-3 closed, not 16sep-2, minute 4", ("16sep-3",), Kind.CLOSED, "", "4", ""),
    ("healthy-4 to come back in October", ("healthy-4",), Kind.CARRIED_FORWARD, "october", "", ""),
    ("RESOLVED that 16sep-3 be closed", ("16sep-3",), Kind.CLOSED, "", "", ""),
]  # fmt: skip
DECIDES_NOTHING_PLAIN = [
    "we carried on with heard-10 all summer",
    "heard-10 closed the school in July",
    "heard-10 moved me to tears",
    "the board noted heard-10",
    "heard-10 chair agreed to write to the colleges",
    "heard-10 agreed in principle",
    "heard-10 nearly agreed",
    "heard-10 was not closed",
    "members did not close heard-10",
    "I think heard-10 was closed",
    "if heard-10 is closed tell me",
    "heard-10 closed, subject to a final check",
    "heard-10 agreed, provided the map is added",
    "heard-10 will be closed in October",
    "heard-10 should have been withdrawn ages ago",
    "Head of Education says close heard-10",
    "heard-10 closed, but the chair wants it back",
    "heard-10 closed or carried forward",
    "I proposed that heard-10 be withdrawn but it fell",
    "heard-10 was brought forward in the agenda",
    "everybody agreed that heard-10 is the hardest one",
    "the lift was closed so heard-10 came late",
    "heard-10 on track, board agreed the new plan",
    "no decision yet on tea and biscuits",
    "carry the projector to the town hall",
    "heard-99 closed",
]
QUESTIONS = ["should heard-10 be closed?", "was heard-10 agreed yesterday", "did we close heard-10", "heard-10 closed?"]


@pytest.mark.parametrize(("words", "refs", "kind", "to", "minute", "reason"), PLAIN, ids=[row[0] for row in PLAIN])
def test_a_decision_is_read_with_its_meeting_minute_and_reason(
    words: str, refs: tuple[str, ...], kind: Kind, to: str, minute: str, reason: str
) -> None:
    reading = read_decided(words, SEFTON, DAY, TITLES)
    (part,) = reading.parts
    assert (part.refs, part.kind, part.to_meeting, part.minute, part.reason) == (refs, kind, to, minute, reason)
    assert part.sure is Sureness.PLAIN


@pytest.mark.parametrize("words", DECIDES_NOTHING_PLAIN)
def test_what_looks_like_a_decision_is_none_that_is_recorded(words: str) -> None:
    assert all(one.sure is Sureness.DOUBTED for one in read_decided(words, SEFTON, DAY, TITLES).parts)


@pytest.mark.parametrize("words", QUESTIONS)
def test_a_question_decides_nothing(words: str) -> None:
    assert read_decided(words, SEFTON, DAY, TITLES).parts == ()


@pytest.mark.parametrize("words", ["delivery plan approved", "the animation was shown to members, complete"])
def test_what_is_named_by_its_words_alone_is_never_plain(words: str) -> None:
    (part,) = read_decided(words, SEFTON, DAY, TITLES).parts
    assert part.sure is Sureness.LIKELY


@pytest.mark.parametrize(
    ("words", "but"),
    [("all the rest closed", ()), ("carry forward everything else to october", ()),
     ("everything apart from 16sep-3 carried over to october", ("16sep-3",)),
     ("all carried forward to october", ()), ("all deferred to december except 16sep-3", ("16sep-3",)),
     ("rest roll over to october", ()), ("others carried forward to october", ()),
     ("close everything that was proposed", ()), ("all the proposed closures were agreed", ())],
)  # fmt: skip
def test_what_is_counted_is_never_plain(words: str, but: tuple[str, ...]) -> None:
    (part,) = read_decided(words, SEFTON, DAY, TITLES).parts
    assert (part.counted, part.but, part.sure) == (True, but, Sureness.LIKELY)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sorry that was minute 9 not 7", OutcomePutRight(minute="9")),
        ("oh, 16sep-3 was 8.1", OutcomePutRight("16sep-3", "8.1")),
        ("the minute of 16sep-3 is 6.2 not 5", OutcomePutRight("16sep-3", "6.2")),
        ("no sorry december", OutcomePutRight(meeting="december")),
        (
            "sorry that should be carried forward to october",
            OutcomePutRight(meeting="october", kind=Kind.CARRIED_FORWARD),
        ),
        ("no wait it was heard-10", OutcomePutRight("heard-10", other=True)),
        ("oh, that was withdrawn", OutcomePutRight(kind=Kind.CLOSED_NOT_DONE)),
        ("it was heard-10", None),
        ("carried forward to october", None),
        ("sorry, done now", None),
        ("no, the school was withdrawn", None),
        ("minute 5.1 of june is wrong", None),
        ("sorry, was 9 of us there", None),
        ("december", None),
        ("is the minute 9?", None),
        ("16sep-3 was 8 weeks late", None),
    ],
)
def test_only_words_that_say_nothing_else_put_an_outcome_right(words: str, expected: OutcomePutRight | None) -> None:
    assert read_put_right(words, SEFTON, DAY) == expected


@pytest.mark.parametrize(
    "words",
    ["all carried forward to october except 16sep-3 which was agreed closed, minute 5",
     "everything deferred to december apart from 16sep-3 (closed, minute 5)"],
)  # fmt: skip
def test_what_is_excepted_may_be_decided_by_itself(words: str) -> None:
    counted, part = read_decided(words, SEFTON, DAY, TITLES).parts
    assert (counted.counted, counted.but, counted.minute) == (True, ("16sep-3",), "")
    assert (part.refs, part.kind, part.minute, part.sure) == (("16sep-3",), Kind.CLOSED, "5", Sureness.LIKELY)


@pytest.mark.parametrize(
    "words",
    ["rest of the afternoon was carried forward to other business", "all agreed it was a good meeting",
     "all agreed that the hall was cold", "the rest home was closed", "all schools closed"],
)  # fmt: skip
def test_what_counts_no_actions_decides_on_none(words: str) -> None:
    assert not any(one.counted for one in read_decided(words, SEFTON, DAY, TITLES).parts)


@pytest.mark.parametrize("words", ["A-1-" * 800 + "!", " ".join(f"x{n}-{n}" for n in range(500)) + ".", "» " * 1500])
def test_more_that_may_be_refs_than_are_looked_up_decides_nothing(words: str) -> None:
    assert read_decided(words, SEFTON, DAY, TITLES).parts == ()
