"""The table of who may do what (tests/handlers/who_may.py), its presses and forms, as a bot in the local workspace.

The plan, what has happened in it and the numbers that buttons carry are those of tests/handlers/test_who_may.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Any

from pydantic import SecretStr
from slack_bolt import BoltRequest, BoltResponse
from sqlalchemy import text

from bot.__main__ import real_now
from bot.app import Bot, build
from bot.demo.clock import MovableClock
from bot.demo.sandbox import _PING, TEAM, add_people
from bot.settings import Settings
from models.files.planfile import read_plan
from models.storage.base import Base
from models.storage.engine import Database
from tests.bot.slack.e2e import read
from tests.handlers import deed_roles as table
from tests.handlers.test_who_may import ACCOUNTS, NOW, OTHERS, Place, plan_with_everybody
from tests.local_slack import LocalWorkspace, Sandbox

NAMES = {account.user: role for role, account in ACCOUNTS.items()}


class DeedsTown:
    """The place of the table, a workspace with everybody in it, and a bot that listens."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(Database(str(folder / "plan.db")))
        database = self.place.rounds.database
        self.workspace = LocalWorkspace(team_id=TEAM, ping_interval=_PING, burst=10_000, partners_can=True).start()
        add_people(self.workspace, read_plan(plan_with_everybody(), "plan.yaml"))
        for account in (*ACCOUNTS.values(), *OTHERS):
            self.workspace.add_user(
                account.user,
                NAMES.get(account.user, account.user),
                team_id=account.team,
                is_restricted=account.is_guest,
                is_stranger=account.team != TEAM,
            )
        self.clock = MovableClock(NOW)
        self.sandbox = Sandbox(self.workspace, self.bot(), self.clock, database)
        self.workspace.join("C0PARTNER", *NAMES)
        for account in ACCOUNTS.values():
            if account.is_deleted:
                self.workspace.deactivate(account.user)

    def bot(self) -> Bot:
        """A copy of the bot, connected."""
        settings = Settings(
            slack_bot_token=SecretStr(self.workspace.bot_token),
            slack_app_token=SecretStr(self.workspace.app_token),
            slack_api_url=self.workspace.api_url,
            cypp_database_url=self.place.rounds.database.url,
        )
        bot = build(settings, self.clock, real_now, wake=lambda: None, ping_interval=_PING)
        bot.connect()
        return bot

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.sandbox.database.read(TEAM) as session:
            names = [one.name for one in Base.metadata.sorted_tables]
            return {name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}

    def said_since(self, user: str, mark: int) -> list[str]:
        """What the bot newly said to somebody."""
        return [read(one) for one in self.workspace.since(user, mark) if not one.edited]

    def filled(self, fields: Mapping[str, str]) -> dict[str, str]:
        """What is put into a form, with the numbers that the names in braces stand for."""
        return {name: self.place.filled(value) for name, value in fields.items()}


def someone_who_may(deed: table.Deed) -> str:
    """The role that does a deed in these tests: one that stores something by it, where some do."""
    stores = deed.gets.keys() if deed.stores is None else deed.stores or deed.gets.keys()
    first = (table.ITS_LEAD, table.KEEPER, table.ADMIN, table.OTHER_KEEPER)
    return next(role for role in (*first, *deed.gets) if role in stores and role in deed.gets)


def form_body(user: str, team: str, verb: str, value: str, fields: Mapping[str, str], view: str) -> dict[str, Any]:
    """A form that is sent in, as Slack delivers it."""
    values = {}
    element: dict[str, Any]
    for name, given in fields.items():
        if name == "who":
            element = {"type": "users_select", "selected_user": given}
        elif given[:4].isdecimal() and given[4:5] == "-":
            element = {"type": "datepicker", "selected_date": given}
        elif name in ("words", "reason", "lines", "time"):
            element = {"type": "plain_text_input", "value": given}
        else:
            element = {"type": "static_select", "selected_option": {"value": given}}
        values[name] = {name: element}
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "cypp"},
        "user": {"id": user, "team_id": team},
        "view": {
            "id": view,
            "type": "modal",
            "callback_id": f"cypp:{verb}",
            "private_metadata": f"C0PARTNER\n{value}",
            "state": {"values": values},
        },
    }


def dispatched(bot: Bot, body: dict[str, Any]) -> BoltResponse:
    """What the bot's app answers to something that Slack delivers."""
    return bot.app.dispatch(BoltRequest(body=body, mode="socket_mode"))


def stopped(bot: Bot) -> None:
    """Ends a copy of the bot."""
    closing = Thread(target=bot.stop)
    closing.start()
    while closing.is_alive():
        bot.handler.client.enqueue_message("{}")
        closing.join(0.01)
