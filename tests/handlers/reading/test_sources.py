"""Where words came from, and that they are not for publication: tables of what is read, and of what must not be."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import product

import pytest

from handlers.reading.answer_parts import AnswerPart, read_parts
from handlers.reading.dates import NoDay
from handlers.reading.heard import Heard, source_in, without
from handlers.reading.source_words import HeardBy
from handlers.reading.trimming import without_courtesies
from handlers.reading.whose import Sureness, Whose
from handlers.reading.withheld import withheld_in
from tests.handlers.reading.names_plan import SEFTON_NAMES
from tests.understanding.rows import FOLDER, read_rows

TODAY = date(2020, 9, 8)
EMAIL, PHONE, LETTER, PERSON, MEETING = HeardBy.EMAIL, HeardBy.PHONE, HeardBy.LETTER, HeardBy.PERSON, HeardBy.MEETING
_BOUND = re.compile(r"\b(?:on track|off track|amber|green|red|not started|no change|[a-z0-9]+-[0-9]+)\b")


def bounds(text: str) -> list[tuple[int, int]]:
    """Return where a status or a ref stands."""
    return [found.span() for found in _BOUND.finditer(text)]


def heard(text: str, today: date = TODAY, apart: Iterable[tuple[int, int]] = ()) -> tuple[str, Heard | None]:
    """Return the words without how they were heard, and that."""
    told = source_in(text, SEFTON_NAMES, today, apart)
    return (text, None) if told is None else (without(text, told.spans), told.heard)


def held(text: str, apart: Iterable[tuple[int, int]] = ()) -> tuple[str, str | None]:
    """Return the words without the mark, and why."""
    mark = withheld_in(text, apart)
    return (text, None) if mark is None else (without(text, ((mark.start, mark.end),)), mark.why)


HELD = [
    ("two posts vacant, not for publication because the tender is open", "two posts vacant", "the tender is open"),
    ("two posts vacant. Not for publication: the tender is open", "two posts vacant", "the tender is open"),
    ("two posts vacant (not for publication because the tender is open)", "two posts vacant", "the tender is open"),
    ("two posts vacant not for publication because it is open", "two posts vacant", "it is open"),
    ("not for publication as it is under negotiation", "", "it is under negotiation"),
    ("two posts vacant, not for publication", "two posts vacant", ""),
    ("two posts vacant\nnot to be published because X", "two posts vacant", "X"),
    ("(not for publication, staffing matter) off track, officer gone", "off track, officer gone", "staffing matter"),
    ("two posts vacant, not for publication until Thursday", "two posts vacant", "until Thursday"),
    ("don't publish this: amber, the lead has left", "amber, the lead has left", ""),
    ("confidential – names an officer. two posts vacant", "two posts vacant", "names an officer"),
    ("confidential: healthy-9 off track, gone", "healthy-9 off track, gone", ""),
    ("two posts vacant - keep this out of the papers please, staffing", "two posts vacant", "staffing"),
    ("two posts vacant, this is off the record because of the tender", "two posts vacant", "of the tender"),
    ("told me in confidence that she is leaving", "", "that she is leaving"),
    ("two posts vacant (Not for publication)", "two posts vacant", ""),
    # what looks like a mark
    ("the report is not for publication until June", "the report is not for publication until June", None),
    ("for publication in June", "for publication in June", None),
    ("not for profit printer found", "not for profit printer found", None),
    ("confidential helpline opened", "confidential helpline opened", None),
    ("publication of the results is on 12 Sept", "publication of the results is on 12 Sept", None),
    ("do not publish the old pages went to clubs", "do not publish the old pages went to clubs", None),
    ("draft shared in confidence", "draft shared in confidence", None),
    ("the report is confidential", "the report is confidential", None),
    ("private clubs joined", "private clubs joined", None),
    ("off the record player went the dust", "off the record player went the dust", None),
    ("keep this out of reach of the tender", "keep this out of reach of the tender", None),
]


@pytest.mark.parametrize(("text", "words", "why"), HELD)
def test_not_for_publication_is_said_anywhere_in_words(text: str, words: str, why: str | None) -> None:
    assert held(text, bounds(text)) == (words, why)


def test_a_mark_that_is_about_something_else_is_a_doubt() -> None:
    mark = withheld_in("it is not for publication that we exist")
    assert mark is not None
    assert mark.doubt


HEARD = [
    # words, what is left, who, how, day; on Tue 8 Sep 2020
    ("two advisors for Head of Education by e-mail 4/9", "two advisors", "Head of Education", EMAIL, (9, 4)),
    ("two advisors, for Head of Education, by email of 4 Sep", "two advisors", "Head of Education", EMAIL, (9, 4)),
    ("for Head of Education by e-mail Friday", "", "Head of Education", EMAIL, (9, 4)),
    ("x for the Head of Education by phone", "x", "Head of Education", PHONE, (9, 8)),
    ("x for Head of Education in person yesterday", "x", "Head of Education", PERSON, (9, 7)),
    ("x for Head of Education by telephone on 1/9", "x", "Head of Education", PHONE, (9, 1)),
    ("x, by e-mail of Fri 4 Sep", "x", "", EMAIL, (9, 4)),
    ("waiting for the survey for Head of Education by e-mail 4/9.", "waiting for the survey.", "Head of Education",
     EMAIL, (9, 4)),
    ("x for Head of Education by e-mail 12/9", "x", "Head of Education", EMAIL, (9, 12)),
    ("x for Head of Education by letter of the 1st", "x", "Head of Education", LETTER, (9, 1)),
    ("two advisors for Public Health Lead for Children by e-mail 4/9", "two advisors",
     "Public Health Lead for Children", EMAIL, (9, 4)),
    # at the head and amid
    ("CVS rang this morning - on track, printing", "on track, printing", "CVS", PHONE, (9, 8)),
    ("comms say amber for 16sep-1, e-mail this morning, sound needs doing again",
     "amber for 16sep-1, sound needs doing again", "comms", EMAIL, (9, 8)),
    ("police say on track (e-mail from the Supt 3 Sept)", "on track", "Supt", EMAIL, (9, 3)),
    ("photos missing, from Active Sefton by phone 4/9", "photos missing", "Active Sefton", PHONE, (9, 4)),
    ("on behalf of environmental health, phone 7/8, monitors late", "monitors late", "environmental health", PHONE,
     (8, 7)),
    ("green (Integrated Commissioning, e-mail 4/9)", "green", "Integrated Commissioning", EMAIL, (9, 4)),
    ("third officer starts. supt emailed 3 sept", "third officer starts", "supt", EMAIL, (9, 3)),
    ("told me at the board", "", "", MEETING, (9, 8)),
    ("off track, per her letter of 3 Aug", "off track", "", LETTER, (8, 3)),
    ("as minuted on 12 August, on track", "on track", "", HeardBy.MINUTES, (8, 12)),
    ("Head of Ed rang on Friday to say the survey is late", "the survey is late", "Head of Ed", PHONE, (9, 4)),
    ("spoke to CVS today, still on track", "still on track", "CVS", HeardBy.TOLD, (9, 8)),
    ("had a call from CVS this morning, on track", "on track", "CVS", PHONE, (9, 8)),
    ("bids in, confirmed by email", "bids in", "", EMAIL, (9, 8)),
    ("police say it is on track", "on track", "police", HeardBy.TOLD, (9, 8)),
    ("supt's e-mail of 3 September: amber, one withdrew", "amber, one withdrew", "supt's", EMAIL, (9, 3)),
    ("Head of Education, over the phone, yesterday", "", "Head of Education", PHONE, (9, 7)),
    ("green per head of education at the team meeting 3/9", "green", "head of education", MEETING, (9, 3)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "post", "how", "day"), HEARD)
def test_how_it_was_heard_is_said_anywhere_in_words(
    text: str, words: str, post: str, how: HeardBy, day: tuple[int, int]
) -> None:
    left, told = heard(text, apart=bounds(text))
    assert told is not None
    assert (left.rstrip("."), told.typed, told.way, told.day) == (words.rstrip("."), post, how, date(2020, *day))


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
    told = heard(f"x, by e-mail {typed}", today)[1]
    assert told is not None
    assert told.day == day


def test_a_day_that_is_none_says_so() -> None:
    told = heard("x for Head of Education by e-mail 31/9")[1]
    assert told is not None
    assert isinstance(told.day, NoDay)


NOT_HEARD = """
invitations sent by e-mail to all schools
seen in person by all
by e
we e-mailed all schools on Monday
we e-mailed CVS on Monday
phone lines are down
not for profit
the letter of the law
publication of the results is on 12 Sept
police said they would help
phone call tomorrow
the CCG rang to cancel the workshop
the e-mail of 20 August was never answered
e-mail from the printers on 12 Aug
400 posters by post on Friday
two teams told me at the board
schools told us they like it
leaflets out by letter
a letter on 3 Sept
from September the studio is shut
the officer is on call today
police called a meeting today
head of education met the police on Friday
reported to police by phone line users
I rang the printers today
text agreed 3 Sept by all
message to schools went on Friday
the board said yes
phone, tablet and laptop bought
minuted as item 5
"""


@pytest.mark.parametrize("text", ["", *NOT_HEARD.strip().splitlines()])
def test_other_words_are_left_alone(text: str) -> None:
    assert heard(text) == (text, None)


_WORDS = ("two advisors recruited", "the report (draft 2) is out; 5 of 12 schools", "third profile went up - 75%")
_SOURCES = (
    ("by e-mail 4/9", EMAIL),
    ("CVS rang on Friday", PHONE),
    ("Head of Ed, phone, 4 Sept", PHONE),
    ("per her letter of 4 Sept", LETTER),
    ("from Active Sefton by e-mail 4/9", EMAIL),
    ("told me in person on Friday", PERSON),
)


@pytest.mark.parametrize(("words", "source"), list(product(_WORDS, _SOURCES)))
def test_a_source_put_at_the_head_or_the_end_leaves_the_same_words(words: str, source: tuple[str, HeardBy]) -> None:
    said, way = source
    for text in (f"{said}, {words}", f"{said} - {words}", f"{said}: {words}", f"({said}) {words}", f"{words}, {said}",
                 f"{words} ({said})", f"{words} - {said}", f"{words}. {said}", f"{words}\n{said}"):  # fmt: skip
        left, told = heard(text)
        assert told is not None, text
        assert (left.rstrip("."), told.way, told.day) == (words, way, date(2020, 9, 4)), text


def _answers() -> list[str]:
    """Return what leads of the corpus write that is recorded at once about an action it names."""
    rows = [row for row in read_rows([FOLDER / "answers.yaml"]) if row.kind == "record" and row.role == "lead"]
    said = [row.says[0] for row in rows if len(row.says) == 1 and "way" not in row.keys]
    plain = [one for one in said if not one.startswith(("/cypp", "@")) and "not for publication" not in one]
    return [one for one in plain if len(_read(one)) == 1 and _read(one)[0].sure is Sureness.PLAIN]


def _read(text: str) -> tuple[AnswerPart, ...]:
    return read_parts(text, SEFTON_NAMES, Whose(for_others=True), TODAY).parts


_ANSWERS = _answers()


@pytest.mark.parametrize("source", ["CVS rang on Friday", "comms, e-mail, 4 Sept", "by phone 4/9"])
def test_a_source_beside_any_answer_of_the_corpus_changes_neither_status_nor_words(source: str) -> None:
    assert len(_ANSWERS) >= 30
    for text in _ANSWERS:
        (plain,) = _read(text)
        for said in (f"{source} - {text}", f"{text} ({source})", f"{text}, {source}", f"{text}\n{source}"):
            (part,) = _read(said)
            assert (part.refs, part.said, part.status, part.sure) == (
                plain.refs,
                plain.said,
                plain.status,
                plain.sure,
            ), said
            left, told = heard(part.words)
            assert told is not None, said
            assert without_courtesies(left).rstrip(".!") == plain.words.rstrip(".!"), said


@pytest.mark.parametrize("mark", ["not for publication because the tender is open", "confidential, staffing"])
def test_a_mark_beside_any_answer_of_the_corpus_changes_neither_status_nor_words(mark: str) -> None:
    for text in _ANSWERS:
        (plain,) = _read(text)
        for said in (f"({mark}) {text}", f"{mark}. {text}", f"{text} ({mark})", f"{text}\n{mark}"):
            (part,) = _read(said)
            assert (part.refs, part.said, part.status) == (plain.refs, plain.said, plain.status), said
            left, why = held(part.words)
            assert why in ("the tender is open", "staffing"), said
            assert without_courtesies(left).rstrip(".!") == plain.words.rstrip(".!"), said
