"""Questions in plain words and the command that answers each, as a table.

Source: docs/explanation/what-people-write.md, Questions in plain words.
"""

import pytest

from handlers.reading.question_forms import patterns
from handlers.reading.questions import Question, content_of, read_question, sounds_like_a_question
from tests.handlers.reading.plan import SEFTON

QUESTIONS = [
    # how it stands
    ("how is priority 7 going?", "status", "priority 7"),
    ("how's priority seven doing", "status", "priority seven"),
    ("How is healthy-5?", "status", "healthy-5"),
    ("how are we doing on school readiness?", "status", "school readiness"),
    ("how are things going with theme healthy", "status", "theme healthy"),
    ("how is it going?", "status", ""),
    ("Hi, how is everything going, please?", "status", ""),
    ("where are we with healthy-5?", "status", "healthy-5"),
    ("where does healthy-5 stand", "status", "healthy-5"),
    ("what's the status of priority 7?", "status", "priority 7"),
    ("what is the latest on heard-9", "status", "heard-9"),
    ("can you tell me how healthy-5 is going? thanks", "status", "healthy-5"),
    ("is healthy-5 on track?", "status", "healthy-5"),
    ("has healthy 5 been closed?", "status", "healthy-5"),
    ("when is healthy-5 due?", "status", "healthy-5"),
    ("are priorities 7-9 on track", "status", "priorities 7-9"),
    ("what's happening with heard 9?", "status", "heard 9"),
    # who leads, what was decided
    ("who leads healthy-4", "status", "healthy-4"),
    ("who is responsible for healthy-4?", "status", "healthy-4"),
    ("whose is 16sep-2?", "status", "16sep-2"),
    ("what did the board decide on heard-9", "status", "heard-9"),
    ("what did the partnership board say about heard-9?", "status", "heard-9"),
    ("what was agreed on heard-9?", "status", "heard-9"),
    ("what happened to healthy-5", "status", "healthy-5"),
    # who owes
    ("who still owes us something for October", "owing", "October"),
    ("who still owes us something for October?", "owing", "October"),
    ("who owes us an update", "owing", ""),
    ("Who hasn’t answered yet?", "owing", ""),
    ("who has not replied for the september meeting?", "owing", "september meeting"),
    ("who has yet to report?", "owing", ""),
    ("who do I need to chase for 16 sep?", "owing", "16 sep"),
    ("which updates are still outstanding for the partnership board?", "owing", "partnership board"),
    ("has everyone answered for October?", "owing", "October"),
    # one's own
    ("what do I owe?", "mine", ""),
    ("what have I got to do?", "mine", ""),
    ("which actions are mine?", "mine", ""),
    ("what is due from me", "mine", ""),
    ("do I owe you anything?", "mine", ""),
    # overdue and due
    ("what's late?", "overdue", ""),
    ("what is overdue at the partnership board?", "overdue", "partnership board"),
    ("is anything overdue?", "overdue", ""),
    ("which actions have slipped", "overdue", ""),
    ("how many actions are overdue for hwb?", "overdue", "hwb"),
    ("what is due in September", "due", "September"),
    ("what's coming up?", "due", ""),
    ("what comes next?", "due", ""),
    ("anything due for 16 sep?", "due", "16 sep"),
    # meetings
    ("when is the next meeting", "meetings", ""),
    ("when's the next partnership meeting?", "meetings", "partnership"),
    ("when does the board meet?", "meetings", ""),
    ("when does the health and wellbeing board meet next?", "meetings", "health and wellbeing board"),
    ("what date is the next meeting?", "meetings", ""),
    ("when are updates due?", "meetings", ""),
    ("when do papers go out", "meetings", ""),
    ("what's the deadline?", "meetings", ""),
    # what there is about something
    ("anything on school readiness?", "about", "school readiness"),
    ("is there anything about advocacy?", "about", "advocacy"),
    ("any news on healthy-5?", "about", "healthy-5"),
    ("what about priority 10?", "about", "priority 10"),
    ("tell me about advocacy", "about", "advocacy"),
    ("which actions are about alcohol?", "find", "alcohol"),
    ("which actions mention schools", "find", "schools"),
    ("what is off track?", "find", "off track"),
    ("which actions are amber?", "find", "amber"),
    ("what does the Head of Education lead?", "find", "Head of Education"),
    ("what can you do?", "help", ""),
    ("how does this work?", "help", ""),
]  # fmt: skip

NONE = [
    "healthy-5 on track, two advisors recruited",
    "how is healthy-5? all posts are filled",
    "two of three advisors started, can we move the rest to December?",
    "Can you mark healthy-5 as done?",
    "could we meet on Friday to talk about the youth version",
    "who leads it?",
    "what now?",
    "why?",
    "on track",
    "thanks",
    "",
    "anything",
    "what we did:\nwe met the schools",
    "any delay is due to the schools. we expect them in May",
    "how is " + "x" * 400,
]


@pytest.mark.parametrize(("text", "command", "about"), QUESTIONS)
def test_a_question_is_read_as_the_command_that_answers_it(text: str, command: str, about: str) -> None:
    assert read_question(text, SEFTON) == Question(command, about)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_question_known_here_is_left_alone(text: str) -> None:
    assert read_question(text, SEFTON) is None


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


def test_no_form_stands_there_twice() -> None:
    assert len({pattern.pattern for _, pattern in patterns()}) == len(patterns())
