"""Lines of actions as secretaries write them, and what each says of lead, due meeting, minute and priorities."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.reading.action_lines import MOST_LINES, LineRead, begins_adding, read_lines
from handlers.reading.lead_names import LeadAsk, OnePost, Partners
from handlers.reading.targets import PriorityTarget, ThemeTarget
from tests.handlers.reading.plan import SEFTON, TODAY
from tests.handlers.reading.test_leads import BOOK, CCG, FORCE, HEAD, HEALTH, HEALTH_BODY, POLICE

IT = "Publish the guide"
PLAN = replace(SEFTON, names=BOOK.names, asked_posts=BOOK.asked_posts)


def line(text: str) -> LineRead:
    (read,) = read_lines(text, PLAN, TODAY).lines
    return read


@pytest.mark.parametrize(
    ("typed", "lead", "words", "more"),
    [
        ("Head of Education: publish the guide by 8 Dec", HEAD, IT, {"due": "8 Dec"}),
        ("add Head of Education: publish the guide by 8 Dec.", HEAD, IT, {"due": "8 Dec"}),
        ("Head of Education to publish the guide by 9/12/20", HEAD, IT, {"due": "9/12/20"}),
        ("Head of Education will publish the guide on time", HEAD, "Publish the guide on time", {}),
        ("1. Head of Education: publish the guide, next meeting", HEAD, IT, {"due": "next meeting"}),
        ("- Head of Education – publish the guide – 23 Oct", HEAD, IT, {"due": "23 Oct"}),
        ("publish the guide | Head of Education | 8 Dec", HEAD, IT, {"due": "8 Dec"}),
        ("publish the guide\tHead of Education\tnext", HEAD, IT, {"due": "next"}),
        ("publish the guide (Head of Education) by 9/12, minute 4.2", HEAD, IT, {"due": "9/12", "minute": "4.2"}),
        ("publish the guide, lead Head of Education, due next", HEAD, IT, {"due": "next"}),
        ("publish the guide, led by public health lead, for the september meeting", HEALTH, IT,
         {"due": "the september meeting"}),
        ("to partnership: publish the guide, lead Head of Education due next", HEAD, IT,
         {"due": "next", "board": "partnership"}),
        ("for the hwb: Head of Education: publish the guide", HEAD, IT, {"board": "hwb"}),
        ("Superintendent, Sefton: publish the guide by Friday", POLICE, IT, {"due": "Friday"}),
        ("Merseyside Police to publish the guide", POLICE, IT, {}),
        ("Head of Education: publish the guide by end of October", HEAD, IT, {"due": "end of October"}),
        ("Head of Education: publish the guide by 31/9", HEAD, IT, {"due": "31/9"}),
        ("Head of Education: publish the guide by next Friday", HEAD, IT, {"due": "next Friday"}),
        ("Head of Education: publish the guide asap", HEAD, "Publish the guide asap", {}),
        ("Head of Education: publish the guide before Christmas", HEAD, IT, {"due": "Christmas"}),
        ("Head of Education: publish the guide, priority 7, item 5", HEAD, IT,
         {"serves": PriorityTarget((7,)), "minute": "5"}),
        ("Head of Education: publish the guide for priorities 7 and 8 by 8 Dec", HEAD, IT,
         {"serves": PriorityTarget((7, 8)), "due": "8 Dec"}),
        ("Head of Education: publish the guide (theme healthy)", HEAD, IT, {"serves": ThemeTarget("healthy")}),
        ("Head of Education: meet the police by the river", HEAD, "Meet the police by the river", {}),
        ("Head of Education: a report on the summer term", HEAD, "A report on the summer term", {}),
        ("Head of Education: ask the board for 5 things", HEAD, "Ask the board for 5 things", {}),
        ("Note: publish the guide by 8 Dec lead Head of Education", HEAD, "Note: publish the guide", {"due": "8 Dec"}),
        ("Head of Education: may we meet in May", HEAD, "May we meet in May", {}),
    ],
)  # fmt: skip
def test_a_line_says_who_is_to_do_what_by_when(typed: str, lead: int, words: str, more: dict[str, Any]) -> None:
    read = line(typed)
    assert isinstance(read.lead, OnePost)
    assert (read.lead.post_id, read.words) == (lead, words)
    said = {"due": read.due, "board": read.board, "minute": read.minute, "serves": read.serves}
    assert {name: value for name, value in said.items() if value} == more


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("publish the guide by 8 Dec", IT),
        ("send the report to the Head of Education by next Friday", "Send the report to the Head of Education"),
        ("look at work led by schools with public health lead", "Look at work led by schools with public health lead"),
        ("lead the review by 8 Dec", "Lead the review"),
        ("Nobody at all: publish the guide", "Nobody at all: publish the guide"),
        ("Council: publish the guide", "Council: publish the guide"),
    ],
)  # fmt: skip
def test_where_nobody_is_plainly_named_nobody_is_taken(typed: str, words: str) -> None:
    read = line(typed)
    assert read.lead is None or isinstance(read.lead, LeadAsk)
    assert read.words == words


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("all partners: send in figures by 2 Oct", 5),
        ("All partners to send in figures by 2 Oct", 5),
        ("send in figures by 2 Oct, all partners", 5),
        ("all partners except police: send in figures by 2 Oct", 4),
        ("all partners except police and CCG to send in figures by 2 Oct", 3),
    ],
)
def test_all_partners_are_a_lead(typed: str, count: int) -> None:
    read = line(typed)
    assert isinstance(read.lead, Partners)
    assert len(read.lead.asked) == count
    assert (read.words, read.due) == ("Send in figures", "2 Oct")


def test_partners_are_listed_before_a_second_colon() -> None:
    read = line("add partners: police, CCG: send in figures")
    assert read.lead == Partners(((FORCE, POLICE), (HEALTH_BODY, CCG)))


@pytest.mark.parametrize(
    ("head", "board", "given"),
    [
        ("actions:", "", ""),
        ("add", "", ""),
        ("add these actions", "", ""),
        ("Action points from 17 June:", "", "17 June"),
        ("actions from the 17 june partnership meeting", "", "17 june partnership meeting"),
        ("actions from 1 July:", "", "1 July"),
        ("add to the partnership board:", "partnership board", ""),
    ],
)
def test_what_stands_over_pasted_lines(head: str, board: str, given: str) -> None:
    read = read_lines(f"{head}\n1. Head of Education: publish it\n\n2) police: read it\n-\n", PLAN, TODAY)
    assert (read.board, read.given) == (board, given)
    assert [(one.typed, one.words) for one in read.lines] == [
        ("1. Head of Education: publish it", "Publish it"),
        ("2) police: read it", "Read it"),
    ]


def test_no_more_lines_are_read_than_fit_a_message() -> None:
    assert len(read_lines("add\n" + "police: read it\n" * 500, PLAN, TODAY).lines) == MOST_LINES


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("add Head of Education: publish it", True),
        ("Add:\nHead of Education: publish it", True),
        ("please add police: read it", True),
        ("actions: police: read it", True),
        ("Actions from 16 Sep\npolice: read it", True),
        ("action points from today:\npolice: read it", True),
        ("actions are on track", False),
        ("added two advisors", False),
        ("healthy-5 on track, add more next time", False),
        ("", False),
    ],
)
def test_a_message_that_means_to_add_begins_so(typed: str, begins: bool) -> None:
    assert begins_adding(typed) is begins
