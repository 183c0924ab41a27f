"""Whatever is typed, and whatever a payload holds: no unhandled error, and an answer that Slack takes."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from slack_bolt import BoltRequest

from bot.demo.sandbox import TEAM
from bot.slack.event_payloads import AppMention, HomeOpened, MessageEvent, UserChange
from bot.slack.payloads import BlockActions, BlockSuggestion, MessageShortcut, Payload, SlashCommand, ViewSubmission
from bot.slack.render_form import read_form
from handlers.catalogue import REGISTRY
from tests.bot.slack.e2e import CHAIR, EDUCATION, SECRETARY, Kept, finish
from tests.bot.slack.test_payloads import CHANGE, COMMAND, MENTION, MESSAGE, PRESS, SUBMISSION
from tests.handlers.reading.test_any_text import anything
from tests.local_slack import Sandbox

SAME_TOWN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
SHORTCUT: dict[str, Any] = {
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
SEARCH: dict[str, Any] = {
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
ODD = ["U0HEADEDU", "T0OTHER", "", "\ud83d", "x" * 5_000, "1|2|3", "<!channel>", "-1", "9" * 400, "²", "D0HEADEDU"]
WORDS = st.one_of(st.none(), st.text(max_size=40), st.sampled_from(ODD), anything)
SCALARS = st.one_of(WORDS, st.booleans(), st.integers(), st.floats(allow_nan=False))
JUNK = st.one_of(
    SCALARS,
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
)
ROUTED_BY = {"type", "command", "callback_id", "action_id"}
"""By these Bolt finds the listener: without them none is asked."""
PRESSED = st.sampled_from([f"cypp:{verb}:0" for verb in (*REGISTRY.presses, "link", "nosuch")])
FORMS_SENT = st.sampled_from([f"cypp:{verb}" for verb in (*REGISTRY.forms, "nosuch")])


def ours(node: Any) -> Any:
    """A payload of the samples with the plan's own people in it."""
    text = re.sub(r'"https://hooks[^"]*"', '""', json.dumps(node))
    for theirs, known in PEOPLE.items():
        text = text.replace(f'"{theirs}"', f'"{known}"')
    return json.loads(text)


def places(node: Any) -> list[tuple[Any, Any]]:
    """Where something stands in a payload: what holds it, and its name or number there."""
    names = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    return [place for name in names for place in ((node, name), *places(node[name]))]


@st.composite
def payloads(draw: st.DrawFn, *, whole: bool) -> dict[str, Any]:
    """Something Slack sends, with up to three of its values replaced or missing.

    Bolt itself looks into the objects: where they are none it raises, so that such payloads (`whole`) go to the models.
    """
    body: dict[str, Any] = ours(draw(st.sampled_from(BODIES)))
    if body.get("type") == "block_actions":
        body["actions"][0]["action_id"] = draw(PRESSED)
    if body.get("type") == "view_submission":
        body["view"]["callback_id"] = draw(FORMS_SENT)
    for _ in range(draw(st.integers(0, 3))):
        holds, name = draw(
            st.sampled_from(
                [
                    (holds, name)
                    for holds, name in places(body)
                    if name not in ROUTED_BY and (whole or not isinstance(holds[name], dict | list))
                ]
            )
        )
        if isinstance(holds, dict) and draw(st.integers(0, 3)) == 0:
            del holds[name]
        else:
            holds[name] = draw(JUNK if whole else WORDS)
    return body


READERS: tuple[Callable[[Any], Payload], ...] = (
    SlashCommand.model_validate,
    BlockActions.model_validate,
    BlockSuggestion.model_validate,
    MessageShortcut.model_validate,
    ViewSubmission.model_validate,
    MessageEvent.from_body,
    AppMention.from_body,
    HomeOpened.from_body,
    UserChange.from_body,
)
READ = ("words", "actor_team", "actor_user", "press", "place", "on_home", "links", "answer_in", "from_person")


@given(payloads(whole=True), st.sampled_from(READERS))
def test_any_payload_is_read_or_refused(body: dict[str, Any], reader: Callable[[Any], Payload]) -> None:
    try:
        payload = reader(body)
    except ValidationError:
        return
    for name in READ:
        getattr(payload, name, None)
    if isinstance(payload, BlockActions):
        assert len(payload.press.chosen) <= 2_000
    if isinstance(payload, ViewSubmission):
        read_form(payload.view.model_dump())


@pytest.fixture(scope="module")
def sandbox(just_asked: Kept) -> Sandbox:
    """One sandbox for all that is drawn."""
    return just_asked.back()


@SAME_TOWN
@given(anything, st.sampled_from([CHAIR, EDUCATION, SECRETARY]))
def test_any_words_typed_after_the_command_get_an_answer_that_slack_takes(
    sandbox: Sandbox, typed: str, user: str
) -> None:
    answer = sandbox.workspace.command(user, "/cypp", typed)
    assert answer.error is None, (typed, answer.error, answer.detail)


@SAME_TOWN
@given(payload=payloads(whole=False))
def test_any_payload_is_acknowledged_without_an_unforeseen_error(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture, payload: dict[str, Any]
) -> None:
    caplog.clear()
    response = sandbox.bot.app.dispatch(BoltRequest(body=payload, mode="socket_mode"))
    finish(sandbox)
    assert response.status == 200, payload
    # The SDK tells of addresses where nobody answers; what went wrong here is logged by ourselves or by Bolt.
    ours_or_bolts = [one for one in caplog.records if not one.name.startswith("slack_sdk")]
    assert [one.getMessage() for one in ours_or_bolts if one.levelno >= logging.ERROR] == []
