"""Strangers, guests, leavers and forgers, by every way: refused, in the log without their words, and nothing changed.

What each role is told is in tests/handlers/test_who_may.py; here everything goes through the running bot.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.demo.sandbox import TEAM
from models.enums import Way
from models.files.import_plan import store_plan
from models.files.planfile import read_plan
from models.storage.base import Base
from models.storage.scope import ALL
from models.storage.tables import Action, Board, Meeting, Post
from models.storage.workspaces import ensure_workspace
from tests.bot.slack.deeds import DeedsTown, dispatched, form_body, someone_who_may
from tests.bot.slack.e2e import Kept, finish
from tests.handlers import deed_roles as table
from tests.handlers.deed_roles import Deed
from tests.handlers.test_who_may import ACCOUNTS, NOW, plan_with_everybody
from tests.handlers.who_may import DEEDS

OTHER = "T0OTHER"
SECRET = "a sentence nobody else may read"
OUR_OWN = ("received", "spoken", "account")
"""What the bot notes for itself: that a payload came, where an answer stands, whom Slack has shown."""
BUTTONS = [deed for deed in DEEDS if deed.way is Way.BUTTON]
FORMS = [deed for deed in DEEDS if deed.way is Way.FORM]
WORDS = ("reread", "addlines")
"""Forms that name by words what they are about."""
NAMING = [deed for deed in (*BUTTONS, *FORMS) if "{" in deed.do[1] and deed.do[0] not in WORDS]
FORGED = ("", "0", "-1", "999999999", "9" * 400, "0|2|3|4|5|6", "abc", "1 OR 1=1", "²", "\x00", "|", "|" * 50)


SILENT = ["button isupdate", "button more", "button adddrop", "button logdrop"]
"""Buttons that say what holds for whoever presses: nothing more is asked of them, their lines are gone."""


class Forgers:
    """The sandbox of the table, a second workspace in its database, and whatever anybody sends."""

    def __init__(self, deeds: DeedsTown) -> None:
        self.deeds = deeds
        plan = read_plan(plan_with_everybody(), "plan.yaml")
        with deeds.sandbox.database.write(workspace=ALL) as session:
            ensure_workspace(session, OTHER, NOW)
        with deeds.sandbox.database.write(workspace=OTHER) as session:
            store_plan(session, OTHER, plan, NOW)
        with deeds.sandbox.database.read(OTHER) as session:
            self.theirs = {
                name: str(number)
                for model, named in ((Action, Action.ref), (Board, Board.key), (Post, Post.key))
                for name, number in session.execute(select(named, model.id).where(model.workspace_id == OTHER))
            }
            for row in session.scalars(select(Meeting).where(Meeting.workspace_id == OTHER)):
                if row.starts_at:
                    self.theirs[f"{row.starts_at:%-d %b}"] = str(row.id)

    def everything(self) -> dict[str, list[Any]]:
        """All that is stored, but for what the bot notes for itself."""
        with self.deeds.sandbox.database.read(TEAM) as session:
            names = [one.name for one in Base.metadata.sorted_tables if one.name not in OUR_OWN]
            return {name: list(session.execute(text(f'SELECT * FROM "{name}"'))) for name in names}

    def press(self, role: str, verb: str, value: str) -> None:
        """Somebody sends the press of a button that they were never given."""
        account = ACCOUNTS[role]
        self.send(
            {
                "type": "block_actions",
                "team": {"id": TEAM, "domain": "cypp"},
                "user": {"id": account.user, "team_id": account.team},
                "container": {"type": "message", "message_ts": "1.1", "channel_id": "C0PARTNER"},
                "channel": {"id": "C0PARTNER", "name": "partnership"},
                "actions": [{"type": "button", "action_id": f"cypp:{verb}:0", "block_id": "b", "value": value}],
            }
        )

    def submit(self, role: str, deed: Deed, value: str, view: str = "V0FORGED") -> None:
        """Somebody sends in a form that was never opened."""
        account = ACCOUNTS[role]
        fields = {"words": SECRET, "reason": SECRET} | self.deeds.filled(deed.fields)
        self.send(form_body(account.user, account.team, deed.do[0], value, fields, view))

    def send(self, body: dict[str, Any]) -> None:
        """The bot acknowledges it."""
        answer = dispatched(self.deeds.sandbox.bot, body)
        assert answer.status == 200

    def do(self, role: str, deed: Deed, value: str, view: str = "V0FORGED") -> None:
        """A press or a form of the table."""
        if deed.way is Way.FORM:
            self.submit(role, deed, value, view)
        else:
            self.press(role, deed.do[0], value)


@pytest.fixture(scope="module")
def kept_forgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kept, Forgers]]:
    folder = tmp_path_factory.mktemp("forged")
    deeds = DeedsTown(folder)
    forgers = Forgers(deeds)
    yield Kept(deeds.sandbox), forgers
    deeds.sandbox.close()


@pytest.fixture
def forgers(kept_forgers: tuple[Kept, Forgers], caplog: pytest.LogCaptureFixture) -> Iterator[Forgers]:
    """The same for each test. Whatever was sent, nothing unforeseen happened, and no words are in the log."""
    caplog.set_level(logging.INFO, "bot")
    kept, forgers = kept_forgers
    kept.back()
    yield forgers
    finish(forgers.deeds.sandbox)
    nothing_odd(one.getMessage() for one in caplog.get_records("call"))


def nothing_odd(logged: Iterable[str]) -> None:
    """No unforeseen error is in the log, nor what somebody typed, nor a token."""
    for line in logged:
        assert "reference" not in line, line
        assert SECRET not in line
        assert "xoxb-" not in line
        assert "xapp-" not in line


def refusals(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log says was refused, since it was last asked."""
    logged = [one.getMessage() for one in caplog.records]
    caplog.clear()
    nothing_odd(logged)
    return [line for line in logged if line.startswith("refused: ")]


