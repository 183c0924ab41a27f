"""What `check` asks Slack: whether it takes the tokens, and whether the bot is in the boards' channels."""

import os
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from bot.cli.check_rows import Mark, Row, Step
from models.errors import Refusal
from models.storage.engine import Database
from models.storage.tables import Board
from models.storage.workspaces import LOCAL


def app_rows(database_url: str, planned_for: str) -> Iterator[Row]:
    """Whether the app is there with its scopes, both tokens are in order, and the plan is of the same workspace."""
    from bot.settings import read_settings

    if not (os.environ.get("SLACK_BOT_TOKEN") or os.environ.get("SLACK_APP_TOKEN")):
        how = "not connected: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set"
        yield Row(Mark.NOT_YET, Step.APP, "Slack", how)
        return
    from bot.app import connection

    try:
        team_id, team, _ = connection(read_settings(database_url))
        yield Row(Mark.DONE, Step.APP, "Slack", f"the tokens of {team} are in order")
        if planned_for not in ("", LOCAL, team_id):
            how = f"the plan is of {planned_for}, and the tokens are of {team_id}: set that one’s"
            yield Row(Mark.WRONG, Step.APP, "Workspace", how)
    except Refusal as refusal:
        for sentence in refusal.sentence.splitlines():
            yield Row(Mark.WRONG, Step.APP, "Slack", sentence)


def channel_rows(database: Database, workspace_id: str, database_url: str, *, ask: bool) -> Iterator[Row]:
    """Whether the bot is in each board's channel, where its digest is published and looked up again.

    `ask`: Slack can be asked.
    """
    with database.read() as session:
        boards = session.scalars(select(Board).where(Board.workspace_id == workspace_id).order_by(Board.id)).all()
    for board in boards:
        what = f"Channel of {board.key}"
        if not board.channel:
            how = f"none: in Slack, “/cypp board {board.key} channel #name” names it"
            yield Row(Mark.NOTE, Step.CHANNELS, what, how)
        elif not ask:
            yield Row(Mark.NOT_YET, Step.CHANNELS, what, f"{board.channel}, not looked at: Slack cannot be asked yet")
        else:
            yield _channel_row(what, board.channel, database_url)


def _channel_row(what: str, channel: str, database_url: str) -> Row:
    from slack_sdk.errors import SlackApiError

    from bot.settings import read_settings
    from bot.slack.directory import reading_client
    from bot.slack.error_codes import SLACK_ERRORS

    settings = read_settings(database_url)
    client = reading_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        data: Any = client.conversations_info(channel=channel).data
        name, inside = data["channel"]["name"], data["channel"].get("is_member")
    except SlackApiError as error:
        why = error.response.get("error")
        return Row(Mark.WRONG, Step.CHANNELS, what, f"{channel} cannot be seen ({why}): say “/invite @cypp” in it")
    except (*SLACK_ERRORS, KeyError) as error:
        how = f"{channel} could not be looked up ({type(error).__name__}): try again"
        return Row(Mark.NOTE, Step.CHANNELS, what, how)
    if inside:
        return Row(Mark.DONE, Step.CHANNELS, what, f"the bot is in #{name}")
    return Row(Mark.WRONG, Step.CHANNELS, what, f"the bot is not in #{name}: say “/invite @cypp” there")
