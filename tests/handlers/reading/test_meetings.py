"""Which board and which meeting somebody means. Today is Wednesday 2 September 2020.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from datetime import date

import pytest

from handlers.reading.board_names import BoardAsk, BoardFound, read_board
from handlers.reading.meeting_names import MeetingAsk, MeetingFound, read_meeting
from tests.handlers.reading.plan import EMPTY, NUMBERED, SEFTON, TODAY


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("partnership", BoardFound("partnership")),
        ("the partnership board", BoardFound("partnership")),
        ("Children and Young People’s Partnership Board", BoardFound("partnership")),
        ("CYP board", BoardFound("partnership")),
        ("HWB", BoardFound("hwb")),
        ("Health & Wellbeing", BoardFound("hwb")),
        ("O&S", BoardFound("scrutiny")),
        ("scrutiny committee", BoardFound("scrutiny")),
        ("partnreship", BoardFound("partnership", "partnreship")),
        ("scrutinny", BoardFound("scrutiny", "scrutinny")),
    ],
)
def test_finds_a_board_by_any_of_its_names(text: str, found: BoardFound) -> None:
    assert read_board(text, SEFTON) == found


def test_a_meeting_expected_in_a_month_is_ahead_until_that_month_is_over() -> None:
    assert read_meeting("next hwb", SEFTON, date(2020, 12, 31)) == MeetingFound(5)
    assert isinstance(read_meeting("next hwb", SEFTON, date(2021, 1, 1)), MeetingAsk)


def test_asks_which_board_when_none_or_no_known_one_is_named() -> None:
    asked = read_board("", SEFTON)
    assert isinstance(asked, BoardAsk)
    assert asked.keys == ("partnership", "hwb", "scrutiny")
    unknown = read_board("xyz", SEFTON)
    assert isinstance(unknown, BoardAsk)
    assert "I do not know the board “xyz”" in unknown.say
    assert read_board("", NUMBERED) == BoardFound("board")
    assert isinstance(read_board("", EMPTY), BoardAsk)


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        ("16 Sep", 3),
        ("16/9", 3),
        ("16/09/2020", 3),
        ("16th", 3),
        ("Wednesday 16 September", 3),
        ("next partnership", 3),
        ("partnership", 3),
        ("partnership september meeting", 3),
        ("partnreship 16 sept", 3),
        ("23 oct partnership", 4),
        ("the partnership meeting on 23 October", 4),
        ("october", 4),
        ("next month", 4),
        ("HWB december", 5),
        ("dec 2020 hwb", 5),
        ("november", 8),
        ("march 2021", 9),
        ("9/9", 2),
        ("last partnership", 1),
        ("17 June", 1),
        ("20 nov", 6),
    ],
)
def test_finds_a_meeting_even_one_that_is_over_or_cancelled(text: str, meeting: int) -> None:
    assert read_meeting(text, SEFTON, TODAY) == MeetingFound(meeting)


@pytest.mark.parametrize(
    ("text", "candidates", "sentence"),
    [
        ("september", (2, 3), "Which meeting: Health and Wellbeing Board, 9 September 2020 or"),
        ("decmber", (7, 5), "December 2020, date to be confirmed?"),
        ("next", (2, 3, 8), "Which meeting:"),
        ("", (2, 3, 4, 8, 7), "Which meeting?"),
        ("5 jan", (2, 3, 4, 8, 7), "There is no meeting for “5 jan”."),
        ("9/9 partnership", (3, 4, 7, 9), "There is no meeting for"),
        ("31/9", (2, 3, 4, 8, 7), "September has 30 days."),
        ("banana", (2, 3, 4, 8, 7), "I do not know the meeting “banana”."),
    ],
)
def test_asks_when_none_or_several_meetings_fit(text: str, candidates: tuple[int, ...], sentence: str) -> None:
    asked = read_meeting(text, SEFTON, TODAY)
    assert isinstance(asked, MeetingAsk)
    assert asked.candidates == candidates
    assert sentence in asked.say


@pytest.mark.parametrize(
    ("text", "board", "looking_back", "today", "meeting"),
    [
        ("next", "partnership", False, TODAY, 3),
        ("december", "partnership", False, TODAY, 7),
        ("december", "hwb", False, TODAY, 5),
        ("9/9", "partnership", False, TODAY, 2),  # not that board's: found all the same, the handler decides
        ("", "partnership", True, TODAY, 0),
        ("september", "", True, date(2020, 9, 12), 2),
        ("september", "", False, date(2020, 9, 12), 3),
        ("partnership", "", True, date(2020, 9, 17), 3),
        ("16/9", "", True, date(2021, 2, 1), 3),
        ("next", "partnership", False, date(2020, 9, 16), 3),
        ("next", "partnership", False, date(2020, 10, 24), 7),
    ],
)
def test_the_home_board_and_looking_back_settle_which(
    text: str, board: str, looking_back: bool, today: date, meeting: int
) -> None:
    read = read_meeting(text, SEFTON, today, board, looking_back)
    assert read == MeetingFound(meeting) if meeting else isinstance(read, MeetingAsk)


def test_a_plan_without_meetings_says_so() -> None:
    asked = read_meeting("next", EMPTY, TODAY)
    assert isinstance(asked, MeetingAsk)
    assert "No meeting is planned." in asked.say
