"""What somebody else has to act on reaches the board's secretary: once, in working hours, and the writer is told so."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.enums import MessageClass, NotificationKind, NotificationState
from models.storage.notification_tables import Message, Notification
from models.storage.scope import ALL
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ACTIVE,
    CHAIR,
    DIRECTOR,
    EDUCATION,
    HEALTH,
    MEMBER,
    SECRETARY,
    YOUNG_PERSONS,
    OpenAt,
    Pristine,
    read,
    stored,
    when,
)
from tests.local_slack import Sandbox

TOLD = "Democratic Services Officer has been told"


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(8, 18, 11), burst=10_000)
    add_others(sandbox)
    sandbox.say(ACTIVE, "good morning")
    return Pristine(sandbox)


def reached(sandbox: Sandbox, mark: int) -> str:
    return "\n\n".join(read(one) for one in sandbox.workspace.since(SECRETARY, mark))


def passed_on(sandbox: Sandbox) -> list[Notification]:
    with sandbox.database.read(ALL) as session:
        return list(session.scalars(select(Notification).where(Notification.kind == NotificationKind.PASSED_ON)))


@pytest.mark.parametrize(
    ("user", "words", "headline", "beside"),
    [
        (
            YOUNG_PERSONS,
            "I'm not in this role any more, Grace Obi has taken over from 1 August",
            "Young Persons Lead says that they do not hold Young Persons Lead, Sefton CVS any more.",
            ["“I'm not in this role any more, Grace Obi has taken over from 1 August”", "/cypp handover", "9sep-1"],
        ),
        (
            ACTIVE,
            "can someone ring me about happy-6, it's easier to explain",
            "Active Sefton Manager asks for a call about happy-6.",
            ["“can someone ring me about happy-6, it's easier to explain”"],
        ),
        (
            DIRECTOR,
            "I already replied to democratic services by e-mail of 14 Aug on 16sep-2",
            "Executive Director says that an update on 16sep-2 was given elsewhere.",
            ["/cypp update 16sep-2"],
        ),
        (
            CHAIR,
            "apologies for october, my vice chair will take it",
            "Chair of the partnership board sends apologies for Fri 23 Oct 2020.",
            ["“apologies for october, my vice chair will take it”", "Children and Young People's Partnership Board"],
        ),
        (
            HEALTH,
            "please only email me from now on",
            "Public Health Lead asks to be written to elsewhere",
            [],
        ),
    ],
)
def test_the_secretary_is_told_and_the_writer_hears_so(
    sandbox: Sandbox, user: str, words: str, headline: str, beside: list[str]
) -> None:
    before, mark = stored(sandbox), sandbox.workspace.mark()
    answer = sandbox.say(user, words)
    assert TOLD in read(answer)
    told = reached(sandbox, mark)
    assert headline in told
    assert [one for one in beside if one not in told] == []
    assert stored(sandbox) == before, "nothing is recorded by it"


@pytest.mark.parametrize(
    ("user", "words"),
    [
        (YOUNG_PERSONS, "the new editor has taken over from the volunteers, first draft is with her"),
        (ACTIVE, "the sports clubs asked us to call them back in September"),
        (DIRECTOR, "the letter went to all head teachers by e-mail on 14 August"),
        (EDUCATION, "sorry, apologies for the delay"),
        (EDUCATION, "this is the 3rd time you've asked me"),
        (HEALTH, "the GPs can't make the meeting in October so the profiles will wait"),
        (MEMBER, "can someone ring me"),
    ],
)
def test_nobody_is_told_of_what_only_looks_like_it(sandbox: Sandbox, user: str, words: str) -> None:
    answer = sandbox.say(user, words)
    assert "has been told" not in read(answer)
    assert passed_on(sandbox) == []


def test_what_is_delivered_three_times_or_said_twice_is_told_once(sandbox: Sandbox) -> None:
    sandbox.workspace.deliver_times = 3
    mark = sandbox.workspace.mark()
    sandbox.say(ACTIVE, "please ring me about happy-6")
    sandbox.workspace.settle(0.1)
    sandbox.workspace.deliver_times = 1
    assert TOLD in read(sandbox.say(ACTIVE, "please ring me about happy-6"))
    assert reached(sandbox, mark).count("asks for a call about happy-6") == 1
    assert len(passed_on(sandbox)) == 1


def test_what_is_said_in_the_evening_waits_for_the_morning_and_comes_in_one_message(sandbox: Sandbox) -> None:
    sandbox.advance(when(8, 18, 20))
    mark = sandbox.workspace.mark()
    sandbox.say(ACTIVE, "please ring me about happy-6")
    sandbox.say(YOUNG_PERSONS, "Someone else does my job now")
    sandbox.say(CHAIR, "apologies for the 16th of September")
    assert reached(sandbox, mark) == ""
    sandbox.advance(when(8, 19, 9, 30))
    with sandbox.database.read(ALL) as session:
        rows = session.scalars(select(Notification).where(Notification.kind == NotificationKind.PASSED_ON)).all()
        assert {row.state for row in rows} == {NotificationState.SENT}
        (message,) = {session.get_one(Message, row.message_id or 0) for row in rows}
        assert message.message_class is MessageClass.SECRETARY
    assert "asks for a call about happy-6" in reached(sandbox, mark)
    assert "apologies for Wed 16 Sep 2020" in reached(sandbox, mark)


def test_words_that_may_identify_somebody_are_not_passed_on(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    answer = sandbox.say(EDUCATION, "give us a bell on my private mobile 07700 900123 about healthy-5")
    assert TOLD in read(answer)
    assert "without your words" in read(answer)
    assert "07700" not in reached(sandbox, mark)
