"""`status priority 7`, dispatch to acknowledgement: beside an echo, in a large database, and while a pass sends."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from slack_bolt import Ack, App, BoltRequest
from slack_sdk import WebClient
from sqlalchemy import Connection, event

from bot.__main__ import real_now
from bot.app import Bot, build
from bot.demo.sandbox import TEAM
from bot.settings import Settings
from bot.slack import listeners
from bot.slack.directory import Directory
from bot.slack.listeners import register
from bot.slack.requests import Deps
from models.plan.accounts import AccountSeen
from models.plan.directory_rows import remember
from models.storage.engine import Database
from tests.benchmarks.databases import example_of, other_workspace, spread, write
from tests.benchmarks.measure import Figure, in_turn, seconds
from tests.benchmarks.run import Run
from tests.benchmarks.sending import to_be_sent
from tests.benchmarks.stand_in import CHAIR, SECRETARY

ASKED = "status priority 7"
NOW = datetime.fromisoformat("2020-08-10T09:00+00:00")
SMALL = "33.db"
MOST_SELECTS = 7
"""So many SELECTs an answer of this kind may take, whoever asks and whatever belongs to the actions.

One more is for the parts of actions for all partners, one for the boards that kept some of the actions before.
"""


def open_bot(run: Run, path: Path, now: datetime = NOW) -> Bot:
    """The bot on a database, as `serve` puts it together, without its socket and its bell."""
    settings = Settings(
        slack_bot_token=SecretStr(run.stand_in.bot_token),
        slack_app_token=SecretStr(run.stand_in.app_token),
        slack_api_url=run.stand_in.api_url,
        cypp_database_url=str(path),
    )
    # How long an answer takes is measured here, however slow the machine is.
    listeners.SLOW_AFTER = 60.0
    return build(settings, lambda: now, real_now, wake=lambda: None)


@contextmanager
def opened(run: Run, path: Path, now: datetime = NOW) -> Iterator[Bot]:
    """The same, closed in the end."""
    bot = open_bot(run, path, now)
    try:
        yield bot
    finally:
        bot.deps.later.shutdown()
        bot.deps.database.dispose()


def command(text: str, user: str = CHAIR, team: str = TEAM) -> dict[str, Any]:
    """The payload of `/cypp …`."""
    return {
        "token": "none",
        "team_id": team,
        "team_domain": "cypp-demo",
        "channel_id": "C0PARTNER",
        "channel_name": "partnership",
        "user_id": user,
        "user_name": "chair",
        "command": "/cypp",
        "text": text,
        "api_app_id": "A0CYPP",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/none",
        "trigger_id": "1.2.3",
    }


def ask(app: App, body: dict[str, Any], expected: str) -> Callable[[], None]:
    """Dispatches a payload and sees that the acknowledgement begins as expected."""

    def once() -> None:
        response = app.dispatch(BoltRequest(body=body, mode="socket_mode"))
        if response.status != 200 or expected not in response.body:
            raise AssertionError(f"answered {response.status}: {response.body[:200]}")

    return once


def echo(run: Run, answer: Callable[[Ack], object], *, process_before_response: bool = False) -> App:
    """A Bolt app that answers `/cypp` with an echo."""
    client = WebClient(token=run.stand_in.bot_token, base_url=run.stand_in.api_url)
    app = App(client=client, token_verification_enabled=False, process_before_response=process_before_response)
    app.command("/cypp")(lambda ack: answer(ack))
    return app


def selects_of(database: Database, work: Callable[[], None]) -> list[tuple[Any, Any]]:
    """Every SELECT that some work has SQLAlchemy run, with its parameters."""
    seen: list[tuple[Any, Any]] = []

    def note(connection: Connection, statement: Any, many: Any, parameters: Any, options: Any) -> None:
        if getattr(statement, "is_select", False):
            seen.append((statement, parameters or (many[0] if many else {})))

    event.listen(database.engine, "before_execute", note)
    try:
        work()
    finally:
        event.remove(database.engine, "before_execute", note)
    return seen


def sql_of(database: Database, work: Callable[[], object]) -> list[str]:
    """The SQL that reaches the driver meanwhile, but for the beginnings of transactions."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return seen


def small(run: Run) -> Path:
    """The database of 33 actions."""
    return run.databases.get(SMALL, lambda path: write(path, example_of()))


def large(run: Run) -> Path:
    """The same plan among a thousand other workspaces."""
    sizes = run.sizes
    return run.databases.get("million.db", lambda path: spread(path, sizes.workspaces, sizes.actions_each))


