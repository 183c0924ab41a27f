"""Ask Slack for `check`: whether it takes the tokens, and whether the bot is in the boards' channels."""

import os
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from bot.cli.check_rows import CheckRow, GuideStep, Mark
from models.errors import Refusal
from models.storage.engine import Database
from models.storage.tables import Board
from models.storage.workspaces import LOCAL


def app_rows(database_url: str, planned_for: str) -> Iterator[CheckRow]:
    """Yield rows for the app: its scopes, both tokens, and whether the plan is of the same workspace."""
    from bot.settings import read_settings

    if not (os.environ.get("SLACK_BOT_TOKEN") or os.environ.get("SLACK_APP_TOKEN")):
        how = "not connected: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set"
        yield CheckRow(Mark.NOT_YET, GuideStep.APP, "Slack", how)
        return
    from bot.app import connection

    try:
        team_id, team, _ = connection(read_settings(database_url))
        yield CheckRow(Mark.DONE, GuideStep.APP, "Slack", f"the tokens of {team} are in order")
        if planned_for not in ("", LOCAL, team_id):
            how = f"the plan is of {planned_for}, and the tokens are of {team_id}: set that one’s"
            yield CheckRow(Mark.WRONG, GuideStep.APP, "Workspace", how)
    except Refusal as refusal:
        for sentence in refusal.sentence.splitlines():
            yield CheckRow(Mark.WRONG, GuideStep.APP, "Slack", sentence)


def channel_rows(database: Database, workspace_id: str, database_url: str, *, ask: bool) -> Iterator[CheckRow]:
    """Yield a row for each board's channel: whether the bot is in it, to publish and look up digests.

    `ask`: Slack can be asked.
    """
    with database.read(workspace_id) as session:
        boards = session.scalars(select(Board).order_by(Board.id)).all()
    for board in boards:
        what = f"Channel of {board.key}"
        if not board.channel:
            how = f"none: in Slack, “/cypp board {board.key} channel #name” names it"
            yield CheckRow(Mark.NOTE, GuideStep.CHANNELS, what, how)
        elif not ask:
            yield CheckRow(
                Mark.NOT_YET, GuideStep.CHANNELS, what, f"{board.channel}, not looked at: Slack cannot be asked yet"
            )
        else:
            yield _channel_row(what, board.channel, database_url)


def _channel_row(what: str, channel: str, database_url: str) -> CheckRow:
    from slack_sdk.errors import SlackApiError

    from bot.settings import read_settings
    from bot.slack.directory import reading_client
    from bot.slack.error_codes import SLACK_ERRORS
    from bot.slack.meanings import meaning

    settings = read_settings(database_url)
    client = reading_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        data: Any = client.conversations_info(channel=channel).data
        name, inside = data["channel"]["name"], data["channel"].get("is_member")
    except SlackApiError as error:
        why = meaning(error).why
        return CheckRow(
            Mark.WRONG, GuideStep.CHANNELS, what, f"{channel} cannot be seen ({why}): say “/invite @cypp” in it"
        )
    except (*SLACK_ERRORS, KeyError) as error:
        how = f"{channel} could not be looked up ({type(error).__name__}): try again"
        return CheckRow(Mark.NOTE, GuideStep.CHANNELS, what, how)
    if inside:
        return CheckRow(Mark.DONE, GuideStep.CHANNELS, what, f"the bot is in #{name}")
    return CheckRow(Mark.WRONG, GuideStep.CHANNELS, what, f"the bot is not in #{name}: say “/invite @cypp” there")
