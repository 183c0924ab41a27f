"""Every button, form and kind of event, delivered three times and to two copies at once: as if it had come once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.app import Bot
from models.enums import Way
from tests.bot.slack.deeds import DeedsTown, dispatched, form_body, someone_who_may, stopped
from tests.bot.slack.e2e import Kept, finish, planted
from tests.handlers.deed_roles import ITS_LEAD, KEEPER, Deed
from tests.handlers.test_who_may import ACCOUNTS
from tests.handlers.who_may import DEEDS
from tests.local_slack import Sandbox

Outcome = tuple[dict[str, int], list[str]]
BUTTONS = [deed for deed in DEEDS if deed.way is Way.BUTTON]
KEEPER_USER = ACCOUNTS[KEEPER].user
FORMS = [deed for deed in DEEDS if deed.way is Way.FORM]


class Twice:
    """A sandbox with two copies of the bot in it, put back for each delivery."""

    def __init__(self, deeds: DeedsTown, kept: Kept) -> None:
        self.deeds, self.kept = deeds, kept
        self.other = deeds.bot()
        deeds.workspace.wait_until_connected(connections=2)
        self.bots: tuple[Bot, ...] = (deeds.sandbox.bot, self.other)

    def outcome(self, user: str, does: Callable[[Sandbox], object]) -> Outcome:
        """What is stored and said by something done in the sandbox as it was."""
        sandbox = self.kept.back()
        before, mark = self.deeds.rows(), sandbox.workspace.mark()
        does(sandbox)
        sandbox.workspace.settle(0.02)
        for bot in self.bots:
            finish(Sandbox(sandbox.workspace, bot, sandbox.clock, sandbox.database))
        after = self.deeds.rows()
        more = {name: count - before[name] for name, count in after.items() if count != before[name]}
        return more, self.deeds.said_since(user, mark)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twice]:
    folder = tmp_path_factory.mktemp("thrice")
    deeds = DeedsTown(folder)
    twice = Twice(deeds, Kept(deeds.sandbox))
    yield twice
    stopped(twice.other)
    deeds.sandbox.close()


@pytest.mark.parametrize("deed", BUTTONS, ids=lambda deed: deed.name)
def test_a_button_that_comes_three_times_to_two_copies_does_what_one_press_does(twice: Twice, deed: Deed) -> None:
    user = ACCOUNTS[someone_who_may(deed)].user
    verb, value = deed.do[0], twice.deeds.place.filled(deed.do[1])

    def press(sandbox: Sandbox, times: int) -> None:
        message = planted(sandbox, user, verb, value)
        sandbox.workspace.deliver_times = times
        sandbox.workspace.press(user, message, text="Press")

    once = twice.outcome(user, lambda sandbox: press(sandbox, 1))
    assert twice.outcome(user, lambda sandbox: press(sandbox, 3)) == once


@pytest.mark.parametrize("verb", ["ask", "share"])
def test_words_behind_a_button_that_come_three_times_are_done_once(twice: Twice, verb: str) -> None:
    user = ACCOUNTS[ITS_LEAD].user
    value = "no change healthy-4" if verb == "ask" else "0|status p7"

    def press(sandbox: Sandbox, times: int) -> None:
        message = planted(sandbox, user, verb, value, "C0PARTNER")
        sandbox.workspace.deliver_times = times
        sandbox.workspace.press(user, message, text="Press")

    once = twice.outcome(user, lambda sandbox: press(sandbox, 1))
    shared = len(twice.deeds.workspace.messages("C0PARTNER"))
    assert twice.outcome(user, lambda sandbox: press(sandbox, 3)) == once
    assert len(twice.deeds.workspace.messages("C0PARTNER")) == shared


@pytest.mark.parametrize("deed", FORMS, ids=lambda deed: deed.name)
def test_a_form_that_comes_three_times_to_two_copies_at_once_does_what_one_does(twice: Twice, deed: Deed) -> None:
    account = ACCOUNTS[someone_who_may(deed)]
    verb, value, fields = deed.do[0], twice.deeds.place.filled(deed.do[1]), twice.deeds.filled(deed.fields)
    body = form_body(account.user, account.team, verb, value, fields, "V0ONLYONE")

    def send(bots: tuple[Bot, ...]) -> None:
        with ThreadPoolExecutor(len(bots)) as pool:
            answers = list(pool.map(lambda bot: dispatched(bot, body), bots))
        assert [answer.status for answer in answers] == [200] * len(bots)
        assert all("errors" not in answer.body for answer in answers)

    once = twice.outcome(account.user, lambda sandbox: send(twice.bots[:1]))
    assert once[0]
    assert twice.outcome(account.user, lambda sandbox: send(twice.bots * 3)) == once


LEAD = ACCOUNTS[ITS_LEAD].user
EVENTS: dict[str, tuple[str, Callable[[Sandbox], object]]] = {
    "an answer": (LEAD, lambda sandbox: sandbox.workspace.say(LEAD, "healthy-4 on track, two are drafted")),
    "several answers": (
        LEAD,
        lambda sandbox: sandbox.workspace.say(LEAD, "healthy-4 on track\nhealthy-9 amber, one left"),
    ),
    "words shown back": (LEAD, lambda sandbox: sandbox.workspace.say(LEAD, "the profiles went to the printers")),
    "a question": (LEAD, lambda sandbox: sandbox.workspace.say(LEAD, "what is overdue?")),
    "thanks": (LEAD, lambda sandbox: sandbox.workspace.say(LEAD, "thanks!")),
    "a file": (LEAD, lambda sandbox: sandbox.workspace.say(LEAD, "", files=["profiles.pdf"])),
    "a mention": (LEAD, lambda sandbox: sandbox.workspace.say(LEAD, "status p7", "C0PARTNER", mention=True)),
    "a mention that answers": (
        LEAD,
        lambda sandbox: sandbox.workspace.say(
            LEAD, "update healthy-4 on track, two are drafted", "C0PARTNER", mention=True
        ),
    ),
    "the Home tab": (LEAD, lambda sandbox: sandbox.workspace.open_home(LEAD)),
    "somebody who leaves": (LEAD, lambda sandbox: sandbox.workspace.deactivate(LEAD)),
    "a shortcut": (
        KEEPER_USER,
        lambda sandbox: sandbox.workspace.shortcut(
            KEEPER_USER, planted(sandbox, KEEPER_USER, "notnow", "-", "C0PARTNER"), "cypp:turn"
        ),
    ),
}


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_that_comes_three_times_to_two_copies_does_what_one_does(twice: Twice, event: str) -> None:
    user, does = EVENTS[event]

    def times(sandbox: Sandbox, many: int) -> None:
        sandbox.workspace.deliver_times = many
        does(sandbox)

    once = twice.outcome(user, lambda sandbox: times(sandbox, 1))
    same(once, twice.outcome(user, lambda sandbox: times(sandbox, 3)))


def same(once: Outcome, thrice: Outcome) -> None:
    """Once for all is stored. What stores nothing may be answered again, with the same words."""
    assert thrice[0] == once[0]
    assert set(thrice[1]) == set(once[1])
    if once[0]:
        assert thrice[1] == once[1]
