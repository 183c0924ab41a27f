"""Look up the accounts of a Slack workspace: the member list at the start, and unknown accounts as they turn up."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Lock
from typing import Any

from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from sqlalchemy.orm import Session

from bot.slack.clients import SlackClient
from bot.slack.meanings import Trouble, call_slack, text_in
from models.errors import DatabaseBusy, DatabaseProblem
from models.plan.accounts import AccountSeen, Actor, known_actors, knows_name
from models.plan.directory_rows import is_news, remember
from models.storage.deadlines import PEOPLE_WAIT
from models.storage.engine import Database

log = logging.getLogger(__name__)

_PAGE_SIZE = 200
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]{1,31})[|>]")
_CHANNEL = re.compile(r"(?<![<\w#/])#([CG][A-Z0-9]{8,31})(?!\w)")
MOST_MENTIONED = 2
"""Accounts looked up for one message: each may take a second, and somebody waits."""
MEET_TIMEOUT = 1
"""Seconds: somebody waits for an answer meanwhile, and Slack gives up after three."""


def reading_client(token: str, api_url: str, timeout: int = 10) -> WebClient:
    """Return a client for reads, which may be repeated: it waits when Slack says so."""
    return SlackClient(
        token=token, base_url=api_url, timeout=timeout, retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=3)]
    )


def account_seen(user: dict[str, Any], team_id: str) -> AccountSeen:
    """Return what is kept of a user object (https://docs.slack.dev/reference/objects/user-object).

    A member of another organisation keeps that organisation's team, and so is a stranger here. On Enterprise Grid a
    member's own team is where they are at home; `enterprise_user` lists the workspaces they are members of.
    """
    profile, grid = user.get("profile") or {}, user.get("enterprise_user") or {}
    stranger = bool(user.get("is_stranger"))
    home = str(user.get("team_id") or team_id)
    teams = [str(one) for one in grid.get("teams") or ()]
    team = team_id if team_id in teams and not stranger else home
    return AccountSeen(
        team=team if team != team_id or not stranger else f"{team}?",
        also=(home, *filter(None, [str(grid.get("enterprise_id") or "")]), *teams),
        user=str(user["id"]),
        name=str(profile.get("real_name") or user.get("real_name") or user.get("name") or ""),
        email=str(profile.get("email") or ""),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_deleted=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
    )


class Directory:
    """The cached directory of one workspace.

    `quick`: a client for lookups that somebody waits for. `missed`: what Slack said last of accounts and is not stored.
    `members`: the member list as this process read it; the database has the names of people of the plan alone.
    """

    def __init__(self, client: WebClient, database: Database, workspace_id: str, now: Callable[[], datetime]) -> None:
        self.client, self.database, self.workspace_id, self.now = client, database, workspace_id, now
        self.missed: dict[str, AccountSeen] = {}
        self.members: dict[str, AccountSeen] = {}
        self._lock = Lock()
        self.quick = SlackClient(token=client.token, base_url=client.base_url, timeout=MEET_TIMEOUT, retry_handlers=[])

    def read_all(self) -> int:
        """Read the member list, link people of the plan by e-mail address, and return the number of accounts."""
        seen = list(self._members())
        self.members = {one.user: one for one in seen}
        with self.database.write(workspace=self.workspace_id) as session:
            remember(session, self.workspace_id, seen, self.now())
        return len(seen)

    def _members(self) -> Iterator[AccountSeen]:
        cursor = ""
        while True:
            data: Any = self.client.users_list(limit=_PAGE_SIZE, cursor=cursor or None).data
            yield from (account_seen(user, self.workspace_id) for user in data["members"])
            cursor = (data.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def meet(self, actor: Actor) -> None:
        """Look an actor up, before the transaction, unless known. An actor Slack does not show stays a stranger."""
        with self.database.read(self.workspace_id) as session:
            if known_actors(session, self.workspace_id, (actor,)):
                return
        if (shown := self._shown(actor.user)) is not None:
            self._remember(shown)

    def _shown(self, user: str) -> AccountSeen | None:
        """Ask Slack for an account; None where it does not show one."""
        shown = call_slack(
            lambda: self.quick.users_info(user=user),
            lambda answer: account_seen(answer["user"], self.workspace_id),
        )
        if isinstance(shown, Trouble):
            log.info("account %s is not shown by Slack: %s", user, shown.why)
            return None
        return shown

    def _remember(self, shown: AccountSeen, *, asked_for: bool = False) -> None:
        with self.database.write(PEOPLE_WAIT, workspace=self.workspace_id) as session:
            remember(session, self.workspace_id, [shown], self.now(), asked_for=asked_for)

    def has_met_mentioned(self, session: Session, words: str) -> bool:
        """Return whether the name of everybody whom words mention is known already."""
        return all(knows_name(session, user) for user in _mentioned(words))

    def meet_mentioned(self, words: str) -> None:
        """Look up everybody mentioned whose name is not stored: it is needed now, and kept for a while."""
        for user in _mentioned(words):
            with self.database.read(self.workspace_id) as session:
                known = knows_name(session, user)
            if not known and (shown := self.members.get(user) or self._shown(user)) is not None:
                self._remember(shown, asked_for=True)

    def name_channels(self, words: str) -> str:
        """Return words with the names of channels of which Slack gave the id alone (`<#C…|>`)."""
        return _CHANNEL.sub(lambda found: f"#{self._channel(found[1])}", words)

    def _channel(self, channel: str) -> str:
        name = call_slack(
            lambda: self.quick.conversations_info(channel=channel), lambda answer: text_in(answer, "channel", "name")
        )
        return "private-channel" if isinstance(name, Trouble) else name

    def changed(self, user: dict[str, Any]) -> None:
        """Store that an account joined, changed or was closed, where the directory keeps what changed of it.

        Slack tells of every status that people set, so it is read first whether there is anything to write. What meets
        a locked database is kept for `store_missed`.
        """
        seen = account_seen(user, self.workspace_id)
        with self._lock:
            self.missed[seen.user] = self.members[seen.user] = seen
        self.store_missed()

    def store_missed(self) -> None:
        """Store what was said of accounts and is not stored yet; what the database cannot take now stays."""
        for seen in list(self.missed.values()):
            try:
                self._store(seen)
            except (DatabaseBusy, DatabaseProblem) as problem:
                log.info("account %s is stored later: %s", seen.user, type(problem).__name__)
                return
            with self._lock:
                if self.missed.get(seen.user) is seen:
                    del self.missed[seen.user]

    def _store(self, seen: AccountSeen) -> None:
        with self.database.read(self.workspace_id) as session:
            if not is_news(session, seen):
                return
        self._remember(seen)


def _mentioned(words: str) -> list[str]:
    return list(dict.fromkeys(_MENTIONED.findall(words)))[:MOST_MENTIONED]