OTHER_WAYS: dict[str, tuple[Way, Callable[[Forgers, str], object]]] = {
    "a command": (
        Way.COMMAND,
        lambda all_of, user: all_of.deeds.workspace.command(user, "/cypp", f"update healthy-4 on track {SECRET}"),
    ),
    "a question": (Way.COMMAND, lambda all_of, user: all_of.deeds.workspace.command(user, "/cypp", f"find {SECRET}")),
    "words": (Way.REPLY, lambda all_of, user: all_of.deeds.workspace.say(user, f"healthy-4 on track {SECRET}")),
    "a mention": (
        Way.REPLY,
        lambda all_of, user: all_of.deeds.workspace.say(user, f"status p7 {SECRET}", "C0PARTNER", mention=True),
    ),
    "the Home tab": (Way.BUTTON, lambda all_of, user: all_of.deeds.workspace.open_home(user)),
}


@pytest.mark.parametrize("role", sorted(table.OUTSIDE))
def test_a_guest_a_stranger_and_a_leaver_are_refused_by_every_way(
    forgers: Forgers, caplog: pytest.LogCaptureFixture, role: str
) -> None:
    account = ACCOUNTS[role]
    before = forgers.everything()
    line = f"refused: {account.user} of {account.team} may not read ({{}})"
    for deed in (*BUTTONS, *FORMS):
        forgers.do(role, deed, forgers.deeds.place.filled(deed.do[1]), f"V0{abs(hash(deed.name))}")
        assert refusals(caplog) == [line.format(deed.way)], deed.name
    if role != table.GONE:
        # Nobody types with an account that is closed.
        for name, (way, does) in OTHER_WAYS.items():
            does(forgers, account.user)
            finish(forgers.deeds.sandbox)
            forgers.deeds.workspace.settle(0.05)
            # Slack does not say of which team somebody is who opens the app or types a command.
            said = line.replace(account.team, TEAM) if name in ("the Home tab", "a command", "a question") else line
            assert refusals(caplog) == [said.format(way)], name
    assert forgers.everything() == before


def test_numbers_of_another_workspace_are_refused_even_to_an_administrator(
    forgers: Forgers, caplog: pytest.LogCaptureFixture
) -> None:
    before = forgers.everything()
    silent = []
    for deed in NAMING:
        value = re.sub(r"\{([^{}]+)\}", lambda found: forgers.theirs.get(found[1], "999999"), deed.do[1])
        forgers.do(table.ADMIN, deed, value, f"V0{abs(hash(deed.name))}")
        if not refusals(caplog):
            silent.append(f"{deed.way} {deed.do[0]}")
        assert forgers.everything() == before, deed.name
    assert silent == SILENT


def test_forged_values_change_nothing_and_break_nothing(forgers: Forgers) -> None:
    before = forgers.everything()
    for deed in NAMING:
        for number, value in enumerate(FORGED):
            forgers.do(table.ADMIN, deed, value, f"V0{abs(hash(deed.name))}{number}")
        assert forgers.everything() == before, deed.name


def test_a_form_that_is_replayed_later_or_by_another_counts_for_nothing(
    kept_forgers: tuple[Kept, Forgers], forgers: Forgers
) -> None:
    for number, deed in enumerate(FORMS):
        value = forgers.deeds.place.filled(deed.do[1])
        forgers.do(someone_who_may(deed), deed, value, f"V0REPLAYED{number}")
        once = forgers.everything()
        forgers.deeds.clock.move(NOW.replace(day=19))
        for role in (someone_who_may(deed), table.MEMBER, table.ADMIN):
            forgers.do(role, deed, value, f"V0REPLAYED{number}")
        assert forgers.everything() == once, deed.name
        kept_forgers[0].back()


def test_a_menu_shows_an_outsider_nothing(forgers: Forgers) -> None:
    for role in sorted(table.OUTSIDE):
        account = ACCOUNTS[role]
        body = {
            "type": "block_suggestion",
            "action_id": "cypp:card:0",
            "block_id": "b",
            "value": "heal",
            "team": {"id": TEAM, "domain": "cypp"},
            "user": {"id": account.user, "team_id": account.team},
        }
        assert json.loads(dispatched(forgers.deeds.sandbox.bot, body).body) == {"options": []}
