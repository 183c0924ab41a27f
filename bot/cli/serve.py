"""`serve`: the bot in Slack, until SIGTERM or SIGINT."""

import logging

import click

from bot.__main__ import real_now
from bot.cli.common import database_option
from bot.cli.leaving import until_told_to_leave


@click.command("serve")
@database_option
def serve_command(database_url: str) -> None:
    """Run the bot in Slack over Socket Mode. Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN; ends on SIGTERM or Ctrl-C."""
    from bot.app import build
    from bot.log import configure_logging
    from bot.settings import read_settings

    settings = read_settings(database_url)
    configure_logging(settings.cypp_log_format)
    bot = build(settings, real_now, real_now)
    wait = until_told_to_leave()
    bot.start()
    log = logging.getLogger("cypp")
    log.info("connected to %s; the ledger is looked at every %g s", bot.team_name, bot.runner.every)
    wait()
    log.info("leaving: finishing what is under way")
    bot.stop()
