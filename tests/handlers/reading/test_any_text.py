"""Whatever is typed, reading it neither raises nor takes long, and records only what it may."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.actions.search import find
from handlers.commands import Command
from handlers.commands.answers import Reading, Recorded, ShowBack
from handlers.reading.board_names import BoardAsk, BoardFound, read_board
from handlers.reading.clauses import ANSWER_PHRASES
from handlers.reading.command_arguments import Parsed
from handlers.reading.dates import NoDay
from handlers.reading.days import read_day
from handlers.reading.meeting_names import MeetingAsk, MeetingFound, read_meeting
from handlers.reading.plain_replies import read_reply
from handlers.reading.queries.question_reader import read_questions
from handlers.reading.queries.question_words import phrases
from handlers.reading.questions import content_of, sounds_like_a_question
from handlers.reading.targets import Target, read_target
from handlers.reading.tokens import lexicon_entries
from handlers.reading.vocabulary import Vocabulary
from handlers.reading.whose import Whose
from models.rules.status_words import RATING_WORDS
from tests.growth import assert_linear, repeated
from tests.handlers.reading.plan import EMPTY, GRAMMAR, NUMBERED, SEFTON, TODAY, parse

ANSWERS = (
    *RATING_WORDS, "done", "finished", "complete", "completed", "no change", "nothing new", "as before", "unchanged",
    "nothing to add", "same as last time", "verbal update", "verbal", "verbally", "not ours", "not for us",
    "not my area", "to follow by 4/9",
)  # fmt: skip
PIECES = (
    *ANSWERS, *GRAMMAR.names, "a" * 39 + "¾", "healthy-5", "healthy 9", "helthy 5", "7.3", "16 sep 3", "g", "a",
    "r", "is", "not", "was", "now",
    "if", "because", "and", ",", ".", ";", ":", "-", "–", "?", "!", "\n", "(", ")", "*", "’", "“", "12/9", "31/9",
    "next",
    "partnership", "priority 7", "p7", "theme", "healthy", "to", "the", "two advisors", "👍", ":+1:",
    "https://x.org/red",
    "<@U1>", "minute 41", "thanks", "²", "\u200b", "\x01", "\x02", "İ", "ß",
)  # fmt: skip

ASKING = sorted(
    {" ".join(words) for some in phrases().values() for words, _ in some} | {"priority 7", "october", "heard", "?"}
)
anything = st.one_of(
    st.lists(st.sampled_from(ASKING), max_size=12).map(" ".join),
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=25).map("".join),
)
plans = st.sampled_from([SEFTON, NUMBERED, EMPTY])
owed_refs = st.lists(st.sampled_from(["healthy-5", "healthy-9", "heard-2"]), max_size=3, unique=True).map(tuple)

BOUND = r"[\s.,;:!?()\[\]*_•|=>…\-–—\"']|[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\x01\x02]|\b"
KNOWN = sorted({phrase for phrase, kind, _ in lexicon_entries() if kind in ANSWER_PHRASES}, key=len, reverse=True)
BOUNDED = re.compile(
    rf"(?:^|{BOUND})(?:{'|'.join(re.escape(word).replace(chr(92) + ' ', '[ -]') for word in KNOWN)}|[gar])(?:$|{BOUND})"
)


@given(anything, plans)
def test_any_text_is_some_command(text: str, plan: Vocabulary) -> None:
    parsed = parse(text, plan, TODAY)
    assert isinstance(parsed, Parsed)
    assert isinstance(parsed.command, Command)
    assert parsed == parse(text, plan, TODAY)


@given(anything, plans, owed_refs, st.sampled_from(["", "healthy-9"]))
def test_any_reply_is_some_reading(text: str, plan: Vocabulary, owed: tuple[str, ...], topic: str) -> None:
    read = read_reply(text, plan, Whose(owed, (topic,) if topic else ()), TODAY)
    assert isinstance(read, get_args(Reading))
    if isinstance(read, ShowBack):
        assert len(read.refs) <= 5
        assert len(set(read.refs)) == len(read.refs)


@given(anything, owed_refs, st.sampled_from(["", "healthy-9"]))
def test_nothing_is_recorded_without_the_words_of_an_answer(text: str, owed: tuple[str, ...], topic: str) -> None:
    read = read_reply(text, SEFTON, Whose(owed, (topic,) if topic else ()), TODAY)
    if isinstance(read, Recorded):
        assert read.commands
        assert BOUNDED.search(re.sub(r"\s+", " ", text.lower().replace("’", "'").replace("\u200b", "")))
        known = {SEFTON.exact_ref(command.ref) for command in read.commands}
        assert None not in known
        assert len({command.ref for command in read.commands}) == len(read.commands)


@given(anything, plans)
def test_any_question_is_read_or_none(text: str, plan: Vocabulary) -> None:
    reading = read_questions(text, plan, TODAY)
    if reading is not None:
        assert reading.queries
        assert sum(map(len, reading.unread)) <= len(text) + 200
        assert not isinstance(read_reply(text, plan, Whose(("healthy-5",)), TODAY), Recorded) or "?" not in text
    assert isinstance(sounds_like_a_question(text), bool)
    assert len(content_of(text).split()) <= 12
    assert find(text, ()).ids == ()


@given(st.sampled_from(["healthy-5 ", ""]), st.sampled_from(list(RATING_WORDS)), st.text("bcdefijklmnop", min_size=3))
def test_a_status_that_a_plain_word_follows_is_never_recorded(ref: str, status: str, word: str) -> None:
    read = read_reply(f"{ref}{status} {word}", SEFTON, Whose(("healthy-5",)), TODAY)
    assert not isinstance(read, Recorded)


@given(anything, plans)
def test_the_parts_of_a_command_are_always_found_or_asked_for(text: str, plan: Vocabulary) -> None:
    assert isinstance(read_target(text, plan), get_args(Target))
    assert isinstance(read_board(text, plan), BoardFound | BoardAsk)
    meeting = read_meeting(text, plan, TODAY)
    assert isinstance(meeting, MeetingFound | MeetingAsk)
    day = read_day(text, TODAY)
    assert not isinstance(day, NoDay) or day.say


@pytest.mark.parametrize(
    "piece",
    [
        "a ", "on track ", "on track, ", "not ", "the ", "<", "(", "a@", ":", "- ", "1.", "\n", "healthy-5 ",
        "healthy 5, ",
        "thanks ", "ok, ", "will ", "😀", "é", "update ", "update healthy-5 ", "1", "1/1 ", "because ", "verbal at ",
        "9 sep ",
        "as ", ".", "'", "good morning ", "i am away ", ":a", "x" * 50 + " ", "to follow by ", "\u202e", "&gt; ",
    ],
)  # fmt: skip
def test_long_texts_take_no_more_than_their_length(piece: str) -> None:
    assert_linear(_read_all_ways, *repeated(piece, 40_000))


def _read_all_ways(text: str) -> None:
    for words in (text, f"update healthy-5 {text}", f"outcome healthy-5 {text}", text[: 5900 * len(text) // 40_000]):
        parse(words, SEFTON, TODAY)
        read_reply(words, SEFTON, Whose(("healthy-5",)), TODAY)
        read_questions(words, SEFTON, TODAY)
    read_questions(text[: 200 * len(text) // 40_000], SEFTON, TODAY)
    read_target(text, SEFTON)
    read_meeting(text, SEFTON, TODAY)
