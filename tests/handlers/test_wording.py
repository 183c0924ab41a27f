"""How days, meetings, counts and re-plans are said."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.demo.sandbox import TEAM
from handlers.formatting import (
    day_said,
    listed,
    meeting_said,
    number_said,
    short_day,
    span_said,
    status_said,
    time_said,
    times_said,
)
from handlers.pagination import PAGE_LENGTH, ListPage, one_page, page_buttons, paged_reply
from handlers.press_codec import Share
from handlers.responses import ActionLine
from models.enums import Kind, MeetingState, Status
from models.plan.action_filter import EVERY_ACTION, ActionUnit
from models.plan.listed_actions import ListedAction, listed_actions
from models.plan.queries import ActionView, views_listed
from models.rules.calendar import BoardRules
from models.rules.facts import ActionFacts, BoardCalendar, BoardFacts, MeetingFacts
from tests.handlers.rounds import example

LONDON = ZoneInfo("Europe/London")


def meeting(start: datetime | None, expected: str = "", state: MeetingState = MeetingState.PLANNED) -> MeetingFacts:
    return MeetingFacts(1, 1, start, expected, state)


def calendar(*meetings: MeetingFacts) -> BoardCalendar:
    return BoardCalendar(BoardFacts(1, "board", "The Board", BoardRules()), meetings, LONDON)


def page_of(heading: str, count: int, first: int = 1) -> ListPage:
    numbers = range(first, first + count)
    facts = (ActionFacts(n, f"ref-{n}", Kind.DELIVERABLE, Status.ON_TRACK, None) for n in numbers)
    some = [ListedAction(one, one.id, "", (), ()) for one in facts]
    return ListPage(heading, some, lambda view: ActionLine(view.ref, "words", Status.ON_TRACK))


def as_it_is(some: Sequence[ListedAction]) -> Any:
    """Stands for the read of what a page shows."""
    return list(some)


def test_a_day_is_said_as_it_is_in_board_papers() -> None:
    assert day_said(date(2020, 9, 6)) == "Sun 6 Sep 2020"
    assert short_day(date(2020, 12, 31)) == "Thu 31 Dec"


@pytest.mark.parametrize(
    ("start", "expected", "state", "said"),
    [
        (datetime(2020, 9, 16, 13, tzinfo=ZoneInfo("UTC")), "", MeetingState.PLANNED, "Wed 16 Sep 2020"),
        (datetime(2020, 9, 16, 23, 30, tzinfo=ZoneInfo("UTC")), "", MeetingState.PLANNED, "Thu 17 Sep 2020"),
        (datetime(2020, 12, 8, 14, tzinfo=ZoneInfo("UTC")), "", MeetingState.CANCELLED, "Tue 8 Dec 2020 (cancelled)"),
        (None, "2020-12", MeetingState.PLANNED, "December 2020, date to be confirmed"),
        (None, "2021-01", MeetingState.PLANNED, "January 2021, date to be confirmed"),
    ],
)
def test_a_meeting_is_said_by_its_local_day_or_the_month_it_is_expected_in(
    start: datetime | None, expected: str, state: MeetingState, said: str
) -> None:
    one = meeting(start, expected, state)
    assert meeting_said(one, calendar(one)) == said


def test_a_clock_time_is_local_on_both_sides_of_a_clock_change() -> None:
    here = calendar()
    assert time_said(datetime(2020, 10, 23, 13, tzinfo=ZoneInfo("UTC")), here) == "14:00"
    assert time_said(datetime(2020, 10, 26, 14, tzinfo=ZoneInfo("UTC")), here) == "14:00"


@pytest.mark.parametrize(("count", "said"), [(0, "0 actions"), (1, "1 action"), (2, "2 actions")])
def test_numbers_agree_with_their_nouns(count: int, said: str) -> None:
    assert number_said(count, "action") == said


def test_an_odd_plural_can_be_given() -> None:
    assert number_said(2, "reply", "replies") == "2 replies"


@pytest.mark.parametrize(("count", "said"), [(1, "once"), (2, "twice"), (3, "3 times"), (11, "11 times")])
def test_how_often_is_said_in_words_while_there_are_words(count: int, said: str) -> None:
    assert times_said(count) == said


@pytest.mark.parametrize(
    ("some", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_ends_with_and(some: list[str], said: str) -> None:
    assert listed(some) == said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([7], "priority 7"),
        ([7, 8, 9], "priorities 7–9"),
        ([1, 3, 5], "priorities 1, 3 and 5"),
        ([1, 2], "priorities 1–2"),
    ],
)
def test_priorities_are_said_as_a_span_where_they_follow_each_other(numbers: list[int], said: str) -> None:
    assert span_said(numbers) == said


def test_complete_says_who_decided_it() -> None:
    assert status_said(Status.COMPLETE) == "complete: closed by the board"
    assert status_said(Status.ON_TRACK) == "on track"


# -- pages of a list


@pytest.mark.parametrize("total", [0, 1, PAGE_LENGTH, PAGE_LENGTH + 1, 33, 500])
def test_the_pages_of_a_list_hold_each_line_once_and_in_order(total: int) -> None:
    groups = [page_of("one", total // 3), page_of("two", total - total // 3, 1 + total // 3)]
    pages = max(1, -(-total // PAGE_LENGTH))
    seen = [line.ref for page in range(pages) for group in one_page(groups, page, as_it_is) for line in group.lines]
    assert seen == [f"ref-{number}" for number in range(1, total + 1)]


def test_an_empty_group_is_shown_on_the_first_page_alone() -> None:
    groups = [page_of("empty", 0), page_of("full", 30)]
    assert [group.heading for group in one_page(groups, 0, as_it_is)] == ["empty", "full"]
    assert [group.heading for group in one_page(groups, 1, as_it_is)] == ["full"]


def test_the_buttons_to_other_pages_say_how_many_are_left() -> None:
    assert [button.label for button in page_buttons("status", 0, 26)] == ["Next 1"]
    assert [button.label for button in page_buttons("status", 0, 83)] == ["Next 25 of 58 more"]
    assert [button.label for button in page_buttons("status", 2, 83)] == ["Back", "Next 8"]
    assert [button.label for button in page_buttons("status", 3, 83)] == ["Back"]
    assert page_buttons("status", 0, PAGE_LENGTH) == ()


@pytest.mark.parametrize(("asked_for", "shown"), [(-5, 0), (0, 0), (3, 3), (99, 3)])
def test_a_page_that_is_not_there_is_the_nearest_that_is(asked_for: int, shown: int) -> None:
    content = paged_reply("Many.", ("intro",), [page_of("", 83)], "status p7", asked_for, as_it_is)
    assert Share.decode(content.shareable) == Share(words="status p7", page=shown)
    assert content.groups[0].lines[0].ref == f"ref-{shown * PAGE_LENGTH + 1}"
    assert content.footer == (
        f"Actions {shown * PAGE_LENGTH + 1} to {min(83, shown * PAGE_LENGTH + PAGE_LENGTH)} of 83.",
    )
    assert content.intro == (("intro",) if shown == 0 else ())


def test_a_list_on_one_page_does_not_count_itself() -> None:
    assert paged_reply("Few.", (), [page_of("", PAGE_LENGTH)], "mine", 0, as_it_is).footer == ()


def test_of_a_long_list_only_what_is_on_the_page_is_read(tmp_path: Path) -> None:
    now = datetime(2020, 8, 18, 10, tzinfo=UTC)
    database = example(tmp_path, now)
    read: list[str] = []

    def whole(some: Sequence[ListedAction]) -> list[ActionView]:
        read.extend(one.ref for one in some)
        return views_listed(session, TEAM, some)

    def line(view: ActionView) -> ActionLine:
        return ActionLine(view.ref, view.words, Status.ON_TRACK)

    with database.read(TEAM) as session:
        some = listed_actions(session, TEAM, EVERY_ACTION, ActionUnit.EITHER)
        groups = [ListPage("one", some[:5], line), ListPage("two", some[5:], line)]
        content = paged_reply("Many.", (), groups, "status", 1, whole)
    database.dispose()
    assert read == [one.ref for one in some[PAGE_LENGTH : 2 * PAGE_LENGTH]]
    assert [shown.ref for group in content.groups for shown in group.lines] == read
    assert [group.heading for group in content.groups] == ["two"]
