"""Personal data by every way words come in: refused, given back to the writer alone, in no file and no log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from bot.demo.workspace import Answer, SubmitResult
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    CHANNEL,
    EDUCATION,
    HEALTH,
    SECRETARY,
    action,
    in_the_file,
    meeting_on,
    planted,
    read,
    stored,
    when,
)
from tests.local_slack import Sandbox, open_sandbox

NUMBERS = [
    ("943 476 5919", "an NHS number"),
    ("H801200001001", "a UPN (unique pupil number)"),
    ("AB 12 34 56 C", "a National Insurance number"),
]
OURS = ("bot", "handlers", "models", "schedules", "slack_bolt", "sqlalchemy")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The morning after the board, with a bundle in front of leads and outcomes in front of the secretary."""
    sandbox = open_sandbox(tmp_path_factory.mktemp("personal") / "plan.db", when(8, 17, 9), burst=10_000)
    add_others(sandbox)
    sandbox.advance(when(8, 17, 9, 30))
    yield sandbox
    sandbox.close()


@pytest.fixture(autouse=True)
def loud(caplog: pytest.LogCaptureFixture) -> None:
    """Everything the log may be asked for in earnest: information of all, and every detail of ours."""
    caplog.set_level(logging.INFO)
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)


def nowhere_but_back(
    sandbox: Sandbox, given: Answer | SubmitResult, user: str, number: str, log: pytest.LogCaptureFixture
) -> None:
    """The number is in nobody's messages but the writer's, in no file and no log."""
    sandbox.tick()
    assert not in_the_file(str(sandbox.database.path), number)
    assert number not in log.text
    assert number not in "".join(repr(record.args) for record in log.records)
    for other, _ in sandbox.people():
        if other != user:
            seen = sandbox.workspace.since(other, given.mark)
            assert not any(number in one.text or number in read(one) for one in seen), other
    for message in given.messages:
        assert message.ephemeral_to in (None, user)


@pytest.mark.parametrize(("number", "what"), NUMBERS)
@pytest.mark.parametrize(
    ("user", "typed"),
    [
        (EDUCATION, "update healthy-5 on track, seen {}"),
        (EDUCATION, "update healthy-5 {} amber"),
        (EDUCATION, "done healthy-5 letter to {}"),
        (EDUCATION, "no change healthy-5 {}"),
        (EDUCATION, "not ours healthy-5 {} moved away"),
        (EDUCATION, "update healthy-5 verbal {}"),
        (EDUCATION, "move healthy-5 to 23 Oct because {} was ill"),
        (SECRETARY, "outcome healthy-5 not agreed because {} was not asked"),
        (SECRETARY, "outcome healthy-5 withdrawn because {} moved"),
    ],
)
def test_a_command_with_a_number_that_identifies_is_refused(
    sandbox: Sandbox, user: str, typed: str, number: str, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = stored(sandbox)
    answer = sandbox.workspace.command(user, "/cypp", typed.format(number), CHANNEL)
    shown = read(answer)
    assert f"That seems to hold {what}, so nothing was recorded" in shown
    assert number in shown.split("You typed: ")[1], "the text goes back to its writer"
    assert answer.message.ephemeral_to == user
    assert stored(sandbox) == before
    nowhere_but_back(sandbox, answer, user, number, caplog)


@pytest.mark.parametrize(("number", "what"), NUMBERS)
@pytest.mark.parametrize(
    "typed",
    ["healthy-5 on track, {} is back at school", "the family of {} was visited", "healthy-5 {} and much else"],
)
def test_plain_words_with_a_number_that_identifies_are_refused(
    sandbox: Sandbox, typed: str, number: str, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = stored(sandbox)
    answer = sandbox.say(EDUCATION, typed.format(number))
    assert f"That seems to hold {what}" in read(answer)
    assert "please delete your own message too" in read(answer)
    assert not any(button.text.startswith("Record") for one in answer.messages for button in one.buttons())
    assert stored(sandbox) == before
    nowhere_but_back(sandbox, answer, EDUCATION, number, caplog)


@pytest.mark.parametrize(("number", "what"), NUMBERS)
@pytest.mark.parametrize("label", ["Some issues…", "Done…", "Not ours"])
def test_a_form_with_a_number_that_identifies_is_refused_at_the_field_and_keeps_the_words(
    sandbox: Sandbox, label: str, number: str, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = stored(sandbox)
    sandbox.press(HEALTH, "healthy-4", label)
    result = sandbox.submit(HEALTH, {"words": f"waiting for {number}"})
    assert list(result.errors) == ["words"]
    assert what in result.errors["words"]
    assert result.view_after is not None
    assert result.view_after.typed["words"]["words"]["value"] == f"waiting for {number}"
    assert stored(sandbox) == before
    nowhere_but_back(sandbox, result, HEALTH, number, caplog)
    sandbox.workspace.close_view(HEALTH, result.view_after)


@pytest.mark.parametrize("field", ["reason", "minute"])
def test_the_secretarys_form_is_looked_at_in_every_field(
    sandbox: Sandbox, field: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = stored(sandbox)
    value = f"{action(sandbox, 'healthy-9').id}|{meeting_on(sandbox, 6, 10).id}"
    sandbox.workspace.press(SECRETARY, planted(sandbox, SECRETARY, "outcome", value), text="Press")
    sandbox.workspace.wait_for_view(SECRETARY)
    result = sandbox.submit(SECRETARY, {"kind": "no decision", field: "943 476 5919"})
    assert list(result.errors) == [field]
    assert stored(sandbox) == before
    nowhere_but_back(sandbox, result, SECRETARY, "943 476 5919", caplog)


@pytest.mark.parametrize(
    "words",
    [
        "see https://example.org/files/9434765919",
        "met on 16/09/2020 and 2020-10-23, 1,234 pupils",
        "call the office on 0151 934 4000",
    ],
)
def test_links_dates_and_office_numbers_are_recorded(sandbox: Sandbox, words: str) -> None:
    answer = sandbox.command(HEALTH, f"update healthy-9 on track {words}")
    assert "Recorded for healthy-9: on track." in read(answer)
    assert words in read(answer)


def test_a_private_telephone_is_asked_about_before_it_is_recorded(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    assert "a private telephone" in read(sandbox.command(HEALTH, "update healthy-9 on track call 07700 900123"))
    assert stored(sandbox) == before


def test_a_number_asked_about_in_a_question_is_not_kept_either(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    for typed in ("status 943 476 5919", "943 476 5919", "due 943 476 5919", "help 943 476 5919"):
        answer = sandbox.command(HEALTH, typed)
        nowhere_but_back(sandbox, answer, HEALTH, "943 476 5919", caplog)
