"""What people receive, whatever the plan and whatever happens, by Hypothesis.

Small plans are drawn and lived through for some months: answers, snoozes, re-plans, outcomes, moved and cancelled
meetings, days without a tick. It ticks at drawn instants and one minute either side of every boundary. What must hold
is checked on the messages that were posted, with a journal of what people did that is kept apart from the database.

Source: docs/explanation/boards-and-dates.md, The dates around a meeting.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.conftest import examples, on_postgresql
from tests.homes import Home
from tests.schedules.lives import live_through
from tests.schedules.stories import EVERYTHING, QUIET, Story, stories

pytestmark = pytest.mark.hypothesis

BOUNDED = settings(
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a story takes a second: shrinking one would take many minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize(
    ("kinds", "crowded", "some"),
    [
        pytest.param(QUIET, False, 6, id="answers"),
        pytest.param(EVERYTHING, False, 6, id="everything"),
        pytest.param(QUIET, True, 3, id="crowded weeks"),
    ],
)
def test_what_each_person_receives_holds_whatever_happens(kinds: tuple[str, ...], crowded: bool, some: int) -> None:
    owed = []

    @settings(BOUNDED, max_examples=examples(some))
    @given(stories(kinds, crowded))
    def holds(story: Story) -> None:
        owed.append(live_through(story).checked)

    holds()
    assert sum(owed) > some, "these stories owed nobody anything, so little was looked at"


@on_postgresql
def test_the_same_holds_on_a_postgresql(on_both: Home) -> None:
    @settings(BOUNDED, max_examples=examples(1))
    @given(stories(EVERYTHING))
    def holds(story: Story) -> None:
        live_through(story)

    holds()


def test_the_same_is_said_where_ticks_sleep_until_something_comes_as_where_each_looks_at_the_whole_plan() -> None:
    @settings(BOUNDED, max_examples=examples(2))
    @given(stories(EVERYTHING, crowded=True))
    def holds(story: Story) -> None:
        lives = [live_through(story, sleepless=sleepless) for sleepless in (False, True)]
        said = [[(one.now, one.address, one.page) for one in life.sandbox.messenger.posts] for life in lives]
        assert said[0] == said[1]

    holds()
