"""HTTPS_PROXY and SSL_CERT_FILE, as councils have them, for every client that the bot makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import connection
from bot.demo.sandbox import DEMO, example_plan, start_sandbox
from bot.settings import Settings
from models.errors import Refusal
from tests.bot.slack.e2e import EDUCATION, SECRETARY, bundle_of, finish, when
from tests.local_slack import Sandbox
from tests.local_slack.proxy import SLACK, BehindProxy, make_authority
from tests.local_slack.sandbox import stored_plan


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def behind(authority: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[BehindProxy]:
    """Slack by a proxy alone, with both settings made."""
    workspace = BehindProxy(authority[1], config=DEMO, burst=100, ping_interval=0.05)
    workspace.start()
    monkeypatch.setenv("HTTPS_PROXY", workspace.proxy_url)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority[0]))
    yield workspace
    workspace.stop()


def settings_of(workspace: BehindProxy, database: Path) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(workspace.bot_token),
        slack_app_token=SecretStr(workspace.app_token),
        slack_api_url=workspace.api_url,
        cypp_database_url=str(database),
    )


def test_everything_goes_by_the_proxy_to_a_private_authority(behind: BehindProxy, tmp_path: Path) -> None:
    path, now = tmp_path / "plan.db", when(8, 17, 9)
    path.write_bytes(stored_plan(example_plan(), now, True))
    sandbox = Sandbox(**vars(start_sandbox(str(path), now, behind, example_plan())))
    try:
        sandbox.advance(when(8, 17, 9, 30))
        message = bundle_of(sandbox, EDUCATION)
        button = next(one for one in message.buttons() if one.text == "On track")
        sandbox.then_tick(behind.press(EDUCATION, message, action_id=button.action_id, settle=0.1))
        typed = "update healthy-8 on track, two are done"
        receipt = behind.command(EDUCATION, "/cypp", typed, channel="C0PARTNER").message
        undo = next(one for one in receipt.buttons() if one.text == "Undo")
        behind.press(EDUCATION, receipt, action_id=undo.action_id, settle=0.1)
        sandbox.command(SECRETARY, "export")
        finish(sandbox)
    finally:
        sandbox.close()
    called = {call.method for call in behind.calls}
    assert {"users.list", "apps.connections.open", "chat.postMessage", "files.completeUploadExternal"} <= called
    assert "response_url" in called
    assert {tunnel.split()[1] for tunnel in behind.tunnels} == {f"{SLACK}:443"}
    assert len(behind.tunnels) > 10


def test_without_the_private_authority_nothing_is_trusted(
    behind: BehindProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Refusal, match="certificate"):
        connection(settings_of(behind, tmp_path / "plan.db"))
    assert behind.calls == ()


def test_without_the_proxy_nothing_is_found(
    behind: BehindProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HTTPS_PROXY")
    with pytest.raises(Refusal, match="HTTPS_PROXY"):
        connection(settings_of(behind, tmp_path / "plan.db"))
    assert behind.tunnels == []


def test_a_proxy_that_refuses_is_named(behind: BehindProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    behind._core.base_url = "https://elsewhere.invalid"
    with pytest.raises(Refusal, match="proxy"):
        connection(settings_of(behind, tmp_path / "plan.db"))
