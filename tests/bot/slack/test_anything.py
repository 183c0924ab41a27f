"""Whatever is typed, and whatever a payload holds: no unhandled error, and an answer that Slack takes."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt import BoltRequest

from bot.demo.town import TEAM, Town
from tests.bot.slack.e2e import CHAIR, EDUCATION, SECRETARY, Kept, action, finish
from tests.bot.slack.test_payloads import CHANGE, COMMAND, MENTION, MESSAGE, PRESS, SUBMISSION
from tests.handlers.said.test_any_text import anything

SAME_TOWN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
SHORTCUT = {
    "type": "message_action",
    "callback_id": "cypp:turn",
    "trigger_id": "1.2.abc",
    "team": {"id": TEAM, "domain": "cypp"},
    "channel": {"id": "C0PARTNER", "name": "partnership"},
    "user": {"id": SECRETARY, "team_id": TEAM},
    "message": {"ts": "1599123456.000200", "user": EDUCATION, "text": "ACTION: recruit two advisors"},
    "message_ts": "1599123456.000200",
    "response_url": "",
}
SEARCH = {
    "type": "block_suggestion",
    "action_id": "cypp:card:0",
    "block_id": "b",
    "value": "heal",
    "team": {"id": TEAM, "domain": "cypp"},
    "user": {"id": EDUCATION, "team_id": TEAM},
}
HOME = MESSAGE | {"event": {"type": "app_home_opened", "user": EDUCATION, "channel": "D1A", "tab": "home"}}
BODIES = (COMMAND, PRESS, SUBMISSION, MESSAGE, MENTION, CHANGE, SHORTCUT, SEARCH, HOME)
PEOPLE = {"U1A": EDUCATION, "U2147483697": SECRETARY, "T0001": TEAM, "T0002": TEAM}
ROUTED_BY = {"type", "command", "callback_id", "event", "team", "user", "view", "channel", "actions", "message"}
"""What Bolt itself looks into before a listener is chosen: as whole objects these stay what they are."""
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=40),
    st.sampled_from(["U0HEADEDU", "T0OTHER", "", "\ud83d", "x" * 5_000, "1|2|3", "<!channel>", "-1", "9" * 400, "²"]),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
)
PRESSED = st.sampled_from(["cypp:ontrack:0", "cypp:issues:1", "cypp:undo:0", "cypp:page:0", "cypp:more:2", "cypp:ask:1",
                           "cypp:record:0", "cypp:publish:0", "cypp:card:0", "cypp:share:0", "cypp:nosuch:0"])  # fmt: skip


def ours(node: Any) -> Any:
    """A payload of the samples with the plan's own people in it."""
    text = json.dumps(node)
    for theirs, known in PEOPLE.items():
        text = text.replace(f'"{theirs}"', f'"{known}"')
    return json.loads(text)


@st.composite
def payloads(draw: st.DrawFn) -> dict[str, Any]:
    """Something Slack sends, with up to three of its values replaced or missing."""
    body = ours(draw(st.sampled_from(BODIES)))
    if body.get("type") == "block_actions":
        body["actions"][0]["action_id"] = draw(PRESSED)
    if body.get("type") == "view_submission":
        body["view"]["callback_id"] = draw(st.sampled_from(["cypp:issues", "cypp:reread", "cypp:add", "cypp:nosuch"]))
    for _ in range(draw(st.integers(0, 3))):
        at: Any = body
        while True:
            keys = sorted(at) if isinstance(at, dict) else list(range(len(at)))
            key = draw(st.sampled_from(keys))
            inner = at[key]
            if isinstance(inner, dict | list) and inner and (key in ROUTED_BY or draw(st.booleans())):
                at = inner
                continue
            if key in ROUTED_BY and not (at is not body and key not in ("type", "user")):
                break
            if isinstance(at, dict) and draw(st.integers(0, 3)) == 0:
                del at[key]
            else:
                at[key] = draw(JUNK)
            break
        if not body:
            break
    return copy.deepcopy(body)


@pytest.fixture(scope="module")
def town(just_asked: Kept) -> Iterator[Town]:
    """One town for all that is drawn."""
    town = just_asked.back()
    town.workspace._core.rates._config = town.workspace._core.rates._config
    return town


@SAME_TOWN
@given(anything, st.sampled_from([CHAIR, EDUCATION, SECRETARY]))
def test_any_words_typed_after_the_command_get_an_answer_that_slack_takes(town: Town, typed: str, user: str) -> None:
    answer = town.workspace.command(user, "/cypp", typed)
    assert answer.error is None, (typed, answer.error, answer.detail)
