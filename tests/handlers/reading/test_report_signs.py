"""Words without an action and a status: which may tell how something stands, and which want something."""

from __future__ import annotations

import pytest

from handlers.reading.report_signs import may_be_a_report
from tests.handlers.reading.plan import SEFTON

TITLES = (
    "Act on the emotional health survey so that the next results are better",
    "Bring every move into the transitions work: starting school, primary to secondary, college, work",
)

REPORTS = """
two schools have joined
venue booked for 12 sept
84 of 90 schools
waiting for legal
legal delays
still waiting
the bid went in last week
we met the college on Tuesday
survey out next week
transitions group is slow
nothing since July
paperwork is with procurement and we have been told to wait
spoke to the CCG, they are thinking about it
draft sent to partners
60% of them
what has changed is that we hired someone
please find attached the report
the org chart is with HR
I have spoken to the heads about it
please note the bid went in on Friday
"""

NO_REPORTS = """
agenda
dashboard
stats
reds
rag
privacy
top 3 risks
summary for my director please
plan on a page
teams link
print
send my apologies
resend the list
send me the form
help me write an update
speak to a human
I'm the new Head of Education
my new email is head@example.org
I don't understand
can I add something to the agenda
who do I ring
change my role
put it back
sorry, what
the whole thing please
next
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("words", lines(REPORTS))
def test_words_that_say_what_happened_may_be_an_update(words: str) -> None:
    assert may_be_a_report(words, SEFTON, TITLES)


@pytest.mark.parametrize("words", lines(NO_REPORTS))
def test_words_that_want_something_are_no_update(words: str) -> None:
    assert not may_be_a_report(words, SEFTON, TITLES)


@pytest.mark.parametrize("words", lines(NO_REPORTS))
def test_what_is_long_or_of_several_lines_is_told(words: str) -> None:
    assert may_be_a_report(f"{words}\n{words}", SEFTON, TITLES)
    assert may_be_a_report(f"{words} and so on to the end of a long sentence that somebody took time for", SEFTON, ())
