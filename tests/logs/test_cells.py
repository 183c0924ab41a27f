"""Cells of logs, one by one: what is read plainly, and what must not be."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.logs.due_cells import read_due_cell
from handlers.logs.lead_cells import read_lead_cell
from handlers.logs.status_cells import read_status_cell
from handlers.reading.vocabulary import OrganisationWords, PlanNames, PostWords, Vocabulary

PLAIN = """
Green ↑ = on track
Closed 16/09/2020 = proposed for closure
214 families. Closed. = proposed for closure
Carried over in June; COMPLETE = proposed for closure
9 courses, 130 people. Green = on track
Amber: twelve asked, eight to come = some issues
Red. Third draft is with the solicitors = off track
Amber (was Green) = some issues
Completed - 3 March 2021 = proposed for closure
On track – tender goes out in May = on track
Done: leaflet is on the website = proposed for closure
Not started. Post is vacant = not started
AMBER - if the grant comes in May = some issues
Green; rota is full until June = on track
Completed (see annex 2) = proposed for closure
Done, see the e-mail of 14/7 = proposed for closure
(1) Green = on track
2 - Amber = some issues
White – not started = not started
"""
NOT_PLAIN = """
Closed – agreed at the meeting of 16 September
Green light from cabinet awaited
Red Cross to confirm
Complete bar the last school
Closed – not agreed by the board
Complete - subject to sign-off
Completed once the audit is in
Done: nearly
amber → red
Red/Amber
Green or amber
Green. Red for the north
Not yet. Complete
If the money comes: green
A. Smith to report
G. Patel has the list
Closed school to be visited
Complete by March
Complete the audit
Complete? ask Jo
Target: complete
Closed but for the invoice
75%
100 % complete
Gwyrdd / Green
Green / Red
◑
Closed – superseded by 24/41
"""


@pytest.mark.parametrize("line", PLAIN.strip().splitlines())
def test_a_status_beside_other_words_is_plain(line: str) -> None:
    text, status = line.rsplit(" = ", 1)
    read = read_status_cell(text)
    assert (str(read.status), read.doubt, read.ask) == (status, "", "")


@pytest.mark.parametrize("text", NOT_PLAIN.strip().splitlines())
def test_what_only_looks_like_a_status_is_asked_about_or_none(text: str) -> None:
    read = read_status_cell(text)
    assert not read.said or read.doubt or read.ask


SINCE = date(2020, 9, 16)


@pytest.mark.parametrize(
    ("text", "day", "first", "key"),
    [
        ("2020-12-08 00:00:00", date(2020, 12, 8), None, ""),
        ("31/07/2020 00:00", date(2020, 7, 31), None, ""),
        ("16/9/20 23/10/20", date(2020, 10, 23), date(2020, 9, 16), "two days"),
        ("30/06/2020\n31/07/2020\n08/12/2020", date(2020, 12, 8), date(2020, 6, 30), "two days"),
        ("23/10/2020 → 08/12/2020", date(2020, 12, 8), date(2020, 10, 23), "two days"),
        ("TBC", None, None, "no day"),
        ("ASAP", None, None, "no day"),
        ("45602", date(2024, 11, 6), None, ""),
        ("2024-02-28T00:00:00Z", date(2024, 2, 28), None, ""),
        ("2024-08-27T23:00:00Z", date(2024, 8, 28), None, "universal"),
        ("10 October (moved from 16 September)", date(2020, 10, 10), date(2020, 9, 16), ""),
        ("Ongoing", None, None, "no day"),
    ],
)
def test_a_due_cell_is_read_or_settled_for_the_whole_log(
    text: str, day: date | None, first: date | None, key: str
) -> None:
    read = read_due_cell(text, SINCE)
    assert (read.day, read.first, read.key, bool(read.doubt)) == (day, first, key, bool(key))


@pytest.mark.parametrize(
    "text",
    ["Sept 2020 and May 2021", "08/12/2020 23/10/2020", "16/9/20 - 23/10/20", "Q3", "asap/Dec", "Draft 14/12/20",
     "HWB in December", "w/c 5 Oct", "31/9/2020", "Wed 17 September 2020"],
)  # fmt: skip
def test_what_is_no_one_day_is_asked_about_by_its_own_words(text: str) -> None:
    read = read_due_cell(text, SINCE)
    assert read.doubt
    assert not read.key


COUNCIL = OrganisationWords(1, "council", "Anyshire Council", ())
NAMES = PlanNames(
    (
        PostWords(1, "children", "Executive Director of Children's Social Care", COUNCIL, (), "Mary Webb"),
        PostWords(2, "education", "Head of Education", COUNCIL, (), "Sam Ode"),
        PostWords(3, "estates", "Head of Estates", COUNCIL, (), ""),
    ),
    (COUNCIL,),
)


@pytest.mark.parametrize(
    ("text", "post"),
    [("DCS", "children"), ("M Webb", "children"), ("M. Webb", "children"), ("MW", "children"), ("S.O.", "education"),
     ("XYZ", ""), ("HE", ""), ("M Weber", "")],
)  # fmt: skip
def test_letters_and_short_names_propose_the_only_post_they_may_be_short_for(text: str, post: str) -> None:
    """`HE` may be two; what is proposed is asked about all the same."""
    read = read_lead_cell(text, Vocabulary(names=lambda: NAMES))
    assert (read.unknown, read.doubt) == (((text, post),), "no post of the plan has that name")
