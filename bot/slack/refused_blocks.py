"""Remember which kinds of block a workspace does not take, and use their plainer form at once and from then on.

Source: docs/explanation/delivery.md, Blocks that a workspace does not take.
"""

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from slack_sdk import WebClient

from bot.slack.meanings import Trouble, call_slack
from bot.slack.plainer_forms import EACH_KIND, bare_page, plainer_page, refused_kinds
from bot.slack.publish_button import with_channel_looked_at
from models.errors import Refusal
from models.notifications.block_memory import forget_refused, list_refused, remember_refused
from models.storage.engine import Database

log = logging.getLogger(__name__)

_Taken = TypeVar("_Taken")

TRIED_AGAIN_AFTER = timedelta(days=1)
"""How long a plainer form is used before the kind itself is tried again."""
READ_EVERY = 60.0
"""Seconds of real time between two looks at what other copies, or `cypp check`, have found out."""
_MOST_TRIES = 8


class RefusedBlocks:
    """What one workspace does not take; without a database it is remembered by this process alone.

    `look`: says why a channel cannot be posted to ("": it can), for a page with *Publish*.
    """

    def __init__(
        self,
        database: Database | None = None,
        workspace_id: str = "",
        now: Callable[[], datetime] | None = None,
        look: Callable[[str], str] = lambda _: "",
    ) -> None:
        self.database, self.workspace_id, self.now, self.look = database, workspace_id, now, look
        self._kinds: frozenset[str] = frozenset()
        self._read_at = -READ_EVERY

    def fit(self, page: Mapping[str, Any]) -> dict[str, Any]:
        """Return a message or a view in the form that the workspace takes."""
        return plainer_page(with_channel_looked_at(page, self.look), self._known())

    def give(self, page: Mapping[str, Any], call: Callable[[dict[str, Any]], _Taken | Trouble]) -> _Taken | Trouble:
        """Give Slack a message or a view, in a plainer form each time it refuses the one before for its blocks.

        The last form of a message is its plain text. What is refused was not posted, so that nothing comes twice. A
        picture that Slack has not looked over yet is no matter of its kind: that is the caller's to wait for.
        """
        form = self.fit(page)
        given = call(form)
        for _ in range(_MOST_TRIES):
            if not isinstance(given, Trouble) or not given.is_of_blocks:
                break
            kinds = refused_kinds(form, given.at) - self._kinds
            if kinds:
                self.note(kinds)
                form = plainer_page(form, self._kinds)
            elif not form.get("text") or not form.get("blocks") or _has_picture(form):
                break
            else:
                log.warning("a message was refused for its blocks and goes as plain text: %s", given.why)
                form = bare_page(form)
            given = call(form)
        return given

    def ask(self, client: WebClient) -> None:
        """Ask Slack which kinds it takes, so that an acknowledgement is in the right form: nobody can refuse that.

        Where it does not say, what is known stays (https://docs.slack.dev/reference/methods/blocks.validate).
        """
        blocks, refused = list(EACH_KIND), set[str]()
        while blocks:
            taken = call_slack(
                lambda: client.api_call("blocks.validate", params={"blocks": json.dumps(blocks)}),  # noqa: B023
                lambda _: None,
            )
            if taken is None:
                break
            found = refused_kinds({"blocks": blocks}, taken.at)
            if not taken.is_of_blocks or not found:
                return
            refused |= found
            blocks = plainer_page({"blocks": blocks}, refused)["blocks"]
        self.forget()
        if refused:
            self.note(refused)

    def note(self, kinds: Iterable[str]) -> None:
        """Remember kinds that were refused just now."""
        found = frozenset(kinds)
        self._kinds |= found
        log.warning("Slack does not take %s here: a plainer form is used", ", ".join(sorted(found)))
        if self.database is None or self.now is None:
            return
        try:
            with self.database.write(workspace=self.workspace_id, wakes=False) as session:
                remember_refused(session, found, self.now())
        except Refusal as refusal:
            log.info("what Slack does not take is remembered by this process alone: %s", type(refusal).__name__)

    def forget(self) -> None:
        """Forget everything: Slack was asked, and takes all there is."""
        self._kinds = frozenset()
        if self.database is not None:
            with self.database.write(workspace=self.workspace_id, wakes=False) as session:
                forget_refused(session)

    def _known(self) -> frozenset[str]:
        if self.database is not None and self.now is not None and time.monotonic() - self._read_at >= READ_EVERY:
            self._read_at = time.monotonic()
            try:
                with self.database.read(self.workspace_id) as session:
                    self._kinds = frozenset(list_refused(session, self.now() - TRIED_AGAIN_AFTER))
            except Refusal as refusal:
                log.info("what Slack does not take cannot be read: %s", type(refusal).__name__)
        return self._kinds


def _has_picture(page: Mapping[str, Any]) -> bool:
    return any(block["type"] == "image" for block in page["blocks"])
