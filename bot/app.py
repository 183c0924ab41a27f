"""The composition root: everything is put together here, and nothing runs at import."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from socket import gaierror
from ssl import SSLError
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.health import Health, HealthServer
from bot.log import sdk_logger
from bot.settings import Settings
from bot.slack.channel_trouble import channel_trouble
from bot.slack.directory import Directory, reading_client
from bot.slack.intake import Intake
from bot.slack.listeners import register
from bot.slack.meanings import Means, Trouble, meaning, token_advice
from bot.slack.messenger import SlackMessenger, sending_client
from bot.slack.odd_payloads import GuardedHandler
from bot.slack.refused_blocks import RefusedBlocks
from bot.slack.requests import Deps
from bot.slack.responding import tell_somebody
from bot.slack.scopes import BOT_SCOPES, WITHOUT_SCOPE
from bot.slack.socket_watchdog import SocketWatchdog
from models.errors import DatabaseProblem, Refusal, hide_secrets
from models.notifications.retention import KeptDays, tidy
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.storage.engine import Database
from models.storage.restored import check_not_moved
from models.storage.scope import ALL
from models.storage.workspaces import adopt
from schedules.outbox import MAX_IN_FLIGHT, Outbox, Timing
from schedules.runner import Runner

TIDY_EVERY = 6 * 3600.0
"""Seconds between two looks at what is kept only for a time: a bot that is started anew each day does it too."""
LISTENERS = 64
"""Deliveries in hand at the same time: most of them wait until they are noted."""
BLOCKS_EVERY = 24 * 3600.0
"""Seconds between two looks at which kinds of block Slack takes; the first is as the bot starts."""
LISTEN_EVERY = 5.0
"""Seconds between two looks at whether the socket still hears."""


@dataclass
class Bot:
    """The running bot: what listens, what says things unasked, and what both work with."""

    app: App
    handler: SocketModeHandler
    outbox: Outbox
    runner: Runner
    deps: Deps
    intake: Intake
    team_name: str
    socket_watchdog: SocketWatchdog
    kept_days: KeptDays
    health: HealthServer | None = None

    def connect(self) -> None:
        """Open the socket: from now on people are heard.

        Raises:
            Refusal: Slack does not take it.
        """
        self.intake.start()
        try:
            with asking_slack("SLACK_APP_TOKEN", self.deps.client.base_url):
                self.handler.connect()  # type: ignore[no-untyped-call]
                self.socket_watchdog.begin()
        except Refusal:
            self.stop()
            raise

    def _tidy(self) -> None:
        """Take out what is kept only for a time; where the database is busy, the next time does."""
        with suppress(DatabaseProblem):
            gone = True
            while gone:
                with self.deps.writing() as session:
                    now = self.deps.now()
                    today = local_day(now, zone_of(session, self.deps.workspace_id))
                    gone = bool(tidy(session, now, today, self.kept_days))

    def start(self) -> None:
        """Open the socket and begins to say things unasked.

        Raises:
            Refusal: Slack does not take it.
        """
        self.connect()
        self.runner.add_job(self.socket_watchdog.reconnect, LISTEN_EVERY)
        self.runner.add_job(self.deps.directory.store_missed, LISTEN_EVERY)
        self.runner.add_job(self._tidy, TIDY_EVERY)
        self.runner.add_job(partial(self.deps.blocks.ask, self.deps.client), BLOCKS_EVERY)
        self.deps.run_in_background(self.deps.blocks.ask, self.deps.client)
        self.runner.start()
        if self.health is not None:
            self.health.start()

    def stop(self) -> None:
        """End within seconds: no new work, what is under way is finished, the rest goes on at the next start."""
        if self.health is not None:
            self.health.stop()
        self.runner.stop()
        self.handler.close()  # type: ignore[no-untyped-call]
        self.intake.stop()
        self.deps.reading.shutdown(wait=True)
        self.deps.later.shutdown(wait=True)
        self.deps.database.dispose()


@contextmanager
def asking_slack(token: str, url: str) -> Iterator[None]:
    """Say in words why Slack does not answer with the token of this name.

    Raises:
        Refusal: with what to do where a token is wrong, a scope is missing, or nobody answers.
    """
    try:
        yield
    except Refusal:
        raise
    except Exception as error:  # noqa: BLE001 - the SDK raises what a page brings about: of JSON, of coding, of anything
        raise Refusal(_no_success(token, meaning(error), error, url)) from None


def connection(settings: Settings) -> tuple[str, str, str, tuple[str, ...]]:
    """Ask Slack who the bot is: team id, team name, bot's user id, and which scopes that it can do without are lacking.

    Raises:
        Refusal: a token is wrong, a scope is missing, or nobody answers.
    """
    url = settings.slack_api_url
    client = reading_client(settings.slack_bot_token.get_secret_value(), url)
    with asking_slack("SLACK_BOT_TOKEN", url):
        response = client.auth_test()
    if not response.get("team_id"):
        raise Refusal(_no_slack(url))
    granted = _scopes(response.headers)
    missing = [scope for scope in BOT_SCOPES if granted and scope not in granted]
    if needed := [scope for scope in missing if scope not in WITHOUT_SCOPE]:
        raise Refusal(
            f"The bot token lacks {', '.join(needed)}: add it under “OAuth & Permissions”, install the app again "
            "and copy the new token."
        )
    with asking_slack("SLACK_APP_TOKEN", url):
        client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    return str(response["team_id"]), str(response["team"]), str(response["user_id"]), tuple(missing)


def _scopes(headers: Any) -> set[str]:
    for name, value in dict(headers).items():
        if str(name).lower() == "x-oauth-scopes":
            text = ",".join(value) if isinstance(value, list) else str(value)
            return {scope.strip() for scope in text.split(",") if scope.strip()}
    return set()


def _no_success(name: str, trouble: Trouble, error: Exception, url: str) -> str:
    """Return what a call without success means for a token, in words (bot/install/guide.md, Behind a proxy)."""
    if trouble.is_page or isinstance(error, ValueError):
        return _busy(trouble.why) if " 5" in trouble.why else _no_slack(url)
    if getattr(error, "response", None) is None:
        return _unanswered(url, getattr(error, "reason", error))
    if trouble.means in (Means.WAIT, Means.UNKNOWN):
        return _busy(trouble.why)
    return token_advice(name, trouble)


def _busy(why: str) -> str:
    return f"Slack cannot answer just now ({why}): try again in a minute."


def _unanswered(url: str, why: object) -> str:
    """Return why no answer came from an address, and what to do."""
    url = hide_secrets(url)
    if isinstance(why, SSLError):
        return f"{url} has a certificate of an unknown authority: set SSL_CERT_FILE to your organisation’s own."
    if "Tunnel connection failed" in str(why):
        return f"The proxy of HTTPS_PROXY lets nobody through to {url}: have it allow *.slack.com."
    if isinstance(why, gaierror):
        return f"There is no way to {url} from here: check the network, and HTTPS_PROXY where a proxy is the way out."
    return f"Nobody answers at {url} ({type(why).__name__}): check the network, then try again."


def _no_slack(url: str) -> str:
    return f"What answers at {hide_secrets(url)} does not speak Slack’s API: check SLACK_API_URL, or leave it out."


def build(
    settings: Settings,
    now: Callable[[], datetime],
    instant: Callable[[], datetime],
    *,
    wake: Callable[[], None] | None = None,
    ping_interval: float = 10,
) -> Bot:
    """Put the bot together.

    Args:
        settings: where Slack and the database are.
        now: the plan's time (movable in the local workspace).
        instant: real time: leases, back-off, waits. On PostgreSQL its own clock goes before this machine's.
        wake: what to call when the ledger should be looked at soon; the runner's own where it is left out.
        ping_interval: seconds between the socket's pings.

    Raises:
        Refusal: the database or a token cannot be used as it is.
    """
    database = Database(settings.cypp_database_url)
    database.check_revision()
    team_id, team_name, bot_user, _ = connection(settings)
    with database.write(workspace=ALL) as session:
        check_not_moved(session, database.name)
        adopt(session, team_id, now())
    token, url = settings.slack_bot_token.get_secret_value(), settings.slack_api_url
    reading = reading_client(token, url)
    directory = Directory(reading, database, team_id, now)
    timing = Timing(
        lease=timedelta(seconds=settings.cypp_lease_seconds),
        look_after=timedelta(seconds=settings.cypp_look_after_seconds),
        look_again=timedelta(seconds=settings.cypp_look_again_seconds),
    )
    blocks = RefusedBlocks(database, team_id, now, partial(channel_trouble, directory.quick))
    messenger = SlackMessenger(sending_client(token, url), blocks)
    outbox = Outbox(database, team_id, messenger, database.clock(instant), timing, MAX_IN_FLIGHT)
    runner = Runner(outbox, now, settings.cypp_tick_seconds)
    deps = Deps(database, team_id, sending_client(token, url), directory, now, wake or runner.wake, bot_user, blocks)
    # A listener answers before it returns, so that Bolt need not poll for the acknowledgement every 10 ms.
    # Bolt finds SLACK_BOT_TOKEN as well and warns that it is not needed beside a client.
    logger = sdk_logger(logging.ERROR)
    app = App(client=reading, process_before_response=True, token_verification_enabled=False, logger=logger)
    intake = register(app, deps)
    handler = GuardedHandler(
        app,
        settings.slack_app_token.get_secret_value(),
        ping_interval=ping_interval,
        logger=sdk_logger(),
        concurrency=LISTENERS,
    )
    handler.tell = partial(tell_somebody, deps)
    with asking_slack("SLACK_BOT_TOKEN", url):
        directory.read_all()
    socket_watchdog = SocketWatchdog(handler.client)
    health = None
    if settings.cypp_health_port:
        looks = Health(
            database, team_id, socket_watchdog, instant, settings.cypp_tick_seconds, lambda: runner.last_pass
        )
        health = HealthServer(looks, settings.cypp_health_host, settings.cypp_health_port)
    return Bot(app, handler, outbox, runner, deps, intake, team_name, socket_watchdog, settings.kept_days, health)
