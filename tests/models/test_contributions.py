"""Who is asked for a return on a focus theme, and which return counts, as tables.

Source: docs/explanation/boards-and-dates.md, Contributions to a focus theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from models.enums import MeetingState
from models.rules.contributions import (
    Contributor,
    Partner,
    PartnerPost,
    has_ended,
    latest_returns,
    list_contributors,
    still_owed,
    takes_contributions,
)
from models.rules.facts import MeetingFacts
from tests.models.board_meetings import CALENDAR, DECEMBER, EXPECTED, OCTOBER

DAY = date(2020, 9, 24)
POLICE, COUNCIL, CVS = 1, 2, 3
POSTS = (
    PartnerPost(11, "chief", "Chief Superintendent", POLICE, leads=1),
    PartnerPost(12, "schools", "Schools Inspector", POLICE, leads=4),
    PartnerPost(21, "education", "Head of Education", COUNCIL, leads=9),
    PartnerPost(22, "early-help", "Early Help Manager", COUNCIL),
)


@dataclass(frozen=True)
class Entry:
    """A return on record."""

    organisation_id: int
    post_id: int
    parts: Mapping[str, str] = field(default_factory=lambda: {"what we did": "something"})
    redaction: str = ""


@pytest.mark.parametrize(
    ("partner", "asked"),
    [
        # The named contributor, not the post that leads most.
        (Partner(POLICE, "Police", ("chief",)), [("Police", 11)]),
        # None is named: the post that leads most of its open actions.
        (Partner(POLICE, "Police"), [("Police", 12)]),
        # Of equals the first.
        (Partner(COUNCIL, "Council", ("nobody",)), [("Council", 21)]),
        # Several give several, by their titles.
        (Partner(COUNCIL, "Council", ("education", "early-help")),
         [("Council, Early Help Manager", 22), ("Council, Head of Education", 21)]),
        # The other organisation's post is none of theirs.
        (Partner(COUNCIL, "Council", ("education", "chief")), [("Council", 21)]),
        # There all the same, with nobody to ask.
        (Partner(CVS, "CVS"), [("CVS", 0)]),
        # On its last day it is still asked, the day after it is not.
        (Partner(POLICE, "Police", last_day=date(2020, 9, 24)), [("Police", 12)]),
        (Partner(POLICE, "Police", last_day=date(2020, 9, 23)), []),
    ],
)  # fmt: skip
def test_who_gives_a_return(partner: Partner, asked: list[tuple[str, int]]) -> None:
    assert [(one.named, one.post_id) for one in list_contributors([partner], POSTS, DAY)] == asked


def test_organisations_stand_in_alphabetical_order_whatever_their_letters() -> None:
    partners = [Partner(1, "police"), Partner(2, "CVS"), Partner(3, "Alder Hey"), Partner(4, "alder Hey Charity")]
    names = [one.organisation for one in list_contributors(partners, (), DAY)]
    assert names == ["Alder Hey", "alder Hey Charity", "CVS", "police"]


@pytest.mark.parametrize(
    ("last_day", "ended"), [(None, False), (date(2020, 9, 25), False), (DAY, False), (date(2020, 9, 23), True)]
)
def test_an_organisation_has_ended_from_the_day_after_its_last(last_day: date | None, ended: bool) -> None:
    assert has_ended(last_day, DAY) is ended


@pytest.mark.parametrize(
    ("meeting", "takes"),
    [
        (replace(CALENDAR.by_id[OCTOBER], focus_theme_id=1), True),
        (replace(CALENDAR.by_id[OCTOBER], focus_theme_id=None), False),
        (replace(CALENDAR.by_id[EXPECTED], focus_theme_id=1), False),
        (replace(CALENDAR.by_id[DECEMBER], focus_theme_id=1, state=MeetingState.CANCELLED), False),
    ],
)
def test_which_meeting_asks_for_returns(meeting: MeetingFacts, takes: bool) -> None:
    assert takes_contributions(meeting) is takes


ONE = Contributor(POLICE, "Police", 12)
TWO = (
    Contributor(COUNCIL, "Council", 21, "Head of Education"),
    Contributor(COUNCIL, "Council", 22, "Early Help Manager"),
)
BY_POLICE, BY_POLICES_OTHER = Entry(POLICE, 12), Entry(POLICE, 11)
TAKEN_BACK, EMPTIED = Entry(POLICE, 12, {}), Entry(POLICE, 12, {}, "it describes a child")
BY_EDUCATION = Entry(COUNCIL, 21)


@pytest.mark.parametrize(
    ("entries", "counts", "owed"),
    [
        ([], {}, [12, 21, 22]),
        ([BY_POLICE], {(POLICE, 0): BY_POLICE}, [21, 22]),
        # Of one return whichever post of the organisation gave it; the last counts.
        ([BY_POLICE, BY_POLICES_OTHER], {(POLICE, 0): BY_POLICES_OTHER}, [21, 22]),
        # An undo of the first return leaves none.
        ([BY_POLICE, TAKEN_BACK], {}, [12, 21, 22]),
        # Emptied words were given all the same: nobody is asked again.
        ([BY_POLICE, EMPTIED], {(POLICE, 0): EMPTIED}, [21, 22]),
        # Of several returns each post owes its own.
        ([BY_EDUCATION], {(COUNCIL, 21): BY_EDUCATION}, [12, 22]),
    ],
)
def test_which_return_counts_and_who_still_owes_one(
    entries: list[Entry], counts: dict[tuple[int, int], Entry], owed: list[int]
) -> None:
    contributors = (ONE, *TWO, Contributor(CVS, "CVS"))
    assert latest_returns(contributors, entries) == counts
    assert [one.post_id for one in still_owed(contributors, entries)] == owed