def status(run: Run) -> Iterator[Figure]:
    """Beside an echo that runs the same SELECTs, and beside a bare echo."""
    with opened(run, small(run)) as bot:
        mine = ask(bot.app, command(ASKED), "Priority 7")
        mine()
        selects, same = reading(run, bot, mine)
        bare = ask(echo(run, lambda ack: ack("an echo")), command(ASKED), "an echo")
        taken = in_turn(run.sizes.rounds, run.sizes.calls, mine, same, bare)
    what = f"/cypp {ASKED}, dispatch to acknowledgement, 33 actions"
    than = "an echo that runs the same SELECTs in SQLAlchemy Core"
    within = {"selects": MOST_SELECTS}
    yield Figure("status", what, than, "ms", taken[0], taken[1], 6, also={"selects": selects}, within=within)
    yield Figure("status-bare", what, "a bare echo with Bolt's defaults", "ms", taken[0], taken[2], 0.35)


def reading(run: Run, bot: Bot, work: Callable[[], None]) -> tuple[int, Callable[[], None]]:
    """How many SELECTs some work has SQLAlchemy run, and an echo that runs the same in SQLAlchemy Core."""
    selects = selects_of(bot.deps.database, work)

    def read_and_echo(ack: Ack) -> None:
        with bot.deps.database.engine.connect() as connection:
            for statement, parameters in selects:
                connection.execute(statement, parameters).all()
        ack("an echo")

    once = ask(echo(run, read_and_echo, process_before_response=True), command(ASKED), "an echo")
    once()
    if sql_of(bot.deps.database, once) != sql_of(bot.deps.database, work):
        raise AssertionError("the echo does not run the same SELECTs")
    return len(selects), once


def status_million(run: Run) -> Iterator[Figure]:
    """In a database of a million actions: of the plan of 33 in it, and of one of the thousand plans of 1,000 each."""
    there = other_workspace(run.sizes.workspaces // 2)
    with opened(run, small(run)) as here, opened(run, large(run)) as bot:
        deps = bot.deps
        # As the process has it that serves them: each serves one workspace.
        database = Database(deps.database.url)
        with database.write(workspace=there) as session:
            remember(session, there, [AccountSeen(team=there, user=CHAIR, name="Chair")], NOW)
        directory = Directory(bot.app.client, database, there, deps.now)
        their = Deps(database, there, deps.client, directory, deps.now, deps.wake, later=deps.later)
        theirs = App(client=bot.app.client, process_before_response=True, token_verification_enabled=False)
        register(theirs, their)
        beside = ask(here.app, command(ASKED), "Priority 7")
        mine = ask(bot.app, command(ASKED), "Priority 7")
        large_one = ask(theirs, command(ASKED, team=there), "Priority 7")
        taken = in_turn(run.sizes.rounds, run.sizes.calls, beside, mine, large_one)
        database.dispose()
    sizes = run.sizes
    every = f"{sizes.workspaces * sizes.actions_each + 33:,} actions in {sizes.workspaces + 1:,} workspaces"
    than = "itself in a database of 33 actions"
    yield Figure("status-million", f"/cypp {ASKED}, {every}, asked in one of 33", than, "ms", taken[1], taken[0], 1.5)
    what = f"/cypp {ASKED}, {every}, asked in one of {sizes.actions_each:,}"
    yield Figure("status-million-each", what, than, "ms", taken[2], taken[0], 1.5)


def status_sending(run: Run) -> Iterator[Figure]:
    """Its 99th percentile while a pass sends, beside its median while nothing else goes on."""
    worst, idle, passes = [], [], []
    run.stand_in.slow(run.sizes.answer_after)
    for _ in range(run.sizes.rounds):
        path, now = to_be_sent(run)
        with opened(run, path, now) as bot:
            once = ask(bot.app, command(ASKED, user=SECRETARY), "Priority 7")
            once()
            idle.append(statistics.median(seconds(once) * 1000 for _ in range(run.sizes.calls)))
            sending = threading.Thread(target=bot.outbox.tick, args=(now,))
            during = []
            began = time.perf_counter()
            sending.start()
            while sending.is_alive():
                during.append(seconds(once) * 1000)
                # A chair types; a flood of questions would be another figure.
                time.sleep(run.sizes.pause)
            passes.append(time.perf_counter() - began)
        posts, _ = run.stand_in.posted()
        if posts != run.sizes.messages:
            raise AssertionError(f"{posts} messages were sent instead of {run.sizes.messages}")
        worst.append(statistics.quantiles(during, n=100, method="inclusive")[98] if len(during) > 1 else during[0])
    run.stand_in.slow(0)
    yield Figure(
        "status-sending",
        f"/cypp {ASKED} while a pass of {run.sizes.messages} sends runs, 99th percentile",
        "its median while nothing else goes on",
        "ms",
        worst,
        idle,
        20,
        also={"pass_s": round(statistics.median(passes), 2)},
    )
