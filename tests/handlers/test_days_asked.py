"""What names no day of the calendar is asked about with the days it may mean: a press does it with that day.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.sandbox import TEAM
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.dispatch import answer_text
from handlers.presses import pressed
from handlers.responses import Content
from models.plan.accounts import Actor, roles_of
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.storage.engine import Database
from tests.handlers.rounds import example

NOW = datetime(2020, 8, 18, 9, tzinfo=UTC)
MID_SEPTEMBER = ["Mon 14 Sep 2020", "Tue 15 Sep 2020", "Wed 16 Sep 2020"]
EARLY_SEPTEMBER = ["Tue 1 Sep 2020", "Mon 7 Sep 2020", "Tue 8 Sep 2020"]
LATE_SEPTEMBER = ["Thu 24 Sep 2020", "Mon 28 Sep 2020", "Wed 30 Sep 2020"]
NEXT_FRIDAY = ["Fri 21 Aug 2020", "Fri 28 Aug 2020"]
SECRETARY, EDUCATION, SAM = "U0DEMSERV", "U0HEADEDU", "U0EARLYHP"


@pytest.fixture(name="plan")
def a_plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY, EDUCATION, SAM)


def context(plan: Database, session: object, user: str) -> RequestContext:
    roles = roles_of(session, TEAM, Actor(TEAM, user), local_day(NOW, zone_of(session, TEAM)))  # type: ignore[arg-type]
    return RequestContext(session, TEAM, roles, NOW, registry=REGISTRY)  # type: ignore[arg-type]


def press(plan: Database, user: str, text: str, label: str) -> tuple[Content, Content]:
    """Return what is said to some words, and then to the press of one of its buttons."""
    with plan.write(workspace=TEAM) as session:
        asked = answer_text(context(plan, session, user), text).content
        assert isinstance(asked, Content)
        button = next((one for one in asked.buttons if one.label.endswith(label)), None)
        assert button is not None, [one.label for one in asked.buttons]
        done = pressed(context(plan, session, user), button.verb, button.value).content
        assert isinstance(done, Content)
    return asked, done


@pytest.mark.parametrize(
    ("user", "text", "days", "done"),
    [
        (
            SECRETARY,
            "meeting add partnership mid-November",
            ["Fri 13 Nov 2020", "Mon 16 Nov 2020", "Tue 17 Nov 2020"],
            "Add a meeting of the Children and Young People's Partnership Board on Mon 16 Nov 2020",
        ),
        (SECRETARY, "meeting add partnership 9am next friday", NEXT_FRIDAY, "Add a meeting of "),
        (
            SECRETARY,
            "meeting move 16 Sep to late September",
            LATE_SEPTEMBER,
            "",
        ),
        (
            EDUCATION,
            "update healthy-5 to follow mid-September",
            MID_SEPTEMBER,
            "",
        ),
        (EDUCATION, "update healthy-5 to follow next week", ["Mon 24 Aug 2020", "Fri 28 Aug 2020"], ""),
        (EDUCATION, "quiet until early September", EARLY_SEPTEMBER, ""),
        (
            EDUCATION,
            f"deputy <@{SAM}> until early September",
            EARLY_SEPTEMBER,
            "",
        ),
        (
            SECRETARY,
            f"handover Head of Education to <@{SAM}> from next friday",
            NEXT_FRIDAY,
            "",
        ),
        (SECRETARY, "board partnership chair until Q4", ["Thu 31 Dec 2020", "Wed 31 Mar 2021"], ""),
        (SECRETARY, "org police becomes Mersey Police from early October", ["Thu 1 Oct 2020", "Mon 5 Oct 2020"], ""),
    ],
)
def test_a_time_that_names_no_day_offers_the_days_it_may_mean(
    plan: Database, user: str, text: str, days: list[str], done: str
) -> None:
    asked, said = press(plan, user, text, days[1])
    assert [one.label[-len(days[0]) :] for one in asked.buttons][: len(days)] == days
    assert "names no one day" in asked.headline or "can mean two days" in asked.headline
    assert said.headline.startswith(done)
    assert days[1] in " ".join((said.headline, *said.intro)), said


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("healthy-5 to follow mid-September", "Tue 15 Sep 2020"),
        ("healthy-5 will send it next week", "Fri 28 Aug 2020"),
        ("I'm on leave until early September", "Mon 7 Sep 2020"),
    ],
)
def test_in_plain_words_too(plan: Database, text: str, day: str) -> None:
    with plan.write(workspace=TEAM) as session:
        asked = said_in_words(context(plan, session, EDUCATION), text).content
        assert isinstance(asked, Content)
        button = next((one for one in asked.buttons if day.removesuffix(" 2020") in one.label), None)
        assert button is not None, asked
        done = pressed(context(plan, session, EDUCATION), button.verb, button.value).content
        assert isinstance(done, Content)
        assert day in " ".join((done.headline, *done.intro)), done
