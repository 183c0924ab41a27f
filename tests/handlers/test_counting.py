"""Home, `status`, the picture and the digest say one number, whatever the day and however actions stand."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.commands.questions import ShowOverdue, ShowStatus
from handlers.context import RequestContext
from handlers.responses import Content, Picture
from handlers.status.action_lists import show_overdue
from handlers.status.digest import make_digest
from handlers.status.home import show_home
from handlers.status.pictures import picture_of
from handlers.status.plan_status import show_status
from models.enums import OPEN, Status
from models.storage.tables import Action
from tests.bot.slack.e2e import SECRETARY
from tests.handlers.rounds import Rounds, example

FIRST = datetime(2020, 8, 17, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("counting"), FIRST, SECRETARY), FIRST)


def counts_in(said: str) -> Counter[str]:
    """The statuses that a sentence counts."""
    known = {status.value for status in Status}
    words = said.replace("closed, not done", "withdrawn")
    found = Counter({name: int(count) for count, name in re.findall(r"(\d+) ([a-z ]+)", words)})
    return Counter({name: found[name.replace("closed, not done", "withdrawn")] for name in known} | {}) + Counter()


def first_number(said: str, words: str) -> int:
    found = re.search(rf"(\d+) (?:open )?(?:actions? )?{words}", said)
    return int(found[1]) if found else 0


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.integers(0, 110), stands=st.lists(st.sampled_from(sorted(OPEN)), min_size=8, max_size=8))
def test_home_status_the_picture_and_the_digest_agree(plan: Rounds, days: int, stands: list[Status]) -> None:
    def work(ctx: RequestContext) -> None:
        for number, row in enumerate(ctx.session.query(Action).order_by(Action.id)):
            if row.status in OPEN:
                row.status = stands[number % len(stands)]
        ctx.session.flush()
        homes = [group for part in show_home(ctx) for group in part.groups]
        told = show_status(ctx, ShowStatus()).content
        late = show_overdue(ctx, ShowOverdue("")).content
        assert isinstance(told, Content)
        assert isinstance(late, Content)
        every: Counter[str] = Counter()
        overdue = 0
        for calendar in ctx.calendars.values():
            digest = make_digest(ctx, calendar)
            home = next(one.texts[0] for one in homes if one.heading == calendar.board.name)
            stand = digest.content.intro[1]
            counted = counts_in(stand.partition(": ")[2])
            assert first_number(home, "open action") == counted.total()
            assert first_number(home, "overdue") == digest.overdue == first_number(digest.content.headline, "overdue")
            assert first_number(home, "awaiting") == counted["proposed for closure"]
            picture = digest.content.picture
            assert isinstance(picture, Picture)
            bars = Counter({s.value: 0 for s in Status})
            for bar in picture.bars:
                bars.update({status.value: count for status, count in bar.counts})
            assert +bars == counted
            assert sum(bar.overdue for bar in picture.bars) == digest.overdue
            every += counted
            overdue += digest.overdue
        assert first_number(told.headline, "of them overdue") == overdue == first_number(late.headline, "overdue")
        said = counts_in(told.headline)
        assert {name: said[name] for name in every} == dict(every)
        whole = picture_of(ctx, ctx.listed(), "action", "The plan")
        under = dict.fromkeys(bar.under for bar in whole.bars)
        assert sum(first_number(one, "") for one in under) == sum(count for b in whole.bars for _, count in b.counts)
        assert sum(first_number(one, "overdue") for one in under) == overdue

    plan.now = FIRST + timedelta(days=days)
    plan.again([work], SECRETARY)
