"""Ask Slack for `check`: whether it takes the tokens, and whether the bot is in the boards' channels."""

import os
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from bot.cli.check_rows import CheckRow, GuideStep, Mark
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from models.enums import Way
from models.errors import Refusal
from models.plan.accounts import Actor, Membership, roles_of_person
from models.plan.queries import plan_of, zone_of
from models.rules.calendar import local_day
from models.storage.engine import Database
from models.storage.tables import Board, Person
from models.storage.workspaces import LOCAL


def app_rows(database_url: str, planned_for: str) -> Iterator[CheckRow]:
    """Yield rows for the app: its scopes, both tokens, and whether the plan is of the same workspace."""
    from bot.settings import read_settings

    if not (os.environ.get("SLACK_BOT_TOKEN") or os.environ.get("SLACK_APP_TOKEN")):
        how = "not connected: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set"
        yield CheckRow(Mark.NOT_YET, GuideStep.APP, "Slack", how)
        return
    from bot.app import connection
    from bot.slack.scopes import WITHOUT_SCOPE

    try:
        team_id, team, _, lacking = connection(read_settings(database_url))
        yield CheckRow(Mark.DONE, GuideStep.APP, "Slack", f"the tokens of {team} are in order")
        for scope in lacking:
            how = f"the token lacks {scope}, so {WITHOUT_SCOPE[scope]}; install the app again to have it"
            yield CheckRow(Mark.NOTE, GuideStep.APP, scope, how)
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


def made_rows(database: Database, workspace_id: str, database_url: str, now: datetime) -> Iterator[CheckRow]:
    """Yield rows for what the bot makes of the plan, with neutral words for people's: whether Slack takes it."""
    from bot.cli.check_blocks import block_rows, payloads, scheduled_payloads
    from bot.settings import read_settings
    from bot.slack.directory import reading_client
    from bot.slack.refused_blocks import RefusedBlocks

    with database.read(workspace_id) as session:
        plan = plan_of(session, workspace_id)
        someone = session.scalars(select(Person).where(Person.is_administrator).order_by(Person.id)).first()
        if plan is None or someone is None:
            return
        settings = read_settings(database_url)
        actor = Actor(workspace_id, someone.slack_user)
        today = local_day(now, zone_of(session, workspace_id))
        roles = roles_of_person(session, someone, actor, Membership.MEMBER, today)
        ctx = RequestContext(session, workspace_id, roles, now, Way.COMMAND_LINE, registry=REGISTRY)
        client = reading_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        made = dict(payloads(ctx))
    # As if what they are about had just happened; nothing of it is kept.
    with database.write(workspace=workspace_id, wakes=False) as session:
        ctx = RequestContext(session, workspace_id, roles, now, Way.COMMAND_LINE, registry=REGISTRY)
        made |= scheduled_payloads(ctx)
        session.rollback()
    # No transaction is open while Slack is asked.
    yield from block_rows(client, made, RefusedBlocks(database, workspace_id, lambda: now))


def _channel_row(what: str, channel: str, database_url: str) -> CheckRow:
    from bot.settings import read_settings
    from bot.slack.directory import reading_client
    from bot.slack.meanings import Means, Trouble, call_slack

    settings = read_settings(database_url)
    client = reading_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    seen = call_slack(
        lambda: client.conversations_info(channel=channel),
        lambda answer: (str(answer["channel"]["name"]), bool(answer["channel"].get("is_member"))),
    )
    if isinstance(seen, Trouble) and seen.means in (Means.WAIT, Means.UNKNOWN):
        how = f"{channel} could not be looked up ({seen.why}): try again"
        return CheckRow(Mark.NOTE, GuideStep.CHANNELS, what, how)
    if isinstance(seen, Trouble):
        how = f"{channel} cannot be seen ({seen.why}): say “/invite @cypp” in it"
        return CheckRow(Mark.WRONG, GuideStep.CHANNELS, what, how)
    name, inside = seen
    if inside:
        return CheckRow(Mark.DONE, GuideStep.CHANNELS, what, f"the bot is in #{name}")
    return CheckRow(Mark.WRONG, GuideStep.CHANNELS, what, f"the bot is not in #{name}: say “/invite @cypp” there")
