"""Questions in plain words, as subject, filter and measure: a table of what reads as what, and of what is no question.

Source: docs/explanation/what-people-write.md, Questions in plain words.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.queries.query import Measure, Query, QuestionReading
from handlers.reading.queries.question_reader import read_questions
from handlers.reading.questions import content_of, sounds_like_a_question
from tests.handlers.reading.names_plan import SEFTON_NAMES

TODAY = date(2020, 8, 10)
SEFTON = SEFTON_NAMES


def read(text: str) -> QuestionReading | None:
    return read_questions(text, SEFTON, TODAY)


def brief(query: Query) -> str:
    """A query in a line: measure, subjects, statuses and filters, times, and what else it has."""
    parts = [query.measure.value if query.measure is not Measure.LIST else ""]
    parts += [f"{one.kind.value} {one.key}" for one in query.subjects]
    holds = [*sorted(one.value for one in query.statuses), *(one.value for one in query.filters)]
    parts += [f"{'not ' if query.denied else ''}{' or '.join(holds) if query.statuses else ' & '.join(holds)}"]
    parts += [kind.value for kind in query.kinds]
    parts += [f"by {query.by.value}" if query.by else "", query.most, str(query.limit or "")]
    parts += [change.value for change in query.changes]
    parts += [f"{one.relation} {one.typed}".strip() for one in query.times]
    parts += ["every" if query.every else "yes?" if query.yes_no else ""]
    parts += [f"“{one.typed}”" for one in query.phrases]
    return "; ".join(filter(None, parts)) or "the plan"


READ = [
    # subjects, each by any of its names
    ("how is priority 7 going?", "priorities 7"),
    ("hows theme healthy", "theme healthy"),
    ("where are we with healthy-5", "action healthy-5"),
    ("how are we doing on 7 8 and 9", "priorities 7,8,9"),
    ("what's the latest from Alder Hey", "said; organisation alder-hey"),
    ("show me everything for the police", "organisation merseyside-police"),
    ("what is Head of Education leading", "post head-of-education"),
    ("how many actions does hwb have", "count; board hwb"),
    ("what have I got that's amber", "own ; some issues"),
    ("how is it all going?", "the plan"),
    ("how is clean air going", "“clean air”"),
    # filters
    ("how many are amber", "count; some issues"),
    ("which are not green", "not on track"),
    ("anything not green in happy", "theme happy; not on track; yes?"),
    ("red or amber under heard or happy", "theme heard; theme happy; off track or some issues"),
    ("how much of heard is amber or worse", "share; theme heard; off track or some issues"),
    ("anything late?", "overdue; yes?"),
    ("which of the police ones are overdue", "organisation merseyside-police; overdue"),
    ("who hasn't answered", "who; owed"),
    ("who still owes us something for October", "who; owed; for October"),
    ("which actions have no lead?", "no lead"),
    ("anything without a due meeting", "no due meeting; yes?"),
    ("has anything been replanned", "re-planned; yes?"),
    ("what's waiting for the board to agree", "proposed for closure"),
    ("is anything held back from publication", "not for publication; yes?"),
    ("standing commitments under happy", "theme happy; standing commitment"),
    ("what is due at the october board", "due; at the october board"),
    ("which are due by the end of september", "due; by the end of september"),
    ("which have missed a meeting", "missed"),
    # measures
    ("which ones should we worry about", "worst"),
    ("top 3 problem areas?", "worst; 3"),
    ("the health ones, worst at the top", "worst; theme healthy"),
    ("priority 5 in one sentence", "sentence; priorities 5"),
    ("read me out priority 4", "sentence; priorities 4"),
    ("compare heard with happy", "compare; theme heard; theme happy"),
    ("is priority 4 doing better than priority 5", "compare; priorities 4; priorities 5; yes?"),
    ("break it down by priority for me", "by priority"),
    ("how many does each lead have", "count; by lead"),
    ("number of actions per organisation", "count; by organisation"),
    ("which priority is doing worst", "rank; by priority"),
    ("which lead has the most", "rank; by lead; most"),
    ("what has changed since 9 July", "change; changed; since 9 July"),
    ("anything got better since the last board", "change; improved; since last board; yes?"),
    ("anything closed since july", "change; closed; since july; yes?"),
    ("what did the board decide on heard-9", "decided; action heard-9"),
    ("why is healthy-9 red", "why; action healthy-9; off track"),
    ("when is healthy-5 due?", "when; action healthy-5; due"),
    ("when is the next meeting", "meetings"),
    ("when are the next three partnership boards", "meetings; board partnership; 3"),
    ("when do papers go out for september", "meetings; for september"),
    # yes or no
    ("is healthy-5 on track?", "action healthy-5; on track; yes?"),
    ("isn't healthy-4 off track?", "action healthy-4; off track; yes?"),
    ("are the police late with anything", "organisation merseyside-police; overdue; yes?"),
    ("is everything in september on schedule", "on track; in september; every"),
    ("has everyone answered?", "answered; every"),
]

SEVERAL: list[tuple[str, list[str], list[str]]] = [
    ("hows priority 4, and when do we next meet", ["priorities 4", "meetings"], []),
    ("what is due in september and who is leading it", ["due; in september"], []),
    ("how many of the happy ones are green and how many red",
     ["count; theme happy; on track", "count; theme happy; off track"], []),
    ("papers go when for the 16th? and for the october one?",
     ["meetings; for the 16th", "meetings; for the october"], []),
    ("priority 6 and priority 10 please", ["priorities 6; priorities 10"], []),
]  # fmt: skip

IN_PART = [
    ("which actions are amber and over budget", ["over budget"]),
    ("actions in Bootle that are on track", ["in Bootle"]),
    ("amber ones led by women", ["led by women"]),
    ("which red actions need more money", ["need more money"]),
    ("how does healthy compare with Knowsley", ["Knowsley"]),
]

NO_QUESTION = [
    "",
    "thanks",
    "anything",
    "on track",
    "why?",
    "who leads it?",
    "what now?",
    "healthy-5 on track, two advisors recruited",
    "how is healthy-5? all posts are filled",
    "all overdue items are now with legal",
    "we are late because the supplier went under",
    "what we need is two more officers",
    "what has changed since last time is that we hired someone",
    "which means we are behind on healthy-5",
    "when the board met we were told to wait",
    "is late because the supplier went under",
    "have sent the report, on track",
    "has been agreed with the schools",
    "the partnership board closed the item",
    "police on track",
    "all on track",
    "dont put healthy-5 in the papers as red til I've spoken to him",
    "any delay is due to the schools. we expect them in May",
    "what we did:\nwe met the schools",
    "how is " + "x" * 400,
]


@pytest.mark.parametrize(("text", "query"), READ)
def test_a_question_is_read_as_subject_filter_and_measure(text: str, query: str) -> None:
    reading = read(text)
    assert reading is not None
    assert [brief(one) for one in reading.queries] == [query]
    assert reading.unread == ()


@pytest.mark.parametrize(("text", "queries", "unread"), SEVERAL)
def test_several_questions_in_one_message_are_several_queries(text: str, queries: list[str], unread: list[str]) -> None:
    reading = read(text)
    assert reading is not None
    assert [brief(one) for one in reading.queries] == queries
    assert list(reading.unread) == unread


@pytest.mark.parametrize(("text", "unread"), IN_PART)
def test_words_that_nothing_explains_are_kept_as_typed(text: str, unread: list[str]) -> None:
    reading = read(text)
    assert reading is not None
    assert [*reading.unread, *(one.shown for query in reading.queries for one in query.phrases)] == unread


@pytest.mark.parametrize("text", NO_QUESTION)
def test_what_asks_nothing_is_no_question(text: str) -> None:
    reading = read(text)
    assert reading is None or not (reading.asked and reading.is_whole)


SAME = [
    ("how many are amber", "what is the number of ambers", "count the actions at risk"),
    ("which actions are off track", "list the red ones", "show me everything that's red"),
    ("who hasn't answered", "who has not replied", "who has yet to respond"),
    ("what is overdue at hwb", "which of the hwb ones are late", "anything behind at hwb"),
]
AROUND = st.tuples(
    st.sampled_from(["", "hi, ", "Good morning. ", "please ", "could you tell me "]),
    st.sampled_from(["", " please", " thanks", ", thank you", " pls"]),
    st.sampled_from(["", "?", "??", " ."]),
    st.sampled_from([str, str.upper, str.capitalize]),
)


def asks(text: str) -> list[str]:
    """What a message asks, as lines, yes or no apart."""
    reading = read(text)
    return [] if reading is None else [brief(one).removesuffix("; yes?").casefold() for one in reading.queries]


@pytest.mark.parametrize("some", SAME)
def test_the_same_asked_in_other_words_is_the_same_selection(some: tuple[str, ...]) -> None:
    selected = set()
    for text in some:
        reading = read(text)
        assert reading is not None
        selected |= {
            (one.subjects and one.subjects[0].key, one.statuses, one.filters, one.denied) for one in reading.queries
        }
    assert len(selected) == 1


@given(st.sampled_from([text for text, _ in READ]), AROUND)
def test_courtesy_case_and_marks_change_no_query(text: str, around: tuple[str, str, str, type[str]]) -> None:
    before, after, mark, case = around
    bare = text.rstrip("?.")
    assert asks(f"{before}{case(bare)}{after}{mark}") == [line.casefold() for line in asks(text)]


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("what now?", True),
        ("why is that?", True),
        ("Could you tell me what the minute said?", True),
        ("Can you mark healthy-5 as done?", False),
        ("should this go to the board?", False),
        ("what now", False),
        ("two of three advisors started, what about the rest?", False),
        ("What a week. Is it over?", False),
    ],
)
def test_only_one_sentence_that_begins_and_ends_like_a_question_sounds_like_one(text: str, sounds: bool) -> None:
    assert sounds_like_a_question(text) is sounds


def test_what_a_question_is_about_is_its_other_words() -> None:
    assert content_of("do we know what the youth version cost?") == "youth version cost"
    assert content_of("what now?") == ""


def test_a_question_behind_a_thousand_others_is_no_error() -> None:
    read_questions("how many are red » " * 1500, SEFTON, TODAY)
